//! The test's texts, and what has been seen of them as training rows pass by.

use crate::found::{Found, Kind, Place};
use crate::grams::grams;
use crate::near::Sets;
use crate::report::OverlapReport;
use crate::templates::{GRAM, Templates};
use crate::tokens::Tokens;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

/// Tokens that the test's distinct texts may have together; each takes about 100 bytes.
pub const MAX_TOKENS: usize = 15_000_000;
/// Training rows whose text is kept, of those in which an 8-gram of the test was first seen.
const MAX_TEXTS: usize = 200_000;
/// Characters of a training text that are shown.
const SHOWN: usize = 240;
/// What has not been seen in the training files.
const UNSEEN: u32 = u32::MAX;

/// The texts of a test row.
#[derive(Debug, Clone, Default)]
pub struct TestRow<'a> {
    /// What systems were given.
    pub prompts: Vec<&'a str>,
    /// What their outputs are compared with.
    pub references: Vec<&'a str>,
}

/// Why a test can't be looked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum OverlapError {
    /// Nothing to look for.
    #[error("the data has neither prompts nor references to look for")]
    NoTexts,
    /// More than memory has room for.
    #[error(
        "the test's texts have more than {limit} tokens, which is the most that can be looked for"
    )]
    TooLarge {
        /// Tokens allowed.
        limit: usize,
    },
}

/// N-grams of the test's texts, each with the training row in which it was first seen.
type Seen = FxHashMap<u64, u32>;

/// Of each row its texts, as places among the distinct ones.
type TextsOfRows = Vec<Vec<(Kind, u32)>>;

/// A training text that is most similar to a test text.
struct Nearest {
    similarity: f64,
    row: u32,
    text: String,
}

/// Looks for a test's texts in rows that are pushed.
pub struct Index {
    /// The rows' texts, as places among the distinct ones.
    rows: TextsOfRows,
    /// The tokens of distinct texts.
    texts: Vec<Vec<u64>>,
    eights: Seen,
    thirteens: Seen,
    sets: Sets,
    templates: Templates,
    nearest: Vec<Option<Nearest>>,
    /// Texts of rows in which an 8-gram was first seen.
    seen_in: FxHashMap<u32, String>,
    /// The files' names, and the rows before each.
    files: Vec<(String, u32)>,
    pushed: u32,
    tokens: Tokens,
}

impl Index {
    /// Of a test's rows.
    ///
    /// # Errors
    /// [`OverlapError`].
    pub fn new<'a>(rows: impl IntoIterator<Item = TestRow<'a>>) -> Result<Self, OverlapError> {
        let (rows, texts) = distinct_texts(rows)?;
        if texts.is_empty() {
            return Err(OverlapError::NoTexts);
        }
        let templates = Templates::of(&texts);
        let unseen = |n: usize| -> Seen {
            let grams = texts.iter().flat_map(|text| templates.distinct(text, n));
            grams.map(|gram| (gram, UNSEEN)).collect()
        };
        let sets = texts.iter().map(|text| templates.distinct(text, GRAM));
        let sets = Sets::new(&sets.collect::<Vec<_>>());
        let nearest = texts.iter().map(|_| None).collect();
        Ok(Self {
            eights: unseen(8),
            thirteens: unseen(13),
            sets,
            templates,
            rows,
            texts,
            nearest,
            seen_in: FxHashMap::default(),
            files: Vec::new(),
            pushed: 0,
            tokens: Tokens::default(),
        })
    }

    /// A training file begins; rows that follow are its own.
    pub fn begin_file(&mut self, name: &str) {
        self.files.push((name.to_owned(), self.pushed));
    }

    /// Takes the cells of the next training row.
    pub fn push<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) {
        // Taken out, so that it can be read while the rest changes.
        let mut tokens = std::mem::take(&mut self.tokens);
        for cell in cells {
            tokens.read(cell);
            self.see(cell, &tokens);
            self.compare(cell, &tokens);
        }
        self.tokens = tokens;
        self.pushed += 1;
    }

    /// Notes n-grams that are seen for the first time.
    fn see(&mut self, cell: &str, tokens: &Tokens) {
        let row = self.pushed;
        let mut first = None;
        for (place, gram) in grams(&tokens.hashes, 8).enumerate() {
            if let Some(seen) = self.eights.get_mut(&gram).filter(|seen| **seen == UNSEEN) {
                *seen = row;
                first = first.or(Some(place));
            }
        }
        for gram in grams(&tokens.hashes, 13) {
            if let Some(seen) = self.thirteens.get_mut(&gram)
                && *seen == UNSEEN
            {
                *seen = row;
            }
        }
        if let Some(place) = first
            && self.seen_in.len() < MAX_TEXTS
        {
            let text = self.seen_in.entry(row);
            text.or_insert_with(|| shown(cell, tokens.spans[place].0, cell.len()));
        }
    }

    /// Compares the cell, and each of its blocks where it has several, with the test's texts.
    fn compare(&mut self, cell: &str, tokens: &Tokens) {
        if !self.sets.look_up(&tokens.hashes, &self.templates) {
            return;
        }
        let row = self.pushed;
        let whole = std::iter::once((0, tokens.hashes.len()));
        for (start, end) in whole.chain(tokens.several_blocks(cell)) {
            let nearest = &mut self.nearest;
            self.sets.similar(start, end, |text, similarity| {
                let best = &mut nearest[text];
                if best.as_ref().is_none_or(|b| similarity > b.similarity) {
                    let (from, to) = (tokens.spans[start].0, tokens.spans[end - 1].1);
                    let text = shown(cell, from, to);
                    *best = Some(Nearest {
                        similarity,
                        row,
                        text,
                    });
                }
            });
        }
    }

    /// What was found, of each test row and in sum.
    #[must_use]
    pub fn finish(mut self) -> (Vec<Found>, OverlapReport) {
        let of_text: Vec<Found> = (0..self.texts.len()).map(|t| self.of_text(t)).collect();
        let rows = std::mem::take(&mut self.rows).into_iter().enumerate();
        let found: Vec<Found> = rows
            .map(|(row, texts)| strongest(row, &texts, &of_text))
            .collect();
        let files = self.files.into_iter().map(|(name, _)| name).collect();
        let report = OverlapReport::of(files, self.pushed as usize, &found);
        (found, report)
    }

    fn of_text(&mut self, text: usize) -> Found {
        let eights = self.templates.distinct(&self.texts[text], 8);
        let thirteens = self.templates.distinct(&self.texts[text], 13);
        let share_8 = share(&self.eights, &eights);
        let nearest = self.nearest[text].take();
        // A text within a longer one shares its n-grams with it and is yet not similar to it.
        let similar = nearest
            .as_ref()
            .filter(|n| n.similarity >= share_8.unwrap_or(0.0));
        let place = match similar {
            Some(nearest) => Some(self.place(nearest.row, nearest.text.clone())),
            None => first_row(&self.eights, &eights).map(|row| {
                let text = self.seen_in.get(&row).cloned();
                self.place(row, text.unwrap_or_default())
            }),
        };
        Found {
            row: 0,
            // Whether it can be compared; which text of a row it is, is the row's.
            kind: (self.sets.size(text) > 0).then_some(Kind::Prompt),
            share_8,
            share_13: share(&self.thirteens, &thirteens),
            similarity: nearest.map(|nearest| nearest.similarity),
            place,
        }
    }

    fn place(&self, row: u32, text: String) -> Place {
        let after = self.files.partition_point(|(_, before)| *before <= row);
        let file = after.saturating_sub(1);
        let before = self.files.get(file).map_or(0, |(_, before)| *before);
        Place {
            file,
            row: (row - before) as usize + 1,
            text,
        }
    }
}

