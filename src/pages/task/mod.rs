//! The page on which an owner makes a rating task: what is judged, what is asked, who rates how much; beside it the plan
//! (items for each rater, time, size of the link) and a preview of the first item.

mod question_editor;
mod sections;
mod weights;

use crate::browser::files as browser;
use crate::browser::single_file::base;
use crate::calls::Calls;
use crate::components::item_card::ItemCard;
use crate::components::keep_hint::KeepHint;
use crate::components::send_link::meter;
use crate::pages::task::question_editor::questions;
use crate::pages::task::sections::{channel, judged, passphrase, what_for, who};
use crate::pages::task::weights::prefilled;
use crate::route::{Page, Route};
use crate::shell::ask::Ask;
use crate::state::task_form::{Form, PassphraseGap, Step};
use assay_calls::{CallFailure, Explanation, History};
use assay_locale::{Language, Locale};
use assay_protocol::projects::{Create, CreateError, Plan, PlanView};
use assay_protocol::views::Summary;
use assay_rating::draft::Draft;
use assay_rating::envelope::TASK_MARK;
use gloo::timers::callback::Timeout;
use std::cell::RefCell;
use std::rc::Rc;
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
    /// The form.
    pub form: KeptForm,
    /// To the shell.
    pub ask: Callback<Ask>,
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        let same = |p: &Self| (p.locale.clone(), p.summary.clone(), p.scored);
        same(self) == same(other)
    }
}

/// Something done to the form.
pub enum Msg {
    /// A change.
    Change(Step),
    /// The plan is to be made.
    Plan,
    /// The plan of the draft with this number; only the latest is shown.
    Planned(u32, Result<PlanView, CallFailure<CreateError>>),
    /// The task is to be made.
    Make,
    /// The task was made, or why it was not.
    Made(Result<(), CallFailure<CreateError>>),
}

/// The page.
pub struct TaskPage {
    calls: Calls,
    soon: Option<Timeout>,
    /// The plan of the draft, or why there is none; nothing before it is known.
    plan: Option<Result<PlanView, Explanation>>,
    /// Plans that were asked for.
    asked: u32,
    /// Whether the task is being made.
    is_making: bool,
    /// Why the task could not be made; nothing once the form has changed or it is tried again.
    not_made: Option<Explanation>,
}

impl Component for TaskPage {
    type Message = Msg;
    type Properties = Props;

    fn create(ctx: &Context<Self>) -> Self {
        settle(ctx.props());
        ctx.link().send_message(Msg::Plan);
        let (calls, _) = ctx
            .link()
            .context::<Calls>(Callback::noop())
            .expect("the shell provides the calls");
        Self {
            calls,
            soon: None,
            plan: None,
            asked: 0,
            is_making: false,
            not_made: None,
        }
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
                self.not_made = None;
                let link = ctx.link().clone();
                self.soon = Some(Timeout::new(PAUSE, move || link.send_message(Msg::Plan)));
            }
            Msg::Plan => self.ask_for_plan(ctx),
            Msg::Planned(number, _) if number != self.asked => return false,
            Msg::Planned(_, plan) => {
                if let Ok(plan) = &plan {
                    fit(ctx, plan);
                }
                self.plan = Some(plan.map_err(|failure| failure.explanation()));
            }
            Msg::Make => self.make(ctx),
            Msg::Made(Ok(())) => {
                self.is_making = false;
                let to = props.route.on_page(Page::Ratings);
                props.ask.emit(Ask::Go(to));
            }
            Msg::Made(Err(failure)) => {
                self.is_making = false;
                self.not_made = Some(match failure {
                    CallFailure::Service(CreateError::Task { error }) => Explanation::of(&error),
                    failure => failure.explanation(),
                });
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
        let step_in_history = |step: fn(&mut History<Draft, ()>) -> bool| {
            change.reform(move |_: MouseEvent| -> Step {
                Box::new(move |form: &mut Form| {
                    // What was undone is not to be shortened again.
                    form.is_fitted = false;
                    step(&mut form.draft);
                })
            })
        };
        html! {
            <div class="page task-page">
                <header class="page-head">
                    <p><a href={props.route.on_page(Page::Ratings).href()}>{ "← " }{ t.text("ratings") }</a></p>
                    <h1>{ t.text("task-new") }</h1>
                    <p class="hint">{ t.text("task-hint") }</p>
                    <p class="row">
                        <button id="task-undo" class="quiet" disabled={form.draft.earlier().is_none()}
                            onclick={step_in_history(History::undo)}>{ t.text("task-undo") }</button>
                        <button id="task-redo" class="quiet" disabled={form.draft.undone().is_none()}
                            onclick={step_in_history(History::redo)}>{ t.text("task-redo") }</button>
                    </p>
                </header>
                <div class="task-columns">
                    <div class="parts">
                        { judged(t, summary, props.scored, form, &change) }
                        { what_for(t, form, &change) }
                        { questions(t, form, &change) }
                        { prefilled(t, summary, form, &change) }
                        { who(t, form, &change) }
                        { passphrase(t, form, &change) }
                    </div>
                    <div class="parts task-side">{ self.outcome(ctx, form) }</div>
                </div>
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
        let mut new = Form::new(summary, props.locale.language, seed);
        if props.locale.language == Language::Chinese {
            // What people who read Chinese send links by; its limit is lower than the usual number of rows needs.
            new.begin_with(channel("wechat"));
        }
        *form = Some(new);
    }
}

/// The characters of a link around its envelope.
fn around() -> usize {
    base().len() + TASK_MARK.len()
}

/// Takes rows out where the link is too long for where it is to be sent, and plans again.
fn fit(ctx: &Context<TaskPage>, plan: &PlanView) {
    let characters = plan.characters.map(|characters| around() + characters);
    let form = &ctx.props().form;
    let shorten = |form: &mut Form| form.shorten(characters);
    let is_shorter = form.borrow_mut().as_mut().is_some_and(shorten);
    if is_shorter {
        ctx.link().send_message(Msg::Plan);
    }
}

fn needs_data(props: &Props) -> Html {
    let t = &*props.locale;
    let to = props.route.on_page(Page::Data);
    html! {
        <div class="page"><section>
            <h1>{ t.text("task-new") }</h1>
            <p>{ t.text("task-needs") }</p>
            <p><a class="button primary" href={to.href()}>{ t.text("go-data") }</a></p>
        </section></div>
    }
}

impl TaskPage {
    fn ask_for_plan(&mut self, ctx: &Context<Self>) {
        let form = ctx.props().form.borrow();
        let Some(form) = form.as_ref() else {
            return;
        };
        self.asked += 1;
        let plan = Plan {
            draft: form.draft.current().clone(),
            locked: form.locks,
        };
        let (calls, link, number) = (self.calls.clone(), ctx.link().clone(), self.asked);
        self.calls.spawn(async move {
            link.send_message(Msg::Planned(number, calls.ask(plan).await));
        });
    }

