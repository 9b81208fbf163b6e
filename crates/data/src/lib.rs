//! The data set: a columnar table that holds text once, what each column is for, and the import
//! that fills it from files in slices. Knows nothing of metrics, browsers or threads.

pub mod column;
pub mod import;
pub mod join;
pub mod lists;
pub mod long;
mod names;
pub mod outcomes;
pub mod roles;
pub mod table;
pub mod verdicts;

pub use import::{ImportError, Importer, Problem, Reason};
pub use join::DataSet;
pub use roles::Role;
pub use table::Table;
