//! Systems that got a number because files of several have one name: a field for each, so that they are named before
//! anything is read from them.

use crate::calls::{use_answer, use_calls};
use crate::components::charts::figure::key;
use crate::shell::context::use_page;
use assay_data::Notice;
use assay_protocol::systems::{ListSystems, RenameSystem, SystemView};
use assay_protocol::views::Summary;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Characters of an output that tell whose it is.
const OUTPUT: usize = 80;

/// What is loaded.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The data set.
    pub summary: Summary,
}

/// The columns of systems that were numbered.
fn numbered(summary: &Summary) -> Vec<&String> {
    let names = summary.notices.iter().filter_map(|notice| match notice {
        Notice::SystemsOfOneName { names } => Some(names),
        _ => None,
    });
    names.flatten().collect()
}

/// The first row of the previews in which the systems' outputs differ, else the first.
fn telling_row(summary: &Summary, systems: &[&SystemView]) -> usize {
    let previews = systems
        .iter()
        .filter_map(|system| summary.columns.get(system.column));
    let previews: Vec<_> = previews.map(|column| &column.preview).collect();
    let rows = previews.iter().map(|rows| rows.len()).min().unwrap_or(0);
    let differ = |row: &usize| {
        let mut outputs = previews.iter().map(|rows| &rows[*row]);
        let first = outputs.next();
        outputs.any(|output| Some(output) != first)
    };
    (0..rows).find(differ).unwrap_or(0)
}

/// The fields; nothing once each system has a name that somebody chose.
#[function_component]
pub fn SameNames(props: &Props) -> Html {
    let page = use_page();
    let calls = use_calls();
    let t = &*page.locale;
    let answer = use_answer(ListSystems {});
    let systems = answer.reply().map(|view| view.systems.clone());
    let columns = numbered(&props.summary);
    let is_unnamed = |system: &&SystemView| {
        columns.contains(&&system.column_name) && system.name == system.column_name
    };
    let systems = systems.unwrap_or_default();
    let unnamed: Vec<&SystemView> = systems.iter().filter(is_unnamed).collect();
    if unnamed.is_empty() {
        return Html::default();
    }
    let shown = telling_row(&props.summary, &unnamed);
    let field = |system: &SystemView| {
        let (calls, column, before) = (calls.clone(), system.column, system.name.clone());
        let rename = Callback::from(move |e: Event| {
            let field: HtmlInputElement = e.target_unchecked_into();
            let name = field.value();
            // What the field shows is what counts: a name that is refused does not stay in it.
            field.set_value(&before);
            calls.order(RenameSystem { column, name }, |()| {});
        });
        let view = props.summary.columns.get(system.column);
        let output = view.and_then(|view| view.preview.get(shown)?.as_ref());
        let output = output.map(|text| text.chars().take(OUTPUT).collect::<String>());
        html! {
            <li class="row" key={system.column}>
                <label>{ key(system.colour) }{ t.with("system-name", &[("system", system.name.clone())]) }{ " " }
                    <input id={format!("same-name-{}", system.column)} value={system.name.clone()} dir="auto" onchange={rename} /></label>
                if let Some(output) = output { <span class="hint" dir="auto">{ output }</span> }
            </li>
        }
    };
    html! {
        <section id="same-names" class="notice">
            <h2>{ t.text("same-names") }</h2>
            <p>{ t.text("same-names-hint") }</p>
            <ul class="plain">{ for unnamed.into_iter().map(field) }</ul>
        </section>
    }
}
