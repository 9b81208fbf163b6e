//! Strengths from pairwise comparisons whose raters differ: each rater may favour what is shown first, and may tell items
//! apart more or less clearly. Item i, shown first, beats item j for rater r with a probability in proportion to
//! exp(a_r b_i + o_r), loses in proportion to exp(a_r b_j), and ties in proportion to v exp(a_r (b_i + b_j) / 2).
//!
//! o_r is the order effect of Davidson and Beaver (1977) for each rater, a_r a discrimination as in the two-parameter
//! logistic model (Birnbaum 1968); the geometric mean of all a_r is 1. The greatest likelihood by Newton's steps from the
//! fit without discrimination, with standard errors that allow for games of one cluster depending on each other (the
//! sandwich; Liang and Zeger 1986).

use super::bradley_terry::{RankingError, Strengths};
use super::davidson::{Game, Outcome};
use super::newton;
use nalgebra::{DMatrix, DVector};
use std::collections::BTreeMap;

/// A game of a rater.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RatedGame {
    /// The game; where the order is known, the item that was shown first stands first.
    pub game: Game,
    /// The rater's place.
    pub rater: usize,
    /// Whether it is known which was shown first.
    pub order: ShownOrder,
}

/// What is known of the order in which two outputs were shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShownOrder {
    /// The first was shown first.
    Known,
    /// Nothing.
    Unknown,
}

/// In what raters may differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Differing {
    /// In how much they favour what is shown first.
    Order,
    /// In this, and in how clearly they tell items apart.
    OrderAndDiscrimination,
}

/// A number on the scale of natural logarithms, with its standard error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LogEffect {
    /// The number.
    pub value: f64,
    /// Its standard error, at least 0.
    pub error: f64,
}

/// What is found of a rater.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RaterEffect {
    /// What being shown first adds to the log-odds of winning; nothing where no order is known.
    pub order: Option<LogEffect>,
    /// The logarithm of the discrimination; nothing where raters do not differ in it.
    pub discrimination: Option<LogEffect>,
}

/// Strengths with the raters' effects held equal.
#[derive(Debug, Clone, PartialEq)]
pub struct RatedStrengths {
    /// The strengths as a rater of discrimination 1 sees them without an order; their covariance is that over clusters.
    pub strengths: Strengths,
    /// Rater by rater.
    pub raters: Vec<RaterEffect>,
    /// The odds of a tie between equals against a win of one of them; 0 where none tied.
    pub tie: f64,
}

/// The strengths of that many `items` by the games of that many `raters`.
///
/// # Errors
/// When there are fewer than two items, games name others, or a parameter has no bound.
pub fn rated_strengths(
    items: usize,
    raters: usize,
    games: &[RatedGame],
    differing: Differing,
) -> Result<RatedStrengths, RankingError> {
    let is_known = |rated: &RatedGame| {
        let [first, second] = rated.game.items;
        first < items && second < items && first != second && rated.rater < raters
    };
    if items < 2 || raters == 0 || games.is_empty() || !games.iter().all(is_known) {
        return Err(RankingError::Shape);
    }
    let alike = Model::of(items, raters, games, Differing::Order);
    let start = newton::peak(alike.parameters(), items, |at| {
        alike.slopes(at, Curvature::Observed)
    });
    let start = start.ok_or(RankingError::Unbounded)?;
    let model = Model::of(items, raters, games, differing);
    let peak = match differing {
        Differing::Order => start,
        Differing::OrderAndDiscrimination => {
            let from = model.start(&start);
            // Far from the peak the observed curvature may lead away from it; the expected one leads there, more slowly.
            let climbed = |by| newton::peak_from(from.clone(), items, |at| model.slopes(at, by));
            let peak = climbed(Curvature::Observed).or_else(|| climbed(Curvature::Expected));
            peak.ok_or(RankingError::Unbounded)?
        }
    };
    let covariance = model.covariance(&peak).ok_or(RankingError::Unbounded)?;
    Ok(model.strengths_at(&peak, &covariance))
}

/// How the likelihood curves: as it does with these games, or as expected of games at these parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Curvature {
    Observed,
    Expected,
}

/// Parameters stand in this order: strengths, logarithms of discriminations but the last (which is less their sum), order
/// effects of raters with a known order, the logarithm of the odds of a tie.
struct Model<'a> {
    items: usize,
    raters: usize,
    games: &'a [RatedGame],
    /// Discriminations that are free.
    free: usize,
    /// Of each rater the place of its order effect.
    orders: Vec<Option<usize>>,
    tie: Option<usize>,
    parameters: usize,
}

