//! Phrases that recur in reasons: runs of words that many texts have, each text counted once, with the count on each side.
//!
//! Longer phrases are built from those that are frequent (a run is frequent only if both runs in it are, as in Agrawal and
//! Srikant 1994), so the work is a few passes over the words and memory does not grow with the number of different runs.
//! Of a phrase and a longer one that nearly all of its texts have, only the longer is told.

use super::words::{BREAK, is_character, is_joining, words, written};
use assay_sorting::sort_by;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// Words of a text that are read.
const WORDS_READ: usize = 2_000;
/// The least number of texts that a phrase occurs in.
const FEWEST: usize = 3;
/// A phrase occurs in at least one of this many texts (0.5 %).
const ONE_IN: usize = 200;
/// The most words of a phrase.
const LONGEST: usize = 8;
/// The part of a phrase's texts from which on a longer one that they have stands for it.
const COVERED: f64 = 0.8;
/// Phrases that are given of each order: by count, and by how unevenly they fall on the sides.
const GIVEN: usize = 60;

/// A phrase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phrase {
    /// Its words, in lower case.
    pub text: String,
    /// Reasons that have it.
    pub count: usize,
    /// The same on each side, in the order of the sides; reasons on no known side are in [`Phrase::count`] alone.
    pub by_side: Vec<usize>,
}

/// A text, and which side it is on, where that is known.
pub(super) type Sided<'a> = (&'a str, Option<usize>);

/// Runs of one number of words.
struct Level {
    /// Of each run: the run without its last word, and the last word.
    parts: Vec<(u32, u32)>,
    /// Of each run: the run without its first word.
    rest: Vec<u32>,
    /// Of each run the texts on each side, and on none last.
    counts: Vec<Vec<u32>>,
    /// The greatest count of a run that can be told and has this one in it.
    covered: Vec<u32>,
}

impl Level {
    fn new() -> Self {
        Self {
            parts: Vec::new(),
            rest: Vec::new(),
            counts: Vec::new(),
            covered: Vec::new(),
        }
    }

    fn count(&self, run: usize) -> u32 {
        self.counts[run].iter().sum()
    }
}

/// No run: of a word that is rare, or a break.
const NONE: u32 = u32::MAX;

/// The phrases that recur in the texts, the commonest first; `sides` is the number of sides that a text can be on.
pub(super) fn phrases(texts: &[Sided<'_>], sides: usize) -> Vec<Phrase> {
    let fewest = FEWEST.max(texts.len().div_ceil(ONE_IN)) as u32;
    let lower: Vec<String> = texts.iter().map(|(text, _)| text.to_lowercase()).collect();
    let mut names: Vec<&str> = Vec::new();
    let documents = numbered(&lower, &mut names);
    let sided: Vec<usize> = texts
        .iter()
        .map(|(_, side)| side.unwrap_or(sides))
        .collect();
    let (mut runs, first) = single(&documents, &names, &sided, sides, fewest);
    let mut levels = vec![first];
    while levels.len() < LONGEST && levels.last().is_some_and(|l| !l.counts.is_empty()) {
        let next = longer(&documents, &mut runs, levels.len(), &sided, sides, fewest);
        levels.push(next);
    }
    cover(&mut levels, &names);
    given(&levels, &names, sided.as_slice(), sides, fewest)
}

/// Texts as numbers of words.
fn numbered<'a>(lower: &'a [String], names: &mut Vec<&'a str>) -> Vec<Vec<u32>> {
    let mut known: HashMap<&str, u32> = HashMap::new();
    let number = |word: &'a str| {
        if word == BREAK {
            return NONE;
        }
        *known.entry(word).or_insert_with(|| {
            names.push(word);
            names.len() as u32 - 1
        })
    };
    let mut number = number;
    let texts = lower.iter().map(|text| words(text, WORDS_READ));
    texts
        .map(|text| text.into_iter().map(&mut number).collect())
        .collect()
}

/// Counts runs, each text once.
struct Counting {
    counts: Vec<Vec<u32>>,
    last: Vec<usize>,
    sides: usize,
}

impl Counting {
    fn new(sides: usize) -> Self {
        Self {
            counts: Vec::new(),
            last: Vec::new(),
            sides,
        }
    }

    fn add(&mut self, run: u32, document: usize, side: usize) {
        let run = run as usize;
        if run >= self.counts.len() {
            self.counts.resize(run + 1, vec![0; self.sides + 1]);
            self.last.resize(run + 1, usize::MAX);
        }
        if self.last[run] != document {
            self.last[run] = document;
            self.counts[run][side] += 1;
        }
    }

    /// The numbers of runs that are frequent, and a level of these.
    fn frequent(self, fewest: u32, parts: &[(u32, u32)], rest: &[u32]) -> (Vec<u32>, Level) {
        let mut level = Level::new();
        let mut number = Vec::new();
        for (run, counts) in self.counts.into_iter().enumerate() {
            let is_frequent = counts.iter().sum::<u32>() >= fewest;
            number.push(if is_frequent {
                level.counts.len() as u32
            } else {
                NONE
            });
            if is_frequent {
                level.parts.push(parts[run]);
                level.rest.push(rest[run]);
                level.covered.push(0);
                level.counts.push(counts);
            }
        }
        (number, level)
    }
}

