//! Tokens for ROUGE: rouge-score 0.1.2's own (ASCII letters and digits only, optionally stemmed)
//! and variants for Chinese, Japanese and Korean, to which the first gives nothing.

#[cfg(feature = "jieba")]
use super::jieba;
use super::{porter, tokenizer_zh, whitespace};

/// Which tokens ROUGE counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RougeTokenizer {
    /// rouge-score's default: lower-cased runs of `[a-z0-9]`.
    Default,
    /// Lower-cased, then sacreBLEU's zh tokeniser: Chinese by character, the rest by word.
    ZhChar,
    /// jieba's words, their case kept; its dictionary has to be loaded.
    #[cfg(feature = "jieba")]
    Jieba,
}

impl RougeTokenizer {
    /// Every tokeniser.
    pub const ALL: &[Self] = &[
        Self::Default,
        Self::ZhChar,
        #[cfg(feature = "jieba")]
        Self::Jieba,
    ];

    /// The name used in options and signatures.
    pub fn name(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::ZhChar => "zh-char",
            #[cfg(feature = "jieba")]
            Self::Jieba => "jieba",
        }
    }

    /// The tokeniser of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|t| t.name() == name)
    }

    /// The tokens of `text`; `stem` applies NLTK's Porter stemmer to words of more than three
    /// characters, as rouge-score does.
    pub fn tokens(self, text: &str, stem: bool) -> Vec<String> {
        match self {
            Self::Default => default_tokens(text, stem),
            #[cfg(feature = "jieba")]
            Self::Jieba => {
                let words = jieba::words(text).into_iter();
                words.map(|t| stemmed(t, stem)).collect()
            }
            Self::ZhChar => {
                let line = tokenizer_zh::tokenize(&whitespace::lower(text));
                whitespace::split(&line).map(|t| stemmed(t, stem)).collect()
            }
        }
    }
}

fn default_tokens(text: &str, stem: bool) -> Vec<String> {
    whitespace::lower(text)
        .split(|c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit()))
        .filter(|t| !t.is_empty())
        .map(|t| stemmed(t, stem))
        .collect()
}

fn stemmed(token: &str, stem: bool) -> String {
    if stem && token.len() > 3 && token.is_ascii() {
        porter::stem(token)
    } else {
        token.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::RougeTokenizer;

    #[test]
    fn only_ascii_letters_and_digits_stay() {
        assert_eq!(
            RougeTokenizer::Default.tokens("Naïve café, 42nd", false),
            ["na", "ve", "caf", "42nd"]
        );
        assert_eq!(
            RougeTokenizer::Default.tokens("dying ponies", true),
            ["die", "poni"]
        );
        assert_eq!(
            RougeTokenizer::ZhChar.tokens("我用GPT。", false),
            ["我", "用", "gpt", "。"]
        );
    }
}
