//! Why an adapter can't be used.

use crate::encoder::SafetensorsError;
use crate::gguf::GgufError;
use crate::source::SourceError;
use serde::{Deserialize, Serialize};

/// A part of an adapter that is not supported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum AdapterFeature {
    /// Weight-decomposed LoRA (Liu et al. 2024).
    #[error("DoRA")]
    Dora,
    /// Modules that were trained whole.
    #[error("modules that were trained whole (modules_to_save)")]
    ModulesToSave,
    /// LoRA on the table of embeddings.
    #[error("LoRA on embeddings")]
    Embedding,
    /// LoRA on the matrix that gives logits.
    #[error("LoRA on the output matrix (lm_head)")]
    Output,
    /// Biases that were trained.
    #[error("trained biases (bias, lora_bias)")]
    Bias,
    /// Initialisations that change the base's weights: PiSSA, OLoRA, CorDA, LoftQ.
    #[error("an initialisation that changed the base model (init_lora_weights)")]
    Initialisation,
    /// Layers that were repeated.
    #[error("repeated layers (layer_replication)")]
    Replication,
    /// LoRA on parameters that are no module of their own.
    #[error("LoRA on single parameters (target_parameters)")]
    Parameters,
    /// Adapters that begin to act at a phrase (aLoRA).
    #[error("activation by a phrase (aLoRA)")]
    Invocation,
    /// Another product than LoRA's, such as KaSA's or QA-LoRA's.
    #[error("a variant of LoRA")]
    Variant,
    /// Regular expressions as keys of patterns.
    #[error("a regular expression in rank_pattern or alpha_pattern")]
    Pattern,
    /// PEFT adapters of this family; GGUF adapters of it are read.
    #[error("a PEFT adapter of this family; convert it with llama.cpp's convert_lora_to_gguf.py")]
    PeftFamily,
}

/// Why an adapter can't be used with a base model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum AdapterError {
    /// A file is not there.
    #[error(
        "the file {0} is missing; give adapter_config.json and adapter_model.safetensors together, or one GGUF file"
    )]
    Missing(String),
    /// Weights as a pickle, which can run programs when it is read.
    #[error(
        "{0} is a pickle, which is not read; save the adapter as safetensors: model.save_pretrained(folder, safe_serialization=True)"
    )]
    Pickle(String),
    /// A GGUF file of a whole model, or of something else.
    #[error("this GGUF file is a {0}, not a LoRA adapter")]
    NotLora(String),
    /// The adapter is of another method than LoRA.
    #[error("adapters of the kind {0} are not supported; LoRA adapters are")]
    Method(String),
    /// The configuration can't be read.
    #[error("adapter_config.json can't be read: {0}")]
    Config(String),
    /// There is nothing in it.
    #[error("the adapter updates no matrix")]
    Empty,
    /// A part that is not supported.
    #[error("{feature} is not supported ({place}); merge the adapter into its base model")]
    Feature {
        /// The part.
        feature: AdapterFeature,
        /// The tensor or the key that has it.
        place: String,
    },
    /// The adapter was made for another family.
    #[error("the adapter is for a {found} model and the base is a {expected} model")]
    Family {
        /// The adapter's family.
        found: String,
        /// The base's.
        expected: String,
    },
    /// The base has no such matrix.
    #[error(
        "the adapter updates {tensor}, which the base model ({family}, {layers} layers) does not have"
    )]
    Unknown {
        /// The adapter's tensor.
        tensor: String,
        /// The base's family.
        family: String,
        /// The base's layers.
        layers: usize,
    },
    /// One of the two matrices of an update is missing.
    #[error("{0} is missing, or is not F32, F16 or BF16; save the adapter again")]
    Half(String),
    /// A matrix does not have the base's size.
    #[error(
        "{tensor} has {found} numbers along the base's side and the base model has {expected}; the adapter belongs to another base model"
    )]
    Shape {
        /// The adapter's tensor.
        tensor: String,
        /// Numbers that it has.
        found: usize,
        /// Numbers that the base's matrix has.
        expected: usize,
    },
    /// The ranks of A and B, or of the tensors and the configuration, differ.
    #[error("{tensor} has the rank {found} and should have {expected}")]
    Rank {
        /// The adapter's tensor.
        tensor: String,
        /// Its rank.
        found: usize,
        /// The other's.
        expected: usize,
    },
    /// A number is infinite or none.
    #[error("{0} holds a number that is not finite; the training may have diverged")]
    NotFinite(String),
    /// The GGUF file is damaged.
    #[error(transparent)]
    Gguf(#[from] GgufError),
    /// The safetensors file is damaged.
    #[error(transparent)]
    Safetensors(#[from] SafetensorsError),
    /// A file can't be read.
    #[error(transparent)]
    Source(#[from] SourceError),
}
