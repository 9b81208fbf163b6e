//! The services behind the page: the session that owns the data set and the results, a rater's work, an
//! owner's projects, runs under a model, the report. Knows no browser; everything here is tested natively.

pub mod annotations;
pub mod compute;
pub mod containers;
pub mod data;
mod data_settings;
mod differences;
pub mod example;
pub mod experiments;
pub mod marks;
pub mod models;
pub mod other_files;
mod pace;
pub mod platform;
pub mod programs;
pub mod projects;
pub mod rated;
pub mod ratings;
pub mod reports;
pub mod rounds;
mod row_keys;
pub mod rows;
pub mod saved;
pub mod scores;
pub mod selection;
pub mod semantic;
pub mod services;
pub mod session;
mod signal;
pub mod sniff;
pub mod storage;
pub mod surprise;
pub mod tables;
mod token_figures;
pub mod training;
pub mod workspace;
