//! A file under another name than its own.

use crate::platform::{InputError, InputFile, LocalFuture};
use std::any::Any;
use std::rc::Rc;

/// A file under a name that it was given: its path in a folder, or its name when it was first read.
pub(super) struct NamedFile {
    pub(super) name: String,
    pub(super) file: Rc<dyn InputFile>,
}

impl InputFile for NamedFile {
    fn name(&self) -> String {
        self.name.clone()
    }

    fn bytes(&self) -> u64 {
        self.file.bytes()
    }

    fn read(&self, start: u64, end: u64) -> LocalFuture<'_, Result<Vec<u8>, InputError>> {
        self.file.read(start, end)
    }

    fn machine_file(&self) -> Option<&dyn Any> {
        self.file.machine_file()
    }
}
