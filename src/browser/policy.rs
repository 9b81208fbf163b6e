//! The content security policy as it stands in the document, and requests that show that the browser keeps to it.

use super::files::window;
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, HtmlImageElement};

/// What a browser calls a request that the policy refuses.
const REFUSED: &str = "securitypolicyviolation";
/// Milliseconds after which a request counts as not refused.
const PATIENCE_MS: i32 = 3_000;

/// The policy; nothing where the document has none.
pub fn policy() -> Option<String> {
    let document = window().document()?;
    let meta = document.query_selector("meta[http-equiv='Content-Security-Policy']");
    meta.ok()??.get_attribute("content")
}

/// A request to another host than the page's own. The names are reserved (RFC 2606), so that nobody is asked even
/// where nothing refuses it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attempt {
    /// By a script, as data would be sent.
    Fetch,
    /// By an image, as counters of visits do it.
    Image,
}

impl Attempt {
    /// The address that is asked for.
    pub fn address(self) -> &'static str {
        match self {
            Self::Fetch => "https://fetch.example.invalid/",
            Self::Image => "https://image.example.invalid/",
        }
    }

    fn begin(self) {
        match self {
            Self::Fetch => {
                let asked = window().fetch_with_str(self.address());
                wasm_bindgen_futures::spawn_local(async move {
                    // It fails whether it is refused or there is no such host: the browser's event alone tells which.
                    drop(JsFuture::from(asked).await);
                });
            }
            Self::Image => {
                if let Ok(image) = HtmlImageElement::new() {
                    image.set_src(self.address());
                }
            }
        }
    }

    /// Makes the request: the part of the policy by which the browser refused it, or nothing where it did not.
    pub async fn refused_by(self) -> Option<String> {
        let document = window().document()?;
        let mut resolve = None::<Function>;
        let refused = Promise::new(&mut |done, _| resolve = Some(done));
        let done = resolve?;
        let listener = {
            let done = done.clone();
            Closure::<dyn FnMut(Event)>::new(move |event: Event| {
                if property(&event, "blockedURI").starts_with(self.address().trim_end_matches('/'))
                {
                    let directive = property(&event, "effectiveDirective");
                    // The promise's own function does not throw.
                    drop(done.call1(&JsValue::NULL, &directive.into()));
                }
            })
        };
        let heard = listener.as_ref().unchecked_ref::<Function>();
        let listens = document.add_event_listener_with_callback(REFUSED, heard);
        let waits =
            window().set_timeout_with_callback_and_timeout_and_arguments_0(&done, PATIENCE_MS);
        let directive = match (listens, waits) {
            (Ok(()), Ok(_)) => {
                self.begin();
                JsFuture::from(refused).await.ok()
            }
            _ => None,
        };
        // A listener that was never added is removed as well.
        drop(document.remove_event_listener_with_callback(REFUSED, heard));
        directive.and_then(|directive| directive.as_string())
    }
}

/// A text of an event, whose type is not in the typed bindings.
fn property(event: &Event, name: &str) -> String {
    let value = Reflect::get(event, &name.into()).ok();
    value
        .and_then(|value| value.as_string())
        .unwrap_or_default()
}
