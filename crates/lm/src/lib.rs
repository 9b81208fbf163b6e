//! Quantised language models and text encoders: GGUF and safetensors files, tokenisers, chat templates, forward passes on
//! the processor and on WebGPU, and exact scoring of texts.
//!
//! ```no_run
//! use assay_lm::gguf::Gguf;
//! use assay_lm::source::FileSource;
//! use assay_lm::tokenizer::Tokenizer;
//!
//! let file = FileSource::open("model.gguf".as_ref())?;
//! let gguf = pollster::block_on(Gguf::read(&[&file]))?;
//! let tokenizer = Tokenizer::new(&gguf)?;
//! // Plain text: control tokens written in it stay text, and the model's beginning and end are added.
//! let ids = tokenizer.encode("The capital of France is Paris.", false, true)?;
//! println!("{} tokens", ids.len());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Files come through the trait `Source`, piece by piece, so that a model larger than memory can be read from anywhere.
//! This crate must not know tables, metrics or a page.
//!
//! Language models: what a GGUF file holds ([`gguf`]), a LoRA adapter for it ([`adapter`]), its tokeniser ([`tokenizer`]) and chat
//! template ([`chat`]), what the families of models are made of ([`arch`]), the forward pass
//! ([`cpu`], [`gpu`]), and how a text's tokens are laid into windows and scored ([`scoring`]). Encoders,
//! which read a text in both directions and give numbers for its meaning, go through the same passes
//! ([`encoder`]).
//!
//! Knows no page. Files come through [`source::Source`], so that a file of any size is read piece by
//! piece from wherever it lies.

pub mod adapter;
pub mod arch;
pub mod batch;
pub mod chat;
pub mod choices;
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

pub use adapter::{Adapter, AdapterError};
pub use batch::{Batch, TokenScore};
pub use gguf::{Gguf, GgufError};
pub use model::{Model, ModelError};
pub use tokenizer::Tokenizer;
