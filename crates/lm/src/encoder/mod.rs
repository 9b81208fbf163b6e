//! Encoders of BERT's kind (Devlin et al. 2019): a folder of safetensors as Hugging Face has them. A text
//! becomes numbers for each of its tokens, through the passes that language models go through too; what
//! two texts' numbers say of their likeness stands in [`likeness`].

pub mod compare;
mod config;
pub mod likeness;
mod marks;
mod safetensors;

use super::arch::Shape;
use super::batch::Batch;
use super::model::ModelError;
use super::scoring::ScoringError;
use super::source::{Source, SourceError};
use super::store::Store;
use config::Config;
use marks::Marks;
use rustc_hash::FxHashMap;
pub use safetensors::SafetensorsError;
pub(crate) use safetensors::read as read_safetensors;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::pin::Pin;
use std::rc::Rc;

/// The files of a folder that are read.
pub const FILES: [&str; 3] = ["config.json", "tokenizer.json", "model.safetensors"];
/// The files of a folder that are read where they are there: how long a sentence may be, and how its tokens
/// are pooled.
pub const MORE_FILES: [&str; 2] = ["sentence_bert_config.json", "1_Pooling/config.json"];
/// Bytes that a configuration or a tokeniser may have.
const MOST_TEXT: u64 = 64 << 20;
/// Bytes of each tensor that a fingerprint knows.
const SAMPLE: u64 = 256;

/// Why an encoder can't be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum EncoderError {
    /// A file is not there.
    #[error(
        "the file {0} is missing; choose config.json, tokenizer.json and model.safetensors of one model"
    )]
    Missing(String),
    /// A file is too large to be what it should.
    #[error("{0} is far too large for what it should be")]
    TooLarge(String),
    /// The configuration can't be read.
    #[error("config.json can't be read: {0}")]
    Config(String),
    /// Another family of models.
    #[error(
        "encoders of the family {0} are not supported; supported are bert, roberta, xlm-roberta, camembert"
    )]
    Family(String),
    /// A feature that is not supported.
    #[error("{0} of this encoder is not supported")]
    Feature(String),
    /// The tokeniser can't be read.
    #[error("tokenizer.json can't be read: {0}")]
    Tokenizer(String),
    /// The weights can't be read.
    #[error(transparent)]
    Safetensors(#[from] SafetensorsError),
    /// A tensor is missing or misshapen.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// A file can't be read.
    #[error(transparent)]
    Source(#[from] SourceError),
}

/// The numbers of a batch's tokens, to come.
pub type Hidden<'a> = Pin<Box<dyn Future<Output = Result<Vec<f32>, ScoringError>> + 'a>>;

/// Where the forward pass runs.
pub trait Embed {
    /// The hidden state of each token after the first `layers` layers, one after the other.
    fn embed<'a>(&'a mut self, batch: &'a Batch, layers: usize) -> Hidden<'a>;

    /// The tokens of a batch that suits the backend.
    fn tokens_at_once(&self) -> usize;
}

/// A folder's file with its name.
pub type Named = (String, Box<dyn Source>);

/// How the tokens of a sentence become one run of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pooling {
    /// Their mean.
    Mean,
    /// The first token's.
    First,
}

#[derive(Deserialize)]
struct SentenceConfig {
    max_seq_length: Option<usize>,
}

#[derive(Deserialize)]
struct PoolingConfig {
    #[serde(default)]
    pooling_mode_cls_token: bool,
    #[serde(default)]
    pooling_mode_mean_tokens: bool,
}

/// An encoder that was opened: its weights stay where they are until a backend asks for them.
pub struct Encoder {
    /// What it is made of.
    pub shape: Shape,
    /// Its tensors.
    pub store: Store,
    /// What names it: SHA-256 over its configuration and a few bytes of every tensor.
    pub id: String,
    /// The name of the model that it was made from; empty where none is given.
    pub base_name: String,
    /// Tokens of a text that count when it is taken as one sentence.
    pub sentence_tokens: usize,
    /// How the tokens of a sentence become one run of numbers.
    pub pooling: Pooling,
    tokenizer: Rc<tokenizers::Tokenizer>,
    first_position: usize,
    marks: Marks,
}

