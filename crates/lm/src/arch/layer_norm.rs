//! StableLM, StarCoder 2 and Nemotron: norms by mean and variance, positions that rotate a part of each
//! head. StarCoder 2 and Nemotron have biases and no gate; files of Nemotron hold norms' weights with
//! the one already added.

use super::{Activation, ArchError, Fields, Norm, NormPlace, Shape};

pub(super) fn describe_stablelm(fields: &Fields) -> Result<Shape, ArchError> {
    fields.refuse_norm_of_each_head()?;
    Ok(Shape {
        norm: Norm::Layer,
        norm_place: match fields.tensor("blk.0.ffn_norm.weight") {
            Some(_) => NormPlace::PreNorm,
            None => NormPlace::Parallel,
        },
        ..fields.usual_neox()?
    })
}

pub(super) fn describe_starcoder2(fields: &Fields) -> Result<Shape, ArchError> {
    Ok(Shape {
        norm: Norm::Layer,
        activation: Activation::Gelu,
        gated: false,
        ..fields.usual_neox()?
    })
}

pub(super) fn describe_nemotron(fields: &Fields) -> Result<Shape, ArchError> {
    Ok(Shape {
        norm: Norm::Layer,
        activation: Activation::ReluSquared,
        gated: false,
        ..fields.usual_neox()?
    })
}
