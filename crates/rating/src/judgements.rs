//! Judgements as a flat table, wherever they come from: links, or a file of another tool; of people and of models.
//! What they mean is computed from this alone ([`super::analysis`]). [`super::gathering`] fills it from answers.

use super::answers::Preference;
use super::pool::RaterKey;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// What values of a dimension are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scale {
    /// Points in order.
    Points {
        /// The least.
        least: i32,
        /// The greatest.
        most: i32,
    },
    /// 0 or 1.
    YesNo,
    /// Penalties of errors; the lower the better.
    Penalty,
    /// Any number.
    Number,
    /// Which of two.
    Preference,
    /// From best to worst.
    Ranking,
}

/// Something that is judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dimension {
    /// Its name.
    pub name: String,
    /// Its values.
    pub scale: Scale,
}

impl Dimension {
    /// Whether a lower value is the better one.
    #[must_use]
    pub fn lower_is_better(&self) -> bool {
        matches!(self.scale, Scale::Penalty | Scale::Ranking)
    }

    /// The greatest value, as far as there is one.
    #[must_use]
    pub fn most(&self) -> f64 {
        match self.scale {
            Scale::Points { most, .. } => f64::from(most),
            _ => 1.0,
        }
    }
}

/// Who a rater is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RaterKind {
    /// A person.
    #[default]
    Person,
    /// A language model that judges.
    Model {
        /// Its name. Several raters of one name are runs of one judge.
        name: String,
    },
}

/// A rater in the table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RaterInfo {
    /// What tells the rater from others.
    pub key: RaterKey,
    /// The name to show.
    pub name: String,
    /// The devices.
    pub devices: Vec<u64>,
    /// Items answered.
    pub answered: usize,
    /// Items passed over.
    pub skipped: usize,
    /// Control items that were told right, and control items answered.
    pub controls: (usize, usize),
    /// Values that were the same at the second showing, and values given twice.
    pub repeated: (usize, usize),
    /// The median of the seconds that an item took, where they were recorded.
    pub seconds: Option<f64>,
    /// Answers that contradict each other.
    pub conflicts: usize,
    /// Whether the owner left the rater out.
    pub left_out: bool,
    /// Whether the rater's number is proved by its invitation; nothing where there are no invitations.
    pub invited: Option<bool>,
    /// A person, or a model.
    #[serde(default)]
    pub kind: RaterKind,
}

impl RaterInfo {
    /// Whether it is a model.
    #[must_use]
    pub fn is_model(&self) -> bool {
        matches!(self.kind, RaterKind::Model { .. })
    }
}

/// What is judged: a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Its name: the row's number, or an id.
    pub name: String,
    /// The row in the data.
    pub row: Option<usize>,
}

/// A value of one rater for one system's output.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Rating {
    /// The dimension's place.
    pub dimension: usize,
    /// The rater's place.
    pub rater: usize,
    /// The unit's place.
    pub unit: usize,
    /// The system's place.
    pub system: usize,
    /// The value.
    pub value: f64,
}

/// Which of two systems a rater prefers.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// The dimension's place.
    pub dimension: usize,
    /// The rater's place.
    pub rater: usize,
    /// The unit's place.
    pub unit: usize,
    /// The first system and the second.
    pub systems: [usize; 2],
    /// What was said.
    pub preference: Preference,
}

/// How far one of two outputs is preferred whose lengths a file gives, as AlpacaEval's annotations do.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct LengthJudged {
    /// The dimension's place.
    pub dimension: usize,
    /// The rater's place.
    pub rater: usize,
    /// The unit's place.
    pub unit: usize,
    /// The first system, which is the baseline, and the second.
    pub systems: [usize; 2],
    /// How far the second is preferred, from 0 to 1; a half is a tie.
    pub share: f64,
    /// The characters of both outputs.
    pub lengths: [usize; 2],
    /// Whether the file also says how hard the instruction is.
    pub has_difficulty: bool,
}

/// Systems in a rater's order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ordered {
    /// The dimension's place.
    pub dimension: usize,
    /// The rater's place.
    pub rater: usize,
    /// The unit's place.
    pub unit: usize,
    /// The systems from best to worst.
    pub systems: Vec<usize>,
}

/// A judgement that a rater gave a reason for.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JudgedAs {
    /// Of two systems, in the order in which they were shown as far as a file says so: which is preferred.
    Compared {
        /// The systems' places.
        systems: [usize; 2],
        /// What was said.
        preference: Preference,
    },
    /// A value of one system's output.
    Rated {
        /// The system's place.
        system: usize,
        /// The value.
        value: f64,
    },
}

impl JudgedAs {
    /// The systems that were judged.
    #[must_use]
    pub fn systems(&self) -> Vec<usize> {
        match *self {
            Self::Compared { systems, .. } => systems.to_vec(),
            Self::Rated { system, .. } => vec![system],
        }
    }

