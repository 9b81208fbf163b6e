//! When a value was logged: the names that trainers give steps, epochs and times, how they write them, and records
//! of names and numbers put into a run by them.

use crate::literal::parse;
use crate::names::key;
use crate::{Point, Run};

/// What a field says of when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum When {
    /// Optimiser steps.
    Step,
    /// Passes over the data.
    Epoch,
    /// Seconds.
    Time,
}

impl When {
    /// The place in a list of all.
    pub(crate) fn index(self) -> usize {
        self as usize
    }

    /// The value of such a field: `10/300` is step 10, `0:14:30` are seconds.
    pub(crate) fn value(self, text: &str) -> Option<f64> {
        let number = parse(text).filter(|x| x.is_finite());
        number.or_else(|| match self {
            Self::Step | Self::Epoch => {
                let (done, total) = text.split_once('/')?;
                parse(total).and(parse(done)).filter(|x| x.is_finite())
            }
            Self::Time => seconds(text),
        })
    }
}

/// Keys of steps, those first that count optimiser steps where several stand side by side.
const STEP: [&str; 22] = [
    "global_step",
    "train_global_step",
    "trainer_global_step",
    "current_steps",
    "global_step_max_steps",
    "training_step",
    "step",
    "train_step",
    "iteration",
    "iter",
    "iterations",
    "steps",
    "num_updates",
    "步数",
    "迭代次数",
    "迭代",
    "schritt",
    "schritte",
    "étape",
    "étapes",
    "etape",
    "paso",
];
/// Keys of epochs.
const EPOCH: [&str; 11] = [
    "epoch",
    "train_epoch",
    "trainer_epoch",
    "epochs",
    "轮数",
    "轮次",
    "epoche",
    "epochen",
    "époque",
    "époques",
    "época",
];
/// Keys of times.
const TIME: [&str; 12] = [
    "timestamp",
    "wall_time",
    "runtime",
    "relative_time_process",
    "relative_time_wall",
    "relative_time",
    "elapsed_time",
    "elapsed",
    "datetime",
    "time",
    "zeit",
    "temps",
];
/// Keys of what says only how far the training is, which is no curve.
const PROGRESS: [&str; 7] = [
    "percentage",
    "percent",
    "total_steps",
    "max_steps",
    "remaining_time",
    "total_epochs",
    "eta",
];

/// What a key says of when, and its place among others of that kind: the lower is the one to use.
pub(crate) fn when(key: &str) -> Option<(When, usize)> {
    let all = [
        (When::Step, &STEP[..]),
        (When::Epoch, &EPOCH),
        (When::Time, &TIME),
    ];
    all.into_iter()
        .find_map(|(when, keys)| Some((when, keys.iter().position(|k| *k == key)?)))
}

/// Whether a key is that of progress, not of a measured value.
pub(crate) fn is_progress(key: &str) -> bool {
    PROGRESS.contains(&key)
}

/// The number in a field of this name; of a step, an epoch or a time in any way they are written.
pub(crate) fn number_in(name: &str, text: &str) -> Option<f64> {
    match when(&key(name)) {
        Some((when, _)) => when.value(text),
        None => parse(text),
    }
}

/// Adds a record of names and numbers, of which some are steps or times.
pub(crate) fn take(run: &mut Run, record: &[(&str, f64)]) {
    let mut found: [Option<(usize, f64)>; 3] = [None; 3];
    let mut values: Vec<(&str, f64)> = Vec::with_capacity(record.len());
    for (name, value) in record {
        let key = key(name);
        match when(&key) {
            Some((when, rank)) => {
                let best = &mut found[when.index()];
                if value.is_finite() && best.is_none_or(|(other, _)| rank < other) {
                    *best = Some((rank, *value));
                }
            }
            None if is_progress(&key) => {}
            None => values.push((name, *value)),
        }
    }
    let [step, epoch, time] = found.map(|best| best.map(|(_, value)| value));
    for (name, value) in values {
        let point = Point {
            step,
            epoch,
            time,
            value,
        };
        run.log(name, point);
    }
}

/// Seconds in a duration (`0:14:30`, `1 day, 2:00:00`, `1h 2m 3s`), or since 1970 in a date with a time
/// (`2026-01-31 10:00:00`), which counts as UTC.
pub(crate) fn seconds(text: &str) -> Option<f64> {
    let text = text.trim();
    date(text).or_else(|| clock(text)).or_else(|| units(text))
}

