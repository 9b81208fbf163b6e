//! OLMo 2 and 3 and EXAONE 4: each block's result is normalised, not its input. Of their models with a
//! window every fourth layer has none; positions are scaled in such layers alone (OLMo 3), or missing
//! there (EXAONE 4).

use super::{ArchError, Fields, NormPlace, QueryKeyNorm, Rotary, RotaryLayers, Shape};

pub(super) fn describe(fields: &Fields) -> Result<Shape, ArchError> {
    let shape = fields.usual_neox()?;
    let window = fields.window();
    let base = fields.number("rope.freq_base_swa").map(|base| base as f32);
    let unscaled = |rotary: &Rotary| Rotary {
        base: base.unwrap_or(rotary.base),
        scale: 1.0,
        magnitude: 1.0,
        yarn: None,
        ..rotary.clone()
    };
    Ok(Shape {
        norm_place: NormPlace::OutputNorm,
        query_key_norm: QueryKeyNorm::Heads,
        local_rotary: shape.rotary.as_ref().map(unscaled),
        window,
        window_pattern: fields.window_pattern(4)?,
        ..shape
    })
}

pub(super) fn describe_exaone4(fields: &Fields) -> Result<Shape, ArchError> {
    let shape = fields.usual_neox()?;
    // Old files of the largest model do not say that it has a window.
    let window = fields.window().or((shape.layers == 64).then_some(4096));
    Ok(Shape {
        norm_place: NormPlace::OutputNorm,
        rotary_layers: match window {
            Some(_) => RotaryLayers::Windowed,
            None => RotaryLayers::All,
        },
        window,
        window_pattern: fields.window_pattern(4)?,
        ..shape
    })
}
