//! Clusters are drawn as a whole, measures with yes or no have exact tests, and what can't be told is not decided.

use assay_data::{DataSet, Importer, Role};
use assay_eval::Evaluation;
use assay_eval::questions::{error_bars, pairs};
use assay_metrics::registry::MetricSpec;
use assay_results::scores::{MetricResult, NoInterval};
use assay_stats::effect::EffectSize;
use assay_stats::equivalence::Bearing;
use assay_stats::{Decision, Obstacle, PairedTest, PairedTestKind};

fn data(csv: &str) -> DataSet {
    let mut importer = Importer::new("a.csv");
    importer.push(csv.as_bytes()).unwrap();
    DataSet::join(vec![importer.finish().unwrap()]).unwrap()
}

/// Thirty documents of `times` equal rows each.
fn documents(times: usize) -> DataSet {
    let mut csv = String::from("doc_id,reference,base,tuned\n");
    for i in 0..30 {
        let tuned = ["it is", "they are", "it may be"][i % 3];
        let base = ["it was", "it is", "nobody knows what was"][i / 2 % 3];
        let row = format!("d{i},it is the {i} now,{base} the {i} now,{tuned} the {i} now\n");
        csv.push_str(&row.repeat(times));
    }
    data(&csv)
}

fn scored(data: &DataSet, metric: &str, kind: PairedTestKind) -> MetricResult {
    let test = PairedTest {
        kind,
        samples: 400,
        seed: 12345,
    };
    let evaluation = Evaluation { baseline: 0, test };
    evaluation.metric(data, &MetricSpec::named(metric).unwrap())
}

/// Equal rows in a document say nothing new: all that is resampled stays as it was with one row each.
#[test]
fn rows_that_repeat_in_their_cluster_change_nothing() {
    let (single, repeated) = (documents(1), documents(4));
    assert_eq!(single.clusters(), None);
    for kind in [PairedTestKind::Bootstrap, PairedTestKind::Randomization] {
        for metric in ["bleu", "chrf", "rougeL"] {
            let [one, four] = [&single, &repeated].map(|data| scored(data, metric, kind));
            let by = four.resampled_by.as_ref().unwrap();
            assert_eq!((by.clusters, by.rows, &*by.column), (30, 120, "doc_id"));
            for (a, b) in one.systems.iter().zip(&four.systems) {
                let (a, b) = (a.interval.unwrap(), b.interval.unwrap());
                let near = |x: f64, y: f64| assert!((x - y).abs() < 1e-3, "{metric} {x} {y}");
                near(a.low, b.low);
                near(a.high, b.high);
            }
            let [a, b] = [&one, &four].map(|r| r.systems[1].comparison.unwrap().difference);
            assert_eq!(
                (a.p_value, a.units),
                (b.p_value, b.units),
                "{metric} {kind:?}"
            );
            let ends = a.interval.unwrap().into_iter().zip(b.interval.unwrap());
            ends.for_each(|(x, y)| assert!((x - y).abs() < 1e-3, "{metric} {kind:?} {x} {y}"));
            assert!(four.signature.ends_with("|cluster:doc_id:30"));
        }
    }
}

#[test]
fn samples_of_an_item_are_drawn_together() {
    let mut csv = String::from("id,epoch,reference,base,tuned\n");
    for row in 0..90 {
        let (item, sample) = (row / 3, row % 3);
        csv.push_str(&format!(
            "{item},{sample},it is {item} now,it was {item} {sample} then,it is {item} {sample}\n"
        ));
    }
    let data = data(&csv);
    let result = scored(&data, "chrf", PairedTestKind::Bootstrap);
    let by = result.resampled_by.clone().unwrap();
    assert_eq!((by.clusters, by.rows, by.is_repeats), (30, 90, true));
    let bars = error_bars(&data, &result);
    assert_eq!(bars.items.as_deref(), Some("id"));
    let tuned = &bars.systems[1];
    assert_eq!((tuned.rows, tuned.clusters), (90, 30));
    let split = tuned.split.as_ref().unwrap();
    assert!(split.floor <= split.twice_the_samples && split.twice_the_samples <= split.error);
    // With as many samples of each item the cluster-robust error is that of the items' means.
    assert!((split.error - tuned.error).abs() < 1e-12);
}

