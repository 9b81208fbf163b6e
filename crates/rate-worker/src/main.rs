//! The worker of a rater's page: the rater's service alone, so that a link opens quickly.

#[cfg(target_arch = "wasm32")]
fn main() {
    use assay_calls::{Announcer, Jobs};
    use assay_platform::browser::{BrowserClock, BrowserDisk, input_files};
    use assay_rater::{RaterService, register};
    use assay_web_calls::{Registry, serve};
    use std::rc::Rc;

    let announcer = Announcer::default();
    let jobs = Jobs::new(announcer.clone());
    let service = RaterService::new(Rc::new(BrowserDisk), Rc::new(BrowserClock));
    let mut registry = Registry::new();
    register(&mut registry, &Rc::new(service), input_files);
    serve(registry, (), &jobs, &announcer);
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!(
        "This is the worker of a rater's page; `cargo xtask serve` builds it and shows the page."
    );
}
