//! Marked errors from the data over the rater to the owner's results: what is marked beforehand, what errors cost, and
//! what comes out for each system.

use crate::sample::{SECRET, bundle, task};
use assay_data::{DataSet, Importer};
use assay_rating::analysis::{OutputLengths, analyse};
use assay_rating::draft::{Draft, MarksColumn, Rows, Secrets};
use assay_rating::envelope::of_answers;
use assay_rating::judgements::{Judgements, Scale};
use assay_rating::marks::prefilled::Prefilled;
use assay_rating::marks::{Mark, Severity};
use assay_rating::order::Seat;
use assay_rating::owner::OwnerSecret;
use assay_rating::project::{Event, Origin};
use assay_rating::sitting::{AnswerError, Sitting};
use assay_rating::template::Template;
use assay_rating::{Answer, Item, Project, Task, TaskError, Value};

/// An error of MQM in the first characters of an output, by its category's place in the template.
fn mark(category: u8, severity: Severity) -> Mark {
    Mark {
        start: 0,
        end: 3,
        category,
        severity,
    }
}

/// Rows that two systems answer.
fn project(template: Template, rows: usize) -> Project {
    let item = |row: usize| Item {
        outputs: vec![format!("base says {row}"), format!("tuned says {row}")],
        ..Item::default()
    };
    let task = Task {
        questions: template.questions("en"),
        items: (0..rows).map(item).collect(),
        repeats: 0,
        ..task()
    };
    let origin = |row| Origin {
        row,
        systems: vec![0, 1],
        wrong: None,
    };
    Project {
        systems: vec!["base".into(), "tuned".into()],
        origins: (0..rows).map(origin).collect(),
        envelope: String::new(),
        locked: false,
        files: Vec::new(),
        made: 0.0,
        secret: Some(SECRET),
        task,
    }
}

fn answer(values: impl IntoIterator<Item = Value>) -> Answer {
    let mut answer = Answer::default();
    let values = values.into_iter().enumerate();
    values.for_each(|(field, value)| answer.set(field, Some(value)));
    answer
}

/// What each of two raters answers in each row becomes judgements.
fn judged(project: &Project, raters: [Vec<Answer>; 2]) -> Judgements {
    let seal = |(device, answers): (usize, Vec<Answer>)| {
        let answers: Vec<(u16, u32, Answer)> = (0..).zip(answers).map(|(i, a)| (i, 1, a)).collect();
        let name = format!("r{device}");
        let bundle = bundle(&project.task, device as u64, &name, &answers);
        assert!(bundle.fits(&project.task));
        of_answers(&bundle, &project.task, None, [device as u8 + 1; 32])
    };
    let envelopes = raters.into_iter().enumerate().map(seal).collect();
    Judgements::of(project, &project.gather(&[Event::Came { envelopes }]))
}

#[test]
fn penalties_of_mqm_are_those_added_by_hand() {
    use Severity::{Critical, Major, Minor, Neutral};
    let project = project(Template::Mqm, 2);
    let marks =
        |marks: &[(u8, Severity)]| Value::Marks(marks.iter().map(|(c, s)| mark(*c, *s)).collect());
    // Mistranslation is 2, punctuation 4, style 11, non-translation 13.
    let first = vec![
        answer([marks(&[(2, Major), (4, Minor)]), marks(&[])]),
        answer([marks(&[(13, Major)]), marks(&[(11, Minor), (11, Neutral)])]),
    ];
    let second = vec![
        answer([marks(&[(2, Critical)]), marks(&[(4, Minor)])]),
        answer([marks(&[(13, Minor)]), marks(&[(11, Minor), (2, Minor)])]),
    ];
    let table = judged(&project, [first, second]);
    assert_eq!(table.dimensions[0].scale, Scale::Penalty);
    let found = analyse(&table, 0, &[], &OutputLengths::default());
    let dimension = &found.dimensions[0];
    assert!(dimension.dimension.lower_is_better());
    let (base, tuned) = (&dimension.systems[0], &dimension.systems[1]);
    // base: 5.1 and 25 of the first rater, 25 and 25 of the second; tuned: 0 and 1, then 0.1 and 2.
    assert!((base.mean - (5.1 + 25.0 + 25.0 + 25.0) / 4.0).abs() < 1e-12);
    assert!((tuned.mean - (0.0 + 1.0 + 0.1 + 2.0) / 4.0).abs() < 1e-12);
    assert_eq!((base.ratings, base.units), (4, 2));
    let change = tuned.change.unwrap();
    assert!((change.value - (tuned.mean - base.mean)).abs() < 1e-12);
    assert!(base.interval.is_some() && change.interval.is_some());
    assert_eq!(dimension.concord.level, "interval");
    assert!(dimension.concord.alpha.is_some());
    let words: Vec<&str> = table.remarks.iter().map(|r| r.text.as_str()).collect();
    let expected = [
        "Accuracy/Mistranslation (5): bas",
        "Fluency/Punctuation (0.1): bas",
    ];
    assert_eq!(words[..2], expected);
}

