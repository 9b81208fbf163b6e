//! A file as the `parquet` crate reads it.

use crate::source::ReadAt;
use bytes::{Buf, Bytes};
use parquet::errors::{ParquetError, Result};
use parquet::file::reader::{ChunkReader, Length};
use send_wrapper::SendWrapper;
use std::rc::Rc;
use std::sync::{Mutex, PoisonError};

/// A file that is read a window at a time: headers of pages are small, and a read in a browser is not free.
pub(super) struct Windowed {
    source: SendWrapper<Rc<dyn ReadAt>>,
    window: usize,
    ahead: Mutex<(u64, Bytes)>,
}

impl Windowed {
    /// The file, of which at least `window` bytes are read at a time.
    pub(super) fn new(source: SendWrapper<Rc<dyn ReadAt>>, window: usize) -> Self {
        Self {
            source,
            window,
            ahead: Mutex::default(),
        }
    }

    fn part(&self, start: u64, length: usize) -> Result<Bytes> {
        let mut ahead = self.ahead.lock().unwrap_or_else(PoisonError::into_inner);
        let (from, bytes) = &*ahead;
        let skipped = start
            .checked_sub(*from)
            .and_then(|s| usize::try_from(s).ok());
        if let Some(skipped) = skipped
            && let Some(end) = skipped.checked_add(length)
            && end <= bytes.len()
        {
            return Ok(bytes.slice(skipped..end));
        }
        let read = self.source.read(start, length.max(self.window))?;
        let read = Bytes::from(read);
        let part = read.slice(..length.min(read.len()));
        *ahead = (start, read);
        Ok(part)
    }
}

impl Length for Windowed {
    fn len(&self) -> u64 {
        self.source.bytes()
    }
}

impl ChunkReader for Windowed {
    type T = bytes::buf::Reader<Bytes>;

    fn get_read(&self, start: u64) -> Result<Self::T> {
        Ok(self.part(start, self.window)?.reader())
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes> {
        let bytes = self.part(start, length)?;
        if bytes.len() < length {
            return Err(ParquetError::EOF("a page is cut off".to_owned()));
        }
        Ok(bytes)
    }
}
