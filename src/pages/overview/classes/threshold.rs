//! The threshold of a classifier as a slider: what it finds, what it gets wrong, and what that costs.

use crate::components::controls::choice;
use crate::components::number_field::NumberField;
use crate::components::table::{Table, head, number, number_column};
use crate::typed::Range;
use assay_locale::Locale;
use assay_results::classification::ClassCurves;
use assay_stats::classification::curves::Point;
use std::rc::Rc;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What the panel shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Words.
    pub locale: Rc<Locale>,
    /// The classes' curves.
    pub curves: Vec<ClassCurves>,
    /// Names the panel among those of other classifiers.
    pub id: String,
}

/// What errors cost.
#[derive(Clone, Copy, PartialEq)]
struct Costs {
    wrong: f64,
    missed: f64,
}

impl Costs {
    fn of(self, point: &Point, positive: usize) -> f64 {
        self.wrong * point.wrong as f64 + self.missed * (positive - point.right) as f64
    }

    fn cheapest(self, curve: &ClassCurves) -> usize {
        let cost = |i: &usize| self.of(&curve.thresholds[*i], curve.rows[0]);
        let places = 0..curve.thresholds.len();
        places
            .min_by(|a, b| cost(a).total_cmp(&cost(b)))
            .unwrap_or_default()
    }
}

/// The place of the threshold nearest to an even chance.
fn middle(curve: &ClassCurves) -> usize {
    let above = curve.thresholds.iter().filter(|p| p.threshold >= 0.5);
    above.count().saturating_sub(1)
}

/// The panel.
#[function_component]
pub fn ThresholdPanel(props: &Props) -> Html {
    let t = &*props.locale;
    let class = use_state(|| 0usize);
    let chosen = use_state(|| None::<usize>);
    let costs = use_state(|| Costs {
        wrong: 1.0,
        missed: 1.0,
    });
    let place = (*class).min(props.curves.len().saturating_sub(1));
    let Some(curve) = props.curves.get(place).filter(|c| !c.thresholds.is_empty()) else {
        return Html::default();
    };
    let last = curve.thresholds.len() - 1;
    // To the right the threshold is higher, as on any scale.
    let at = chosen.unwrap_or_else(|| middle(curve)).min(last);
    let point = curve.thresholds[at];
    let slide = {
        let chosen = chosen.clone();
        Callback::from(move |e: InputEvent| {
            let input: HtmlInputElement = e.target_unchecked_into();
            chosen.set(
                input
                    .value()
                    .parse()
                    .ok()
                    .map(|v: usize| last - v.min(last)),
            );
        })
    };
    let set_class = {
        let (class, chosen) = (class.clone(), chosen.clone());
        Callback::from(move |value: String| {
            class.set(value.parse().unwrap_or_default());
            chosen.set(None);
        })
    };
    let cost = |change: fn(&mut Costs, f64)| {
        let costs = costs.clone();
        Callback::from(move |cost: f64| {
            let mut next = *costs;
            change(&mut next, cost);
            costs.set(next);
        })
    };
    let cheapest = {
        let (chosen, best) = (chosen.clone(), costs.cheapest(curve));
        Callback::from(move |_: MouseEvent| chosen.set(Some(best)))
    };
    let id = |name: &str| format!("{name}-{}", props.id);
    let options = props.curves.iter().enumerate();
    let options = options
        .map(|(i, c)| (i.to_string(), c.class.clone()))
        .collect();
    let slider = id("threshold");
    html! {
        <div class="thresholds">
            <h3>{ t.text("thresholds") }</h3>
            <p class="row">
                if props.curves.len() > 1 { { choice(id("threshold-class"), t.text("class"), options, &place.to_string(), &set_class) } }
                <NumberField<f64> id={id("cost-wrong")} label={t.text("cost-wrong")} value={costs.wrong} range={Range::From(0.0)} set={cost(|c, x| c.wrong = x)} />
                <NumberField<f64> id={id("cost-missed")} label={t.text("cost-missed")} value={costs.missed} range={Range::From(0.0)} set={cost(|c, x| c.missed = x)} />
                <button id={id("cheapest")} onclick={cheapest}>{ t.text("cheapest") }</button>
            </p>
            <p><label for={slider.clone()}>{ t.text("threshold") }</label>
                <input id={slider} type="range" min="0" max={last.to_string()} step="1" value={(last - at).to_string()}
                    aria-valuetext={format!("{:.4}", point.threshold)} oninput={slide} /></p>
            { outcome(t, curve, &point, *costs, &id("threshold-found")) }
            <p class="hint">{ t.with("threshold-note", &[("class", curve.class.clone())]) }</p>
        </div>
    }
}

fn outcome(t: &Locale, curve: &ClassCurves, point: &Point, costs: Costs, id: &str) -> Html {
    let [positive, negative] = curve.rows;
    let missed = positive - point.right;
    let part = |n: usize, all: usize| match all {
        0 => "–".to_owned(),
        all => format!("{:.4}", n as f64 / all as f64),
    };
    let found = [
        ("threshold", format!("{:.4}", point.threshold)),
        ("right", t.count(point.right)),
        ("positive", t.count(positive)),
        ("wrong", t.count(point.wrong)),
    ];
    let f1 = part(2 * point.right, 2 * point.right + point.wrong + missed);
    let cells = [
        (t.text("found-right"), t.count(point.right)),
        (t.text("misses"), t.count(missed)),
        (t.text("false-alarms"), t.count(point.wrong)),
        (
            t.text("precision"),
            part(point.right, point.right + point.wrong),
        ),
        (t.text("recall"), part(point.right, positive)),
        (
            t.text("specificity"),
            part(negative - point.wrong, negative),
        ),
        (t.text("cost"), costs.of(point, positive).to_string()),
        ("F1".to_owned(), f1),
    ];
    html! {
        <>
            <p id={id.to_owned()} aria-live="polite">{ t.with("threshold-found", &found) }</p>
            <Table label={t.text("thresholds")} class="ratings">
                { head(cells.iter().map(|(name, _)| number_column(name))) }
                <tbody><tr>{ for cells.iter().map(|(_, value)| number(value)) }</tr></tbody>
            </Table>
        </>
    }
}
