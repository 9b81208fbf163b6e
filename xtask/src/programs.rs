//! The programs that the page consists of: the one list of them.

use std::collections::BTreeSet;

/// One wasm program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Program {
    /// The binary's name; the page loads `NAME.js` and `NAME_bg.wasm`.
    pub name: &'static str,
    /// The package whose binary it is.
    pub package: &'static str,
    /// What wasm-opt works for.
    pub goal: Goal,
}

/// What a program is optimised for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// It is waited for, and computes little.
    Size,
    /// It computes.
    Speed,
}

/// All programs, the page's own first.
pub const PROGRAMS: [Program; 8] = [
    Program {
        name: "app",
        package: "assay",
        goal: Goal::Size,
    },
    Program {
        name: "worker",
        package: "assay-web",
        goal: Goal::Size,
    },
    Program {
        name: "compute",
        package: "assay-web",
        goal: Goal::Speed,
    },
    Program {
        name: "model",
        package: "assay-web",
        goal: Goal::Speed,
    },
    Program {
        name: "reader",
        package: "assay-web",
        goal: Goal::Speed,
    },
    Program {
        name: "markup",
        package: "assay-web",
        goal: Goal::Size,
    },
    Program {
        name: "rate",
        package: "assay",
        goal: Goal::Size,
    },
    Program {
        name: "rate_worker",
        package: "assay-rate-worker",
        goal: Goal::Size,
    },
];

/// The packages that the programs are of.
pub fn packages() -> BTreeSet<&'static str> {
    PROGRAMS.iter().map(|program| program.package).collect()
}

/// How the programs are compiled: a profile of Cargo.toml.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// Small and quick programs, minutes of building.
    Release,
    /// Built quickly, and quickly again after an edit.
    Serve,
}

impl Profile {
    /// The profile's name in Cargo.toml, and the folder of what it builds.
    pub fn name(self) -> &'static str {
        match self {
            Self::Release => "release",
            Self::Serve => "serve",
        }
    }
}
