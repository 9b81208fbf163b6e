//! Which rows people should rate next: how many of them give the verdicts that all give, on MQM ratings of four systems
//! (TED, Chinese to English). How many verdicts are the same for each share of the rows is what
//!
//! ```text
//! cargo test -p assay --test gold rows_to_rate -- --ignored --nocapture
//! ```
//!
//! prints.

use super::*;
use assay_data::{DataSet, Importer};
use assay_rating::draft::{Draft, Rows, Scores, Secrets};
use assay_rating::owner::OwnerSecret;
use assay_rating::template::Template;
use assay_stats::clustered::sign_flip;
use assay_stats::corrections::holm;

/// Draws of random rows.
const DRAWS: u64 = 100;
/// Shares of the rows, in per cent.
const SHARES: [usize; 8] = [10, 20, 30, 40, 50, 60, 70, 80];

/// The texts, and the penalty of every system's output.
struct Rated {
    data: DataSet,
    systems: Vec<String>,
    penalties: Vec<Vec<f64>>,
}

fn rated() -> Option<Rated> {
    let texts = assay_testing::shared("data/ted-zhen-2ref.jsonl")?;
    let mut importer = Importer::new("ted.jsonl");
    importer.push(&std::fs::read(texts).unwrap()).unwrap();
    let data = DataSet::join(vec![importer.finish().unwrap()]).unwrap();
    let names = data.systems().into_iter().map(|s| s.1.to_owned());
    let systems: Vec<String> = names.collect();
    let csv = std::fs::read_to_string(self::data("wmt-mqm/ted-zhen.mqm.csv")).unwrap();
    let mut lines = csv.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let header = lines.next().unwrap();
    let places = systems
        .iter()
        .map(|s| header.iter().position(|h| h == s).unwrap());
    let places: Vec<usize> = places.collect();
    let penalties = lines.map(|line| places.iter().map(|p| line[*p].parse().unwrap()).collect());
    let penalties = penalties.collect::<Vec<Vec<f64>>>();
    assert_eq!(
        (data.table.rows(), penalties.len(), systems.len()),
        (299, 299, 4)
    );
    Some(Rated {
        data,
        systems,
        penalties,
    })
}

impl Rated {
    /// The segment scores of measures, as the page has them.
    fn scores(&self) -> Scores {
        let columns: Vec<usize> = self.data.systems().into_iter().map(|s| s.0).collect();
        let of = |name: &str| {
            let spec = MetricSpec::named(name).unwrap();
            let metric = spec.metric();
            let sign = if name == "ter" { -1.0 } else { 1.0 };
            let each = columns.iter().map(|column| {
                let rows = 0..self.data.table.rows();
                let segments = rows.map(|row| {
                    (
                        self.data.hypothesis(*column, row),
                        self.data.references(row),
                    )
                });
                let rows = metric.rows(&segments.collect::<Vec<_>>());
                let rows = rows.chunks_exact(metric.width());
                rows.map(|row| sign * metric.segment_score(row)).collect()
            });
            each.collect()
        };
        ["chrf", "bleu", "ter"].map(of).to_vec()
    }

    /// The rows that the form of a task chooses.
    fn chosen(&self, rows: &Rows, scores: &Scores, count: usize, seed: u64) -> Vec<usize> {
        let draft = Draft {
            language: "en".to_owned(),
            title: "t".to_owned(),
            instructions: String::new(),
            questions: Template::Scales.questions("en"),
            rows: rows.clone(),
            count,
            systems: (0..self.systems.len()).collect(),
            source: false,
            reference: false,
            blind: true,
            slots: 0,
            overlap: 0,
            repeats: 0,
            controls: 0,
            timed: false,
            completion: String::new(),
            prefilled: Vec::new(),
            seed,
        };
        let secrets = Secrets {
            id: 1,
            owner: OwnerSecret([2; 32]),
            order: 3,
        };
        let (_, origins) = draft.make(&self.data, scores, secrets).unwrap();
        origins.into_iter().map(|origin| origin.row).collect()
    }

    /// For every two systems which is better on these rows: by the sign-flip test, corrected over the pairs.
    fn verdicts(&self, rows: &[usize]) -> Vec<i8> {
        let n = self.systems.len();
        let pairs = (0..n).flat_map(|a| (a + 1..n).map(move |b| (a, b)));
        let differences: Vec<Vec<f64>> = pairs
            .map(|(a, b)| {
                let of = |row: &usize| self.penalties[*row][a] - self.penalties[*row][b];
                rows.iter().map(of).collect()
            })
            .collect();
        let p: Vec<f64> = differences
            .iter()
            .map(|d| sign_flip(d, 1).unwrap())
            .collect();
        let corrected = holm(&p);
        let sums = differences.iter().map(|d| d.iter().sum::<f64>());
        let verdicts = corrected.iter().zip(sums);
        verdicts
            .map(|(p, sum)| if *p < 0.05 { sum.signum() as i8 } else { 0 })
            .collect()
    }

    /// How many verdicts are the same as on all rows, in the mean over draws where rows are drawn.
    fn same(&self, rows: &Rows, scores: &Scores, percent: usize) -> f64 {
        let all: Vec<usize> = (0..self.penalties.len()).collect();
        let full = self.verdicts(&all);
        let draws = if *rows == Rows::Random { DRAWS } else { 1 };
        let count = self.penalties.len() * percent / 100;
        let same = (0..draws).map(|seed| {
            let found = self.verdicts(&self.chosen(rows, scores, count, seed));
            found.iter().zip(&full).filter(|(a, b)| a == b).count() as f64
        });
        same.sum::<f64>() / draws as f64
    }
}

const CHOICES: [(&str, Rows); 4] = [
    ("random", Rows::Random),
    ("measures disagree most", Rows::Disagreement),
    ("scores differ most", Rows::Variance),
    ("outputs differ most", Rows::Diversity),
];

#[test]
#[ignore = "prints a table"]
fn rows_to_rate_table() {
    let Some(rated) = rated() else { return };
    let scores = rated.scores();
    let head = SHARES.map(|share| format!("{share} %")).join(" | ");
    println!(
        "| rows | {head} |\n| --- |{}",
        " --- |".repeat(SHARES.len())
    );
    for (name, rows) in &CHOICES {
        let same = SHARES.map(|share| format!("{:.1}", rated.same(rows, &scores, share)));
        println!("| {name} | {} |", same.join(" | "));
    }
}

#[test]
fn rows_on_which_systems_differ_give_the_verdicts_with_about_half_the_effort() {
    let Some(rated) = rated() else { return };
    let scores = rated.scores();
    let random = rated.same(&Rows::Random, &scores, 70);
    for (rows, percent) in [(Rows::Variance, 40), (Rows::Diversity, 30)] {
        let same = rated.same(&rows, &scores, percent);
        assert!(same >= random, "{rows:?}: {same}, at random {random}");
    }
}
