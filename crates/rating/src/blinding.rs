//! Hides from whoever decodes a link which output is whose, which row an item is of and which items are controls.
//! Items and outputs are put into an order that follows from a secret, which stays with the owner as the items'
//! origins ([`super::project::Origin`]).

use super::marks::Mark;
use super::order::{is_backwards, shuffle, turned, turns};
use super::project::Origin;
use super::task::Item;
use assay_stats::pcg64::Pcg64;

/// An item with what belongs to it.
#[derive(Debug)]
pub(super) struct Drawn {
    pub(super) item: Item,
    pub(super) origin: Origin,
    /// For each output the errors that are marked beforehand; empty where none are.
    pub(super) marks: Vec<Vec<Mark>>,
}

/// Puts the items, and the outputs of each, into a secret order.
///
/// Positions stay balanced: what the rater of seat 0 sees is drawn here, in blocks of as many items as there are
/// outputs, in which each output stands in each place once; every other seat sees it turned ([`super::order`]). What
/// is stored is that order before the turn that everyone can compute from the task's `seed`.
pub(super) fn blind(list: &mut [Drawn], seed: u64, secret: &mut Pcg64) {
    shuffle(list, secret);
    let turns = turns(seed, list.len());
    let mut places: Vec<usize> = (0..list.len()).collect();
    shuffle(&mut places, secret);
    let outputs = list.iter().map(|drawn| drawn.item.outputs.len()).max();
    let outputs = outputs.unwrap_or(0).max(1);
    // What stands in reverse is turned the other way for other seats, so it has blocks of its own.
    let (reversed, forward): (Vec<usize>, Vec<usize>) = places
        .into_iter()
        .partition(|&place| is_backwards(outputs, turns[place]));
    for block in reversed.chunks(outputs).chain(forward.chunks(outputs)) {
        let Some(&first) = block.first() else {
            continue;
        };
        let mut systems: Vec<usize> = (0..list[first].item.outputs.len()).collect();
        shuffle(&mut systems, secret);
        for (by, &place) in block.iter().enumerate() {
            let drawn = &mut list[place];
            let count = drawn.item.outputs.len();
            if count != systems.len() {
                continue;
            }
            let seen = turned(count, turns[place], 0, false);
            let mut from = vec![0; count];
            for (p, stored) in seen.into_iter().enumerate() {
                from[stored] = systems[(p + by) % count];
            }
            reorder(drawn, &from);
        }
    }
}

/// Output `i` becomes the one that was at `from[i]`.
fn reorder(drawn: &mut Drawn, from: &[usize]) {
    fn taken<T: Clone>(list: &[T], from: &[usize]) -> Vec<T> {
        from.iter().filter_map(|&i| list.get(i).cloned()).collect()
    }
    let Drawn {
        item,
        origin,
        marks,
    } = drawn;
    *marks = taken(marks, from);
    item.outputs = taken(&item.outputs, from);
    item.labels = taken(&item.labels, from);
    origin.systems = taken(&origin.systems, from);
    let moved = |wrong: usize| from.iter().position(|&i| i == wrong);
    origin.wrong = origin.wrong.and_then(moved);
}
