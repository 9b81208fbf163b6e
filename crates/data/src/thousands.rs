//! Points that separate thousands, as much of Europe writes whole numbers: `1.000` is a thousand in a table with decimal
//! commas, and one in any other. What the table shows decides; where it shows nothing, the number is left and asked about.

use super::column::TextColumn;
use super::import::Imported;
use super::table::Table;

/// The file without points that separate thousands, where `are_decimal` says which columns had decimal commas, beside
/// which no point is a decimal one, and `counts` whether a column of a name counts, so that it has no decimals.
pub(crate) fn without_thousands(
    mut file: Imported,
    are_decimal: &[bool],
    counts: &dyn Fn(&str) -> bool,
) -> Imported {
    if file.delimiter.is_none() {
        return file;
    }
    let names = file.table.names();
    let shape = |(c, is_decimal): (usize, &bool)| match is_decimal {
        true => None,
        false => Grouped::of(file.table.column(c)),
    };
    let shapes: Vec<Option<Grouped>> = are_decimal.iter().enumerate().map(shape).collect();
    let is_count = |(name, shape): (&String, &Option<Grouped>)| shape.is_some() && counts(name);
    let is_telling = |shape: &Option<Grouped>| shape.as_ref().is_some_and(|s| s.is_telling);
    // Where commas separate fields, points are decimal ones unless something says otherwise.
    let may_be_unclear = file.delimiter == Some(b';');
    let is_decided = are_decimal.contains(&true)
        || names.iter().zip(&shapes).any(is_count)
        || may_be_unclear && shapes.iter().any(is_telling);
    let is_thousands: Vec<bool> = shapes
        .iter()
        .map(|shape| shape.as_ref().is_some_and(|s| is_decided || s.is_telling))
        .collect();
    for ((name, shape), is_thousands) in names.iter().zip(&shapes).zip(&is_thousands) {
        match (shape, is_thousands) {
            (Some(_), true) => file.points.thousands.push(name.clone()),
            (Some(_), false) if may_be_unclear => file.points.unclear.push(name.clone()),
            _ => {}
        }
    }
    if is_thousands.contains(&true) {
        file.table = mapped(std::mem::take(&mut file.table), &is_thousands, |cell| {
            cell.replace('.', "")
        });
    }
    file
}

/// The table with the cells of some columns written otherwise.
pub(crate) fn mapped(table: Table, are_meant: &[bool], write: impl Fn(&str) -> String) -> Table {
    let mut out = Table::default();
    for ((name, column), is_meant) in table.into_columns().zip(are_meant) {
        if !is_meant {
            out.add(&name, column);
            continue;
        }
        let mut cells = TextColumn::default();
        for cell in column.iter() {
            cells.push(cell.map(&write).as_deref());
        }
        out.add(&name, cells);
    }
    out
}

/// A column of whole numbers, if its points separate thousands.
struct Grouped {
    /// Whether nothing else can be meant: two points in one number, or a number without any beside one that ends in 0,
    /// which a program that leaves out decimals would not write.
    is_telling: bool,
}

impl Grouped {
    /// `None` where a cell is no such number, or none has a point.
    fn of(column: &TextColumn) -> Option<Self> {
        let (mut points, mut twice, mut plain, mut ends_in_zero) = (false, false, false, false);
        for cell in column.iter().flatten().map(str::trim) {
            if cell.is_empty() {
                continue;
            }
            let mut groups = cell.split('.');
            let first = groups.next()?;
            let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
            if first.is_empty() || first.len() > 3 || !digits(first) {
                return None;
            }
            let mut count = 0;
            for group in groups {
                count += 1;
                if group.len() != 3 || !digits(group) {
                    return None;
                }
            }
            // 0.125 and 007.125 are no thousands.
            if count > 0 && first.starts_with('0') {
                return None;
            }
            points |= count > 0;
            twice |= count > 1;
            plain |= count == 0 && first != "0";
            ends_in_zero |= count > 0 && cell.ends_with('0');
        }
        points.then_some(Self {
            is_telling: twice || (plain && ends_in_zero),
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::decimal_commas::{with_points, with_points_where};
    use crate::points::Points;
    use crate::testing::read;

    fn points(text: &str) -> (Points, Vec<String>) {
        let file = with_points(read("a.csv", text));
        let cells =
            (0..file.table.names().len()).map(|c| file.table.cell(c, 0).unwrap_or("").to_owned());
        let cells = cells.collect();
        (file.points, cells)
    }

    #[test]
    fn decimal_commas_in_another_column_decide() {
        let (found, cells) = points("arm;users;revenue\nA;1.000;5200,5\nB;2.500;4100,25\n");
        assert_eq!(found.thousands, ["users"]);
        assert_eq!(cells, ["A", "1000", "5200.5"]);
    }

    #[test]
    fn numbers_themselves_decide_where_they_can() {
        let (found, cells) = points("arm,users\nA,1.234.567\nB,999.125\n");
        assert_eq!((found.thousands.len(), &*cells[1]), (1, "1234567"));
        let (found, cells) = points("arm,users\nA,1.050\nB,999\n");
        assert_eq!((found.thousands.len(), &*cells[1]), (1, "1050"));
        for other in [
            "arm,x\nA,1.050\nB,1.125\n",
            "arm,x\nA,0.050\nB,9\n",
            "arm,x\nA,1.05\nB,999\n",
        ] {
            assert_eq!(points(other).0, Points::default(), "{other}");
        }
    }

    #[test]
    fn one_column_decides_for_the_others_where_semicolons_separate() {
        let (found, cells) = points("tokens a;tokens b\n1.024;980\n1.130;1.250\n");
        assert_eq!((found.thousands.len(), &*cells[0]), (2, "1024"));
        assert_eq!(found.unclear, Vec::<String>::new());
    }

    #[test]
    fn what_nothing_decides_is_left_and_told() {
        let (found, cells) = points("arm;seconds\nA;1.050\nB;1.125\n");
        assert_eq!(
            (found.unclear, &*cells[1]),
            (vec!["seconds".to_owned()], "1.050")
        );
    }

    #[test]
    fn a_column_that_counts_decides_for_all() {
        let file = read("a.csv", "arm,users,signups\nA,1.025,1.005\nB,2.125,1.125\n");
        let file = with_points_where(file, &|_| false, &|name| name == "users");
        assert_eq!(file.table.cell(2, 0), Some("1005"));
    }
}
