//! What the page will tell, with an example of real values, before there is a model.

use assay_locale::Locale;
use yew::prelude::*;

/// An answer of the example, with the surprisal of each token in bits under SmolLM2-135M-Instruct (Q4_1) and the step of
/// its shade. The first token has none, as nothing stands before it.
const ANSWER: [(&str, Option<f64>, u8); 9] = [
    ("You", None, 0),
    (" can", Some(8.2), 4),
    (" reset", Some(15.7), 4),
    (" it", Some(5.5), 2),
    (" in", Some(5.6), 2),
    (" the", Some(2.3), 1),
    (" settings", Some(11.5), 4),
    (" page", Some(7.1), 3),
    (".", Some(1.6), 0),
];

/// What the page tells, in three sentences and a picture.
pub fn example(t: &Locale) -> Html {
    let bits = || ANSWER.iter().filter_map(|(_, bits, _)| *bits);
    let mean = bits().sum::<f64>() / bits().count() as f64;
    let words = [
        ("count", t.count(bits().count())),
        ("bits", format!("{mean:.1}")),
        ("perplexity", format!("{:.0}", mean.exp2())),
    ];
    let points = [
        "perplexity-tells-texts",
        "perplexity-tells-two",
        "perplexity-tells-tokens",
    ];
    html! {
        <section id="perplexity-tells">
            <h2>{ t.text("perplexity-tells") }</h2>
            <ul class="tells">{ for points.map(|key| html! { <li>{ t.text(key) }</li> }) }</ul>
            <figure>
                <figcaption class="hint">{ t.text("perplexity-example") }</figcaption>
                <p class="token-example" lang="en">{ for ANSWER.iter().map(|token| shaded(t, token)) }</p>
                <p class="hint">{ t.with("perplexity-example-mean", &words) }</p>
            </figure>
            <p class="hint">{ t.text("beware-perplexity") }</p>
        </section>
    }
}

/// A token above its surprisal.
fn shaded(t: &Locale, (text, bits, step): &(&'static str, Option<f64>, u8)) -> Html {
    let title = bits.map(|bits| t.with("bits", &[("bits", format!("{bits:.1}"))]));
    html! {
        <span class="token-column">
            <span class={classes!("token", format!("u{step}"))} {title}>{ *text }</span>
            <small>{ bits.map_or_else(String::new, |bits| format!("{bits:.1}")) }</small>
        </span>
    }
}
