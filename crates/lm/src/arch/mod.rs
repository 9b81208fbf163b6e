//! Families of models. Each is a description ([`Shape`]) read from the file's metadata; the blocks it
//! is made of are shared, and the forward pass knows only descriptions. What a layer has besides
//! (biases, norms of queries and keys, norms behind the blocks, fused projections) shows in which
//! tensors the file holds.

mod cohere;
mod error;
mod fields;
mod gemma;
mod glm;
mod gpt2;
mod granite;
mod layer_norm;
mod llama;
mod olmo2;
mod phi3;
mod qwen;
mod shape;

pub use error::{ArchError, ArchFeature};
pub use fields::Fields;
pub use shape::{
    Activation, Norm, NormPlace, QueryKeyNorm, RopeStyle, Rotary, RotaryLayers, Shape, Yarn,
};

use super::gguf::Gguf;

type Describe = fn(&Fields) -> Result<Shape, ArchError>;

/// The families and who describes them.
pub const FAMILIES: [(&str, Describe); 27] = [
    ("llama", llama::describe),
    ("qwen2", qwen::describe),
    ("qwen3", qwen::describe),
    ("gemma", gemma::describe_gemma),
    ("gemma2", gemma::describe_gemma2),
    ("gemma3", gemma::describe_gemma3),
    ("phi3", phi3::describe),
    ("gpt2", gpt2::describe),
    ("mistral3", llama::describe_mistral3),
    ("smollm3", llama::describe_smollm3),
    ("granite", granite::describe),
    ("minicpm", granite::describe_minicpm),
    ("internlm2", llama::describe_usual),
    ("ernie4_5", llama::describe_usual),
    ("glm4", glm::describe),
    ("chatglm", glm::describe),
    ("hunyuan-dense", qwen::describe_hunyuan),
    ("seed_oss", qwen::describe_seed_oss),
    ("olmo2", olmo2::describe),
    ("exaone", qwen::describe),
    ("exaone4", olmo2::describe_exaone4),
    ("command-r", cohere::describe_command_r),
    ("cohere2", cohere::describe_cohere2),
    ("stablelm", layer_norm::describe_stablelm),
    ("starcoder2", layer_norm::describe_starcoder2),
    ("nemotron", layer_norm::describe_nemotron),
    ("arcee", llama::describe_arcee),
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
