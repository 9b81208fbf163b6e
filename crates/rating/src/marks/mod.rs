//! Errors marked in an output, and what they cost: severities and categories with their weights ([`ErrorScheme`]), and
//! errors that are marked before a rater comes ([`prefilled`]).

pub mod prefilled;

use super::bounded;
use serde::{Deserialize, Serialize};

/// Categories of errors.
pub const MAX_CATEGORIES: usize = 30;
/// Errors that can be marked in one output.
pub const MAX_MARKS: usize = 200;
/// The greatest weight, in hundredths: 1000.
pub const MAX_WEIGHT: u32 = 100_000;
/// What stands between a category and its weights in a line.
const WEIGHTS_MARK: char = '|';

/// How grave an error is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// No error of the output, but worth a mark: a matter of taste, or a fault of the prompt.
    Neutral,
    /// It can be seen, and misleads nobody.
    Minor,
    /// It changes what is said, or makes it hard to understand.
    Major,
    /// It makes the output useless or harmful.
    Critical,
}

impl Severity {
    /// All, the mildest first.
    pub const ALL: [Self; 4] = [Self::Neutral, Self::Minor, Self::Major, Self::Critical];

    /// Its name in files and keys.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Minor => "minor",
            Self::Major => "major",
            Self::Critical => "critical",
        }
    }
}

/// A marked error: characters from `start` up to `end`, counted as Unicode scalar values. One that begins and ends
/// behind the last character stands for something that the output lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Mark {
    /// The first character.
    pub start: u32,
    /// Behind the last character.
    pub end: u32,
    /// The category's place; 0 where there are no categories.
    pub category: u8,
    /// How grave it is.
    pub severity: Severity,
}

impl Mark {
    /// Whether it stands for something that the output lacks.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        self.start == self.end
    }
}

/// A severity that can be chosen, with what an error of it costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weighted {
    /// The severity.
    pub severity: Severity,
    /// Its weight in hundredths of a point, at most [`MAX_WEIGHT`].
    pub weight: u32,
}

/// A category of errors.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorCategory {
    /// Its name.
    pub name: String,
    /// Weights of its own in hundredths of a point, one for each severity of the scheme; none where those of the
    /// severities count.
    #[serde(deserialize_with = "bounded::list::<_, _, { Severity::ALL.len() }>")]
    pub weights: Vec<u32>,
}

impl ErrorCategory {
    /// A category without weights of its own.
    #[must_use]
    pub fn plain(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            weights: Vec::new(),
        }
    }
}

/// How errors are marked, and what they cost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorScheme {
    /// The categories; without any, errors have a severity alone.
    #[serde(deserialize_with = "bounded::list::<_, _, MAX_CATEGORIES>")]
    pub categories: Vec<ErrorCategory>,
    /// The severities that can be chosen, the mildest first.
    #[serde(deserialize_with = "bounded::list::<_, _, { Severity::ALL.len() }>")]
    pub severities: Vec<Weighted>,
}

impl ErrorScheme {
    /// Minor errors at 1 and major ones at 5 (Freitag et al. 2021, and the spans of ESA in Kocmi et al. 2024).
    #[must_use]
    pub fn minor_and_major(categories: Vec<ErrorCategory>) -> Self {
        Self {
            categories,
            severities: [(Severity::Minor, 100), (Severity::Major, 500)]
                .map(|(severity, weight)| Weighted { severity, weight })
                .to_vec(),
        }
    }

    /// All four severities: 0, 1 and 5 as Freitag et al. (2021) have them, and 25 for critical errors, which they do
    /// not have, as the scoring model of MQM has it (themqm.org, Values and Scores).
    #[must_use]
    pub fn mqm(categories: Vec<ErrorCategory>) -> Self {
        let weights = [0, 100, 500, 2_500];
        let weighted = |(severity, weight)| Weighted { severity, weight };
        Self {
            categories,
            severities: Severity::ALL
                .into_iter()
                .zip(weights)
                .map(weighted)
                .collect(),
        }
    }

    /// Whether severities are in order and each there once, and all weights can be had.
    #[must_use]
    pub fn is_usable(&self) -> bool {
        let in_order = self
            .severities
            .windows(2)
            .all(|pair| pair[0].severity < pair[1].severity);
        let own = self.categories.iter().flat_map(|c| &c.weights);
        let mut weights = self.severities.iter().map(|w| &w.weight).chain(own);
        let complete = |c: &ErrorCategory| [0, self.severities.len()].contains(&c.weights.len());
        !self.severities.is_empty()
            && in_order
            && self.categories.len() <= MAX_CATEGORIES
            && self.categories.iter().all(complete)
            && weights.all(|weight| *weight <= MAX_WEIGHT)
    }

