//! The data worker's compute workers, one a core: started when first needed, ended at once when
//! the person stops the work.

use super::channel::{COMPUTE, scope};
use super::compute_worker::READY;
use assay_eval::{Parcel, Task};
use js_sys::{Array, Float32Array, Float64Array, Function, Object, Promise, Reflect, Uint8Array};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageEvent, Worker, WorkerOptions, WorkerType};

/// More workers than this only wait for one another's memory.
const MOST: usize = 8;

type Waiting = Rc<RefCell<Option<(Function, Function)>>>;

/// A compute worker.
pub struct Member {
    worker: Worker,
    /// Who waits for its next message: on success, on failure.
    waiting: Waiting,
    ready: Cell<bool>,
    /// Whether someone gives it tasks.
    pub busy: Cell<bool>,
    _listen: Closure<dyn Fn(MessageEvent)>,
    _fail: Closure<dyn Fn(JsValue)>,
}

/// All compute workers.
#[derive(Default)]
pub struct Pool {
    members: RefCell<Vec<Rc<Member>>>,
}

impl Pool {
    /// The workers, started if they are not.
    ///
    /// # Errors
    /// When the browser refuses to start one.
    pub fn members(&self) -> Result<Vec<Rc<Member>>, JsValue> {
        let mut members = self.members.borrow_mut();
        if members.is_empty() {
            let cores = scope().navigator().hardware_concurrency() as usize;
            for _ in 0..cores.clamp(1, MOST) {
                members.push(Rc::new(Member::start()?));
            }
        }
        Ok(members.clone())
    }

    /// Ends all workers, whatever they do. Who waits for one gets an error.
    pub fn stop(&self) {
        for member in self.members.borrow_mut().drain(..) {
            member.worker.terminate();
            settle(&member.waiting, Err("stopped".into()));
        }
    }
}

/// Gives the answer to who waits, if anyone does.
fn settle(waiting: &Waiting, answer: Result<JsValue, JsValue>) {
    if let Some((resolve, reject)) = waiting.borrow_mut().take() {
        let _ = match answer {
            Ok(value) => resolve.call1(&JsValue::NULL, &value),
            Err(error) => reject.call1(&JsValue::NULL, &error),
        };
    }
}

impl Member {
    fn start() -> Result<Self, JsValue> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        options.set_name(COMPUTE);
        let worker = Worker::new_with_options("./worker-boot.js", &options)?;
        let waiting = Waiting::default();
        let heard = waiting.clone();
        let listen = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            settle(&heard, Ok(event.data()));
        });
        let failed = waiting.clone();
        let fail = Closure::<dyn Fn(JsValue)>::new(move |event: JsValue| {
            let words = Reflect::get(&event, &"message".into()).unwrap_or_default();
            settle(&failed, Err(words));
        });
        worker.set_onmessage(Some(listen.as_ref().unchecked_ref()));
        worker.set_onerror(Some(fail.as_ref().unchecked_ref()));
        Ok(Self {
            worker,
            waiting,
            ready: Cell::new(false),
            busy: Cell::new(false),
            _listen: listen,
            _fail: fail,
        })
    }

    async fn answer(&self) -> Result<JsValue, String> {
        let waiting = self.waiting.clone();
        let promise = Promise::new(&mut |resolve, reject| {
            *waiting.borrow_mut() = Some((resolve, reject));
        });
        let words = |e: JsValue| e.as_string().unwrap_or_else(|| "the worker ended".into());
        JsFuture::from(promise).await.map_err(words)
    }

    /// Runs one task; a member takes one at a time.
    ///
    /// # Errors
    /// The browser's words when the worker broke down or was stopped.
    pub async fn run(&self, task: &Task, parcel: Parcel) -> Result<Vec<f64>, String> {
        if !self.ready.get() {
            let word = self.answer().await?;
            if word.as_string().as_deref() != Some(READY) {
                return Err("the worker did not start".into());
            }
            self.ready.set(true);
        }
        let words = |e: JsValue| format!("{e:?}");
        let (message, transfer) = packed(task, parcel).map_err(words)?;
        let post = self.worker.post_message_with_transfer(&message, &transfer);
        post.map_err(words)?;
        let answer = self.answer().await?;
        match answer.as_string() {
            Some(sentence) => Err(sentence),
            None => Ok(Float64Array::new(&answer).to_vec()),
        }
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
