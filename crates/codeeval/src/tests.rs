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
    assert_eq!(data.table.names(), ["task_id", "tuned"]);
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
