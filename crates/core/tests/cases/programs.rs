//! Programs that models wrote: taken out of fences or as they stand, and run by the machine's Python where it has one.

use super::{folder, read as table, score};
use assay_codeeval::{Outcome, Programs, State};
use assay_data::DataSet;
use std::io::Write;
use std::process::{Command, Stdio};

/// A case, its samples, how many of them stand in fences, how many pass, and their system.
const CASES: [(&str, &str, usize, usize, &str); 3] = [
    ("16", "samples.jsonl", 0, 3, "samples"),
    ("80", "43/chat_samples.jsonl", 4, 4, "chat_samples"),
    ("80", "43b/whole.jsonl", 0, 4, "whole"),
];

fn programs(case: &str, samples: &str) -> Option<Programs> {
    let folder = folder(case)?;
    let tasks = match samples.rsplit_once('/') {
        Some((inside, _)) => format!("{inside}/HumanEval.jsonl"),
        None => "HumanEval.jsonl".to_owned(),
    };
    let files = [tasks.as_str(), samples].map(|file| table(&folder, file).unwrap());
    Some(Programs::of(&files).unwrap())
}

#[test]
fn programs_come_out_of_fences_or_stand_whole() {
    for (case, samples, fenced, _, system) in CASES {
        let Some(mut programs) = programs(case, samples) else {
            return;
        };
        let (_, count, systems) = programs.size();
        assert_eq!((count, systems), (4, &[system.to_owned()][..]), "{case}");
        assert_eq!(programs.fenced(), fenced, "{case}");
        while let Some((_, program)) = programs.next_program() {
            assert!(!program.contains("```"), "{program}");
        }
    }
}

/// Runs a program with Python: it passes when it ends without an error. `None` where Python is not installed.
fn run(program: &str) -> Option<Outcome> {
    let mut python = Command::new("python3")
        .arg("-")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .ok()?;
    let mut input = python.stdin.take().unwrap();
    input.write_all(program.as_bytes()).unwrap();
    drop(input);
    let output = python.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    Some(Outcome {
        state: match output.status.success() {
            true => State::Passed,
            false => State::Failed,
        },
        detail: said.lines().next_back().unwrap_or_default().to_owned(),
    })
}

#[test]
fn as_many_programs_pass_as_the_tools_count() {
    for (case, samples, _, passing, system) in CASES {
        let Some(mut programs) = programs(case, samples) else {
            return;
        };
        while let Some((place, program)) = programs.next_program() {
            let Some(outcome) = run(&program) else {
                eprintln!("skipped: there is no python3 to run programs with");
                return;
            };
            programs.take(place, outcome);
        }
        assert_eq!(programs.counts(), [passing, 4 - passing, 0, 0], "{case}");
        let outcomes = DataSet::join(vec![programs.outcomes()]).unwrap();
        let found = score(&outcomes, "pass_at_k", system);
        assert!(
            (found - passing as f64 / 4.0).abs() < 1e-9,
            "{case}: {found}"
        );
    }
}
