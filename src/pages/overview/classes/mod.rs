//! The part of the Compare page about classifiers: their scores side by side, each class, the confusion
//! matrix, and what the probabilities come to.

mod sets;
mod threshold;

use crate::calls::{Calls, use_calls};
use crate::components::charts::curve_plot::{Line, curve_plot};
use crate::components::charts::figure::{Figure, key};
use crate::components::controls::choice;
use crate::components::table::{
    self, Measures, Table, column, column_group, head, number_column, row_heading, system_column,
};
use crate::pages::overview::classes::sets::sets_panel;
use crate::pages::overview::classes::threshold::ThresholdPanel;
use crate::route::Route;
use crate::verdict::{Decision, decimal, interval_of, interval_text, p_text};
use assay_locale::Locale;
use assay_protocol::data::MergeClasses;
use assay_protocol::views::Query;
use assay_results::classification::{
    AlikeClasses, ClassPair, ClassificationView, ClassifierView, MOST_CLASSES,
};
use assay_results::classification::{ClassCurves, ProbabilityView};
use assay_stats::classification::ClassScores;
use assay_stats::classification::bands::Bands;
use assay_stats::{Direction, Evidence, Interval};
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
    let calls = use_calls();
    let alike = view.alike.as_ref().map(|a| alike(t, a, &calls));
    if view.classes > MOST_CLASSES {
        let words = [
            ("classes", t.count(view.classes)),
            ("most", t.count(MOST_CLASSES)),
        ];
        return html! { <section id="classification"><h2>{ t.text("classification") }</h2><p>{ t.with("too-many-classes", &words) }</p>{ alike }</section> };
    }
    if !view.sets.is_empty() {
        return sets_panel(t, &view.sets);
    }
    html! {
        <>
            <section id="classification">
                <h2>{ t.text("classification") }</h2>
                { alike }
                { for view.classifiers.iter().skip(1).map(|c| sentence(t, view, c)) }
                { scores(t, view) }
                <p class="hint">{ t.text("classification-note") }</p>
            </section>
            { for view.classifiers.iter().enumerate().map(|(i, c)| classifier(props, &by_count, i, c)) }
        </>
    }
}

/// That labels differ only in case or a final full stop, with a button that merges them or takes them apart.
fn alike(t: &Locale, found: &AlikeClasses, calls: &Calls) -> Html {
    let words = [
        ("labels", t.count(found.labels)),
        ("classes", t.count(found.classes)),
        ("first", found.example[0].clone()),
        ("second", found.example[1].clone()),
    ];
    let (sentence, button) = match found.is_merged {
        true => ("classes-merged", "classes-separate"),
        false => ("classes-alike", "classes-merge"),
    };
    let merge = !found.is_merged;
    let calls = calls.clone();
    let onclick = Callback::from(move |_| calls.order(MergeClasses { merge }, |()| {}));
    html! {
        <p class="hint" id="classes-alike">{ t.with(sentence, &words) }{ " " }
            <button type="button" {onclick}>{ t.text(button) }</button></p>
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
        ("items", t.count(c.items)),
    ];
    // Of the items that only one of the two has right: how many more the system has than the baseline.
    let more = own as f64 - first as f64;
    let evidence = Evidence::of(more, Some(p), Direction::HigherIsBetter).on(Some(c.items as f64));
    let name = match (evidence.decision(), evidence.obstacle()) {
        (Decision::NoEvidence, Some(_)) => "classifier-few",
        (Decision::NoEvidence, None) => "classifier-same",
        (Decision::Better, _) => "classifier-better",
        (Decision::Worse, _) => "classifier-worse",
    };
    html! { <p class="verdict">{ t.with(name, &words) }</p> }
}

fn number(x: f64) -> String {
    decimal(x, 4)
}

