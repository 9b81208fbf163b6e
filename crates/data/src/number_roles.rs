//! Numbers as answers: which of a table's numbers systems gave, seen from references that are numbers too.

use super::cell_content::number;
use super::column_names::{is_measure, is_taken_out};
use super::role::Role;
use super::whole::{Whole, of_role};

impl Whole<'_> {
    /// Beside references that are all numbers the other numbers are answers, but for those that measure something.
    pub(crate) fn take_numbers_for_outputs(&self, roles: &mut [Role]) {
        let references = of_role(roles, Role::Reference);
        let are_numbers =
            !references.is_empty() && references.iter().all(|c| self.contents[*c].numeric);
        let has_outputs = [Role::Hypothesis, Role::Prediction, Role::Label]
            .iter()
            .any(|role| roles.contains(role));
        if !are_numbers || has_outputs {
            return;
        }
        for column in of_role(roles, Role::Number) {
            if !is_measure(self.name(column)) && !self.counts_rows(column) {
                roles[column] = Role::Hypothesis;
            }
        }
    }

    /// Whether a column counts the rows: each number is one more than that before it.
    fn counts_rows(&self, column: usize) -> bool {
        let numbers = self.cells(column).map(|cell| cell.parse::<f64>().ok());
        let numbers: Option<Vec<f64>> = numbers.collect();
        numbers.is_some_and(|all| {
            let counts = all.windows(2).all(|pair| pair[1] - pair[0] == 1.0);
            counts && all.len() > 2 && all.first().is_some_and(|x| *x == 0.0 || *x == 1.0)
        })
    }

    /// Beside numeric references and outputs that are texts, numbers are outputs too where a fifth of them or more are
    /// the reference's: a model that answers with the number alone beside one that explains it.
    pub(crate) fn take_agreeing_numbers_for_outputs(&self, roles: &mut [Role]) {
        let references = of_role(roles, Role::Reference);
        let [reference] = references[..] else {
            return;
        };
        if !self.contents[reference].numeric || !roles.contains(&Role::Hypothesis) {
            return;
        }
        let value = |c: usize, row: usize| number(self.table.cell(c, row)?);
        for column in of_role(roles, Role::Number) {
            let is_same = |row: usize| {
                let own = value(column, row);
                own.is_some() && own == value(reference, row)
            };
            let is_other = is_measure(self.name(column)) || is_taken_out(self.name(column));
            if !is_other && self.is_often(is_same) {
                roles[column] = Role::Hypothesis;
            }
        }
    }
}
