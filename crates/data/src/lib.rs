//! The data set: a columnar table that holds text once, what each column is for, and the import
//! that fills it from files in slices. Knows nothing of metrics, browsers or threads.

pub mod answers;
pub mod baseline;
mod cell_content;
pub mod clusters;
pub mod column;
mod column_names;
mod column_role;
mod container_error;
mod data_set;
mod data_sets;
pub mod decimal_commas;
pub mod doubts;
pub mod import;
pub mod join;
mod joinable;
pub mod json_cells;
pub mod later;
pub mod lists;
pub mod long;
mod matching;
pub mod measure_setting;
pub mod measures;
mod name_words;
mod names;
pub mod notices;
pub mod outcomes;
pub mod overlaps;
mod prepared;
mod rematch;
mod role;
pub mod roles;
mod set_measure;
mod set_overlap;
pub mod systems;
pub mod table;
#[cfg(test)]
mod testing;
mod unlikely;
pub mod verdicts;
mod whole_table;
mod words;
mod workbook_error;

pub use clusters::{ClusterOf, Clusters};
pub use container_error::ContainerError;
pub use data_set::{DataSet, Origin};
pub use import::{ImportError, Importer, Problem, Reason};
pub use notices::Notice;
pub use roles::Role;
pub use table::Table;
pub use workbook_error::WorkbookError;
