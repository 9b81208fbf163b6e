//! What the frames of the app and of a rater's page share: the header, notices, and the settings of language and
//! theme.

use crate::browser::{files as browser, words};
use crate::calls::Calls;
use assay_calls::Explanation;
use assay_locale::{Language, Locale, WordsFile};
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// Language and theme, as they were kept or as the system has them.
pub struct Settings {
    /// Words.
    pub locale: Rc<Locale>,
    /// The language that was asked for last; its words may still be on their way.
    wanted: Language,
    file: WordsFile,
    is_dark: bool,
}

/// Words of a language as they were loaded, or why they were not.
pub type Loaded = Result<Rc<Locale>, Explanation>;

/// The language of an earlier visit, or the browser's.
fn first_language() -> Language {
    let tag = browser::setting("language");
    let tag = tag.or_else(|| browser::window().navigator().language());
    Language::preferred(&tag.unwrap_or_default())
}

async fn load(language: Language, file: WordsFile) -> Loaded {
    words::load(language, file).await.map(Rc::new)
}

impl Settings {
    /// Those of an earlier visit, or the system's. `file` has the words of the program in other languages.
    pub fn new(locale: Rc<Locale>, file: WordsFile) -> Self {
        let system = browser::window().match_media("(prefers-color-scheme: dark)");
        let system_dark = system.ok().flatten().is_some_and(|m| m.matches());
        let settings = Self {
            wanted: locale.language,
            locale,
            file,
            is_dark: browser::setting("theme").map_or(system_dark, |t| t == "dark"),
        };
        settings.apply();
        settings
    }

    fn theme(&self) -> &'static str {
        if self.is_dark { "dark" } else { "light" }
    }

    fn apply(&self) {
        browser::set_root("lang", self.locale.language.tag());
        browser::set_root("data-theme", self.theme());
    }

    /// Loads the words of the next language, for [`Settings::take_words`].
    pub fn next_words(&mut self) -> impl Future<Output = Loaded> + use<> {
        self.wanted = self.wanted.next();
        load(self.wanted, self.file)
    }

    /// Shows a language whose words were loaded, unless another was asked for since.
    ///
    /// # Errors
    /// Why there are no words. The language stays then.
    pub fn take_words(&mut self, loaded: Loaded) -> Result<(), Explanation> {
        let locale = loaded.inspect_err(|_| self.wanted = self.locale.language)?;
        if locale.language == self.wanted {
            self.locale = locale;
            browser::keep_setting("language", self.locale.language.tag());
            self.apply();
        }
        Ok(())
    }

    /// Takes the other theme.
    pub fn switch_theme(&mut self) {
        self.is_dark = !self.is_dark;
        browser::keep_setting("theme", self.theme());
        self.apply();
    }
}

/// What a frame begins with.
#[derive(Properties, PartialEq)]
pub struct FrameProps {
    /// The words of the first language.
    pub locale: Rc<Locale>,
}

/// Puts a frame in place of what the page shows before any script runs, once its words are there.
pub fn mount<Frame: BaseComponent<Properties = FrameProps>>(file: WordsFile) {
    console_error_panic_hook::set_once();
    spawn_local(async move {
        let locale = match load(first_language(), file).await {
            Ok(locale) => locale,
            Err(why) => return words::tell_missing(&why),
        };
        let document = browser::window().document();
        if let Some(root) = document.and_then(|d| d.get_element_by_id("app")) {
            root.set_inner_html("");
            yew::Renderer::<Frame>::with_root_and_props(root, FrameProps { locale }).render();
        }
    });
}

/// The header, with the name of what is loaded and whether it is saved. `privacy` is the address of the page on what
/// happens to data, where the program has it.
pub fn header(
    t: &Locale,
    project: Option<String>,
    saved: Html,
    privacy: Option<String>,
    on_language: Callback<MouseEvent>,
    on_theme: Callback<MouseEvent>,
) -> Html {
    let private = html! {
        <><svg class="key" viewBox="0 0 12 12" aria-hidden="true">
            <path d="M2 5h8v6H2z M4 5V3.5a2 2 0 0 1 4 0V5" fill="none" stroke="currentColor" />
        </svg>{ t.text("private") }</>
    };
    html! {
        <header class="top">
            <strong class="name">{ t.text("title") }</strong>
            <span class="project" title={project.clone()}>{ project.unwrap_or_default() }</span>
            { saved }
            if let Some(href) = privacy {
                <a class="private" {href} title={t.text("private")}>{ private }</a>
            } else {
                <span class="private">{ private }</span>
            }
            <button id="language" class="quiet" onclick={on_language}>
                { t.language.next().name() }
            </button>
            <button id="theme" class="quiet" title={t.text("theme")} aria-label={t.text("theme")}
                onclick={on_theme}>{ "◐" }</button>
        </header>
    }
}

/// What the person is told.
pub fn notices(t: &Locale, calls: &Calls) -> Html {
    let entries = calls.notices();
    entries
        .iter()
        .map(|entry| {
            let (calls, id) = (calls.clone(), entry.id);
            let dismiss = Callback::from(move |_: MouseEvent| calls.dismiss(id));
            html! {
                <p class="notice row" role="alert" key={entry.id}>
                    <span>{ t.explained(&entry.explanation) }</span>
                    <button class="quiet" onclick={dismiss}>{ t.text("dismiss") }</button>
                </p>
            }
        })
        .collect()
}
