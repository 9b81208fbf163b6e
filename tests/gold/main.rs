//! Parity with the reference tools on the shared gold values, where a checkout has them.

mod answers;
mod bleu;
mod bleu_nltk;
mod chrf;
mod classification;
mod correlation;
mod diversity;
mod edge_texts;
mod meteor;
mod paired;
mod pass_at_k;
mod people;
mod proportions;
mod rouge;
mod rows_to_rate;
mod significance;
mod ter;
mod tokens;
mod trainlog;

use assay_metrics::bleu::Smoothing;
use assay_metrics::registry::MetricSpec;
use assay_metrics::*;
use assay_text::rouge::RougeTokenizer;
use assay_text::{BleuTokenizer, porter, squad, whitespace};
use serde_json::Value;
use std::path::{Path, PathBuf};

const TOLERANCE: f64 = 1e-9;

fn gold(name: &str) -> Option<Value> {
    Some(assay_testing::gold(name)?["results"].take())
}

/// A file of the shared data, which goes with the gold values.
fn data(path: &str) -> PathBuf {
    assay_testing::shared(&format!("data/{path}")).expect("the gold's data is there")
}

/// The rows of a task's data file.
struct Task {
    rows: Vec<Value>,
}

impl Task {
    fn load(task: &str) -> Self {
        let file = task.replace("gpt-mt/", "gptmt-");
        let path = data(&format!("{file}.jsonl"));
        let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path:?}: {e}"));
        let rows = text
            .split('\n')
            .filter(|l| !l.is_empty())
            .map(|l| serde_json::from_str(l).unwrap());
        Self {
            rows: rows.collect(),
        }
    }

    fn segments(&self, system: &str, refs: usize, first: usize) -> Vec<(&str, Vec<&str>)> {
        self.rows
            .iter()
            .take(first)
            .map(|row| {
                let references = row["references"].as_array().unwrap();
                let references = references.iter().take(refs).map(|r| r.as_str().unwrap());
                (row[system].as_str().unwrap(), references.collect())
            })
            .collect()
    }
}

/// Loads each task once.
#[derive(Default)]
struct Tasks(std::collections::HashMap<String, Task>);

impl Tasks {
    fn get(&mut self, entry: &Value) -> &Task {
        self.named(entry["task"].as_str().unwrap())
    }

    fn named(&mut self, task: &str) -> &Task {
        self.0
            .entry(task.to_owned())
            .or_insert_with(|| Task::load(task))
    }
}

fn floats(value: &Value) -> Vec<f64> {
    value
        .as_array()
        .unwrap()
        .iter()
        .map(|x| x.as_f64().unwrap())
        .collect()
}

fn assert_close(got: f64, expected: f64, what: impl Fn() -> String) {
    assert!(
        (got - expected).abs() <= TOLERANCE,
        "{}: got {got}, expected {expected}",
        what()
    );
}

fn usize_of(value: &Value) -> Option<usize> {
    value.as_u64().map(|n| n as usize)
}

fn corpus(metric: &dyn Metric, segments: &[(&str, Vec<&str>)]) -> Score {
    let rows = rows(metric, segments);
    metric.score(&sum_rows(rows.chunks_exact(metric.width()), metric.width()))
}

fn detail(score: &Score, name: &str) -> f64 {
    score
        .details
        .iter()
        .find(|(n, _)| n == name)
        .unwrap_or_else(|| panic!("{name}"))
        .1
}

fn check_sentences(metric: &dyn Metric, entry: &Value, tasks: &mut Tasks) {
    let refs = usize_of(&entry["refs"]).unwrap();
    let scores = floats(&entry["scores"]);
    let segments = tasks
        .get(entry)
        .segments(entry["system"].as_str().unwrap(), refs, scores.len());
    let rows = rows(metric, &segments);
    for (i, row) in rows.chunks_exact(metric.width()).enumerate() {
        let what = || {
            format!(
                "{} {} {} row {i}",
                entry["task"], entry["system"], entry["options"]
            )
        };
        let score =
            if metric.name() == "BLEU" && !entry["options"]["effective_order"].as_bool().unwrap() {
                metric.score(row).value
            } else {
                metric.segment_score(row)
            };
        assert_close(score, scores[i], what);
    }
}
