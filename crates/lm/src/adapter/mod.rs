//! LoRA adapters (Hu et al. 2021): low-rank updates of a base model's matrices, as llama.cpp's
//! `convert_lora_to_gguf.py` writes them (one GGUF file) or as PEFT does (`adapter_config.json` with
//! `adapter_model.safetensors`).
//!
//! An adapter is read against an open base model: every update must belong to a matrix of the base and have its
//! shape. It is never merged. A backend adds `strength · scale · B (A x)` to the product `W x` of the base, so the
//! base's numbers stay as they are, whatever its quantisation, and sequences of different strengths can be in one
//! batch ([`crate::batch::Batch::strength`]).

mod attach;
mod config;
mod error;
mod gguf;
mod low_rank;
mod names;
mod pairs;
mod peft;

pub use error::{AdapterError, AdapterFeature};
pub use low_rank::{LowRank, Update};

pub(crate) use attach::attach;

use super::model::Model;
use super::source::Source;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// The configuration of a PEFT adapter.
pub const CONFIG: &str = "adapter_config.json";
/// The weights of a PEFT adapter.
pub const WEIGHTS: &str = "adapter_model.safetensors";

/// A file with its name, without folders.
pub type Named = (String, Box<dyn Source>);

/// An adapter that fits the model it was opened against.
#[derive(Debug, Clone, PartialEq)]
pub struct Adapter {
    /// SHA-256, in hexadecimal, over every update. The same numbers have the same id, whichever format they came in.
    pub id: String,
    /// The updates by the GGUF name of their matrix, without `.weight`, such as `blk.0.attn_q`.
    updates: BTreeMap<String, Update>,
}

impl Adapter {
    /// Opens an adapter for a base model: one GGUF file, or PEFT's two.
    ///
    /// # Errors
    /// When a file is missing or damaged, the adapter has a part that is not supported, or it does not fit the model.
    pub async fn open(files: &[Named], model: &Model) -> Result<Self, AdapterError> {
        let ends = |ending: &str| {
            files
                .iter()
                .find(|(name, _)| name.to_lowercase().ends_with(ending))
        };
        let updates = match (
            ends(".gguf"),
            ends(".safetensors"),
            ends(".bin").or(ends(".pt")),
        ) {
            (Some((_, file)), _, _) => gguf::read(&**file, model).await?,
            (None, Some((_, weights)), _) => {
                let (_, config) =
                    ends(CONFIG).ok_or_else(|| AdapterError::Missing(CONFIG.to_owned()))?;
                peft::read(&**config, &**weights, model).await?
            }
            (None, None, Some((name, _))) => return Err(AdapterError::Pickle(name.clone())),
            (None, None, None) => return Err(AdapterError::Missing(WEIGHTS.to_owned())),
        };
        if updates.is_empty() {
            return Err(AdapterError::Empty);
        }
        Ok(Self {
            id: id_of(&updates),
            updates,
        })
    }

    /// The name of what a base model with this adapter at a strength computes: SHA-256, in hexadecimal, over the
    /// base's fingerprint, the adapter's and the strength. At strength 0 it is the base's own.
    #[must_use]
    pub fn fingerprint(&self, base: &str, strength: f32) -> String {
        if strength == 0.0 {
            return base.to_owned();
        }
        let mut digest = Sha256::new();
        digest.update(base);
        digest.update(&self.id);
        digest.update(strength.to_le_bytes());
        hexadecimal(digest)
    }

    /// The matrices that the adapter updates.
    #[must_use]
    pub fn matrices(&self) -> usize {
        self.updates.len()
    }

    /// The lowest and the highest rank of its updates.
    #[must_use]
    pub fn ranks(&self) -> (usize, usize) {
        let ranks = self.updates.values().map(|update| update.rank);
        let (low, high) = (ranks.clone().min(), ranks.max());
        (low.unwrap_or(0), high.unwrap_or(0))
    }

    fn update(&self, name: &str) -> Option<&Update> {
        self.updates.get(name)
    }
}

fn id_of(updates: &BTreeMap<String, Update>) -> String {
    let mut digest = Sha256::new();
    for (name, update) in updates {
        digest.update((name.len() as u64).to_le_bytes());
        digest.update(name);
        for number in [update.rank, update.columns, update.rows] {
            digest.update((number as u64).to_le_bytes());
        }
        digest.update(update.scale.to_le_bytes());
        for number in update.a.iter().chain(&update.b) {
            digest.update(number.to_le_bytes());
        }
    }
    hexadecimal(digest)
}

fn hexadecimal(digest: Sha256) -> String {
    digest
        .finalize()
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect()
}
