//! METEOR as NLTK 3.10.4 computes it (Banerjee and Lavie 2005; Lavie and Agarwal 2007), which is neither
//! METEOR 1.0 nor 1.5: words are matched as they stand, then by their Porter stems, then by synonyms of
//! the stems (NLTK looks up what is left over from the second step), each time from the end; the harmonic
//! mean weighs recall nine times; and fragmented matches are punished. The row is
//! `[precision, recall, score, 1]` of the reference with the best score.

use super::asset;
pub use super::meteor_tokens::MeteorTokens;
use super::options::{OptionView, SpecError, bad, bad_tokenizer, needs_feature, option, unknown};
use super::signature::Signature;
use super::{Describe, Metric, Properties, Scoring};
use assay_results::metric_info::Asset;
use assay_results::scores::{RefCount, Score};
use assay_text::porter;
use assay_text::vocabulary::{Vocabulary, is_joined};
#[cfg(feature = "wordnet")]
use assay_text::wordnet::WordNet;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::cell::RefCell;

/// How much more recall weighs than precision.
const ALPHA: f64 = 0.9;
/// The power of fragmentation.
const BETA: f64 = 3.0;
/// The most that fragmentation takes away.
const GAMMA: f64 = 0.5;

/// By what words are matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Modules {
    /// As they stand.
    Exact,
    /// Then by their stems.
    #[default]
    Stem,
    /// Then by WordNet's synonyms of the stems; [`WordNet`] has to be loaded.
    #[cfg(feature = "wordnet")]
    Synonyms,
}

impl Modules {
    const ALL: &[(Self, &str)] = &[
        (Self::Exact, "exact"),
        (Self::Stem, "exact+stem"),
        #[cfg(feature = "wordnet")]
        (Self::Synonyms, "exact+stem+wordnet"),
    ];

    fn name(self) -> &'static str {
        let found = Self::ALL.iter().find(|(m, _)| *m == self);
        found.map_or("exact", |(_, name)| name)
    }
}

/// The modules with synonyms.
const SYNONYMS: &str = "exact+stem+wordnet";

/// Whether words are Chinese and their synonyms English, for which two files would be loaded in vain.
fn is_at_odds(tokens: &str, modules: &str) -> bool {
    tokens == "jieba" && modules == SYNONYMS
}

/// METEOR.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Meteor {
    /// How text becomes words.
    pub tokens: MeteorTokens,
    /// By what words are matched.
    pub modules: Modules,
}

/// Numbers for words and for their stems. Stemming is most of the work, and words come again.
#[derive(Default)]
struct Words {
    words: Vocabulary,
    /// Each word's stem.
    stem_of: Vec<u32>,
    stems: Vocabulary,
    /// The stems by their numbers.
    names: Vec<String>,
    /// For each stem that was asked for, the numbers of its synonyms.
    synonyms: FxHashMap<u32, Vec<u32>>,
}

impl Words {
    /// Forgets all where it has grown too large. Numbers from before are nobody's.
    fn bound(&mut self) {
        if self.words.is_full() {
            *self = Self::default();
        }
    }

    /// The numbers of words and of their stems.
    fn numbers(&mut self, words: &[String]) -> Vec<(u32, u32)> {
        let number = |word: &String| {
            let id = self.words.token(word);
            if id as usize == self.stem_of.len() {
                let stem = self.stem(porter::stem(word));
                self.stem_of.push(stem);
            }
            (id, self.stem_of[id as usize])
        };
        words.iter().map(number).collect()
    }

    /// The same of a text by 13a, in which a word between white space that was met before is not tokenised
    /// again. These words are asked in this way alone.
    fn numbers_of_line(&mut self, text: &str) -> Vec<(u32, u32)> {
        if is_joined(text) {
            return self.numbers(&MeteorTokens::V13a.words(text));
        }
        let fresh = RefCell::new(Vec::new());
        let ids = self.words.ids_by_word(text, |word| {
            let words = MeteorTokens::V13a.words(word);
            fresh.borrow_mut().extend(words.iter().cloned());
            words
        });
        // New words have their numbers in the order in which they came.
        self.numbers(&fresh.into_inner());
        ids.iter()
            .map(|id| (*id, self.stem_of[*id as usize]))
            .collect()
    }

    fn stem(&mut self, stem: String) -> u32 {
        let id = self.stems.token(&stem);
        if id as usize == self.names.len() {
            self.names.push(stem);
        }
        id
    }

    /// The numbers of a stem's synonyms.
    fn synonyms(&mut self, stem: u32) -> &[u32] {
        if !self.synonyms.contains_key(&stem) {
            let found = synonyms(&self.names[stem as usize]);
            let found = found.into_iter().map(|word| self.stem(word.to_owned()));
            let found = found.collect();
            self.synonyms.insert(stem, found);
        }
        &self.synonyms[&stem]
    }
}

