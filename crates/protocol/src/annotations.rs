//! The `annotations` service: what a person notes on rows of the data while reading them. Each row can have a star, tags
//! and a note; they are a part of the project.

use crate::topics::{ANNOTATIONS, DATA};
use crate::views::Query;
use assay_calls::{NoError, calls};
use serde::{Deserialize, Serialize};

/// Characters of a note.
pub const MOST_NOTE: usize = 20_000;
/// Characters of a note in the list of rows.
const SHORT_NOTE: usize = 80;
/// Characters of a tag.
pub const MOST_TAG: usize = 60;

/// Why rows can't be annotated so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum AnnotationError {
    /// The data has fewer rows.
    #[error("there is no row {row}: the data has {rows}")]
    NoSuchRow {
        /// The row in the table.
        row: usize,
        /// How many there are.
        rows: usize,
    },
    /// A tag of nothing but white space, or with a comma or semicolon, which separate tags.
    #[error("\"{tag}\" can't be a tag")]
    BadTag {
        /// The tag.
        tag: String,
    },
    /// A tag that is too long.
    #[error("a tag has {most} characters at most")]
    LongTag {
        /// How many.
        most: usize,
    },
    /// There are as many tags as a project holds.
    #[error("a project holds {most} tags")]
    TooManyTags {
        /// How many.
        most: usize,
    },
    /// A note that is too long.
    #[error("a note has {most} characters at most")]
    LongNote {
        /// How many.
        most: usize,
    },
    /// Nothing was changed, or all changes are undone.
    #[error("there is no change of stars, tags or notes to undo")]
    NothingToUndo,
}

/// What was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnnotationKind {
    /// A row got a star.
    Star,
    /// A row lost its star.
    Unstar,
    /// Rows got a tag.
    Tag,
    /// Rows lost a tag.
    Untag,
    /// A row got another note, or none.
    Note,
}

impl AnnotationKind {
    /// The name in locale keys.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Star => "star",
            Self::Unstar => "unstar",
            Self::Tag => "tag",
            Self::Untag => "untag",
            Self::Note => "note",
        }
    }
}

/// A change, as a button that undoes it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnnotationChange {
    /// What was changed.
    pub kind: AnnotationKind,
    /// The tag; empty where it is none of a tag.
    pub tag: String,
    /// Rows that were changed.
    pub rows: usize,
    /// The first of them, in the table.
    pub first: usize,
}

/// A tag that is in use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TagCount {
    /// The tag.
    pub tag: String,
    /// Rows that have it.
    pub rows: usize,
}

/// What is noted on the rows, counted.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct AnnotationCounts {
    /// Rows with a star.
    pub starred: usize,
    /// Rows with a note.
    pub noted: usize,
    /// The tags in use, by name.
    pub tags: Vec<TagCount>,
    /// Annotated rows of earlier data that are not in this one; they are kept, and come back with their rows.
    pub elsewhere: usize,
    /// The change that [`UndoAnnotation`] takes back.
    pub undo: Option<AnnotationChange>,
    /// The change that [`RedoAnnotation`] makes again.
    pub redo: Option<AnnotationChange>,
}

/// What is noted on a row.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RowAnnotation {
    /// Whether it has a star.
    pub is_starred: bool,
    /// Its tags, by name.
    pub tags: Vec<String>,
    /// Its note; empty where there is none.
    pub note: String,
}

impl RowAnnotation {
    /// With the beginning of the note alone.
    #[must_use]
    pub fn shortened(mut self) -> Self {
        if let Some((end, _)) = self.note.char_indices().nth(SHORT_NOTE) {
            self.note.truncate(end);
            self.note.push('…');
        }
        self
    }
}

/// Rows that a tag is given to or taken from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum RowsToTag {
    /// One row of the table.
    Row {
        /// Its place.
        row: usize,
    },
    /// What a query selects.
    Selected {
        /// The query.
        query: Box<Query>,
        /// How many of the rows, from the first in its order; all without it.
        first: Option<usize>,
    },
}

calls! {
    service "annotations";

    /// What is noted on the rows, counted, and what can be undone.
    #[derive(Eq, Hash)]
    CountAnnotations {} -> AnnotationCounts, NoError, [ANNOTATIONS, DATA];

    /// What is noted on a row; nothing where there is no such row.
    #[derive(Eq, Hash)]
    AnnotationOf {
        /// The row in the table.
        row: usize,
    } -> RowAnnotation, NoError, [ANNOTATIONS, DATA];

    /// Gives a row a star, or takes it away.
    ToggleStar {
        /// The row in the table.
        row: usize,
    } -> (), AnnotationError;

    /// Gives rows a tag.
    AddTag {
        /// The rows.
        to: RowsToTag,
        /// The tag.
        tag: String,
    } -> (), AnnotationError;

    /// Takes a tag from rows.
    RemoveTag {
        /// The rows.
        from: RowsToTag,
        /// The tag.
        tag: String,
    } -> (), AnnotationError;

    /// Writes a row's note. What is typed into one note is undone in one step.
    SetNote {
        /// The row in the table.
        row: usize,
        /// The note; an empty one is none.
        text: String,
    } -> (), AnnotationError;

    /// Takes the last change back.
    UndoAnnotation {} -> (), AnnotationError;

    /// Makes the change that was taken back last again.
    RedoAnnotation {} -> (), AnnotationError;
}
