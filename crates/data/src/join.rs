//! The data set: one table out of one or more files, joined by id or by line, with roles.

use super::data_set::DataSet;
use super::decimal_commas::with_points;
use super::import::{ImportError, Imported, Problem, stem};
use super::json_cells::open_json_cells;
use super::lists::open_reference_lists;
use super::long::{by_item, system_of};
use super::measures::says_measure;
use super::notices::{MAX_EXAMPLES, Notice};
use super::outcomes::by_task;
use super::roles;
use super::roles::Role;
use super::table::Table;
use super::verdicts::apart;
use crate::column::TextColumn;
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// Names that say nothing about which system wrote the column.
const GENERIC: &[&str] = &[
    "prediction",
    "predictions",
    "hyp",
    "hypothesis",
    "output",
    "response",
    "filtered_resps[0]",
    "resps[0][0]",
    "text",
    "completion",
    "answer",
    "predict",
];

impl DataSet {
    /// Joins files. With one file the table is its own.
    pub fn join(files: Vec<Imported>) -> Result<Self, ImportError> {
        let mut set = Self::default();
        let several = files.len() > 1;
        let names = system_names(&files);
        for (file, name) in files.into_iter().zip(names) {
            // One file alone is no system's, unless it says whose outputs it holds.
            let name = name.of_contents.or(several.then_some(name.of_file));
            let file = open_reference_lists(open_json_cells(apart(with_points(file))));
            let file = by_item(by_task(file), name.as_deref());
            if set.files.is_empty() {
                set.take_first(file, name.as_deref());
            } else {
                set.add(file, name.as_deref())?;
            }
        }
        set.check_clusters();
        set.find_measures();
        Ok(set)
    }

    fn take_first(&mut self, file: Imported, system: Option<&str>) {
        let roles = file.roles.clone();
        let roles = roles.unwrap_or_else(|| roles::guess(&file.table));
        let own = outputs(&file.table, &roles);
        for ((name, column), role) in file.table.into_columns().zip(&roles) {
            let name = column_name(&name, *role, system, &own);
            self.table.add(&name, column);
        }
        self.roles = roles;
        self.note_left_out(&file.file, file.left_out);
        self.note(file.file, file.problems, file.problem_count);
    }

    fn note_left_out(&mut self, file: &str, fields: BTreeSet<String>) {
        if !fields.is_empty() {
            self.joins.push(Notice::FieldsLeftOut {
                file: file.to_owned(),
                fields: fields.into_iter().collect(),
            });
        }
    }

    fn note(&mut self, file: String, problems: Vec<Problem>, count: usize) {
        self.files.push(file);
        self.problems.extend(problems);
        self.problem_count += count;
    }

    fn add(&mut self, file: Imported, system: Option<&str>) -> Result<(), ImportError> {
        let roles = file.roles.clone();
        let mut roles = roles.unwrap_or_else(|| roles::guess(&file.table));
        let ids = (
            self.column_with(Role::Id),
            roles.iter().position(|&r| r == Role::Id),
        );
        let by_ids = match ids {
            (Some(ours), Some(theirs)) => self.match_ids(ours, &file, theirs)?,
            _ => None,
        };
        let order = match by_ids {
            Some(order) => Some(order),
            _ if file.table.rows() == self.table.rows() => None,
            _ => {
                return Err(ImportError::RowCounts {
                    first: self.files.join(", "),
                    first_rows: self.table.rows(),
                    second: file.file.clone(),
                    second_rows: file.table.rows(),
                });
            }
        };
        if let (Some(_), Some(theirs)) = ids {
            roles[theirs] = Role::Ignored;
        }
        let own = outputs(&file.table, &roles);
        for (i, (name, theirs)) in file.table.into_columns().enumerate() {
            let column = match &order {
                None => theirs,
                Some(order) => reordered(&theirs, order),
            };
            let same = |j: usize| *self.table.column(j) == column;
            let is_own = roles[i] == Role::Hypothesis || measures_a_system(&name, roles[i]);
            let name = column_name(&name, roles[i], system, &own);
            // Predictions and reviews of one model hold its outputs twice.
            let is_twin = |j: usize| !is_own || self.table.names()[j] == name;
            let repeated = (0..self.table.names().len()).any(|j| is_twin(j) && same(j));
            let is_joined_id = roles[i] == Role::Ignored && ids.1 == Some(i);
            if repeated || is_joined_id {
                continue;
            }
            self.table.add(&name, column);
            self.roles.push(roles[i]);
        }
        self.note_left_out(&file.file, file.left_out);
        self.note(file.file, file.problems, file.problem_count);
        Ok(())
    }

