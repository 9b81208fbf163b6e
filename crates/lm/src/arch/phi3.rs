//! Phi 3 and 4: queries, keys and values from one projection, gate and feed-forward from another. As in
//! llama.cpp the window that its files name is not applied; it begins to matter above 2,047 tokens.

use super::{ArchError, Fields, Shape};

pub(super) fn describe(fields: &Fields) -> Result<Shape, ArchError> {
    fields.usual_neox()
}
