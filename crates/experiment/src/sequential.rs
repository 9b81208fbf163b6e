//! A difference while units come in: at each look a p-value and an interval that hold however often one
//! looks.

use assay_stats::experiment::{Estimate, anytime, ratio};
use serde::{Deserialize, Serialize};

/// Number of looks that are reported.
const LOOKS: usize = 20;
/// Units of each arm before the first look.
const FIRST: usize = 20;
/// The mixture's standard deviation, in standard deviations of a unit at the first look: a tenth, the size
/// of effects that experiments are made for. It looks at no difference, so that p-values hold.
const EFFECT: f64 = 0.1;

/// A look.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Look {
    /// Units of the arm and of the baseline so far.
    pub units: [usize; 2],
    /// The difference.
    pub difference: f64,
    /// The confidence sequence's bounds.
    pub interval: [f64; 2],
    /// The smallest p-value so far.
    pub p_value: f64,
}

/// Looks at units (sum and count of each) in their order; none for few.
pub(crate) fn looks(a: &[[f64; 2]], b: &[[f64; 2]]) -> Vec<Look> {
    if a.len() < 2 * FIRST || b.len() < 2 * FIRST {
        return Vec::new();
    }
    let estimate = |i: usize, j: usize| Some(ratio(&a[..i])?.minus(ratio(&b[..j])?));
    let Some(mixture) = mixture(
        &a[..FIRST.max(a.len() / LOOKS)],
        &b[..FIRST.max(b.len() / LOOKS)],
    ) else {
        return Vec::new();
    };
    let mut least: f64 = 1.0;
    let mut all = Vec::new();
    for look in 1..=LOOKS {
        let part = |n: usize| (n * look).div_ceil(LOOKS).max(FIRST);
        let units = [part(a.len()), part(b.len())];
        if all.last().is_some_and(|l: &Look| l.units == units) {
            continue;
        }
        let found = estimate(units[0], units[1])
            .and_then(|d: Estimate| Some((d.value, anytime(d, mixture)?)));
        if let Some((difference, found)) = found {
            least = least.min(found.p_value);
            all.push(Look {
                units,
                difference,
                interval: found.interval,
                p_value: least,
            });
        }
    }
    all
}

/// The mixture's variance from the spread of units.
fn mixture(a: &[[f64; 2]], b: &[[f64; 2]]) -> Option<f64> {
    let spread = |units: &[[f64; 2]]| ratio(units).map(|e| e.variance * units.len() as f64);
    let unit = (spread(a)? + spread(b)?) / 2.0;
    (unit > 0.0).then_some(EFFECT * EFFECT * unit)
}
