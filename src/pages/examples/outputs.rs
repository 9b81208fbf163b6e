//! The cards of references and outputs.

use super::aligned::aligned;
use super::marking::Marking;
use super::reading::{self, Reading};
use super::tokens::{shift, surprise};
use crate::components::charts::figure::key;
use crate::components::folded::{Folded, is_long};
use assay_locale::Locale;
use assay_protocol::views::{Detail, Mark, OutputView, SurpriseView};
use std::rc::Rc;
use yew::prelude::*;

/// Below this part of characters in common, marks would cover nearly all of the text.
const LEAST_SHARED: f64 = 0.1;

/// What the cards show.
pub(super) struct Shown<'a> {
    /// Words.
    pub(super) t: &'a Rc<Locale>,
    /// The row.
    pub(super) detail: &'a Detail,
    /// What is marked.
    pub(super) marking: Marking,
    /// How texts are read.
    pub(super) reading: &'a Reading,
}

/// The references.
pub(super) fn references(shown: &Shown<'_>) -> Html {
    let Shown { t, detail, .. } = shown;
    let count = detail.references.len();
    let first = reading::outputs_from(detail) - count;
    html! { <>{ for detail.references.iter().enumerate().map(|(i, text)| html! {
        <section class="card reference">
            <h3>{ t.text("reference") }if count > 1 { { format!(" {}", i + 1) } }</h3>
            <Folded key={detail.row} locale={(*t).clone()} is_long={count > 2 && is_long(text)}>
                { reading::body(t, shown.reading, first + i, text) }
            </Folded>
        </section>
    }) }</> }
}

/// The outputs; under a model the texts that it has scored.
pub(super) fn outputs(shown: &Shown<'_>) -> Html {
    let Shown { t, detail, .. } = shown;
    let scored = !detail.surprise.is_empty();
    let section = |view: &SurpriseView, body: Html| {
        let system = detail.outputs.iter().position(|o| o.system == view.column);
        let key = system.map_or_else(Html::default, key);
        html! {
            <section class="output"><h3>{ key }{ &view.column }</h3><p class="prose" dir="auto">{ body }</p></section>
        }
    };
    match shown.marking {
        Marking::Surprise(model) if scored => html! { <>{ for detail.surprise.iter().map(|view| {
            let tokens = view.models.get(model).map(|tokens| surprise(t, tokens));
            section(view, tokens.unwrap_or_default())
        }) }</> },
        Marking::Shift if scored => html! { <>{ for detail.surprise.iter().map(|view| {
            section(view, shift(t, &view.shift))
        }) }</> },
        _ => html! { <>{ for (0..detail.outputs.len()).map(|place| output(shown, place)) }</> },
    }
}

fn output(shown: &Shown<'_>, place: usize) -> Html {
    let (t, output) = (shown.t, &shown.detail.outputs[place]);
    let prose = |words: Html| html! { <p class="prose" dir="auto">{ words }</p> };
    let body = match shown.marking {
        Marking::Plain if shown.reading.is_rendered() => return rendered(shown, place),
        _ if output.text.trim().is_empty() => {
            html! { <p><em class="hint">{ t.text("blank") }</em></p> }
        }
        Marking::Differences if !output.marks.is_empty() => differences(t, output),
        Marking::Alignment => match &output.alignment {
            Some(view) => return aligned(t, output, view),
            None => prose(html! { &output.text }),
        },
        Marking::Ngrams => prose(
            html! { <>{ for output.ngrams.iter().map(|(n, text)| match n {
                0 => html! { <>{ text }</> },
                n => html! { <span class={format!("gram g{n}")}>{ text }</span> },
            }) }</> },
        ),
        _ => prose(html! { &output.text }),
    };
    html! {
        <section class="output">
            <h3>{ key(output.colour) }{ &output.system }</h3>
            { body }
            { other(t, output.raw.as_deref(), "raw-output") }
        </section>
    }
}

/// The output as what it shows, all of it; what measures see of it stands below.
fn rendered(shown: &Shown<'_>, place: usize) -> Html {
    let (t, output) = (shown.t, &shown.detail.outputs[place]);
    let text = output.raw.as_deref().unwrap_or(&output.text);
    let at = reading::outputs_from(shown.detail) + place;
    let measured = output.raw.is_some().then_some(output.text.as_str());
    html! {
        <section class="output">
            <h3>{ key(output.colour) }{ &output.system }</h3>
            if text.trim().is_empty() {
                <p><em class="hint">{ t.text("blank") }</em></p>
            } else {
                { reading::body(t, shown.reading, at, text) }
            }
            { other(t, measured, "measured-text") }
        </section>
    }
}

/// What differs, with signs at the marks; where little is shared the output as it is, since it could not be read among
/// marks.
fn differences(t: &Locale, output: &OutputView) -> Html {
    let count = |mark: Mark| {
        let texts = output.marks.iter().filter(|(m, _)| *m == mark);
        texts
            .map(|(_, text)| text.trim().chars().count())
            .sum::<usize>()
    };
    let (same, missing, added) = (count(Mark::Same), count(Mark::Missing), count(Mark::Added));
    let shared = same as f64 / (same + missing.max(added)).max(1) as f64;
    if shared < LEAST_SHARED && missing > 0 && added > 0 {
        let percent = [("percent", format!("{:.0}", 100.0 * shared))];
        return html! { <>
            <p class="hint">{ t.with("little-shared", &percent) }</p>
            <p class="prose" dir="auto">{ &output.text }</p>
        </> };
    }
    html! {
        <p class="prose differences" dir="auto">{ for output.marks.iter().map(|(mark, text)| match mark {
            Mark::Same => html! { <>{ text }</> },
            Mark::Missing => html! { <del>{ text }</del> },
            Mark::Added => html! { <ins>{ text }</ins> },
        }) }</p>
    }
}

/// The output as the file has it where measures see a part of it, or the other way round.
fn other(t: &Locale, text: Option<&str>, key: &str) -> Html {
    match text {
        None => Html::default(),
        Some(text) => html! {
            <details class="raw"><summary>{ t.text(key) }</summary><p class="prose" dir="auto">{ text }</p></details>
        },
    }
}
