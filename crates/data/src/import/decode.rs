//! From a file's bytes to text: gzip undone, the encoding found (byte-order mark, UTF-8, or what
//! chardetng takes it for), characters decoded across slice borders.

use super::ImportError;
use encoding_rs::{Encoding, UTF_8};
use flate2::write::MultiGzDecoder;
use std::io::Write;

/// Bytes looked at before the encoding is decided.
const SNIFF: usize = 1 << 16;

/// Bytes of value zero that a text may hold by mistake.
const STRAY_ZEROS: usize = 8;
/// Bytes of gzip that are unpacked at a time. Deflate makes at most 1,032 bytes of one, so a piece unpacks to at most
/// 8 MB.
const PACKED_PIECE: usize = 1 << 13;

/// Decompresses and decodes a file slice by slice.
pub struct Decoder {
    file: String,
    gzip: Option<Option<MultiGzDecoder<Vec<u8>>>>,
    /// Bytes of gzip taken so far.
    packed: u64,
    sniffed: Vec<u8>,
    decoder: Option<encoding_rs::Decoder>,
    had_errors: bool,
}

impl Decoder {
    /// A decoder; the name is for error texts.
    pub fn new(file: &str) -> Self {
        Self {
            file: file.to_owned(),
            gzip: None,
            packed: 0,
            sniffed: Vec::new(),
            decoder: None,
            had_errors: false,
        }
    }

    /// The pieces in which a slice of the file is to be decoded, so that none becomes much more text than memory has
    /// room for.
    pub fn pieces<'a>(&mut self, bytes: &'a [u8]) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        let gzip = self.gzip.get_or_insert_with(|| {
            let is_gzip = bytes.starts_with(&[0x1f, 0x8b]);
            is_gzip.then(|| MultiGzDecoder::new(Vec::new()))
        });
        let piece = match gzip {
            Some(_) => PACKED_PIECE,
            None => bytes.len(),
        };
        bytes.chunks(piece.max(1))
    }

    /// Bytes of gzip taken so far; none of a file that is not packed.
    pub fn packed_bytes(&self) -> Option<u64> {
        matches!(self.gzip, Some(Some(_))).then_some(self.packed)
    }

    /// The text of the next of the file's [`pieces`](Self::pieces), as far as it is decoded yet.
    pub fn push(&mut self, bytes: &[u8]) -> Result<String, ImportError> {
        match &mut self.gzip {
            None | Some(None) => self.decode(bytes, false),
            Some(Some(decoder)) => {
                self.packed += bytes.len() as u64;
                let outcome = decoder.write_all(bytes);
                outcome.map_err(|_| ImportError::Gzip {
                    file: self.file.clone(),
                })?;
                let plain = std::mem::take(decoder.get_mut());
                self.decode(&plain, false)
            }
        }
    }

    /// The rest of the text.
    pub fn finish(&mut self) -> Result<String, ImportError> {
        let rest = match self.gzip.take() {
            Some(Some(decoder)) => {
                let outcome = decoder.finish();
                outcome.map_err(|_| ImportError::Gzip {
                    file: self.file.clone(),
                })?
            }
            _ => Vec::new(),
        };
        self.decode(&rest, true)
    }

    /// The encoding's name, once decided.
    pub fn encoding_name(&self) -> &'static str {
        self.decoder
            .as_ref()
            .map_or("UTF-8", |d| d.encoding().name())
    }

    /// The encoding's name if some bytes were not valid in it.
    pub fn invalid_encoding(&self) -> Option<&'static str> {
        self.had_errors.then(|| self.encoding_name())
    }

    fn decode(&mut self, bytes: &[u8], last: bool) -> Result<String, ImportError> {
        if self.decoder.is_some() {
            return Ok(self.convert(bytes, last));
        }
        self.sniffed.extend_from_slice(bytes);
        if self.sniffed.len() < SNIFF && !last {
            return Ok(String::new());
        }
        let start = std::mem::take(&mut self.sniffed);
        let encoding = self.detect(&start)?;
        self.decoder = Some(encoding.new_decoder_with_bom_removal());
        Ok(self.convert(&start, last))
    }

    fn detect(&self, start: &[u8]) -> Result<&'static Encoding, ImportError> {
        if let Some((encoding, _)) = Encoding::for_bom(start) {
            return Ok(encoding);
        }
        let zeros = start.iter().filter(|&&b| b == 0).count();
        if zeros > 0 {
            // UTF-16 without a mark: mostly Latin text has its zeros on one side.
            let even = start.iter().step_by(2).filter(|&&b| b == 0).count();
            let mostly = zeros * 3 > start.len();
            if mostly && even == 0 {
                return Ok(encoding_rs::UTF_16LE);
            } else if mostly && even == zeros {
                return Ok(encoding_rs::UTF_16BE);
            } else if zeros > STRAY_ZEROS && zeros * 100 > start.len() {
                return Err(ImportError::Binary {
                    file: self.file.clone(),
                });
            }
            // A stray one or two condemn their rows, not the file.
        }
        let control = start
            .iter()
            .filter(|&&b| b != 0 && b < 0x20 && !b"\t\n\r\x0b\x0c\x1b".contains(&b))
            .count();
        if control * 50 > start.len() {
            return Err(ImportError::Binary {
                file: self.file.clone(),
            });
        }
        let broken = match std::str::from_utf8(start) {
            Ok(_) => return Ok(UTF_8),
            // A character cut by the end of the sniffed part.
            Err(e) if e.error_len().is_none() && start.len() >= SNIFF => return Ok(UTF_8),
            Err(_) => String::from_utf8_lossy(start),
        };
        // A few broken bytes among many good multi-byte characters: UTF-8 with damage.
        let good = broken
            .chars()
            .filter(|&c| c > '\u{7f}' && c != '\u{fffd}')
            .count();
        let bad = broken.chars().filter(|&c| c == '\u{fffd}').count();
        if good > bad * 4 {
            return Ok(UTF_8);
        }
        let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Allow);
        detector.feed(start, true);
        Ok(detector.guess(None, chardetng::Utf8Detection::Allow))
    }

    fn convert(&mut self, bytes: &[u8], last: bool) -> String {
        let Some(decoder) = self.decoder.as_mut() else {
            return String::new();
        };
        let capacity = decoder
            .max_utf8_buffer_length(bytes.len())
            .unwrap_or(bytes.len() * 3);
        let mut text = String::with_capacity(capacity);
        let (_, _, had_errors) = decoder.decode_to_string(bytes, &mut text, last);
        self.had_errors |= had_errors;
        text
    }
}