#[test]
fn esa_gives_penalties_and_scores() {
    let project = project(Template::Esa, 2);
    let said = |marks: Vec<Mark>, scores: [u8; 2]| {
        let marks = [Value::Marks(marks), Value::Marks(Vec::new())];
        answer(marks.into_iter().chain(scores.map(Value::Score)))
    };
    let major = || vec![mark(0, Severity::Major)];
    let raters = [
        vec![said(major(), [40, 90]), said(major(), [30, 100])],
        vec![said(Vec::new(), [60, 80]), said(major(), [50, 90])],
    ];
    let table = judged(&project, raters);
    let found = analyse(&table, 0, &[], &OutputLengths::default());
    let dimensions = found.dimensions.iter();
    let means: Vec<f64> = dimensions
        .flat_map(|d| d.systems.iter().map(|s| s.mean))
        .collect();
    assert_eq!(means, [15.0 / 4.0, 0.0, 45.0, 90.0]);
    let scores = &found.dimensions[1];
    let scale = Scale::Points {
        least: 0,
        most: 100,
    };
    assert_eq!(scores.dimension.scale, scale);
    assert!(!scores.dimension.lower_is_better());
    let given: Vec<f64> = scores.systems[0].counts.iter().map(|c| c.0).collect();
    assert_eq!(
        given,
        [30.0, 40.0, 50.0, 60.0],
        "only scores that were given"
    );
    assert_eq!(table.remarks[0].text, "major (5): bas");
}

#[test]
fn a_control_is_told_by_its_errors() {
    let mut project = project(Template::Esa, 2);
    project.origins[1].wrong = Some(1);
    let said = |first: Vec<Mark>, second: Vec<Mark>| {
        let marks = [Value::Marks(first), Value::Marks(second)];
        answer(marks.into_iter().chain([50, 50].map(Value::Score)))
    };
    let major = || vec![mark(0, Severity::Major)];
    let minor = || vec![mark(0, Severity::Minor)];
    let raters = [
        vec![said(major(), minor()), said(minor(), major())],
        vec![said(major(), minor()), said(minor(), minor())],
    ];
    let table = judged(&project, raters);
    let controls: Vec<_> = table.raters.iter().map(|r| r.controls).collect();
    assert_eq!(
        controls,
        [(1, 1), (0, 1)],
        "as bad as the other is not worse"
    );
}

/// Rows whose outputs of `tuned` have errors marked in a column.
fn data(cells: &[&str]) -> DataSet {
    let mut text = String::from("prompt,reference,base,tuned,tuned_errors\n");
    for (i, cell) in cells.iter().enumerate() {
        let cell = cell.replace('"', "\"\"");
        text.push_str(&format!(
            "p{i},r{i},base output {i},tuned output {i},\"{cell}\"\n"
        ));
    }
    let mut importer = Importer::new("x.csv");
    importer.push(text.as_bytes()).unwrap();
    DataSet::join(vec![importer.finish().unwrap()]).unwrap()
}

fn draft() -> Draft {
    Draft {
        language: "en".into(),
        title: "t".into(),
        instructions: String::new(),
        questions: Template::Mqm.questions("en"),
        rows: Rows::All,
        count: 0,
        systems: vec![0, 1],
        source: true,
        reference: false,
        blind: true,
        slots: 0,
        overlap: 0,
        repeats: 0,
        controls: 0,
        timed: false,
        completion: String::new(),
        prefilled: vec![MarksColumn {
            system: 1,
            column: "tuned_errors".into(),
        }],
        seed: 3,
    }
}

