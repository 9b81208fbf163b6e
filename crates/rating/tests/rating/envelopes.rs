//! Envelopes: what goes in comes out, and what was damaged says how. Those of earlier versions are in `versions.rs`.

use super::sample::{SECRET, any_bundle, any_task, bundle, points, task};
use assay_rating::envelope::{
    ANSWERS_MARK, AnswerKey, Envelope, EnvelopeError, Lock, TASK_MARK, find, holds, of_answers,
    of_task, open, packed,
};
use assay_rating::task::Sealing;
use assay_rating::{Answer, Bundle, Task};
use proptest::prelude::*;

pub(crate) fn opened(text: &str) -> Task {
    match open(text) {
        Ok(Envelope::Task(task)) => *task,
        other => panic!("{other:?}"),
    }
}

pub(crate) fn answered(text: &str, task: &Task) -> Bundle {
    match open(text) {
        Ok(Envelope::Answers(sealed)) => sealed.open(key_of(task)).unwrap().bundle,
        other => panic!("{other:?}"),
    }
}

/// What opens answers to a task of either sealing.
pub(crate) fn key_of(task: &Task) -> AnswerKey<'_> {
    match task.sealing {
        Sealing::SharedKey => AnswerKey::Shared(&task.key),
        Sealing::OwnerKey => AnswerKey::Owner(&SECRET),
    }
}

pub(crate) const LOCK: Lock<'_> = Lock {
    passphrase: "correct horse",
    salt: [3; 16],
    nonce: [4; 12],
};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn a_task_comes_out_as_it_went_in(task in any_task()) {
        prop_assert_eq!(task.check().is_ok(), true);
        prop_assert_eq!(&opened(&of_task(&packed(&task), None)), &task);
    }

    #[test]
    fn answers_come_out_as_they_went_in(
        (task, bundle) in any_task().prop_flat_map(|t| (Just(t.clone()), any_bundle(t))),
        random in any::<[u8; 32]>(),
    ) {
        prop_assert!(bundle.fits(&task));
        let text = of_answers(&bundle, &task, None, random);
        prop_assert_eq!(&answered(&text, &task), &bundle);
    }

    #[test]
    fn a_damaged_envelope_never_opens(
        at in any::<proptest::sample::Index>(), to in "[A-Za-z0-9_-]", locked in any::<bool>(),
    ) {
        let text = if locked { locked_text() } else { of_task(&packed(&small()), None) };
        let at = at.index(text.len());
        let mut changed = text.clone();
        changed.replace_range(at..=at, &to);
        if changed != text {
            prop_assert!(open(&changed).is_err(), "{at}");
        }
        let cut = &text[..at];
        let sentence = matches!(open(cut), Err(EnvelopeError::Cut { .. } | EnvelopeError::NoEnvelope));
        prop_assert!(sentence, "cut at {at}");
    }

    #[test]
    fn any_letters_give_a_sentence(text in "[A-Za-z0-9_-]{0,300}") {
        prop_assert!(open(&text).is_err());
    }

    #[test]
    fn links_are_found_in_any_text(before in "\\PC{0,40}", after in "[ ,.。)\\]\n]\\PC{0,40}") {
        let text = of_task(&packed(&small()), None);
        let link = format!("{before}https://example.org/assay/{TASK_MARK}{text}~12{after}");
        let found = find(&link);
        prop_assert_eq!(&found[0].envelope, &text);
        prop_assert_eq!(found[0].slot, Some(11));
        prop_assert_eq!(&found[0].invitation, "");
    }

    #[test]
    fn an_invitation_is_found_however_a_mail_breaks_the_line(
        at in any::<proptest::sample::Index>(), slot in any::<u16>(), break_at in 0usize..5,
    ) {
        let slot = slot.saturating_sub(1);
        let invitation = SECRET.invitation(1, slot).to_text();
        let suffix = format!("~{}~{invitation}", slot + 1);
        let between = ["\n", "\r\n", "\n> ", "=\n", "\n  "][break_at];
        let (first, second) = suffix.split_at(at.index(suffix.len()));
        let text = of_task(&packed(&small()), None);
        let found = find(&format!("see {TASK_MARK}{text}{first}{between}{second}\n\nthanks"));
        prop_assert_eq!(found[0].slot, Some(slot));
        prop_assert_eq!(&found[0].invitation, &invitation);
        prop_assert_eq!(&found[0].envelope, &text);
    }
}

