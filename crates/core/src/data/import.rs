//! Files that come together, sorted by what they are.

use crate::file_kind::{FileKind, HEAD, kind};
use crate::platform::{InputFile, read_head};
use crate::tables::unreadable;
use assay_data::import::ImportError;
use std::rc::Rc;

/// Files by what they hold.
#[derive(Default)]
pub struct SortedFiles {
    /// Outputs, or other tables.
    pub outputs: Vec<Rc<dyn InputFile>>,
    /// Training logs.
    pub logs: Vec<Rc<dyn InputFile>>,
    /// Experiments.
    pub experiments: Vec<Rc<dyn InputFile>>,
    /// Saved evaluations.
    pub evaluations: Vec<Rc<dyn InputFile>>,
    /// Programs with tests, or completions of them.
    pub programs: Vec<Rc<dyn InputFile>>,
}

impl SortedFiles {
    fn push(&mut self, kind: FileKind, file: Rc<dyn InputFile>) {
        match kind {
            FileKind::Log => self.logs.push(file),
            FileKind::Trial => self.experiments.push(file),
            FileKind::Evaluation => self.evaluations.push(file),
            FileKind::Code => self.programs.push(file),
            FileKind::Outputs => self.outputs.push(file),
        }
    }

    /// Whether there is no file.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let all = [
            &self.outputs,
            &self.logs,
            &self.experiments,
            &self.evaluations,
            &self.programs,
        ];
        all.iter().all(|files| files.is_empty())
    }
}

/// Sorts files by their first bytes.
///
/// # Errors
/// When one can't be read.
pub async fn sort_files(files: Vec<Rc<dyn InputFile>>) -> Result<SortedFiles, ImportError> {
    let mut sorted = SortedFiles::default();
    for file in files {
        let head = read_head(&*file, HEAD as u64).await.map_err(unreadable)?;
        sorted.push(kind(&file.name(), &head), file);
    }
    Ok(sorted)
}

/// What a text holds.
pub(super) fn kind_of_text(name: &str, text: &str) -> FileKind {
    let end = text.floor_char_boundary(HEAD);
    kind(name, &text.as_bytes()[..end])
}
