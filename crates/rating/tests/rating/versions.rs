//! Envelopes of all versions so far: each opens, and a task is written as the earliest version that can hold it.

use super::envelopes::{LOCK, answered, key_of, opened};
use super::sample::{SECRET, bundle, points};
use assay_rating::envelope::{Envelope, OpenedAnswers, of_answers, of_task, open, packed};
use assay_rating::marks::prefilled::Prefilled;
use assay_rating::marks::{Mark, Severity};
use assay_rating::task::Sealing;
use assay_rating::template::Template;
use assay_rating::{Answer, Bundle, Kind, Task, TaskError, Value};

fn kept(name: &str) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/rating/envelopes");
    let text = std::fs::read_to_string(format!("{folder}/{name}")).unwrap();
    text.trim().to_owned()
}

/// Every released version has its envelopes here, which this and all later versions open.
#[test]
fn envelopes_of_released_versions_open() {
    let task: Task = serde_json::from_str(&kept("v1.json")).unwrap();
    assert_eq!(opened(&kept("v1-task.txt")), task);
    for name in ["v1-locked.txt", "v3-locked.txt"] {
        let Ok(Envelope::Locked(locked)) = open(&kept(name)) else {
            panic!("{name} is locked")
        };
        assert_eq!(locked.unlock(LOCK.passphrase), Ok(task.clone()), "{name}");
    }
    let expected = bundle(
        &task,
        77,
        "李雷",
        &[(1, 3, points([1, 2, 3, 4, 5, 4, 3, 2]))],
    );
    for answers in ["v1-answers.txt", "v2-answers.txt"] {
        assert_eq!(answered(&kept(answers), &task), expected, "{answers}");
    }
}

/// The task of the envelopes of version 4.
fn version_4() -> Task {
    let mut task: Task = serde_json::from_str(&kept("v1.json")).unwrap();
    (task.slots, task.overlap) = (3, 2);
    task.key = SECRET.public_key();
    task.sealing = Sealing::OwnerKey;
    task
}

fn answers_4(task: &Task) -> Bundle {
    let answers = [(1, 3, points([1, 2, 3, 4, 5, 4, 3, 2]))];
    Bundle {
        slot: Some(2),
        ..bundle(task, 77, "李雷", &answers)
    }
}

#[test]
fn envelopes_of_version_4_open() {
    let task = version_4();
    assert_eq!(opened(&kept("v4-task.txt")), task);
    let Ok(Envelope::Locked(locked)) = open(&kept("v4-locked.txt")) else {
        panic!("it is locked")
    };
    assert_eq!(locked.unlock(LOCK.passphrase), Ok(task.clone()));
    for (name, invited) in [("v4-answers.txt", false), ("v4-invited.txt", true)] {
        let Ok(Envelope::Answers(sealed)) = open(&kept(name)) else {
            panic!("{name} holds answers")
        };
        let bundle = answers_4(&task);
        let expected = OpenedAnswers { bundle, invited };
        assert_eq!(sealed.open(key_of(&task)), Ok(expected), "{name}");
    }
}

/// The task of the envelopes of version 5.
fn version_5() -> Task {
    Task {
        completion: "C1AB-完成".into(),
        ..version_4()
    }
}

#[test]
fn envelopes_of_version_5_open() {
    let task = version_5();
    assert_eq!(opened(&kept("v5-task.txt")), task);
    let Ok(Envelope::Locked(locked)) = open(&kept("v5-locked.txt")) else {
        panic!("it is locked")
    };
    assert_eq!(locked.unlock(LOCK.passphrase), Ok(task));
}

/// The task of the envelopes of version 6: MQM and ESA, with errors that are marked beforehand.
fn version_6() -> Task {
    serde_json::from_str(&kept("v6.json")).unwrap()
}

/// The same as it was made once; what templates say may have changed since.
fn made_6() -> Task {
    let mut task = version_4();
    task.questions = Template::Mqm.questions("en");
    task.questions.extend(Template::Esa.questions("zh"));
    let mark = |start, end, category, severity| Mark {
        start,
        end,
        category,
        severity,
    };
    let length = task.items[0].outputs[1].chars().count() as u32;
    let prefilled = |question, output, marks| Prefilled {
        item: 0,
        question,
        output,
        marks,
    };
    task.prefilled = vec![
        prefilled(
            0,
            1,
            vec![
                mark(0, 3, 2, Severity::Critical),
                mark(length, length, 1, Severity::Minor),
            ],
        ),
        prefilled(1, 0, vec![mark(4, 9, 0, Severity::Major)]),
    ];
    task
}

/// Answers to an item of that task.
fn answers_6(task: &Task) -> Bundle {
    let mut answer = Answer::prefilled(task, 0);
    let fields = task.fields(0);
    for (place, field) in fields.iter().enumerate() {
        match &task.questions[field.question].kind {
            Kind::Score => answer.set(place, Some(Value::Score(60 + place as u8))),
            _ if answer.get(place).is_none() => answer.set(place, Some(Value::Marks(Vec::new()))),
            _ => {}
        }
    }
    Bundle {
        slot: Some(2),
        ..bundle(task, 77, "李雷", &[(0, 3, answer)])
    }
}

