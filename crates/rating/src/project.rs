//! The owner's side of a task: what raters must not see (which output is whose, which row an item was,
//! which items are controls), and what was gathered, as a list of events. Everything else follows from
//! the events, so that any of them can be taken back.

use super::envelope;
use super::envelope::{AnswerKey, Envelope, EnvelopeError, OpenedAnswers};
use super::owner::{Invitation, OwnerSecret};
use super::pool::{Brought, Decisions, Place, Pool, RaterKey};
use super::task::{Sealing, Task, TaskError};
use serde::{Deserialize, Serialize};

/// Where an item comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The row in the data.
    pub row: usize,
    /// For each output the system, by its place among [`Project::systems`].
    pub systems: Vec<usize>,
    /// In a control item the output that is known to be wrong: another row's.
    pub wrong: Option<usize>,
}

/// A task with all that its owner knows of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Project {
    /// What raters see.
    pub task: Task,
    /// The systems' names.
    pub systems: Vec<String>,
    /// For each item where it comes from.
    pub origins: Vec<Origin>,
    /// The envelope that raters get.
    pub envelope: String,
    /// Whether it is behind a passphrase.
    pub locked: bool,
    /// The files that the items come from.
    pub files: Vec<String>,
    /// When it was made, in milliseconds since 1970.
    pub made: f64,
    /// What opens answers, and what the raters' invitations follow from. Tasks of the first versions have none: their
    /// answers are opened with the key in the task.
    #[serde(default)]
    pub secret: Option<OwnerSecret>,
}

/// Why a project can't be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum ProjectError {
    /// It is no project.
    #[error("the file holds no rating task; save it again where the task was made")]
    NoProject,
    /// Its task can't be used.
    #[error("the saved task can't be used: {error}")]
    Task {
        /// Why.
        error: TaskError,
    },
    /// What it says of an item's origin does not fit the item.
    #[error("the saved task is damaged at item {item}; save it again where the task was made")]
    Origin {
        /// The item, from 1.
        item: usize,
    },
    /// The secret in it does not belong to its task, so that no answer could be opened.
    #[error(
        "the saved task lacks the secret that opens its answers; save it again where the task was made"
    )]
    Secret,
}

/// Something that the owner did.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// Envelopes with answers came in together.
    Came {
        /// The envelopes.
        envelopes: Vec<String>,
    },
    /// A rater is left out, or put back.
    LeftOut {
        /// The rater.
        rater: RaterKey,
        /// Whether out.
        out: bool,
    },
    /// A device is a rater of its own, or belongs again to those of its name.
    Apart {
        /// The device.
        device: u64,
        /// Whether apart.
        apart: bool,
    },
    /// In a conflict one device's answer stands.
    Preferred {
        /// The rater.
        rater: RaterKey,
        /// What was answered twice.
        place: Place,
        /// The device.
        device: u64,
    },
    /// The last event that still counts is taken back.
    Undone,
}

/// Why an envelope was set aside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Aside {
    /// It can't be opened.
    Unreadable {
        /// Why.
        error: EnvelopeError,
    },
    /// It is a task and no answers.
    IsTask,
    /// It answers another task.
    OtherTask,
    /// It answers another version of this task.
    OtherVersion,
    /// It opens, and holds what nobody could have answered.
    DoesNotFit,
}

/// What became of a piece of what came in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// It was merged.
    Merged {
        /// The rater's name.
        rater: String,
        /// What it brought.
        brought: Brought,
        /// Whether it proved the invitation for its number; nothing where there are no invitations.
        invited: Option<bool>,
    },
    /// It was set aside.
    Aside {
        /// Its first letters.
        beginning: String,
        /// Why.
        reason: Aside,
    },
}

/// What was gathered.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Gathered {
    /// The answers.
    pub pool: Pool,
    /// What the owner has decided.
    pub decisions: Decisions,
    /// What became of everything that came in, the latest last.
    pub outcomes: Vec<Outcome>,
    /// Whether there is an event to take back.
    pub can_undo: bool,
}

impl Project {
    /// Whether the parts of the project fit together. One that came from outside is believed only after
    /// this.
    ///
    /// # Errors
    /// The first thing that does not fit.
    pub fn check(&self) -> Result<(), ProjectError> {
        self.task
            .check()
            .map_err(|error| ProjectError::Task { error })?;
        let fits = |(origin, outputs): (&Origin, usize)| {
            origin.systems.len() == outputs
                && origin.systems.iter().all(|s| *s < self.systems.len())
                && origin.wrong.is_none_or(|wrong| wrong < outputs)
        };
        let outputs = self.task.items.iter().map(|i| i.outputs.len());
        let known = self.origins.len().min(self.task.items.len());
        let bad = self.origins.iter().zip(outputs).position(|o| !fits(o));
        let short = (self.origins.len() != self.task.items.len()).then_some(known);
        if let Some(item) = bad.or(short) {
            return Err(ProjectError::Origin { item: item + 1 });
        }
        let opens = match (self.task.sealing, &self.secret) {
            (Sealing::SharedKey, secret) => secret.is_none(),
            (Sealing::OwnerKey, Some(secret)) => secret.public_key() == self.task.key,
            (Sealing::OwnerKey, None) => false,
        };
        if opens {
            Ok(())
        } else {
            Err(ProjectError::Secret)
        }
    }

