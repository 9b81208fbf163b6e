//! Adapters in a GGUF file, as `convert_lora_to_gguf.py` of llama.cpp writes them: `NAME.weight.lora_a` and
//! `NAME.weight.lora_b` for each updated matrix, whose rows are in the order that the base's file has them in.

use super::pairs::{Half, Pair, Updates, base_size, insert, update};
use super::{AdapterError, AdapterFeature};
use crate::gguf::{Gguf, GgufError};
use crate::model::Model;
use crate::source::Source;
use std::collections::BTreeMap;

/// Reads an adapter for a model.
///
/// # Errors
/// When the file is damaged or no LoRA adapter, or does not fit the model.
pub(super) async fn read(source: &dyn Source, model: &Model) -> Result<Updates, AdapterError> {
    let gguf = Gguf::read(&[source]).await?;
    let alpha = checked(&gguf, model)?;
    let mut pairs: BTreeMap<String, Pair> = BTreeMap::new();
    for (name, info) in gguf.tensors {
        let half = name.rsplit_once(".lora_");
        let Some((matrix, side @ ("a" | "b"))) = half else {
            return Err(other(&name));
        };
        let matrix = matrix.strip_suffix(".weight").unwrap_or(matrix).to_owned();
        supported(&matrix, &name)?;
        let pair = pairs.entry(matrix).or_default();
        let place = match side {
            "a" => &mut pair.a,
            _ => &mut pair.b,
        };
        *place = Some(Half { name, info });
    }
    let mut updates = Updates::new();
    for (name, pair) in pairs {
        let (a, b) = pair.both(&name)?;
        let size = base_size(model, &name, &a.name)?;
        let rank = a.info.rows() as f64;
        // As llama.cpp has it: without an alpha the product is taken as it is.
        let scale = if alpha == 0.0 { 1.0 } else { alpha / rank };
        let update = update(source, (&a, &b), size, scale as f32).await?;
        insert(&mut updates, name, update)?;
    }
    Ok(updates)
}

/// The alpha of an adapter whose header says that it is one for this model.
fn checked(gguf: &Gguf, model: &Model) -> Result<f64, AdapterError> {
    let text = |key: &str| gguf.metadata.text(key).unwrap_or("").to_owned();
    let kind = text("general.type");
    if kind != "adapter" {
        let kind = if kind.is_empty() {
            "model".to_owned()
        } else {
            kind
        };
        return Err(AdapterError::NotLora(kind));
    }
    let method = text("adapter.type");
    if method != "lora" {
        return Err(AdapterError::Method(method));
    }
    let place = "adapter.alora.invocation_tokens";
    if gguf.metadata.0.contains_key(place) {
        return Err(AdapterError::Feature {
            feature: AdapterFeature::Invocation,
            place: place.to_owned(),
        });
    }
    let (found, expected) = (text("general.architecture"), model.shape.family.to_owned());
    if found != expected {
        return Err(AdapterError::Family { found, expected });
    }
    let key = "adapter.lora.alpha";
    let alpha = gguf.metadata.number(key).filter(|alpha| alpha.is_finite());
    Ok(alpha.ok_or_else(|| GgufError::Missing(key.to_owned()))?)
}

/// Why a tensor that is no half of a pair is refused.
fn other(name: &str) -> AdapterError {
    AdapterError::Feature {
        feature: AdapterFeature::ModulesToSave,
        place: name.to_owned(),
    }
}

fn supported(matrix: &str, name: &str) -> Result<(), AdapterError> {
    let feature = match matrix {
        "token_embd" => AdapterFeature::Embedding,
        "output" => AdapterFeature::Output,
        _ => return Ok(()),
    };
    Err(AdapterError::Feature {
        feature,
        place: name.to_owned(),
    })
}
