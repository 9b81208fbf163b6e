//! Where a model's bytes come from: any piece of them, on request.

use serde::{Deserialize, Serialize};
use std::future::Future;
use std::pin::Pin;

/// Why a piece could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum SourceError {
    /// The piece lies behind the end.
    #[error("{length} bytes at {offset} were asked for, and there are {size}")]
    OutOfRange {
        /// Where the piece begins.
        offset: u64,
        /// Its length.
        length: u64,
        /// Bytes there are.
        size: u64,
    },
    /// The file can't be read any more.
    #[error("the file can't be read: {0}")]
    Unreadable(String),
}

/// A piece to come.
pub type Piece<'a> = Pin<Box<dyn Future<Output = Result<Vec<u8>, SourceError>> + 'a>>;

/// A file, of which any piece can be read.
pub trait Source {
    /// Bytes in all.
    fn size(&self) -> u64;

    /// `length` bytes from `offset`; a source refuses what lies behind its end before it allocates.
    fn read(&self, offset: u64, length: usize) -> Piece<'_>;
}

/// Whether `length` bytes at `offset` lie within `size`.
///
/// # Errors
/// [`SourceError::OutOfRange`].
pub fn within(offset: u64, length: u64, size: u64) -> Result<(), SourceError> {
    match offset.checked_add(length) {
        Some(end) if end <= size => Ok(()),
        _ => Err(SourceError::OutOfRange {
            offset,
            length,
            size,
        }),
    }
}

/// Bytes in memory.
impl Source for Vec<u8> {
    fn size(&self) -> u64 {
        self.len() as u64
    }

    fn read(&self, offset: u64, length: usize) -> Piece<'_> {
        Box::pin(async move {
            within(offset, length as u64, self.size())?;
            Ok(self[offset as usize..][..length].to_vec())
        })
    }
}

/// A file of the system.
#[cfg(not(target_arch = "wasm32"))]
pub struct FileSource {
    file: std::cell::RefCell<std::fs::File>,
    size: u64,
}

#[cfg(not(target_arch = "wasm32"))]
impl FileSource {
    /// Opens a file.
    ///
    /// # Errors
    /// The system's words.
    pub fn open(path: &std::path::Path) -> Result<Self, SourceError> {
        let open = || -> std::io::Result<Self> {
            let file = std::fs::File::open(path)?;
            let size = file.metadata()?.len();
            let file = std::cell::RefCell::new(file);
            Ok(Self { file, size })
        };
        open().map_err(|e| SourceError::Unreadable(format!("{}: {e}", path.display())))
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl Source for FileSource {
    fn size(&self) -> u64 {
        self.size
    }

    fn read(&self, offset: u64, length: usize) -> Piece<'_> {
        use std::io::{Read, Seek, SeekFrom};
        Box::pin(async move {
            within(offset, length as u64, self.size)?;
            let mut bytes = vec![0; length];
            let mut file = self.file.borrow_mut();
            file.seek(SeekFrom::Start(offset))
                .and_then(|_| file.read_exact(&mut bytes))
                .map_err(|e| SourceError::Unreadable(e.to_string()))?;
            Ok(bytes)
        })
    }
}
