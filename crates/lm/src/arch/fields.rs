//! A family's metadata, as its description reads it.

use super::error::{ArchError, ArchFeature};
use super::shape::{
    Activation, Norm, NormPlace, QueryKeyNorm, RopeStyle, Rotary, RotaryLayers, Shape, Yarn,
};
use crate::gguf::{Gguf, GgufError, TensorInfo};

/// Most of anything that a header may ask for; real models have far less.
const MOST: usize = 1 << 20;

/// What divides the frequencies of rotary positions in texts within the context first trained on.
const SHORT_FACTORS: &str = "rope_factors_short.weight";

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

    pub(super) fn feature(&self, feature: ArchFeature) -> ArchError {
        ArchError::Feature {
            family: self.family.to_owned(),
            feature,
        }
    }

    /// What all families share: a gated block with root-mean-square norms.
    pub(super) fn usual(&self) -> Result<Shape, ArchError> {
        if self.number("expert_count").is_some_and(|n| n > 0.0) {
            return Err(self.feature(ArchFeature::Experts));
        }
        if self.number("nextn_predict_layers").is_some_and(|n| n > 0.0) {
            return Err(self.feature(ArchFeature::SeveralTokens));
        }
        let width = self.count("embedding_length")?;
        let heads = self.count("attention.head_count")?;
        let kv_heads = self.count("attention.head_count_kv").unwrap_or(heads);
        let head = self.count("attention.key_length").unwrap_or(width / heads);
        let value = self.count("attention.value_length").unwrap_or(head);
        if !heads.is_multiple_of(kv_heads) || head == 0 || head != value || !head.is_multiple_of(2)
        {
            return Err(self.feature(ArchFeature::Heads));
        }
        let embedding = self.gguf.tensors.get("token_embd.weight");
        let vocabulary = embedding.map(TensorInfo::rows);
        let context = self.count("context_length")?;
        // Texts are scored within the context that the short factors of rotary positions are for.
        let trained = self.count("rope.scaling.original_context_length");
        let short = self.tensor(SHORT_FACTORS).and(trained.ok());
        Ok(Shape {
            family: self.family,
            layers: self.count("block_count")?,
            width,
            hidden: self.count("feed_forward_length")?,
            heads,
            kv_heads,
            head_dim: head,
            vocabulary: vocabulary.ok_or(GgufError::Missing("token_embd.weight".into()))?,
            context: short.map_or(context, |short| short.min(context)),
            norm: Norm::Rms,
            norm_place: NormPlace::PreNorm,
            epsilon: self
                .number("attention.layer_norm_rms_epsilon")
                .or(self.number("attention.layer_norm_epsilon"))
                .unwrap_or(1e-5) as f32,
            feed_norm: "ffn_norm",
            query_key_norm: QueryKeyNorm::Head,
            rotary: Some(self.rotary(RopeStyle::Interleaved, head)?),
            local_rotary: None,
            rotary_layers: RotaryLayers::All,
            window: None,
            window_pattern: 0,
            attention_scale: 1.0 / (head as f32).sqrt(),
            attention_cap: None,
            logit_cap: None,
            logit_scale: 1.0,
            embedding_scale: 1.0,
            residual_scale: 1.0,
            activation: Activation::Silu,
            gated: true,
        })
    }

    /// The same with positions that rotate halves of a head together.
    pub(super) fn usual_neox(&self) -> Result<Shape, ArchError> {
        let shape = self.usual()?;
        Ok(Shape {
            rotary: Some(self.rotary(RopeStyle::Neox, shape.head_dim)?),
            ..shape
        })
    }

    pub(super) fn rotary(&self, style: RopeStyle, head: usize) -> Result<Rotary, ArchError> {
        let kind = self.gguf.metadata.text(&self.key("rope.scaling.type"));
        let factor = self
            .number("rope.scaling.factor")
            .or(self.number("rope.scale_linear"));
        let factor = factor.filter(|f| *f > 0.0).unwrap_or(1.0);
        let (scale, yarn) = match kind {
            Some("linear") | None => (1.0 / factor, None),
            Some("none" | "longrope") => (1.0, None),
            Some("yarn") => (1.0 / factor, Some(self.yarn(factor)?)),
            Some(other) => return Err(self.feature(ArchFeature::PositionScaling(other.to_owned()))),
        };
        let magnitude = self.number("rope.scaling.attn_factor").unwrap_or(1.0);
        let magnitude = match yarn {
            Some(_) => magnitude * self.yarn_magnitude(factor),
            None => magnitude,
        };
        let dimensions = self.count("rope.dimension_count").unwrap_or(head);
        if dimensions > head || !dimensions.is_multiple_of(2) {
            return Err(self.feature(ArchFeature::RotatedComponents));
        }
        Ok(Rotary {
            style,
            dimensions,
            base: self.number("rope.freq_base").unwrap_or(10000.0) as f32,
            scale: scale as f32,
            magnitude: magnitude as f32,
            factors: self
                .tensor(SHORT_FACTORS)
                .or(self.tensor("rope_freqs.weight")),
            yarn,
        })
    }

    fn yarn(&self, factor: f64) -> Result<Yarn, ArchError> {
        let number = |name: &str, usual: f64| {
            let number = self.number(&format!("rope.scaling.yarn_{name}"));
            number.unwrap_or(usual) as f32
        };
        // Converters write the model's own factor, which llama.cpp leaves aside; it is one and the same
        // in models that were trained with the usual one.
        let own = self.number("rope.scaling.yarn_attn_factor");
        if own.is_some_and(|own| (own - 0.1 * factor.ln() - 1.0).abs() > 1e-3) {
            return Err(self.feature(ArchFeature::YarnAttention));
        }
        Ok(Yarn {
            context: self
                .count("rope.scaling.original_context_length")
                .or(self.count("context_length"))?,
            beta_fast: number("beta_fast", 32.0),
            beta_slow: number("beta_slow", 1.0),
            extrapolation: number("ext_factor", 1.0),
        })
    }

    /// What sine and cosine are multiplied by when positions are scaled by YaRN, as llama.cpp has it.
    fn yarn_magnitude(&self, factor: f64) -> f64 {
        let magnitude = |slope: f64| 1.0 + 0.1 * slope * factor.max(1.0).ln();
        let slope = self.number("rope.scaling.yarn_log_multiplier");
        magnitude(1.0) / magnitude(slope.unwrap_or(0.0))
    }

    pub(super) fn tensor(&self, name: &str) -> Option<String> {
        let there = self.gguf.tensors.contains_key(name);
        there.then(|| name.to_owned())
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.gguf.metadata.0.contains_key(&self.key(name))
    }

    /// Some models normalise each head of queries and keys with weights of its own.
    pub(super) fn refuse_norm_of_each_head(&self) -> Result<(), ArchError> {
        match self.tensor("blk.0.attn_q_norm.weight") {
            Some(_) => Err(self.feature(ArchFeature::HeadNorms)),
            None => Ok(()),
        }
    }

    pub(super) fn flag(&self, name: &str) -> Option<bool> {
        self.gguf.metadata.flag(&self.key(name))
    }

    /// Of how many layers the last looks at everything, when the file does not say otherwise.
    pub(super) fn window_pattern(&self, usual: usize) -> Result<usize, ArchError> {
        const NAME: &str = "attention.sliding_window_pattern";
        if let Ok(pattern) = self.count(NAME) {
            return Ok(pattern);
        }
        let Some(windows) = self.gguf.metadata.numbers(&self.key(NAME)) else {
            return Ok(usual);
        };
        let expected = |i: usize| !(i + 1).is_multiple_of(usual);
        let mut windows = windows.iter().enumerate();
        if windows.all(|(i, &has)| (has != 0.0) == expected(i)) {
            return Ok(usual);
        }
        Err(self.feature(ArchFeature::WindowOrder))
    }

    pub(super) fn window(&self) -> Option<usize> {
        let window = self.number("attention.sliding_window")?;
        (window >= 1.0).then_some(window as usize)
    }
}
