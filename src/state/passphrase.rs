//! How hard a passphrase is to guess: an estimate from below, for whoever protects a task. It counts what a person who
//! guesses by pattern has to try: common passphrases, runs such as `1234`, keys in a row, repeated characters and words;
//! what is left counts by letter, a letter of a word for less than a random one.
//!
//! The crate `zxcvbn` knows 100,000 passwords and names, and takes some 400 kB of the page's 1 MB, for a field that few
//! people use. A list that short misses rare names and dates, so the threshold is set higher instead: a passphrase passes
//! unasked only with 50 bits, which takes four words or a dozen mixed characters.

use std::collections::BTreeSet;

/// How hard a passphrase is to guess.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// It may be found by guessing.
    Weak,
    /// Hard to guess with several graphics cards.
    Fair,
    /// Out of reach.
    Strong,
}

/// Bits from which a passphrase is no longer weak: at 100,000 guesses a second, which takes several graphics cards with
/// Argon2id at 64 MiB, a person who guesses needs 350 years for all of them.
const FAIR_BITS: f64 = 50.0;
/// Bits from which it is strong, a thousand times as many.
const STRONG_BITS: f64 = 60.0;

/// Bits of one of the common passphrases.
const COMMON_BITS: f64 = 6.0;
/// Bits of a letter in a run of letters, which may be a word.
const LETTER_BITS: f64 = 2.5;
/// Bits of one of one or two letters between other characters, which are no word.
const LONE_LETTER_BITS: f64 = 4.2;
/// Bits of a whole word, of which a person picks among some thousands.
const WORD_BITS: f64 = 12.0;
/// Bits of a digit, by chance.
const DIGIT_BITS: f64 = 3.3;
/// Bits of any other ASCII character.
const SIGN_BITS: f64 = 4.5;
/// Bits of a character of Chinese, Japanese or another script with many.
const WIDE_BITS: f64 = 5.0;
/// Bits for where a run begins and how long it is.
const RUN_BITS: f64 = 5.0;
/// Characters that are a run.
const RUN: usize = 3;

/// What many people choose, in English and in pinyin, in small letters and with digits for letters undone.
const COMMON: [&str; 66] = [
    "password",
    "passwort",
    "qwerty",
    "letmein",
    "welcome",
    "admin",
    "administrator",
    "iloveyou",
    "loveyou",
    "monkey",
    "dragon",
    "sunshine",
    "princess",
    "football",
    "baseball",
    "master",
    "shadow",
    "superman",
    "batman",
    "trustno",
    "hello",
    "freedom",
    "whatever",
    "secret",
    "login",
    "changeme",
    "default",
    "computer",
    "internet",
    "michael",
    "jordan",
    "summer",
    "winter",
    "spring",
    "autumn",
    "assay",
    "rating",
    "test",
    "guest",
    "user",
    "root",
    "pass",
    "abc",
    "love",
    "star",
    "woaini",
    "wodemima",
    "mima",
    "nihao",
    "zhongguo",
    "beijing",
    "shanghai",
    "laopo",
    "laogong",
    "baobao",
    "tianya",
    "aini",
    "wang",
    "zhang",
    "chen",
    "yang",
    "huang",
    "zhao",
    "liu",
    "xiao",
    "caonima",
];
/// Rows of keys and of what is counted, in which neighbours are a run.
const ROWS: [&str; 6] = [
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1qaz2wsx3edc4rfv5tgb",
];
/// Numbers that many people in China choose.
const NUMBERS: [&str; 5] = ["5201314", "1314520", "1314521", "520", "1314"];

/// The strength of a passphrase, without the spaces around it, which do not count.
#[must_use]
pub fn strength(passphrase: &str) -> Strength {
    match bits(passphrase.trim()) {
        bits if bits < FAIR_BITS => Strength::Weak,
        bits if bits < STRONG_BITS => Strength::Fair,
        _ => Strength::Strong,
    }
}

/// The logarithm, to the base 2, of about the passphrases that are tried before this one.
fn bits(passphrase: &str) -> f64 {
    let plain: Vec<char> = passphrase.chars().flat_map(char::to_lowercase).collect();
    let mut seen = BTreeSet::new();
    let (mut total, mut at) = (0.0, 0);
    // Capitals at the beginning of words add next to nothing.
    while at < plain.len() {
        let (length, bits) = piece(&plain[at..]);
        let text: String = plain[at..at + length].iter().collect();
        // A piece that comes again is guessed with the first.
        total += if seen.insert(text) { bits } else { 1.0 };
        at += length;
    }
    total
}

/// The length of the piece at the beginning, and its bits.
fn piece(rest: &[char]) -> (usize, f64) {
    let patterns = [common(rest), number(rest), repeated(rest), run(rest)];
    let longest = patterns
        .into_iter()
        .flatten()
        .max_by_key(|(length, _)| *length);
    longest.unwrap_or_else(|| plain_piece(rest))
}

