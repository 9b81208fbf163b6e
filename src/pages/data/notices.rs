//! What was decided about the files where another reading was possible, and what of them is not used.

use assay_data::Notice;
use assay_locale::Locale;
use assay_protocol::views::Summary;
use yew::prelude::*;

/// All notices, for the Data page.
pub fn all(t: &Locale, summary: &Summary) -> Html {
    // Systems of one name have fields to name them.
    let shown = summary.notices.iter();
    let shown = shown.filter(|notice| !matches!(notice, Notice::SystemsOfOneName { .. }));
    list(t, "notices", shown)
}

/// Those that scores depend on, for pages that show scores.
pub fn doubts(t: &Locale, summary: &Summary) -> Html {
    let doubts = summary.notices.iter().filter(|notice| notice.is_doubt());
    list(t, "doubts", doubts)
}

fn list<'a>(t: &Locale, id: &'static str, notices: impl Iterator<Item = &'a Notice>) -> Html {
    let sentences: Vec<String> = notices.map(|notice| sentence(t, notice)).collect();
    if sentences.is_empty() {
        return Html::default();
    }
    html! {
        <ul {id} class="hint">{ for sentences.into_iter().map(|s| html! { <li>{ s }</li> }) }</ul>
    }
}

fn sentence(t: &Locale, notice: &Notice) -> String {
    t.with(&notice.key(), &notice.words())
}
