//! The sections of an owner's form but for the questions: what raters read, what is judged, who rates
//! what, the passphrase.

use crate::components::controls::{Change, choice};
use crate::components::number_field::NumberField;
use crate::components::send_link::PLACES;
use crate::components::text_field::{FieldKind, TextField};
use crate::state::passphrase::{Strength, strength};
use crate::state::task_form::{Channel, Form, Step};
use crate::typed::Range;
use assay_data::Role;
use assay_locale::{Language, Locale};
use assay_protocol::views::Summary;
use assay_rating::draft::{Draft, Rows};
use assay_rating::task::{MAX_COMPLETION, MAX_SLOTS};
use assay_sorting::sort_by;
use assay_stats::decision::FEWEST_UNITS;
use web_sys::HtmlInputElement;
use yew::prelude::*;

fn chosen<T: 'static>(change: &Change<Form>, set: fn(&mut Form, T)) -> Callback<T> {
    change.reform(move |value: T| -> Step { Box::new(move |form| set(form, value)) })
}

/// A box to be ticked.
fn tick(
    id: &'static str,
    label: String,
    now: bool,
    change: &Change<Form>,
    set: fn(&mut Form, bool),
) -> Html {
    let onchange = change.reform(move |e: Event| -> Step {
        let ticked = e.target_unchecked_into::<HtmlInputElement>().checked();
        Box::new(move |form| set(form, ticked))
    });
    html! { <label class="tick"><input {id} type="checkbox" checked={now} {onchange} />{ " " }{ label }</label> }
}

/// What raters read first.
pub fn what_for(t: &Locale, form: &Form, change: &Change<Form>) -> Html {
    let language = chosen(change, |form, tag: String| {
        form.speak(Language::preferred(&tag))
    });
    let options: Vec<(String, String)> = Language::ALL
        .iter()
        .map(|l| (l.tag().to_owned(), l.name().to_owned()))
        .collect();
    let title = chosen(change, |form, text| form.change(|d| d.title = text));
    let instructions = chosen(change, |form, text| form.change(|d| d.instructions = text));
    html! {
        <section>
            <h2>{ t.text("task-what-for") }</h2>
            <p><TextField id="task-title" label={t.text("task-title")} maxlength=200 size=40 value={form.draft.title.clone()} set={title} /></p>
            <p>{ choice("task-language", t.text("task-language"), options, &form.draft.language, &language) }</p>
            <TextField id="task-instructions" label={t.text("task-instructions")} kind={FieldKind::Area(5)} maxlength=20000
                value={form.draft.instructions.clone()} set={instructions} />
            <p class="hint">{ t.text("task-markdown") }</p>
        </section>
    }
}

/// Characters of a link up to which a place is offered as one that rows have to fit.
const MOST_LIMITED: usize = 5_000;

/// The name of a choice of rows.
fn rows_name(rows: &Rows) -> String {
    match rows {
        Rows::All => "all".to_owned(),
        Rows::First => "first".to_owned(),
        Rows::Random => "random".to_owned(),
        Rows::Stratified { column } => format!("by {column}"),
        Rows::Disagreement => "disagreement".to_owned(),
        Rows::Variance => "variance".to_owned(),
        Rows::Diversity => "diversity".to_owned(),
    }
}

