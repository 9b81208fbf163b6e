//! The page "What happens to my data": where data is and where it never goes, the policy that the browser holds the page
//! to, a check of it in front of the reader, and what is stored on this device with the way to remove it.

mod stored;

use crate::browser::policy::{Attempt, policy};
use crate::browser::single_file::is_single_file;
use crate::calls::use_calls;
use crate::pages::privacy::stored::Stored;
use crate::shell::context::use_page;
use assay_locale::Locale;
use yew::prelude::*;

/// The page.
#[function_component]
pub fn PrivacyPage() -> Html {
    let page = use_page();
    let t = &*page.locale;
    let list = |keys: &[&str]| {
        let item = |key: &&str| html! { <li>{ t.text(key) }</li> };
        html! { <ul>{ for keys.iter().map(item) }</ul> }
    };
    html! {
        <div class="page" id="privacy">
            <section>
                <h1>{ t.text("privacy") }</h1>
                <p>{ t.text("privacy-summary") }</p>
                <h2>{ t.text("privacy-where") }</h2>
                { list(&["privacy-read", "privacy-disk", "privacy-profile"]) }
                <h2>{ t.text("privacy-leaves") }</h2>
                if is_single_file() {
                    { list(&["privacy-links", "privacy-saved-files"]) }
                } else {
                    { list(&["privacy-links", "privacy-saved-files", "privacy-host"]) }
                }
                <h2>{ t.text("privacy-never") }</h2>
                { list(&["privacy-no-upload", "privacy-no-tracking", "privacy-no-others"]) }
            </section>
            <Policy />
            <Stored />
        </div>
    }
}

/// What became of a request.
#[derive(Clone, PartialEq)]
struct Tried {
    attempt: Attempt,
    /// The part of the policy that refused it.
    refused_by: Option<String>,
}

/// The policy, and the check that the browser keeps to it.
#[function_component]
fn Policy() -> Html {
    let page = use_page();
    let t = &*page.locale;
    let calls = use_calls();
    let tried = use_state(Vec::<Tried>::new);
    let is_trying = use_state(|| false);
    let check = {
        let (tried, is_trying) = (tried.clone(), is_trying.clone());
        Callback::from(move |_: MouseEvent| {
            let (tried, is_trying) = (tried.clone(), is_trying.clone());
            is_trying.set(true);
            tried.set(Vec::new());
            calls.spawn(async move {
                let mut results = Vec::new();
                for attempt in [Attempt::Fetch, Attempt::Image] {
                    let refused_by = attempt.refused_by().await;
                    results.push(Tried {
                        attempt,
                        refused_by,
                    });
                }
                tried.set(results);
                is_trying.set(false);
            });
        })
    };
    html! {
        <section>
            <h2>{ t.text("privacy-policy") }</h2>
            <p>{ t.text(if is_single_file() { "privacy-policy-alone" } else { "privacy-policy-hint" }) }</p>
            if let Some(policy) = policy() {
                <ul id="policy" class="plain">{ for policy.split(';').map(|part| html! { <li><code>{ part.trim() }</code></li> }) }</ul>
            } else {
                <p class="notice" role="alert">{ t.text("privacy-policy-none") }</p>
            }
            <p>{ t.text("privacy-check-hint") }</p>
            <p><button id="privacy-check" disabled={*is_trying} onclick={check}>{ t.text("privacy-check") }</button></p>
            <div role="status">
                <ul id="privacy-tried" class="plain">
                    if *is_trying { <li>{ t.text("privacy-checking") }</li> }
                    { for tried.iter().map(|tried| outcome(t, tried)) }
                </ul>
            </div>
        </section>
    }
}

fn outcome(t: &Locale, tried: &Tried) -> Html {
    let what = t.text(match tried.attempt {
        Attempt::Fetch => "privacy-tried-fetch",
        Attempt::Image => "privacy-tried-image",
    });
    let address = tried.attempt.address().to_owned();
    match &tried.refused_by {
        Some(directive) => {
            let words = [
                ("what", what),
                ("address", address),
                ("directive", directive.clone()),
            ];
            html! { <li class="better">{ "✓ " }{ t.with("privacy-refused", &words) }</li> }
        }
        None => {
            let words = [("what", what), ("address", address)];
            html! { <li class="worse">{ "▼ " }{ t.with("privacy-not-refused", &words) }</li> }
        }
    }
}