/// The derivatives of the logarithms of the three outcomes' weights, for the parameters that a game is about.
type Terms = Vec<(usize, [f64; 3])>;

impl<'a> Model<'a> {
    fn of(items: usize, raters: usize, games: &'a [RatedGame], differing: Differing) -> Self {
        let free = match differing {
            Differing::Order => 0,
            Differing::OrderAndDiscrimination => raters - 1,
        };
        let mut next = items + free;
        let mut take = || {
            next += 1;
            next - 1
        };
        let has_order = |rater: usize| {
            let mut own = games.iter().filter(|g| g.rater == rater);
            own.any(|g| g.order == ShownOrder::Known)
        };
        let orders = (0..raters).map(|r| has_order(r).then(&mut take)).collect();
        let has_ties = games.iter().any(|g| g.game.outcome == Outcome::Tie);
        let tie = has_ties.then(&mut take);
        Self {
            items,
            raters,
            games,
            free,
            orders,
            tie,
            parameters: next,
        }
    }

    fn parameters(&self) -> usize {
        self.parameters
    }

    /// The parameters of the fit without discrimination at their places here.
    fn start(&self, alike: &DVector<f64>) -> DVector<f64> {
        let mut at = DVector::zeros(self.parameters);
        at.rows_mut(0, self.items)
            .copy_from(&alike.rows(0, self.items));
        let rest = alike.len() - self.items;
        let from = self.items + self.free;
        at.rows_mut(from, rest)
            .copy_from(&alike.rows(self.items, rest));
        at
    }

    /// The free parameters that a rater's discrimination is made of, with their factors.
    fn parts(&self, rater: usize) -> Vec<(usize, f64)> {
        match (self.free, rater + 1 == self.raters) {
            (0, _) => Vec::new(),
            (_, false) => vec![(self.items + rater, 1.0)],
            (free, true) => (0..free).map(|k| (self.items + k, -1.0)).collect(),
        }
    }

    /// The logarithm of a rater's discrimination.
    fn log_discrimination(&self, rater: usize, at: &DVector<f64>) -> f64 {
        self.parts(rater)
            .iter()
            .map(|(k, factor)| factor * at[*k])
            .sum()
    }

    /// The place of the order effect that a game has.
    fn order(&self, rated: &RatedGame) -> Option<usize> {
        match rated.order {
            ShownOrder::Known => self.orders[rated.rater],
            ShownOrder::Unknown => None,
        }
    }

    /// The probabilities of the three outcomes: first, second, tie.
    fn probabilities(&self, rated: &RatedGame, at: &DVector<f64>) -> [f64; 3] {
        let scale = self.log_discrimination(rated.rater, at).exp();
        let [first, second] = rated.game.items.map(|item| scale * at[item]);
        let order = self.order(rated).map_or(0.0, |place| at[place]);
        let tie = self.tie.map_or(f64::NEG_INFINITY, |place| at[place]);
        let logs = [first + order, second, (first + second) / 2.0 + tie];
        let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let weights = logs.map(|log| (log - most).exp());
        let total: f64 = weights.iter().sum();
        weights.map(|weight| weight / total)
    }

    fn terms(&self, rated: &RatedGame, at: &DVector<f64>) -> Terms {
        let scale = self.log_discrimination(rated.rater, at).exp();
        let [first, second] = rated.game.items;
        let mut terms = vec![
            (first, [scale, 0.0, scale / 2.0]),
            (second, [0.0, scale, scale / 2.0]),
        ];
        let [one, two] = [first, second].map(|item| scale * at[item]);
        for (place, factor) in self.parts(rated.rater) {
            let own = [one, two, (one + two) / 2.0];
            terms.push((place, own.map(|x| factor * x)));
        }
        terms.extend(self.order(rated).map(|place| (place, [1.0, 0.0, 0.0])));
        terms.extend(self.tie.map(|place| (place, [0.0, 0.0, 1.0])));
        terms
    }

    /// What was seen of each outcome less what was expected.
    fn rest(rated: &RatedGame, p: [f64; 3]) -> [f64; 3] {
        let own = match rated.game.outcome {
            Outcome::First => 0,
            Outcome::Second => 1,
            Outcome::Tie => 2,
        };
        std::array::from_fn(|o| f64::from(u8::from(o == own)) - p[o])
    }

    /// What a game adds to the gradient.
    fn score(&self, rated: &RatedGame, at: &DVector<f64>) -> Vec<(usize, f64)> {
        let rest = Self::rest(rated, self.probabilities(rated, at));
        let dot = |x: [f64; 3]| (0..3).map(|o| rest[o] * x[o]).sum();
        let terms = self.terms(rated, at).into_iter();
        terms.map(|(place, x)| (place, dot(x))).collect()
    }

