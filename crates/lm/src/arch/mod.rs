//! Families of models. Each is a description ([`Shape`]) read from the file's metadata; the blocks it
//! is made of are shared, and the forward pass knows only descriptions. What a layer has besides
//! (biases, norms of queries and keys, norms behind the blocks, fused projections) shows in which
//! tensors the file holds.

mod gemma;
mod gpt2;
mod llama;
mod phi3;
mod qwen;

use super::gguf::{Gguf, GgufError};
use serde::{Deserialize, Serialize};

/// The normalisation of a layer's input.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Norm {
    /// Root mean square (Zhang and Sennrich 2019).
    Rms,
    /// Mean and variance (Ba et al. 2016).
    Layer,
}

/// Where the normalisation of a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NormPlace {
    /// Before the block, whose input is added to its result.
    PreNorm,
    /// After the sum of the block's result and its input, as in BERT.
    PostNorm,
}

/// Which two components of a head are rotated together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RopeStyle {
    /// Components 2i and 2i + 1.
    Interleaved,
    /// Components i and i + half of the rotated ones, as in GPT-NeoX.
    Neox,
}

/// Rotary positions (Su et al. 2021).
#[derive(Debug, Clone, PartialEq)]
pub struct Rotary {
    /// Which components are rotated together.
    pub style: RopeStyle,
    /// Components of a head that are rotated; the rest pass unchanged.
    pub dimensions: usize,
    /// The base of the angles.
    pub base: f32,
    /// What positions are multiplied by.
    pub scale: f32,
    /// What sine and cosine are multiplied by.
    pub magnitude: f32,
    /// The tensor whose numbers divide the frequencies.
    pub factors: Option<String>,
}

impl Rotary {
    /// The angle of each pair for one step.
    pub fn frequencies(&self, factors: Option<&[f32]>) -> Vec<f32> {
        (0..self.dimensions / 2)
            .map(|i| {
                let exponent = -2.0 * i as f32 / self.dimensions as f32;
                let factor = factors.and_then(|f| f.get(i)).copied().unwrap_or(1.0);
                self.scale * self.base.powf(exponent) / factor
            })
            .collect()
    }
}

/// The feed-forward block's activation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Activation {
    /// x times its logistic (SiLU).
    Silu,
    /// The Gaussian error linear unit by its tanh formula.
    Gelu,
    /// The same by the error function.
    GeluErf,
    /// The positive part.
    Relu,
}

/// What a model is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape {
    /// The family's name in the file.
    pub family: &'static str,
    /// Layers.
    pub layers: usize,
    /// Numbers that stand for a token.
    pub width: usize,
    /// Numbers inside the feed-forward block.
    pub hidden: usize,
    /// Heads of queries.
    pub heads: usize,
    /// Heads of keys and values; each serves `heads / kv_heads` queries.
    pub kv_heads: usize,
    /// Components of one head.
    pub head_dim: usize,
    /// Tokens in the vocabulary.
    pub vocabulary: usize,
    /// Tokens the model was trained to see at once.
    pub context: usize,
    /// The normalisation.
    pub norm: Norm,
    /// Where it stands.
    pub norm_place: NormPlace,
    /// What keeps it from dividing by nothing.
    pub epsilon: f32,
    /// Rotary positions, if any.
    pub rotary: Option<Rotary>,
    /// Those of layers that look back a window only, where they differ.
    pub local_rotary: Option<Rotary>,
    /// Tokens that a layer with a window looks back, its own among them.
    pub window: Option<usize>,
    /// Of how many layers the last looks at everything; 0 when every layer has the window.
    pub window_pattern: usize,
    /// What attention scores are multiplied by.
    pub attention_scale: f32,
    /// The bound of attention scores: cap · tanh(score / cap).
    pub attention_cap: Option<f32>,
    /// The same for logits.
    pub logit_cap: Option<f32>,
    /// What embeddings are multiplied by.
    pub embedding_scale: f32,
    /// The activation.
    pub activation: Activation,
    /// Whether the activation gates a second projection.
    pub gated: bool,
}

impl Shape {
    /// The window of a layer, if it has one.
    pub fn window_of(&self, layer: usize) -> Option<usize> {
        let everything =
            self.window_pattern > 0 && layer % self.window_pattern == self.window_pattern - 1;
        self.window.filter(|_| !everything)
    }

    /// The rotary positions of a layer.
    pub fn rotary_of(&self, layer: usize) -> Option<&Rotary> {
        let local = self.local_rotary.as_ref();
        let local = local.filter(|_| self.window_of(layer).is_some());
        local.or(self.rotary.as_ref())
    }

    /// Bytes that a token of a batch takes beside the weights.
    pub fn working_bytes(&self) -> usize {
        let attention = 3 * self.query_width() + 3 * self.key_width();
        4 * (3 * self.width + attention + 2 * self.hidden)
    }

    /// Numbers of all queries.
    pub fn query_width(&self) -> usize {
        self.heads * self.head_dim
    }

    /// Numbers of all keys, and of all values.
    pub fn key_width(&self) -> usize {
        self.kv_heads * self.head_dim
    }
}

/// Why a model is not supported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum ArchError {
    /// Another family.
    #[error("models of the family {found} are not supported; supported are {}", FAMILIES.map(|f| f.0).join(", "))]
    Family {
        /// Its name in the file.
        found: String,
    },
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
    let found = gguf.metadata.text("general.architecture").unwrap_or("");
    let family = FAMILIES.iter().find(|(name, _)| *name == found);
    let (family, describe) = family.ok_or_else(|| ArchError::Family {
        found: if found.is_empty() {
            "(none named)"
        } else {
            found
        }
        .to_owned(),
    })?;
    describe(&Fields { gguf, family })
}

/// Most of anything that a header may ask for; real models have far less.
const MOST: usize = 1 << 20;

/// A family's metadata.
pub struct Fields<'a> {
    gguf: &'a Gguf,
    family: &'static str,
}

impl Fields<'_> {
    fn key(&self, name: &str) -> String {
        format!("{}.{name}", self.family)
    }

    fn number(&self, name: &str) -> Option<f64> {
        let number = self.gguf.metadata.number(&self.key(name));
        number.filter(|x| x.is_finite())
    }

    fn count(&self, name: &str) -> Result<usize, GgufError> {
        self.gguf.metadata.count(&self.key(name), MOST)
    }

    fn feature(&self, feature: impl Into<String>) -> ArchError {
        ArchError::Feature {
            family: self.family.to_owned(),
            feature: feature.into(),
        }
    }

    /// What all families share: a gated block with root-mean-square norms.
    fn usual(&self) -> Result<Shape, ArchError> {
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
        let vocabulary = embedding.map(super::gguf::TensorInfo::rows);
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

    fn rotary(&self, style: RopeStyle, head: usize) -> Result<Rotary, ArchError> {
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

    fn tensor(&self, name: &str) -> Option<String> {
        let there = self.gguf.tensors.contains_key(name);
        there.then(|| name.to_owned())
    }

    fn window(&self) -> Option<usize> {
        let window = self.number("attention.sliding_window")?;
        (window >= 1.0).then_some(window as usize)
    }
}
