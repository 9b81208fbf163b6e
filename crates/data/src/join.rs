//! The data set: one table out of one or more files, joined by id or by line, with roles.

use super::column_names::is_generic;
use super::data_set::{DataSet, Origin};
use super::data_sets::stacked;
use super::import::{ImportError, Imported, Problem};
use super::joinable::joinable;
use super::measures::says_measure;
use super::notices::Notice;
use super::points::Points;
use super::roles;
use super::roles::Role;
use super::table::Table;
use std::collections::BTreeSet;

pub use super::prepared::{Prepared, prepare};

impl Imported {
    /// Its roles: those that its layout knows, or else guessed as if it were alone.
    pub(crate) fn own_roles(&self) -> Vec<Role> {
        self.roles_beside(false)
    }

    /// The same, guessed beside other files, which may hold the outputs.
    pub(crate) fn roles_beside(&self, has_outputs_beside: bool) -> Vec<Role> {
        let known = self.roles.clone();
        known.unwrap_or_else(|| roles::guess_beside(&self.table, has_outputs_beside))
    }

    /// Whether it holds outputs whatever other files hold.
    fn holds_systems(&self) -> bool {
        self.roles_beside(true).contains(&Role::Hypothesis)
    }
}

impl DataSet {
    /// Joins files. With one file the table is its own.
    ///
    /// # Errors
    /// When the files don't fit together.
    pub fn join(files: Vec<Imported>) -> Result<Self, ImportError> {
        Self::join_prepared(prepare(files, &[]))
    }

    /// The same with files that are prepared.
    ///
    /// # Errors
    /// When the files don't fit together.
    pub fn join_prepared(files: Vec<Prepared>) -> Result<Self, ImportError> {
        let (files, not_used) = joinable(files);
        let (files, notice) = stacked(files)?;
        let mut set = Self::join_each(files)?;
        set.joins.extend(notice.into_iter().chain(not_used));
        set.check_clusters();
        set.find_measures();
        Ok(set)
    }

    /// One file after the other.
    pub(crate) fn join_each(files: Vec<Prepared>) -> Result<Self, ImportError> {
        let mut set = Self::default();
        let hold_outputs: Vec<bool> = files
            .iter()
            .map(|file| file.table.holds_systems())
            .collect();
        for (
            place,
            Prepared {
                mut table, system, ..
            },
        ) in files.into_iter().enumerate()
        {
            let others = hold_outputs.iter().enumerate();
            let is_beside = others
                .filter(|(other, _)| *other != place)
                .any(|(_, holds)| *holds);
            table.roles = Some(table.roles_beside(is_beside));
            if set.files.is_empty() {
                set.take_first(table, system.as_deref());
            } else {
                set.add(table, system.as_deref())?;
            }
        }
        Ok(set)
    }

    fn take_first(&mut self, file: Imported, system: Option<&str>) {
        let roles = file.roles.clone();
        let roles = roles.unwrap_or_else(|| roles::guess(&file.table));
        let own = outputs(&file.table, &roles);
        for ((name, column), role) in file.table.into_columns().zip(&roles) {
            self.note_origin(&file.file, &name);
            let name = column_name(&name, *role, system, &own);
            self.table.add(&name, column);
        }
        self.roles = roles;
        self.note_left_out(&file.file, file.left_out);
        self.note_points(&file.points);
        self.note(file.file, file.problems, file.problem_count);
    }

    /// Notes where the column comes from that is added next.
    fn note_origin(&mut self, file: &str, column: &str) {
        let origin = Origin {
            file: file.to_owned(),
            column: column.to_owned(),
        };
        self.origins.insert(self.table.names().len(), origin);
    }

    /// Notes that the system that was added last got a number, where another one has its name.
    fn note_same_name(&mut self, name: &str) {
        let Some(own) = self.table.names().last().filter(|own| *own != name) else {
            return;
        };
        let own = own.clone();
        let noted = self.joins.iter_mut().find_map(|notice| match notice {
            Notice::SystemsOfOneName { names } if names[0] == name => Some(names),
            _ => None,
        });
        match noted {
            Some(names) => names.push(own),
            None => self.joins.push(Notice::SystemsOfOneName {
                names: vec![name.to_owned(), own],
            }),
        }
    }

