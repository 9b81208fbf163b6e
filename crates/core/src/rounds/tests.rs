use super::round::{Keys, RoundMeasure, RoundSystem};
use super::*;
use crate::pace::work::{WorkClock, finish};
use crate::platform::fake::{FakeClock, FakePool};
use assay_eval::schedule::Numbers;
use assay_protocol::rounds::SystemChange;
use assay_stats::{Decision, Obstacle};

/// A round of one measure and one system, with these scores of rows called `r0`, `r1` and so on.
fn round(segments: &[f64], lower_is_better: bool) -> Round {
    Round {
        keys: Keys {
            are_ids: true,
            of_row: (0..segments.len()).map(|row| format!("r{row}")).collect(),
        },
        measures: vec![RoundMeasure {
            name: "m".to_owned(),
            signature: "m|1".to_owned(),
            max: 100.0,
            lower_is_better,
            describes: false,
            systems: vec![RoundSystem {
                name: "tuned".to_owned(),
                score: segments.iter().filter(|x| x.is_finite()).sum::<f64>(),
                segments: Numbers(segments.to_vec()),
            }],
        }],
        ..Round::default()
    }
}

fn compare(before: &Round, after: &Round, now: &Keys) -> RoundComparison {
    let mut pace = Pace::new(
        Rc::new(FakeClock::default()),
        Jobs::default(),
        COMPARE_ROUNDS,
    );
    let pool = FakePool::default();
    finish(super::compare(before, after, now, &pool, &mut pace)).unwrap()
}

fn change(before: &Round, after: &Round) -> SystemChange {
    let mut found = compare(before, after, &after.keys);
    found.measures.remove(0).systems.remove(0)
}

/// Forty scores, the later ones higher by about 10.
fn two(lower_is_better: bool) -> [Round; 2] {
    let before: Vec<f64> = (0..40).map(|i| f64::from(i % 7)).collect();
    let after: Vec<f64> = (0..40).map(|i| f64::from(i % 7 + 9 + i % 3)).collect();
    [
        round(&before, lower_is_better),
        round(&after, lower_is_better),
    ]
}

#[test]
fn a_clear_change_is_decided_by_the_measures_direction() {
    for (lower, expected) in [(false, Decision::Better), (true, Decision::Worse)] {
        let [before, after] = two(lower);
        let found = change(&before, &after);
        assert_eq!((found.rows, found.decision), (40, expected));
        let change = found.change.unwrap();
        let [low, high] = found.interval.unwrap();
        assert!((change - 9.975).abs() < 1e-9, "{change}");
        assert!(low < change && change < high && low > 9.0);
        assert_eq!(
            (found.better.len(), found.worse.len()),
            if lower { (0, 5) } else { (5, 0) }
        );
    }
}

#[test]
fn a_round_with_itself_has_no_change() {
    let [before, _] = two(false);
    let found = change(&before, &before);
    assert_eq!(
        (found.change, found.decision),
        (Some(0.0), Decision::NoEvidence)
    );
    assert!(found.better.is_empty() && found.worse.is_empty());
}

#[test]
fn few_rows_and_rows_of_one_document_decide_nothing() {
    let few = [round(&[0.0; 19], false), round(&[9.0; 19], false)];
    let found = change(&few[0], &few[1]);
    assert_eq!(found.obstacle, Some(Obstacle::TooFew));
    assert_eq!(found.decision, Decision::NoEvidence);
    let [before, mut after] = two(false);
    after.clusters = (0..40).map(|row| row / 4).collect();
    let found = change(&before, &after);
    assert_eq!(found.obstacle, Some(Obstacle::TooFew), "ten documents");
}

#[test]
fn rows_are_matched_by_their_ids_in_any_order_and_those_without_a_score_are_left_out() {
    let before = round(&[1.0, 2.0, f64::NAN, 4.0], false);
    let mut after = round(&[5.0, 9.0, 3.0, 2.0], false);
    after.keys.of_row = ["r3", "new", "r2", "r0"].map(str::to_owned).to_vec();
    let found = compare(&before, &after, &after.keys);
    assert_eq!((found.rows, found.only_before, found.only_after), (3, 1, 1));
    let found = &found.measures[0].systems[0];
    assert_eq!((found.rows, found.change), (2, Some(1.0)));
    let rows: Vec<_> = found
        .better
        .iter()
        .map(|row| (row.id.as_deref(), row.row))
        .collect();
    assert_eq!(rows, [(Some("r3"), Some(0)), (Some("r0"), Some(3))]);
}

#[test]
fn other_settings_systems_and_kinds_of_keys_are_not_compared() {
    let [before, after] = two(false);
    let mut other = after.clone();
    other.measures[0].signature = "m|2".to_owned();
    assert!(compare(&before, &other, &after.keys).measures.is_empty());
    let mut other = after.clone();
    other.measures[0].systems[0].name = "new".to_owned();
    assert!(compare(&before, &other, &after.keys).measures.is_empty());
    let mut other = after.clone();
    other.keys.are_ids = false;
    assert_eq!(compare(&before, &other, &after.keys).rows, 0);
}

#[test]
fn several_systems_are_corrected_for() {
    let [mut before, mut after] = two(false);
    for round in [&mut before, &mut after] {
        let mut second = round.measures[0].systems[0].clone();
        second.name = "base".to_owned();
        round.measures[0].systems.push(second);
    }
    let found = compare(&before, &after, &after.keys);
    let p = |system: usize| found.measures[0].systems[system].p_corrected.unwrap();
    let [alone, later] = two(false);
    let single = change(&alone, &later).p_corrected.unwrap();
    assert!((p(0) - 2.0 * single).abs() < 1e-12 && p(1) >= p(0));
}

#[test]
fn long_comparisons_let_others_come_first_and_can_be_stopped() {
    let scores: Vec<f64> = (0..100_000).map(|i| f64::from(i % 100)).collect();
    let mut after = round(&scores, false);
    // All signs are drawn on the compute workers, of which there are none here: what is equal needs no draw.
    after.clusters = (0..100_000).map(|row| row / 50_000).collect();
    let before = round(&scores, false);
    let clock = Rc::new(WorkClock::default());
    let announcer = Announcer::default();
    let jobs = Jobs::new(announcer.clone());
    let mut pace = Pace::new(clock.clone(), jobs.clone(), COMPARE_ROUNDS);
    let pool = FakePool::default();
    let keys = Keys::default();
    let found = finish(super::compare(&before, &after, &keys, &pool, &mut pace));
    assert_eq!(found.unwrap().rows, 100_000);
    assert!(clock.longest_ms() <= 20.0, "{}", clock.longest_ms());
    assert!(clock.rested_ms() > 50.0, "it has paused often");
    // A clock that is set back keeps nobody waiting.
    clock.set(-1e9);
    let found = finish(super::compare(&before, &after, &keys, &pool, &mut pace));
    assert_eq!(found.unwrap().rows, 100_000);
    assert!(clock.longest_ms() <= 20.0, "{}", clock.longest_ms());
    let mut pace = Pace::new(clock.clone(), jobs.clone(), COMPARE_ROUNDS);
    // What takes longer than a moment is a job, and ends when that is stopped.
    clock.advance(1000.0);
    pace.look().unwrap();
    assert_eq!(jobs.running().len(), 1);
    jobs.stop_kind(&COMPARE_ROUNDS);
    let stopped = finish(super::compare(&before, &after, &keys, &pool, &mut pace));
    assert_eq!(stopped, Err(RoundError::Stopped));
}
