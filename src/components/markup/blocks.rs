//! Blocks and what stands in their lines, as elements.

use super::json::json;
use super::math::formula;
use assay_locale::Locale;
use assay_protocol::markup::{Block, Inline, Piece, Speaker, Style};
use yew::prelude::*;

/// Blocks, one below the other.
pub(super) fn blocks(t: &Locale, all: &[Block]) -> Html {
    html! { <>{ for all.iter().map(|one| block(t, one)) }</> }
}

fn block(t: &Locale, block: &Block) -> Html {
    match block {
        Block::Paragraph { content } => html! { <p dir="auto">{ words(content) }</p> },
        // No headings of the page's own outline: a text may begin with any level.
        Block::Heading { level, content } => {
            html! { <p class={format!("heading h{level}")} dir="auto">{ words(content) }</p> }
        }
        Block::Quote { blocks: all } => html! { <blockquote>{ blocks(t, all) }</blockquote> },
        Block::List { start, items } => {
            let items = items
                .iter()
                .map(|item| html! { <li>{ for item.iter().map(|one| in_list(t, one)) }</li> });
            match start {
                Some(start) => {
                    html! { <ol start={start.to_string()} dir="auto">{ for items }</ol> }
                }
                None => html! { <ul dir="auto">{ for items }</ul> },
            }
        }
        Block::Table { head, rows } => table(t, head, rows),
        Block::Code { language, pieces } => html! {
            <pre tabindex="0" dir="ltr" data-language={language.clone()}><code>{ for pieces.iter().map(|(kind, text)| piece(*kind, text)) }</code></pre>
        },
        Block::Rule => html! { <hr /> },
        Block::Json { value } => html! { <div class="json" dir="ltr">{ json(t, value) }</div> },
        Block::Reasoning {
            characters,
            is_cut,
            blocks: all,
        } => {
            let key = if *is_cut {
                "reasoning-cut"
            } else {
                "reasoning"
            };
            let summary = t.with(key, &[("count", t.count(*characters))]);
            html! { <details class="reasoning"><summary>{ summary }</summary>{ blocks(t, all) }</details> }
        }
        Block::Turn {
            speaker,
            name,
            blocks: all,
        } => turn(t, *speaker, name, all),
        Block::ToolCall { name, blocks: all } => tool(t, "tool-call", name, all),
        Block::ToolResult { name, blocks: all } => tool(t, "tool-result", name, all),
        Block::Plain { text } => html! { <p class="prose" dir="auto">{ text }</p> },
    }
}

/// A block of a list's item. Its paragraphs leave the direction to the list, whose marks stand on one side: a browser finds
/// it in what has no direction of its own.
fn in_list(t: &Locale, one: &Block) -> Html {
    match one {
        Block::Paragraph { content } => html! { <p>{ words(content) }</p> },
        other => block(t, other),
    }
}

fn table(t: &Locale, head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>]) -> Html {
    html! {
        <div class="scroll" tabindex="0" role="group" aria-label={t.text("table-in-text")}>
            <table>
                <thead><tr>{ for head.iter().map(|cell| html! { <th scope="col" dir="auto">{ words(cell) }</th> }) }</tr></thead>
                <tbody>{ for rows.iter().map(|row| html! {
                    <tr>{ for row.iter().map(|cell| html! { <td dir="auto">{ words(cell) }</td> }) }</tr>
                }) }</tbody>
            </table>
        </div>
    }
}

fn turn(t: &Locale, speaker: Speaker, name: &str, all: &[Block]) -> Html {
    let (class, label) = match speaker {
        Speaker::System => ("system", t.text("speaker-system")),
        Speaker::User => ("user", t.text("speaker-user")),
        Speaker::Assistant => ("assistant", t.text("speaker-assistant")),
        Speaker::Tool => ("tool", t.text("speaker-tool")),
        Speaker::Other => ("other", name.to_owned()),
    };
    html! {
        <div class={classes!("turn", class)}>
            <p class="speaker">{ label }</p>
            { blocks(t, all) }
        </div>
    }
}

fn tool(t: &Locale, key: &'static str, name: &str, all: &[Block]) -> Html {
    html! {
        <div class={key}>
            <p class="speaker">{ t.text(key) }if !name.is_empty() { { " " }<code>{ name }</code> }</p>
            { blocks(t, all) }
        </div>
    }
}

/// A piece of a program or of JSON in its colour.
pub(super) fn piece(kind: Piece, text: &str) -> Html {
    let class = match kind {
        Piece::Other => return html! { <>{ text }</> },
        Piece::Keyword => "keyword",
        Piece::Text => "string",
        Piece::Number => "literal",
        Piece::Comment => "comment",
        Piece::Added => "added",
        Piece::Removed => "removed",
    };
    html! { <span class={class}>{ text }</span> }
}

fn words(content: &[Inline]) -> Html {
    html! { <>{ for content.iter().map(word) }</> }
}

fn word(word: &Inline) -> Html {
    match word {
        Inline::Text { text } => html! { <>{ text }</> },
        Inline::Break => html! { <br /> },
        Inline::Code { text } => html! { <code dir="ltr">{ text }</code> },
        Inline::Styled { style, content } => match style {
            Style::Emphasis => html! { <em>{ words(content) }</em> },
            Style::Strong => html! { <strong>{ words(content) }</strong> },
            Style::Struck => html! { <s>{ words(content) }</s> },
        },
        Inline::Link { address, content } => html! {
            <a href={address.clone()} target="_blank" rel="noopener noreferrer">{ words(content) }</a>
        },
        Inline::Formula {
            source,
            is_display,
            math,
        } => formula(source, *is_display, math),
    }
}
