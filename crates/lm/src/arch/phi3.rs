//! Phi 3: queries, keys and values from one projection, gate and feed-forward from another. As in
//! llama.cpp the window that its files name is not applied; it begins to matter above 2,047 tokens.

use super::{ArchError, Fields, RopeStyle, Rotary, Shape};

pub(super) fn describe(fields: &Fields) -> Result<Shape, ArchError> {
    let shape = fields.usual()?;
    let rotary = fields.rotary(RopeStyle::Neox, shape.head_dim)?;
    // Texts are scored within the context that the short factors are for.
    let factors = fields.tensor("rope_factors_short.weight");
    let trained = fields.count("rope.scaling.original_context_length");
    let magnitude = fields.number("rope.scaling.attn_factor").unwrap_or(1.0);
    Ok(Shape {
        context: match (&factors, trained) {
            (Some(_), Ok(trained)) => trained.min(shape.context),
            _ => shape.context,
        },
        rotary: Some(Rotary {
            factors: factors.or(rotary.factors.clone()),
            magnitude: magnitude as f32,
            ..rotary
        }),
        ..shape
    })
}
