//! Chinese cut into words as jieba 0.42.1 does it by default: the likeliest path through its dictionary, and
//! a hidden Markov model for what the dictionary has not. The crate carries the model; the dictionary is a
//! file of 1.3 MB beside the page, made by `examples/jieba.rs`, that is loaded when it is first asked for.

use super::whitespace;
use jieba_rs::Jieba;
use std::io::Read;
use std::sync::OnceLock;

/// Unpacked bytes that a file may have.
const MOST_BYTES: u64 = 32 << 20;

/// Cuts a text: where each word begins and ends.
type Cut = Box<dyn Fn(&str) -> Vec<(usize, usize)> + Send + Sync>;

/// A function, not the crate's own type, so that a program that never loads a dictionary is linked without
/// the crate.
static LOADED: OnceLock<Cut> = OnceLock::new();

/// The file of a dictionary whose lines hold a word, how often it was seen, and more that is left out.
#[must_use]
pub fn packed(dictionary: &str) -> Vec<u8> {
    let mut words: Vec<(&str, &str)> = dictionary
        .lines()
        .filter_map(|line| {
            let mut parts = line.split(' ');
            Some((parts.next()?, parts.next()?))
        })
        .collect();
    // Words that begin alike stand together, and numbers by themselves: both pack better so.
    words.sort_unstable();
    let mut text = String::new();
    for part in [
        words.iter().map(|w| w.0).collect::<Vec<_>>(),
        words.iter().map(|w| w.1).collect(),
    ] {
        text.push_str(&part.join("\n"));
        text.push('\0');
    }
    let mut packed = Vec::new();
    let params = brotli::enc::BrotliEncoderParams {
        lgwin: 24,
        ..Default::default()
    };
    // Packing what stands in memory does not fail.
    let _ = brotli::BrotliCompress(&mut text.as_bytes(), &mut packed, &params);
    packed
}

fn unpacked(bytes: &[u8]) -> Option<String> {
    let mut text = String::new();
    let mut reader = brotli::Decompressor::new(bytes, 1 << 14).take(MOST_BYTES);
    reader.read_to_string(&mut text).ok()?;
    let mut parts = text.split('\0');
    let (words, counts) = (parts.next()?, parts.next()?);
    let lines = words.lines().zip(counts.lines());
    Some(
        lines
            .map(|(word, count)| format!("{word} {count}\n"))
            .collect(),
    )
}

/// Takes the file for the whole program. `false` where it is none.
pub fn load(bytes: &[u8]) -> bool {
    if is_loaded() {
        return true;
    }
    let jieba = unpacked(bytes).and_then(|text| Jieba::with_dict(&mut text.as_bytes()).ok());
    let is_one = jieba.is_some();
    if let Some(jieba) = jieba {
        LOADED.get_or_init(|| {
            Box::new(move |text| {
                let place = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
                let cut = jieba.cut(text, true).into_iter();
                let apart = |word| match is_joined(word) && !jieba.has_word(word) {
                    true => parts(word),
                    false => vec![word],
                };
                cut.flat_map(|token| apart(token.word))
                    .map(|word| (place(word), place(word) + word.len()))
                    .collect()
            })
        });
    }
    is_one
}

/// Whether a word is Latin letters or digits joined by marks: the crate keeps such a word whole, jieba does
/// not.
fn is_joined(word: &str) -> bool {
    let mark = |b: u8| b"+#&._%-".contains(&b);
    word.bytes().all(|b| b.is_ascii_alphanumeric() || mark(b)) && word.bytes().any(mark)
}

/// The parts of such a word: runs of letters and digits with a decimal part and a per cent sign after
/// them, and what stands between those.
fn parts(word: &str) -> Vec<&str> {
    let bytes = word.as_bytes();
    let run = |from: usize, of: fn(&u8) -> bool| bytes[from..].iter().take_while(|b| of(b)).count();
    let mut parts = Vec::new();
    let mut from = 0;
    while from < bytes.len() {
        let mut to = from + run(from, u8::is_ascii_alphanumeric);
        if to > from {
            let decimals = match bytes.get(to) {
                Some(b'.') => run(to + 1, u8::is_ascii_digit),
                _ => 0,
            };
            to += if decimals > 0 { 1 + decimals } else { 0 };
            to += usize::from(bytes.get(to) == Some(&b'%'));
        } else {
            to += run(to, |b| !b.is_ascii_alphanumeric());
        }
        parts.push(&word[from..to]);
        from = to;
    }
    parts
}

/// Whether the dictionary is there.
#[must_use]
pub fn is_loaded() -> bool {
    LOADED.get().is_some()
}

/// The words of a text, without white space between them; none before the dictionary is loaded.
#[must_use]
pub fn words(text: &str) -> Vec<&str> {
    let Some(cut) = LOADED.get() else {
        return Vec::new();
    };
    let words = cut(text).into_iter();
    words
        .map(|(from, to)| whitespace::trim(&text[from..to]))
        .filter(|word| !word.is_empty())
        .collect()
}

/// All tokens of a text as jieba's `cut` gives them: white space among them, each character by itself but for the line
/// ends of Windows. None before the dictionary is loaded.
#[must_use]
pub fn tokens(text: &str) -> Vec<&str> {
    let Some(cut) = LOADED.get() else {
        return Vec::new();
    };
    let mut tokens = Vec::new();
    for (from, to) in cut(text) {
        let mut rest = &text[from..to];
        if !whitespace::trim(rest).is_empty() {
            tokens.push(rest);
            continue;
        }
        while let Some(first) = rest.chars().next() {
            let length = if rest.starts_with("\r\n") {
                2
            } else {
                first.len_utf8()
            };
            tokens.push(&rest[..length]);
            rest = &rest[length..];
        }
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dictionary_is_packed_and_words_come_out_of_it() {
        let bytes = packed("北京 34488 ns\n天安门 6013 ns\n爱 31432 v\n我 328841 r\n");
        assert_eq!(
            unpacked(&bytes).unwrap(),
            "北京 34488\n天安门 6013\n我 328841\n爱 31432\n"
        );
        assert_eq!(unpacked(b"nothing"), None);
        assert!(is_joined("16-29") && !is_joined("29") && !is_joined("十-二"));
        assert_eq!(parts("16-29"), ["16", "-", "29"]);
        assert_eq!(parts("v1.5%--3.x"), ["v1.5%", "--", "3", ".", "x"]);
        assert!(!load(b"nothing"));
    }
}
