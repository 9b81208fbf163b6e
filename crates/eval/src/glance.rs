//! A glance at a data set: some rows from all over it, from which it is seen what data it is.

use assay_data::{DataSet, Role};

/// Rows that are looked at.
const SAMPLE: usize = 200;

/// Rows from all over the table: data is often sorted by language.
pub fn rows(data: &DataSet) -> impl Iterator<Item = usize> {
    let all = data.table.rows();
    (0..all).step_by(all.div_ceil(SAMPLE).max(1))
}

/// The cells of a role in some rows from all over the table.
pub fn cells(data: &DataSet, role: Role) -> Vec<&str> {
    let columns = data.columns_with(role);
    let cell = |c: usize, row: usize| match role {
        Role::Hypothesis => data.table.cell(c, row).map(|_| data.hypothesis(c, row)),
        _ => data.table.cell(c, row),
    };
    let row = |row: usize| columns.iter().filter_map(move |c| cell(*c, row));
    rows(data).flat_map(row).collect()
}
