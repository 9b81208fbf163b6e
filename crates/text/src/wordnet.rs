//! WordNet's synonyms of single words (Princeton WordNet 3.0), looked up as NLTK 3.10.4's METEOR does:
//! through its `morphy`, over all parts of speech, without words of several parts. What a page loads for
//! it is a file of some hundred kilobytes, made by `examples/wordnet.rs`.

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};
use std::io::Read;
use std::sync::OnceLock;

/// Parts of speech: nouns, verbs, adjectives, adverbs, with the names of WordNet's files.
pub const PARTS: [&str; 4] = ["noun", "verb", "adj", "adv"];

/// Endings that go, and what takes their place, by part of speech.
const ENDINGS: [&[(&str, &str)]; 4] = [
    &[
        ("s", ""),
        ("ses", "s"),
        ("ves", "f"),
        ("xes", "x"),
        ("zes", "z"),
        ("ches", "ch"),
        ("shes", "sh"),
        ("men", "man"),
        ("ies", "y"),
    ],
    &[
        ("s", ""),
        ("ies", "y"),
        ("es", "e"),
        ("es", ""),
        ("ed", "e"),
        ("ed", ""),
        ("ing", "e"),
        ("ing", ""),
    ],
    &[("er", ""), ("est", ""), ("er", "e"), ("est", "e")],
    &[],
];

/// Unpacked bytes that a file may have.
const MOST_BYTES: u64 = 16 << 20;

/// What the file holds, before it is packed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Packed {
    /// Single words in lower case, in order, a line each.
    pub words: String,
    /// For each word the parts of speech that it is of, a bit each, and four bits higher those as which it
    /// is somewhere written in lower case.
    pub parts: Vec<u8>,
    /// By part of speech, the sets of synonyms of two or more single words: twice a word's place, plus
    /// one where it is written in lower case. Others can be looked up, and match no word.
    pub sets: [Vec<Vec<u32>>; 4],
    /// By part of speech, irregular forms and the places of the words that they are of.
    pub exceptions: [Vec<(String, Vec<u32>)>; 4],
}

impl Packed {
    /// The file.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        // Neither fails on what stands in memory.
        let bytes = postcard::to_stdvec(self).unwrap_or_default();
        let mut packed = Vec::new();
        let params = brotli::enc::BrotliEncoderParams::default();
        // Packing what is in memory does not fail.
        let _ = brotli::BrotliCompress(&mut &bytes[..], &mut packed, &params);
        packed
    }

    /// What a file holds; nothing where it is none.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut unpacked = Vec::new();
        let mut reader = brotli::Decompressor::new(bytes, 1 << 14).take(MOST_BYTES);
        reader.read_to_end(&mut unpacked).ok()?;
        postcard::from_bytes(&unpacked).ok()
    }
}

/// The synonyms.
pub struct WordNet {
    words: Vec<String>,
    places: FxHashMap<String, u32>,
    parts: Vec<u8>,
    sets: [Vec<Vec<u32>>; 4],
    /// By part of speech, for each word its sets.
    of: [FxHashMap<u32, Vec<u32>>; 4],
    exceptions: [FxHashMap<String, Vec<u32>>; 4],
}

static LOADED: OnceLock<WordNet> = OnceLock::new();

impl WordNet {
    /// Takes the file for the whole program. `false` where it is none.
    pub fn load(bytes: &[u8]) -> bool {
        let Some(packed) = Packed::from_bytes(bytes) else {
            return false;
        };
        LOADED.get_or_init(|| Self::new(packed));
        true
    }

    /// The synonyms, once they are loaded.
    #[must_use]
    pub fn loaded() -> Option<&'static Self> {
        LOADED.get()
    }

    fn new(packed: Packed) -> Self {
        let words: Vec<String> = packed.words.lines().map(str::to_owned).collect();
        let places = words.iter().enumerate();
        let mut of: [FxHashMap<u32, Vec<u32>>; 4] = Default::default();
        for (sets, of) in packed.sets.iter().zip(&mut of) {
            for (place, set) in sets.iter().enumerate() {
                for word in set {
                    of.entry(word / 2).or_default().push(place as u32);
                }
            }
        }
        Self {
            places: places.map(|(i, w)| (w.clone(), i as u32)).collect(),
            words,
            parts: packed.parts,
            sets: packed.sets,
            of,
            exceptions: packed.exceptions.map(|list| list.into_iter().collect()),
        }
    }

    /// The words that stand in a set with this one, or with one that it is a form of, in any sense; those
    /// of which it is a form are among them.
    #[must_use]
    pub fn synonyms<'a>(&'a self, word: &str) -> Vec<&'a str> {
        let mut found = FxHashSet::default();
        for part in 0..PARTS.len() {
            for form in self.forms(word, part) {
                if self.parts[form as usize] & (16 << part) != 0 {
                    found.insert(form);
                }
                for set in self.of[part].get(&form).into_iter().flatten() {
                    let members = &self.sets[part][*set as usize];
                    // A word that is not written in lower case matches none that is.
                    found.extend(members.iter().filter(|w| *w % 2 == 1).map(|w| w / 2));
                }
            }
        }
        let words = found.into_iter();
        words.map(|w| self.words[w as usize].as_str()).collect()
    }

    /// The words that a form can be of: itself, and by the exceptions or else by the endings.
    fn forms(&self, form: &str, part: usize) -> Vec<u32> {
        let is = |word: &u32| self.parts[*word as usize] & (1 << part) != 0;
        let known = |word: &str| self.places.get(word).copied().filter(is);
        let mut forms: Vec<u32> = known(form).into_iter().collect();
        match self.exceptions[part].get(form) {
            Some(words) => forms.extend(words.iter().filter(|w| is(w))),
            None => {
                for (old, new) in ENDINGS[part] {
                    let stem = form.strip_suffix(old);
                    forms.extend(stem.and_then(|s| known(&format!("{s}{new}"))));
                }
            }
        }
        forms
    }
}
