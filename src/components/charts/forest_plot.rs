//! Differences from the baseline with their intervals, a row each, around a line at no difference.

use super::dot_plot::shortened;
use super::figure::axis;
use crate::verdict::Decision;
use assay_report::scale::Scale;
use yew::prelude::*;

/// A difference from the baseline.
#[derive(Clone, PartialEq)]
pub struct Effect {
    /// What it is a difference in.
    pub name: String,
    /// Where a click leads.
    pub href: String,
    /// The difference, above 0 where the system is better.
    pub value: f64,
    /// Its 95 % interval.
    pub interval: Option<[f64; 2]>,
    /// What the test says of it.
    pub decision: Decision,
    /// The difference as it is written, in its own unit.
    pub written: String,
}

const ROW: f64 = 26.0;
const AXIS: f64 = 22.0;
/// Pixels for names and for what is written, beside the axis.
const NAMES: f64 = 170.0;
const WRITTEN: f64 = 78.0;
/// Below this width names stand above the marks and not beside them.
const NARROW: f64 = 420.0;
/// The least that the axis shows on either side of no difference.
const LEAST: f64 = 0.25;

/// The chart, `width` pixels wide.
pub fn forest_plot(effects: &[Effect], width: f64, label: String) -> Html {
    let is_narrow = width < NARROW;
    let (left, right) = if is_narrow {
        (6.0, 6.0)
    } else {
        (NAMES, WRITTEN)
    };
    let ends = effects
        .iter()
        .flat_map(|e| e.interval.into_iter().flatten().chain([e.value]));
    let scale = Scale::around(ends.chain([-LEAST, LEAST]), left, width - right);
    let row = if is_narrow { ROW + 14.0 } else { ROW };
    let bottom = row * effects.len() as f64 + 4.0;
    let zero = format!("{:.1}", scale.at(0.0));
    let rows = effects.iter().enumerate().map(|(i, effect)| {
        let top = row * i as f64;
        draw(effect, scale, [top, row], width, is_narrow)
    });
    html! {
        <svg class="chart forest" role="group" aria-label={label} width={width.to_string()} height={(bottom + AXIS).to_string()}
            viewBox={format!("0 0 {width} {:.1}", bottom + AXIS)}>
            { axis(scale, 0.0, bottom) }
            <line class="floor" x1={zero.clone()} x2={zero} y1="0" y2={format!("{bottom:.1}")} />
            { for rows }
        </svg>
    }
}

fn draw(
    effect: &Effect,
    scale: Scale,
    [top, height]: [f64; 2],
    width: f64,
    is_narrow: bool,
) -> Html {
    let n = |v: f64| format!("{v:.1}");
    let y = top + height - ROW / 2.0;
    let x = scale.at(effect.value);
    let tip = format!("{} {}", effect.name, effect.written);
    html! {
        <a href={effect.href.clone()} class="group">
            <rect class="hit" x="0" y={n(top)} width={n(width)} height={n(height)} />
            <g class={classes!("ruled", effect.decision.key())} data-tip={tip.clone()}>
                if let Some([low, high]) = effect.interval {
                    <line x1={n(scale.at(low))} x2={n(scale.at(high))} y1={n(y)} y2={n(y)} />
                }
                { mark(effect.decision, x, y) }
            </g>
            if is_narrow {
                <text x={n(scale.from)} y={n(top + 14.0)}>{ tip }</text>
            } else {
                <text x="2" y={n(y + 4.0)}>{ shortened(&effect.name, 23) }</text>
                <text class={classes!("value", effect.decision.key())} x={n(width - 4.0)} y={n(y + 4.0)} text-anchor="end">{ &effect.written }</text>
            }
        </a>
    }
}

/// A triangle that points the way of the change, or a ring where none is shown.
fn mark(decision: Decision, x: f64, y: f64) -> Html {
    let at = |dx: f64, dy: f64| format!("{:.1},{:.1}", x + dx, y + dy);
    let corners = match decision {
        Decision::Better => [at(0.0, -5.5), at(5.5, 4.5), at(-5.5, 4.5)],
        Decision::Worse => [at(0.0, 5.5), at(5.5, -4.5), at(-5.5, -4.5)],
        Decision::NoEvidence => {
            return html! { <circle class="undecided" cx={format!("{x:.1}")} cy={format!("{y:.1}")} r="4" /> };
        }
    };
    html! { <polygon points={corners.join(" ")} /> }
}
