//! Intraclass correlation (Shrout and Fleiss 1979; McGraw and Wong 1996): how much of the spread of
//! ratings is the rated things'. Values equal pingouin 0.7.0's.

use statrs::distribution::{ContinuousCDF, FisherSnedecor};

/// The level of the intervals.
const TAIL: f64 = 0.025;

/// Which correlation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Model {
    /// ICC(1): every unit has raters of its own.
    OneWay,
    /// ICC(A), Shrout and Fleiss' ICC(2): raters drawn from many, who should agree on the value.
    Agreement,
    /// ICC(C), Shrout and Fleiss' ICC(3): these raters, who should agree on the order.
    Consistency,
}

/// A correlation with its test against none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Correlation {
    /// Of one rater's ratings.
    pub single: f64,
    /// Its 95 % interval.
    pub single_interval: [f64; 2],
    /// Of the mean of all raters' ratings.
    pub mean: f64,
    /// Its 95 % interval.
    pub mean_interval: [f64; 2],
    /// The statistic of the test.
    pub f: f64,
    /// Its degrees of freedom.
    pub degrees: [f64; 2],
    /// The p-value.
    pub p_value: f64,
}

/// Mean squares of a two-way table.
struct Squares {
    units: f64,
    raters: f64,
    between: f64,
    within: f64,
    by_rater: f64,
    error: f64,
}

impl Squares {
    fn of(table: &[Vec<f64>]) -> Option<Self> {
        let (n, k) = (table.len(), table.first()?.len());
        if n < 2 || k < 2 || table.iter().any(|row| row.len() != k) {
            return None;
        }
        let (units, raters) = (n as f64, k as f64);
        let all: f64 = table.iter().flatten().sum::<f64>() / (units * raters);
        let square = |x: f64| (x - all).powi(2);
        let unit_mean = |row: &Vec<f64>| row.iter().sum::<f64>() / raters;
        let rows: f64 = table.iter().map(|row| square(unit_mean(row))).sum::<f64>() * raters;
        let rater_mean = |j: usize| table.iter().map(|row| row[j]).sum::<f64>() / units;
        let columns: f64 = (0..k).map(|j| square(rater_mean(j))).sum::<f64>() * units;
        let total: f64 = table.iter().flatten().map(|&x| square(x)).sum();
        Some(Self {
            units,
            raters,
            between: rows / (units - 1.0),
            within: (total - rows) / (units * (raters - 1.0)),
            by_rater: columns / (raters - 1.0),
            error: (total - rows - columns) / ((units - 1.0) * (raters - 1.0)),
        })
    }

    /// The interval of a correlation that is a function of F alone.
    fn simple(&self, f: f64, degrees: [f64; 2]) -> Option<[[f64; 2]; 2]> {
        let low = f / quantile(degrees)?;
        let high = f * quantile([degrees[1], degrees[0]])?;
        let single = |f: f64| (f - 1.0) / (f + self.raters - 1.0);
        Some([
            [single(low), single(high)],
            [1.0 - 1.0 / low, 1.0 - 1.0 / high],
        ])
    }

    /// The interval of ICC(A), whose degrees of freedom are Satterthwaite's.
    fn agreement(&self, icc: f64) -> Option<[[f64; 2]; 2]> {
        let (n, k) = (self.units, self.raters);
        let fj = self.by_rater / self.error;
        let part = n * (1.0 + (k - 1.0) * icc) - k * icc;
        let above = (k - 1.0) * (n - 1.0) * (k * icc * fj + part).powi(2);
        let below = (n - 1.0) * (k * icc * fj).powi(2) + part.powi(2);
        let v = above / below;
        let (upper, lower) = (quantile([n - 1.0, v])?, quantile([v, n - 1.0])?);
        let rest = k * self.by_rater + (k * n - k - n) * self.error;
        let low = n * (self.between - upper * self.error) / (upper * rest + n * self.between);
        let high = n * (lower * self.between - self.error) / (rest + n * lower * self.between);
        let of_mean = |icc: f64| icc * k / (1.0 + icc * (k - 1.0));
        Some([[low, high], [of_mean(low), of_mean(high)]])
    }
}

fn quantile([first, second]: [f64; 2]) -> Option<f64> {
    let law = FisherSnedecor::new(first, second).ok()?;
    let wanted = 1.0 - TAIL;
    // statrs searches by steps; these are Newton's from where it ends.
    let mut x = law.inverse_cdf(wanted);
    for _ in 0..8 {
        use statrs::distribution::Continuous;
        let step = (law.cdf(x) - wanted) / law.pdf(x);
        if !step.is_finite() || x - step <= 0.0 {
            break;
        }
        x -= step;
    }
    Some(x)
}

/// The correlation over a table: a row for each unit, a column for each rater, nothing missing. `None`
/// with fewer than two of either, or where no rating differs.
pub fn icc(table: &[Vec<f64>], model: Model) -> Option<Correlation> {
    let s = Squares::of(table)?;
    let (n, k) = (s.units, s.raters);
    let noise = match model {
        Model::OneWay => s.within,
        Model::Agreement | Model::Consistency => s.error,
    };
    let f = s.between / noise;
    if !f.is_finite() {
        return None;
    }
    let degrees = match model {
        Model::OneWay => [n - 1.0, n * (k - 1.0)],
        Model::Agreement | Model::Consistency => [n - 1.0, (n - 1.0) * (k - 1.0)],
    };
    let bias = match model {
        Model::Agreement => (s.by_rater - s.error) / n,
        Model::OneWay | Model::Consistency => 0.0,
    };
    let single = (s.between - noise) / (s.between + (k - 1.0) * noise + k * bias);
    let mean = (s.between - noise) / (s.between + bias);
    let [single_interval, mean_interval] = match model {
        Model::Agreement => s.agreement(single)?,
        Model::OneWay | Model::Consistency => s.simple(f, degrees)?,
    };
    let law = FisherSnedecor::new(degrees[0], degrees[1]).ok()?;
    Some(Correlation {
        single,
        single_interval,
        mean,
        mean_interval,
        f,
        degrees,
        p_value: law.sf(f),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn icc_of_a_degenerate_table_is_none() {
        for table in [vec![], vec![vec![1.0, 2.0]], vec![vec![1.0], vec![2.0]]] {
            assert_eq!(icc(&table, Model::OneWay), None);
        }
        assert_eq!(
            icc(&[vec![1.0, 1.0], vec![1.0, 1.0]], Model::Agreement),
            None
        );
        assert_eq!(icc(&[vec![1.0, 1.0], vec![1.0]], Model::Agreement), None);
    }

    #[test]
    fn a_rater_who_is_always_one_higher_agrees_on_the_order_only() {
        let table: Vec<Vec<f64>> = (0..9)
            .map(|i| vec![f64::from(i), f64::from(i) + 1.0 + 0.01 * f64::from(i % 2)])
            .collect();
        let order = icc(&table, Model::Consistency).unwrap();
        let value = icc(&table, Model::Agreement).unwrap();
        assert!(order.single > 0.999 && value.single < 0.95);
        assert!(value.mean > value.single);
    }
}
