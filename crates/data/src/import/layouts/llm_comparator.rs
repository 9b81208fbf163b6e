//! Files of LLM Comparator: two models' outputs to the same prompts, with a judge's scores of the pair
//! (<https://github.com/PAIR-code/llm-comparator>). The judge's verdicts are judgements, which `assay_rating` reads.

use super::row::{Object, Row, conversation, text};
use crate::import::imported::Imported;
use crate::roles::Role;
use serde_json::Value;

/// The rows of a document.
pub(super) fn rows(object: &Object, out: &mut Imported) -> Option<Vec<Row>> {
    let models = object.get("models")?.as_array()?;
    let examples = object.get("examples")?.as_array()?;
    let name = |place: usize| Some(models.get(place)?.get("name")?.as_str()?.to_owned());
    let (a, b) = (name(0)?, name(1)?);
    examples.first()?.get("output_text_a")?;
    let b = if a == b { format!("{b} (B)") } else { b };
    let rows = examples.iter().enumerate();
    let rows = rows.filter_map(|(place, example)| row(place, example.as_object()?, [&a, &b], out));
    Some(rows.collect())
}

fn row(place: usize, example: &Object, models: [&str; 2], out: &mut Imported) -> Option<Row> {
    let mut row = Row::default();
    row.id(&example
        .get("index")
        .cloned()
        .unwrap_or_else(|| place.into()));
    row.put(
        Role::Source,
        "prompt",
        example.get("input_text").and_then(conversation),
    );
    let tags = example.get("tags").and_then(Value::as_array);
    let tags = tags.map(|tags| tags.iter().filter_map(text).collect::<Vec<_>>().join(", "));
    row.put(Role::Slice, "tags", tags);
    row.output(
        models[0],
        example.get("output_text_a").and_then(conversation),
    );
    row.output(
        models[1],
        example.get("output_text_b").and_then(conversation),
    );
    row.put(
        Role::Number,
        "score of the pair",
        example.get("score").and_then(text),
    );
    for (field, value) in example
        .get("custom_fields")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        match value {
            Value::Array(both) if both.len() == 2 => {
                row.score(field, models[0], &both[0]);
                row.score(field, models[1], &both[1]);
            }
            Value::Number(number) => row.put(Role::Number, field, Some(number.to_string())),
            value => row.put(Role::Slice, field, text(value)),
        }
    }
    let raters = example
        .get("individual_rater_scores")
        .and_then(Value::as_array);
    if raters.is_some_and(|raters| !raters.is_empty()) {
        out.left_out.insert("individual_rater_scores".to_owned());
    }
    Some(row)
}
