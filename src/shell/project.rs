//! The open project in the frame: opening the last one when the page starts, how it stands on the device, and what is
//! told where it is not saved.

use super::ask::Ask;
use super::context::use_page;
use super::{Msg, Shell};
use crate::browser::files as browser;
use crate::browser::unsent::{self, TAB_PROJECT};
use crate::calls::{Answered, Calls, use_answer, use_calls, use_has_orders};
use crate::components::backup_button::BackupButton;
use crate::route::{Page, Route};
use assay_calls::Explanation;
use assay_locale::Locale;
use assay_protocol::annotations::SetNote;
use assay_protocol::workspace::{
    Follow, Followed, KeepAsNew, Open, OpenedProject, Save, SaveState, SetAddress, Start, State,
};
use gloo::timers::callback::{Interval, Timeout};
use yew::prelude::*;

/// Milliseconds without an answer after which the page is shown without a project.
const SLOW_START_MS: u32 = 20_000;

/// Milliseconds after which a tab that looks on asks again what another tab has written.
const FOLLOW_MS: u32 = 2000;

/// Why the page is shown without the project that was to be opened.
#[derive(Debug, Clone, PartialEq)]
pub enum StartTrouble {
    /// The worker can't open it.
    Failed(Explanation),
    /// There is no answer yet.
    Slow,
}

impl Shell {
    /// Asks the worker, which was just started, to open the tab's project or the last one. One whose opening ended the
    /// worker before is not opened again.
    pub(super) fn start_project(&mut self, ctx: &Context<Self>) {
        let start = Start {
            id: browser::tab_setting(TAB_PROJECT),
            opens: !self.is_opening,
        };
        self.is_opening = true;
        self.starts += 1;
        self.trouble = None;
        let (link, calls, number) = (ctx.link().clone(), self.calls.clone(), self.starts);
        self.calls.spawn(async move {
            link.send_message(match calls.ask(start).await {
                Ok(opened) => Msg::Started(opened),
                Err(failure) => {
                    Msg::StartTrouble(number, StartTrouble::Failed(failure.explanation()))
                }
            });
        });
        let link = ctx.link().clone();
        Timeout::new(SLOW_START_MS, move || {
            link.send_message(Msg::StartTrouble(number, StartTrouble::Slow));
        })
        .forget();
    }

    /// The worker opened no project, or has not answered for a while: the page is shown without one, and says so. Of a
    /// worker that was asked anew meanwhile the later answer counts. It still counts as opening: a worker that ended over a
    /// project is not to open it again.
    pub(super) fn start_in_trouble(&mut self, number: u32, trouble: StartTrouble) {
        if number == self.starts {
            self.calls.opened();
        }
        let is_warned = trouble == StartTrouble::Slow && self.trouble.is_some();
        if number != self.starts || !self.is_opening || is_warned {
            return;
        }
        self.trouble = Some(trouble);
        if !std::mem::replace(&mut self.has_started, true) {
            self.arrive();
        }
        self.take_summary();
    }

    /// The worker has started, with a project or without.
    pub(super) fn started(&mut self, opened: OpenedProject) {
        self.is_opening = false;
        self.calls.opened();
        if let Some(project) = &opened.id {
            self.deliver_unsent(project);
        }
        if self.trouble.take().is_some() && opened.id.is_some() {
            // The page was shown without it.
            return self.opened(&opened);
        }
        self.tell_damage(&opened);
        let is_first = !std::mem::replace(&mut self.has_started, true);
        if is_first {
            let is_plain = browser::hash().is_empty();
            if is_plain && !opened.address.is_empty() {
                browser::replace_hash(&opened.address);
            }
            self.arrive();
        }
        self.keeps_view = opened.id.is_some();
        self.take_summary();
    }

    /// Another project was opened, or an empty one: it is shown where it was left.
    pub(super) fn opened(&mut self, opened: &OpenedProject) {
        self.calls.dismiss_all();
        self.tell_damage(opened);
        let page = if opened.id.is_some() {
            &*opened.address
        } else {
            ""
        };
        let route = Route::from_hash(page);
        browser::set_hash(&route.to_hash());
        self.route = route;
        self.configured = None;
        self.keeps_view = true;
        self.take_summary();
    }

    /// Gives the worker a note that was kept for the project that has just been opened.
    fn deliver_unsent(&self, project: &str) {
        if let Some((row, text)) = unsent::kept(project) {
            let written = text.clone();
            self.calls.order(SetNote { row, text }, move |()| {
                unsent::forget(row, &written);
            });
        }
    }

    fn tell_damage(&self, opened: &OpenedProject) {
        for damage in &opened.damage {
            self.calls.report(Explanation::of(damage));
        }
        if let Some(failure) = &opened.failure {
            self.calls.report(Explanation::of(failure));
        }
    }

    /// Notes the address with the project, once the project's own was taken.
    pub(super) fn keep_address(&self) {
        if self.has_started {
            let address = self.route.to_hash();
            self.calls.order(SetAddress { address }, |()| {});
        }
    }

    /// The name that the project was given, or the files of its data set.
    pub(super) fn project_name(&self) -> Option<String> {
        let state = self.calls.known(&State {});
        let given = state.reply().and_then(|state| state.name.clone());
        given.or_else(|| Some(self.summary.as_ref()?.files.join(", ")))
    }
}

impl Shell {
    /// The tab's title: the page, and what is loaded.
    pub(super) fn title(&self) -> String {
        let t = &self.settings.locale;
        let page = t.text(self.route.page.name());
        let project = self.project_name().filter(|name| !name.is_empty());
        let parts = [Some(page), project, Some(t.text("title"))];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }
}

