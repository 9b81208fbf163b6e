//! From the answers that came back to a project to judgements: which output was whose, what controls and
//! second showings tell of a rater, what marked errors cost.

use super::answers::{Answer, Preference, Value};
use super::judgements::{
    Comparison, Dimension, Judgements, Ordered, RaterInfo, RaterKind, Rating, Remark, Scale, Unit,
};
use super::marks::{ErrorScheme, Mark};
use super::pool::{Place, Rater};
use super::project::{Gathered, Project};
use super::task::{Kind, MAX_SCORE};
use std::collections::BTreeMap;

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
}

fn scale_of(kind: &Kind) -> Option<Scale> {
    Some(match kind {
        Kind::Scale(points) => Scale::Points {
            least: 1,
            most: points.len() as i32,
        },
        Kind::YesNo => Scale::YesNo,
        Kind::Spans(_) | Kind::Marks(_) => Scale::Penalty,
        Kind::Score => Scale::Points {
            least: 0,
            most: MAX_SCORE.into(),
        },
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
            invited: self.project.has_invitations().then_some(rater.invited),
            kind: RaterKind::Person,
        }
    }

    fn controls(&self, rater: &Rater) -> (usize, usize) {
        let checks = rater.answers.iter().filter_map(|(place, answer)| {
            let item = usize::from(place.item);
            let wrong = self.project.origins.get(item)?.wrong?;
            self.told_apart(item, wrong, answer)
        });
        checks.fold((0, 0), |(right, all), is_right| {
            (right + usize::from(is_right), all + 1)
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
                        Value::Score(score) => f64::from(*score),
                        // The fewer points errors cost, the better.
                        marked => -task.questions[question]
                            .kind
                            .errors()?
                            .score(&marked.marks()?),
                    };
                    (o == output).then_some(value)
                })
            };
            if let Some(own) = points(Some(wrong)) {
                let others = (0..task.items[item].outputs.len()).filter(|&o| o != wrong);
                let best = others.filter_map(|o| points(Some(o))).reduce(f64::max);
                let middle = match &task.questions[question].kind {
                    Kind::Scale(p) => (p.len() + 1) as f64 / 2.0,
                    Kind::Score => f64::from(MAX_SCORE) / 2.0,
                    // An output alone counts as wrong as soon as it has an error that costs something.
                    Kind::Spans(_) | Kind::Marks(_) => -f64::MIN_POSITIVE,
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
            judged: None,
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
            (Value::Score(score), Some(system)) => rate(system, f64::from(*score)),
            (Value::Spans(_) | Value::Marks(_), Some(system)) => {
                let (Some(marks), Some(scheme)) = (value.marks(), asked.kind.errors()) else {
                    return;
                };
                rate(system, scheme.score(&marks));
                let output = origin.systems.iter().position(|&s| s == system);
                let output = output.map_or("", |o| &self.project.task.items[item].outputs[o]);
                let marked = marks.iter().map(|mark| described(mark, &scheme, output));
                table.remarks.extend(marked.map(remark));
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

/// A marked error in words: its category, as far as there are some, what it costs, and what is marked.
fn described(mark: &Mark, scheme: &ErrorScheme, output: &str) -> String {
    let length = (mark.end - mark.start) as usize;
    let marked = output.chars().skip(mark.start as usize).take(length);
    let marked: String = match mark.is_missing() {
        true => "[missing]".to_owned(),
        false => marked.collect(),
    };
    let category = scheme.categories.get(usize::from(mark.category));
    let category = category.map_or_else(|| mark.severity.name(), |c| &c.name);
    format!("{category} ({}): {marked}", scheme.cost(mark))
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
            // Marks and scores of 101 points are hardly ever the same to the point.
            let counts_at_all = !matches!(
                value,
                Value::Comment(_) | Value::Spans(_) | Value::Marks(_) | Value::Score(_)
            );
            if let Some(earlier) = earlier.filter(|_| counts_at_all) {
                counts.0 += usize::from(earlier == value);
                counts.1 += 1;
            }
        }
    }
    counts
}
