//! Language models: what a GGUF file holds ([`gguf`]), its tokeniser ([`tokenizer`]) and chat
//! template ([`chat`]), what the families of models are made of ([`arch`]), the forward pass
//! ([`cpu`], [`gpu`]), and how a text's tokens are laid into windows and scored ([`scoring`]). Encoders,
//! which read a text in both directions and give numbers for its meaning, go through the same passes
//! ([`encoder`]).
//!
//! Knows no page. Files come through [`source::Source`], so that a file of any size is read piece by
//! piece from wherever it lies.

pub mod arch;
pub mod batch;
pub mod chat;
pub mod cpu;
pub mod encoder;
pub mod gguf;
pub mod gpu;
pub mod model;
pub mod quant;
pub mod scoring;
pub mod source;
pub mod store;
pub mod tokenizer;
pub mod weights;
pub mod windows;

pub use batch::{Batch, TokenScore};
pub use gguf::{Gguf, GgufError};
pub use model::{Model, ModelError};
pub use tokenizer::Tokenizer;
