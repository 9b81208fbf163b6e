//! Texts of language models as trees of what they show: Markdown, code, LaTeX, JSON, conversations with calls of tools,
//! and reasoning. Nothing of a text becomes anything but a text in the tree, and the tree is bounded whatever the text
//! holds: in its characters, its parts and its depth.

mod chat;
mod code;
mod formula;
mod json;
mod languages;
mod limits;
mod markdown;
mod mathml;
mod nesting;
mod prose;
mod tags;

use assay_protocol::markup::{Block, Parsed, TextToParse};
use limits::{Limits, cut};
use prose::prose;

/// A text as a tree.
///
/// ```
/// use assay_markup::parse;
/// use assay_protocol::markup::{Block, TextToParse};
///
/// let text = "# Result\n\nIt is **42**.".to_owned();
/// let parsed = parse(&TextToParse { text, is_whole: false });
/// assert!(parsed.is_marked);
/// assert!(matches!(parsed.blocks[0], Block::Heading { level: 1, .. }));
/// ```
#[must_use]
pub fn parse(text: &TextToParse) -> Parsed {
    let mut limits = Limits::new(text.is_whole);
    let (shown, left_out) = cut(&text.text, limits.characters);
    // JSON can't be read in part: where all of it is too long it is shown as text.
    if left_out == 0
        && let Some(blocks) = whole_json(shown, &mut limits)
    {
        return Parsed {
            is_marked: true,
            left_out,
            blocks,
        };
    }
    let (blocks, is_marked) = match chat::turns(shown, &mut limits) {
        Some(blocks) => (blocks, true),
        None => prose(shown, &mut limits),
    };
    Parsed {
        is_marked,
        left_out,
        blocks,
    }
}

/// A text that is JSON as a whole: a conversation, or an object or list.
fn whole_json(text: &str, limits: &mut Limits) -> Option<Vec<Block>> {
    let value = json::parsed(text)?;
    if let Some(blocks) = chat::of_json(&value, limits) {
        return Some(blocks);
    }
    let value = json::tree(&value, limits, 0)?;
    Some(vec![Block::Json { value }])
}
