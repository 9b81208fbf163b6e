//! Where the bytes of a container are: anything of which a part can be read.

use std::io::{self, Read, Seek, SeekFrom};
use std::rc::Rc;

/// Bytes of which any part can be read: memory, a file, or a file that a person chose in a browser.
pub trait ReadAt {
    /// Bytes in all.
    fn bytes(&self) -> u64;

    /// The `len` bytes from `start` on, fewer only at the end.
    ///
    /// # Errors
    /// Where the system or the browser can't read them.
    fn read(&self, start: u64, len: usize) -> io::Result<Vec<u8>>;
}

impl ReadAt for Vec<u8> {
    fn bytes(&self) -> u64 {
        self.len() as u64
    }

    fn read(&self, start: u64, len: usize) -> io::Result<Vec<u8>> {
        let start = usize::try_from(start).unwrap_or(usize::MAX).min(self.len());
        let end = start.saturating_add(len).min(self.len());
        Ok(self[start..end].to_vec())
    }
}

impl ReadAt for std::fs::File {
    fn bytes(&self) -> u64 {
        self.metadata().map_or(0, |metadata| metadata.len())
    }

    fn read(&self, start: u64, len: usize) -> io::Result<Vec<u8>> {
        let mut file = self;
        file.seek(SeekFrom::Start(start))?;
        let mut bytes = Vec::new();
        file.take(len as u64).read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

/// Bytes of a piece of [`Pieces`].
const PIECE: usize = 1 << 20;

/// What was unpacked into memory, in pieces of equal size: a buffer that doubles as it grows would take its memory
/// twice.
#[derive(Default)]
pub(crate) struct Pieces {
    pieces: Vec<Vec<u8>>,
}

impl Pieces {
    /// Appends bytes.
    pub(crate) fn push(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            let room = self.pieces.last().map_or(0, |piece| PIECE - piece.len());
            if room == 0 {
                self.pieces.push(Vec::new());
                continue;
            }
            let (now, rest) = bytes.split_at(room.min(bytes.len()));
            if let Some(piece) = self.pieces.last_mut() {
                piece.extend_from_slice(now);
            }
            bytes = rest;
        }
    }
}

impl ReadAt for Pieces {
    fn bytes(&self) -> u64 {
        self.pieces.iter().map(|piece| piece.len() as u64).sum()
    }

    fn read(&self, start: u64, len: usize) -> io::Result<Vec<u8>> {
        let start = usize::try_from(start).unwrap_or(usize::MAX);
        let mut bytes = Vec::new();
        let (mut at, mut left) = (start, len);
        while left > 0 {
            let piece = self.pieces.get(at / PIECE).map_or(&[][..], Vec::as_slice);
            let part = piece.get(at % PIECE..).unwrap_or(&[]);
            let part = &part[..part.len().min(left)];
            if part.is_empty() {
                break;
            }
            bytes.extend_from_slice(part);
            at += part.len();
            left -= part.len();
        }
        Ok(bytes)
    }
}

/// Bytes that [`Reader`] reads at a time.
const WINDOW: usize = 1 << 16;

/// A source as the standard library's traits have it, with a window of bytes that were read ahead.
#[derive(Clone)]
pub(crate) struct Reader {
    source: Rc<dyn ReadAt>,
    at: u64,
    window: Vec<u8>,
    window_start: u64,
}

impl Reader {
    /// A reader that stands at the beginning.
    pub(crate) fn new(source: Rc<dyn ReadAt>) -> Self {
        Self {
            source,
            at: 0,
            window: Vec::new(),
            window_start: 0,
        }
    }

    /// Bytes from the beginning to where the reader stands.
    pub(crate) fn position(&self) -> u64 {
        self.at
    }
}

impl Read for Reader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let window_end = self.window_start + self.window.len() as u64;
        if !(self.window_start..window_end).contains(&self.at) {
            self.window = self.source.read(self.at, WINDOW)?;
            self.window_start = self.at;
        }
        let skipped = usize::try_from(self.at - self.window_start).unwrap_or(usize::MAX);
        let part = self.window.get(skipped..).unwrap_or(&[]);
        let count = part.len().min(buffer.len());
        buffer[..count].copy_from_slice(&part[..count]);
        self.at += count as u64;
        Ok(count)
    }
}

impl Seek for Reader {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let target = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.source.bytes().checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = target.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_part_of_pieces_is_what_was_pushed() {
        let whole: Vec<u8> = (0..3 * PIECE + 7).map(|i| (i % 251) as u8).collect();
        let mut pieces = Pieces::default();
        for part in whole.chunks(1000) {
            pieces.push(part);
        }
        assert_eq!(pieces.bytes(), whole.len() as u64);
        for (start, len) in [
            (0, 5),
            (PIECE - 3, 10),
            (PIECE, PIECE),
            (3 * PIECE, 100),
            (whole.len(), 1),
        ] {
            let expected = ReadAt::read(&whole, start as u64, len).unwrap();
            assert_eq!(pieces.read(start as u64, len).unwrap(), expected);
        }
    }

    #[test]
    fn a_reader_reads_and_seeks_as_a_cursor_does() {
        let whole: Vec<u8> = (0..WINDOW * 2 + 11).map(|i| (i % 253) as u8).collect();
        let mut reader = Reader::new(Rc::new(whole.clone()));
        let mut all = Vec::new();
        reader.read_to_end(&mut all).unwrap();
        assert_eq!(all, whole);
        reader.seek(SeekFrom::End(-4)).unwrap();
        let mut tail = Vec::new();
        reader.read_to_end(&mut tail).unwrap();
        assert_eq!(tail, whole[whole.len() - 4..]);
        assert!(reader.seek(SeekFrom::Current(-1 << 40)).is_err());
    }
}
