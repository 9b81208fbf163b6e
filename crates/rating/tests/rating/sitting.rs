//! A rater at work: nothing is lost over a reload, what is taken back is as if it had not been.

use crate::sample::{points, task};
use assay_rating::order::Seat;
use assay_rating::sitting::{AnswerError, Line, Sitting};
use assay_rating::{Answer, Pool, Value};
use proptest::prelude::*;

fn seat() -> Seat {
    Seat {
        slot: None,
        device: 42,
    }
}

fn skip() -> Answer {
    Answer {
        skipped: true,
        ..Answer::default()
    }
}

fn written(lines: &[Line]) -> String {
    let line = |l: &Line| serde_json::to_string(l).unwrap() + "\n";
    lines.iter().map(line).collect()
}

#[test]
fn an_answer_that_lacks_something_or_does_not_fit_is_not_taken() {
    let mut sitting = Sitting::new(task(), seat());
    let mut part = Answer::default();
    part.set(0, Some(Value::Point(3)));
    assert_eq!(sitting.answer(0, part), Err(AnswerError::Incomplete));
    let wrong = points([9, 1, 1, 1, 1, 1, 1, 1]);
    assert_eq!(sitting.answer(0, wrong), Err(AnswerError::DoesNotFit));
    assert_eq!(sitting.answer(99, skip()), Err(AnswerError::NoItem));
    assert_eq!(sitting.progress().answered, 0);
    sitting.answer(0, points([1; 8])).unwrap();
    assert_eq!(sitting.progress().answered, 1);
}

#[test]
fn what_was_passed_over_comes_last() {
    let mut sitting = Sitting::new(task(), seat());
    let total = sitting.showings().len();
    assert_eq!(total, 32, "30 items and 2 of them again");
    sitting.answer(0, skip()).unwrap();
    for place in 1..total {
        assert_eq!(sitting.next(place), Some(place));
        sitting.answer(place, points([2; 8])).unwrap();
    }
    assert_eq!(sitting.next(total), None);
    assert_eq!(sitting.next(0), Some(0));
    sitting.answer(0, points([2; 8])).unwrap();
    assert_eq!(sitting.next(0), None);
    let progress = sitting.progress();
    assert_eq!((progress.answered, progress.skipped), (total, 0));
    assert_eq!(progress.seconds_left, 0.0);
    assert!(sitting.bundle().fits(sitting.task()));
}

#[test]
fn an_answer_changed_after_it_was_sent_stands() {
    let mut sitting = Sitting::new(task(), seat());
    sitting.answer(0, points([1; 8])).unwrap();
    let mut pool = Pool::default();
    pool.add(&sitting.bundle());
    sitting.undo().unwrap();
    assert!(sitting.bundle().entries.is_empty());
    sitting.answer(0, points([5; 8])).unwrap();
    assert_eq!(pool.add(&sitting.bundle()).updated, 1);
    // One that stands again because the next was taken back is no conflict either.
    sitting.answer(0, points([4; 8])).unwrap();
    pool.add(&sitting.bundle());
    sitting.undo().unwrap();
    pool.add(&sitting.bundle());
    let raters = pool.raters(&Default::default());
    assert!(raters[0].conflicts.is_empty());
    assert!(raters[0].answers.values().eq([&points([5; 8])]));
}

#[test]
fn a_line_cut_off_costs_only_itself() {
    let mut sitting = Sitting::new(task(), seat());
    let mut lines = vec![sitting.beginning(), sitting.call(" Ann ")];
    lines.push(sitting.answer(0, points([1; 8])).unwrap());
    lines.push(sitting.answer(1, points([2; 8])).unwrap());
    let text = written(&lines);
    let whole = Sitting::resumed(task(), &text).unwrap();
    assert_eq!(whole.bundle(), sitting.bundle());
    assert_eq!(whole.name(), "Ann");
    let cut = Sitting::resumed(task(), &text[..text.len() - 20]).unwrap();
    assert_eq!(cut.progress().answered, 1);
    assert!(Sitting::resumed(task(), "").is_none());
    assert!(Sitting::resumed(task(), &text[20..]).is_none());
}

#[test]
fn the_time_left_follows_the_raters_pace() {
    let mut sitting = Sitting::new(task(), seat());
    let before = sitting.progress().seconds_left;
    for place in 0..4 {
        let expected = sitting.task().seconds(sitting.showings()[place].item);
        let mut answer = points([1; 8]);
        answer.millis = Some((expected * 500.0) as u32);
        sitting.answer(place, answer).unwrap();
    }
    let after = sitting.progress().seconds_left;
    let part = after / before;
    assert!(
        (0.4..0.48).contains(&part),
        "{part}: 28 of 32, twice as fast"
    );
}

proptest! {
    /// Lines, replayed, make the same sitting.
    #[test]
    fn a_sitting_is_its_lines(steps in proptest::collection::vec((0usize..34, 0u8..7), 0..60)) {
        let mut sitting = Sitting::new(task(), seat());
        let mut lines = vec![sitting.beginning()];
        for (place, what) in steps {
            match what {
                0 => lines.extend(sitting.undo().map(|(_, line)| line)),
                6 => lines.extend(sitting.answer(place, skip())),
                point => lines.extend(sitting.answer(place, points([point; 8]))),
            }
        }
        let again = Sitting::resumed(task(), &written(&lines)).unwrap();
        prop_assert_eq!(again.bundle(), sitting.bundle());
        prop_assert_eq!(again.progress(), sitting.progress());
        prop_assert_eq!(again.can_undo(), sitting.can_undo());
    }
}
