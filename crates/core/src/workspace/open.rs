//! Opening: the parts of a project are read (`read`), then taken by the services in one step, during which no call is
//! answered.

use super::manifest::{FOLDER, LOCK, MANIFEST, Manifest};
use super::parts::{Part, TEXTS};
use super::read::Kept;
use super::{Current, LAST, WorkspaceService};
use crate::platform::{DiskError, Log};
use assay_protocol::topics::{ANNOTATIONS, DATA, MODELS, PERPLEXITY, PROJECTS, RATINGS, SCORES};
use assay_protocol::workspace::{Damage, OpenedProject, SaveState, WorkspaceError};

/// What a project that is opened may take the place of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Over {
    /// Whatever is there: the person asked for it.
    Anything,
    /// Nothing: what a person loaded while it was read stays.
    Nothing,
}

impl WorkspaceService {
    /// Opens the project of this id, or the last one. A project that was begun before this was asked stays.
    pub(super) async fn start(&self, id: Option<String>, opens: bool) -> OpenedProject {
        let _turn = self.turn.lock().await;
        self.remove_for_good().await;
        let mut opened = OpenedProject::default();
        if opens && !self.has_content() {
            for id in [id, self.last().await].into_iter().flatten() {
                match self.open_in_turn(&id, Over::Nothing).await {
                    Ok(found) => {
                        opened = found;
                        break;
                    }
                    Err(WorkspaceError::Missing) => {}
                    Err(error) => {
                        opened.failure = Some(error);
                        break;
                    }
                }
            }
        }
        self.has_started.set(true);
        self.changed.set();
        opened
    }

    async fn last(&self) -> Option<String> {
        // Without it no project is opened; a disk that can't be used says so once something is written.
        let bytes = self.parts.disk.read(&[LAST]).await.ok()??;
        String::from_utf8(bytes).ok()
    }

    /// Opens another project once what is open is saved.
    pub(super) async fn open(&self, id: &str) -> Result<OpenedProject, WorkspaceError> {
        let _turn = self.turn.lock().await;
        let is_same = self.open.borrow().id.as_deref() == Some(id);
        if !is_same {
            self.save_in_turn().await;
        }
        self.open_in_turn(id, Over::Anything).await
    }

    /// Continues with an empty project.
    pub(super) async fn begin_anew(&self) {
        let _turn = self.turn.lock().await;
        self.save_in_turn().await;
        self.leave().await;
    }

    /// Continues with an empty project, and writes nothing more of the open one.
    pub(crate) async fn forget_open(&self) {
        let _turn = self.turn.lock().await;
        self.leave().await;
    }

    /// Leaves the open project for an empty one.
    pub(super) async fn leave(&self) {
        self.open.take();
        self.take(Kept::default());
        self.address.take();
        self.set_saving(SaveState::Empty);
        self.list_changed();
        // Else the next visit opens the project that was left.
        drop(self.parts.disk.remove(&[LAST]).await);
    }

    pub(super) async fn open_in_turn(
        &self,
        id: &str,
        over: Over,
    ) -> Result<OpenedProject, WorkspaceError> {
        let disk = &*self.parts.disk;
        // Locking makes a folder, so what is not there is not locked.
        let found = Manifest::load(disk, id).await?;
        if found.removed_ms.is_some() {
            return Err(WorkspaceError::Missing);
        }
        let (lock, looks_only) = self.lock(id).await?;
        let (manifest, mut kept) = match self.read(id).await {
            Ok(read) => read,
            Err(error) => {
                let mut open = self.open.borrow_mut();
                if open.id.as_deref() == Some(id) {
                    open.lock = lock;
                }
                return Err(error);
            }
        };
        if over == Over::Nothing && self.has_content() {
            return Ok(OpenedProject::default());
        }
        let damage = std::mem::take(&mut kept.damage);
        let address = kept.address.clone();
        let mut is_last = false;
        if !looks_only {
            self.remove_unnamed(id, &manifest).await;
            // Where it can't be written this is tried again with the next change.
            is_last = disk.write(&[LAST], id.as_bytes()).await.is_ok();
        }
        let number = |file: &str| file.rsplit_once('-')?.1.parse::<u64>().ok();
        let numbers = manifest.members.values().filter_map(|m| number(&m.file));
        self.open.replace(Current {
            id: Some(id.to_owned()),
            next_file: numbers.max().unwrap_or(0),
            manifest,
            lock,
            looks_only,
            is_last,
            ..Current::default()
        });
        let again = self.take(kept);
        self.note_opened_originals();
        let mut damaged: Vec<Damage> = damage.iter().map(|(what, _)| what.clone()).collect();
        damaged.dedup();
        self.note_all_saved(&damage, again > 0);
        self.set_saving(match looks_only {
            true => SaveState::LookOnly,
            false => SaveState::Saved,
        });
        self.list_changed();
        self.changed.set();
        Ok(OpenedProject {
            id: Some(id.to_owned()),
            address,
            damage: damaged,
            failure: None,
        })
    }

