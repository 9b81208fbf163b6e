//! Projects that outlive the tab. The open project is all that services hold: data set, roles, steps, metrics with
//! their results, training runs, experiments, goals, judgements, programs, rounds and the address. It is written through as it
//! changes and read back when the page starts. This service watches the topics that others announce, so that none of
//! them needs to know it; what it writes is `save`, what it reads `open`, and how it lies on the disk `manifest`.

pub mod backup;
mod copies;
mod files;
mod follow;
pub mod kept;
mod manifest;
mod open;
pub(crate) mod originals;
mod parts;
mod read;
mod register;
mod save;
pub mod texts;

pub(crate) use manifest::FOLDER;
pub use register::register;

use crate::data::DataService;
use crate::experiments::ExperimentService;
use crate::models::Models;
use crate::platform::{Clock, Disk, Log, random};
use crate::programs::ProgramsService;
use crate::projects::service::ProjectsService;
use crate::reports::ReportService;
use crate::rounds::RoundsService;
use crate::session::Session;
use crate::signal::Signal;
use crate::training::TrainingService;
use assay_calls::Announcer;
use assay_protocol::topics::WORKSPACE;
use assay_protocol::workspace::{SaveState, WorkspaceState};
use assay_report::goals::Goals;
use futures_util::lock::Mutex;
use manifest::Manifest;
use originals::KeptOriginal;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

/// Names the project that was open last.
pub(crate) const LAST: &str = "last-project";

/// Whose state a project is, and what it is written with.
pub struct Parts {
    /// The data set and its results.
    pub session: Rc<RefCell<Session>>,
    /// What replaces the data set.
    pub data: Rc<DataService>,
    /// Training runs.
    pub training: Rc<TrainingService>,
    /// Experiments.
    pub experiments: Rc<ExperimentService>,
    /// Programs.
    pub programs: Rc<ProgramsService>,
    /// Goals.
    pub reports: Rc<ReportService>,
    /// Rounds.
    pub rounds: Rc<RoundsService>,
    /// Rating projects, from which judgements come.
    pub projects: Rc<ProjectsService>,
    /// Scores under models, which lie in files of their own.
    pub models: Rc<Models>,
    /// The disk.
    pub disk: Rc<dyn Disk>,
    /// The clock.
    pub clock: Rc<dyn Clock>,
    /// Announcements.
    pub announcer: Announcer,
}

/// The open project.
#[derive(Default)]
struct Current {
    /// Nothing before anything is to be saved.
    id: Option<String>,
    /// As it is on the disk.
    manifest: Manifest,
    /// Held as long as this tab writes the project.
    lock: Option<Box<dyn Log>>,
    /// Whether another tab writes it.
    looks_only: bool,
    /// Of each part the number of the state that is on the disk.
    saved: HashMap<String, u64>,
    /// Files of imports that are on the disk.
    originals: Vec<KeptOriginal>,
    /// The number of the next file.
    next_file: u64,
    /// Whether the next visit opens it.
    is_last: bool,
}

/// The projects on this device, one of them open.
pub struct WorkspaceService {
    parts: Parts,
    open: RefCell<Current>,
    saving: Rc<RefCell<SaveState>>,
    address: RefCell<String>,
    address_revision: Cell<u64>,
    /// Set when something may have to be written.
    changed: Rc<Signal>,
    has_started: Cell<bool>,
    /// When something was written last.
    written_ms: Cell<f64>,
    /// Held while projects are read or written: one thing at a time.
    turn: Mutex<()>,
}

impl WorkspaceService {
    /// Without a project; nothing is written before it is started.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        let changed = Rc::<Signal>::default();
        let saving = Rc::<RefCell<SaveState>>::default();
        let (signal, state, announcer) = (changed.clone(), saving.clone(), parts.announcer.clone());
        parts.announcer.observe(move |topic| {
            if *topic != WORKSPACE {
                note_change(&signal, &state, &announcer);
            }
        });
        Self {
            parts,
            open: RefCell::default(),
            saving,
            address: RefCell::default(),
            address_revision: Cell::new(0),
            changed,
            has_started: Cell::new(false),
            written_ms: Cell::new(0.0),
            turn: Mutex::new(()),
        }
    }

    fn state(&self) -> WorkspaceState {
        let open = self.open.borrow();
        WorkspaceState {
            id: open.id.clone(),
            name: open.manifest.name.clone(),
            saving: self.saving.borrow().clone(),
        }
    }

    /// Notes how the project stands on the disk. The same state again is no news: one failure is told once.
    fn set_saving(&self, state: SaveState) {
        let before = self.saving.replace(state.clone());
        if before != state {
            self.list_changed();
        }
    }

    fn list_changed(&self) {
        self.parts.announcer.changed(&WORKSPACE);
    }

    fn set_address(&self, address: String) {
        let before = self.address.replace(address.clone());
        if before != address {
            self.address_revision.set(self.address_revision.get() + 1);
            note_change(&self.changed, &self.saving, &self.parts.announcer);
        }
    }

    /// A new project's id, which no project on the disk has.
    async fn new_id(&self) -> String {
        let clock = &*self.parts.clock;
        // Where the disk can't be read nothing can be written either, which is told.
        let there = self.parts.disk.names(&[FOLDER]).await.unwrap_or_default();
        let mut number = clock.now_ms().to_bits();
        loop {
            // Without random bytes the time tells projects apart.
            let bytes = random(clock).unwrap_or_else(|| number.to_be_bytes());
            let id = data_encoding::HEXLOWER.encode(&bytes);
            if !there.contains(&id) {
                return id;
            }
            number = number.wrapping_add(1);
        }
    }

    /// Whether there is anything to be saved.
    fn has_content(&self) -> bool {
        let session = self.parts.session.borrow();
        session.is_loaded()
            || !session.annotations().is_empty()
            || session.kept_judgements().is_some()
            || !self.parts.training.runs().is_empty()
            || !self.parts.experiments.trials().is_empty()
            || self.parts.programs.has_programs()
            || self.parts.reports.goals() != Goals::default()
            || !self.parts.rounds.kept().is_empty()
    }
}

/// Notes that something is to be written. It is told at once, before the call that changed it is answered: whoever has
/// that answer and is told "saved" after it may rely on it.
fn note_change(changed: &Signal, saving: &RefCell<SaveState>, announcer: &Announcer) {
    let was_saved = *saving.borrow() == SaveState::Saved;
    if was_saved {
        saving.replace(SaveState::Saving);
        announcer.changed(&WORKSPACE);
    }
    changed.set();
}

#[cfg(test)]
mod tests;
