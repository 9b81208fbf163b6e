//! The session's part in what is in doubt: the question that is asked before anything is scored.

use super::Session;
use assay_data::notices::{Notice, of_roles};
use assay_data::{DataSet, Role};
use assay_eval::extraction;
use assay_eval::kind::kind;
use assay_eval::text::shortened;
use assay_protocol::doubts::{AnswerError, ColumnSample, DataAnswer, DataQuestion};
use assay_results::extraction::ExtractionStep;
use assay_results::task_kind::TaskKind;

/// Rows that a question shows as examples.
const EXAMPLES: usize = 3;
/// Characters of a cell in an example.
const CELL: usize = 80;

impl Session {
    /// Whether a question is open, so that nothing is scored.
    pub(super) fn is_asking(&self) -> bool {
        self.question.is_some()
    }

    /// Finds what is in doubt: joins first, as all else depends on the rows.
    pub(super) fn find_question(&mut self) {
        let join = self.data.join_question();
        let join = join.map(|join| DataQuestion::Join { join });
        let found = join
            .or_else(|| references(&self.data))
            .or_else(|| choices(&self.data));
        self.question = found;
    }

    /// Takes an answer to the open question.
    ///
    /// # Errors
    /// When none is open, or the answer is none to it.
    pub fn answer(&mut self, answer: &DataAnswer) -> Result<(), AnswerError> {
        let question = self.question.clone().ok_or(AnswerError::NoQuestion)?;
        match (&question, answer) {
            (DataQuestion::Join { .. }, DataAnswer::AsItIs {}) => {
                self.data.amend().accept_join();
            }
            (DataQuestion::Join { .. }, DataAnswer::OtherWay {}) => {
                if !self.data.amend().change_join() {
                    return Err(AnswerError::OtherQuestion);
                }
                self.texts_revision += 1;
                self.find_answers_again();
            }
            (DataQuestion::References { .. }, DataAnswer::OnlyReference { column }) => {
                if self.data.roles.get(*column) != Some(&Role::Reference) {
                    return Err(AnswerError::OtherQuestion);
                }
                for other in self.data.columns_with(Role::Reference) {
                    if other != *column {
                        self.data.amend().roles[other] = Role::Ignored;
                    }
                }
            }
            (DataQuestion::References { .. }, DataAnswer::AsItIs {}) => {
                let key = reference_key(&self.data);
                self.data.amend().settle(key);
            }
            (DataQuestion::Choices { from_zero, .. }, DataAnswer::OtherWay {}) => {
                self.data.amend().choices_from_zero = Some(!from_zero);
            }
            (DataQuestion::Choices { from_zero, .. }, DataAnswer::AsItIs {}) => {
                self.data.amend().choices_from_zero = Some(*from_zero);
            }
            _ => return Err(AnswerError::OtherQuestion),
        }
        self.refresh();
        Ok(())
    }

    /// A person who makes a column a reference, or no reference, has said which are.
    pub(super) fn settle_references(&mut self, role: Role) {
        let asks = matches!(self.question, Some(DataQuestion::References { .. }));
        if role == Role::Reference || asks {
            let key = reference_key(&self.data);
            self.data.amend().settle(key);
        }
    }

    /// Finds each system's answers again, as outputs stand in other rows now.
    fn find_answers_again(&mut self) {
        for column in self.data.columns_with(Role::Hypothesis) {
            let steps: Vec<ExtractionStep> = self.data.steps(column).to_vec();
            if extraction::set_steps(self.data.amend(), column, steps).is_err() {
                extraction::prepare_system(self.data.amend(), column);
            }
        }
    }
}

/// What the question about references is known by once it is answered: the columns.
fn reference_key(data: &DataSet) -> Vec<String> {
    let columns = data.columns_with(Role::Reference).into_iter();
    let names = columns.map(|c| data.table.names()[c].clone());
    std::iter::once("references".to_owned())
        .chain(names)
        .collect()
}

fn cell(data: &DataSet, column: usize, row: usize) -> String {
    shortened(data.table.cell(column, row).unwrap_or(""), CELL)
}

fn references(data: &DataSet) -> Option<DataQuestion> {
    let notices = of_roles(&data.table, &data.roles);
    let mut notices = notices.iter();
    let several = notices.any(|n| matches!(n, Notice::SeveralReferences { .. }));
    if !several || data.is_settled(&reference_key(data)) {
        return None;
    }
    let rows = 0..data.table.rows().min(EXAMPLES);
    let sample = |column: usize| ColumnSample {
        column,
        name: data.table.names()[column].clone(),
        cells: rows.clone().map(|row| cell(data, column, row)).collect(),
    };
    let columns = data.columns_with(Role::Reference).into_iter();
    Some(DataQuestion::References {
        columns: columns.map(sample).collect(),
    })
}

/// Where the places of choices are counted from is in doubt only where no 0 is among them: 1 may be A or B.
fn choices(data: &DataSet) -> Option<DataQuestion> {
    if data.choices_from_zero.is_some() || kind(data) != TaskKind::ChoiceFromOne {
        return None;
    }
    let reference = data.column_with(Role::Reference)?;
    let system = data.systems().first()?.0;
    let rows = 0..data.table.rows().min(EXAMPLES);
    let examples = rows.map(|row| [cell(data, reference, row), cell(data, system, row)]);
    Some(DataQuestion::Choices {
        examples: examples.collect(),
        from_zero: false,
    })
}
