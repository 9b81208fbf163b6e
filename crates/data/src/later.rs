//! Files that come when data is loaded: what they may be to it, which of that is most likely and why, and the data
//! set that follows. Nothing is decided here: a person chooses.

use crate::column::TextColumn;
use crate::column_names::is_generic;
use crate::data_set::DataSet;
use crate::doubts::nearly_all;
use crate::import::{ImportError, Imported, stem};
use crate::join::Prepared;
use crate::matching::{agreement, by_canonical_id, shared_text, shared_texts_differ};
use crate::roles::{self, Role};
use crate::table::Table;
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

/// What later files become.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Placement {
    /// Another system for the rows that are loaded.
    System,
    /// More rows of the systems that are loaded.
    Rows,
    /// More columns for the rows that are loaded, such as labels or scores.
    Columns,
    /// Data of their own, in place of what is loaded.
    Replace,
}

impl Placement {
    /// Every placement, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::System, Self::Rows, Self::Columns, Self::Replace];

    /// The name in locale keys.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Rows => "rows",
            Self::Columns => "columns",
            Self::Replace => "replace",
        }
    }
}

/// How the rows of a later file match those that are loaded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowMatch {
    /// Both have ids.
    Ids {
        /// The id column of the data, and of the file.
        columns: [String; 2],
        /// Rows of the file whose id the data has.
        matched: usize,
    },
    /// There are as many rows, and a text that both have can be compared line by line.
    Texts {
        /// The column.
        column: String,
        /// Rows in which it agrees.
        matched: usize,
    },
    /// There are as many rows, and nothing to compare.
    Lines {},
    /// Nothing says which rows belong together.
    Nothing {},
}

/// What is known of a later file beside the data that is loaded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LaterFile {
    /// Its name.
    pub file: String,
    /// Its rows.
    pub rows: usize,
    /// How they match those that are loaded.
    pub row_match: RowMatch,
    /// Columns with outputs.
    pub outputs: usize,
    /// Columns that the data has too, by name.
    pub shared_columns: usize,
    /// All its columns.
    pub columns: usize,
    /// What it can become.
    pub possible: Vec<Placement>,
    /// What it most likely is.
    pub likely: Placement,
}

/// Files that wait for a person to say what they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LaterFiles {
    /// The files.
    pub files: Vec<LaterFile>,
    /// The files that are loaded.
    pub loaded: Vec<String>,
    /// Rows that are loaded.
    pub loaded_rows: usize,
    /// What they can become together.
    pub possible: Vec<Placement>,
    /// What they most likely are.
    pub likely: Placement,
}

/// What later files may be to the data.
#[must_use]
pub fn evidence(data: &DataSet, files: &[Prepared]) -> LaterFiles {
    let files: Vec<LaterFile> = files
        .iter()
        .map(|file| of_file(data, &file.table))
        .collect();
    let every = |placement: &Placement| files.iter().all(|f| f.possible.contains(placement));
    let possible: Vec<Placement> = Placement::ALL.into_iter().filter(every).collect();
    let is_again = files.iter().all(|file| data.files.contains(&file.file));
    let mut likely = files.iter().map(|file| file.likely);
    let first = likely.next().unwrap_or(Placement::Replace);
    let agreed = likely.all(|other| other == first) && possible.contains(&first) && !is_again;
    LaterFiles {
        loaded: data.files.clone(),
        loaded_rows: data.table.rows(),
        possible,
        likely: if agreed { first } else { Placement::Replace },
        files,
    }
}

fn of_file(data: &DataSet, file: &Imported) -> LaterFile {
    let roles = file.roles.clone();
    let roles = roles.unwrap_or_else(|| roles::guess(&file.table));
    let row_match = row_match(data, &file.table, &roles);
    let outputs = roles.iter().filter(|r| **r == Role::Hypothesis).count();
    let shared = file.table.names().iter();
    let shared = shared.filter(|name| named(&data.table, name).is_some());
    let (shared_columns, columns) = (shared.count(), file.table.names().len());
    let rows = file.table.rows();
    let same_rows = match &row_match {
        RowMatch::Ids { matched, .. } => {
            let differ = shared_texts_differ(data, &file.table, &roles);
            nearly_all(*matched, rows.min(data.table.rows())) && !differ
        }
        RowMatch::Texts { matched, .. } => nearly_all(*matched, rows),
        RowMatch::Lines {} => true,
        RowMatch::Nothing {} => false,
    };
    let can_join = !matches!(
        row_match,
        RowMatch::Nothing {} | RowMatch::Ids { matched: 0, .. }
    );
    let can_append = shared_columns > 0 && ids_are_new(data, &file.table, &roles);
    let is_possible = |placement: &Placement| match placement {
        Placement::System => can_join && outputs > 0,
        Placement::Columns => can_join,
        Placement::Rows => can_append,
        Placement::Replace => true,
    };
    let same_columns = shared_columns * 2 > columns;
    let likely = match (same_rows, outputs > 0) {
        (true, true) => Placement::System,
        (true, false) => Placement::Columns,
        (false, _) if can_append && same_columns => Placement::Rows,
        (false, _) => Placement::Replace,
    };
    LaterFile {
        file: file.file.clone(),
        rows,
        row_match,
        outputs,
        shared_columns,
        columns,
        possible: Placement::ALL.into_iter().filter(is_possible).collect(),
        likely,
    }
}

