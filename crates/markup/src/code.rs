//! Programs, cut into words, texts, numbers and comments.

use super::languages::{self, Language};
use super::limits::Limits;
use assay_protocol::markup::Piece;

/// Bytes of the longest program that is cut; a longer one is one piece.
const LONGEST: usize = 60_000;

/// A program in pieces. Neighbours of one kind are one piece, and nothing is lost.
pub(crate) fn pieces(text: &str, language: &str, limits: &mut Limits) -> Vec<(Piece, String)> {
    let found = match (language, languages::named(language)) {
        _ if text.len() > LONGEST => vec![(Piece::Other, text)],
        ("diff" | "patch", _) => difference(text),
        (_, Some(language)) => cut(text, language),
        (_, None) => vec![(Piece::Other, text)],
    };
    let mut joined: Vec<(Piece, String)> = Vec::new();
    let mut is_room = true;
    for (piece, text) in found.into_iter().filter(|(_, text)| !text.is_empty()) {
        match joined.last_mut() {
            Some((last, words)) if *last == piece || !is_room => words.push_str(text),
            _ => {
                is_room = limits.take(1);
                joined.push((piece, text.to_owned()));
            }
        }
    }
    joined
}

fn difference(text: &str) -> Vec<(Piece, &str)> {
    let piece = |line: &str| match line.as_bytes().first() {
        Some(b'+') => Piece::Added,
        Some(b'-') => Piece::Removed,
        Some(b'@') => Piece::Comment,
        _ => Piece::Other,
    };
    let lines = text.split_inclusive('\n');
    lines.map(|line| (piece(line), line)).collect()
}

fn cut<'a>(text: &'a str, language: &Language) -> Vec<(Piece, &'a str)> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (piece, length) = next(rest, first, language);
        found.push((piece, &rest[..length]));
        rest = &rest[length..];
    }
    found
}

/// The next piece and its length, which is never 0.
fn next(text: &str, first: char, language: &Language) -> (Piece, usize) {
    let blocks = language.block_comments.iter();
    let mut blocks = blocks.filter(|(open, _)| text.starts_with(open));
    if let Some((open, close)) = blocks.next() {
        let end = text[open.len()..].find(close);
        let length = end.map_or(text.len(), |end| open.len() + end + close.len());
        return (Piece::Comment, length);
    }
    let mut lines = language.line_comments.iter();
    if lines.any(|open| text.starts_with(open)) {
        return (Piece::Comment, text.find('\n').unwrap_or(text.len()));
    }
    let mut quotes = language.quotes.iter();
    if let Some(quote) = quotes.find(|quote| text.starts_with(**quote)) {
        return (Piece::Text, quoted(text, quote));
    }
    if first.is_alphabetic() || first == '_' {
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let end = text.find(|c| !is_word(c)).unwrap_or(text.len());
        return (word(&text[..end], language), end);
    }
    if first.is_ascii_digit() {
        let is_number = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '_';
        let end = text.find(|c| !is_number(c)).unwrap_or(text.len());
        return (Piece::Number, end);
    }
    (Piece::Other, first.len_utf8())
}

/// The length of a text in quotes. One that nothing ends goes to the end of its line, or of all where its quotes may hold
/// lines.
fn quoted(text: &str, quote: &str) -> usize {
    let holds_lines = quote.len() > 1 || quote == "`";
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(quote.chars().count()) {
        match c {
            '\\' => escaped = !escaped,
            '\n' if !holds_lines => return at,
            _ if !escaped && text[at..].starts_with(quote) => return at + quote.len(),
            _ => escaped = false,
        }
    }
    text.len()
}

fn word(word: &str, language: &Language) -> Piece {
    let is_keyword = match language.any_case {
        true => {
            let lower = word.to_ascii_lowercase();
            language.keywords.contains(&lower.as_str())
        }
        false => language.keywords.contains(&word),
    };
    if is_keyword {
        Piece::Keyword
    } else {
        Piece::Other
    }
}

#[cfg(test)]
mod tests {
    use super::super::limits::Limits;
    use super::pieces;
    use assay_protocol::markup::Piece::{
        self, Added, Comment, Keyword, Number, Other, Removed, Text,
    };

    fn of(text: &str, language: &str) -> Vec<(Piece, String)> {
        pieces(text, language, &mut Limits::new(false))
    }

    fn expected(pieces: &[(Piece, &str)]) -> Vec<(Piece, String)> {
        pieces.iter().map(|(p, t)| (*p, (*t).to_owned())).collect()
    }

    #[test]
    fn words_texts_numbers_and_comments_are_told_apart() {
        let python = [
            (Keyword, "return"),
            (Other, " "),
            (Text, "\"a\\\"b\""),
            (Other, " + "),
            (Number, "1.5"),
            (Other, " "),
            (Comment, "# '"),
        ];
        assert_eq!(
            of("return \"a\\\"b\" + 1.5 # '", "python"),
            expected(&python)
        );
        let sql = [
            (Keyword, "Select"),
            (Other, " 数 "),
            (Keyword, "FROM"),
            (Other, " t"),
        ];
        assert_eq!(of("Select 数 FROM t", "SQL"), expected(&sql));
        let c = [(Comment, "/* int")];
        assert_eq!(of("/* int", "c"), expected(&c));
        let diff = [(Other, " a\n"), (Removed, "-b\n"), (Added, "+c")];
        assert_eq!(of(" a\n-b\n+c", "diff"), expected(&diff));
        assert_eq!(of("if x", "nobody's"), expected(&[(Other, "if x")]));
    }

    #[test]
    fn a_quote_without_an_end_ends_with_its_line() {
        let found = [(Text, "'a"), (Other, "\nb")];
        assert_eq!(of("'a\nb", "python"), expected(&found));
    }
}
