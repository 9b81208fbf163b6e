//! What a folder's `config.json` says of an encoder, and which of its tensors are which.

use super::EncoderError;
use crate::arch::{Activation, Norm, NormPlace, QueryKeyNorm, RotaryLayers, Shape};
use crate::gguf::TensorInfo;
use serde::Deserialize;
use std::collections::HashMap;

/// Most of anything that a configuration may ask for.
const MOST: usize = 1 << 20;

/// The part of `config.json` that counts.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(super) struct Config {
    model_type: String,
    #[serde(default, rename = "_name_or_path")]
    name: String,
    hidden_size: usize,
    intermediate_size: usize,
    num_hidden_layers: usize,
    num_attention_heads: usize,
    max_position_embeddings: usize,
    vocab_size: usize,
    layer_norm_eps: f64,
    #[serde(default = "gelu")]
    hidden_act: String,
    #[serde(default)]
    pad_token_id: Option<usize>,
    #[serde(default)]
    position_embedding_type: Option<String>,
}

fn gelu() -> String {
    "gelu".to_owned()
}

/// Families with BERT's layers, with whether positions begin behind the padding's.
const FAMILIES: [(&str, bool); 4] = [
    ("bert", false),
    ("roberta", true),
    ("xlm-roberta", true),
    ("camembert", true),
];

impl Config {
    /// What a configuration says.
    ///
    /// # Errors
    /// When it can't be read, or is none of a supported family's.
    pub(super) fn read(text: &str) -> Result<Self, EncoderError> {
        let config: Self =
            serde_json::from_str(text).map_err(|e| EncoderError::Config(e.to_string()))?;
        if !FAMILIES.iter().any(|(name, _)| *name == config.model_type) {
            return Err(EncoderError::Family(config.model_type));
        }
        let kind = config.position_embedding_type.as_deref();
        if kind.is_some_and(|kind| kind != "absolute") {
            let what = format!("positions of the kind {}", kind.unwrap_or_default());
            return Err(EncoderError::Feature(what));
        }
        let sizes = [
            config.hidden_size,
            config.intermediate_size,
            config.num_hidden_layers,
            config.num_attention_heads,
            config.max_position_embeddings,
            config.vocab_size,
        ];
        let heads = config.num_attention_heads;
        let fit = sizes.iter().all(|n| (1..=MOST).contains(n))
            && config.hidden_size.is_multiple_of(heads)
            && (config.hidden_size / heads).is_multiple_of(4);
        if fit {
            Ok(config)
        } else {
            Err(EncoderError::Feature("these sizes".to_owned()))
        }
    }

    /// The position of a text's first token.
    #[must_use]
    pub(super) fn first_position(&self) -> usize {
        let behind = FAMILIES.iter().any(|(n, b)| *n == self.model_type && *b);
        match behind {
            true => self.pad_token_id.unwrap_or(1) + 1,
            false => 0,
        }
    }

    /// Tokens that a text may have.
    #[must_use]
    pub(super) fn most_tokens(&self) -> usize {
        self.max_position_embeddings
            .saturating_sub(self.first_position())
    }

    /// The name of the model that this one was made from, as its makers call it; empty if none is given.
    #[must_use]
    pub(super) fn base_name(&self) -> &str {
        self.name.rsplit('/').next().unwrap_or_default()
    }

    /// What the encoder is made of.
    ///
    /// # Errors
    /// When its activation is not supported.
    pub(super) fn shape(&self) -> Result<Shape, EncoderError> {
        let activation = match self.hidden_act.as_str() {
            "gelu" => Activation::GeluErf,
            "gelu_new" | "gelu_pytorch_tanh" => Activation::Gelu,
            "relu" => Activation::Relu,
            "silu" | "swish" => Activation::Silu,
            other => {
                return Err(EncoderError::Feature(format!("the activation {other}")));
            }
        };
        let head = self.hidden_size / self.num_attention_heads;
        Ok(Shape {
            family: "bert",
            layers: self.num_hidden_layers,
            width: self.hidden_size,
            hidden: self.intermediate_size,
            heads: self.num_attention_heads,
            kv_heads: self.num_attention_heads,
            head_dim: head,
            vocabulary: self.vocab_size,
            context: self.most_tokens(),
            norm: Norm::Layer,
            norm_place: NormPlace::PostNorm,
            epsilon: self.layer_norm_eps as f32,
            feed_norm: "ffn_norm",
            query_key_norm: QueryKeyNorm::Head,
            rotary: None,
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
            activation,
            gated: false,
        })
    }
}

/// Parts of a name here and in a GGUF file, longest first.
const PARTS: [(&str, &str); 13] = [
    ("embeddings.word_embeddings", "token_embd"),
    ("embeddings.position_embeddings", "position_embd"),
    ("embeddings.token_type_embeddings", "token_types"),
    ("embeddings.LayerNorm", "token_embd_norm"),
    ("attention.self.query", "attn_q"),
    ("attention.self.key", "attn_k"),
    ("attention.self.value", "attn_v"),
    ("attention.output.dense", "attn_output"),
    ("attention.output.LayerNorm", "attn_norm"),
    ("intermediate.dense", "ffn_up"),
    ("output.dense", "ffn_down"),
    ("output.LayerNorm", "ffn_norm"),
    ("encoder.layer.", "blk."),
];

/// The tensors under the names that the forward pass knows them by; others are left out. Old files have
/// `gamma` and `beta` for a norm's weight and bias.
pub(super) fn renamed(tensors: HashMap<String, TensorInfo>) -> HashMap<String, TensorInfo> {
    let known = |name: String| {
        let name = name.replace("gamma", "weight").replace("beta", "bias");
        let from = ["embeddings.", "encoder.layer."];
        let start = from.iter().filter_map(|f| name.find(f)).min()?;
        let mut name = name[start..].to_owned();
        for (own, gguf) in PARTS {
            name = name.replacen(own, gguf, 1);
        }
        Some(name)
    };
    let named = tensors.into_iter();
    named
        .filter_map(|(n, info)| Some((known(n)?, info)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_their_prefix_and_norms_their_old_words() {
        let info = TensorInfo {
            shape: vec![4],
            kind: crate::gguf::TensorType::F32,
            file: 0,
            offset: 0,
        };
        for (own, known) in [
            ("bert.embeddings.LayerNorm.gamma", "token_embd_norm.weight"),
            (
                "encoder.layer.3.attention.output.LayerNorm.bias",
                "blk.3.attn_norm.bias",
            ),
            (
                "roberta.encoder.layer.11.output.dense.weight",
                "blk.11.ffn_down.weight",
            ),
        ] {
            let found = renamed(HashMap::from([(own.to_owned(), info.clone())]));
            assert!(found.contains_key(known), "{found:?}");
        }
        let head = HashMap::from([("cls.predictions.bias".to_owned(), info)]);
        assert!(renamed(head).is_empty());
    }
}
