//! Judgements as a flat table, wherever they come from: links, or a file of another tool. What they
//! mean is computed from this alone ([`super::analysis`]).

use super::answers::{Answer, Preference, Value};
use super::pool::{Place, Rater, RaterKey};
use super::project::{Gathered, Project};
use super::task::Kind;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a major error costs, and what a minor one: the weights of MQM (Freitag et al. 2021).
const MAJOR: f64 = 5.0;
const MINOR: f64 = 1.0;

/// What values of a dimension are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "scale", rename_all = "snake_case")]
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

/// Words of a rater, or an error marked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
    /// Orders.
    pub orders: Vec<Ordered>,
    /// Words.
    pub remarks: Vec<Remark>,
}

impl Judgements {
    /// What was gathered for a project.
    #[must_use]
    pub fn of(project: &Project, gathered: &Gathered) -> Self {
        let mut table = Self {
            systems: project.systems.clone(),
            ..Self::default()
        };
        // Comments are words and no dimension.
        let places: Vec<Option<usize>> = project
            .task
            .questions
            .iter()
            .map(|question| {
                let scale = scale_of(&question.kind)?;
                let name = question.name.clone();
                table.dimensions.push(Dimension { name, scale });
                Some(table.dimensions.len() - 1)
            })
            .collect();
        let mut units = BTreeMap::new();
        for origin in &project.origins {
            units.entry(origin.row).or_insert_with(|| {
                table.units.push(Unit {
                    name: (origin.row + 1).to_string(),
                    row: Some(origin.row),
                });
                table.units.len() - 1
            });
        }
        let reader = Reader {
            project,
            places,
            units,
        };
        for rater in gathered.pool.raters(&gathered.decisions) {
            let left_out = gathered.decisions.left_out.contains(&rater.key);
            let info = reader.info(&rater, table.raters.len(), left_out);
            table.raters.push(info);
            if !left_out {
                let place = table.raters.len() - 1;
                reader.fill(&rater, place, &mut table);
            }
        }
        table
    }

    /// Whether nobody has judged anything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ratings.is_empty() && self.comparisons.is_empty() && self.orders.is_empty()
    }
}

fn scale_of(kind: &Kind) -> Option<Scale> {
    Some(match kind {
        Kind::Scale(points) => Scale::Points {
            least: 1,
            most: points.len() as i32,
        },
        Kind::YesNo => Scale::YesNo,
        Kind::Spans(_) => Scale::Penalty,
        Kind::Pairwise { .. } => Scale::Preference,
        Kind::Ranking => Scale::Ranking,
        Kind::Comment => return None,
    })
}

struct Reader<'a> {
    project: &'a Project,
    /// For each question its dimension.
    places: Vec<Option<usize>>,
    /// For each row its unit.
    units: BTreeMap<usize, usize>,
}

