//! What columns are for, as the layout of a tool's log says it row by row.

use crate::column::TextColumn;
use crate::roles::{self, Role};
use crate::table::Table;
use rustc_hash::{FxHashMap, FxHashSet};

/// Values that a property may have to group rows by; more are names or texts.
const MOST_GROUPS: usize = 30;

/// Roles by column, and whether rows of one id are parts of one row.
#[derive(Debug, Clone, Default)]
pub struct KnownRoles {
    roles: FxHashMap<String, Role>,
    pub(super) merges: bool,
}

impl KnownRoles {
    pub(crate) fn set(&mut self, name: &str, role: Role) {
        if !self.roles.contains_key(name) {
            self.roles.insert(name.to_owned(), role);
        }
    }

    pub(super) fn get(&self, name: &str) -> Option<Role> {
        self.roles.get(name).copied()
    }

    /// Whether no layout said anything.
    pub(super) fn is_empty(&self) -> bool {
        self.roles.is_empty()
    }

    /// A role for each column, where a layout said what they are for.
    pub(super) fn roles(&self, table: &Table) -> Option<Vec<Role>> {
        if self.is_empty() {
            return None;
        }
        let guessed = roles::guess(table);
        let settled = table.names().iter().enumerate().map(|(c, name)| {
            match self.get(name).unwrap_or(guessed[c]) {
                Role::Slice if !groups(table.column(c)) => Role::Ignored,
                role => role,
            }
        });
        Some(settled.collect())
    }
}

/// Whether a column's values tell rows apart in few groups.
fn groups(column: &TextColumn) -> bool {
    let mut values = FxHashSet::default();
    for cell in column.iter().flatten() {
        values.insert(cell);
        if values.len() > MOST_GROUPS {
            return false;
        }
    }
    values.len() > 1
}
