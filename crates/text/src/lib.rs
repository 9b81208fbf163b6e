//! Text as the reference tools for text metrics see it: white space, tokenisers, normalisers, stemmers and n-grams.
//!
//! ```
//! use assay_text::{BleuTokenizer, porter};
//!
//! assert_eq!(BleuTokenizer::V13a.tokenize("It cost $1.50, no?"), "It cost $ 1.50 , no ?");
//! assert_eq!(BleuTokenizer::Zh.tokenize("我用GPT。"), "我 用 GPT 。");
//! assert_eq!(porter::stem("ponies"), "poni");
//! ```
//!
//! Each tokeniser and stemmer is tested token for token against the tool that its documentation names; where that tool
//! behaves oddly, so does this crate, and a comment says where.
//!
//! The features `jieba` (Chinese words) and `wordnet` (synonyms) are on by default; both need a file of data that the
//! program loads. This crate owns text alone: it must not know metrics, tables or a browser.

pub mod cmrc;
pub mod fences;
pub mod grams;
pub mod intern;
#[cfg(feature = "jieba")]
pub mod jieba;
pub mod outcome;
pub mod porter;
pub mod reasoning;
pub mod rouge;
#[cfg(feature = "jieba")]
pub mod rouge_chinese;
pub mod script;
pub mod squad;
pub mod tokenizer_13a;
pub mod tokenizer_intl;
pub mod tokenizer_nltk;
pub mod tokenizer_ter;
pub mod tokenizer_zh;
pub mod vocabulary;
pub mod whitespace;
#[cfg(feature = "wordnet")]
pub mod wordnet;

/// The tokenisers of sacreBLEU 2.6.0 that need no model or dictionary, and jieba's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum BleuTokenizer {
    /// WMT's mteval-v13a, the default.
    #[serde(rename = "13a")]
    V13a,
    /// mteval-v14's international tokenisation: Unicode punctuation and symbols.
    #[serde(rename = "intl")]
    Intl,
    /// Chinese characters apart, the rest as 13a without its padding.
    #[serde(rename = "zh")]
    Zh,
    /// Every character a token.
    #[serde(rename = "char")]
    Char,
    /// Chinese by jieba's words; its dictionary has to be loaded.
    #[cfg(feature = "jieba")]
    #[serde(rename = "jieba")]
    Jieba,
    /// The text as it stands, split at white space.
    #[serde(rename = "none")]
    None,
}

impl BleuTokenizer {
    /// Every tokeniser, in the order the page offers them.
    pub const ALL: &[Self] = &[
        Self::V13a,
        Self::Intl,
        Self::Zh,
        Self::Char,
        #[cfg(feature = "jieba")]
        Self::Jieba,
        Self::None,
    ];

    /// The name that sacreBLEU's `--tokenize` and signatures use.
    pub fn name(self) -> &'static str {
        match self {
            Self::V13a => "13a",
            Self::Intl => "intl",
            Self::Zh => "zh",
            Self::Char => "char",
            #[cfg(feature = "jieba")]
            Self::Jieba => "jieba",
            Self::None => "none",
        }
    }

    /// The tokeniser of this sacreBLEU name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|t| t.name() == name)
    }

    /// The tokenised line: tokens apart by white space, as sacreBLEU's `__call__` returns it.
    pub fn tokenize(self, line: &str) -> String {
        match self {
            Self::V13a => tokenizer_13a::tokenize(line),
            Self::Intl => tokenizer_intl::tokenize(line),
            Self::Zh => tokenizer_zh::tokenize(line),
            Self::Char => {
                let mut out = String::with_capacity(line.len() * 2);
                for (i, c) in line.chars().enumerate() {
                    if i > 0 {
                        out.push(' ');
                    }
                    out.push(c);
                }
                out
            }
            #[cfg(feature = "jieba")]
            Self::Jieba => jieba::words(line).join(" "),
            Self::None => line.to_owned(),
        }
    }
}
