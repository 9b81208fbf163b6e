//! Stars, tags and notes on rows of the data, with what undo brings back. They are known by their rows' places in the
//! table; where the table is replaced they go with their rows (`matching`), and those whose rows are gone wait for
//! them. Knows no session: what is selected and scored by them is `crate::session`.

mod held;
mod kept;
mod keys;
mod matching;
mod noted;
mod rows;
pub mod service;
#[cfg(test)]
mod tests;

pub(crate) use held::Annotations;
pub(crate) use kept::KeptAnnotations;
pub(crate) use keys::{RowKey, row_keys};
