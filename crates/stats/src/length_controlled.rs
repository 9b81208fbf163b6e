//! The length-controlled win rate of AlpacaEval 2 (Dubois et al. 2024) in its variant `length_controlled_minimal`, as
//! alpaca-eval 0.6.6 defines it: a logistic regression of the preference on how much longer one output is, without
//! terms for how hard an instruction is, and the win rate that it gives where both are equally long.

/// Parts into which comparisons are divided to choose the penalty.
pub const FOLDS: usize = 5;
/// Penalties that are tried: ten values of C from 10^-4 to 10^4, evenly in their logarithms.
const PENALTIES: usize = 10;
/// Times that both weights are brought to their optimum at most.
const MOST_SWEEPS: usize = 5_000;
/// Steps to the optimum of one weight at most; each halves what is open, or does better.
const MOST_STEPS: usize = 100;
/// A weight beyond which there is no optimum.
const MOST_WEIGHT: f64 = 1e9;
/// A change below which the optimum is found.
const SMALL: f64 = 1e-12;

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

/// The weights that make the sum of their absolute values and `c` times the loss the least: one after the other, each to
/// its optimum while the other stays, until neither changes. `None` where that does not end.
fn fitted(points: &[Point], c: f64, start: [f64; 2]) -> Option<[f64; 2]> {
    let mut weights = start;
    for _ in 0..MOST_SWEEPS {
        let before = weights;
        for place in 0..2 {
            weights[place] = optimum(points, c, weights, place)?;
        }
        let scale = 1.0 + weights[0].abs().max(weights[1].abs());
        let change = (weights[0] - before[0]).abs();
        if change.max((weights[1] - before[1]).abs()) <= SMALL * scale {
            return Some(weights);
        }
    }
    None
}

/// The slope of `c` times the loss in one weight, and its curvature.
fn slope(points: &[Point], c: f64, weights: [f64; 2], place: usize) -> [f64; 2] {
    let term = |point: &Point| {
        let x = [point.x, 1.0];
        let p = 1.0 / (1.0 + (-(weights[0] * x[0] + weights[1])).exp());
        [
            c * (p - point.preference) * x[place],
            c * p * (1.0 - p) * x[place] * x[place],
        ]
    };
    let add = |[a, b]: [f64; 2], [x, y]: [f64; 2]| [a + x, b + y];
    points.iter().map(term).fold([0.0; 2], add)
}

/// The best value of one weight while the other stays: 0 where the loss is not steep enough there for the penalty, else
/// where slope and penalty are even, by Newton's method within bounds that hold the value. `None` where it has no bound.
fn optimum(points: &[Point], c: f64, weights: [f64; 2], place: usize) -> Option<f64> {
    let at = |value: f64| {
        let mut weights = weights;
        weights[place] = value;
        slope(points, c, weights, place)
    };
    let [steep, _] = at(0.0);
    if steep.abs() <= 1.0 {
        return Some(0.0);
    }
    // Away from 0 against the slope; `even` rises along the way and is 0 at the optimum.
    let side = -steep.signum();
    let even = |distance: f64| {
        let [slope, curvature] = at(side * distance);
        [side * slope + 1.0, curvature]
    };
    let (mut low, mut high) = (0.0, 1.0);
    while even(high)[0] < 0.0 {
        (low, high) = (high, 2.0 * high);
        if high > MOST_WEIGHT {
            return None;
        }
    }
    let known = weights[place].abs();
    let mut distance = match known > low && known < high {
        true => known,
        false => f64::midpoint(low, high),
    };
    for _ in 0..MOST_STEPS {
        let [value, curvature] = even(distance);
        if value < 0.0 {
            low = distance;
        } else {
            high = distance;
        }
        let newton = distance - value / curvature;
        let next = match newton > low && newton < high {
            true => newton,
            false => f64::midpoint(low, high),
        };
        if (next - distance).abs() <= SMALL * (1.0 + next) / 10.0 {
            return Some(side * next);
        }
        distance = next;
    }
    Some(side * distance)
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
    fn the_optimum_is_found_where_length_decides_everything() {
        let pair = |i: usize| match i % 4 {
            0 => comparison(0.0, [90, 40]),
            _ => comparison(1.0, [40, 80 + i]),
        };
        let all: Vec<LengthComparison> = (0..40).map(pair).collect();
        let found = length_controlled(&all).unwrap();
        assert!(found.length_effect < -1.0 && found.rate < 0.65, "{found:?}");
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
