//! The frame of the page: header, rail, job strip, and what joins the pages to the worker.

pub mod ask;
pub mod context;
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
use crate::calls::{Answered, Calls, Change, Subscription};
use crate::components::paused_run::PausedRun;
use crate::pages::task::KeptForm;
use crate::shell::ask::Ask;
use crate::shell::context::PageContext;
use crate::shell::job_strip::JobStrip;
use crate::shell::parts::{Settings, header, notices};
use assay_calls::{Call, Topic};
use assay_protocol::code::CodeCommand;
use assay_protocol::data::{Export, FoundInFiles, Import, LoadDemo, Paste, Summarize};
use assay_protocol::messages::{OUTBOX, Request, Response, Send, Take};
use assay_protocol::projects::Collect;
use assay_protocol::ratings::Load;
use assay_protocol::report::OpenLink;
use assay_protocol::scores::{Configure, Metrics};
use assay_protocol::topics::{DATA, SCORES};
use assay_protocol::views::{MetricView, Summary};
use assay_protocol::{experiment, training};
use assay_rating::envelope::ANSWERS_MARK;
use assay_report::link::REPORT_MARK;
use assay_results::scores::Domains;
use assay_stats::PairedTest;
use assay_web_calls::Attachments;
use gloo::events::EventListener;
use std::any::TypeId;
use std::rc::Rc;
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
    /// Files or text were imported.
    Imported(FoundInFiles),
    /// The sandbox for programs was put up, or can't be.
    SandboxUp(Result<Sandbox, String>),
    /// From the sandbox.
    Sandbox(SandboxNews),
    /// The address changed.
    Address,
    /// The window has another size.
    Size,
    /// Something is dragged over the page, or no longer.
    Over(bool),
    /// Files were dropped.
    Dropped(Vec<File>),
    /// The other language.
    Language,
    /// The other theme.
    Theme,
}

/// What scores depend on beside the data: the baseline, the test, what systems were trained on.
type ScoreSettings = (usize, PairedTest, Option<Domains>);

struct Shell {
    calls: Calls,
    _changes: Subscription,
    settings: Settings,
    width: f64,
    over: bool,
    route: Route,
    state: State,
    /// What is loaded.
    summary: Option<Rc<Summary>>,
    /// Results of metrics.
    metrics: Rc<Vec<MetricView>>,
    /// The settings that scores were last asked for with.
    configured: Option<ScoreSettings>,
    /// Whether the view belongs to data that is still to come: it came with a saved evaluation.
    keeps_view: bool,
    form: KeptForm,
    sandbox: Option<Sandbox>,
    /// The page whose step was brought into sight.
    revealed: Option<Page>,
    _listeners: Vec<EventListener>,
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
        let shell = Self {
            calls,
            _changes: changes,
            settings: Settings::new(),
            width: browser::width(),
            over: false,
            route: Route::from_hash(&browser::hash()),
            state: State::default(),
            summary: None,
            metrics: Rc::default(),
            configured: None,
            keeps_view: false,
            form: KeptForm::default(),
            sandbox: None,
            revealed: None,
            _listeners: listeners,
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
            Msg::Changed(change) => return self.changed(&change),
            Msg::Imported(found) => self.imported(found),
            Msg::Ask(Ask::Import(files)) => {
                self.import(ctx, Import {}, Attachments::files(files));
            }
            Msg::Ask(Ask::Paste(text)) => {
                self.import(ctx, Paste { text }, Attachments::default());
            }
            Msg::Ask(Ask::Export(kind)) => {
                self.calls.order(Export { kind }, |file| {
                    browser::save(&file.name, &file.mime, &file.text);
                });
                return false;
            }
            Msg::Ask(Ask::LoadDemo) => self.import(ctx, LoadDemo {}, Attachments::default()),
            Msg::Worker(responses) => responses.into_iter().for_each(|r| self.receive(r)),
            Msg::Ask(Ask::Worker(request)) => self.send(request),
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
            Msg::Dropped(files) => self.take_files(ctx, files),
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
            <ContextProvider<PageContext> context={self.page_context(ctx)}>
            <div class={classes!("frame", self.over.then_some("over"))} {ondragover} {ondrop} {ondragleave}>
                { self.header(ctx) }
                { self.rail() }
                <main>{ self.notice() }{ self.page(ctx) }</main>
                <footer class="jobs"><JobStrip job={self.state.job.clone()} /><PausedRun locale={self.settings.locale.clone()} /></footer>
            </div>
            </ContextProvider<PageContext>>
            </ContextProvider<Calls>>
        }
    }
}

