//! Files in which a tool sums up its scores: they hold no outputs, and are refused with the name of the file that does.

use super::error::ImportError;
use crate::table::Table;
use serde_json::{Map, Value};

/// A tool's file of totals.
struct Totals {
    tool: &'static str,
    /// Where the tool writes a row for each example.
    rows_in: &'static str,
}

const LM_EVAL: Totals = Totals {
    tool: "lm-evaluation-harness",
    rows_in: "samples_*.jsonl (--log_samples)",
};
const OPENCOMPASS: Totals = Totals {
    tool: "OpenCompass",
    rows_in: "predictions/*/*.json",
};

const EVERY_EVAL_EVER: Totals = Totals {
    tool: "Every Eval Ever",
    rows_in: "*_samples.jsonl",
};
const INSPECT: Totals = Totals {
    tool: "Inspect",
    rows_in: "*.eval, *.json (samples)",
};
const EVALSCOPE: Totals = Totals {
    tool: "evalscope",
    rows_in: "predictions/*/*.jsonl, reviews/*/*.jsonl",
};

impl Totals {
    fn refused(&self, file: &str) -> ImportError {
        ImportError::TotalsOnly {
            file: file.to_owned(),
            tool: self.tool.to_owned(),
            rows_in: self.rows_in.to_owned(),
        }
    }
}

/// Refuses the results of lm-evaluation-harness (`results_*.json`), records of Every Eval Ever without samples, logs
/// of Inspect that are headers, and evalscope's reports.
pub(super) fn check_object(file: &str, object: &Map<String, Value>) -> Result<(), ImportError> {
    let has = |names: &[&str]| names.iter().all(|name| object.contains_key(*name));
    if has(&["schema_version", "evaluation_results"]) {
        return Err(EVERY_EVAL_EVER.refused(file));
    }
    if has(&["eval", "plan"]) && !has(&["samples"]) {
        return Err(INSPECT.refused(file));
    }
    if has(&["dataset_name", "model_name", "metrics", "score"]) {
        return Err(EVALSCOPE.refused(file));
    }
    let has_results = object.get("results").is_some_and(Value::is_object);
    let names = ["configs", "config", "n-shot", "versions", "n-samples"];
    match has_results && names.iter().any(|name| object.contains_key(*name)) {
        true => Err(LM_EVAL.refused(file)),
        false => Ok(()),
    }
}

/// Refuses the printed summary of OpenCompass (`summary_*.txt`), by its first lines.
pub(super) fn check_lines(file: &str, lines: &Table) -> Result<(), ImportError> {
    const FIRST: usize = 5;
    let mut first = (0..lines.rows().min(FIRST)).filter_map(|row| lines.cell(0, row));
    match first.any(|line| line.trim() == "tabulate format") {
        true => Err(OPENCOMPASS.refused(file)),
        false => Ok(()),
    }
}

/// Refuses the summary of OpenCompass (`summary_*.csv`): a row for each data set, a column for each model.
pub(super) fn check_names(file: &str, names: &[String]) -> Result<(), ImportError> {
    let is_summary = names.len() > 4
        && ["dataset", "version", "metric", "mode"]
            .iter()
            .zip(names)
            .all(|(wanted, name)| name.trim().eq_ignore_ascii_case(wanted));
    match is_summary {
        true => Err(OPENCOMPASS.refused(file)),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use crate::import::{ImportError, Importer};

    fn tool(name: &str, text: &str) -> Option<String> {
        let mut importer = Importer::new(name);
        importer.push(text.as_bytes()).unwrap();
        match importer.finish() {
            Err(ImportError::TotalsOnly { tool, .. }) => Some(tool),
            _ => None,
        }
    }

    #[test]
    fn totals_are_refused_with_the_file_that_holds_the_rows() {
        let results = "{\"results\": {\"gsm8k\": {\"exact_match,strict-match\": 0.5}}, \"n-shot\": {\"gsm8k\": 5}}";
        assert_eq!(
            tool("results.json", results).as_deref(),
            Some("lm-evaluation-harness")
        );
        let summary = "dataset,version,metric,mode,model-a,model-b\nmmlu,1a,accuracy,gen,50.1,-\n";
        assert_eq!(tool("summary.csv", summary).as_deref(), Some("OpenCompass"));
        let printed = "20260101_120000\ntabulate format\n^^^\ndataset version metric mode m\n";
        assert_eq!(tool("summary.txt", printed).as_deref(), Some("OpenCompass"));
        let outputs = "dataset,version,reference,base\nmmlu,1a,a b,a c\n";
        assert_eq!(tool("a.csv", outputs), None);
    }
}
