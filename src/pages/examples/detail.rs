//! The detail pane: prompt, references and outputs of one row side by side. What is marked in the
//! outputs can be read without colour: additions are underlined, omissions struck through, matched
//! n-grams underlined the heavier the longer they are.

use crate::components::charts::figure::key;
use crate::components::table::{Measures, Table, column, head, system_column};
use crate::verdict::score_text;
use assay_locale::Locale;
use assay_protocol::views::{AlignmentView, Detail, Mark, OutputView, SurpriseView};
use assay_results::alignment::Step;
use std::rc::Rc;
use yew::prelude::*;

/// What is marked in the outputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marking {
    /// Nothing.
    Plain,
    /// Differences from the first reference.
    Differences,
    /// The first reference and the output, unit under unit.
    Alignment,
    /// N-grams that a reference has too.
    Ngrams,
    /// How surprised a model is at each token: the first, or the second.
    Surprise(usize),
    /// What the second model finds more or less surprising than the first.
    Shift,
}

impl Marking {
    /// The markings that a row has, each with its id and its words.
    fn of(t: &Locale, detail: &Detail) -> Vec<(Self, String, String)> {
        let plain = |(marking, name): (Self, &str)| (marking, name.to_owned(), t.text(name));
        let kinds = [
            (Self::Differences, "differences"),
            (Self::Alignment, "alignment"),
            (Self::Ngrams, "ngrams"),
            (Self::Plain, "plain"),
        ];
        let mut all: Vec<_> = kinds.into_iter().map(plain).collect();
        let models: Vec<&String> = detail
            .surprise
            .first()
            .iter()
            .flat_map(|s| s.models.iter().map(|(name, _)| name))
            .collect();
        for (i, name) in models.iter().enumerate() {
            let words = match models.len() {
                1 => t.text("surprise"),
                _ => t.with("surprise-of", &[("model", (*name).clone())]),
            };
            let id = if i == 0 { "surprise" } else { "surprise-2" };
            all.insert(3 + i, (Self::Surprise(i), id.to_owned(), words));
        }
        if models.len() == 2 {
            let words = t.text("change");
            all.insert(5, (Self::Shift, "shift".to_owned(), words));
        }
        all
    }

