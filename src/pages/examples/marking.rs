//! What is marked in the outputs. It can be read without colour: additions are underlined, omissions struck through,
//! matched n-grams underlined the heavier the longer they are.

use assay_locale::Locale;
use assay_protocol::views::Detail;
use yew::prelude::*;

/// What is marked in the outputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marking {
    /// Nothing.
    Plain,
    /// Differences from the first reference.
    Differences,
    /// The first reference and the output, unit under unit.
    Alignment,
    /// N-grams that a reference has too.
    Ngrams,
    /// How surprised a model is at each token: the first, or the second.
    Surprise(usize),
    /// What the second model finds more or less surprising than the first.
    Shift,
}

impl Marking {
    /// The markings that a row has, each with its id and its words.
    pub(super) fn of(t: &Locale, detail: &Detail) -> Vec<(Self, String, String)> {
        let plain = |(marking, name): (Self, &str)| (marking, name.to_owned(), t.text(name));
        let kinds = [
            (Self::Differences, "differences"),
            (Self::Alignment, "alignment"),
            (Self::Ngrams, "ngrams"),
            (Self::Plain, "plain"),
        ];
        let mut all: Vec<_> = kinds.into_iter().map(plain).collect();
        let models: Vec<&String> = detail
            .surprise
            .first()
            .iter()
            .flat_map(|s| s.models.iter().map(|model| &model.name))
            .collect();
        for (i, name) in models.iter().enumerate() {
            let words = match models.len() {
                1 => t.text("surprise"),
                _ => t.with("surprise-of", &[("model", (*name).clone())]),
            };
            let id = if i == 0 { "surprise" } else { "surprise-2" };
            all.insert(3 + i, (Self::Surprise(i), id.to_owned(), words));
        }
        if models.len() == 2 {
            let words = t.text("change");
            all.insert(5, (Self::Shift, "shift".to_owned(), words));
        }
        all
    }

    /// What the key for surprise leads to: one model, the other, their difference, nothing.
    pub fn next_surprise(self, detail: Option<&Detail>) -> Self {
        let models = detail.and_then(|d| d.surprise.first());
        let models = models.map_or(0, |s| s.models.len());
        match self {
            Self::Surprise(i) if i + 1 < models => Self::Surprise(i + 1),
            Self::Surprise(_) if models == 2 => Self::Shift,
            Self::Surprise(_) | Self::Shift => Self::Plain,
            _ => Self::Surprise(0),
        }
    }
}

/// What the marks mean; `against` is the system that outputs are compared with, where it is no reference.
pub(super) fn legend(t: &Locale, marking: Marking, against: Option<&str>) -> Html {
    match marking {
        Marking::Plain => Html::default(),
        Marking::Differences => {
            let missing = match against {
                Some(system) => t.with("missing-mark-system", &[("system", system.to_owned())]),
                None => t.text("missing-mark"),
            };
            html! { <p class="hint"><del>{ missing }</del>{ " · " }<ins>{ t.text("added-mark") }</ins></p> }
        }
        Marking::Alignment => {
            let hint = match against {
                Some(system) => t.with("alignment-hint-system", &[("system", system.to_owned())]),
                None => t.text("alignment-hint"),
            };
            html! { <p class="hint">{ hint }</p> }
        }
        Marking::Shift => html! {
            <p class="hint">{ t.text("shift-hint") }{ " " }{ for [("d3", "−3"), ("d1", "−1"), ("i1", "+1"), ("i3", "+3")].into_iter().map(|(class, words)| html! {
                <span class={format!("token {class}")}>{ words }</span>
            }) }</p>
        },
        Marking::Surprise(_) => html! {
            <p class="hint">{ t.text("surprise-hint") }{ " " }{ for (0..5).map(|n| html! {
                <span class={format!("token u{n}")}>{ format!("{}+", 2 * n) }</span>
            }) }</p>
        },
        Marking::Ngrams => html! {
            <p class="hint">{ for (1..=4).map(|n| html! {
                <><span class={format!("gram g{n}")}>{ t.with("gram", &[("n", n.to_string())]) }</span>{ " " }</>
            }) }</p>
        },
    }
}
