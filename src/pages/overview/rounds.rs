//! The part of the Compare page on rounds: scores that were kept, and what got better and worse from one to another.

use crate::browser::files as browser;
use crate::calls::{use_answer, use_answer_if, use_calls};
use crate::components::controls::choice;
use crate::components::table::{
    Table, cell, column, decided, head, number, number_column, row_heading,
};
use crate::shell::context::{PageContext, use_page};
use crate::verdict::{change_text, interval_of, p_text, score_text};
use assay_locale::Locale;
use assay_protocol::rounds::{
    CompareRounds, KeepRound, ListRounds, MeasureChange, RedoRound, RemoveRound, RoundCard,
    RoundChange, RoundComparison, RoundHistory, RoundSteps, RowChange, SystemChange, UndoRound,
};
use assay_stats::Obstacle;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What stands for the scores as they are in a choice.
const NOW: &str = "now";

/// The panel.
#[function_component]
pub fn RoundsPanel() -> Html {
    let page = use_page();
    let rounds = use_answer(ListRounds {});
    let cards = rounds.reply().map(|cards| (**cards).clone());
    let cards = cards.unwrap_or_default();
    let chosen = use_state(|| [None::<String>, None::<String>]);
    let last = cards
        .last()
        .map_or(NOW.to_owned(), |card| card.id.to_string());
    let is_there =
        |value: &String| value == NOW || cards.iter().any(|card| card.id.to_string() == *value);
    // Without a choice the latest round is compared with the scores as they are.
    let before = chosen[0].clone().filter(is_there).unwrap_or(last);
    let after = chosen[1].clone().filter(is_there);
    let after = after.unwrap_or_else(|| NOW.to_owned());
    let round = |value: &str| value.parse::<u32>().ok();
    let call = (!cards.is_empty() && before != after).then(|| CompareRounds {
        before: round(&before),
        after: round(&after),
    });
    let compared = use_answer_if(call);
    let t = &*page.locale;
    let set = |place: usize| {
        let chosen = chosen.clone();
        Callback::from(move |value: String| {
            let mut next = (*chosen).clone();
            next[place] = Some(value);
            chosen.set(next);
        })
    };
    let mut options = vec![(NOW.to_owned(), t.text("round-now"))];
    options.extend(
        cards
            .iter()
            .map(|card| (card.id.to_string(), card.name.clone())),
    );
    html! {
        <section id="rounds">
            <h2>{ t.text("rounds") }</h2>
            <p class="hint">{ t.text("rounds-hint") }</p>
            <KeepForm number={cards.len() + 1} />
            <Steps />
            if !cards.is_empty() {
                <ul class="plain">{ for cards.iter().map(|card| html! {
                    <Kept key={card.id} card={card.clone()} />
                }) }</ul>
                <p class="row">
                    { choice("round-before", t.text("round-before"), options.clone(), &before, &set(0)) }
                    { choice("round-after", t.text("round-after"), options, &after, &set(1)) }
                </p>
            }
            { compared.failure(t).unwrap_or_default() }
            { compared.reply().map(|found| comparison(&page, found)).unwrap_or_default() }
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct KeepProps {
    /// The number that the next round's name offers.
    number: usize,
}

/// The field for a name, and the button that keeps the scores.
#[function_component]
fn KeepForm(props: &KeepProps) -> Html {
    let page = use_page();
    let calls = use_calls();
    let field = use_node_ref();
    let t = &*page.locale;
    let offered = t.with("round-default", &[("number", props.number.to_string())]);
    let onsubmit = {
        let (field, offered) = (field.clone(), offered.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Some(field) = field.cast::<HtmlInputElement>() else {
                return;
            };
            let typed = field.value();
            let name = if typed.trim().is_empty() {
                offered.clone()
            } else {
                typed
            };
            calls.order(KeepRound { name }, move |()| field.set_value(""));
        })
    };
    html! {
        <form id="round-keep" class="row" {onsubmit}>
            <label>{ t.text("round-name") }{ " " }
                <input ref={field} placeholder={offered} /></label>
            <button type="submit">{ t.text("round-keep") }</button>
        </form>
    }
}

/// The buttons that take back what was done to the list.
#[function_component]
fn Steps() -> Html {
    let page = use_page();
    let calls = use_calls();
    let steps = use_answer(RoundHistory {});
    let steps = steps.reply().map(|steps| (**steps).clone());
    let RoundSteps { undo, redo } = steps.unwrap_or_default();
    let t = &*page.locale;
    let words = |key: &str, change: &RoundChange| {
        let named = [("name", change.name.clone())];
        let change = t.with(&format!("round-change-{}", change.kind.name()), &named);
        t.with(key, &[("change", change)])
    };
    let on_undo = {
        let calls = calls.clone();
        Callback::from(move |_: MouseEvent| calls.order(UndoRound {}, |()| {}))
    };
    let on_redo = Callback::from(move |_: MouseEvent| calls.order(RedoRound {}, |()| {}));
    html! {
        <p class="row">
            if let Some(change) = &undo {
                <button id="undo-round" onclick={on_undo}>{ words("system-undo", change) }</button>
            }
            if let Some(change) = &redo {
                <button id="redo-round" onclick={on_redo}>{ words("system-redo", change) }</button>
            }
        </p>
    }
}

#[derive(Properties, PartialEq)]
struct KeptProps {
    card: RoundCard,
}

/// A round in the list.
#[function_component]
fn Kept(props: &KeptProps) -> Html {
    let page = use_page();
    let calls = use_calls();
    let (t, card) = (&*page.locale, &props.card);
    let facts = [
        ("date", browser::date(card.made_ms, t.language.tag())),
        ("rows", t.count(card.rows)),
        ("systems", card.systems.join(", ")),
    ];
    let named = [("name", card.name.clone())];
    let remove = {
        let id = card.id;
        Callback::from(move |_: MouseEvent| calls.order(RemoveRound { id }, |()| {}))
    };
    html! {
        <li class="row">
            <strong>{ &card.name }</strong>
            <span class="hint">{ t.with("round-facts", &facts) }</span>
            <button class="quiet" aria-label={t.with("remove-name", &named)} onclick={remove}>
                { t.text("remove") }</button>
        </li>
    }
}

/// What changed, a table for each measure.
fn comparison(page: &PageContext, found: &RoundComparison) -> Html {
    let t = &*page.locale;
    if found.measures.is_empty() || found.rows == 0 {
        return html! { <p role="status">{ t.text("round-nothing") }</p> };
    }
    let by = if found.by_id { "ids" } else { "texts" };
    let matched = [("rows", t.count(found.rows)), ("by", by.to_owned())];
    let unmatched = [
        ("before", t.count(found.only_before)),
        ("after", t.count(found.only_after)),
    ];
    let has_unmatched = found.only_before + found.only_after > 0;
    html! {
        <>
            <p class="hint">{ t.with("round-matched", &matched) }
                if has_unmatched { { " " }{ t.with("round-unmatched", &unmatched) } }
            </p>
            { for found.measures.iter().map(|measure| changes(page, measure)) }
            <p class="hint">{ t.text("round-change-what") }</p>
        </>
    }
}

fn changes(page: &PageContext, measure: &MeasureChange) -> Html {
    let t = &*page.locale;
    let columns = [
        column(measure.name.clone()),
        number_column(t.text("round-col-before")),
        number_column(t.text("round-col-after")),
        number_column(t.text("round-change")),
        column(t.text("round-col-test")),
    ];
    html! {
        <>
            <Table label={measure.name.clone()} class="ratings">
                { head(columns) }
                <tbody>{ for measure.systems.iter().map(|system| change(t, measure.max, system)) }</tbody>
            </Table>
            { for measure.systems.iter().map(|system| top_rows(page, measure.max, system)) }
        </>
    }
}

/// A system's line.
fn change(t: &Locale, max: f64, system: &SystemChange) -> Html {
    let mean = system.change.map(|change| change_text(change, max));
    let interval = system
        .interval
        .map(|ends| interval_of(ends.map(|end| change_text(end, max))));
    let words = match (system.obstacle, system.p_corrected) {
        (Some(Obstacle::Describes), _) => t.text("obstacle-describes"),
        (Some(Obstacle::TooFew), _) => t.text("obstacle-too-few"),
        (Some(Obstacle::HardlyVaries), _) if system.change != Some(0.0) => {
            t.text("obstacle-hardly-varies")
        }
        (_, Some(p)) => format!("{} ({})", t.text(system.decision.key()), p_text(p)),
        _ => t.text(system.decision.key()),
    };
    html! {
        <tr>
            { row_heading(system.name.clone()) }
            { number(score_text(system.before, max)) }
            { number(score_text(system.after, max)) }
            { number(html! { <>{ mean.unwrap_or_default() }{ " " }{ interval.unwrap_or_default() }</> }) }
            { cell(decided(system.decision, words)) }
        </tr>
    }
}

/// The rows that changed most, with links to those that are here.
fn top_rows(page: &PageContext, max: f64, system: &SystemChange) -> Html {
    let t = &*page.locale;
    let list = |key: &str, rows: &[RowChange]| match rows {
        [] => Html::default(),
        rows => html! {
            <>
                <p><strong>{ t.text(key) }</strong></p>
                <ol>{ for rows.iter().map(|row| html! { <li>{ row_link(page, row) }{ " " }
                    { score_text(row.before, max) }{ " → " }{ score_text(row.after, max) }</li> }) }</ol>
            </>
        },
    };
    if system.better.is_empty() && system.worse.is_empty() {
        return Html::default();
    }
    html! {
        <details>
            <summary>{ &system.name }{ ": " }{ t.text("round-better-rows") }{ " / " }{ t.text("round-worse-rows") }</summary>
            { list("round-better-rows", &system.better) }
            { list("round-worse-rows", &system.worse) }
        </details>
    }
}

fn row_link(page: &PageContext, change: &RowChange) -> Html {
    let t = &*page.locale;
    let number = change.row.map(|row| (row + 1).to_string());
    let words = match (&change.id, number) {
        (Some(id), _) => id.clone(),
        (None, Some(row)) => t.with("round-row", &[("row", row)]),
        (None, None) => "–".to_owned(),
    };
    match change.row {
        Some(row) => {
            html! { <a href={page.route.to_row(row).href()}>{ words }</a> }
        }
        None => words.into(),
    }
}
