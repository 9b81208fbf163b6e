//! Files before they are joined: a row for each item, and what their systems are called.

use super::data_sets::names::shortened;
use super::decimal_commas::with_points;
use super::import::{Imported, stem};
use super::json_cells::open_json_cells;
use super::lists::open_reference_lists;
use super::long::{by_item, system_of};
use super::outcomes::by_task;
use super::verdicts::apart;
use std::collections::BTreeSet;

/// A file as it is joined: a row for each item, with the name of its system where several files would have the same one.
#[derive(Debug, Clone)]
pub struct Prepared {
    /// Its rows.
    pub(crate) table: Imported,
    /// What its system is called.
    pub(crate) system: Option<String>,
    /// Whether its contents or a tool's layout say so, and not only the file's name.
    pub(crate) is_stated: bool,
}

impl Prepared {
    /// The file's name.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.table.file
    }
}

/// Prepares files to be joined, to the data of the files `loaded` if there are some.
#[must_use]
pub fn prepare(files: Vec<Imported>, loaded: &[String]) -> Vec<Prepared> {
    let several = files.len() + loaded.len() > 1;
    let names = system_names(&files, loaded);
    let each = files.into_iter().zip(names);
    each.map(|(file, name)| {
        // One file alone is no system's, unless it says whose outputs it holds.
        let is_stated = name.of_contents.is_some();
        let system = name.of_contents.or(several.then_some(name.of_file));
        let file = open_reference_lists(open_json_cells(apart(with_points(file))));
        let table = by_item(by_task(file), system.as_deref());
        Prepared {
            table,
            system,
            is_stated,
        }
    })
    .collect()
}

/// What a file's system is called.
struct SystemName {
    /// By a column that says whose outputs the file holds.
    of_contents: Option<String>,
    /// By the file's name, or its folders' where another file has the same name.
    of_file: String,
}

fn system_names(files: &[Imported], loaded: &[String]) -> Vec<SystemName> {
    let paths: Vec<&str> = files.iter().map(|file| file.file.as_str()).collect();
    let name = |(i, file): (usize, &Imported)| {
        let beside = paths.iter().enumerate().filter(|(other, _)| *other != i);
        let beside = beside.map(|(_, path)| *path);
        let of_one_name = beside
            .chain(loaded.iter().map(String::as_str))
            .filter(|other| stem(other) == stem(paths[i]));
        SystemName {
            of_contents: file.system.clone().or_else(|| system_of(&file.table)),
            of_file: name_of_file(paths[i], of_one_name.collect()),
        }
    };
    files.iter().enumerate().map(name).collect()
}

/// The name of a file among others of the same name: its folder, or the part of its path that the others lack where the
/// folders have the same names too.
fn name_of_file(path: &str, others: Vec<&str>) -> String {
    let Some(own) = folder(path).filter(|_| !others.is_empty()) else {
        return stem(path).to_owned();
    };
    let all = || [path].into_iter().chain(others.iter().copied());
    let folders: BTreeSet<Option<&str>> = all().map(folder).collect();
    if folders.len() > others.len() {
        return own.to_owned();
    }
    let paths: Vec<&str> = all().collect();
    let names = shortened(&paths);
    match names.first() {
        Some(name) if !names[1..].contains(name) => name.clone(),
        _ => own.to_owned(),
    }
}

/// The folder that a file's path names last.
fn folder(path: &str) -> Option<&str> {
    let (folders, _) = path.rsplit_once(['/', '\\'])?;
    folders
        .rsplit(['/', '\\'])
        .next()
        .filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the files at these paths are called, beside each other.
    fn names(paths: &[&str]) -> Vec<String> {
        let name = |(i, path): (usize, &&str)| {
            let others = paths.iter().enumerate().filter(|(other, _)| *other != i);
            name_of_file(path, others.map(|(_, path)| *path).collect())
        };
        paths.iter().enumerate().map(name).collect()
    }

    #[test]
    fn files_of_one_name_are_called_after_the_folders_that_tell_them_apart() {
        assert_eq!(names(&["base/p.jsonl", "lora/p.jsonl"]), ["base", "lora"]);
        let steps = ["base/step-10/p.jsonl", "lora/step-10/p.jsonl"];
        assert_eq!(names(&steps), ["base", "lora"]);
        let both = [
            "base/step-10/p.jsonl",
            "lora/step-10/p.jsonl",
            "lora/step-20/p.jsonl",
        ];
        assert_eq!(
            names(&both),
            ["base/step-10", "lora/step-10", "lora/step-20"]
        );
        assert_eq!(names(&["p.jsonl", "p.jsonl"]), ["p", "p"]);
    }
}
