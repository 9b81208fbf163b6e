//! The data worker's side of the channel to the model worker.

use assay_core::model::{Command, Reply};
use futures_channel::mpsc::{UnboundedReceiver, unbounded};
use js_sys::{Array, Object, Reflect};
use std::cell::RefCell;
use std::future::poll_fn;
use std::pin::Pin;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, MessageEvent, Worker, WorkerOptions, WorkerType};

/// A model worker.
pub struct ModelLink {
    worker: Worker,
    replies: RefCell<UnboundedReceiver<Reply>>,
    /// Whether the browser has WebGPU.
    pub gpu: bool,
    _listen: Closure<dyn Fn(MessageEvent)>,
    _fail: Closure<dyn Fn(JsValue)>,
}

impl ModelLink {
    /// Starts a model worker and waits until it listens.
    ///
    /// # Errors
    /// The browser's words when it refuses.
    pub async fn start() -> Result<Self, String> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options("./model-boot.js", &options);
        let worker = worker.map_err(|e| format!("{e:?}"))?;
        let (tell, replies) = unbounded();
        let broken = tell.clone();
        let listen = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            let text = event.data().as_string().unwrap_or_default();
            if let Ok(reply) = serde_json::from_str(&text) {
                // Nobody listens when the link is being dropped.
                let _ = tell.unbounded_send(reply);
            }
        });
        let fail = Closure::<dyn Fn(JsValue)>::new(move |event: JsValue| {
            let words = Reflect::get(&event, &"message".into()).unwrap_or_default();
            let words = words.as_string().unwrap_or_default();
            let _ = broken.unbounded_send(Reply::Failed {
                sentence: format!("the model worker ended: {words}"),
                lost: true,
            });
        });
        worker.set_onmessage(Some(listen.as_ref().unchecked_ref()));
        worker.set_onerror(Some(fail.as_ref().unchecked_ref()));
        let mut link = Self {
            worker,
            replies: RefCell::new(replies),
            gpu: false,
            _listen: listen,
            _fail: fail,
        };
        match link.next().await {
            Reply::Ready { gpu } => link.gpu = gpu,
            Reply::Failed { sentence, .. } => return Err(sentence),
            _ => return Err("the model worker did not start".into()),
        }
        Ok(link)
    }

    /// Sends a command, with the files it is about.
    pub fn send(&self, command: &Command, files: &[Blob]) {
        let message = Object::new();
        let text = serde_json::to_string(command).unwrap_or_default();
        let files: Array = files.iter().collect();
        let _ = Reflect::set(&message, &"command".into(), &text.into());
        let _ = Reflect::set(&message, &"files".into(), &files);
        let _ = self.worker.post_message(&message);
    }

    /// The next reply.
    pub async fn next(&self) -> Reply {
        use futures_core::Stream;
        let next = poll_fn(|cx| Pin::new(&mut *self.replies.borrow_mut()).poll_next(cx)).await;
        next.unwrap_or_else(|| Reply::Failed {
            sentence: "the model worker ended".into(),
            lost: true,
        })
    }
}

impl Drop for ModelLink {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}
