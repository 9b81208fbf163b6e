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

/// Passes over all texts: one that reads their words, and one for each number of words of a phrase.
pub(super) const PASSES: usize = 1 + LONGEST;

/// Phrases as they are looked for, some texts at a time.
pub(super) struct Search {
    texts: Vec<String>,
    /// The side of each text; that of texts on none stands behind the last.
    sided: Vec<usize>,
    sides: usize,
    fewest: u32,
    known: HashMap<String, u32>,
    names: Vec<String>,
    /// The words of each text as numbers.
    documents: Vec<Vec<u32>>,
    /// At each place of each text the frequent run that begins there, of as many words as there are levels.
    runs: Vec<Vec<u32>>,
    levels: Vec<Level>,
    pass: Pass,
    /// Texts that the present pass is through with.
    done: usize,
}

/// What is done with each text.
enum Pass {
    Reading,
    /// Counting runs of one word.
    Single(Counting),
    /// Counting runs of one word more than the last level has.
    Longer(Longer),
    /// All is counted.
    Counted,
}

/// Longer runs as they are counted.
struct Longer {
    counting: Counting,
    known: HashMap<(u32, u32), u32>,
    parts: Vec<(u32, u32)>,
    rest: Vec<u32>,
}

impl Search {
    /// A search in texts, which can be on that many sides.
    pub(super) fn new(texts: &[Sided<'_>], sides: usize) -> Self {
        Self {
            sided: texts
                .iter()
                .map(|(_, side)| side.unwrap_or(sides))
                .collect(),
            sides,
            fewest: FEWEST.max(texts.len().div_ceil(ONE_IN)) as u32,
            texts: texts.iter().map(|(text, _)| (*text).to_owned()).collect(),
            known: HashMap::new(),
            names: Vec::new(),
            documents: Vec::new(),
            runs: Vec::new(),
            levels: Vec::new(),
            pass: Pass::Reading,
            done: 0,
        }
    }

    /// Takes the next texts, `most` at most. Returns whether there is more to do.
    pub(super) fn step(&mut self, most: usize) -> bool {
        let end = (self.done + most.max(1)).min(self.texts.len());
        for document in self.done..end {
            self.take(document);
        }
        self.done = end;
        if end == self.texts.len() {
            self.done = 0;
            self.next_pass();
        }
        !matches!(self.pass, Pass::Counted)
    }

    fn take(&mut self, document: usize) {
        let side = self.sided[document];
        match &mut self.pass {
            Pass::Reading => {
                let lower = self.texts[document].to_lowercase();
                let (known, names) = (&mut self.known, &mut self.names);
                let words = words(&lower, WORDS_READ).into_iter();
                let words = words.map(|word| number(word, known, names));
                self.documents.push(words.collect());
            }
            Pass::Single(counting) => {
                let words = self.documents[document].iter();
                words
                    .filter(|word| **word != NONE)
                    .for_each(|word| counting.add(*word, document, side));
            }
            Pass::Longer(longer) => {
                let length = self.levels.len();
                let words = &self.documents[document];
                longer.take(words, &mut self.runs[document], length, (document, side));
            }
            Pass::Counted => {}
        }
    }

    /// Ends a pass over all texts.
    fn next_pass(&mut self) {
        let before = std::mem::replace(&mut self.pass, Pass::Counted);
        match before {
            Pass::Reading => {
                // Texts as numbers are all that is read from here on.
                self.texts.iter_mut().for_each(|text| *text = String::new());
                self.pass = Pass::Single(Counting::new(self.sides));
                return;
            }
            Pass::Single(counting) => {
                let own: Vec<u32> = (0..self.names.len() as u32).collect();
                let parts: Vec<(u32, u32)> = own.iter().map(|word| (NONE, *word)).collect();
                let rest = vec![NONE; own.len()];
                let (number, level) = counting.frequent(self.fewest, &parts, &rest);
                self.runs.clone_from(&self.documents);
                self.renumber(&number);
                self.levels.push(level);
            }
            Pass::Longer(longer) => {
                let Longer {
                    counting,
                    parts,
                    rest,
                    ..
                } = longer;
                let (number, level) = counting.frequent(self.fewest, &parts, &rest);
                self.renumber(&number);
                self.levels.push(level);
            }
            Pass::Counted => return,
        }
        let is_open = self.levels.last().is_some_and(|l| !l.counts.is_empty());
        if self.levels.len() < LONGEST && is_open {
            self.pass = Pass::Longer(Longer::new(self.sides));
        }
    }

    /// Gives runs the numbers that they have among the frequent ones.
    fn renumber(&mut self, number: &[u32]) {
        for run in self.runs.iter_mut().flatten().filter(|run| **run != NONE) {
            *run = number[*run as usize];
        }
    }

    /// Texts times passes that are done, of [`PASSES`] for each text.
    pub(super) fn done(&self) -> usize {
        let passes = match self.pass {
            Pass::Reading => 0,
            Pass::Counted => PASSES,
            Pass::Single(_) | Pass::Longer(_) => 1 + self.levels.len(),
        };
        passes * self.texts.len() + self.done
    }

    /// The phrases that recur in the texts, the commonest first; once [`Self::step`] has nothing more to do.
    pub(super) fn finish(mut self) -> Vec<Phrase> {
        let names: Vec<&str> = self.names.iter().map(String::as_str).collect();
        cover(&mut self.levels, &names);
        given(&self.levels, &names, &self.sided, self.sides, self.fewest)
    }
}

/// The number of a word.
fn number(word: &str, known: &mut HashMap<String, u32>, names: &mut Vec<String>) -> u32 {
    if word == BREAK {
        return NONE;
    }
    if let Some(number) = known.get(word) {
        return *number;
    }
    let number = names.len() as u32;
    known.insert(word.to_owned(), number);
    names.push(word.to_owned());
    number
}

impl Longer {
    fn new(sides: usize) -> Self {
        Self {
            counting: Counting::new(sides),
            known: HashMap::new(),
            parts: Vec::new(),
            rest: Vec::new(),
        }
    }

    /// Counts the runs of a text that are one word longer than those of `length` words in `own`, and puts them there.
    fn take(
        &mut self,
        words: &[u32],
        own: &mut [u32],
        length: usize,
        (document, side): (usize, usize),
    ) {
        for place in 0..own.len() {
            let next = own.get(place + 1).copied().unwrap_or(NONE);
            let last = words.get(place + length).copied().unwrap_or(NONE);
            let before = own[place];
            own[place] = NONE;
            if before == NONE || next == NONE || last == NONE {
                continue;
            }
            let (parts, rest) = (&mut self.parts, &mut self.rest);
            let run = *self.known.entry((before, last)).or_insert_with(|| {
                parts.push((before, last));
                rest.push(next);
                parts.len() as u32 - 1
            });
            self.counting.add(run, document, side);
            own[place] = run;
        }
    }
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
