//! Samples of lm-evaluation-harness that ask only how likely a text is. They hold no output: the column of the system's is
//! empty, so that what was measured has a system to stand under. What the harness calls a perplexity there is the
//! log-likelihood that it makes the perplexity of all samples of, of which more is better.

use super::file_name::stem;
use super::flatten::flatten;
use super::imported::{Cells, Imported};
use super::options::log_likelihood;
use crate::roles::Role;
use serde_json::{Map, Value};

/// Where the responses stand.
const RESPONSES: [&str; 2] = ["filtered_resps", "resps"];
/// The text before the one whose likelihood is asked.
const PROMPT: &str = "arguments.gen_args_0.arg_0";

/// The cells of such a sample; nothing where the object is none.
pub(super) fn cells(object: &Map<String, Value>, out: &mut Imported) -> Option<Cells> {
    if !asks_likelihood(object)? {
        return None;
    }
    out.layout = "lm-evaluation-harness";
    let system = out.system.clone();
    let system = system.unwrap_or_else(|| stem(&out.file).to_owned());
    out.known.set(&system, Role::Hypothesis);
    out.known.set(PROMPT, Role::Source);
    // What follows the prompt is scored, and compared with nothing.
    out.known.set("target", Role::Ignored);
    let mut cells = vec![(system, None)];
    for (key, value) in object {
        if RESPONSES.contains(&&**key) {
            out.left_out.insert(key.clone());
        } else if let Some((name, value)) = measured(key, value) {
            out.known.set(&name, Role::Measure);
            let is_there = cells.iter().any(|(known, _)| *known == name);
            if !is_there {
                cells.push((name, Some(value.to_string())));
            }
        } else {
            flatten(key, value, &mut cells, &mut out.left_out);
        }
    }
    Some(cells)
}

/// What a field called after a perplexity holds: the log-likelihood, or that and how many words or bytes it is of.
fn measured(key: &str, value: &Value) -> Option<(String, f64)> {
    if key == "perplexity" {
        return Some(("log_likelihood".to_owned(), value.as_f64()?));
    }
    let unit = match key {
        "bits_per_byte" => "byte",
        _ => key.strip_suffix("_perplexity")?,
    };
    let [likelihood, count] = value.as_array()?.as_slice() else {
        return None;
    };
    let per_unit = likelihood.as_f64()? / count.as_f64().filter(|count| *count > 0.0)?;
    Some((format!("log_likelihood_per_{unit}"), per_unit))
}

fn asks_likelihood(object: &Map<String, Value>) -> Option<bool> {
    object.get("doc_id")?;
    let responses = RESPONSES.iter().find_map(|field| object.get(*field))?;
    let [only] = responses.as_array()?.as_slice() else {
        return None;
    };
    let mut metrics = object.keys();
    let is_rolling = metrics.any(|name| name.ends_with("_perplexity") || name == "bits_per_byte");
    let number = only.as_f64().or_else(|| only.as_str()?.parse().ok());
    Some(log_likelihood(only).is_some() || (is_rolling && number.is_some()))
}

#[cfg(test)]
mod tests {
    use super::asks_likelihood;
    use crate::testing::read;
    use crate::{DataSet, Role};
    use serde_json::{Value, json};

    fn sample(place: usize, other: &Value) -> String {
        let mut sample = json!({"doc_id": place, "doc": {"text": "The dog is called Rex"}, "target": " Rex",
            "arguments": {"gen_args_0": {"arg_0": format!("Dog {place} is called"), "arg_1": " Rex"}},
            "doc_hash": "a", "prompt_hash": "b", "target_hash": "c"});
        let fields = other.as_object().unwrap().clone();
        sample.as_object_mut().unwrap().extend(fields);
        sample.to_string() + "\n"
    }

    fn lambada() -> String {
        let of = |place: usize, greedy: &str| {
            sample(
                place,
                &json!({"resps": [[["-1.5", greedy]]], "filtered_resps": [["-1.5", greedy]],
                "perplexity": -1.5, "acc": f64::from(u8::from(greedy == "True"))}),
            )
        };
        [of(0, "True"), of(1, "False"), of(2, "True")].concat()
    }

    fn measures(path: &str, text: &str) -> (Vec<String>, Vec<(String, bool)>) {
        let data = DataSet::join(vec![read(path, text)]).unwrap();
        assert_eq!(data.column_with(Role::Reference), None);
        let systems = data.systems().into_iter().map(|(_, name)| name.to_owned());
        let mut measures = data.measures();
        measures.sort_by(|a, b| a.name.cmp(&b.name));
        let measures = measures.into_iter();
        (
            systems.collect(),
            measures.map(|m| (m.name, m.lower)).collect(),
        )
    }

    #[test]
    fn what_was_measured_stands_under_the_model() {
        let path = "results/EleutherAI__pythia-160m/samples_lambada_openai_2026-01-01.jsonl";
        let (systems, found) = measures(path, &lambada());
        assert_eq!(systems, ["EleutherAI/pythia-160m"]);
        let expected = [("acc", false), ("log_likelihood", false)];
        assert_eq!(
            found,
            expected.map(|(name, lower)| (name.to_owned(), lower))
        );
        let (systems, found) = measures("samples_lambada.jsonl", &lambada());
        assert_eq!(
            (systems, found.len()),
            (vec!["samples_lambada".to_owned()], 2)
        );
    }

    #[test]
    fn the_likelihood_of_whole_documents_is_given_per_word_and_byte() {
        let of = |place: usize| {
            sample(
                place,
                &json!({"filtered_resps": ["-300.0"], "resps": [["-300.0"]],
                "word_perplexity": [-300.0, 60], "byte_perplexity": [-300.0, 400], "bits_per_byte": [-300.0, 400]}),
            )
        };
        let text = [of(0), of(1)].concat();
        let data = DataSet::join(vec![read("samples_wikitext.jsonl", &text)]).unwrap();
        let mut found = data.measures();
        found.sort_by(|a, b| a.name.cmp(&b.name));
        let values: Vec<(&str, Option<f64>)> = found
            .iter()
            .map(|m| (&*m.name, m.value(&data, 0, 1)))
            .collect();
        let expected = [
            ("log_likelihood_per_byte", Some(-0.75)),
            ("log_likelihood_per_word", Some(-5.0)),
        ];
        assert_eq!(values, expected);
    }

    #[test]
    fn samples_with_outputs_ask_no_likelihood() {
        for (sample, expected) in [
            (
                json!({"doc_id": 3, "filtered_resps": [["-3.25", "True"]], "acc": 1.0}),
                Some(true),
            ),
            (
                json!({"doc_id": 3, "filtered_resps": ["-300.5"], "word_perplexity": [-300.5, 60]}),
                Some(true),
            ),
            (
                json!({"doc_id": 3, "filtered_resps": ["10"], "exact_match": 1.0}),
                Some(false),
            ),
            (
                json!({"doc_id": 3, "filtered_resps": [["-1", "True"], ["-2", "False"]]}),
                None,
            ),
            (json!({"filtered_resps": [["-3.25", "True"]]}), None),
        ] {
            assert_eq!(
                asks_likelihood(sample.as_object().unwrap()),
                expected,
                "{sample:?}"
            );
        }
    }
}
