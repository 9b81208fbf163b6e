//! What judgements say to somebody who looks whenever answers come in, and stops once they decide.
//!
//! Items are taken for independent, and one enters with the mean of its judgements. The bounds hold at any look where an
//! item's judgements come in together; where raters come one after another they were measured (`docs/statistics.md`).

use crate::judgements::{Dimension, Scale};
use assay_stats::anytime::BoundedMean;
use assay_stats::{ALPHA, Sequential};

/// Differences of items within `reach` of 0, tested as one of `comparisons` tests. Nothing without items, or where
/// one is out of reach.
pub(super) fn look(differences: &[f64], reach: f64, comparisons: usize) -> Option<Sequential> {
    let parts = differences.iter().map(|d| 0.5 + d / (2.0 * reach));
    let found = BoundedMean::of(parts).filter(|_| reach > 0.0)?;
    Some(Sequential {
        p_value: found.p_value(0.5),
        p_corrected: None,
        interval: found.interval(ALPHA).map(|end| (end - 0.5) * 2.0 * reach),
        needed: found.units_needed(0.5, ALPHA / comparisons.max(1) as f64),
    })
}

/// How far two values of a dimension can be apart; nothing where there is no bound.
pub(super) fn reach(dimension: &Dimension, systems: usize) -> Option<f64> {
    let reach = match dimension.scale {
        Scale::Points { least, most } => f64::from(most - least),
        Scale::YesNo => 1.0,
        Scale::Ranking => systems.saturating_sub(1) as f64,
        Scale::Preference | Scale::Penalty | Scale::Number => return None,
    };
    (reach > 0.0).then_some(reach)
}
