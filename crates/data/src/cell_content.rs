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
    /// Whether all cells that are not blank are addresses, hashes, points in time, or lists of errors marked in a text.
    pub(crate) technical: bool,
    /// Whether nearly all cells are questions by their last mark.
    pub(crate) questions: bool,
}

/// A number as tables write them: `1,234.5`, `85%`, `$12` too.
pub(crate) fn number(cell: &str) -> Option<f64> {
    let cell = cell.trim();
    if let Ok(number) = cell.parse() {
        return Some(number);
    }
    let bare = cell
        .trim_end_matches(['%', '％'])
        .trim_start_matches(['$', '€', '£', '￥', '¥']);
    let (sign, digits) = match bare.strip_prefix('-') {
        Some(digits) => (-1.0, digits),
        None => (1.0, bare),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let are_groups = groups.all(|group| group.len() == 3 && is_digits(group));
    let is_number = is_digits(first) && is_digits(fraction) && are_groups;
    let is_grouped = whole.contains(',') && first.len() < 4;
    if !is_number || (whole.contains(',') && !is_grouped) {
        return None;
    }
    let plain = format!("{}.{fraction}", whole.replace(',', ""));
    Some(sign * plain.parse::<f64>().ok()?)
}

/// Whether a cell is a list of errors with their places in a text, as XCOMET and rating tasks have them.
fn is_marks(cell: &str) -> bool {
    let names = ["\"start\"", "\"end\"", "\"severity\""];
    cell == "[]" || cell.starts_with("[{") && names.iter().all(|name| cell.contains(name))
}

/// Whether a cell is an address, a hash, a point in time to the minute, or a list of marked errors.
fn is_technical(cell: &str) -> bool {
    if is_marks(cell) {
        return true;
    }
    let is_address = ["http://", "https://", "s3://", "gs://", "file://"]
        .iter()
        .any(|start| cell.starts_with(start));
    let hex = cell.bytes().filter(u8::is_ascii_hexdigit).count();
    let is_hash = hex >= 16 && cell.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
    let (bytes, digit) = (cell.as_bytes(), |at: usize| {
        cell.as_bytes().get(at).is_some_and(u8::is_ascii_digit)
    });
    let is_time = bytes.len() > 15
        && [0, 1, 2, 3, 11, 12].into_iter().all(digit)
        && matches!(bytes[4], b'-' | b'/')
        && matches!(bytes[10], b'T' | b' ')
        && bytes[13] == b':';
    !cell.contains(char::is_whitespace) && (is_address || is_hash) || is_time
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
        technical: true,
        questions: false,
    };
    let mut seen = rustc_hash::FxHashSet::default();
    let (mut filled, mut asking) = (0, 0);
    for cell in column.iter().flatten().take(SAMPLE) {
        c.present += 1;
        seen.insert(cell);
        c.boolean &= BOOLEANS.contains(&cell.trim().to_lowercase().as_str());
        // A blank cell among numbers is a number that is missing.
        if cell.trim().is_empty() {
            continue;
        }
        filled += 1;
        asking += usize::from(cell.trim_end().ends_with(['?', '？']));
        c.longest = c.longest.max(cell.chars().count());
        c.technical &= is_technical(cell.trim());
        match number(cell) {
            Some(x) => {
                c.unit_interval &= (0.0..=1.0).contains(&x);
                c.fractional |= cell.contains(['.', 'e', 'E']);
            }
            None => c.numeric = false,
        }
    }
    c.distinct = seen.len();
    c.numeric &= filled > 0;
    c.technical &= filled > 0;
    c.questions = filled > 1 && asking * 5 >= filled * 4;
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
