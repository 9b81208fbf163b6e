//! The frame of the page: header, rail, job strip, and what joins the pages to the worker.

pub mod ask;
pub mod context;
pub mod job_strip;
pub mod rating;

mod address;
mod backup;
mod dialogs;
mod dropping;
mod finding;
mod new_version;
mod pages;
mod parts;
mod project;
mod rail;
mod worker;

use crate::browser::files as browser;
use crate::browser::files::{FolderFiles, path_in_folder};
use crate::calls::{Calls, Change, Subscription};
use crate::components::paused_run::PausedRun;
use crate::pages::task::KeptForm;
use crate::route::{Page, Route};
use crate::shell::ask::Ask;
use crate::shell::context::PageContext;
use crate::shell::dialogs::later::LaterFilesDialog;
use crate::shell::dialogs::palette::shortcut;
use crate::shell::dialogs::unlock::{LockedBackup, UnlockDialog};
use crate::shell::job_strip::JobStrip;
use crate::shell::new_version::NewVersionOffer;
use crate::shell::parts::{FrameProps, Loaded, Settings, header, notices};
use crate::shell::project::{NotSaved, Saved, StartTrouble, start_trouble};
use crate::shell::rail::Rail;
use crate::state::commands::Action;
use assay_calls::Call;
use assay_locale::PAGE_FILE;
use assay_protocol::backup::{BackupLoss, RestoredBackup};
use assay_protocol::data::{Export, FoundInFiles, Import, ImportFolder, LoadDemo, Paste};
use assay_protocol::views::{MetricView, Summary};
use assay_protocol::workspace::{OpenedProject, Save, Start};
use assay_results::scores::Domains;
use assay_stats::PairedTest;
use assay_web_calls::Attachments;
use gloo::events::{EventListener, EventListenerOptions};
use std::rc::Rc;
use web_sys::File;
use yew::prelude::*;

/// Pixels that a chart needs; a narrower window scrolls.
const LEAST_CHART: f64 = 240.0;
/// Pixels that a page takes at most (`.page` in the styles), less its sections' frames.
const MOST_ROOM: f64 = 1646.0;
/// Pixels that the rail takes beside a page.
const RAIL: f64 = 200.0;
/// Pixels up to which the rail stands above the page.
const NARROW: f64 = 720.0;

/// Messages to the shell.
pub enum Msg {
    /// Something changed in the worker, or among the notices.
    Changed(Change),
    /// From a page.
    Ask(Ask),
    /// An import has ended, with what it found, or else after the person was told.
    Imported(Option<FoundInFiles>),
    /// The worker has started and opened a project, if there is one.
    Started(OpenedProject),
    /// A start, by its number, did not succeed, or not yet.
    StartTrouble(u32, StartTrouble),
    /// The address changed.
    Address,
    /// The window has another size.
    Size,
    /// Something is dragged over the page, or no longer.
    Over(bool),
    /// Files were dropped, or a folder's, each with its path then.
    Dropped(FolderFiles),
    /// Files that hold no backup, each with its path where they come from a folder.
    Sorted(FolderFiles),
    /// The same, to be imported whatever page is shown.
    Imports(Vec<File>),
    /// A backup to restore a project from.
    Backup(File),
    /// A backup opens with a passphrase; nothing where none is asked for any more.
    Locked(Option<LockedBackup>),
    /// The passphrase of a backup.
    Unlock(File, String),
    /// A backup became a project.
    Restored(RestoredBackup),
    /// What was damaged in it.
    Losses(Vec<BackupLoss>),
    /// The other language.
    Language,
    /// Its words.
    Words(Loaded),
    /// The other theme.
    Theme,
    /// The command palette opens.
    Find,
    /// What was chosen in it; nothing where it was left.
    Found(Option<Action>),
}

/// What scores depend on beside the data: the baseline, the test, what systems were trained on.
type ScoreSettings = (usize, PairedTest, Option<Domains>);

struct Shell {
    calls: Calls,
    _changes: Subscription,
    /// To the shell, from its pages: made once, so that a page is shown anew only when it shows something else.
    ask: Callback<Ask>,
    settings: Settings,
    width: f64,
    over: bool,
    route: Route,
    /// What is loaded.
    summary: Option<Rc<Summary>>,
    /// Results of metrics.
    metrics: Rc<Vec<MetricView>>,
    /// The settings that scores were last asked for with.
    configured: Option<ScoreSettings>,
    /// Imports that go on.
    imports: usize,
    /// Whether the next data keeps the view, which came with a saved evaluation.
    keeps_view: bool,
    /// Whether the worker is opening a project.
    is_opening: bool,
    /// How often the worker was asked to open a project.
    starts: u32,
    /// Why the page is shown without a project.
    trouble: Option<StartTrouble>,
    /// Whether a project was opened, or none was there, or the page is shown without it: only then the address counts.
    has_started: bool,
    /// A backup that waits for its passphrase.
    locked: Option<LockedBackup>,
    form: KeptForm,
    /// Whether the command palette is open.
    is_finding: bool,
    /// The page whose step was brought into sight.
    revealed: Option<Page>,
    _listeners: Vec<EventListener>,
}

