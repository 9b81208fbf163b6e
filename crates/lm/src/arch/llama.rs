//! The usual block: Llama 2 and 3, TinyLlama, SmolLM2 and Mistral; InternLM 2, ERNIE 4.5 and Arcee under
//! names of their own; SmolLM3, in which every fourth layer has no positions; Ministral 3, whose
//! scores are tempered beyond the context that it was first trained on. Llama 3.1's scaled frequencies
//! come as a tensor; a window, as Mistral 7B v0.1 has one, holds for every layer.

use super::{Activation, ArchError, Fields, RotaryLayers, Shape};

pub(super) fn describe(fields: &Fields) -> Result<Shape, ArchError> {
    Ok(Shape {
        window: fields.window(),
        ..fields.usual()?
    })
}

pub(super) fn describe_usual(fields: &Fields) -> Result<Shape, ArchError> {
    fields.usual()
}

pub(super) fn describe_arcee(fields: &Fields) -> Result<Shape, ArchError> {
    Ok(Shape {
        activation: Activation::ReluSquared,
        gated: false,
        ..fields.usual()?
    })
}

pub(super) fn describe_smollm3(fields: &Fields) -> Result<Shape, ArchError> {
    Ok(Shape {
        rotary_layers: RotaryLayers::AllButEvery(4),
        ..fields.usual()?
    })
}

pub(super) fn describe_mistral3(fields: &Fields) -> Result<Shape, ArchError> {
    let shape = fields.usual()?;
    // Queries are multiplied by more than one from there on.
    let tempered = fields.number("attention.temperature_scale");
    let trained = fields.count("rope.scaling.original_context_length");
    let context = match (tempered, trained) {
        (Some(scale), Ok(trained)) if scale != 0.0 => trained.min(shape.context),
        _ => shape.context,
    };
    Ok(Shape { context, ..shape })
}
