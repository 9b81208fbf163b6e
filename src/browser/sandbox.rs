//! The sandbox in which programs run: a frame of no origin whose own policy permits no request, which
//! starts a worker with a fresh Python for each program. The page only hands over Pyodide's parts and
//! programs, and takes their outcomes.

use crate::browser::files::window;
use assay_codeeval::{Outcome, State};
use assay_protocol::programs::Program;
use futures_channel::oneshot;
use futures_util::future::{Either, select};
use gloo::timers::future::TimeoutFuture;
use js_sys::{Array, Object, Reflect, Uint8Array};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlIFrameElement, MessageChannel, MessageEvent, MessagePort, Response};

/// Where the parts lie beside the page.
const FOLDER: &str = "./python/";
/// The parts that are text, and those that are bytes: name in the message, file.
const TEXTS: [(&str, &str); 4] = [
    ("pyodide", "pyodide.mjs"),
    ("asm", "pyodide.asm.mjs"),
    ("lock", "pyodide-lock.json"),
    ("worker", "program.js"),
];
const BYTES: [(&str, &str); 2] = [
    ("wasm", "pyodide.asm.wasm"),
    ("stdlib", "python_stdlib.zip"),
];
/// Programs at once, at most: each holds an interpreter of some 50 MB.
const MOST_LANES: usize = 4;

/// Milliseconds in which the sandbox has to be ready.
const PATIENCE_MS: u32 = 60_000;

/// What a program may take.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// Seconds.
    pub seconds: f64,
    /// Megabytes of memory, the interpreter's own among them.
    pub megabytes: f64,
}

/// How a program ended, or why none can be run here.
type Ended = Result<Outcome, String>;

/// The outcomes that are awaited, by the program's place.
type Awaited = Rc<RefCell<HashMap<usize, oneshot::Sender<Ended>>>>;

/// A sandbox; dropping it ends everything in it.
pub struct Sandbox {
    frame: HtmlIFrameElement,
    port: MessagePort,
    limits: Limits,
    awaited: Awaited,
    _listen: Closure<dyn FnMut(MessageEvent)>,
    _load: Closure<dyn FnMut()>,
}

/// How many programs run at once: one a core.
pub fn lanes() -> usize {
    let cores = window().navigator().hardware_concurrency() as usize;
    cores.clamp(1, MOST_LANES)
}

async fn part(file: &str) -> Result<Response, JsValue> {
    let response = JsFuture::from(window().fetch_with_str(&format!("{FOLDER}{file}"))).await?;
    let response: Response = response.dyn_into()?;
    if response.ok() {
        Ok(response)
    } else {
        Err(format!("{file}: {}", response.status()).into())
    }
}

/// What a browser's error says.
fn detail(error: JsValue) -> String {
    match error.dyn_ref::<js_sys::Error>() {
        Some(error) => String::from(error.message()),
        None => error.as_string().unwrap_or_else(|| format!("{error:?}")),
    }
}

impl Sandbox {
    /// Loads the parts, puts up the frame, and waits until it can run programs.
    ///
    /// # Errors
    /// What the browser says when a part is not beside the page, or the frame can't run programs.
    pub async fn start(limits: Limits) -> Result<Self, String> {
        let (ready, is_ready) = oneshot::channel();
        let sandbox = Self::load(limits, ready).await.map_err(detail)?;
        // A frame that can't be loaded, as without a network, says nothing at all.
        match select(is_ready, TimeoutFuture::new(PATIENCE_MS)).await {
            Either::Left((Ok(Ok(())), _)) => Ok(sandbox),
            Either::Left((Ok(Err(detail)), _)) => Err(detail),
            Either::Left((Err(_), _)) | Either::Right(_) => Err("sandbox.html".to_owned()),
        }
    }

