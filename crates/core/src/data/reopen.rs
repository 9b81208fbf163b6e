//! The data set as a project that is opened brings it.

use super::DataService;
use super::taken::Taken;
use crate::platform::{InputError, InputFile, LocalFuture};
use assay_protocol::data::{ImportedFiles, TakenFile};
use std::future::ready;
use std::rc::Rc;

/// A file of an earlier visit: its name is known, and to be read it has to be chosen again.
struct EarlierFile(String);

impl InputFile for EarlierFile {
    fn name(&self) -> String {
        self.0.clone()
    }

    fn bytes(&self) -> u64 {
        // One, so that nobody takes it for a file that is empty.
        1
    }

    fn read(&self, _: u64, _: u64) -> LocalFuture<'_, Result<Vec<u8>, InputError>> {
        Box::pin(ready(Err(InputError {
            file: self.0.clone(),
            detail: "it was read at an earlier visit".to_owned(),
        })))
    }
}

impl DataService {
    /// Takes what the files of the last import were taken for; the session has the data already, and its results.
    pub(crate) fn reopen(&self, imported: ImportedFiles) {
        let taken = |file: &TakenFile| {
            Taken::of_earlier_visit(Rc::new(EarlierFile(file.file.clone())), file)
        };
        *self.last.borrow_mut() = imported.files.iter().map(taken).collect();
        *self.left_out.borrow_mut() = imported.left_out;
        self.scores.session_changed();
    }
}
