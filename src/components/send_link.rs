//! A link to be sent: how long it is and where it still fits, copied, shared, as a file.

use crate::browser::files as browser;
use crate::browser::single_file::is_single_file;
use crate::components::copy_button::CopyButton;
use assay_locale::Locale;
use std::rc::Rc;
use yew::prelude::*;

/// Characters beyond which a file is offered in a link's place: Chromium's address bar shows no more,
/// and mail and chat programs cut what is longer.
pub const LINK_MOST: usize = 32_000;

/// Where links are sent, and the characters that fit there; docs/rating-links.md says where the figures
/// come from.
pub const PLACES: [(&str, usize); 8] = [
    ("sms", 1_600),
    ("discord", 2_000),
    ("wechat", 2_000),
    ("qr", 2_953),
    ("slack", 4_000),
    ("telegram", 4_096),
    ("whatsapp", 65_536),
    ("browsers", 64_000),
];

/// Where a link of this length fits, and where it is too long, in words.
pub fn meter(t: &Locale, characters: usize) -> Html {
    let name = |(key, _): &(&str, usize)| t.text(&format!("place-{key}"));
    let list = |fits: bool| {
        let places = PLACES
            .iter()
            .filter(|(_, most)| (characters <= *most) == fits);
        places
            .map(name)
            .collect::<Vec<_>>()
            .join(&t.text("list-comma"))
    };
    let (fits, not) = (list(true), list(false));
    let count = [("count", t.count(characters))];
    let part = (characters as f64 / LINK_MOST as f64).min(1.0);
    html! {
        <div class="meter">
            <p><meter min="0" max="1" low="0.25" high="0.9" optimum="0" value={part.to_string()} aria-hidden="true" />
                { t.with("link-length", &count) }</p>
            if characters > LINK_MOST {
                <p>{ t.with("link-too-long", &[("most", t.count(LINK_MOST))]) }</p>
            } else {
                if !fits.is_empty() { <p class="hint"><span class="better">{ "✓ " }</span>{ t.with("link-fits", &[("places", fits)]) }</p> }
                if !not.is_empty() { <p class="hint"><span class="worse">{ "✗ " }</span>{ t.with("link-fits-not", &[("places", not)]) }</p> }
            }
        </div>
    }
}

/// What is sent.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Words.
    pub locale: Rc<Locale>,
    /// The field's id.
    pub id: &'static str,
    /// What the field is called.
    pub label: String,
    /// The link.
    pub link: String,
    /// What is shared is called so.
    pub title: String,
    /// The file's name.
    pub file: String,
    /// What the file says before the link.
    pub words: String,
    /// The message that is shown where the page is a file, and the link lacks its beginning.
    #[prop_or("link-without-page")]
    pub without_page: &'static str,
}

/// A link with the ways to send it.
#[function_component]
pub fn SendLink(props: &Props) -> Html {
    let t = &*props.locale;
    let fits = props.link.len() <= LINK_MOST;
    let share = {
        let (link, title) = (props.link.clone(), props.title.clone());
        Callback::from(move |_: MouseEvent| browser::share(&title, &link))
    };
    let save = {
        let (file, text) = (
            props.file.clone(),
            format!("{}\n\n{}\n", props.words, props.link),
        );
        Callback::from(move |_: MouseEvent| {
            browser::save(&file, "text/plain;charset=utf-8", text.as_bytes());
        })
    };
    let select = Callback::from(|e: FocusEvent| {
        e.target_unchecked_into::<web_sys::HtmlTextAreaElement>()
            .select();
    });
    let file_class = (!fits).then_some("primary");
    html! {
        <div class="send">
            if fits {
                <label>{ &props.label }
                    <textarea id={props.id} readonly=true rows="3" onfocus={select} value={props.link.clone()} />
                </label>
            }
            { meter(t, props.link.len()) }
            if is_single_file() { <p class="hint">{ t.text(props.without_page) }</p> }
            <p class="row">
                if fits {
                    <CopyButton locale={props.locale.clone()} text={props.link.clone()} label={t.text("copy-link")} class="primary copy" />
                    if browser::can_share() { <button class="share" onclick={share}>{ t.text("share") }</button> }
                }
                <button class={classes!("save-file", file_class)} onclick={save}>{ t.text("save-file") }</button>
            </p>
        </div>
    }
}

/// A title as part of a file's name.
pub fn file_part(title: &str) -> String {
    let letters = title
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { '-' });
    let joined: String = letters.take(40).collect();
    joined.trim_matches('-').to_owned()
}
