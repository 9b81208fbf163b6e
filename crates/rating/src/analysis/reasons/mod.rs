//! What raters give as reasons: phrases that recur in them, with the count on each side ([`groups`]), and the reasons
//! themselves by words, side and phrase ([`find`]).
//!
//! A side is what a reason speaks for: one of the systems or a tie of a comparison; a high or a low value of a rating. A
//! reason of a file knows its judgement. A comment of a person belongs to the only judgement that the rater gave of the
//! same, and to none where there are several.
//!
//! Reasons are grouped by their phrases and not by vectors of an encoder: a phrase shows why texts are in one group, the
//! same texts give the same groups, and 10,000 texts take a second or two with nothing to load, some texts at a time
//! ([`Grouping`]). Texts that say the same in other words stay apart.

mod find;
mod phrases;
mod words;

pub use find::{FoundReason, ReasonQuery, find};
pub use phrases::{Phrase, unevenness};

use crate::answers::Preference;
use crate::judgements::{Dimension, JudgedAs, Judgements, RaterKind, Remark, Scale};
use assay_sorting::sort_by;
use phrases::{PASSES, Search, Sided};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// Whose reasons.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReasonSource {
    /// Of the judge of this name, all its runs.
    Judge(String),
    /// Of all people.
    People,
}

/// What a reason speaks for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReasonSide {
    /// The system of this name, of two.
    Favours(String),
    /// Neither of two.
    Tie,
    /// A value in the upper half of the scale, or yes.
    High,
    /// A value in its middle.
    Middle,
    /// A value in its lower half, or no.
    Low,
}

/// The reasons that one source gives for one dimension.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReasonGroup {
    /// Whose.
    pub source: ReasonSource,
    /// The dimension's name, or that of the question that comments answer.
    pub dimension: String,
    /// How many there are.
    pub reasons: usize,
    /// The sides, with the reasons on each; those on no known side are in [`ReasonGroup::reasons`] alone.
    pub sides: Vec<(ReasonSide, usize)>,
    /// Phrases that recur, the commonest first.
    pub phrases: Vec<Phrase>,
}

/// The reasons of a table in groups, with the phrases of each.
#[must_use]
pub fn groups(table: &Judgements) -> Vec<ReasonGroup> {
    let mut grouping = Grouping::of(table);
    while grouping.step(usize::MAX) {}
    grouping.finish()
}

/// The groups of a table's reasons as they are made, some reasons at a time.
pub struct Grouping {
    /// Groups without their phrases, and the search for these.
    open: Vec<(ReasonGroup, Search)>,
    /// The group at hand.
    at: usize,
}

impl Grouping {
    /// The groups of a table, with their phrases still to be found.
    #[must_use]
    pub fn of(table: &Judgements) -> Self {
        let judged = Judged::of(table);
        let mut groups: BTreeMap<(ReasonSource, &str), Vec<&Remark>> = BTreeMap::new();
        for remark in table.remarks.iter().filter(|r| is_reason(table, r)) {
            let key = (source(table, remark.rater), remark.dimension.as_str());
            groups.entry(key).or_default().push(remark);
        }
        let group = |((source, dimension), remarks): ((ReasonSource, &str), Vec<&Remark>)| {
            let own = remarks.iter().map(|r| judged.side(table, r));
            let own: Vec<Option<ReasonSide>> = own.collect();
            let sides = counted(&own);
            let place = |side: &ReasonSide| sides.iter().position(|(known, _)| known == side);
            let texts = remarks.iter().zip(&own);
            let texts: Vec<Sided<'_>> = texts
                .map(|(remark, side)| (remark.text.as_str(), side.as_ref().and_then(place)))
                .collect();
            let search = Search::new(&texts, sides.len());
            let group = ReasonGroup {
                source,
                dimension: dimension.to_owned(),
                reasons: remarks.len(),
                phrases: Vec::new(),
                sides,
            };
            (group, search)
        };
        Self {
            open: groups.into_iter().map(group).collect(),
            at: 0,
        }
    }

    /// Looks for phrases in at most `most` reasons more. Whether there is more to do.
    pub fn step(&mut self, most: usize) -> bool {
        if let Some((group, search)) = self.open.get_mut(self.at)
            && !search.step(most)
        {
            let whole = std::mem::replace(search, Search::new(&[], 0));
            group.phrases = whole.finish();
            self.at += 1;
        }
        self.at < self.open.len()
    }

    /// Reasons that are looked through and reasons in all, each counted as often as it is looked through.
    #[must_use]
    pub fn progress(&self) -> (usize, usize) {
        let each = |group: &ReasonGroup| PASSES * group.reasons;
        let total = self.open.iter().map(|(group, _)| each(group)).sum();
        let before = self.open[..self.at].iter();
        let done: usize = before.map(|(group, _)| each(group)).sum();
        let here = self
            .open
            .get(self.at)
            .map_or(0, |(_, search)| search.done());
        (done + here, total)
    }

    /// The groups, once [`Self::step`] has nothing more to do.
    #[must_use]
    pub fn finish(self) -> Vec<ReasonGroup> {
        self.open.into_iter().map(|(group, _)| group).collect()
    }
}

