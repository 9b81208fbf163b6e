use super::*;
use assay_data::{Importer, Role};
use assay_metrics::Perplexity;
use assay_metrics::resampling::MANY;
use assay_results::scores::SliceKind;

fn data() -> DataSet {
    let mut text = String::from("reference,a,b,domain\n");
    for i in 0..2500 {
        text.push_str(&format!(
            "it is {i} now,it is {} now,it was {i} then,{}\n",
            i / 2,
            i % 3
        ));
    }
    let mut importer = Importer::new("a.csv");
    importer.push(text.as_bytes()).unwrap();
    let mut data = DataSet::join(vec![importer.finish().unwrap()]).unwrap();
    data.roles[3] = Role::Slice;
    data
}

fn specs() -> Vec<MetricSpec> {
    ["bleu", "rougeL"]
        .map(|n| MetricSpec::named(n).unwrap())
        .into()
}

fn test(kind: PairedTestKind) -> PairedTest {
    PairedTest {
        kind,
        samples: 20,
        seed: 7,
    }
}

/// Runs all jobs, the newest first, and counts them.
fn finish(schedule: &mut Schedule, data: &DataSet) -> usize {
    let (mut jobs, mut count) = (Vec::new(), 0);
    loop {
        while let Some(job) = schedule.next(data) {
            jobs.push(job);
        }
        let Some((job, task, parcel)) = jobs.pop() else {
            assert_eq!(schedule.progress(), (0.0, 0.0));
            return count;
        };
        schedule.accept(data, &job, task.run(&parcel).unwrap());
        count += 1;
    }
}

#[test]
fn jobs_in_any_order_give_what_one_thread_gives() {
    let data = data();
    for kind in [PairedTestKind::Bootstrap, PairedTestKind::Randomization] {
        let mut schedule = Schedule::default();
        schedule.load(&data, specs());
        schedule.evaluate(&data, 1, test(kind));
        finish(&mut schedule, &data);
        let expected: Vec<MetricResult> = specs()
            .iter()
            .map(|s| schedule.evaluation().metric(&data, s))
            .collect();
        assert!(schedule.results().eq(&expected));
        assert!(
            expected[0].systems[0]
                .comparison
                .unwrap()
                .difference
                .p_value
                .is_some()
        );
    }
}

#[test]
fn a_change_recomputes_only_what_depends_on_it() {
    let data = data();
    let mut schedule = Schedule::default();
    schedule.load(&data, specs());
    let bs = test(PairedTestKind::Bootstrap);
    schedule.evaluate(&data, 0, bs);
    // Two systems: three chunks each, then themselves and three slices.
    assert_eq!(finish(&mut schedule, &data), 2 * 2 * (3 + 1 + 3));
    assert_eq!(schedule.evaluate(&data, 1, bs), [0, 1], "another baseline");
    assert_eq!(finish(&mut schedule, &data), 0);
    schedule.set_option(&data, 0, "tokenize", "char").unwrap();
    assert_eq!(finish(&mut schedule, &data), 2 * (3 + 1 + 3));
    assert!(schedule.set_option(&data, 0, "tokenize", "x").is_err());
    schedule.evaluate(&data, 1, test(PairedTestKind::Randomization));
    assert_eq!(
        finish(&mut schedule, &data),
        2 * (2 + 1 + 6 + 3),
        "no text is scored again"
    );
}

#[test]
fn precomputed_rows_are_tested_like_others() {
    let data = data();
    let mut schedule = Schedule::default();
    schedule.load(&data, specs());
    schedule.evaluate(&data, 0, test(PairedTestKind::Bootstrap));
    finish(&mut schedule, &data);
    let spec = MetricSpec::Perplexity(Perplexity {
        describes: false,
        label: "perplexity".into(),
        model: "m".into(),
        convention: "text".into(),
    });
    let row = |nll: f64| [nll, 10.0, 8.0, 40.0, 2.0, 1.0];
    let matrix = |nll: f64| {
        [row(nll - 1.0), row(nll + 1.0)]
            .concat()
            .repeat(data.table.rows() / 2)
    };
    for (nll, wins) in [(20.0, 2500), (40.0, 0)] {
        let matrices = vec![matrix(30.0), matrix(nll)];
        assert_eq!(
            schedule.insert_precomputed(&data, spec.clone(), matrices),
            [2]
        );
        finish(&mut schedule, &data);
        let system = &schedule.result(2).unwrap().systems[1];
        assert!((system.score.value - (nll / 10.0).exp()).abs() < 1e-9);
        assert_eq!(system.comparison.unwrap().wins, wins);
        assert!(system.interval.is_some() && system.slices[0].interval.is_some());
    }
    schedule.evaluate(&data, 1, test(PairedTestKind::Randomization));
    finish(&mut schedule, &data);
    let base = &schedule.result(2).unwrap().systems[0];
    assert!(base.comparison.unwrap().difference.p_value.is_some());
}

