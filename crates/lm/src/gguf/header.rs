//! Reading a header front to back, a piece of the file at a time. What a count promises is held
//! against the bytes that are left before anything is allocated for it.

use super::fault::{HeaderPart, TensorFault};
use super::metadata::{Array, Metadata, Value};
use super::{Gguf, GgufError, TensorInfo, TensorType};
use crate::source::Source;
use std::collections::HashMap;

/// Bytes read at once.
const PIECE: u64 = 1 << 20;
/// Arrays may stand in arrays this deep.
const DEEPEST: usize = 4;

/// A place in the file, with the piece around it.
struct Cursor<'a> {
    source: &'a dyn Source,
    piece: Vec<u8>,
    /// The piece's first byte in the file.
    start: u64,
    /// The next byte.
    at: u64,
}

impl Cursor<'_> {
    fn left(&self) -> u64 {
        self.source.size().saturating_sub(self.at)
    }

    /// Makes sure that `count` things of at least `least` bytes can follow.
    fn expect(&self, count: u64, least: u64, part: HeaderPart) -> Result<(), GgufError> {
        match count.checked_mul(least) {
            Some(bytes) if bytes <= self.left() => Ok(()),
            _ => Err(GgufError::Oversized {
                part,
                offset: self.at,
            }),
        }
    }

    async fn bytes(&mut self, length: u64, part: HeaderPart) -> Result<&[u8], GgufError> {
        self.expect(length, 1, part)?;
        let end = self.start + self.piece.len() as u64;
        if self.at < self.start || self.at + length > end {
            let take = length.max(PIECE).min(self.left());
            self.piece = self.source.read(self.at, take as usize).await?;
            self.start = self.at;
        }
        let from = (self.at - self.start) as usize;
        self.at += length;
        Ok(&self.piece[from..from + length as usize])
    }

    async fn u32(&mut self, part: HeaderPart) -> Result<u32, GgufError> {
        let bytes = self.bytes(4, part).await?;
        Ok(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
    }

    async fn u64(&mut self, part: HeaderPart) -> Result<u64, GgufError> {
        let low = self.u32(part).await?;
        let high = self.u32(part).await?;
        Ok(u64::from(low) | u64::from(high) << 32)
    }

    async fn text(&mut self, part: HeaderPart) -> Result<String, GgufError> {
        let length = self.u64(part).await?;
        let bytes = self.bytes(length, part).await?;
        // A vocabulary may hold pieces of characters.
        Ok(String::from_utf8_lossy(bytes).into_owned())
    }
}

/// Bytes of a scalar of this kind, by GGUF's numbers.
fn scalar_bytes(kind: u32) -> Option<u64> {
    Some(match kind {
        0 | 1 | 7 => 1,
        2 | 3 => 2,
        4..=6 => 4,
        10..=12 => 8,
        _ => return None,
    })
}

fn scalar(kind: u32, b: &[u8]) -> f64 {
    let four = || [b[0], b[1], b[2], b[3]];
    let eight = || [b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7]];
    match kind {
        0 | 7 => f64::from(b[0]),
        1 => f64::from(b[0] as i8),
        2 => f64::from(u16::from_le_bytes([b[0], b[1]])),
        3 => f64::from(i16::from_le_bytes([b[0], b[1]])),
        4 => f64::from(u32::from_le_bytes(four())),
        5 => f64::from(i32::from_le_bytes(four())),
        6 => f64::from(f32::from_le_bytes(four())),
        10 => u64::from_le_bytes(eight()) as f64,
        11 => i64::from_le_bytes(eight()) as f64,
        _ => f64::from_le_bytes(eight()),
    }
}

const TEXT: u32 = 8;
const ARRAY: u32 = 9;

async fn value(cursor: &mut Cursor<'_>, key: &str, kind: u32) -> Result<Value, GgufError> {
    if let Some(bytes) = scalar_bytes(kind) {
        let number = scalar(kind, cursor.bytes(bytes, HeaderPart::MetadataValue).await?);
        return Ok(match kind {
            7 => Value::Bool(number != 0.0),
            _ => Value::Number(number),
        });
    }
    match kind {
        TEXT => Ok(Value::Text(cursor.text(HeaderPart::MetadataText).await?)),
        ARRAY => Ok(Value::Array(array(cursor, key, 1).await?)),
        _ => Err(GgufError::ValueType {
            key: key.to_owned(),
            kind,
        }),
    }
}

