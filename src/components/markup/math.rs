//! Formulas as MathML, which browsers draw.

use assay_protocol::markup::Math;
use yew::prelude::*;
use yew::virtual_dom::{VNode, VTag};

/// A formula, or its source where it could not be read.
pub(super) fn formula(source: &str, is_display: bool, math: &[Math]) -> Html {
    if math.is_empty() {
        let class = is_display.then_some("display");
        return html! { <code class={classes!("formula", class)} dir="ltr">{ source }</code> };
    }
    let display = if is_display { "block" } else { "inline" };
    html! { <math display={display} dir="ltr" title={source.to_owned()}>{ for math.iter().map(part) }</math> }
}

fn part(part: &Math) -> VNode {
    match part {
        Math::Text { text } => html! { <>{ text }</> },
        Math::Element {
            tag,
            attributes,
            children,
        } => {
            let mut element = VTag::new(tag.name());
            for (name, value) in attributes {
                element.add_attribute(name.name(), value.clone());
            }
            element.add_children(children.iter().map(self::part));
            element.into()
        }
    }
}