    /// The lock of a project, or whether another tab has it.
    async fn lock(&self, id: &str) -> Result<(Option<Box<dyn Log>>, bool), DiskError> {
        if let Some(lock) = self.own_lock(id) {
            return Ok((Some(lock), false));
        }
        match self.parts.disk.log(&[FOLDER, id, LOCK]).await {
            Ok(lock) => Ok((Some(lock), false)),
            Err(DiskError::InUse { .. }) => Ok((None, true)),
            Err(error) => Err(error),
        }
    }

    /// The lock that this tab has, if it is of this project.
    fn own_lock(&self, id: &str) -> Option<Box<dyn Log>> {
        let mut open = self.open.borrow_mut();
        match open.id.as_deref() == Some(id) {
            true => open.lock.take(),
            false => None,
        }
    }

    /// What was opened is on the disk as it is, but for what is damaged.
    fn note_all_saved(&self, damage: &[(Damage, String)], results_are_missing: bool) {
        let is_damaged = |name: &str| damage.iter().any(|(_, part)| part == name);
        // Without its data set what was set and computed of it is gone too, and to be removed.
        let has_lost_data = is_damaged(TEXTS) || is_damaged(Part::Data.name());
        let is_of_data = |part| {
            use Part::{Data, Rows, Settings, Study};
            [Data, Settings, Rows, Study].contains(&part)
        };
        for part in Part::ALL {
            let is_lost = is_damaged(part.name()) || has_lost_data && is_of_data(part);
            if !is_lost {
                self.note_saved(part.name(), self.part_stamp(part));
            }
        }
        if !has_lost_data {
            self.note_saved(TEXTS, self.texts_stamp());
        }
        if results_are_missing {
            self.changed.set();
        }
    }

    /// Removes files that a crash left, which nothing names.
    async fn remove_unnamed(&self, id: &str, manifest: &Manifest) {
        let names = self.parts.disk.names(&[FOLDER, id]).await;
        let is_named = |name: &String| {
            [MANIFEST, LOCK].contains(&&**name)
                || manifest.members.values().any(|m| m.file == *name)
        };
        for name in names.unwrap_or_default() {
            if !is_named(&name) {
                // One that stays takes room and nothing else.
                drop(self.parts.disk.remove(&[FOLDER, id, &name]).await);
            }
        }
    }

    /// Gives the services what is theirs, in one step, and announces it. Returns the number of results that are to be
    /// computed again.
    fn take(&self, kept: Kept) -> usize {
        let parts = &self.parts;
        parts.data.end_what_runs();
        parts.programs.reopen(kept.programs);
        let again = parts.session.borrow_mut().take_kept(kept.session);
        parts.data.reopen(kept.imported, kept.originals);
        parts.training.reopen(kept.runs);
        parts.experiments.reopen(kept.experiments);
        parts.reports.reopen(kept.goals);
        parts.rounds.reopen(kept.rounds);
        *self.address.borrow_mut() = kept.address;
        for topic in [
            &DATA,
            &ANNOTATIONS,
            &SCORES,
            &RATINGS,
            &PROJECTS,
            &PERPLEXITY,
            &MODELS,
        ] {
            parts.announcer.changed(topic);
        }
        again
    }
}