/// Letters that digits and signs are put for.
fn unmasked(c: char) -> char {
    match c {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        other => other,
    }
}

fn common(rest: &[char]) -> Option<(usize, f64)> {
    let unmasked: String = rest.iter().map(|c| unmasked(*c)).collect();
    let found = COMMON.iter().filter(|word| unmasked.starts_with(**word));
    found
        .map(|word| (word.len(), COMMON_BITS))
        .max_by_key(|(length, _)| *length)
}

/// A number that many choose, or a year or date of this and the last century.
fn number(rest: &[char]) -> Option<(usize, f64)> {
    let digits: String = rest.iter().take_while(|c| c.is_ascii_digit()).collect();
    if let Some(number) = NUMBERS.iter().find(|number| digits.starts_with(**number)) {
        return Some((number.len(), COMMON_BITS));
    }
    let is_year = digits.starts_with("19") || digits.starts_with("20");
    match digits.len() {
        8.. if is_year => Some((8, 15.0)),
        6.. => None,
        4.. if is_year => Some((4, 7.0)),
        _ => None,
    }
}

fn repeated(rest: &[char]) -> Option<(usize, f64)> {
    let first = rest.first()?;
    let length = rest.iter().take_while(|c| *c == first).count();
    (length >= RUN).then_some((length, RUN_BITS))
}

/// Neighbours in a row, in either direction.
fn run(rest: &[char]) -> Option<(usize, f64)> {
    let along = |row: &[char]| {
        let start = row.iter().position(|c| Some(c) == rest.first())?;
        let same = row[start..].iter().zip(rest).take_while(|(a, b)| a == b);
        Some(same.count())
    };
    let both = ROWS.iter().flat_map(|row| {
        let forward: Vec<char> = row.chars().collect();
        let backward: Vec<char> = row.chars().rev().collect();
        [along(&forward), along(&backward)]
    });
    let length = both.flatten().max()?;
    (length >= RUN).then_some((length, RUN_BITS))
}

/// A word, or one character that is no letter.
fn plain_piece(rest: &[char]) -> (usize, f64) {
    let is_letter = |c: &char| c.is_alphabetic() && !assay_text::script::is_cjk(*c);
    let mut length = rest.iter().take_while(|c| is_letter(c)).count();
    // A word ends where a pattern begins.
    let begins = (1..length).find(|&at| {
        common(&rest[at..]).is_some_and(|(l, _)| l > RUN) || run(&rest[at..]).is_some()
    });
    length = begins.unwrap_or(length);
    match rest[0] {
        _ if (1..RUN).contains(&length) => (length, length as f64 * LONE_LETTER_BITS),
        _ if length > 0 => (length, (length as f64 * LETTER_BITS).min(WORD_BITS)),
        c if c.is_ascii_digit() => (1, DIGIT_BITS),
        c if c.is_whitespace() => (1, 0.0),
        c if c.is_ascii() => (1, SIGN_BITS),
        _ => (1, WIDE_BITS),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_choose_is_weak() {
        for passphrase in [
            "",
            "a",
            "password",
            "Passw0rd!",
            "123456",
            "12345678901234567890",
            "qwertyuiop",
            "1qaz2wsx3edc",
            "aaaaaaaaaaaaaaaaaaaaaaaa",
            "abcabcabcabcabcabcabc",
            "woaini1314",
            "woaini5201314",
            "zhang19900101",
            "Summer2026!",
            "iloveyou iloveyou iloveyou",
            "correct horse",
            "letmein123456",
            "P@ssw0rd2024",
            "我爱你",
            "passwordpasswordpassword",
            "admin admin admin admin",
        ] {
            assert_eq!(
                strength(passphrase),
                Strength::Weak,
                "{passphrase}: {}",
                bits(passphrase)
            );
        }
    }

    #[test]
    fn several_words_or_random_characters_are_not() {
        for passphrase in [
            "correct horse battery staple quick",
            "k7#mQ2v!x9Lp4w&",
            "granite violin teapot marble orbit",
            "9f3a7c1e5b8d2064a1",
            "昨夜西风凋碧树独上高楼望尽",
            "zebra-lantern-oxygen-tulip-7391",
        ] {
            assert!(
                strength(passphrase) > Strength::Weak,
                "{passphrase}: {}",
                bits(passphrase)
            );
        }
    }

    #[test]
    fn a_word_more_never_makes_it_easier() {
        let mut before = 0.0;
        let mut text = String::new();
        for word in ["granite", "violin", "teapot", "marble", "orbit", "lantern"] {
            text.push_str(word);
            text.push(' ');
            let now = bits(text.trim());
            assert!(now > before, "{text}");
            before = now;
        }
        assert_eq!(strength(&text), Strength::Strong);
    }

    #[test]
    fn spaces_around_it_and_capitals_do_not_count() {
        assert_eq!(bits("PASSWORD"), bits("password"));
        assert_eq!(strength("  granite violin  "), strength("granite violin"));
    }
}
