//! Judgements that were gathered elsewhere. `FORMATS` lists the exports of tools, each a file of its own; what none
//! of them is, is a table (`flat.rs`). Formats are told apart by keys and values, never by the file's name.

mod alpaca_eval;
mod arena_hard;
mod argilla;
mod builder;
mod columns;
mod doccano;
mod error;
mod flat;
mod inspect;
mod label_studio;
mod label_studio_min;
mod literal;
mod llm_comparator;
mod model_names;
mod mt_bench;
mod prodigy;
mod promptfoo;
mod rationale;
mod records;
pub mod unused;
mod values;

pub use builder::Foreign;
pub use error::{ForeignError, MAX_BYTES};

use super::judgements::Judgements;
use assay_data::{DataSet, Role};
use builder::Builder;
use records::{Content, Record};
use serde::de::IgnoredAny;
use std::borrow::Cow;
use std::collections::HashMap;
use unused::Skipped;

/// A tool's export.
struct Format {
    /// Whether records are of this format, by what they hold.
    fits: fn(&[Record]) -> bool,
    /// Reads them.
    read: fn(&[Record], &mut Builder),
}

macro_rules! formats {
    ($($module:ident),* $(,)?) => {
        &[$(Format { fits: $module::fits, read: $module::read }),*]
    };
}

/// All formats; the first that fits reads a file.
const FORMATS: &[Format] = formats![
    label_studio,
    label_studio_min,
    argilla,
    mt_bench,
    arena_hard,
    llm_comparator,
    alpaca_eval,
    prodigy,
    doccano,
    inspect,
    promptfoo,
];

/// Formats at the end of the list that files are not told by: the labels of a data set are no judgements, and logs of
/// evaluation tools are outputs first, whose judge's verdicts are read where somebody drops them among the ratings.
const NOT_TOLD: usize = 3;

/// Whether a file that begins so is a tool's export of judgements, by what its first records hold; see `NOT_TOLD`.
#[must_use]
pub fn is_export(file: &str, head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head);
    // A document that is one object can't be read by its beginning, and this name in it says enough.
    if text.contains(llm_comparator::RUNS) {
        return true;
    }
    let whole = complete_records(&text);
    let Ok(content) = Content::of(file, whole.as_bytes()) else {
        return false;
    };
    let mut certain = FORMATS.iter().take(FORMATS.len() - NOT_TOLD);
    certain.any(|format| content.readings.iter().any(|r| (format.fits)(r)))
}

/// Whether a table holds judgements, by the names of its columns.
#[must_use]
pub fn is_table(table: &assay_data::Table) -> bool {
    flat::is_of_judgements(table)
}

/// The beginning of a JSON array without an element that is cut off; any other text as it is.
fn complete_records(text: &str) -> Cow<'_, str> {
    if !text.trim_start().starts_with('[') || serde_json::from_str::<IgnoredAny>(text).is_ok() {
        return Cow::Borrowed(text);
    }
    let (mut depth, mut in_string, mut escaped, mut end) = (0usize, false, false, None);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                if depth == 1 {
                    end = Some(at + 1);
                }
            }
            _ => {}
        }
    }
    match end {
        Some(end) => Cow::Owned(format!("{}]", &text[..end])),
        None => Cow::Borrowed(text),
    }
}

/// The judgements in a file.
///
/// # Errors
/// Why there are none.
pub fn read(file: &str, bytes: &[u8]) -> Result<Foreign, ForeignError> {
    if bytes.len() > MAX_BYTES {
        return Err(ForeignError::too_large(file));
    }
    let content = Content::of(file, bytes)?;
    let mut builder = Builder::default();
    builder.skip_several(Skipped::Unreadable, content.unreadable);
    let fitting = FORMATS.iter().find_map(|format| {
        let records = content.readings.iter().find(|r| (format.fits)(r))?;
        Some((format, records))
    });
    match fitting {
        Some((format, records)) => (format.read)(records, &mut builder),
        None => flat::read(&content.into_table(file, bytes)?, &mut builder),
    }
    let foreign = builder.finish();
    if foreign.table.is_empty() {
        return Err(ForeignError::Nothing {
            file: file.to_owned(),
        });
    }
    Ok(foreign)
}

/// Gives units their rows in `data`: by its id column (also of what is judged in several turns, `81 · 2`), or by
/// number where there are as many units as
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
        let turn = || by_name.get(unit.name.rsplit_once(" · ")?.0);
        let found = by_name.get(unit.name.as_str()).or_else(turn).copied();
        unit.row = found.or_else(by_number).filter(|&row| row < rows);
    }
}
