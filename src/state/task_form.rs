//! The form for a rating task: what is chosen so far, and every step back. No browser, so that it is
//! tested natively.

use super::passphrase::{Strength, strength};
use assay_calls::History;
use assay_data::Role;
use assay_locale::Language;
use assay_protocol::views::Summary;
use assay_rating::draft::{Draft, Rows};
use assay_rating::task::{Kind, MAX_POINTS, Question};
use assay_rating::template::{Template, comment, translated};
use assay_stats::decision::FEWEST_UNITS;

/// A change of the form.
pub type Step = Box<dyn FnOnce(&mut Form)>;

/// Rows that a task begins with: what a person rates in half an hour.
const USUAL_ROWS: usize = 30;
/// Steps back that are kept.
const MOST_STEPS: usize = 50;

/// The form.
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    /// The draft, with what it was before.
    pub draft: History<Draft, ()>,
    /// Whether the task goes behind a passphrase.
    pub locks: bool,
    /// The passphrase.
    pub passphrase: String,
    /// Whether it is taken although it is weak.
    pub takes_weak: bool,
    /// The files that the draft is of.
    pub files: Vec<String>,
    /// Where the link is to be sent; anywhere without it.
    pub channel: Option<Channel>,
    /// Whether rows are taken out until the link fits there. A number of rows that the person chose stays.
    pub is_fitted: bool,
    /// Rows below which none are taken out: as many as a conclusion needs where nobody chose the place, or else one.
    pub fewest: usize,
}

/// Where a link is sent, and how long it may be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Channel {
    /// Its name.
    pub name: &'static str,
    /// The most characters.
    pub most: usize,
}

/// What a passphrase lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PassphraseGap {
    /// There is none.
    Missing,
    /// It is weak, and nobody has said that it is to be taken all the same.
    WeakUnconfirmed,
}

impl Form {
    /// A form for what is loaded.
    #[must_use]
    pub fn new(summary: &Summary, language: Language, seed: u64) -> Self {
        let has = |role: Role| summary.columns.iter().any(|c| c.role == role);
        let mut questions = Template::Scales.questions(language.tag());
        questions.push(comment(language.tag()));
        let draft = Draft {
            language: language.tag().to_owned(),
            title: String::new(),
            instructions: String::new(),
            questions,
            rows: Rows::Random,
            count: USUAL_ROWS.min(summary.rows),
            systems: (0..summary.systems.len()).collect(),
            source: has(Role::Source),
            reference: false,
            blind: true,
            slots: 0,
            overlap: 0,
            repeats: 0,
            controls: 0,
            timed: false,
            completion: String::new(),
            prefilled: Vec::new(),
            seed,
        };
        Self {
            draft: History::new(draft, MOST_STEPS),
            locks: false,
            passphrase: String::new(),
            takes_weak: false,
            files: summary.files.clone(),
            channel: None,
            is_fitted: false,
            fewest: 1,
        }
    }

    /// Takes rows out where the link has more characters than fit where it is to be sent (nothing where no link holds the
    /// task), but none of the fewest: whether there are fewer now.
    pub fn shorten(&mut self, characters: Option<usize>) -> bool {
        let Some(channel) = self.channel.filter(|_| self.is_fitted) else {
            return false;
        };
        let rows = self.draft.count;
        if rows <= self.fewest || characters.is_some_and(|characters| characters <= channel.most) {
            return false;
        }
        // A link has a part that does not depend on rows, so the share of what fits is still too much at times.
        let kept = match characters {
            Some(characters) => (rows * channel.most / characters).min(rows - 1),
            None => rows / 2,
        };
        let kept = kept.max(self.fewest);
        self.change(|draft| {
            if draft.rows == Rows::All {
                draft.rows = Rows::Random;
            }
            draft.count = kept;
        });
        true
    }

    /// Chooses where the link is to be sent, as the person does, and has the rows fit there, however few.
    pub fn send_by(&mut self, channel: Option<Channel>) {
        self.channel = channel;
        self.is_fitted = channel.is_some();
        self.fewest = 1;
    }

    /// Begins with a place that nobody has chosen yet, for which a task does not become too small to decide anything.
    pub fn begin_with(&mut self, channel: Option<Channel>) {
        self.send_by(channel);
        self.fewest = FEWEST_UNITS;
    }

