//! Stable sorting that is compiled once for all lists. The standard library's is compiled anew, with 8 kB, for each type of
//! items and each way of comparing them, and the data worker sorts in forty places. Where a list is long and sorted
//! again and again, the standard library's is quicker; where equal items can't be told apart, its `sort_unstable_by` is
//! small as well.

use std::cmp::Ordering;

/// The places of `count` items in the order of `compare`, which compares items by their places. Equal ones keep their
/// order.
#[must_use]
pub fn sorted_places(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut sorted: Vec<usize> = (0..count).collect();
    let mut merged = Vec::with_capacity(count);
    let mut run = 1;
    while run < count {
        merged.clear();
        for runs in sorted.chunks(run * 2) {
            let (mut first, mut second) = runs.split_at(run.min(runs.len()));
            while let ([a, after_a @ ..], [b, after_b @ ..]) = (first, second) {
                if compare(*b, *a).is_lt() {
                    merged.push(*b);
                    second = after_b;
                } else {
                    merged.push(*a);
                    first = after_a;
                }
            }
            merged.extend_from_slice(first);
            merged.extend_from_slice(second);
        }
        std::mem::swap(&mut sorted, &mut merged);
        run *= 2;
    }
    sorted
}

/// Sorts items in place. Equal ones keep their order.
pub fn sort_by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let places = sorted_places(items.len(), &|a, b| compare(&items[a], &items[b]));
    for (a, b) in swaps(places) {
        items.swap(a, b);
    }
}

/// The swaps, one after the other, that bring the item at `places[i]` to `i`.
fn swaps(mut places: Vec<usize>) -> Vec<(usize, usize)> {
    let mut swaps = Vec::new();
    for start in 0..places.len() {
        let mut at = start;
        loop {
            let from = std::mem::replace(&mut places[at], at);
            if from == start {
                break;
            }
            swaps.push((at, from));
            at = from;
        }
    }
    swaps
}

#[cfg(test)]
mod tests {
    use super::{sort_by, sorted_places};

    /// Numbers that look random, and come again.
    fn numbers(count: usize) -> Vec<(u64, usize)> {
        let mut state = 7_u64;
        let mut next = || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (state >> 33) % (count as u64 / 2 + 1)
        };
        (0..count).map(|place| (next(), place)).collect()
    }

    #[test]
    fn items_are_sorted_as_the_standard_library_sorts_them() {
        for count in (0..70).chain([1_000, 4_097]) {
            let mut expected = numbers(count);
            let mut found = expected.clone();
            let places = sorted_places(count, &|a, b| expected[a].0.cmp(&expected[b].0));
            let by_places: Vec<_> = places.iter().map(|place| expected[*place]).collect();
            expected.sort_by_key(|item| item.0);
            sort_by(&mut found, |a, b| a.0.cmp(&b.0));
            assert_eq!(found, expected);
            assert_eq!(by_places, expected);
        }
    }
}
