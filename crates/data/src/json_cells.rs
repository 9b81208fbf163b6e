//! JSON objects within cells, as LangSmith's CSV has them in `inputs`, `outputs` and `reference_outputs`: each field
//! becomes a column of its own.

use super::column::TextColumn;
use super::import::json::flatten;
use super::import::{Imported, MAX_COLUMNS};
use super::table::Table;
use serde_json::Value;

/// Columns that hold objects by their nature. In others an object may be the output itself.
const NAMES: [&str; 5] = [
    "inputs",
    "outputs",
    "reference_outputs",
    "expected_outputs",
    "reference",
];

/// The file with such columns opened; others stay as they are.
#[must_use]
pub fn open_json_cells(mut file: Imported) -> Imported {
    let is_open = |c: &usize| {
        let name = file.table.names()[*c].trim().to_lowercase();
        NAMES.contains(&name.as_str()) && all_objects(file.table.column(*c))
    };
    let opened: Vec<usize> = (0..file.table.names().len()).filter(is_open).collect();
    // A reference alone that is an object is what JSON outputs are compared with.
    let is_langsmith = opened.len() > 1;
    if file.roles.is_some() || !is_langsmith {
        return file;
    }
    let mut table = Table::default();
    let columns = std::mem::take(&mut file.table).into_columns().enumerate();
    for (c, (name, column)) in columns {
        if !opened.contains(&c) {
            table.add(&name, column);
            continue;
        }
        for (field, column) in fields(name.trim(), &column, &mut file) {
            if table.names().len() < MAX_COLUMNS {
                table.add(&field, column);
            }
        }
    }
    file.table = table;
    file
}

fn object(cell: &str) -> Option<Value> {
    let cell = cell.trim();
    let value = cell
        .starts_with('{')
        .then(|| serde_json::from_str(cell).ok())??;
    Value::is_object(&value).then_some(value)
}

fn all_objects(column: &TextColumn) -> bool {
    let mut cells = column
        .iter()
        .flatten()
        .filter(|cell| !cell.trim().is_empty());
    let Some(first) = cells.next() else {
        return false;
    };
    object(first).is_some() && cells.all(|cell| object(cell).is_some())
}

/// The fields of a column's objects, each as a column, in the order in which they come first.
fn fields(name: &str, column: &TextColumn, file: &mut Imported) -> Vec<(String, TextColumn)> {
    let mut table = Table::default();
    for cell in column.iter() {
        let mut cells = Vec::new();
        if let Some(value) = cell.and_then(object) {
            flatten(name, &value, &mut cells, &mut file.left_out);
        }
        let cells: Vec<(usize, Option<&str>)> = cells
            .iter()
            .map(|(name, cell)| (table.column_named(name), cell.as_deref()))
            .collect();
        table.push(cells);
    }
    table.into_columns().collect()
}

#[cfg(test)]
mod tests {
    use crate::testing::data;

    #[test]
    fn langsmiths_objects_become_columns() {
        let data = data(
            "id,inputs,outputs,reference_outputs\n\
             r0,\"{\"\"question\"\": \"\"Why?\"\"}\",\"{\"\"answer\"\": \"\"So it is\"\"}\",\"{\"\"answer\"\": \"\"It is so\"\"}\"\n\
             r1,\"{\"\"question\"\": \"\"How?\"\"}\",\"{\"\"answer\"\": \"\"That way\"\"}\",\"{\"\"answer\"\": \"\"This way\"\"}\"\n",
        );
        let expected = [
            "id",
            "inputs.question",
            "outputs.answer",
            "reference_outputs.answer",
        ];
        assert_eq!(data.table.names(), expected);
        assert_eq!(data.references(1), ["This way"]);
        assert_eq!(data.hypothesis(data.systems()[0].0, 0), "So it is");
    }

    #[test]
    fn json_that_is_the_output_itself_stays() {
        let data = data(
            "reference,base\n\"{\"\"a\"\": 1}\",\"{\"\"a\"\": 2}\"\n\"{\"\"a\"\": 3}\",\"{\"\"a\"\": 3}\"\n",
        );
        assert_eq!(data.table.names(), ["reference", "base"]);
    }
}
