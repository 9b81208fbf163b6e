//! What a rater sees who opened a link: no rail and no measures, only the task. A passphrase where one is
//! needed, what it is about, one item at a time, a pause, and at the end the answers to be sent back.

mod action;
mod opening;
mod sheets;
mod work;

use crate::browser::files as browser;
use crate::browser::single_file::task_inside;
use crate::calls::{Calls, Change, Subscription};
use crate::pages::rater::action::Action;
use crate::pages::rater::opening::{Choose, Unlocking};
use crate::pages::rater::sheets::{Begin, Summary};
use crate::pages::rater::work::Work;
use assay_calls::{CallFailure, Explanation};
use assay_locale::Locale;
use assay_protocol::rater::{
    Finish, Intro, ItemView, Open, OpenTaskError, Opening, RatingError, Rename, Show, Shown,
    StartError, Step, SummaryView, Undo, Unlock,
};
use assay_rating::envelope::{EnvelopeError, TASK_MARK};
use assay_web_calls::Attachments;
use gloo::events::EventListener;
use std::rc::Rc;
use web_sys::File;
use yew::prelude::*;

/// What the page shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Words.
    pub locale: Rc<Locale>,
    /// How often files were dropped on the page, and the last ones.
    pub dropped: (usize, Vec<File>),
}

/// How far the page is.
#[derive(Clone)]
enum Stage {
    /// Nothing is opened: a file is asked for, after the reason why the last one was none.
    Choose(Option<Explanation>),
    /// A link is being opened.
    Opening,
    /// It takes a passphrase.
    Locked {
        /// Why the last one did not do.
        failure: Option<Explanation>,
        /// Whether one is being tried.
        is_trying: bool,
    },
    /// The rater reads what it is about.
    Intro,
    /// Another tab works on the task.
    OpenInAnotherTab,
    /// An item.
    Item(Rc<ItemView>),
    /// No item is shown.
    Summary(SummaryView),
}

/// Messages to the page.
pub enum Msg {
    /// The rater does something.
    Do(Action),
    /// What a link led to; only the latest counts.
    Opened(u32, Result<Opening, CallFailure<OpenTaskError>>),
    /// What a passphrase led to.
    Unlocked(Result<Intro, CallFailure<OpenTaskError>>),
    /// Rating started.
    Started(Result<Step, CallFailure<StartError>>),
    /// Another step.
    Step(Result<Step, CallFailure<RatingError>>),
    /// The answers' envelope.
    Finished(Result<String, CallFailure<RatingError>>),
    /// The address changed.
    Address,
    /// The worker was started again: the task is opened again, with what was saved of it.
    Restarted,
}

/// The rater's page.
pub struct RaterPage {
    calls: Calls,
    stage: Stage,
    intro: Option<Rc<Intro>>,
    /// Why the last answer was not taken.
    refused: Option<Explanation>,
    /// Why answers are not saved on this device.
    not_saved: Option<Explanation>,
    /// The answers' envelope, once it is made and while nothing is answered anew.
    envelope: Option<Rc<str>>,
    /// What was opened last.
    source: Option<Action>,
    opened: u32,
    _changes: Subscription,
    _listener: EventListener,
}

impl Component for RaterPage {
    type Message = Msg;
    type Properties = Props;

    fn create(ctx: &Context<Self>) -> Self {
        let link = ctx.link().clone();
        let (calls, _) = link
            .context::<Calls>(Callback::noop())
            .expect("the frame provides the calls");
        let restarted = link.batch_callback(|change| match change {
            Change::Restarted => Some(Msg::Restarted),
            _ => None,
        });
        let changes = calls.subscribe(restarted);
        let listener = EventListener::new(&browser::window(), "hashchange", move |_| {
            link.send_message(Msg::Address);
        });
        ctx.link().send_message(Msg::Address);
        Self {
            calls,
            stage: Stage::Choose(None),
            intro: None,
            refused: None,
            not_saved: None,
            envelope: None,
            source: None,
            opened: 0,
            _changes: changes,
            _listener: listener,
        }
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &Props) -> bool {
        let props = ctx.props();
        if props.dropped.0 != old.dropped.0
            && let Some(file) = props.dropped.1.first()
        {
            self.act(ctx, Action::OpenFile(file.clone()));
        }
        true
    }

