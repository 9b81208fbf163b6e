//! The sandbox in which programs run: a frame of no origin whose own policy permits no request, which
//! starts a worker with a fresh Python for each program. The page only hands over Pyodide's parts and
//! programs, and takes what they came to.

use crate::browser::files::window;
use assay_codeeval::{Outcome, State};
use gloo::timers::callback::Timeout;
use js_sys::{Array, Object, Reflect, Uint8Array};
use std::cell::Cell;
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

/// Milliseconds in which the sandbox has to stand.
const PATIENCE: u32 = 60_000;

/// What a program may take.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// Seconds.
    pub seconds: f64,
    /// Megabytes of memory, the interpreter's own among them.
    pub megabytes: f64,
}

/// From the sandbox.
#[derive(Debug)]
pub enum SandboxNews {
    /// It stands.
    Ready,
    /// It can't be used.
    Unusable(String),
    /// A program is through.
    Done(usize, Outcome),
}

/// A sandbox; dropping it ends everything in it.
pub struct Sandbox {
    frame: HtmlIFrameElement,
    port: MessagePort,
    limits: Limits,
    _patience: Timeout,
    _listen: Closure<dyn Fn(MessageEvent)>,
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

impl Sandbox {
    /// Loads the parts and puts up the frame; `tell` hears when it stands, and of every program.
    ///
    /// # Errors
    /// What the browser says when a part is not beside the page.
    pub async fn start(
        limits: Limits,
        tell: impl Fn(SandboxNews) + 'static,
    ) -> Result<Self, JsValue> {
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
        let document = window().document().ok_or("no document")?;
        let frame: HtmlIFrameElement = document.create_element("iframe")?.dyn_into()?;
        frame.set_attribute("sandbox", "allow-scripts")?;
        frame.set_attribute("hidden", "")?;
        frame.set_attribute("title", "Python")?;
        frame.set_src(&format!("{FOLDER}sandbox.html"));
        let channel = MessageChannel::new()?;
        let port = channel.port1();
        // A frame that can't be loaded, as without a network, says nothing at all.
        let (tell, stands) = (Rc::new(tell), Rc::new(Cell::new(false)));
        let (late, up) = (tell.clone(), stands.clone());
        let patience = Timeout::new(PATIENCE, move || {
            if !up.get() {
                late(SandboxNews::Unusable("sandbox.html".to_owned()));
            }
        });
        let listen = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(news) = heard(&event.data()) {
                stands.set(true);
                tell(news);
            }
        });
        port.set_onmessage(Some(listen.as_ref().unchecked_ref()));
        let (far, own) = (channel.port2(), frame.clone());
        let load = Closure::once(move || {
            if let Some(inside) = own.content_window() {
                // A document of no origin can't be named: the channel goes to whoever is in the frame. Where
                // it does not arrive, the frame never says that it is ready, which `patience` reports.
                let _ = inside.post_message_with_transfer(&parts, "*", &Array::of1(&far));
            }
        });
        frame.set_onload(Some(load.as_ref().unchecked_ref()));
        document.body().ok_or("no body")?.append_child(&frame)?;
        Ok(Self {
            frame,
            port,
            limits,
            _patience: patience,
            _listen: listen,
            _load: load,
        })
    }

    /// Runs a program.
    pub fn run(&self, place: usize, program: &str) {
        let task = Object::new();
        let fields: [(&str, JsValue); 4] = [
            ("id", (place as f64).into()),
            ("program", program.into()),
            ("seconds", self.limits.seconds.into()),
            ("megabytes", self.limits.megabytes.into()),
        ];
        for (name, value) in fields {
            // Setting a field of a plain object does not fail.
            let _ = Reflect::set(&task, &name.into(), &value);
        }
        // Texts and numbers can always be copied.
        let _ = self.port.post_message(&task);
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.port.set_onmessage(None);
        self.port.close();
        self.frame.set_onload(None);
        self.frame.remove();
    }
}

/// What a message says; nothing where it is none of ours.
fn heard(data: &JsValue) -> Option<SandboxNews> {
    let field = |name: &str| Reflect::get(data, &name.into()).ok();
    let text = |name: &str| field(name).and_then(|v| v.as_string()).unwrap_or_default();
    match text("state").as_str() {
        "ready" => Some(SandboxNews::Ready),
        "unusable" => Some(SandboxNews::Unusable(text("detail"))),
        state => {
            let place = field("id")?.as_f64()? as usize;
            let outcome = Outcome {
                state: State::named(state)?,
                detail: text("detail"),
            };
            Some(SandboxNews::Done(place, outcome))
        }
    }
}