    /// What the key for surprise leads to: one model, the other, their difference, nothing.
    pub fn next_surprise(self, detail: Option<&Detail>) -> Self {
        let models = detail.and_then(|d| d.surprise.first());
        let models = models.map_or(0, |s| s.models.len());
        match self {
            Self::Surprise(i) if i + 1 < models => Self::Surprise(i + 1),
            Self::Surprise(_) if models == 2 => Self::Shift,
            Self::Surprise(_) | Self::Shift => Self::Plain,
            _ => Self::Surprise(0),
        }
    }
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
    let is_short = |(_, text): &&(String, String)| text.chars().count() <= SHORT;
    let short = || props.detail.fields.iter().filter(is_short);
    let long = || props.detail.fields.iter().filter(|f| !is_short(f));
    html! {
        <article id="detail">
            <header class="row">
                <h2>{ format!("#{}", t.count(props.detail.row + 1)) }</h2>
                <div class="segmented" role="group" aria-label={t.text("marking")}>
                    { for Marking::of(t, &props.detail).into_iter().map(|(marking, name, words)| {
                        let onclick = props.mark.reform(move |_: MouseEvent| marking);
                        let pressed = (props.marking == marking).to_string();
                        html! { <button id={format!("mark-{name}")} aria-pressed={pressed} {onclick}>{ words }</button> }
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
            { bounds(t, &props.detail) }
            { legend(t, props.marking) }
            <div class="outputs">{ outputs(t, &props.detail, props.marking) }</div>
            { scores(t, &props.detail) }
        </article>
    }
}

/// What of long texts is not shown or compared here.
fn bounds(t: &Locale, detail: &Detail) -> Html {
    let cut = detail.cut.map(|characters| {
        let characters = t.count(characters);
        t.with("detail-cut", &[("characters", characters)])
    });
    let unmarked = detail.is_unmarked.then(|| t.text("detail-unmarked"));
    let told = [cut, unmarked].into_iter().flatten();
    html! { <>{ for told.map(|words| html! { <p class="hint bounds" role="note">{ words }</p> }) }</> }
}

fn legend(t: &Locale, marking: Marking) -> Html {
    match marking {
        Marking::Plain => Html::default(),
        Marking::Differences => html! {
            <p class="hint"><del>{ t.text("missing-mark") }</del>{ " · " }<ins>{ t.text("added-mark") }</ins></p>
        },
        Marking::Alignment => html! { <p class="hint">{ t.text("alignment-hint") }</p> },
        Marking::Shift => html! {
            <p class="hint">{ t.text("shift-hint") }{ " " }{ for [("d3", "−3"), ("d1", "−1"), ("i1", "+1"), ("i3", "+3")].into_iter().map(|(class, words)| html! {
                <span class={format!("token {class}")}>{ words }</span>
            }) }</p>
        },
        Marking::Surprise(_) => html! {
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

/// The outputs; under a model the texts that it has scored.
fn outputs(t: &Locale, detail: &Detail, marking: Marking) -> Html {
    let scored = !detail.surprise.is_empty();
    let section = |view: &SurpriseView, body: Html| {
        let system = detail.outputs.iter().position(|o| o.system == view.column);
        let key = system.map_or_else(Html::default, key);
        html! {
            <section class="output"><h3>{ key }{ &view.column }</h3><p class="prose">{ body }</p></section>
        }
    };
    match marking {
        Marking::Surprise(model) if scored => html! { <>{ for detail.surprise.iter().map(|view| {
            let tokens = view.models.get(model).map_or(&[][..], |(_, tokens)| tokens);
            section(view, surprise(t, tokens))
        }) }</> },
        Marking::Shift if scored => html! { <>{ for detail.surprise.iter().map(|view| {
            section(view, shift(t, &view.shift))
        }) }</> },
        _ => {
            html! { <>{ for detail.outputs.iter().map(|o| output(t, o, marking)) }</> }
        }
    }
}

/// A token in its shade; the number stands by in words, by hover and by keyboard.
fn token(text: &str, class: String, words: String) -> Html {
    html! { <span class={format!("token {class}")} title={words.clone()} tabindex="0" aria-label={format!("{text} {words}")}>{ text }</span> }
}

/// Each token's surprise in bits, two a shade.
fn surprise(t: &Locale, tokens: &[(String, Option<f32>)]) -> Html {
    html! { <>{ for tokens.iter().map(|(text, logprob)| {
        let Some(logprob) = logprob else {
            return html! { <>{ text }</> };
        };
        let bits = -logprob / std::f32::consts::LN_2;
        let step = (bits / 2.0).clamp(0.0, 4.0) as usize;
        token(text, format!("u{step}"), t.with("bits", &[("bits", format!("{bits:.1}"))]))
    }) }</> }
}

/// How much more or less surprised the second model is, in bits, one a shade.
fn shift(t: &Locale, tokens: &[(String, Option<f32>)]) -> Html {
    html! { <>{ for tokens.iter().map(|(text, nats)| {
        let Some(nats) = nats else {
            return html! { <>{ text }</> };
        };
        let bits = -nats / std::f32::consts::LN_2;
        let step = bits.abs().min(3.0) as usize;
        let class = if bits > 0.0 { format!("i{step}") } else { format!("d{step}") };
        token(text, class, t.with("bits", &[("bits", format!("{bits:+.1}"))]))
    }) }</> }
}

fn output(t: &Locale, output: &OutputView, marking: Marking) -> Html {
    let body = match marking {
        _ if output.text.trim().is_empty() => html! { <em class="hint">{ t.text("blank") }</em> },
        Marking::Differences if !output.marks.is_empty() => {
            html! { <>{ for output.marks.iter().map(|(mark, text)| match mark {
                Mark::Same => html! { <>{ text }</> },
                Mark::Missing => html! { <del>{ text }</del> },
                Mark::Added => html! { <ins>{ text }</ins> },
            }) }</> }
        }
        Marking::Alignment => match &output.alignment {
            Some(view) => return aligned(t, output, view),
            None => html! { &output.text },
        },
        Marking::Ngrams if !output.ngrams.is_empty() => {
            html! { <>{ for output.ngrams.iter().map(|(n, text)| match n {
                0 => html! { <>{ text }</> },
                n => html! { <span class={format!("gram g{n}")}>{ text }</span> },
            }) }</> }
        }
        _ => html! { &output.text },
    };
    html! {
        <section class="output">
            <h3>{ key(output.colour) }{ &output.system }</h3>
            <p class="prose">{ body }</p>
            { raw(t, output) }
        </section>
    }
}

/// The output as the file has it, where measures see a part of it.
fn raw(t: &Locale, output: &OutputView) -> Html {
    match &output.raw {
        None => Html::default(),
        Some(raw) => html! {
            <details class="raw"><summary>{ t.text("raw-output") }</summary><p class="prose">{ raw }</p></details>
        },
    }
}

/// The reference's units over the output's, and how many of them differ in what way.
fn aligned(t: &Locale, output: &OutputView, view: &AlignmentView) -> Html {
    let unit = |(step, above, below): &(Step, String, String)| {
        let class = match step {
            Step::Same => "same",
            Step::Substituted => "substituted",
            Step::Missing => "missing",
            Step::Added => "added",
        };
        let below = match step {
            Step::Same => html! { <span>{ below }</span> },
            Step::Missing => html! { <del>{ "∅" }</del> },
            _ => html! { <ins>{ below }</ins> },
        };
        html! { <span class={classes!("pair", class)}><span class="above">{ if above.is_empty() { "∅" } else { above } }</span>{ below }</span> }
    };
    let kinds = [
        ("substituted", Step::Substituted),
        ("missing", Step::Missing),
        ("added", Step::Added),
    ];
    let mut words: Vec<(&'static str, String)> = kinds
        .iter()
        .map(|(name, kind)| (*name, t.count(view.count(*kind))))
        .collect();
    let edits: usize = kinds.iter().map(|(_, kind)| view.count(*kind)).sum();
    let name = if view.by_character { "CER" } else { "WER" };
    words.push((
        "rate",
        format!("{name} {:.4}", edits as f64 / view.length.max(1) as f64),
    ));
    html! {
        <section class="output">
            <h3>{ key(output.colour) }{ &output.system }</h3>
            <p class="aligned">{ for view.steps.iter().map(unit) }</p>
            <p class="hint">{ t.with("alignment-counts", &words) }</p>
        </section>
    }
}

/// The row's scores, a line a metric and a column a system.
fn scores(t: &Locale, detail: &Detail) -> Html {
    if detail.measures.is_empty() || detail.outputs.is_empty() {
        return Html::default();
    }
    let systems = detail.outputs.iter();
    let systems = systems.map(|o| system_column(o.colour, &o.system));
    let measures = Measures {
        columns: &detail.outputs,
    };
    html! {
        <Table label={t.text("score")} class="scores">
            { head([column(t.text("measure"))].into_iter().chain(systems)) }
            <tbody>{ for detail.measures.iter().enumerate().map(|(i, measure)| {
                measures.row(measure.name.clone(), |o| Some(score_text((*o.scores.get(i)?)?, measure.max)))
            }) }</tbody>
        </Table>
    }
}