/// Rows that are right in `base` (b), in `tuned` (t), in both (2) or in none (0), with how many there are of each.
fn answers(rows: &[(char, usize)]) -> DataSet {
    let mut csv = String::from("id,reference,base,tuned,domain\n");
    let all = rows.iter().flat_map(|(c, n)| std::iter::repeat_n(*c, *n));
    for (i, c) in all.enumerate() {
        let word = |right: bool| {
            if right {
                "the right one"
            } else {
                "something else"
            }
        };
        let (base, tuned) = (matches!(c, 'b' | '2'), matches!(c, 't' | '2'));
        csv.push_str(&format!(
            "{i},the right one,{},{},{}\n",
            word(base),
            word(tuned),
            ["law", "news"][i % 2]
        ));
    }
    let mut data = data(&csv);
    data.roles = vec![
        Role::Id,
        Role::Reference,
        Role::Hypothesis,
        Role::Hypothesis,
        Role::Slice,
    ];
    data
}

#[test]
fn yes_or_no_is_tested_exactly() {
    let data = answers(&[('b', 4), ('t', 18), ('2', 30), ('0', 20)]);
    let result = scored(&data, "em", PairedTestKind::Bootstrap);
    assert!(result.is_yes_no);
    let system = &result.systems[1];
    let difference = system.comparison.unwrap().difference;
    assert_eq!(difference.discordant, Some([18, 4]));
    // scipy.stats.binomtest(4, 22).pvalue
    assert!((difference.p_value.unwrap() - 0.004_343_509_674).abs() < 1e-9);
    let [low, high] = difference.interval.unwrap().map(|end| end / result.max);
    assert!(
        0.05 < low && low < 14.0 / 72.0 && high < 0.33,
        "{low} {high}"
    );
    assert_eq!(result.decision(&difference), Some(Decision::Better));
    let wilson = system.interval.unwrap();
    // statsmodels.stats.proportion.proportion_confint(48, 72, method="wilson")
    assert!((wilson.low / result.max - 0.551_796_043_566).abs() < 1e-9);
    assert!((wilson.high / result.max - 0.764_653_565_568).abs() < 1e-9);
    let slice = system.slices[0].difference.unwrap();
    assert_eq!(slice.discordant.map(|[own, base]| own + base), Some(11));
    assert_eq!(slice.units, Some(36));
    // Rows of clusters are not independent.
    assert!(!scored(&documents(2), "em", PairedTestKind::Bootstrap).is_yes_no);
}

#[test]
fn a_difference_has_a_size_and_is_held_against_what_matters() {
    let data = answers(&[('b', 4), ('t', 18), ('2', 30), ('0', 20)]);
    let mut result = scored(&data, "em", PairedTestKind::Bootstrap);
    let comparison = result.systems[1].comparison.unwrap();
    let difference = comparison.difference;
    // 18 rows differ by 1, 4 by -1 and 50 by nothing.
    let (mean, squares) = (14.0 / 72.0, 22.0 / 72.0);
    let deviation = ((squares - mean * mean) * 72.0 / 71.0f64).sqrt();
    assert!((difference.effect.unwrap() - mean / deviation).abs() < 1e-9);
    assert_eq!(difference.size(), Some(EffectSize::Small));
    assert!((comparison.win_share().unwrap() - 43.0 / 72.0).abs() < 1e-12);
    assert_eq!(
        result.bearing(&difference),
        None,
        "nothing was said to matter"
    );
    assert_eq!(result.worth_seeing(), Some(result.max / 100.0));
    for (margin, expected) in [
        (0.01, Bearing::MattersForBetter),
        (0.1, Bearing::NoWorse),
        (0.5, Bearing::Equivalent),
    ] {
        result.margin = Some(margin * result.max);
        assert_eq!(result.bearing(&difference), Some(expected), "{margin}");
    }
    let [few, many] = [0.2, 0.1].map(|part| {
        let needed = result.needed_to_see(&difference, part * result.max);
        needed.unwrap()
    });
    assert!(
        (many / few - 4.0).abs() < 0.1,
        "half of it takes four times as many"
    );
    let twelve = scored(
        &answers(&[('t', 6), ('2', 6)]),
        "em",
        PairedTestKind::Bootstrap,
    );
    let twelve = MetricResult {
        margin: Some(0.1),
        ..twelve
    };
    let difference = twelve.systems[1].comparison.unwrap().difference;
    assert_eq!(twelve.bearing(&difference), None);
}

