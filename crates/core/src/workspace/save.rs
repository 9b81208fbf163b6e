//! Writing through: what changed since the last time is encoded at once, so that the parts fit together, and written to
//! files of its own, then the list of contents names them, then files that it names no more are removed.

use super::kept::encode;
use super::manifest::{FOLDER, FORMAT, LOCK, Manifest, PartFile};
use super::parts::{Part, RESULTS, TEXTS};
use super::{Current, LAST, WorkspaceService};
use crate::platform::DiskError;
use crate::rounds::Round;
use crate::session::Results;
use assay_calls::Topic;
use assay_protocol::topics::{CODE, DATA, EXPERIMENTS, REPORT, RUNS, SCORES};
use assay_protocol::workspace::SaveState;
use assay_report::goals::Goals;
use std::collections::HashMap;

/// Milliseconds that further changes are waited for.
const PAUSE_MS: u32 = 300;
/// The same for a change after [`QUIET_MS`] without one.
const FIRST_PAUSE_MS: u32 = 50;
/// Milliseconds after which a change is the first of several that may follow.
const QUIET_MS: f64 = 2000.0;
/// How often a project is written anew because its texts changed meanwhile, before the next pause.
const ATTEMPTS: usize = 3;
/// The part of the line in the list, which lies in the list of contents itself.
const CARD: &str = "card";

/// What is to be written.
struct Pending {
    /// The numbers of the texts and of all that is set on them.
    data: (u64, u64),
    /// Names of parts, the number of their state, and their bytes; nothing for a part that is empty now.
    parts: Vec<(String, u64, Option<Vec<u8>>)>,
    /// Results, which are large and encoded one by one.
    results: Vec<ResultPart>,
    /// The number of the texts, if they are to be written.
    texts: Option<u64>,
    /// The line in the list, with the number of its state, if it may be another.
    card: Option<(u64, Card)>,
    /// Files of the last import that are on the disk.
    originals: Vec<(String, PartFile)>,
}

/// A result that changed.
struct ResultPart {
    name: String,
    of: Results,
    id: u32,
}

/// What the list shows.
pub(super) struct Card {
    pub(super) titles: Vec<String>,
    pub(super) rows: usize,
    pub(super) sentences: Vec<(String, String)>,
}

impl WorkspaceService {
    /// Writes what changes, for as long as the worker lives. To be run once, beside the handlers.
    pub async fn run(&self) {
        loop {
            self.changed.wait().await;
            // After a while without changes the first is written almost at once; many in a row are written together.
            let now = self.parts.clock.now_ms();
            let is_first = !(0.0..QUIET_MS).contains(&(now - self.written_ms.get()));
            let pause = if is_first { FIRST_PAUSE_MS } else { PAUSE_MS };
            self.parts.clock.sleep(pause).await;
            self.save().await;
            self.written_ms.set(self.parts.clock.now_ms());
        }
    }

    /// Writes what changed since it was written last.
    pub(super) async fn save(&self) {
        let _turn = self.turn.lock().await;
        self.save_in_turn().await;
    }

    /// The same while the turn is held.
    pub(super) async fn save_in_turn(&self) {
        if !self.has_started.get() || self.open.borrow().looks_only {
            return;
        }
        if self.open.borrow().id.is_none() && !self.has_content() {
            self.set_saving(SaveState::Empty);
            return;
        }
        for _ in 0..ATTEMPTS {
            let written = match self.write_pending().await {
                Ok(true) => self.keep_originals().await.map(|()| true),
                other => other,
            };
            match written {
                // What changed while this was written is written next.
                Ok(true) if self.changed.is_set() => return self.set_saving(SaveState::Saving),
                Ok(true) => return self.set_saving(SaveState::Saved),
                Ok(false) => {}
                Err(error) => return self.set_saving(SaveState::NotSaved { error }),
            }
        }
        self.changed.set();
    }

    /// The number of a part's state, never 0.
    fn stamp(&self, topics: &[Topic]) -> u64 {
        let revision = |topic| u64::from(self.parts.announcer.revision(topic).0);
        1 + topics.iter().map(revision).sum::<u64>()
    }

    pub(super) fn part_stamp(&self, part: Part) -> u64 {
        match part {
            Part::View => 1 + self.address_revision.get(),
            part => self.stamp(&part.topics()),
        }
    }

    /// Notes that a part is on the disk as it is now.
    pub(super) fn note_saved(&self, name: &str, stamp: u64) {
        let mut open = self.open.borrow_mut();
        open.saved.insert(name.to_owned(), stamp);
    }

    pub(super) fn texts_stamp(&self) -> u64 {
        1 + self.parts.session.borrow().texts().0
    }

