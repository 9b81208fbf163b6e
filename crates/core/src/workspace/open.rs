//! Opening: the parts of a project are read and compared with their digests, then taken by the services in one step,
//! between which no call is answered. A damaged part costs itself and what depends on it, and is told.

use super::kept::{
    KeptData, KeptExperiment, KeptRows, KeptRuns, KeptStudy, decode, decode_settings,
};
use super::manifest::{FOLDER, LOCK, MANIFEST, Manifest, PartError};
use super::originals::part_name;
use super::parts::{Part, RESULTS, TEXTS};
use super::{Current, LAST, WorkspaceService, texts};
use crate::annotations::KeptAnnotations;
use crate::platform::{DiskError, InputFile, Log};
use crate::ratings::KeptJudgements;
use crate::rounds::Round;
use crate::session::{KeptSession, Results};
use assay_codeeval::Programs;
use assay_eval::schedule::SavedScores;
use assay_protocol::data::ImportedFiles;
use assay_protocol::topics::{ANNOTATIONS, DATA, MODELS, PERPLEXITY, PROJECTS, RATINGS, SCORES};
use assay_protocol::workspace::{Damage, OpenedProject, SaveState, WorkspaceError};
use assay_report::goals::Goals;
use serde::de::DeserializeOwned;
use std::rc::Rc;

/// All parts of a project, read.
#[derive(Default)]
struct Kept {
    session: KeptSession,
    imported: ImportedFiles,
    runs: KeptRuns,
    experiments: Vec<KeptExperiment>,
    goals: Goals,
    programs: Option<Programs>,
    rounds: Vec<Round>,
    address: String,
    /// The files of the last import that are kept, by their places.
    originals: Vec<Option<Rc<dyn InputFile>>>,
    /// What can't be read, and the parts' names.
    damage: Vec<(Damage, String)>,
}

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

    /// Goes on with an empty project.
    pub(super) async fn begin_anew(&self) {
        let _turn = self.turn.lock().await;
        self.save_in_turn().await;
        self.leave().await;
    }

    /// Goes on with an empty project, and writes nothing more of the open one.
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
        let mut told: Vec<Damage> = damage.iter().map(|(what, _)| what.clone()).collect();
        told.dedup();
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
            damage: told,
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

    async fn read(&self, id: &str) -> Result<(Manifest, Kept), WorkspaceError> {
        let disk = &*self.parts.disk;
        let manifest = Manifest::load(disk, id).await?;
        let kept = self.read_parts(id, &manifest).await?;
        Ok((manifest, kept))
    }

    async fn read_parts(&self, id: &str, manifest: &Manifest) -> Result<Kept, WorkspaceError> {
        let disk = &*self.parts.disk;
        let mut kept = Kept::default();
        let mut reader = Reader {
            disk,
            id,
            manifest,
            damage: Vec::new(),
        };
        let has_texts = reader.read_data(&mut kept).await?;
        let session = &mut kept.session;
        if has_texts {
            session.settings = reader
                .part_with(Part::Settings, Damage::Settings, decode_settings)
                .await?;
            let rows: Option<KeptRows> = reader.part(Part::Rows, Damage::Models).await?;
            session.rows = rows.unwrap_or_default();
            let study: Option<KeptStudy> = reader.part(Part::Study, Damage::Models).await?;
            if let Some(study) = study {
                let scores = self.parts.models.recalled(&study).await;
                session.study = Some((study, scores));
            }
            for (of, start) in RESULTS {
                let found = reader.results(start).await?;
                match of {
                    Results::Systems => session.scores = found,
                    Results::Models => session.compared = found,
                }
            }
        }
        let sound = |bytes: &[u8]| decode(bytes).filter(KeptAnnotations::is_sound);
        session.annotations = reader
            .part_with(Part::Annotations, Damage::Annotations, sound)
            .await?;
        let whole = |bytes: &[u8]| decode(bytes).filter(KeptJudgements::is_whole);
        let judgements = Damage::Judgements;
        session.judgements = reader
            .part_with(Part::Judgements, judgements, whole)
            .await?;
        let project = session
            .judgements
            .as_ref()
            .and_then(KeptJudgements::project);
        if let Some(project) = project {
            session.project = self.parts.projects.read(project).await;
        }
        let runs = reader.part(Part::Runs, Damage::Runs).await?;
        kept.runs = runs.unwrap_or_default();
        let experiments = reader.part(Part::Experiments, Damage::Experiments).await?;
        kept.experiments = experiments.unwrap_or_default();
        let goals = reader.part(Part::Goals, Damage::Goals).await?;
        kept.goals = goals.unwrap_or_default();
        let whole = |bytes: &[u8]| decode(bytes).filter(Programs::is_whole);
        kept.programs = reader
            .part_with(Part::Programs, Damage::Programs, whole)
            .await?;
        let whole = |bytes: &[u8]| {
            decode(bytes).filter(|rounds: &Vec<Round>| rounds.iter().all(Round::is_whole))
        };
        let rounds = reader
            .part_with(Part::Rounds, Damage::Rounds, whole)
            .await?;
        kept.rounds = rounds.unwrap_or_default();
        let address = reader.part(Part::View, Damage::View).await?;
        kept.address = address.unwrap_or_default();
        for place in 0..kept.imported.files.len() {
            kept.originals.push(reader.original(place).await);
        }
        kept.damage = reader.damage;
        Ok(kept)
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

/// Reads the parts of a project.
struct Reader<'a> {
    disk: &'a dyn crate::platform::Disk,
    id: &'a str,
    manifest: &'a Manifest,
    damage: Vec<(Damage, String)>,
}

