//! A report as Markdown, in the dialect of GitHub; charts are left to the tables beside them.

use super::document::{Block, Cell, Document};

/// Writes it.
pub fn write(document: &Document) -> String {
    let mut out = String::new();
    for block in &document.blocks {
        match block {
            Block::Heading { level, text } => {
                out.push_str(&"#".repeat(usize::from(*level)));
                out.push(' ');
                out.push_str(&escaped(text));
                out.push_str("\n\n");
            }
            Block::Paragraph { text } => {
                out.push_str(&escaped(text));
                out.push_str("\n\n");
            }
            Block::List { items } => {
                for item in items {
                    out.push_str(&format!("- {}\n", escaped(item)));
                }
                out.push('\n');
            }
            Block::Table {
                caption,
                head,
                rows,
            } => {
                if !caption.is_empty() {
                    out.push_str(&format!("{}\n\n", escaped(caption)));
                }
                row(&mut out, head);
                let rule = |c: &Cell| if c.number { "---:" } else { "---" };
                let rules: Vec<&str> = head.iter().map(rule).collect();
                out.push_str(&format!("| {} |\n", rules.join(" | ")));
                rows.iter().for_each(|r| row(&mut out, r));
                out.push('\n');
            }
            Block::Chart { .. } => {}
        }
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

fn row(out: &mut String, cells: &[Cell]) {
    let cells: Vec<String> = cells.iter().map(|c| escaped(&c.text)).collect();
    out.push_str(&format!("| {} |\n", cells.join(" | ")));
}

/// Text that Markdown would take for something else is escaped.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '&' | '$' => {
                out.push('\\');
                out.push(c);
            }
            '\n' | '\r' => out.push(' '),
            c => out.push(c),
        }
    }
    // At a line's beginning these would open a list.
    if out.starts_with(['-', '+']) {
        out.insert(0, '\\');
    }
    out
}
