//! Tables as `DataFrame.to_json` writes them by `orient`: `split` has the names of columns apart from the rows, `columns` an
//! object for each column with its cells by index. Other orients are lists or objects of rows.

use serde_json::{Map, Value};

/// The rows of a table; nothing where the object is none.
pub(super) fn rows(object: &Map<String, Value>) -> Option<Vec<Map<String, Value>>> {
    split(object).or_else(|| columns(object))
}

fn split(object: &Map<String, Value>) -> Option<Vec<Map<String, Value>>> {
    let names = object.get("columns")?.as_array()?.iter();
    let names: Vec<&str> = names.map(Value::as_str).collect::<Option<_>>()?;
    let rows = object.get("data")?.as_array()?.iter();
    let row = |cells: &Value| {
        let cells = cells
            .as_array()
            .filter(|cells| cells.len() == names.len())?;
        let named = names.iter().zip(cells);
        Some(
            named
                .map(|(name, cell)| ((*name).to_owned(), cell.clone()))
                .collect(),
        )
    };
    rows.map(row).collect()
}

/// Columns all have the same index, the numbers from 0 on, and no row is called so by a tool that counts rows: their
/// cells are no objects.
fn columns(object: &Map<String, Value>) -> Option<Vec<Map<String, Value>>> {
    let columns = object.iter();
    let columns: Vec<(&String, &Map<String, Value>)> = columns
        .map(|(name, cells)| Some((name, cells.as_object()?)))
        .collect::<Option<_>>()?;
    let count = columns.first()?.1.len();
    let are_places = |keys: &Map<String, Value>| {
        (0..keys.len()).all(|place| keys.contains_key(&place.to_string()))
    };
    let is_counted = |cells: &Map<String, Value>| cells.len() == count && are_places(cells);
    let is_row = are_places(object);
    if count == 0 || is_row || !columns.iter().all(|(_, cells)| is_counted(cells)) {
        return None;
    }
    let row = |place: usize| {
        let key = place.to_string();
        let cells = columns.iter();
        cells
            .map(|(name, cells)| ((*name).clone(), cells[&key].clone()))
            .collect()
    };
    Some((0..count).map(row).collect())
}

#[cfg(test)]
mod tests {
    use crate::{DataSet, Importer};

    #[test]
    fn every_orient_is_the_same_table() {
        for text in [
            r#"{"columns": ["question", "reference", "base"], "index": [0, 1],
                "data": [["Why?", "So it is", "So"], ["How?", "That way", "This way"]]}"#,
            r#"{"question": {"0": "Why?", "1": "How?"}, "reference": {"0": "So it is", "1": "That way"},
                "base": {"0": "So", "1": "This way"}}"#,
            r#"{"0": {"question": "Why?", "reference": "So it is", "base": "So"},
                "1": {"question": "How?", "reference": "That way", "base": "This way"}}"#,
        ] {
            let mut importer = Importer::new("table.json");
            importer.push(text.as_bytes()).unwrap();
            let data = DataSet::join(vec![importer.finish().unwrap()]).unwrap();
            assert_eq!(data.table.rows(), 2, "{text}");
            assert_eq!(data.references(1), ["That way"], "{text}");
            let (system, name) = data.systems()[0];
            assert_eq!((name, data.hypothesis(system, 1)), ("base", "This way"));
        }
    }
}
