//! Families of models. Each is a description ([`Shape`]) read from the file's metadata; the blocks it
//! is made of are shared, and the forward pass knows only descriptions. What a layer has besides
//! (biases, norms of queries and keys, norms behind the blocks, fused projections) shows in which
//! tensors the file holds.

mod fields;
mod gemma;
mod gpt2;
mod llama;
mod phi3;
mod qwen;
mod shape;

pub use fields::{ArchError, Fields};
pub use shape::{Activation, Norm, NormPlace, RopeStyle, Rotary, Shape};

use super::gguf::Gguf;

type Describe = fn(&Fields) -> Result<Shape, ArchError>;

/// The families and who describes them.
pub const FAMILIES: [(&str, Describe); 7] = [
    ("llama", llama::describe),
    ("qwen2", qwen::describe_qwen2),
    ("qwen3", qwen::describe_qwen3),
    ("gemma2", gemma::describe_gemma2),
    ("gemma3", gemma::describe_gemma3),
    ("phi3", phi3::describe),
    ("gpt2", gpt2::describe),
];

/// The shape of a file's model.
///
/// # Errors
/// When the family or one of its features is not supported, or the metadata lacks something.
pub fn describe(gguf: &Gguf) -> Result<Shape, ArchError> {
    if gguf.metadata.text("general.type") == Some("adapter") {
        return Err(ArchError::Adapter);
    }
    let found = gguf.metadata.text("general.architecture").unwrap_or("");
    let family = FAMILIES.iter().find(|(name, _)| *name == found);
    let (family, describe) = family.ok_or_else(|| ArchError::Family {
        found: if found.is_empty() {
            "(none named)"
        } else {
            found
        }
        .to_owned(),
        supported: FAMILIES.map(|f| f.0).join(", "),
    })?;
    describe(&Fields::of(gguf, family))
}