#[test]
fn envelopes_of_version_6_open() {
    let task = version_6();
    assert_eq!(opened(&kept("v6-task.txt")), task);
    let Ok(Envelope::Locked(locked)) = open(&kept("v6-locked.txt")) else {
        panic!("it is locked")
    };
    assert_eq!(locked.unlock(LOCK.passphrase), Ok(task.clone()));
    let bundle = answers_6(&task);
    assert!(bundle.fits(&task) && bundle.entries[0].answer.is_complete(&task, 0));
    assert_eq!(answered(&kept("v6-answers.txt"), &task), bundle);
}

#[test]
fn a_task_is_of_version_6_only_where_it_needs_that() {
    let head = |task: &Task| of_task(&packed(task), None)[..2].to_owned();
    let old = |name: &str| kept(name)[..2].to_owned();
    assert_eq!(head(&version_6()), old("v6-task.txt"));
    let mut task = version_6();
    task.questions.truncate(1);
    task.prefilled.clear();
    assert_eq!(head(&task), old("v6-task.txt"), "weighted errors");
    task.questions = Template::Errors.questions("en");
    assert_eq!(head(&task), old("v4-task.txt"), "minor and major errors");
    task.completion = "done".into();
    assert_eq!(head(&task), old("v5-task.txt"));
    task.prefilled = version_6().prefilled;
    task.prefilled.truncate(1);
    task.prefilled[0].marks.pop();
    task.prefilled[0].marks[0].severity = Severity::Major;
    assert_eq!(task.check(), Ok(()));
    assert_eq!(head(&task), old("v6-task.txt"), "marked beforehand");
    assert_eq!(opened(&of_task(&packed(&task), None)), task);
}

#[test]
fn marks_that_do_not_fit_their_output_make_a_task_unusable() {
    let wrong = |change: fn(&mut Prefilled)| {
        let mut task = version_6();
        change(&mut task.prefilled[0]);
        task.check()
    };
    let refused = Err(TaskError::Prefilled { item: 1 });
    assert_eq!(wrong(|_| {}), Ok(()));
    assert_eq!(wrong(|p| p.marks[0].end = 999), refused);
    assert_eq!(wrong(|p| p.question = 2), refused, "a score has no marks");
    assert_eq!(wrong(|p| p.output = 2), refused);
    assert_eq!(wrong(|p| p.marks.clear()), refused);
    assert_eq!(
        wrong(|p| p.question = 1),
        refused,
        "ESA has no critical errors"
    );
    let elsewhere = Err(TaskError::Prefilled { item: 9_999 });
    assert_eq!(wrong(|p| p.item = 9_998), elsewhere);
}

#[test]
fn a_task_without_a_completion_code_is_written_as_version_4_wrote_it() {
    let task = version_4();
    let without = Task {
        completion: String::new(),
        ..version_5()
    };
    assert_eq!(
        (without.hash(), without.to_bytes()),
        (task.hash(), task.to_bytes())
    );
    assert_eq!(of_task(&packed(&without), None), kept("v4-task.txt"));
    assert_ne!(version_5().hash(), task.hash());
    // Answers are sealed as before, and name the task that they are to.
    let bundle = answers_4(&version_5());
    let text = of_answers(&bundle, &version_5(), None, [5; 32]);
    assert_eq!(text[..2], kept("v4-answers.txt")[..2]);
    assert_eq!(answered(&text, &version_5()), bundle);
}

#[test]
fn a_rater_who_opens_an_earlier_task_answers_as_its_owner_expects() {
    let task: Task = serde_json::from_str(&kept("v1.json")).unwrap();
    let answers = [(1, 3, points([1, 2, 3, 4, 5, 4, 3, 2]))];
    let text = of_answers(&bundle(&task, 77, "李雷", &answers), &task, None, [5; 32]);
    let head = |text: &str| data_encoding::BASE64URL_NOPAD.decode(&text.as_bytes()[..4]);
    let letters = |text: &str| head(text).unwrap()[..2].to_vec();
    assert_eq!(letters(&text), letters(&kept("v2-answers.txt")));
    assert_eq!(
        letters(&of_task(&packed(&task), None)),
        letters(&kept("v1-task.txt"))
    );
    let locked = of_task(&packed(&task), Some(LOCK));
    assert_eq!(letters(&locked), letters(&kept("v3-locked.txt")));
    let expected = bundle(&task, 77, "李雷", &answers);
    assert_eq!(answered(&text, &task), expected);
}

#[test]
#[ignore = "writes the envelopes of the present version, once, before it is released"]
fn write_the_envelopes_of_this_version() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/rating/envelopes");
    let task = made_6();
    let bundle = answers_6(&task);
    for (name, text) in [
        ("v6.json", serde_json::to_string_pretty(&task).unwrap()),
        ("v6-task.txt", of_task(&packed(&task), None)),
        ("v6-locked.txt", of_task(&packed(&task), Some(LOCK))),
        ("v6-answers.txt", of_answers(&bundle, &task, None, [5; 32])),
    ] {
        std::fs::write(format!("{folder}/{name}"), text + "\n").unwrap();
    }
}