/// A row for each score, a column for each classifier.
fn scores(t: &Locale, view: &ClassificationView) -> Html {
    let measures = Measures {
        columns: &view.classifiers,
    };
    let row = |name: String, of: &dyn Fn(&ClassifierView) -> Option<String>| measures.row(name, of);
    let named = |key: &str, of: &dyn Fn(&ClassifierView) -> Option<String>| row(t.text(key), of);
    let interval = |c: &ClassifierView| {
        let (accuracy, interval) = c.accuracy;
        let ends = interval.map(|ends| interval_of(ends.map(|end| decimal(end, 3))));
        let ends = ends.map_or(String::new(), |ends| format!(" {ends}"));
        Some(number(accuracy) + &ends)
    };
    let probability = |of: &dyn Fn(&ProbabilityView) -> f64, c: &ClassifierView| {
        c.probability.as_ref().map(|p| number(of(p)))
    };
    let first = view.classifiers.iter().find_map(|c| c.probability.as_ref());
    let names = view.classifiers.iter().enumerate();
    let names = names.map(|(i, c)| system_column(i, &c.name));
    html! {
        <Table label={t.text("classification")} class="ratings" id="classifiers">
            { head([column(t.text("measure"))].into_iter().chain(names)) }
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
        </Table>
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
            { confusion(props, place, c) }
            <h3>{ t.text("each-class") }</h3>
            { each(t, c) }
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
        let sentence = t.with("confusion-cell", &words);
        let to = props.route.to_rows(Query {
            pair: Some(ClassPair {
                classifier: place,
                truth: matrix.labels[i].clone(),
                predicted: matrix.labels[j].clone(),
            }),
            ..Query::default()
        });
        let inside = match n {
            0 => html! { { t.count(n) } },
            _ => {
                html! { <a href={to.href()} aria-label={sentence.clone()}>{ t.count(n) }</a> }
            }
        };
        html! { <td class="number" {style} title={sentence}>{ inside }</td> }
    };
    html! {
        <Table label={t.text("confusion")} class="confusion">
            <thead>
                <tr><td></td>{ column_group(matrix.labels.len(), t.text("predicted")) }</tr>
                <tr>{ column(t.text("truth")) }{ for matrix.labels.iter().map(number_column) }</tr>
            </thead>
            <tbody>{ for (0..matrix.labels.len()).map(|i| html! {
                <tr>{ row_heading(&matrix.labels[i]) }{ for (0..matrix.labels.len()).map(|j| cell(i, j)) }</tr>
            }) }</tbody>
        </Table>
    }
}

fn each(t: &Locale, c: &ClassifierView) -> Html {
    let row = |name: Html, s: &ClassScores, support: usize| {
        let scores = [s.precision, s.recall, s.f1].map(|x| table::number(number(x)));
        html! { <tr>{ row_heading(name) }{ for scores }{ table::number(t.count(support)) }</tr> }
    };
    let averages = ["average-macro", "average-micro", "average-weighted"];
    html! {
        <Table label={t.text("each-class")} class="ratings">
            { head([
                column(t.text("class")), number_column(t.text("precision")), number_column(t.text("recall")),
                number_column("F1"), number_column(t.text("support")),
            ]) }
            <tbody>
                { for c.confusion.labels.iter().zip(&c.each).map(|(label, (scores, support))| row(label.into(), scores, *support)) }
                { for averages.iter().zip(&c.averages).map(|(name, scores)| row(html! { <em>{ t.text(name) }</em> }, scores, c.items)) }
            </tbody>
        </Table>
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
    let figure = |name: &str, title: &str, lines: &[Line], axes: [String; 2], diagonal: bool| {
        let table = points(t.text(title), lines, &axes);
        let chart = curve_plot(lines, side, axes, diagonal);
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
                { figure("roc", "roc", &roc, axes("false-positives", "true-positives"), true) }
                { figure("precision-recall", "pr", &pr, axes("recall", "precision"), false) }
                <div>{ figure("reliability", "reliability", &reliability, axes("probability-said", "frequency"), true) }
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
            let words = [("area", number(area)), ("interval", interval_text(*i, 3))];
            t.with("area-interval", &words)
        };
        let text = match (area, interval) {
            (Some(area), Some(interval)) => words(area, interval),
            (Some(area), None) => number(area),
            (None, _) => t.text("area-undefined"),
        };
        table::number(text)
    };
    html! {
        <>
            <Table label={t.text("roc-auc")} class="ratings areas">
                { head([column(t.text("class")), number_column(t.text("roc-auc")), number_column(t.text("average-precision"))]) }
                <tbody>{ for p.curves.iter().map(|c| html! {
                    <tr>{ row_heading(&c.class) }{ cell(c.areas[0], c.bands.as_ref().map(|b| &b.auc)) }{ cell(c.areas[1], c.bands.as_ref().map(|b| &b.precision)) }</tr>
                }) }</tbody>
            </Table>
            if let Some(samples) = samples {
                <p class="hint">{ t.with("bands-note", &[("samples", t.count(samples))]) }</p>
            }
        </>
    }
}

/// The points of curves, each under its line's name.
fn points(label: String, lines: &[Line], axes: &[String; 2]) -> Html {
    html! {
        <Table {label}>
            { head(axes.iter().map(number_column)) }
            { for lines.iter().map(|line| html! {
                <tbody><tr><th scope="rowgroup" colspan="2">{ &line.name }</th></tr>
                    { for line.points.iter().map(|(x, y)| html! { <tr>{ table::number(format!("{x:.3}")) }{ table::number(format!("{y:.3}")) }</tr> }) }</tbody>
            }) }
        </Table>
    }
}
