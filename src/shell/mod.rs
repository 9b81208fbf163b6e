//! The frame of the page: header, rail, job strip, and what joins the pages to the worker.

pub mod ask;
pub mod job_strip;
pub mod rating;

mod pages;
mod parts;
mod programs;

use super::route::{Page, Route};
use super::state::{Effect, State};
use crate::browser::files as browser;
use crate::browser::files::chosen_files;
use crate::browser::sandbox::{Sandbox, SandboxNews};
use crate::calls::{Calls, Change, Subscription};
use crate::components::paused_run::PausedRun;
use crate::pages::task::KeptForm;
use crate::shell::ask::Ask;
use crate::shell::job_strip::job_strip;
use crate::shell::parts::{Settings, header, notices};
use assay_protocol::code::CodeCommand;
use assay_protocol::messages::{OUTBOX, Request, Response, Send, Take};
use assay_protocol::projects::Collect;
use assay_protocol::ratings::Load;
use assay_protocol::report::OpenLink;
use assay_protocol::{experiment, training};
use assay_rating::envelope::ANSWERS_MARK;
use assay_report::link::REPORT_MARK;
use assay_web_calls::Attachments;
use gloo::events::EventListener;
use gloo::timers::callback::Interval;
use web_sys::File;
use yew::prelude::*;

/// Pixels that a chart needs; a narrower window scrolls.
const LEAST_CHART: f64 = 240.0;
/// Pixels up to which the rail stands above the page.
const NARROW: f64 = 720.0;

/// Messages to the shell.
pub enum Msg {
    /// Something changed in the worker, or among the notices.
    Changed(Change),
    /// From the worker.
    Worker(Vec<Response>),
    /// From a page.
    Ask(Ask),
    /// The sandbox for programs was put up, or can't be.
    SandboxUp(Result<Sandbox, String>),
    /// From the sandbox.
    Sandbox(SandboxNews),
    /// The address changed.
    Address,
    /// The window has another size.
    Size,
    /// A second has gone by.
    Tick,
    /// Something is dragged over the page, or no longer.
    Over(bool),
    /// Files were dropped.
    Dropped(Vec<File>),
    /// The other language.
    Language,
    /// The other theme.
    Theme,
}

struct Shell {
    calls: Calls,
    _changes: Subscription,
    settings: Settings,
    width: f64,
    over: bool,
    route: Route,
    state: State,
    form: KeptForm,
    sandbox: Option<Sandbox>,
    /// The page whose step was brought into sight.
    revealed: Option<Page>,
    _listeners: Vec<EventListener>,
    _clock: Interval,
}

/// Starts the page.
pub fn start() {
    console_error_panic_hook::set_once();
    let document = browser::window().document();
    if let Some(root) = document.and_then(|d| d.get_element_by_id("app")) {
        root.set_inner_html("");
        yew::Renderer::<Shell>::with_root(root).render();
    }
}

