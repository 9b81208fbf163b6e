//! Qwen 2 and 2.5 (biases on queries, keys and values), Qwen 3 (norms of queries and keys), and EXAONE 3:
//! the usual block with positions that rotate halves of a head together. Seed-OSS names the norm of the
//! feed-forward block's input otherwise; Hunyuan normalises queries and keys when they are rotated.

use super::{ArchError, Fields, QueryKeyNorm, Shape};

pub(super) fn describe(fields: &Fields) -> Result<Shape, ArchError> {
    fields.usual_neox()
}

pub(super) fn describe_seed_oss(fields: &Fields) -> Result<Shape, ArchError> {
    Ok(Shape {
        feed_norm: "post_attention_norm",
        ..fields.usual_neox()?
    })
}

pub(super) fn describe_hunyuan(fields: &Fields) -> Result<Shape, ArchError> {
    Ok(Shape {
        query_key_norm: QueryKeyNorm::RotatedHead,
        ..fields.usual_neox()?
    })
}
