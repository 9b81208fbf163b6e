//! A text in the pieces that a finger can point at: words, and characters of scripts that write without
//! spaces. Marked errors begin and end with a piece.

use assay_text::script::is_cjk;

/// A piece of a text: characters from `start` up to `end`, counted as Unicode scalar values. The pieces
/// of a text with the spaces between them make the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// The first character.
    pub start: u32,
    /// Behind the last character.
    pub end: u32,
}

/// The pieces of a text, in order: runs of letters and digits, single characters of Chinese and
/// Japanese, single marks of punctuation.
#[must_use]
pub fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    // Whether the last piece is a word that goes on.
    let mut open = false;
    for (at, c) in text.chars().enumerate() {
        let at = at as u32;
        let end = at + 1;
        if c.is_whitespace() {
            open = false;
            continue;
        }
        let in_word = !is_cjk(c) && (c.is_alphanumeric() || "'’-_".contains(c) || is_joined(c));
        match pieces.last_mut() {
            Some(last) if (open && in_word) || (is_joined(c) && last.end == at) => last.end = end,
            _ => pieces.push(Piece { start: at, end }),
        }
        open = in_word;
    }
    pieces
}

/// Whether a character belongs to the one before it: combining marks, joiners, variation selectors.
fn is_joined(c: char) -> bool {
    use unicode_general_category::{GeneralCategory as G, get_general_category};
    let category = get_general_category(c);
    let mark = matches!(
        category,
        G::NonspacingMark | G::SpacingMark | G::EnclosingMark
    );
    mark || c == '\u{200d}'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        let chars: Vec<char> = text.chars().collect();
        let of = |p: &Piece| chars[p.start as usize..p.end as usize].iter().collect();
        pieces(text).iter().map(of).collect()
    }

    #[test]
    fn words_characters_and_marks_stand_alone() {
        assert_eq!(
            texts("It's done, twice."),
            ["It's", "done", ",", "twice", "."]
        );
        assert_eq!(
            texts("用GPT写的。 好"),
            ["用", "GPT", "写", "的", "。", "好"]
        );
        assert_eq!(
            texts("e\u{301}te\u{301} 1.5"),
            ["e\u{301}te\u{301}", "1", ".", "5"]
        );
        assert_eq!(texts(" \n"), Vec::<String>::new());
    }
}