    pub(crate) fn note_left_out(&mut self, file: &str, fields: BTreeSet<String>) {
        if !fields.is_empty() {
            self.joins.push(Notice::FieldsLeftOut {
                file: file.to_owned(),
                fields: fields.into_iter().collect(),
            });
        }
    }

    /// Notes what points in numbers were read as.
    pub(crate) fn note_points(&mut self, points: &Points) {
        self.joins.extend(points.notices());
    }

    pub(crate) fn note(&mut self, file: String, problems: Vec<Problem>, count: usize) {
        self.files.push(file);
        self.problems.extend(problems);
        self.problem_count += count;
    }

    /// Adds a file's columns to the rows that are there.
    ///
    /// # Errors
    /// When neither ids nor the number of rows say which rows belong together.
    pub(crate) fn add(&mut self, file: Imported, system: Option<&str>) -> Result<(), ImportError> {
        let roles = file.roles.clone();
        let has_outputs = self.roles.contains(&Role::Hypothesis);
        let mut roles = roles.unwrap_or_else(|| roles::guess_beside(&file.table, has_outputs));
        let ids = (
            self.column_with(Role::Id),
            roles.iter().position(|&r| r == Role::Id),
        );
        let by_ids = match ids {
            (Some(ours), Some(theirs)) => Some(self.match_ids(ours, &file, theirs)?),
            _ => None,
        };
        let mut is_joined = vec![false; roles.len()];
        let by_text = match by_ids {
            None => self.match_texts(&file, &roles),
            Some(_) => None,
        };
        // The text that rows were matched by is there already.
        let by_text = by_text.map(|(order, theirs)| {
            roles[theirs] = Role::Ignored;
            is_joined[theirs] = true;
            order
        });
        let order = match &by_ids {
            Some(matching) if matching.is_used => Some(matching.order.clone()),
            _ if by_text.is_some() => by_text,
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
            is_joined[theirs] = true;
        }
        let own = outputs(&file.table, &roles);
        let mut doubt = self.doubt(&file, &roles, by_ids, order.as_deref());
        for (i, (name, theirs)) in file.table.into_columns().enumerate() {
            let cells = doubt.is_some().then(|| theirs.clone());
            let column = match &order {
                None => theirs,
                Some(order) => theirs.reordered(order),
            };
            let same = |j: usize| *self.table.column(j) == column;
            let is_own = roles[i] == Role::Hypothesis || measures_a_system(&name, roles[i]);
            let own_name = name;
            let name = column_name(&own_name, roles[i], system, &own);
            // Predictions and reviews of one model hold its outputs twice.
            let is_twin = |j: usize| !is_own || self.table.names()[j] == name;
            let repeated = (0..self.table.names().len()).any(|j| is_twin(j) && same(j));
            if repeated || is_joined[i] {
                continue;
            }
            if let (Some(doubt), Some(cells)) = (&mut doubt, cells) {
                doubt.added.push(self.table.names().len());
                doubt.cells.push(cells);
            }
            self.note_origin(&file.file, &own_name);
            self.table.add(&name, column);
            self.roles.push(roles[i]);
            if roles[i] == Role::Hypothesis {
                self.note_same_name(&name);
            }
        }
        if let Some(doubt) = doubt.filter(|doubt| !doubt.added.is_empty()) {
            self.note_doubt(&doubt);
            self.doubts.push(doubt);
        }
        self.note_left_out(&file.file, file.left_out);
        self.note_points(&file.points);
        self.note(file.file, file.problems, file.problem_count);
        Ok(())
    }
}

/// A column's name; a system whose column says nothing of it is called after its file.
fn column_name(name: &str, role: Role, system: Option<&str>, own: &[String]) -> String {
    match system {
        Some(system) if role == Role::Hypothesis && is_generic(name) => system.to_owned(),
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