impl Component for Shell {
    type Message = Msg;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let window = browser::window();
        let link = ctx.link().clone();
        let calls = Calls::start("./worker-boot.js", "data");
        let changes = calls.subscribe(link.callback(Msg::Changed));
        let on = |name: &'static str, message: fn() -> Msg| {
            let link = ctx.link().clone();
            EventListener::new(&window, name, move |_| link.send_message(message()))
        };
        let listeners = vec![
            on("hashchange", || Msg::Address),
            on("resize", || Msg::Size),
        ];
        let link = ctx.link().clone();
        let shell = Self {
            calls,
            _changes: changes,
            settings: Settings::new(),
            width: browser::width(),
            over: false,
            route: Route::from_hash(&browser::hash()),
            state: State::default(),
            form: KeptForm::default(),
            sandbox: None,
            revealed: None,
            _listeners: listeners,
            _clock: Interval::new(1000, move || link.send_message(Msg::Tick)),
        };
        ctx.link().send_message(Msg::Address);
        shell
    }

    fn update(&mut self, ctx: &Context<Self>, message: Msg) -> bool {
        match message {
            Msg::Changed(Change::Topic(topic)) if topic == OUTBOX => {
                let link = ctx.link().clone();
                self.calls
                    .order(Take {}, move |all| link.send_message(Msg::Worker(all)));
                return false;
            }
            Msg::Changed(change) => {
                return matches!(change, Change::Notices | Change::Restarted);
            }
            Msg::Worker(responses) => responses.into_iter().for_each(|r| self.receive(r)),
            Msg::Ask(Ask::Worker(request, files)) => self.send(&request, &files),
            Msg::Ask(Ask::RunCode(limits)) => self.run_code(ctx, limits),
            Msg::SandboxUp(Ok(sandbox)) if self.state.running_code() => {
                self.sandbox = Some(sandbox)
            }
            // It was stopped meanwhile.
            Msg::SandboxUp(Ok(_)) => {}
            Msg::SandboxUp(Err(detail)) => self.no_sandbox(detail),
            Msg::Sandbox(news) => self.heard_of_program(news),
            Msg::Ask(Ask::Go(route)) => browser::set_hash(&route.to_hash()),
            Msg::Ask(Ask::Replace(route)) => browser::replace_hash(&route.to_hash()),
            Msg::Address => self.arrive(),
            Msg::Size => self.width = browser::width(),
            Msg::Tick => return self.state.job.is_some(),
            Msg::Dropped(files) => self.take_files(files),
            Msg::Over(over) => return std::mem::replace(&mut self.over, over) != over,
            Msg::Language => self.settings.switch_language(),
            Msg::Theme => self.settings.switch_theme(),
        }
        true
    }

    /// On a narrow screen the rail scrolls: the step that is looked at stays in sight.
    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        if self.revealed != Some(self.route.page) && self.width <= NARROW {
            self.revealed = Some(self.route.page);
            browser::reveal(".rail [aria-current]");
        }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let link = ctx.link();
        let ondragover = link.callback(|e: DragEvent| {
            e.prevent_default();
            Msg::Over(true)
        });
        let ondrop = link.batch_callback(|e: DragEvent| {
            e.prevent_default();
            let dropped = chosen_files(e.data_transfer().and_then(|d| d.files()));
            let import = (!dropped.is_empty()).then_some(Msg::Dropped(dropped));
            [Some(Msg::Over(false)), import]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
        });
        let ondragleave = link.batch_callback(|e: DragEvent| {
            // Leaving an element inside the page is no leaving of the page.
            e.related_target().is_none().then_some(Msg::Over(false))
        });
        html! {
            <ContextProvider<Calls> context={self.calls.clone()}>
            <div class={classes!("frame", self.over.then_some("over"))} {ondragover} {ondrop} {ondragleave}>
                { self.header(ctx) }
                { self.rail() }
                <main>{ self.notice() }{ self.page(ctx) }</main>
                <footer class="jobs">{ job_strip(&self.settings.locale, &self.state, &link.callback(Msg::Ask)) }<PausedRun locale={self.settings.locale.clone()} /></footer>
            </div>
            </ContextProvider<Calls>>
        }
    }
}

impl Shell {
    /// Takes files that were dropped: where they belong depends on the page.
    fn take_files(&mut self, files: Vec<File>) {
        let request = match self.route.page {
            Page::Ratings | Page::Task => {
                self.calls.dismiss_all();
                let to = self.ratings_page();
                let beside = Attachments::files(files);
                return self.calls.order_with(Load {}, beside, move |()| to());
            }
            Page::Training => {
                let (paths, beside) = (Vec::new(), Attachments::files(files));
                let open = training::Open { paths };
                return self.calls.order_with(open, beside, |()| {});
            }
            Page::Experiment => {
                let beside = Attachments::files(files);
                return self.calls.order_with(experiment::Open {}, beside, |()| {});
            }
            _ => Request::Import,
        };
        self.send(&request, &files);
    }

    /// Goes to the Ratings page, from wherever the page is.
    fn ratings_page(&self) -> impl Fn() + use<> {
        let to = Route {
            page: Page::Ratings,
            ..self.route.clone()
        };
        move || browser::set_hash(&to.to_hash())
    }

    /// Takes what the address asks for: a view, a task, or answers.
    fn arrive(&mut self) {
        let hash = browser::hash();
        let text = format!("#{hash}");
        if text.starts_with(ANSWERS_MARK) {
            self.calls.order(Collect { text }, |()| {});
            let to = Route {
                page: Page::Ratings,
                ..Route::default()
            };
            browser::replace_hash(&to.to_hash());
        } else if text.starts_with(REPORT_MARK) {
            self.calls.order(OpenLink { text }, |()| {});
            let to = Route {
                page: Page::Report,
                ..Route::default()
            };
            browser::replace_hash(&to.to_hash());
        } else {
            self.route = Route::from_hash(&hash);
            self.evaluate_if_needed();
        }
    }

