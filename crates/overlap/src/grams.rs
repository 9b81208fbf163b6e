//! N-grams as hashes, each made of the one before in a step.

use crate::tokens::mixed;

/// The base of the polynomial that a gram's hash is; odd, so that multiplying loses nothing.
const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

/// The hashes of all n-grams of these tokens, in order; none where there are fewer tokens.
pub(crate) fn grams(tokens: &[u64], n: usize) -> impl Iterator<Item = u64> {
    let power = (0..n).fold(1_u64, |power, _| power.wrapping_mul(BASE));
    let mut hash = 0_u64;
    let each = tokens.iter().enumerate();
    each.filter_map(move |(place, &token)| {
        hash = hash.wrapping_mul(BASE).wrapping_add(token);
        if place >= n {
            hash = hash.wrapping_sub(tokens[place - n].wrapping_mul(power));
        }
        (place + 1 >= n).then(|| mixed(hash))
    })
}

/// The distinct n-grams of these tokens, sorted.
pub(crate) fn distinct(tokens: &[u64], n: usize) -> Vec<u64> {
    let mut all: Vec<u64> = grams(tokens, n).collect();
    all.sort_unstable();
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gram_has_the_same_hash_wherever_it_stands() {
        let tokens: Vec<u64> = [1, 2, 3, 9, 1, 2, 3].map(mixed).to_vec();
        let all: Vec<u64> = grams(&tokens, 3).collect();
        assert_eq!(all.len(), 5);
        assert_eq!(all[0], all[4]);
        assert_eq!(distinct(&tokens, 3).len(), 4);
        assert_eq!(grams(&tokens[..2], 3).count(), 0);
    }
}
