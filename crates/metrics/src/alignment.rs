//! Which units of an output stand for which of its reference where the edits are fewest: what word and
//! character error rates count, as jiwer 4.0.0 shows it. Of several alignments with as few edits the one is
//! taken that rapidfuzz 3.14 takes: what both texts begin and end with stays; between, seen from the end, a
//! unit is left out where that is no more edits, and added only where that is fewer than keeping both.

use assay_results::alignment::Step;

/// Cells of the matrix that are filled at most; longer texts are not aligned.
const MOST_CELLS: usize = 4_000_000;

/// The steps that turn a reference into an output, each with the place of the unit in either; nothing where
/// the texts are too long.
#[must_use]
pub fn align<T: PartialEq>(reference: &[T], output: &[T]) -> Option<Vec<(Step, usize, usize)>> {
    let pairs = reference.iter().zip(output);
    let before = pairs.take_while(|(a, b)| a == b).count();
    let (own, theirs) = (&reference[before..], &output[before..]);
    let pairs = own.iter().rev().zip(theirs.iter().rev());
    let behind = pairs.take_while(|(a, b)| a == b).count();
    let (own, theirs) = (&own[..own.len() - behind], &theirs[..theirs.len() - behind]);
    let middle = align_middle(own, theirs)?.into_iter();
    let same = |from: [usize; 2], count: usize| {
        (0..count).map(move |i| (Step::Same, from[0] + i, from[1] + i))
    };
    let ends = [before + own.len(), before + theirs.len()];
    let steps = same([0, 0], before)
        .chain(middle.map(|(step, i, j)| (step, before + i, before + j)))
        .chain(same(ends, behind));
    Some(steps.collect())
}

/// The same of texts that begin and end with different units.
fn align_middle<T: PartialEq>(reference: &[T], output: &[T]) -> Option<Vec<(Step, usize, usize)>> {
    let (rows, columns) = (reference.len() + 1, output.len() + 1);
    if rows.checked_mul(columns)? > MOST_CELLS {
        return None;
    }
    let mut edits = vec![0u32; rows * columns];
    let at = |i: usize, j: usize| i * columns + j;
    for i in 0..rows {
        for j in 0..columns {
            edits[at(i, j)] = match (i, j) {
                (0, n) | (n, 0) => n as u32,
                _ => {
                    let differs = u32::from(reference[i - 1] != output[j - 1]);
                    let kept = edits[at(i - 1, j - 1)] + differs;
                    let alone = edits[at(i - 1, j)].min(edits[at(i, j - 1)]) + 1;
                    kept.min(alone)
                }
            };
        }
    }
    let (mut i, mut j) = (reference.len(), output.len());
    let mut steps = Vec::with_capacity(i.max(j));
    while i > 0 || j > 0 {
        let missing = i > 0 && (j == 0 || edits[at(i, j)] == edits[at(i - 1, j)] + 1);
        let added = j > 0 && (i == 0 || edits[at(i, j - 1)] + 1 == edits[at(i - 1, j - 1)]);
        let step = match (missing, added) {
            (true, _) => Step::Missing,
            (_, true) => Step::Added,
            _ if reference[i - 1] == output[j - 1] => Step::Same,
            _ => Step::Substituted,
        };
        i -= usize::from(step != Step::Added);
        j -= usize::from(step != Step::Missing);
        steps.push((step, i, j));
    }
    steps.reverse();
    Some(steps)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// The steps are as many edits as the distance says, and put both texts together again.
        #[test]
        fn steps_turn_one_text_into_the_other(a in "[abc]{0,9}", b in "[abc]{0,9}") {
            let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
            let steps = align(&a, &b).unwrap();
            let edits = steps.iter().filter(|s| s.0 != Step::Same).count();
            prop_assert_eq!(edits, rapidfuzz::distance::levenshtein::distance(a.iter().copied(), b.iter().copied()));
            let own = steps.iter().filter(|s| s.0 != Step::Added).map(|s| a[s.1]);
            prop_assert_eq!(own.collect::<Vec<_>>(), a.clone());
            let theirs = steps.iter().filter(|s| s.0 != Step::Missing).map(|s| b[s.2]);
            prop_assert_eq!(theirs.collect::<Vec<_>>(), b.clone());
            let same = steps.iter().filter(|s| s.0 == Step::Same);
            for (_, i, j) in same { prop_assert_eq!(a[*i], b[*j]); }
        }
    }
}
