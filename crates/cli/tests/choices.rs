//! `assay choices`: multiple-choice questions under a model.

mod command;

use assay_testing::fetched;
use command::{assay, folder, json};
use serde_json::Value;

const QUESTIONS: &str =
    "question,A,B,C,answer\nWhat do bees make?,honey,stone,milk,A\n2 + 2 = ?,3,4,5,B\n";

#[test]
fn questions_are_answered_counted_and_printed_by_line() {
    let Some(model) = fetched("SmolLM2-135M-Instruct.Q4_1.gguf") else {
        return;
    };
    let model = model.display().to_string();
    let folder = folder("choices", &[("q.csv", QUESTIONS)]);
    let all = ["choices", "q.csv", "--model", &model, "--backend", "cpu"];
    let output = assay(
        &folder,
        &[&all[..], &["--json", "--style", "texts"]].concat(),
    );
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    let lines: Vec<Value> = String::from_utf8_lossy(&output.stdout)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let [first, second, sum] = &lines[..] else {
        panic!("two questions and their sum: {lines:?}");
    };
    assert_eq!((&first["right"], &second["right"]), (&0.into(), &1.into()));
    let logprobs: Vec<f64> = serde_json::from_value(first["logprobs"].clone()).unwrap();
    assert!(logprobs.iter().all(|logprob| *logprob < 0.0));
    assert!(
        logprobs[0] > logprobs[1],
        "bees make honey and no stone: {logprobs:?}"
    );
    for norm in ["acc", "acc_norm", "acc_bytes", "acc_tokens"] {
        let right = [first, second].into_iter();
        let right = right.filter(|line| line["taken"][norm] == line["right"]);
        assert_eq!(sum["scores"][norm]["right"], right.count(), "{norm}");
    }
    let taken: u64 = sum["places"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| p["taken"].as_u64().unwrap())
        .sum();
    assert_eq!((sum["questions"].as_u64(), taken), (Some(2), 2));
}

#[test]
fn a_file_without_questions_is_refused_by_what_it_lacks() {
    let folder = folder(
        "no-choices",
        &[("q.csv", "text,A,B,answer\nx,1,2,A\n"), ("m.gguf", "")],
    );
    let refused = assay(&folder, &["choices", "q.csv", "--model", "m.gguf"]);
    assert_eq!(refused.status.code(), Some(1));
    let errors = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(
        errors.contains("q.csv: no column holds questions"),
        "{errors}"
    );
    // The same file is a table like any other.
    let found = json(&folder, &["inspect", "q.csv", "--json"]);
    assert_eq!(found["files"].as_array().map(Vec::len), Some(1), "{found}");
}
