//! The Ratings page's tables about each rater: how much and how fast, whether told-apart controls and
//! repeated items speak for care, how the rater judges beside the others, and what was written.

use crate::components::table::{Table, cell, column, head, number, number_column};
use crate::pages::people::reasons::Reasons;
use crate::pages::people::view::Props;
use crate::verdict::{decimal, signed};
use assay_protocol::projects::{Decide, Decision};
use assay_protocol::ratings::{RatingsView, SetExcluded, SetKind};
use assay_rating::analysis::habits::{Habit, Habits};
use assay_rating::analysis::reasons::ReasonSource;
use assay_rating::judgements::{RaterInfo, RaterKind, Remark};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// How each rater judges, with the way to leave one out.
pub fn raters(props: &Props, view: &RatingsView) -> Html {
    let t = &*props.locale;
    let numbers = [
        "counted",
        "dimension",
        "ratings-count",
        "bias",
        "spread",
        "with-others",
    ];
    let numbers = numbers.iter().map(|name| number_column(t.text(name)));
    html! {
        <section id="raters">
            <h2>{ t.text("raters") }</h2>
            <p class="hint">{ t.text("raters-hint") }</p>
            <Table label={t.text("raters")}>
                { head([column(t.text("rater"))].into_iter().chain(numbers)) }
                <tbody>{ for view.analysis.raters.iter().flat_map(|r| rater(props, view, r)) }</tbody>
            </Table>
        </section>
    }
}

fn rater(props: &Props, view: &RatingsView, habits: &Habits) -> Vec<Html> {
    let t = &*props.locale;
    let name = habits.info.name.clone();
    let onchange = {
        let rater = habits.info.key.clone();
        let calls = props.calls.clone();
        Callback::from(move |e: Event| {
            let counted = e.target_unchecked_into::<HtmlInputElement>().checked();
            let call = SetExcluded {
                rater: rater.clone(),
                excluded: !counted,
            };
            calls.order(call, |()| {});
        })
    };
    let first = |rows: usize| {
        let onchange = onchange.clone();
        html! {
            <>
                <th scope="rowgroup" rowspan={rows.to_string()}>{ &name }{ kind(props, &habits.info) }{ facts(props, view, &habits.info) }</th>
                <td class="number" rowspan={rows.to_string()}>
                    <input type="checkbox" checked={!habits.info.left_out} {onchange} aria-label={t.with("count-rater", &[("rater", name.clone())])} />
                </td>
            </>
        }
    };
    if habits.dimensions.is_empty() {
        let none = if habits.info.left_out {
            "left-out"
        } else {
            "no-values"
        };
        return vec![
            html! { <tr>{ first(1) }<td colspan="5" class="same">{ t.text(none) }</td></tr> },
        ];
    }
    let written = |x: Option<f64>| x.map_or(String::new(), |x| decimal(x, 2));
    let bias = |x: Option<f64>| x.map_or(String::new(), |x| signed(x, 2));
    let rows = habits.dimensions.len();
    let row = |(i, h): (usize, &Habit)| {
        html! {
            <tr>
                if i == 0 { { first(rows) } }
                { number(&view.analysis.dimensions[h.dimension].dimension.name) }
                { number(t.count(h.values)) }
                { number(bias(h.bias)) }
                { number(written(h.spread)) }
                { number(written(h.with_others)) }
            </tr>
        }
    };
    habits.dimensions.iter().enumerate().map(row).collect()
}

