//! `trainer_state.json`, which Hugging Face's Trainer keeps in every checkpoint (transformers 4 and 5):
//! `log_history` holds a record for each time that something was logged.

use super::format::Format;
use crate::Run;
use crate::axis::take;
use crate::error::LogError;
use crate::literal::{number, to_json};
use crate::source::Source;
use serde_json::Value;

/// A trainer's state. The last line of ms-swift's log holds a `log_history` too, and is no document of its own.
pub(crate) const FORMAT: Format = Format {
    name: "trainer-state",
    detects: |source| {
        let text = source.text();
        let has_history = text.trim_start().starts_with('{') && text.contains("\"log_history\"");
        source.name() == "trainer_state.json" || has_history && !source.is_json_lines()
    },
    read,
};

fn read(source: &Source) -> Result<Vec<Run>, LogError> {
    let run = run(source.text()).map_err(|error| LogError::Json {
        file: source.path.to_owned(),
        line: error.line(),
        column: error.column(),
        detail: error.to_string(),
    });
    Ok(run?.into_iter().collect())
}

/// The run in such a file; `None` where it is JSON of another form.
fn run(text: &str) -> Result<Option<Run>, serde_json::Error> {
    let state: Value = serde_json::from_str(&to_json(text))?;
    let Some(history) = state["log_history"].as_array() else {
        return Ok(None);
    };
    let mut run = Run::default();
    for record in history {
        match record.as_object() {
            Some(record) => {
                let fields = record
                    .iter()
                    .filter_map(|(k, v)| Some((k.as_str(), number(v)?)));
                take(&mut run, &fields.collect::<Vec<_>>());
            }
            None => run.unread += 1,
        }
    }
    run.settle();
    if let Some(path) = state["best_model_checkpoint"].as_str() {
        run.choose(path, number(&state["best_metric"]));
    }
    Ok(Some(run))
}