    fn update(&mut self, ctx: &Context<Self>, message: Msg) -> bool {
        match message {
            Msg::Do(action) => self.act(ctx, action),
            Msg::Address => {
                let text = task_inside().unwrap_or_else(|| format!("#{}", browser::hash()));
                // Without a link a file is asked for.
                if text.starts_with(TASK_MARK) && text.len() > TASK_MARK.len() {
                    self.act(ctx, Action::Open(text));
                }
            }
            Msg::Restarted => {
                if let Some(source) = self.source.clone() {
                    self.act(ctx, source);
                }
            }
            Msg::Opened(number, _) if number != self.opened => return false,
            Msg::Opened(_, Ok(Opening::Locked)) => {
                self.stage = Stage::Locked {
                    failure: None,
                    is_trying: false,
                };
            }
            Msg::Opened(_, Ok(Opening::Intro(intro))) => self.introduce(*intro),
            Msg::Opened(_, Err(failure)) => self.stage = Stage::Choose(Some(words(&failure))),
            Msg::Unlocked(Ok(intro)) => self.introduce(intro),
            Msg::Unlocked(Err(failure)) => self.not_unlocked(&failure),
            Msg::Started(Err(CallFailure::Service(StartError::OpenInAnotherTab))) => {
                self.stage = Stage::OpenInAnotherTab;
            }
            Msg::Started(Ok(step)) | Msg::Step(Ok(step)) => self.take(step),
            Msg::Started(Err(failure)) => self.refused = Some(failure.explanation()),
            Msg::Step(Err(failure)) => self.refused = Some(words_of_step(&failure)),
            Msg::Finished(Ok(envelope)) => self.envelope = Some(envelope.into()),
            Msg::Finished(Err(failure)) => self.refused = Some(words_of_step(&failure)),
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let props = ctx.props();
        let t = &*props.locale;
        let locale = props.locale.clone();
        let act = ctx.link().callback(Msg::Do);
        let inner = match &self.stage {
            Stage::Choose(failure) => html! { <Choose {locale} {act} failure={failure.clone()} /> },
            Stage::Opening => {
                html! { <p class="hint" role="status">{ t.text("rate-opening") }</p> }
            }
            Stage::Locked { failure, is_trying } => {
                html! { <Unlocking {locale} {act} failure={failure.clone()} is_trying={*is_trying} /> }
            }
            Stage::Intro => match &self.intro {
                Some(intro) => html! { <Begin {locale} {act} intro={intro.clone()} /> },
                None => Html::default(),
            },
            Stage::OpenInAnotherTab => self.in_another_tab(t, &act),
            Stage::Item(item) => {
                html! { <Work {locale} {act} intro={self.intro.clone()} item={item.clone()} /> }
            }
            Stage::Summary(summary) => {
                let title = self.intro.as_ref().map(|i| i.title.clone());
                html! { <Summary {locale} {act} title={title.unwrap_or_default()} summary={summary.clone()}
                envelope={self.envelope.clone()} /> }
            }
        };
        html! {
            <div class="rate">
                if let Some(why) = &self.not_saved {
                    <p class="notice" role="alert" id="rate-not-kept">{ t.text("rate-not-kept") }{ " " }{ t.explained(why) }</p>
                }
                if let Some(why) = &self.refused { <p class="notice" role="alert">{ t.explained(why) }</p> }
                { inner }
            </div>
        }
    }
}

/// Why a task can't be opened: what the link or the file says, without the frame around it.
fn words(failure: &CallFailure<OpenTaskError>) -> Explanation {
    match failure {
        CallFailure::Service(OpenTaskError::Envelope { error }) => Explanation::of(error),
        CallFailure::Service(OpenTaskError::Unreadable { error }) => Explanation::of(error),
        failure => failure.explanation(),
    }
}

fn words_of_step(failure: &CallFailure<RatingError>) -> Explanation {
    match failure {
        CallFailure::Service(RatingError::Answer { error }) => Explanation::of(error),
        failure => failure.explanation(),
    }
}

impl RaterPage {
    fn act(&mut self, ctx: &Context<Self>, action: Action) {
        let (calls, link) = (self.calls.clone(), ctx.link().clone());
        self.refused = None;
        match &action {
            Action::Open(_) | Action::OpenFile(_) => {
                self.stage = Stage::Opening;
                (self.intro, self.not_saved, self.envelope) = (None, None, None);
                self.opened += 1;
                self.source = Some(action.clone());
            }
            Action::Unlock(_) => {
                self.stage = Stage::Locked {
                    failure: None,
                    is_trying: true,
                };
            }
            _ => {}
        }
        let number = self.opened;
        self.calls.spawn(async move {
            let message = match action {
                Action::Open(text) => Msg::Opened(number, calls.ask(Open { text }).await),
                Action::OpenFile(file) => {
                    let text = String::new();
                    let beside = Attachments::files([file]);
                    Msg::Opened(number, calls.ask_with(Open { text }, beside).await)
                }
                Action::Unlock(passphrase) => Msg::Unlocked(calls.ask(Unlock { passphrase }).await),
                Action::Start(call) => Msg::Started(calls.ask(call).await),
                Action::Show(place) => Msg::Step(calls.ask(Show { place }).await),
                Action::Answer(call) => Msg::Step(calls.ask(call).await),
                Action::Undo => Msg::Step(calls.ask(Undo {}).await),
                Action::Summary => Msg::Step(calls.ask(assay_protocol::rater::Summary {}).await),
                Action::Rename(name) => Msg::Step(calls.ask(Rename { name }).await),
                Action::Finish => Msg::Finished(calls.ask(Finish {}).await),
            };
            link.send_message(message);
        });
    }