    /// Whether a mark can be made in an output with `length` characters.
    #[must_use]
    pub fn takes(&self, mark: &Mark, length: u32) -> bool {
        let place = mark.start < mark.end || mark.start == length;
        let category = usize::from(mark.category) < self.categories.len().max(1);
        place && mark.end <= length && category && self.place(mark.severity).is_some()
    }

    /// Whether all of these marks can be made in an output with `length` characters, and are not too many.
    #[must_use]
    pub fn takes_all(&self, marks: &[Mark], length: u32) -> bool {
        marks.len() <= MAX_MARKS && marks.iter().all(|mark| self.takes(mark, length))
    }

    fn place(&self, severity: Severity) -> Option<usize> {
        self.severities.iter().position(|w| w.severity == severity)
    }

    /// What an error costs, in hundredths of a point; 0 of one that the scheme does not take.
    fn hundredths(&self, mark: &Mark) -> u32 {
        let Some(place) = self.place(mark.severity) else {
            return 0;
        };
        let category = self.categories.get(usize::from(mark.category));
        let own = category.and_then(|c| c.weights.get(place)).copied();
        own.unwrap_or(self.severities[place].weight)
    }

    /// What an error costs, in points.
    #[must_use]
    pub fn cost(&self, mark: &Mark) -> f64 {
        points(u64::from(self.hundredths(mark)))
    }

    /// What errors cost together, in points; 0 without any. The lower the better.
    #[must_use]
    pub fn score(&self, marks: &[Mark]) -> f64 {
        // Summed as whole numbers: ten punctuation errors of 0.1 are 1 and no less.
        points(marks.iter().map(|m| u64::from(self.hundredths(m))).sum())
    }

    /// The severity that marking begins with: minor, or the mildest.
    #[must_use]
    pub fn usual_severity(&self) -> Severity {
        let minor = self.place(Severity::Minor).map(|_| Severity::Minor);
        let mildest = self.severities.first().map(|w| w.severity);
        minor.or(mildest).unwrap_or(Severity::Minor)
    }

    /// The severity behind another one, and behind the last the first.
    #[must_use]
    pub fn next_severity(&self, severity: Severity) -> Severity {
        let next = self.place(severity).map_or(0, |place| place + 1);
        let next = self.severities.get(next).or(self.severities.first());
        next.map_or(severity, |w| w.severity)
    }

    /// Offers a severity, with a weight in hundredths of a point, or takes it out. Categories' weights for the others
    /// stay.
    pub fn offer(&mut self, severity: Severity, weight: Option<u32>) {
        match (self.place(severity), weight) {
            (Some(place), Some(weight)) => self.severities[place].weight = weight,
            (Some(place), None) => {
                self.severities.remove(place);
                let own = |c: &&mut ErrorCategory| place < c.weights.len();
                for category in self.categories.iter_mut().filter(own) {
                    category.weights.remove(place);
                }
            }
            (None, Some(weight)) => {
                let place = self.severities.partition_point(|w| w.severity < severity);
                self.severities.insert(place, Weighted { severity, weight });
                let own = |c: &&mut ErrorCategory| !c.weights.is_empty();
                for category in self.categories.iter_mut().filter(own) {
                    category.weights.insert(place, weight);
                }
            }
            (None, None) => {}
        }
    }

    /// The categories, a line each: the name, and where it has weights of its own ` | ` with those, in the order of the
    /// severities.
    #[must_use]
    pub fn lines(&self) -> String {
        let line = |category: &ErrorCategory| {
            if category.weights.is_empty() {
                return category.name.clone();
            }
            let weights = category.weights.iter();
            let weights: Vec<String> = weights.map(|w| points(u64::from(*w)).to_string()).collect();
            format!("{} {WEIGHTS_MARK} {}", category.name, weights.join(" "))
        };
        let lines: Vec<String> = self.categories.iter().map(line).collect();
        lines.join("\n")
    }

