//! Comparing outputs with references by an encoder, in a model worker of its own that ends with the run.
//! What is compared stays when a run is interrupted.

use super::data_worker::{Owner, send};
use super::model_link::ModelLink;
use super::models;
use assay_core::model::{Command, Reply};
use assay_core::semantic::EncoderInfo;
use assay_protocol::messages::Response;
use assay_results::encoder::DEFAULT_ENCODER;
use assay_results::encoder::Plan;
use std::rc::Rc;
use web_sys::{Blob, File};

/// The default encoder's folder, beside the page.
const DEFAULT_FOLDER: &str = "./models/all-MiniLM-L6-v2";
/// Segments sent at once.
const SEGMENTS: usize = 32;
/// Rows whose references are counted at once.
const COUNTED: usize = 1000;

/// What is to be done.
pub struct Order {
    /// How.
    pub plan: Plan,
    /// The files' paths within their folder; none for the default encoder.
    pub paths: Vec<String>,
    /// The folder's name.
    pub name: String,
    /// On the processor.
    pub cpu: bool,
}

/// Why a run ended early.
enum End {
    Failed(String),
    /// Something else has begun, or the person has stopped it.
    Stopped,
}

struct Run {
    owner: Rc<Owner>,
    mine: u64,
    link: ModelLink,
}

/// Compares what is still to be compared.
pub async fn run(owner: Rc<Owner>, order: Order, files: Vec<File>) {
    let mine = owner.models.interrupt();
    if !owner.models.settled(mine).await {
        return;
    }
    owner.models.busy.set(true);
    let outcome = attempt(owner.clone(), mine, order, files).await;
    owner.models.busy.set(false);
    match outcome {
        Ok(done) => {
            send(&done);
            owner.session.borrow_mut().give();
            owner.scores.session_changed(&[]);
        }
        Err(End::Failed(sentence)) => send(&Response::ModelFailed { sentence }),
        Err(End::Stopped) => {}
    }
}

async fn attempt(
    owner: Rc<Owner>,
    mine: u64,
    order: Order,
    files: Vec<File>,
) -> Result<Response, End> {
    let link = ModelLink::start().await.map_err(End::Failed)?;
    let cpu = order.cpu || !link.gpu;
    let run = Run { owner, mine, link };
    let info = run.open(&order, files).await?;
    let plan = {
        let mut session = run.owner.session.borrow_mut();
        session.compare_by(order.plan, info.clone())
    };
    let adapter = run.load(&info, cpu).await?;
    if plan.idf {
        run.count().await?;
    }
    run.compare(&plan).await?;
    Ok(Response::Encoded {
        name: info.name,
        layers: plan.layers,
        adapter,
    })
}

impl Run {
    fn is_over(&self) -> bool {
        self.owner.models.run.get() != self.mine
    }

    async fn next(&self) -> Result<Reply, End> {
        match self.link.next().await {
            Reply::Failed { sentence, .. } => Err(End::Failed(sentence)),
            _ if self.is_over() => Err(End::Stopped),
            reply => Ok(reply),
        }
    }

    async fn open(&self, order: &Order, files: Vec<File>) -> Result<EncoderInfo, End> {
        let is_default = files.is_empty();
        let files: Vec<Blob> = files.into_iter().map(Into::into).collect();
        let command = Command::OpenEncoder {
            paths: order.paths.clone(),
            name: match is_default {
                true => DEFAULT_ENCODER.to_owned(),
                false => order.name.clone(),
            },
            url: is_default.then(|| DEFAULT_FOLDER.to_owned()),
        };
        self.link.send(&command, &files);
        loop {
            if let Reply::EncoderOpened { info } = self.next().await? {
                return Ok(info);
            }
        }
    }

    async fn load(&self, info: &EncoderInfo, cpu: bool) -> Result<Option<String>, End> {
        let measured = models::measured().await;
        let known = measured.clone();
        self.link.send(&Command::Load { cpu, measured }, &[]);
        loop {
            match self.next().await? {
                Reply::Loading { done } => send(&Response::ModelLoading {
                    done,
                    total: info.bytes as f64,
                }),
                Reply::Loaded {
                    adapter, measured, ..
                } => {
                    if let Some(measured) = measured.filter(|m| known.as_ref() != Some(m)) {
                        models::keep_measured(&measured).await;
                    }
                    return Ok(adapter);
                }
                _ => {}
            }
        }
    }

    async fn count(&self) -> Result<(), End> {
        let mut first = 0;
        loop {
            let texts = {
                let session = self.owner.session.borrow();
                session.reference_texts(first, COUNTED)
            };
            if texts.is_empty() {
                return Ok(());
            }
            first += COUNTED;
            self.link.send(&Command::Count { texts }, &[]);
            while self.next().await? != Reply::Counted {}
        }
    }

    async fn compare(&self, plan: &Plan) -> Result<(), End> {
        loop {
            let segments = self.owner.session.borrow().uncompared(SEGMENTS);
            if segments.is_empty() {
                return Ok(());
            }
            let (rows, segments): (Vec<usize>, Vec<_>) = segments.into_iter().unzip();
            let plan = plan.clone();
            self.link.send(&Command::Compare { segments, plan }, &[]);
            loop {
                match self.next().await? {
                    Reply::Compared {
                        index,
                        rows: compared,
                    } => {
                        let mut session = self.owner.session.borrow_mut();
                        session.take_compared(rows[index], compared);
                        let (done, total) = session.compare_progress();
                        send(&Response::Encoding { done, total });
                    }
                    Reply::Finished { .. } => break,
                    _ => {}
                }
            }
        }
    }
}
