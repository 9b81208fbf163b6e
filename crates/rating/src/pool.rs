//! Answers from many bundles, merged. A pool is a set: bundles go in any order, as often as they come,
//! and the outcome is the same. Of one device's answers to an item the one with the greatest stamp
//! stands; where two have the same stamp and differ, both are kept and shown. Devices that are one
//! rater's are told by number and name, and may be told apart by hand. A number that is proved by its invitation and the
//! same number without that proof are two raters.

use super::answers::{Answer, Bundle, Entry};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What an answer is to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// The item.
    pub item: u16,
    /// Whether it is the second showing.
    pub again: bool,
}

/// Answers of one stamp: more than one only where a device says two things at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Stamped {
    stamp: u32,
    answers: BTreeSet<Answer>,
}

/// Who a device belongs to, as it says itself.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Owner {
    /// The greatest stamp of the bundle that said so: a later name stands.
    stamp: u32,
    slot: Option<u16>,
    name: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Device {
    owner: Owner,
    /// The number whose invitation its answers proved.
    invited: Option<u16>,
    answers: BTreeMap<Place, Stamped>,
}

/// Merged answers.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Pool {
    devices: BTreeMap<u64, Device>,
}

/// What a bundle brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Brought {
    /// Answers that were not there.
    pub added: usize,
    /// Answers in place of earlier ones of the same device.
    pub updated: usize,
    /// Answers that were there already, or are older than those.
    pub known: usize,
}

/// Answers to one showing that differ and have no order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// What they answer.
    pub place: Place,
    /// The devices and their answers.
    pub answers: Vec<(u64, Answer)>,
}

/// One person's answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rater {
    /// What tells the rater from others.
    pub key: RaterKey,
    /// The name given.
    pub name: String,
    /// The number, when items are shared out.
    pub slot: Option<u16>,
    /// Whether the number is proved by the secret of its invitation, and not only claimed.
    pub invited: bool,
    /// The devices.
    pub devices: Vec<u64>,
    /// The answers that stand.
    pub answers: BTreeMap<Place, Answer>,
    /// Those that contradict each other.
    pub conflicts: Vec<Conflict>,
}

/// What tells a rater from others: number and name, or the device where neither is given or it was
/// set apart.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum RaterKey {
    /// Number and name, case and spaces aside.
    Named(Option<u16>, String),
    /// One device.
    Device(u64),
    /// The number whose invitation was proved, and the name. Nobody else's answers are counted as this rater's.
    Invited(u16, String),
}

/// What the owner has decided.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Decisions {
    /// Raters that are left out.
    pub left_out: BTreeSet<RaterKey>,
    /// Devices that are raters of their own, whatever their name.
    pub apart: BTreeSet<u64>,
    /// In a conflict, the device whose answer stands.
    pub preferred: BTreeMap<(RaterKey, Place), u64>,
}

impl Pool {
    /// Puts a bundle in that proves no invitation.
    pub fn add(&mut self, bundle: &Bundle) -> Brought {
        self.add_from(bundle, None)
    }

    /// Puts a bundle in that proves the invitation for its number.
    pub fn add_invited(&mut self, bundle: &Bundle) -> Brought {
        self.add_from(bundle, bundle.slot)
    }

    fn add_from(&mut self, bundle: &Bundle, invited: Option<u16>) -> Brought {
        let stamp = bundle.entries.iter().map(|e| e.stamp).max().unwrap_or(0);
        let owner = Owner {
            stamp,
            slot: bundle.slot,
            name: bundle.rater.clone(),
        };
        let device = self.devices.entry(bundle.device).or_insert_with(|| Device {
            owner: owner.clone(),
            invited,
            answers: BTreeMap::new(),
        });
        // What a device has proved once holds for all its answers, whichever came first.
        device.invited = device.invited.max(invited);
        if owner > device.owner {
            device.owner = owner;
        }
        let mut brought = Brought::default();
        for entry in &bundle.entries {
            let counter = match device.take(entry) {
                Taken::Added => &mut brought.added,
                Taken::Updated => &mut brought.updated,
                Taken::Known => &mut brought.known,
            };
            *counter += 1;
        }
        brought
    }

