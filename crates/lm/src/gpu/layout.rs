//! How packed blocks lie in GPU memory: as in the file, but for types whose blocks are no whole words.
//! Those get two bytes more, so that no word of theirs straddles two, which would cost a kernel a second
//! load and a shift for each. Two bytes in 18 to 210 are the price.

use crate::gguf::TensorType;
use crate::quant::GROUP;

/// Where two bytes are put into each block: behind a leading scale, so that what follows begins a
/// word, or at the end.
fn gap(kind: TensorType) -> Option<usize> {
    match kind {
        TensorType::Q4_0 | TensorType::Q5_0 | TensorType::Q8_0 | TensorType::IQ4_NL => Some(2),
        TensorType::Q3_K | TensorType::Q6_K => Some(kind.block_bytes()),
        _ => None,
    }
}

/// Numbers and bytes of what a kernel unpacks from: a block, or a group of numbers that stand alone.
pub(super) fn block(kind: TensorType) -> (usize, usize) {
    match kind.block_len() {
        1 => (GROUP, GROUP * kind.block_bytes()),
        length => (length, kind.block_bytes() + gap(kind).map_or(0, |_| 2)),
    }
}

/// Bytes of a row of numbers, a multiple of [`GROUP`] and of a block's.
pub(super) fn row_bytes(kind: TensorType, columns: usize) -> usize {
    let (length, bytes) = block(kind);
    columns / length * bytes
}

/// Whole blocks as they stand in a file, laid out.
pub(super) fn laid(kind: TensorType, blocks: Vec<u8>) -> Vec<u8> {
    let Some(gap) = gap(kind) else { return blocks };
    let length = kind.block_bytes();
    let mut out = Vec::with_capacity(blocks.len() / length * (length + 2));
    for block in blocks.chunks_exact(length) {
        out.extend_from_slice(&block[..gap]);
        out.extend_from_slice(&[0, 0]);
        out.extend_from_slice(&block[gap..]);
    }
    out
}
