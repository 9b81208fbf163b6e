//! Tasks and answers as packed bytes, and back within bounds.

use super::error::EnvelopeError;
use crate::answers::Bundle;
use crate::task::{Layout, Task};
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use serde::Deserialize;
use std::io::{Read, Write};

/// Bytes of a task, unpacked.
pub const MAX_TASK_BYTES: usize = 8 << 20;
/// Bytes of answers, unpacked.
pub const MAX_ANSWER_BYTES: usize = 2 << 20;
/// The window has 2 to the power of this number of bytes.
const WINDOW: u32 = 22;

/// How answers are packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Packing {
    /// Brotli, in version 1.
    Brotli,
    /// Deflate, in all later ones.
    Deflate,
}

/// Packs answers with deflate.
pub(crate) fn pack_answers(bundle: &Bundle) -> Vec<u8> {
    // Writing and packing what is in memory does not fail.
    let bytes = postcard::to_stdvec(bundle).unwrap_or_default();
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    let packed = encoder.write_all(&bytes);
    packed.and_then(|()| encoder.finish()).unwrap_or_default()
}

/// The answers in packed bytes.
pub(crate) fn unpack_answers(packed: &[u8], packing: Packing) -> Result<Bundle, EnvelopeError> {
    let bytes = match packing {
        Packing::Brotli => unpack(packed, MAX_ANSWER_BYTES)?,
        Packing::Deflate => read_at_most(DeflateDecoder::new(packed), MAX_ANSWER_BYTES)?,
    };
    value_of(&bytes)
}

/// A task that is packed, with what its envelope's version follows from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackedTask {
    /// Which of its fields are in the bytes.
    pub layout: Layout,
    /// [`Task::to_bytes`], through [`pack`].
    pub bytes: Vec<u8>,
}

/// A task, packed.
#[must_use]
pub fn packed(task: &Task) -> PackedTask {
    PackedTask {
        layout: task.layout(),
        bytes: pack(&task.to_bytes()),
    }
}

/// Packs what goes into a link with brotli. The encoder and its tables are half a megabyte of program: whoever calls
/// this carries them.
#[must_use]
pub fn pack(bytes: &[u8]) -> Vec<u8> {
    let params = brotli::enc::BrotliEncoderParams {
        lgwin: WINDOW as i32,
        ..Default::default()
    };
    let mut packed = Vec::new();
    // A link that is packed in part would be damaged, so a failure must not pass unseen.
    brotli::BrotliCompress(&mut &*bytes, &mut packed, &params)
        .expect("bytes in memory can be read and written");
    packed
}

/// The task in packed bytes of a version whose tasks have this layout.
pub(crate) fn unpack_task(packed: &[u8], layout: Layout) -> Result<Task, EnvelopeError> {
    let mut bytes = unpack(packed, MAX_TASK_BYTES)?;
    bytes.extend(layout.unwritten());
    let task: Task = value_of(&bytes)?;
    if task.layout() != layout {
        return Err(EnvelopeError::Damaged);
    }
    task.check()
        .map_err(|error| EnvelopeError::Task { error })?;
    Ok(task)
}

/// Unpacks at most `most` bytes: a few bytes can't ask for more memory than the bound and a window.
fn unpack(packed: &[u8], most: usize) -> Result<Vec<u8>, EnvelopeError> {
    // This beginning asks for a window of up to a gigabyte, which RFC 7932 does not have.
    if packed.first().is_none_or(|first| first & 0x7f == 0x11) {
        return Err(EnvelopeError::Damaged);
    }
    read_at_most(brotli::Decompressor::new(packed, 1 << 14), most)
}

fn read_at_most(reader: impl Read, most: usize) -> Result<Vec<u8>, EnvelopeError> {
    let mut bytes = Vec::new();
    let mut reader = reader.take(most as u64 + 1);
    reader
        .read_to_end(&mut bytes)
        .map_err(|_| EnvelopeError::Damaged)?;
    if bytes.len() > most {
        let most_mb = most >> 20;
        return Err(EnvelopeError::TooLarge { most_mb });
    }
    Ok(bytes)
}

fn value_of<T: for<'de> Deserialize<'de>>(bytes: &[u8]) -> Result<T, EnvelopeError> {
    let (value, rest) = postcard::take_from_bytes(bytes).map_err(|_| EnvelopeError::Damaged)?;
    if rest.is_empty() {
        Ok(value)
    } else {
        Err(EnvelopeError::Damaged)
    }
}
