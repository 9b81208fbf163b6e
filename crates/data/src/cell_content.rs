//! What a column's cells look like, by which its role is guessed.

use crate::column::TextColumn;

/// Cells that say yes or no.
const BOOLEANS: &[&str] = &["true", "false", "yes", "no", "是", "否"];

/// Rows that are looked at.
pub(crate) const SAMPLE: usize = 500;

/// What a column's cells look like.
pub(crate) struct Content {
    /// Whether all that are not blank are numbers.
    pub(crate) numeric: bool,
    /// Whether no number is below 0 or above 1.
    pub(crate) unit_interval: bool,
    /// Whether a number is not whole.
    pub(crate) fractional: bool,
    /// Whether all cells are yes or no.
    pub(crate) boolean: bool,
    /// Different cells.
    pub(crate) distinct: usize,
    /// Cells that are there.
    pub(crate) present: usize,
    /// Characters of the longest cell.
    pub(crate) longest: usize,
}

/// Looks at the first cells of a column.
pub(crate) fn content(column: &TextColumn) -> Content {
    let mut c = Content {
        numeric: true,
        unit_interval: true,
        fractional: false,
        boolean: true,
        distinct: 0,
        present: 0,
        longest: 0,
    };
    let mut seen = rustc_hash::FxHashSet::default();
    let mut filled = 0;
    for cell in column.iter().flatten().take(SAMPLE) {
        c.present += 1;
        seen.insert(cell);
        c.boolean &= BOOLEANS.contains(&cell.trim().to_lowercase().as_str());
        // A blank cell among numbers is a number that is missing.
        if cell.trim().is_empty() {
            continue;
        }
        filled += 1;
        c.longest = c.longest.max(cell.chars().count());
        match cell.trim().parse::<f64>() {
            Ok(x) => {
                c.unit_interval &= (0.0..=1.0).contains(&x);
                c.fractional |= cell.contains(['.', 'e', 'E']);
            }
            Err(_) => c.numeric = false,
        }
    }
    c.distinct = seen.len();
    c.numeric &= filled > 0;
    c.boolean &= c.present > 0;
    c
}

impl Content {
    /// Whether the cells are few short texts that are repeated.
    pub(crate) fn is_class(&self) -> bool {
        let few = self.distinct <= 20 && self.distinct * 5 <= self.present.max(5) * 2;
        self.present > 0 && self.longest <= 40 && few
    }
}