fn row_match(data: &DataSet, table: &Table, roles: &[Role]) -> RowMatch {
    let theirs = roles.iter().position(|&r| r == Role::Id);
    if let (Some(ours), Some(theirs)) = (data.column_with(Role::Id), theirs) {
        let matched = by_canonical_id(data.table.column(ours), table.column(theirs));
        let names = [&data.table.names()[ours], &table.names()[theirs]];
        let columns = names.map(String::clone);
        if let Some(matched) = matched {
            return RowMatch::Ids { columns, matched };
        }
    }
    if table.rows() != data.table.rows() {
        return RowMatch::Nothing {};
    }
    match shared_text(data, table, roles) {
        Some(columns) => RowMatch::Texts {
            column: table.names()[columns.1].clone(),
            matched: agreement(data, table, columns, None).0,
        },
        None => RowMatch::Lines {},
    }
}

/// Whether no id of a file is one of the data's, so that its rows can be added.
fn ids_are_new(data: &DataSet, table: &Table, roles: &[Role]) -> bool {
    let theirs = roles.iter().position(|&r| r == Role::Id);
    let (Some(ours), Some(theirs)) = (data.column_with(Role::Id), theirs) else {
        return true;
    };
    let known: FxHashSet<&str> = data.table.column(ours).iter().flatten().collect();
    let mut new = table.column(theirs).iter().flatten();
    !new.any(|id| known.contains(id))
}

/// The column of a name, whatever its case.
fn named(table: &Table, name: &str) -> Option<usize> {
    let same = |known: &String| known.trim().to_lowercase() == name.trim().to_lowercase();
    table.names().iter().position(same)
}

impl DataSet {
    /// The data set with later files in it.
    ///
    /// # Errors
    /// When the files can't become that.
    pub fn with_files(
        &self,
        files: Vec<Prepared>,
        placement: Placement,
    ) -> Result<Self, ImportError> {
        if placement == Placement::Replace {
            return Self::join_prepared(files);
        }
        let mut set = self.clone();
        if placement == Placement::System {
            set.name_after_file();
        }
        for Prepared {
            mut table, system, ..
        } in files
        {
            match placement {
                Placement::Rows => set.append(table)?,
                Placement::Columns => {
                    let roles = table.roles.take();
                    let mut roles = roles.unwrap_or_else(|| roles::guess(&table.table));
                    let texts = roles.iter_mut().filter(|r| **r == Role::Hypothesis);
                    texts.for_each(|role| *role = Role::Ignored);
                    table.roles = Some(roles);
                    set.add(table, None)?;
                }
                _ => set.add(table, system.as_deref())?,
            }
        }
        set.find_measures();
        Ok(set)
    }

    /// The data set with each of several later files as it was said, in their order. Those that replace the data come
    /// first, and what nothing was said of is left out.
    ///
    /// # Errors
    /// When a file can't become what was said.
    pub fn with_each(
        &self,
        files: Vec<(Prepared, Option<Placement>)>,
    ) -> Result<Self, ImportError> {
        let (replacing, others): (Vec<_>, Vec<_>) = files
            .into_iter()
            .partition(|(_, placement)| *placement == Some(Placement::Replace));
        let mut set = match replacing.is_empty() {
            true => self.clone(),
            false => Self::join_prepared(replacing.into_iter().map(|(file, _)| file).collect())?,
        };
        for (file, placement) in others {
            if let Some(placement) = placement {
                set = set.with_files(vec![file], placement)?;
            }
        }
        Ok(set)
    }

    /// Calls the only system of a single file after the file, where its column says nothing of it.
    fn name_after_file(&mut self) {
        let systems = self.columns_with(Role::Hypothesis);
        let ([column], [file]) = (&systems[..], &self.files[..]) else {
            return;
        };
        let name = self.table.names()[*column].clone();
        if is_generic(&name) && self.column_name(*column) == name {
            let file = stem(file).to_owned();
            self.system_settings.rename(*column, &name, &file);
        }
    }

    /// Adds a file's rows below those that are there. Columns are the same by their names, and of one system on
    /// either side so are the outputs; cells that one side lacks are missing.
    fn append(&mut self, file: Imported) -> Result<(), ImportError> {
        let theirs = file.roles.clone();
        let theirs = theirs.unwrap_or_else(|| roles::guess(&file.table));
        let only = |roles: &[Role]| {
            let mut outputs = (0..roles.len()).filter(|&c| roles[c] == Role::Hypothesis);
            outputs.next().filter(|_| outputs.next().is_none())
        };
        let outputs = only(&self.roles).zip(only(&theirs));
        let partner = |column: usize| {
            let by_name = named(&self.table, &file.table.names()[column]);
            let output = outputs.filter(|(_, theirs)| *theirs == column);
            by_name.or(output.map(|(ours, _)| ours))
        };
        let partners: Vec<Option<usize>> = (0..theirs.len()).map(partner).collect();
        let (before, more) = (self.table.rows(), file.table.rows());
        let mut table = Table::default();
        for (c, (name, mut column)) in std::mem::take(&mut self.table).into_columns().enumerate() {
            let other = partners.iter().position(|partner| *partner == Some(c));
            extend(&mut column, other.map(|c| file.table.column(c)), more);
            table.add(&name, column);
        }
        for (c, (name, cells)) in file.table.into_columns().enumerate() {
            if partners[c].is_none() {
                let mut column = TextColumn::default();
                extend(&mut column, None, before);
                extend(&mut column, Some(&cells), more);
                table.add(&name, column);
                self.roles.push(theirs[c]);
            }
        }
        self.table = table;
        // What was found in training files was not looked for in the new rows.
        self.overlaps.clear();
        self.note_left_out(&file.file, file.left_out);
        self.note_points(&file.points);
        self.note(file.file, file.problems, file.problem_count);
        self.doubts.clear();
        Ok(())
    }
}

/// Adds cells to a column, or as many missing ones.
fn extend(column: &mut TextColumn, cells: Option<&TextColumn>, count: usize) {
    for row in 0..count {
        column.push(cells.and_then(|cells| cells.get(row)));
    }
}

#[cfg(test)]
mod tests;