    fn send(&mut self, request: &Request, files: &[File]) {
        let ends = matches!(
            request,
            Request::Cancel | Request::Import | Request::Demo | Request::Paste { .. }
        );
        if ends {
            self.sandbox = None;
        }
        self.state.sending(request, browser::now());
        let request = request.clone();
        let beside = Attachments::files(files.iter().cloned());
        self.calls.order_with(Send { request }, beside, |()| {});
    }

    /// Scores are computed when data is there and the settings are not those they stand for.
    fn evaluate_if_needed(&mut self) {
        if let Some(request) = self.state.wanted(&self.route) {
            self.send(&request, &[]);
        }
    }

    fn receive(&mut self, response: Response) {
        let loaded = matches!(response, Response::Loaded { .. });
        let before = self.state.summary.as_ref().map(|s| s.files.clone());
        match self.state.receive(response, browser::now()) {
            Some(Effect::Save { name, mime, text }) => {
                browser::save(&name, &mime, &text);
            }
            Some(Effect::Row(row)) if self.route.row != Some(row) => {
                let to = Route {
                    row: Some(row),
                    ..self.route.clone()
                };
                browser::replace_hash(&to.to_hash());
            }
            Some(Effect::Judged) if self.route.page != Page::Ratings => self.ratings_page()(),
            // They were dropped where everything is taken; what came of it stands on a page of its own.
            Some(Effect::Run { place, program }) => {
                if let Some(sandbox) = &self.sandbox {
                    sandbox.run(place, &program);
                }
            }
            Some(Effect::RunThrough) => {
                self.sandbox = None;
                let command = Box::new(CodeCommand::End { keep: true });
                self.send(&Request::Code { command }, &[]);
            }
            Some(Effect::Took { runs }) => {
                let page = if runs {
                    Page::Training
                } else {
                    Page::Experiment
                };
                let to = Route {
                    page,
                    ..self.route.clone()
                };
                browser::set_hash(&to.to_hash());
            }
            Some(Effect::Restored {
                baseline,
                test,
                domains,
            }) => {
                let to = Route {
                    page: Page::Report,
                    baseline,
                    test,
                    domains,
                    ..Route::default()
                };
                browser::set_hash(&to.to_hash());
                self.route = to;
            }
            Some(Effect::Row(_) | Effect::Judged) | None => {}
        }
        if loaded {
            self.settle_view(before);
            self.evaluate_if_needed();
            self.send(&Request::Classification, &[]);
        }
    }

    /// A view of other data says nothing of this; one that came with the address is kept.
    fn settle_view(&mut self, before: Option<Vec<String>>) {
        let Some(summary) = &self.state.summary else {
            return;
        };
        let other = before.is_some_and(|files| files != summary.files);
        let unset = Route {
            page: self.route.page,
            ..Route::default()
        };
        if other || self.route == unset {
            let mut route = unset;
            // Of two or more systems the first is the baseline, and the next one is looked at.
            route.query.system = usize::from(summary.systems.len() > 1);
            browser::replace_hash(&route.to_hash());
            self.route = route;
        }
    }

    fn header(&self, ctx: &Context<Self>) -> Html {
        let link = ctx.link();
        let project = self.state.summary.as_ref().map(|s| s.files.join(", "));
        let on_language = link.callback(|_| Msg::Language);
        let on_theme = link.callback(|_| Msg::Theme);
        header(&self.settings.locale, project, on_language, on_theme)
    }

    fn rail(&self) -> Html {
        html! {
            <nav class="rail" aria-label={self.settings.locale.text("pages")}>
                { for Page::ALL.iter().filter(|(page, _)| page.step() == *page).map(|(page, name)| {
                    let route = Route { page: *page, ..self.route.clone() };
                    let current = (*page == self.route.page.step()).then_some("page");
                    html! { <a href={format!("#{}", route.to_hash())} aria-current={current}>{ self.settings.locale.text(name) }</a> }
                }) }
            </nav>
        }
    }

    fn notice(&self) -> Html {
        let text = self
            .state
            .notice
            .as_ref()
            .map(|n| n.text(&self.settings.locale));
        let text = text.map_or_else(Html::default, |text| {
            html! { <p class="notice" role="alert">{ text }</p> }
        });
        html! { <>{ text }{ notices(&self.settings.locale, &self.calls) }</> }
    }

    /// The pixels that a page has; the rail takes 168 beside it and none above it.
    fn room(&self) -> f64 {
        let beside = if self.width > NARROW {
            168.0 + 66.0
        } else {
            42.0
        };
        (self.width - beside).max(LEAST_CHART)
    }
}
