//! Rows of one item, which a tool writes one after the other (an event each, or a metric each), made one.

use crate::column::TextColumn;
use crate::import::imported::{Imported, MAX_COLUMNS};
use crate::roles::Role;
use crate::table::Table;
use rustc_hash::FxHashMap;

/// Makes the rows of each id one. A column that says two things of one item is followed by one of the same role for
/// the second: a score's `match (base)` by `match 2 (base)`.
pub(super) fn merged_by_id(out: &mut Imported) {
    let names = out.table.names();
    let Some(id) = names
        .iter()
        .position(|n| out.known.get(n) == Some(Role::Id))
    else {
        return;
    };
    let mut places: FxHashMap<String, usize> = FxHashMap::default();
    let mut items = Vec::with_capacity(out.table.rows());
    for row in 0..out.table.rows() {
        let next = places.len();
        let place = match out.table.cell(id, row) {
            Some(id) => *places.entry(id.to_owned()).or_insert(next),
            // Without an id a row stays a row of its own.
            None => *places.entry(format!("\0{row}")).or_insert(next),
        };
        items.push(place);
    }
    if places.len() == out.table.rows() {
        return;
    }
    let mut merged = Table::default();
    for (name, column) in std::mem::take(&mut out.table).into_columns() {
        let role = out.known.get(&name).unwrap_or(Role::Ignored);
        for (place, values) in spread(&column, &items, places.len())
            .into_iter()
            .enumerate()
        {
            if place > 0 && merged.names().len() >= MAX_COLUMNS {
                out.left_out.insert(name.clone());
                break;
            }
            let name = numbered(&name, place);
            // Of several outputs the first is the system's; the others are there to be looked at.
            let role = match role {
                Role::Hypothesis if place > 0 => Role::Ignored,
                role => role,
            };
            out.known.set(&name, role);
            merged.add(&name, values);
        }
    }
    out.table = merged;
}

/// A column's cells by item: the first different text of each in the first column, the second in the second.
fn spread(column: &TextColumn, items: &[usize], count: usize) -> Vec<TextColumn> {
    let mut found: Vec<Vec<&str>> = vec![Vec::new(); count];
    for (row, &item) in items.iter().enumerate() {
        if let Some(cell) = column.get(row)
            && !found[item].contains(&cell)
        {
            found[item].push(cell);
        }
    }
    let width = found.iter().map(Vec::len).max().unwrap_or(0).max(1);
    let columns = (0..width).map(|place| {
        let mut cells = TextColumn::default();
        for texts in &found {
            cells.push(texts.get(place).copied());
        }
        cells
    });
    columns.collect()
}

fn numbered(name: &str, place: usize) -> String {
    if place == 0 {
        return name.to_owned();
    }
    match name.rsplit_once(" (") {
        Some((measure, system)) => format!("{measure} {} ({system}", place + 1),
        None => format!("{name} {}", place + 1),
    }
}
