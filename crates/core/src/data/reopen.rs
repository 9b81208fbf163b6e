//! The data set as a project that is opened brings it.

use super::DataService;
use super::named_file::NamedFile;
use super::taken::Taken;
use crate::platform::{InputError, InputFile, LocalFuture};
use assay_protocol::data::{ImportedFiles, TakenFile};
use std::future::ready;
use std::rc::Rc;

/// A file of an earlier visit that was not kept: its name is known, and to be read it has to be chosen again.
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
    /// Takes what the files of the last import were taken for, with those that are kept; the session has the data already,
    /// and its results.
    pub(crate) fn reopen(&self, imported: ImportedFiles, kept: Vec<Option<Rc<dyn InputFile>>>) {
        let kept = kept.into_iter().chain(std::iter::repeat(None));
        let taken = |(taken, kept): (&TakenFile, Option<Rc<dyn InputFile>>)| {
            let (name, is_lost) = (taken.file.clone(), kept.is_none());
            let file: Rc<dyn InputFile> = match kept {
                Some(file) => Rc::new(NamedFile { name, file }),
                None => Rc::new(EarlierFile(name)),
            };
            Taken::of_earlier_visit(file, taken, is_lost)
        };
        *self.last.borrow_mut() = imported.files.iter().zip(kept).map(taken).collect();
        *self.left_out.borrow_mut() = imported.left_out;
        self.scores.session_changed();
    }
}
