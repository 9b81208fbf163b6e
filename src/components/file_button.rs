//! The button that asks for files. The file input itself is unseen: its look can't be set.

use crate::browser::files::chosen_files;
use web_sys::{File, HtmlInputElement};
use yew::prelude::*;

/// What may be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// One file.
    File,
    /// One file or several.
    Files,
    /// A folder, with all that is in it.
    Folder,
}

/// What the button shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The input's id.
    pub id: AttrValue,
    /// The button's words.
    pub label: AttrValue,
    /// Classes of the button.
    #[prop_or_default]
    pub class: Classes,
    /// What may be chosen.
    pub choice: Choice,
    /// Endings of the files that are offered; all files without them.
    #[prop_or_default]
    pub accept: Option<AttrValue>,
    /// Told of the files; not where none were chosen.
    pub open: Callback<Vec<File>>,
}

/// The button.
#[function_component]
pub fn FileButton(props: &Props) -> Html {
    let onchange = {
        let open = props.open.clone();
        Callback::from(move |e: Event| {
            let input: HtmlInputElement = e.target_unchecked_into();
            let files = chosen_files(input.files());
            // Empty again, so that the same file can be chosen once more.
            input.set_value("");
            if !files.is_empty() {
                open.emit(files);
            }
        })
    };
    let is_folder = props.choice == Choice::Folder;
    html! {
        <label class={classes!("button", props.class.clone())}>{ &props.label }
            <input id={props.id.clone()} class="unseen" type="file" accept={props.accept.clone()}
                multiple={props.choice != Choice::File} webkitdirectory={is_folder} {onchange} /></label>
    }
}
