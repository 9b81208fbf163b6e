//! What points in the numbers of a file were read as.

use super::notices::Notice;
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
    /// What a person may want to know of it.
    pub fn notices(&self) -> impl Iterator<Item = Notice> {
        let columns = |names: &Vec<String>| (!names.is_empty()).then(|| names.clone());
        let thousands = columns(&self.thousands);
        let unclear = columns(&self.unclear);
        let thousands = thousands.map(|columns| Notice::PointsAsThousands { columns });
        let unclear = unclear.map(|columns| Notice::PointsAsDecimals { columns });
        thousands.into_iter().chain(unclear)
    }

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