/// The ids of a text, special ones included, and its numbers: a run of the encoder's width for each.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Encoded {
    /// The ids.
    pub ids: Vec<u32>,
    /// The numbers.
    pub hidden: Vec<f32>,
}

async fn text_of(files: &[Named], name: &'static str) -> Result<String, EncoderError> {
    let file = files.iter().find(|(n, _)| n == name);
    let (_, source) = file.ok_or(EncoderError::Missing(name.to_owned()))?;
    if source.size() > MOST_TEXT {
        return Err(EncoderError::TooLarge(name.to_owned()));
    }
    let bytes = source.read(0, source.size() as usize).await?;
    String::from_utf8(bytes).map_err(|e| EncoderError::Config(format!("{name}: {e}")))
}

async fn optional<T: serde::de::DeserializeOwned>(
    files: &[Named],
    name: &'static str,
) -> Result<Option<T>, EncoderError> {
    if !files.iter().any(|(n, _)| n == name) {
        return Ok(None);
    }
    let text = text_of(files, name).await?;
    let found = serde_json::from_str(&text);
    found
        .map(Some)
        .map_err(|e| EncoderError::Config(format!("{name}: {e}")))
}

impl Encoder {
    /// Opens an encoder out of a folder's files, by their names.
    ///
    /// # Errors
    /// When a file is missing, damaged, or not supported.
    pub async fn open(files: Vec<Named>) -> Result<Self, EncoderError> {
        let config = Config::read(&text_of(&files, FILES[0]).await?)?;
        let text = text_of(&files, FILES[1]).await?;
        let (tokenizer, marks) = tokenizer_of(&text)?;
        let sentence = optional::<SentenceConfig>(&files, MORE_FILES[0]).await?;
        let sentence_tokens = sentence.and_then(|s| s.max_seq_length).filter(|n| *n > 2);
        let pooling = match optional::<PoolingConfig>(&files, MORE_FILES[1]).await? {
            Some(p) if p.pooling_mode_cls_token => Pooling::First,
            Some(p) if !p.pooling_mode_mean_tokens => {
                return Err(EncoderError::Feature("the pooling".to_owned()));
            }
            _ => Pooling::Mean,
        };
        let weights = files.into_iter().find(|(n, _)| n == FILES[2]);
        let (_, source) = weights.ok_or(EncoderError::Missing(FILES[2].to_owned()))?;
        let tensors = safetensors::read(&*source, 0).await?;
        let store = Store::new(config::renamed(tensors), vec![source]);
        Ok(Self {
            shape: config.shape()?,
            id: fingerprint(&config, &store).await?,
            base_name: config.base_name().to_owned(),
            first_position: config.first_position(),
            marks,
            sentence_tokens: sentence_tokens.unwrap_or(config.most_tokens()),
            pooling,
            tokenizer: Rc::new(tokenizer),
            store,
        })
    }

    /// Numbers in the matrices that every token is multiplied with.
    #[must_use]
    pub fn parameters(&self) -> u64 {
        let matrices = self.store.tensors.iter();
        let layers = matrices.filter(|(name, _)| name.starts_with("blk."));
        layers
            .map(|(_, i)| i.columns() as u64 * i.rows() as u64)
            .sum()
    }

    /// Whether an id is one of those around every text.
    #[must_use]
    pub fn is_mark(&self, id: u32) -> bool {
        self.marks.holds(id)
    }

    /// How many ids are around every text.
    #[must_use]
    pub fn mark_count(&self) -> usize {
        self.marks.count()
    }

    /// A text's ids with the marks around it, no more than `most` in all: what is cut off is its end, as the
    /// reference tools do.
    ///
    /// # Errors
    /// When the tokeniser fails.
    pub fn ids(&self, text: &str, most: usize) -> Result<Vec<u32>, EncoderError> {
        let encoded = self.tokenizer.encode(text, false);
        let encoded = encoded.map_err(|e| EncoderError::Tokenizer(e.to_string()))?;
        let room = most
            .min(self.shape.context)
            .saturating_sub(self.marks.count());
        let own = &encoded.get_ids()[..encoded.get_ids().len().min(room)];
        let ids = [&self.marks.before[..], own, &self.marks.behind].concat();
        match ids.iter().find(|id| **id as usize >= self.shape.vocabulary) {
            Some(id) => Err(EncoderError::Tokenizer(format!(
                "it gives the id {id}, and the model has {} tokens",
                self.shape.vocabulary
            ))),
            None => Ok(ids),
        }
    }

