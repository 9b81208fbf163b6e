//! What the page and its workers say to each other: requests, replies, errors and views. Plain data:
//! no metric, no language model and no browser.

pub mod data;
pub mod experiment;
pub mod models;
pub mod programs;
pub mod projects;
pub mod rater;
pub mod ratings;
pub mod report;
pub mod rows;
pub mod saved;
pub mod scores;
pub mod topics;
pub mod training;
pub mod views;
