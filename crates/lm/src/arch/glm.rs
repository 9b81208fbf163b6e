//! GLM-4 and GLM-Edge (`chatglm` in files) and GLM-4-0414 (`glm4`, with norms after the blocks): half of
//! each head is rotated, gate and feed-forward come from one projection.

use super::{ArchError, ArchFeature, Fields, Shape};

pub(super) fn describe(fields: &Fields) -> Result<Shape, ArchError> {
    if fields.has("rope.dimension_sections") {
        return Err(fields.feature(ArchFeature::ImagePositions));
    }
    fields.usual()
}
