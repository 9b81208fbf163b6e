//! What a difference says to somebody who looks whenever they like, and stops once it decides.

use super::{Direction, Evidence};
use serde::{Deserialize, Serialize};

/// A difference at this look, with a p-value and an interval that hold at all looks together.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Sequential {
    /// The p-value, 0 to 1.
    pub p_value: f64,
    /// The same, corrected for the comparisons that belong together.
    pub p_corrected: Option<f64>,
    /// The confidence sequence's bounds of the difference, 95 %.
    pub interval: [f64; 2],
    /// Units that it takes in all until the corrected p-value is below 5 %, if the difference stays what it is; an
    /// estimate. Nothing where that is more than 10,000 times those so far.
    pub needed: Option<f64>,
}

impl Sequential {
    /// What decides about the difference, which rests on `units` units: the same rule as for one look, with the p-value
    /// and the interval that hold at any.
    #[must_use]
    pub fn evidence(&self, difference: f64, units: f64, direction: Direction) -> Evidence {
        let evidence = Evidence::of(difference, self.p_corrected, direction);
        evidence.within(Some(self.interval)).on(Some(units))
    }
}