/// The distinct texts as tokens, and of each row which it has.
fn distinct_texts<'a>(
    rows: impl IntoIterator<Item = TestRow<'a>>,
) -> Result<(TextsOfRows, Vec<Vec<u64>>), OverlapError> {
    let (mut tokens, mut count) = (Tokens::default(), 0);
    let mut texts: Vec<Vec<u64>> = Vec::new();
    let mut known: FxHashMap<Vec<u64>, u32> = FxHashMap::default();
    let mut of_rows = Vec::new();
    for row in rows {
        let prompts = row.prompts.into_iter().map(|text| (Kind::Prompt, text));
        let references = row.references.into_iter();
        let both = prompts.chain(references.map(|text| (Kind::Reference, text)));
        let mut own = Vec::new();
        for (kind, text) in both {
            tokens.read(text);
            if tokens.hashes.is_empty() {
                continue;
            }
            let place = match known.get(&tokens.hashes) {
                Some(place) => *place,
                None => {
                    count += tokens.hashes.len();
                    let limit = MAX_TOKENS;
                    if count > limit {
                        return Err(OverlapError::TooLarge { limit });
                    }
                    texts.push(tokens.hashes.clone());
                    known.insert(tokens.hashes.clone(), texts.len() as u32 - 1);
                    texts.len() as u32 - 1
                }
            };
            own.push((kind, place));
        }
        of_rows.push(own);
    }
    Ok((of_rows, texts))
}

/// The share of n-grams that were seen; nothing where none counts.
fn share(seen: &Seen, grams: &[u64]) -> Option<f64> {
    let rows = || grams.iter().filter_map(|gram| seen.get(gram));
    let (found, all) = (rows().filter(|row| **row != UNSEEN).count(), rows().count());
    (all > 0).then(|| found as f64 / all as f64)
}

/// The row in which most of these n-grams were first seen, the earliest of such.
fn first_row(seen: &Seen, grams: &[u64]) -> Option<u32> {
    let mut counts: FxHashMap<u32, usize> = FxHashMap::default();
    let rows = grams.iter().filter_map(|gram| seen.get(gram));
    for row in rows.filter(|row| **row != UNSEEN) {
        *counts.entry(*row).or_default() += 1;
    }
    let best = counts
        .into_iter()
        .min_by_key(|&(row, n)| (usize::MAX - n, row));
    best.map(|(row, _)| row)
}

/// What is found of a row: of its texts the one that is found, prompts first, or else the most alike.
fn strongest(row: usize, texts: &[(Kind, u32)], of_text: &[Found]) -> Found {
    let mut best: Option<Found> = None;
    let mut seen = FxHashSet::default();
    for &(kind, text) in texts {
        let found = &of_text[text as usize];
        if found.kind.is_none() || !seen.insert(text) {
            continue;
        }
        let is_stronger = best.as_ref().is_none_or(|best| {
            let strength = |found: &Found| (found.is_copied(), found.strength());
            let first_kind = best.kind == Some(kind) || !best.is_copied();
            first_kind && strength(found) > strength(best)
        });
        if is_stronger {
            best = Some(Found {
                kind: Some(kind),
                ..found.clone()
            });
        }
    }
    let nothing = Found {
        row,
        kind: None,
        share_8: None,
        share_13: None,
        similarity: None,
        place: None,
    };
    Found {
        row,
        ..best.unwrap_or(nothing)
    }
}

/// The bytes of a text between these, at most [`SHOWN`] characters of them.
fn shown(text: &str, from: usize, to: usize) -> String {
    let part = text.get(from..to).unwrap_or_default();
    match part.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &part[..end]),
        None => part.to_owned(),
    }
}
