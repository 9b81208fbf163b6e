//! The detail pane: prompt, references and outputs of one row, side by side and of equal weight.

use super::marking::{Marking, legend};
use super::outputs::{Shown, outputs, references};
use super::reading::{self, Reading, Way, is_fact};
use crate::components::controls::choice;
use crate::components::folded::{Folded, is_long};
use crate::components::table::{Measures, Table, column, head, system_column};
use crate::verdict::score_text;
use assay_locale::Locale;
use assay_protocol::views::Detail;
use std::rc::Rc;
use yew::prelude::*;

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
    /// How texts are read.
    pub reading: Reading,
    /// Told of another way to read.
    pub read: Callback<Way>,
    /// The system that outputs are compared with; nothing where it is the reference.
    pub against: Option<usize>,
    /// Told of another one.
    pub compare: Callback<Option<usize>>,
    /// Whether the pane has the list's room too.
    pub wide: bool,
    /// Told to change that.
    pub widen: Callback<()>,
    /// Buttons to the rows before and after this one.
    pub steps: Html,
}

/// The detail pane.
#[function_component]
pub fn DetailPane(props: &Props) -> Html {
    let (t, detail) = (&*props.locale, &*props.detail);
    let widen = props.widen.reform(|_: MouseEvent| ());
    let facts = detail.fields.iter().filter(|field| is_fact(field));
    let shown = Shown {
        t: &props.locale,
        detail,
        marking: props.marking,
        reading: &props.reading,
    };
    let against = props.against.and_then(|system| detail.outputs.get(system));
    html! {
        <article id="detail">
            <header class="row">
                <h2>{ format!("#{}", t.count(detail.row + 1)) }</h2>
                { props.steps.clone() }
                { reading::switch(t, &props.reading, &props.read) }
                <button class="quiet" aria-pressed={props.wide.to_string()} onclick={widen}>{ t.text("wide") }</button>
            </header>
            { reading::trouble(&props.reading) }
            <p class="facts">{ for facts.map(|(name, text)| html! {
                <span><small>{ name }</small>{ " " }<bdi>{ text }</bdi></span>
            }) }</p>
            <dl>{ cells(props) }</dl>
            <div class="row marking">
                <div class="segmented" role="group" aria-label={t.text("marking")}>
                    { for Marking::of(t, detail).into_iter().map(|(marking, name, words)| {
                        let onclick = props.mark.reform(move |_: MouseEvent| marking);
                        let pressed = (props.marking == marking).to_string();
                        html! { <button id={format!("mark-{name}")} aria-pressed={pressed} {onclick}>{ words }</button> }
                    }) }
                </div>
                { compared_with(props) }
            </div>
            { bounds(t, detail) }
            { legend(t, props.marking, against.map(|o| o.system.as_str())) }
            <div class="outputs">{ references(&shown) }{ outputs(&shown) }</div>
            { scores(t, detail) }
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
    let hints = [cut, unmarked].into_iter().flatten();
    html! { <>{ for hints.map(|words| html! { <p class="hint bounds" role="note">{ words }</p> }) }</> }
}

/// The prompt and other long cells of the row. Long ones fold, so that the outputs stay in sight.
fn cells(props: &Props) -> Html {
    let t = &props.locale;
    let cells = props.detail.fields.iter().filter(|field| !is_fact(field));
    html! { <>{ for cells.enumerate().map(|(place, (name, text))| html! {
        <>
            <dt>{ name }</dt>
            <dd><Folded key={props.detail.row} locale={t.clone()} is_long={is_long(text)}>
                { reading::body(t, &props.reading, place, text) }
            </Folded></dd>
        </>
    }) }</> }
}

/// The choice of what outputs are compared with, where there is one.
fn compared_with(props: &Props) -> Html {
    let (t, outputs) = (&*props.locale, &props.detail.outputs);
    let compares = matches!(props.marking, Marking::Differences | Marking::Alignment);
    if !compares || outputs.len() < 2 {
        return Html::default();
    }
    let mut options = Vec::new();
    if !props.detail.references.is_empty() {
        options.push((String::new(), t.text("reference")));
    }
    let systems = outputs.iter().enumerate();
    options.extend(systems.map(|(place, o)| (place.to_string(), o.system.clone())));
    let current = props
        .against
        .map_or(String::new(), |place| place.to_string());
    let set = props.compare.reform(|place: String| place.parse().ok());
    choice("against", t.text("compared-with"), options, &current, &set)
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
