//! One outcome under two arms: which test fits how the units were drawn, and what goes beside it.

use super::roles::TrialRole;
use super::sample;
use super::sample::Arm;
pub use super::sequential::Look;
use super::{Correction, Trial};
use assay_stats::corrections::{benjamini_hochberg, holm};
use assay_stats::experiment::{Estimate, cuped, ratio};
use assay_stats::lift::{Lift, lift};
use assay_stats::mcnemar::mcnemar;
use assay_stats::paired::PairedT;
use assay_stats::power::units_needed;
use assay_stats::proportion::wilson;
use assay_stats::two_proportions::TwoCounts;
use assay_stats::two_samples::{Moments, UMethod, mann_whitney, welch};
use assay_stats::{Decision, Direction, Evidence, Sequential};
use serde::{Deserialize, Serialize};

/// How two arms were compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Two shares: the pooled z-test, with Newcombe's interval.
    Shares,
    /// Two means: Welch's test.
    Means,
    /// Shares of the same units: McNemar's exact test, with Student's interval of the differences.
    PairedShares,
    /// Means of the same units: Student's paired test.
    PairedMeans,
    /// Ratios of sums over units that have several rows: the delta method.
    Clustered,
}

/// An outcome under an arm.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// The share or mean.
    pub value: f64,
    /// Its 95 % interval: Wilson's of a share, else by the normal distribution over units.
    pub interval: Option<[f64; 2]>,
    /// Units.
    pub units: f64,
    /// Successes among the rows, of a share.
    pub successes: Option<f64>,
}

/// A comparison adjusted by a covariate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Adjusted {
    /// The covariate's name.
    pub covariate: String,
    /// The adjusted difference.
    pub difference: f64,
    /// Its 95 % interval.
    pub interval: [f64; 2],
    /// Welch's p-value.
    pub p_value: f64,
    /// The part of the variance that went.
    pub removed: f64,
}

/// The posterior of a lift.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Posterior {
    /// The probability that the arm's rate is the higher one.
    pub prob_superior: f64,
    /// The median lift, as a part of the baseline's rate.
    pub median: f64,
    /// Its 95 % credible interval.
    pub interval: [f64; 2],
    /// What choosing the arm loses on average where it is the lower one, as a difference of rates.
    pub risk: f64,
}

impl From<Lift> for Posterior {
    fn from(l: Lift) -> Self {
        Self {
            prob_superior: l.prob_superior,
            median: l.median,
            interval: l.interval,
            risk: l.risk,
        }
    }
}

/// An arm against the baseline on one outcome.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Compared {
    /// The statistical method.
    pub method: Method,
    /// The arm's value less the baseline's.
    pub difference: f64,
    /// Its 95 % interval.
    pub interval: Option<[f64; 2]>,
    /// The two-sided p-value.
    pub p_value: Option<f64>,
    /// The same, corrected over outcomes and arms.
    pub p_corrected: Option<f64>,
    /// Units of each arm, or pairs.
    pub units: f64,
    /// Units of each arm (or pairs) at which this difference, were it the true one, would be seen with a
    /// power of 80 % at 5 %, uncorrected.
    pub needed: Option<f64>,
    /// Miettinen and Nurminen's interval of the difference of two shares.
    pub score_interval: Option<[f64; 2]>,
    /// Fisher's exact p-value of two shares.
    pub fisher: Option<f64>,
    /// Mann and Whitney's p-value of two samples of numbers.
    pub mann_whitney: Option<f64>,
    /// The posterior of the lift.
    pub posterior: Option<Posterior>,
    /// With a covariate taken out.
    pub adjusted: Option<Adjusted>,
    /// As it looked while units came in.
    pub looks: Vec<Look>,
    /// What holds however often one looks; nothing of few units, and of totals, whose units have no order.
    #[serde(default)]
    pub sequential: Option<Sequential>,
}

impl Compared {
    /// What it shows, after correction.
    pub fn decision(&self, lower_is_better: bool) -> Decision {
        self.evidence(lower_is_better).decision()
    }

    /// What it shows is decided by.
    pub fn evidence(&self, lower_is_better: bool) -> Evidence {
        let direction = Direction::lower_is_better(lower_is_better);
        let evidence = Evidence::of(self.difference, self.p_corrected, direction);
        evidence.within(self.interval).on(Some(self.units))
    }

    /// What it shows to somebody who looks whenever they like, by the same rule; nothing where that can't be said.
    pub fn sequential_evidence(&self, lower_is_better: bool) -> Option<Evidence> {
        let direction = Direction::lower_is_better(lower_is_better);
        let sequential = self.sequential?;
        Some(sequential.evidence(self.difference, self.units, direction))
    }
}

/// An outcome of totals: successes of units.
pub fn totals(trial: &Trial, arm: &Arm, column: usize) -> Option<[f64; 2]> {
    sum_of_units(trial, arm, column).filter(|[some, all]| some <= all)
}

