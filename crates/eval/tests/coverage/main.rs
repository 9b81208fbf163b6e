//! How often intervals cover the truth, and how often a verdict is passed where nothing differs: many data sets are drawn
//! whose truth is known, and go through the code that the page's results come from. The tables in `docs/statistics.md`
//! are what
//!
//!     cargo test -p assay-eval --test coverage -- --ignored --nocapture
//!
//! prints.

mod draws;
mod judging;

use assay_data::{DataSet, Importer, Role};
use assay_eval::Evaluation;
use assay_eval::recorded::recorded;
use assay_eval::results::Outcomes;
use assay_eval::sample::Grouping;
use assay_results::scores::MetricResult;
use assay_stats::{Decision, PairedTest, PairedTestKind};
use draws::Draws;

/// Data sets of each design in the tables.
const MANY: usize = 1000;
/// Data sets of each design in the usual tests.
const FEW: usize = 150;

/// A design: how rows are drawn, under which both systems have the same mean.
struct Design {
    name: &'static str,
    /// Rows, or clusters where a cluster has several rows.
    units: usize,
    /// Rows of a cluster; 1 where rows are independent.
    each: usize,
    /// The mean of either system.
    mean: f64,
    /// A row's values, by what its item and, for each system, its cluster are like.
    row: fn(&mut Draws, &Shared) -> [f64; 2],
}

/// What rows of a cluster have in common.
struct Shared {
    item: f64,
    systems: [f64; 2],
}

fn normal(draws: &mut Draws, _: &Shared) -> [f64; 2] {
    let item = draws.normal();
    [0, 1].map(|_| 50.0 + 10.0 * item + 5.0 * draws.normal())
}

fn skewed(draws: &mut Draws, _: &Shared) -> [f64; 2] {
    let item = draws.normal();
    [0, 1].map(|_| (0.7 * item + 0.7 * draws.normal()).exp())
}

/// Yes in 70 % of rows.
fn binary(draws: &mut Draws, _: &Shared) -> [f64; 2] {
    let item = draws.normal();
    let bound = -0.524_400_512_708_041 * 2f64.sqrt();
    [0, 1].map(|_| f64::from(u8::from(item + draws.normal() > bound)))
}

fn clustered(draws: &mut Draws, shared: &Shared) -> [f64; 2] {
    let own = shared.systems.map(|s| 50.0 + 8.0 * shared.item + 4.0 * s);
    own.map(|mean| mean + 5.0 * draws.normal())
}

fn designs() -> Vec<Design> {
    let design = |name, units, each, mean, row| Design {
        name,
        units,
        each,
        mean,
        row,
    };
    let skewed_mean = 0.49f64.exp();
    vec![
        design(
            "normal",
            30,
            1,
            50.0,
            normal as fn(&mut Draws, &Shared) -> [f64; 2],
        ),
        design("normal", 100, 1, 50.0, normal),
        design("skewed", 30, 1, skewed_mean, skewed),
        design("skewed", 100, 1, skewed_mean, skewed),
        design("yes or no", 30, 1, 0.7, binary),
        design("yes or no", 100, 1, 0.7, binary),
        design("clusters of 4 rows", 30, 4, 50.0, clustered),
        design("clusters of 4 rows", 100, 4, 50.0, clustered),
        design("tiny, normal", 10, 1, 50.0, normal),
        design("tiny, normal", 20, 1, 50.0, normal),
        design("tiny, yes or no", 20, 1, 0.7, binary),
    ]
}

/// A data set with a measure of both systems.
fn data(design: &Design, draws: &mut Draws) -> DataSet {
    let mut csv = match design.each {
        1 => String::from("id,reference,base,tuned,quality_base,quality_tuned\n"),
        _ => String::from("doc_id,reference,base,tuned,quality_base,quality_tuned\n"),
    };
    for unit in 0..design.units {
        let shared = Shared {
            item: draws.normal(),
            systems: [draws.normal(), draws.normal()],
        };
        for row in 0..design.each {
            let [base, tuned] = (design.row)(draws, &shared);
            csv.push_str(&format!(
                "u{unit},r {unit} {row},a {row},b {row},{base},{tuned}\n"
            ));
        }
    }
    let mut importer = Importer::new("a.csv");
    importer.push(csv.as_bytes()).unwrap();
    let mut data = DataSet::join(vec![importer.finish().unwrap()]).unwrap();
    let first = if design.each == 1 {
        Role::Id
    } else {
        Role::Cluster
    };
    data.roles = vec![
        first,
        Role::Reference,
        Role::Hypothesis,
        Role::Hypothesis,
        Role::Measure,
        Role::Measure,
    ];
    data
}

