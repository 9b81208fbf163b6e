//! What runs beside the page: the messages between the two ([`protocol`]) and the session that
//! owns the data set and the results ([`session`]). The browser side of the channel is
//! `platform`; everything here is tested natively.

pub mod beside;
pub mod classification;
pub mod code;
pub mod desk;
pub mod link_protocol;
pub mod marks;
pub mod model;
pub mod outliers;
pub mod projects;
pub mod protocol;
pub mod questions;
pub mod rated;
pub mod ratings;
pub mod reports;
pub mod saved;
pub mod selection;
pub mod semantic;
pub mod session;
pub mod surprise;
pub mod views;