#[test]
fn cancelled_jobs_are_repeated_and_late_outcomes_dropped() {
    let data = data();
    let bs = test(PairedTestKind::Bootstrap);
    let mut schedule = Schedule::default();
    schedule.load(&data, specs());
    schedule.evaluate(&data, 0, bs);
    let (late, ..) = schedule.next(&data).unwrap();
    schedule.cancel();
    assert!(schedule.next(&data).is_none() && !schedule.is_busy());
    assert!(schedule.accept(&data, &late, vec![9.0; 10_000]).is_empty());
    schedule.evaluate(&data, 0, bs);
    finish(&mut schedule, &data);
    let expected = schedule.evaluation().metric(&data, &specs()[0]);
    assert_eq!(schedule.result(0), Some(&expected));
}

#[test]
fn the_halves_of_a_domain_are_scored_as_slices_are_and_change_nothing_else() {
    let data = data();
    let mut schedule = Schedule::default();
    schedule.load(&data, specs());
    let test = test(PairedTestKind::Bootstrap);
    schedule.evaluate(&data, 0, test);
    finish(&mut schedule, &data);
    let before = schedule.result(0).unwrap().clone();
    let inside = vec!["0".to_owned(), "1".to_owned()];
    let domains = |column: &str, inside: &[String]| Domains {
        column: column.to_owned(),
        inside: inside.to_vec(),
    };
    let own = domains("domain", &inside);
    assert_eq!(schedule.set_domains(&data, Some(&own)), [0, 1]);
    schedule.evaluate(&data, 0, test);
    // Two halves of two systems under two metrics.
    assert_eq!(finish(&mut schedule, &data), 8);
    let after = schedule.result(0).unwrap();
    let slices = &after.systems[1].slices;
    assert_eq!(slices.len(), 5);
    assert_eq!(slices[..3], before.systems[1].slices[..]);
    assert_eq!(slices[3].segments + slices[4].segments, 2500);
    // Outside there is one value: the half is that slice.
    let out = slices.iter().find(|s| s.value == "2").unwrap();
    assert_eq!(
        (slices[4].score, slices[4].kind),
        (out.score, SliceKind::OutOfDomain)
    );
    assert!(slices[3].difference.unwrap().p_corrected.is_some());
    // Everything inside, another column, nothing: no halves.
    let all = vec!["0".to_owned(), "1".to_owned(), "2".to_owned()];
    for none in [
        Some(domains("domain", &all)),
        Some(domains("a", &inside)),
        None,
    ] {
        schedule.set_domains(&data, none.as_ref());
        assert_eq!(schedule.result(0).unwrap().systems[1].slices.len(), 3);
    }
}

#[test]
fn many_rows_are_resampled_under_several_metrics_at_once() {
    let mut text = String::from("reference,a,b\n");
    for i in 0..MANY + 3 {
        text.push_str(&format!(
            "it is {},it is {},is {} is\n",
            i % 9,
            i % 7,
            i % 5
        ));
    }
    let mut importer = Importer::new("a.csv");
    importer.push(text.as_bytes()).unwrap();
    let data = DataSet::join(vec![importer.finish().unwrap()]).unwrap();
    let specs: Vec<MetricSpec> = ["bleu", "chrf", "rouge1", "rougeL", "distinct1"]
        .iter()
        .map(|n| MetricSpec::named(n).unwrap())
        .collect();
    for kind in [PairedTestKind::Bootstrap, PairedTestKind::Randomization] {
        let test = PairedTest {
            samples: 9,
            ..test(kind)
        };
        let mut schedule = Schedule::default();
        schedule.load(&data, specs.clone());
        schedule.evaluate(&data, 0, test);
        // In the order of the queue: all rows are scored before the first is drawn.
        let mut jobs = 0;
        while let Some((job, task, parcel)) = schedule.next(&data) {
            schedule.accept(&data, &job, task.run(&parcel).unwrap());
            jobs += 1;
        }
        let chunks = 5 * 2 * (MANY + 3).div_ceil(1000);
        // BLEU, chrF and a ROUGE are as wide as may be; each system draws for them, for the other ROUGE,
        // and for what says nothing of some rows. The pairs are tested one by one.
        let pairs = if kind == PairedTestKind::Randomization {
            5
        } else {
            0
        };
        assert_eq!(jobs - chunks - pairs, 2 * 3, "{kind:?}");
        let alone = Evaluation { baseline: 0, test };
        for (place, spec) in specs.iter().enumerate() {
            let expected = alone.metric(&data, spec);
            assert_eq!(schedule.result(place), Some(&expected), "{kind:?}");
        }
    }
}

