//! How METEOR splits a text into words.

use assay_text::{tokenizer_13a, tokenizer_nltk, tokenizer_zh, whitespace};
use serde::{Deserialize, Serialize};

/// How text becomes words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MeteorTokens {
    /// sacreBLEU's 13a.
    #[default]
    V13a,
    /// At white space.
    Split,
    /// NLTK's `word_tokenize`.
    NltkWord,
    /// sacreBLEU's zh: Chinese characters apart.
    Zh,
    /// Every character that is no white space.
    Char,
    /// Chinese by jieba's words; its dictionary has to be loaded.
    #[cfg(feature = "jieba")]
    Jieba,
}

impl MeteorTokens {
    pub(super) const ALL: &[(Self, &str)] = &[
        (Self::V13a, "13a"),
        (Self::Split, "split"),
        (Self::NltkWord, "nltk_word"),
        (Self::Zh, "zh"),
        (Self::Char, "char"),
        #[cfg(feature = "jieba")]
        (Self::Jieba, "jieba"),
    ];

    pub(super) fn name(self) -> &'static str {
        let found = Self::ALL.iter().find(|(t, _)| *t == self);
        found.map_or("13a", |(_, name)| name)
    }

    /// The words, in lower case.
    pub(super) fn words(self, text: &str) -> Vec<String> {
        let lowered = |text: &str| whitespace::split(text).map(whitespace::lower).collect();
        match self {
            Self::V13a => lowered(&tokenizer_13a::tokenize(text)),
            Self::Split => lowered(text),
            Self::NltkWord => {
                let words = tokenizer_nltk::tokenize(text);
                words.iter().map(|w| whitespace::lower(w)).collect()
            }
            Self::Zh => lowered(&tokenizer_zh::tokenize(text)),
            Self::Char => {
                let letters = text.chars().filter(|c| !whitespace::is_space(*c));
                letters.map(|c| whitespace::lower(&c.to_string())).collect()
            }
            #[cfg(feature = "jieba")]
            Self::Jieba => {
                let words = assay_text::jieba::words(text);
                words.into_iter().map(whitespace::lower).collect()
            }
        }
    }
}
