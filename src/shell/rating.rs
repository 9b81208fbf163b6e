//! The frame of a rater's page, a program of its own: no rail and no measures, only the task.

use super::parts::{self, FrameProps, Loaded, Settings, header, notices};
use crate::browser::files::chosen_files;
use crate::calls::{Calls, Change, Subscription};
use crate::pages::rater::RaterPage;
use assay_locale::RATING_FILE;
use web_sys::File;
use yew::prelude::*;

/// Messages to the frame.
pub enum Msg {
    /// Something changed in the worker, or among the notices.
    Changed(Change),
    /// The other language.
    Language,
    /// Its words.
    Words(Loaded),
    /// The other theme.
    Theme,
    /// Something is dragged over the page, or no longer.
    Over(bool),
    /// Files were dropped.
    Dropped(Vec<File>),
}

struct RatingShell {
    calls: Calls,
    _changes: Subscription,
    settings: Settings,
    is_over: bool,
    /// The files that were dropped last, and how often files were.
    dropped: (usize, Vec<File>),
}

/// Starts a rater's page.
pub fn start() {
    parts::mount::<RatingShell>(RATING_FILE);
}

impl Component for RatingShell {
    type Message = Msg;
    type Properties = FrameProps;

    fn create(ctx: &Context<Self>) -> Self {
        let calls = Calls::start("./rate-worker-boot.js", "rate", None);
        let changes = calls.subscribe(ctx.link().callback(Msg::Changed));
        Self {
            calls,
            _changes: changes,
            settings: Settings::new(ctx.props().locale.clone(), RATING_FILE),
            is_over: false,
            dropped: (0, Vec::new()),
        }
    }

    fn update(&mut self, ctx: &Context<Self>, message: Msg) -> bool {
        match message {
            Msg::Changed(change) => return matches!(change, Change::Notices),
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
            Msg::Over(over) => return std::mem::replace(&mut self.is_over, over) != over,
            Msg::Dropped(files) => {
                self.is_over = false;
                if !files.is_empty() {
                    self.dropped = (self.dropped.0 + 1, files);
                }
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let link = ctx.link();
        let locale = self.settings.locale.clone();
        let ondragover = link.callback(|e: DragEvent| {
            e.prevent_default();
            Msg::Over(true)
        });
        let ondrop = link.callback(|e: DragEvent| {
            e.prevent_default();
            Msg::Dropped(chosen_files(e.data_transfer().and_then(|d| d.files())))
        });
        let ondragleave = link.batch_callback(|e: DragEvent| {
            // Leaving an element inside the page is no leaving of the page.
            e.related_target().is_none().then_some(Msg::Over(false))
        });
        let on_language = link.callback(|_| Msg::Language);
        let on_theme = link.callback(|_| Msg::Theme);
        html! {
            <ContextProvider<Calls> context={self.calls.clone()}>
            <div class={classes!("rating-frame", self.is_over.then_some("over"))} {ondragover} {ondrop} {ondragleave}>
                { header(&locale, None, Html::default(), None, on_language, on_theme) }
                <main>{ notices(&locale, &self.calls) }<RaterPage {locale} dropped={self.dropped.clone()} /></main>
            </div>
            </ContextProvider<Calls>>
        }
    }
}
