//! The detail pane: prompt, references and outputs of one row side by side. What is marked in the
//! outputs can be read without colour: additions are underlined, omissions struck through, matched
//! n-grams underlined the heavier the longer they are.

use super::figure::key;
use super::locale::Locale;
use crate::worker::protocol::{Detail, Mark, OutputView};
use std::rc::Rc;
use yew::prelude::*;

/// What is marked in the outputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marking {
    /// Nothing.
    Plain,
    /// Differences from the first reference.
    Differences,
    /// N-grams that a reference has too.
    Ngrams,
    /// How surprised the model is at each token.
    Surprise,
}

impl Marking {
    const ALL: [(Self, &'static str); 4] = [
        (Self::Differences, "differences"),
        (Self::Ngrams, "ngrams"),
        (Self::Surprise, "surprise"),
        (Self::Plain, "plain"),
    ];
}

/// Characters up to which a field stands in one line with others.
const SHORT: usize = 24;

/// What the pane shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Words.
    pub locale: Rc<Locale>,
    /// The row.
    pub detail: Rc<Detail>,
    /// What is marked.
    pub marking: Marking,
    /// Told of another marking.
    pub mark: Callback<Marking>,
    /// Whether the pane has the list's room too.
    pub wide: bool,
    /// Told to change that.
    pub widen: Callback<()>,
}

/// The detail pane.
#[function_component]
pub fn DetailPane(props: &Props) -> Html {
    let t = &*props.locale;
    let widen = props.widen.reform(|_: MouseEvent| ());
    let surprised = props.detail.outputs.iter().any(|o| !o.surprise.is_empty());
    let is_short = |(_, text): &&(String, String)| text.chars().count() <= SHORT;
    let short = || props.detail.fields.iter().filter(is_short);
    let long = || props.detail.fields.iter().filter(|f| !is_short(f));
    html! {
        <article id="detail">
            <header class="row">
                <h2>{ format!("#{}", t.count(props.detail.row + 1)) }</h2>
                <div class="segmented" role="group" aria-label={t.text("marking")}>
                    { for Marking::ALL.into_iter().filter(|(m, _)| *m != Marking::Surprise || surprised).map(|(marking, name)| {
                        let onclick = props.mark.reform(move |_: MouseEvent| marking);
                        let pressed = (props.marking == marking).to_string();
                        html! { <button id={format!("mark-{name}")} aria-pressed={pressed} {onclick}>{ t.text(name) }</button> }
                    }) }
                </div>
                <button class="quiet" aria-pressed={props.wide.to_string()} onclick={widen}>{ t.text("wide") }</button>
            </header>
            <p class="facts">{ for short().map(|(name, text)| html! {
                <span><small>{ name }</small>{ " " }{ text }</span>
            }) }</p>
            <dl>
                { for long().map(|(name, text)| html! {
                    <><dt>{ name }</dt><dd class="prose">{ text }</dd></>
                }) }
                { for props.detail.references.iter().map(|text| html! {
                    <><dt>{ t.text("reference") }</dt><dd class="prose reference">{ text }</dd></>
                }) }
            </dl>
            { legend(t, props.marking) }
            <div class="outputs">
                { for props.detail.outputs.iter().enumerate().map(|(i, o)| output(t, i, o, props.marking)) }
            </div>
            { scores(t, &props.detail) }
        </article>
    }
}

fn legend(t: &Locale, marking: Marking) -> Html {
    match marking {
        Marking::Plain => Html::default(),
        Marking::Differences => html! {
            <p class="hint"><del>{ t.text("missing-mark") }</del>{ " · " }<ins>{ t.text("added-mark") }</ins></p>
        },
        Marking::Surprise => html! {
            <p class="hint">{ t.text("surprise-hint") }{ " " }{ for (0..5).map(|n| html! {
                <span class={format!("token u{n}")}>{ format!("{}+", 2 * n) }</span>
            }) }</p>
        },
        Marking::Ngrams => html! {
            <p class="hint">{ for (1..=4).map(|n| html! {
                <><span class={format!("gram g{n}")}>{ t.with("gram", &[("n", n.to_string())]) }</span>{ " " }</>
            }) }</p>
        },
    }
}

fn output(t: &Locale, system: usize, output: &OutputView, marking: Marking) -> Html {
    let body = match marking {
        _ if output.text.trim().is_empty() => html! { <em class="hint">{ t.text("blank") }</em> },
        Marking::Differences if !output.marks.is_empty() => {
            html! { <>{ for output.marks.iter().map(|(mark, text)| match mark {
                Mark::Same => html! { <>{ text }</> },
                Mark::Missing => html! { <del>{ text }</del> },
                Mark::Added => html! { <ins>{ text }</ins> },
            }) }</> }
        }
        Marking::Surprise if !output.surprise.is_empty() => {
            html! { <>{ for output.surprise.iter().map(|(text, logprob)| {
                let Some(logprob) = logprob else {
                    return html! { <>{ text }</> };
                };
                // In bits, two a step; the number stands by in words, by hover and by keyboard.
                let bits = -logprob / std::f32::consts::LN_2;
                let step = (bits / 2.0).clamp(0.0, 4.0) as usize;
                let words = t.with("bits", &[("bits", format!("{bits:.1}"))]);
                html! { <span class={format!("token u{step}")} title={words.clone()} tabindex="0" aria-label={format!("{text} {words}")}>{ text }</span> }
            }) }</> }
        }
        Marking::Ngrams => html! { <>{ for output.ngrams.iter().map(|(n, text)| match n {
            0 => html! { <>{ text }</> },
            n => html! { <span class={format!("gram g{n}")}>{ text }</span> },
        }) }</> },
        _ => html! { &output.text },
    };
    html! {
        <section class="output">
            <h3>{ key(system) }{ &output.system }</h3>
            <p class="prose">{ body }</p>
        </section>
    }
}

/// The row's scores, a line a metric and a column a system.
fn scores(t: &Locale, detail: &Detail) -> Html {
    let names = detail.outputs.first().map_or(&[][..], |o| &o.scores[..]);
    if names.is_empty() {
        return Html::default();
    }
    html! {
        <div class="scroll" tabindex="0"><table class="scores">
            <thead><tr><th>{ t.text("measure") }</th>{ for detail.outputs.iter().enumerate().map(|(i, o)| html! {
                <th class="number">{ key(i) }{ &o.system }</th>
            }) }</tr></thead>
            <tbody>{ for names.iter().enumerate().map(|(i, (name, _))| html! {
                <tr><th scope="row">{ name }</th>{ for detail.outputs.iter().map(|o| html! {
                    <td class="number">{ o.scores.get(i).map(|(_, v)| format!("{v:.2}")).unwrap_or_default() }</td>
                }) }</tr>
            }) }</tbody>
        </table></div>
    }
}
