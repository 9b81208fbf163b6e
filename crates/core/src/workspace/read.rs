//! Reading: the parts of a project are compared with their digests. A damaged part costs itself and what depends on it,
//! and is told.

use super::kept::{
    KeptData, KeptExperiment, KeptRows, KeptRuns, KeptStudy, decode, decode_settings,
};
use super::manifest::{FOLDER, Manifest, PartError};
use super::originals::part_name;
use super::parts::{Part, RESULTS, TEXTS};
use super::{WorkspaceService, texts};
use crate::annotations::KeptAnnotations;
use crate::platform::{Disk, DiskError, InputFile};
use crate::ratings::KeptJudgements;
use crate::rounds::Round;
use crate::session::{KeptSession, Results};
use assay_codeeval::Programs;
use assay_eval::schedule::SavedScores;
use assay_protocol::data::ImportedFiles;
use assay_protocol::workspace::{Damage, WorkspaceError};
use assay_report::goals::Goals;
use serde::de::DeserializeOwned;
use std::rc::Rc;

/// All parts of a project, read.
#[derive(Default)]
pub(super) struct Kept {
    pub(super) session: KeptSession,
    pub(super) imported: ImportedFiles,
    pub(super) runs: KeptRuns,
    pub(super) experiments: Vec<KeptExperiment>,
    pub(super) goals: Goals,
    pub(super) programs: Option<Programs>,
    pub(super) rounds: Vec<Round>,
    pub(super) address: String,
    /// The files of the last import that are kept, by their places.
    pub(super) originals: Vec<Option<Rc<dyn InputFile>>>,
    /// What can't be read, and the parts' names.
    pub(super) damage: Vec<(Damage, String)>,
}

impl WorkspaceService {
    /// Reads a project.
    pub(super) async fn read(&self, id: &str) -> Result<(Manifest, Kept), WorkspaceError> {
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
}

/// Reads the parts of a project.
struct Reader<'a> {
    disk: &'a dyn Disk,
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
