//! Numbers as they are written, one by one: signs, thousands, decimals, fractions, powers of ten, words for thousands
//! and millions, percentages.

use super::digits::{plain_number, vulgar};

/// A number in a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Quantity {
    /// The byte where it begins, with its sign and its currency.
    pub start: usize,
    /// The byte after it.
    pub end: usize,
    /// What it is worth; a percentage as it is written.
    pub value: f64,
    /// 100 of a percentage, 1000 of per mille, else 1.
    pub parts: f64,
    /// Whether it is a part of a name or a formula: `H2O`, `GPT-4`, `cm^2`, `x_1`.
    pub is_name: bool,
}

/// All numbers of a text, from left to right.
pub(super) fn quantities(text: &str) -> Vec<Quantity> {
    let mut found: Vec<Quantity> = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find(begins_number) {
        let start = begin(text, from, from + at);
        match read(&text[start..]) {
            Some((body, parts, length)) => {
                let sign = signed(text, from, start);
                found.push(Quantity {
                    start: sign.start,
                    end: start + length,
                    value: if sign.is_negative { -body } else { body },
                    parts: if sign.parts > 1.0 { sign.parts } else { parts },
                    is_name: sign.is_name,
                });
                from = start + length;
            }
            None => from += at + text[from + at..].chars().next().map_or(1, char::len_utf8),
        }
    }
    found
}

fn begins_number(c: char) -> bool {
    c.is_ascii_digit() || vulgar(c).is_some()
}

/// Where the number with a digit at `at` begins: at a point before it, if there is no digit before that.
fn begin(text: &str, from: usize, at: usize) -> usize {
    let before = &text[from..at];
    match before.strip_suffix('.') {
        Some(rest) if !rest.ends_with(|c: char| c.is_alphanumeric() || c == '.') => at - 1,
        _ => at,
    }
}

/// A number's value without its sign, the parts of a percentage, and its length in bytes.
fn read(text: &str) -> Option<(f64, f64, usize)> {
    let (mut value, mut length) = plain_number(text)?;
    let (factor, word) = multiplier(&text[length..]);
    value *= factor;
    length += word;
    // 1亿2000万, 3万5千
    if factor > 1.0
        && text[length..].starts_with(|c: char| c.is_ascii_digit())
        && let Some((rest, 1.0, more)) = read(&text[length..])
        && rest < factor
    {
        value += rest;
        length += more;
    }
    let (parts, sign) = percent(&text[length..]);
    Some((value, parts, length + sign))
}

/// Words by which a number is multiplied, the longer before those that begin them.
const CHINESE: [(&str, f64); 8] = [
    ("万亿", 1e12),
    ("亿", 1e8),
    ("千万", 1e7),
    ("百万", 1e6),
    ("十万", 1e5),
    ("万", 1e4),
    ("千", 1e3),
    ("百", 1e2),
];
/// Units that begin like such a word.
const UNITS: [&str; 8] = [
    "千克", "千米", "千瓦", "千卡", "千焦", "千帕", "千兆", "百分",
];
const ENGLISH: [(&str, f64); 4] = [
    ("thousand", 1e3),
    ("million", 1e6),
    ("billion", 1e9),
    ("trillion", 1e12),
];

/// The factor by which the word after a number multiplies it, and the word's length.
fn multiplier(text: &str) -> (f64, usize) {
    let word = text.trim_start_matches(' ');
    let space = text.len() - word.len();
    if UNITS.iter().any(|unit| word.starts_with(unit)) {
        return (1.0, 0);
    }
    if let Some((name, factor)) = CHINESE.iter().find(|(name, _)| word.starts_with(name)) {
        return (*factor, space + name.len());
    }
    let letters = word.bytes().take_while(u8::is_ascii_alphabetic).count();
    let known = ENGLISH
        .iter()
        .find(|(name, _)| word[..letters].eq_ignore_ascii_case(name));
    match known {
        Some((name, factor)) => (*factor, space + name.len()),
        None if space == 0 && &word[..letters] == "k" => (1e3, 1),
        None => (1.0, 0),
    }
}

/// The parts of a percentage, and the length of its sign.
fn percent(text: &str) -> (f64, usize) {
    let sign = text.trim_start_matches([' ', '\\']);
    let before = text.len() - sign.len();
    let names = [
        ("%", 100.0),
        ("percent", 100.0),
        ("per cent", 100.0),
        ("个百分点", 100.0),
        ("‰", 1000.0),
    ];
    let is = |name: &str| {
        sign.get(..name.len())
            .is_some_and(|s| s.eq_ignore_ascii_case(name))
    };
    match names.into_iter().find(|(name, _)| is(name)) {
        Some((name, parts)) => (parts, before + name.len()),
        None => (1.0, 0),
    }
}