/// `H:MM:SS` or `MM:SS`, after days as Python prints them.
fn clock(text: &str) -> Option<f64> {
    let (days, rest) = match text.split_once(" day") {
        Some((days, rest)) => (
            days.parse::<u32>().ok()?,
            rest.trim_start_matches(['s', ',', ' ']),
        ),
        None => (0, text),
    };
    let mut total = 0.0;
    let parts: Vec<&str> = rest.split(':').collect();
    if !(2..=3).contains(&parts.len()) {
        return None;
    }
    for part in parts {
        let digits = part.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        total = total * 60.0 + part.parse::<f64>().ok().filter(|_| digits)?;
    }
    Some(f64::from(days) * 86_400.0 + total)
}

/// `1h 2m 3s`.
fn units(text: &str) -> Option<f64> {
    let mut total = None;
    for part in text.split_whitespace() {
        let unit = part.chars().next_back()?;
        let factor = match unit {
            'd' => 86_400.0,
            'h' => 3600.0,
            'm' => 60.0,
            's' => 1.0,
            _ => return None,
        };
        let count: f64 = part[..part.len() - 1].parse().ok()?;
        total = Some(total.unwrap_or(0.0) + count * factor);
    }
    total.filter(|t: &f64| t.is_finite())
}

/// `2026-01-31 10:00:00.5`, with `T` in the middle and a `Z` at the end or not.
fn date(text: &str) -> Option<f64> {
    let (day, time) = text.split_once([' ', 'T'])?;
    let mut parts = day.split('-').map(|part| part.parse::<i64>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let sane =
        (1970..10_000).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    if !sane || parts.next().is_some() {
        return None;
    }
    // An offset from UTC is the same in all of a log, and a log is looked at by its differences.
    let time = time
        .split(['Z', '+'])
        .next()
        .unwrap_or(time)
        .replace(',', ".");
    // Days since 1970 in the Gregorian calendar, with years that begin in March.
    let (year, month) = if month <= 2 {
        (year - 1, month + 9)
    } else {
        (year, month - 3)
    };
    let days =
        365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1 - 719_468;
    Some(days as f64 * 86_400.0 + clock(&time)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn durations_and_dates_are_seconds() {
        for (text, wanted) in [
            ("0:14:30", Some(870.0)),
            ("1 day, 2:00:00", Some(93_600.0)),
            ("05:10", Some(310.0)),
            ("24s", Some(24.0)),
            ("1h 2m 3s", Some(3723.0)),
            ("1970-01-02 00:00:01", Some(86_401.0)),
            ("2026-01-01T10:01:00.5Z", Some(1_767_261_660.5)),
            ("2024-02-29 00:00:00,250", Some(1_709_164_800.25)),
            ("3.33%", None),
            ("soon", None),
            ("2026-13-01 00:00:00", None),
            ("", None),
        ] {
            assert_eq!(seconds(text), wanted, "{text}");
        }
    }

    #[test]
    fn a_step_may_stand_before_its_total() {
        assert_eq!(number_in("global_step/max_steps", "10/300"), Some(10.0));
        assert_eq!(number_in("step", "7"), Some(7.0));
        assert_eq!(number_in("percentage", "3.33%"), None);
        assert_eq!(number_in("loss", "10/300"), None);
    }

    #[test]
    fn of_several_steps_the_optimisers_counts_and_progress_is_no_curve() {
        let mut run = Run::default();
        let record = [
            ("_step", 4.0),
            ("train/global_step", 20.0),
            ("percentage", 6.67),
            ("total_steps", 300.0),
            ("loss", 2.0),
        ];
        take(&mut run, &record);
        let names: Vec<&str> = run.series.iter().map(|s| s.name.as_str()).collect();
        assert_eq!(
            (names, run.series[0].points[0].step),
            (vec!["loss"], Some(20.0))
        );
    }

    proptest! {
        #[test]
        fn no_time_makes_it_panic(text in "\\PC{0,20}|[0-9:T Zdhms.,-]{0,25}") {
            std::hint::black_box(seconds(&text));
        }
    }
}
