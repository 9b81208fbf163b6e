//! What a rater's page knows: how far the opening of a link is, the item in sight, the answers once they
//! are made. No browser, so that it is tested natively.

use assay_protocol::links::{Intro, ItemView, RaterCommand, RaterNews};
use assay_rating::envelope::EnvelopeError;
use assay_rating::sitting::{AnswerError, Progress};
use std::rc::Rc;

/// How far a rater's page is.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Stage {
    /// Nothing is opened: a file is asked for.
    #[default]
    Empty,
    /// A link is being opened.
    Opening,
    /// It can't be.
    Failed(EnvelopeError),
    /// It takes a passphrase; the last one was wrong or there was none yet.
    Locked {
        /// Whether a wrong one was given.
        wrong: bool,
        /// Whether one is being tried.
        trying: bool,
    },
    /// The rater reads what it is about.
    Intro,
    /// Another tab works on the task.
    Elsewhere,
    /// An item.
    Item(Rc<ItemView>),
    /// No item is shown.
    Summary {
        /// How far the rater is.
        progress: Progress,
        /// The name given.
        name: String,
        /// Whether an answer can be taken back.
        can_undo: bool,
    },
}

/// What a rater's page knows.
#[derive(Debug, Clone, PartialEq)]
pub struct RaterState {
    /// How far it is.
    pub stage: Stage,
    /// What the task is about, once it is open.
    pub intro: Option<Rc<Intro>>,
    /// Why the last answer was not taken.
    pub refused: Option<AnswerError>,
    /// Whether answers outlive the visit.
    pub kept: bool,
    /// The answers' envelope, once it is made and while nothing is answered anew.
    pub answers: Option<Rc<str>>,
}

impl Default for RaterState {
    fn default() -> Self {
        Self {
            stage: Stage::Empty,
            intro: None,
            refused: None,
            kept: true,
            answers: None,
        }
    }
}

impl RaterState {
    /// Notes that a command goes out.
    pub fn sending(&mut self, command: &RaterCommand) {
        match command {
            RaterCommand::Open { .. } => {
                *self = Self {
                    stage: Stage::Opening,
                    ..Self::default()
                };
            }
            RaterCommand::Unlock { .. } => {
                self.stage = Stage::Locked {
                    wrong: false,
                    trying: true,
                };
            }
            _ => {}
        }
    }

    /// Takes news.
    pub fn receive(&mut self, news: RaterNews) {
        self.refused = None;
        match news {
            RaterNews::Failed { error } => {
                self.stage = match error {
                    EnvelopeError::WrongPassphrase => Stage::Locked {
                        wrong: true,
                        trying: false,
                    },
                    error => Stage::Failed(error),
                };
            }
            RaterNews::Locked => {
                self.stage = Stage::Locked {
                    wrong: false,
                    trying: false,
                };
            }
            RaterNews::Intro { intro } => {
                self.intro = Some(Rc::new(*intro));
                self.stage = Stage::Intro;
            }
            RaterNews::Elsewhere => self.stage = Stage::Elsewhere,
            RaterNews::Item { item } => {
                self.kept = item.kept;
                self.answers = None;
                self.stage = Stage::Item(Rc::new(*item));
            }
            RaterNews::Refused { error } => self.refused = Some(error),
            RaterNews::Summary {
                progress,
                name,
                can_undo,
                kept,
            } => {
                // Another name makes other answers.
                self.answers = None;
                self.kept = kept;
                self.stage = Stage::Summary {
                    progress,
                    name,
                    can_undo,
                };
            }
            RaterNews::Answers { envelope } => self.answers = Some(envelope.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_passphrase_asks_again_and_a_bad_link_does_not() {
        let mut state = RaterState::default();
        state.sending(&RaterCommand::Open { text: "x".into() });
        assert_eq!(state.stage, Stage::Opening);
        state.receive(RaterNews::Locked);
        let passphrase = "p".to_owned();
        state.sending(&RaterCommand::Unlock { passphrase });
        state.receive(RaterNews::Failed {
            error: EnvelopeError::WrongPassphrase,
        });
        let (wrong, trying) = (true, false);
        assert_eq!(state.stage, Stage::Locked { wrong, trying });
        state.receive(RaterNews::Failed {
            error: EnvelopeError::Altered,
        });
        assert_eq!(state.stage, Stage::Failed(EnvelopeError::Altered));
    }
}