/// The words that WordNet has as synonyms of a stem; none before it is loaded.
#[cfg(feature = "wordnet")]
fn synonyms(stem: &str) -> Vec<&'static str> {
    WordNet::loaded().map_or(Vec::new(), |w| w.synonyms(stem))
}

/// None: this build has no synonyms, and no [`Modules`] that asks for them.
#[cfg(not(feature = "wordnet"))]
fn synonyms(_stem: &str) -> Vec<&'static str> {
    Vec::new()
}

thread_local! {
    /// Of texts by 13a, and of all others.
    static WORDS: [RefCell<Words>; 2] = Default::default();
}

impl Describe for Meteor {
    fn name(&self) -> String {
        match self.modules {
            #[cfg(feature = "wordnet")]
            Modules::Synonyms => "METEOR".to_owned(),
            modules => format!("METEOR ({})", modules.name()),
        }
    }

    fn properties(&self) -> Properties {
        Properties {
            asset: match self.modules.name() == SYNONYMS {
                true => Some(Asset::WordNet),
                false => asset::of_tokenizer(self.tokens.name()),
            },
            ..Properties::of(
                "meteor",
                "Banerjee & Lavie 2005; Lavie & Agarwal 2007; NLTK 3.10.4",
            )
        }
    }

    fn options(&self) -> Vec<OptionView> {
        vec![
            option(
                "tokens",
                self.tokens.name().to_owned(),
                &[
                    "13a",
                    "split",
                    "nltk_word",
                    "zh",
                    "char",
                    #[cfg(feature = "jieba")]
                    "jieba",
                ],
            ),
            option(
                "modules",
                self.modules.name().to_owned(),
                &[
                    "exact",
                    "exact+stem",
                    #[cfg(feature = "wordnet")]
                    "exact+stem+wordnet",
                ],
            ),
        ]
    }

    fn set(&mut self, option: &str, value: &str) -> Result<(), SpecError> {
        match option {
            "tokens" => {
                let found = MeteorTokens::ALL.iter().find(|(_, name)| *name == value);
                let allowed = "13a, split, nltk_word, zh, char or, without wordnet, jieba";
                let found = found.ok_or_else(|| bad_tokenizer(option, value, allowed))?;
                if is_at_odds(found.1, self.modules.name()) {
                    return Err(bad(option, value, allowed));
                }
                self.tokens = found.0;
            }
            "modules" => {
                let found = Modules::ALL.iter().find(|(_, name)| *name == value);
                let allowed = "exact, exact+stem or, without jieba, exact+stem+wordnet";
                if is_at_odds(self.tokens.name(), value) {
                    return Err(bad(option, value, allowed));
                }
                self.modules = match found {
                    Some(&(modules, _)) => modules,
                    None if value == SYNONYMS => {
                        return Err(needs_feature(option, value, "wordnet"));
                    }
                    None => return Err(bad(option, value, allowed)),
                };
            }
            _ => return Err(unknown("meteor", option)),
        }
        Ok(())
    }
}

impl Scoring for Meteor {
    fn width(&self) -> usize {
        4
    }

    fn signature(&self, refs: RefCount, resampling: Option<&str>) -> String {
        Signature::new(refs, resampling)
            .with("case", "lc")
            .with("tok", self.tokens.name())
            .with("modules", self.modules.name())
            .with("alpha", ALPHA)
            .with("beta", BETA)
            .with("gamma", GAMMA)
            .with("version", "nltk-3.10.4")
            .to_string()
    }

    fn score(&self, sum: &[f64]) -> Score {
        let count = sum[3].max(1.0);
        Score {
            value: sum[2] / count,
            details: vec![
                ("precision".to_owned(), sum[0] / count),
                ("recall".to_owned(), sum[1] / count),
            ],
        }
    }
}

impl Metric for Meteor {
    fn statistics(&self, hypothesis: &str, references: &[&str], row: &mut [f64]) {
        let by_line = self.tokens == MeteorTokens::V13a;
        let numbers = |known: &mut Words, text: &str| match by_line {
            true => known.numbers_of_line(text),
            false => known.numbers(&self.tokens.words(text)),
        };
        let mut best = [0.0; 3];
        WORDS.with(|all| {
            let known = &mut *all[usize::from(!by_line)].borrow_mut();
            known.bound();
            let own = numbers(known, hypothesis);
            for reference in references {
                let theirs = numbers(known, reference);
                let found = self.compare(&own, &theirs, known);
                if found[2] > best[2] {
                    best = found;
                }
            }
        });
        row.copy_from_slice(&[best[0], best[1], best[2], 1.0]);
    }
}