/// What stands before a number.
struct Before {
    start: usize,
    is_negative: bool,
    is_name: bool,
    parts: f64,
}

/// Marks of money.
const CURRENCY: [char; 7] = ['$', '¥', '€', '£', '₹', '￥', '₩'];
/// Signs of negative numbers: hyphen, minus, en dash, small and figure dash.
const MINUS: [char; 5] = ['-', '−', '–', '﹣', '‒'];

/// The sign of the number at `start`, none of it before `from`. A dash after a letter or a digit is a hyphen, a range
/// or a subtraction.
fn signed(text: &str, from: usize, start: usize) -> Before {
    let mut before = &text[from..start];
    let mut found = Before {
        start,
        is_negative: false,
        is_name: false,
        parts: 1.0,
    };
    let coin = before.trim_end_matches(' ').trim_end_matches(['\\']);
    let has_currency = coin.ends_with(CURRENCY);
    if has_currency {
        before = coin.trim_end_matches(CURRENCY).trim_end_matches('\\');
        found.start = from + before.len();
    }
    for (words, parts) in [("百分之", 100.0), ("千分之", 1000.0)] {
        if let Some(rest) = before.trim_end().strip_suffix(words) {
            (before, found.parts, found.start) = (rest, parts, from + rest.len());
        }
    }
    let joined = |c: char| c.is_ascii_alphanumeric() || c == ')' || c == '%';
    if let Some(rest) = before.strip_suffix(MINUS) {
        let previous = match rest.is_empty() {
            true => text[..from].chars().next_back(),
            false => rest.chars().next_back(),
        };
        found.is_negative = !previous.is_some_and(joined);
        found.is_name = previous.is_some_and(|c| c.is_ascii_alphabetic());
        if found.is_negative {
            found.start = from + rest.len();
        }
        return found;
    }
    let words = ["负", "negative ", "Negative "];
    if let Some(rest) = words.iter().find_map(|w| before.strip_suffix(w)) {
        found.is_negative = true;
        found.start = from + rest.len();
    }
    let last = |c: char| c.is_ascii_alphabetic() || c == '_' || c == '^';
    found.is_name = !has_currency
        && !found.is_negative
        && (before.ends_with(last) || before.ends_with("^{") || before.ends_with("_{"));
    found
}

#[cfg(test)]
mod tests {
    use super::quantities;

    #[test]
    fn a_number_is_read_however_it_is_written() {
        for (text, value) in [
            ("1,234", 1234.0),
            ("1 234", 1234.0),
            ("1\u{202f}234,", 1234.0),
            ("1'234'567", 1_234_567.0),
            ("12,34,567", 1_234_567.0),
            ("1.234.567", 1_234_567.0),
            ("1.234", 1.234),
            ("1,2345", 2345.0),
            (".5", 0.5),
            ("-.5", -0.5),
            ("−3.5", -3.5),
            ("负3", -3.0),
            ("是-5", -5.0),
            ("-$5", -5.0),
            ("$-5", -5.0),
            ("2019-2020", 2020.0),
            ("3/4", 0.75),
            ("1 3/4", 1.75),
            ("1½", 1.5),
            ("¾", 0.75),
            ("1.5e3", 1500.0),
            ("2E-2", 0.02),
            ("1.5 × 10^3", 1500.0),
            ("1.5x10^{-3}", 0.0015),
            ("2×10³", 2000.0),
            ("10^6", 1e6),
            ("3.5万元", 35_000.0),
            ("1.2亿", 1.2e8),
            ("1亿2000万", 1.2e8),
            ("3万5千", 35_000.0),
            ("2百万", 2e6),
            ("5千克", 5.0),
            ("3 million", 3e6),
            ("5k", 5000.0),
            ("5 km", 5.0),
            ("18.", 18.0),
            ("US$1,000.50", 1000.5),
        ] {
            let found = quantities(text);
            let last = found.last().map_or(f64::NAN, |q| q.value);
            assert!(
                (last - value).abs() < 1e-9 * value.abs(),
                "{text}: {found:?}"
            );
        }
    }

    #[test]
    fn percentages_have_parts_and_names_are_told_apart() {
        let parts = |text: &str| quantities(text)[0].parts;
        assert_eq!(
            [
                parts("5%"),
                parts("5 percent"),
                parts("百分之5"),
                parts("5‰")
            ],
            [100.0, 100.0, 100.0, 1000.0]
        );
        for text in ["H2O", "GPT-4", "cm^2", "m^{3}", "x_1"] {
            assert!(quantities(text)[0].is_name, "{text}");
        }
        assert!(!quantities("3/4/2020").iter().any(|q| q.value == 0.75));
        assert!(quantities("none at all.").is_empty());
    }
}
