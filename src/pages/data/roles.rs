//! What each column is to the evaluation, and how to change it.

use crate::calls::use_calls;
use crate::components::table::{Table, column, head, row_heading};
use crate::components::text_field::{FieldKind, TextField};
use crate::pages::data::measure::MeasureControls;
use crate::shell::context::use_page;
use assay_data::Role;
use assay_protocol::data::SetRole;
use assay_protocol::views::{ColumnView, Summary};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// Columns that are shown at once, and more each time more are asked for: a table of hundreds, each with its choice of
/// roles, would keep the page from answering while it is drawn.
const STEP: usize = 40;

/// What is loaded.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The data set.
    pub summary: Summary,
}

/// The columns with their roles, their measures and their first rows.
#[function_component]
pub fn RolesPanel(props: &Props) -> Html {
    let page = use_page();
    let (t, summary) = (&*page.locale, &props.summary);
    let shown = use_state(|| STEP);
    let wanted = use_state(String::new);
    let columns = || summary.columns.iter().enumerate();
    let systems = columns().filter(|(_, c)| c.role == Role::Hypothesis);
    let systems: Vec<(usize, String)> = systems.map(|(i, c)| (i, c.name.clone())).collect();
    let sought = wanted.trim().to_lowercase();
    let found: Vec<(usize, &ColumnView)> = columns()
        .filter(|(_, c)| c.name.to_lowercase().contains(&sought))
        .collect();
    let left = found.len().saturating_sub(*shown);
    let more = {
        let shown = shown.clone();
        Callback::from(move |_: MouseEvent| shown.set(*shown + STEP))
    };
    let search = {
        let (wanted, shown) = (wanted.clone(), shown.clone());
        Callback::from(move |text: String| {
            wanted.set(text);
            shown.set(STEP);
        })
    };
    html! {
        <section>
            <h2>{ t.text("roles") }</h2>
            <p class="hint">{ t.text("role-hint") }</p>
            if summary.columns.len() > STEP {
                <TextField id="find-column" label={t.text("find-column")} kind={FieldKind::Search} value={(*wanted).clone()} set={search} />
            }
            <Table label={t.text("roles")} id="roles">
                { head(["column", "role", "first-rows"].map(|name| column(t.text(name)))) }
                <tbody>{ for found.iter().take(*shown).map(|&(i, column)| html! {
                    <tr key={i}>
                        { row_heading(&column.name) }
                        <td><RoleChoice place={i} column={column.clone()} />
                            if let Some(measure) = column.measure.clone() {
                                <MeasureControls column={i} name={column.name.clone()} {measure} systems={systems.clone()} />
                            }</td>
                        <td class="preview">{ for column.preview.iter().take(3).map(|cell| html! {
                            <div>{ cell.clone().unwrap_or_else(|| "—".into()) }</div>
                        }) }</td>
                    </tr>
                }) }</tbody>
            </Table>
            if found.is_empty() { <p class="hint">{ t.text("find-column-none") }</p> }
            if left > 0 {
                <p><button id="more-columns" onclick={more}>{ t.with("more-columns", &[("count", t.count(left.min(STEP))), ("left", t.count(left))]) }</button></p>
            }
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct RoleProps {
    place: usize,
    column: ColumnView,
}

#[function_component]
fn RoleChoice(props: &RoleProps) -> Html {
    let page = use_page();
    let calls = use_calls();
    let t = &*page.locale;
    let (column, current) = (props.place, props.column.role);
    let onchange = Callback::from(move |e: Event| {
        let chosen = e.target_unchecked_into::<HtmlSelectElement>().value();
        let role = Role::ALL.into_iter().find(|r| r.name() == chosen);
        if let Some(role) = role {
            calls.order(SetRole { column, role }, |()| {});
        }
    });
    html! {
        <select aria-label={format!("{} {}", t.text("role"), props.column.name)} {onchange}>
            { for Role::ALL.into_iter().map(|role| html! {
                <option value={role.name()} selected={role == current}>
                    { t.text(&format!("role-{}", role.name())) }
                </option>
            }) }
        </select>
    }
}
