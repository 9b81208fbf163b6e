//! Rows of the table as an ordered set whose copies share their memory.

use std::ops::Deref;
use std::rc::Rc;

/// Places of rows, ascending.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct RowSet(Rc<Vec<u32>>);

impl RowSet {
    /// Of rows in any order.
    pub(super) fn of(mut rows: Vec<u32>) -> Self {
        rows.sort_unstable();
        rows.dedup();
        Self(Rc::new(rows))
    }

    pub(super) fn holds(&self, row: u32) -> bool {
        self.0.binary_search(&row).is_ok()
    }

    /// The same of a place that may be none of a table.
    pub(super) fn has(&self, row: usize) -> bool {
        u32::try_from(row).is_ok_and(|row| self.holds(row))
    }

    /// With these rows too.
    pub(super) fn with(&self, rows: &[u32]) -> Self {
        Self::of([&self.0[..], rows].concat())
    }

    /// Without these rows.
    pub(super) fn without(&self, rows: &[u32]) -> Self {
        let gone = Self::of(rows.to_vec());
        let left = self.0.iter().copied().filter(|row| !gone.holds(*row));
        Self(Rc::new(left.collect()))
    }
}

impl Deref for RowSet {
    type Target = [u32];

    fn deref(&self) -> &[u32] {
        &self.0
    }
}