fn scored(data: &DataSet, kind: PairedTestKind) -> MetricResult {
    let test = PairedTest {
        kind,
        samples: 1000,
        seed: 12345,
    };
    let evaluation = Evaluation { baseline: 0, test };
    let found = recorded(data);
    let [(spec, matrices)] = &found[..] else {
        panic!("one measure, not {}", found.len());
    };
    let grouping = Grouping::of(data);
    let mut result = evaluation.scores(data, spec, matrices, &grouping);
    let mut outcomes = Outcomes::default();
    for target in evaluation.targets(&result) {
        let (task, parcel) = evaluation.task(spec, matrices, &grouping, target);
        outcomes.insert(target, task.run(&parcel).unwrap());
    }
    evaluation.settle(&mut result, &grouping, &outcomes);
    result
}

/// What came of many data sets: parts of one.
#[derive(Debug)]
struct Shown {
    /// In which the interval of a score holds the mean.
    score: f64,
    /// In which the interval of the difference holds 0.
    difference: f64,
    /// In which a verdict of better or worse was passed.
    verdicts: f64,
}

fn shown(design: &Design, sets: usize, kind: PairedTestKind) -> Shown {
    let mut draws = Draws::new(2026);
    let (mut score, mut difference, mut verdicts) = (0, 0, 0);
    for _ in 0..sets {
        let data = data(design, &mut draws);
        let result = scored(&data, kind);
        assert_eq!(
            result.resampled_by.is_some(),
            design.each > 1,
            "{}",
            design.name
        );
        let [base, tuned] = &result.systems[..] else {
            panic!("two systems");
        };
        let holds = |low: f64, high: f64, truth: f64| usize::from((low..=high).contains(&truth));
        score += base
            .interval
            .map_or(0, |i| holds(i.low, i.high, design.mean));
        let found = tuned.comparison.unwrap().difference;
        // Without an interval nothing is claimed, which is no error.
        difference += found
            .interval
            .map_or(1, |[low, high]| holds(low, high, 0.0));
        let decision = result.decision(&found);
        verdicts += usize::from(decision.is_some_and(|d| d != Decision::NoEvidence));
    }
    let part = |count: usize| count as f64 / sets as f64;
    Shown {
        score: part(score),
        difference: part(difference),
        verdicts: part(verdicts),
    }
}

#[test]
fn intervals_cover_the_truth_and_verdicts_on_nothing_are_rare() {
    for design in designs().iter().filter(|d| d.units <= 30) {
        let found = shown(design, FEW, PairedTestKind::Bootstrap);
        let what = format!("{} {}: {found:?}", design.name, design.units);
        // 150 sets tell 95 % from 85 %, not from 93 %: the tables have a thousand.
        assert!(found.score > 0.8 && found.difference > 0.88, "{what}");
        assert!(found.verdicts <= 0.1, "{what}");
        assert!(design.units >= 20 || found.verdicts == 0.0, "{what}");
    }
}

#[test]
#[ignore = "prints the tables of docs/statistics.md, in some minutes"]
fn tables() {
    let percent = |part: f64| format!("{:.1} %", 100.0 * part);
    for kind in [PairedTestKind::Bootstrap, PairedTestKind::Randomization] {
        println!("\n{kind:?}\n");
        println!(
            "| rows or clusters | n | score interval covers | difference interval covers | verdict where nothing differs |"
        );
        println!("| --- | --- | --- | --- | --- |");
        for design in designs() {
            let found = shown(&design, MANY, kind);
            let cells = [found.score, found.difference, found.verdicts].map(percent);
            println!(
                "| {} | {} | {} |",
                design.name,
                design.units,
                cells.join(" | ")
            );
        }
    }
    judging::tables(MANY);
}
