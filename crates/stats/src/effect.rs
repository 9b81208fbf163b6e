//! How large a difference is, in words. The bounds are conventions: Cohen's (1988) for standardised differences, and
//! for shares of wins those that go with them in Romano, Kromrey, Coraggio and Skowronek (2006).

use serde::{Deserialize, Serialize};

/// A size in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EffectSize {
    /// A standardised difference below 0.2; a share of wins within 0.0735 of one half.
    Negligible,
    /// Below 0.5; within 0.165.
    Small,
    /// Below 0.8; within 0.237.
    Medium,
    /// From there on.
    Large,
}

impl EffectSize {
    fn between(value: f64, bounds: [f64; 3]) -> Option<Self> {
        let words = [Self::Negligible, Self::Small, Self::Medium, Self::Large];
        let place = bounds.iter().filter(|bound| value.abs() >= **bound).count();
        (!value.is_nan()).then(|| words[place])
    }

    /// Of a difference over its standard deviation (Cohen's d). Nothing of no number.
    #[must_use]
    pub fn of_standardised(difference: f64) -> Option<Self> {
        Self::between(difference, [0.2, 0.5, 0.8])
    }

    /// Of a share of wins, ties counted half: how far Cliff's delta, twice the share less one, is from 0. Nothing of no
    /// number.
    #[must_use]
    pub fn of_share(share: f64) -> Option<Self> {
        Self::between(2.0 * share - 1.0, [0.147, 0.33, 0.474])
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Negligible => "negligible",
            Self::Small => "small",
            Self::Medium => "medium",
            Self::Large => "large",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::EffectSize::{self, Large, Medium, Negligible, Small};

    #[test]
    fn bounds_belong_to_the_larger_size_and_signs_do_not_matter() {
        for (d, expected) in [
            (0.19, Negligible),
            (-0.2, Small),
            (0.5, Medium),
            (-0.8, Large),
        ] {
            assert_eq!(EffectSize::of_standardised(d), Some(expected));
        }
        for (share, expected) in [(0.5, Negligible), (0.4, Small), (0.7, Medium), (0.0, Large)] {
            assert_eq!(EffectSize::of_share(share), Some(expected), "{share}");
        }
        assert_eq!(EffectSize::of_share(f64::NAN), None);
    }
}
