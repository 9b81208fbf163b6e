//! Who is preferred to whom: win rates, and strengths out of comparisons (Bradley and Terry, with ties by Davidson) and
//! out of rankings (Plackett and Luce).

use super::super::answers::Preference;
use super::super::judgements::{Comparison, Judgements, Scale};
use super::looks::look;
use super::rater_effects::{self, RaterEffects};
use super::shared::{SAMPLES, SEED, code, compared_pairs, correct, deviations, in_order, scored};
use super::style::StyleControl;
use assay_stats::bradley_terry::{RankingError, Strengths, online_elo};
use assay_stats::clustered::{mean_interval, sign_flip};
use assay_stats::davidson::{Game, Outcome, bootstrap_intervals, davidson};
use assay_stats::plackett_luce::plackett_luce;
use assay_stats::{Interval, NORMAL_975, Sequential};
use serde::{Deserialize, Serialize};

/// Taken from the log-likelihood where strengths would have no bound.
const PENALTY: f64 = 0.1;
/// Resamples behind the bootstrap intervals of strengths.
const STRENGTH_SAMPLES: usize = 200;
/// Comparisons up to which strengths are bootstrapped; more take seconds, and the standard errors say the same.
const MOST_RESAMPLED: usize = 5_000;
/// What one game moves Elo's ratings by at most, as in chess.
const ELO_K: f64 = 32.0;

/// All comparisons of a dimension.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Preferences {
    /// Pair by pair.
    pub pairs: Vec<Pair>,
    /// The strengths. `None` where nothing can be said.
    pub ranked: Option<Ranked>,
    /// With length and style held equal; only where the outputs are loaded.
    pub style: Option<StyleControl>,
    /// How raters differ; only where two or more have compared on enough items.
    pub raters: Option<RaterEffects>,
}

/// Two systems.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pair {
    /// The systems' places.
    pub systems: [usize; 2],
    /// How often the second was preferred.
    pub wins: usize,
    /// How often the first was.
    pub losses: usize,
    /// How often they were equally good.
    pub ties: usize,
    /// How often both were bad.
    pub both_bad: usize,
    /// Units in which they were compared.
    pub units: usize,
    /// The second's win rate, other outcomes counted half.
    pub rate: f64,
    /// Its interval; raters and units are both resampled.
    pub interval: Option<Interval>,
    /// The p-value of the sign-flip test over units against a rate of one half.
    pub p_value: Option<f64>,
    /// The same after Holm's correction over the dimension's pairs.
    pub p_corrected: Option<f64>,
    /// What the rate less one half says to somebody who looks whenever they like.
    pub sequential: Option<Sequential>,
}

/// Strengths.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ranked {
    /// System by system.
    pub systems: Vec<Strength>,
    /// Whether a penalty keeps them bounded: somebody always won.
    pub penalised: bool,
    /// Comparisons or rankings behind them.
    pub count: usize,
    /// Items that these are on.
    pub units: usize,
    /// The odds of a tie between equals against a win of one of them; nothing of rankings.
    pub tie: Option<f64>,
}

impl Ranked {
    /// The systems that may be the best: none is significantly stronger.
    #[must_use]
    pub fn first(&self) -> Vec<usize> {
        let first = self.systems.iter().filter(|s| s.ranks[0] == 1);
        first.map(|s| s.system).collect()
    }
}

/// A system's strength.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Strength {
    /// The system's place.
    pub system: usize,
    /// On the scale of natural logarithms, their mean 0.
    pub value: f64,
    /// Its 95 % interval, from the standard error; of comparisons, comparisons of one item may depend on each other.
    pub interval: [f64; 2],
    /// The same interval by a bootstrap of items; only of comparisons, 5,000 at most, that leave no strength open.
    pub bootstrap: Option<[f64; 2]>,
    /// The best and the worst rank that it may have; those of all systems hold together at 95 %.
    pub ranks: [usize; 2],
    /// The same on Elo's scale, their mean 1000.
    pub elo: f64,
    /// Elo's rating after all games in the order they came, from 1000, moving by 32 at most; only of
    /// comparisons.
    pub played: Option<f64>,
}

/// The comparisons of a dimension.
pub(super) fn of(table: &Judgements, dimension: usize) -> Preferences {
    let own: Vec<&Comparison> = table
        .comparisons
        .iter()
        .filter(|c| c.dimension == dimension)
        .collect();
    let n = table.systems.len();
    let compared = compared_pairs(&own);
    let pairs = compared.iter();
    let pairs = pairs.map(|&systems| pair(&own, systems, compared.len()));
    let mut pairs: Vec<Pair> = pairs.collect();
    let tests = pairs.iter_mut();
    correct(
        tests
            .map(|p: &mut Pair| (p.p_value, &mut p.p_corrected))
            .collect(),
    );
    Preferences {
        pairs,
        ranked: strengths(&own, n),
        style: None,
        raters: rater_effects::of(table, dimension),
    }
}

