//! A difference while units come in: at each look a p-value and an interval that hold however often one
//! looks.

use super::Trial;
use super::roles::TrialRole;
use super::sample::{self, Arm};
use assay_stats::Sequential;
use assay_stats::experiment::{Estimate, anytime, anytime_growth, ratio};
use serde::{Deserialize, Serialize};

/// Number of looks that are reported.
const LOOKS: usize = 20;
/// Units of each arm before the first look, whose variance the mixture is chosen by.
const FIRST: usize = 20;
/// The mixture's standard deviation, in standard deviations of a unit at the first look: a tenth, the size
/// of effects that experiments are made for. It looks at no difference, so that p-values hold.
const EFFECT: f64 = 0.1;

/// A look.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Look {
    /// Units of the arm and of the baseline so far; of pairs their number, and 0.
    pub units: [usize; 2],
    /// The difference.
    pub difference: f64,
    /// The confidence sequence's bounds.
    pub interval: [f64; 2],
    /// The smallest p-value so far.
    pub p_value: f64,
}

/// The looks at a difference, and what the last says.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Looks {
    pub(crate) all: Vec<Look>,
    pub(crate) last: Option<Sequential>,
}

/// Looks at an outcome under two arms, each unit as it came in; none for few, and none of totals, whose units have no
/// order. What is needed is forecast for p-values below `level`.
pub(crate) fn looks(trial: &Trial, arms: [&Arm; 2], column: usize, level: f64) -> Looks {
    if matches!(trial.roles[column], TrialRole::Count | TrialRole::Sum) {
        return Looks::default();
    }
    if let Some(pairs) = sample::pairs(trial, arms, column) {
        let differences: Vec<f64> = pairs.iter().map(|[a, b]| a - b).collect();
        return at_pairs(&differences, level);
    }
    let [a, b] = arms.map(|arm| sample::sums(trial, arm, column));
    at_arms(&a, &b, level)
}

/// Looks at units (sum and count of each) in their order.
fn at_arms(a: &[[f64; 2]], b: &[[f64; 2]], level: f64) -> Looks {
    let difference = |[i, j]: [usize; 2]| Some(ratio(&a[..i])?.minus(ratio(&b[..j])?));
    // Both arms bring their variance.
    let spread = |first: usize| Some(difference([first; 2])?.variance * first as f64 / 2.0);
    let units = [a.len(), b.len()];
    watch(units, a.len().min(b.len()), level, difference, spread)
}

/// Looks at the differences of pairs in their order.
fn at_pairs(differences: &[f64], level: f64) -> Looks {
    let pairs: Vec<[f64; 2]> = differences.iter().map(|d| [*d, 1.0]).collect();
    let spread = |first: usize| Some(ratio(&pairs[..first])?.variance * first as f64);
    let difference = |[n, _]: [usize; 2]| ratio(&pairs[..n]);
    watch([pairs.len(), 0], pairs.len(), level, difference, spread)
}

/// The number of units at the first look and the mixture's variance, by the `spread` (variance) of as many units. Where
/// the first units are all alike, the first look is at twice as many.
fn beginning(units: usize, spread: impl Fn(usize) -> Option<f64>) -> Option<(usize, f64)> {
    let firsts = std::iter::successors(Some(FIRST), |first| Some(2 * first));
    let mut firsts = firsts.take_while(|first| 2 * first <= units);
    firsts.find_map(|first| {
        let variance = spread(first).filter(|variance| *variance > 0.0)?;
        Some((first, EFFECT * EFFECT * variance))
    })
}

