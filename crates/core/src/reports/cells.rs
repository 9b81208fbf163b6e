//! Cells of a report's sheets.

use assay_containers::{NewCell, NewSheet};
use assay_locale::Locale;
use assay_stats::Decision;

pub(super) fn sheet(name: String, head: &[String], rows: Vec<Vec<NewCell>>) -> NewSheet {
    NewSheet {
        name,
        head: head.to_vec(),
        rows,
    }
}

pub(super) fn text(text: impl Into<String>) -> NewCell {
    NewCell::Text(text.into())
}

pub(super) fn number(number: impl Into<Option<f64>>) -> NewCell {
    number.into().map_or(NewCell::Empty, NewCell::Number)
}

pub(super) fn ends(interval: Option<[f64; 2]>) -> [NewCell; 2] {
    match interval {
        Some([low, high]) => [NewCell::Number(low), NewCell::Number(high)],
        None => [NewCell::Empty, NewCell::Empty],
    }
}

/// What a comparison shows, in words.
pub(super) fn decision(decision: Decision, t: &Locale) -> String {
    t.text(match decision {
        Decision::Better => "better",
        Decision::Worse => "worse",
        Decision::NoEvidence => "workbook-undecided",
    })
}