/// The runs of one word at each place of each text, and the frequent ones.
fn single(
    documents: &[Vec<u32>],
    names: &[&str],
    sided: &[usize],
    sides: usize,
    fewest: u32,
) -> (Vec<Vec<u32>>, Level) {
    let mut counting = Counting::new(sides);
    for (document, (words, side)) in documents.iter().zip(sided).enumerate() {
        for word in words.iter().filter(|word| **word != NONE) {
            counting.add(*word, document, *side);
        }
    }
    let own: Vec<u32> = (0..names.len() as u32).collect();
    let parts: Vec<(u32, u32)> = own.iter().map(|word| (NONE, *word)).collect();
    let (number, level) = counting.frequent(fewest, &parts, &vec![NONE; own.len()]);
    let run = |word: &u32| match *word {
        NONE => NONE,
        word => number[word as usize],
    };
    let runs = documents
        .iter()
        .map(|words| words.iter().map(run).collect());
    (runs.collect(), level)
}

/// The runs of one word more: `runs` has those of `length` words at each place, and then the longer ones.
fn longer(
    documents: &[Vec<u32>],
    runs: &mut [Vec<u32>],
    length: usize,
    sided: &[usize],
    sides: usize,
    fewest: u32,
) -> Level {
    let mut known: HashMap<(u32, u32), u32> = HashMap::new();
    let (mut parts, mut rest) = (Vec::new(), Vec::new());
    let mut counting = Counting::new(sides);
    for (document, (words, side)) in documents.iter().zip(sided).enumerate() {
        let own = &mut runs[document];
        for place in 0..own.len() {
            let next = own.get(place + 1).copied().unwrap_or(NONE);
            let last = words.get(place + length).copied().unwrap_or(NONE);
            let before = own[place];
            own[place] = NONE;
            if before == NONE || next == NONE || last == NONE {
                continue;
            }
            let run = *known.entry((before, last)).or_insert_with(|| {
                parts.push((before, last));
                rest.push(next);
                parts.len() as u32 - 1
            });
            counting.add(run, document, *side);
            own[place] = run;
        }
    }
    let (number, level) = counting.frequent(fewest, &parts, &rest);
    for run in runs.iter_mut().flatten().filter(|run| **run != NONE) {
        *run = number[*run as usize];
    }
    level
}

/// The words of a run.
fn spelt<'a>(levels: &[Level], names: &[&'a str], level: usize, run: usize) -> Vec<&'a str> {
    let mut words = Vec::new();
    let (mut level, mut run) = (level, run);
    loop {
        let (before, last) = levels[level].parts[run];
        words.push(names[last as usize]);
        if level == 0 {
            break;
        }
        (level, run) = (level - 1, before as usize);
    }
    words.reverse();
    words
}

/// Whether a run says something by itself.
fn is_telling(words: &[&str]) -> bool {
    let ends = [words.first(), words.last()];
    let joins = ends.into_iter().flatten().any(|word| is_joining(word));
    let is_one_character = words.len() == 1 && is_character(words[0]);
    !joins && !is_one_character
}

/// Notes of each run how many texts have a longer one that can be told, the longest runs first.
fn cover(levels: &mut [Level], names: &[&str]) {
    for level in (1..levels.len()).rev() {
        for run in 0..levels[level].counts.len() {
            let words = spelt(levels, names, level, run);
            let own = match is_telling(&words) {
                true => levels[level].count(run),
                false => levels[level].covered[run],
            };
            let inside = [levels[level].parts[run].0, levels[level].rest[run]];
            for shorter in inside {
                let covered = &mut levels[level - 1].covered[shorter as usize];
                *covered = (*covered).max(own);
            }
        }
    }
}

/// The phrases to tell: the commonest, and those that fall most unevenly on the sides.
fn given(
    levels: &[Level],
    names: &[&str],
    sided: &[usize],
    sides: usize,
    fewest: u32,
) -> Vec<Phrase> {
    let mut found: Vec<Phrase> = Vec::new();
    for level in 0..levels.len() {
        for run in 0..levels[level].counts.len() {
            let count = levels[level].count(run);
            let is_covered = f64::from(levels[level].covered[run]) >= COVERED * f64::from(count);
            let words = spelt(levels, names, level, run);
            if count < fewest || is_covered || !is_telling(&words) {
                continue;
            }
            let by_side = levels[level].counts[run][..sides].iter();
            found.push(Phrase {
                text: written(&words),
                count: count as usize,
                by_side: by_side.map(|n| *n as usize).collect(),
            });
        }
    }
    let totals: Vec<usize> = (0..sides)
        .map(|side| sided.iter().filter(|own| **own == side).count())
        .collect();
    let by_count = |a: &Phrase, b: &Phrase| b.count.cmp(&a.count).then(a.text.cmp(&b.text));
    sort_by(&mut found, by_count);
    let mut rest = found.split_off(found.len().min(GIVEN));
    let uneven = |phrase: &Phrase| unevenness(&phrase.by_side, &totals);
    sort_by(&mut rest, |a, b| {
        uneven(b).total_cmp(&uneven(a)).then(by_count(a, b))
    });
    rest.truncate(GIVEN);
    found.extend(rest);
    sort_by(&mut found, by_count);
    found
}

/// How unevenly a phrase falls on the sides: the likelihood-ratio statistic of having it against the sides, 0 where all
/// sides have it in the same part of their reasons (Dunning 1993). It orders phrases and is no test.
#[must_use]
pub fn unevenness(by_side: &[usize], totals: &[usize]) -> f64 {
    let all: usize = totals.iter().sum();
    let having: usize = by_side.iter().sum();
    if all == 0 {
        return 0.0;
    }
    let part = having as f64 / all as f64;
    let term = |seen: f64, expected: f64| {
        if seen > 0.0 {
            seen * (seen / expected).ln()
        } else {
            0.0
        }
    };
    let sides = by_side.iter().zip(totals);
    let terms = sides.map(|(seen, total)| {
        let (seen, total) = (*seen as f64, *total as f64);
        term(seen, part * total) + term(total - seen, (1.0 - part) * total)
    });
    (2.0 * terms.sum::<f64>()).max(0.0)
}
