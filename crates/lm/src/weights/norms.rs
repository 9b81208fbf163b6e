//! The weights of norms.

use super::{NormWeights, Upload, vector};
use crate::arch::{NormPlace, Shape};
use crate::model::ModelError;
use crate::store::Store;

/// A norm, if its weights are there.
pub(super) async fn norm<U: Upload>(
    store: &Store,
    upload: &mut U,
    name: &str,
    length: usize,
) -> Result<Option<NormWeights<U::Vector>>, ModelError> {
    if store.tensor(&format!("{name}.weight")).is_none() {
        return Ok(None);
    }
    scaled_norm(store, upload, name, length, 1.0)
        .await
        .map(Some)
}

/// A norm whose result is multiplied by `scale`. Logits are linear in the last norm's result, so that
/// their scale is a part of it.
pub(super) async fn scaled_norm<U: Upload>(
    store: &Store,
    upload: &mut U,
    name: &str,
    length: usize,
    scale: f32,
) -> Result<NormWeights<U::Vector>, ModelError> {
    let (name, bias) = (format!("{name}.weight"), format!("{name}.bias"));
    let weight = vector(store, &name, length).await?;
    let weight = weight.ok_or(ModelError::MissingTensor(name))?;
    let bias = vector(store, &bias, length).await?;
    let scaled = |numbers: Vec<f32>| numbers.into_iter().map(|x| x * scale).collect();
    Ok(NormWeights {
        weight: upload.vector(scaled(weight)),
        bias: bias.map(|bias| upload.vector(scaled(bias))),
    })
}

async fn needed_norm<U: Upload>(
    store: &Store,
    upload: &mut U,
    name: &str,
    length: usize,
) -> Result<NormWeights<U::Vector>, ModelError> {
    scaled_norm(store, upload, name, length, 1.0).await
}

/// A layer's norms at the width of the model.
pub(super) struct Norms<V> {
    pub attention: NormWeights<V>,
    pub after_attention: Option<NormWeights<V>>,
    pub feed: Option<NormWeights<V>>,
    pub after_feed: Option<NormWeights<V>>,
}

/// Those of a layer, under the names that the family has for them.
pub(super) async fn norms<U: Upload>(
    store: &Store,
    shape: &Shape,
    upload: &mut U,
    index: usize,
) -> Result<Norms<U::Vector>, ModelError> {
    const AFTER: [&str; 2] = ["post_attention_norm", "post_ffw_norm"];
    let width = shape.width;
    let name = |part: &str| format!("blk.{index}.{part}");
    let (attention, feed) = match shape.norm_place {
        NormPlace::OutputNorm => (AFTER[0], AFTER[1]),
        _ => ("attn_norm", shape.feed_norm),
    };
    let free = |part: &str| part != attention && part != feed;
    let mut after = [None, None];
    for (after, part) in after.iter_mut().zip(AFTER) {
        if free(part) {
            *after = norm(store, upload, &name(part), width).await?;
        }
    }
    let [after_attention, after_feed] = after;
    Ok(Norms {
        attention: needed_norm(store, upload, &name(attention), width).await?,
        after_attention,
        feed: match shape.norm_place {
            NormPlace::Parallel => norm(store, upload, &name(feed), width).await?,
            _ => Some(needed_norm(store, upload, &name(feed), width).await?),
        },
        after_feed,
    })
}
