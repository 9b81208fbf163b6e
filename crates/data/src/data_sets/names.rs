//! Names of files as the name of a system and that of a data set: `qwen-base_gsm8k.jsonl`, `qwen-base/gsm8k.jsonl`,
//! `gsm8k/qwen-base.jsonl`. Which part is which is told by the files that hold the same data set.

use crate::import::stem;
use std::collections::BTreeSet;

/// What can stand between the two parts.
const BETWEEN: [char; 8] = ['/', '_', '-', '.', ' ', '@', '+', '='];

/// The paths without what all have in common around their differences: folders in front, and a file's name where all
/// have the same in different folders.
pub(crate) fn shortened(paths: &[&str]) -> Vec<String> {
    let parts = |path: &&str| {
        let mut parts: Vec<String> = path.split(['/', '\\']).map(str::to_owned).collect();
        if let Some(file) = parts.last_mut() {
            *file = stem(file).to_owned();
        }
        parts
    };
    let mut all: Vec<Vec<String>> = paths.iter().map(parts).collect();
    let are_longer = |all: &[Vec<String>]| all.iter().all(|parts| parts.len() > 1);
    while are_longer(&all) && all.iter().all(|parts| parts[0] == all[0][0]) {
        all.iter_mut().for_each(|parts| drop(parts.remove(0)));
    }
    while are_longer(&all) && all.iter().all(|parts| parts.last() == all[0].last()) {
        all.iter_mut().for_each(|parts| drop(parts.pop()));
    }
    all.iter().map(|parts| parts.join("/")).collect()
}

/// A way of reading the names of the files of one data set.
struct Reading {
    data_set: String,
    /// For each of the files, in order, its system.
    systems: Vec<String>,
}

/// The system and the data set of each file, where `data_set_of` says which files hold the same data set; nothing where
/// the names don't bear it out.
pub(super) fn factored(names: &[String], data_set_of: &[usize]) -> Option<Vec<(String, String)>> {
    [true, false]
        .into_iter()
        .find_map(|system_first| factored_as(names, data_set_of, system_first))
}

fn factored_as(
    names: &[String],
    data_set_of: &[usize],
    system_first: bool,
) -> Option<Vec<(String, String)>> {
    let count = data_set_of.iter().max()? + 1;
    let of = |set: usize| -> Vec<usize> {
        let files = 0..names.len();
        files.filter(|&file| data_set_of[file] == set).collect()
    };
    let sets: Vec<Vec<usize>> = (0..count).map(of).collect();
    let readings: Vec<Vec<Reading>> = sets
        .iter()
        .map(|files| readings(names, files, system_first))
        .collect();
    let largest = (0..count).max_by_key(|&set| sets[set].len())?;
    // The longest names of systems first, which is the order of the readings.
    let chosen = readings[largest].iter().find_map(|reading| {
        let systems: BTreeSet<&String> = reading.systems.iter().collect();
        let fits = |other: &&Reading| other.systems.iter().all(|s| systems.contains(s));
        let each = readings.iter().map(|set| set.iter().find(fits));
        each.collect::<Option<Vec<&Reading>>>()
    })?;
    let data_sets: BTreeSet<&String> = chosen.iter().map(|r| &r.data_set).collect();
    if data_sets.len() < count {
        return None;
    }
    let mut found = vec![(String::new(), String::new()); names.len()];
    for (files, reading) in sets.iter().zip(chosen) {
        for (file, system) in files.iter().zip(&reading.systems) {
            found[*file] = (system.clone(), reading.data_set.clone());
        }
    }
    Some(found)
}

/// The ways in which names of files of one data set can be read: all have its name at the same end, and what is left
/// tells them apart. The shortest name of the data set is first.
fn readings(names: &[String], files: &[usize], system_first: bool) -> Vec<Reading> {
    let Some(first) = files.first().map(|&file| &names[file]) else {
        return Vec::new();
    };
    let mut cuts: Vec<usize> = first
        .char_indices()
        .filter(|(_, c)| BETWEEN.contains(c))
        .map(|(at, _)| at)
        .collect();
    if system_first {
        cuts.reverse();
    }
    let reading = |cut: usize| {
        // The data set's name with the mark between, which is one byte.
        let part = match system_first {
            true => &first[cut..],
            false => &first[..=cut],
        };
        let data_set = part.trim_matches(BETWEEN);
        let system = |file: &usize| {
            let rest = match system_first {
                true => names[*file].strip_suffix(part)?,
                false => names[*file].strip_prefix(part)?,
            };
            let rest = rest.trim_matches(BETWEEN);
            (!rest.is_empty()).then(|| rest.to_owned())
        };
        let systems: Vec<String> = files.iter().map(system).collect::<Option<_>>()?;
        let unique: BTreeSet<&String> = systems.iter().collect();
        (unique.len() == systems.len() && !data_set.is_empty()).then(|| Reading {
            data_set: data_set.to_owned(),
            systems,
        })
    };
    cuts.into_iter().filter_map(reading).collect()
}

