//! Files before they are joined: a row for each item, and what their systems are called.

use super::decimal_commas::with_points;
use super::import::{Imported, stem};
use super::json_cells::open_json_cells;
use super::lists::open_reference_lists;
use super::long::{by_item, system_of};
use super::outcomes::by_task;
use super::verdicts::apart;

/// A file as it is joined: a row for each item, with what its system is called where it has to be told from others.
#[derive(Debug, Clone)]
pub struct Prepared {
    /// Its rows.
    pub(crate) table: Imported,
    /// What its system is called.
    pub(crate) system: Option<String>,
    /// Whether its contents or a tool's layout say so, and not only the file's name.
    pub(crate) is_told: bool,
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
        let is_told = name.of_contents.is_some();
        let system = name.of_contents.or(several.then_some(name.of_file));
        let file = open_reference_lists(open_json_cells(apart(with_points(file))));
        let table = by_item(by_task(file), system.as_deref());
        Prepared {
            table,
            system,
            is_told,
        }
    })
    .collect()
}

/// What a file's system is called.
struct SystemName {
    /// By a column that says whose outputs the file holds.
    of_contents: Option<String>,
    /// By the file's name, or its folder's where another file has the same name.
    of_file: String,
}

fn system_names(files: &[Imported], loaded: &[String]) -> Vec<SystemName> {
    let stems: Vec<&str> = files.iter().map(|file| stem(&file.file)).collect();
    let loaded: Vec<&str> = loaded.iter().map(|file| stem(file)).collect();
    let name = |(i, file): (usize, &Imported)| {
        let is_repeated = stems[..i].contains(&stems[i])
            || stems[i + 1..].contains(&stems[i])
            || loaded.contains(&stems[i]);
        let folder = folder(&file.file).filter(|_| is_repeated);
        SystemName {
            of_contents: file.system.clone().or_else(|| system_of(&file.table)),
            of_file: folder.unwrap_or(stems[i]).to_owned(),
        }
    };
    files.iter().enumerate().map(name).collect()
}

/// The folder that a file's path names last.
fn folder(path: &str) -> Option<&str> {
    let (folders, _) = path.rsplit_once(['/', '\\'])?;
    folders
        .rsplit(['/', '\\'])
        .next()
        .filter(|name| !name.is_empty())
}
