//! GPT-2: learned positions, mean-and-variance norms, biases everywhere, no gate.

use super::{Activation, ArchError, ArchFeature, Fields, Norm, Shape};

pub(super) fn describe(fields: &Fields) -> Result<Shape, ArchError> {
    let shape = fields.usual()?;
    if fields.tensor("position_embd.weight").is_none() {
        return Err(fields.feature(ArchFeature::Positions));
    }
    Ok(Shape {
        norm: Norm::Layer,
        epsilon: fields
            .number("attention.layer_norm_epsilon")
            .unwrap_or(1e-5) as f32,
        rotary: None,
        activation: Activation::Gelu,
        gated: false,
        ..shape
    })
}