/// The sides in order, with how many reasons are on each.
fn counted(own: &[Option<ReasonSide>]) -> Vec<(ReasonSide, usize)> {
    let mut sides: BTreeMap<&ReasonSide, usize> = BTreeMap::new();
    for side in own.iter().flatten() {
        *sides.entry(side).or_default() += 1;
    }
    let sides = sides.into_iter();
    sides.map(|(side, count)| (side.clone(), count)).collect()
}

/// Whether a remark is words of a rater, and not an error that was marked in an output.
fn is_reason(table: &Judgements, remark: &Remark) -> bool {
    let mut marked = table
        .dimensions
        .iter()
        .filter(|d| d.scale == Scale::Penalty);
    remark.judged.is_some() || !marked.any(|d| d.name == remark.dimension)
}

fn source(table: &Judgements, rater: usize) -> ReasonSource {
    match &table.raters[rater].kind {
        RaterKind::Model { name } => ReasonSource::Judge(name.clone()),
        RaterKind::Person => ReasonSource::People,
    }
}

/// What comments are about, and where the scales of dimensions have their middle.
struct Judged {
    /// By rater and unit the only judgement of a pair, with its dimension; nothing where there are several.
    pairs: HashMap<(usize, usize), Option<(usize, JudgedAs)>>,
    /// The same of outputs, by rater, unit and system.
    outputs: HashMap<(usize, usize, usize), Option<(usize, JudgedAs)>>,
    /// The middle of each dimension's values.
    middles: Vec<Option<f64>>,
}

impl Judged {
    fn of(table: &Judgements) -> Self {
        let mut pairs = HashMap::new();
        let mut outputs = HashMap::new();
        for c in &table.comparisons {
            let judged = JudgedAs::Compared {
                systems: c.systems,
                preference: c.preference,
            };
            let known = pairs.entry((c.rater, c.unit));
            known
                .and_modify(|known| *known = None)
                .or_insert(Some((c.dimension, judged)));
        }
        for r in &table.ratings {
            let judged = JudgedAs::Rated {
                system: r.system,
                value: r.value,
            };
            let known = outputs.entry((r.rater, r.unit, r.system));
            known
                .and_modify(|known| *known = None)
                .or_insert(Some((r.dimension, judged)));
        }
        let dimensions = 0..table.dimensions.len();
        Self {
            pairs,
            outputs,
            middles: dimensions.map(|d| middle(table, d)).collect(),
        }
    }

    /// The judgement that a remark is the reason of, and its dimension where the table has it.
    fn judgement(&self, table: &Judgements, remark: &Remark) -> Option<(Option<usize>, JudgedAs)> {
        if let Some(judged) = remark.judged {
            let named = |d: &Dimension| d.name == remark.dimension;
            return Some((table.dimensions.iter().position(named), judged));
        }
        let (rater, unit) = (remark.rater, remark.unit);
        let only = match remark.system {
            Some(system) => self.outputs.get(&(rater, unit, system))?,
            None => self.pairs.get(&(rater, unit))?,
        };
        only.map(|(dimension, judged)| (Some(dimension), judged))
    }

    /// What a remark speaks for.
    fn side(&self, table: &Judgements, remark: &Remark) -> Option<ReasonSide> {
        let (dimension, judged) = self.judgement(table, remark)?;
        match judged {
            JudgedAs::Compared {
                systems,
                preference,
            } => {
                let favoured =
                    |place: usize| ReasonSide::Favours(table.systems[systems[place]].clone());
                Some(match preference {
                    Preference::First => favoured(0),
                    Preference::Second => favoured(1),
                    Preference::Tie | Preference::BothBad => ReasonSide::Tie,
                })
            }
            JudgedAs::Rated { value, .. } => {
                let dimension = dimension?;
                let middle = self.middles[dimension]?;
                let lower = table.dimensions[dimension].lower_is_better();
                Some(match value.total_cmp(&middle) {
                    std::cmp::Ordering::Equal => ReasonSide::Middle,
                    std::cmp::Ordering::Greater if !lower => ReasonSide::High,
                    std::cmp::Ordering::Less if lower => ReasonSide::High,
                    _ => ReasonSide::Low,
                })
            }
        }
    }
}

/// The middle of a scale; where it has no ends, the median of its values.
fn middle(table: &Judgements, dimension: usize) -> Option<f64> {
    match table.dimensions[dimension].scale {
        Scale::Points { least, most } => Some(f64::midpoint(f64::from(least), f64::from(most))),
        Scale::YesNo => Some(0.5),
        Scale::Number | Scale::Penalty => {
            let own = table.ratings.iter().filter(|r| r.dimension == dimension);
            let mut values: Vec<f64> = own.map(|r| r.value).collect();
            sort_by(&mut values, f64::total_cmp);
            let last = values.len().checked_sub(1)?;
            Some(f64::midpoint(values[last / 2], values[values.len() / 2]))
        }
        Scale::Preference | Scale::Ranking => None,
    }
}
