//! Packed blocks of Parquet pages and Arrow buffers, unpacked within a limit. Blocks come from outside: what they say
//! of their size is not believed until that many bytes have come.

use std::io::{self, BufRead, Read};

/// How a block is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Codec {
    Snappy,
    Gzip,
    Brotli,
    Zstd,
    /// A block of LZ4 without any frame.
    Lz4Block,
    /// Parquet's older LZ4: Hadoop's framing, or none.
    Lz4Hadoop,
    Lz4Frame,
}

/// A block's bytes, of which there may be `limit`.
pub(crate) fn unpack(codec: Codec, packed: &[u8], limit: usize) -> io::Result<Vec<u8>> {
    match codec {
        Codec::Snappy => snappy(packed, limit),
        Codec::Gzip => read_within(flate2::bufread::MultiGzDecoder::new(packed), limit),
        Codec::Brotli => read_within(brotli::Decompressor::new(packed, 1 << 12), limit),
        Codec::Zstd => read_within(Zstd::new(packed), limit),
        Codec::Lz4Block => lz4_block(packed, limit),
        Codec::Lz4Hadoop => lz4_hadoop(packed, limit).unwrap_or_else(|| lz4_block(packed, limit)),
        Codec::Lz4Frame => read_within(lz4_flex::frame::FrameDecoder::new(packed), limit),
    }
}

fn too_large(limit: usize) -> io::Error {
    let sentence = format!("a block unpacks to more than {} MB", limit / 1_000_000);
    io::Error::new(io::ErrorKind::FileTooLarge, sentence)
}

fn invalid(error: impl ToString) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, error.to_string())
}

/// All that a reader gives, read piece by piece.
fn read_within(reader: impl Read, limit: usize) -> io::Result<Vec<u8>> {
    let mut plain = Vec::new();
    reader.take(limit as u64 + 1).read_to_end(&mut plain)?;
    if plain.len() > limit {
        return Err(too_large(limit));
    }
    Ok(plain)
}

fn snappy(packed: &[u8], limit: usize) -> io::Result<Vec<u8>> {
    // A copy of 64 bytes takes 3, so no block has a greater ratio than that.
    const MOST: usize = 22;
    let length = snap::raw::decompress_len(packed).map_err(invalid)?;
    if length > limit {
        return Err(too_large(limit));
    }
    if length / MOST > packed.len() {
        return Err(invalid("the length of a block can't be true"));
    }
    let mut plain = vec![0; length];
    let written = snap::raw::Decoder::new().decompress(packed, &mut plain);
    plain.truncate(written.map_err(invalid)?);
    Ok(plain)
}

/// A block that does not say its size: the room for it grows until it fits.
fn lz4_block(packed: &[u8], limit: usize) -> io::Result<Vec<u8>> {
    use lz4_flex::block::DecompressError;
    // A byte of a length stands for 255 bytes at most.
    const MOST: usize = 256;
    let most = packed.len().saturating_mul(MOST).min(limit);
    let mut room = packed
        .len()
        .saturating_mul(4)
        .clamp(1 << 12, most.max(1 << 12));
    loop {
        let mut plain = vec![0; room];
        match lz4_flex::block::decompress_into(packed, &mut plain) {
            Ok(written) => {
                plain.truncate(written);
                return Ok(plain);
            }
            Err(DecompressError::OutputTooSmall { .. }) if room < most => {
                room = room.saturating_mul(4).min(most);
            }
            Err(DecompressError::OutputTooSmall { .. }) if most == limit => {
                return Err(too_large(limit));
            }
            Err(error) => return Err(invalid(error)),
        }
    }
}

/// Blocks one after the other, each after its two lengths; nothing where the bytes are no such blocks.
fn lz4_hadoop(mut packed: &[u8], limit: usize) -> Option<io::Result<Vec<u8>>> {
    let mut plain = Vec::new();
    while !packed.is_empty() {
        let (lengths, rest) = packed.split_first_chunk::<8>()?;
        let [a, b, c, d, e, f, g, h] = *lengths;
        let unpacked = u32::from_be_bytes([a, b, c, d]) as usize;
        let length = u32::from_be_bytes([e, f, g, h]) as usize;
        let block = rest.get(..length)?;
        if unpacked > limit - plain.len() {
            return Some(Err(too_large(limit)));
        }
        let block = lz4_block(block, unpacked).ok()?;
        if block.len() != unpacked {
            return None;
        }
        plain.extend(block);
        packed = &rest[length..];
    }
    Some(Ok(plain))
}

