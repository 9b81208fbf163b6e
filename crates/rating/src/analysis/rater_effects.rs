//! How raters differ who compare outputs: how much each favours the output shown first, how clearly each tells systems
//! apart, and how strong systems are with that held equal. The runs of a judge are one rater.

use crate::answers::Preference;
use crate::judgements::{Comparison, Judgements, RaterKind};
use assay_sorting::sort_by;
use assay_stats::NORMAL_975;
use assay_stats::davidson::{Game, Outcome};
use assay_stats::decision::FEWEST_UNITS;
use assay_stats::rater_effects::{
    Differing, LogEffect, RatedGame, RatedStrengths, ShownOrder, rated_strengths,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Raters that have effects of their own at most: those with the most comparisons.
const MOST_RATERS: usize = 20;

/// What raters differ in, and strengths with that held equal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RaterEffects {
    /// Rater by rater, in the order of the table; those who have compared too little stand together, last,
    /// and are left out where they are too little together.
    pub raters: Vec<RaterDifference>,
    /// The strengths of systems with the raters' effects held equal.
    pub systems: Vec<EqualStrength>,
}

/// A rater, or those who have compared on too few items together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RaterDifference {
    /// The name; nothing of several together.
    pub name: Option<String>,
    /// How many raters these are.
    pub raters: usize,
    /// Comparisons, or single verdicts of a judge.
    pub count: usize,
    /// Items that these are on.
    pub units: usize,
    /// What being shown first multiplies the odds of winning by; nothing where no order is known.
    pub order: Option<Factor>,
    /// How clearly systems are told apart: what log-odds are multiplied by, 1 in the (geometric) mean; nothing where the
    /// comparisons leave it open.
    pub discrimination: Option<Factor>,
}

/// A factor, above 0.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Factor {
    /// The factor; 1 changes nothing.
    pub value: f64,
    /// Its 95 % interval; comparisons of one item may depend on each other.
    pub interval: [f64; 2],
}

/// A system's strength with the raters' effects held equal.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct EqualStrength {
    /// The system's place.
    pub system: usize,
    /// On the scale of natural logarithms, their mean 0.
    pub value: f64,
    /// Its 95 % interval.
    pub interval: [f64; 2],
}

/// Who counts as one rater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Who<'a> {
    Person(usize),
    Judge(&'a str),
}

/// A comparison, whose it is, and whether its order is known.
type Given<'a> = (Who<'a>, &'a Comparison, ShownOrder);

fn who(table: &Judgements, rater: usize) -> Who<'_> {
    match &table.raters[rater].kind {
        RaterKind::Person => Who::Person(rater),
        RaterKind::Model { name } => Who::Judge(name),
    }
}

/// How the raters of a dimension differ. Nothing where fewer than two have compared, or on fewer than 20 items each.
pub(super) fn of(table: &Judgements, dimension: usize) -> Option<RaterEffects> {
    let given = given(table, dimension);
    let groups = groups(&given);
    if groups.len() < 2 {
        return None;
    }
    let place = |list: &[usize], system: usize| list.partition_point(|s| *s < system);
    let systems: BTreeSet<usize> = given.iter().flat_map(|(_, c, _)| c.systems).collect();
    let systems: Vec<usize> = systems.into_iter().collect();
    let of_rater = |who: &Who<'_>| groups.iter().position(|group| group.contains(who));
    let game = |(who, c, order): &Given<'_>| {
        Some(RatedGame {
            game: Game {
                items: c.systems.map(|system| place(&systems, system)),
                outcome: match c.preference {
                    Preference::First => Outcome::First,
                    Preference::Second => Outcome::Second,
                    Preference::Tie | Preference::BothBad => Outcome::Tie,
                },
                cluster: c.unit,
            },
            rater: of_rater(who)?,
            order: *order,
        })
    };
    let games: Vec<RatedGame> = given.iter().filter_map(game).collect();
    let fit = |differing| rated_strengths(systems.len(), groups.len(), &games, differing).ok();
    let knows_orders = games.iter().any(|g| g.order == ShownOrder::Known);
    let alike = || fit(Differing::Order).filter(|_| knows_orders);
    let found = fit(Differing::OrderAndDiscrimination).or_else(alike)?;
    Some(as_factors(table, &given, &groups, &systems, &found))
}