/// Has the browser ask before the page is left while something is in memory alone.
fn asks_before_leaving(window: &web_sys::Window, calls: &Calls) -> EventListener {
    let calls = calls.clone();
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(window, "beforeunload", options, move |event| {
        if project::is_unsaved(&calls) {
            event.prevent_default();
        }
    })
}

/// Has the worker write at once what it has not written yet when the page is hidden or left: it may be gone soon.
fn writes_before_leaving(window: &web_sys::Window, calls: &Calls) -> [EventListener; 2] {
    ["visibilitychange", "pagehide"].map(|name| {
        let calls = calls.clone();
        EventListener::new(window, name, move |_| {
            if project::can_be_saved(&calls) {
                calls.order(Save {}, |()| {});
            }
        })
    })
}

/// Starts the page.
pub fn start() {
    parts::mount::<Shell>(PAGE_FILE);
}

impl Component for Shell {
    type Message = Msg;
    type Properties = FrameProps;

    fn create(ctx: &Context<Self>) -> Self {
        let window = browser::window();
        let link = ctx.link().clone();
        let calls = Calls::start("./worker-boot.js", "data", Some(<Start as Call>::NAME));
        let changes = calls.subscribe(link.callback(Msg::Changed));
        let on = |name: &'static str, message: fn() -> Msg| {
            let link = ctx.link().clone();
            EventListener::new(&window, name, move |_| link.send_message(message()))
        };
        let mut listeners = vec![
            on("hashchange", || Msg::Address),
            on("resize", || Msg::Size),
            asks_before_leaving(&window, &calls),
            shortcut(&window, {
                let link = ctx.link().clone();
                move || link.send_message(Msg::Find)
            }),
        ];
        listeners.extend(writes_before_leaving(&window, &calls));
        let mut shell = Self {
            calls,
            _changes: changes,
            ask: ctx.link().callback(Msg::Ask),
            settings: Settings::new(ctx.props().locale.clone(), PAGE_FILE),
            width: browser::width(),
            over: false,
            route: Route::from_hash(&browser::hash()),
            summary: None,
            metrics: Rc::default(),
            configured: None,
            imports: 0,
            keeps_view: false,
            is_opening: false,
            starts: 0,
            trouble: None,
            has_started: false,
            locked: None,
            form: KeptForm::default(),
            is_finding: false,
            revealed: None,
            _listeners: listeners,
        };
        shell.start_project(ctx);
        shell
    }

    fn update(&mut self, ctx: &Context<Self>, message: Msg) -> bool {
        match message {
            Msg::Changed(change) => {
                if change == Change::Restarted {
                    self.start_project(ctx);
                }
                return self.changed(&change);
            }
            Msg::Started(opened) => self.started(opened),
            Msg::StartTrouble(number, trouble) => self.start_in_trouble(number, trouble),
            Msg::Ask(Ask::Opened(opened)) => self.opened(&opened),
            Msg::Imported(found) => self.imported(found),
            Msg::Ask(Ask::Import(files)) => {
                let found = FolderFiles {
                    files,
                    ..FolderFiles::default()
                };
                self.sort_out(ctx, found, |found| Msg::Imports(found.files));
            }
            Msg::Imports(files) => self.import(ctx, Import {}, Attachments::files(files)),
            Msg::Ask(Ask::Restore(file)) | Msg::Backup(file) => {
                self.restore(ctx, file, String::new());
            }
            Msg::Locked(locked) => self.locked = locked,
            Msg::Unlock(file, passphrase) => self.restore(ctx, file, passphrase),
            Msg::Restored(restored) => self.restored(ctx, restored),
            Msg::Losses(losses) => self.tell_losses(&losses),
            Msg::Ask(Ask::ImportFolder(files)) => {
                let paths = files.iter().map(path_in_folder).collect();
                let left_out = Vec::new();
                let call = ImportFolder { paths, left_out };
                self.import(ctx, call, Attachments::files(files));
            }
            Msg::Ask(Ask::Paste(text)) => {
                self.import(ctx, Paste { text }, Attachments::default());
            }
            Msg::Ask(Ask::Export(kind)) => {
                self.calls.order(Export { kind }, |file| {
                    browser::save(&file.name, &file.mime, &file.bytes.0);
                });
                return false;
            }
            Msg::Ask(Ask::LoadDemo(example)) => {
                self.import(ctx, LoadDemo { example }, Attachments::default());
            }
            Msg::Ask(Ask::Go(route)) => browser::set_hash(&route.to_hash()),
            Msg::Ask(Ask::Replace(route)) => browser::replace_hash(&route.to_hash()),
            Msg::Address if self.has_started => self.arrive(),
            Msg::Address => self.route = Route::from_hash(&browser::hash()),
            Msg::Size => self.width = browser::width(),
            Msg::Dropped(found) => self.sort_out(ctx, found, Msg::Sorted),
            Msg::Sorted(found) => self.take_files(ctx, found),
            Msg::Over(over) => return std::mem::replace(&mut self.over, over) != over,
            Msg::Language => {
                let words = self.settings.next_words();
                ctx.link().send_future(async { Msg::Words(words.await) });
                return false;
            }
            Msg::Words(loaded) => {
                if let Err(why) = self.settings.take_words(loaded) {
                    self.calls.report(why);
                }
            }
            Msg::Theme => self.settings.switch_theme(),
            Msg::Find => self.is_finding = true,
            Msg::Found(action) => self.act(ctx, action),
        }
        true
    }

    /// On a narrow screen the rail scrolls: the step that is looked at stays in sight.
    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        if self.revealed != Some(self.route.page) && self.width <= NARROW {
            self.revealed = Some(self.route.page);
            browser::reveal(".rail [aria-current]");
        }
        browser::set_title(&self.title());
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let link = ctx.link();
        let ondragover = link.callback(|e: DragEvent| {
            e.prevent_default();
            Msg::Over(true)
        });
        let ondrop = Self::on_drop(ctx);
        let ondragleave = link.batch_callback(|e: DragEvent| {
            // Leaving an element inside the page is no leaving of the page.
            e.related_target().is_none().then_some(Msg::Over(false))
        });
        html! {
            <ContextProvider<Calls> context={self.calls.clone()}>
            <ContextProvider<PageContext> context={self.page_context()}>
            <div class={classes!("frame", self.over.then_some("over"))} {ondragover} {ondrop} {ondragleave}>
                { self.header(ctx) }
                <Rail />
                <main>
                    // Each has an element of its own to stand in: what comes and goes beside it can't be what it is
                    // inserted before.
                    <div><NewVersionOffer locale={self.settings.locale.clone()} /></div>
                    <div>{ for self.trouble.as_ref().map(|trouble| start_trouble(&self.settings.locale, trouble)) }</div>
                    <div><NotSaved /></div>
                    <div>{ notices(&self.settings.locale, &self.calls) }</div>
                    // Before that, what a person did here would be replaced by the project that is being opened.
                    if self.has_started {
                        { self.page() }
                    } else {
                        <p role="status">{ self.settings.locale.text("opening-project") }</p>
                    }
                </main>
                <footer class="jobs"><JobStrip /><PausedRun locale={self.settings.locale.clone()} /></footer>
            </div>
            if self.is_finding { { self.palette(ctx) } }
            <LaterFilesDialog locale={self.settings.locale.clone()} />
            if let Some(backup) = &self.locked {
                <UnlockDialog locale={self.settings.locale.clone()} backup={backup.clone()} done={link.callback(|done: Option<(File, String)>| {
                    match done {
                        Some((file, passphrase)) => Msg::Unlock(file, passphrase),
                        None => Msg::Locked(None),
                    }
                })} />
            }
            </ContextProvider<PageContext>>
            </ContextProvider<Calls>>
        }
    }
}

