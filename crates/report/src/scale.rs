//! Axes: from values to pixels, and the round numbers to write beside them.

/// A linear axis.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    /// The value at the axis's beginning.
    pub low: f64,
    /// The value at its end.
    pub high: f64,
    /// Pixels at the beginning.
    pub from: f64,
    /// Pixels at the end.
    pub to: f64,
}

impl Scale {
    /// An axis that holds all `values`, a little wider than they need; zero is not forced in.
    pub fn around(values: impl Iterator<Item = f64>, from: f64, to: f64) -> Self {
        let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| {
            (l.min(v), h.max(v))
        });
        let (low, high) = if low <= high { (low, high) } else { (0.0, 1.0) };
        let margin = ((high - low) * 0.06).max(high.abs() * 1e-6).max(1e-9);
        Self {
            low: low - margin,
            high: high + margin,
            from,
            to,
        }
    }

    /// The pixel of a value; values outside lie on the border.
    pub fn at(&self, value: f64) -> f64 {
        let part = ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0);
        self.from + part * (self.to - self.from)
    }

    /// About `count` round numbers on the axis.
    pub fn ticks(&self, count: usize) -> Vec<f64> {
        let step = round_step((self.high - self.low) / count.max(1) as f64);
        let first = (self.low / step).ceil();
        let last = (self.high / step).floor();
        // From whole multiples, so that no rounding error piles up.
        (0..=(last - first).max(0.0) as usize)
            .map(|i| (first + i as f64) * step)
            .filter(|t| (self.low..=self.high).contains(t))
            .collect()
    }

    /// Decimals at which these ticks differ.
    pub fn decimals(&self, count: usize) -> usize {
        let step = round_step((self.high - self.low) / count.max(1) as f64);
        (-step.log10().floor()).clamp(0.0, 6.0) as usize
    }
}

/// 1, 2 or 5 times a power of ten, at least `step`.
fn round_step(step: f64) -> f64 {
    let power = 10f64.powf(step.max(1e-12).log10().floor());
    let times = [1.0, 2.0, 5.0]
        .into_iter()
        .find(|t| t * power >= step * (1.0 - 1e-9));
    times.unwrap_or(10.0) * power
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_on_the_axis() {
        let scale = Scale {
            low: 11.3,
            high: 38.9,
            from: 0.0,
            to: 100.0,
        };
        assert_eq!(scale.ticks(5), [20.0, 30.0]);
        assert_eq!(scale.ticks(6), [15.0, 20.0, 25.0, 30.0, 35.0]);
        let small = Scale {
            low: 0.0,
            high: 0.31,
            ..scale
        };
        assert_eq!(small.ticks(4).len(), 4);
        assert_eq!(small.decimals(4), 1);
    }

    #[test]
    fn an_axis_of_one_value_or_none_has_width() {
        for values in [vec![5.0], vec![], vec![0.0, 0.0]] {
            let scale = Scale::around(values.into_iter(), 0.0, 10.0);
            assert!(scale.low < scale.high && scale.at(scale.low) == 0.0);
            assert!(scale.ticks(4).len() < 100);
        }
    }
}
