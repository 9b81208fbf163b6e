//! Files that hold no outputs, for the services that take them: training logs, experiments, programs, a saved
//! evaluation, judgements.

use crate::data::{DataService, OtherServices, SortedFiles};
use crate::experiments::ExperimentService;
use crate::models::Models;
use crate::platform::{InputFile, LocalFuture};
use crate::programs::ProgramsService;
use crate::projects::service::ProjectsService;
use crate::ratings::service::{Beside, RatingsService};
use crate::reports::ReportService;
use crate::saved::Saved;
use crate::session::Session;
use crate::tables::unreadable;
use crate::training::TrainingService;
use assay_calls::Job;
use assay_data::import::{ImportError, Imported};
use assay_protocol::data::{FoundInFiles, ImportFailure, Restored};
use assay_protocol::ratings::JudgementsError;
use assay_protocol::saved::SavedError;
use assay_protocol::training::OpenLogsError;
use assay_training::read::LogFile;
use std::cell::RefCell;
use std::rc::{Rc, Weak};

/// The services that take files beside the data's own.
pub struct OtherFiles {
    /// The data set, which a saved evaluation replaces.
    pub data: Weak<DataService>,
    /// What is loaded.
    pub session: Rc<RefCell<Session>>,
    /// Training runs.
    pub training: Rc<TrainingService>,
    /// A/B tests.
    pub experiments: Rc<ExperimentService>,
    /// Programs to run.
    pub programs: Rc<ProgramsService>,
    /// Goals and reports.
    pub reports: Rc<ReportService>,
    /// Rating projects.
    pub projects: Rc<ProjectsService>,
    /// Judgements that were gathered elsewhere.
    pub ratings: Rc<RatingsService>,
    /// Language models, which stop when the data changes.
    pub models: Rc<Models>,
}

impl OtherServices for OtherFiles {
    fn take_judgements<'a>(
        &'a self,
        files: &'a [Rc<dyn InputFile>],
    ) -> LocalFuture<'a, Result<bool, ImportFailure>> {
        Box::pin(async move {
            let are_links = self.projects.are_collectable(files).await;
            if are_links {
                self.projects.collect("", files).await;
            }
            Ok(are_links)
        })
    }

    fn take<'a>(
        &'a self,
        files: &'a SortedFiles,
        job: &'a Job,
    ) -> LocalFuture<'a, Result<FoundInFiles, ImportFailure>> {
        Box::pin(self.take_files(files, job))
    }

    fn take_example(
        &self,
        logs: Vec<LogFile>,
        trials: Vec<Imported>,
    ) -> Result<FoundInFiles, ImportFailure> {
        self.training.take(logs)?;
        self.experiments.take(trials)?;
        Ok(FoundInFiles {
            runs: true,
            experiments: true,
            ..FoundInFiles::default()
        })
    }

    fn before_data_changes(&self) {
        self.models.interrupt();
    }
}

impl OtherFiles {
    async fn take_files(
        &self,
        files: &SortedFiles,
        job: &Job,
    ) -> Result<FoundInFiles, ImportFailure> {
        let mut found = FoundInFiles::default();
        if let Some(file) = files.evaluations.first() {
            let bytes = file.read(0, file.bytes()).await.map_err(unreadable)?;
            let text = String::from_utf8_lossy(&bytes);
            found.restored = Some(self.restore(&file.name(), &text)?);
            return Ok(found);
        }
        if !files.logs.is_empty() {
            let opened = self.training.open(files.logs.clone(), Vec::new()).await;
            opened.map_err(|error| match error {
                OpenLogsError::Log { error } => ImportFailure::Logs { error },
                OpenLogsError::Stopped => ImportFailure::Stopped,
            })?;
            found.runs = true;
        }
        if !files.experiments.is_empty() {
            let tables = self.read_tables(job, &files.experiments).await?;
            self.experiments.take(tables)?;
            found.experiments = true;
        }
        if let Some(first) = files.judgements.first() {
            let taken = self.ratings.take_files(&files.judgements, Beside::Nothing);
            taken.await.map_err(|error| match error {
                JudgementsError::File { error } => ImportFailure::Judgements { error },
                _ => ImportError::Unreadable { file: first.name() }.into(),
            })?;
            found.judgements = true;
        }
        if !files.programs.is_empty() {
            let tables = self.read_tables(job, &files.programs).await?;
            self.programs.take(&tables)?;
            found.programs = true;
        }
        Ok(found)
    }

    async fn read_tables(
        &self,
        job: &Job,
        files: &[Rc<dyn InputFile>],
    ) -> Result<Vec<Imported>, ImportFailure> {
        match self.data.upgrade() {
            Some(data) => data.read_tables(job, files).await,
            // The worker is being taken down, and the import with it.
            None => Err(ImportFailure::Stopped),
        }
    }

    /// Restores a saved evaluation: data, training runs, experiments, goals and judgements. A damaged file
    /// changes nothing; a damaged part of it costs only itself and is among the problems.
    fn restore(&self, name: &str, text: &str) -> Result<Restored, SavedError> {
        let (saved, mut problems) = Saved::read(name, text)?;
        self.reports.restore(&saved);
        if let (Some(table), Some(data)) = (&saved.data, self.data.upgrade()) {
            data.restore(table);
            if let Some(judgements) = &saved.judgements {
                let mut session = self.session.borrow_mut();
                let loaded = session.load_ratings("judgements.csv", judgements.as_bytes());
                problems.extend(loaded.err().map(|error| SavedError::RatingsDamaged {
                    file: name.to_owned(),
                    detail: error.to_string(),
                }));
            }
            data.changed();
        }
        Ok(Restored {
            baseline: saved.baseline,
            test: saved.test,
            domains: saved.domains.clone(),
            problems,
        })
    }
}