async fn array(cursor: &mut Cursor<'_>, key: &str, depth: usize) -> Result<Array, GgufError> {
    let kind = cursor.u32(HeaderPart::ArrayType).await?;
    let count = cursor.u64(HeaderPart::ArrayLength).await?;
    if let Some(bytes) = scalar_bytes(kind) {
        cursor.expect(count, bytes, HeaderPart::ArrayLength)?;
        let mut numbers = Vec::with_capacity(count as usize);
        for _ in 0..count {
            numbers.push(scalar(
                kind,
                cursor.bytes(bytes, HeaderPart::ArrayNumbers).await?,
            ));
        }
        return Ok(Array::Numbers(numbers));
    }
    match kind {
        TEXT => {
            cursor.expect(count, 8, HeaderPart::ArrayLength)?;
            let mut texts = Vec::new();
            for _ in 0..count {
                texts.push(cursor.text(HeaderPart::ArrayText).await?);
            }
            Ok(Array::Texts(texts))
        }
        ARRAY if depth < DEEPEST => {
            cursor.expect(count, 12, HeaderPart::ArrayLength)?;
            for _ in 0..count {
                Box::pin(array(cursor, key, depth + 1)).await?;
            }
            Ok(Array::Arrays)
        }
        _ => Err(GgufError::ValueType {
            key: key.to_owned(),
            kind,
        }),
    }
}

/// Reads one file's header.
pub(super) async fn read(source: &dyn Source, file: usize) -> Result<Gguf, GgufError> {
    let mut cursor = Cursor {
        source,
        piece: Vec::new(),
        start: 0,
        at: 0,
    };
    let magic = cursor.bytes(4, HeaderPart::Magic).await?;
    let magic = [magic[0], magic[1], magic[2], magic[3]];
    if &magic != b"GGUF" {
        return Err(GgufError::Magic(magic));
    }
    let version = cursor.u32(HeaderPart::Version).await?;
    if !(2..=3).contains(&version) {
        return Err(GgufError::Version(version));
    }
    let tensors = cursor.u64(HeaderPart::TensorCount).await?;
    cursor.expect(tensors, 24, HeaderPart::TensorCount)?;
    let values = cursor.u64(HeaderPart::MetadataCount).await?;
    cursor.expect(values, 13, HeaderPart::MetadataCount)?;
    let mut metadata = Metadata::default();
    for _ in 0..values {
        let key = cursor.text(HeaderPart::MetadataKey).await?;
        let kind = cursor.u32(HeaderPart::MetadataType).await?;
        let value = value(&mut cursor, &key, kind).await?;
        if metadata.0.insert(key.clone(), value).is_some() {
            return Err(GgufError::Repeated(key));
        }
    }
    let mut infos = HashMap::new();
    for _ in 0..tensors {
        let name = cursor.text(HeaderPart::TensorName).await?;
        let info = tensor(&mut cursor, &name, file).await?;
        if infos.insert(name.clone(), info).is_some() {
            return Err(GgufError::Repeated(name));
        }
    }
    place(&mut infos, &metadata, cursor.at, source.size())?;
    Ok(Gguf {
        metadata,
        tensors: infos,
        bytes: source.size(),
        headers: vec![cursor.at],
    })
}

async fn tensor(cursor: &mut Cursor<'_>, name: &str, file: usize) -> Result<TensorInfo, GgufError> {
    let broken = |fault| GgufError::Tensor {
        tensor: name.to_owned(),
        fault,
    };
    let dimensions = cursor.u32(HeaderPart::TensorDimensions).await?;
    if !(1..=4).contains(&dimensions) {
        return Err(broken(TensorFault::Dimensions));
    }
    let mut shape = Vec::new();
    for _ in 0..dimensions {
        shape.push(cursor.u64(HeaderPart::TensorShape).await?);
    }
    let number = cursor.u32(HeaderPart::TensorType).await?;
    let kind = TensorType::from_number(number).map_err(|kind| GgufError::TensorType {
        tensor: name.to_owned(),
        kind,
    })?;
    let offset = cursor.u64(HeaderPart::TensorOffset).await?;
    let length = shape.iter().try_fold(1u64, |n, &d| n.checked_mul(d));
    if length.is_none_or(|n| n == 0 || n > 1 << 48) {
        return Err(broken(TensorFault::Shape));
    }
    if !shape[0].is_multiple_of(kind.block_len() as u64) {
        return Err(broken(TensorFault::Blocks));
    }
    Ok(TensorInfo {
        shape,
        kind,
        file,
        offset,
    })
}

/// Turns offsets from the data's beginning into offsets in the file, and checks them.
fn place(
    infos: &mut HashMap<String, TensorInfo>,
    metadata: &Metadata,
    header_end: u64,
    size: u64,
) -> Result<(), GgufError> {
    let alignment = metadata.number("general.alignment").unwrap_or(32.0) as u64;
    if !alignment.is_power_of_two() || alignment > 1 << 20 {
        return Err(GgufError::Missing("general.alignment".into()));
    }
    let data = header_end.next_multiple_of(alignment);
    for (name, info) in infos {
        let start = data.checked_add(info.offset);
        let end = start.and_then(|s| s.checked_add(info.bytes()));
        match (start, end) {
            (Some(start), Some(end)) if end <= size && info.offset.is_multiple_of(alignment) => {
                info.offset = start;
            }
            _ => {
                return Err(GgufError::Tensor {
                    tensor: name.clone(),
                    fault: TensorFault::OutsideFile,
                });
            }
        }
    }
    Ok(())
}
