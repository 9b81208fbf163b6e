//! The worker that reads texts as trees. Its program holds the readers of Markdown, LaTeX, JSON and programs, and is
//! loaded when the first text is shown that way.

use assay_calls::{Announcer, Jobs};
use assay_markup::parse;
use assay_protocol::markup::ParseTexts;
use assay_web_calls::{Registry, serve};

/// Answers the page.
pub fn start() {
    console_error_panic_hook::set_once();
    let announcer = Announcer::default();
    let jobs = Jobs::new(announcer.clone());
    let mut registry: Registry<()> = Registry::new();
    registry
        .on(|(), call: ParseTexts, _| async move { Ok(call.texts.iter().map(parse).collect()) });
    serve(registry, (), &jobs, &announcer);
}
