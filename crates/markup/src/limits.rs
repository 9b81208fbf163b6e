//! What a tree may hold at most, whatever the text.

/// Characters that are read at first: some screens.
const SOON: usize = 12_000;
/// Characters that are read when all is asked for.
const WHOLE: usize = 400_000;
/// Parts of a tree.
const PARTS: usize = 40_000;
/// Blocks within blocks and words within words; what is deeper stands flat.
pub(crate) const MOST_DEEP: usize = 24;

/// What is left for a tree.
pub(crate) struct Limits {
    /// Characters of the text.
    pub(crate) characters: usize,
    parts: usize,
}

impl Limits {
    pub(crate) fn new(is_whole: bool) -> Self {
        Self {
            characters: if is_whole { WHOLE } else { SOON },
            parts: PARTS,
        }
    }

    /// Takes room for some parts; whether there is room.
    pub(crate) fn take(&mut self, parts: usize) -> bool {
        let is_room = self.parts >= parts;
        self.parts = self.parts.saturating_sub(parts);
        is_room
    }
}

/// The beginning of a text, and how many characters are not in it. A few more than the limit are not worth a cut.
pub(crate) fn cut(text: &str, most: usize) -> (&str, usize) {
    let mut places = text.char_indices();
    let Some((end, _)) = places.nth(most) else {
        return (text, 0);
    };
    let left_out = 1 + places.count();
    if left_out * 10 < most {
        return (text, 0);
    }
    (&text[..end], left_out)
}

#[cfg(test)]
mod tests {
    use super::{Limits, cut};

    #[test]
    fn a_text_is_cut_between_characters_and_only_where_much_is_left() {
        assert_eq!(cut("数学数学", 2), ("数学", 2));
        assert_eq!(cut("数学", 2), ("数学", 0));
        assert_eq!(cut(&"a".repeat(105), 100).1, 0);
        assert_eq!(cut(&"a".repeat(115), 100).1, 15);
    }

    #[test]
    fn what_is_taken_is_gone() {
        let mut limits = Limits::new(false);
        assert!(limits.take(super::PARTS - 1));
        assert!(!limits.take(2));
        assert!(!limits.take(1));
    }
}