/// Whether names alone form a grid of several systems and several data sets, each pair once.
pub(super) fn are_grid(names: &[String]) -> bool {
    let cut = |name: &String, mark: char| {
        let (first, second) = name.rsplit_once(mark)?;
        Some((first.to_owned(), second.to_owned()))
    };
    BETWEEN.into_iter().any(|mark| {
        let pairs: Option<BTreeSet<_>> = names.iter().map(|name| cut(name, mark)).collect();
        pairs.is_some_and(|pairs| {
            let firsts: BTreeSet<&String> = pairs.iter().map(|pair| &pair.0).collect();
            let seconds: BTreeSet<&String> = pairs.iter().map(|pair| &pair.1).collect();
            let is_full = pairs.len() == names.len() && firsts.len() * seconds.len() == pairs.len();
            is_full && firsts.len() > 1 && seconds.len() > 1
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(paths: &[&str], data_set_of: &[usize]) -> Option<Vec<(String, String)>> {
        factored(&shortened(paths), data_set_of)
    }

    fn owned(pairs: &[(&str, &str)]) -> Option<Vec<(String, String)>> {
        let all = pairs
            .iter()
            .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()));
        Some(all.collect())
    }

    #[test]
    fn a_name_is_cut_where_systems_recur_over_data_sets() {
        let names = [
            "qwen-base_gsm8k.jsonl",
            "qwen-base_mmlu-law.jsonl",
            "qwen-sft_gsm8k.jsonl",
            "qwen-sft_mmlu-law.jsonl",
        ];
        let wanted = owned(&[
            ("qwen-base", "gsm8k"),
            ("qwen-base", "mmlu-law"),
            ("qwen-sft", "gsm8k"),
            ("qwen-sft", "mmlu-law"),
        ]);
        assert_eq!(pairs(&names, &[0, 1, 0, 1]), wanted);
        let folders = [
            "out/base/gsm8k.json",
            "out/base/arc.json",
            "out/sft/gsm8k.json",
        ];
        let wanted = owned(&[("base", "gsm8k"), ("base", "arc"), ("sft", "gsm8k")]);
        assert_eq!(pairs(&folders, &[0, 1, 0]), wanted);
        let other_way = [
            "gsm8k/base/pred.jsonl",
            "gsm8k/sft/pred.jsonl",
            "arc/base/pred.jsonl",
            "arc/sft/pred.jsonl",
        ];
        let wanted = owned(&[
            ("base", "gsm8k"),
            ("sft", "gsm8k"),
            ("base", "arc"),
            ("sft", "arc"),
        ]);
        assert_eq!(pairs(&other_way, &[0, 0, 1, 1]), wanted);
    }

    #[test]
    fn names_that_share_no_system_are_not_cut() {
        assert_eq!(pairs(&["gsm8k.jsonl", "mmlu.jsonl"], &[0, 1]), None);
        let mixed = ["base_gsm8k.jsonl", "sft_gsm8k.jsonl", "large_mmlu.jsonl"];
        assert_eq!(pairs(&mixed, &[0, 0, 1]), None);
        let same = ["base_a.jsonl", "base_b.jsonl", "sft_a.jsonl", "sft_b.jsonl"];
        assert_eq!(pairs(&same, &[0, 1, 1, 0]), None);
    }

    #[test]
    fn names_alone_can_form_a_grid() {
        let grid = ["base_a", "base_b", "sft_a", "sft_b"].map(str::to_owned);
        assert!(are_grid(&grid));
        assert!(!are_grid(&grid[..3]));
        assert!(!are_grid(&["lora_r8", "lora_r64"].map(str::to_owned)));
    }
}
