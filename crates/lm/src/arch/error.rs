//! Why a model is not supported, as values, so that it can be said in any language.

use crate::gguf::GgufError;
use serde::{Deserialize, Serialize};

/// Why a model is not supported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum ArchError {
    /// Another family.
    #[error("models of the family {found} are not supported; supported are {supported}")]
    Family {
        /// Its name in the file.
        found: String,
        /// The names of those that are.
        supported: String,
    },
    /// An adapter, such as LoRA's, and no whole model.
    #[error(
        "this is an adapter and no whole model; merge it into its base model first, or open the base model and give the adapter beside it"
    )]
    Adapter,
    /// A feature of a supported family that is not.
    #[error("this {family} model needs what is not supported: {feature}")]
    Feature {
        /// The family.
        family: String,
        /// The feature.
        #[source]
        feature: ArchFeature,
    },
    /// The metadata makes no sense.
    #[error(transparent)]
    Gguf(#[from] GgufError),
}

/// What a model of a supported family may have that is not supported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum ArchFeature {
    /// A mixture of experts.
    #[error("a mixture of experts")]
    Experts,
    /// Layers that predict tokens beyond the next.
    #[error("layers that predict several tokens at once")]
    SeveralTokens,
    /// Heads that don't share out, or whose keys and values differ in length.
    #[error("the number or the size of its attention heads")]
    Heads,
    /// More rotated components than a head has, or an odd number.
    #[error("the number of components that positions rotate")]
    RotatedComponents,
    /// A way to scale positions.
    #[error("positions scaled by {0}")]
    PositionScaling(String),
    /// YaRN with a factor for attention that is not the usual one.
    #[error("YaRN with an attention factor of its own")]
    YarnAttention,
    /// Neither rotary nor learned positions.
    #[error("positions that are not in the file")]
    Positions,
    /// Layers with a window in another order than one without after some with.
    #[error("the order of its layers with a sliding window")]
    WindowOrder,
    /// No window in a family whose layers have one.
    #[error("layers without a sliding window throughout")]
    NoWindow,
    /// Weights of norms that differ between heads.
    #[error("a norm of its own for each attention head")]
    HeadNorms,
    /// Positions in two dimensions.
    #[error("positions of images")]
    ImagePositions,
}