const SECRETS: Secrets = Secrets {
    id: 1,
    owner: OwnerSecret([2; 32]),
    order: 7,
};

const CELL: &str = r#"[{"start": 0, "end": 5, "severity": "major", "category": "Style"}]"#;

#[test]
fn a_column_of_errors_is_no_system_and_its_marks_follow_their_outputs() {
    let data = data(&[CELL, "[]", "", CELL, "[]", CELL, CELL, "[]"]);
    let names: Vec<&str> = data.systems().iter().map(|(_, name)| *name).collect();
    assert_eq!(names, ["base", "tuned"]);
    let mut draft = draft();
    draft.controls = 3;
    let (task, origins) = draft.make(&data, &Vec::new(), SECRETS).unwrap();
    for (item, origin) in origins.iter().enumerate() {
        for (output, system) in origin.systems.iter().enumerate() {
            let text = &task.items[item].outputs[output];
            let row: usize = text.rsplit(' ').next().unwrap().parse().unwrap();
            // A control's wrong output has the marks of the row that it is of.
            let expected = *system == 1 && [0, 3, 5, 6].contains(&row);
            let here =
                |p: &&Prefilled| usize::from(p.item) == item && usize::from(p.output) == output;
            let found = task.prefilled.iter().find(here);
            assert_eq!(found.is_some(), expected, "{text}");
            let style = mark(11, Severity::Major);
            assert!(found.is_none_or(|p| p.marks == [Mark { end: 5, ..style }]));
        }
    }
}

#[test]
fn a_rater_begins_with_what_is_marked_and_corrects_it() {
    let (task, _) = draft().make(&data(&[CELL]), &Vec::new(), SECRETS).unwrap();
    let seat = Seat {
        slot: None,
        device: 9,
    };
    let mut sitting = Sitting::new(task.clone(), seat);
    let mut answer = Answer::prefilled(&task, 0);
    let marked = usize::from(task.prefilled[0].output);
    assert!(answer.get(marked).is_some() && answer.get(1 - marked).is_none());
    let open = sitting.answer(0, answer.clone());
    assert_eq!(
        open,
        Err(AnswerError::Incomplete),
        "the other output is open"
    );
    let corrected = Value::Marks(vec![mark(2, Severity::Minor)]);
    answer.set(marked, Some(corrected.clone()));
    answer.set(1 - marked, Some(Value::Marks(Vec::new())));
    sitting.answer(0, answer).unwrap();
    let bundle = sitting.bundle();
    assert_eq!(bundle.entries[0].answer.get(marked), Some(&corrected));
    assert!(bundle.fits(&task));
}

#[test]
fn a_cell_that_can_t_be_used_is_named() {
    let of = |cell: &str| {
        let made = draft().make(&data(&[CELL, cell]), &Vec::new(), SECRETS);
        made.unwrap_err()
    };
    let (row, column) = (2, "tuned_errors".to_owned());
    assert_eq!(
        of(r#"[{"start": 0, "end": 50, "severity": "major"}]"#),
        TaskError::MarksOutside {
            row,
            column: column.clone()
        }
    );
    assert_eq!(
        of(r#"[{"start": 0, "end": 5, "severity": "fatal"}]"#),
        TaskError::MarksSeverity {
            row,
            column: column.clone(),
            severity: "fatal".into()
        }
    );
    assert_eq!(
        of(r#"[{"start": 0, "end": 5, "severity": "minor", "category": "Tone"}]"#),
        TaskError::MarksCategory {
            row,
            column,
            category: "Tone".into()
        }
    );
    let mut other = draft();
    let column = "gone".to_owned();
    other.prefilled[0].column = column.clone();
    let made = other.make(&data(&[CELL]), &Vec::new(), SECRETS);
    assert_eq!(made, Err(TaskError::MarksColumn { column }));
    let (row, column) = (1, "prompt".to_owned());
    other.prefilled[0].column = column.clone();
    let made = other.make(&data(&[CELL]), &Vec::new(), SECRETS);
    assert_eq!(made, Err(TaskError::MarksUnreadable { row, column }));
}