/// Which rows and systems are judged, and what raters see.
pub fn judged(
    t: &Locale,
    summary: &Summary,
    scored: bool,
    form: &Form,
    change: &Change<Form>,
) -> Html {
    let draft = &form.draft;
    let mut options: Vec<(String, String)> = ["all", "first", "random"]
        .map(|name| (name.to_owned(), t.text(&format!("rows-{name}"))))
        .to_vec();
    let slices = summary.columns.iter().filter(|c| c.role == Role::Slice);
    options.extend(slices.map(|c| {
        let words = t.with("rows-by", &[("column", c.name.clone())]);
        (format!("by {}", c.name), words)
    }));
    let mut by_outputs: Vec<&str> = Vec::new();
    if scored {
        by_outputs.extend(["disagreement", "variance"]);
    }
    if summary.systems.len() > 1 {
        by_outputs.push("diversity");
    }
    let named = |name: &str| (name.to_owned(), t.text(&format!("rows-{name}")));
    options.extend(by_outputs.into_iter().map(named));
    let rows = chosen(change, |form: &mut Form, name: String| {
        form.is_fitted = form.is_fitted && name != "all";
        form.change(|d| {
            d.rows = match (name.as_str(), name.strip_prefix("by ")) {
                ("all", _) => Rows::All,
                ("first", _) => Rows::First,
                ("disagreement", _) => Rows::Disagreement,
                ("variance", _) => Rows::Variance,
                ("diversity", _) => Rows::Diversity,
                (_, Some(column)) => Rows::Stratified {
                    column: column.to_owned(),
                },
                _ => Rows::Random,
            };
        });
    });
    let count = chosen(change, |form: &mut Form, n| {
        form.is_fitted = false;
        form.change(|d| d.count = n);
    });
    let has = |role: Role| summary.columns.iter().any(|c| c.role == role);
    html! {
        <section>
            <h2>{ t.text("task-judged") }</h2>
            <p class="row">
                { choice("task-rows", t.text("task-rows"), options, &rows_name(&draft.rows), &rows) }
                if draft.rows != Rows::All {
                    <NumberField<usize> id="task-count" label={t.text("task-count")} value={draft.count} range={Range::From(1)} set={count} />
                }
                <span class="hint">{ t.with("task-of-rows", &[("rows", t.count(summary.rows))]) }</span>
            </p>
            { sent_by(t, form, change) }
            { too_few(t, draft, summary.rows) }
            if draft.rows.are_selected() { <p class="hint" id="rows-selected">{ t.text("rows-selected") }</p> }
            <p class="row"><span>{ t.text("task-systems") }</span>{ for summary.systems.iter().enumerate().map(|(i, name)| {
                let onchange = change.reform(move |e: Event| -> Step {
                    let ticked = e.target_unchecked_into::<HtmlInputElement>().checked();
                    Box::new(move |form| form.change(|d| {
                        d.systems.retain(|s| *s != i);
                        if ticked { d.systems.push(i); sort_by(&mut d.systems, Ord::cmp); }
                    }))
                });
                html! { <label class="tick"><input type="checkbox" checked={draft.systems.contains(&i)} {onchange} />{ " " }{ name }</label> }
            }) }</p>
            <p class="row"><span>{ t.text("task-see") }</span>
                if has(Role::Source) { { tick("task-source", t.text("role-source"), draft.source, change, |f, on| f.change(|d| d.source = on)) } }
                if has(Role::Reference) { { tick("task-reference", t.text("reference"), draft.reference, change, |f, on| f.change(|d| d.reference = on)) } }
                { tick("task-named", t.text("task-named"), !draft.blind, change, |f, on| f.change(|d| d.blind = !on)) }
            </p>
            <p class="hint">{ t.text(if draft.blind { "task-blind" } else { "task-not-blind" }) }</p>
        </section>
    }
}

/// A place to which the link can be sent, of those that limit its length.
pub fn channel(name: &str) -> Option<Channel> {
    channels().find(|channel| channel.name == name)
}

fn channels() -> impl Iterator<Item = Channel> {
    let limited = PLACES.iter().filter(|(_, most)| *most <= MOST_LIMITED);
    limited.map(|&(name, most)| Channel { name, most })
}

/// Where the link is to be sent, which says how many rows fit.
fn sent_by(t: &Locale, form: &Form, change: &Change<Form>) -> Html {
    let mut options = vec![(String::new(), t.text("task-channel-any"))];
    options.extend(channels().map(|channel| {
        let name = channel.name.to_owned();
        let words = t.text(&format!("place-{name}"));
        (name, words)
    }));
    let set = chosen(change, |form: &mut Form, name: String| {
        form.send_by(channel(&name));
    });
    let now = form.channel.map_or("", |channel| channel.name);
    let hint = match (form.is_fitted, form.fewest) {
        (false, _) => t.text("task-channel-hint"),
        (true, 0 | 1) => t.text("task-channel-fits"),
        (true, fewest) => t.with("task-channel-floor", &[("fewest", t.count(fewest))]),
    };
    html! {
        <p class="row">
            { choice("task-channel", t.text("task-channel"), options, now, &set) }
            <span class="hint">{ hint }</span>
        </p>
    }
}

/// A word on so few rows that their ratings will decide nothing.
fn too_few(t: &Locale, draft: &Draft, loaded: usize) -> Html {
    let rows = match draft.rows {
        Rows::All => loaded,
        _ => draft.count.min(loaded),
    };
    if rows >= FEWEST_UNITS {
        return Html::default();
    }
    let fewest = t.count(FEWEST_UNITS);
    html! { <p class="hint" id="task-few">{ t.with("task-few", &[("fewest", fewest)]) }</p> }
}

/// Items that may be repeated, and controls that may be put among the items, at most.
const MOST_EXTRA: u16 = 1000;