impl Shell {
    /// Takes files that were dropped: where they belong depends on the page.
    fn take_files(&mut self, ctx: &Context<Self>, files: Vec<File>) {
        let beside = Attachments::files(files);
        match self.route.page {
            Page::Ratings | Page::Task => {
                self.calls.dismiss_all();
                let to = self.ratings_page();
                self.calls.order_with(Load {}, beside, move |()| to());
            }
            Page::Training => {
                let paths = Vec::new();
                let open = training::Open { paths };
                self.calls.order_with(open, beside, |()| {});
            }
            Page::Experiment => {
                self.calls.order_with(experiment::Open {}, beside, |()| {});
            }
            _ => self.import(ctx, Import {}, beside),
        }
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
            self.configure_if_needed();
        }
    }

    fn page_context(&self, ctx: &Context<Self>) -> PageContext {
        PageContext {
            locale: self.settings.locale.clone(),
            route: Rc::new(self.route.clone()),
            width: self.room(),
            ask: ctx.link().callback(Msg::Ask),
        }
    }

    /// Imports, which is a new beginning: what was told before is over.
    fn import<C>(&mut self, ctx: &Context<Self>, call: C, beside: Attachments)
    where
        C: Call<Reply = FoundInFiles>,
    {
        self.sandbox = None;
        self.state.job = None;
        self.state.notice = None;
        self.keeps_view = false;
        self.calls.dismiss_all();
        let link = ctx.link().clone();
        self.calls.order_with(call, beside, move |found| {
            link.send_message(Msg::Imported(found))
        });
    }

    /// Files were dropped where everything is taken: what came of them may stand on a page of its own.
    fn imported(&mut self, found: FoundInFiles) {
        if found.outputs || found.programs || found.evaluation {
            return;
        }
        let page = if found.judgements {
            Page::Ratings
        } else if found.runs {
            Page::Training
        } else if found.experiments {
            Page::Experiment
        } else {
            return;
        };
        if page != self.route.page {
            let to = Route {
                page,
                ..self.route.clone()
            };
            browser::set_hash(&to.to_hash());
        }
    }

    /// Takes note of a change; whether the shell shows it.
    fn changed(&mut self, change: &Change) -> bool {
        let is = |topic: &Topic| matches!(change, Change::Topic(t) if t == topic);
        let restarted = *change == Change::Restarted;
        if is(&DATA) || restarted {
            self.configured = None;
            self.calls.need(&Summarize {});
        }
        if is(&DATA) || is(&SCORES) || restarted {
            self.calls.need(&Metrics {});
        }
        match change {
            Change::Reply(of) if *of == TypeId::of::<Summarize>() => {
                self.calls.need(&Summarize {});
                self.take_summary();
            }
            Change::Reply(of) if *of == TypeId::of::<Metrics>() => {
                self.calls.need(&Metrics {});
                if let Answered::Current(scores) = self.calls.known(&Metrics {}) {
                    self.metrics = Rc::new(scores.results.clone());
                }
            }
            Change::Topic(_) | Change::Notices | Change::Restarted => {}
            Change::Reply(_) | Change::Jobs | Change::JobEnded(..) => return false,
        }
        true
    }

    fn take_summary(&mut self) {
        let Answered::Current(loaded) = self.calls.known(&Summarize {}) else {
            return;
        };
        let before = self.summary.as_ref().map(|s| s.files.clone());
        self.summary = loaded.as_ref().as_ref().map(|l| Rc::new(l.summary.clone()));
        self.settle_view(before);
        self.configure_if_needed();
    }

    fn send(&mut self, request: Request) {
        if request == Request::Cancel {
            self.sandbox = None;
        }
        self.state.sending(&request);
        self.calls.order(Send { request }, |()| {});
    }

    /// Scores are computed when data is there and the settings are not those they were asked for with.
    fn configure_if_needed(&mut self) {
        let systems = self.summary.as_ref().map_or(0, |s| s.systems.len());
        if systems == 0 {
            return;
        }
        let baseline = self.route.baseline.min(systems - 1);
        let settings = (baseline, self.route.test, self.route.domains.clone());
        if self.configured.as_ref() == Some(&settings) {
            return;
        }
        self.configured = Some(settings.clone());
        let (baseline, test, domains) = settings;
        let call = Configure {
            baseline,
            test,
            domains,
        };
        self.calls.order(call, |()| {});
    }

    fn receive(&mut self, response: Response) {
        match self.state.receive(response) {
            Some(Effect::Run { place, program }) => {
                if let Some(sandbox) = &self.sandbox {
                    sandbox.run(place, &program);
                }
            }
            Some(Effect::RunThrough) => {
                self.sandbox = None;
                let command = Box::new(CodeCommand::End { keep: true });
                self.send(Request::Code { command });
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
                self.keeps_view = true;
                self.configure_if_needed();
            }
            None => {}
        }
    }

    /// A view of other data says nothing of this; one that came with the address is kept.
    fn settle_view(&mut self, before: Option<Vec<String>>) {
        let Some(summary) = &self.summary else {
            return;
        };
        if std::mem::take(&mut self.keeps_view) {
            return;
        }
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
        let project = self.summary.as_ref().map(|s| s.files.join(", "));
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
