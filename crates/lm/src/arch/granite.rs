//! Granite and MiniCPM: the usual block with four multipliers, of embeddings, of each block's result, of
//! attention scores and of logits.

use super::{ArchError, Fields, Shape};

pub(super) fn describe(fields: &Fields) -> Result<Shape, ArchError> {
    let shape = fields.usual()?;
    let rotates = fields.flag("rope.scaling.finetuned") != Some(false);
    Ok(Shape {
        embedding_scale: fields.number("embedding_scale").unwrap_or(1.0) as f32,
        residual_scale: fields.number("residual_scale").unwrap_or(1.0) as f32,
        attention_scale: match fields.number("attention.scale") {
            Some(scale) if scale != 0.0 => scale as f32,
            _ => shape.attention_scale,
        },
        logit_scale: divided(fields.number("logit_scale").unwrap_or(1.0)),
        rotary: shape.rotary.filter(|_| rotates),
        ..shape
    })
}

/// Old files lack the multipliers, which were the same in all models then: logits are divided by the
/// width as a multiple of 256. (llama.cpp multiplies by it in old files, the model's code does not.)
pub(super) fn describe_minicpm(fields: &Fields) -> Result<Shape, ArchError> {
    let shape = fields.usual()?;
    let or = |name: &str, usual: f64| fields.number(name).unwrap_or(usual);
    let residual = 1.4 / (shape.layers as f64).sqrt();
    Ok(Shape {
        embedding_scale: or("embedding_scale", 12.0) as f32,
        residual_scale: or("residual_scale", residual) as f32,
        logit_scale: divided(or("logit_scale", shape.width as f64 / 256.0)),
        ..shape
    })
}

fn divided(by: f64) -> f32 {
    if by == 0.0 { 1.0 } else { 1.0 / by as f32 }
}
