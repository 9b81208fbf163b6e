//! gzip and brotli, for the server and for the sizes that a build prints.

use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;

/// How a file is packed on its way to the browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// Smaller; browsers take it over https and from this machine.
    Brotli,
    /// Taken by every browser.
    Gzip,
}

impl Encoding {
    /// Its name in HTTP.
    pub fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
        }
    }

    /// The best one that an `Accept-Encoding` header takes.
    pub fn accepted(header: &str) -> Option<Self> {
        let takes = |encoding: Encoding| {
            header.split(',').any(|part| {
                let (name, weight) = part.split_once(';').unwrap_or((part, ""));
                let refused = weight.trim().trim_start_matches("q=").parse() == Ok(0.0);
                name.trim().eq_ignore_ascii_case(encoding.name()) && !refused
            })
        };
        [Self::Brotli, Self::Gzip].into_iter().find(|e| takes(*e))
    }

    /// The bytes, packed as well as a server does it while somebody waits.
    pub fn pack(self, bytes: &[u8]) -> std::io::Result<Vec<u8>> {
        self.pack_at(bytes, Effort::Quick)
    }

    /// The bytes, packed as well as it is done once for a release.
    pub fn pack_well(self, bytes: &[u8]) -> std::io::Result<Vec<u8>> {
        self.pack_at(bytes, Effort::Great)
    }

    fn pack_at(self, mut bytes: &[u8], effort: Effort) -> std::io::Result<Vec<u8>> {
        let mut packed = Vec::with_capacity(bytes.len() / 3);
        match self {
            Self::Brotli => {
                let parameters = brotli::enc::BrotliEncoderParams {
                    quality: match effort {
                        Effort::Quick => 2,
                        Effort::Great => 9,
                    },
                    lgwin: 22,
                    size_hint: bytes.len(),
                    ..Default::default()
                };
                brotli::BrotliCompress(&mut bytes, &mut packed, &parameters)?;
            }
            Self::Gzip => {
                let level = match effort {
                    Effort::Quick => Compression::default(),
                    Effort::Great => Compression::best(),
                };
                let mut encoder = GzEncoder::new(packed, level);
                encoder.write_all(bytes)?;
                packed = encoder.finish()?;
            }
        }
        Ok(packed)
    }
}

#[derive(Clone, Copy)]
enum Effort {
    Quick,
    Great,
}

#[cfg(test)]
mod tests {
    use super::Encoding;
    use std::io::Read;

    #[test]
    fn what_is_packed_unpacks_to_the_same_bytes() {
        let text = "a page of many like words, ".repeat(500).into_bytes();
        let brotli = Encoding::Brotli.pack(&text).unwrap();
        let gzip = Encoding::Gzip.pack_well(&text).unwrap();
        assert!(brotli.len() < text.len() / 10 && gzip.len() < text.len() / 10);
        let mut found = Vec::new();
        brotli::BrotliDecompress(&mut &brotli[..], &mut found).unwrap();
        assert_eq!(found, text);
        found.clear();
        flate2::read::GzDecoder::new(&gzip[..])
            .read_to_end(&mut found)
            .unwrap();
        assert_eq!(found, text);
    }

    #[test]
    fn the_best_accepted_encoding_is_chosen() {
        let accepted = Encoding::accepted;
        assert_eq!(accepted("gzip, deflate, br"), Some(Encoding::Brotli));
        assert_eq!(accepted("gzip;q=0.5, br;q=0"), Some(Encoding::Gzip));
        assert_eq!(accepted("identity"), None);
        assert_eq!(accepted(""), None);
    }
}
