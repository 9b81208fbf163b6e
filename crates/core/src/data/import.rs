//! Files that come together: sorted by what they are, and tables read piece by piece.

use super::DataService;
use crate::file_kind::{FileKind, HEAD, kind};
use crate::platform::{InputError, InputFile, read_head};
use assay_calls::{Job, Progress, Unit};
use assay_data::import::{ImportError, Imported, Importer, MAX_TEXT, within};
use assay_protocol::data::ImportFailure;
use std::rc::Rc;

/// Bytes read at once.
const SLICE_BYTES: u64 = 4 << 20;

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

fn unreadable(error: InputError) -> ImportError {
    ImportError::Unreadable { file: error.file }
}

/// What can be told before a byte is read.
fn check_size(files: &[Rc<dyn InputFile>]) -> Result<(), ImportError> {
    let names: Vec<String> = files.iter().map(|f| f.name()).collect();
    let plain = files.iter().filter(|f| !f.name().ends_with(".gz"));
    within(&names.join(", "), plain.map(|f| f.bytes()).sum(), MAX_TEXT)
}

impl DataService {
    /// Reads tables piece by piece; between two of them messages are let in, so that it can be stopped.
    ///
    /// # Errors
    /// When a file can't be read or gives no table, or the job was stopped.
    pub async fn read_tables(
        &self,
        job: &Job,
        files: &[Rc<dyn InputFile>],
    ) -> Result<Vec<Imported>, ImportFailure> {
        check_size(files)?;
        let total: u64 = files.iter().map(|f| f.bytes()).sum();
        let mut done = 0;
        let mut imported = Vec::new();
        for file in files {
            let mut importer = Importer::new(&file.name());
            let mut start = 0;
            while start < file.bytes() {
                let end = (start + SLICE_BYTES).min(file.bytes());
                let bytes = file.read(start, end).await.map_err(unreadable)?;
                if job.is_stopped() {
                    return Err(ImportFailure::Stopped);
                }
                importer.push(&bytes)?;
                done += end - start;
                start = end;
                let progress = Progress::new(done as f64, total as f64, Unit::Bytes);
                job.progress(progress);
                self.platform.clock.sleep(0).await;
            }
            imported.push(importer.finish()?);
        }
        match job.is_stopped() {
            true => Err(ImportFailure::Stopped),
            false => Ok(imported),
        }
    }
}
