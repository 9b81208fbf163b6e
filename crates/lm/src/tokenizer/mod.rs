//! The tokeniser that a GGUF file carries: byte-level BPE through the `tokenizers` crate
//! (`byte_level`), or SentencePiece's merges by score (`sentencepiece`). Ids equal llama.cpp's, but for pre-tokenisers
//! that llama.cpp's engine for patterns runs otherwise than the models' (`cuts`).

mod byte_level;
mod cuts;
mod sentencepiece;

use super::gguf::{Gguf, GgufError};
use byte_level::ByteLevel;
use sentencepiece::SentencePiece;
use serde::{Deserialize, Serialize};

/// Why a file's tokeniser can't be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum TokenizerError {
    /// Another kind.
    #[error(
        "the tokeniser {0} is not supported; supported are gpt2 (byte-level BPE) and llama (SentencePiece)"
    )]
    Kind(String),
    /// Another way to cut text before BPE.
    #[error("the pre-tokeniser {0} is not supported; supported are {supported}", supported = byte_level::supported())]
    PreTokenizer(String),
    /// The vocabulary makes no sense.
    #[error("the vocabulary can't be used: {0}")]
    Vocabulary(String),
    /// The metadata lacks something.
    #[error(transparent)]
    Gguf(#[from] GgufError),
}

enum Kind {
    ByteLevel(Box<ByteLevel>),
    SentencePiece(SentencePiece),
}

/// Tokens that are matched in the text before anything else.
#[derive(Debug, Clone)]
struct Special {
    text: String,
    id: u32,
    /// Whether it steers the model, and counts only where that is asked for.
    control: bool,
}

/// A model's tokeniser.
pub struct Tokenizer {
    kind: Kind,
    specials: Vec<Special>,
    tokens: Vec<String>,
    begin: Option<u32>,
    end: Option<u32>,
    adds_begin: bool,
    adds_end: bool,
}

impl Tokenizer {
    /// Builds the tokeniser of a file.
    ///
    /// # Errors
    /// When its kind is not supported or its vocabulary is damaged.
    pub fn new(gguf: &Gguf) -> Result<Self, TokenizerError> {
        let data = &gguf.metadata;
        let missing = |key: &str| GgufError::Missing(key.to_owned());
        let model = data.text("tokenizer.ggml.model");
        let model = model.ok_or_else(|| missing("tokenizer.ggml.model"))?;
        let tokens = data.texts("tokenizer.ggml.tokens");
        let tokens = tokens.ok_or_else(|| missing("tokenizer.ggml.tokens"))?;
        if tokens.is_empty() || tokens.len() > u32::MAX as usize / 2 {
            return Err(TokenizerError::Vocabulary("it is empty".into()));
        }
        let kinds = data.numbers("tokenizer.ggml.token_type").unwrap_or(&[]);
        let flag = |name: &str, usual: bool| {
            data.flag(&format!("tokenizer.ggml.{name}"))
                .unwrap_or(usual)
        };
        let is_llama = model == "llama";
        let kind = match model {
            "gpt2" => Kind::ByteLevel(Box::new(ByteLevel::new(data, tokens)?)),
            "llama" => Kind::SentencePiece(SentencePiece::new(
                tokens,
                data.numbers("tokenizer.ggml.scores").unwrap_or(&[]),
                kinds,
                flag("add_space_prefix", true),
            )),
            other => return Err(TokenizerError::Kind(other.to_owned())),
        };
        let id = |name: &str| {
            let id = data.number(&format!("tokenizer.ggml.{name}_token_id"))?;
            (id >= 0.0 && id < tokens.len() as f64).then_some(id as u32)
        };
        let pre = data.text("tokenizer.ggml.pre").and_then(cuts::named);
        Ok(Self {
            kind,
            specials: specials(tokens, kinds),
            tokens: tokens.to_vec(),
            begin: id("bos"),
            end: id("eos"),
            adds_begin: flag(
                "add_bos_token",
                is_llama || pre.is_some_and(|p| p.adds_begin),
            ),
            adds_end: flag("add_eos_token", false),
        })
    }

