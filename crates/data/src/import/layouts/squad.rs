//! SQuAD's own file, of paragraphs with their questions, and the predictions that its script scores: a text for each id
//! (<https://rajpurkar.github.io/SQuAD-explorer>). CMRC and others are written alike.

use super::row::{Object, Row, text};
use crate::import::imported::Imported;
use crate::roles::Role;
use serde_json::Value;

/// The rows of a document: a question each.
pub(super) fn rows(object: &Object, _: &mut Imported) -> Option<Vec<Row>> {
    let articles = object.get("data")?.as_array()?;
    articles.first()?.get("paragraphs")?.as_array()?;
    let mut rows = Vec::new();
    for article in articles {
        for paragraph in list(article, "paragraphs") {
            for question in list(paragraph, "qas") {
                rows.push(row(article, paragraph, question));
            }
        }
    }
    Some(rows)
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    let list = value.get(name).and_then(Value::as_array);
    list.map_or(&[], Vec::as_slice)
}

fn row(article: &Value, paragraph: &Value, question: &Value) -> Row {
    let mut row = Row::default();
    row.id(&question["id"]);
    row.put(Role::Slice, "title", text(&article["title"]));
    row.put(Role::Source, "question", text(&question["question"]));
    row.put(Role::Source, "context", text(&paragraph["context"]));
    let mut answers: Vec<Value> = Vec::new();
    for answer in list(question, "answers") {
        let said = &answer["text"];
        if !answers.contains(said) {
            answers.push(said.clone());
        }
    }
    row.references(&Value::Array(answers));
    if let Some(impossible) = question.get("is_impossible") {
        row.put(Role::Slice, "is_impossible", text(impossible));
    }
    row
}

/// The rows of predictions: an object with a text for each id. Ids have a digit, as names of settings seldom have.
pub(crate) fn predictions(object: &Object) -> Option<Vec<Object>> {
    const FEWEST: usize = 3;
    let has_digit = |key: &String| key.bytes().any(|b| b.is_ascii_digit());
    let are_texts = object.values().all(Value::is_string) && object.keys().all(has_digit);
    if object.len() < FEWEST || !are_texts {
        return None;
    }
    let row = |(id, said): (&String, &Value)| {
        let cells = [("id", id.as_str().into()), ("prediction", said.clone())];
        cells
            .map(|(name, cell)| (name.to_owned(), cell))
            .into_iter()
            .collect()
    };
    Some(object.iter().map(row).collect())
}

#[cfg(test)]
mod tests {
    use crate::DataSet;
    use crate::testing::read;

    #[test]
    fn questions_join_the_predictions_by_id() {
        let question = |id: usize| {
            format!(
                r#"{{"id": "q{id}", "question": "Who is {id}?", "answers": [{{"text": "Ann {id}", "answer_start": 0}},
                {{"text": "Ann {id}", "answer_start": 9}}, {{"text": "Ann", "answer_start": 0}}]}}"#
            )
        };
        let own = format!(
            r#"{{"version": "1.1", "data": [{{"title": "T", "paragraphs": [{{"context": "Ann.", "qas": [{}, {}, {}]}}]}}]}}"#,
            question(1),
            question(2),
            question(3)
        );
        let said = r#"{"q3": "Ann 3", "q1": "Bob", "q2": "Ann"}"#;
        let files = vec![read("dev-v1.1.json", &own), read("predictions.json", said)];
        let data = DataSet::join(files).unwrap();
        assert_eq!(data.table.rows(), 3);
        assert_eq!(data.references(0), ["Ann 1", "Ann"]);
        let (system, name) = data.systems()[0];
        assert_eq!(name, "predictions");
        let outputs = [0, 1, 2].map(|row| data.hypothesis(system, row).to_owned());
        assert_eq!(outputs, ["Bob", "Ann", "Ann 3"]);
    }
}
