//! Gemma 1 (the usual block, embeddings scaled), Gemma 2 (capped scores, every second layer with a window) and Gemma 3 (five of six layers with a
//! window and positions of their own, norms of queries and keys). Their files hold norms' weights
//! with the one already added.

use super::{Activation, ArchError, Fields, RopeStyle, Rotary, Shape};

fn gemma(fields: &Fields) -> Result<Shape, ArchError> {
    let shape = fields.usual()?;
    Ok(Shape {
        rotary: Some(fields.rotary(RopeStyle::Neox, shape.head_dim)?),
        embedding_scale: (shape.width as f32).sqrt(),
        activation: Activation::Gelu,
        window: fields.window(),
        epsilon: fields
            .number("attention.layer_norm_rms_epsilon")
            .unwrap_or(1e-6) as f32,
        ..shape
    })
}

pub(super) fn describe_gemma(fields: &Fields) -> Result<Shape, ArchError> {
    Ok(Shape {
        window: None,
        ..gemma(fields)?
    })
}

/// The largest model of each generation scales scores by the width of a head as the width of the
/// model gives it, not by that of its heads.
fn scale(shape: &Shape, largest: usize) -> f32 {
    if shape.layers == largest {
        1.0 / (shape.width as f32 / shape.heads as f32).sqrt()
    } else {
        shape.attention_scale
    }
}

pub(super) fn describe_gemma2(fields: &Fields) -> Result<Shape, ArchError> {
    let shape = gemma(fields)?;
    let cap = |name: &str| fields.number(name).map(|x| x as f32).filter(|x| *x > 0.0);
    Ok(Shape {
        attention_cap: cap("attn_logit_softcapping").or(Some(50.0)),
        logit_cap: cap("final_logit_softcapping").or(Some(30.0)),
        attention_scale: scale(&shape, 46),
        window: shape.window.or(Some(4096)),
        window_pattern: 2,
        ..shape
    })
}

pub(super) fn describe_gemma3(fields: &Fields) -> Result<Shape, ArchError> {
    let shape = gemma(fields)?;
    let local = shape.rotary.as_ref().map(|rotary| Rotary {
        base: 10000.0,
        scale: 1.0,
        magnitude: 1.0,
        yarn: None,
        ..rotary.clone()
    });
    let base = fields.number("rope.freq_base").unwrap_or(1_000_000.0) as f32;
    let global = shape.rotary.clone().map(|r| Rotary { base, ..r });
    let cap = fields.number("final_logit_softcapping");
    Ok(Shape {
        rotary: global,
        local_rotary: local,
        logit_cap: cap.map(|x| x as f32).filter(|x| *x > 0.0),
        attention_scale: scale(&shape, 62),
        window_pattern: 6,
        ..shape
    })
}