impl Reader<'_> {
    fn info(&self, rater: &Rater, place: usize, left_out: bool) -> RaterInfo {
        let task = &self.project.task;
        let answered = rater.answers.values().filter(|a| !a.skipped);
        let mut times: Vec<u32> = answered.clone().filter_map(|a| a.millis).collect();
        times.sort_unstable();
        let median = times.get(times.len() / 2).filter(|_| task.timed);
        let unnamed = || match rater.slot {
            Some(slot) => format!("#{}", slot + 1),
            None => format!("#{}", place + 1),
        };
        let named = Some(rater.name.clone()).filter(|n| !n.is_empty());
        RaterInfo {
            key: rater.key.clone(),
            name: named.unwrap_or_else(unnamed),
            devices: rater.devices.clone(),
            answered: answered.count(),
            skipped: rater.answers.values().filter(|a| a.skipped).count(),
            controls: self.controls(rater),
            repeated: repeated(rater),
            seconds: median.map(|ms| f64::from(*ms) / 1000.0),
            conflicts: rater.conflicts.len(),
            left_out,
        }
    }

    fn controls(&self, rater: &Rater) -> (usize, usize) {
        let told = rater.answers.iter().filter_map(|(place, answer)| {
            let item = usize::from(place.item);
            let wrong = self.project.origins.get(item)?.wrong?;
            self.told_apart(item, wrong, answer)
        });
        told.fold((0, 0), |(right, all), told| {
            (right + usize::from(told), all + 1)
        })
    }

    /// Whether an answer holds the wrong output for the worse one, by the first question that says.
    fn told_apart(&self, item: usize, wrong: usize, answer: &Answer) -> Option<bool> {
        let task = &self.project.task;
        let fields = task.fields(item);
        let of = |question: usize| {
            let own = fields
                .iter()
                .enumerate()
                .filter(move |(_, f)| f.question == question);
            own.filter_map(|(place, f)| Some((f.output, answer.get(place)?)))
        };
        (0..task.questions.len()).find_map(|question| {
            let points = |output: Option<usize>| {
                of(question).find_map(|(o, value)| {
                    let value = match value {
                        Value::Point(p) => f64::from(*p),
                        Value::Yes(yes) => f64::from(u8::from(*yes)),
                        _ => return None,
                    };
                    (o == output).then_some(value)
                })
            };
            if let Some(own) = points(Some(wrong)) {
                let others = (0..task.items[item].outputs.len()).filter(|&o| o != wrong);
                let best = others.filter_map(|o| points(Some(o))).reduce(f64::max);
                let middle = match &task.questions[question].kind {
                    Kind::Scale(p) => (p.len() + 1) as f64 / 2.0,
                    _ => 0.0,
                };
                return Some(best.map_or(own <= middle, |best| own < best));
            }
            let (_, value) = of(question).next()?;
            match value {
                Value::Prefer(Preference::First) => Some(wrong == 1),
                Value::Prefer(Preference::Second) => Some(wrong == 0),
                Value::Prefer(_) => Some(false),
                Value::Order(order) => Some(order.last().map(|&o| usize::from(o)) == Some(wrong)),
                _ => None,
            }
        })
    }

    /// A rater's first showings become values; second showings only tell how steady the rater is.
    fn fill(&self, rater: &Rater, place: usize, table: &mut Judgements) {
        for (shown, answer) in &rater.answers {
            let item = usize::from(shown.item);
            let Some(origin) = self.project.origins.get(item) else {
                continue;
            };
            if shown.again || answer.skipped || origin.wrong.is_some() {
                continue;
            }
            let fields = self.project.task.fields(item);
            for (at, value) in &answer.values {
                if let Some(field) = fields.get(usize::from(*at)) {
                    let system = field.output.and_then(|o| origin.systems.get(o)).copied();
                    let unit = self.units[&origin.row];
                    self.put([item, field.question, place, unit], system, value, table);
                }
            }
        }
    }

    fn put(
        &self,
        [item, question, rater, unit]: [usize; 4],
        system: Option<usize>,
        value: &Value,
        table: &mut Judgements,
    ) {
        let asked = &self.project.task.questions[question];
        let origin = &self.project.origins[item];
        let remark = |text: String| Remark {
            dimension: asked.name.clone(),
            rater,
            unit,
            system,
            text,
        };
        if let Value::Comment(words) = value {
            if !words.trim().is_empty() {
                table.remarks.push(remark(words.clone()));
            }
            return;
        }
        let Some(dimension) = self.places[question] else {
            return;
        };
        let mut rate = |system: usize, value: f64| {
            table.ratings.push(Rating {
                dimension,
                rater,
                unit,
                system,
                value,
            });
        };
        match (value, system) {
            (Value::Point(p), Some(system)) => rate(system, f64::from(*p)),
            (Value::Yes(yes), Some(system)) => rate(system, f64::from(u8::from(*yes))),
            (Value::Spans(spans), Some(system)) => {
                let cost = |major: bool| if major { MAJOR } else { MINOR };
                rate(system, spans.iter().map(|s| cost(s.major)).sum());
                let output = origin.systems.iter().position(|&s| s == system);
                let output = output.map_or("", |o| &self.project.task.items[item].outputs[o]);
                for span in spans {
                    let length = (span.end - span.start) as usize;
                    let marked = output.chars().skip(span.start as usize).take(length);
                    let category = match &asked.kind {
                        Kind::Spans(list) => &list[usize::from(span.category)],
                        _ => "",
                    };
                    let (marked, cost) = (marked.collect::<String>(), cost(span.major));
                    table
                        .remarks
                        .push(remark(format!("{category} ({cost}): {marked}")));
                }
            }
            (Value::Prefer(preference), _) => {
                if let [first, second] = origin.systems[..] {
                    table.comparisons.push(Comparison {
                        dimension,
                        rater,
                        unit,
                        systems: [first, second],
                        preference: *preference,
                    });
                }
            }
            (Value::Order(order), _) => {
                let systems = order.iter().map(|&o| origin.systems[usize::from(o)]);
                let systems: Vec<usize> = systems.collect();
                for (rank, system) in systems.iter().enumerate() {
                    rate(*system, rank as f64 + 1.0);
                }
                table.orders.push(Ordered {
                    dimension,
                    rater,
                    unit,
                    systems,
                });
            }
            _ => {}
        }
    }
}

/// Values that were the same at the second showing, and values given twice.
fn repeated(rater: &Rater) -> (usize, usize) {
    let again = rater.answers.iter().filter(|(place, _)| place.again);
    let mut counts = (0, 0);
    for (place, second) in again {
        let first = Place {
            again: false,
            ..*place
        };
        let Some(first) = rater.answers.get(&first) else {
            continue;
        };
        for (field, value) in &second.values {
            let earlier = first.get(usize::from(*field));
            let counts_at_all = !matches!(value, Value::Comment(_) | Value::Spans(_));
            if let Some(earlier) = earlier.filter(|_| counts_at_all) {
                counts.0 += usize::from(earlier == value);
                counts.1 += 1;
            }
        }
    }
    counts
}
