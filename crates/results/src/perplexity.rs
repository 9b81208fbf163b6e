//! Settings of a perplexity run, and tokens with their log-probabilities.

use serde::{Deserialize, Serialize};

/// A text's tokens as a reader sees them, each with its log-probability if it was scored.
pub type Tokens = Vec<(String, Option<f32>)>;

/// What a model's pass over texts says of their tokens besides the perplexity.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct TokenFigures {
    /// The texts.
    pub texts: usize,
    /// The scored tokens of these texts.
    pub tokens: usize,
    /// Of the tokens, the shares that were among the 1, 5 and 10 that the model found most probable, from 0 to 1.
    pub top: [f64; 3],
    /// The mean surprisal of the tokens, in nats.
    pub surprisal: f64,
    /// The mean entropy of the model's distribution before each token, in nats: the surprisal that the model itself
    /// expected.
    pub entropy: f64,
    /// Min-K% Prob with K = 20 (Shi et al. 2024, "Detecting Pretraining Data from Large Language Models"): the mean
    /// log-probability, in nats, of the fifth of a text's tokens that are least probable, averaged over texts. Closer to 0
    /// on texts that the model was trained on. `None` where the convention scores stretches of a text, so that tokens
    /// are not known one by one.
    pub lowest_fifth: Option<f64>,
}

/// How many of the most probable tokens [`TokenFigures::top`] looks at.
pub const TOP: [u32; 3] = [1, 5, 10];

/// What is scored, and how.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// How texts are laid into windows.
    pub convention: Convention,
    /// The column of texts; all systems' outputs without one.
    pub column: Option<usize>,
    /// Whether texts are scored as responses to the row's prompt.
    pub chat: bool,
}

impl Plan {
    /// What names a text's scores beside model and text.
    pub fn signature(&self) -> String {
        let behind = if self.chat { "response:" } else { "" };
        format!("{behind}{}", self.convention.signature())
    }
}

/// A convention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Convention {
    /// The whole text at once, every token but the first scored; a text longer than the context
    /// goes on in windows that overlap by half ([`Convention::Sliding`]).
    Text,
    /// llama-perplexity: windows of `context` tokens side by side, a rest that fills none left out;
    /// of each only the second half is scored, and its first token becomes the beginning-of-text
    /// token where the model has one.
    LlamaPerplexity {
        /// Tokens of a window (`--ctx-size`).
        context: usize,
    },
    /// EleutherAI's evaluation harness, `loglikelihood_rolling`: every token is scored once, the
    /// first after the prefix token; windows are filled up from before.
    Rolling {
        /// Tokens of a window (`max_length`).
        max_length: usize,
    },
    /// Hugging Face's guide to perplexity: windows that move by `stride`; what an earlier window
    /// scored is context.
    Sliding {
        /// Tokens of a window.
        max_length: usize,
        /// Tokens from one window to the next.
        stride: usize,
    },
}

impl Convention {
    /// The name with its numbers, for signatures.
    #[must_use]
    pub fn signature(self) -> String {
        match self {
            Self::Text => "text".into(),
            Self::LlamaPerplexity { context } => format!("llama-perplexity:{context}"),
            Self::Rolling { max_length } => format!("rolling:{max_length}"),
            Self::Sliding { max_length, stride } => format!("sliding:{max_length}:{stride}"),
        }
    }
}
