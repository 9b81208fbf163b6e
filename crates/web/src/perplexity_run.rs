//! Scoring texts under the models that are open, one model after the other. A stop takes effect soon,
//! and what is scored stays: in the session, and on this device for the next visit. A GPU that goes
//! away is tried again from the first text that is missing.

use super::data_worker::{Owner, send};
use super::kept::Writer;
use super::models;
use super::models::Held;
use assay_core::model::{Command, Reply};
use assay_core::surprise::{Scored, key};
use assay_protocol::messages::Response;
use assay_results::perplexity::Plan;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::rc::Rc;

/// Texts sent at once.
const TEXTS: usize = 64;
/// How often a GPU that goes away is tried again.
const TRIES: usize = 2;

/// Why a run ended.
enum End {
    /// It can't go on.
    Failed { sentence: String, lost: bool },
    /// Something else has begun, or the person has stopped it.
    Stopped,
}

fn failed(sentence: impl ToString) -> End {
    End::Failed {
        sentence: sentence.to_string(),
        lost: false,
    }
}

/// A text's scores as they are kept: a line each.
#[derive(Serialize, Deserialize)]
struct Line {
    key: String,
    scored: Scored,
}

/// A run.
struct Run {
    owner: Rc<Owner>,
    mine: u64,
    plan: Plan,
    cpu: bool,
    /// When scoring under this model began, and the tokens since.
    started: f64,
    tokens: f64,
}

/// Scores what the plan has still to score.
pub async fn run(owner: Rc<Owner>, plan: Plan, cpu: bool) {
    let models = &owner.models;
    let mine = models.interrupt();
    if !models.settled(mine).await {
        return;
    }
    models.busy.set(true);
    let names = models.names();
    owner.session.borrow_mut().plan(plan.clone(), names);
    let mut run = Run {
        owner: owner.clone(),
        mine,
        plan,
        cpu,
        started: 0.0,
        tokens: 0.0,
    };
    let mut end = None;
    for (index, slot) in models.slots().into_iter().enumerate() {
        if let Err(why) = run.model(index, slot).await {
            end = Some(why);
            break;
        }
    }
    models.busy.set(false);
    let (done, total) = owner.session.borrow().study_progress();
    match end {
        Some(End::Failed { sentence, .. }) => {
            // A worker that failed has no model any more.
            *models.held.borrow_mut() = None;
            send(&Response::ModelFailed { sentence });
        }
        Some(End::Stopped) => {}
        None => {
            send(&Response::Perplexed { done, total });
            let news = owner.session.borrow_mut().settle_study();
            owner.scores.session_changed(&news);
        }
    }
    models::tell().await;
}

impl Run {
    fn is_over(&self) -> bool {
        self.owner.models.run.get() != self.mine
    }

    /// All texts under one model, again when the GPU goes away.
    async fn model(&mut self, index: usize, slot: usize) -> Result<(), End> {
        let mut tries = 0;
        let name = self.log_name(slot);
        let kept = read_log(&name).await;
        self.owner.session.borrow_mut().recall(index, &kept);
        // Where nothing can be kept, the run is only shorter of memory.
        let mut log = match models::scores().await {
            Ok(folder) => folder.writer(&name, true).await.ok(),
            Err(_) => None,
        };
        loop {
            match self.attempt(index, slot, &mut log).await {
                Err(End::Failed { lost: true, .. }) if tries < TRIES && !self.is_over() => {
                    tries += 1;
                    *self.owner.models.held.borrow_mut() = None;
                }
                outcome => return outcome,
            }
        }
    }

    fn log_name(&self, slot: usize) -> String {
        let open = self.owner.models.open.borrow();
        let id = open[slot].as_ref().map_or("", |m| &m.info.id);
        // A convention's name has colons, which a file's has not.
        let plan = self.plan.signature().replace(':', "-");
        format!("{id:.32}-{plan}.jsonl")
    }

    async fn attempt(
        &mut self,
        index: usize,
        slot: usize,
        log: &mut Option<Writer>,
    ) -> Result<(), End> {
        let missing = !self.owner.session.borrow().unscored(index, 1).is_empty();
        if !missing {
            return Ok(());
        }
        let held = self.held(slot).await?;
        (self.started, self.tokens) = (js_sys::Date::now(), 0.0);
        loop {
            if self.is_over() {
                return Err(End::Stopped);
            }
            let texts = self.owner.session.borrow().unscored(index, TEXTS);
            if texts.is_empty() {
                return Ok(());
            }
            let keys: Vec<(usize, String)> =
                texts.iter().map(|(p, item)| (*p, key(item))).collect();
            let items = texts.into_iter().map(|(_, item)| item).collect();
            let convention = self.plan.convention;
            held.link.send(&Command::Score { items, convention }, &[]);
            self.replies(index, slot, &held, &keys, log).await?;
        }
    }

