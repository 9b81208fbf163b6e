//! Judgements as they are gathered from a file, under the names that it uses.

use super::model_names::is_model;
use super::unused::{Skipped, SkippedValues, Unused, UnusedColumn};
use crate::answers::Preference;
use crate::judgements::{
    Comparison, Dimension, JudgedAs, Judgements, LengthJudged, Ordered, RaterInfo, RaterKind,
    Rating, Remark, Scale, Unit,
};
use crate::pool::RaterKey;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// What a file gave.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Foreign {
    /// The judgements.
    pub table: Judgements,
    /// Values and rows that gave no judgement.
    pub skipped: Vec<SkippedValues>,
    /// Columns that hold no ratings.
    pub unused: Vec<UnusedColumn>,
}

/// Gathers judgements under names.
#[derive(Default)]
pub(super) struct Builder {
    table: Judgements,
    dimensions: HashMap<String, usize>,
    systems: HashMap<String, usize>,
    raters: HashMap<String, usize>,
    units: HashMap<String, usize>,
    kinds: HashMap<String, RaterKind>,
    skipped: BTreeMap<Skipped, usize>,
    unused: Vec<UnusedColumn>,
}

/// Who judges what, by names.
#[derive(Debug, Clone, Copy)]
pub(super) struct About<'a> {
    pub rater: &'a str,
    pub unit: &'a str,
    pub dimension: &'a str,
}

