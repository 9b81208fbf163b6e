//! The part of the Overview about classifiers: their scores side by side, each class, the confusion
//! matrix, and what the probabilities come to.

use crate::components::charts::curve_plot::{Line, curve_plot};
use crate::components::charts::figure::{Figure, key};
use crate::components::controls::choice;
use crate::pages::overview::sets::sets_panel;
use crate::pages::overview::threshold::ThresholdPanel;
use crate::route::{Page, Route};
use crate::verdict::{Decision, p_text};
use assay_locale::Locale;
use assay_protocol::views::Query;
use assay_results::classification::{ClassCurves, ProbabilityView};
use assay_results::classification::{ClassPair, ClassificationView, ClassifierView, MOST_CLASSES};
use assay_stats::Direction;
use assay_stats::Interval;
use assay_stats::classification::ClassScores;
use assay_stats::classification::bands::Bands;
use std::rc::Rc;
use yew::prelude::*;

/// Curves that are drawn in one square.
const MOST_CURVES: usize = 6;

/// What the panel shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Words.
    pub locale: Rc<Locale>,
    /// The selection, which a cell of a matrix adds to.
    pub route: Route,
    /// The classifiers.
    pub view: Rc<ClassificationView>,
    /// Pixels for charts.
    pub width: f64,
}

/// The panel.
#[function_component]
pub fn ClassificationPanel(props: &Props) -> Html {
    let t = &*props.locale;
    let view = &*props.view;
    let by_count = use_state(|| false);
    if view.classes > MOST_CLASSES {
        let words = [
            ("classes", t.count(view.classes)),
            ("most", t.count(MOST_CLASSES)),
        ];
        return html! { <section id="classification"><h2>{ t.text("classification") }</h2><p>{ t.with("too-many-classes", &words) }</p></section> };
    }
    if !view.sets.is_empty() {
        return sets_panel(t, &view.sets);
    }
    html! {
        <>
            <section id="classification">
                <h2>{ t.text("classification") }</h2>
                { for view.classifiers.iter().skip(1).map(|c| sentence(t, view, c)) }
                <div class="scroll" tabindex="0">{ scores(t, view) }</div>
                <p class="hint">{ t.text("classification-note") }</p>
            </section>
            { for view.classifiers.iter().enumerate().map(|(i, c)| classifier(props, &by_count, i, c)) }
        </>
    }
}

/// Which of two is better, by McNemar's test.
fn sentence(t: &Locale, view: &ClassificationView, c: &ClassifierView) -> Html {
    let Some((own, first, p)) = c.test else {
        return Html::default();
    };
    let words = [
        ("system", c.name.clone()),
        ("baseline", view.classifiers[0].name.clone()),
        ("own", t.count(own)),
        ("first", t.count(first)),
        ("p", p_text(p)),
    ];
    // Of the items that only one of the two has right: how many more the system has than the baseline.
    let more = own as f64 - first as f64;
    let name = match Decision::of(more, Some(p), Direction::HigherIsBetter) {
        Decision::NoEvidence => "classifier-same",
        Decision::Better => "classifier-better",
        Decision::Worse => "classifier-worse",
    };
    html! { <p class="verdict">{ t.with(name, &words) }</p> }
}

fn number(x: f64) -> String {
    format!("{x:.4}")
}

