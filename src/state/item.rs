//! The item in a rater's hands: what is chosen so far, which question the keys speak to, and what a key
//! means there. No browser, so that it is tested natively.

mod keys;

use assay_protocol::rater::ItemView;
use assay_rating::answers::{Answer, Preference, Value};
use assay_rating::marks::{ErrorScheme, MAX_MARKS, Mark, Severity};
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marking {
    /// The piece under the cursor.
    pub cursor: usize,
    /// The piece that an error begins with, while its end is still to come.
    pub from: Option<usize>,
    /// The category of the next error.
    pub category: u8,
    /// How grave it is.
    pub severity: Severity,
}

impl Marking {
    /// Where marking begins.
    fn new(kind: &Kind) -> Self {
        let scheme = kind.errors();
        Self {
            cursor: 0,
            from: None,
            category: 0,
            severity: scheme.map_or(Severity::Minor, |scheme| scheme.usual_severity()),
        }
    }
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
                item.questions[question].kind.errors().is_some()
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
        let fields = item.fields.iter();
        let marking = fields.map(|field| Marking::new(&item.questions[field.question].kind));
        Self {
            marking: marking.collect(),
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
        self.advance();
    }

    /// Goes on to the next field that is open.
    fn advance(&mut self) {
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
    pub fn marks(&self, place: usize) -> Vec<Mark> {
        let value = self.answer.get(place);
        value.and_then(Value::marks).unwrap_or_default()
    }

    /// How errors are marked in a field.
    #[must_use]
    pub fn scheme(&self, place: usize) -> Option<ErrorScheme> {
        let (_, kind) = self.field(place)?;
        Some(kind.errors()?.into_owned())
    }

    /// Sets the errors marked in a field; none says that there are none.
    pub fn set_marks(&mut self, place: usize, mut marks: Vec<Mark>) {
        sort_by(&mut marks, Ord::cmp);
        if let Some((_, kind)) = self.field(place) {
            let value = Value::of_marks(kind, marks);
            self.set(place, value);
        }
    }

    /// Whether a score waits for errors of the same output, which are marked before it.
    #[must_use]
    pub fn waits(&self, place: usize) -> bool {
        let Some((field, Kind::Score)) = self.field(place) else {
            return false;
        };
        let is_open = |(other, of): (usize, &Field)| {
            let asked = &self.item.questions[of.question];
            of.output == field.output
                && of.question < field.question
                && asked.required
                && asked.kind.errors().is_some()
                && self.answer.get(other).is_none()
        };
        self.item.fields.iter().enumerate().any(is_open)
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
            let mark = Mark {
                start: first.start,
                end: last.end,
                category: marking.category,
                severity: marking.severity,
            };
            let mut marks = self.marks(place);
            marks.retain(|m| (m.start, m.end) != (mark.start, mark.end));
            self.add(place, marks, mark);
        }
    }

    /// Marks that the output lacks something.
    pub fn mark_missing(&mut self, place: usize) {
        let Some((field, Kind::Marks(_))) = self.field(place) else {
            return;
        };
        let length = field.output.map_or(0, |o| self.text(o).chars().count());
        let marking = self.marking[place];
        let mark = Mark {
            start: length as u32,
            end: length as u32,
            category: marking.category,
            severity: marking.severity,
        };
        self.add(place, self.marks(place), mark);
    }

    fn add(&mut self, place: usize, mut marks: Vec<Mark>, mark: Mark) {
        if marks.len() < MAX_MARKS {
            marks.push(mark);
            self.set_marks(place, marks);
        }
    }

    /// Takes a marked error away.
    pub fn unmark(&mut self, place: usize, mark: usize) {
        let mut marks = self.marks(place);
        if mark < marks.len() {
            marks.remove(mark);
        }
        if marks.is_empty() {
            // None left is not yet a word that there are none.
            self.answer.set(place, None);
        } else {
            self.set_marks(place, marks);
        }
    }
}

#[cfg(test)]
mod tests;
