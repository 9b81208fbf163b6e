#![doc = include_str!("../README.md")]

#[cfg(target_arch = "wasm32")]
mod attachments;
#[cfg(target_arch = "wasm32")]
mod codec;
#[cfg(target_arch = "wasm32")]
mod host;
#[cfg(target_arch = "wasm32")]
mod message;
#[cfg(target_arch = "wasm32")]
mod reader;
#[cfg(target_arch = "wasm32")]
mod serve;

#[cfg(target_arch = "wasm32")]
pub use self::{
    attachments::Attachments,
    codec::{JsCodec, StructuredCloneCodec},
    host::WorkerHost,
    serve::serve,
};

use assay_calls::Build;

/// The build that this program is from: what `ASSAY_BUILD` was while it was compiled. Page and workers have to be
/// compiled with the same value; without one they count as of one build.
#[must_use]
pub fn build() -> Build {
    Build::new(option_env!("ASSAY_BUILD").unwrap_or("development"))
}

/// The page's side of a worker's calls.
#[cfg(target_arch = "wasm32")]
pub type Client = assay_calls::Client<JsCodec, Attachments>;

/// The calls that a worker answers.
#[cfg(target_arch = "wasm32")]
pub type Registry<Ctx> = assay_calls::Registry<Ctx, JsCodec, Attachments>;