/// A row for each score, a column for each classifier.
fn scores(t: &Locale, view: &ClassificationView) -> Html {
    let row = |name: String, of: &dyn Fn(&ClassifierView) -> Option<String>| {
        if view.classifiers.iter().all(|c| of(c).is_none()) {
            return Html::default();
        }
        html! { <tr><th scope="row">{ name }</th>{ for view.classifiers.iter().map(|c| html! {
            <td class="number">{ of(c).unwrap_or_default() }</td>
        }) }</tr> }
    };
    let named = |key: &str, of: &dyn Fn(&ClassifierView) -> Option<String>| row(t.text(key), of);
    let interval = |c: &ClassifierView| {
        let ends = c
            .accuracy
            .1
            .map(|[low, high]| format!(" ({low:.3} – {high:.3})"));
        Some(format!(
            "{}{}",
            number(c.accuracy.0),
            ends.unwrap_or_default()
        ))
    };
    let probability = |of: &dyn Fn(&ProbabilityView) -> f64, c: &ClassifierView| {
        c.probability.as_ref().map(|p| number(of(p)))
    };
    let first = view.classifiers.iter().find_map(|c| c.probability.as_ref());
    html! {
        <table class="ratings" id="classifiers">
            <thead><tr><th>{ t.text("measure") }</th>{ for view.classifiers.iter().enumerate().map(|(i, c)| html! {
                <th class="number">{ key(i) }{ &c.name }</th>
            }) }</tr></thead>
            <tbody>
                { named("support", &|c| Some(t.count(c.items))) }
                { named("class-blank", &|c| (c.blank > 0).then(|| t.count(c.blank))) }
                { named("accuracy", &interval) }
                { named("balanced-accuracy", &|c| Some(number(c.balanced))) }
                { named("adjusted-accuracy", &|c| c.adjusted.map(number)) }
                { named("f1-macro", &|c| Some(number(c.averages[0].f1))) }
                { named("f1-weighted", &|c| Some(number(c.averages[2].f1))) }
                { named("f2-macro", &|c| Some(number(c.averages[0].f2))) }
                { named("f05-macro", &|c| Some(number(c.averages[0].f05))) }
                { named("precision-macro", &|c| Some(number(c.averages[0].precision))) }
                { named("recall-macro", &|c| Some(number(c.averages[0].recall))) }
                { named("mcc", &|c| Some(number(c.mcc))) }
                { for ["kappa-plain", "kappa-linear", "kappa-quadratic"].iter().enumerate().map(|(i, name)| named(name, &|c| c.kappa[i].map(number))) }
                { named("top-two", &|c| c.probability.as_ref()?.top_two.map(number)) }
                { named("log-loss", &|c| probability(&|p| p.log_loss, c)) }
                { named("brier", &|c| probability(&|p| p.brier, c)) }
                { for first.map_or(&[][..], |p| &p.auc[..]).iter().enumerate().map(|(i, (name, _))| {
                    row(format!("{} ({})", t.text("roc-auc"), t.text(&format!("auc-{name}"))), &|c| Some(number(c.probability.as_ref()?.auc.get(i)?.1)))
                }) }
                { for first.map_or(&[][..], |p| &p.precision[..]).iter().enumerate().map(|(i, (name, _))| {
                    row(format!("{} ({})", t.text("average-precision"), t.text(&format!("auc-{name}"))), &|c| Some(number(c.probability.as_ref()?.precision.get(i)?.1)))
                }) }
                { named("calibration-error", &|c| probability(&|p| p.calibration, c)) }
            </tbody>
        </table>
    }
}

fn classifier(
    props: &Props,
    by_count: &UseStateHandle<bool>,
    place: usize,
    c: &ClassifierView,
) -> Html {
    let t = &*props.locale;
    html! {
        <section class="classifier" key={c.name.clone()}>
            <h2>{ key(place) }{ &c.name }</h2>
            <h3>{ t.text("confusion") }<small>{ t.text("confusion-hint") }</small></h3>
            <div class="scroll" tabindex="0">{ confusion(props, place, c) }</div>
            <h3>{ t.text("each-class") }</h3>
            <div class="scroll" tabindex="0">{ each(t, c) }</div>
            { c.probability.as_ref().map(|p| curves(props, by_count, place, c, p)).unwrap_or_default() }
        </section>
    }
}

