//! Answers out of outputs: of each system the steps that lead to them, and the texts that measures see.

use crate::column::TextColumn;
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
