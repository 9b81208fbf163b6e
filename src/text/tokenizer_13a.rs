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

/// The substitutions themselves, which the Chinese tokeniser shares.
pub(super) fn split_punctuation(line: &str) -> String {
    let pass = isolate_ascii_symbols(line);
    let pass = split_pair(
        &pass,
        |a, b| !a.is_ascii_digit() && is_stop(b),
        |out, a, b| {
            out.extend([a, ' ', b, ' ']);
        },
    );
    let pass = split_pair(
        &pass,
        |a, b| is_stop(a) && !b.is_ascii_digit(),
        |out, a, b| {
            out.extend([' ', a, ' ', b]);
        },
    );
    let pass = split_pair(
        &pass,
        |a, b| a.is_ascii_digit() && b == '-',
        |out, a, b| {
            out.extend([a, ' ', b, ' ']);
        },
    );
    squeeze(&pass)
}

fn is_stop(c: char) -> bool {
    c == '.' || c == ','
}

fn isolate_ascii_symbols(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + line.len() / 4);
    for c in line.chars() {
        let symbol = matches!(c, '{'..='~' | '['..='`' | ' '..='&' | '('..='+' | ':'..='@' | '/');
        if symbol {
            out.extend([' ', c, ' ']);
        } else {
            out.push(c);
        }
    }
    out
}

/// A substitution over adjacent pairs: where `matches`, both characters are consumed and
/// `replace` writes them anew; elsewhere one character is copied.
pub(super) fn split_pair(
    line: &str,
    matches: impl Fn(char, char) -> bool,
    replace: impl Fn(&mut String, char, char),
) -> String {
    let mut out = String::with_capacity(line.len() + line.len() / 8);
    let mut chars = line.chars().peekable();
    while let Some(a) = chars.next() {
        match chars.peek() {
            Some(&b) if matches(a, b) => {
                chars.next();
                replace(&mut out, a, b);
            }
            _ => out.push(a),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::tokenize;

    #[test]
    fn numbers_keep_their_points_and_words_lose_theirs() {
        assert_eq!(tokenize("It cost 1,000.50, no?"), "It cost 1,000.50 , no ?");
        assert_eq!(
            tokenize("a 5-year &quot;plan&quot; &apos;x"),
            "a 5 - year \" plan \" & apos ; x"
        );
    }
}
