//! Tasks and bundles for the tests: one that a person would make, and any at all.

use assay_rating::answers::{Entry, Span};
use assay_rating::marks::prefilled::Prefilled;
use assay_rating::marks::{ErrorCategory, ErrorScheme, Mark};
use assay_rating::owner::OwnerSecret;
use assay_rating::task::Sealing;
use assay_rating::template::{Template, comment};
use assay_rating::{Answer, Bundle, Item, Kind, Preference, Question, Task, Value};
use proptest::prelude::*;

/// The owner's secret of every sample.
pub(crate) const SECRET: OwnerSecret = OwnerSecret([8; 32]);

/// The task as a version before the owner's key made it.
pub(crate) fn earlier(mut task: Task) -> Task {
    task.key = std::array::from_fn(|i| i as u8);
    task.sealing = Sealing::SharedKey;
    task.completion = String::new();
    task.prefilled = Vec::new();
    task
}

/// Thirty items of two outputs, four scales and a comment.
pub(crate) fn task() -> Task {
    let mut questions = Template::Scales.questions("en");
    questions.push(comment("en"));
    let item = |i: usize| Item {
        source: format!("Question number {i} about <b>markup</b> & more?"),
        reference: String::new(),
        outputs: vec![
            format!("The first answer to question {i} is short."),
            format!("第二个回答更长一些，编号是 {i}。"),
        ],
        labels: Vec::new(),
    };
    Task {
        id: 0x1234_5678_9abc_def0,
        seed: 7,
        key: SECRET.public_key(),
        language: "en".into(),
        title: "Which model answers better?".into(),
        instructions: "Read **carefully**.\n\n- one\n- two".into(),
        questions,
        items: (0..30).map(item).collect(),
        slots: 0,
        overlap: 0,
        repeats: 2,
        timed: true,
        sealing: Sealing::OwnerKey,
        completion: String::new(),
        prefilled: Vec::new(),
    }
}

/// A rater's points for an item of two outputs and four scales.
pub(crate) fn points(points: [u8; 8]) -> Answer {
    let mut answer = Answer::default();
    for (field, point) in points.into_iter().enumerate() {
        answer.set(field, Some(Value::Point(point)));
    }
    answer
}

/// A bundle for `task` with these answers.
pub(crate) fn bundle(
    task: &Task,
    device: u64,
    rater: &str,
    answers: &[(u16, u32, Answer)],
) -> Bundle {
    let entry = |(item, stamp, answer): &(u16, u32, Answer)| Entry {
        item: *item,
        again: false,
        stamp: *stamp,
        answer: answer.clone(),
    };
    Bundle {
        task: task.id,
        hash: task.hash(),
        device,
        slot: None,
        rater: rater.into(),
        entries: answers.iter().map(entry).collect(),
    }
}

fn kind() -> impl Strategy<Value = Kind> {
    prop_oneof![
        proptest::collection::vec("\\PC{0,8}", 2..=10).prop_map(Kind::Scale),
        Just(Kind::YesNo),
        (any::<bool>(), any::<bool>()).prop_map(|(tie, both_bad)| Kind::Pairwise { tie, both_bad }),
        Just(Kind::Ranking),
        proptest::collection::vec("\\PC{1,8}", 1..5).prop_map(Kind::Spans),
        Just(Kind::Comment),
        Just(Kind::Score),
        Just(Kind::Marks(ErrorScheme::minor_and_major(Vec::new()))),
        proptest::collection::vec("\\PC{1,8}", 1..5).prop_map(|names| {
            let names = names.iter().map(|name| ErrorCategory::plain(name));
            Kind::Marks(ErrorScheme::mqm(names.collect()))
        }),
    ]
}

fn item() -> impl Strategy<Value = Item> {
    let text = || "\\PC{0,30}";
    (text(), text(), [text(), text()], any::<bool>()).prop_map(
        |(source, reference, outputs, named)| Item {
            source,
            reference,
            outputs: outputs.into(),
            labels: if named {
                vec!["a".into(), "b".into()]
            } else {
                Vec::new()
            },
        },
    )
}

