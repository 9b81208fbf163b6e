//! All services of the data worker, put together over a platform: the browser's in the worker, a fake one in
//! tests.

use crate::annotations::service::{self as annotations, AnnotationService};
use crate::data::{self, DataService};
use crate::experiments::{self, ExperimentService};
use crate::models::{self, ModelHost, Models};
use crate::other_files::OtherFiles;
use crate::platform::{BytesBeside, FilesOf, Platform};
use crate::programs::{self, ProgramsService};
use crate::projects::{self, service::ProjectsService};
use crate::ratings::{self, service::RatingsService};
use crate::reports::{self, ReportService};
use crate::rounds::{self, RoundsService};
use crate::rows::{self, RowsService};
use crate::scores::{self, ScoresService};
use crate::session::Session;
use crate::storage::{self, StorageService};
use crate::training::{self, TrainingService};
use crate::workspace::{self, WorkspaceService};
use assay_calls::{Announcer, Codec, Jobs, Registry};
use futures_util::future::join;
use std::cell::RefCell;
use std::rc::Rc;

/// What the services need of the program that they are part of.
pub struct Host {
    /// Disk, clock and compute workers.
    pub platform: Platform,
    /// Starts model workers.
    pub models: Rc<dyn ModelHost>,
    /// Memory that the worker has taken, in bytes.
    pub memory_bytes: fn() -> f64,
    /// Jobs.
    pub jobs: Jobs,
    /// Announcements.
    pub announcer: Announcer,
}

/// The services.
pub struct Services {
    data: Rc<DataService>,
    scores: Rc<ScoresService>,
    annotations: Rc<AnnotationService>,
    rows: Rc<RowsService>,
    training: Rc<TrainingService>,
    experiments: Rc<ExperimentService>,
    programs: Rc<ProgramsService>,
    reports: Rc<ReportService>,
    models: Rc<Models>,
    projects: Rc<ProjectsService>,
    ratings: Rc<RatingsService>,
    rounds: Rc<RoundsService>,
    workspace: Rc<WorkspaceService>,
    storage: Rc<StorageService>,
}

#[cfg(test)]
impl Host {
    /// A machine in memory, for tests.
    pub(crate) fn in_memory(
        disk: &crate::platform::fake::FakeDisk,
        jobs: &Jobs,
        announcer: &Announcer,
    ) -> Self {
        Self {
            platform: crate::platform::fake::platform(disk),
            models: Rc::<crate::models::fake::FakeHost>::default(),
            memory_bytes: || 1.0,
            jobs: jobs.clone(),
            announcer: announcer.clone(),
        }
    }
}

