//! What was decided about files where another reading was possible, as the page says it.

use assay_data::Notice;
use assay_locale::{Language, Locale};
use std::borrow::Borrow;

/// The page's sentences of notices, in English as all that the command prints.
pub(crate) fn sentences(notices: impl Iterator<Item = impl Borrow<Notice>>) -> Vec<String> {
    let locale = Locale::new(Language::English);
    notices
        .map(|notice| {
            let notice = notice.borrow();
            locale.with(&notice.key(), &notice.words())
        })
        .collect()
}