/// Who rates what, and how raters are tried.
pub fn who(t: &Locale, form: &Form, change: &Change<Form>) -> Html {
    let draft = &form.draft;
    let options =
        ["everyone", "shared"].map(|name| (name.to_owned(), t.text(&format!("who-{name}"))));
    let current = if draft.slots > 0 {
        "shared"
    } else {
        "everyone"
    };
    let mode = chosen(change, |form, name: String| {
        form.share(if name == "shared" { 3 } else { 0 })
    });
    let slots = chosen(change, Form::share);
    let overlap = chosen(change, |form, n| form.change(|d| d.overlap = n));
    let repeats = chosen(change, |form, n| form.change(|d| d.repeats = n));
    let controls = chosen(change, |form, n| form.change(|d| d.controls = n));
    let completion = chosen(change, |form, text| form.change(|d| d.completion = text));
    let extra = Range::Between(0, MOST_EXTRA);
    html! {
        <section>
            <h2>{ t.text("task-who") }</h2>
            <p class="row">
                { choice("task-share", t.text("task-share"), options.to_vec(), current, &mode) }
                if draft.slots > 0 {
                    <NumberField<u16> id="task-slots" label={t.text("task-slots")} value={draft.slots} range={Range::Between(1, MAX_SLOTS)} set={slots} />
                    <NumberField<u16> id="task-overlap" label={t.text("task-overlap")} value={draft.overlap} range={Range::Between(1, draft.slots)} set={overlap} />
                }
            </p>
            if draft.slots > 0 { <p class="hint">{ t.text("task-shared-hint") }</p> }
            <p class="row">
                <NumberField<u16> id="task-repeats" label={t.text("task-repeats")} value={draft.repeats} range={extra} set={repeats} />
                <span class="hint">{ t.text("task-repeats-hint") }</span>
            </p>
            <p class="row">
                <NumberField<usize> id="task-controls" label={t.text("task-controls")} value={draft.controls} range={Range::Between(0, MOST_EXTRA.into())} set={controls} />
                <span class="hint">{ t.text("task-controls-hint") }</span>
            </p>
            <p><TextField id="task-completion" label={t.text("task-completion")} maxlength={MAX_COMPLETION} size=40
                value={draft.completion.clone()} set={completion} /></p>
            <p class="hint">{ t.text("task-completion-hint") }</p>
            <p>{ tick("task-timed", t.text("task-timed"), draft.timed, change, |f, on| f.change(|d| d.timed = on)) }</p>
        </section>
    }
}

/// Whether the task is behind a passphrase.
pub fn passphrase(t: &Locale, form: &Form, change: &Change<Form>) -> Html {
    let set = |form: &mut Form, text: String| form.set_passphrase(text);
    let oninput = change.reform(move |e: InputEvent| -> Step {
        let text = e.target_unchecked_into::<HtmlInputElement>().value();
        Box::new(move |form| set(form, text))
    });
    // What fills passwords in tells only that.
    let onchange = change.reform(move |e: Event| -> Step {
        let text = e.target_unchecked_into::<HtmlInputElement>().value();
        Box::new(move |form| set(form, text))
    });
    html! {
        <section>
            <h2>{ t.text("passphrase") }</h2>
            <p>{ tick("task-locks", t.text("task-locks"), form.locks, change, |f, on| f.locks = on) }</p>
            if form.locks {
                <p><label>{ t.text("passphrase") }{ " " }<input id="task-passphrase" autocomplete="off" spellcheck="false" value={form.passphrase.clone()}
                    {oninput} {onchange} /></label></p>
                if !form.passphrase.trim().is_empty() { { how_strong(t, form, change) } }
                <p class="hint">{ t.text("task-locks-hint") }</p>
            } else {
                <p class="hint" id="task-open-hint">{ t.text("task-open-hint") }</p>
            }
        </section>
    }
}

/// How hard the passphrase is to guess; a weak one has to be confirmed.
fn how_strong(t: &Locale, form: &Form, change: &Change<Form>) -> Html {
    let (class, key) = match strength(&form.passphrase) {
        Strength::Weak => ("worse", "passphrase-weak"),
        Strength::Fair => ("same", "passphrase-fair"),
        Strength::Strong => ("better", "passphrase-strong"),
    };
    html! {
        <>
            <p id="passphrase-strength" role="status" {class}>{ t.text(key) }</p>
            if class == "worse" {
                <p>{ tick("passphrase-take-weak", t.text("passphrase-take-weak"), form.takes_weak, change, |f, on| f.takes_weak = on) }</p>
            }
        </>
    }
}
