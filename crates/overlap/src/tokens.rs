//! Texts as tokens: runs of letters and digits in lower case, and each Han character, kana and Hangul syllable by
//! itself. All else separates. A token is kept as a 64-bit hash.

use assay_text::script::is_cjk;

/// The tokens of a text.
#[derive(Default)]
pub(crate) struct Tokens {
    /// A hash for each token.
    pub(crate) hashes: Vec<u64>,
    /// The bytes of the text in which each stands.
    pub(crate) spans: Vec<(usize, usize)>,
    /// Where blocks begin, as places of tokens: a block ends where a line without a token follows.
    pub(crate) blocks: Vec<usize>,
}

const FNV_START: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_PRIME: u64 = 0x0000_0100_0000_01b3;

fn fnv(hash: u64, c: char) -> u64 {
    let mut bytes = [0; 4];
    let bytes = c.encode_utf8(&mut bytes).bytes();
    bytes.fold(hash, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(FNV_PRIME)
    })
}

/// Spreads a hash over all its bits (the last step of SplitMix64).
pub(crate) fn mixed(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

impl Tokens {
    /// Reads a text in place of the one before; memory is used again.
    pub(crate) fn read(&mut self, text: &str) {
        self.hashes.clear();
        self.spans.clear();
        self.blocks.clear();
        self.blocks.push(0);
        let mut open: Option<(usize, u64)> = None;
        let mut line_ends = 0;
        for (at, c) in text.char_indices() {
            let is_part = c.is_alphanumeric();
            let alone = is_part && is_cjk(c);
            if (alone || !is_part)
                && let Some((start, hash)) = open.take()
            {
                self.push(hash, (start, at), &mut line_ends);
            }
            if alone {
                self.push(fnv(FNV_START, c), (at, at + c.len_utf8()), &mut line_ends);
            } else if is_part {
                let (_, hash) = open.get_or_insert((at, FNV_START));
                *hash = match c.is_ascii() {
                    true => fnv(*hash, c.to_ascii_lowercase()),
                    false => c.to_lowercase().fold(*hash, fnv),
                };
            } else if c == '\n' {
                line_ends += 1;
            }
        }
        if let Some((start, hash)) = open {
            self.push(hash, (start, text.len()), &mut line_ends);
        }
    }

    /// The ranges of blocks where there are several, without the label that each may begin with (`user:`).
    pub(crate) fn several_blocks<'a>(
        &'a self,
        text: &'a str,
    ) -> impl Iterator<Item = (usize, usize)> + 'a {
        let is_several = self.blocks.len() > 1;
        let ends = self.blocks[1..].iter().copied().chain([self.hashes.len()]);
        let blocks = self.blocks.iter().copied().zip(ends);
        blocks.filter(move |_| is_several).map(|(start, end)| {
            let after = text.get(self.spans[start].1..).unwrap_or_default();
            let is_label = after.starts_with([':', '：']);
            (start + usize::from(is_label), end)
        })
    }

    fn push(&mut self, hash: u64, span: (usize, usize), line_ends: &mut usize) {
        if *line_ends > 1 && !self.hashes.is_empty() {
            self.blocks.push(self.hashes.len());
        }
        *line_ends = 0;
        self.hashes.push(mixed(hash));
        self.spans.push(span);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        let mut tokens = Tokens::default();
        tokens.read(text);
        let spans = tokens.spans.iter();
        spans.map(|&(start, end)| &text[start..end]).collect()
    }

    #[test]
    fn words_are_runs_of_letters_and_chinese_is_cut_by_characters() {
        assert_eq!(words("It's 3.5, OK?"), ["It", "s", "3", "5", "OK"]);
        assert_eq!(words("用GPT写信。"), ["用", "GPT", "写", "信"]);
        assert!(words(" … ").is_empty());
    }

    #[test]
    fn case_is_no_difference_and_blank_lines_begin_blocks() {
        let read = |text: &str| {
            let mut tokens = Tokens::default();
            tokens.read(text);
            tokens
        };
        let (upper, lower) = (read("ÉTÉ 2024\n--\nnext\nline"), read("été 2024 next line"));
        assert_eq!(upper.hashes, lower.hashes);
        assert_eq!(upper.blocks, [0, 2]);
        assert_eq!(lower.blocks, [0]);
        let chat = "user: Why?\n\nBecause of that: so";
        let ranges: Vec<_> = read(chat).several_blocks(chat).collect();
        assert_eq!(ranges, [(1, 2), (2, 6)]);
    }
}
