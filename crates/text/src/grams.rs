//! Matches of n-grams of all orders at once. An n-gram of the highest order is packed into one number, its
//! first token in the highest bits; sorted, the n-grams of every lower order stand side by side too, as
//! beginnings. Two sorted lists are merged once for each order; nothing is hashed and nothing is named.

use super::intern::{NgramNames, clipped_matches, count};
use rustc_hash::FxHashMap;

/// A number that n-grams are packed into.
trait Packed: Copy + Ord {
    fn pack(parts: impl Iterator<Item = u32>, bits: u32) -> Self;
    fn beginning(self, shift: u32) -> Self;
    /// Whether the last token of a beginning is one, and not the emptiness after the text.
    fn is_whole(self, bits: u32) -> bool;
}

macro_rules! packed {
    ($number:ty) => {
        impl Packed for $number {
            fn pack(parts: impl Iterator<Item = u32>, bits: u32) -> Self {
                parts.fold(0, |key, part| key << bits | Self::from(part))
            }

            fn beginning(self, shift: u32) -> Self {
                self >> shift
            }

            fn is_whole(self, bits: u32) -> bool {
                self & ((1 << bits) - 1) != 0
            }
        }
    };
}

packed!(u64);
packed!(u128);

/// For each order from 1 to `orders` the n-grams of `tokens` that stand in the references too, each
/// counted at most as often as in the reference that has it most often. Tokens are below two to the power
/// of `bits`, less one.
#[must_use]
pub fn matches(tokens: &[u32], references: &[&[u32]], orders: usize, bits: u32) -> Vec<u32> {
    packed(tokens, references, orders, bits).unwrap_or_else(|| named(tokens, references, orders))
}

/// `None` where n-grams take more bits than can be packed.
fn packed(tokens: &[u32], references: &[&[u32]], orders: usize, bits: u32) -> Option<Vec<u32>> {
    match bits * orders as u32 {
        0..=64 if bits <= 32 => Some(matched::<u64>(tokens, references, orders, bits)),
        0..=128 if bits <= 32 => Some(matched::<u128>(tokens, references, orders, bits)),
        _ => None,
    }
}

/// Bits that numbers below `count` take, one kept for emptiness.
#[must_use]
pub fn bits_for(count: usize) -> u32 {
    usize::BITS - count.leading_zeros()
}

fn matched<N: Packed>(tokens: &[u32], references: &[&[u32]], orders: usize, bits: u32) -> Vec<u32> {
    let own: Vec<N> = sorted(tokens, orders, bits);
    let theirs: Vec<Vec<N>> = references.iter().map(|r| sorted(r, orders, bits)).collect();
    let shift = |n: usize| bits * (orders - n) as u32;
    match &theirs[..] {
        [one] => (1..=orders)
            .map(|n| in_both(&own, one, shift(n), bits))
            .collect(),
        many => (1..=orders)
            .map(|n| in_most(&own, many, shift(n), bits))
            .collect(),
    }
}

/// The n-grams of the highest order that begin at each token, in order; after the text comes 0.
fn sorted<N: Packed>(tokens: &[u32], orders: usize, bits: u32) -> Vec<N> {
    let at = |i: usize| tokens.get(i).map_or(0, |t| t + 1);
    let mut keys: Vec<N> = (0..tokens.len())
        .map(|start| N::pack((start..start + orders).map(at), bits))
        .collect();
    keys.sort_unstable();
    keys
}

/// Common beginnings of two sorted lists, each counted as often as it stands in both.
fn in_both<N: Packed>(own: &[N], theirs: &[N], shift: u32, bits: u32) -> u32 {
    let (mut i, mut j, mut matches) = (0, 0, 0);
    while i < own.len() && j < theirs.len() {
        let (a, b) = (own[i].beginning(shift), theirs[j].beginning(shift));
        matches += u32::from(a == b && a.is_whole(bits));
        i += usize::from(a <= b);
        j += usize::from(b <= a);
    }
    matches
}

/// The same with several lists, of which the one with most counts.
fn in_most<N: Packed>(own: &[N], many: &[Vec<N>], shift: u32, bits: u32) -> u32 {
    let mut places = vec![0; many.len()];
    let mut matches = 0;
    for group in own.chunk_by(|a, b| a.beginning(shift) == b.beginning(shift)) {
        let key = group[0].beginning(shift);
        let mut most = 0;
        for (theirs, place) in many.iter().zip(&mut places) {
            *place += theirs[*place..].partition_point(|k| k.beginning(shift) < key);
            let same = theirs[*place..]
                .iter()
                .take_while(|k| k.beginning(shift) == key);
            most = most.max(same.count());
        }
        if key.is_whole(bits) {
            matches += group.len().min(most) as u32;
        }
    }
    matches
}

/// The same by naming every n-gram.
fn named(tokens: &[u32], references: &[&[u32]], orders: usize) -> Vec<u32> {
    let mut own = tokens.to_vec();
    let mut theirs: Vec<Vec<u32>> = references.iter().map(|r| r.to_vec()).collect();
    let step = |n: usize| {
        if n > 0 {
            let mut names = NgramNames::default();
            own = names.extend(&own, tokens, n);
            for (grams, tokens) in theirs.iter_mut().zip(references) {
                *grams = names.extend(grams, tokens, n);
            }
        }
        let mut most = FxHashMap::default();
        for grams in &theirs {
            for (name, n) in count(grams) {
                let entry = most.entry(name).or_insert(0);
                *entry = n.max(*entry);
            }
        }
        clipped_matches(&own, &most)
    };
    (0..orders).map(step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn packed_and_named_ngrams_match_alike(
            tokens in proptest::collection::vec(0u32..7, 0..40),
            references in proptest::collection::vec(proptest::collection::vec(0u32..7, 0..40), 1..4),
            orders in 1usize..9,
            bits in 3u32..20,
        ) {
            let references: Vec<&[u32]> = references.iter().map(Vec::as_slice).collect();
            if let Some(found) = packed(&tokens, &references, orders, bits) {
                prop_assert_eq!(found, named(&tokens, &references, orders));
            } else {
                prop_assert!(bits as usize * orders > 128);
            }
        }
    }

    #[test]
    fn zero_is_reserved_for_no_ngram() {
        assert_eq!([0, 1, 7, 8].map(bits_for), [0, 1, 3, 4]);
        assert_eq!(matches(&[0, 1], &[&[0, 1]], 3, 2), vec![2, 1, 0]);
    }
}
