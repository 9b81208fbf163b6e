//! What two samples can show of proportions: power and sizes by Cohen's h and by the normal distribution, as
//! statsmodels 0.15.0 and the textbooks (Fleiss 1981) have them.

use statrs::distribution::{ContinuousCDF, Normal};

/// Against what a test is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sides {
    /// A difference in either direction.
    Two,
    /// The second proportion larger.
    One,
}

impl Sides {
    /// What a statistic on the normal distribution exceeds with probability `alpha`.
    fn bound(self, alpha: f64) -> f64 {
        let tail = match self {
            Self::Two => alpha / 2.0,
            Self::One => alpha,
        };
        upper(tail)
    }
}

/// What the normal distribution exceeds with this probability.
fn upper(tail: f64) -> f64 {
    -Normal::standard().inverse_cdf(tail)
}

/// Cohen's h: two proportions on the arcsine scale, second less first (Cohen 1988).
#[must_use]
pub fn cohens_h(first: f64, second: f64) -> f64 {
    let angle = |p: f64| 2.0 * p.sqrt().asin();
    angle(second) - angle(first)
}

/// The power of samples of `first` items and `ratio` times as many for an effect h.
#[must_use]
pub fn power_of_effect(effect: f64, first: f64, ratio: f64, alpha: f64, sides: Sides) -> f64 {
    let shift = effect * (first * ratio / (1.0 + ratio)).sqrt();
    let normal = Normal::standard();
    let bound = sides.bound(alpha);
    let above = normal.sf(bound - shift);
    match sides {
        Sides::Two => above + normal.cdf(-bound - shift),
        Sides::One => above,
    }
}

/// Items that the first sample needs for an effect h, not rounded; nothing for none.
#[must_use]
pub fn size_for_effect(
    effect: f64,
    ratio: f64,
    alpha: f64,
    power: f64,
    sides: Sides,
) -> Option<f64> {
    if effect == 0.0 || (sides == Sides::One && effect < 0.0) {
        return None;
    }
    let effect = effect.abs();
    // From the size that one tail would need downwards: the other tail adds a little power.
    let reach = sides.bound(alpha) - upper(power);
    let most = (reach / effect).powi(2) * (1.0 + ratio) / ratio;
    let (mut low, mut high) = (0.0, most.max(f64::MIN_POSITIVE));
    for _ in 0..200 {
        let middle = (low + high) / 2.0;
        if power_of_effect(effect, middle, ratio, alpha, sides) < power {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some((low + high) / 2.0)
}

/// The standard deviations of the difference of two proportions for one item of the first sample: were
/// both the pooled one, and as they are.
fn deviations(first: f64, second: f64, ratio: f64) -> [f64; 2] {
    let pooled = (first + second * ratio) / (1.0 + ratio);
    let of = |a: f64, b: f64| (a * (1.0 - a) + b * (1.0 - b) / ratio).sqrt();
    [of(pooled, pooled), of(first, second)]
}

/// The power of the z-test with a pooled variance, two-sided (statsmodels' `power_proportions_2indep`).
#[must_use]
pub fn power_pooled(first: f64, second: f64, each: f64, alpha: f64) -> f64 {
    let [null, own] = deviations(first, second, 1.0);
    let bound = Sides::Two.bound(alpha) * null / own;
    let shift = (first - second) * each.sqrt() / own;
    let normal = Normal::standard();
    normal.sf(bound - shift) + normal.cdf(-bound - shift)
}

/// Items that the first sample needs for that test, the far tail left out. `ratio` is the second's size
/// over the first's.
#[must_use]
pub fn size_pooled(
    [first, second]: [f64; 2],
    ratio: f64,
    alpha: f64,
    power: f64,
    sides: Sides,
) -> f64 {
    let [null, own] = deviations(first, second, ratio);
    let reach = sides.bound(alpha) * null - upper(power) * own;
    (reach.max(0.0) / (first - second)).powi(2)
}

/// The same for the test with each sample's own variance.
#[must_use]
pub fn size_unpooled(
    [first, second]: [f64; 2],
    ratio: f64,
    alpha: f64,
    power: f64,
    sides: Sides,
) -> f64 {
    let [_, own] = deviations(first, second, ratio);
    let reach = (sides.bound(alpha) - upper(power)) * own;
    (reach / (first - second)).powi(2)
}
