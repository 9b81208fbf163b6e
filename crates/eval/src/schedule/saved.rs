//! Results as they are kept beyond a visit: of each metric its rows, what was resampled and the result, so that
//! nothing is computed again when they are taken back, under the same settings or under another baseline.

use super::Schedule;
use crate::results::{Evaluation, Target};
use crate::sample::TaggedRows;
use assay_data::DataSet;
use assay_metrics::registry::MetricSpec;
use assay_results::scores::{Domains, MetricId, MetricResult, SystemResult};
use assay_sorting::sort_by;
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt::Formatter;

/// Numbers as bytes, 8 each, little end first: what is not a number comes back as it was, and quickly.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Numbers(pub Vec<f64>);

impl Serialize for Numbers {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let bytes: Vec<u8> = self.0.iter().flat_map(|x| x.to_le_bytes()).collect();
        serializer.serialize_bytes(&bytes)
    }
}

impl<'de> Deserialize<'de> for Numbers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Bytes;
        impl Visitor<'_> for Bytes {
            type Value = Numbers;

            fn expecting(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
                f.write_str("bytes, eight for each number")
            }

            fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Numbers, E> {
                let (numbers, rest) = bytes.as_chunks::<8>();
                match rest {
                    [] => Ok(Numbers(
                        numbers.iter().map(|b| f64::from_le_bytes(*b)).collect(),
                    )),
                    _ => Err(E::invalid_length(bytes.len(), &self)),
                }
            }

            fn visit_byte_buf<E: Error>(self, bytes: Vec<u8>) -> Result<Numbers, E> {
                self.visit_bytes(&bytes)
            }
        }
        deserializer.deserialize_byte_buf(Bytes)
    }
}

/// What is known of a metric.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SavedScores {
    spec: MetricSpec,
    /// The settings that the result is of.
    evaluation: Evaluation,
    domains: Option<Domains>,
    /// A digest of the rows of tags: a tag may have got other rows since.
    #[serde(default)]
    tags: u64,
    /// The result without segments, which stand beside it.
    result: MetricResult,
    /// Of each system its segments' scores.
    segments: Vec<Numbers>,
    /// Of each system its rows; nothing where they are too large to be kept, or can be made of what else is kept.
    matrices: Vec<Numbers>,
    outcomes: Vec<(Target, Numbers)>,
}

impl Schedule {
    /// Notes that what is kept of a metric is another.
    pub(super) fn touch(&mut self, metric: usize) {
        self.revisions += 1;
        self.slots[metric].revision = self.revisions;
    }

    pub(super) fn touch_all(&mut self) {
        (0..self.slots.len()).for_each(|metric| self.touch(metric));
    }

    /// The places of metrics with a result that is not just being computed anew, each with its id and a number that
    /// changes when its result does.
    pub fn saveable(&self) -> Vec<(usize, MetricId, u64)> {
        let slots = self.slots.iter().enumerate();
        let done = slots.filter(|(_, slot)| slot.result.is_some() && slot.chunks == 0);
        done.map(|(place, slot)| (place, slot.id, slot.revision))
            .collect()
    }

    /// What is known of a metric, with its rows as long as they have no more than `most_bytes`.
    pub fn saved(&self, place: usize, most_bytes: usize) -> Option<SavedScores> {
        let slot = self.slots.get(place)?;
        let mut result = slot.result.clone()?;
        let segments = result.systems.iter_mut();
        let segments = segments.map(|s| Numbers(std::mem::take(&mut s.segments)));
        let segments = segments.collect();
        let bytes: usize = slot.matrices.iter().map(|m| size_of_val(&m[..])).sum();
        let keeps_rows = !slot.is_precomputed && bytes <= most_bytes;
        let rows = slot.matrices.iter().filter(|_| keeps_rows);
        let outcomes = slot.outcomes.iter();
        let mut outcomes: Vec<_> = outcomes.map(|(t, o)| (*t, Numbers(o.clone()))).collect();
        sort_by(&mut outcomes, |a, b| a.0.cmp(&b.0));
        Some(SavedScores {
            spec: self.specs[place].clone(),
            evaluation: self.evaluation,
            domains: self.domains.clone(),
            tags: digest(&self.tags),
            result,
            segments,
            matrices: rows.map(|m| Numbers(m.clone())).collect(),
            outcomes,
        })
    }

    /// Takes settings that were kept, after tags and before any result is taken back; nothing is queued.
    pub fn restore_settings(
        &mut self,
        data: &DataSet,
        evaluation: Evaluation,
        domains: Option<&Domains>,
    ) {
        self.evaluation = evaluation;
        self.set_domains(data, domains);
    }