    /// Whether it is a form for what is loaded.
    #[must_use]
    pub fn is_for(&self, summary: &Summary) -> bool {
        let known = |s: &usize| *s < summary.systems.len();
        self.files == summary.files && self.draft.systems.iter().all(known)
    }

    /// Takes another passphrase, which has to be confirmed anew where it is weak.
    pub fn set_passphrase(&mut self, passphrase: String) {
        self.takes_weak &= passphrase == self.passphrase;
        self.passphrase = passphrase;
    }

    /// Why the task can't be made with this passphrase.
    #[must_use]
    pub fn passphrase_gap(&self) -> Option<PassphraseGap> {
        match strength(&self.passphrase) {
            _ if !self.locks => None,
            _ if self.passphrase.trim().is_empty() => Some(PassphraseGap::Missing),
            Strength::Weak if !self.takes_weak => Some(PassphraseGap::WeakUnconfirmed),
            _ => None,
        }
    }

    /// Changes the draft in a way that can be undone.
    pub fn change(&mut self, change: impl FnOnce(&mut Draft)) {
        self.draft.change((), change);
    }

    /// Puts a template's questions in place of those that are there; words that raters may add stay.
    pub fn begin_from(&mut self, template: Template) {
        self.change(|draft| {
            let mut questions = template.questions(&draft.language);
            let words = draft.questions.iter().find(|q| q.kind == Kind::Comment);
            questions.extend(words.cloned());
            draft.questions = questions;
        });
    }

    /// Adds questions under names that are free, before those for words.
    pub fn add(&mut self, questions: Vec<Question>) {
        self.change(|draft| {
            for mut question in questions {
                let name = question.name.clone();
                let mut number = 2;
                while draft.questions.iter().any(|q| q.name == question.name) {
                    question.name = format!("{name} {number}");
                    number += 1;
                }
                let words = draft.questions.iter().position(|q| q.kind == Kind::Comment);
                let place = words.unwrap_or(draft.questions.len());
                draft.questions.insert(place, question);
            }
        });
    }

    /// The task's language; questions that stand as the templates have them change with it.
    pub fn speak(&mut self, language: Language) {
        self.change(|draft| {
            language.tag().clone_into(&mut draft.language);
            for question in &mut draft.questions {
                if let Some(same) = translated(question, language.tag()) {
                    *question = same;
                }
            }
        });
    }

    /// Shares items out among `slots` raters; 0 lets everyone rate everything.
    pub fn share(&mut self, slots: u16) {
        self.change(|draft| {
            draft.slots = slots;
            draft.overlap = draft.overlap.clamp(slots.min(1), slots.max(1));
            if slots > 1 && draft.overlap < 2 {
                // Without a second opinion nobody can tell how far raters agree.
                draft.overlap = 2;
            }
            if slots == 0 {
                draft.overlap = 0;
            }
        });
    }
}

/// The points of a scale, one to a line, at most ten and at least two.
#[must_use]
pub fn points(text: &str) -> Vec<String> {
    let mut points: Vec<String> = text.lines().map(|l| l.trim().to_owned()).collect();
    points.truncate(MAX_POINTS);
    points.resize(points.len().max(2), String::new());
    points
}