    async fn load(
        limits: Limits,
        ready: oneshot::Sender<Result<(), String>>,
    ) -> Result<Self, JsValue> {
        let parts = load_parts().await?;
        let document = window().document().ok_or("no document")?;
        let frame: HtmlIFrameElement = document.create_element("iframe")?.dyn_into()?;
        frame.set_attribute("sandbox", "allow-scripts")?;
        frame.set_attribute("hidden", "")?;
        frame.set_attribute("title", "Python")?;
        frame.set_src(&format!("{FOLDER}sandbox.html"));
        let channel = MessageChannel::new()?;
        let port = channel.port1();
        let awaited = Awaited::default();
        let listen = listener(ready, awaited.clone());
        port.set_onmessage(Some(listen.as_ref().unchecked_ref()));
        let (far, own) = (channel.port2(), frame.clone());
        let load = Closure::once(move || {
            if let Some(inside) = own.content_window() {
                // A document of no origin can't be named: the channel goes to whoever is in the frame. Where
                // it does not arrive, the frame never says that it is ready, and starting it times out.
                let _ = inside.post_message_with_transfer(&parts, "*", &Array::of1(&far));
            }
        });
        frame.set_onload(Some(load.as_ref().unchecked_ref()));
        document.body().ok_or("no body")?.append_child(&frame)?;
        Ok(Self {
            frame,
            port,
            limits,
            awaited,
            _listen: listen,
            _load: load,
        })
    }

    /// Runs a program and waits for its outcome; nothing where the sandbox ended before.
    ///
    /// # Errors
    /// What the browser says when the program can't be handed over, or what the frame says when Python never starts.
    pub async fn run(&self, program: &Program) -> Result<Option<Outcome>, String> {
        let task = self.task(program).map_err(detail)?;
        let (end, ended) = oneshot::channel();
        self.awaited.borrow_mut().insert(program.place, end);
        self.port.post_message(&task).map_err(detail)?;
        ended.await.ok().transpose()
    }

    fn task(&self, program: &Program) -> Result<Object, JsValue> {
        let task = Object::new();
        let fields: [(&str, JsValue); 4] = [
            ("id", (program.place as f64).into()),
            ("program", program.source.as_str().into()),
            ("seconds", self.limits.seconds.into()),
            ("megabytes", self.limits.megabytes.into()),
        ];
        for (name, value) in fields {
            Reflect::set(&task, &name.into(), &value)?;
        }
        Ok(task)
    }
}

/// Pyodide's parts and the worker's program, for the frame, which can fetch nothing itself.
async fn load_parts() -> Result<Object, JsValue> {
    let parts = Object::new();
    Reflect::set(&parts, &"kind".into(), &"parts".into())?;
    for (name, file) in TEXTS {
        let text = JsFuture::from(part(file).await?.text()?).await?;
        Reflect::set(&parts, &name.into(), &text)?;
    }
    for (name, file) in BYTES {
        let bytes = JsFuture::from(part(file).await?.array_buffer()?).await?;
        Reflect::set(&parts, &name.into(), &Uint8Array::new(&bytes).buffer())?;
    }
    Ok(parts)
}

/// Hands what the frame says to whoever waits for it.
fn listener(
    ready: oneshot::Sender<Result<(), String>>,
    awaited: Awaited,
) -> Closure<dyn FnMut(MessageEvent)> {
    let mut ready = Some(ready);
    Closure::new(move |event: MessageEvent| match heard(&event.data()) {
        Some(Heard::Ready(state)) => {
            if let Some(ready) = ready.take() {
                // Whoever started it has given up in the meantime.
                ready.send(state).ok();
            }
        }
        Some(Heard::Ended(place, ended)) => {
            if let Some(end) = awaited.borrow_mut().remove(&place) {
                // The run was stopped in the meantime.
                end.send(ended).ok();
            }
        }
        None => {}
    })
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.port.set_onmessage(None);
        self.port.close();
        self.frame.set_onload(None);
        self.frame.remove();
    }
}

/// What the frame says.
enum Heard {
    /// Whether it can run programs, or why not.
    Ready(Result<(), String>),
    /// How the program at a place ended.
    Ended(usize, Ended),
}

/// What a message says; nothing where it is none of ours.
fn heard(data: &JsValue) -> Option<Heard> {
    let field = |name: &str| Reflect::get(data, &name.into()).ok();
    let text = |name: &str| field(name).and_then(|v| v.as_string()).unwrap_or_default();
    let place = field("id").and_then(|id| id.as_f64());
    let (state, detail) = (text("state"), text("detail"));
    // What has no place is said of the frame and not of a program.
    match (state.as_str(), place) {
        ("ready", None) => Some(Heard::Ready(Ok(()))),
        ("unusable", None) => Some(Heard::Ready(Err(detail))),
        ("unusable", Some(place)) => Some(Heard::Ended(place as usize, Err(detail))),
        (state, place) => {
            let state = State::named(state)?;
            let outcome = Outcome { state, detail };
            Some(Heard::Ended(place? as usize, Ok(outcome)))
        }
    }
}
