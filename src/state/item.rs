//! The item in a rater's hands: what is chosen so far, which question the keys speak to, and what a key
//! means there. No browser, so that it is tested natively.

use assay_protocol::rater::ItemView;
use assay_rating::answers::{Answer, Preference, Span, Value};
use assay_rating::pieces::{Piece, pieces};
use assay_rating::task::{Field, Kind};
use assay_sorting::sort_by;
use std::rc::Rc;

/// What a key asks for beyond the answer itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// Nothing more.
    Nothing,
    /// The answer is done.
    Done,
    /// The item is passed over.
    Skip,
    /// The last answer is taken back.
    Undo,
    /// The item before.
    Back,
    /// A pause.
    Pause,
    /// The field for words.
    Words,
}

/// Where errors are being marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Marking {
    /// The piece under the cursor.
    pub cursor: usize,
    /// The piece that an error begins with, while its end is still to come.
    pub from: Option<usize>,
    /// The category of the next error.
    pub category: u8,
    /// Whether it is a major one.
    pub major: bool,
}

/// The item in hand.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemState {
    /// The item.
    pub item: Rc<ItemView>,
    /// What is chosen.
    pub answer: Answer,
    /// The field that keys speak to, by its place in [`ItemState::order`].
    pub current: usize,
    /// The fields' places in the order shown: output by output, then
    /// what is asked of all.
    pub order: Vec<usize>,
    /// Where errors are being marked, for each field.
    pub marking: Vec<Marking>,
    /// Outputs ranked so far, before the ranking is whole.
    pub ranked: Vec<u8>,
    /// Whether something required was missing when the rater went on.
    pub missing: bool,
}

impl ItemState {
    /// An item that comes into hand.
    #[must_use]
    pub fn new(item: Rc<ItemView>) -> Self {
        let places = |of: Option<usize>| {
            let fields = item.fields.iter().enumerate();
            let own = fields
                .filter(|(_, f)| f.output == of)
                .map(|(place, _)| place);
            // A text in which errors are marked stands in its field, and is read before all else.
            let marks = |place: &usize| {
                let question = item.fields[*place].question;
                matches!(item.questions[question].kind, Kind::Spans(_))
            };
            let (marked, other): (Vec<usize>, Vec<usize>) = own.partition(marks);
            marked.into_iter().chain(other)
        };
        let outputs = item.outputs.iter();
        let mut order: Vec<usize> = outputs.flat_map(|(o, ..)| places(Some(*o))).collect();
        order.extend(places(None));
        let mut answer = item.answer.clone();
        answer.skipped = false;
        let ranked = answer.values.iter().find_map(|(_, value)| match value {
            Value::Order(order) => Some(order.clone()),
            _ => None,
        });
        Self {
            marking: vec![Marking::default(); item.fields.len()],
            answer,
            order,
            current: 0,
            ranked: ranked.unwrap_or_default(),
            missing: false,
            item,
        }
    }

    /// The field at a place, with how it is answered.
    fn field(&self, place: usize) -> Option<(Field, &Kind)> {
        let field = *self.item.fields.get(place)?;
        Some((field, &self.item.questions.get(field.question)?.kind))
    }

    /// The field that keys speak to.
    #[must_use]
    pub fn here(&self) -> Option<usize> {
        self.order.get(self.current).copied()
    }

    /// The letter of an output, by its place in the item.
    #[must_use]
    pub fn letter(&self, output: usize) -> char {
        let shown = self.item.outputs.iter().position(|(o, ..)| *o == output);
        (b'A' + shown.unwrap_or_default() as u8) as char
    }

    /// The text of an output, by its place in the item.
    #[must_use]
    pub fn text(&self, output: usize) -> &str {
        let found = self.item.outputs.iter().find(|(o, ..)| *o == output);
        found.map_or("", |(_, _, text)| text)
    }

    /// Makes a field the one that keys speak to.
    pub fn go(&mut self, place: usize) {
        if let Some(at) = self.order.iter().position(|p| *p == place) {
            self.current = at;
        }
    }

    /// Sets a field's value.
    pub fn set(&mut self, place: usize, value: Value) {
        self.go(place);
        self.answer.set(place, Some(value));
        self.missing = false;
    }

    /// Sets a value, and goes on to the next field that is open.
    fn choose(&mut self, place: usize, value: Value) {
        self.set(place, value);
        let open = |p: &usize| {
            let words = matches!(self.field(*p), Some((_, Kind::Comment)));
            self.answer.get(*p).is_none() && !words
        };
        let rest = self.order[self.current..].iter().position(open);
        if let Some(further) = rest {
            self.current += further;
        }
    }