/// Whether a rater is a person or a model, with the way to say otherwise. Who rated by link is a person.
fn kind(props: &Props, info: &RaterInfo) -> Html {
    let t = &*props.locale;
    if !info.devices.is_empty() {
        return Html::default();
    }
    let (key, kind) = match info.is_model() {
        true => ("rater-is-model", RaterKind::Person),
        false => (
            "rater-is-person",
            RaterKind::Model {
                name: info.name.clone(),
            },
        ),
    };
    let (calls, rater) = (props.calls.clone(), info.key.clone());
    let change = Callback::from(move |_: MouseEvent| {
        let (rater, kind) = (rater.clone(), kind.clone());
        calls.order(SetKind { rater, kind }, |()| {});
    });
    let other = if info.is_model() {
        "rater-make-person"
    } else {
        "rater-make-model"
    };
    let label = t.with(
        "rater-change-kind",
        &[("rater", info.name.clone()), ("change", t.text(other))],
    );
    html! {
        <small class="fact">{ t.text(key) }{ " " }
            <button class="quiet rater-kind" aria-label={label} onclick={change}>{ t.text(other) }</button></small>
    }
}

/// What is known of a rater's work beyond the values.
fn facts(props: &Props, view: &RatingsView, info: &RaterInfo) -> Html {
    let t = &*props.locale;
    if view.project.is_none() {
        return Html::default();
    }
    let of = |(right, all): (usize, usize)| [("right", t.count(right)), ("all", t.count(all))];
    let work = [
        ("answered", t.count(info.answered)),
        ("skipped", t.count(info.skipped)),
    ];
    let mut lines = vec![t.with("rater-work", &work)];
    if let Some(invited) = info.invited {
        let key = if invited {
            "rater-invited"
        } else {
            "rater-not-invited"
        };
        lines.push(t.text(key));
    }
    if let Some(seconds) = info.seconds {
        let seconds = format!("{seconds:.0}");
        lines.push(t.with("rater-seconds", &[("seconds", seconds)]));
    }
    if info.controls.1 > 0 {
        lines.push(t.with("rater-controls", &of(info.controls)));
    }
    if info.repeated.1 > 0 {
        lines.push(t.with("rater-repeated", &of(info.repeated)));
    }
    html! {
        <>
            { for lines.into_iter().map(|line| html! { <small class="fact">{ line }</small> }) }
            { devices(props, info) }
        </>
    }
}

/// Where answers came from several devices under one name, the way to tell them apart.
fn devices(props: &Props, info: &RaterInfo) -> Html {
    let t = &*props.locale;
    let Some(device) = info.devices.iter().skip(1).max().copied() else {
        return Html::default();
    };
    let calls = props.calls.clone();
    let apart = Callback::from(move |_: MouseEvent| {
        let decision = Decision::Separate { device };
        calls.order(Decide { decision }, |()| {});
    });
    let words = [("count", t.count(info.devices.len()))];
    html! {
        <small class="fact">{ t.with("rater-devices", &words) }{ " " }
            <button class="quiet apart" onclick={apart}>{ t.text("conflict-apart") }</button></small>
    }
}

/// What raters wrote, and the errors that they marked.
pub fn remarks(props: &Props, view: &RatingsView) -> Html {
    let analysis = &view.analysis;
    if analysis.remarks.is_empty() {
        return Html::default();
    }
    let t = &*props.locale;
    let item = |r: &Remark| match analysis.units[r.unit].row {
        Some(row) => {
            html! { <a href={props.route.to_row(row).href()}>{ &analysis.units[r.unit].name }</a> }
        }
        None => html! { { &analysis.units[r.unit].name } },
    };
    html! {
        <section id="remarks">
            <h2>{ t.text("remarks") }</h2>
            <Reasons locale={props.locale.clone()} route={props.route.clone()} source={ReasonSource::People} />
            <Table label={t.text("remarks")} frame="tall-list">
                { head(["item", "rater", "dimension", "system", "remark"].map(|name| column(t.text(name)))) }
                <tbody>{ for analysis.remarks.iter().map(|r| html! {
                    <tr>
                        { cell(item(r)) }
                        { cell(&analysis.raters[r.rater].info.name) }
                        { cell(&r.dimension) }
                        { cell(r.system.map(|s| analysis.systems[s].clone()).unwrap_or_default()) }
                        <td class="prose">{ &r.text }</td>
                    </tr>
                }) }</tbody>
            </Table>
        </section>
    }
}
