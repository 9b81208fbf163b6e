//! Charts as SVG elements, with a table behind each and buttons to save it.

pub mod curve_plot;
pub mod dot_plot;
pub mod figure;
pub mod forest_plot;
pub mod histogram;
pub mod line_plot;
