//! Numbers that hold of a whole run, in one flat object: `all_results.json`, `train_results.json`, `eval_results.json`
//! and `predict_results.json` of Hugging Face's Trainer and LLaMA-Factory (older versions wrote lines of `name = value`),
//! and the summary of Weights & Biases.

use super::format::Format;
use crate::literal::{number, parse, to_json};
use crate::names::{is_held_out, is_loss, key};
use crate::source::Source;
use crate::{Run, Total};
use serde_json::Value;

/// Files of totals.
pub(crate) const FORMAT: Format = Format {
    name: "totals",
    detects: |source| !source.is_json_lines() && totals(source).is_some(),
    read: |source| {
        let run = totals(source).map(|totals| Run {
            totals,
            ..Run::default()
        });
        Ok(run.into_iter().collect())
    },
};

fn totals(source: &Source) -> Option<Vec<Total>> {
    let text = source.text().trim();
    let totals = if text.starts_with('{') {
        object(text)?
    } else {
        assignments(text)?
    };
    let has = |name: &str| totals.iter().any(|total| total.name == name);
    let is_summary = has("_runtime") && has("_step");
    (is_summary || totals.iter().any(|total| is_of_a_run(&key(&total.name)))).then_some(totals)
}

/// The numbers of an object in which nothing but Weights & Biases's own part is nested.
fn object(text: &str) -> Option<Vec<Total>> {
    let Value::Object(object) = serde_json::from_str(&to_json(text)).ok()? else {
        return None;
    };
    let flat = object
        .iter()
        .all(|(name, value)| name == "_wandb" || !value.is_object() && !value.is_array());
    let numbers = object.iter().filter_map(|(name, value)| {
        let value = number(value)?;
        Some(Total {
            name: name.clone(),
            value,
        })
    });
    flat.then(|| numbers.collect())
}

/// The numbers of a text in which every line is `name = number`.
fn assignments(text: &str) -> Option<Vec<Total>> {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let totals = lines.map(|line| {
        let (name, value) = line.split_once(" = ")?;
        Some(Total {
            name: name.trim().to_owned(),
            value: parse(value)?,
        })
    });
    totals.collect()
}

/// Whether a key is one that only a trainer's totals have: a loss of training, of an evaluation or of a prediction,
/// or what one of these took.
fn is_of_a_run(key: &str) -> bool {
    let stage = ["train_", "eval_", "predict_", "test_"]
        .iter()
        .any(|stage| key.starts_with(stage));
    let took = ["_runtime", "_samples_per_second", "_steps_per_second"]
        .iter()
        .any(|end| key.ends_with(end));
    stage && (took || is_loss(key)) || key == "total_flos" || is_held_out(key) && is_loss(key)
}

#[cfg(test)]
mod tests {
    use crate::findings::{Finding, findings};
    use crate::read::{LogFile, is_log, runs};
    use crate::view::RunView;

    const ALL: &str = "{\n  \"epoch\": 2.0,\n  \"eval_loss\": 1.5,\n  \"eval_runtime\": 9.5,\n  \"train_loss\": 0.75,\n  \
                       \"train_runtime\": 7200.0,\n  \"total_flos\": 1.2e+15,\n  \"eval_accuracy\": NaN\n}\n";
    const PREDICT: &str =
        "{\"predict_bleu-4\": 41.5, \"predict_rouge-l\": 50.25, \"predict_runtime\": 80.5}";

    fn file(path: &str, text: &str) -> LogFile {
        assert!(is_log(path, text.as_bytes()), "{path}");
        LogFile {
            path: path.to_owned(),
            bytes: text.into(),
        }
    }

    #[test]
    fn totals_are_a_run_without_curves_and_that_is_said() {
        let found = runs(vec![file("all_results.json", ALL)]).unwrap();
        let run = &found[0];
        assert_eq!(
            (run.name.as_str(), run.points(), run.totals.len()),
            ("all_results", 0, 7)
        );
        assert_eq!(findings(run), [Finding::TotalsOnly]);
        let view = RunView::of(run, None);
        assert_eq!((view.epochs, view.seconds), (Some(2.0), Some(7200.0)));
        assert!((view.perplexity().unwrap() - 1.5f64.exp()).abs() < 1e-12);
        let predicted = runs(vec![file("predict_results.json", PREDICT)]).unwrap();
        assert_eq!(predicted[0].total("predict_bleu_4"), Some(41.5));
    }

    #[test]
    fn totals_join_the_curves_of_their_folder() {
        let log = "{\"current_steps\": 10, \"total_steps\": 20, \"loss\": 2.5, \"epoch\": 1.0}\n{\"current_steps\": 20, \"total_steps\": 20, \"loss\": 2.0, \"epoch\": 2.0}\n";
        let found = runs(vec![
            file("lora/all_results.json", ALL),
            file("lora/trainer_log.jsonl", log),
            file("lora/predict_results.json", PREDICT),
        ])
        .unwrap();
        assert_eq!((found.len(), found[0].name.as_str()), (1, "lora"));
        assert_eq!((found[0].points(), found[0].totals.len()), (2, 10));
        assert!(!findings(&found[0]).contains(&Finding::TotalsOnly));
    }

    #[test]
    fn older_and_other_totals_are_read() {
        file(
            "eval_results.txt",
            "epoch = 3.0\neval_loss = 1.25\nperplexity = 3.49\n",
        );
        file(
            "wandb-summary.json",
            "{\"train/loss\": 1.5, \"_runtime\": 90.5, \"_step\": 30, \"_wandb\": {\"runtime\": 90}}",
        );
    }

    #[test]
    fn other_objects_are_no_totals() {
        for (name, text) in [
            (
                "results.json",
                "{\"results\": {\"arc\": {\"acc,none\": 0.5}}, \"eval_loss\": 1.0}",
            ),
            (
                "config.json",
                "{\"hidden_size\": 8, \"train_batch_size\": 4}",
            ),
            ("notes.txt", "eval_loss = low\n"),
            ("a.json", "{\"prompt\": \"a\", \"runtime_s\": 1}"),
        ] {
            assert!(!is_log(name, text.as_bytes()), "{name}");
        }
    }
}
