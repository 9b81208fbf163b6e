//! The data set: one table with what each column is for, the answers found in outputs, and what was decided on the
//! way. How files become one is in [`crate::join`].

use super::answers::Answers;
use super::import::Problem;
use super::notices::{self, Notice};
use super::roles::Role;
use super::table::Table;
use assay_results::extraction::ExtractionStep;
use assay_results::scores::RefCount;
use std::collections::BTreeMap;

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
    /// What was decided when files were joined, and what of them was left out.
    pub(crate) joins: Vec<Notice>,
    /// Answers of systems, by their columns.
    pub(crate) answers: BTreeMap<usize, Answers>,
    /// Whether labels that differ only in case or a final full stop are one class.
    pub merge_classes: bool,
}

impl DataSet {
    /// What was decided where another reading was possible, and what is not used.
    pub fn notices(&self) -> Vec<Notice> {
        let of_roles = notices::of_roles(&self.table, &self.roles);
        [self.joins.clone(), of_roles].concat()
    }

    /// What was decided when files were joined.
    #[must_use]
    pub fn join_notices(&self) -> &[Notice] {
        &self.joins
    }

    /// Sets what was decided when files were joined: of a data set that is read back.
    pub fn set_join_notices(&mut self, notices: Vec<Notice>) {
        self.joins = notices;
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

    /// Rows in which the system's answer is missing or blank.
    pub fn blank_outputs(&self, column: usize) -> usize {
        (0..self.table.rows())
            .filter(|&row| self.hypothesis(column, row).trim().is_empty())
            .count()
    }

    /// The system's output in a row as the file has it; a missing one counts as empty.
    #[must_use]
    pub fn raw_output(&self, column: usize, row: usize) -> &str {
        self.table.cell(column, row).unwrap_or("")
    }

    /// What measures see of the system's output in a row: the answer that its steps find in it.
    #[must_use]
    pub fn hypothesis(&self, column: usize, row: usize) -> &str {
        let answer = self.answers.get(&column).and_then(|a| a.texts.get(row));
        answer.unwrap_or_else(|| self.raw_output(column, row))
    }

    /// A system's answers, where it has steps.
    #[must_use]
    pub fn answers(&self, column: usize) -> Option<&Answers> {
        self.answers.get(&column)
    }

    /// A system's steps.
    #[must_use]
    pub fn steps(&self, column: usize) -> &[ExtractionStep] {
        self.answers(column).map_or(&[], |answers| &answers.steps)
    }

    /// Sets a system's answers; without steps its outputs are seen as they are.
    pub fn set_answers(&mut self, column: usize, answers: Answers) {
        if answers.steps.is_empty() {
            self.answers.remove(&column);
        } else {
            self.answers.insert(column, answers);
        }
    }
}
