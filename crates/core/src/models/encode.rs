//! Comparing outputs with references by an encoder, in a model worker of its own that ends with the run. What is
//! compared stays when a run is stopped.

use super::run::{End, Run, Work};
use super::worker_calls::Memory;
use super::{EncoderSource, ModelWorker, Models, WorkerFuture};
use crate::platform::InputFile;
use assay_calls::{Job, Progress, Unit};
use assay_lm::encoder::compare::Segment;
use assay_protocol::models::{Encoded, ModelsError};
use assay_protocol::topics::ENCODE;
use assay_results::encoder::{DEFAULT_ENCODER, Plan};
use std::rc::Rc;

/// Segments sent at once.
const BATCH_SEGMENTS: usize = 32;
/// Rows whose references are counted at once.
const COUNTED_ROWS: usize = 1000;

/// What is compared, and where.
pub(super) struct EncodeOrder {
    /// How.
    pub plan: Plan,
    /// The encoder.
    pub source: EncoderSource,
    /// On the processor.
    pub cpu: bool,
}

impl EncoderSource {
    /// Files with their paths, in the folder of a name; the default encoder without any.
    pub(super) fn chosen(name: String, paths: Vec<String>, files: Vec<Rc<dyn InputFile>>) -> Self {
        let name = match files.is_empty() {
            true => DEFAULT_ENCODER.to_owned(),
            false => name,
        };
        let files = paths.into_iter().zip(files).collect();
        Self { name, files }
    }
}

/// The segments that are still to be compared.
struct Segments<'m> {
    models: &'m Models,
    plan: Plan,
}

impl Models {
    /// Compares what is still to be compared; nothing where it was stopped.
    pub(super) async fn encode(&self, order: EncodeOrder) -> Result<Option<Encoded>, ModelsError> {
        let mut run = Run::start(self);
        let _turn = self.turn.lock().await;
        let (outcome, encoded) = match self.compare_all(&mut run, order).await {
            Ok(encoded) => (Ok(()), Some(encoded)),
            Err(end) => (Err(end), None),
        };
        let ended = run.end(outcome);
        if let Some(encoded) = &encoded {
            *self.encoded.borrow_mut() = Some(encoded.clone());
            self.parts.session.borrow_mut().give();
            (self.parts.publish)();
        }
        self.changed();
        ended.map(|_| encoded)
    }

    async fn compare_all(&self, run: &mut Run<'_>, order: EncodeOrder) -> Result<Encoded, End> {
        run.go_on()?;
        let worker = self.parts.host.start();
        let opened = run
            .unless_stopped(worker.open_encoder(&order.source))
            .await?;
        let info = opened.info;
        let session = &self.parts.session;
        let plan = session.borrow_mut().compare_by(order.plan, info.clone());
        let cpu = order.cpu || !opened.has_gpu;
        let loaded = run.load(&*worker, cpu, info.bytes as f64).await?;
        run.enter(ENCODE)?;
        if plan.idf {
            self.count(run, &*worker).await?;
        }
        let layers = plan.layers;
        let mut segments = Segments { models: self, plan };
        run.batches(&*worker, &mut segments).await?;
        Ok(Encoded {
            name: info.name,
            layers,
            adapter: loaded.adapter,
        })
    }

    /// Counts the tokens of all references.
    async fn count(&self, run: &Run<'_>, worker: &dyn ModelWorker) -> Result<(), End> {
        let mut first = 0;
        loop {
            let session = &self.parts.session;
            let texts = session.borrow().reference_texts(first, COUNTED_ROWS);
            if texts.is_empty() {
                return Ok(());
            }
            first += COUNTED_ROWS;
            run.unless_stopped(worker.count(texts)).await?;
        }
    }

    /// Forgets what an encoder has compared.
    pub(super) async fn forget_encoded(&self) {
        self.interrupt();
        let _turn = self.turn.lock().await;
        *self.encoded.borrow_mut() = None;
        self.parts.session.borrow_mut().forget_compared();
        (self.parts.publish)();
        self.changed();
    }
}

impl Work for Segments<'_> {
    fn batch<'a>(
        &'a mut self,
        worker: &'a dyn ModelWorker,
        job: &'a Job,
    ) -> Option<WorkerFuture<'a, Memory>> {
        let session = &self.models.parts.session;
        let segments = session.borrow().uncompared(BATCH_SEGMENTS);
        if segments.is_empty() {
            return None;
        }
        let (rows, segments): (Vec<usize>, Vec<Segment>) = segments.into_iter().unzip();
        let plan = self.plan.clone();
        Some(Box::pin(async move {
            let mut each = |index: usize, compared| {
                let Some(&row) = rows.get(index) else { return };
                let mut session = session.borrow_mut();
                session.take_compared(row, compared);
                let (done, total) = session.compare_progress();
                job.progress(Progress::new(done as f64, total as f64, Unit::Texts));
            };
            worker.compare(segments, plan, &mut each).await
        }))
    }

    fn batch_ended(&mut self, _: Memory) {}
}
