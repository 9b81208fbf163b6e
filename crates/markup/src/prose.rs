//! What somebody writes or says: reasoning, calls of tools, and Markdown between them.

use super::limits::Limits;
use super::{json, markdown, tags};
use assay_protocol::markup::Block;

/// A text that is no conversation: reasoning, calls of tools, and Markdown between them; and whether any of it is there.
pub(crate) fn prose(text: &str, limits: &mut Limits) -> (Vec<Block>, bool) {
    let mut blocks = Vec::new();
    let mut is_marked = false;
    for part in tags::parts(text) {
        match part {
            tags::Part::Text(text) => {
                let (more, marked) = markdown::blocks(text, limits);
                is_marked |= marked;
                blocks.extend(more);
            }
            tags::Part::Reasoning { text, is_cut } => {
                is_marked = true;
                blocks.push(Block::Reasoning {
                    characters: text.trim().chars().count(),
                    is_cut,
                    blocks: markdown::blocks(text, limits).0,
                });
            }
            tags::Part::ToolCall(text) => {
                is_marked = true;
                blocks.extend(json::tool_call(text, limits));
            }
            tags::Part::ToolResult(text) => {
                is_marked = true;
                blocks.push(Block::ToolResult {
                    name: String::new(),
                    blocks: json::or_plain(text.trim(), limits),
                });
            }
        }
    }
    (blocks, is_marked)
}
