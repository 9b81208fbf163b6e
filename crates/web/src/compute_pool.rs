//! The data worker's compute workers, one a core: started when first needed, ended at once when the work is
//! stopped. Tasks wait in one queue; a worker takes the next one when it has answered.

use super::channel::{COMPUTE, scope};
use super::compute_worker::READY;
use assay_core::platform::{ComputeError, ComputePool, LocalFuture};
use assay_eval::{Parcel, Task};
use futures_channel::oneshot::{Sender, channel};
use js_sys::{Array, Float32Array, Float64Array, Object, Reflect, Uint8Array};
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};
use wasm_bindgen::prelude::*;
use web_sys::{MessageEvent, Worker, WorkerOptions, WorkerType};

/// More workers than this only wait for one another's memory.
const MOST: usize = 8;

type Outcome = Result<Vec<f64>, ComputeError>;

/// A task with whoever waits for it.
struct Waiting {
    message: Object,
    transfer: Array,
    answer: Sender<Outcome>,
}

/// A compute worker.
struct Member {
    id: u32,
    worker: Worker,
    /// Whether it listens; it says so once.
    is_ready: bool,
    /// Who waits for the task that it has.
    task: Option<Sender<Outcome>>,
    _on_message: Closure<dyn Fn(MessageEvent)>,
    _on_error: Closure<dyn Fn(JsValue)>,
    _on_bad_message: Closure<dyn Fn(JsValue)>,
}

#[derive(Default)]
struct Inner {
    members: RefCell<Vec<Member>>,
    queue: RefCell<VecDeque<Waiting>>,
    last_id: Cell<u32>,
}

/// All compute workers.
#[derive(Default)]
pub(crate) struct BrowserPool(Rc<Inner>);

fn lanes() -> usize {
    let cores = scope().navigator().hardware_concurrency() as usize;
    cores.clamp(1, MOST)
}

fn died(detail: impl Into<String>) -> ComputeError {
    ComputeError::WorkerDied {
        detail: detail.into(),
    }
}

fn words(value: &JsValue) -> String {
    value.as_string().unwrap_or_else(|| format!("{value:?}"))
}

/// Answers whoever waits; who does not any more needs none.
fn settle(task: Option<Sender<Outcome>>, outcome: Outcome) {
    if let Some(task) = task {
        let _is_gone = task.send(outcome).is_err();
    }
}

impl ComputePool for BrowserPool {
    fn lanes(&self) -> usize {
        lanes()
    }

    fn run(&self, task: Task, parcel: Parcel) -> LocalFuture<'_, Outcome> {
        let (answer, outcome) = channel();
        let queued = packed(&task, parcel).map(|(message, transfer)| {
            self.0.queue.borrow_mut().push_back(Waiting {
                message,
                transfer,
                answer,
            });
            self.0.hand_out();
        });
        Box::pin(async move {
            queued.map_err(|error| ComputeError::Task {
                detail: words(&error),
            })?;
            // Whoever ends the workers drops what waits for them.
            outcome.await.unwrap_or(Err(ComputeError::Stopped))
        })
    }

    fn stop(&self) {
        self.0.queue.borrow_mut().clear();
        for member in self.0.members.borrow_mut().drain(..) {
            member.worker.terminate();
            settle(member.task, Err(ComputeError::Stopped));
        }
    }
}

impl Inner {
    /// Gives tasks to workers that have none, and starts workers while there are too few.
    fn hand_out(self: &Rc<Self>) {
        self.queue.borrow_mut().retain(|w| !w.answer.is_canceled());
        let waiting = self.queue.borrow().len();
        let mut members = self.members.borrow_mut();
        let free = members.iter().filter(|m| m.task.is_none()).count();
        let missing = waiting.saturating_sub(free);
        for _ in 0..missing.min(lanes().saturating_sub(members.len())) {
            match self.start() {
                Ok(member) => members.push(member),
                // The workers that are there do it; without any, nobody can.
                Err(error) if members.is_empty() => {
                    for waiting in self.queue.borrow_mut().drain(..) {
                        settle(Some(waiting.answer), Err(died(words(&error))));
                    }
                    return;
                }
                Err(_) => break,
            }
        }
        for member in members.iter_mut() {
            if !member.is_ready || member.task.is_some() {
                continue;
            }
            let Some(next) = self.queue.borrow_mut().pop_front() else {
                return;
            };
            let posted = member
                .worker
                .post_message_with_transfer(&next.message, &next.transfer);
            match posted {
                Ok(()) => member.task = Some(next.answer),
                Err(error) => settle(Some(next.answer), Err(died(words(&error)))),
            }
        }
    }

