//! Tables of RAGAS: a row for each question with the contexts that were retrieved, the response, and a column for each
//! metric under any name (<https://docs.ragas.io>).

use crate::import::imported::Imported;
use crate::roles::Role;
use crate::table::Table;

/// Columns by what they are for, with the names that RAGAS had before version 0.2 last.
const COLUMNS: [(&str, Role); 13] = [
    ("user_input", Role::Source),
    ("response", Role::Hypothesis),
    ("reference", Role::Reference),
    ("retrieved_contexts", Role::Ignored),
    ("reference_contexts", Role::Ignored),
    ("retrieved_context_ids", Role::Ignored),
    ("reference_context_ids", Role::Ignored),
    ("question", Role::Source),
    ("answer", Role::Hypothesis),
    ("ground_truth", Role::Reference),
    ("ground_truths", Role::Reference),
    ("contexts", Role::Ignored),
    ("rubrics", Role::Ignored),
];

/// The name of a column without its place in a list.
fn base(name: &str) -> &str {
    name.split('[').next().unwrap_or(name).trim()
}

fn has(table: &Table, name: &str) -> bool {
    table.names().iter().any(|own| base(own) == name)
}

/// Whether all cells that are there are numbers.
fn is_numeric(table: &Table, column: usize) -> bool {
    let mut cells = table
        .column(column)
        .iter()
        .flatten()
        .filter(|c| !c.trim().is_empty());
    let is_number = |cell: &str| cell.trim().parse::<f64>().is_ok();
    cells.next().is_some_and(is_number) && cells.all(is_number)
}

/// Says what the columns of such a table are for.
pub(super) fn tell(out: &mut Imported) {
    let table = &out.table;
    let is_new = ["user_input", "response", "retrieved_contexts"];
    let is_old = ["question", "answer", "contexts"];
    let is_ragas = [is_new, is_old]
        .iter()
        .any(|names| names.iter().all(|n| has(table, n)));
    if !is_ragas || has(table, "model") {
        return;
    }
    for (column, name) in table.names().iter().enumerate() {
        let known = COLUMNS.iter().find(|(known, _)| *known == base(name));
        let is_id = name.eq_ignore_ascii_case("id") || name.eq_ignore_ascii_case("sample_id");
        let role = match known {
            Some((_, role)) => *role,
            None if is_id => Role::Id,
            None if name.starts_with("column ") || name.starts_with("Unnamed:") => Role::Ignored,
            None if is_numeric(table, column) => Role::Measure,
            None => Role::Slice,
        };
        out.known.set(name, role);
    }
}
