//! Lists of texts within cells, as Python's csv module and pandas write them: `['Paris', 'paris, France']`, or JSON, or an
//! array of NumPy, which has no commas. SQuAD's answers are an object with such a list.
//! Of references each is one; so such a column becomes a column for each place in its lists.

use super::column::TextColumn;
use super::import::{Imported, MAX_COLUMNS};
use super::roles::{self, Role};
use super::table::Table;

/// The file with its references' lists opened; others stay as they are.
#[must_use]
pub fn open_reference_lists(mut file: Imported) -> Imported {
    if file.roles.is_some() {
        return file;
    }
    let roles = roles::guess(&file.table);
    let lists: Vec<Option<Vec<Vec<String>>>> = (0..roles.len())
        .map(|c| {
            let is_reference = roles[c] == Role::Reference;
            is_reference.then(|| lists_of(file.table.column(c)))?
        })
        .collect();
    if lists.iter().all(Option::is_none) {
        return file;
    }
    let mut opened = Table::default();
    let columns = std::mem::take(&mut file.table).into_columns();
    for ((name, column), lists) in columns.zip(lists) {
        let Some(lists) = lists else {
            opened.add(&name, column);
            continue;
        };
        let longest = lists.iter().map(Vec::len).max().unwrap_or(0);
        for place in 0..longest {
            let mut cells = TextColumn::default();
            for list in &lists {
                cells.push(list.get(place).map(String::as_str));
            }
            opened.add(&format!("{name}[{place}]"), cells);
        }
    }
    file.table = opened;
    file
}

/// The column's lists, where every cell is one and they are not too long.
fn lists_of(column: &TextColumn) -> Option<Vec<Vec<String>>> {
    let lists = column.iter().map(|cell| match cell {
        Some(cell) => list(cell),
        None => Some(Vec::new()),
    });
    let lists: Vec<Vec<String>> = lists.collect::<Option<_>>()?;
    let longest = lists.iter().map(Vec::len).max().unwrap_or(0);
    (1..=MAX_COLUMNS / 4).contains(&longest).then_some(lists)
}

/// The texts of a list in JSON or as Python prints it, or those of SQuAD's answers.
fn list(cell: &str) -> Option<Vec<String>> {
    match cell.trim().strip_prefix('{') {
        Some(answers) => texts_of_answers(cell, answers),
        None => list_alone(cell),
    }
}

/// The texts of `{"text": […], "answer_start": […]}`, in JSON or as Python prints it.
fn texts_of_answers(cell: &str, inside: &str) -> Option<Vec<String>> {
    if let Ok(answers) = serde_json::from_str::<serde_json::Value>(cell.trim()) {
        let texts = answers.get("text")?.as_array()?.iter();
        return texts.map(|text| text.as_str().map(str::to_owned)).collect();
    }
    let (_, rest) = inside.split_once("'text':")?;
    let rest = rest.trim_start();
    let rest = rest.strip_prefix("array(").unwrap_or(rest);
    // The list ends before the name of the next field, or at the end.
    let end = ["], dtype", "], 'answer_start'", "]}", "])"]
        .iter()
        .filter_map(|end| rest.find(end))
        .min()?;
    list_alone(&rest[..=end])
}

fn list_alone(cell: &str) -> Option<Vec<String>> {
    let inside = cell.trim().strip_prefix('[')?.strip_suffix(']')?;
    if let Ok(texts) = serde_json::from_str::<Vec<String>>(cell.trim()) {
        return Some(texts);
    }
    let mut texts = Vec::new();
    let mut rest = inside.trim_start();
    while !rest.is_empty() {
        let (text, after) = quoted(rest)?;
        texts.push(text);
        let after = after.trim_start();
        rest = match after.strip_prefix(',') {
            Some(next) => next.trim_start(),
            None if after.is_empty() || after.starts_with(['\'', '"']) => after,
            None => return None,
        };
    }
    Some(texts)
}

/// A text in single or double quotes at the beginning, and what is after it.
fn quoted(text: &str) -> Option<(String, &str)> {
    let quote = text.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
    let mut found = String::new();
    let mut chars = text.char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        match c {
            c if c == quote => return Some((found, &text[at + 1..])),
            '\\' => match chars.next()?.1 {
                'n' => found.push('\n'),
                't' => found.push('\t'),
                other => found.push(other),
            },
            other => found.push(other),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::list;
    use crate::{DataSet, Importer};

    fn texts(cell: &str) -> Option<Vec<String>> {
        list(cell)
    }

    #[test]
    fn lists_of_json_and_of_python_are_read() {
        let expected = |all: &[&str]| Some(all.iter().map(|t| (*t).to_owned()).collect::<Vec<_>>());
        assert_eq!(texts(r#"["a", "b, c"]"#), expected(&["a", "b, c"]));
        assert_eq!(texts("['it\\'s', \"x\"]"), expected(&["it's", "x"]));
        assert_eq!(texts("[]"), expected(&[]));
        assert_eq!(texts("['a' \"it's\"\n 'b']"), expected(&["a", "it's", "b"]));
        let squad = "{'text': array(['Ann', \"it's\"], dtype=object), 'answer_start': array([3, 4], dtype=int32)}";
        assert_eq!(texts(squad), expected(&["Ann", "it's"]));
        assert_eq!(
            texts("{'text': ['a'], 'answer_start': [1]}"),
            expected(&["a"])
        );
        assert_eq!(
            texts(r#"{"text": ["a"], "answer_start": [1]}"#),
            expected(&["a"])
        );
        for other in ["[1, 2]", "[a]", "['a", "no list", "[CLS] text", "{'a': 1}"] {
            assert_eq!(texts(other), None, "{other}");
        }
    }

    #[test]
    fn a_cell_with_a_list_is_several_references() {
        let text = "id,answers,base\n0,\"['Paris', 'paris, France']\",Lyon\n1,\"['Mars']\",Mars\n";
        let mut importer = Importer::new("qa.csv");
        importer.push(text.as_bytes()).unwrap();
        let data = DataSet::join(vec![importer.finish().unwrap()]).unwrap();
        assert_eq!(data.references(0), ["Paris", "paris, France"]);
        assert_eq!(data.references(1), ["Mars"]);
        assert_eq!(data.systems()[0].1, "base");
    }
}
