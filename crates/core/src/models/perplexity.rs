//! Scoring texts under the open models, one model after the other. What is scored stays when a run ends early:
//! in the session, and on this device for the next visit. A lost GPU is tried again from the first text that is
//! missing.

use super::run::{End, Run, Work};
use super::score_log::{self, ScoreLog};
use super::worker_calls::Memory;
use super::{Held, ModelWorker, Models, WorkerFuture};
use crate::platform::DiskError;
use crate::surprise::{Scored, key};
use crate::workspace::kept::KeptStudy;
use assay_calls::{Explanation, Job, Progress, Unit};
use assay_protocol::models::{ModelsError, Perplexity, RunEnd, RunProgress};
use assay_protocol::topics::{LOAD_MODEL, RUN_PERPLEXITY};
use assay_results::perplexity::Plan;
use std::collections::HashMap;
use std::rc::Rc;

/// Texts sent at once.
const BATCH_TEXTS: usize = 64;
/// How often a lost GPU or worker is tried again.
const RETRIES: usize = 2;

/// What is scored, and where.
struct Order {
    plan: Plan,
    cpu: bool,
}

/// The texts of a plan under one model.
struct Texts<'m> {
    models: &'m Models,
    plan: &'m Plan,
    /// The model among those that are open.
    index: usize,
    /// Its place.
    slot: usize,
    /// How strongly its adapter acts; 0 without one.
    strength: f32,
    log: Option<ScoreLog>,
    /// Why scores are not kept.
    not_kept: Option<DiskError>,
    /// When scoring began in this worker, in milliseconds, and the tokens since.
    started_ms: f64,
    tokens: f64,
}

impl Models {
    /// Scores what the plan has still to score.
    pub(super) async fn perplexity(&self, plan: Plan, cpu: bool) -> Result<RunEnd, ModelsError> {
        let mut run = Run::start(self);
        let _turn = self.turn.lock().await;
        let mut not_kept = None;
        let order = Order { plan, cpu };
        *self.paused.borrow_mut() = None;
        let outcome = self.score_all(&mut run, &order, &mut not_kept).await;
        let ended = run.end(outcome);
        match ended {
            Ok(true) => {
                self.parts.session.borrow_mut().settle_study();
                (self.parts.publish)();
            }
            Ok(false) => {
                let Order { plan, cpu } = order;
                *self.paused.borrow_mut() = Some(Perplexity { plan, cpu });
            }
            // A worker that failed has no model any more.
            Err(_) => *self.held.borrow_mut() = None,
        }
        self.changed();
        ended?;
        Ok(RunEnd {
            progress: self.run_progress(),
            not_kept: not_kept.map(|error: DiskError| Explanation::of(&error)),
        })
    }

    /// The scores on this device of a study's texts, of each model by the key of a text.
    pub(crate) async fn recalled(&self, study: &KeptStudy) -> Vec<HashMap<String, Scored>> {
        let mut all = Vec::new();
        for model in &study.models {
            let name = score_file(&model.id, &study.plan);
            all.push(score_log::read(&*self.parts.disk, &name).await);
        }
        all
    }

    /// The files of scores of a study, with their names; those that are there.
    pub(crate) async fn score_files(
        &self,
        study: &KeptStudy,
    ) -> Result<Vec<(String, Vec<u8>)>, DiskError> {
        let mut files = Vec::new();
        for model in &study.models {
            let name = score_file(&model.id, &study.plan);
            let bytes = score_log::bytes(&*self.parts.disk, &name).await;
            match bytes {
                // Where nothing is kept there are no scores either.
                Ok(None) | Err(DiskError::Denied { .. }) => {}
                Ok(Some(bytes)) => files.push((name, bytes)),
                Err(error) => return Err(error),
            }
        }
        Ok(files)
    }

    /// Adds scores of a backup to those that are here.
    pub(crate) async fn add_scores(&self, name: &str, bytes: &[u8]) -> Result<(), DiskError> {
        score_log::add(&*self.parts.disk, name, bytes).await
    }

    fn run_progress(&self) -> RunProgress {
        let (done, total) = self.parts.session.borrow().study_progress();
        RunProgress { done, total }
    }

    async fn score_all(
        &self,
        run: &mut Run<'_>,
        order: &Order,
        not_kept: &mut Option<DiskError>,
    ) -> Result<(), End> {
        run.go_on()?;
        let names = self.names();
        let session = &self.parts.session;
        session.borrow_mut().plan(order.plan.clone(), names);
        for (index, slot) in self.slots().into_iter().enumerate() {
            let model = self.model(slot)?;
            let name = score_file(&model.info.id, &order.plan);
            let recalled = score_log::open(&*self.parts.disk, &name).await;
            session.borrow_mut().recall(index, &recalled.scores);
            let (log, error) = match recalled.log {
                Ok(log) => (Some(log), None),
                Err(error) => (None, Some(error)),
            };
            let mut texts = Texts {
                models: self,
                plan: &order.plan,
                index,
                slot,
                strength: model.adapter.map_or(0.0, |adapter| adapter.strength),
                log,
                not_kept: error,
                started_ms: 0.0,
                tokens: 0.0,
            };
            let scored = self.score_model(run, order, &mut texts).await;
            *not_kept = not_kept.take().or(texts.not_kept);
            scored?;
        }
        Ok(())
    }

