//! The frame of the page: header, rail, job strip, and the state that the pages show.

use super::data_page::DataPage;
use super::examples_page::ExamplesPage;
use super::locale::{Language, Locale};
use super::overview_page::OverviewPage;
use super::route::{Page, Route};
use crate::evaluation::MetricResult;
use crate::platform::bridge::Bridge;
use crate::platform::browser;
use crate::worker::protocol::{Detail, Request, Response, RowView, Summary};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::File;
use yew::prelude::*;

/// What a page may ask of the shell.
pub enum Ask {
    /// Something of the worker, with files.
    Worker(Request, Vec<File>),
    /// Another view.
    Go(Route),
}

/// What runs.
#[derive(Clone, PartialEq)]
enum Job {
    Import { percent: u32, rows: usize },
    Evaluate { done: usize, total: usize },
}

/// A window of rows as it came.
#[derive(Clone, PartialEq, Default)]
pub struct Window {
    /// Rows that the query selects.
    pub total: usize,
    /// First row here.
    pub start: usize,
    /// The rows.
    pub rows: Vec<RowView>,
}

/// Messages to the shell.
pub enum Msg {
    /// From the worker.
    Worker(Box<Response>),
    /// From a page.
    Ask(Ask),
    /// The address changed.
    Address,
    /// The other language.
    Language,
    /// The other theme.
    Theme,
}

struct Shell {
    bridge: Option<Bridge>,
    locale: Rc<Locale>,
    dark: bool,
    route: Route,
    summary: Option<Rc<Summary>>,
    metrics: Rc<Vec<MetricResult>>,
    evaluated: Option<usize>,
    window: Rc<Window>,
    detail: Option<Rc<Detail>>,
    job: Option<Job>,
    notice: Option<Notice>,
    _address: Closure<dyn Fn()>,
}

enum Notice {
    Failed(crate::dataset::ImportError),
    Cancelled,
}

/// Starts the page.
pub fn start() {
    console_error_panic_hook::set_once();
    if let Some(root) = browser::window()
        .document()
        .and_then(|d| d.get_element_by_id("app"))
    {
        yew::Renderer::<Shell>::with_root(root).render();
    }
}

