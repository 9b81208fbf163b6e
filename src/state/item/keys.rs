//! What keys mean to the item in a rater's hands, by the question that they speak to.

use super::{Asked, ItemState};
use assay_rating::answers::{Preference, Value};
use assay_rating::task::{Kind, MAX_SCORE};

impl ItemState {
    /// What a key means here.
    pub fn key(&mut self, key: &str) -> Asked {
        match key {
            "Enter" => {
                let marking = self.here().filter(|p| self.marking[*p].from.is_some());
                return match marking {
                    Some(place) => {
                        self.point(place, self.marking[place].cursor);
                        Asked::Nothing
                    }
                    None => Asked::Done,
                };
            }
            "ArrowDown" => {
                self.current = (self.current + 1).min(self.order.len().saturating_sub(1));
                return Asked::Nothing;
            }
            "ArrowUp" => {
                self.current = self.current.saturating_sub(1);
                return Asked::Nothing;
            }
            "Escape" => {
                self.marking.iter_mut().for_each(|m| m.from = None);
                return Asked::Nothing;
            }
            _ => {}
        }
        // A letter that means nothing to this field is meant for the one that compares.
        let compares = |p: &usize| matches!(self.field(*p), Some((_, Kind::Pairwise { .. })));
        let other = self.order.iter().copied().find(compares);
        let other = other.filter(|_| !key.starts_with("Arrow") && key.parse::<u8>().is_err());
        for place in self.here().into_iter().chain(other) {
            if self.value_key(place, key) {
                return Asked::Nothing;
            }
        }
        match key {
            "u" | "U" | "Backspace" => Asked::Undo,
            "s" | "S" => Asked::Skip,
            "p" | "P" => Asked::Pause,
            "c" | "C" => Asked::Words,
            "PageUp" => Asked::Back,
            _ => Asked::Nothing,
        }
    }

    /// Whether a key says something about a field.
    fn value_key(&mut self, place: usize, key: &str) -> bool {
        let digit = key.parse::<u8>().ok().map(|d| if d == 0 { 10 } else { d });
        let letter = key
            .chars()
            .next()
            .filter(|c| key.len() == 1 && c.is_ascii_alphabetic());
        let letter = letter.map(|c| usize::from(c.to_ascii_uppercase() as u8 - b'A'));
        let Some((_, kind)) = self.field(place) else {
            return false;
        };
        match kind.clone() {
            Kind::Scale(points) => self.point_key(place, points.len() as u8, digit, key),
            Kind::YesNo => {
                let yes = match key {
                    "y" | "Y" | "1" | "ArrowLeft" => true,
                    "n" | "N" | "2" | "ArrowRight" => false,
                    _ => return false,
                };
                self.choose(place, Value::Yes(yes));
                true
            }
            Kind::Pairwise { tie, both_bad } => {
                let value = match key {
                    "a" | "A" | "1" | "ArrowLeft" => self.preference(0),
                    "b" | "B" | "2" | "ArrowRight" => self.preference(1),
                    "=" | "3" if tie => Preference::Tie,
                    "-" | "x" | "X" | "0" | "4" if both_bad => Preference::BothBad,
                    _ => return false,
                };
                self.choose(place, Value::Prefer(value));
                true
            }
            Kind::Ranking => {
                if key == "Backspace" && !self.ranked.is_empty() {
                    let last = *self.ranked.last().expect("it is not empty");
                    self.rank(place, last.into());
                    return true;
                }
                let shown = letter.or(digit.map(|d| usize::from(d) - 1));
                let output = shown.and_then(|s| Some(self.item.outputs.get(s)?.0));
                output.is_some_and(|output| {
                    self.rank(place, output);
                    true
                })
            }
            Kind::Spans(_) | Kind::Marks(_) => self.mark_key(place, digit, key),
            Kind::Score => self.score_key(place, digit, key),
            Kind::Comment => false,
        }
    }

    fn point_key(&mut self, place: usize, points: u8, digit: Option<u8>, key: &str) -> bool {
        if let Some(point) = digit.filter(|d| *d <= points) {
            self.choose(place, Value::Point(point));
            return true;
        }
        let now = match self.answer.get(place) {
            Some(Value::Point(p)) => Some(*p),
            _ => None,
        };
        // From nothing, an arrow leads to the middle.
        let point = match key {
            "ArrowLeft" => now.map_or(points.div_ceil(2), |p| p.saturating_sub(1).max(1)),
            "ArrowRight" => now.map_or(points.div_ceil(2), |p| (p + 1).min(points)),
            _ => return false,
        };
        self.set(place, Value::Point(point));
        true
    }

    /// Digits are tens, 0 is 100; arrows change the score by one.
    fn score_key(&mut self, place: usize, digit: Option<u8>, key: &str) -> bool {
        let now = match self.answer.get(place) {
            Some(Value::Score(score)) => Some(*score),
            _ => None,
        };
        let score = match (digit, key) {
            (Some(digit), _) => digit * 10,
            (None, "ArrowLeft") => now.map_or(MAX_SCORE / 2, |s| s.saturating_sub(1)),
            (None, "ArrowRight") => now.map_or(MAX_SCORE / 2, |s| (s + 1).min(MAX_SCORE)),
            _ => return false,
        };
        if !self.waits(place) {
            self.set(place, Value::Score(score));
        }
        true
    }

    fn mark_key(&mut self, place: usize, digit: Option<u8>, key: &str) -> bool {
        let Some(scheme) = self.scheme(place) else {
            return false;
        };
        let last = self.pieces(place).len().saturating_sub(1);
        let marked = self.marks(place).len();
        let marking = &mut self.marking[place];
        match key {
            "ArrowLeft" => marking.cursor = marking.cursor.saturating_sub(1),
            "ArrowRight" => marking.cursor = (marking.cursor + 1).min(last),
            " " => {
                let cursor = marking.cursor;
                self.point(place, cursor);
            }
            "m" | "M" => marking.severity = scheme.next_severity(marking.severity),
            "o" | "O" => self.mark_missing(place),
            "n" | "N" => {
                self.set_marks(place, Vec::new());
                self.advance();
            }
            "Backspace" if marked > 0 => self.unmark(place, marked - 1),
            _ => match digit.filter(|d| usize::from(*d) <= scheme.categories.len()) {
                Some(category) => marking.category = category - 1,
                None => return false,
            },
        }
        true
    }
}
