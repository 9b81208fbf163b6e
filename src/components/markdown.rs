//! Markdown as elements. Whatever a text holds, only these elements come of it: HTML in it is shown as
//! the text it is, pictures as their words, and links only where they lead to the web or to mail.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use yew::prelude::*;

/// Elements that may stand in each other; what lies deeper is shown flat.
const MOST_DEEP: usize = 32;

/// A text as elements.
pub fn markdown(text: &str) -> Html {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    // Each level holds its children, and what closes it makes an element of them.
    let mut levels: Vec<Vec<Html>> = vec![Vec::new()];
    let mut flat = 0;
    let mut tags: Vec<Tag> = Vec::new();
    for event in Parser::new_ext(text, options) {
        match event {
            Event::Start(_) if levels.len() > MOST_DEEP => flat += 1,
            Event::End(_) if flat > 0 => flat -= 1,
            Event::Start(tag) => {
                levels.push(Vec::new());
                tags.push(tag);
            }
            Event::End(end) => {
                let children = levels.pop().unwrap_or_default();
                let made = match tags.pop() {
                    Some(tag) => element(&tag, end, children),
                    None => html! { <>{ for children }</> },
                };
                push(&mut levels, made);
            }
            Event::Text(words)
            | Event::Html(words)
            | Event::InlineHtml(words)
            | Event::InlineMath(words)
            | Event::DisplayMath(words)
            | Event::FootnoteReference(words) => push(&mut levels, html! { { words.to_string() } }),
            Event::Code(words) => {
                push(&mut levels, html! { <code>{ words.to_string() }</code> });
            }
            Event::SoftBreak => push(&mut levels, html! { { "\n" } }),
            Event::HardBreak => push(&mut levels, html! { <br /> }),
            Event::Rule => push(&mut levels, html! { <hr /> }),
            Event::TaskListMarker(done) => {
                push(&mut levels, html! { { if done { "☑ " } else { "☐ " } } });
            }
        }
    }
    html! { <div class="markdown">{ for levels.into_iter().flatten() }</div> }
}

fn push(levels: &mut [Vec<Html>], made: Html) {
    if let Some(level) = levels.last_mut() {
        level.push(made);
    }
}

fn element(tag: &Tag, end: TagEnd, children: Vec<Html>) -> Html {
    match tag {
        Tag::Paragraph => html! { <p>{ for children }</p> },
        // The page's own title stands above, so that a first heading is a second.
        Tag::Heading { level, .. } if *level <= HeadingLevel::H2 => {
            html! { <h2>{ for children }</h2> }
        }
        Tag::Heading { .. } => html! { <h3>{ for children }</h3> },
        Tag::BlockQuote(_) => html! { <blockquote>{ for children }</blockquote> },
        Tag::CodeBlock(_) => html! { <pre><code>{ for children }</code></pre> },
        Tag::List(Some(start)) => {
            html! { <ol start={start.to_string()}>{ for children }</ol> }
        }
        Tag::List(None) => html! { <ul>{ for children }</ul> },
        Tag::Item => html! { <li>{ for children }</li> },
        Tag::Emphasis => html! { <em>{ for children }</em> },
        Tag::Strong => html! { <strong>{ for children }</strong> },
        Tag::Strikethrough => html! { <s>{ for children }</s> },
        Tag::Link { dest_url, .. } if leads_out(dest_url) => {
            let href = dest_url.to_string();
            html! { <a {href} target="_blank" rel="noopener noreferrer">{ for children }</a> }
        }
        Tag::Table(_) => html! { <table>{ for children }</table> },
        Tag::TableHead => html! { <thead><tr>{ for children }</tr></thead> },
        Tag::TableRow => html! { <tr>{ for children }</tr> },
        Tag::TableCell if end == TagEnd::TableCell => html! { <td>{ for children }</td> },
        _ => html! { <>{ for children }</> },
    }
}

/// Whether an address is one that a link may lead to; `javascript:` and the like are none.
fn leads_out(address: &str) -> bool {
    let lower = address.to_ascii_lowercase();
    ["https://", "http://", "mailto:"]
        .iter()
        .any(|scheme| lower.starts_with(scheme))
}
