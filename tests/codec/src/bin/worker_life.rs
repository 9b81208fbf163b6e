//! A page and its worker in one program, to be run in a browser: the worker answers, panics, runs out of memory
//! and is started again, and the page is notified each time. The page writes the result into its document.

fn main() {
    #[cfg(target_arch = "wasm32")]
    life::run();
    #[cfg(not(target_arch = "wasm32"))]
    eprintln!("This runs in a browser: `cargo xtask codec` says how it is built.");
}

#[cfg(target_arch = "wasm32")]
mod life {
    use assay_calls::{
        Announcer, CallFailure, ChannelFailure, ClientEvent, JobKind, JobList, Jobs, NoError,
        WorkerStatus, calls,
    };
    use assay_web_calls::{Attachments, Registry, WorkerHost, serve};
    use std::cell::RefCell;
    use std::future::pending;
    use std::rc::Rc;
    use wasm_bindgen::prelude::*;
    use wasm_bindgen_futures::spawn_local;

    calls! {
        service "life";

        /// The same number.
        Echo {
            /// The number.
            number: f64,
        } -> f64, NoError;
        /// Turns the buffers around.
        Reverse -> u64, NoError;
        /// Never answers.
        Hang -> (), NoError;
        /// Panics.
        Panic -> (), NoError;
        /// Takes all memory.
        Exhaust -> (), NoError;
        /// Leaves a rejected promise behind.
        Reject -> (), NoError;
        /// Runs until it is stopped.
        Work -> String, NoError;
    }

    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(thread_local_v2, js_name = document)]
        static DOCUMENT: JsValue;
    }

    pub(crate) fn run() {
        let global = js_sys::global();
        let has_document = js_sys::Reflect::has(&global, &"document".into());
        match has_document {
            Ok(true) => spawn_local(async {
                let report = page().await;
                let body = js_sys::Reflect::get(&DOCUMENT.with(JsValue::clone), &"body".into());
                let body = body.expect("a document has a body");
                js_sys::Reflect::set(&body, &"textContent".into(), &report.into())
                    .expect("a body takes text");
            }),
            _ => worker(),
        }
    }

    fn worker() {
        let announcer = Announcer::default();
        let jobs = Jobs::new(announcer.clone());
        let mut registry = Registry::<Jobs>::new();
        registry
            .on(|_, call: Echo, _| async move { Ok(call.number) })
            .on(|_, _: Hang, _| pending())
            .on(|_, _: Panic, _| async move { panic!("a fault of the handler") })
            .on(|_, _: Exhaust, _| async move {
                let all: Vec<Vec<u8>> = (0..9).map(|_| Vec::with_capacity(1 << 29)).collect();
                std::hint::black_box(&all);
                Ok(())
            })
            .on(|_, _: Reject, _| async move {
                drop(js_sys::Promise::reject(&"nobody waits".into()));
                Ok(())
            })
            .on(|jobs: Jobs, _: Work, _| async move {
                let job = jobs.start(JobKind::new("work"));
                job.stop_token().stopped().await;
                job.finish();
                Ok("stopped".to_owned())
            })
            .on_with_attachments(|_, _: Reverse, beside: Attachments| async move {
                let turned = |buffer| {
                    let mut bytes = js_sys::Uint8Array::new(buffer).to_vec();
                    bytes.reverse();
                    js_sys::Uint8Array::from(&bytes[..]).buffer()
                };
                let buffers = beside.buffers.iter().map(|b| turned(b)).collect();
                let files = Vec::new();
                Ok((u64::MAX, Attachments { files, buffers }))
            });
        serve(registry, jobs.clone(), &jobs, &announcer);
    }

    async fn page() -> String {
        let events = Rc::new(RefCell::new(Vec::new()));
        let received = events.clone();
        let host = WorkerHost::start("./boot.js", "life", move |e| received.borrow_mut().push(e));
        let client = host.client();
        let mut failed = Vec::new();
        let mut check = |what: &str, holds: bool| {
            if !holds {
                failed.push(what.to_owned());
            }
        };

        let echo = |number| client.ask(Echo { number });
        check("NaN crosses", echo(f64::NAN).await.is_ok_and(f64::is_nan));
        check(
            "infinity crosses",
            echo(f64::INFINITY).await == Ok(f64::INFINITY),
        );
        let reversed = client
            .ask_with(Reverse {}, Attachments::bytes(&[1, 2, 3]))
            .await;
        let is_reversed = reversed.is_ok_and(|answer| {
            let bytes = js_sys::Uint8Array::new(&answer.attachments.buffers[0]).to_vec();
            answer.reply == u64::MAX && bytes == [3, 2, 1]
        });
        check("buffers are handed over both ways", is_reversed);

        let work = client.ask(Work {});
        // A reply that comes after the job's start: messages keep their order.
        check("answers beside a job", echo(1.0).await == Ok(1.0));
        let mut list = JobList::default();
        for event in events.borrow().iter() {
            if let ClientEvent::Event(event) = event {
                list.apply(event, 0.0);
            }
        }
        list.iter().for_each(|job| client.stop(job.id));
        check("a job is stopped", work.await == Ok("stopped".to_owned()));

        let hanging = client.ask(Hang {});
        let panicked = client.ask(Panic {}).await;
        let is_crash = |failure: &CallFailure<NoError>| {
            matches!(failure, CallFailure::Channel(ChannelFailure::WorkerDied { detail })
                if detail.contains("a fault of the handler"))
        };
        check(
            "a panic is reported with its reason",
            panicked.as_ref().is_err_and(is_crash),
        );
        check(
            "a panic fails what waits",
            hanging.await.is_err_and(|f| is_crash(&f)),
        );
        let dead = echo(1.0).await;
        check("a dead worker is not asked", dead.is_err());
        host.restart();
        check("it is started again", echo(2.0).await == Ok(2.0));

        let exhausted = client.ask(Exhaust {}).await;
        let memory = matches!(
            &exhausted,
            Err(CallFailure::Channel(ChannelFailure::OutOfMemory { .. }))
        );
        check(
            &format!("running out of memory is reported: {exhausted:?}"),
            memory,
        );
        host.restart();

        let rejected = client.ask(Reject {}).await;
        let hanging = client.ask(Hang {}).await;
        check(
            &format!("a rejected promise fails what waits: {rejected:?} {hanging:?}"),
            hanging.is_err(),
        );

        let missing = WorkerHost::start("./missing.js", "missing", |_| {});
        let never = missing.client().ask(Hang {}).await;
        check(
            "calls to a worker that can't be loaded fail",
            never.is_err(),
        );
        let is_dead = matches!(missing.client().status(), WorkerStatus::Dead(_));
        check("a worker that can't be loaded is dead", is_dead);

        match failed.is_empty() {
            true => "passed".to_owned(),
            false => format!("failed: {}", failed.join("; ")),
        }
    }
}
