//! The data set: one table with what each column is for, the answers found in outputs, and what was decided on the
//! way. How files become one is in [`crate::join`].

use super::answers::Answers;
use super::doubts::JoinDoubt;
use super::import::Problem;
use super::measure_setting::MeasureSetting;
use super::notices::{self, Notice};
use super::overlaps::OverlapCheck;
use super::roles::Role;
use super::systems::{System, SystemSettings};
use super::table::Table;
use assay_results::extraction::ExtractionStep;
use assay_results::scores::RefCount;
use assay_sorting::sort_by;
use std::collections::{BTreeMap, BTreeSet};

/// Where a column comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The file, or the files of several data sets that were put one below the other.
    pub file: String,
    /// What the column is called there.
    pub column: String,
}

/// Rows from all files with what each column is for.
#[derive(Debug, Clone, Default)]
pub struct DataSet {
    /// The rows.
    pub table: Table,
    /// A role for each column.
    pub roles: Vec<Role>,
    /// The files' names.
    pub files: Vec<String>,
    /// Where columns come from, of files that were joined on this visit.
    pub(crate) origins: BTreeMap<usize, Origin>,
    /// Rows set aside.
    pub problems: Vec<Problem>,
    /// Rows set aside in all.
    pub problem_count: usize,
    /// Rows of a file whose id another file lacks.
    pub unmatched_rows: usize,
    /// What was decided when files were joined, and what of them was left out.
    pub(crate) joins: Vec<Notice>,
    /// Joins whose rows may be matched wrongly, until the person has said so or otherwise.
    pub doubts: Vec<JoinDoubt>,
    /// Questions about columns that the person has answered, as they were asked.
    pub settled: BTreeSet<Vec<String>>,
    /// Whether places of choices are counted from 0, so that 0 is A; nothing where nobody has said so.
    pub choices_from_zero: Option<bool>,
    /// What the person set on systems.
    pub system_settings: SystemSettings,
    /// Answers of systems, by their columns.
    pub(crate) answers: BTreeMap<usize, Answers>,
    /// What a person said of measures, by their columns.
    pub measure_settings: BTreeMap<usize, MeasureSetting>,
    /// Whether labels that differ only in case or a final full stop are one class.
    pub merge_classes: bool,
    /// What of the data was found in training files.
    pub overlaps: Vec<OverlapCheck>,
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

    /// Where a column comes from; nothing where the data set was read back.
    #[must_use]
    pub fn origin(&self, column: usize) -> Option<&Origin> {
        self.origins.get(&column)
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

    /// All systems in the person's order, hidden ones too.
    #[must_use]
    pub fn all_systems(&self) -> Vec<System<'_>> {
        let settings = &self.system_settings;
        let columns = self.columns_with(Role::Hypothesis);
        let one = |(place, &column): (usize, &usize)| System {
            column,
            name: self.column_name(column),
            colour: settings.colours.get(&column).copied().unwrap_or(place),
            is_hidden: settings.hidden.contains(&column),
        };
        let mut systems: Vec<System<'_>> = columns.iter().enumerate().map(one).collect();
        let place = |system: &System<'_>| {
            let order = settings.order.iter();
            let found = order.clone().position(|&c| c == system.column);
            found.unwrap_or(usize::MAX)
        };
        sort_by(&mut systems, |a, b| place(a).cmp(&place(b)));
        systems
    }

    /// The systems that results are about: columns with outputs that are not hidden, and their names.
    pub fn systems(&self) -> Vec<(usize, &str)> {
        let all = self.all_systems().into_iter();
        let shown = all.filter(|system| !system.is_hidden);
        shown.map(|system| (system.column, system.name)).collect()
    }

    /// What a column is called: a system by the name that the person gave it.
    #[must_use]
    pub fn column_name(&self, column: usize) -> &str {
        let given = self.system_settings.names.get(&column);
        given.unwrap_or(&self.table.names()[column])
    }

    /// The system that a name means: the one that is called so now, or else the one that was.
    #[must_use]
    pub fn system_called(&self, name: &str) -> Option<System<'_>> {
        let systems = self.all_systems();
        let was = |s: &System<'_>| {
            let former = self.system_settings.former.get(&s.column);
            former.is_some_and(|names| names.contains(name))
        };
        let now = systems.iter().position(|s| s.name == name);
        let place = now.or_else(|| systems.iter().position(was))?;
        systems.into_iter().nth(place)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Importer;

    fn data() -> DataSet {
        let mut importer = Importer::new("a.csv");
        let text = b"reference,base,tuned,large\na b c,a b,a b c,a c\nd e f,d,e f,d e f\n";
        importer.push(text).unwrap();
        DataSet::join(vec![importer.finish().unwrap()]).unwrap()
    }

    #[test]
    fn a_hidden_system_is_none_of_the_systems_and_the_others_keep_their_colours() {
        let mut data = data();
        data.system_settings.hide(1);
        assert_eq!(data.systems(), [(2, "tuned"), (3, "large")]);
        let colours = |data: &DataSet| data.all_systems().iter().map(|s| s.colour).collect();
        let all: Vec<usize> = colours(&data);
        assert_eq!(all, [0, 1, 2]);
        data.system_settings.show(1);
        data.system_settings.set_order(vec![3, 1]);
        assert_eq!(
            data.systems(),
            [(3, "large"), (1, "base"), (2, "tuned")],
            "systems without a place follow"
        );
        let all: Vec<usize> = colours(&data);
        assert_eq!(all, [2, 0, 1]);
    }

    #[test]
    fn a_system_is_found_by_its_name_and_by_those_it_had() {
        let mut data = data();
        data.system_settings.rename(1, "base", "v1");
        data.system_settings.rename(1, "v1", "v2");
        assert_eq!(data.systems()[0].1, "v2");
        for name in ["base", "v1", "v2"] {
            assert_eq!(
                data.system_called(name).map(|s| s.column),
                Some(1),
                "{name}"
            );
        }
        // A name that another system has now is that one's.
        data.system_settings.rename(2, "tuned", "v1");
        assert_eq!(data.system_called("v1").map(|s| s.column), Some(2));
        assert_eq!(data.system_called("other"), None);
    }
}
