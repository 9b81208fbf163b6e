//! Adapters as PEFT saves them: a configuration, and a safetensors file with `lora_A` and `lora_B` for each module.

use super::config::Config;
use super::names::{is_known, matrix_of, permute_rows, permuted_heads};
use super::pairs::{Half, Pair, Updates, base_size, insert, update};
use super::{AdapterError, AdapterFeature};
use crate::encoder::read_safetensors;
use crate::model::Model;
use crate::source::Source;
use std::collections::BTreeMap;

/// Bytes that a configuration may have.
const MOST_CONFIG: u64 = 1 << 20;
/// What PEFT puts before a module's path.
const PREFIX: &str = "base_model.model.";

/// Reads an adapter for a model.
///
/// # Errors
/// When a file is damaged, the adapter has a part that is not supported, or it does not fit the model.
pub(super) async fn read(
    config: &dyn Source,
    weights: &dyn Source,
    model: &Model,
) -> Result<Updates, AdapterError> {
    if config.size() > MOST_CONFIG {
        return Err(AdapterError::Config("it is too large".to_owned()));
    }
    let config = Config::read(&config.read(0, config.size() as usize).await?)?;
    let family = model.shape.family;
    if !is_known(family) {
        return Err(AdapterError::Feature {
            feature: AdapterFeature::PeftFamily,
            place: family.to_owned(),
        });
    }
    let mut pairs: BTreeMap<String, Pair> = BTreeMap::new();
    for (name, info) in read_safetensors(weights, 0).await? {
        let (module, side) = half_of(&name)?;
        let pair = pairs.entry(module.to_owned()).or_default();
        let place = match side {
            Side::A => &mut pair.a,
            Side::B => &mut pair.b,
        };
        *place = Some(Half { name, info });
    }
    let mut updates = Updates::new();
    for (module, pair) in pairs {
        let (a, b) = pair.both(&module)?;
        let unknown = || AdapterError::Unknown {
            tensor: a.name.clone(),
            family: family.to_owned(),
            layers: model.shape.layers,
        };
        let matrix = matrix_of(family, &module).ok_or_else(unknown)?;
        let size = base_size(model, &matrix, &a.name)?;
        let (rank, expected) = (a.info.rows(), config.rank(&module));
        if rank as f64 != expected {
            return Err(AdapterError::Rank {
                tensor: a.name,
                found: rank,
                expected: expected as usize,
            });
        }
        let scale = config.scale(&module, rank);
        let mut update = update(weights, (&a, &b), size, scale).await?;
        if let Some(heads) = permuted_heads(&model.shape, &matrix) {
            update.b = permute_rows(&update.b, rank, heads);
        }
        insert(&mut updates, matrix, update)?;
    }
    Ok(updates)
}

/// Which matrix of an update a tensor is.
enum Side {
    A,
    B,
}

/// The module that a tensor updates.
///
/// # Errors
/// When the tensor is of another kind: it names the part of the adapter that is not supported.
fn half_of(name: &str) -> Result<(&str, Side), AdapterError> {
    let path = name.strip_prefix(PREFIX).unwrap_or(name);
    let sides = [(".lora_A.weight", Side::A), (".lora_B.weight", Side::B)];
    for (ending, side) in sides {
        if let Some(module) = path.strip_suffix(ending) {
            return match module.rsplit('.').next() {
                Some("lm_head") => Err(unsupported(AdapterFeature::Output, name)),
                _ => Ok((module, side)),
            };
        }
    }
    let feature = if path.contains("lora_magnitude_vector") {
        AdapterFeature::Dora
    } else if path.contains("lora_embedding_") {
        AdapterFeature::Embedding
    } else if path.ends_with(".bias") {
        AdapterFeature::Bias
    } else {
        AdapterFeature::ModulesToSave
    };
    Err(unsupported(feature, name))
}

fn unsupported(feature: AdapterFeature, place: &str) -> AdapterError {
    AdapterError::Feature {
        feature,
        place: place.to_owned(),
    }
}