    fn make(&mut self, ctx: &Context<Self>) {
        let form = ctx.props().form.borrow();
        let Some(form) = form.as_ref() else {
            return;
        };
        browser::persist();
        browser::to_top();
        self.is_making = true;
        self.not_made = None;
        let passphrase = form.passphrase.clone();
        let create = Create {
            draft: form.draft.current().clone(),
            passphrase: if form.locks {
                passphrase
            } else {
                String::new()
            },
        };
        let (calls, link) = (self.calls.clone(), ctx.link().clone());
        self.calls.spawn(async move {
            link.send_message(Msg::Made(calls.ask(create).await));
        });
    }

    /// The plan of the draft, the button that makes the task, and the preview.
    fn outcome(&self, ctx: &Context<Self>, form: &Form) -> Html {
        let props = ctx.props();
        let t = &*props.locale;
        let make = ctx.link().callback(|_: MouseEvent| Msg::Make);
        let gap = form.passphrase_gap().map(|gap| match gap {
            PassphraseGap::Missing => "task-no-passphrase",
            PassphraseGap::WeakUnconfirmed => "task-weak-passphrase",
        });
        let ready = matches!(self.plan, Some(Ok(_))) && gap.is_none() && !self.is_making;
        html! {
            <>
                <section id="task-plan">
                    <h2>{ t.text("task-outcome") }</h2>
                    { match &self.plan {
                        None => html! { <p class="hint">{ t.text("calculating") }</p> },
                        Some(Err(why)) => html! { <p class="notice" role="alert">{ t.explained(why) }</p> },
                        Some(Ok(plan)) => plan_words(t, plan),
                    } }
                    if let Some(gap) = gap { <p class="notice" role="alert">{ t.text(gap) }</p> }
                    if let Some(why) = &self.not_made { <p class="notice" role="alert">{ t.explained(why) }</p> }
                    <KeepHint words={t.text("task-keep-hint")} />
                    <button id="task-make" class="primary" disabled={!ready} onclick={make}>
                        { t.text(if self.is_making { "task-making" } else { "task-make" }) }</button>
                </section>
                if let Some(Ok(plan)) = &self.plan {
                    if let Some(first) = &plan.first {
                        <section id="task-preview">
                            <h2>{ t.text("task-preview") }</h2>
                            <p class="hint">{ t.text("task-preview-hint") }</p>
                            <div class="rate phone" tabindex="0" role="group" aria-label={t.text("task-preview")}><ItemCard locale={props.locale.clone()} language={form.draft.language.clone()}
                                item={Rc::new(first.clone())} idle=true act={None::<Callback<crate::components::item_card::Act>>} /></div>
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
        ("minutes", t.minutes(plan.seconds)),
    ];
    html! {
        <>
            <p id="task-extent">{ t.with("task-extent", &words) }</p>
            { match plan.characters {
                Some(characters) => meter(t, around() + characters),
                None => html! { <p>{ t.text("link-far-too-long") }</p> },
            } }
        </>
    }
}