/// Zstandard frames one after the other, read as one stream. The window of a frame, which is kept in memory, has at
/// most 128 MB, as for the command-line tool.
pub(crate) struct Zstd<R> {
    source: R,
    decoder: ruzstd::decoding::FrameDecoder,
    state: State,
}

#[derive(PartialEq, Eq)]
enum State {
    /// A frame may begin.
    Between,
    Within,
    Ended,
}

impl<R: BufRead> Zstd<R> {
    /// Bytes that are decoded ahead of what is read.
    const AHEAD: usize = 1 << 17;

    /// The plain bytes of these frames.
    pub(crate) fn new(source: R) -> Self {
        Self {
            source,
            decoder: ruzstd::decoding::FrameDecoder::new(),
            state: State::Between,
        }
    }

    fn begin(&mut self) -> io::Result<()> {
        use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
        if self.source.fill_buf()?.is_empty() {
            self.state = State::Ended;
            return Ok(());
        }
        match self.decoder.init(&mut self.source) {
            Ok(()) => self.state = State::Within,
            Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                length,
                ..
            })) => {
                let mut skipped = (&mut self.source).take(u64::from(length));
                io::copy(&mut skipped, &mut io::sink())?;
            }
            Err(error) => return Err(invalid(error)),
        }
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        self.state = State::Between;
        let expected = self.decoder.get_checksum_from_data();
        if expected.is_some() && expected != self.decoder.get_calculated_checksum() {
            return Err(invalid("the checksum of a frame is wrong"));
        }
        Ok(())
    }
}

impl<R: BufRead> Read for Zstd<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        use ruzstd::decoding::BlockDecodingStrategy;
        loop {
            match self.state {
                State::Ended => return Ok(0),
                State::Between => self.begin()?,
                State::Within if self.decoder.can_collect() > 0 => {
                    return self.decoder.read(buffer);
                }
                State::Within if self.decoder.is_finished() => self.end()?,
                State::Within => {
                    let some = BlockDecodingStrategy::UptoBytes(Self::AHEAD);
                    self.decoder
                        .decode_blocks(&mut self.source, some)
                        .map_err(invalid)?;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn gzip(plain: &[u8]) -> Vec<u8> {
        let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        writer.write_all(plain).unwrap();
        writer.finish().unwrap()
    }

    #[test]
    fn blocks_come_back_and_what_is_larger_than_the_limit_does_not() {
        let plain = b"a line of text, again and again\n".repeat(1000);
        let zstd = ruzstd::encoding::compress_to_vec(
            &plain[..],
            ruzstd::encoding::CompressionLevel::Fastest,
        );
        let lz4 = lz4_flex::block::compress(&plain);
        let lengths = [plain.len() as u32, lz4.len() as u32].map(u32::to_be_bytes);
        let hadoop = [lengths.concat(), lz4.clone()].concat();
        let mut framed = lz4_flex::frame::FrameEncoder::new(Vec::new());
        framed.write_all(&plain).unwrap();
        let mut brotli = Vec::new();
        brotli::CompressorWriter::new(&mut brotli, 4096, 5, 20)
            .write_all(&plain)
            .unwrap();
        let blocks = [
            (
                Codec::Snappy,
                snap::raw::Encoder::new().compress_vec(&plain).unwrap(),
            ),
            (Codec::Gzip, gzip(&plain)),
            (Codec::Brotli, brotli),
            (
                Codec::Zstd,
                [zstd.clone(), b"\x50\x2a\x4d\x18\x02\0\0\0ab".to_vec(), zstd].concat(),
            ),
            (Codec::Lz4Block, lz4.clone()),
            (Codec::Lz4Hadoop, hadoop),
            (Codec::Lz4Hadoop, lz4),
            (Codec::Lz4Frame, framed.finish().unwrap()),
        ];
        for (codec, packed) in blocks {
            let times = if codec == Codec::Zstd { 2 } else { 1 };
            let whole = unpack(codec, &packed, plain.len() * times).unwrap();
            assert_eq!(whole, plain.repeat(times), "{codec:?}");
            let error = unpack(codec, &packed, plain.len() * times - 1).unwrap_err();
            assert_eq!(
                error.kind(),
                io::ErrorKind::FileTooLarge,
                "{codec:?}: {error}"
            );
            assert!(unpack(codec, &packed[..packed.len() / 2], plain.len() * 2).is_err());
        }
    }

    #[test]
    fn a_length_that_cannot_be_true_takes_no_memory() {
        let lie = [0xff, 0xff, 0xff, 0x3f, 0];
        let error = unpack(Codec::Snappy, &lie, 1 << 30).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::InvalidData);
    }
}
