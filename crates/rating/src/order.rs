//! In which order a rater sees the items, and in which the outputs of each: shuffled from the task's
//! seed, so that it need not be sent along. Over the items each system stands in each place equally
//! often, and a rater of the next seat sees every item turned by one.

use super::task::Task;
use assay_sorting::sort_by;
use assay_stats::pcg64::Pcg64;
use serde::{Deserialize, Serialize};

/// Who rates: what the order follows from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    /// The rater's number when items are shared out, from 0.
    pub slot: Option<u16>,
    /// A random number of the device's own.
    pub device: u64,
}

/// An item as a rater sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Showing {
    /// The item.
    pub item: usize,
    /// Whether the rater has seen it before.
    pub again: bool,
    /// The outputs in the order shown, by their places in the item.
    pub outputs: Vec<usize>,
}

/// What the parts of the shuffling are for: each gets a generator of its own.
#[derive(Clone, Copy)]
enum Purpose {
    Share = 1,
    Turn,
    Items,
    Repeats,
}

fn generator(seed: u64, purpose: Purpose, of: u64) -> Pcg64 {
    let mixed = seed ^ (purpose as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    Pcg64::new(mixed.wrapping_add(of.wrapping_mul(0xd134_2543_de82_ef95)))
}

/// Every order of a list equally likely (Fisher and Yates; Durstenfeld 1964).
pub fn shuffle<T>(list: &mut [T], rng: &mut Pcg64) {
    for last in (1..list.len()).rev() {
        list.swap(last, rng.below(last as u32 + 1) as usize);
    }
}

/// For each item the raters' numbers that see it: as many as the overlap says, nobody with more than
/// one item more than another.
pub fn shares(task: &Task) -> Vec<Vec<u16>> {
    let mut rng = generator(task.seed, Purpose::Share, 0);
    let mut items: Vec<usize> = (0..task.items.len()).collect();
    shuffle(&mut items, &mut rng);
    let mut load = vec![0u32; task.slots.into()];
    let mut shares = vec![Vec::new(); task.items.len()];
    for item in items {
        // Those with the least to do, drawn among equals so that all pairs of raters meet.
        let mut order: Vec<u16> = (0..task.slots).collect();
        shuffle(&mut order, &mut rng);
        let load_of = |slot: &u16| load[usize::from(*slot)];
        sort_by(&mut order, |a, b| load_of(a).cmp(&load_of(b)));
        let mut chosen: Vec<u16> = order.into_iter().take(task.overlap.into()).collect();
        chosen.iter().for_each(|&slot| load[usize::from(slot)] += 1);
        chosen.sort_unstable();
        shares[item] = chosen;
    }
    shares
}

/// What the rater of a seat sees, in order. A seat that the task has not sees nothing.
pub fn showings(task: &Task, seat: Seat) -> Vec<Showing> {
    let own = match seat.slot {
        Some(slot) => u64::from(slot),
        // The mark keeps a device's numbers apart from seats'.
        None => seat.device | 1 << 63,
    };
    let mut items: Vec<usize> = match (task.slots, seat.slot) {
        (0, _) => (0..task.items.len()).collect(),
        (_, Some(slot)) => {
            let shares = shares(task);
            (0..task.items.len())
                .filter(|&i| shares[i].contains(&slot))
                .collect()
        }
        (_, None) => Vec::new(),
    };
    shuffle(&mut items, &mut generator(task.seed, Purpose::Items, own));
    let turns = turns(task.seed, task.items.len());
    let showing = |item: usize, again: bool| Showing {
        item,
        again,
        outputs: turned(task.items[item].outputs.len(), turns[item], own, again),
    };
    let mut list: Vec<Showing> = items.iter().map(|&item| showing(item, false)).collect();
    // Of the first half, so that something lies between.
    let mut early = items[..items.len().div_ceil(2)].to_vec();
    shuffle(&mut early, &mut generator(task.seed, Purpose::Repeats, own));
    early.truncate(task.repeats.into());
    list.extend(early.into_iter().map(|item| showing(item, true)));
    list
}

/// For each item a number of its own, from which its turn follows: every turn equally often.
pub(super) fn turns(seed: u64, items: usize) -> Vec<usize> {
    let mut turns: Vec<usize> = (0..items).collect();
    shuffle(&mut turns, &mut generator(seed, Purpose::Turn, 0));
    turns
}

/// Whether outputs stand in reverse before they are turned.
pub(super) fn is_backwards(outputs: usize, turn: usize) -> bool {
    outputs > 2 && !(turn / outputs).is_multiple_of(2)
}

/// The outputs in the order shown. Of more than two every other round stands the other way, so that
/// neighbours change; a turn still moves each by one place, so that the balance holds.
pub(super) fn turned(outputs: usize, turn: usize, own: u64, again: bool) -> Vec<usize> {
    let count = outputs.max(1);
    let by = turn % count + (own % count as u64) as usize + usize::from(again);
    let place = |p: usize| {
        let from = match is_backwards(outputs, turn) {
            true => outputs - 1 - p,
            false => p,
        };
        (from + by) % outputs
    };
    (0..outputs).map(place).collect()
}
