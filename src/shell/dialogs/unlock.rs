//! The dialog that asks for the passphrase of a backup.

use crate::browser::files as browser;
use assay_locale::Locale;
use std::rc::Rc;
use web_sys::{File, HtmlInputElement};
use yew::prelude::*;

/// A backup that opens with a passphrase.
#[derive(Clone, PartialEq)]
pub struct LockedBackup {
    /// The file.
    pub file: File,
    /// Whether another passphrase was tried.
    pub is_refused: bool,
}

/// What the dialog needs.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Words.
    pub locale: Rc<Locale>,
    /// The backup.
    pub backup: LockedBackup,
    /// Told of the passphrase; nothing where the person does not want to open it.
    pub done: Callback<Option<(File, String)>>,
}

/// The dialog that asks for a backup's passphrase.
#[function_component]
pub fn UnlockDialog(props: &Props) -> Html {
    let t = &*props.locale;
    let field = use_node_ref();
    {
        let field = field.clone();
        use_effect_with((), move |_| {
            browser::set_inert(".frame", true);
            if let Some(field) = field.cast::<HtmlInputElement>() {
                // Not focused, it can still be used by pointer and by Tab.
                let _ = field.focus();
            }
            || browser::set_inert(".frame", false)
        });
    }
    let onsubmit = {
        let (field, done, file) = (field.clone(), props.done.clone(), props.backup.file.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if let Some(field) = field.cast::<HtmlInputElement>() {
                done.emit(Some((file.clone(), field.value())));
            }
        })
    };
    let cancel = props.done.reform(|_: MouseEvent| None);
    let onkeydown = {
        let done = props.done.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" && !event.is_composing() {
                event.prevent_default();
                done.emit(None);
            }
        })
    };
    let name = [("file", props.backup.file.name())];
    html! {
        <div class="veil">
            <form id="unlock-backup" class="dialog" role="dialog" aria-modal="true" aria-labelledby="unlock-title"
                {onsubmit} {onkeydown}>
                <h2 id="unlock-title">{ t.with("backup-error-locked", &name) }</h2>
                if props.backup.is_refused {
                    <p class="notice" role="alert">{ t.with("backup-error-wrong-passphrase", &name) }</p>
                }
                <p><label>{ t.text("backup-passphrase-open") }{ " " }
                    <input ref={field} type="password" autocomplete="off" /></label></p>
                <p class="row">
                    <button type="submit" class="primary">{ t.text("backup-unlock") }</button>
                    <button type="button" onclick={cancel}>{ t.text("later-cancel") }</button>
                </p>
            </form>
        </div>
    }
}