    /// For each of our rows the row of `file` with the same id. Nothing where the ids are of different kinds: the
    /// columns have different names, some rows have no partner, and lines could be joined instead.
    fn match_ids(
        &mut self,
        ours: usize,
        file: &Imported,
        theirs: usize,
    ) -> Result<Option<Vec<Option<usize>>>, ImportError> {
        unique(self.table.column(ours), &self.files.join(", "))?;
        let mut by_id = unique(file.table.column(theirs), &file.file)?;
        let mut order = Vec::with_capacity(self.table.rows());
        for id in self.table.column(ours).iter() {
            order.push(id.and_then(|id| by_id.remove(&*canonical(id))));
        }
        let names = [&self.table.names()[ours], &file.table.names()[theirs]];
        let same_name = names[0].trim().eq_ignore_ascii_case(names[1].trim());
        let all = by_id.is_empty() && order.iter().all(Option::is_some);
        let columns = names.map(String::clone);
        let name = file.file.clone();
        if !same_name && !all && file.table.rows() == self.table.rows() {
            self.joins.push(Notice::JoinedByLine {
                file: name,
                columns,
            });
            return Ok(None);
        }
        let matched = order.iter().flatten().count();
        if matched == 0 {
            return Err(ImportError::NoCommonIds {
                first: self.files.join(", "),
                second: name,
            });
        }
        let ours_alone = self.table.column(ours).iter().zip(&order);
        let ours_alone = ours_alone.filter(|(_, row)| row.is_none());
        let mut theirs_alone: Vec<usize> = by_id.values().copied().collect();
        theirs_alone.sort_unstable();
        let theirs_alone = theirs_alone.into_iter();
        let theirs_alone = theirs_alone.map(|row| file.table.cell(theirs, row));
        let alone = ours_alone.map(|(id, _)| id).chain(theirs_alone).flatten();
        let examples = alone.take(MAX_EXAMPLES).map(str::to_owned).collect();
        let unmatched = by_id.len() + (order.len() - matched);
        self.unmatched_rows += unmatched;
        self.joins.push(Notice::JoinedById {
            file: name,
            columns,
            matched,
            unmatched,
            examples,
        });
        Ok(Some(order))
    }
}

fn reordered(column: &TextColumn, order: &[Option<usize>]) -> TextColumn {
    let mut new = TextColumn::default();
    for row in order {
        new.push(row.and_then(|r| column.get(r)));
    }
    new
}

/// An id as it is compared: of numbers their value, so that 1 and 1.0 are one.
fn canonical(id: &str) -> Cow<'_, str> {
    let id = id.trim();
    let is_decimal = id.contains('.') && id.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    match id.split_once('.').filter(|_| is_decimal) {
        Some((whole, zeros)) if !whole.is_empty() && zeros.bytes().all(|b| b == b'0') => {
            whole.into()
        }
        _ => id.into(),
    }
}

fn unique<'a>(
    column: &'a TextColumn,
    file: &str,
) -> Result<FxHashMap<Cow<'a, str>, usize>, ImportError> {
    let mut by_id = FxHashMap::default();
    for (row, id) in column.iter().enumerate() {
        let Some(id) = id else { continue };
        if by_id.insert(canonical(id), row).is_some() {
            return Err(ImportError::DuplicateId {
                file: file.to_owned(),
                id: id.to_owned(),
            });
        }
    }
    Ok(by_id)
}

/// What a file's system is called.
struct SystemName {
    /// By a column that says whose outputs the file holds.
    of_contents: Option<String>,
    /// By the file's name, or its folder's where another file has the same name.
    of_file: String,
}

fn system_names(files: &[Imported]) -> Vec<SystemName> {
    let stems: Vec<&str> = files.iter().map(|file| stem(&file.file)).collect();
    let name = |(i, file): (usize, &Imported)| {
        let is_repeated = stems[..i].contains(&stems[i]) || stems[i + 1..].contains(&stems[i]);
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

/// A column's name; a system whose column says nothing of it is called after its file.
fn column_name(name: &str, role: Role, system: Option<&str>, own: &[String]) -> String {
    let lower = name.to_lowercase();
    let is_generic = GENERIC.contains(&lower.as_str()) || lower.starts_with("outputs.");
    match system {
        Some(system) if role == Role::Hypothesis && is_generic => system.to_owned(),
        Some(system) if measures_a_system(name, role) => {
            let own = own.iter().map(String::as_str).chain([system]);
            match is_of_one(name, own) {
                true => name.to_owned(),
                false => format!("{name} ({system})"),
            }
        }
        _ => name.to_owned(),
    }
}

/// The names of a table's columns of outputs.
fn outputs(table: &Table, roles: &[Role]) -> Vec<String> {
    let columns = table.names().iter().zip(roles);
    let outputs = columns.filter(|(_, role)| **role == Role::Hypothesis);
    outputs.map(|(name, _)| name.clone()).collect()
}

/// Whether a measure's name says already which of the file's own outputs it is of: `match (gpt-4o)`.
fn is_of_one<'a>(name: &str, mut own: impl Iterator<Item = &'a str>) -> bool {
    own.any(|output| name.ends_with(&format!(" ({output})")))
}

/// Whether a column of a file that holds one system's outputs measures them.
fn measures_a_system(name: &str, role: Role) -> bool {
    let may_measure = matches!(role, Role::Number | Role::Slice) && says_measure(name);
    may_measure || role == Role::Measure
}
