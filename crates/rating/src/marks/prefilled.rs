//! Errors that are marked before a rater comes, which the rater corrects: what a task holds of them, and how they are
//! read from a cell of the data.

use super::{ErrorScheme, MAX_MARKS, Mark, Severity};
use crate::bounded;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The errors that an output begins with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prefilled {
    /// The item's place.
    pub item: u16,
    /// The question's place.
    pub question: u8,
    /// The output's place in the item.
    pub output: u8,
    /// The errors; at least one.
    #[serde(deserialize_with = "bounded::list::<_, _, MAX_MARKS>")]
    pub marks: Vec<Mark>,
}

/// Why a cell gives no marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CellError {
    /// It is no list of objects with `start`, `end` and `severity`.
    Unreadable,
    /// A mark lies outside the output.
    Outside,
    /// The question has no such category.
    Category(String),
    /// The question has no such severity.
    Severity(String),
}

/// The marks in a cell: a JSON list of objects with `start` and `end` (characters from 0, `end` behind the last one; or
/// `"missing"` for something that the output lacks), `severity` by its English name, and `category` by its name. Without
/// a category the last one of the question is taken, which the rater corrects. An empty cell has no marks.
///
/// # Errors
/// The first thing that can't be read, or that the question or an output of this many characters does not take.
pub fn marks_of(cell: &str, scheme: &ErrorScheme, length: u32) -> Result<Vec<Mark>, CellError> {
    if cell.trim().is_empty() {
        return Ok(Vec::new());
    }
    let list: Vec<Value> = serde_json::from_str(cell).map_err(|_| CellError::Unreadable)?;
    if list.len() > MAX_MARKS {
        return Err(CellError::Unreadable);
    }
    let mut marks = list
        .iter()
        .map(|value| mark_of(value, scheme, length))
        .collect::<Result<Vec<Mark>, CellError>>()?;
    marks.sort_unstable();
    marks.dedup();
    Ok(marks)
}

fn mark_of(value: &Value, scheme: &ErrorScheme, length: u32) -> Result<Mark, CellError> {
    let text = |name: &str| value.get(name).and_then(Value::as_str);
    let number = |name: &str| -> Result<u32, CellError> {
        if text(name) == Some("missing") {
            return Ok(length);
        }
        let number = value.get(name).and_then(Value::as_u64);
        let number = number.ok_or(CellError::Unreadable)?;
        u32::try_from(number).map_err(|_| CellError::Outside)
    };
    let named = text("severity").ok_or(CellError::Unreadable)?;
    let severity = Severity::ALL
        .into_iter()
        .find(|s| s.name().eq_ignore_ascii_case(named.trim()));
    let severity = severity.ok_or_else(|| CellError::Severity(named.to_owned()))?;
    let mark = Mark {
        start: number("start")?,
        end: number("end")?,
        category: category_of(text("category").unwrap_or_default(), scheme)?,
        severity,
    };
    if scheme.place(severity).is_none() {
        return Err(CellError::Severity(named.to_owned()));
    }
    match scheme.takes(&mark, length) {
        true => Ok(mark),
        false => Err(CellError::Outside),
    }
}

/// The place of a category by its name; the last where none is named.
fn category_of(name: &str, scheme: &ErrorScheme) -> Result<u8, CellError> {
    let categories = &scheme.categories;
    let wanted = name.trim().to_lowercase();
    let place = match wanted.is_empty() || categories.is_empty() {
        true => Some(categories.len().saturating_sub(1)),
        false => categories
            .iter()
            .position(|c| c.name.to_lowercase() == wanted),
    };
    let place = place.and_then(|place| u8::try_from(place).ok());
    place.ok_or_else(|| CellError::Category(name.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::super::ErrorCategory;
    use super::*;

    fn scheme() -> ErrorScheme {
        let categories = ["Accuracy", "Other"].map(ErrorCategory::plain);
        ErrorScheme::minor_and_major(categories.to_vec())
    }

    #[test]
    fn marks_are_read_from_a_cell() {
        let cell = r#"[
            {"start": 4, "end": 7, "severity": "Major", "category": "accuracy", "confidence": 0.8},
            {"start": "missing", "end": "missing", "severity": "minor"}
        ]"#;
        let mark = |start, end, category, severity| Mark {
            start,
            end,
            category,
            severity,
        };
        assert_eq!(
            marks_of(cell, &scheme(), 9),
            Ok(vec![
                mark(4, 7, 0, Severity::Major),
                mark(9, 9, 1, Severity::Minor)
            ])
        );
        assert_eq!(marks_of(" ", &scheme(), 9), Ok(Vec::new()));
        assert_eq!(marks_of("[]", &scheme(), 9), Ok(Vec::new()));
    }

    #[test]
    fn what_can_t_be_read_says_why() {
        let of = |cell: &str| marks_of(cell, &scheme(), 5).unwrap_err();
        assert_eq!(of("none"), CellError::Unreadable);
        assert_eq!(of(r#"[{"start": 1, "end": 2}]"#), CellError::Unreadable);
        assert_eq!(
            of(r#"[{"start": 1, "end": 6, "severity": "minor"}]"#),
            CellError::Outside
        );
        assert_eq!(
            of(r#"[{"start": 1, "end": 1, "severity": "minor"}]"#),
            CellError::Outside
        );
        for severity in ["bad", "critical"] {
            let cell = format!(r#"[{{"start": 1, "end": 2, "severity": "{severity}"}}]"#);
            assert_eq!(of(&cell), CellError::Severity(severity.into()));
        }
        assert_eq!(
            of(r#"[{"start": 1, "end": 2, "severity": "minor", "category": "Style"}]"#),
            CellError::Category("Style".into())
        );
    }
}
