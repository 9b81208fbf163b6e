//! Reading tables and lines from files.

use crate::failure::Failure;
use assay_data::import::{ImportError, Imported, Importer};
use assay_metrics::asset;
use assay_results::metric_info::Asset;
use std::io::Read;

/// Bytes that are read at once.
const SLICE: usize = 1 << 20;

/// Reads the file at `path` with an importer.
///
/// # Errors
/// When it can't be opened, or is no table.
pub(crate) fn read(path: &str, mut importer: Importer) -> Result<Imported, Failure> {
    let mut file = std::fs::File::open(path).map_err(|e| format!("{path}: {e}"))?;
    let mut slice = vec![0; SLICE];
    loop {
        match file.read(&mut slice).map_err(|e| format!("{path}: {e}"))? {
            0 => return importer.finish().map_err(ImportError::into),
            n => importer.push(&slice[..n])?,
        }
    }
}

/// Loads a file of data that a metric needs, from the sources that the command was built from.
///
/// # Errors
/// When it is not there, or is damaged.
pub(crate) fn load_asset(which: Asset) -> Result<(), Failure> {
    let file = format!("{}/../../www/{}", env!("CARGO_MANIFEST_DIR"), which.file());
    let bytes = std::fs::read(&file).map_err(|e| format!("{file}: {e}"))?;
    match asset::load(which, &bytes) {
        true => Ok(()),
        false => Err(format!("{file} can't be read").into()),
    }
}