/// What the units of an arm have together in a table of totals, and how many they are.
fn sum_of_units(trial: &Trial, arm: &Arm, column: usize) -> Option<[f64; 2]> {
    let total = trial.column(TrialRole::Total)?;
    let rows = arm.units.iter().flat_map(|(_, rows)| rows);
    let sums = rows.filter_map(|row| {
        sample::value(trial, column, *row).zip(sample::value(trial, total, *row))
    });
    let [some, all] = sums.fold([0.0, 0.0], |[a, b], (x, y)| [a + x, b + y]);
    (all > 0.0).then_some([some, all])
}

/// An outcome under one arm; nothing without values.
pub fn measured(trial: &Trial, arm: &Arm, column: usize) -> Option<Measured> {
    if trial.roles[column] == TrialRole::Count {
        let [some, all] = totals(trial, arm, column)?;
        return Some(Measured {
            value: some / all,
            interval: wilson(some, all),
            units: all,
            successes: Some(some),
        });
    }
    if trial.roles[column] == TrialRole::Sum {
        let [sum, all] = sum_of_units(trial, arm, column)?;
        // How far units differ, which an interval needs, does not show in their sum.
        return Some(Measured {
            value: sum / all,
            interval: None,
            units: all,
            successes: None,
        });
    }
    let units = sample::sums(trial, arm, column);
    let [sum, count] = units
        .iter()
        .fold([0.0, 0.0], |[a, b], [x, y]| [a + x, b + y]);
    if count == 0.0 {
        return None;
    }
    let is_share = trial.roles[column] == TrialRole::Success;
    let simple = units.iter().all(|u| u[1] == 1.0);
    let interval = if is_share && simple {
        wilson(sum, count)
    } else {
        let estimate = ratio(&units).map(Estimate::interval);
        estimate.map(|ends| {
            if is_share {
                ends.map(|e| e.clamp(0.0, 1.0))
            } else {
                ends
            }
        })
    };
    Some(Measured {
        value: sum / count,
        interval,
        units: units.len() as f64,
        successes: is_share.then_some(sum),
    })
}

/// Why an outcome is shown without a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Untested {
    /// Only the sum over all units is known, and so not how they vary.
    Sum,
    /// An arm has fewer than two units.
    FewUnits,
}

/// Units that each arm needs for a test.
const FEWEST: usize = 2;

/// An arm against the baseline; nothing where either has no values, or too few for a test.
pub fn compared(trial: &Trial, arm: &Arm, baseline: &Arm, column: usize) -> Option<Compared> {
    if trial.roles[column] == TrialRole::Count {
        let [a, b] = [
            totals(trial, arm, column)?,
            totals(trial, baseline, column)?,
        ];
        let enough = a[1].min(b[1]) >= FEWEST as f64;
        return enough.then(|| shares(a, b));
    }
    if trial.roles[column] == TrialRole::Sum {
        return None;
    }
    let is_share = trial.roles[column] == TrialRole::Success;
    if let Some(pairs) = sample::pairs(trial, [arm, baseline], column) {
        return of_pairs(&pairs, is_share);
    }
    let [a, b] = [arm, baseline].map(|arm| sample::sums(trial, arm, column));
    if a.len().min(b.len()) < FEWEST {
        return None;
    }
    let simple = a.iter().chain(&b).all(|u| u[1] == 1.0);
    let total = |units: &[[f64; 2]]| {
        units
            .iter()
            .fold([0.0, 0.0], |[s, c], [x, y]| [s + x, c + y])
    };
    let mut found = match (simple, is_share) {
        (true, true) => shares(total(&a), total(&b)),
        (true, false) => means(&a, &b),
        (false, _) => clustered(&a, &b)?,
    };
    found.adjusted = adjusted(trial, arm, baseline, column);
    Some(found)
}

fn plain(method: Method, difference: f64, units: f64) -> Compared {
    Compared {
        method,
        difference,
        interval: None,
        p_value: None,
        p_corrected: None,
        units,
        needed: None,
        score_interval: None,
        fisher: None,
        mann_whitney: None,
        posterior: None,
        adjusted: None,
        looks: Vec::new(),
        sequential: None,
    }
}

fn shares([x, n]: [f64; 2], [y, m]: [f64; 2]) -> Compared {
    let counts = TwoCounts {
        first: x as u64,
        of_first: n as u64,
        second: y as u64,
        of_second: m as u64,
    };
    let (p, q) = (x / n, y / m);
    let variance = p * (1.0 - p) / n + q * (1.0 - q) / m;
    let units = n.min(m);
    Compared {
        interval: counts.newcombe(),
        p_value: counts.z_test().map(|t| t.p_value),
        needed: units_needed(p - q, variance, units),
        score_interval: counts.miettinen_nurminen(),
        fisher: counts.fisher().map(|f| f.p_value),
        posterior: lift(counts).map(Posterior::from),
        ..plain(Method::Shares, p - q, units)
    }
}