fn small() -> Task {
    let mut task = task();
    task.items.truncate(2);
    task
}

fn locked_text() -> String {
    use std::sync::OnceLock;
    static TEXT: OnceLock<String> = OnceLock::new();
    TEXT.get_or_init(|| of_task(&packed(&small()), Some(LOCK)))
        .clone()
}

#[test]
fn a_passphrase_opens_and_another_does_not() {
    let Ok(Envelope::Locked(locked)) = open(&locked_text()) else {
        panic!("it is locked")
    };
    assert_eq!(locked.unlock(" correct horse\n"), Ok(small()));
    assert_eq!(
        locked.unlock("correct Horse"),
        Err(EnvelopeError::WrongPassphrase)
    );
}

#[test]
fn thirty_items_of_sixty_words_fit_into_eight_thousand_characters() {
    // Words drawn from a text: no sentence comes twice.
    let words: Vec<&str> = include_str!("../../../../README.md")
        .split_whitespace()
        .collect();
    let mut task = task();
    let mut at = 0;
    let mut next = |n: usize| {
        at += n;
        let text: Vec<&str> = (at..at + n).map(|i| words[i * 7 % words.len()]).collect();
        text.join(" ")
    };
    for item in &mut task.items {
        item.source = String::new();
        item.outputs = vec![next(30), next(30)];
    }
    let length = of_task(&packed(&task), None).len();
    assert!(length < 8000, "{length}");
}

#[test]
fn a_mail_programs_lines_are_put_together_again() {
    let task = task();
    let text = of_task(&packed(&task), None);
    let link = format!("https://example.org/{TASK_MARK}{text}");
    let lines: Vec<&str> = (0..link.len())
        .step_by(70)
        .map(|i| &link[i..link.len().min(i + 70)])
        .collect();
    for between in ["\n", "\r\n", "\n> ", "=\n", "\n  "] {
        let found = find(&format!("Dear all,\n\n{}\n\nthanks", lines.join(between)));
        assert_eq!(found[0].envelope, text, "{between:?}");
    }
    let answers = of_answers(&bundle(&task, 5, "", &[]), &task, None, [9; 32]);
    let both = format!("{link}\nand …/{ANSWERS_MARK}{answers}, {link}");
    let kinds: Vec<bool> = find(&both).iter().map(|f| f.answers).collect();
    assert_eq!(kinds, [false, true]);
    assert!(find("no link # here").is_empty());
    // What was cut off goes no further than its paragraph.
    let cut = format!("{}\n\nGreetings\n", &link[..link.len() - 9]);
    assert_eq!(
        open(&find(&cut)[0].envelope),
        Err(EnvelopeError::Cut { missing: 9 })
    );
}

#[test]
fn a_newer_version_is_named() {
    let text = of_task(&packed(&small()), None);
    let newer = format!("Bw{}", &text[2..]);
    assert!(matches!(open(&newer), Err(EnvelopeError::Newer { .. })));
}

#[test]
fn thirty_answers_fit_into_five_hundred_characters() {
    let task = task();
    let answers: Vec<(u16, u32, Answer)> = (0..30u16)
        .map(|item| {
            let point = |field: u16| (item * 7 + field * 3) as u8 % 5 + 1;
            let all = std::array::from_fn(|field| point(field as u16));
            (item, 40 + u32::from(item) * 11, points(all))
        })
        .collect();
    let text = of_answers(&bundle(&task, 77, "Ann", &answers), &task, None, [5; 32]);
    assert!(text.len() < 500, "{}", text.len());
}

#[test]
fn a_word_that_is_no_envelope_is_not_taken_for_a_newer_one() {
    for word in ["hello", "index", "zzzzzzzzzz", "a", "AQ"] {
        assert_eq!(open(word), Err(EnvelopeError::NoEnvelope), "{word}");
        assert!(!holds(&format!("see https://x.org/#/rate/{word} for more")));
    }
}
