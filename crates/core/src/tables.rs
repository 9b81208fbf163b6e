//! Tables read piece by piece, for every service that takes tables from files.

use crate::platform::{Clock, InputError, InputFile};
use assay_calls::{Job, Progress, Unit};
use assay_data::Table;
use assay_data::import::{ImportError, Imported, Importer, MAX_TEXT, within};
use std::rc::Rc;

/// Bytes read at once.
const SLICE_BYTES: u64 = 4 << 20;

/// Reads files as tables. After each piece the job's progress is told and messages are let in, so that the
/// job can be stopped. Nothing where it was.
///
/// # Errors
/// When a file can't be read or gives no table, or the files are too large together.
pub async fn read(
    clock: &dyn Clock,
    job: &Job,
    files: &[Rc<dyn InputFile>],
) -> Result<Option<Vec<Imported>>, ImportError> {
    check_size(files)?;
    let total: u64 = files.iter().map(|file| file.bytes()).sum();
    let mut done = 0;
    let mut tables = Vec::new();
    for file in files {
        let mut importer = Importer::new(&file.name());
        let mut start = 0;
        while start < file.bytes() {
            let end = (start + SLICE_BYTES).min(file.bytes());
            let bytes = file.read(start, end).await.map_err(unreadable)?;
            if job.is_stopped() {
                return Ok(None);
            }
            importer.push(&bytes)?;
            done += end - start;
            start = end;
            job.progress(Progress::new(done as f64, total as f64, Unit::Bytes));
            clock.sleep(0).await;
        }
        tables.push(importer.finish()?);
    }
    Ok((!job.is_stopped()).then_some(tables))
}

/// Shows the rows of files to `rows`, piece by piece, and keeps none.
/// Whether all were read: not where the job was stopped.
///
/// # Errors
/// When a file can't be read or gives no table.
pub async fn stream(
    clock: &dyn Clock,
    job: &Job,
    files: &[Rc<dyn InputFile>],
    rows: &mut dyn TableRows,
) -> Result<bool, ImportError> {
    let total: u64 = files.iter().map(|file| file.bytes()).sum();
    let mut done = 0;
    for file in files {
        rows.begin_file(&file.name());
        let mut importer = Importer::streaming(&file.name());
        let mut start = 0;
        while start < file.bytes() {
            let end = (start + SLICE_BYTES).min(file.bytes());
            let bytes = file.read(start, end).await.map_err(unreadable)?;
            if job.is_stopped() {
                return Ok(false);
            }
            importer.push(&bytes)?;
            importer.take_rows(|table| rows.take(table));
            done += end - start;
            start = end;
            job.progress(Progress::new(done as f64, total as f64, Unit::Bytes));
            clock.sleep(0).await;
        }
        rows.take(&importer.finish()?.table);
    }
    Ok(!job.is_stopped())
}

/// Who looks at rows as they are read.
pub trait TableRows {
    /// A file begins.
    fn begin_file(&mut self, name: &str);

    /// The next rows of it.
    fn take(&mut self, table: &Table);
}

/// A file's content can't be had any more.
pub(crate) fn unreadable(error: InputError) -> ImportError {
    ImportError::Unreadable { file: error.file }
}

/// What can be told before a byte is read.
fn check_size(files: &[Rc<dyn InputFile>]) -> Result<(), ImportError> {
    let names: Vec<String> = files.iter().map(|file| file.name()).collect();
    let plain = files.iter().filter(|file| !file.name().ends_with(".gz"));
    let bytes = plain.map(|file| file.bytes()).sum();
    within(&names.join(", "), bytes, MAX_TEXT)
}
