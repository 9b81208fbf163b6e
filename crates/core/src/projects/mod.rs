//! An owner's rating projects: the preview of a draft, making a task of it, finding the project that answers
//! belong to, and what the open project shows. `store` keeps them on the disk.

pub mod service;
mod store;

pub(crate) use store::FOLDER;

use assay_data::DataSet;
use assay_protocol::projects::{ConflictView, PlanView, ProjectCard, ProjectView, Sending};
use assay_rater::item_view;
use assay_rating::answers::{Answer, Preference, Value};
use assay_rating::draft::{Draft, Scores, Secrets};
use assay_rating::envelope;
use assay_rating::envelope::{Envelope, Lock, PackedTask};
use assay_rating::judgements::Judgements;
use assay_rating::order::{Seat, shares, showings};
use assay_rating::owner::{Invitation, OwnerSecret};
use assay_rating::pool::Place;
use assay_rating::project::{Event, Gathered, Project, ProjectError, merged};
use assay_rating::task::{Task, TaskError};
use qrcode::{Color, EcLevel, QrCode};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Bytes of a task's texts beyond which no link is tried: they pack to a third at best.
const MOST_PACKED: usize = 400_000;
/// Characters that a passphrase adds: salt, nonce and tag in base64.
const LOCK_CHARACTERS: usize = 59;

/// A project that is open, with all that was gathered.
#[derive(Debug, Clone)]
pub struct OpenProject {
    /// Its id.
    pub id: String,
    /// The task and what raters don't see.
    pub project: Project,
    /// What the owner did, in order.
    pub events: Vec<Event>,
    gathered: Gathered,
}

/// How a saved project begins.
pub const SAVED: &str = "{\"assay_project\":";

/// A project as a file, to be opened on another device.
#[derive(Serialize, Deserialize)]
struct Saved {
    assay_project: u8,
    project: Project,
    events: Vec<Event>,
}

/// A project's id: its task, and the version of it.
#[must_use]
pub fn id_of(task: u64, hash: &[u8; 16]) -> String {
    format!("{task:016x}-{}", data_encoding::HEXLOWER.encode(hash))
}

impl OpenProject {
    /// Opens a project with its events.
    #[must_use]
    pub fn new(project: Project, events: Vec<Event>) -> Self {
        let id = id_of(project.task.id, &project.task.hash());
        let gathered = project.gather(&events);
        Self {
            id,
            project,
            events,
            gathered,
        }
    }

    /// The events in their lines; one that can't be read is passed over.
    #[must_use]
    pub fn events(lines: &str) -> Vec<Event> {
        lines
            .lines()
            .filter_map(|line| serde_json::from_str(line).ok())
            .collect()
    }

    /// A project from its file on the disk and the lines of its events.
    ///
    /// # Errors
    /// When there is none in the text, or its parts don't fit together.
    pub fn kept(text: &str, lines: &str) -> Result<Self, ProjectError> {
        let project: Project = serde_json::from_str(text).map_err(|_| ProjectError::NoProject)?;
        project.check()?;
        Ok(Self::new(project, Self::events(lines)))
    }

    /// A project that was saved as a file.
    ///
    /// # Errors
    /// When there is none in the text, or its parts don't fit together.
    pub fn saved(text: &str) -> Result<Self, ProjectError> {
        let saved: Saved = serde_json::from_str(text).map_err(|_| ProjectError::NoProject)?;
        saved.project.check()?;
        Ok(Self::new(saved.project, saved.events))
    }

    /// The project as a file.
    #[must_use]
    pub fn to_file(&self) -> String {
        let saved = Saved {
            assay_project: 1,
            project: self.project.clone(),
            events: self.events.clone(),
        };
        // Nothing in it can't be written.
        serde_json::to_string(&saved).unwrap_or_default()
    }

    /// The project and its events, as they lie on the disk.
    pub(crate) fn to_files(&self) -> (String, String) {
        let line = |event| serde_json::to_string(event).expect("an event can be written") + "\n";
        let project = serde_json::to_string(&self.project).expect("a project can be written");
        (project, self.events.iter().map(line).collect())
    }

    /// The same project with what is here of it already.
    #[must_use]
    pub fn joined(self, here: Vec<Event>) -> Self {
        Self::new(self.project, merged(here, self.events))
    }

    /// Notes what the owner did.
    pub fn push(&mut self, event: Event) {
        self.events.push(event);
        self.gathered = self.project.gather(&self.events);
    }

    /// Its line in the list.
    #[must_use]
    pub fn card(&self) -> ProjectCard {
        ProjectCard {
            id: self.id.clone(),
            title: self.project.task.title.clone(),
            items: self.project.task.items.len(),
            systems: self.project.systems.clone(),
            made: self.project.made,
        }
    }

