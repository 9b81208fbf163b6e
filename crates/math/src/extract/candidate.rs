//! What may be the answer: where it stands, what it is, and how it was announced.

/// A place in a text that may be the answer.
pub(super) struct Candidate<'t> {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) content: Content<'t>,
}

pub(super) enum Content<'t> {
    /// Formulas that are listed.
    Formulas(Vec<Formula<'t>>),
    /// A number: its text with a decimal point, and whether a percent sign follows.
    Number(String, bool),
    /// Numbers with signs between them.
    Arithmetic(&'t str),
}

/// What is looked for, by rank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rank {
    /// "The final answer is … I hope".
    Hoped,
    /// "The final answer is …".
    Final,
    /// "Answer: …".
    AnswerColon,
    /// "answer …".
    Answer,
    /// Anything.
    Any,
}

/// A formula that was found.
#[derive(Debug, Clone, Copy)]
pub(super) struct Formula<'t> {
    pub(super) text: &'t str,
    /// Whether a percent sign follows.
    pub(super) percent: bool,
    /// Whether this is a text from one box to the last brace, because nothing says where the formula ends.
    pub(super) bare_box: bool,
}
