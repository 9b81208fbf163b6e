//! Whether two files ask the same, told by their prompts and references.

use crate::import::Imported;
use crate::matching::canonical;
use crate::roles::Role;
use crate::words::{shared, words};
use rustc_hash::FxHashSet;
use std::borrow::Cow;

/// Rows whose words are compared.
const SAMPLE: usize = 50;

/// How two files are to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    /// They ask the same.
    Same,
    /// They ask different things.
    Different,
    /// That can't be told.
    Unclear,
}

/// The texts of a file by which it is compared.
pub(super) struct Texts<'a> {
    prompts: Column<'a>,
    references: Column<'a>,
}

/// The cells of a column; none where the file has no such column.
struct Column<'a> {
    cells: Vec<Option<&'a str>>,
    distinct: FxHashSet<Cow<'a, str>>,
}

impl<'a> Texts<'a> {
    pub(super) fn of(file: &'a Imported) -> Self {
        let roles = file.own_roles();
        let column = |role: Role| {
            let column = roles.iter().position(|r| *r == role);
            let cells = column.into_iter().flat_map(|c| file.table.column(c).iter());
            let cells: Vec<Option<&str>> = cells.collect();
            let distinct = cells.iter().flatten().map(|text| canonical(text)).collect();
            Column { cells, distinct }
        };
        Self {
            prompts: column(Role::Source),
            references: column(Role::Reference),
        }
    }

    /// Whether there is nothing to compare.
    pub(super) fn is_empty(&self) -> bool {
        self.prompts.distinct.is_empty() && self.references.distinct.is_empty()
    }

    /// How two files are to each other. Prompts can differ because each system has its template: then references, or
    /// the words of prompts line by line, say that the rows are the same.
    pub(super) fn relation(&self, other: &Self) -> Relation {
        let prompts = overlap(&self.prompts, &other.prompts);
        let references = overlap(&self.references, &other.references)
            .filter(|_| self.references.is_distinct() && other.references.is_distinct());
        let aligned = aligned(&self.references.cells, &other.references.cells);
        match (prompts, references) {
            (Some(shared), _) | (None, Some(shared)) if shared >= 0.9 => Relation::Same,
            (_, Some(shared)) if shared >= 0.9 => Relation::Same,
            (None, None) if aligned.is_some_and(|share| share >= 0.9) => Relation::Same,
            (None, None) => Relation::Unclear,
            (prompts, references) => {
                let few = |shared: Option<f64>| shared.is_none_or(|shared| shared <= 0.1);
                let is_apart = few(prompts)
                    && few(references)
                    && aligned.is_none_or(|share| share < 0.5)
                    && !are_alike_by_line(&self.prompts.cells, &other.prompts.cells);
                match is_apart {
                    true => Relation::Different,
                    false => Relation::Unclear,
                }
            }
        }
    }
}

impl Column<'_> {
    /// Whether texts tell rows apart: labels such as A to D stand in every data set.
    fn is_distinct(&self) -> bool {
        2 * self.distinct.len() > self.cells.len()
    }
}

/// The part of the shorter file's texts that the other has too; nothing where one has none.
fn overlap(first: &Column<'_>, second: &Column<'_>) -> Option<f64> {
    let (first, second) = (&first.distinct, &second.distinct);
    let shorter = first.len().min(second.len());
    let shared = first.intersection(second).count();
    (shorter > 0).then(|| shared as f64 / shorter as f64)
}

/// The part of rows in which both have the same text; nothing where there are not as many rows.
fn aligned(first: &[Option<&str>], second: &[Option<&str>]) -> Option<f64> {
    let both = first.iter().zip(second);
    let both = both.filter_map(|(a, b)| Some((canonical((*a)?), canonical((*b)?))));
    let both: Vec<_> = both.collect();
    let equal = both.iter().filter(|(a, b)| a == b).count();
    (first.len() == second.len() && !both.is_empty()).then(|| equal as f64 / both.len() as f64)
}

/// Whether rows of one place share clearly more words than rows of neighbouring places: the same questions, each in
/// another template.
fn are_alike_by_line(first: &[Option<&str>], second: &[Option<&str>]) -> bool {
    const CLEARLY: f64 = 0.15;
    let words = |cells: &[Option<&str>]| -> Vec<FxHashSet<String>> {
        let texts = cells.iter().take(SAMPLE).map(|cell| cell.unwrap_or(""));
        texts.map(words).collect()
    };
    if first.len() != second.len() || first.len() < 2 {
        return false;
    }
    let (first, second) = (words(first), words(second));
    let mean = |shift: usize| {
        let pairs = first.iter().enumerate();
        let shares = pairs.map(|(row, words)| shared(words, &second[(row + shift) % second.len()]));
        shares.sum::<f64>() / first.len() as f64
    };
    mean(0) - mean(1) > CLEARLY
}