    /// Takes the answers to one command.
    async fn replies(
        &mut self,
        index: usize,
        slot: usize,
        held: &Held,
        keys: &[(usize, String)],
        log: &mut Option<Writer>,
    ) -> Result<(), End> {
        loop {
            match held.link.next().await {
                Reply::Scored {
                    index: place,
                    scored,
                } => {
                    self.tokens += scored.row[1];
                    let (place, key) = keys[place].clone();
                    append(log, key, &scored);
                    let mut session = self.owner.session.borrow_mut();
                    session.scored(index, place, scored);
                    let (done, total) = session.study_progress();
                    drop(session);
                    let speed = self.speed();
                    if !self.is_over() {
                        send(&Response::Perplexing { done, total, speed });
                    }
                }
                Reply::Finished { memory, program } => {
                    let speed = self.speed();
                    self.owner.models.note(&self.owner, slot, |f| {
                        f.memory = Some(memory);
                        f.program_memory = Some(program);
                        f.tokens_per_second = Some(speed);
                    });
                    return Ok(());
                }
                Reply::Failed { sentence, lost } => return Err(End::Failed { sentence, lost }),
                _ => {}
            }
        }
    }

    fn speed(&self) -> f64 {
        let seconds = (js_sys::Date::now() - self.started) / 1000.0;
        self.tokens / seconds.max(0.001)
    }

    /// The worker with this model's weights.
    async fn held(&self, slot: usize) -> Result<Rc<Held>, End> {
        let models = &self.owner.models;
        let held = models.held.borrow().clone();
        let fits = |h: &Rc<Held>| h.slot == slot && h.loaded.get().is_none_or(|c| c == self.cpu);
        let held = match held.filter(fits) {
            Some(held) => held,
            None => {
                let open = models.open.borrow()[slot].clone();
                let open = open.ok_or_else(|| failed("no model is open"))?;
                let info = models::hold(models, slot, &open.origin).await;
                let (info, _) = info.map_err(failed)?;
                if info.id != open.info.id {
                    return Err(failed("its file has changed; open it again"));
                }
                let held = models.held.borrow().clone();
                held.ok_or_else(|| failed("no model is open"))?
            }
        };
        if held.loaded.get().is_none() {
            self.load(&held).await?;
            held.loaded.set(Some(self.cpu));
        }
        Ok(held)
    }

    async fn load(&self, held: &Held) -> Result<(), End> {
        let open = self.owner.models.open.borrow()[held.slot].clone();
        let total = open.map_or(0.0, |m| m.info.bytes);
        let measured = models::measured().await;
        let (cpu, known) = (self.cpu, measured.clone());
        held.link.send(&Command::Load { cpu, measured }, &[]);
        loop {
            match held.link.next().await {
                Reply::Loading { .. } if self.is_over() => {
                    *self.owner.models.held.borrow_mut() = None;
                    return Err(End::Stopped);
                }
                Reply::Loading { done } => send(&Response::ModelLoading { done, total }),
                Reply::Loaded {
                    adapter,
                    seconds,
                    measured,
                } => {
                    if let Some(measured) = measured.filter(|m| known.as_ref() != Some(m)) {
                        models::keep_measured(&measured).await;
                    }
                    self.owner.models.note(&self.owner, held.slot, |f| {
                        f.adapter = adapter;
                        f.load_seconds = seconds;
                    });
                    return Ok(());
                }
                Reply::Failed { sentence, lost } => return Err(End::Failed { sentence, lost }),
                _ => {}
            }
        }
    }
}

fn append(log: &mut Option<Writer>, key: String, scored: &Scored) {
    let Some(writer) = log else { return };
    let line = Line {
        key,
        scored: scored.clone(),
    };
    let line = serde_json::to_string(&line).unwrap_or_default() + "\n";
    let written = writer.push(line.as_bytes()).and_then(|()| writer.flush());
    if written.is_err() {
        // A full disk ends the keeping, not the run.
        *log = None;
    }
}

/// What was kept under this model and plan; a line that a crash has cut is left out.
async fn read_log(name: &str) -> HashMap<String, Scored> {
    let text = async { models::scores().await?.text(name).await };
    let text = text.await.unwrap_or_default();
    let lines = text
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok());
    lines.map(|line: Line| (line.key, line.scored)).collect()
}
