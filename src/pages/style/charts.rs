//! Charts: empty, with one system, with several, with names that are longer than their room.

use super::samples::{LONG, sample, state};
use crate::components::charts::curve_plot::{self, curve_plot};
use crate::components::charts::dot_plot::{Dot, Group, dot_plot};
use crate::components::charts::figure::Figure;
use crate::components::charts::forest_plot::{Effect, forest_plot};
use crate::components::charts::histogram::{Panels, histogram, histogram_table};
use crate::components::charts::line_plot::{LinePlot, PlotLine, PlotMark};
use crate::shell::context::use_page;
use crate::verdict::signed;
use assay_locale::Locale;
use assay_protocol::views::Histogram;
use assay_stats::{Decision, Interval};
use yew::prelude::*;

/// Where a click on a chart leads.
const HERE: &str = "#/style";
/// Pixels.
const WIDTH: f64 = 640.0;

/// The charts.
#[function_component]
pub fn Charts() -> Html {
    let page = use_page();
    let t = &*page.locale;
    let width = page.width.clamp(280.0, WIDTH);
    let names = ["base".to_owned(), LONG.to_owned()];
    let scores = Histogram {
        low: 0.0,
        high: 1.0,
        counts: vec![vec![1, 4, 9, 5, 2], vec![0, 2, 6, 9, 4]],
    };
    let panels = Panels {
        names: &names,
        colours: &[0, 1],
    };
    html! {
        <>
            { sample("figure", html! {
                <Figure locale={page.locale.clone()} name="style" chart={histogram(t, None, &scores, &panels, width)}
                    table={histogram_table(t, &scores, &names)} />
            }) }
            { sample("histogram", histogram(t, None, &scores, &panels, width)) }
            { sample("dot_plot", dots(t, width)) }
            { sample("forest_plot", forest_plot(&effects(), width, t.text("change"))) }
            { sample("curve_plot", curves(t)) }
            { sample("line_plot", lines(&page.locale, width)) }
        </>
    }
}

fn dots(t: &Locale, width: f64) -> Html {
    let dot = |system: usize, name: &str, value: f64| Dot {
        system,
        name: name.to_owned(),
        value,
        interval: Some(Interval {
            mean: value,
            low: value - 4.0,
            high: value + 4.0,
        }),
        written: format!("{value:.1}"),
    };
    let group = |dots: Vec<Dot>, baseline: Option<f64>| Group {
        title: t.text("slices"),
        href: HERE.to_owned(),
        dots,
        baseline,
    };
    let one = group(vec![dot(0, "base", 62.0)], None);
    let more = vec![
        dot(0, "base", 62.0),
        dot(1, "tuned", 71.0),
        dot(2, LONG, 55.0),
    ];
    html! {
        <>
            { state("one", dot_plot(&[one], width, t.text("score"))) }
            { state("several", dot_plot(&[group(more, Some(62.0))], width, t.text("score"))) }
        </>
    }
}

fn effects() -> Vec<Effect> {
    let effect = |name: &str, value: f64, decision: Decision| Effect {
        name: name.to_owned(),
        href: HERE.to_owned(),
        value,
        interval: Some([value - 0.3, value + 0.3]),
        decision,
        written: signed(value, 1),
    };
    vec![
        effect("BLEU", 0.8, Decision::Better),
        effect("chrF", -0.5, Decision::Worse),
        effect(LONG, 0.1, Decision::NoEvidence),
    ]
}

fn curves(t: &Locale) -> Html {
    let line = curve_plot::Line {
        name: "base".to_owned(),
        place: 0,
        points: vec![(0.0, 0.0), (0.2, 0.6), (0.5, 0.85), (1.0, 1.0)],
        marked: true,
        band: Vec::new(),
    };
    let axes = || [t.text("from"), t.text("to")];
    html! {
        <>
            { state("empty", curve_plot(&[], 260.0, axes(), true)) }
            { state("one", curve_plot(&[line], 260.0, axes(), true)) }
        </>
    }
}

fn lines(locale: &std::rc::Rc<Locale>, width: f64) -> Html {
    let line = |place: usize, name: &str, dashed: bool, fall: f64| PlotLine {
        name: name.to_owned(),
        place,
        dashed,
        faint: false,
        points: (1..40)
            .map(|step| [f64::from(step), 2.5 / (1.0 + f64::from(step) * fall)])
            .collect(),
        band: Vec::new(),
    };
    let axes = [locale.text("axis-step"), locale.text("score")];
    let mark = PlotMark {
        at: 20.0,
        place: 1,
        name: "checkpoint-20".to_owned(),
    };
    let all = vec![line(0, "loss", false, 0.1), line(1, LONG, true, 0.06)];
    html! { <LinePlot locale={locale.clone()} lines={all} marks={vec![mark]} {axes} {width} /> }
}
