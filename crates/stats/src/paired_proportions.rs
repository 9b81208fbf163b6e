//! Two proportions of the same items: the interval of their difference, which goes with McNemar's test.

use super::proportion::wilson;

/// Items by what both systems have of them: yes or no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PairedCounts {
    /// Yes under both.
    pub both: usize,
    /// Yes under the first alone.
    pub first: usize,
    /// Yes under the second alone.
    pub second: usize,
    /// No under both.
    pub neither: usize,
}

impl PairedCounts {
    /// Newcombe's 95 % interval of the first proportion less the second (1998, "Improved confidence intervals for the
    /// difference between binomial proportions based on paired data", method 10): both Wilson intervals, with the
    /// correlation of the pairs. Nothing of no items.
    #[must_use]
    pub fn newcombe(self) -> Option<[f64; 2]> {
        let Self {
            both,
            first,
            second,
            neither,
        } = self;
        let [a, b, c, d] = [both, first, second, neither].map(|count| count as f64);
        let n = a + b + c + d;
        let [low1, high1] = wilson(a + b, n)?;
        let [low2, high2] = wilson(a + c, n)?;
        let (p1, p2) = ((a + b) / n, (a + c) / n);
        let phi = self.correlation();
        let reach = |x: f64, y: f64| (x * x - 2.0 * phi * x * y + y * y).max(0.0).sqrt();
        let difference = p1 - p2;
        Some([
            difference - reach(p1 - low1, high2 - p2),
            difference + reach(high1 - p1, p2 - low2),
        ])
    }

    /// The phi coefficient, corrected towards 0 where it is above; 0 where it is not defined.
    fn correlation(self) -> f64 {
        let [a, b, c, d] =
            [self.both, self.first, self.second, self.neither].map(|count| count as f64);
        let margins = (a + b) * (c + d) * (a + c) * (b + d);
        if margins == 0.0 {
            return 0.0;
        }
        let product = a * d - b * c;
        let corrected = match product > 0.0 {
            true => (product - (a + b + c + d) / 2.0).max(0.0),
            false => product,
        };
        corrected / margins.sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fagerland, Lydersen and Laake (2014), table of the airway data: 1, 1, 7, 12.
    #[test]
    fn the_published_interval_is_found() {
        let counts = PairedCounts {
            both: 1,
            first: 1,
            second: 7,
            neither: 12,
        };
        let [low, high] = counts.newcombe().unwrap();
        assert!(
            (low + 0.507).abs() < 5e-4 && (high + 0.026).abs() < 5e-4,
            "{low} {high}"
        );
    }

    #[test]
    fn the_ends_stay_within_the_range() {
        let all = PairedCounts {
            both: 0,
            first: 30,
            second: 0,
            neither: 0,
        };
        let [low, high] = all.newcombe().unwrap();
        assert!(low > 0.8 && high <= 1.0);
        let none = PairedCounts { first: 0, ..all };
        assert_eq!(none.newcombe(), None);
    }
}