/// Categories of errors, one to a line.
#[must_use]
pub fn categories(text: &str) -> Vec<String> {
    let lines = text.lines().map(str::trim).filter(|l| !l.is_empty());
    lines.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use assay_core::session::Session;
    use assay_data::{DataSet, Importer};

    fn form() -> Form {
        let mut importer = Importer::new("d.csv");
        let text = "prompt,reference,base,tuned\na,b,c,d\n";
        importer.push(text.as_bytes()).unwrap();
        let data = DataSet::join(vec![importer.finish().unwrap()]).unwrap();
        let mut session = Session::default();
        session.load(data);
        Form::new(&session.summary(), Language::English, 1)
    }

    #[test]
    fn a_weak_passphrase_is_taken_only_after_it_was_confirmed() {
        let mut form = form();
        assert_eq!(form.passphrase_gap(), None, "without a lock none is due");
        form.locks = true;
        assert_eq!(form.passphrase_gap(), Some(PassphraseGap::Missing));
        form.set_passphrase("password1".into());
        let weak = Some(PassphraseGap::WeakUnconfirmed);
        assert_eq!(form.passphrase_gap(), weak);
        form.takes_weak = true;
        assert_eq!(form.passphrase_gap(), None);
        form.set_passphrase("password1".into());
        assert_eq!(form.passphrase_gap(), None, "it is the same");
        form.set_passphrase("password2".into());
        assert_eq!(form.passphrase_gap(), weak, "another one is confirmed anew");
        form.set_passphrase("granite violin teapot marble orbit".into());
        assert_eq!(form.passphrase_gap(), None);
    }

    #[test]
    fn every_change_can_be_taken_back() {
        let mut form = form();
        let before = form.draft.current().clone();
        form.begin_from(Template::Pairwise);
        assert_eq!(form.draft.questions.len(), 2, "the question and the words");
        form.change(|d| d.count = 1);
        form.share(5);
        assert_eq!(form.draft.overlap, 2);
        let after = form.draft.current().clone();
        while form.draft.undo() {}
        assert_eq!(*form.draft, before);
        while form.draft.redo() {}
        assert_eq!(*form.draft, after);
    }

    #[test]
    fn templates_change_language_and_what_was_edited_stays() {
        let mut form = form();
        form.change(|d| d.questions[1].name = "Style".into());
        form.speak(Language::Chinese);
        let names: Vec<&str> = form
            .draft
            .questions
            .iter()
            .map(|q| q.name.as_str())
            .collect();
        assert_eq!(names, ["相关性", "Style", "事实正确性", "多样性", "备注"]);
    }

    #[test]
    fn templates_have_words_in_every_language_of_the_page() {
        let names = Language::ALL.iter().map(|l| comment(l.tag()).name);
        let different: std::collections::BTreeSet<String> = names.collect();
        assert_eq!(different.len(), Language::ALL.len());
    }

    #[test]
    fn questions_added_twice_have_names_of_their_own() {
        let mut form = form();
        form.add(Template::Checks.questions("en"));
        form.add(Template::Checks.questions("en"));
        let names: Vec<&str> = form
            .draft
            .questions
            .iter()
            .map(|q| q.name.as_str())
            .collect();
        assert_eq!(names[4..], ["Task done", "Task done 2", "Comment"]);
    }

    #[test]
    fn rows_are_taken_out_until_the_link_fits_where_it_is_sent() {
        let mut form = form();
        form.change(|d| d.count = 30);
        let wechat = Channel {
            name: "wechat",
            most: 2_000,
        };
        assert!(!form.shorten(Some(3_500)), "it may be sent anywhere");
        form.send_by(Some(wechat));
        assert!(form.shorten(Some(3_500)));
        assert_eq!(form.draft.count, 17);
        assert!(form.shorten(Some(2_010)), "what does not depend on rows");
        assert_eq!(form.draft.count, 16);
        assert!(!form.shorten(Some(1_990)));
        assert!(form.shorten(None), "no link holds it");
        assert_eq!(form.draft.count, 8);
        form.is_fitted = false;
        assert!(!form.shorten(Some(3_500)), "the person chose the rows");
        form.send_by(Some(wechat));
        form.change(|d| d.count = 1);
        assert!(!form.shorten(Some(3_500)), "one row is left");
    }

    #[test]
    fn a_place_that_nobody_chose_leaves_as_many_rows_as_a_conclusion_needs() {
        let mut form = form();
        form.change(|d| d.count = 30);
        let wechat = Channel {
            name: "wechat",
            most: 2_000,
        };
        form.begin_with(Some(wechat));
        assert!(form.shorten(Some(3_100)));
        assert_eq!(form.draft.count, FEWEST_UNITS, "19 rows would fit");
        assert!(!form.shorten(Some(2_100)), "it has become no smaller");
        assert!(!form.shorten(None));
        form.change(|d| d.count = 30);
        assert!(form.shorten(None), "no link holds it");
        assert_eq!(form.draft.count, FEWEST_UNITS);
        form.send_by(Some(wechat));
        assert!(form.shorten(Some(2_100)), "the person chose the place");
        assert_eq!(form.draft.count, 19);
        form.begin_with(Some(wechat));
        assert!(!form.shorten(Some(3_100)), "there are fewer anyway");
    }

    #[test]
    fn lines_are_points() {
        assert_eq!(points("bad\n\ngood"), ["bad", "", "good"]);
        assert_eq!(points("").len(), 2);
        assert_eq!(categories(" a \n\nb"), ["a", "b"]);
    }
}
