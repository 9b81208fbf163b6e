//! A trial's rows gathered by arm and unit: for each outcome the sums of every unit, which all statistics
//! here are made of.

use super::Trial;
use super::roles::TrialRole;
use assay_sorting::sort_by;
use assay_text::outcome::passed;
use rustc_hash::{FxHashMap, FxHashSet};

/// An arm: its units, each with its rows.
pub struct Arm {
    /// Its name.
    pub name: String,
    /// Rows of each unit, in the order of first appearance (or of time).
    pub units: Vec<(Option<String>, Vec<usize>)>,
}

/// The arms of a trial, of the rows that are wanted, in the order in which they appear; without the units of these
/// names.
pub(crate) fn arms(
    trial: &Trial,
    without: &FxHashSet<String>,
    wanted: impl Fn(usize) -> bool,
) -> Vec<Arm> {
    let Some(arm) = trial.column(TrialRole::Arm) else {
        return Vec::new();
    };
    let unit = trial.column(TrialRole::Unit);
    let mut names: Vec<&str> = Vec::new();
    for name in trial
        .table
        .column(arm)
        .iter()
        .flatten()
        .map(str::trim)
        .filter(|n| !n.is_empty())
    {
        if names.len() < super::roles::MAX_ARMS && !names.contains(&name) {
            names.push(name);
        }
    }
    let named = |name: &&str| Arm {
        name: (*name).to_owned(),
        units: Vec::new(),
    };
    let mut arms: Vec<Arm> = names.iter().map(named).collect();
    let mut places: Vec<FxHashMap<&str, usize>> = vec![FxHashMap::default(); arms.len()];
    for row in in_time(trial).into_iter().filter(|row| wanted(*row)) {
        let Some(at) = trial
            .table
            .cell(arm, row)
            .and_then(|n| names.iter().position(|a| *a == n.trim()))
        else {
            continue;
        };
        let units = &mut arms[at].units;
        let id = unit.and_then(|c| trial.table.cell(c, row)).map(str::trim);
        match id.filter(|id| !id.is_empty()) {
            Some(id) if without.contains(id) => {}
            Some(id) => {
                let place = *places[at].entry(id).or_insert_with(|| {
                    units.push((Some(id.to_owned()), Vec::new()));
                    units.len() - 1
                });
                units[place].1.push(row);
            }
            None => units.push((None, vec![row])),
        }
    }
    arms
}

/// In how many arms units appear.
#[derive(Debug, Default)]
pub(crate) struct Shared {
    /// Units, by name, in several arms that are not pairs of each other: to which arm their outcomes belong can't be
    /// said, so they are left out of all.
    pub crossed: FxHashSet<String>,
    /// Units, by name or not, in a single arm.
    pub single: usize,
    /// Units in all.
    pub all: usize,
}

/// In how many of all arms of a trial units appear.
pub(crate) fn shared(arms: &[Arm]) -> Shared {
    let mut found = Shared::default();
    let mut places: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (place, arm) in arms.iter().enumerate() {
        for (id, _) in &arm.units {
            match id {
                Some(id) => places.entry(id).or_default().push(place),
                None => found.single += 1,
            }
        }
    }
    let named = places.len();
    found.all = found.single + named;
    found.single += places.values().filter(|p| p.len() == 1).count();
    let mut couples = vec![vec![0_usize; arms.len()]; arms.len()];
    for places in places.values() {
        for (i, &first) in places.iter().enumerate() {
            for &second in &places[i + 1..] {
                couples[first][second] += 1;
            }
        }
    }
    let paired = |first: usize, second: usize| {
        are_pairs(couples[first][second], [&arms[first], &arms[second]])
    };
    for (id, places) in &places {
        let apart = places.iter().enumerate().any(|(i, &first)| {
            let mut others = places[i + 1..].iter();
            others.any(|&second| !paired(first, second))
        });
        if apart {
            found.crossed.insert((*id).to_owned());
        }
    }
    found
}