    /// The numbers of the texts and of all that is set on them: while they stay, results are of the same data.
    fn data_stamps(&self) -> (u64, u64) {
        (self.texts_stamp(), self.part_stamp(Part::Data))
    }

    /// What changed, encoded.
    fn pending(&self) -> Pending {
        let saved = self.open.borrow().saved.clone();
        let is_saved = |name: &str, stamp| saved.get(name) == Some(&stamp);
        let mut parts = Vec::new();
        for part in Part::ALL {
            let stamp = self.part_stamp(part);
            if !is_saved(part.name(), stamp) {
                parts.push((part.name().to_owned(), stamp, self.encoded(part)));
            }
        }
        let results = self.results_pending(&saved, &mut parts);
        let texts = Some(self.texts_stamp()).filter(|stamp| !is_saved(TEXTS, *stamp));
        let stamp = self.stamp(&[DATA, SCORES, RUNS, EXPERIMENTS, REPORT, CODE]);
        let card = (!is_saved(CARD, stamp)).then(|| (stamp, self.card()));
        Pending {
            data: self.data_stamps(),
            parts,
            results,
            texts,
            card,
            originals: self.original_parts(),
        }
    }

    /// Results that changed, and the parts of those that are gone.
    fn results_pending(
        &self,
        saved: &HashMap<String, u64>,
        parts: &mut Vec<(String, u64, Option<Vec<u8>>)>,
    ) -> Vec<ResultPart> {
        let session = self.parts.session.borrow();
        let open = self.open.borrow();
        let mut changed = Vec::new();
        for (of, start) in RESULTS {
            let there = session.saveable(of).into_iter();
            let there: Vec<_> = there
                .map(|(_, id, revision)| (format!("{start}{id}"), id, 1 + revision))
                .collect();
            let gone = open.manifest.members.keys().filter(|name| {
                name.starts_with(start) && !there.iter().any(|(there, ..)| there == *name)
            });
            parts.extend(gone.map(|name| (name.clone(), 0, None)));
            let is_other = |(name, _, stamp): &(String, u32, u64)| saved.get(name) != Some(stamp);
            let others = there.into_iter().filter(is_other);
            changed.extend(others.map(|(name, id, _)| ResultPart { name, of, id }));
        }
        changed
    }

    /// A result as it is now, with the number of its state; nothing where it is gone.
    fn encoded_result(&self, part: &ResultPart) -> Option<(u64, Vec<u8>)> {
        let session = self.parts.session.borrow();
        let mut all = session.saveable(part.of).into_iter();
        let (place, _, revision) = all.find(|(_, id, _)| *id == part.id)?;
        let scores = session.saved_scores(part.of, place)?;
        Some((1 + revision, encode(&scores)))
    }

    pub(super) fn encoded(&self, part: Part) -> Option<Vec<u8>> {
        let session = self.parts.session.borrow();
        match part {
            Part::Data => {
                let data = session.kept_data(self.parts.data.import_to_keep());
                data.map(|data| encode(&data))
            }
            Part::Settings => session
                .is_loaded()
                .then(|| encode(&session.kept_settings())),
            Part::Rows => {
                let rows = session.kept_rows();
                (!rows.is_empty()).then(|| encode(&rows))
            }
            Part::Study => session.kept_study().map(|study| encode(&study)),
            Part::Runs => {
                let runs = self.parts.training.runs();
                (!runs.is_empty()).then(|| encode(&(&*runs, &*self.parts.training.evaluated())))
            }
            Part::Experiments => {
                let experiments = self.parts.experiments.kept();
                (!experiments.is_empty()).then(|| encode(&experiments))
            }
            Part::Goals => {
                let goals = self.parts.reports.goals();
                (goals != Goals::default()).then(|| encode(&goals))
            }
            Part::Judgements => session.kept_judgements().map(|kept| encode(&kept)),
            Part::Programs => self.parts.programs.with_programs(encode),
            Part::Rounds => {
                let rounds = self.parts.rounds.kept();
                let rounds: Vec<&Round> = rounds.iter().map(|round| &**round).collect();
                (!rounds.is_empty()).then(|| encode(&rounds))
            }
            Part::Annotations => session.kept_annotations().map(|kept| encode(&kept)),
            Part::View => Some(encode(&*self.address.borrow())),
        }
    }

    pub(super) fn card(&self) -> Card {
        let session = self.parts.session.borrow();
        let data = session.texts().1;
        let mut titles = data.files.clone();
        if titles.is_empty() {
            let runs = self.parts.training.runs();
            titles.extend(runs.iter().map(|run| run.name.clone()));
            let trials = self.parts.experiments.trials();
            titles.extend(trials.iter().map(|trial| trial.name.clone()));
        }
        let rows = data.table.rows();
        drop(session);
        Card {
            titles,
            rows,
            sentences: self.parts.reports.sentences(),
        }
    }

