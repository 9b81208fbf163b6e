//! What the columns of a trial are for, to be corrected.

use crate::calls::Calls;
use crate::components::table::{Table, column, head, row_heading};
use assay_experiment::roles::TrialRole;
use assay_experiment::view::TrialView;
use assay_locale::Locale;
use assay_protocol::experiment::{SetDirection, SetRole};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// The columns with their roles.
pub fn roles(t: &Locale, calls: &Calls, experiment: usize, trial: &TrialView) -> Html {
    let result = |role: TrialRole| {
        matches!(
            role,
            TrialRole::Success | TrialRole::Number | TrialRole::Count
        )
    };
    html! {
        <section>
            <details id="trial-roles">
                <summary>{ t.text("trial-roles") }</summary>
                <p class="hint">{ t.text("trial-roles-hint") }</p>
                <Table label={t.text("trial-roles")}>
                    { head(["column", "role", "lower-is-better", "first-rows"].map(|name| column(t.text(name)))) }
                    <tbody>{ for trial.columns.iter().enumerate().map(|(i, column)| {
                        let (set_role, set_direction) = (calls.clone(), calls.clone());
                        let onchange = Callback::from(move |e: Event| {
                            let name = e.target_unchecked_into::<HtmlSelectElement>().value();
                            let role = TrialRole::ALL.iter().find(|(_, n)| *n == name).map_or(TrialRole::Ignored, |(r, _)| *r);
                            set_role.order(SetRole { experiment, column: i, role }, |()| {});
                        });
                        let turn = Callback::from(move |e: Event| {
                            let lower_is_better = e.target_unchecked_into::<HtmlInputElement>().checked();
                            set_direction.order(SetDirection { experiment, column: i, lower_is_better }, |()| {});
                        });
                        html! {
                            <tr key={i}>
                                { row_heading(&column.name) }
                                <td><select aria-label={format!("{} {}", t.text("role"), column.name)} {onchange}>{ for TrialRole::ALL.iter().map(|(role, name)| html! {
                                    <option value={*name} selected={*role == column.role}>{ t.text(&format!("trial-role-{name}")) }</option>
                                }) }</select></td>
                                <td>if result(column.role) { <input type="checkbox" aria-label={format!("{} {}", t.text("lower-is-better"), column.name)} checked={column.lower_is_better} onchange={turn} /> }</td>
                                <td class="preview">{ column.preview.join(" · ") }</td>
                            </tr>
                        }
                    }) }</tbody>
                </Table>
            </details>
        </section>
    }
}
