//! The data set: one table out of one or more files, joined by id or by line, with roles.

use super::import::{ImportError, Imported, Problem, stem};
use super::outcomes::by_task;
use super::roles;
use super::roles::Role;
use super::table::Table;
use crate::column::TextColumn;
use assay_results::scores::RefCount;
use rustc_hash::FxHashMap;

/// Rows from all files with what each column is for.
#[derive(Debug, Clone, Default)]
pub struct DataSet {
    /// The rows.
    pub table: Table,
    /// A role for each column.
    pub roles: Vec<Role>,
    /// The files' names.
    pub files: Vec<String>,
    /// Rows set aside.
    pub problems: Vec<Problem>,
    /// Rows set aside in all.
    pub problem_count: usize,
    /// Rows of a file whose id another file lacks.
    pub unmatched_rows: usize,
}

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
];

impl DataSet {
    /// Joins files. With one file the table is its own.
    pub fn join(files: Vec<Imported>) -> Result<Self, ImportError> {
        let mut files: Vec<Imported> = files.into_iter().map(by_task).collect();
        let mut set = Self::default();
        if files.is_empty() {
            return Ok(set);
        }
        let several = files.len() > 1;
        let first = files.remove(0);
        set.take_first(first, several);
        for file in files {
            set.add(file)?;
        }
        Ok(set)
    }

    fn take_first(&mut self, file: Imported, several: bool) {
        let roles = file.roles.clone();
        let roles = roles.unwrap_or_else(|| roles::guess(&file.table));
        for ((name, column), role) in file.table.into_columns().zip(&roles) {
            let name = column_name(&name, *role, &file.file, several);
            self.table.add(&name, column);
        }
        self.roles = roles;
        self.note(file.file, file.problems, file.problem_count);
    }

    fn note(&mut self, file: String, problems: Vec<Problem>, count: usize) {
        self.files.push(file);
        self.problems.extend(problems);
        self.problem_count += count;
    }

    fn add(&mut self, file: Imported) -> Result<(), ImportError> {
        let roles = file.roles.clone();
        let mut roles = roles.unwrap_or_else(|| roles::guess(&file.table));
        let ids = (
            self.column_with(Role::Id),
            roles.iter().position(|&r| r == Role::Id),
        );
        let order = match ids {
            (Some(ours), Some(theirs)) => Some(self.match_ids(ours, &file, theirs)?),
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
        for (i, (name, theirs)) in file.table.into_columns().enumerate() {
            let column = match &order {
                None => theirs,
                Some(order) => reordered(&theirs, order),
            };
            let same = |j: usize| *self.table.column(j) == column;
            let repeated = roles[i] != Role::Hypothesis && (0..self.table.names().len()).any(same);
            let is_joined_id = roles[i] == Role::Ignored && ids.1 == Some(i);
            if repeated || is_joined_id {
                continue;
            }
            let name = column_name(&name, roles[i], &file.file, true);
            self.table.add(&name, column);
            self.roles.push(roles[i]);
        }
        self.note(file.file, file.problems, file.problem_count);
        Ok(())
    }

    /// For each of our rows the row of `file` with the same id.
    fn match_ids(
        &mut self,
        ours: usize,
        file: &Imported,
        theirs: usize,
    ) -> Result<Vec<Option<usize>>, ImportError> {
        unique(self.table.column(ours), &self.files.join(", "))?;
        let mut by_id = unique(file.table.column(theirs), &file.file)?;
        let mut order = Vec::with_capacity(self.table.rows());
        for id in self.table.column(ours).iter() {
            order.push(id.and_then(|id| by_id.remove(id)));
        }
        let matched = order.iter().flatten().count();
        if matched == 0 {
            return Err(ImportError::NoCommonIds {
                first: self.files.join(", "),
                second: file.file.clone(),
            });
        }
        self.unmatched_rows += by_id.len() + (order.len() - matched);
        Ok(order)
    }

    /// The first column of a role.
    pub fn column_with(&self, role: Role) -> Option<usize> {
        self.roles.iter().position(|&r| r == role)
    }

    /// All columns of a role.
    pub fn columns_with(&self, role: Role) -> Vec<usize> {
        (0..self.roles.len())
            .filter(|&i| self.roles[i] == role)
            .collect()
    }

    /// The systems: columns with outputs, and their names.
    pub fn systems(&self) -> Vec<(usize, &str)> {
        let columns = self.columns_with(Role::Hypothesis).into_iter();
        columns
            .map(|i| (i, self.table.names()[i].as_str()))
            .collect()
    }

    /// The row's references that are present.
    pub fn references(&self, row: usize) -> Vec<&str> {
        let columns = (0..self.roles.len()).filter(|&i| self.roles[i] == Role::Reference);
        columns.filter_map(|i| self.table.cell(i, row)).collect()
    }

    /// How many references the rows have.
    pub fn reference_count(&self) -> RefCount {
        let columns = self.columns_with(Role::Reference);
        let count = |row: usize| {
            columns
                .iter()
                .filter(|&&i| self.table.cell(i, row).is_some())
                .count()
        };
        let first = if self.table.rows() == 0 {
            columns.len()
        } else {
            count(0)
        };
        if (1..self.table.rows()).all(|row| count(row) == first) {
            RefCount::Fixed(first)
        } else {
            RefCount::Varying
        }
    }

    /// The system's output in a row; a missing one counts as empty, as the reference tools have it.
    pub fn hypothesis(&self, column: usize, row: usize) -> &str {
        self.table.cell(column, row).unwrap_or("")
    }

    /// Rows in which the system's output is missing or blank.
    pub fn blank_outputs(&self, column: usize) -> usize {
        (0..self.table.rows())
            .filter(|&row| self.hypothesis(column, row).trim().is_empty())
            .count()
    }
}

fn reordered(column: &TextColumn, order: &[Option<usize>]) -> TextColumn {
    let mut new = TextColumn::default();
    for row in order {
        new.push(row.and_then(|r| column.get(r)));
    }
    new
}

fn unique<'a>(
    column: &'a TextColumn,
    file: &str,
) -> Result<FxHashMap<&'a str, usize>, ImportError> {
    let mut by_id = FxHashMap::default();
    for (row, id) in column.iter().enumerate() {
        let Some(id) = id else { continue };
        if by_id.insert(id, row).is_some() {
            return Err(ImportError::DuplicateId {
                file: file.to_owned(),
                id: id.to_owned(),
            });
        }
    }
    Ok(by_id)
}

fn column_name(name: &str, role: Role, file: &str, several: bool) -> String {
    let generic = GENERIC.contains(&name.to_lowercase().as_str());
    if several && role == Role::Hypothesis && generic {
        stem(file).to_owned()
    } else {
        name.to_owned()
    }
}
