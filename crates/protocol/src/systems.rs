//! The `systems` service: what systems are called, their colours and their order, and which are left out.

use crate::topics::DATA;
use assay_calls::{NoError, calls};
use serde::{Deserialize, Serialize};

/// Why a system can't be set so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum SystemsError {
    /// The column holds no system's outputs.
    #[error("column {column} holds no outputs of a system")]
    NoSuchSystem {
        /// The column's index.
        column: usize,
    },
    /// The name is blank.
    #[error("a system needs a name")]
    NoName,
    /// Another system is called so.
    #[error("another system is called {name}")]
    NameTaken {
        /// The name.
        name: String,
    },
    /// It is the last one that is not hidden.
    #[error("{name} is the only system that is not hidden")]
    LastShown {
        /// The system.
        name: String,
    },
    /// Nothing was changed, or all changes are undone.
    #[error("no earlier settings of systems are kept")]
    NothingToUndo,
}

/// A change of one system's settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SystemChangeKind {
    /// Another name.
    Rename,
    /// Another colour.
    Colour,
    /// Another place.
    Move,
    /// Left out of all results.
    Hide,
    /// Taken into the results again.
    Show,
}

impl SystemChangeKind {
    /// The name in locale keys.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Rename => "rename",
            Self::Colour => "colour",
            Self::Move => "move",
            Self::Hide => "hide",
            Self::Show => "show",
        }
    }
}

/// A change, as a button that undoes it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SystemChange {
    /// What was changed.
    pub kind: SystemChangeKind,
    /// What the system was called before.
    pub system: String,
}

/// A system with its settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SystemView {
    /// Its column in the table.
    pub column: usize,
    /// What it is called.
    pub name: String,
    /// What its column is called in the file.
    pub column_name: String,
    /// Its place in the palette, from 0.
    pub colour: usize,
    /// Whether it is left out of all results.
    pub is_hidden: bool,
}

/// All systems, hidden ones too, in their order.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SystemsView {
    /// The systems.
    pub systems: Vec<SystemView>,
    /// The change that [`UndoSystems`] takes back.
    pub undo: Option<SystemChange>,
    /// The change that [`RedoSystems`] makes again.
    pub redo: Option<SystemChange>,
}

calls! {
    service "systems";

    /// All systems with their settings.
    #[derive(Eq, Hash)]
    ListSystems {} -> SystemsView, NoError, [DATA];

    /// Calls a system otherwise; scores stay.
    RenameSystem {
        /// The system's column.
        column: usize,
        /// Its new name.
        name: String,
    } -> (), SystemsError;

    /// Gives a system another colour of the palette.
    ColourSystem {
        /// The system's column.
        column: usize,
        /// The colour's place in the palette, from 0.
        colour: usize,
    } -> (), SystemsError;

    /// Gives a system another place among all systems; scores stay.
    MoveSystem {
        /// The system's column.
        column: usize,
        /// Its new place, from 0; the last one where there is no such place.
        place: usize,
    } -> (), SystemsError;

    /// Leaves a system out of all results; the others' scores stay.
    HideSystem {
        /// The system's column.
        column: usize,
    } -> (), SystemsError;

    /// Takes a hidden system into the results again.
    ShowSystem {
        /// The system's column.
        column: usize,
    } -> (), SystemsError;

    /// Takes the last change of a system's settings back.
    UndoSystems {} -> (), SystemsError;

    /// Makes the change that was taken back last again.
    RedoSystems {} -> (), SystemsError;
}
