//! Key facts as cards: what each is called, its value in large type, and what belongs to the value below it.

use yew::prelude::*;

/// A fact.
pub struct Fact {
    /// The element's id.
    id: Option<String>,
    name: String,
    value: Html,
    note: Html,
}

impl Fact {
    /// A fact with its value.
    pub fn new(name: String, value: impl Into<Html>) -> Self {
        Self {
            id: None,
            name,
            value: value.into(),
            note: Html::default(),
        }
    }

    /// With what belongs to the value: its interval, its place, how it was found.
    pub fn note(mut self, note: impl Into<Html>) -> Self {
        self.note = note.into();
        self
    }

    /// With an id.
    pub fn id(mut self, id: String) -> Self {
        self.id = Some(id);
        self
    }
}

/// The cards.
pub fn facts(all: impl IntoIterator<Item = Fact>) -> Html {
    html! {
        <dl class="fact-cards">{ for all.into_iter().map(|fact| html! {
            <div id={fact.id}>
                <dt>{ fact.name }</dt>
                <dd><span class="fact-value">{ fact.value }</span>{ fact.note }</dd>
            </div>
        }) }</dl>
    }
}
