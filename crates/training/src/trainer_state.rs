//! `trainer_state.json`, which Hugging Face's Trainer keeps in every checkpoint (transformers 4 and 5):
//! `log_history` holds a record for each time that something was logged.

use super::literal::{number, to_json};
use super::{ChosenCheckpoint, Point, Run, settle};
use serde_json::Value;

/// The run in such a file; `None` where it is JSON of another form.
///
/// # Errors
/// The parser's own, where it is no JSON.
pub(crate) fn read(text: &str) -> Result<Option<Run>, serde_json::Error> {
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
    settle(&mut run);
    run.chosen = state["best_model_checkpoint"].as_str().map(|path| {
        let value = number(&state["best_metric"]);
        let place = value.and_then(|value| place(&run, value));
        ChosenCheckpoint {
            name: path.rsplit(['/', '\\']).next().unwrap_or(path).to_owned(),
            value,
            metric: place.as_ref().map(|(name, _)| name.clone()),
            step: place.and_then(|(_, step)| step),
        }
    });
    Ok(Some(run))
}

/// The validation series that has `value`, and the step at which.
fn place(run: &Run, value: f64) -> Option<(String, Option<f64>)> {
    run.eval_series().find_map(|series| {
        let point = series.points.iter().find(|p| p.value == value)?;
        Some((series.name.clone(), point.step))
    })
}

/// Adds a record of names and numbers, of which some are steps or times.
pub(crate) fn take(run: &mut Run, record: &[(&str, f64)]) {
    let when = |names: &[&str]| {
        let found = record.iter().find(|(name, _)| {
            let name = name.to_lowercase();
            names.contains(&name.as_str())
        });
        found.map(|(_, value)| *value).filter(|v| v.is_finite())
    };
    let point = Point {
        step: when(&STEP),
        epoch: when(&EPOCH),
        time: when(&TIME),
        value: 0.0,
    };
    for (name, value) in record {
        if !is_axis(name) {
            run.log(
                name,
                Point {
                    value: *value,
                    ..point
                },
            );
        }
    }
}

/// Names of steps.
pub(crate) const STEP: [&str; 8] = [
    "step",
    "global_step",
    "_step",
    "iter",
    "iteration",
    "steps",
    "train/global_step",
    "trainer/global_step",
];
/// Names of epochs.
pub(crate) const EPOCH: [&str; 2] = ["epoch", "train/epoch"];
/// Names of times in seconds.
pub(crate) const TIME: [&str; 6] = [
    "time",
    "timestamp",
    "wall time",
    "wall_time",
    "_timestamp",
    "_runtime",
];

/// Whether a name is that of a step or time, not of a measured value.
pub(crate) fn is_axis(name: &str) -> bool {
    let name = name.to_lowercase();
    let name = name.as_str();
    STEP.contains(&name) || EPOCH.contains(&name) || TIME.contains(&name)
}
