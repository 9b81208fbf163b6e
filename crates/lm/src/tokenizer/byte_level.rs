//! Byte-level BPE as GPT-2 has it, with the pre-tokenisers that later families cut text with (`cuts`).

use super::TokenizerError;
use super::cuts::{self, Cut};
use crate::gguf::metadata::Metadata;
use ahash::AHashMap;
use tokenizers::models::bpe::BPE;
use tokenizers::pre_tokenizers::PreTokenizerWrapper;
use tokenizers::pre_tokenizers::byte_level::ByteLevel as Bytes;
use tokenizers::pre_tokenizers::sequence::Sequence;
use tokenizers::pre_tokenizers::split::{Split, SplitPattern};
use tokenizers::tokenizer::{
    Model, OffsetReferential, OffsetType, PreTokenizedString, PreTokenizer, SplitDelimiterBehavior,
};

/// The pre-tokenisers, for error texts.
pub(super) fn supported() -> String {
    cuts::names().collect::<Vec<_>>().join(", ")
}

/// Byte-level BPE.
pub(super) struct ByteLevel {
    cut: Sequence,
    model: BPE,
}

impl ByteLevel {
    /// From a file's vocabulary and merges.
    pub(super) fn new(data: &Metadata, tokens: &[String]) -> Result<Self, TokenizerError> {
        let name = data.text("tokenizer.ggml.pre").unwrap_or("default");
        let pre = cuts::named(name).ok_or_else(|| TokenizerError::PreTokenizer(name.to_owned()))?;
        let broken = |e: tokenizers::Error| TokenizerError::Vocabulary(e.to_string());
        let mut steps = splits(pre)?;
        steps.push(Bytes::new(false, true, false).into());
        let merges = data.texts("tokenizer.ggml.merges").unwrap_or(&[]);
        let vocabulary: AHashMap<String, u32> = tokens.iter().cloned().zip(0..).collect();
        let pairs = merges.iter().map(|merge| {
            // A space inside a token is written as another character, so this one parts the two.
            let (left, right) = merge.split_once(' ').unwrap_or((merge, ""));
            (left.to_owned(), right.to_owned())
        });
        let model = BPE::builder()
            .vocab_and_merges(vocabulary, pairs.collect())
            .ignore_merges(pre.whole_pieces)
            .build()
            .map_err(broken)?;
        Ok(Self {
            cut: Sequence::new(steps),
            model,
        })
    }

    /// Appends the ids of a text.
    pub(super) fn encode(&self, text: &str, ids: &mut Vec<u32>) -> Result<(), TokenizerError> {
        let broken = |e: tokenizers::Error| TokenizerError::Vocabulary(e.to_string());
        let mut pieces = PreTokenizedString::from(text);
        self.cut.pre_tokenize(&mut pieces).map_err(broken)?;
        for (piece, ..) in pieces.get_splits(OffsetReferential::Normalized, OffsetType::None) {
            let tokens = self.model.tokenize(piece).map_err(broken)?;
            ids.extend(tokens.iter().map(|t| t.id));
        }
        Ok(())
    }
}

/// The steps that cut a text.
fn splits(pre: &Cut) -> Result<Vec<PreTokenizerWrapper>, TokenizerError> {
    let split = |pattern: &&str| {
        let pattern = SplitPattern::Regex((*pattern).to_owned());
        let split = Split::new(pattern, SplitDelimiterBehavior::Isolated, false);
        split.map(PreTokenizerWrapper::from)
    };
    let splits: tokenizers::Result<Vec<_>> = pre.patterns.iter().map(split).collect();
    splits.map_err(|e| TokenizerError::Vocabulary(e.to_string()))
}

/// What cuts texts into pieces.
#[cfg(test)]
pub(super) fn cutter(pre: &Cut) -> impl Fn(&str) -> Vec<String> {
    let sequence = Sequence::new(splits(pre).unwrap());
    move |text| {
        let mut pieces = PreTokenizedString::from(text);
        sequence.pre_tokenize(&mut pieces).unwrap();
        let pieces = pieces.get_splits(OffsetReferential::Original, OffsetType::None);
        pieces
            .into_iter()
            .map(|(piece, ..)| piece.to_owned())
            .collect()
    }
}

/// The characters that stand for bytes, turned back; bytes that make no character become U+FFFD.
pub(super) fn shown(token: &str) -> String {
    let bytes: Option<Vec<u8>> = token.chars().map(byte).collect();
    // A token that holds another character was never made of bytes (`<|im_start|>` is, all the same).
    bytes.map_or_else(
        || token.to_owned(),
        |bytes| String::from_utf8_lossy(&bytes).into_owned(),
    )
}

/// The byte that a character stands for: printable Latin-1 itself, the others from U+0100 on.
fn byte(c: char) -> Option<u8> {
    let code = c as u32;
    let printable = |b: u32| matches!(b, 0x21..=0x7E | 0xA1..=0xAC | 0xAE..=0xFF);
    if printable(code) {
        return Some(code as u8);
    }
    let place = code.checked_sub(0x100)? as usize;
    (0u32..256)
        .filter(|b| !printable(*b))
        .nth(place)
        .map(|b| b as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_shown_as_the_characters_they_make() {
        assert_eq!(shown("Ġthe"), " the");
        assert_eq!(shown("Ċ"), "\n");
        assert_eq!(shown("ä¸Ń"), "中");
        assert_eq!(shown("<|im_start|>"), "<|im_start|>");
    }
}
