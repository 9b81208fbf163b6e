//! Qwen 2 and 2.5 (biases on queries, keys and values) and Qwen 3 (norms of queries and keys).

use super::{ArchError, Fields, RopeStyle, Shape};

pub(super) fn describe_qwen2(fields: &Fields) -> Result<Shape, ArchError> {
    let shape = fields.usual()?;
    Ok(Shape {
        rotary: Some(fields.rotary(RopeStyle::Neox, shape.head_dim)?),
        ..shape
    })
}

pub(super) fn describe_qwen3(fields: &Fields) -> Result<Shape, ArchError> {
    describe_qwen2(fields)
}
