//! The offer of a newer build of the page. `www/new-version.js` knows of it from the service worker; it says so in
//! attributes of the document, and waits for an event.

use crate::browser::files as browser;
use assay_locale::Locale;
use gloo::events::EventListener;
use std::rc::Rc;
use yew::prelude::*;

/// What is known of a newer build.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NewVersion {
    /// It takes over after a reload.
    Ready,
    /// Other tabs with the older build have to be closed first.
    WaitsFor { tabs: usize },
}

impl NewVersion {
    /// What the attributes of the document say: the state, and the number of other tabs.
    fn of(state: Option<&str>, tabs: Option<&str>) -> Option<Self> {
        match state? {
            "ready" => Some(Self::Ready),
            "waits" => Some(Self::WaitsFor {
                tabs: tabs?.parse().ok()?,
            }),
            _ => None,
        }
    }

    fn read() -> Option<Self> {
        let state = browser::root_attribute("data-new-version");
        let tabs = browser::root_attribute("data-other-tabs");
        Self::of(state.as_deref(), tabs.as_deref())
    }
}

/// What the offer needs.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Words.
    pub locale: Rc<Locale>,
}

/// A line with a button to reload, where there is a newer build.
#[component]
pub fn NewVersionOffer(props: &Props) -> Html {
    let version = use_state_eq(NewVersion::read);
    {
        let version = version.clone();
        use_effect_with((), move |()| {
            let document = browser::window().document();
            let listener = document.map(|document| {
                EventListener::new(&document, "assay-new-version", move |_| {
                    version.set(NewVersion::read());
                })
            });
            move || drop(listener)
        });
    }
    let t = &props.locale;
    let Some(version) = *version else {
        return html! {};
    };
    let words = match version {
        NewVersion::Ready => t.text("new-version"),
        NewVersion::WaitsFor { tabs } => t.with("new-version-tabs", &[("tabs", tabs.to_string())]),
    };
    html! {
        <p id="new-version" class="notice row" role="status">
            <span>{ words }</span>
            <button onclick={|_| browser::announce("assay-replace")}>{ t.text("new-version-reload") }</button>
        </p>
    }
}

#[cfg(test)]
mod tests {
    use super::NewVersion;

    #[test]
    fn the_state_of_a_newer_build_is_read_from_the_document() {
        let of = NewVersion::of;
        assert_eq!(of(None, None), None);
        assert_eq!(of(Some("ready"), Some("0")), Some(NewVersion::Ready));
        let waits = of(Some("waits"), Some("2"));
        assert_eq!(waits, Some(NewVersion::WaitsFor { tabs: 2 }));
        assert_eq!(of(Some("waits"), Some("many")), None);
        assert_eq!(of(Some("other"), None), None);
    }
}