impl Services {
    /// Without data.
    #[must_use]
    pub fn new(host: Host) -> Self {
        let Host {
            platform,
            models: model_host,
            memory_bytes,
            jobs,
            announcer,
        } = host;
        let session = Rc::new(RefCell::new(Session::new(announcer.clone())));
        let both = || (jobs.clone(), announcer.clone());
        let clock = || platform.clock.clone();
        let scores = Rc::new(ScoresService::new(session.clone(), &platform, both()));
        let annotations =
            AnnotationService::new(session.clone(), scores.clone(), clock(), announcer.clone());
        let annotations = Rc::new(annotations);
        let rows = Rc::new(RowsService::new(
            session.clone(),
            platform.containers.clone(),
        ));
        let training = TrainingService::new(jobs.clone(), announcer.clone(), clock());
        let training = Rc::new(training);
        let experiments = ExperimentService::new(jobs.clone(), announcer.clone(), clock());
        let experiments = Rc::new(experiments);
        let programs = Rc::new(ProgramsService::new(jobs.clone(), announcer.clone()));
        let reports = Rc::new(ReportService::new(
            session.clone(),
            training.clone(),
            experiments.clone(),
            platform.compute.clone(),
            platform.containers.clone(),
            announcer.clone(),
        ));
        let publish = score_judgements(&session, &scores);
        let models = Rc::new(Models::new(models::Parts {
            disk: platform.disk.clone(),
            clock: clock(),
            host: model_host,
            session: session.clone(),
            publish: {
                let scores = scores.clone();
                Box::new(move || scores.session_changed())
            },
            jobs: jobs.clone(),
            announcer: announcer.clone(),
        }));
        let projects = Rc::new(ProjectsService::new(
            session.clone(),
            &platform,
            announcer.clone(),
            publish.clone(),
        ));
        let ratings = Rc::new(RatingsService::new(
            session.clone(),
            projects.clone(),
            announcer.clone(),
            publish,
            &platform,
            jobs.clone(),
        ));
        let data = Rc::new_cyclic(|data| {
            let others = OtherFiles {
                data: data.clone(),
                session: session.clone(),
                training: training.clone(),
                experiments: experiments.clone(),
                programs: programs.clone(),
                reports: reports.clone(),
                projects: projects.clone(),
                ratings: ratings.clone(),
                models: models.clone(),
            };
            DataService::new(
                session.clone(),
                scores.clone(),
                platform.clone(),
                both(),
                Rc::new(others),
                memory_bytes,
            )
        });
        let rounds = RoundsService::new(session.clone(), &platform, both());
        let rounds = Rc::new(rounds);
        let workspace = Rc::new(WorkspaceService::new(workspace::Parts {
            session: session.clone(),
            data: data.clone(),
            training: training.clone(),
            experiments: experiments.clone(),
            programs: programs.clone(),
            reports: reports.clone(),
            rounds: rounds.clone(),
            projects: projects.clone(),
            models: models.clone(),
            disk: platform.disk.clone(),
            clock: platform.clock.clone(),
            announcer: announcer.clone(),
        }));
        let storage = Rc::new(StorageService::new(
            platform.disk.clone(),
            workspace.clone(),
            jobs,
            announcer,
        ));
        Self {
            data,
            scores,
            annotations,
            rows,
            training,
            experiments,
            programs,
            reports,
            models,
            projects,
            ratings,
            rounds,
            workspace,
            storage,
        }
    }

    /// Registers what the services answer; `files_of` finds the files beside a call, `bytes_beside` puts bytes beside a
    /// reply.
    pub fn register<Ctx: 'static, C: Codec, A: Default + 'static>(
        &self,
        registry: &mut Registry<Ctx, C, A>,
        files_of: FilesOf<A>,
        bytes_beside: BytesBeside<A>,
    ) {
        data::register(registry, &self.data, files_of);
        data::later::register(registry, &self.data);
        data::settings::register(registry, &self.data);
        data::overlap::register(registry, &self.data, files_of);
        scores::register(registry, &self.scores);
        rounds::register(registry, &self.rounds);
        rows::register(registry, &self.rows);
        annotations::register(registry, &self.annotations);
        models::register(registry, &self.models, files_of);
        training::register(registry, &self.training, files_of);
        experiments::register(registry, &self.experiments, files_of);
        programs::register(registry, &self.programs, &self.data);
        reports::register(registry, &self.reports);
        projects::service::register(registry, &self.projects, files_of);
        ratings::service::register(registry, &self.ratings, files_of);
        workspace::register(registry, &self.workspace);
        workspace::backup::register(registry, &self.workspace, files_of, bytes_beside);
        storage::register(registry, &self.storage);
    }

    /// Writes the open project as it changes; runs as long as the worker.
    pub fn saving(&self) -> impl Future<Output = ()> + 'static {
        let workspace = self.workspace.clone();
        async move { workspace.run().await }
    }

    /// Computes scores whenever some are asked for, also because tags changed; runs as long as the worker.
    pub fn scoring(&self) -> impl Future<Output = ()> + 'static {
        let (scores, annotations) = (self.scores.clone(), self.annotations.clone());
        async move {
            join(scores.run(), annotations.run()).await;
        }
    }
}

/// Makes metrics of judgements that changed, and has them resampled.
fn score_judgements(session: &Rc<RefCell<Session>>, scores: &Rc<ScoresService>) -> Rc<dyn Fn()> {
    let (session, scores) = (session.clone(), scores.clone());
    Rc::new(move || {
        session.borrow_mut().give();
        scores.session_changed();
    })
}

#[cfg(test)]
mod tests;
