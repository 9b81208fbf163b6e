//! The page's side of the channel to the data worker. Requests made before the worker listens
//! wait here.

use assay_protocol::messages::{Request, Response};
use js_sys::{Array, Object, Reflect};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{File, MessageEvent, Worker, WorkerOptions, WorkerType};

/// The data worker as the page sees it.
pub struct Bridge {
    worker: Worker,
    waiting: Rc<RefCell<Option<Vec<JsValue>>>>,
    _listen: Closure<dyn Fn(MessageEvent)>,
}

impl Bridge {
    /// Starts the worker; `receive` gets every answer.
    ///
    /// # Errors
    /// When the browser refuses to start a module worker.
    pub fn start(receive: impl Fn(Response) + 'static) -> Result<Self, JsValue> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options("./worker-boot.js", &options)?;
        let waiting = Rc::new(RefCell::new(Some(Vec::new())));
        let (queue, port) = (waiting.clone(), worker.clone());
        let listen = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            let text = event.data().as_string().unwrap_or_default();
            match serde_json::from_str(&text) {
                Ok(Response::Ready) => {
                    for message in queue.borrow_mut().take().into_iter().flatten() {
                        let _ = port.post_message(&message);
                    }
                }
                Ok(response) => receive(response),
                Err(_) => {}
            }
        });
        worker.set_onmessage(Some(listen.as_ref().unchecked_ref()));
        Ok(Self {
            worker,
            waiting,
            _listen: listen,
        })
    }

    /// Sends a request, with the files it is about.
    pub fn send(&self, request: &Request, files: &[File]) {
        let message = Object::new();
        let text = serde_json::to_string(request).unwrap_or_default();
        let list: Array = files.iter().collect();
        let _ = Reflect::set(&message, &"request".into(), &text.into());
        let _ = Reflect::set(&message, &"files".into(), &list);
        match self.waiting.borrow_mut().as_mut() {
            Some(queue) => queue.push(message.into()),
            None => {
                let _ = self.worker.post_message(&message);
            }
        }
    }
}
