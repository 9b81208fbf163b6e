//! A report in a link: its numbers after `#`, which browsers send nowhere. A version, a checksum, and the
//! contents as JSON under brotli, in letters that every address may have. Not in postcard as ratings are: results
//! name their variants by tags, which only self-describing formats can read.

use super::content::Content;
use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::io::Read;

/// What stands before a report in a link.
pub const REPORT_MARK: &str = "#/report/";
/// The version that is written.
const VERSION: u8 = 1;
/// Bytes of a report, unpacked.
const MAX_BYTES: usize = 16 << 20;
/// Characters of a link; more are not looked at.
const MAX_TEXT: usize = 8 << 20;
/// Window of 2 to the power of so many bytes.
const WINDOW: i32 = 20;

/// Why a link holds no report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum LinkError {
    /// Some of it is missing or was changed.
    #[error("the link is incomplete or was changed on its way")]
    Altered,
    /// A later version of the page has made it.
    #[error("the link was made by a later version of this page ({version})")]
    Newer {
        /// Its version.
        version: u8,
    },
    /// It unpacks to something else.
    #[error("the link holds no report")]
    NoReport,
}

/// The letters after the mark.
pub fn encode(content: &Content) -> String {
    let bytes = serde_json::to_vec(content).unwrap_or_default();
    let params = brotli::enc::BrotliEncoderParams {
        lgwin: WINDOW,
        ..Default::default()
    };
    let mut packed = Vec::new();
    // Nothing fails in memory.
    let _ = brotli::BrotliCompress(&mut &bytes[..], &mut packed, &params);
    let mut all = vec![VERSION];
    all.extend(checksum(&packed));
    all.extend(packed);
    BASE64URL_NOPAD.encode(&all)
}

fn checksum(packed: &[u8]) -> [u8; 8] {
    let digest = Sha256::digest(packed);
    std::array::from_fn(|i| digest[i])
}

/// The report in a link, with or without its mark.
///
/// # Errors
/// Why there is none.
pub fn decode(text: &str) -> Result<Content, LinkError> {
    let text = text.trim();
    let text = text
        .rsplit_once(REPORT_MARK)
        .map_or(text, |(_, letters)| letters);
    if text.len() > MAX_TEXT {
        return Err(LinkError::NoReport);
    }
    let bytes = BASE64URL_NOPAD
        .decode(text.as_bytes())
        .map_err(|_| LinkError::Altered)?;
    let (version, rest) = bytes.split_first().ok_or(LinkError::Altered)?;
    if *version != VERSION {
        return Err(LinkError::Newer { version: *version });
    }
    let (sum, packed) = rest.split_at_checked(8).ok_or(LinkError::Altered)?;
    if sum != checksum(packed) {
        return Err(LinkError::Altered);
    }
    unpack(packed)
        .filter(Content::is_sound)
        .ok_or(LinkError::NoReport)
}

fn unpack(packed: &[u8]) -> Option<Content> {
    // This beginning asks for a window of up to a gigabyte, which RFC 7932 does not have.
    if packed.first()? & 0x7f == 0x11 {
        return None;
    }
    let mut bytes = Vec::new();
    let reader = brotli::Decompressor::new(packed, 1 << 14);
    reader
        .take(MAX_BYTES as u64 + 1)
        .read_to_end(&mut bytes)
        .ok()?;
    if bytes.len() > MAX_BYTES {
        return None;
    }
    serde_json::from_slice(&bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn packed(json: &[u8]) -> Vec<u8> {
        let mut packed = Vec::new();
        let _ = brotli::BrotliCompress(&mut &json[..], &mut packed, &Default::default());
        packed
    }

    #[test]
    fn a_report_survives_its_link() {
        let content = Content {
            version: "1".into(),
            day: "2026-01-02".into(),
            ..Content::default()
        };
        let link = encode(&content);
        assert_eq!(decode(&link), Ok(content.clone()));
        assert_eq!(
            decode(&format!("https://x.y/{REPORT_MARK}{link}\n")),
            Ok(content)
        );
        assert_eq!(decode(&link[..link.len() - 3]), Err(LinkError::Altered));
        assert_eq!(decode("Ag"), Err(LinkError::Newer { version: 2 }));
        assert_eq!(decode(""), Err(LinkError::Altered));
    }

    proptest! {
        #[test]
        fn hostile_links_never_panic(text in "[A-Za-z0-9_-]{0,80}", json in "\\PC{0,60}", bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            let _ = decode(&text);
            let _ = unpack(&packed(json.as_bytes()));
            let _ = unpack(&bytes);
        }
    }
}