    /// Takes back what was known of metrics, each of the first one here that it fits; what is queued of those is
    /// dropped. Returns how many were taken.
    pub fn restore(&mut self, data: &DataSet, all: Vec<SavedScores>) -> usize {
        let mut taken = 0;
        for saved in all {
            let place = self.specs.iter().position(|spec| *spec == saved.spec);
            if let Some(place) = place.filter(|place| self.fits(data, *place, &saved)) {
                self.take_saved(place, saved);
                taken += 1;
            }
        }
        let first_missing = self.slots.iter().position(|s| s.result.is_none());
        self.reported = first_missing.unwrap_or(self.slots.len());
        if !self.is_busy() {
            self.queue.clear();
            (self.done, self.total) = (0.0, 0.0);
        }
        taken
    }

    fn take_saved(&mut self, place: usize, saved: SavedScores) {
        let mut result = saved.result;
        for (system, segments) in result.systems.iter_mut().zip(saved.segments) {
            system.segments = segments.0;
        }
        let slot = &mut self.slots[place];
        (slot.version, slot.outcome_version) = (0, 0);
        (slot.chunks, slot.targets) = (0, 0);
        if !slot.is_precomputed {
            slot.matrices = saved.matrices.into_iter().map(|m| m.0).collect();
        }
        let outcomes = saved.outcomes.into_iter();
        slot.outcomes = outcomes.map(|(target, o)| (target, o.0)).collect();
        slot.result = Some(result);
        self.touch(place);
    }

    /// Whether what was kept is of this data, these settings and this metric.
    fn fits(&self, data: &DataSet, place: usize, saved: &SavedScores) -> bool {
        let (systems, rows) = (data.systems(), data.table.rows());
        let slot = &self.slots[place];
        let same_settings = saved.evaluation == self.evaluation
            && saved.domains == self.domains
            && saved.tags == digest(&self.tags);
        let results = &saved.result.systems;
        let of_system = |(system, (_, name)): (&SystemResult, &(usize, &str))| {
            system.name == *name && self.has_slices(system)
        };
        let same_systems =
            results.len() == systems.len() && results.iter().zip(&systems).all(of_system);
        let whole = |all: &[Numbers], width: usize| {
            all.len() == systems.len() && all.iter().all(|n| n.0.len() == rows * width)
        };
        let width = self.specs[place].scoring().width();
        let has_rows = saved.matrices.is_empty() || whole(&saved.matrices, width);
        let exists = |(target, _): &(Target, Numbers)| match *target {
            Target::System(i) | Target::Pair(i) => i < systems.len(),
            Target::Slice(i, j) | Target::SlicePair(i, j) => {
                i < systems.len() && j < self.grouping.slices.len()
            }
        };
        same_settings
            && same_systems
            && whole(&saved.segments, 1)
            && has_rows
            && saved.outcomes.iter().all(exists)
            && (!slot.is_precomputed || is_of_rows(slot.result.as_ref(), saved))
    }

    fn has_slices(&self, system: &SystemResult) -> bool {
        let slices = system.slices.iter().zip(&self.grouping.slices);
        system.slices.len() == self.grouping.slices.len()
            && slices.into_iter().all(|(slice, group)| {
                (slice.kind, &*slice.column, &*slice.value)
                    == (group.kind(), group.column(), group.value())
            })
    }
}

/// A number that is another for other tags or rows, after FNV-1a; 0 without tags.
fn digest(tags: &[TaggedRows]) -> u64 {
    let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
    tags.iter().fold(0, |hash, tagged| {
        let hash = if hash == 0 {
            0xcbf2_9ce4_8422_2325
        } else {
            hash
        };
        let name = tagged.tag.bytes().chain([0xff]);
        let rows = tagged.rows.iter().flat_map(|row| row.to_le_bytes());
        name.chain(rows).fold(hash, mix)
    })
}

/// Whether a result of rows that were handed in is of the rows that are here: those may be others by now.
fn is_of_rows(now: Option<&MetricResult>, saved: &SavedScores) -> bool {
    let same = |a: &[f64], b: &[f64]| {
        a.len() == b.len()
            && a.iter()
                .zip(b)
                .all(|(a, b)| a == b || a.is_nan() && b.is_nan())
    };
    now.is_some_and(|now| {
        let mut pairs = now.systems.iter().zip(&saved.segments);
        pairs.all(|(system, segments)| same(&system.segments, &segments.0))
    })
}