/// Whether what the page shows is in memory alone.
pub(super) fn is_unsaved(calls: &Calls) -> bool {
    let state = calls.known(&State {});
    let saving = state.reply().map(|state| &state.saving);
    matches!(saving, Some(SaveState::NotSaved { .. }))
}

/// Whether the open project is one that this tab writes.
pub(super) fn can_be_saved(calls: &Calls) -> bool {
    let state = calls.known(&State {});
    let saving = state.reply().map(|state| &state.saving);
    !matches!(
        saving,
        None | Some(SaveState::LookOnly | SaveState::Removed)
    )
}

/// How the open project stands on the device, in the header.
#[function_component]
pub(super) fn Saved() -> Html {
    let page = use_page();
    let answer = use_answer(State {});
    // A state from before something was done here says nothing of that.
    let has_orders = use_has_orders();
    let is_now = matches!(answer, Answered::Current(_)) && !has_orders;
    let state = answer.reply().map(|state| (**state).clone());
    let id = state.as_ref().and_then(|state| state.id.clone());
    let is_known = state.is_some();
    // A tab that is loaded again opens its own project, whatever other tabs opened last.
    use_effect_with((id, is_known), |(id, is_known)| {
        if *is_known {
            browser::keep_tab_setting(TAB_PROJECT, id.as_deref());
        }
    });
    let key = match state.map(|state| state.saving) {
        Some(SaveState::Saved) if is_now => "saved-here",
        Some(SaveState::Saved | SaveState::Saving) => "saving-here",
        _ => return Html::default(),
    };
    html! { <span id="saved" class="private">{ page.locale.text(key) }</span> }
}

/// What is told where the page is shown without its project, and what still works.
pub(super) fn start_trouble(t: &Locale, trouble: &StartTrouble) -> Html {
    let words = match trouble {
        StartTrouble::Failed(explanation) => {
            t.with("start-failed", &[("detail", t.explained(explanation))])
        }
        StartTrouble::Slow => t.text("start-slow"),
    };
    let again = Callback::from(|_: MouseEvent| browser::reload());
    html! {
        <p id="start-trouble" class="notice row" role="alert">
            <span>{ words }</span>
            <button onclick={again}>{ t.text("start-again") }</button>
        </p>
    }
}

/// What is told where the open project is not saved, above every page.
#[function_component]
pub(super) fn NotSaved() -> Html {
    let page = use_page();
    let calls = use_calls();
    let t = &*page.locale;
    let state = use_answer(State {});
    let state = state.reply().map(|state| (**state).clone());
    let looks_on = state
        .as_ref()
        .is_some_and(|state| matches!(state.saving, SaveState::LookOnly | SaveState::Removed));
    let is_apart = use_following(looks_on);
    let Some(state) = state else {
        return Html::default();
    };
    match (&state.saving, &state.id) {
        (SaveState::NotSaved { error }, _) => {
            let detail = t.explained(&Explanation::of(error));
            let again = Callback::from(move |_: MouseEvent| calls.order(Save {}, |()| {}));
            html! {
                <p id="not-saved-here" class="notice row" role="alert">
                    <span>{ t.with("not-saved-here", &[("detail", detail)]) }</span>
                    <button onclick={again}>{ t.text("save-again") }</button>
                    <BackupButton id={None::<String>} />
                </p>
            }
        }
        (SaveState::LookOnly, Some(id)) => {
            let (calls_of_open, id, ask) = (calls.clone(), id.clone(), page.ask.clone());
            let retry = Callback::from(move |_: MouseEvent| {
                let (id, ask) = (id.clone(), ask.clone());
                calls_of_open.order(Open { id }, move |opened| ask.emit(Ask::Opened(opened)));
            });
            let keep = Callback::from(move |_: MouseEvent| calls.order(KeepAsNew {}, |()| {}));
            html! {
                <p id="look-only" class="notice row" role="alert">
                    <span>{ t.text(if is_apart { "look-only-apart" } else { "look-only" }) }</span>
                    <button id="look-only-retry" onclick={retry}>{ t.text("look-only-retry") }</button>
                    <button id="look-only-keep" onclick={keep}>{ t.text("look-only-keep") }</button>
                    <a href={page.route.on_page(Page::Data).href()}>{ t.text("go-data") }</a>
                </p>
            }
        }
        (SaveState::Removed, _) => {
            let keep = Callback::from(move |_: MouseEvent| calls.order(KeepAsNew {}, |()| {}));
            html! {
                <p id="removed-elsewhere" class="notice row" role="alert">
                    <span>{ t.text("removed-elsewhere") }</span>
                    <button id="removed-keep" onclick={keep}>{ t.text("look-only-keep") }</button>
                </p>
            }
        }
        _ => Html::default(),
    }
}

/// Takes what another tab writes, every few seconds as long as the tab looks on and is seen. Whether something was done
/// here that keeps it from that.
#[hook]
fn use_following(looks_on: bool) -> bool {
    let calls = use_calls();
    let is_apart = use_state(|| false);
    let set_apart = is_apart.setter();
    use_effect_with(looks_on, move |looks_on| {
        let clock = looks_on.then(|| {
            Interval::new(FOLLOW_MS, move || {
                let (asking, set_apart) = (calls.clone(), set_apart.clone());
                if browser::is_seen() {
                    calls.spawn(async move {
                        match asking.ask(Follow {}).await {
                            Ok(followed) => set_apart.set(followed == Followed::Apart),
                            Err(failure) => asking.report(failure.explanation()),
                        }
                    });
                }
            })
        });
        move || drop(clock)
    });
    *is_apart
}