/// The matrix, deeper where a row has more of its items; what is right stands on the diagonal.
fn confusion(props: &Props, place: usize, c: &ClassifierView) -> Html {
    let t = &*props.locale;
    let matrix = &c.confusion;
    let cell = |i: usize, j: usize| {
        let n = matrix.counts[i][j];
        let part = n as f64 / matrix.support(i).max(1) as f64;
        let ground = if i == j { "--s0" } else { "--worse" };
        let style = format!(
            "background: color-mix(in srgb, var({ground}) {:.0}%, transparent)",
            45.0 * part
        );
        let words = [
            ("truth", matrix.labels[i].clone()),
            ("predicted", matrix.labels[j].clone()),
            ("count", t.count(n)),
            ("part", format!("{:.0}", 100.0 * part)),
        ];
        let told = t.with("confusion-cell", &words);
        let to = Route {
            page: Page::Examples,
            query: Query {
                pair: Some(ClassPair {
                    classifier: place,
                    truth: matrix.labels[i].clone(),
                    predicted: matrix.labels[j].clone(),
                }),
                ..Query::default()
            },
            row: None,
            ..props.route.clone()
        };
        let inside = match n {
            0 => html! { { t.count(n) } },
            _ => {
                html! { <a href={format!("#{}", to.to_hash())} aria-label={told.clone()}>{ t.count(n) }</a> }
            }
        };
        html! { <td class="number" {style} title={told}>{ inside }</td> }
    };
    html! {
        <table class="confusion">
            <thead>
                <tr><th></th><th colspan={matrix.labels.len().to_string()}>{ t.text("predicted") }</th></tr>
                <tr><th>{ t.text("truth") }</th>{ for matrix.labels.iter().map(|l| html! { <th class="number">{ l }</th> }) }</tr>
            </thead>
            <tbody>{ for (0..matrix.labels.len()).map(|i| html! {
                <tr><th scope="row">{ &matrix.labels[i] }</th>{ for (0..matrix.labels.len()).map(|j| cell(i, j)) }</tr>
            }) }</tbody>
        </table>
    }
}

fn each(t: &Locale, c: &ClassifierView) -> Html {
    let cells = |s: &ClassScores| html! { { for [s.precision, s.recall, s.f1].map(|x| html! { <td class="number">{ number(x) }</td> }) } };
    let averages = ["average-macro", "average-micro", "average-weighted"];
    html! {
        <table class="ratings">
            <thead><tr><th>{ t.text("class") }</th><th class="number">{ t.text("precision") }</th><th class="number">{ t.text("recall") }</th>
                <th class="number">{ "F1" }</th><th class="number">{ t.text("support") }</th></tr></thead>
            <tbody>
                { for c.confusion.labels.iter().zip(&c.each).map(|(label, (scores, support))| html! {
                    <tr><th scope="row">{ label }</th>{ cells(scores) }<td class="number">{ t.count(*support) }</td></tr>
                }) }
                { for averages.iter().zip(&c.averages).map(|(name, scores)| html! {
                    <tr><th scope="row"><em>{ t.text(name) }</em></th>{ cells(scores) }<td class="number">{ t.count(c.items) }</td></tr>
                }) }
            </tbody>
        </table>
    }
}

