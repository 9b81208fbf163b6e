//! Numbers with a decimal comma, as spreadsheets write them in much of Europe: `0,5` beside fields that a semicolon or
//! a tab separates.

use super::column::TextColumn;
use super::import::Imported;
use super::table::Table;

/// The file with such numbers written with a point; others stay as they are.
#[must_use]
pub fn with_points(mut file: Imported) -> Imported {
    let may_have = matches!(file.delimiter, Some(b';' | b'\t'));
    let columns = 0..file.table.names().len();
    let is_decimal: Vec<bool> = columns
        .map(|c| may_have && has_decimal_commas(file.table.column(c)))
        .collect();
    if !is_decimal.contains(&true) {
        return file;
    }
    let mut table = Table::default();
    let columns = std::mem::take(&mut file.table).into_columns();
    for ((name, column), is_decimal) in columns.zip(is_decimal) {
        if !is_decimal {
            table.add(&name, column);
            continue;
        }
        let mut cells = TextColumn::default();
        for cell in column.iter() {
            cells.push(cell.map(|cell| cell.replace(',', ".")).as_deref());
        }
        table.add(&name, cells);
    }
    file.table = table;
    file
}

/// Whether all cells are numbers, some of them with a decimal comma. Commas before groups of three digits alone could
/// separate thousands, and are left.
fn has_decimal_commas(column: &TextColumn) -> bool {
    let (mut decimals, mut groups) = (0, 0);
    for cell in column.iter().flatten() {
        let cell = cell.trim();
        if cell.is_empty() {
            continue;
        }
        let number = cell.trim_start_matches(['-', '+']);
        let (whole, rest) = number.split_once(',').unwrap_or((number, "0"));
        let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if !is_digits(whole) || !is_digits(rest) {
            return false;
        }
        if number.contains(',') {
            decimals += 1;
            groups += usize::from(rest.len() == 3 && whole != "0");
        }
    }
    decimals > groups
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
