//! What points in the numbers of a file were read as.

use serde::{Deserialize, Serialize};

/// What the points in columns of a table separate, where they may separate thousands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Points {
    /// Columns whose points separate thousands: they are read without.
    pub thousands: Vec<String>,
    /// Columns whose points are read as decimal ones, though they may separate thousands.
    pub unclear: Vec<String>,
}

impl Points {
    /// Adds those of another part of the file.
    pub(crate) fn add(&mut self, other: Self) {
        let new = |names: &[String], more: Vec<String>| -> Vec<String> {
            more.into_iter()
                .filter(|name| !names.contains(name))
                .collect()
        };
        let thousands = new(&self.thousands, other.thousands);
        let unclear = new(&self.unclear, other.unclear);
        self.thousands.extend(thousands);
        self.unclear.extend(unclear);
    }
}