/// Whether two arms are of pairs: at least half of the smaller one's units are in the other too.
fn are_pairs(shared: usize, [first, second]: [&Arm; 2]) -> bool {
    let smaller = first.units.len().min(second.units.len());
    shared > 0 && 2 * shared >= smaller
}

/// Rows in the order of time, where a column tells it: as numbers where all are, else as text, which ISO
/// dates sort by.
fn in_time(trial: &Trial) -> Vec<usize> {
    let mut rows: Vec<usize> = (0..trial.table.rows()).collect();
    let Some(time) = trial.column(TrialRole::Time) else {
        return rows;
    };
    let cell = |row: &usize| trial.table.cell(time, *row).unwrap_or("").trim();
    let numbers: Option<Vec<f64>> = rows.iter().map(|r| cell(r).parse().ok()).collect();
    match numbers {
        Some(numbers) => sort_by(&mut rows, |a, b| numbers[*a].total_cmp(&numbers[*b])),
        None => sort_by(&mut rows, |a, b| cell(a).cmp(cell(b))),
    }
    rows
}

/// A cell as a number: 1 or 0 of a success.
pub(crate) fn value(trial: &Trial, column: usize, row: usize) -> Option<f64> {
    let text = trial.table.cell(column, row)?.trim();
    match trial.roles[column] {
        TrialRole::Success => passed(text).map(|p| if p { 1.0 } else { 0.0 }),
        _ => text.parse().ok().filter(|x: &f64| x.is_finite()),
    }
}

/// Of each unit in an arm the sum of a column's values and how many there are; units without any are left
/// out.
pub(crate) fn sums(trial: &Trial, arm: &Arm, column: usize) -> Vec<[f64; 2]> {
    let of = |(_, rows): &(Option<String>, Vec<usize>)| {
        let values = rows.iter().filter_map(|row| value(trial, column, *row));
        values.fold([0.0, 0.0], |[sum, count], v| [sum + v, count + 1.0])
    };
    arm.units
        .iter()
        .map(of)
        .filter(|[_, count]| *count > 0.0)
        .collect()
}

/// Of each unit the sums of two columns over rows that have both.
pub(crate) fn both(trial: &Trial, arm: &Arm, [top, under]: [usize; 2]) -> Vec<[f64; 2]> {
    let of = |(_, rows): &(Option<String>, Vec<usize>)| {
        let pairs: Vec<(f64, f64)> = rows
            .iter()
            .filter_map(|row| value(trial, top, *row).zip(value(trial, under, *row)))
            .collect();
        let sum = pairs
            .iter()
            .fold([0.0, 0.0], |[a, b], (x, y)| [a + x, b + y]);
        (!pairs.is_empty()).then_some(sum)
    };
    arm.units.iter().filter_map(of).collect()
}

/// The means of units that both arms have, first and second, where the trial is of pairs: both arms have
/// units by name, and at least half of the smaller arm's are in the other too.
pub(crate) fn pairs(
    trial: &Trial,
    [first, second]: [&Arm; 2],
    column: usize,
) -> Option<Vec<[f64; 2]>> {
    let mean = |rows: &[usize]| {
        let values: Vec<f64> = rows
            .iter()
            .filter_map(|row| value(trial, column, *row))
            .collect();
        (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
    };
    let known: FxHashMap<&str, &[usize]> = second
        .units
        .iter()
        .filter_map(|(id, rows)| Some((id.as_deref()?, rows.as_slice())))
        .collect();
    let shared: Vec<(&[usize], &[usize])> = first
        .units
        .iter()
        .filter_map(|(id, rows)| Some((rows.as_slice(), *known.get(id.as_deref()?)?)))
        .collect();
    are_pairs(shared.len(), [first, second]).then(|| {
        shared
            .into_iter()
            .filter_map(|(a, b)| Some([mean(a)?, mean(b)?]))
            .collect()
    })
}
