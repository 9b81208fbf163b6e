//! Numbers with a decimal comma, as spreadsheets write them in much of Europe: `0,5` beside fields that a semicolon or
//! a tab separates.

use super::column::TextColumn;
use super::import::Imported;
use super::thousands::{mapped, without_thousands};

/// The file with such numbers written with a point, and whole ones without points that separate thousands; others stay
/// as they are.
#[must_use]
pub fn with_points(file: Imported) -> Imported {
    with_points_where(file, &|_| false, &|_| false)
}

/// The same where names of columns say more: of which a comma is a decimal one whatever follows it, as of losses, and
/// which count, so that a point in them separates thousands.
#[must_use]
pub fn with_points_where(
    mut file: Imported,
    measures: &dyn Fn(&str) -> bool,
    counts: &dyn Fn(&str) -> bool,
) -> Imported {
    let may_have = matches!(file.delimiter, Some(b';' | b'\t'));
    let columns = file.table.names().iter().enumerate();
    let is_decimal: Vec<bool> = columns
        .map(|(c, name)| {
            let commas = Commas::of(file.table.column(c)).filter(|_| may_have);
            commas.is_some_and(|commas| commas.are_decimal || measures(name))
        })
        .collect();
    if is_decimal.contains(&true) {
        file.table = mapped(std::mem::take(&mut file.table), &is_decimal, |cell| {
            cell.replace(',', ".")
        });
    }
    without_thousands(file, &is_decimal, counts)
}

/// A column of numbers, some of them with one comma.
struct Commas {
    /// Whether they are decimal ones. Commas before groups of three digits alone could separate thousands.
    are_decimal: bool,
}

impl Commas {
    /// `None` where a cell is something else, or none has a comma.
    fn of(column: &TextColumn) -> Option<Self> {
        let (mut decimals, mut groups) = (0, 0);
        for cell in column.iter().flatten() {
            let cell = cell.trim();
            if cell.is_empty() {
                continue;
            }
            let number = cell.trim_start_matches(['-', '+']);
            let (whole, rest) = number.split_once(',').unwrap_or((number, "0"));
            let is_digits =
                |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
            if !is_digits(whole) || !is_digits(rest) {
                return None;
            }
            if number.contains(',') {
                decimals += 1;
                groups += usize::from(rest.len() == 3 && whole != "0");
            }
        }
        (decimals > 0).then_some(Self {
            are_decimal: decimals > groups,
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::{DataSet, Importer};

    #[test]
    fn a_decimal_comma_is_read_where_commas_separate_nothing_else() {
        let csv = "reference;base;judge_base;users base\na b;a c;0,5;1,000\nc d;c, e;0,75;2,500\n";
        let mut importer = Importer::new("a.csv");
        importer.push(csv.as_bytes()).unwrap();
        let data = DataSet::join(vec![importer.finish().unwrap()]).unwrap();
        assert_eq!(data.table.cell(2, 0), Some("0.5"));
        assert_eq!(data.table.cell(3, 0), Some("1,000"), "thousands");
        assert_eq!(data.table.cell(1, 1), Some("c, e"));
    }
}
