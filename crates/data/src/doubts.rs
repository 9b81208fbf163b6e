//! Joins whose rows may be matched wrongly: why, and what the other way of matching needs, which is kept until the
//! person has said which is right, so that nothing has to be read again.

use crate::column::TextColumn;
use serde::{Deserialize, Serialize};

/// Of a hundred rows, how many have to find a partner, or agree in their texts, for a join to be beyond doubt.
const NEARLY_ALL: usize = 95;

/// How the rows of two files were matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MatchedBy {
    /// By equal ids.
    Ids,
    /// Line by line.
    Lines,
}

/// Why a join is in doubt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JoinReason {
    /// The id columns have different names, and not nearly all rows match.
    OtherIds,
    /// Ids match only as numbers: 1 and 1.0.
    IdsAsNumbers,
    /// A prompt or reference that both files have is another text in many rows.
    TextsDisagree,
}

impl JoinReason {
    /// The name in locale keys.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::OtherIds => "other-ids",
            Self::IdsAsNumbers => "ids-as-numbers",
            Self::TextsDisagree => "texts-disagree",
        }
    }
}

/// A row of the data with the row of the other file that was matched with it, each as a few words of both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatchedRow {
    /// What the data had before.
    pub ours: Vec<String>,
    /// What the file has.
    pub theirs: Vec<String>,
}

/// A join in doubt, as a person is asked about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JoinQuestion {
    /// The file that was joined.
    pub file: String,
    /// The columns that are in question: ids of the data and of the file, or twice the text that both have.
    pub columns: [String; 2],
    /// Why it is in doubt.
    pub reason: JoinReason,
    /// How rows are matched now.
    pub matched_by: MatchedBy,
    /// Whether they can be matched the other way.
    pub can_change: bool,
    /// Rows that match by id, or whose texts agree.
    pub matched: usize,
    /// Rows that were compared.
    pub compared: usize,
    /// Some rows as they are matched now.
    pub examples: Vec<MatchedRow>,
}

/// What is kept of a join in doubt. Saved, it is without what matching the other way needs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct JoinDoubt {
    pub(crate) file: String,
    pub(crate) columns: [String; 2],
    pub(crate) reason: JoinReason,
    pub(crate) matched_by: MatchedBy,
    pub(crate) matched: usize,
    pub(crate) compared: usize,
    /// The columns of the table that came from the file.
    pub(crate) added: Vec<usize>,
    /// Those columns in the order of the file, where rows can be matched the other way.
    #[serde(skip)]
    pub(crate) cells: Vec<TextColumn>,
    /// For each row of the data the file's row with the same id.
    #[serde(skip)]
    pub(crate) by_ids: Vec<Option<usize>>,
}

impl JoinDoubt {
    /// Whether rows can be matched the other way, in a table of as many rows.
    pub(crate) fn can_change(&self, rows: usize) -> bool {
        let other_way = match self.matched_by {
            MatchedBy::Ids => self.cells.iter().all(|column| column.len() == rows),
            MatchedBy::Lines => self.by_ids.iter().any(Option::is_some),
        };
        !self.cells.is_empty() && other_way
    }
}

/// Whether `count` of `all` are nearly all of them.
pub(crate) fn nearly_all(count: usize, all: usize) -> bool {
    count * 100 >= all * NEARLY_ALL
}