    /// All texts under one model, again when the GPU or the worker is lost.
    async fn score_model(
        &self,
        run: &mut Run<'_>,
        order: &Order,
        texts: &mut Texts<'_>,
    ) -> Result<(), End> {
        let mut retries = 0;
        loop {
            match self.attempt(run, order, texts).await {
                Err(End::Worker(error)) if error.may_pass() && retries < RETRIES => {
                    run.go_on()?;
                    retries += 1;
                    *self.held.borrow_mut() = None;
                }
                outcome => return outcome,
            }
        }
    }

    async fn attempt(
        &self,
        run: &mut Run<'_>,
        order: &Order,
        texts: &mut Texts<'_>,
    ) -> Result<(), End> {
        let session = &self.parts.session;
        let is_complete = session.borrow().unscored(texts.index, 1).is_empty();
        if is_complete {
            return Ok(());
        }
        run.enter(LOAD_MODEL)?;
        let held = self.loaded(run, texts.slot, order.cpu).await?;
        run.enter(RUN_PERPLEXITY)?;
        texts.started_ms = self.parts.clock.now_ms();
        texts.tokens = 0.0;
        run.batches(&*held.worker, texts).await
    }

    /// The worker with the weights of the model in a place.
    async fn loaded(&self, run: &Run<'_>, slot: usize, cpu: bool) -> Result<Rc<Held>, End> {
        let held = self.held.borrow().clone();
        let model = self.model(slot)?;
        let fits = |h: &Rc<Held>| h.base == model.base && h.on_cpu.get().is_none_or(|c| c == cpu);
        let held = match held.filter(fits) {
            Some(held) => held,
            None => {
                let (held, info) = run.unless_stopped(self.hold(&model.source)).await?;
                if info.id != model.base {
                    let name = model.info.name;
                    return Err(ModelsError::FileChanged { name }.into());
                }
                held
            }
        };
        if held.on_cpu.get().is_none() {
            let loaded = run.load(&*held.worker, cpu, model.info.bytes).await;
            if matches!(loaded, Err(End::Stopped)) {
                // Its half of the weights is of no use.
                *self.held.borrow_mut() = None;
            }
            *held.loaded.borrow_mut() = Some(loaded?);
            held.on_cpu.set(Some(cpu));
        }
        self.adapted(run, &held, &model).await?;
        // A model with an adapter has its base's weights, and so the base's figures of loading.
        if let Some(loaded) = held.loaded.borrow().clone() {
            self.note(slot, |figures| {
                figures.adapter = loaded.adapter;
                figures.load_seconds = loaded.seconds;
            });
        }
        Ok(held)
    }
}

/// The name of the file with a model's scores under a plan.
fn score_file(id: &str, plan: &Plan) -> String {
    // A convention's signature has colons, which a file's name can't have.
    let plan = plan.signature().replace(':', "-");
    format!("{id:.32}-{plan}.jsonl")
}

impl Texts<'_> {
    fn tokens_per_second(&self) -> f64 {
        let seconds = (self.models.parts.clock.now_ms() - self.started_ms) / 1000.0;
        self.tokens / seconds.max(0.001)
    }

    /// Takes a text's scores: into the session, and onto the disk.
    fn take(&mut self, place: usize, key: String, scored: Scored, job: &Job) {
        self.tokens += scored.row[1];
        if let Some(log) = &mut self.log
            && let Err(error) = log.append(key, scored.clone())
        {
            // A full disk ends the keeping, not the run.
            self.log = None;
            self.not_kept = Some(error);
        }
        let mut session = self.models.parts.session.borrow_mut();
        session.scored(self.index, place, scored);
        let (done, total) = session.study_progress();
        drop(session);
        let mut progress = Progress::new(done as f64, total as f64, Unit::Texts);
        progress.per_second = Some(self.tokens_per_second());
        job.progress(progress);
    }
}

impl Work for Texts<'_> {
    fn batch<'a>(
        &'a mut self,
        worker: &'a dyn ModelWorker,
        job: &'a Job,
    ) -> Option<WorkerFuture<'a, Memory>> {
        let session = self.models.parts.session.borrow();
        let texts = session.unscored(self.index, BATCH_TEXTS);
        drop(session);
        if texts.is_empty() {
            return None;
        }
        let keys: Vec<(usize, String)> = texts.iter().map(|(p, item)| (*p, key(item))).collect();
        let items = texts.into_iter().map(|(_, item)| item).collect();
        let (convention, strength) = (self.plan.convention, self.strength);
        Some(Box::pin(async move {
            let mut each = |index: usize, scored| {
                if let Some((place, key)) = keys.get(index).cloned() {
                    self.take(place, key, scored, job);
                }
            };
            worker.score(items, convention, strength, &mut each).await
        }))
    }

    fn batch_ended(&mut self, memory: Memory) {
        let speed = self.tokens_per_second();
        self.models.note(self.slot, |figures| {
            figures.memory = Some(memory.model);
            figures.program_memory = Some(memory.program);
            figures.tokens_per_second = Some(speed);
        });
    }
}
