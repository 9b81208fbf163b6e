//! What all that is said of judges is computed from: values by what was judged, and single verdicts on pairs.

use crate::answers::Preference;
use crate::judgements::{Comparison, Judgements, Scale};
use std::collections::BTreeMap;

/// What was judged: the unit, and the system or the pair.
pub(super) type Judged = (usize, usize);

/// Who said what of each. A preference is a number: 1 for the pair's second system, 0 for its first, a half for a tie;
/// the system of the lower place is the first.
pub(super) type Values = BTreeMap<Judged, Vec<(usize, f64)>>;

/// The values under a dimension of the raters that count.
pub(super) fn values(
    table: &Judgements,
    dimension: usize,
    counts: impl Fn(usize) -> bool,
) -> Values {
    let mut found = Values::new();
    let ratings = table.ratings.iter();
    for r in ratings.filter(|r| r.dimension == dimension && counts(r.rater)) {
        let said = found.entry((r.unit, r.system)).or_default();
        said.push((r.rater, r.value));
    }
    let comparisons = table.comparisons.iter();
    for c in comparisons.filter(|c| c.dimension == dimension && counts(c.rater)) {
        let verdict = Verdict::of(c);
        let key = pair_key(table, verdict.pair);
        let said = found.entry((c.unit, key)).or_default();
        said.push((c.rater, verdict.value()));
    }
    found
}

/// A pair of systems as one number.
fn pair_key(table: &Judgements, [first, second]: [usize; 2]) -> usize {
    first * table.systems.len() + second
}

/// The pair that a number stands for.
pub(super) fn pair_of(table: &Judgements, key: usize) -> [usize; 2] {
    let systems = table.systems.len();
    [key / systems, key % systems]
}

/// A single verdict on a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Verdict {
    /// What was judged.
    pub unit: usize,
    /// The systems, the one of the lower place first.
    pub pair: [usize; 2],
    /// Which of these was shown first.
    pub shown_first: usize,
    /// Which of them won; nothing of a tie.
    pub winner: Option<usize>,
}

impl Verdict {
    fn of(comparison: &Comparison) -> Self {
        let [a, b] = comparison.systems;
        let is_turned = a > b;
        let preference = match is_turned {
            true => comparison.preference.turned(),
            false => comparison.preference,
        };
        Self {
            unit: comparison.unit,
            pair: [a.min(b), a.max(b)],
            shown_first: usize::from(is_turned),
            winner: match preference {
                Preference::First => Some(0),
                Preference::Second => Some(1),
                Preference::Tie | Preference::BothBad => None,
            },
        }
    }

    /// 1 for the pair's second system, 0 for its first, a half for a tie.
    pub(super) fn value(&self) -> f64 {
        self.winner.map_or(0.5, |winner| winner as f64)
    }

    /// 1 for the one that was shown first, 0 for the other, a half for a tie.
    pub(super) fn first_won(&self) -> f64 {
        let won = |winner| f64::from(u8::from(winner == self.shown_first));
        self.winner.map_or(0.5, won)
    }
}

/// The verdicts of the raters that count: each single one where they are known, otherwise the comparisons.
pub(super) fn verdicts(
    table: &Judgements,
    dimension: usize,
    counts: impl Fn(usize) -> bool,
) -> Vec<Verdict> {
    let own = |list: &[Comparison]| -> Vec<Verdict> {
        let own = list
            .iter()
            .filter(|c| c.dimension == dimension && counts(c.rater));
        own.map(Verdict::of).collect()
    };
    let games = own(&table.games);
    if games.is_empty() {
        own(&table.comparisons)
    } else {
        games
    }
}

pub(super) fn mean(said: &[(usize, f64)]) -> f64 {
    said.iter().map(|s| s.1).sum::<f64>() / said.len() as f64
}

/// What several values come to as one: the commonest of names, and the mean of numbers. Nothing where two answers of
/// yes and no are equally common.
pub(super) fn summary(said: &[(usize, f64)], scale: &Scale) -> Option<f64> {
    let more_than = |value: f64| {
        let own = said.iter().filter(|s| s.1 == value).count();
        [0.0, 0.5, 1.0]
            .iter()
            .filter(|v| **v != value)
            .all(|v| own > said.iter().filter(|s| s.1 == *v).count())
    };
    match scale {
        Scale::Preference => {
            let won = [0.0, 1.0].into_iter().find(|v| more_than(*v));
            Some(won.unwrap_or(0.5))
        }
        Scale::YesNo => [0.0, 1.0].into_iter().find(|v| more_than(*v)),
        Scale::Points { .. } | Scale::Penalty | Scale::Number | Scale::Ranking => Some(mean(said)),
    }
}