/// A judgement that has a reason, by names.
#[derive(Debug, Clone, Copy)]
pub(super) enum Reasoned<'a> {
    /// Which of two is preferred, in the order in which they were shown as far as the file says so.
    Pair([&'a str; 2], Preference),
    /// A value of one output.
    Output(&'a str, f64),
    /// Several judgements at once, or none that is known: of one output, or of all.
    Several(Option<&'a str>),
}

/// How far the second of two outputs is preferred, from 0 to 1, and what the preference may be about.
#[derive(Debug, Clone, Copy)]
pub(super) struct Measured {
    pub share: f64,
    /// The characters of both outputs.
    pub lengths: [usize; 2],
    /// Whether the file says how hard the instruction is.
    pub has_difficulty: bool,
}

fn place(known: &mut HashMap<String, usize>, name: &str, add: impl FnOnce()) -> usize {
    if let Some(&place) = known.get(name) {
        return place;
    }
    add();
    let place = known.len();
    known.insert(name.to_owned(), place);
    place
}

impl Builder {
    pub(super) fn skip(&mut self, reason: Skipped) {
        self.skip_several(reason, 1);
    }

    pub(super) fn skip_several(&mut self, reason: Skipped, count: usize) {
        if count > 0 {
            *self.skipped.entry(reason).or_default() += count;
        }
    }

    /// Notes that a column holds no ratings.
    pub(super) fn leave_out(&mut self, name: &str, reason: Unused) {
        if !self.unused.iter().any(|column| column.name == name) {
            self.unused.push(UnusedColumn {
                name: name.to_owned(),
                reason,
            });
        }
    }

    fn system(&mut self, name: &str) -> usize {
        let list = &mut self.table.systems;
        place(&mut self.systems, name, || list.push(name.to_owned()))
    }

    /// The places of dimension, rater and unit.
    fn places(&mut self, about: About<'_>, scale: Scale) -> [usize; 3] {
        let dimensions = &mut self.table.dimensions;
        let dimension = place(&mut self.dimensions, about.dimension, || {
            dimensions.push(Dimension {
                name: about.dimension.to_owned(),
                scale,
            });
        });
        let raters = &mut self.table.raters;
        let rater = place(&mut self.raters, about.rater, || {
            raters.push(info(about.rater));
        });
        let units = &mut self.table.units;
        let unit = place(&mut self.units, about.unit, || {
            units.push(Unit {
                name: about.unit.to_owned(),
                row: None,
            });
        });
        [dimension, rater, unit]
    }

    /// The places of dimension, rater and unit of a comparison, and those of the two systems.
    fn compared(&mut self, about: About<'_>, systems: [&str; 2]) -> ([usize; 3], [usize; 2]) {
        let systems = systems.map(|name| self.system(name));
        (self.places(about, Scale::Preference), systems)
    }

    pub(super) fn rate(&mut self, about: About<'_>, system: &str, value: f64) {
        if !value.is_finite() {
            return self.skip(Skipped::NotANumber);
        }
        let system = self.system(system);
        let [dimension, rater, unit] = self.places(about, Scale::Number);
        self.table.ratings.push(Rating {
            dimension,
            rater,
            unit,
            system,
            value,
        });
    }

    pub(super) fn prefer(&mut self, about: About<'_>, systems: [&str; 2], preference: Preference) {
        if systems[0] == systems[1] {
            return self.skip(Skipped::NoWinner);
        }
        let ([dimension, rater, unit], systems) = self.compared(about, systems);
        self.table.comparisons.push(Comparison {
            dimension,
            rater,
            unit,
            systems,
            preference,
        });
    }

    /// Notes a single verdict of a model, the system that it was shown first standing first. What it becomes as a
    /// preference is given beside it.
    pub(super) fn play(&mut self, about: About<'_>, systems: [&str; 2], preference: Preference) {
        if systems[0] == systems[1] {
            return;
        }
        let ([dimension, rater, unit], systems) = self.compared(about, systems);
        self.table.games.push(Comparison {
            dimension,
            rater,
            unit,
            systems,
            preference,
        });
    }

    /// Notes how far the second of two outputs is preferred, and how long both are. What it becomes as a preference is
    /// given beside it.
    pub(super) fn measure(&mut self, about: About<'_>, systems: [&str; 2], of: Measured) {
        if systems[0] == systems[1] {
            return;
        }
        let ([dimension, rater, unit], systems) = self.compared(about, systems);
        self.table.lengths.push(LengthJudged {
            dimension,
            rater,
            unit,
            systems,
            share: of.share,
            lengths: of.lengths,
            has_difficulty: of.has_difficulty,
        });
    }

    /// Notes the words that give the reason of a judgement, which is given beside it. Without words it notes nothing.
    pub(super) fn explain(&mut self, about: About<'_>, of: Reasoned<'_>, words: Option<String>) {
        let Some(words) = words.filter(|words| !words.trim().is_empty()) else {
            return;
        };
        // Raters and units that only wrote something would stand among those who judged.
        let known = self.raters.get(about.rater).copied();
        let Some((rater, unit)) = known.zip(self.units.get(about.unit).copied()) else {
            return;
        };
        let judged = match of {
            Reasoned::Pair(systems, preference) if systems[0] != systems[1] => {
                Some(JudgedAs::Compared {
                    systems: systems.map(|s| self.system(s)),
                    preference,
                })
            }
            Reasoned::Output(system, value) => Some(JudgedAs::Rated {
                system: self.system(system),
                value,
            }),
            Reasoned::Pair(..) | Reasoned::Several(_) => None,
        };
        let system = match of {
            Reasoned::Output(system, _) | Reasoned::Several(Some(system)) => {
                Some(self.system(system))
            }
            Reasoned::Pair(..) | Reasoned::Several(None) => None,
        };
        self.table.remarks.push(Remark {
            dimension: about.dimension.to_owned(),
            rater,
            unit,
            system,
            text: words.trim().to_owned(),
            judged,
        });
    }

    /// Takes a rater for a person, or for a model of this name, whatever the rater's own name says.
    pub(super) fn declare(&mut self, rater: &str, kind: RaterKind) {
        self.kinds.insert(rater.to_owned(), kind);
    }

    pub(super) fn order(&mut self, about: About<'_>, systems: &[String]) {
        let places: Vec<usize> = systems.iter().map(|s| self.system(s)).collect();
        let [dimension, rater, unit] = self.places(about, Scale::Ranking);
        for (rank, &system) in places.iter().enumerate() {
            self.table.ratings.push(Rating {
                dimension,
                rater,
                unit,
                system,
                value: rank as f64 + 1.0,
            });
        }
        self.table.orders.push(Ordered {
            dimension,
            rater,
            unit,
            systems: places,
        });
    }

    pub(super) fn finish(mut self) -> Foreign {
        for dimension in 0..self.table.dimensions.len() {
            if self.table.dimensions[dimension].scale == Scale::Number {
                self.table.dimensions[dimension].scale = scale(&self.table, dimension);
            }
        }
        let mut answered = vec![std::collections::HashSet::new(); self.table.raters.len()];
        let rated = self.table.ratings.iter().map(|r| (r.rater, r.unit));
        let compared = self.table.comparisons.iter().map(|c| (c.rater, c.unit));
        for (rater, unit) in rated.chain(compared) {
            answered[rater].insert(unit);
        }
        for (info, units) in self.table.raters.iter_mut().zip(answered) {
            info.answered = units.len();
            if let Some(kind) = self.kinds.remove(&info.name) {
                info.kind = kind;
            }
        }
        Foreign {
            table: self.table,
            skipped: self
                .skipped
                .into_iter()
                .map(|(reason, count)| SkippedValues { reason, count })
                .collect(),
            unused: self.unused,
        }
    }
}

fn info(name: &str) -> RaterInfo {
    RaterInfo {
        key: RaterKey::Named(None, name.to_lowercase()),
        name: name.to_owned(),
        devices: Vec::new(),
        answered: 0,
        skipped: 0,
        controls: (0, 0),
        repeated: (0, 0),
        seconds: None,
        conflicts: 0,
        left_out: false,
        invited: None,
        kind: match is_model(name) {
            true => RaterKind::Model {
                name: name.to_owned(),
            },
            false => RaterKind::Person,
        },
    }
}

/// Whole numbers from -10 to 10, not many of them, are points; of 0 and 1 alone, yes and no.
fn scale(table: &Judgements, dimension: usize) -> Scale {
    let values = || {
        let own = table.ratings.iter().filter(|r| r.dimension == dimension);
        own.map(|r| r.value)
    };
    if values().any(|v| v.fract() != 0.0 || v.abs() > 10.0) {
        return Scale::Number;
    }
    let (low, high) = values().fold((f64::MAX, f64::MIN), |(l, h), v| (l.min(v), h.max(v)));
    if (low, high) == (0.0, 1.0) {
        return Scale::YesNo;
    }
    Scale::Points {
        least: if low > 1.0 { 1 } else { low as i32 },
        most: high as i32,
    }
}