    /// Required fields that are open.
    #[must_use]
    pub fn open(&self) -> Vec<usize> {
        let required = |place: &usize| {
            let field = self.item.fields[*place];
            self.item.questions[field.question].required && self.answer.get(*place).is_none()
        };
        self.order.iter().copied().filter(required).collect()
    }

    /// Whether the rater can go on. Where not, the first open field is gone to.
    pub fn is_done(&mut self) -> bool {
        let open = self.open();
        self.missing = !open.is_empty();
        if let Some(first) = open.first() {
            self.go(*first);
        }
        !self.missing
    }

    /// Puts an output behind those ranked, or takes it and all behind it out again.
    pub fn rank(&mut self, place: usize, output: usize) {
        self.go(place);
        self.missing = false;
        match self.ranked.iter().position(|o| usize::from(*o) == output) {
            // The last one was put there by itself, and goes with the one before it.
            Some(at) => self.ranked.truncate(at.min(self.item.outputs.len() - 2)),
            None => self.ranked.push(output as u8),
        }
        if self.ranked.len() + 1 == self.item.outputs.len() {
            let last = |o: &&(usize, Option<String>, String)| !self.ranked.contains(&(o.0 as u8));
            let last = self.item.outputs.iter().find(last).map(|o| o.0 as u8);
            self.ranked.extend(last);
        }
        let whole = self.ranked.len() == self.item.outputs.len();
        let order = whole.then(|| Value::Order(self.ranked.clone()));
        self.answer.set(place, order);
    }

    /// The preference for the output that is shown first or second.
    #[must_use]
    pub fn preference(&self, shown: usize) -> Preference {
        match self.item.outputs.get(shown) {
            Some((1, ..)) => Preference::Second,
            _ => Preference::First,
        }
    }

    /// The errors marked in a field.
    #[must_use]
    pub fn spans(&self, place: usize) -> Vec<Span> {
        match self.answer.get(place) {
            Some(Value::Spans(spans)) => spans.clone(),
            _ => Vec::new(),
        }
    }

    /// The pieces of the output that a field is about.
    #[must_use]
    pub fn pieces(&self, place: usize) -> Vec<Piece> {
        let output = self.field(place).and_then(|(field, _)| field.output);
        output.map_or(Vec::new(), |o| pieces(self.text(o)))
    }

    /// Points at a piece: the first time an error begins there, the second time it ends there.
    pub fn point(&mut self, place: usize, piece: usize) {
        self.go(place);
        let all = self.pieces(place);
        let marking = &mut self.marking[place];
        marking.cursor = piece;
        let Some(from) = marking.from.take() else {
            marking.from = Some(piece);
            return;
        };
        let (first, last) = (from.min(piece), from.max(piece));
        if let (Some(first), Some(last)) = (all.get(first), all.get(last)) {
            let span = Span {
                start: first.start,
                end: last.end,
                category: marking.category,
                major: marking.major,
            };
            let mut spans = self.spans(place);
            spans.retain(|s| (s.start, s.end) != (span.start, span.end));
            spans.push(span);
            sort_by(&mut spans, Ord::cmp);
            self.set(place, Value::Spans(spans));
        }
    }

    /// Takes a marked error away.
    pub fn unmark(&mut self, place: usize, span: usize) {
        let mut spans = self.spans(place);
        if span < spans.len() {
            spans.remove(span);
        }
        // None left is not yet a word that there are none.
        let value = (!spans.is_empty()).then_some(Value::Spans(spans));
        self.answer.set(place, value);
    }

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
            Kind::Spans(categories) => self.span_key(place, categories.len(), digit, key),
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

    fn span_key(&mut self, place: usize, categories: usize, digit: Option<u8>, key: &str) -> bool {
        let last = self.pieces(place).len().saturating_sub(1);
        let marked = self.spans(place).len();
        let marking = &mut self.marking[place];
        match key {
            "ArrowLeft" => marking.cursor = marking.cursor.saturating_sub(1),
            "ArrowRight" => marking.cursor = (marking.cursor + 1).min(last),
            " " => {
                let cursor = marking.cursor;
                self.point(place, cursor);
            }
            "m" | "M" => marking.major = !marking.major,
            "n" | "N" => self.choose(place, Value::Spans(Vec::new())),
            "Backspace" if marked > 0 => self.unmark(place, marked - 1),
            _ => match digit.filter(|d| usize::from(*d) <= categories) {
                Some(category) => marking.category = category - 1,
                None => return false,
            },
        }
        true
    }
}

#[cfg(test)]
mod tests;
