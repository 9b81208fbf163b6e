//! The page on which an owner makes a rating task: what is judged, what is asked, who rates how much;
//! beside it what it comes to, and how the first item will look.

use super::controls::{choice, number};
use super::item_card::ItemCard;
use super::locale::{Language, Locale};
use super::owner_state::OwnerState;
use super::question_editor::questions;
use super::route::{Page, Route};
use super::send_link::meter;
use super::shell::Ask;
use super::task_form::Form;
use crate::dataset::Role;
use crate::platform::browser;
use crate::rating::draft::Rows;
use crate::rating::envelope::TASK_MARK;
use crate::rating::task::MAX_SLOTS;
use crate::worker::link_protocol::{OwnerCommand, PlanView};
use crate::worker::protocol::{Request, Summary};
use gloo::timers::callback::Timeout;
use std::cell::RefCell;
use std::rc::Rc;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

/// How long changes may pause before the plan is made anew, in milliseconds.
const PAUSE: u32 = 250;

/// The form, which outlives a visit to another page.
pub type KeptForm = Rc<RefCell<Option<Form>>>;

/// What the page shows.
#[derive(Properties)]
pub struct Props {
    /// Words.
    pub locale: Rc<Locale>,
    /// The view.
    pub route: Route,
    /// What is loaded.
    pub summary: Option<Rc<Summary>>,
    /// Whether there are scores, by which rows can be chosen.
    pub scored: bool,
    /// What is known of tasks.
    pub owner: Rc<OwnerState>,
    /// The form.
    pub form: KeptForm,
    /// To the shell.
    pub ask: Callback<Ask>,
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        let same = |p: &Self| {
            (
                p.locale.clone(),
                p.summary.clone(),
                p.scored,
                p.owner.clone(),
            )
        };
        same(self) == same(other)
    }
}

/// Something done to the form.
pub enum Msg {
    /// A change.
    Change(Box<dyn FnOnce(&mut Form)>),
    /// The plan is to be made.
    Plan,
    /// The task is to be made.
    Make,
}

/// A way to change the form.
pub type Change = Callback<Box<dyn FnOnce(&mut Form)>>;

/// The page.
pub struct TaskPage {
    soon: Option<Timeout>,
}

impl Component for TaskPage {
    type Message = Msg;
    type Properties = Props;

    fn create(ctx: &Context<Self>) -> Self {
        settle(ctx.props());
        ctx.link().send_message(Msg::Plan);
        Self { soon: None }
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &Props) -> bool {
        if old.summary != ctx.props().summary {
            settle(ctx.props());
            ctx.link().send_message(Msg::Plan);
        }
        true
    }

