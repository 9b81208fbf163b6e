//! The systems on the Data page: what each is called, its colour and place, whether it is in the results, and which
//! one the others are compared with.

use crate::calls::{use_answer, use_calls};
use crate::components::charts::figure::key;
use crate::components::controls::{choice, named_choice};
use crate::components::table::{Table, column, head};
use crate::shell::ask::Ask;
use crate::shell::context::use_page;
use assay_locale::Locale;
use assay_protocol::systems::{
    ColourSystem, HideSystem, ListSystems, MoveSystem, RedoSystems, RenameSystem, ShowSystem,
    SystemChange, SystemView, UndoSystems,
};
use assay_protocol::views::Summary;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// The colours of the palette, as the styles have them.
const COLOURS: [&str; 7] = ["blue", "orange", "green", "pink", "brown", "sky", "grey"];

/// What is loaded.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The data set.
    pub summary: Summary,
}

/// The panel on the Data page.
#[function_component]
pub fn SystemsPanel(props: &Props) -> Html {
    let page = use_page();
    let calls = use_calls();
    let t = &*page.locale;
    let answer = use_answer(ListSystems {});
    let view = answer.reply().map(|v| (**v).clone()).unwrap_or_default();
    let systems = &view.systems;
    if systems.is_empty() {
        return Html::default();
    }
    let undo = view.undo.as_ref().map(|change| {
        let calls = calls.clone();
        let onclick = Callback::from(move |_: MouseEvent| calls.order(UndoSystems {}, |()| {}));
        let words = t.with("system-undo", &[("change", change_words(t, change))]);
        html! { <button id="undo-systems" {onclick}>{ words }</button> }
    });
    let redo = view.redo.as_ref().map(|change| {
        let calls = calls.clone();
        let onclick = Callback::from(move |_: MouseEvent| calls.order(RedoSystems {}, |()| {}));
        let words = t.with("system-redo", &[("change", change_words(t, change))]);
        html! { <button id="redo-systems" {onclick}>{ words }</button> }
    });
    let last = systems.len() - 1;
    html! {
        <section id="systems">
            <h2>{ t.text("systems") }</h2>
            <Baseline summary={props.summary.clone()} />
            <Table label={t.text("systems")}>
                { head(["system", "column", "colour", "system-place", "system-results"].map(|name| column(t.text(name)))) }
                <tbody>{ for systems.iter().enumerate().map(|(place, system)| html! {
                    <SystemRow key={system.column} system={system.clone()} {place} {last} />
                }) }</tbody>
            </Table>
            <p class="row">{ undo.unwrap_or_default() }{ redo.unwrap_or_default() }</p>
        </section>
    }
}

fn change_words(t: &Locale, change: &SystemChange) -> String {
    let words = [("system", change.system.clone())];
    t.with(&format!("system-change-{}", change.kind.name()), &words)
}

#[derive(Properties, PartialEq)]
struct RowProps {
    system: SystemView,
    /// Its place among all systems, and the last one.
    place: usize,
    last: usize,
}

#[function_component]
fn SystemRow(props: &RowProps) -> Html {
    let page = use_page();
    let calls = use_calls();
    let t = &*page.locale;
    let RowProps {
        system,
        place,
        last,
    } = props;
    let (column, place) = (system.column, *place);
    let named = |key: &str| t.with(key, &[("system", system.name.clone())]);
    let rename = {
        let (calls, before) = (calls.clone(), system.name.clone());
        Callback::from(move |e: Event| {
            let field: HtmlInputElement = e.target_unchecked_into();
            let name = field.value();
            // What the field shows is what counts: a name that is refused does not stay in it.
            field.set_value(&before);
            calls.order(RenameSystem { column, name }, |()| {});
        })
    };
    let colours = COLOURS.iter().enumerate();
    let colours = colours.map(|(i, name)| (i.to_string(), t.text(&format!("colour-{name}"))));
    let colour = (system.colour % COLOURS.len()).to_string();
    let recolour = {
        let calls = calls.clone();
        Callback::from(move |value: String| {
            if let Ok(colour) = value.parse() {
                calls.order(ColourSystem { column, colour }, |()| {});
            }
        })
    };
    let to = |place: Option<usize>| {
        let calls = calls.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(place) = place {
                calls.order(MoveSystem { column, place }, |()| {});
            }
        })
    };
    let hide = {
        let (calls, is_hidden) = (calls.clone(), system.is_hidden);
        Callback::from(move |_: MouseEvent| match is_hidden {
            true => calls.order(ShowSystem { column }, |()| {}),
            false => calls.order(HideSystem { column }, |()| {}),
        })
    };
    let (hide_words, hide_name) = match system.is_hidden {
        true => (t.text("system-show"), named("system-show-name")),
        false => (t.text("system-hide"), named("system-hide-name")),
    };
    html! {
        <tr class={classes!(system.is_hidden.then_some("hidden-system"))}>
            <th scope="row" class="row">{ key(system.colour) }
                <input id={format!("system-name-{column}")} value={system.name.clone()} dir="auto"
                    aria-label={named("system-name")} onchange={rename} /></th>
            <td>{ &system.column_name }</td>
            <td>{ named_choice(format!("system-colour-{column}"), named("system-colour"), colours.collect(), &colour, &recolour) }</td>
            <td class="row">
                <button id={format!("system-up-{column}")} class="quiet" disabled={place == 0} aria-label={named("system-up")}
                    onclick={to(place.checked_sub(1))}>{ "↑" }</button>
                <button id={format!("system-down-{column}")} class="quiet" disabled={place == *last} aria-label={named("system-down")}
                    onclick={to(Some(place + 1))}>{ "↓" }</button>
            </td>
            <td>
                if system.is_hidden { <span class="hint">{ t.text("system-hidden") }{ " " }</span> }
                <button id={format!("system-hide-{column}")} aria-label={hide_name} onclick={hide}>{ hide_words }</button>
            </td>
        </tr>
    }
}

/// Which system the others are compared with, and why.
#[function_component]
fn Baseline(props: &Props) -> Html {
    let page = use_page();
    let (t, summary) = (&*page.locale, &props.summary);
    if summary.systems.len() < 2 {
        return Html::default();
    }
    let systems = summary.systems.iter().enumerate();
    let systems = systems.map(|(i, name)| (i.to_string(), name.clone()));
    let current = page.route.baseline.min(summary.systems.len() - 1);
    let set = {
        let route = (*page.route).clone();
        page.ask.reform(move |value: String| {
            let mut route = route.clone();
            route.baseline = value.parse().unwrap_or(0);
            Ask::Go(route)
        })
    };
    let why = match &summary.baseline.word {
        _ if summary.baseline.system != current => t.text("baseline-chosen"),
        Some(word) => t.with("baseline-named", &[("word", word.clone())]),
        None => t.text("baseline-first"),
    };
    html! {
        <p class="row">
            { choice("data-baseline", t.text("baseline"), systems.collect(), &current.to_string(), &set) }
            <span class="hint" id="baseline-why">{ why }</span>
        </p>
    }
}
