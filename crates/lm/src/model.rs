//! A model as it is opened: header, shape, tokeniser; its tensors stay where they lie until a
//! backend asks for them.

use super::arch;
use super::arch::{ArchError, Shape};
use super::gguf::{Gguf, GgufError};
use super::source::Source;
use super::store::Store;
use super::tokenizer::{Tokenizer, TokenizerError};
use futures_util::future::join_all;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::rc::Rc;

/// Bytes of a header that are read at once.
const PIECE: usize = 4 << 20;
/// Bytes of each tensor that its fingerprint knows.
const SAMPLE: u64 = 256;
/// Pieces that are on their way at once.
const FLIGHT: usize = 32;

/// Why a model can't be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum ModelError {
    /// The file is damaged.
    #[error(transparent)]
    Gguf(#[from] GgufError),
    /// The family is not supported.
    #[error(transparent)]
    Arch(#[from] ArchError),
    /// The tokeniser is not supported.
    #[error(transparent)]
    Tokenizer(#[from] TokenizerError),
    /// A tensor has another shape than the header's numbers say.
    #[error("the tensor {tensor} has the shape {found:?} and should have {expected:?}")]
    TensorShape {
        /// The tensor.
        tensor: String,
        /// Columns and rows it has.
        found: [usize; 2],
        /// Columns and rows it should have.
        expected: [usize; 2],
    },
    /// A tensor that the model needs is not there.
    #[error("the tensor {0} is missing; the file may be incomplete")]
    MissingTensor(String),
}

/// A model that was opened.
pub struct Model {
    /// The header; its tensors stand in the store.
    pub gguf: Gguf,
    /// What it is made of.
    pub shape: Shape,
    /// Its tokeniser.
    pub tokenizer: Rc<Tokenizer>,
    /// Its tensors.
    pub store: Store,
}

impl Model {
    /// Opens a model: its header is read, nothing else.
    ///
    /// # Errors
    /// When it is damaged or not supported.
    pub async fn open(files: Vec<Box<dyn Source>>) -> Result<Self, ModelError> {
        let sources: Vec<&dyn Source> = files.iter().map(|f| &**f).collect();
        let mut gguf = Gguf::read(&sources).await?;
        let shape = arch::describe(&gguf)?;
        let tokenizer = Rc::new(Tokenizer::new(&gguf)?);
        let store = Store::new(std::mem::take(&mut gguf.tensors), files);
        Ok(Self {
            gguf,
            shape,
            tokenizer,
            store,
        })
    }

    /// A name for what the model computes: SHA-256, in hexadecimal, over its headers and a few
    /// bytes out of the middle of every tensor. A model that was trained further has another.
    ///
    /// # Errors
    /// When a file can't be read.
    pub async fn fingerprint(&self) -> Result<String, ModelError> {
        let mut digest = Sha256::new();
        for (file, &length) in self.store.files().iter().zip(&self.gguf.headers) {
            for from in (0..length).step_by(PIECE) {
                let piece = file.read(from, PIECE.min((length - from) as usize)).await;
                digest.update(piece.map_err(GgufError::Source)?);
            }
        }
        let mut tensors: Vec<_> = self.store.tensors.iter().collect();
        tensors.sort_unstable_by_key(|(name, _)| name.as_str());
        for flight in tensors.chunks(FLIGHT) {
            let samples = flight.iter().map(|(_, info)| {
                let length = info.bytes().min(SAMPLE);
                self.store
                    .read(info, (info.bytes() - length) / 2, length as usize)
            });
            for sample in join_all(samples).await {
                digest.update(sample?);
            }
        }
        let digest = digest.finalize();
        Ok(digest.iter().map(|b| format!("{b:02x}")).collect())
    }

    /// Numbers in all matrices that every token is multiplied with.
    pub fn parameters(&self) -> u64 {
        let tensors = self.store.tensors.iter();
        // The embedding is looked up, but for models that have no other head.
        let tied = self.store.tensor("output.weight").is_none();
        tensors
            .filter(|(name, _)| tied || name.as_str() != "token_embd.weight")
            .map(|(_, info)| info.columns() as u64 * info.rows() as u64)
            .sum()
    }
}
