//! The length-controlled win rate of AlpacaEval 2 (Dubois et al. 2024) in its variant `length_controlled_minimal`, as
//! alpaca-eval 0.6.6 defines it: a logistic regression of the preference on how much longer one output is, without
//! terms for how hard an instruction is, and the win rate that it gives where both are equally long.

/// Parts into which comparisons are divided to choose the penalty.
pub const FOLDS: usize = 5;
/// Penalties that are tried: ten values of C from 10^-4 to 10^4, evenly in their logarithms.
const PENALTIES: usize = 10;
/// Steps of the optimiser at most; it takes about ten.
const MOST_STEPS: usize = 200;
/// A step below which the optimum is found.
const SMALL: f64 = 1e-13;

/// Which of two outputs is preferred, and how long they are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LengthComparison {
    /// How far the second is preferred, from 0 to 1; a half is a tie.
    pub preference: f64,
    /// The characters of the first output and of the second.
    pub lengths: [usize; 2],
}

/// What is left of a preference where lengths are equal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LengthControlled {
    /// The second's win rate with equal lengths, from 0 to 1.
    pub rate: f64,
    /// The log-odds of the second with equal lengths.
    pub advantage: f64,
    /// What the log-odds grow by with the hyperbolic tangent of the first's length less the second's, in standard
    /// deviations of that difference: below 0 where longer outputs are preferred.
    pub length_effect: f64,
    /// The inverse strength of the penalty that predicts best.
    pub c: f64,
}

/// A comparison as the regression takes it.
#[derive(Debug, Clone, Copy)]
struct Point {
    x: f64,
    preference: f64,
}

/// The win rate of the second with lengths held equal. Nothing of fewer comparisons than there are parts, where all
/// differences in length are the same, or of preferences outside 0 to 1.
///
/// The penalty is on absolute values (L1), without an intercept; the C is taken whose mean log loss over five parts left
/// out in turn is the least, the smallest of several. Comparison `i` of `n` is in part `(n - 1 - i) mod 5`. alpaca-eval
/// sorts the comparisons by their (equal) numbers of rows first, in an order that NumPy leaves open, so its parts, and
/// with them the C, may be others on some machines.
#[must_use]
pub fn length_controlled(comparisons: &[LengthComparison]) -> Option<LengthControlled> {
    let n = comparisons.len();
    let is_share = |c: &LengthComparison| (0.0..=1.0).contains(&c.preference);
    if n < FOLDS || !comparisons.iter().all(is_share) {
        return None;
    }
    let points = points(comparisons)?;
    let fold = |i: usize| (n - 1 - i) % FOLDS;
    let mut losses = [0.0; PENALTIES];
    for left_out in 0..FOLDS {
        let of = |wanted: bool| -> Vec<Point> {
            let all = points.iter().enumerate();
            all.filter(|(i, _)| (fold(*i) == left_out) == wanted)
                .map(|(_, point)| *point)
                .collect()
        };
        let (test, train) = (of(true), of(false));
        let mut weights = [0.0; 2];
        for (place, loss) in losses.iter_mut().enumerate() {
            weights = fitted(&train, penalty(place), weights)?;
            *loss += mean_loss(&test, weights) / FOLDS as f64;
        }
    }
    let best = (0..PENALTIES).reduce(|a, b| if losses[b] < losses[a] { b } else { a })?;
    let c = penalty(best);
    let [length_effect, advantage] = fitted(&points, c, [0.0; 2])?;
    Some(LengthControlled {
        rate: 1.0 / (1.0 + (-advantage).exp()),
        advantage,
        length_effect,
        c,
    })
}

fn penalty(place: usize) -> f64 {
    10f64.powf(-4.0 + 8.0 * place as f64 / (PENALTIES - 1) as f64)
}

/// The differences in length in standard deviations (of a sample), through the hyperbolic tangent.
fn points(comparisons: &[LengthComparison]) -> Option<Vec<Point>> {
    let difference = |c: &LengthComparison| c.lengths[0] as f64 - c.lengths[1] as f64;
    let n = comparisons.len() as f64;
    let mean = comparisons.iter().map(difference).sum::<f64>() / n;
    let squares = comparisons.iter().map(|c| (difference(c) - mean).powi(2));
    let deviation = (squares.sum::<f64>() / (n - 1.0)).sqrt();
    let point = |c: &LengthComparison| Point {
        x: (difference(c) / deviation).tanh(),
        preference: c.preference,
    };
    (deviation > 0.0).then(|| comparisons.iter().map(point).collect())
}