/// Looks at a difference between arms of `units` units, the smaller of which has `fewest`.
fn watch(
    units: [usize; 2],
    fewest: usize,
    level: f64,
    difference: impl Fn([usize; 2]) -> Option<Estimate>,
    spread: impl Fn(usize) -> Option<f64>,
) -> Looks {
    let Some((first, mixture)) = beginning(fewest, spread) else {
        return Looks::default();
    };
    let mut found = Looks::default();
    let mut least: f64 = 1.0;
    for look in 1..=LOOKS {
        let part = |n: usize| (n * look).div_ceil(LOOKS).max(first).min(n);
        let so_far = units.map(part);
        if found.all.last().is_some_and(|l| l.units == so_far) {
            continue;
        }
        let Some(estimate) = difference(so_far) else {
            continue;
        };
        let Some(seen) = anytime(estimate, mixture) else {
            continue;
        };
        least = least.min(seen.p_value);
        found.all.push(Look {
            units: so_far,
            difference: estimate.value,
            interval: seen.interval,
            p_value: least,
        });
        let growth = anytime_growth(estimate, mixture, level);
        found.last = Some(Sequential {
            p_value: least,
            p_corrected: None,
            interval: seen.interval,
            needed: growth.map(|times| (times * fewest as f64).ceil()),
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use assay_stats::ALPHA;
    use assay_stats::pcg64::Pcg64;

    /// Units up to which somebody looks after each.
    const LAST: usize = 400;

    fn uniform(draws: &mut Pcg64) -> f64 {
        (draws.next_u64() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Whether somebody who looks after every unit of both arms ever sees a p-value below 5 %.
    fn ever_decides(draws: &mut Pcg64, unit: &mut impl FnMut(&mut Pcg64) -> [f64; 2]) -> bool {
        let arms: Vec<[f64; 2]> = (0..LAST).map(|_| unit(draws)).collect();
        let [a, b] = [0, 1].map(|i| arms.iter().map(|v| [v[i], 1.0]).collect::<Vec<_>>());
        let both = |n: usize| Some(ratio(&a[..n])?.minus(ratio(&b[..n])?));
        let spread = |n: usize| Some(both(n)?.variance * n as f64 / 2.0);
        let reported = at_arms(&a, &b, ALPHA);
        let Some((first, mixture)) = beginning(LAST, spread) else {
            assert_eq!(reported, Looks::default());
            return false;
        };
        let p = |n: usize| anytime(both(n)?, mixture).map(|look| look.p_value);
        // What is reported are some of these looks.
        let least = (first..=LAST).filter_map(p).fold(1.0, f64::min);
        assert!(reported.last.unwrap().p_value >= least);
        least < ALPHA
    }

    fn part_decided(sets: usize, mut unit: impl FnMut(&mut Pcg64) -> [f64; 2]) -> f64 {
        let mut draws = Pcg64::new(2027);
        let decided = (0..sets).filter(|_| ever_decides(&mut draws, &mut unit));
        decided.count() as f64 / sets as f64
    }

    fn success(draws: &mut Pcg64, rate: f64) -> f64 {
        f64::from(u8::from(uniform(draws) < rate))
    }

    #[test]
    fn who_looks_after_every_unit_is_rarely_wrong_and_sees_what_is_there() {
        let half = part_decided(150, |draws| [0.5; 2].map(|rate| success(draws, rate)));
        let rare = part_decided(150, |draws| [0.05; 2].map(|rate| success(draws, rate)));
        // Exponential: skewed, as times and costs are.
        let skewed = part_decided(150, |draws| [0, 1].map(|_| -(1.0 - uniform(draws)).ln()));
        let wrong = [half, rare, skewed];
        assert!(wrong.iter().all(|part| *part < 0.05), "{wrong:?}");
        let right = part_decided(60, |draws| [0.7, 0.5].map(|rate| success(draws, rate)));
        assert!(right > 0.9, "{right}");
    }

    #[test]
    #[ignore = "prints the second table of looks in docs/statistics.md, in some minutes"]
    fn table() {
        type Unit = fn(&mut Pcg64) -> [f64; 2];
        let part = |unit: Unit| 100.0 * part_decided(1000, unit);
        println!("| 400 units in each arm, looked at after every pair of units | ever decided |");
        println!("| --- | --- |");
        let rows: [(&str, Unit); 6] = [
            ("shares of 50 %", |d| [0.5; 2].map(|rate| success(d, rate))),
            ("shares of 5 %", |d| [0.05; 2].map(|rate| success(d, rate))),
            ("skewed values (exponential)", |d| {
                [0, 1].map(|_| -(1.0 - uniform(d)).ln())
            }),
            ("60 % against 50 %", |d| {
                [0.6, 0.5].map(|rate| success(d, rate))
            }),
            ("70 % against 50 %", |d| {
                [0.7, 0.5].map(|rate| success(d, rate))
            }),
            ("10 % against 5 %", |d| {
                [0.1, 0.05].map(|rate| success(d, rate))
            }),
        ];
        for (name, unit) in rows {
            println!("| {name} | {:.1} % |", part(unit));
        }
    }

    #[test]
    fn pairs_are_looked_at_too_and_few_are_not() {
        let differences: Vec<f64> = (0..200).map(|i| f64::from(i % 3) - 0.5).collect();
        let found = at_pairs(&differences, ALPHA);
        let last = found.last.unwrap();
        assert!(last.p_value < ALPHA && last.interval[0] > 0.0, "{last:?}");
        assert_eq!(found.all.last().unwrap().units, [200, 0]);
        assert_eq!(at_pairs(&differences[..39], ALPHA), Looks::default());
        assert_eq!(at_pairs(&[0.0; 100], ALPHA), Looks::default());
        let units: Vec<[f64; 2]> = differences.iter().map(|d| [*d, 1.0]).collect();
        assert_eq!(at_arms(&units, &units[..30], ALPHA), Looks::default());
    }
}
