//! Everything that builds, serves, checks and measures Assay; the page's tests use its server.

pub mod bench;
pub mod budget;
pub mod build;
pub mod check;
pub mod codec;
pub mod compress;
pub mod deny;
pub mod docs;
pub mod files;
pub mod licences;
pub mod lint;
pub mod metadata;
pub mod offline;
pub mod optimise;
pub mod paths;
pub mod process;
pub mod programs;
pub mod reproduce;
pub mod serve;
pub mod single_file;
pub mod spdx;
pub mod tools;
pub mod trunk;
pub mod words;
