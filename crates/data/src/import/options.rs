//! Multiple choice in samples of lm-evaluation-harness: for each option its log-likelihood and whether it is the
//! greedy continuation. The answer is the index of the option with the highest log-likelihood, as the harness
//! counts its accuracy.

use serde_json::{Map, Value};

/// The answer's index from 0, with the field that the options stand in; nothing where the object is no such sample.
pub(super) fn chosen(object: &Map<String, Value>) -> Option<(&'static str, usize)> {
    object.get("doc_id")?;
    ["filtered_resps", "resps"].iter().find_map(|field| {
        let options = object.get(*field)?.as_array()?;
        let scores: Option<Vec<f64>> = options.iter().map(log_likelihood).collect();
        let scores = scores.filter(|scores| scores.len() > 1)?;
        let best =
            (1..scores.len()).fold(0, |best, i| if scores[i] > scores[best] { i } else { best });
        Some((*field, best))
    })
}

/// An option's log-likelihood, which may stand one list deeper.
pub(super) fn log_likelihood(option: &Value) -> Option<f64> {
    let pair = option.as_array()?;
    let pair = match pair.as_slice() {
        [inner] => inner.as_array()?,
        _ => pair,
    };
    let [score, greedy] = pair.as_slice() else {
        return None;
    };
    let is_flag = greedy.is_boolean() || matches!(greedy.as_str(), Some("True" | "False"));
    let score = score.as_f64().or_else(|| score.as_str()?.parse().ok());
    score.filter(|score| is_flag && !score.is_nan())
}

#[cfg(test)]
mod tests {
    use super::chosen;
    use serde_json::json;

    #[test]
    fn the_likeliest_option_is_the_answer() {
        let sample = json!({"doc_id": 3, "filtered_resps": [["-12.5", "False"], ["-1.25", "True"], ["-3", "False"]]});
        assert_eq!(
            chosen(sample.as_object().unwrap()),
            Some(("filtered_resps", 1))
        );
        let sample = json!({"doc_id": 3, "resps": [[[-2.0, false]], [[-4.0, false]]]});
        assert_eq!(chosen(sample.as_object().unwrap()), Some(("resps", 0)));
        for other in [
            json!({"doc_id": 3, "filtered_resps": ["10"]}),
            json!({"filtered_resps": [[-1.0, true], [-2.0, false]]}),
        ] {
            assert_eq!(chosen(other.as_object().unwrap()), None);
        }
    }
}
