//! Tokens of a text in shades of what a model thinks of them.

use crate::verdict::signed;
use assay_locale::Locale;
use assay_protocol::views::ModelTokens;
use yew::prelude::*;

/// A token in its shade; the number stands by in words, by hover and by keyboard.
fn token(text: &str, class: String, words: String) -> Html {
    html! { <span class={format!("token {class}")} title={words.clone()} tabindex="0" aria-label={format!("{text} {words}")}>{ text }</span> }
}

/// Each token's surprise in bits, two a shade; with its place among all tokens and what the model expected, where they
/// are known.
pub(super) fn surprise(t: &Locale, model: &ModelTokens) -> Html {
    let mut scored = 0;
    html! { <>{ for model.tokens.iter().map(|(text, logprob)| {
        let Some(logprob) = logprob else {
            return html! { <>{ text }</> };
        };
        let place = scored;
        scored += 1;
        let bits = |nats: f32| format!("{:.1}", nats / std::f32::consts::LN_2);
        let own = -logprob / std::f32::consts::LN_2;
        let step = (own / 2.0).clamp(0.0, 4.0) as usize;
        let words = match (model.ranks.get(place), model.entropies.get(place)) {
            (Some(rank), Some(entropy)) => t.with("bits-and-rank", &[
                ("bits", bits(-logprob)),
                ("rank", t.count(*rank as usize + 1)),
                ("expected", bits(*entropy)),
            ]),
            _ => t.with("bits", &[("bits", bits(-logprob))]),
        };
        token(text, format!("u{step}"), words)
    }) }</> }
}

/// How much more or less surprised the second model is, in bits, one a shade.
pub(super) fn shift(t: &Locale, tokens: &[(String, Option<f32>)]) -> Html {
    html! { <>{ for tokens.iter().map(|(text, nats)| {
        let Some(nats) = nats else {
            return html! { <>{ text }</> };
        };
        let bits = -nats / std::f32::consts::LN_2;
        let step = bits.abs().min(3.0) as usize;
        let class = if bits > 0.0 { format!("i{step}") } else { format!("d{step}") };
        token(text, class, t.with("bits", &[("bits", signed(bits.into(), 1))]))
    }) }</> }
}