/// ln(1 + e^z), without overflow.
fn softplus(z: f64) -> f64 {
    z.max(0.0) + (-z.abs()).exp().ln_1p()
}

fn loss(point: &Point, [slope, constant]: [f64; 2]) -> f64 {
    let z = slope * point.x + constant;
    softplus(z) - point.preference * z
}

fn mean_loss(points: &[Point], weights: [f64; 2]) -> f64 {
    points.iter().map(|p| loss(p, weights)).sum::<f64>() / points.len() as f64
}

fn objective(points: &[Point], c: f64, weights: [f64; 2]) -> f64 {
    let losses: f64 = points.iter().map(|p| loss(p, weights)).sum();
    weights[0].abs() + weights[1].abs() + c * losses
}

/// The weights that make the sum of their absolute values and `c` times the loss the least: Newton's method, with the
/// absolute values within each step. `None` where it does not end.
fn fitted(points: &[Point], c: f64, start: [f64; 2]) -> Option<[f64; 2]> {
    let mut weights = start;
    let mut now = objective(points, c, weights);
    for _ in 0..MOST_STEPS {
        let step = step(points, c, weights);
        let moved = |part: f64| [weights[0] + part * step[0], weights[1] + part * step[1]];
        let mut part = 1.0;
        // A whole step can be too far at first; the last ones are as small as rounding.
        while part > 1e-10 && objective(points, c, moved(part)) > now + 1e-12 * now.abs() {
            part /= 2.0;
        }
        weights = moved(part);
        now = objective(points, c, weights);
        let scale = 1.0 + weights[0].abs().max(weights[1].abs());
        if part * step[0].abs().max(step[1].abs()) <= SMALL * scale {
            return Some(weights);
        }
    }
    None
}

/// The step to the optimum of the quadratic that the loss is like here, together with the absolute values.
fn step(points: &[Point], c: f64, weights: [f64; 2]) -> [f64; 2] {
    let (mut slope, mut curve) = ([0.0; 2], [[0.0; 2]; 2]);
    for point in points {
        let x = [point.x, 1.0];
        let p = 1.0 / (1.0 + (-(weights[0] * x[0] + weights[1])).exp());
        for i in 0..2 {
            slope[i] += c * (p - point.preference) * x[i];
            for j in 0..2 {
                curve[i][j] += c * p * (1.0 - p) * x[i] * x[j];
            }
        }
    }
    // A curve of nothing, where all are decided, must not make a step without bounds.
    curve[0][0] += 1e-12;
    curve[1][1] += 1e-12;
    let mut step = [0.0; 2];
    for _ in 0..10_000 {
        let before: [f64; 2] = step;
        for i in 0..2 {
            let other = 1 - i;
            let gradient = slope[i] + curve[i][other] * step[other];
            let goal = soft(curve[i][i] * weights[i] - gradient, 1.0) / curve[i][i];
            step[i] = goal - weights[i];
        }
        if (step[0] - before[0]).abs().max((step[1] - before[1]).abs()) < SMALL {
            break;
        }
    }
    step
}

/// A value drawn towards 0 by `by`.
fn soft(value: f64, by: f64) -> f64 {
    value.signum() * (value.abs() - by).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn comparison(preference: f64, lengths: [usize; 2]) -> LengthComparison {
        LengthComparison {
            preference,
            lengths,
        }
    }

    #[test]
    fn nothing_is_said_where_nothing_can_be() {
        let equal = vec![comparison(1.0, [5, 9]); 30];
        assert_eq!(length_controlled(&equal), None, "one difference");
        assert_eq!(length_controlled(&equal[..4]), None, "too few");
        let mut wrong: Vec<_> = (0..30).map(|i| comparison(1.0, [i, 9])).collect();
        assert!(length_controlled(&wrong).is_some());
        wrong[3].preference = f64::NAN;
        assert_eq!(length_controlled(&wrong), None);
    }

    #[test]
    fn a_preference_for_length_alone_is_none_where_lengths_are_equal() {
        // The longer always wins, and each is the longer equally often.
        let pair = |i: usize| match i % 2 {
            0 => comparison(1.0, [100, 150 + i]),
            _ => comparison(0.0, [150 + i, 100]),
        };
        let all: Vec<LengthComparison> = (0..200).map(pair).collect();
        let found = length_controlled(&all).unwrap();
        assert!(found.length_effect < -3.0, "{found:?}");
        assert!((found.rate - 0.5).abs() < 0.05, "{found:?}");
    }
}