    fn start(self: &Rc<Self>) -> Result<Member, JsValue> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        options.set_name(COMPUTE);
        let worker = Worker::new_with_options("./worker-boot.js", &options)?;
        let id = self.last_id.get().wrapping_add(1);
        self.last_id.set(id);
        let pool = Rc::downgrade(self);
        let heard = pool.clone();
        let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(pool) = heard.upgrade() {
                pool.hear(id, &event.data());
            }
        });
        let lose = |pool: Weak<Self>, otherwise: &'static str| {
            Closure::<dyn Fn(JsValue)>::new(move |event: JsValue| {
                let message = Reflect::get(&event, &"message".into()).ok();
                let message = message.and_then(|m| m.as_string());
                if let Some(pool) = pool.upgrade() {
                    pool.lose(id, message.unwrap_or_else(|| otherwise.to_owned()));
                }
            })
        };
        let on_error = lose(pool.clone(), "it broke down");
        let on_bad_message = lose(pool, "its answer could not be read");
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        worker.set_onmessageerror(Some(on_bad_message.as_ref().unchecked_ref()));
        Ok(Member {
            id,
            worker,
            is_ready: false,
            task: None,
            _on_message: on_message,
            _on_error: on_error,
            _on_bad_message: on_bad_message,
        })
    }

    fn hear(self: &Rc<Self>, id: u32, message: &JsValue) {
        let mut members = self.members.borrow_mut();
        let Some(member) = members.iter_mut().find(|m| m.id == id) else {
            return;
        };
        let text = message.as_string();
        let task = member.task.take();
        if !member.is_ready {
            member.is_ready = text.as_deref() == Some(READY);
        }
        drop(members);
        let outcome = match text {
            Some(detail) => Err(ComputeError::Task { detail }),
            None => Ok(Float64Array::new(message).to_vec()),
        };
        settle(task, outcome);
        self.hand_out();
    }

    /// A worker broke down: its task has no outcome, and another worker takes its place.
    fn lose(self: &Rc<Self>, id: u32, detail: String) {
        let mut members = self.members.borrow_mut();
        let Some(place) = members.iter().position(|m| m.id == id) else {
            return;
        };
        let member = members.swap_remove(place);
        let none_left = members.is_empty();
        drop(members);
        member.worker.terminate();
        if !member.is_ready && none_left {
            // It never listened, nor will the next one: who waits must not wait for ever.
            for waiting in self.queue.borrow_mut().drain(..) {
                settle(Some(waiting.answer), Err(died(detail.clone())));
            }
        }
        settle(member.task, Err(died(detail)));
        self.hand_out();
    }
}

fn packed(task: &Task, parcel: Parcel) -> Result<(Object, Array), JsValue> {
    let json = serde_json::to_string(task).map_err(|e| JsValue::from(e.to_string()))?;
    let text = Uint8Array::from(parcel.text.as_bytes());
    let numbers = Float64Array::from(&parcel.numbers[..]);
    let rows_f32 = Float32Array::from(&parcel.rows_f32[..]);
    let message = Object::new();
    Reflect::set(&message, &"task".into(), &json.into())?;
    Reflect::set(&message, &"text".into(), &text)?;
    Reflect::set(&message, &"numbers".into(), &numbers)?;
    Reflect::set(&message, &"rows_f32".into(), &rows_f32)?;
    let transfer = Array::of3(&text.buffer(), &numbers.buffer(), &rows_f32.buffer());
    Ok((message, transfer))
}
