//! A report in a link: its numbers after `#`, which browsers send nowhere. A version, a checksum, and the
//! contents as CBOR under brotli, in letters that every address may have. CBOR and not JSON, because an interval
//! may be infinite; and not postcard as ratings are, because results name their variants by tags, which only
//! self-describing formats can read. Links of version 1 hold JSON and are still read.

use super::content::Content;
use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::io::Read;

/// What stands before a report in a link.
pub const REPORT_MARK: &str = "#/report/";
/// The version that is written.
const VERSION: u8 = 2;
/// The first version: JSON.
const JSON_VERSION: u8 = 1;
/// Bytes of a report, unpacked.
const MAX_BYTES: usize = 16 << 20;
/// Characters of a link; more are not looked at.
const MAX_TEXT: usize = 8 << 20;

/// Why a link holds no report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
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
    /// A report can't be put into a link.
    #[error("the report can't be put into a link: {detail}")]
    NotWritten {
        /// Why.
        detail: String,
    },
}

/// The bytes of a report, which are packed as [`envelope::pack`](assay_rating::envelope::pack) does.
///
/// # Errors
/// [`LinkError::NotWritten`].
pub fn bytes(content: &Content) -> Result<Vec<u8>, LinkError> {
    let mut bytes = Vec::new();
    let written = ciborium::into_writer(content, &mut bytes);
    written.map_err(|error| LinkError::NotWritten {
        detail: error.to_string(),
    })?;
    Ok(bytes)
}

/// The letters after the mark, of packed bytes.
#[must_use]
pub fn of_packed(packed: &[u8]) -> String {
    written(VERSION, packed)
}

fn written(version: u8, packed: &[u8]) -> String {
    let mut all = vec![version];
    all.extend(checksum(packed));
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
    if !(JSON_VERSION..=VERSION).contains(version) {
        return Err(LinkError::Newer { version: *version });
    }
    let (sum, packed) = rest.split_at_checked(8).ok_or(LinkError::Altered)?;
    if sum != checksum(packed) {
        return Err(LinkError::Altered);
    }
    unpack(packed)
        .and_then(|bytes| read(*version, &bytes))
        .filter(Content::is_sound)
        .ok_or(LinkError::NoReport)
}

fn read(version: u8, bytes: &[u8]) -> Option<Content> {
    match version {
        JSON_VERSION => serde_json::from_slice(bytes).ok(),
        // By way of a tree, which takes a smaller program than reading each type from the bytes.
        _ => {
            let tree: ciborium::Value = ciborium::from_reader(bytes).ok()?;
            tree.deserialized().ok()
        }
    }
}

fn unpack(packed: &[u8]) -> Option<Vec<u8>> {
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
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use assay_rating::envelope::pack;
    use proptest::prelude::*;

    #[test]
    fn a_report_survives_its_link() {
        let content = Content {
            version: "1".into(),
            day: "2026-01-02".into(),
            ..Content::default()
        };
        let link = of_packed(&pack(&bytes(&content).unwrap()));
        assert_eq!(decode(&link), Ok(content.clone()));
        assert_eq!(
            decode(&format!("https://x.y/{REPORT_MARK}{link}\n")),
            Ok(content)
        );
        assert_eq!(decode(&link[..link.len() - 3]), Err(LinkError::Altered));
        assert_eq!(decode("Aw"), Err(LinkError::Newer { version: 3 }));
        assert_eq!(decode(""), Err(LinkError::Altered));
    }

    #[test]
    fn links_of_the_first_version_are_still_read() {
        let content = Content {
            day: "2026-01-02".into(),
            ..Content::default()
        };
        let json = serde_json::to_vec(&content).unwrap();
        let link = written(JSON_VERSION, &pack(&json));
        assert_eq!(decode(&link), Ok(content));
    }

    proptest! {
        #[test]
        fn hostile_links_never_panic(text in "[A-Za-z0-9_-]{0,80}", json in "\\PC{0,60}", bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            // A refusal is as good as a result: only a panic fails this test.
            let _ = decode(&text);
            let _ = unpack(&pack(json.as_bytes())).and_then(|bytes| read(JSON_VERSION, &bytes));
            let _ = unpack(&pack(&bytes)).and_then(|bytes| read(VERSION, &bytes));
            let _ = unpack(&bytes);
        }
    }
}
