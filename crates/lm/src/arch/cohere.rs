//! Command R and its successors (Cohere): both blocks of a layer read the same norm, logits are multiplied
//! by a number. Of the second generation every fourth layer has neither a window nor positions.

use super::{ArchError, ArchFeature, Fields, Norm, NormPlace, RotaryLayers, Shape};

pub(super) fn describe_command_r(fields: &Fields) -> Result<Shape, ArchError> {
    fields.refuse_norm_of_each_head()?;
    Ok(Shape {
        norm: Norm::Layer,
        norm_place: NormPlace::Parallel,
        logit_scale: fields.number("logit_scale").unwrap_or(1.0) as f32,
        ..fields.usual()?
    })
}

pub(super) fn describe_cohere2(fields: &Fields) -> Result<Shape, ArchError> {
    let window = fields.window();
    let window = window.ok_or_else(|| fields.feature(ArchFeature::NoWindow))?;
    Ok(Shape {
        window: Some(window),
        window_pattern: fields.window_pattern(4)?,
        rotary_layers: RotaryLayers::Windowed,
        ..describe_command_r(fields)?
    })
}
