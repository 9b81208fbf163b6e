//! `assay stats` as a person runs it, beside the values of SciPy, statsmodels, scikit-learn, krippendorff and pingouin;
//! `make_stats.py` wrote them, and `make_judges.py` those of ppi-python, judgy, evalica and of the alternative annotator
//! test.

use serde::Deserialize;
use serde_json::Value;
use std::path::PathBuf;
use std::process::{Command, Output};

/// A question, and its answer by a reference tool.
#[derive(Clone, Deserialize)]
struct Case {
    /// `FILE` stands for the file's path.
    args: Vec<String>,
    file: Option<String>,
    /// How far a number may be off, as a part of it where it is above 1.
    tolerance: f64,
    expected: Value,
}

/// A file that is removed when it is no longer needed.
struct TemporaryFile(PathBuf);

impl TemporaryFile {
    fn holding(text: &str, name: &str) -> Self {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
        let path = folder.join(format!("{name}-{}.csv", std::process::id()));
        std::fs::write(&path, text).unwrap();
        Self(path)
    }
}

impl Drop for TemporaryFile {
    fn drop(&mut self) {
        // Left in the folder for temporary files if it can't be removed.
        drop(std::fs::remove_file(&self.0));
    }
}

fn run(args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_assay"));
    command.arg("stats").args(args).output().unwrap()
}

/// Asserts that all that is expected is there, and near.
fn compare(found: &Value, expected: &Value, tolerance: f64, what: &str) {
    match expected {
        Value::Object(values) => {
            for (name, expected) in values {
                let found = found.get(name);
                let found = found.unwrap_or_else(|| panic!("{what}: there is no {name}"));
                compare(found, expected, tolerance, &format!("{what}: {name}"));
            }
        }
        Value::Array(values) => {
            let found = found
                .as_array()
                .unwrap_or_else(|| panic!("{what}: {found}"));
            assert_eq!(found.len(), values.len(), "{what}");
            for (found, expected) in found.iter().zip(values) {
                compare(found, expected, tolerance, what);
            }
        }
        Value::Number(_) => {
            let expected = expected.as_f64().unwrap();
            let found = found.as_f64().unwrap_or_else(|| panic!("{what}: {found}"));
            let off = (found - expected).abs() / expected.abs().max(1.0);
            assert!(off <= tolerance, "{what}: {found}, not {expected}");
        }
        _ => assert_eq!(found, expected, "{what}"),
    }
}

#[test]
fn every_answer_is_that_of_the_reference_tool() {
    let files = [include_str!("stats.json"), include_str!("judges.json")];
    let cases = files.map(|text| serde_json::from_str::<Vec<Case>>(text).unwrap());
    let cases = cases.concat();
    assert!(cases.len() > 100, "{}", cases.len());
    for case in &cases {
        let what = case.args.join(" ");
        let file = case.file.as_ref();
        let file = file.map(|text| TemporaryFile::holding(text, "stats"));
        let path = file.as_ref().map(|f| f.0.to_str().unwrap());
        let args = case.args.iter().map(|arg| match (arg.as_str(), path) {
            ("FILE", Some(path)) => path,
            (arg, _) => arg,
        });
        let args: Vec<&str> = args.chain(["--json"]).collect();
        let output = run(&args);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{what}: {errors}");
        let found = serde_json::from_slice(&output.stdout).unwrap();
        compare(&found, &case.expected, case.tolerance, &what);
    }
}

#[test]
fn answers_are_lines_of_names_and_values() {
    let printed = |args: &[&str]| String::from_utf8(run(args).stdout).unwrap();
    assert_eq!(
        printed(&["adjust", "--method", "bonferroni", "0.25", "0.75"]),
        "p_value\tadjusted\n0.25\t0.5\n0.75\t1.0\n"
    );
    assert_eq!(
        printed(&[
            "interval",
            "--method",
            "wald",
            "--successes",
            "0",
            "--n",
            "4"
        ]),
        "proportion\t0.0\ninterval\t0.0\t0.0\n"
    );
    let same = TemporaryFile::holding("a,b\n1,1\n1,1\n", "same");
    let found = printed(&["correlate", same.0.to_str().unwrap()]);
    assert_eq!(
        found,
        "pairs\t2.0\nvalue\tundefined\ninterval\tundefined\np_value\tundefined\n"
    );
}

#[test]
fn what_is_wrong_with_a_question_is_named() {
    let file = TemporaryFile::holding("a,b,c\n1,2,x\n3,,y\n", "wrong");
    let path = file.0.to_str().unwrap();
    for (args, named) in [
        (
            &["interval", "--successes", "11", "--n", "10"][..],
            "11 successes",
        ),
        (&["proportions", "3/2", "1/2"], "3 successes"),
        (&["adjust", "0.5", "1.5"], "'1.5'"),
        (&["adjust", "--method", "tukey", "0.5"], "simes-hochberg"),
        (
            &["compare", "--test", "welch", path, "--columns", "a", "d"],
            "a, b, c",
        ),
        (
            &["compare", "--test", "welch", path, "--columns", "a", "c"],
            "row 1 of the column c",
        ),
        (
            &["compare", "--test", "friedman", path, "--columns", "a", "b"],
            "three or more",
        ),
        (
            &["compare", "--test", "wilcoxon", "--zeros", "pratt", path],
            "--ranks",
        ),
        (
            &["agreement", "--method", "icc", path, "--columns", "a", "c"],
            "row 1 of the column c",
        ),
        (&["agreement", "--method", "cohen", path], "two columns"),
        (
            &[
                "rank", path, "--first", "a", "--second", "b", "--winner", "c",
            ],
            "\"x\"",
        ),
        (&["mean", "nowhere.csv", "--column", "a"], "nowhere.csv"),
        (
            &[
                "corrected",
                path,
                "--people",
                "b",
                "--judge",
                "a",
                "--method",
                "rogan-gladen",
            ],
            "0 and 1, not 2",
        ),
        (
            &["corrected", path, "--people", "a", "--judge", "b"],
            "1 rows",
        ),
        (
            &["replace", path, "--people", "a", "b", "--judge", "a"],
            "30 items",
        ),
    ] {
        let output = run(args);
        let errors = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success(), "{args:?}");
        assert!(errors.contains(named), "{args:?}: {errors}");
    }
}
