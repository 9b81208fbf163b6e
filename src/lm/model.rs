//! A model as it is opened: header, shape, tokeniser; its tensors stay where they lie until a
//! backend asks for them.

use super::arch::{self, ArchError, Shape};
use super::gguf::{Gguf, GgufError, TensorInfo};
use super::source::Source;
use super::tokenizer::{Tokenizer, TokenizerError};
use futures_util::future::join_all;
use sha2::{Digest, Sha256};
use std::rc::Rc;

/// Bytes of a header that are read at once.
const PIECE: usize = 4 << 20;
/// Bytes of each tensor that its fingerprint knows.
const SAMPLE: u64 = 256;
/// Pieces that are on their way at once.
const FLIGHT: usize = 32;

/// Why a model can't be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
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
    /// The header.
    pub gguf: Gguf,
    /// What it is made of.
    pub shape: Shape,
    /// Its tokeniser.
    pub tokenizer: Rc<Tokenizer>,
    files: Vec<Box<dyn Source>>,
}

impl Model {
    /// Opens a model: its header is read, nothing else.
    ///
    /// # Errors
    /// When it is damaged or not supported.
    pub async fn open(files: Vec<Box<dyn Source>>) -> Result<Self, ModelError> {
        let sources: Vec<&dyn Source> = files.iter().map(|f| &**f).collect();
        let gguf = Gguf::read(&sources).await?;
        let shape = arch::describe(&gguf)?;
        let tokenizer = Rc::new(Tokenizer::new(&gguf)?);
        Ok(Self {
            gguf,
            shape,
            tokenizer,
            files,
        })
    }

    /// A tensor's place, if it is there.
    pub fn tensor(&self, name: &str) -> Option<&TensorInfo> {
        self.gguf.tensors.get(name)
    }

    /// A tensor that must be there, with so many columns and rows.
    ///
    /// # Errors
    /// When it is not there or has another shape.
    pub fn matrix(
        &self,
        name: &str,
        columns: usize,
        rows: usize,
    ) -> Result<&TensorInfo, ModelError> {
        let info = self.tensor(name);
        let info = info.ok_or_else(|| ModelError::MissingTensor(name.to_owned()))?;
        let found = [info.columns(), info.rows()];
        if found == [columns, rows] {
            return Ok(info);
        }
        Err(ModelError::TensorShape {
            tensor: name.to_owned(),
            found,
            expected: [columns, rows],
        })
    }

    /// A name for what the model computes: SHA-256, in hexadecimal, over its headers and a few
    /// bytes out of the middle of every tensor. A model that was trained further has another.
    ///
    /// # Errors
    /// When a file can't be read.
    pub async fn fingerprint(&self) -> Result<String, ModelError> {
        let mut digest = Sha256::new();
        for (file, &length) in self.files.iter().zip(&self.gguf.headers) {
            for from in (0..length).step_by(PIECE) {
                let piece = file.read(from, PIECE.min((length - from) as usize)).await;
                digest.update(piece.map_err(GgufError::Source)?);
            }
        }
        let mut tensors: Vec<_> = self.gguf.tensors.iter().collect();
        tensors.sort_unstable_by_key(|(name, _)| name.as_str());
        for flight in tensors.chunks(FLIGHT) {
            let samples = flight.iter().map(|(_, info)| {
                let length = info.bytes().min(SAMPLE);
                self.read(info, (info.bytes() - length) / 2, length as usize)
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
        let tensors = self.gguf.tensors.iter();
        // The embedding is looked up, but for models that have no other head.
        let tied = self.tensor("output.weight").is_none();
        tensors
            .filter(|(name, _)| tied || name.as_str() != "token_embd.weight")
            .map(|(_, info)| info.columns() as u64 * info.rows() as u64)
            .sum()
    }

    /// A piece of a tensor's bytes.
    ///
    /// # Errors
    /// When the file can't be read.
    pub async fn read(
        &self,
        info: &TensorInfo,
        from: u64,
        length: usize,
    ) -> Result<Vec<u8>, ModelError> {
        let file = &self.files[info.file];
        let bytes = file.read(info.offset + from, length).await;
        Ok(bytes.map_err(GgufError::Source)?)
    }
}