/// The comparisons of a dimension: of a rater whose single verdicts are known in their order these, else what they count
/// as.
fn given(table: &Judgements, dimension: usize) -> Vec<Given<'_>> {
    let own = |list: &'_ [Comparison]| -> BTreeSet<usize> {
        let own = list.iter().filter(|c| c.dimension == dimension);
        own.map(|c| c.rater).collect()
    };
    // Raters who do not count are in the games alone.
    let counted = own(&table.comparisons);
    let ordered: BTreeSet<usize> = own(&table.games).intersection(&counted).copied().collect();
    let games = table.games.iter();
    let games = games.filter(|c| ordered.contains(&c.rater));
    let games = games.map(|c| (who(table, c.rater), c, ShownOrder::Known));
    let rest = table.comparisons.iter();
    let rest = rest.filter(|c| !ordered.contains(&c.rater));
    let rest = rest.map(|c| (who(table, c.rater), c, ShownOrder::Unknown));
    let all = games.chain(rest);
    all.filter(|(_, c, _)| c.dimension == dimension).collect()
}

/// How many comparisons a rater gave, and on how many items.
fn extent(given: &[Given<'_>], group: &[Who<'_>]) -> (usize, usize) {
    let own = || given.iter().filter(|(who, ..)| group.contains(who));
    let units: BTreeSet<usize> = own().map(|(_, c, _)| c.unit).collect();
    (own().count(), units.len())
}

/// Raters with enough items of their own, the largest of them, and all others together.
fn groups<'a>(given: &[Given<'a>]) -> Vec<Vec<Who<'a>>> {
    let mut units: BTreeMap<Who<'a>, BTreeSet<usize>> = BTreeMap::new();
    for (who, c, _) in given {
        units.entry(*who).or_default().insert(c.unit);
    }
    let mut all: Vec<(Who<'a>, usize)> = units.into_iter().map(|(w, u)| (w, u.len())).collect();
    sort_by(&mut all, |a, b| b.1.cmp(&a.1));
    let enough = all.iter().filter(|(_, units)| *units >= FEWEST_UNITS);
    let rest = all.split_off(enough.count().min(MOST_RATERS));
    sort_by(&mut all, |a, b| a.0.cmp(&b.0));
    let mut groups: Vec<Vec<Who<'a>>> = all.into_iter().map(|(who, _)| vec![who]).collect();
    let rest: Vec<Who<'a>> = rest.into_iter().map(|(who, _)| who).collect();
    if extent(given, &rest).1 >= FEWEST_UNITS {
        groups.push(rest);
    }
    groups
}

fn factor(effect: LogEffect) -> Factor {
    let end = |z: f64| (effect.value + z * effect.error).exp();
    Factor {
        value: effect.value.exp(),
        interval: [-NORMAL_975, NORMAL_975].map(end),
    }
}

fn as_factors(
    table: &Judgements,
    given: &[Given<'_>],
    groups: &[Vec<Who<'_>>],
    systems: &[usize],
    found: &RatedStrengths,
) -> RaterEffects {
    let difference = |(place, group): (usize, &Vec<Who<'_>>)| {
        let (count, units) = extent(given, group);
        let effect = found.raters[place];
        RaterDifference {
            name: match group[..] {
                [Who::Person(rater)] => Some(table.raters[rater].name.clone()),
                [Who::Judge(name)] => Some(name.to_owned()),
                _ => None,
            },
            raters: group.len(),
            count,
            units,
            order: effect.order.map(factor),
            discrimination: effect.discrimination.map(factor),
        }
    };
    let strengths = &found.strengths;
    let strength = |(place, system): (usize, &usize)| {
        let (value, error) = (strengths.values[place], strengths.standard_errors[place]);
        EqualStrength {
            system: *system,
            value,
            interval: [-NORMAL_975, NORMAL_975].map(|z| value + z * error),
        }
    };
    RaterEffects {
        raters: groups.iter().enumerate().map(difference).collect(),
        systems: systems.iter().enumerate().map(strength).collect(),
    }
}
