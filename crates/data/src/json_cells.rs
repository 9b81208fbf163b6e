//! JSON objects within cells, as LangSmith's CSV has them in `inputs`, `outputs` and `reference_outputs`: each field
//! becomes a column of its own.

use super::column::TextColumn;
use super::import::flatten::flatten;
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

/// Columns of numbers by name, which Braintrust's CSV has beside such cells.
const SCORES: [&str; 2] = ["scores", "metrics"];

/// The file with such columns opened, and with texts that are written as JSON without their quotes; others stay as they
/// are.
#[must_use]
pub fn open_json_cells(file: Imported) -> Imported {
    let file = without_quotes(file);
    open_objects(file)
}

/// Texts written as JSON, `"so it is"`, where several columns are written so: an export that writes every value as JSON.
fn without_quotes(mut file: Imported) -> Imported {
    let is_text = |cell: &str| serde_json::from_str::<String>(cell.trim()).is_ok();
    let are_texts = |c: usize| {
        let mut cells = file
            .table
            .column(c)
            .iter()
            .flatten()
            .filter(|cell| !cell.is_empty());
        cells.next().is_some_and(is_text) && cells.all(is_text)
    };
    let quoted: Vec<bool> = (0..file.table.names().len()).map(are_texts).collect();
    if file.roles.is_some() || quoted.iter().filter(|is| **is).count() < 2 {
        return file;
    }
    let mut table = Table::default();
    let columns = std::mem::take(&mut file.table).into_columns();
    for ((name, column), is_quoted) in columns.zip(quoted) {
        if !is_quoted {
            table.add(&name, column);
            continue;
        }
        let mut cells = TextColumn::default();
        for cell in column.iter() {
            let text = cell.and_then(|cell| serde_json::from_str::<String>(cell.trim()).ok());
            cells.push(text.as_deref().or(cell));
        }
        table.add(&name, cells);
    }
    file.table = table;
    file
}

fn open_objects(mut file: Imported) -> Imported {
    let of = |list: &[&str]| -> Vec<usize> {
        let is_open = |c: &usize| {
            let name = file.table.names()[*c].trim().to_lowercase();
            list.contains(&name.as_str()) && all_objects(file.table.column(*c))
        };
        (0..file.table.names().len()).filter(is_open).collect()
    };
    let mut opened = of(&NAMES);
    // A reference alone that is an object is what JSON outputs are compared with.
    if opened.len() < 2 {
        opened.clear();
    }
    opened.extend(of(&SCORES));
    let is_langsmith = !opened.is_empty();
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
    fn braintrusts_texts_lose_their_quotes_and_scores_are_measures() {
        let data = data(
            "id,input,output,expected,scores\n\
             1,\"\"\"Why?\"\"\",\"\"\"So it is\"\"\",\"\"\"It is so\"\"\",\"{\"\"Factuality\"\": 0.5}\"\n\
             2,\"\"\"How?\"\"\",\"\"\"That way\"\"\",\"\"\"This way\"\"\",\"{\"\"Factuality\"\": 1}\"\n",
        );
        assert_eq!(data.references(1), ["This way"]);
        assert_eq!(data.hypothesis(data.systems()[0].0, 0), "So it is");
        assert_eq!(data.measures()[0].value(&data, 0, 1), Some(1.0));
    }

    #[test]
    fn json_that_is_the_output_itself_stays() {
        let data = data(
            "reference,base\n\"{\"\"a\"\": 1}\",\"{\"\"a\"\": 2}\"\n\"{\"\"a\"\": 3}\",\"{\"\"a\"\": 3}\"\n",
        );
        assert_eq!(data.table.names(), ["reference", "base"]);
    }
}
