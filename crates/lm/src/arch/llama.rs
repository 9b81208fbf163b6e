//! Llama 2 and 3, TinyLlama, SmolLM2 and Mistral: the usual block. Llama 3.1's scaled frequencies
//! come as a tensor; a window, as Mistral 7B v0.1 has one, holds for every layer.

use super::{ArchError, Fields, Shape};

pub(super) fn describe(fields: &Fields) -> Result<Shape, ArchError> {
    Ok(Shape {
        window: fields.window(),
        ..fields.usual()?
    })
}
