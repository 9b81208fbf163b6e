//! A family's metadata, as its description reads it, and why a model is not supported.

use super::shape::{Activation, Norm, NormPlace, RopeStyle, Rotary, Shape};
use crate::gguf::{Gguf, GgufError, TensorInfo};
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
    #[error("{feature} of this {family} model is not supported")]
    Feature {
        /// The family.
        family: String,
        /// The feature.
        feature: String,
    },
    /// The metadata makes no sense.
    #[error(transparent)]
    Gguf(#[from] GgufError),
}

/// Most of anything that a header may ask for; real models have far less.
const MOST: usize = 1 << 20;

/// A family's metadata.
pub struct Fields<'a> {
    gguf: &'a Gguf,
    family: &'static str,
}

impl<'a> Fields<'a> {
    /// Those of a file's metadata.
    pub(super) fn of(gguf: &'a Gguf, family: &'static str) -> Self {
        Self { gguf, family }
    }

    fn key(&self, name: &str) -> String {
        format!("{}.{name}", self.family)
    }

    pub(super) fn number(&self, name: &str) -> Option<f64> {
        let number = self.gguf.metadata.number(&self.key(name));
        number.filter(|x| x.is_finite())
    }

    pub(super) fn count(&self, name: &str) -> Result<usize, GgufError> {
        self.gguf.metadata.count(&self.key(name), MOST)
    }

    pub(super) fn feature(&self, feature: impl Into<String>) -> ArchError {
        ArchError::Feature {
            family: self.family.to_owned(),
            feature: feature.into(),
        }
    }

    /// What all families share: a gated block with root-mean-square norms.
    pub(super) fn usual(&self) -> Result<Shape, ArchError> {
        if self.number("expert_count").is_some_and(|n| n > 0.0) {
            return Err(self.feature("a mixture of experts"));
        }
        let width = self.count("embedding_length")?;
        let heads = self.count("attention.head_count")?;
        let kv_heads = self.count("attention.head_count_kv").unwrap_or(heads);
        let head = self.count("attention.key_length").unwrap_or(width / heads);
        let value = self.count("attention.value_length").unwrap_or(head);
        if !heads.is_multiple_of(kv_heads) || head == 0 || head != value || !head.is_multiple_of(2)
        {
            return Err(self.feature("the number or the size of heads"));
        }
        let embedding = self.gguf.tensors.get("token_embd.weight");
        let vocabulary = embedding.map(TensorInfo::rows);
        Ok(Shape {
            family: self.family,
            layers: self.count("block_count")?,
            width,
            hidden: self.count("feed_forward_length")?,
            heads,
            kv_heads,
            head_dim: head,
            vocabulary: vocabulary.ok_or(GgufError::Missing("token_embd.weight".into()))?,
            context: self.count("context_length")?,
            norm: Norm::Rms,
            norm_place: NormPlace::PreNorm,
            epsilon: self
                .number("attention.layer_norm_rms_epsilon")
                .unwrap_or(1e-5) as f32,
            rotary: Some(self.rotary(RopeStyle::Interleaved, head)?),
            local_rotary: None,
            window: None,
            window_pattern: 0,
            attention_scale: 1.0 / (head as f32).sqrt(),
            attention_cap: None,
            logit_cap: None,
            embedding_scale: 1.0,
            activation: Activation::Silu,
            gated: true,
        })
    }

    pub(super) fn rotary(&self, style: RopeStyle, head: usize) -> Result<Rotary, ArchError> {
        let kind = self.gguf.metadata.text(&self.key("rope.scaling.type"));
        let factor = self
            .number("rope.scaling.factor")
            .or(self.number("rope.scale_linear"));
        let scale = match kind {
            Some("linear") | None => 1.0 / factor.filter(|f| *f > 0.0).unwrap_or(1.0),
            Some("none" | "longrope") => 1.0,
            Some(other) => return Err(self.feature(format!("the {other} scaling of positions"))),
        };
        let dimensions = self.count("rope.dimension_count").unwrap_or(head);
        if dimensions > head || !dimensions.is_multiple_of(2) {
            return Err(self.feature("the number of rotated components"));
        }
        Ok(Rotary {
            style,
            dimensions,
            base: self.number("rope.freq_base").unwrap_or(10000.0) as f32,
            scale: scale as f32,
            magnitude: 1.0,
            factors: self.tensor("rope_freqs.weight"),
        })
    }

    pub(super) fn tensor(&self, name: &str) -> Option<String> {
        let there = self.gguf.tensors.contains_key(name);
        there.then(|| name.to_owned())
    }

    pub(super) fn window(&self) -> Option<usize> {
        let window = self.number("attention.sliding_window")?;
        (window >= 1.0).then_some(window as usize)
    }
}