impl Reader<'_> {
    /// A part; nothing where there is none or it is damaged, which is noted.
    async fn part<T: DeserializeOwned>(
        &mut self,
        part: Part,
        damage: Damage,
    ) -> Result<Option<T>, DiskError> {
        self.part_with(part, damage, decode).await
    }

    async fn part_with<T>(
        &mut self,
        part: Part,
        damage: Damage,
        decode: impl FnOnce(&[u8]) -> Option<T>,
    ) -> Result<Option<T>, DiskError> {
        self.named(part.name(), damage, decode).await
    }

    async fn named<T>(
        &mut self,
        name: &str,
        damage: Damage,
        decode: impl FnOnce(&[u8]) -> Option<T>,
    ) -> Result<Option<T>, DiskError> {
        let found = match self.manifest.part(self.disk, self.id, name).await {
            Ok(None) => return Ok(None),
            Ok(Some(bytes)) => decode(&bytes),
            Err(PartError::Damaged) => None,
            Err(PartError::Disk(error)) => return Err(error),
        };
        if found.is_none() {
            self.damage.push((damage, name.to_owned()));
        }
        Ok(found)
    }

    /// The file in a place of the last import; nothing where it is not kept, or not whole.
    async fn original(&self, place: usize) -> Option<Rc<dyn InputFile>> {
        let part = self.manifest.members.get(&part_name(place))?;
        let path = [FOLDER, self.id, &part.file];
        // All else can be used without it; that it is missing is told beside its name.
        let file = self.disk.file(&path).await.ok()??;
        (file.bytes() == part.bytes).then_some(file)
    }

    /// Reads the data set; whether there is one.
    async fn read_data(&mut self, kept: &mut Kept) -> Result<bool, DiskError> {
        let described: Option<KeptData> = self.part(Part::Data, Damage::Data).await?;
        let Some(described) = described else {
            return Ok(false);
        };
        kept.imported = described.imported.clone();
        // A data set without rows has no texts.
        let columns = match self.manifest.members.contains_key(TEXTS) {
            false => Some(Vec::new()),
            true => {
                let read = |bytes: &[u8]| texts::read(bytes).ok();
                self.named(TEXTS, Damage::Texts, read).await?
            }
        };
        let Some(columns) = columns else {
            kept.imported = ImportedFiles::default();
            return Ok(false);
        };
        kept.session.data = described.data(columns);
        if kept.session.data.is_none() {
            self.damage
                .push((Damage::Data, Part::Data.name().to_owned()));
        }
        Ok(kept.session.data.is_some())
    }

    /// The results whose parts' names begin so, in the order of their numbers.
    async fn results(&mut self, start: &str) -> Result<Vec<SavedScores>, DiskError> {
        let names = self.manifest.members.keys();
        let mut names: Vec<(u32, String)> = names
            .filter_map(|name| Some((name.strip_prefix(start)?.parse().ok()?, name.clone())))
            .collect();
        names.sort_unstable();
        let (mut found, mut damaged) = (Vec::new(), 0);
        for (_, name) in names {
            match self.manifest.part(self.disk, self.id, &name).await {
                Err(PartError::Disk(error)) => return Err(error),
                Ok(Some(bytes)) => match decode(&bytes) {
                    Some(scores) => found.push(scores),
                    None => damaged += 1,
                },
                Ok(None) => {}
                Err(PartError::Damaged) => damaged += 1,
            }
        }
        if damaged > 0 {
            let damage = Damage::Scores { count: damaged };
            self.damage.push((damage, start.to_owned()));
        }
        Ok(found)
    }
}