    /// What is sent to raters.
    #[must_use]
    pub fn sending(&self) -> Sending {
        Sending {
            id: self.id.clone(),
            title: self.project.task.title.clone(),
            envelope: self.project.envelope.clone(),
            locked: self.project.locked,
            slots: self.project.task.slots,
            invitations: self.invitations(),
        }
    }

    /// The secrets in the links for the raters' numbers, in order.
    fn invitations(&self) -> Vec<String> {
        let invitations = self.project.invitations().into_iter();
        invitations.map(Invitation::to_text).collect()
    }

    /// The judgements, with the rows of `data` where it holds what was judged.
    #[must_use]
    pub fn table(&self, data: &DataSet) -> Judgements {
        let mut table = Judgements::of(&self.project, &self.gathered);
        for unit in &mut table.units {
            unit.row = unit.row.filter(|row| self.is_row(data, *row));
        }
        table
    }

    /// Whether a row of the data still holds the outputs that were judged.
    fn is_row(&self, data: &DataSet, row: usize) -> bool {
        let mut items = self.project.origins.iter().zip(&self.project.task.items);
        let origin = items.find(|(o, _)| o.row == row && o.wrong.is_none());
        let Some((origin, item)) = origin.filter(|_| row < data.table.rows()) else {
            return false;
        };
        let systems = data.systems();
        origin.systems.iter().zip(&item.outputs).all(|(&s, text)| {
            let name = &self.project.systems[s];
            let column = systems.iter().find(|(_, n)| n == name);
            column.is_some_and(|(c, _)| data.hypothesis(*c, row) == text)
        })
    }

    /// What the page shows beside the judgements.
    #[must_use]
    pub fn view(&self) -> ProjectView {
        let raters = self.gathered.pool.raters(&self.gathered.decisions);
        let conflicts = raters.iter().flat_map(|rater| {
            rater.conflicts.iter().map(|conflict| ConflictView {
                rater: rater.key.clone(),
                name: rater.name.clone(),
                place: conflict.place,
                row: self.project.origins[usize::from(conflict.place.item)].row + 1,
                answers: conflict
                    .answers
                    .iter()
                    .map(|(device, answer)| (*device, self.said(conflict.place, answer)))
                    .collect(),
            })
        });
        let heard = |slot: &u16| raters.iter().any(|r| r.slot == Some(*slot));
        let silent = (0..self.project.task.slots).filter(|slot| !heard(slot));
        ProjectView {
            id: self.id.clone(),
            can_undo: self.gathered.can_undo,
            outcomes: self.gathered.outcomes.clone(),
            conflicts: conflicts.collect(),
            silent: silent.map(|slot| slot + 1).collect(),
        }
    }

    /// An answer in a line of names and values.
    fn said(&self, place: Place, answer: &Answer) -> String {
        let item = usize::from(place.item);
        let origin = &self.project.origins[item];
        let name = |output: usize| {
            let system = origin.systems.get(output);
            system.map_or("", |s| self.project.systems[*s].as_str())
        };
        let fields = self.project.task.fields(item);
        let one = |(field, value): &(u16, Value)| {
            let field = fields.get(usize::from(*field))?;
            let question = &self.project.task.questions[field.question].name;
            let value = match value {
                Value::Point(p) => p.to_string(),
                Value::Yes(yes) => if *yes { "✓" } else { "✗" }.to_owned(),
                Value::Prefer(Preference::First) => name(0).to_owned(),
                Value::Prefer(Preference::Second) => name(1).to_owned(),
                Value::Prefer(Preference::Tie) => "=".to_owned(),
                Value::Prefer(Preference::BothBad) => "✗ ✗".to_owned(),
                Value::Order(order) => {
                    let names: Vec<&str> = order.iter().map(|&o| name(o.into())).collect();
                    names.join(" > ")
                }
                Value::Spans(spans) => spans.len().to_string(),
                Value::Marks(marks) => marks.len().to_string(),
                Value::Score(score) => score.to_string(),
                Value::Comment(words) => words.clone(),
            };
            Some(match field.output {
                Some(output) => format!("{question} ({}): {value}", name(output)),
                None => format!("{question}: {value}"),
            })
        };
        let said: Vec<String> = answer.values.iter().filter_map(one).collect();
        if said.is_empty() {
            "–".to_owned()
        } else {
            said.join(" · ")
        }
    }
}

/// The preview of a draft with the bytes of its task, whose packed length is that of its link; without them where they
/// are too many for one.
///
/// # Errors
/// Why no task can be made of it.
pub fn plan(
    draft: &Draft,
    data: &DataSet,
    scores: &Scores,
) -> Result<(PlanView, Option<Vec<u8>>), TaskError> {
    // As hard to pack as the random bytes that a task gets.
    let digest = Sha256::digest(b"plan");
    let secrets = Secrets {
        id: u64::MAX,
        owner: OwnerSecret(std::array::from_fn(|i| digest[i])),
        order: 0,
    };
    let (task, _) = draft.make(data, scores, secrets)?;
    Ok(plan_of(&task))
}