    /// The gradient, and the negative of the second derivatives or what is expected of it.
    fn slopes(&self, at: &DVector<f64>, by: Curvature) -> (DVector<f64>, DMatrix<f64>) {
        let n = self.parameters;
        let mut gradient = DVector::<f64>::zeros(n);
        let mut curvature = DMatrix::<f64>::zeros(n, n);
        for rated in self.games {
            let p = self.probabilities(rated, at);
            let terms = self.terms(rated, at);
            let mean = |x: &[f64; 3]| (0..3).map(|o| p[o] * x[o]).sum::<f64>();
            for (place, slope) in self.score(rated, at) {
                gradient[place] += slope;
            }
            for (row, x) in &terms {
                for (column, y) in &terms {
                    let both: f64 = (0..3).map(|o| p[o] * x[o] * y[o]).sum();
                    curvature[(*row, *column)] += both - mean(x) * mean(y);
                }
            }
            if by == Curvature::Observed {
                self.bend(rated, at, p, &mut curvature);
            }
        }
        (gradient, curvature)
    }

    /// What the product of discrimination and strength adds to the curvature.
    fn bend(
        &self,
        rated: &RatedGame,
        at: &DVector<f64>,
        p: [f64; 3],
        curvature: &mut DMatrix<f64>,
    ) {
        let parts = self.parts(rated.rater);
        if parts.is_empty() {
            return;
        }
        let rest = Self::rest(rated, p);
        let scale = self.log_discrimination(rated.rater, at).exp();
        // Of each item the part of the outcomes' remainders that its strength is in.
        let own = [rest[0] + rest[2] / 2.0, rest[1] + rest[2] / 2.0];
        let mut twice = 0.0;
        for (item, own) in rated.game.items.into_iter().zip(own) {
            twice += own * scale * at[item];
            for (place, factor) in &parts {
                curvature[(item, *place)] -= own * scale * factor;
                curvature[(*place, item)] -= own * scale * factor;
            }
        }
        for (row, x) in &parts {
            for (column, y) in &parts {
                curvature[(*row, *column)] -= twice * x * y;
            }
        }
    }

    /// The sandwich over clusters; by the curvature alone where there are fewer than two of them.
    fn covariance(&self, at: &DVector<f64>) -> Option<DMatrix<f64>> {
        let (_, curvature) = self.slopes(at, Curvature::Observed);
        let inverse = newton::inverted(&curvature, self.items)?;
        let mut sums: BTreeMap<usize, DVector<f64>> = BTreeMap::new();
        for rated in self.games {
            let sum = sums.entry(rated.game.cluster);
            let sum = sum.or_insert_with(|| DVector::zeros(self.parameters));
            for (place, slope) in self.score(rated, at) {
                sum[place] += slope;
            }
        }
        let clusters = sums.len() as f64;
        if clusters < 2.0 {
            return Some(inverse);
        }
        let mut meat = DMatrix::<f64>::zeros(self.parameters, self.parameters);
        for sum in sums.values() {
            meat += sum * sum.transpose();
        }
        Some(&inverse * meat * &inverse * (clusters / (clusters - 1.0)))
    }

    fn strengths_at(&self, at: &DVector<f64>, covariance: &DMatrix<f64>) -> RatedStrengths {
        let error = |place: usize| covariance[(place, place)].max(0.0).sqrt();
        let items = 0..self.items;
        let row = |i: usize| (0..self.items).map(|j| covariance[(i, j)]).collect();
        let discrimination = |rater: usize| {
            let parts = self.parts(rater);
            let variance = |(a, x): &(usize, f64)| -> f64 {
                parts
                    .iter()
                    .map(|(b, y)| x * y * covariance[(*a, *b)])
                    .sum()
            };
            (self.free > 0).then(|| LogEffect {
                value: self.log_discrimination(rater, at),
                error: parts.iter().map(variance).sum::<f64>().max(0.0).sqrt(),
            })
        };
        let effect = |rater: usize| RaterEffect {
            order: self.orders[rater].map(|place| LogEffect {
                value: at[place],
                error: error(place),
            }),
            discrimination: discrimination(rater),
        };
        RatedStrengths {
            strengths: Strengths {
                values: items.clone().map(|i| at[i]).collect(),
                standard_errors: items.clone().map(error).collect(),
                covariance: items.map(row).collect(),
            },
            raters: (0..self.raters).map(effect).collect(),
            tie: self.tie.map_or(0.0, |place| at[place].exp()),
        }
    }
}
