//! Where a model's tensors lie: in which file, from which byte on, packed how. Nothing of them is in memory
//! until a backend asks for it.

use super::gguf::{GgufError, TensorInfo};
use super::model::ModelError;
use super::source::Source;
use std::collections::HashMap;

/// The tensors of a model and the files that hold them.
pub struct Store {
    /// The tensors by the names that GGUF has for them.
    pub tensors: HashMap<String, TensorInfo>,
    files: Vec<Box<dyn Source>>,
}

impl Store {
    /// Tensors in these files.
    #[must_use]
    pub fn new(tensors: HashMap<String, TensorInfo>, files: Vec<Box<dyn Source>>) -> Self {
        Self { tensors, files }
    }

    /// The files.
    #[must_use]
    pub fn files(&self) -> &[Box<dyn Source>] {
        &self.files
    }

    /// A tensor's place, if it is there.
    #[must_use]
    pub fn tensor(&self, name: &str) -> Option<&TensorInfo> {
        self.tensors.get(name)
    }

    /// A tensor that must be there, of the shape [rows, columns] that is given.
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

    /// Bytes of all tensors whose names begin so.
    #[must_use]
    pub fn bytes_of(&self, prefix: &str) -> u64 {
        let own = self.tensors.iter().filter(|(n, _)| n.starts_with(prefix));
        own.map(|(_, info)| info.bytes()).sum()
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
