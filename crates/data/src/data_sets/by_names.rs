//! Data sets of systems that no tool's layout tells: by names of files, as far as their texts bear them out.

use super::names::{are_grid, factored, shortened};
use super::texts::{Relation, Texts};
use crate::import::Imported;
use crate::prepared::Prepared;
use crate::roles::Role;

/// What names and texts say of files.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum ByNames {
    /// They hold one data set, or nothing says otherwise.
    One,
    /// They hold several data sets: the system and the data set of each.
    Several(Vec<(String, String)>),
    /// They may hold several data sets.
    Unclear,
}

/// What names and texts say of files, each of which has the outputs of one system.
pub(super) fn found(files: &[Prepared]) -> ByNames {
    let have_outputs = files
        .iter()
        .all(|file| !file.is_stated && has_output(&file.table));
    if files.len() < 2 || !have_outputs {
        return ByNames::One;
    }
    let paths: Vec<&str> = files.iter().map(|file| file.table.file.as_str()).collect();
    let names = shortened(&paths);
    let texts: Vec<Texts<'_>> = files.iter().map(|file| Texts::of(&file.table)).collect();
    let data_sets = match texts.iter().any(Texts::is_empty) {
        true => None,
        false => grouped(&texts),
    };
    let Some(data_sets) = data_sets else {
        return match are_grid(&names) {
            true => ByNames::Unclear,
            false => ByNames::One,
        };
    };
    if data_sets.iter().all(|set| *set == 0) {
        return ByNames::One;
    }
    match factored(&names, &data_sets) {
        Some(pairs) if can_be_joined(files, &pairs) => ByNames::Several(pairs),
        _ => ByNames::Unclear,
    }
}

fn has_output(file: &Imported) -> bool {
    let roles = file.own_roles().into_iter();
    roles.filter(|role| *role == Role::Hypothesis).count() == 1
}

/// For each file its data set, counted from 0; nothing where that can't be told. Files are compared with the first of
/// each data set.
fn grouped(texts: &[Texts<'_>]) -> Option<Vec<usize>> {
    let mut first: Vec<&Texts<'_>> = Vec::new();
    let mut all = Vec::new();
    for own in texts {
        let mut same = None;
        for (set, other) in first.iter().enumerate() {
            match own.relation(other) {
                Relation::Different => {}
                Relation::Same if same.is_none() => same = Some(set),
                Relation::Same | Relation::Unclear => return None,
            }
        }
        if same.is_none() {
            first.push(own);
        }
        all.push(same.unwrap_or(first.len() - 1));
    }
    Some(all)
}

/// Whether the data sets of systems can be matched once they stand one below the other: by ids, or else line by line,
/// for which every system needs every data set.
fn can_be_joined(files: &[Prepared], pairs: &[(String, String)]) -> bool {
    let have_ids = files
        .iter()
        .all(|file| file.table.own_roles().contains(&Role::Id));
    let distinct = |mut names: Vec<&String>| {
        names.sort_unstable();
        names.dedup();
        names.len()
    };
    let systems = distinct(pairs.iter().map(|pair| &pair.0).collect());
    let data_sets = distinct(pairs.iter().map(|pair| &pair.1).collect());
    have_ids || systems * data_sets == files.len()
}