    /// The secret of the invitation for each rater's number, in order; none where items are not shared out, or the task is
    /// of a version before there were any.
    #[must_use]
    pub fn invitations(&self) -> Vec<Invitation> {
        let of = |secret: &OwnerSecret| {
            let slots = 0..self.task.slots;
            slots
                .map(|slot| secret.invitation(self.task.id, slot))
                .collect()
        };
        self.secret.as_ref().map(of).unwrap_or_default()
    }

    /// Whether raters can have invitations of their own.
    #[must_use]
    pub fn has_invitations(&self) -> bool {
        self.secret.is_some() && self.task.slots > 0
    }

    /// The answers in an envelope.
    ///
    /// # Errors
    /// Why they are none to this task.
    pub fn read(&self, text: &str) -> Result<OpenedAnswers, Aside> {
        let unreadable = |error| Aside::Unreadable { error };
        let sealed = match envelope::open(text).map_err(unreadable)? {
            Envelope::Answers(sealed) => sealed,
            _ => return Err(Aside::IsTask),
        };
        if sealed.task != self.task.id {
            return Err(Aside::OtherTask);
        }
        if sealed.hash != self.task.hash() {
            return Err(Aside::OtherVersion);
        }
        let key = match &self.secret {
            Some(secret) => AnswerKey::Owner(secret),
            None => AnswerKey::Shared(&self.task.key),
        };
        let opened = sealed.open(key).map_err(unreadable)?;
        if opened.bundle.fits(&self.task) {
            Ok(opened)
        } else {
            Err(Aside::DoesNotFit)
        }
    }

    /// What the events come to.
    #[must_use]
    pub fn gather(&self, events: &[Event]) -> Gathered {
        let mut gathered = Gathered::default();
        let standing = standing(events);
        gathered.can_undo = !standing.is_empty();
        for event in standing {
            match event {
                Event::Came { envelopes } => {
                    for text in envelopes {
                        let outcome = self.take(text, &mut gathered.pool);
                        gathered.outcomes.push(outcome);
                    }
                }
                Event::LeftOut { rater, out } => {
                    let list = &mut gathered.decisions.left_out;
                    if *out {
                        list.insert(rater.clone());
                    } else {
                        list.remove(rater);
                    }
                }
                Event::Apart { device, apart } => {
                    let list = &mut gathered.decisions.apart;
                    if *apart {
                        list.insert(*device);
                    } else {
                        list.remove(device);
                    }
                }
                Event::Preferred {
                    rater,
                    place,
                    device,
                } => {
                    let preferred = &mut gathered.decisions.preferred;
                    preferred.insert((rater.clone(), *place), *device);
                }
                Event::Undone => {}
            }
        }
        gathered
    }

    fn take(&self, text: &str, pool: &mut Pool) -> Outcome {
        match self.read(text) {
            Ok(OpenedAnswers { bundle, invited }) => Outcome::Merged {
                brought: match invited {
                    true => pool.add_invited(&bundle),
                    false => pool.add(&bundle),
                },
                invited: self.has_invitations().then_some(invited),
                rater: bundle.rater,
            },
            Err(reason) => Outcome::Aside {
                beginning: text.chars().take(24).collect(),
                reason,
            },
        }
    }
}

/// The events of a project that went on in two places: where one is the beginning of the other, the
/// longer; else what came in there and stands, and then all that was done here.
#[must_use]
pub fn merged(here: Vec<Event>, there: Vec<Event>) -> Vec<Event> {
    if there.starts_with(&here) {
        return there;
    }
    if here.starts_with(&there) {
        return here;
    }
    let came = |e: &&Event| matches!(e, Event::Came { .. }) && !here.contains(e);
    let theirs = standing(&there).into_iter().filter(came).cloned();
    theirs.chain(here.iter().cloned()).collect()
}

/// The events that were not taken back.
fn standing(events: &[Event]) -> Vec<&Event> {
    let mut standing = Vec::new();
    for event in events {
        if matches!(event, Event::Undone) {
            standing.pop();
        } else {
            standing.push(event);
        }
    }
    standing
}
