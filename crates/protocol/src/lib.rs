//! What the page and its workers say to each other: requests, replies, errors and views. Plain data:
//! no metric, no language model and no browser.

pub mod annotations;
pub mod backup;
pub mod data;
pub mod doubts;
pub mod experiment;
pub mod file_bytes;
pub mod later;
pub mod markup;
pub mod models;
pub mod overlap;
pub mod programs;
pub mod projects;
pub mod rater;
pub mod ratings;
pub mod report;
pub mod rounds;
pub mod rows;
pub mod saved;
pub mod scores;
pub mod storage;
pub mod systems;
pub mod topics;
pub mod training;
pub mod views;
pub mod workspace;

/// Shows every call of every service to a visitor; tests reach them all by it.
pub fn visit(visitor: &mut impl assay_calls::VisitCalls) {
    annotations::visit(visitor);
    backup::visit(visitor);
    data::visit(visitor);
    doubts::visit(visitor);
    experiment::visit(visitor);
    later::visit(visitor);
    markup::visit(visitor);
    models::visit(visitor);
    overlap::visit(visitor);
    programs::visit(visitor);
    projects::visit(visitor);
    rater::visit(visitor);
    ratings::visit(visitor);
    report::visit(visitor);
    rounds::visit(visitor);
    rows::visit(visitor);
    scores::visit(visitor);
    storage::visit(visitor);
    systems::visit(visitor);
    training::visit(visitor);
    workspace::visit(visitor);
}
