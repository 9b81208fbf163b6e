//! Numbers for the tokens of many texts, kept from text to text. What a word becomes under 13a depends on
//! the word alone, since its rules look at neighbours and white space is none to any of them; so that
//! a word that was met before is not tokenised again.

use super::whitespace::split;
use super::{BleuTokenizer, tokenizer_13a};
use rustc_hash::FxHashMap;

/// Words and tokens after which a vocabulary begins anew, so that it has a bound.
const MOST: usize = 200_000;

/// A vocabulary.
#[derive(Default)]
pub struct Vocabulary {
    tokens: FxHashMap<String, u32>,
    /// For each word where the numbers of its tokens stand.
    words: FxHashMap<String, (u32, u32)>,
    numbers: Vec<u32>,
}

impl Vocabulary {
    /// Whether it has grown too large.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.words.len().max(self.tokens.len()) > MOST
    }

    /// Forgets all where it has grown too large. Ids issued before a reset are invalid.
    pub fn bound(&mut self) {
        if self.is_full() {
            *self = Self::default();
        }
    }

    /// Tokens so far: every number is below this.
    #[must_use]
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Whether there was no token.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// The numbers of a line's tokens.
    pub fn ids(&mut self, tokenizer: BleuTokenizer, line: &str) -> Vec<u32> {
        if tokenizer != BleuTokenizer::V13a || is_joined(line) {
            let line = tokenizer.tokenize(line);
            return split(&line).map(|t| self.token(t)).collect();
        }
        let tokens = |word: &str| {
            let tokens = tokenizer_13a::tokenize(word);
            split(&tokens).map(str::to_owned).collect()
        };
        self.ids_by_word(line, tokens)
    }

    /// The numbers of a text's tokens, where each word between white space has its own. A vocabulary is
    /// asked with one way to make tokens alone.
    pub fn ids_by_word(&mut self, text: &str, tokens: impl Fn(&str) -> Vec<String>) -> Vec<u32> {
        let mut ids = Vec::with_capacity(text.len() / 4);
        for word in split(text) {
            let (from, to) = match self.words.get(word) {
                Some(known) => *known,
                None => self.learn(word, tokens(word)),
            };
            ids.extend_from_slice(&self.numbers[from as usize..to as usize]);
        }
        ids
    }

    /// The numbers of tokens that are there already.
    pub fn ids_of(&mut self, tokens: &[String]) -> Vec<u32> {
        tokens.iter().map(|t| self.token(t)).collect()
    }

    fn learn(&mut self, word: &str, tokens: Vec<String>) -> (u32, u32) {
        let from = self.numbers.len() as u32;
        let numbers = self.ids_of(&tokens);
        self.numbers.extend(numbers);
        let place = (from, self.numbers.len() as u32);
        self.words.insert(word.to_owned(), place);
        place
    }

    /// The number of one token; a new one has the number of tokens before.
    pub fn token(&mut self, token: &str) -> u32 {
        if let Some(known) = self.tokens.get(token) {
            return *known;
        }
        let next = self.tokens.len() as u32;
        self.tokens.insert(token.to_owned(), next);
        next
    }
}

/// Whether something in a line may reach over white space, or make some: what 13a replaces first.
pub fn is_joined(line: &str) -> bool {
    line.bytes().any(|b| b == b'&' || b == b'\n') || line.contains("<skipped>")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Word by word is line by line.
        #[test]
        fn words_make_the_line(line in "[a-c0-2.,'\"&;<>\n\t \u{a0}\u{3000}é中-]{0,40}( <skipped>)?") {
            let mut vocabulary = Vocabulary::default();
            let ids = vocabulary.ids(BleuTokenizer::V13a, &line);
            let tokens = tokenizer_13a::tokenize(&line);
            let expected: Vec<u32> = split(&tokens).map(|t| vocabulary.token(t)).collect();
            prop_assert_eq!(ids, expected);
        }
    }
}
