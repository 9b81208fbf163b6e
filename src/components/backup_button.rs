//! The button that saves a project as one file, with a passphrase where the person wants one.

use crate::browser::files as browser;
use crate::calls::use_calls;
use crate::shell::context::use_page;
use assay_calls::Explanation;
use assay_protocol::backup::BackUp;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What the button saves.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The project; nothing for what is open now.
    pub id: Option<String>,
    /// The button's words for those who don't see what it stands beside.
    #[prop_or_default]
    pub name: Option<AttrValue>,
    /// Classes of the button.
    #[prop_or_default]
    pub class: Classes,
}

/// The button, which opens a field for the passphrase.
#[function_component]
pub fn BackupButton(props: &Props) -> Html {
    let page = use_page();
    let calls = use_calls();
    let is_open = use_state(|| false);
    let is_busy = use_state(|| false);
    let field = use_node_ref();
    let t = &*page.locale;
    let toggle = {
        let is_open = is_open.clone();
        Callback::from(move |_: MouseEvent| is_open.set(!*is_open))
    };
    let button = html! {
        <button type="button" class={classes!("back-up", props.class.clone())} aria-label={props.name.clone()}
            aria-expanded={(*is_open).to_string()} onclick={toggle}>{ t.text("backup-download") }</button>
    };
    if !*is_open {
        return button;
    }
    let onsubmit = {
        let (field, id) = (field.clone(), props.id.clone());
        let (is_open, is_busy) = (is_open.clone(), is_busy.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let passphrase = field.cast::<HtmlInputElement>();
            let passphrase = passphrase.map(|field| field.value()).unwrap_or_default();
            let call = BackUp {
                id: id.clone(),
                passphrase,
            };
            let (calls, is_open, is_busy) = (calls.clone(), is_open.clone(), is_busy.clone());
            is_busy.set(true);
            calls.clone().spawn(async move {
                match calls.ask_for_bytes(call).await {
                    Ok((file, bytes)) => {
                        let name = format!("{}-{}.zip", file.name, browser::today());
                        browser::save_bytes(&name, "application/zip", &bytes);
                        for loss in &file.losses {
                            calls.report(Explanation::of(loss));
                        }
                        is_open.set(false);
                    }
                    Err(failure) => calls.report(failure.explanation()),
                }
                is_busy.set(false);
            });
        })
    };
    html! {
        <>
            { button }
            <form class="row backup-form" {onsubmit}>
                <label>{ t.text("backup-passphrase") }{ " " }
                    <input ref={field} type="text" autocomplete="off" spellcheck="false" /></label>
                <button type="submit" disabled={*is_busy}>
                    { t.text(if *is_busy { "backup-busy" } else { "backup-save" }) }</button>
                <small class="hint">{ t.text("backup-passphrase-hint") }</small>
            </form>
        </>
    }
}
