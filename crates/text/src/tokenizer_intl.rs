//! mteval-v14's international tokenisation as sacreBLEU 2.6.0 writes it: punctuation apart unless
//! a number stands on that side, symbols always apart.

use super::whitespace::squeeze;
use unicode_general_category::{GeneralCategory as G, get_general_category};

/// The tokens of `line`, one space between them.
pub fn tokenize(line: &str) -> String {
    let pass = split_pair(
        line,
        |a, b| !is_number(a) && is_punctuation(b),
        |out, a, b| {
            out.extend([a, ' ', b, ' ']);
        },
    );
    let pass = split_pair(
        &pass,
        |a, b| is_punctuation(a) && !is_number(b),
        |out, a, b| {
            out.extend([' ', a, ' ', b]);
        },
    );
    let mut out = String::with_capacity(pass.len() + 8);
    for c in pass.chars() {
        if is_symbol(c) {
            out.extend([' ', c, ' ']);
        } else {
            out.push(c);
        }
    }
    squeeze(&out)
}

fn is_number(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_digit();
    }
    matches!(
        get_general_category(c),
        G::DecimalNumber | G::LetterNumber | G::OtherNumber
    )
}

fn is_punctuation(c: char) -> bool {
    matches!(
        get_general_category(c),
        G::ConnectorPunctuation
            | G::DashPunctuation
            | G::OpenPunctuation
            | G::ClosePunctuation
            | G::InitialPunctuation
            | G::FinalPunctuation
            | G::OtherPunctuation
    )
}

fn is_symbol(c: char) -> bool {
    matches!(
        get_general_category(c),
        G::MathSymbol | G::CurrencySymbol | G::ModifierSymbol | G::OtherSymbol
    )
}

/// A substitution over adjacent pairs: where `matches`, both characters are consumed and `replace` writes
/// them anew; elsewhere one character is copied.
fn split_pair(
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
    fn a_full_stop_after_a_digit_stays() {
        assert_eq!(tokenize("“No”—it’s 5."), "“ No ” — it ’ s 5.");
        assert_eq!(tokenize("3€+2"), "3 € + 2");
    }
}