    /// Writes what changed; false where the texts became others meanwhile, and nothing is switched.
    async fn write_pending(&self) -> Result<bool, DiskError> {
        let mut pending = self.pending();
        self.begin().await?;
        let (id, mut manifest) = {
            let open = self.open.borrow();
            let id = open.id.clone().unwrap_or_default();
            (id, open.manifest.clone())
        };
        self.name_originals(&mut manifest, std::mem::take(&mut pending.originals));
        let mut files = Vec::new();
        let written = self.write_parts(&id, &mut manifest, &mut pending, &mut files);
        let mut result = written.await;
        if result == Ok(true) {
            result = self.switch(&id, manifest, pending).await.map(|()| true);
        }
        if result != Ok(true) {
            // Files that nothing names are removed when the project is opened next, if they can't be now.
            for file in files {
                drop(self.parts.disk.remove(&[FOLDER, &id, &file]).await);
            }
        }
        result
    }

    /// Takes an id and the lock where the project is a new one.
    async fn begin(&self) -> Result<(), DiskError> {
        if self.open.borrow().id.is_some() {
            return Ok(());
        }
        let id = self.new_id().await;
        let lock = self.parts.disk.log(&[FOLDER, &id, LOCK]).await?;
        self.open.replace(Current {
            id: Some(id),
            lock: Some(lock),
            manifest: Manifest {
                format: FORMAT,
                ..Manifest::default()
            },
            ..Current::default()
        });
        Ok(())
    }

    /// Writes parts to new files, and notes them in the list of contents; false where the texts became others.
    async fn write_parts(
        &self,
        id: &str,
        manifest: &mut Manifest,
        pending: &mut Pending,
        files: &mut Vec<String>,
    ) -> Result<bool, DiskError> {
        if let Some(stamp) = pending.texts {
            let has_texts = self.parts.session.borrow().texts().1.table.rows() > 0;
            if !has_texts {
                manifest.members.remove(TEXTS);
            } else {
                self.set_saving(SaveState::Saving);
                let Some(member) = self.write_texts(id, stamp, files).await? else {
                    return Ok(false);
                };
                manifest.members.insert(TEXTS.to_owned(), member);
            }
        }
        for (name, _, bytes) in &pending.parts {
            match bytes {
                Some(bytes) => {
                    let member = self.write_part(id, name, bytes, files).await?;
                    manifest.members.insert(name.clone(), member);
                }
                None => {
                    manifest.members.remove(name);
                }
            }
        }
        for part in std::mem::take(&mut pending.results) {
            let Some((stamp, bytes)) = self.encoded_result(&part) else {
                continue;
            };
            let member = self.write_part(id, &part.name, &bytes, files).await?;
            manifest.members.insert(part.name.clone(), member);
            pending.parts.push((part.name.clone(), stamp, None));
            self.parts.clock.sleep(0).await;
        }
        Ok(pending.data == self.data_stamps())
    }

    /// Makes the new list of contents the project's, and removes what it names no more.
    async fn switch(
        &self,
        id: &str,
        mut manifest: Manifest,
        pending: Pending,
    ) -> Result<(), DiskError> {
        let card_stamp = pending.card.as_ref().map(|(stamp, _)| *stamp);
        if let Some((_, card)) = pending.card {
            manifest.titles = card.titles;
            manifest.rows = card.rows;
            manifest.sentences = card.sentences;
        }
        let before = self.open.borrow().manifest.clone();
        if manifest != before {
            manifest.changed_ms = self.parts.clock.now_ms();
            manifest.store(&*self.parts.disk, id).await?;
        }
        let members = manifest.members.clone();
        {
            let mut open = self.open.borrow_mut();
            open.manifest = manifest;
            let parts = pending.parts.into_iter();
            open.saved
                .extend(parts.map(|(name, stamp, _)| (name, stamp)));
            open.saved
                .extend(pending.texts.map(|stamp| (TEXTS.to_owned(), stamp)));
            open.saved
                .extend(card_stamp.map(|stamp| (CARD.to_owned(), stamp)));
        }
        let kept = |file: &str| members.values().any(|m| m.file == file);
        for member in before.members.values().filter(|m| !kept(&m.file)) {
            // One that stays is removed when the project is opened next.
            drop(self.parts.disk.remove(&[FOLDER, id, &member.file]).await);
        }
        if !self.open.borrow().is_last {
            self.parts.disk.write(&[LAST], id.as_bytes()).await?;
            self.open.borrow_mut().is_last = true;
        }
        Ok(())
    }
}