/// Any task that can be used.
pub(crate) fn any_task() -> impl Strategy<Value = Task> {
    let kinds = proptest::collection::vec((kind(), any::<bool>()), 1..5);
    let items = proptest::collection::vec(item(), 1..12);
    let numbers = (
        any::<u64>(),
        any::<u64>(),
        any::<bool>(),
        0u16..4,
        any::<bool>(),
    );
    let words = ("\\PC{0,40}", "\\PC{0,9}");
    (kinds, items, numbers, words).prop_map(
        |(kinds, items, (id, seed, is_earlier, slots, timed), (words, completion))| {
            let task = Task {
                id,
                seed,
                key: SECRET.public_key(),
                language: "zh-CN".into(),
                title: words.clone(),
                instructions: words,
                questions: kinds
                    .into_iter()
                    .enumerate()
                    .map(|(i, (kind, required))| Question {
                        name: format!("q{i}"),
                        help: String::new(),
                        kind,
                        required,
                    })
                    .collect(),
                repeats: (items.len() / 3) as u16,
                items,
                slots,
                overlap: slots.min(2),
                timed,
                sealing: Sealing::OwnerKey,
                completion,
                prefilled: Vec::new(),
            };
            if is_earlier {
                earlier(task)
            } else {
                let prefilled = any_prefilled(&task);
                Task { prefilled, ..task }
            }
        },
    )
}

/// For each output of every third item an error at its end, where it is not empty and errors are marked.
fn any_prefilled(task: &Task) -> Vec<Prefilled> {
    let scheme = |q: &Question| Some(q.kind.errors()?.into_owned());
    let mut questions = task.questions.iter().map(scheme).enumerate();
    let found = questions.find_map(|(place, scheme)| Some((place as u8, scheme?)));
    let Some((question, scheme)) = found else {
        return Vec::new();
    };
    let mut all = Vec::new();
    for (item, shown) in task.items.iter().enumerate().step_by(3) {
        let lengths = shown.outputs.iter().map(|o| o.chars().count() as u32);
        let marked = (0u8..).zip(lengths).filter(|(_, length)| *length > 0);
        all.extend(marked.map(|(output, length)| Prefilled {
            item: item as u16,
            question,
            output,
            marks: vec![Mark {
                start: length - 1,
                end: length,
                category: 0,
                severity: scheme.usual_severity(),
            }],
        }));
    }
    all
}

/// Any value that a question of an item of two outputs can have.
fn value(kind: &Kind, output: &str, seed: u32) -> Value {
    let length = output.chars().count() as u32;
    match kind {
        Kind::Scale(points) => Value::Point((seed as usize % points.len()) as u8 + 1),
        Kind::YesNo => Value::Yes(seed.is_multiple_of(2)),
        Kind::Pairwise { .. } => Value::Prefer(if seed.is_multiple_of(2) {
            Preference::First
        } else {
            Preference::Second
        }),
        Kind::Ranking => Value::Order(if seed.is_multiple_of(2) {
            vec![0, 1]
        } else {
            vec![1, 0]
        }),
        Kind::Spans(categories) => Value::Spans(if length == 0 {
            Vec::new()
        } else {
            let start = seed % length;
            vec![Span {
                start,
                end: start + 1,
                category: (seed as usize % categories.len()) as u8,
                major: seed.is_multiple_of(3),
            }]
        }),
        Kind::Comment => Value::Comment(format!("remark {seed}")),
        Kind::Score => Value::Score((seed % 101) as u8),
        Kind::Marks(scheme) => Value::Marks(vec![Mark {
            start: length,
            end: length,
            category: (seed as usize % scheme.categories.len().max(1)) as u8,
            severity: scheme.severities[seed as usize % scheme.severities.len()].severity,
        }]),
    }
}

/// Any answers to a task, from one of a few devices.
pub(crate) fn any_bundle(task: Task) -> impl Strategy<Value = Bundle> {
    let entries =
        proptest::collection::vec((any::<u16>(), any::<bool>(), 0u32..4, any::<u32>()), 0..10);
    (0u64..4, 0usize..3, entries).prop_map(move |(device, name, entries)| {
        let entry = |(item, again, stamp, seed): (u16, bool, u32, u32)| {
            let item = item % task.items.len() as u16;
            let mut answer = Answer::default();
            for (place, field) in task.fields(item.into()).into_iter().enumerate() {
                let output = field
                    .output
                    .map_or("", |o| &task.items[usize::from(item)].outputs[o]);
                // Few different answers, so that stamps and answers meet.
                let found = value(&task.questions[field.question].kind, output, seed % 2);
                answer.set(place, (seed % 5 > 0).then_some(found));
            }
            answer.skipped = seed.is_multiple_of(5);
            Entry {
                item,
                again,
                stamp,
                answer,
            }
        };
        Bundle {
            task: task.id,
            hash: task.hash(),
            device,
            slot: (task.slots > 0).then(|| device as u16 % task.slots),
            rater: ["", "Ann", " ann "][name].into(),
            entries: entries.into_iter().map(entry).collect(),
        }
    })
}