impl Component for Shell {
    type Message = Msg;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let link = ctx.link().clone();
        let bridge = Bridge::start(move |r| link.send_message(Msg::Worker(Box::new(r)))).ok();
        let link = ctx.link().clone();
        let address = Closure::<dyn Fn()>::new(move || link.send_message(Msg::Address));
        browser::window().set_onhashchange(Some(address.as_ref().unchecked_ref()));
        let browser_language = browser::window().navigator().language().unwrap_or_default();
        let tag = browser::setting("language").unwrap_or(browser_language);
        let system_dark = browser::window()
            .match_media("(prefers-color-scheme: dark)")
            .ok()
            .flatten()
            .is_some_and(|m| m.matches());
        let dark = browser::setting("theme").map_or(system_dark, |t| t == "dark");
        let shell = Self {
            bridge,
            locale: Rc::new(Locale::new(Language::preferred(&tag))),
            dark,
            route: Route::from_hash(&browser::hash()),
            summary: None,
            metrics: Rc::default(),
            evaluated: None,
            window: Rc::default(),
            detail: None,
            job: None,
            notice: None,
            _address: address,
        };
        shell.dress();
        shell
    }

    fn update(&mut self, _: &Context<Self>, message: Msg) -> bool {
        match message {
            Msg::Worker(response) => self.receive(*response),
            Msg::Ask(Ask::Worker(request, files)) => self.send(request, &files),
            Msg::Ask(Ask::Go(route)) => browser::set_hash(&route.to_hash()),
            Msg::Address => {
                self.route = Route::from_hash(&browser::hash());
                self.evaluate_if_needed();
            }
            Msg::Language => {
                self.locale = Rc::new(Locale::new(self.locale.language.other()));
                browser::keep_setting("language", self.locale.language.tag());
                self.dress();
            }
            Msg::Theme => {
                self.dark = !self.dark;
                browser::keep_setting("theme", if self.dark { "dark" } else { "light" });
                self.dress();
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let t = &self.locale;
        html! {
            <>
                <header class="top">
                    <strong class="name">{ t.text("title") }</strong>
                    <span class="private"><svg class="key" viewBox="0 0 12 12" aria-hidden="true">
                            <path d="M2 5h8v6H2z M4 5V3.5a2 2 0 0 1 4 0V5" fill="none" stroke="currentColor" />
                        </svg>{ t.text("private") }</span>
                    <button id="language" class="quiet" onclick={ctx.link().callback(|_| Msg::Language)}>
                        { t.text("other-language") }
                    </button>
                    <button id="theme" class="quiet" title={t.text("theme")} aria-label={t.text("theme")}
                        onclick={ctx.link().callback(|_| Msg::Theme)}>{ "◐" }</button>
                </header>
                <nav class="rail">
                    { for Page::ALL.iter().map(|(page, name)| {
                        let route = Route { page: *page, ..self.route.clone() };
                        let current = (*page == self.route.page).then_some("page");
                        html! { <a href={format!("#{}", route.to_hash())} aria-current={current}>{ t.text(name) }</a> }
                    }) }
                </nav>
                <main>{ self.notice(t) }{ self.page(ctx) }</main>
                <footer class="jobs" aria-live="polite">{ self.job_strip(ctx) }</footer>
            </>
        }
    }
}

impl Shell {
    fn dress(&self) {
        browser::set_root("lang", self.locale.language.tag());
        browser::set_root("data-theme", if self.dark { "dark" } else { "light" });
    }

    fn send(&mut self, request: Request, files: &[File]) {
        match request {
            Request::Import | Request::Paste { .. } | Request::Demo => {
                self.notice = None;
                self.job = Some(Job::Import {
                    percent: 0,
                    rows: 0,
                });
                self.evaluated = None;
            }
            Request::SetRole { .. } => self.evaluated = None,
            Request::Cancel => self.job = None,
            _ => {}
        }
        if let Some(bridge) = &self.bridge {
            bridge.send(&request, files);
        }
    }

    /// Scores are computed when data is there and the baseline is not the one they stand for.
    fn evaluate_if_needed(&mut self) {
        let Some(summary) = &self.summary else { return };
        if summary.systems.is_empty() || !summary.has_reference {
            return;
        }
        let baseline = self.route.baseline.min(summary.systems.len() - 1);
        if self.evaluated != Some(baseline) {
            self.evaluated = Some(baseline);
            self.metrics = Rc::default();
            self.job = Some(Job::Evaluate { done: 0, total: 0 });
            self.send(Request::Evaluate { baseline }, &[]);
        }
    }

    fn receive(&mut self, response: Response) {
        match response {
            Response::Ready => {}
            Response::Progress { done, total, rows } => {
                self.job = match self.job {
                    Some(Job::Evaluate { .. }) => Some(Job::Evaluate {
                        done: done as usize,
                        total: total as usize,
                    }),
                    Some(Job::Import { .. }) => Some(Job::Import {
                        percent: (100.0 * done / total.max(1.0)) as u32,
                        rows,
                    }),
                    None => None,
                };
            }
            Response::Loaded { summary } => {
                self.job = None;
                self.summary = Some(Rc::new(summary));
                self.metrics = Rc::default();
                self.detail = None;
                self.window = Rc::default();
                self.evaluated = None;
                self.evaluate_if_needed();
            }
            Response::Failed { error } => {
                self.job = None;
                self.notice = Some(Notice::Failed(error));
            }
            Response::Cancelled => {
                self.job = None;
                self.notice = Some(Notice::Cancelled);
            }
            Response::Metric {
                index,
                total,
                result,
            } => {
                let metrics = Rc::make_mut(&mut self.metrics);
                // An option's change computes one metric in place; an evaluation adds the next.
                if index < metrics.len() {
                    metrics[index] = result;
                } else {
                    metrics.push(result);
                }
                self.job = match self.job {
                    Some(Job::Evaluate { .. }) if metrics.len() < total => Some(Job::Evaluate {
                        done: metrics.len(),
                        total,
                    }),
                    _ => None,
                };
            }
            Response::Rows { total, start, rows } => {
                self.window = Rc::new(Window { total, start, rows });
            }
            Response::Detail { detail } => self.detail = Some(Rc::new(detail)),
            Response::Exported { name, mime, text } => {
                browser::save(&name, &mime, &text);
            }
        }
    }

    fn notice(&self, t: &Locale) -> Html {
        let text = match &self.notice {
            None => return Html::default(),
            Some(Notice::Failed(error)) => t.tagged("error", error),
            Some(Notice::Cancelled) => t.text("cancelled"),
        };
        html! { <p class="notice" role="alert">{ text }</p> }
    }

    fn page(&self, ctx: &Context<Self>) -> Html {
        let ask = ctx.link().callback(Msg::Ask);
        let locale = self.locale.clone();
        let route = self.route.clone();
        let summary = self.summary.clone();
        let metrics = self.metrics.clone();
        match self.route.page {
            Page::Data => html! { <DataPage {locale} {route} {summary} {ask} /> },
            Page::Overview => html! { <OverviewPage {locale} {route} {summary} {metrics} {ask} /> },
            Page::Examples => html! {
                <ExamplesPage {locale} {route} {summary} {metrics} {ask}
                    window={self.window.clone()} detail={self.detail.clone()} />
            },
        }
    }

    fn job_strip(&self, ctx: &Context<Self>) -> Html {
        let t = &self.locale;
        let text = match &self.job {
            None => return Html::default(),
            Some(Job::Import { percent, rows }) => t.with(
                "importing",
                &[("percent", percent.to_string()), ("rows", rows.to_string())],
            ),
            Some(Job::Evaluate { done, total }) => t.with(
                "evaluating",
                &[("done", done.to_string()), ("total", total.to_string())],
            ),
        };
        let stop = ctx
            .link()
            .callback(|_| Msg::Ask(Ask::Worker(Request::Cancel, Vec::new())));
        html! { <><span>{ text }</span><button class="quiet" onclick={stop}>{ t.text("stop") }</button></> }
    }
}