    /// The ids of a text. `control` lets tokens that steer the model (`<|im_start|>`) be meant by
    /// their text; `frame` adds the beginning and the end that the model wants.
    ///
    /// # Errors
    /// When the text holds what the vocabulary has no token for.
    pub fn encode(
        &self,
        text: &str,
        control: bool,
        frame: bool,
    ) -> Result<Vec<u32>, TokenizerError> {
        let mut ids = Vec::new();
        if frame && self.adds_begin {
            ids.extend(self.begin);
        }
        // SentencePiece puts a space before the text and before what follows a special token.
        let mut at_start = true;
        for piece in self.pieces(text, control) {
            match piece {
                Piece::Special(id) => {
                    ids.push(id);
                    at_start = true;
                }
                Piece::Text(text) => {
                    match &self.kind {
                        Kind::ByteLevel(model) => model.encode(text, &mut ids)?,
                        Kind::SentencePiece(model) => model.encode(text, at_start, &mut ids),
                    }
                    at_start = false;
                }
            }
        }
        if frame && self.adds_end {
            ids.extend(self.end);
        }
        Ok(ids)
    }

    /// A token's text as it stands in the vocabulary.
    pub fn token(&self, id: u32) -> &str {
        self.tokens.get(id as usize).map_or("", String::as_str)
    }

    /// A token's text as a reader sees it: spaces and bytes undone as far as they are characters.
    pub fn shown(&self, id: u32) -> String {
        match &self.kind {
            Kind::ByteLevel(_) => byte_level::shown(self.token(id)),
            Kind::SentencePiece(_) => self.token(id).replace('\u{2581}', " "),
        }
    }

    /// The beginning-of-text token.
    pub fn begin(&self) -> Option<u32> {
        self.begin
    }

    /// The end-of-text token.
    pub fn end(&self) -> Option<u32> {
        self.end
    }

    /// The token that the model wants before a text, if it wants one.
    pub fn wanted_begin(&self) -> Option<u32> {
        self.begin.filter(|_| self.adds_begin)
    }

    /// Tokens in the vocabulary.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    fn pieces<'a>(&self, text: &'a str, control: bool) -> Vec<Piece<'a>> {
        let mut pieces = vec![Piece::Text(text)];
        for special in self.specials.iter().filter(|s| control || !s.control) {
            pieces = pieces
                .into_iter()
                .flat_map(|piece| match piece {
                    Piece::Text(text) => split(text, special),
                    other => vec![other],
                })
                .collect();
        }
        pieces.retain(|piece| !matches!(piece, Piece::Text("")));
        pieces
    }
}

enum Piece<'a> {
    Text(&'a str),
    Special(u32),
}

fn split<'a>(text: &'a str, special: &Special) -> Vec<Piece<'a>> {
    let mut pieces = Vec::new();
    for (i, part) in text.split(special.text.as_str()).enumerate() {
        if i > 0 {
            pieces.push(Piece::Special(special.id));
        }
        pieces.push(Piece::Text(part));
    }
    pieces
}

/// GGUF's kinds of tokens that are matched whole.
const CONTROL: f64 = 3.0;
const USER_DEFINED: f64 = 4.0;

/// The tokens that are matched whole, the longest first.
fn specials(tokens: &[String], kinds: &[f64]) -> Vec<Special> {
    let matched = tokens.iter().zip(kinds).enumerate();
    let mut specials: Vec<Special> = matched
        .filter(|(_, (text, kind))| {
            (**kind == CONTROL || **kind == USER_DEFINED) && !text.is_empty()
        })
        .map(|(id, (text, kind))| Special {
            text: text.clone(),
            id: id as u32,
            control: *kind == CONTROL,
        })
        .collect();
    specials.sort_by_key(|s| std::cmp::Reverse(s.text.len()));
    specials
}
