//! WMT's mteval-v13a tokenisation as sacreBLEU 2.6.0 writes it (`tokenizer_13a.py`,
//! `tokenizer_re.py`). Four substitutions run one after another over the whole line, each from
//! left to right without overlap; they are written here as passes over characters.

use super::whitespace::squeeze;

/// The tokens of `line`, one space between them.
pub fn tokenize(line: &str) -> String {
    let mut text = line
        .replace("<skipped>", "")
        .replace("-\n", "")
        .replace('\n', " ");
    if text.contains('&') {
        text = text
            .replace("&quot;", "\"")
            .replace("&amp;", "&")
            .replace("&lt;", "<")
            .replace("&gt;", ">");
    }
    split_punctuation(&format!(" {text} "))
}

/// The substitutions themselves, which the Chinese tokeniser shares. They look at ASCII alone and put
/// spaces beside it, so that they can go over bytes: a letter of several bytes is never cut.
pub(super) fn split_punctuation(line: &str) -> String {
    squeeze(&split_stops(&split_marks(line)))
}

/// The first substitution: a space before and after marks that always stand alone.
pub(super) fn split_marks(line: &str) -> String {
    let mut text = Vec::with_capacity(line.len() + line.len() / 2);
    for byte in line.bytes() {
        if matches!(byte, b'{'..=b'~' | b'['..=b'`' | b' '..=b'&' | b'('..=b'+' | b':'..=b'@' | b'/')
        {
            text.extend([b' ', byte, b' ']);
        } else {
            text.push(byte);
        }
    }
    // Whole letters went in, and nothing was put between their bytes.
    String::from_utf8_lossy(&text).into_owned()
}

/// The other three: stops stand alone unless digits are on both sides, and a dash after a digit does.
pub(super) fn split_stops(line: &str) -> String {
    let mut text = line.as_bytes().to_vec();
    let mut other = Vec::with_capacity(text.len() + text.len() / 8);
    let digit = |b: u8| b.is_ascii_digit();
    split_pair(
        &text,
        &mut other,
        |a, b| !digit(a) && is_stop(b),
        |a, b| [a, b' ', b, b' '],
    );
    split_pair(
        &other,
        &mut text,
        |a, b| is_stop(a) && !digit(b),
        |a, b| [b' ', a, b' ', b],
    );
    split_pair(
        &text,
        &mut other,
        |a, b| digit(a) && b == b'-',
        |a, b| [a, b' ', b, b' '],
    );
    String::from_utf8_lossy(&other).into_owned()
}

fn is_stop(byte: u8) -> bool {
    byte == b'.' || byte == b','
}

/// A substitution over adjacent pairs: where `matches`, both bytes are taken and written anew; elsewhere
/// one is copied.
fn split_pair(
    from: &[u8],
    to: &mut Vec<u8>,
    matches: impl Fn(u8, u8) -> bool,
    anew: impl Fn(u8, u8) -> [u8; 4],
) {
    to.clear();
    let mut at = 0;
    while at < from.len() {
        match from.get(at + 1) {
            Some(&next) if matches(from[at], next) => {
                to.extend(anew(from[at], next));
                at += 2;
            }
            _ => {
                to.push(from[at]);
                at += 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::tokenize;

    #[test]
    fn decimal_points_stay_and_full_stops_split_off() {
        assert_eq!(tokenize("It cost 1,000.50, no?"), "It cost 1,000.50 , no ?");
        assert_eq!(
            tokenize("a 5-year &quot;plan&quot; &apos;x"),
            "a 5 - year \" plan \" & apos ; x"
        );
    }
}