    /// The same with systems at other places.
    #[must_use]
    pub fn moved(self, place: impl Fn(usize) -> usize) -> Self {
        match self {
            Self::Compared {
                systems,
                preference,
            } => Self::Compared {
                systems: systems.map(place),
                preference,
            },
            Self::Rated { system, value } => Self::Rated {
                system: place(system),
                value,
            },
        }
    }
}

/// Words of a rater, the reason of a judgement, or an error marked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Remark {
    /// The dimension's name.
    pub dimension: String,
    /// The rater's place.
    pub rater: usize,
    /// The unit's place.
    pub unit: usize,
    /// The system's place, if it is about one.
    pub system: Option<usize>,
    /// The words; for an error the category, its weight and the marked text.
    pub text: String,
    /// What the words are the reason for, where a file says so.
    #[serde(default)]
    pub judged: Option<JudgedAs>,
}

impl Remark {
    /// The systems that it is about, as far as it is about some.
    #[must_use]
    pub fn systems(&self) -> Vec<usize> {
        let judged = self.judged.iter().flat_map(JudgedAs::systems);
        self.system.into_iter().chain(judged).collect()
    }
}

/// The table. Raters who are left out stand in it with nothing.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Judgements {
    /// What is judged.
    pub dimensions: Vec<Dimension>,
    /// The systems' names.
    pub systems: Vec<String>,
    /// The raters.
    pub raters: Vec<RaterInfo>,
    /// The units.
    pub units: Vec<Unit>,
    /// Values.
    pub ratings: Vec<Rating>,
    /// Preferences.
    pub comparisons: Vec<Comparison>,
    /// A model's single verdicts on what it was shown, the system shown first standing first, where a comparison sums
    /// up several of them.
    #[serde(default)]
    pub games: Vec<Comparison>,
    /// How far outputs are preferred whose lengths a file gives, in the order of the file.
    #[serde(default)]
    pub lengths: Vec<LengthJudged>,
    /// Orders.
    pub orders: Vec<Ordered>,
    /// Words.
    pub remarks: Vec<Remark>,
}

impl Judgements {
    /// Whether nobody has judged anything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ratings.is_empty() && self.comparisons.is_empty() && self.orders.is_empty()
    }

    /// Whether a person has judged this dimension.
    #[must_use]
    pub fn has_people(&self, dimension: usize) -> bool {
        let is_person = |rater: usize| !self.raters[rater].is_model();
        let ratings = self.ratings.iter().map(|r| (r.dimension, r.rater));
        let comparisons = self.comparisons.iter().map(|c| (c.dimension, c.rater));
        let mut all = ratings.chain(comparisons);
        all.any(|(d, rater)| d == dimension && is_person(rater))
    }

    /// The judgements from which results are computed: where people have judged a dimension, theirs alone.
    #[must_use]
    pub fn counted(&self) -> Cow<'_, Self> {
        if !self.raters.iter().any(RaterInfo::is_model) {
            return Cow::Borrowed(self);
        }
        let dimensions = 0..self.dimensions.len();
        let has_people: Vec<bool> = dimensions.map(|d| self.has_people(d)).collect();
        let counts = |dimension: usize, rater: usize| {
            !(has_people[dimension] && self.raters[rater].is_model())
        };
        let mut table = self.clone();
        table.ratings.retain(|r| counts(r.dimension, r.rater));
        table.comparisons.retain(|c| counts(c.dimension, c.rater));
        table.orders.retain(|o| counts(o.dimension, o.rater));
        Cow::Owned(table)
    }

    /// Whether everything that is named by its place is there: of a table that is read back.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        let places = |dimension: usize, rater: usize, unit: usize| {
            dimension < self.dimensions.len()
                && rater < self.raters.len()
                && unit < self.units.len()
        };
        let system = |place: &usize| *place < self.systems.len();
        let ratings = self.ratings.iter();
        let comparisons = self.comparisons.iter().chain(&self.games);
        let orders = self.orders.iter();
        ratings
            .map(|r| places(r.dimension, r.rater, r.unit) && system(&r.system))
            .chain(
                comparisons
                    .map(|c| places(c.dimension, c.rater, c.unit) && c.systems.iter().all(system)),
            )
            .chain(
                orders
                    .map(|o| places(o.dimension, o.rater, o.unit) && o.systems.iter().all(system)),
            )
            .chain(
                self.lengths
                    .iter()
                    .map(|l| places(l.dimension, l.rater, l.unit) && l.systems.iter().all(system)),
            )
            .chain(self.remarks.iter().map(|r| {
                r.rater < self.raters.len()
                    && r.unit < self.units.len()
                    && r.systems().iter().all(system)
            }))
            .all(|fits| fits)
    }
}