#[test]
fn few_rows_and_few_differences_decide_nothing() {
    let obstacle = |rows: &[(char, usize)], metric| {
        let result = scored(&answers(rows), metric, PairedTestKind::Bootstrap);
        let difference = result.systems[1].comparison.unwrap().difference;
        assert_eq!(result.decision(&difference), Some(Decision::NoEvidence));
        (result.evidence(&difference).obstacle(), difference)
    };
    for metric in ["em", "chrf"] {
        let (found, difference) = obstacle(&[('t', 12)], metric);
        assert_eq!(found, Some(Obstacle::TooFew), "{metric}");
        assert!(difference.needed.is_none_or(|n| n >= 20.0));
        let few = [('t', 5), ('2', 60)];
        assert_eq!(obstacle(&few, metric).0, Some(Obstacle::HardlyVaries));
    }
    let (found, _) = obstacle(&[('t', 30), ('2', 30)], "distinct1");
    assert_eq!(found, Some(Obstacle::Describes));
}

#[test]
fn one_row_and_equal_rows_have_no_interval_and_say_why() {
    let one = scored(&answers(&[('t', 1)]), "chrf", PairedTestKind::Bootstrap);
    let equal = scored(&answers(&[('2', 40)]), "chrf", PairedTestKind::Bootstrap);
    for (result, why) in [(one, NoInterval::OneUnit), (equal, NoInterval::AllEqual)] {
        let system = &result.systems[0];
        assert_eq!((system.interval, system.no_interval), (None, Some(why)));
        let difference = result.systems[1].comparison.unwrap().difference;
        assert_eq!(difference.interval, None);
    }
}

/// The tuned system has every row right and the other one none: the same difference everywhere, which is a sure one.
#[test]
fn many_rows_that_differ_alike_are_decided() {
    for kind in [PairedTestKind::Bootstrap, PairedTestKind::Randomization] {
        for metric in ["em", "rougeL", "chrf"] {
            let result = scored(&answers(&[('t', 40)]), metric, kind);
            let difference = result.systems[1].comparison.unwrap().difference;
            assert_eq!(
                result.decision(&difference),
                Some(Decision::Better),
                "{metric}"
            );
        }
    }
}

#[test]
fn other_tests_go_by_cluster_too() {
    let (single, repeated) = (documents(1), documents(4));
    let result = |data| scored(data, "chrf", PairedTestKind::Bootstrap);
    let one = pairs(&result(&single), 0, None);
    let four = pairs(&result(&repeated), 0, repeated.clusters().as_ref());
    let (one, four) = (&one.systems[0], &four.systems[0]);
    assert_eq!(
        (four.pairs, four.clusters, one.clusters),
        (120, Some(30), None)
    );
    let near = |a: Option<f64>, b: Option<f64>| assert!((a.unwrap() - b.unwrap()).abs() < 1e-9);
    near(one.student, four.student);
    near(one.wilcoxon, four.wilcoxon);
    near(one.needed, four.needed);
}
