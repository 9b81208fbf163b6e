//! What a person set on the systems of a data set: their names, their colours, their order, and which are hidden.
//! Hidden systems stay in the table, but nothing is computed or shown of them.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Settings of systems, each known by its column in the table. A system without settings is called as its column and
/// has the colour of its place among all systems.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SystemSettings {
    pub(crate) names: BTreeMap<usize, String>,
    /// Names that systems had before, by which judgements made under them are still found.
    pub(crate) former: BTreeMap<usize, BTreeSet<String>>,
    pub(crate) colours: BTreeMap<usize, usize>,
    /// Columns in the order that the person gave them; others follow as they stand in the table.
    pub(crate) order: Vec<usize>,
    pub(crate) hidden: BTreeSet<usize>,
}

/// A system as the person set it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct System<'a> {
    /// Its column in the table.
    pub column: usize,
    /// What it is called.
    pub name: &'a str,
    /// Its place in the palette, from 0. The palette begins again where it ends.
    pub colour: usize,
    /// Whether it is left out of all results.
    pub is_hidden: bool,
}

impl SystemSettings {
    /// Sets what a system is called.
    pub fn rename(&mut self, column: usize, before: &str, name: &str) {
        let former = self.former.entry(column).or_default();
        former.insert(before.to_owned());
        self.names.insert(column, name.to_owned());
    }

    /// Sets a system's place in the palette.
    pub fn set_colour(&mut self, column: usize, colour: usize) {
        self.colours.insert(column, colour);
    }

    /// Leaves a system out of all results.
    pub fn hide(&mut self, column: usize) {
        self.hidden.insert(column);
    }

    /// Takes a hidden system into the results again.
    pub fn show(&mut self, column: usize) {
        self.hidden.remove(&column);
    }

    /// Sets the order of systems, by their columns.
    pub fn set_order(&mut self, columns: Vec<usize>) {
        self.order = columns;
    }
}