    fn update(&mut self, ctx: &Context<Self>, message: Msg) -> bool {
        let props = ctx.props();
        match message {
            Msg::Change(change) => {
                if let Some(form) = props.form.borrow_mut().as_mut() {
                    change(form);
                }
                let link = ctx.link().clone();
                self.soon = Some(Timeout::new(PAUSE, move || link.send_message(Msg::Plan)));
            }
            Msg::Plan => {
                if let Some(form) = props.form.borrow().as_ref() {
                    let command = OwnerCommand::Plan {
                        draft: Box::new(form.draft.clone()),
                        locked: form.locks,
                    };
                    props.ask.emit(owner(command));
                }
            }
            Msg::Make => {
                if let Some(form) = props.form.borrow().as_ref() {
                    browser::persist();
                    browser::to_top();
                    let passphrase = form.passphrase.clone();
                    let command = OwnerCommand::Make {
                        draft: Box::new(form.draft.clone()),
                        passphrase: if form.locks {
                            passphrase
                        } else {
                            String::new()
                        },
                    };
                    props.ask.emit(owner(command));
                }
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let props = ctx.props();
        let t = &*props.locale;
        let (Some(summary), Some(form)) = (&props.summary, &*props.form.borrow()) else {
            return needs_data(props);
        };
        let change = ctx.link().callback(Msg::Change);
        let undo =
            change.reform(|_: MouseEvent| -> Box<dyn FnOnce(&mut Form)> { Box::new(Form::undo) });
        html! {
            <div class="page task-page">
                <section>
                    <p class="row"><a href={format!("#{}", ratings(&props.route))}>{ "← " }{ t.text("ratings") }</a></p>
                    <h1>{ t.text("task-new") }</h1>
                    <p class="hint">{ t.text("task-hint") }</p>
                    <button id="task-undo" class="quiet" disabled={!form.can_undo()} onclick={undo}>{ t.text("task-undo") }</button>
                </section>
                { what_for(t, form, &change) }
                { judged(t, props, summary, form, &change) }
                { questions(t, form, &change) }
                { who(t, form, &change) }
                { passphrase(t, form, &change) }
                { self.outcome(ctx, form) }
            </div>
        }
    }
}

/// A form for what is loaded, if the one that is kept is for something else.
fn settle(props: &Props) {
    let mut form = props.form.borrow_mut();
    let Some(summary) = props.summary.as_ref().filter(|s| !s.systems.is_empty()) else {
        *form = None;
        return;
    };
    if form.as_ref().is_none_or(|f| !f.is_for(summary)) {
        let seed = (js_sys::Math::random() * 2f64.powi(53)) as u64;
        *form = Some(Form::new(summary, props.locale.language, seed));
    }
}

fn owner(command: OwnerCommand) -> Ask {
    Ask::Worker(Request::Owner { command }, Vec::new())
}

fn ratings(route: &Route) -> String {
    let page = Page::Ratings;
    Route {
        page,
        ..route.clone()
    }
    .to_hash()
}

fn needs_data(props: &Props) -> Html {
    let t = &*props.locale;
    let page = Page::Data;
    let to = Route {
        page,
        ..props.route.clone()
    };
    html! {
        <div class="page"><section>
            <h1>{ t.text("task-new") }</h1>
            <p>{ t.text("task-needs") }</p>
            <p><a class="button primary" href={format!("#{}", to.to_hash())}>{ t.text("go-data") }</a></p>
        </section></div>
    }
}

/// What an event's element holds, made a change of the form.
fn typed(change: &Change, set: fn(&mut Form, String)) -> Callback<Event> {
    change.reform(move |e: Event| -> Box<dyn FnOnce(&mut Form)> {
        let value = e.target_unchecked_into::<HtmlInputElement>().value();
        Box::new(move |form| set(form, value))
    })
}

fn chosen(change: &Change, set: fn(&mut Form, String)) -> Callback<String> {
    change.reform(move |value: String| -> Box<dyn FnOnce(&mut Form)> {
        Box::new(move |form| set(form, value))
    })
}

/// A box to be ticked.
fn tick(
    id: &'static str,
    label: String,
    now: bool,
    change: &Change,
    set: fn(&mut Form, bool),
) -> Html {
    let onchange = change.reform(move |e: Event| -> Box<dyn FnOnce(&mut Form)> {
        let ticked = e.target_unchecked_into::<HtmlInputElement>().checked();
        Box::new(move |form| set(form, ticked))
    });
    html! { <label class="tick"><input {id} type="checkbox" checked={now} {onchange} />{ " " }{ label }</label> }
}

fn what_for(t: &Locale, form: &Form, change: &Change) -> Html {
    let language = chosen(change, |form, tag| form.speak(Language::preferred(&tag)));
    let options = [Language::English, Language::Chinese].map(|l| {
        let name = if l == Language::English {
            "English"
        } else {
            "中文"
        };
        (l.tag().to_owned(), name.to_owned())
    });
    let instructions = change.reform(|e: Event| -> Box<dyn FnOnce(&mut Form)> {
        let text = e.target_unchecked_into::<HtmlTextAreaElement>().value();
        Box::new(move |form| form.change(|d| d.instructions = text))
    });
    html! {
        <section>
            <h2>{ t.text("task-what-for") }</h2>
            <p><label>{ t.text("task-title") }{ " " }<input id="task-title" maxlength="200" size="40" value={form.draft.title.clone()}
                onchange={typed(change, |form, text| form.change(|d| d.title = text))} /></label></p>
            <p>{ choice("task-language", t.text("task-language"), options.to_vec(), &form.draft.language, &language) }</p>
            <label>{ t.text("task-instructions") }<textarea id="task-instructions" rows="5" maxlength="20000"
                value={form.draft.instructions.clone()} onchange={instructions} /></label>
            <p class="hint">{ t.text("task-markdown") }</p>
        </section>
    }
}

/// The name of a choice of rows.
fn rows_name(rows: &Rows) -> String {
    match rows {
        Rows::All => "all".to_owned(),
        Rows::First => "first".to_owned(),
        Rows::Random => "random".to_owned(),
        Rows::Stratified { column } => format!("by {column}"),
        Rows::Disagreement => "disagreement".to_owned(),
    }
}

fn judged(t: &Locale, props: &Props, summary: &Summary, form: &Form, change: &Change) -> Html {
    let draft = &form.draft;
    let mut options: Vec<(String, String)> = ["all", "first", "random"]
        .map(|name| (name.to_owned(), t.text(&format!("rows-{name}"))))
        .to_vec();
    let slices = summary.columns.iter().filter(|c| c.role == Role::Slice);
    options.extend(slices.map(|c| {
        let words = t.with("rows-by", &[("column", c.name.clone())]);
        (format!("by {}", c.name), words)
    }));
    if props.scored {
        options.push(("disagreement".to_owned(), t.text("rows-disagreement")));
    }
    let rows = chosen(change, |form, name| {
        form.change(|d| {
            d.rows = match (name.as_str(), name.strip_prefix("by ")) {
                ("all", _) => Rows::All,
                ("first", _) => Rows::First,
                ("disagreement", _) => Rows::Disagreement,
                (_, Some(column)) => Rows::Stratified {
                    column: column.to_owned(),
                },
                _ => Rows::Random,
            };
        });
    });
    let count = chosen(change, |form, n| {
        form.change(|d| d.count = n.trim().parse().unwrap_or(d.count).max(1));
    });
    let has = |role: Role| summary.columns.iter().any(|c| c.role == role);
    html! {
        <section>
            <h2>{ t.text("task-judged") }</h2>
            <p class="row">
                { choice("task-rows", t.text("task-rows"), options, &rows_name(&draft.rows), &rows) }
                if draft.rows != Rows::All { { number("task-count", t.text("task-count"), draft.count.to_string(), &count) } }
                <span class="hint">{ t.with("task-of-rows", &[("rows", t.count(summary.rows))]) }</span>
            </p>
            <p class="row"><span>{ t.text("task-systems") }</span>{ for summary.systems.iter().enumerate().map(|(i, name)| {
                let onchange = change.reform(move |e: Event| -> Box<dyn FnOnce(&mut Form)> {
                    let ticked = e.target_unchecked_into::<HtmlInputElement>().checked();
                    Box::new(move |form| form.change(|d| {
                        d.systems.retain(|s| *s != i);
                        if ticked { d.systems.push(i); d.systems.sort_unstable(); }
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

/// A number as typed, at most `most`.
fn small(text: &str, most: u16) -> Option<u16> {
    Some(text.trim().parse::<u16>().ok()?.min(most))
}

fn who(t: &Locale, form: &Form, change: &Change) -> Html {
    let draft = &form.draft;
    let options =
        ["everyone", "shared"].map(|name| (name.to_owned(), t.text(&format!("who-{name}"))));
    let current = if draft.slots > 0 {
        "shared"
    } else {
        "everyone"
    };
    let mode = chosen(change, |form, name| {
        form.share(if name == "shared" { 3 } else { 0 })
    });
    let slots = chosen(change, |form, n| {
        if let Some(n) = small(&n, MAX_SLOTS) {
            form.share(n.max(1));
        }
    });
    let overlap = chosen(change, |form, n| {
        if let Some(n) = small(&n, MAX_SLOTS) {
            form.change(|d| d.overlap = n.clamp(1, d.slots.max(1)));
        }
    });
    let repeats = chosen(change, |form, n| {
        if let Some(n) = small(&n, 1000) {
            form.change(|d| d.repeats = n);
        }
    });
    let controls = chosen(change, |form, n| {
        if let Some(n) = small(&n, 1000) {
            form.change(|d| d.controls = n.into());
        }
    });
    html! {
        <section>
            <h2>{ t.text("task-who") }</h2>
            <p class="row">
                { choice("task-share", t.text("task-share"), options.to_vec(), current, &mode) }
                if draft.slots > 0 {
                    { number("task-slots", t.text("task-slots"), draft.slots.to_string(), &slots) }
                    { number("task-overlap", t.text("task-overlap"), draft.overlap.to_string(), &overlap) }
                }
            </p>
            if draft.slots > 0 { <p class="hint">{ t.text("task-shared-hint") }</p> }
            <p class="row">
                { number("task-repeats", t.text("task-repeats"), draft.repeats.to_string(), &repeats) }
                <span class="hint">{ t.text("task-repeats-hint") }</span>
            </p>
            <p class="row">
                { number("task-controls", t.text("task-controls"), draft.controls.to_string(), &controls) }
                <span class="hint">{ t.text("task-controls-hint") }</span>
            </p>
            <p>{ tick("task-timed", t.text("task-timed"), draft.timed, change, |f, on| f.change(|d| d.timed = on)) }</p>
        </section>
    }
}

fn passphrase(t: &Locale, form: &Form, change: &Change) -> Html {
    html! {
        <section>
            <h2>{ t.text("passphrase") }</h2>
            <p>{ tick("task-locks", t.text("task-locks"), form.locks, change, |f, on| f.locks = on) }</p>
            if form.locks {
                <p><label>{ t.text("passphrase") }{ " " }<input id="task-passphrase" autocomplete="off" spellcheck="false" value={form.passphrase.clone()}
                    onchange={typed(change, |form, text| form.passphrase = text)} /></label></p>
                <p class="hint">{ t.text("task-locks-hint") }</p>
            } else {
                <p class="hint" id="task-open-hint">{ t.text("task-open-hint") }</p>
            }
        </section>
    }
}

impl TaskPage {
    /// What the draft comes to, the way to make it, and the preview.
    fn outcome(&self, ctx: &Context<Self>, form: &Form) -> Html {
        let props = ctx.props();
        let t = &*props.locale;
        let make = ctx.link().callback(|_: MouseEvent| Msg::Make);
        let lacks = form.locks && form.passphrase.is_empty();
        let ready = matches!(props.owner.plan, Some(Ok(_))) && !lacks && !props.owner.making;
        html! {
            <>
                <section id="task-plan">
                    <h2>{ t.text("task-outcome") }</h2>
                    { match &props.owner.plan {
                        None => html! { <p class="hint">{ t.text("task-planning") }</p> },
                        Some(Err(error)) => html! { <p class="notice" role="alert">{ t.tagged("task-error", error) }</p> },
                        Some(Ok(plan)) => plan_words(t, plan),
                    } }
                    if lacks { <p class="notice" role="alert">{ t.text("task-no-passphrase") }</p> }
                    <button id="task-make" class="primary" disabled={!ready} onclick={make}>
                        { t.text(if props.owner.making { "task-making" } else { "task-make" }) }</button>
                </section>
                if let Some(Ok(plan)) = &props.owner.plan {
                    if let Some(first) = &plan.first {
                        <section id="task-preview">
                            <h2>{ t.text("task-preview") }<small>{ t.text("task-preview-hint") }</small></h2>
                            <div class="rate framed"><ItemCard locale={props.locale.clone()} language={form.draft.language.clone()}
                                item={Rc::new(first.clone())} idle=true act={None::<Callback<super::item_card::Act>>} /></div>
                        </section>
                    }
                }
            </>
        }
    }
}

fn plan_words(t: &Locale, plan: &PlanView) -> Html {
    let words = [
        ("items", t.count(plan.items)),
        ("each", t.count(plan.each)),
        (
            "minutes",
            t.count((plan.seconds / 60.0).ceil().max(1.0) as usize),
        ),
    ];
    let base = browser::base().len() + TASK_MARK.len();
    html! {
        <>
            <p id="task-extent">{ t.with("task-extent", &words) }</p>
            { match plan.characters {
                Some(characters) => meter(t, base + characters),
                None => html! { <p>{ t.text("link-far-too-long") }</p> },
            } }
        </>
    }
}
