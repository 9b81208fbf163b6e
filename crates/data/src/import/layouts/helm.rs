//! Runs of HELM: `scenario_state.json` with prompts, references and outputs, and `per_instance_stats.json` with the
//! scores of each instance, which are joined by the instance's id (<https://crfm-helm.readthedocs.io>).

use super::row::{Object, Row, system, text};
use crate::import::imported::Imported;
use crate::roles::Role;
use serde_json::Value;

/// First words of statistics that say how a request went, and not how good an output is.
const ABOUT_REQUESTS: [&str; 6] = ["num", "finish", "training", "batch", "max", "prompt"];

/// The rows of a document with states of requests, or of one instance's statistics.
pub(super) fn rows(object: &Object, out: &mut Imported) -> Option<Vec<Row>> {
    let part = statistics(object, out)
        .or_else(|| displayed(object, out))
        .or_else(|| instance(object));
    if let Some(row) = part {
        out.known.merges = true;
        return Some(vec![row]);
    }
    let states = object.get("request_states")?.as_array()?;
    let model = object
        .get("adapter_spec")?
        .get("model")
        .and_then(Value::as_str);
    let system = system(out, model);
    // Multiple choice may ask for each option apart: then an instance has several states.
    out.known.merges = true;
    Some(
        states
            .iter()
            .filter_map(|state| self::state(state, &system))
            .collect(),
    )
}

/// An instance's id: with its perturbation and its trial, where it has any.
fn id(
    instance: Option<&Value>,
    perturbation: Option<&Value>,
    trial: Option<&Value>,
) -> Option<String> {
    let mut id = text(instance?)?;
    if let Some(name) = perturbation.and_then(|p| p.get("name")?.as_str()) {
        id = format!("{id} · {name}");
    }
    match trial.and_then(Value::as_u64) {
        None | Some(0) => Some(id),
        Some(trial) => Some(format!("{id} · {}", trial + 1)),
    }
}

fn state(state: &Value, system: &str) -> Option<Row> {
    let instance = state.get("instance")?;
    let mut row = Row::default();
    let perturbation = instance.get("perturbation");
    row.put(
        Role::Id,
        "id",
        id(
            instance.get("id"),
            perturbation,
            state.get("train_trial_index"),
        ),
    );
    asked(&mut row, instance)?;
    row.put(
        Role::Slice,
        "sub_split",
        instance.get("sub_split").and_then(text),
    );
    row.put(
        Role::Slice,
        "perturbation",
        perturbation.and_then(|p| p.get("name")).and_then(text),
    );
    // A request for one option is no output.
    let is_option = state
        .get("reference_index")
        .is_some_and(|index| !index.is_null());
    let output = state
        .get("result")
        .and_then(|r| r.get("completions")?.get(0)?.get("text")?.as_str());
    let output = output.filter(|_| !is_option).map(|said| {
        let options = state.get("output_mapping");
        let option = options.and_then(|options| options.get(said.trim())?.as_str());
        option.unwrap_or(said).to_owned()
    });
    row.output(system, output);
    Some(row)
}

/// Adds what an instance asks and what is right.
fn asked(row: &mut Row, instance: &Value) -> Option<()> {
    let prompt = instance.get("input")?.get("text").and_then(text);
    row.put(Role::Source, "prompt", prompt);
    let references = instance.get("references").and_then(Value::as_array);
    let is_correct = |reference: &&Value| {
        let tags = reference.get("tags").and_then(Value::as_array);
        tags.is_some_and(|tags| tags.iter().any(|tag| tag == "correct"))
    };
    let correct = references.into_iter().flatten().filter(is_correct);
    let correct = correct.filter_map(|r| r.get("output")?.get("text").cloned());
    row.references(&Value::Array(correct.collect()));
    row.put(Role::Slice, "split", instance.get("split").and_then(text));
    Some(())
}

/// An instance of `instances.json`, which its page shows beside `display_predictions.json`.
fn instance(object: &Object) -> Option<Row> {
    let references = object.get("references")?.as_array()?;
    references
        .iter()
        .all(|r| r.get("output").is_some())
        .then_some(())?;
    let whole = Value::Object(object.clone());
    let mut row = Row::default();
    row.put(
        Role::Id,
        "id",
        id(object.get("id"), object.get("perturbation"), None),
    );
    asked(&mut row, &whole)?;
    Some(row)
}

/// A prediction of `display_predictions.json` with the statistics that are shown.
fn displayed(object: &Object, out: &mut Imported) -> Option<Row> {
    let (instance, said) = (object.get("instance_id")?, object.get("predicted_text")?);
    let stats = object.get("stats")?.as_object()?;
    let system = system(out, None);
    let mut row = Row::default();
    let trial = object.get("train_trial_index");
    let id = id(Some(instance), object.get("perturbation"), trial);
    row.put(Role::Id, "id", id);
    row.output(&system, text(said));
    for (name, value) in stats {
        row.score(name, &system, value);
    }
    Some(row)
}

fn statistics(object: &Object, out: &mut Imported) -> Option<Row> {
    let (instance, stats) = (object.get("instance_id")?, object.get("stats")?.as_array()?);
    let system = system(out, None);
    let mut row = Row::default();
    row.put(
        Role::Id,
        "id",
        id(
            Some(instance),
            object.get("perturbation"),
            object.get("train_trial_index"),
        ),
    );
    for stat in stats {
        let Some(name) = stat.get("name").and_then(|n| n.get("name")?.as_str()) else {
            continue;
        };
        let value = mean(stat).map_or(Value::Null, Value::from);
        let first = name.split('_').next().unwrap_or(name);
        if ABOUT_REQUESTS.contains(&first) {
            row.about(name, &system, text(&value));
        } else {
            row.score(name, &system, &value);
        }
    }
    Some(row)
}

fn mean(stat: &Value) -> Option<f64> {
    let number = |name: &str| stat.get(name)?.as_f64();
    let of_sum = || Some(number("sum")? / number("count").filter(|count| *count > 0.0)?);
    number("mean")
        .or_else(of_sum)
        .filter(|mean| mean.is_finite())
}