/// Another schedule of the same data, with nothing computed.
fn unscored(data: &DataSet, evaluation: Evaluation) -> Schedule {
    let mut other = Schedule::default();
    other.load(data, specs());
    other.restore_settings(data, evaluation, None);
    other
}

fn all_saved(schedule: &Schedule, most_bytes: usize) -> Vec<SavedScores> {
    let places = schedule.saveable().into_iter();
    places
        .filter_map(|(place, ..)| schedule.saved(place, most_bytes))
        .collect()
}

#[test]
fn what_was_kept_is_taken_back_and_nothing_is_computed_again() {
    let data = data();
    let bs = test(PairedTestKind::Bootstrap);
    let mut schedule = Schedule::default();
    schedule.load(&data, specs());
    schedule.evaluate(&data, 1, bs);
    finish(&mut schedule, &data);
    let before: Vec<MetricResult> = schedule.results().cloned().collect();
    let mut again = unscored(&data, *schedule.evaluation());
    assert_eq!(again.restore(&data, all_saved(&schedule, usize::MAX)), 2);
    assert!(again.results().eq(&before));
    again.evaluate(&data, 1, bs);
    assert_eq!(finish(&mut again, &data), 0);
    again.evaluate(&data, 0, bs);
    assert_eq!(
        finish(&mut again, &data),
        0,
        "another baseline costs nothing"
    );
    // Without rows the same settings cost nothing either; another test computes them again.
    let mut again = unscored(&data, *schedule.evaluation());
    assert_eq!(again.restore(&data, all_saved(&schedule, 0)), 2);
    again.evaluate(&data, 1, bs);
    assert_eq!(finish(&mut again, &data), 0);
    again.evaluate(&data, 1, test(PairedTestKind::Randomization));
    assert!(finish(&mut again, &data) > 0);
}

#[test]
fn what_was_kept_of_other_data_or_settings_is_not_taken() {
    let data = data();
    let bs = test(PairedTestKind::Bootstrap);
    let mut schedule = Schedule::default();
    schedule.load(&data, specs());
    schedule.evaluate(&data, 0, bs);
    finish(&mut schedule, &data);
    let saved = all_saved(&schedule, usize::MAX);
    let other = Evaluation {
        baseline: 1,
        test: bs,
    };
    assert_eq!(unscored(&data, other).restore(&data, saved.clone()), 0);
    let mut unsliced = data.clone();
    unsliced.roles[3] = Role::Ignored;
    let mut other = unscored(&unsliced, *schedule.evaluation());
    assert_eq!(other.restore(&unsliced, saved.clone()), 0);
    let mut fewer = data.clone();
    fewer.roles[2] = Role::Ignored;
    let mut other = unscored(&fewer, *schedule.evaluation());
    assert_eq!(other.restore(&fewer, saved), 0);
}

#[test]
fn a_result_has_another_revision_once_it_changes_and_only_then() {
    let data = data();
    let bs = test(PairedTestKind::Bootstrap);
    let mut schedule = Schedule::default();
    schedule.load(&data, specs());
    schedule.evaluate(&data, 0, bs);
    assert_eq!(schedule.saveable(), []);
    finish(&mut schedule, &data);
    let before = schedule.saveable();
    assert_eq!(before.len(), 2);
    schedule.set_option(&data, 0, "tokenize", "char").unwrap();
    finish(&mut schedule, &data);
    let after = schedule.saveable();
    assert_ne!(after[0], before[0]);
    assert_eq!(after[1], before[1]);
}
