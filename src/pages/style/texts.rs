//! Texts: as what they show, folded, marked.

use super::samples::{LONG, sample, state};
use crate::components::folded::Folded;
use crate::components::markdown::markdown;
use crate::components::markup::{MarkupText, use_parsed};
use crate::shell::context::use_page;
use assay_protocol::markup::{ParseTexts, TextToParse};
use yew::prelude::*;

/// Texts that hold one kind of thing each, under the names of their states.
const TEXTS: [(&str, &str); 8] = [
    (
        "markdown",
        "## Head\n\n**Strong**, *soft*, `code`, [link](https://example.org/)\n\n1. one\n2. two\n   - inner\n\n> said\n\n| a | b |\n|---|---|\n| 1 | 2 |",
    ),
    (
        "code",
        "```rust\n/// A mean.\nfn mean(xs: &[f64]) -> f64 {\n    xs.iter().sum::<f64>() / 2.0 // \"halves\"\n}\n```",
    ),
    (
        "formulas",
        "So $x_{1,2} = \\frac{-b \\pm \\sqrt{b^2 - 4ac}}{2a}$ and \\[\\begin{aligned} a &= \\boxed{42} \\\\ b &= \\sum_{i=1}^n i \\end{aligned}\\]\nunreadable: $\\nosuchcommand{x}$",
    ),
    (
        "json",
        "{\"status\": \"ok\", \"n\": 3, \"items\": [{\"id\": 1, \"name\": \"a long name that needs a line of its own\", \"tags\": [\"a\", \"b\"]}, null, true]}",
    ),
    (
        "chat",
        "[{\"role\": \"system\", \"content\": \"Be brief.\"}, {\"role\": \"user\", \"content\": \"Weather in **Bern**?\"}, {\"role\": \"assistant\", \"content\": null, \"tool_calls\": [{\"function\": {\"name\": \"weather\", \"arguments\": \"{\\\"city\\\": \\\"Bern\\\"}\"}}]}, {\"role\": \"tool\", \"name\": \"weather\", \"content\": \"{\\\"c\\\": 4}\"}, {\"role\": \"assistant\", \"content\": \"4 °C.\"}]",
    ),
    ("reasoning", "<think>\nFirst, *think*.\n</think>\n\n42"),
    (
        "right-to-left",
        "1. اتصل بالرقم (ABC-123).\n2. שלום, `code`!",
    ),
    ("long", LONG),
];

/// The texts.
#[function_component]
pub fn Texts() -> Html {
    let page = use_page();
    let texts = TEXTS.map(|(_, text)| TextToParse {
        text: text.to_owned(),
        is_whole: false,
    });
    let parsed = use_parsed(Some(ParseTexts {
        texts: texts.to_vec(),
    }));
    let locale = &page.locale;
    let shown = match parsed.shown(locale) {
        Ok(texts) => html! { <>{ for TEXTS.iter().enumerate().map(|(place, (name, _))| {
            state(name, html! { <MarkupText locale={locale.clone()} texts={texts.clone()} {place} /> })
        }) }</> },
        Err(instead) => instead,
    };
    let long = "Ein Satz. ".repeat(200);
    html! {
        <>
            { sample("markup", shown) }
            { sample("markdown", markdown(TEXTS[0].1)) }
            { sample("folded", html! {
                <>
                    { state("short", html! { <Folded locale={locale.clone()} is_long=false><p>{ "42" }</p></Folded> }) }
                    { state("long", html! { <Folded locale={locale.clone()} is_long=true><p>{ long }</p></Folded> }) }
                </>
            }) }
            { sample("differences", html! {
                <p class="prose differences">{ "the " }<del>{ "cat" }</del><ins>{ "dog" }</ins>{ " sat" }<ins>{ " down" }</ins></p>
            }) }
        </>
    }
}
