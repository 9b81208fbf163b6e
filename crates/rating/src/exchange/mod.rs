//! Judgements that were gathered elsewhere: a table with a rater a row ([`flat`]), Label Studio's export
//! ([`label_studio`]) and Argilla's ([`argilla`]).

pub mod argilla;
mod builder;
pub mod flat;
pub mod label_studio;
mod values;

pub use builder::Foreign;

use super::judgements::Judgements;
use assay_data::{DataSet, ImportError, Importer, Role};
use builder::Builder;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::HashMap;

/// Bytes of a file that are read.
pub const MAX_BYTES: usize = 64 << 20;

/// Why a file gives no judgements.
#[derive(Debug, Clone, PartialEq, thiserror::Error, Serialize, Deserialize)]
pub enum ForeignError {
    /// It can't be read as a table.
    #[error("{error}")]
    Table {
        /// Why.
        error: Box<ImportError>,
    },
    /// It is larger than is read.
    #[error("{file} is larger than {most_mb} MB; leave out what is not needed")]
    TooLarge {
        /// The file.
        file: String,
        /// Megabytes that are read.
        most_mb: usize,
    },
    /// Nothing in it is a judgement.
    #[error(
        "{file} holds no ratings: a table needs a column for the rater and one for each dimension, or columns for dimension and value"
    )]
    Nothing {
        /// The file.
        file: String,
    },
}

/// The judgements in a file.
///
/// # Errors
/// Why there are none.
pub fn read(file: &str, bytes: &[u8]) -> Result<Foreign, ForeignError> {
    let most_mb = MAX_BYTES >> 20;
    let name = file.to_owned();
    if bytes.len() > MAX_BYTES {
        let file = name;
        return Err(ForeignError::TooLarge { file, most_mb });
    }
    let mut builder = Builder::default();
    let records = serde_json::from_slice::<Value>(bytes).ok();
    let records = records.as_ref().and_then(Value::as_array);
    let has = |key: &str| records.is_some_and(|r| r.iter().take(20).any(|o| o.get(key).is_some()));
    if has("annotations") || has("completions") {
        label_studio::read(records.map_or(&[], Vec::as_slice), &mut builder);
    } else if records.is_some_and(|r| argilla::is_it(r)) {
        argilla::read(records.map_or(&[], Vec::as_slice), &mut builder);
    } else {
        let boxed = |error| ForeignError::Table {
            error: Box::new(error),
        };
        let mut importer = Importer::new(file);
        importer.push(bytes).map_err(boxed)?;
        let imported = importer.finish().map_err(boxed)?;
        flat::read(&imported.table, &mut builder);
    }
    let foreign = builder.finish();
    if foreign.table.is_empty() {
        return Err(ForeignError::Nothing { file: name });
    }
    Ok(foreign)
}

/// Gives units their rows in `data`: by its id column, or by number where there are as many units as
/// rows, named by the numbers from 0 or from 1 on.
pub fn link(table: &mut Judgements, data: &DataSet) {
    let rows = data.table.rows();
    let mut by_name: HashMap<&str, usize> = HashMap::new();
    if let Some(ids) = data.column_with(Role::Id) {
        let cells = data.table.column(ids).iter().enumerate();
        by_name.extend(cells.filter_map(|(row, id)| Some((id?, row))));
    }
    let numbers: Option<Vec<usize>> = table.units.iter().map(|u| u.name.parse().ok()).collect();
    let first = numbers
        .as_ref()
        .and_then(|n| n.iter().min().copied())
        .filter(|&least| least <= 1 && table.units.len() == rows);
    for (place, unit) in table.units.iter_mut().enumerate() {
        let by_number = || Some(numbers.as_ref()?[place] - first?);
        let found = by_name.get(unit.name.as_str()).copied();
        unit.row = found.or_else(by_number).filter(|&row| row < rows);
    }
}