    /// Takes the categories from lines as [`Self::lines`] writes them, at most [`MAX_CATEGORIES`]. Where what stands
    /// behind the mark is not a weight for each severity, the whole line is the name, which shows that it was not
    /// understood.
    pub fn set_lines(&mut self, text: &str) {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let severities = self.severities.len();
        let category = |line: &str| {
            let (name, weights) = line.rsplit_once(WEIGHTS_MARK)?;
            let weights: Option<Vec<u32>> = weights.split_whitespace().map(hundredths).collect();
            let weights = weights.filter(|weights| weights.len() == severities)?;
            let name = name.trim().to_owned();
            (!name.is_empty()).then_some(ErrorCategory { name, weights })
        };
        let read = |line: &str| category(line).unwrap_or_else(|| ErrorCategory::plain(line));
        self.categories = lines.take(MAX_CATEGORIES).map(read).collect();
    }
}

/// Hundredths as points.
fn points(hundredths: u64) -> f64 {
    hundredths as f64 / 100.0
}

/// A weight as it is typed, in hundredths of a point; nothing where it is no number from 0 to 1000.
#[must_use]
pub fn hundredths(text: &str) -> Option<u32> {
    let value: f64 = text.trim().replace(',', ".").parse().ok()?;
    let hundredths = (value * 100.0).round();
    (0.0..=f64::from(MAX_WEIGHT))
        .contains(&hundredths)
        .then_some(hundredths as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scheme() -> ErrorScheme {
        let punctuation = ErrorCategory {
            name: "Punctuation".into(),
            weights: vec![0, 10, 500, 2_500],
        };
        ErrorScheme::mqm(vec![ErrorCategory::plain("Accuracy"), punctuation])
    }

    fn mark(category: u8, severity: Severity) -> Mark {
        Mark {
            start: 0,
            end: 2,
            category,
            severity,
        }
    }

    #[test]
    fn a_category_with_weights_of_its_own_costs_those() {
        let scheme = scheme();
        let marks = [
            mark(0, Severity::Major),
            mark(0, Severity::Minor),
            mark(1, Severity::Minor),
            mark(1, Severity::Major),
            mark(0, Severity::Neutral),
        ];
        assert_eq!(scheme.score(&marks), 11.1);
        assert_eq!(scheme.score(&[mark(1, Severity::Minor); 3]), 0.3);
        assert_eq!(scheme.score(&[]), 0.0);
    }

    #[test]
    fn lines_are_written_and_read() {
        let mut read = scheme();
        assert_eq!(read.lines(), "Accuracy\nPunctuation | 0 0.1 5 25");
        read.set_lines(&scheme().lines());
        assert_eq!(read, scheme());
        read.set_lines("Style | 1 2\n\nTone | a b c d");
        let names: Vec<&str> = read.categories.iter().map(|c| c.name.as_str()).collect();
        assert_eq!(names, ["Style | 1 2", "Tone | a b c d"]);
        assert_eq!(hundredths("1000.01"), None);
        assert_eq!(hundredths("-1"), None);
        assert_eq!(hundredths("0,1"), Some(10));
    }

    #[test]
    fn a_severity_comes_and_goes_with_its_weights() {
        let mut scheme = scheme();
        scheme.offer(Severity::Minor, None);
        assert_eq!(scheme.categories[1].weights, [0, 500, 2_500]);
        assert!(scheme.is_usable());
        assert_eq!(scheme.usual_severity(), Severity::Neutral);
        scheme.offer(Severity::Minor, Some(200));
        assert_eq!(scheme.categories[1].weights, [0, 200, 500, 2_500]);
        let next = scheme.next_severity(Severity::Critical);
        assert_eq!(next, Severity::Neutral, "behind the last comes the first");
        for severity in Severity::ALL {
            scheme.offer(severity, None);
        }
        assert!(!scheme.is_usable(), "nothing is left to choose");
    }

    #[test]
    fn what_is_missing_stands_behind_the_text() {
        let scheme = scheme();
        let at = |start, end| Mark {
            start,
            end,
            ..mark(0, Severity::Minor)
        };
        assert!(scheme.takes(&at(5, 5), 5) && scheme.takes(&at(0, 5), 5));
        assert!(!scheme.takes(&at(2, 2), 5) && !scheme.takes(&at(4, 6), 5));
        assert!(!scheme.takes(&mark(2, Severity::Minor), 5));
        let few = ErrorScheme::minor_and_major(Vec::new());
        assert!(few.takes(&mark(0, Severity::Major), 5));
        assert!(!few.takes(&mark(0, Severity::Critical), 5));
    }
}