/// The number of characters of a task's link, from the number of its packed bytes.
#[must_use]
pub fn link_length(packed: usize, locked: bool) -> usize {
    envelope::characters(packed) + usize::from(locked) * LOCK_CHARACTERS
}

fn plan_of(task: &Task) -> (PlanView, Option<Vec<u8>>) {
    let seat = Seat {
        slot: busiest(task),
        device: 1,
    };
    let list = showings(task, seat);
    let texts = |i: &assay_rating::Item| {
        i.source.len() + i.reference.len() + i.outputs.iter().map(String::len).sum::<usize>()
    };
    let bytes: usize = task.items.iter().map(texts).sum();
    let first = list.first().map(|showing| item_view(task, showing));
    let view = PlanView {
        items: task.items.len(),
        each: list.len(),
        seconds: list.iter().map(|s| task.seconds(s.item)).sum(),
        characters: None,
        // A task that was checked has an item, and the busiest rater sees one.
        first,
    };
    let is_short = bytes <= MOST_PACKED;
    (view, is_short.then(|| task.to_bytes()))
}

/// The number of a rater with most to do, when items are shared out.
fn busiest(task: &Task) -> Option<u16> {
    let mut load = vec![0; task.slots.into()];
    for slot in shares(task).into_iter().flatten() {
        load[usize::from(slot)] += 1;
    }
    let most = load.iter().enumerate().max_by_key(|(_, n)| **n);
    most.map(|(slot, _)| slot as u16)
}

/// Makes a draft a project without an envelope, at a time in milliseconds since 1970.
///
/// # Errors
/// [`TaskError`] when the draft gives no task.
pub fn make(
    draft: &Draft,
    data: &DataSet,
    scores: &Scores,
    secrets: Secrets,
    made: f64,
) -> Result<Project, TaskError> {
    let (task, origins) = draft.make(data, scores, secrets)?;
    let systems = data.systems();
    Ok(Project {
        envelope: String::new(),
        locked: false,
        systems: systems.iter().map(|(_, name)| (*name).to_owned()).collect(),
        origins,
        task,
        files: data.files.clone(),
        made,
        secret: Some(secrets.owner),
    })
}

/// Puts a project's packed task into its envelope, behind a passphrase where there is one.
#[must_use]
pub fn send(mut project: Project, packed: Vec<u8>, lock: Option<Lock<'_>>) -> OpenProject {
    let packed = PackedTask {
        layout: project.task.layout(),
        bytes: packed,
    };
    project.envelope = envelope::of_task(&packed, lock);
    project.locked = lock.is_some();
    OpenProject::new(project, Vec::new())
}

/// Where what came in belongs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sorted {
    /// By project, its envelopes.
    pub projects: Vec<(String, Vec<String>)>,
    /// Links with answers that belong to none.
    pub answers: usize,
    /// Links with tasks, where no project is open to say so.
    pub tasks: usize,
}

/// Sorts the links in a text among the projects of these ids: answers go to the version they answer,
/// else to another version of the same task, and what fits none to the open one, which says why it
/// can't take them.
#[must_use]
pub fn sort(text: &str, ids: &[String], open: Option<&str>) -> Sorted {
    let mut sorted = Sorted::default();
    for found in envelope::find(text) {
        let opened = envelope::open(&found.envelope);
        let home = match &opened {
            Ok(Envelope::Answers(sealed)) => {
                let exact = id_of(sealed.task, &sealed.hash);
                let version = |id: &&String| id.starts_with(&exact[..17]);
                ids.iter()
                    .find(|id| **id == exact)
                    .or_else(|| ids.iter().find(version))
            }
            _ => None,
        };
        match home.map(String::as_str).or(open) {
            Some(id) => {
                let list = match sorted.projects.iter().position(|(i, _)| i == id) {
                    Some(place) => &mut sorted.projects[place].1,
                    None => {
                        sorted.projects.push((id.to_owned(), Vec::new()));
                        &mut sorted.projects.last_mut().expect("one was pushed").1
                    }
                };
                list.push(found.envelope);
            }
            None if found.answers => sorted.answers += 1,
            None => sorted.tasks += 1,
        }
    }
    sorted
}

/// A picture of a link: the modules a side, and the path of the dark ones. `None` where it is too long
/// for one (2,953 bytes; ISO/IEC 18004, version 40-L).
#[must_use]
pub fn qr(text: &str) -> Option<(usize, String)> {
    let code = QrCode::with_error_correction_level(text, EcLevel::L).ok()?;
    let size = code.width();
    let mut path = String::new();
    for (place, color) in code.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            path.push_str(&format!("M{} {}h1v1h-1z", place % size, place / size));
        }
    }
    Some((size, path))
}

#[cfg(test)]
pub(crate) mod tests;
