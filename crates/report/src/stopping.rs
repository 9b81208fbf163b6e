//! Whether somebody who looks at a difference while answers or units come in may stop.

use super::written::p_value;
use assay_locale::Locale;
use assay_stats::decision::FEWEST_UNITS;
use assay_stats::{Decision, Evidence, Sequential};

/// What is counted until a difference decides.
#[derive(Debug, Clone, Copy)]
pub enum Counted {
    /// Items that people rate.
    Items,
    /// Units of each arm.
    Units,
}

impl Counted {
    fn name(self) -> &'static str {
        match self {
            Self::Items => "items",
            Self::Units => "units",
        }
    }
}

/// The sentence: stop, or collect about how much more. `so_far` are the items or units that are there, and `interval`
/// is the written confidence sequence.
#[must_use]
pub fn stopping(
    t: &Locale,
    found: &Sequential,
    evidence: Evidence,
    counted: Counted,
    so_far: f64,
    interval: String,
) -> String {
    if evidence.decision() != Decision::NoEvidence {
        let p = found.p_corrected.map_or_else(String::new, p_value);
        return t.with("look-decided", &[("p", p), ("interval", interval)]);
    }
    let needed = found.needed.map(|n| n.max(FEWEST_UNITS as f64));
    match needed.filter(|needed| *needed > so_far) {
        Some(needed) => {
            let more = t.count((needed - so_far) as usize);
            t.with(&format!("look-open-{}", counted.name()), &[("more", more)])
        }
        None => t.text(&format!("look-even-{}", counted.name())),
    }
}