impl Shell {
    fn page_context(&self) -> PageContext {
        PageContext {
            locale: self.settings.locale.clone(),
            route: Rc::new(self.route.clone()),
            width: self.room(),
            ask: self.ask.clone(),
        }
    }

    fn header(&self, ctx: &Context<Self>) -> Html {
        let link = ctx.link();
        let project = self.project_name();
        let find = link.callback(|_: MouseEvent| Msg::Find);
        let find_name = self.settings.locale.text("commands");
        let saved = html! { <>
            <Saved />
            <button id="find" class="quiet" title={find_name.clone()} aria-label={find_name} aria-keyshortcuts="Control+K Meta+K" onclick={find}>
                <svg class="key" viewBox="0 0 12 12" aria-hidden="true"><path d="M5 1.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7Z M7.6 7.6 11 11" fill="none" stroke="currentColor" stroke-width="1.3" /></svg>
            </button>
        </> };
        let on_language = link.callback(|_| Msg::Language);
        let on_theme = link.callback(|_| Msg::Theme);
        let privacy = Some(self.route.on_page(Page::Privacy).href());
        header(
            &self.settings.locale,
            project,
            saved,
            privacy,
            on_language,
            on_theme,
        )
    }

    /// The pixels that a page has; the rail takes some beside it and none above it.
    fn room(&self) -> f64 {
        let beside = if self.width > NARROW {
            RAIL + 82.0
        } else {
            42.0
        };
        (self.width - beside).clamp(LEAST_CHART, MOST_ROOM)
    }
}