    /// The hidden states of texts that were cut into ids, after the first `layers` layers.
    ///
    /// # Errors
    /// When the backend fails.
    pub async fn encode(
        &self,
        backend: &mut impl Embed,
        texts: Vec<Vec<u32>>,
        layers: usize,
    ) -> Result<Vec<Encoded>, ScoringError> {
        let most = backend.tokens_at_once();
        let mut encoded: Vec<Encoded> = Vec::with_capacity(texts.len());
        let mut waiting: Vec<Vec<u32>> = Vec::new();
        let mut tokens = 0;
        for ids in texts {
            if tokens > 0 && tokens + ids.len() > most {
                self.pass(backend, std::mem::take(&mut waiting), layers, &mut encoded)
                    .await?;
                tokens = 0;
            }
            tokens += ids.len();
            waiting.push(ids);
        }
        self.pass(backend, waiting, layers, &mut encoded).await?;
        Ok(encoded)
    }

    async fn pass(
        &self,
        backend: &mut impl Embed,
        texts: Vec<Vec<u32>>,
        layers: usize,
        encoded: &mut Vec<Encoded>,
    ) -> Result<(), ScoringError> {
        let mut batch = Batch::default();
        for ids in &texts {
            batch.push_whole(ids, self.first_position as u32);
        }
        let hidden = match batch.is_empty() {
            true => Vec::new(),
            false => backend.embed(&batch, layers).await?,
        };
        let mut rest = &hidden[..];
        for ids in texts {
            let (own, behind) = rest.split_at(ids.len() * self.shape.width);
            rest = behind;
            let hidden = own.to_vec();
            encoded.push(Encoded { ids, hidden });
        }
        Ok(())
    }
}

/// A tokeniser out of its file, with the marks around a text. What is not needed of it (decoding, padding,
/// cutting) is left out before the crate reads it, which panics where some of that is damaged.
fn tokenizer_of(text: &str) -> Result<(tokenizers::Tokenizer, Marks), EncoderError> {
    let failed = |e: serde_json::Error| EncoderError::Tokenizer(e.to_string());
    let mut whole: serde_json::Value = serde_json::from_str(text).map_err(failed)?;
    let Some(parts) = whole.as_object_mut() else {
        let why = "it holds no object".to_owned();
        return Err(EncoderError::Tokenizer(why));
    };
    let processor = parts.remove("post_processor").unwrap_or_default();
    for unneeded in ["decoder", "padding", "truncation"] {
        parts.remove(unneeded);
    }
    let marks = Marks::of(&processor).ok_or_else(|| {
        EncoderError::Tokenizer("its post-processor is not understood".to_owned())
    })?;
    let tokenizer = serde_json::from_value(whole).map_err(failed)?;
    Ok((tokenizer, marks))
}

async fn fingerprint(config: &Config, store: &Store) -> Result<String, EncoderError> {
    let mut digest = Sha256::new();
    digest.update(format!("{config:?}"));
    let sorted: std::collections::BTreeMap<_, _> = store.tensors.iter().collect();
    for (name, info) in sorted {
        digest.update(name);
        let length = info.bytes().min(SAMPLE);
        let from = (info.bytes() - length) / 2;
        digest.update(store.read(info, from, length as usize).await?);
    }
    let digest = digest.finalize();
    Ok(digest.iter().map(|b| format!("{b:02x}")).collect())
}

/// In how many texts each id stands, for the inverse document frequency (Zhang et al. 2020).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Frequencies {
    texts: usize,
    holding: FxHashMap<u32, u32>,
}

impl Frequencies {
    /// Counts a text's ids, each once.
    pub fn count(&mut self, ids: &[u32]) {
        let mut different = ids.to_vec();
        different.sort_unstable();
        different.dedup();
        self.texts += 1;
        for id in different {
            *self.holding.entry(id).or_default() += 1;
        }
    }

    /// The weight of an id: the logarithm of how rare it is among the texts.
    #[must_use]
    pub fn weight(&self, id: u32) -> f64 {
        let holding = self.holding.get(&id).copied().unwrap_or(0);
        ((self.texts as f64 + 1.0) / (f64::from(holding) + 1.0)).ln()
    }
}
