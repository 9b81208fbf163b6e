//! What runs under a model share: jobs one after the other, loading weights, and the loop that puts one batch
//! after the other through the worker.

use super::worker_calls::{Loaded, Memory, ModelWorkerError};
use super::{ModelWorker, Models, WorkerFuture, worker_error};
use assay_calls::{Job, JobKind, Progress, Unit};
use assay_protocol::models::ModelsError;
use assay_protocol::topics::LOAD_MODEL;
use futures_util::future::{Either, select};
use std::future::Future;
use std::pin::pin;

/// Why a run ended early.
pub(super) enum End {
    /// The person stopped it, or a newer order did.
    Stopped,
    /// The worker failed.
    Worker(ModelWorkerError),
    /// Something else failed.
    Failed(ModelsError),
}

impl From<ModelWorkerError> for End {
    fn from(error: ModelWorkerError) -> Self {
        Self::Worker(error)
    }
}

impl From<ModelsError> for End {
    fn from(error: ModelsError) -> Self {
        Self::Failed(error)
    }
}

/// What is done batch by batch with a worker.
pub(super) trait Work {
    /// Puts the next batch through the worker and takes its results as they come; nothing when none is left.
    fn batch<'a>(
        &'a mut self,
        worker: &'a dyn ModelWorker,
        job: &'a Job,
    ) -> Option<WorkerFuture<'a, Memory>>;

    /// Takes the memory that the worker had taken after a batch.
    fn batch_ended(&mut self, memory: Memory);
}

/// A run: the job it is at. It has one job at a time, first for loading, then for its work, so that a stop of
/// any ends the run.
pub(super) struct Run<'m> {
    models: &'m Models,
    job: Job,
}

impl<'m> Run<'m> {
    /// Stops what runs, and begins. It waits for its turn as a job, so that it can be stopped meanwhile.
    pub(super) fn start(models: &'m Models) -> Self {
        models.interrupt();
        Self {
            models,
            job: models.parts.jobs.start(LOAD_MODEL),
        }
    }

    /// Ends the job it is at, and begins one of another kind.
    pub(super) fn enter(&mut self, kind: JobKind) -> Result<(), End> {
        self.go_on()?;
        let job = self.models.parts.jobs.start(kind);
        std::mem::replace(&mut self.job, job).finish();
        Ok(())
    }

    /// Whether it is stopped, as an end.
    pub(super) fn go_on(&self) -> Result<(), End> {
        match self.job.is_stopped() {
            true => Err(End::Stopped),
            false => Ok(()),
        }
    }

    /// Ends the run as its outcome says.
    pub(super) fn end(self, outcome: Result<(), End>) -> Result<bool, ModelsError> {
        let error = match outcome {
            Ok(()) | Err(End::Stopped) => {
                self.job.finish();
                return Ok(outcome.is_ok());
            }
            Err(End::Worker(error)) => worker_error(&error),
            Err(End::Failed(error)) => error,
        };
        self.job.fail(&error);
        Err(error)
    }

    /// Awaits what is of no use half done: a stop ends the wait.
    pub(super) async fn unless_stopped<T>(
        &self,
        work: impl Future<Output = Result<T, ModelWorkerError>>,
    ) -> Result<T, End> {
        let stop = self.job.stop_token();
        match select(pin!(work), pin!(stop.stopped())).await {
            Either::Left((outcome, _)) => Ok(outcome?),
            Either::Right(_) => Err(End::Stopped),
        }
    }

    /// Loads the weights of what is open in the worker. After a stop the worker is of no use any more.
    pub(super) async fn load(
        &self,
        worker: &dyn ModelWorker,
        cpu: bool,
        bytes: f64,
    ) -> Result<Loaded, End> {
        let known = self.models.measured().await;
        let progress = |done: f64| self.job.progress(Progress::new(done, bytes, Unit::Bytes));
        let loading = worker.load(cpu, known.clone(), &progress);
        let loaded = self.unless_stopped(loading).await?;
        if let Some(measured) = loaded
            .measured
            .as_ref()
            .filter(|m| known.as_ref() != Some(m))
        {
            self.models.keep_measured(measured).await;
        }
        Ok(loaded)
    }

    /// Puts one batch after the other through the worker until none is left. A stop takes effect soon: the
    /// worker leaves out what it has not begun, and what it has scored is taken.
    pub(super) async fn batches(
        &self,
        worker: &dyn ModelWorker,
        work: &mut dyn Work,
    ) -> Result<(), End> {
        let stop = self.job.stop_token();
        loop {
            self.go_on()?;
            let Some(batch) = work.batch(worker, &self.job) else {
                return Ok(());
            };
            let memory = match select(batch, pin!(stop.stopped())).await {
                Either::Left((outcome, _)) => outcome?,
                Either::Right(((), batch)) => {
                    worker.stop();
                    batch.await?
                }
            };
            work.batch_ended(memory);
        }
    }
}