impl Meteor {
    /// Precision, recall and score against one reference.
    fn compare(&self, own: &[(u32, u32)], theirs: &[(u32, u32)], known: &mut Words) -> [f64; 3] {
        let mut matched = vec![None; own.len()];
        let mut free = vec![true; theirs.len()];
        pair(
            own.iter().map(|w| w.0),
            theirs.iter().map(|w| w.0),
            &mut matched,
            &mut free,
        );
        if self.modules >= Modules::Stem {
            let stems = (own.iter().map(|w| w.1), theirs.iter().map(|w| w.1));
            pair(stems.0, stems.1, &mut matched, &mut free);
        }
        if self.modules > Modules::Stem {
            pair_synonyms(own, theirs, &mut matched, &mut free, known);
        }
        let matches = matched.iter().flatten().count();
        if matches == 0 {
            return [0.0; 3];
        }
        let precision = matches as f64 / own.len() as f64;
        let recall = matches as f64 / theirs.len() as f64;
        let mean = (precision * recall) / (ALPHA * precision + (1.0 - ALPHA) * recall);
        let fragmentation = chunks(&matched) as f64 / matches as f64;
        let penalty = GAMMA * fragmentation.powf(BETA);
        [precision, recall, (1.0 - penalty) * mean]
    }
}

/// Matches from the end: each word of the hypothesis that is still free with the last one of the
/// reference that is its like and still free.
fn pair(
    own: impl DoubleEndedIterator<Item = u32> + ExactSizeIterator,
    theirs: impl Iterator<Item = u32>,
    matched: &mut [Option<usize>],
    free: &mut [bool],
) {
    // The last free place of each word, and for each place the one before with the same word.
    let mut last: FxHashMap<u32, usize> = FxHashMap::default();
    let mut before = vec![usize::MAX; free.len()];
    for (place, word) in theirs.enumerate().filter(|(place, _)| free[*place]) {
        before[place] = last.insert(word, place).unwrap_or(usize::MAX);
    }
    for (place, word) in own.enumerate().rev() {
        if matched[place].is_some() {
            continue;
        }
        if let Some(found) = last.get_mut(&word)
            && *found != usize::MAX
        {
            matched[place] = Some(*found);
            free[*found] = false;
            *found = before[*found];
        }
    }
}

/// Matches from the end by synonyms: each stem that is still free with the last stem of the reference that
/// is still free and it or one of its synonyms.
fn pair_synonyms(
    own: &[(u32, u32)],
    theirs: &[(u32, u32)],
    matched: &mut [Option<usize>],
    free: &mut [bool],
    known: &mut Words,
) {
    for (place, (_, stem)) in own.iter().enumerate().rev() {
        if matched[place].is_some() {
            continue;
        }
        let synonyms = known.synonyms(*stem);
        let is_like = |other: u32| other == *stem || synonyms.contains(&other);
        let found = (0..theirs.len())
            .rev()
            .find(|j| free[*j] && is_like(theirs[*j].1));
        if let Some(found) = found {
            matched[place] = Some(found);
            free[found] = false;
        }
    }
}

/// Runs of matches that are neighbours on both sides.
fn chunks(matched: &[Option<usize>]) -> usize {
    let mut chunks = 0;
    let mut before: Option<usize> = None;
    for place in matched {
        if let Some(place) = place
            && before.is_none_or(|b| b + 1 != *place)
        {
            chunks += 1;
        }
        before = *place;
    }
    chunks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(metric: &Meteor, hypothesis: &str, reference: &str) -> f64 {
        let mut row = [0.0; 4];
        metric.statistics(hypothesis, &[reference], &mut row);
        metric.segment_score(&row)
    }

    /// NLTK's own value for the sentences of its documentation, without synonyms.
    #[test]
    fn order_and_stems_count() {
        let all = Meteor::default();
        let exact = Meteor {
            modules: Modules::Exact,
            ..Meteor::default()
        };
        assert_eq!(score(&all, "the cat", "dogs bark"), 0.0);
        assert!(score(&all, "cats ran", "cat ran") > score(&exact, "cats ran", "cat ran"));
        let perfect = score(&all, "a b c d", "a b c d");
        assert!((perfect - (1.0 - 0.5 / 64.0)).abs() < 1e-12);
        assert!(score(&all, "c d a b", "a b c d") < perfect);
        let zh = Meteor {
            tokens: MeteorTokens::Zh,
            ..Meteor::default()
        };
        assert!(score(&zh, "今天天气很好", "今天天气不错") > 0.5);
    }
}
