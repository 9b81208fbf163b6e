//! The words of a language, from a file beside the page's program. `www/words.js` fetches it, and begins with the first
//! before the program is there.

use assay_calls::{Argument, Explanation};
use assay_locale::{Language, Locale, WordsFile};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(raw_module = "./words.js")]
extern "C" {
    #[wasm_bindgen(catch, js_name = textOf)]
    async fn text_of(name: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = tellMissing)]
    fn show_missing(detail: &str);
}

/// The words of a language out of its file.
///
/// # Errors
/// The file can't be had, or is another build's.
pub async fn load(language: Language, file: WordsFile) -> Result<Locale, Explanation> {
    let name = file(language);
    let text = text_of(name).await.map_err(|error| {
        let error = js_sys::Error::from(error);
        missing(language, String::from(error.message()))
    })?;
    let read = Locale::read(language, file, text.as_string().unwrap_or_default());
    read.ok_or_else(|| missing(language, name.to_owned()))
}

fn missing(language: Language, detail: String) -> Explanation {
    let argument = |name: &str, text: String| (name.to_owned(), Argument::Text(text));
    Explanation {
        kind: "words-missing".to_owned(),
        arguments: vec![
            argument("language", language.name().to_owned()),
            argument("detail", detail),
        ],
        cause: None,
    }
}

/// Says why there are no words at all, in every language.
pub fn tell_missing(why: &Explanation) {
    let detail = why.arguments.iter().find(|(name, _)| name == "detail");
    if let Some((_, Argument::Text(detail))) = detail {
        show_missing(detail);
    }
}
