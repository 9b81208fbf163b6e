//! The right choice of a question, as files give it: by letter, label, text or number.

use super::{ChoicesError, letter};
use std::fmt;

/// The right choice, as a cell gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Right {
    /// The place is known.
    Place(usize),
    /// A number, counted from 0 or from 1.
    Number(usize),
}

impl Right {
    /// Reads a cell; nothing where it names none of the choices.
    pub(super) fn read(cell: &str, texts: &[String], labels: &[String]) -> Option<Self> {
        let cell = cell.trim().trim_matches(['(', ')', '（', '）', '.', '。']);
        let by_label = labels.iter().position(|label| label.trim() == cell);
        let by_letter = (0..texts.len()).find(|place| letter(*place).eq_ignore_ascii_case(cell));
        if let Some(place) = by_label.or(by_letter) {
            return Some(Self::Place(place));
        }
        if let Ok(number) = cell.parse::<usize>() {
            return Some(Self::Number(number));
        }
        let by_text = texts.iter().position(|text| text.trim() == cell);
        by_text.map(Self::Place)
    }

    /// The place, where the first choice has the number `first`; nothing beyond the choices.
    pub(super) fn place(self, first: usize, choices: usize) -> Option<usize> {
        let place = match self {
            Self::Place(place) => place,
            Self::Number(number) => number.checked_sub(first)?,
        };
        (place < choices).then_some(place)
    }
}

impl fmt::Display for Right {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Place(place) => f.write_str(&letter(*place)),
            Self::Number(number) => write!(f, "{number}"),
        }
    }
}

/// The number of the first choice: as it is given, or as the rows show it. A 0 shows that it is 0, a number as great as
/// there are choices that it is 1. Each row comes with the number of its choices.
pub(super) fn first_place<'a>(
    rows: impl Iterator<Item = (usize, &'a Right)>,
    given: Option<usize>,
) -> Result<usize, ChoicesError> {
    let (mut is_number, mut has_zero, mut has_last) = (false, false, false);
    for (choices, right) in rows {
        if let Right::Number(number) = right {
            is_number = true;
            has_zero |= *number == 0;
            has_last |= *number == choices;
        }
    }
    match (given, is_number, has_zero, has_last) {
        (Some(first), ..) => Ok(first),
        (None, false, ..) | (None, _, true, _) => Ok(0),
        (None, _, false, true) => Ok(1),
        (None, ..) => Err(ChoicesError::FirstPlace),
    }
}