    fn introduce(&mut self, intro: Intro) {
        self.intro = Some(Rc::new(intro));
        self.stage = Stage::Intro;
    }

    /// A wrong passphrase is asked for again; without a task there is nothing to unlock.
    fn not_unlocked(&mut self, failure: &CallFailure<OpenTaskError>) {
        let is_wrong = matches!(
            failure,
            CallFailure::Service(OpenTaskError::Envelope {
                error: EnvelopeError::WrongPassphrase
            })
        );
        let explained = Some(words(failure));
        self.stage = match is_wrong {
            true => Stage::Locked {
                failure: explained,
                is_trying: false,
            },
            false => Stage::Choose(explained),
        };
    }

    fn take(&mut self, step: Step) {
        self.not_saved = step.not_saved.as_ref().map(Explanation::of);
        // Another answer or name makes another envelope.
        self.envelope = None;
        self.stage = match step.shown {
            Shown::Item(item) => Stage::Item(Rc::new(*item)),
            Shown::Summary(summary) => Stage::Summary(summary),
        };
    }

    fn in_another_tab(&self, t: &Locale, act: &Callback<Action>) -> Html {
        let source = self.source.clone();
        let again = act.reform(move |_: MouseEvent| {
            let text = format!("#{}", browser::hash());
            source.clone().unwrap_or(Action::Open(text))
        });
        html! {
            <section class="sheet">
                <h1>{ t.text("rate-elsewhere") }</h1>
                <p>{ t.text("rate-elsewhere-hint") }</p>
                <p><button class="primary" onclick={again}>{ t.text("rate-again") }</button></p>
            </section>
        }
    }
}