fn means(a: &[[f64; 2]], b: &[[f64; 2]]) -> Compared {
    let values = |units: &[[f64; 2]]| units.iter().map(|u| u[0]).collect::<Vec<f64>>();
    let (a, b) = (values(a), values(b));
    let (first, second) = (Moments::of(&a), Moments::of(&b));
    let test = welch(first, second);
    let difference = first.mean - second.mean;
    let variance = first.variance / first.count + second.variance / second.count;
    let units = first.count.min(second.count);
    Compared {
        interval: test.map(|t| t.interval),
        p_value: test.map(|t| t.p_value),
        needed: units_needed(difference, variance, units),
        mann_whitney: mann_whitney(&a, &b, UMethod::Auto).map(|u| u.p_value),
        ..plain(Method::Means, difference, units)
    }
}

/// Ratios of sums over units, with their interval and test by the delta method; nothing without two units.
pub fn clustered(a: &[[f64; 2]], b: &[[f64; 2]]) -> Option<Compared> {
    let difference = ratio(a)?.minus(ratio(b)?);
    let units = a.len().min(b.len()) as f64;
    let varies = difference.variance > 0.0;
    Some(Compared {
        interval: varies.then(|| difference.interval()),
        p_value: difference.p_value(),
        needed: units_needed(difference.value, difference.variance, units),
        ..plain(Method::Clustered, difference.value, units)
    })
}

fn of_pairs(pairs: &[[f64; 2]], is_share: bool) -> Option<Compared> {
    let differences: Vec<f64> = pairs.iter().map(|[a, b]| a - b).collect();
    let n = differences.len() as f64;
    let test = PairedT::of(&differences);
    let mean = differences.iter().sum::<f64>() / n;
    let binary = is_share && pairs.iter().flatten().all(|v| *v == 0.0 || *v == 1.0);
    let (method, p_value) = if binary {
        let only = |sign: f64| differences.iter().filter(|d| **d == sign).count();
        (Method::PairedShares, Some(mcnemar(only(1.0), only(-1.0))))
    } else {
        (Method::PairedMeans, test.map(|t| t.p_value))
    };
    (differences.len() >= FEWEST).then(|| Compared {
        interval: test.map(|t| t.interval),
        p_value,
        needed: test.and_then(|t| units_needed(mean, t.deviation * t.deviation / n, n)),
        ..plain(method, mean, n)
    })
}

/// The comparison with the first covariate taken out, where every unit has both.
fn adjusted(trial: &Trial, arm: &Arm, baseline: &Arm, column: usize) -> Option<Adjusted> {
    let covariate = trial.column(TrialRole::Covariate)?;
    let values = |arm: &Arm| {
        let mean = |rows: &[usize], column: usize| {
            let all: Vec<f64> = rows
                .iter()
                .filter_map(|row| sample::value(trial, column, *row))
                .collect();
            (!all.is_empty()).then(|| all.iter().sum::<f64>() / all.len() as f64)
        };
        let pair = |(_, rows): &(Option<String>, Vec<usize>)| {
            Some([mean(rows, column)?, mean(rows, covariate)?])
        };
        arm.units.iter().filter_map(pair).collect::<Vec<[f64; 2]>>()
    };
    let found = cuped(&values(arm), &values(baseline))?;
    Some(Adjusted {
        covariate: trial.table.names()[covariate].clone(),
        difference: found.difference,
        interval: found.test.interval,
        p_value: found.test.p_value,
        removed: found.removed,
    })
}

/// Corrects p-values that belong together: those of one look at the end, and those of any look.
pub fn correct<'a>(compared: impl Iterator<Item = &'a mut Compared>, correction: Correction) {
    let corrected = |p_values: &[f64]| match correction {
        Correction::Holm => holm(p_values),
        Correction::BenjaminiHochberg => benjamini_hochberg(p_values),
        Correction::None => p_values.to_vec(),
    };
    let mut all: Vec<&mut Compared> = compared.filter(|c| c.p_value.is_some()).collect();
    let p_values: Vec<f64> = all.iter().filter_map(|c| c.p_value).collect();
    for (compared, p) in all.iter_mut().zip(corrected(&p_values)) {
        compared.p_corrected = Some(p);
    }
    let sequential = all.iter_mut().filter_map(|c| c.sequential.as_mut());
    let mut sequential: Vec<&mut Sequential> = sequential.collect();
    let p_values: Vec<f64> = sequential.iter().map(|s| s.p_value).collect();
    for (sequential, p) in sequential.iter_mut().zip(corrected(&p_values)) {
        sequential.p_corrected = Some(p);
    }
}
