//! Where files keep the reason of a judgement: under which names, and which texts are reasons and not the verdict alone.

use super::literal::opened;
use super::records::Record;
use serde_json::{Map, Value};

/// Names of the reason of a judgement, in columns and records.
pub(super) const RATIONALE: &[&str] = &[
    "rationale",
    "rationales",
    "explanation",
    "judgment",
    "judgement",
    "reason",
    "reasons",
    "reasoning",
    "justification",
    "critique",
    "feedback",
    "comment",
    "comments",
    "concise_explanation",
    "理由",
    "评判理由",
    "评分理由",
    "原因",
    "解释",
    "说明",
    "评语",
    "评论",
    "反馈",
    "备注",
];
/// What these names follow in the names of columns that give the reasons of one dimension.
const JOINS: [&str; 4] = ["_", ".", " ", ""];
/// Where a judge's answer stands as its model gave it: alone, in a choice, in a message.
const ANSWERS: [&str; 6] = [
    "raw_completion",
    "completion",
    "answer",
    "message",
    "content",
    "text",
];
/// How deep an answer is looked for.
const DEPTH: usize = 4;

/// The reason in a record.
pub(super) fn rationale(record: &Record) -> Option<String> {
    named(record).or_else(|| {
        ANSWERS[..1]
            .iter()
            .find_map(|name| reason(record.get(*name)?, 0))
    })
}

/// The reason in a value that is one: a text, or an object that has one.
pub(super) fn reason_in(value: &Value) -> Option<String> {
    reason(value, 0)
}

fn named(object: &Map<String, Value>) -> Option<String> {
    let mut values = RATIONALE.iter().filter_map(|name| object.get(*name));
    values.find_map(|value| reason(value, 0))
}

fn reason(value: &Value, depth: usize) -> Option<String> {
    if depth > DEPTH {
        return None;
    }
    match value {
        Value::String(text) => match opened(text) {
            Some(value) => reason(&value, depth + 1),
            None => Some(text.clone()).filter(|text| says_why(text)),
        },
        Value::Object(object) => named(object).or_else(|| {
            let mut parts = ANSWERS.iter().filter_map(|name| object.get(*name));
            parts.find_map(|part| reason(part, depth + 1))
        }),
        _ => None,
    }
}

/// Whether a text is more than a verdict, such as `m`, `[[A]]` or `Rating: 7`: three words, or as many Chinese characters.
fn says_why(text: &str) -> bool {
    let cjk = text.chars().filter(|c| assay_text::script::is_cjk(*c));
    let words = text.split(|c: char| !c.is_alphanumeric());
    let words = words.filter(|word| word.chars().any(char::is_alphabetic));
    cjk.take(3).count() == 3 || words.take(3).count() == 3
}

/// The column that gives the reasons of a dimension: `fluency_reason`, `fluency 理由`.
pub(super) fn column_of(names: &[String], dimension: &str) -> Option<usize> {
    let of = |name: &String| {
        let rest = name.strip_prefix(dimension)?;
        let mut joins = JOINS.iter().filter_map(|join| rest.strip_prefix(join));
        Some(joins.any(|rest| RATIONALE.contains(&rest)))
    };
    names.iter().position(|name| of(name) == Some(true))
}

/// Whether a column of this name gives reasons, of one dimension or of all.
pub(super) fn is_column(name: &str) -> bool {
    let ends = |end: &&str| {
        let joined = JOINS[..3].iter().any(|join| {
            let stem = name
                .strip_suffix(end)
                .and_then(|stem| stem.strip_suffix(join));
            stem.is_some_and(|stem| !stem.is_empty())
        });
        // Chinese names need nothing between.
        name == *end || joined || (!end.is_ascii() && name.ends_with(*end))
    };
    RATIONALE.iter().any(ends)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn of(value: Value) -> Option<String> {
        rationale(value.as_object().unwrap())
    }

    #[test]
    fn a_verdict_alone_is_no_reason() {
        assert_eq!(of(json!({"judgment": "[[A]]"})), None);
        assert_eq!(of(json!({"judgment": "Rating: [[7]]"})), None);
        assert_eq!(of(json!({"raw_completion": "m"})), None);
        assert_eq!(
            of(json!({"raw_completion": {"message": {"content": "M"}}})),
            None
        );
        let ranks = "[{'model': 'model_1', 'rank': 1}, {'model': 'model_2', 'rank': 2}]";
        assert_eq!(of(json!({"raw_completion": ranks})), None);
        assert_eq!(
            of(json!({"rationale": null, "理由": "更简洁"})),
            Some("更简洁".into())
        );
    }

    #[test]
    fn reasons_are_found_in_what_the_judges_model_answered() {
        let said = r#"{"concise_explanation": "The first is far shorter.", "ordered_models": []}"#;
        let expected = Some("The first is far shorter.".to_owned());
        assert_eq!(of(json!({"raw_completion": said})), expected);
        let message = json!({"message": {"content": "The first is far shorter."}});
        assert_eq!(of(json!({"raw_completion": message})), expected);
        assert_eq!(
            of(json!({"judgment": {"answer": "The first is far shorter."}})),
            expected
        );
    }

    #[test]
    fn columns_of_reasons_are_told_by_their_ends() {
        let names = ["fluency", "fluency_reason", "流畅度", "流畅度理由"].map(str::to_owned);
        assert_eq!(column_of(&names, "fluency"), Some(1));
        assert_eq!(column_of(&names, "流畅度"), Some(3));
        assert!(is_column("judge_rationale") && is_column("rationale") && is_column("评分 理由"));
        assert!(!is_column("fluency") && !is_column("unreasoning"));
    }
}
