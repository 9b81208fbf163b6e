use super::*;
use assay_data::DataSet;
use assay_data::import::Importer;

fn read(name: &str, text: &str) -> Imported {
    let mut importer = Importer::new(name);
    importer.push(text.as_bytes()).unwrap();
    importer.finish().unwrap()
}

const TASKS: &str = "{\"task_id\": \"t/0\", \"prompt\": \"def one():\\n\", \"canonical_solution\": \"    return 1\", \"test\": \"def check(candidate):\\n    assert candidate() == 1\", \"entry_point\": \"one\"}\n";
const SAMPLES: &str = "{\"task_id\": \"t/0\", \"completion\": \"    return 1\"}\n{\"task_id\": \"t/0\", \"completion\": \"    return 2\"}\n{\"task_id\": \"other\", \"completion\": \"\"}\n";

#[test]
fn a_sample_becomes_human_evals_program_and_its_outcomes_counts() {
    let files = [read("problems.jsonl", TASKS), read("tuned.jsonl", SAMPLES)];
    assert!(
        has_tests(&files[0].table) && has_samples(&files[1].table) && !has_samples(&files[0].table)
    );
    let mut programs = Programs::of(&files).unwrap();
    assert_eq!(programs.size(), (1, 2, &["tuned".to_owned()][..]));
    let (place, program) = programs.next_program().unwrap();
    assert_eq!(
        program,
        "def one():\n    return 1\ndef check(candidate):\n    assert candidate() == 1\ncheck(one)"
    );
    let outcome = |state| Outcome {
        state,
        detail: String::new(),
    };
    programs.take(place, outcome(State::Passed));
    assert_eq!(programs.next_program().unwrap().0, 1);
    assert_eq!(programs.next_program(), None);
    programs.again();
    assert_eq!(
        programs.next_program().unwrap().0,
        1,
        "only what has no outcome"
    );
    programs.take(1, outcome(State::TimedOut));
    assert_eq!(programs.counts(), [1, 0, 1, 0]);
    let data = DataSet::join(vec![programs.outcomes()]).unwrap();
    assert_eq!(
        data.table.names(),
        ["task_id", "tuned", "parses (tuned)", "runs (tuned)"]
    );
    assert_eq!(data.table.cell(1, 0), Some("1/2"));
}

#[test]
fn code_is_taken_out_of_fences_and_whole_programs_stand_alone() {
    let fenced = "{\"task_id\": \"t/0\", \"completion\": \"Here:\\n```python\\ndef one():\\n    return 1\\n```\\nDone.\"}\n";
    let files = [read("p.jsonl", TASKS), read("chat.jsonl", fenced)];
    let mut programs = Programs::of(&files).unwrap();
    assert_eq!(programs.fenced(), 1);
    let program = programs.next_program().unwrap().1;
    assert!(program.starts_with("def one():\ndef one():\n    return 1\ndef check"));
    let whole = "{\"task_id\": \"t/0\", \"solution\": \"def one():\\n    return 1\\n\"}\n";
    let files = [read("p.jsonl", TASKS), read("evalplus.jsonl", whole)];
    assert!(has_samples(&files[1].table));
    let mut programs = Programs::of(&files).unwrap();
    assert_eq!(programs.fenced(), 0);
    let program = programs.next_program().unwrap().1;
    assert!(program.starts_with("def one():\n    return 1\n\ndef check"));
}

#[test]
fn missing_columns_are_named_in_the_error() {
    assert_eq!(
        Programs::of(&[read("s.jsonl", SAMPLES)]).unwrap_err(),
        CodeError::NoTasks
    );
    assert_eq!(
        Programs::of(&[read("p.jsonl", TASKS)]).unwrap_err(),
        CodeError::NoSamples
    );
}

#[test]
fn programs_that_parse_and_that_run_are_told_by_what_they_raised() {
    let failed = |detail: &str| Outcome {
        state: State::Failed,
        detail: detail.to_owned(),
    };
    let parses_and_runs = |outcome: &Outcome| (outcome.parses(), outcome.runs());
    assert_eq!(
        parses_and_runs(&failed("SyntaxError: invalid syntax (program, line 2)")),
        (false, false)
    );
    assert_eq!(
        parses_and_runs(&failed("IndentationError: unexpected indent")),
        (false, false)
    );
    assert_eq!(parses_and_runs(&failed("AssertionError: ")), (true, true));
    assert_eq!(
        parses_and_runs(&failed("NameError: name 'x' is not defined")),
        (true, false)
    );
    let ended = |state| Outcome {
        state,
        detail: String::new(),
    };
    assert_eq!(parses_and_runs(&ended(State::Passed)), (true, true));
    assert_eq!(parses_and_runs(&ended(State::TimedOut)), (true, false));
}

#[test]
fn shares_that_parse_and_run_are_measures_beside_the_counts() {
    let files = [read("problems.jsonl", TASKS), read("tuned.jsonl", SAMPLES)];
    let mut programs = Programs::of(&files).unwrap();
    let details = [
        (State::Passed, ""),
        (State::Failed, "SyntaxError: invalid syntax"),
    ];
    for (place, (state, detail)) in details.into_iter().enumerate() {
        let detail = detail.to_owned();
        programs.take(place, Outcome { state, detail });
    }
    let data = DataSet::join(vec![programs.outcomes()]).unwrap();
    assert_eq!(data.table.cell(data.systems()[0].0, 0), Some("1/2"));
    let measures = data.measures();
    let names: Vec<&str> = measures.iter().map(|m| m.name.as_str()).collect();
    assert_eq!(names, ["parses", "runs"]);
    assert_eq!(measures[0].value(&data, 0, 0), Some(0.5));
}
