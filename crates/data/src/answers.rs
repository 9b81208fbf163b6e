//! Answers out of outputs: of each system the steps that lead to them, and the texts that measures see.

use crate::column::TextColumn;
use crate::join::DataSet;
use assay_results::extraction::{ExtractionStep, StepCount};

/// A system's answers, where they are not its outputs as they stand.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answers {
    /// The steps, in order.
    pub steps: Vec<ExtractionStep>,
    /// What each step did.
    pub counts: Vec<StepCount>,
    /// The answers that differ from their outputs; missing in other rows.
    pub texts: TextColumn,
}

impl DataSet {
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