/// The strengths of the systems that were compared.
fn strengths(own: &[&Comparison], systems: usize) -> Option<Ranked> {
    let mut present: Vec<usize> = own.iter().flat_map(|c| c.systems).collect();
    present.sort_unstable();
    present.dedup();
    let place = |system: usize| present.partition_point(|p| *p < system);
    let game = |c: &&Comparison| Game {
        items: c.systems.map(place),
        outcome: match c.preference {
            Preference::First => Outcome::First,
            Preference::Second => Outcome::Second,
            Preference::Tie | Preference::BothBad => Outcome::Tie,
        },
        cluster: c.unit,
    };
    let games: Vec<Game> = own.iter().map(game).collect();
    let (found, penalised) = bounded(|penalty| davidson(present.len(), &games, penalty))?;
    let resampled = !penalised && games.len() <= MOST_RESAMPLED;
    let bootstrap = resampled
        .then(|| bootstrap_intervals(present.len(), &games, STRENGTH_SAMPLES, SEED))
        .flatten();
    let played = played(own, systems);
    let mut units: Vec<usize> = own.iter().map(|c| c.unit).collect();
    units.sort_unstable();
    units.dedup();
    let mut strengths = each(&found.strengths, &present, Some(&played));
    for (strength, interval) in strengths.iter_mut().zip(bootstrap.into_iter().flatten()) {
        strength.bootstrap = Some(interval);
    }
    Some(Ranked {
        systems: strengths,
        penalised,
        count: own.len(),
        units: units.len(),
        tie: Some(found.tie),
    })
}

/// Elo's ratings after all games in their order.
fn played(own: &[&Comparison], systems: usize) -> Vec<f64> {
    let game = |c: &&Comparison| {
        let won = match c.preference {
            Preference::First => 1.0,
            Preference::Second => 0.0,
            Preference::Tie | Preference::BothBad => 0.5,
        };
        (c.systems[0], c.systems[1], won)
    };
    let games: Vec<_> = own.iter().map(game).collect();
    online_elo(systems, &games, ELO_K)
}

/// The results of two systems, tested as one of `compared` pairs.
fn pair(all: &[&Comparison], systems: [usize; 2], compared: usize) -> Pair {
    let own = all.iter().filter(|c| in_order(c.systems) == systems);
    let own: Vec<&&Comparison> = own.collect();
    let count = |wanted: f64| own.iter().filter(|c| code(c, systems[0]) == wanted).count();
    let scores = scored(all, systems);
    let deviations = deviations(&scores);
    Pair {
        systems,
        losses: count(0.0),
        wins: count(1.0),
        ties: count(2.0),
        both_bad: count(3.0),
        units: deviations.len(),
        rate: scores.iter().map(|s| s.value).sum::<f64>() / own.len() as f64,
        interval: mean_interval(&scores, SAMPLES, SEED),
        p_value: sign_flip(&deviations, SEED),
        p_corrected: None,
        sequential: look(&deviations, 0.5, compared),
    }
}

/// Strengths from rankings of a dimension. `None` where it has none.
pub(super) fn ranked(table: &Judgements, dimension: usize) -> Option<Ranked> {
    if table.dimensions[dimension].scale != Scale::Ranking {
        return None;
    }
    let orders: Vec<Vec<usize>> = table
        .orders
        .iter()
        .filter(|o| o.dimension == dimension)
        .map(|o| o.systems.clone())
        .collect();
    if orders.is_empty() {
        return None;
    }
    let n = table.systems.len();
    let (strengths, penalised) = bounded(|penalty| plackett_luce(n, &orders, penalty))?;
    let all: Vec<usize> = (0..n).collect();
    Some(Ranked {
        systems: each(&strengths, &all, None),
        penalised,
        count: orders.len(),
        units: orders.len(),
        tie: None,
    })
}

/// Strengths of the greatest likelihood, or with a penalty where those have no bound.
fn bounded<T>(fit: impl Fn(f64) -> Result<T, RankingError>) -> Option<(T, bool)> {
    match fit(0.0) {
        Ok(strengths) => Some((strengths, false)),
        Err(RankingError::Unbounded) => Some((fit(PENALTY).ok()?, true)),
        Err(_) => None,
    }
}

/// The strengths of the systems at these places.
fn each(strengths: &Strengths, places: &[usize], played: Option<&[f64]>) -> Vec<Strength> {
    let (elo, ranks) = (strengths.elo(), strengths.rank_intervals());
    let one = |(i, &system): (usize, &usize)| {
        let (value, error) = (strengths.values[i], strengths.standard_errors[i]);
        Strength {
            system,
            value,
            interval: [value - NORMAL_975 * error, value + NORMAL_975 * error],
            bootstrap: None,
            ranks: ranks[i],
            elo: elo[i],
            played: played.map(|p| p[system]),
        }
    };
    places.iter().enumerate().map(one).collect()
}