    /// Puts all of another pool in.
    pub fn merge(&mut self, other: &Self) {
        for (id, theirs) in &other.devices {
            let Some(ours) = self.devices.get_mut(id) else {
                self.devices.insert(*id, theirs.clone());
                continue;
            };
            ours.invited = ours.invited.max(theirs.invited);
            if theirs.owner > ours.owner {
                ours.owner = theirs.owner.clone();
            }
            for (place, stamped) in &theirs.answers {
                for answer in &stamped.answers {
                    ours.take(&Entry {
                        item: place.item,
                        again: place.again,
                        stamp: stamped.stamp,
                        answer: answer.clone(),
                    });
                }
            }
        }
    }

    /// Whether nothing was put in.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.devices.is_empty()
    }

    /// The raters, in order of their numbers and names.
    #[must_use]
    pub fn raters(&self, decisions: &Decisions) -> Vec<Rater> {
        let mut groups: BTreeMap<RaterKey, Vec<(u64, &Device)>> = BTreeMap::new();
        for (&id, device) in &self.devices {
            let name = device.owner.name.trim().to_lowercase();
            let unknown = name.is_empty() && device.owner.slot.is_none();
            let key = match device.invited {
                _ if unknown || decisions.apart.contains(&id) => RaterKey::Device(id),
                Some(slot) => RaterKey::Invited(slot, name),
                None => RaterKey::Named(device.owner.slot, name),
            };
            groups.entry(key).or_default().push((id, device));
        }
        let rater = |(key, devices)| rater(key, devices, decisions);
        groups.into_iter().map(rater).collect()
    }
}

enum Taken {
    Added,
    Updated,
    Known,
}

impl Device {
    fn take(&mut self, entry: &Entry) -> Taken {
        let place = Place {
            item: entry.item,
            again: entry.again,
        };
        let fresh = || Stamped {
            stamp: entry.stamp,
            answers: BTreeSet::from([entry.answer.clone()]),
        };
        let Some(there) = self.answers.get_mut(&place) else {
            self.answers.insert(place, fresh());
            return Taken::Added;
        };
        match entry.stamp.cmp(&there.stamp) {
            std::cmp::Ordering::Greater => {
                *there = fresh();
                Taken::Updated
            }
            std::cmp::Ordering::Equal if there.answers.insert(entry.answer.clone()) => {
                Taken::Updated
            }
            _ => Taken::Known,
        }
    }
}

fn rater(key: RaterKey, devices: Vec<(u64, &Device)>, decisions: &Decisions) -> Rater {
    let mut by_place: BTreeMap<Place, Vec<(u64, Answer)>> = BTreeMap::new();
    for (id, device) in &devices {
        for (place, stamped) in &device.answers {
            let all = by_place.entry(*place).or_default();
            for answer in &stamped.answers {
                // Two devices that say the same are no conflict.
                if !all.iter().any(|(_, a)| a == answer) {
                    all.push((*id, answer.clone()));
                }
            }
        }
    }
    let mut answers = BTreeMap::new();
    let mut conflicts = Vec::new();
    for (place, all) in by_place {
        let preferred = decisions.preferred.get(&(key.clone(), place));
        let decided = all.iter().find(|(id, _)| Some(id) == preferred);
        // An answer stands before one that was passed over; else the first device's, until decided.
        let usual = all.iter().find(|(_, a)| !a.skipped).or(all.first());
        if let Some((_, answer)) = decided.or(usual) {
            answers.insert(place, answer.clone());
        }
        if all.len() > 1 && decided.is_none() {
            let answers = all;
            conflicts.push(Conflict { place, answers });
        }
    }
    let owner = devices.iter().map(|(_, d)| &d.owner).max();
    Rater {
        name: owner.map_or(String::new(), |o| o.name.trim().to_owned()),
        slot: owner.and_then(|o| o.slot),
        invited: devices.iter().any(|(_, d)| d.invited.is_some()),
        devices: devices.iter().map(|(id, _)| *id).collect(),
        key,
        answers,
        conflicts,
    }
}