fn curves(
    props: &Props,
    by_count: &UseStateHandle<bool>,
    place: usize,
    c: &ClassifierView,
    p: &ProbabilityView,
) -> Html {
    let t = &*props.locale;
    let side = props.width.min(360.0);
    type Points = fn(&ClassCurves) -> &Vec<(f64, f64)>;
    type Around = fn(&Bands) -> &Vec<[f64; 3]>;
    let lines = |of: Points, band: Around| {
        let shown = p.curves.iter().take(MOST_CURVES).enumerate();
        shown
            .map(|(i, curve)| Line {
                name: curve.class.clone(),
                place: i,
                points: of(curve).clone(),
                marked: false,
                band: curve.bands.as_ref().map_or(Vec::new(), |b| band(b).clone()),
            })
            .collect::<Vec<_>>()
    };
    let (roc, pr) = (
        lines(|c| &c.roc, |b| &b.roc),
        lines(|c| &c.precision, |b| &b.precision_recall),
    );
    let bins = {
        let by_count = by_count.clone();
        Callback::from(move |value: String| by_count.set(value == "count"))
    };
    let kinds = ["width", "count"].map(|k| (k.to_owned(), t.text(&format!("bins-{k}"))));
    let reliability = [Line {
        name: c.name.clone(),
        place,
        points: p.reliability[usize::from(**by_count)]
            .iter()
            .map(|b| (b.probability, b.positive))
            .collect(),
        marked: true,
        band: Vec::new(),
    }];
    let axes = |x: &str, y: &str| [t.text(x), t.text(y)];
    let figure = |name: &str, title: &str, chart: Html, table: Html| {
        html! {
            <div><h3>{ t.text(title) }</h3>
                <Figure locale={props.locale.clone()} name={format!("assay-{name}-{}", c.name)} {chart} {table} /></div>
        }
    };
    html! {
        <>
            if p.curves.len() > 1 {
                <p class="hint">{ for p.curves.iter().take(MOST_CURVES).enumerate().map(|(i, curve)| html! { <>{ key(i) }{ &curve.class }{ " " }</> }) }
                    if p.curves.len() > MOST_CURVES { { t.with("curves-more", &[("count", t.count(p.curves.len() - MOST_CURVES))]) } }</p>
            }
            <div class="squares">
                { figure("roc", "roc", curve_plot(&roc, side, axes("false-positives", "true-positives"), true), points(&roc)) }
                { figure("precision-recall", "pr", curve_plot(&pr, side, axes("recall", "precision"), false), points(&pr)) }
                <div>{ figure("reliability", "reliability", curve_plot(&reliability, side, axes("probability-said", "frequency"), true), points(&reliability)) }
                    { choice(format!("bins-{place}"), t.text("bins"), kinds.to_vec(), if **by_count { "count" } else { "width" }, &bins) }</div>
            </div>
            { areas(t, p) }
            <ThresholdPanel locale={props.locale.clone()} curves={p.curves.clone()} id={place.to_string()} />
        </>
    }
}

/// The areas under the curves, with how sure they are.
fn areas(t: &Locale, p: &ProbabilityView) -> Html {
    let bands = |c: &ClassCurves| Some(c.bands.as_ref()?.samples);
    let samples = p.curves.iter().find_map(bands);
    let cell = |area: Option<f64>, interval: Option<&Interval>| {
        let words = |area: f64, i: &Interval| {
            let words = [
                ("area", number(area)),
                ("low", format!("{:.3}", i.low)),
                ("high", format!("{:.3}", i.high)),
            ];
            t.with("area-interval", &words)
        };
        let text = match (area, interval) {
            (Some(area), Some(interval)) => words(area, interval),
            (Some(area), None) => number(area),
            (None, _) => t.text("area-undefined"),
        };
        html! { <td class="number">{ text }</td> }
    };
    html! {
        <>
            <div class="scroll" tabindex="0"><table class="ratings areas">
                <thead><tr><th>{ t.text("class") }</th><th class="number">{ t.text("roc-auc") }</th><th class="number">{ t.text("average-precision") }</th></tr></thead>
                <tbody>{ for p.curves.iter().map(|c| html! {
                    <tr><th scope="row">{ &c.class }</th>{ cell(c.areas[0], c.bands.as_ref().map(|b| &b.auc)) }{ cell(c.areas[1], c.bands.as_ref().map(|b| &b.precision)) }</tr>
                }) }</tbody>
            </table></div>
            if let Some(samples) = samples {
                <p class="hint">{ t.with("bands-note", &[("samples", t.count(samples))]) }</p>
            }
        </>
    }
}

fn points(lines: &[Line]) -> Html {
    html! {
        <table>{ for lines.iter().map(|line| html! {
            <tbody><tr><th scope="rowgroup">{ &line.name }</th><td></td></tr>
                { for line.points.iter().map(|(x, y)| html! { <tr><td class="number">{ format!("{x:.3}") }</td><td class="number">{ format!("{y:.3}") }</td></tr> }) }</tbody>
        }) }</table>
    }
}
