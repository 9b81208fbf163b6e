//! The Training page: what the curves say, the curves, the runs side by side.

mod runs;

use crate::browser::files::path_in_folder;
use crate::calls::{Calls, use_answer, use_calls, use_last_reply};
use crate::components::charts::figure::{Figure, key};
use crate::components::charts::line_plot::{LinePlot, PlotLine, PlotMark};
use crate::components::controls::choice;
use crate::components::file_button::{Choice, FileButton};
use crate::components::table::{Table, cell, column, head, number, number_column};
use crate::pages::training::runs::runs;
use crate::shell::ask::Ask;
use assay_locale::Locale;
use assay_protocol::data::ExampleName;
use assay_protocol::training::{Curves as CurvesOf, Open, RunList, Runs, Undo};
use assay_report::written::{finding, place, plain};
use assay_sorting::sort_by;
use assay_training::view::{Axis, Curve, Curves as DrawnCurves, Look, RunView};
use assay_web_calls::Attachments;
use std::rc::Rc;
use web_sys::{File, HtmlInputElement};
use yew::prelude::*;

/// What the page shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Words.
    pub locale: Rc<Locale>,
    /// Pixels for charts.
    pub width: f64,
    /// To the shell.
    pub ask: Callback<Ask>,
}

/// The Training page.
#[function_component]
pub fn TrainingPage(props: &Props) -> Html {
    let t = &*props.locale;
    let calls = use_calls();
    let answered = use_answer(Runs {});
    let list = match answered.shown(t) {
        Ok(list) => list,
        Err(instead) => return html! { <div class="page">{ instead }</div> },
    };
    if list.runs.is_empty() {
        let demo = props
            .ask
            .reform(|_: MouseEvent| Ask::LoadDemo(ExampleName::Support));
        return html! {
            <div class="page empty">
                <h1>{ t.text("training") }</h1>
                <p>{ t.text("training-empty") }</p>
                <p class="hint">{ t.text("training-formats") }</p>
                <p class="row">{ open(t, &calls) }<button onclick={demo}>{ t.text("try") }</button></p>
            </div>
        };
    }
    let undo = {
        let calls = calls.clone();
        Callback::from(move |_: MouseEvent| calls.order(Undo {}, |_| {}))
    };
    html! {
        <div class="page">
            <h1 class="visually-hidden">{ t.text("training") }</h1>
            <section class="answer long" aria-live="polite">{ said(t, &list.runs) }</section>
            if list.runs.iter().any(|run| !run.series.is_empty()) {
                <section><Curves locale={props.locale.clone()} list={list.clone()} width={props.width} /></section>
            }
            <section>
                <h2>{ t.text("runs") }</h2>
                { runs(t, &calls, &list.runs) }
                <p class="hint">{ t.text("runs-note") }</p>
                <p class="row">{ open(t, &calls) }
                    if list.can_undo { <button id="undo-runs" class="quiet" onclick={undo}>{ t.text("undo-step") }</button> }
                </p>
            </section>
        </div>
    }
}

/// Files, or a folder.
fn open(t: &Locale, calls: &Calls) -> Html {
    let open = |paths: fn(&[File]) -> Vec<String>| {
        let calls = calls.clone();
        Callback::from(move |files: Vec<File>| {
            let paths = paths(&files);
            calls.order_with(Open { paths }, Attachments::files(files), |()| {});
        })
    };
    let files = open(|_| Vec::new());
    let folder = open(|files| files.iter().map(path_in_folder).collect());
    html! {
        <>
            <FileButton id="logs" label={t.text("choose-logs")} class="primary" choice={Choice::Files} open={files} />
            <FileButton id="log-folder" label={t.text("choose-log-folder")} choice={Choice::Folder} open={folder} />
        </>
    }
}

/// What the curves say, each run's in turn.
fn said(t: &Locale, runs: &[RunView]) -> Html {
    html! {
        <>{ for runs.iter().enumerate().map(|(i, run)| {
            if run.findings.is_empty() {
                html! { <p class="verdict">{ key(i) }{ t.with("finding-none", &[("run", run.name.clone())]) }</p> }
            } else {
                html! { <>{ for run.findings.iter().map(|f| html! { <p class="verdict">{ key(i) }{ finding(t, &run.name, f) }</p> }) }</> }
            }
        }) }</>
    }
}

#[derive(Properties, PartialEq)]
struct CurvesProps {
    locale: Rc<Locale>,
    list: Rc<RunList>,
    width: f64,
}

/// The curves with what can be set on them.
#[function_component]
fn Curves(props: &CurvesProps) -> Html {
    let t = &*props.locale;
    let what = use_state(|| "loss".to_owned());
    let axis_now = use_state(Axis::default);
    let smoothing = use_state(|| 0.0f64);
    let log = use_state(|| false);
    let range = use_state(|| None::<[f64; 2]>);
    let runs = &props.list.runs;
    let losses = || runs.iter().flat_map(|r| r.losses.iter().flatten());
    let mut options = Vec::new();
    if losses().next().is_some() {
        options.push(("loss".to_owned(), t.text("loss")));
        options.push(("perplexity".to_owned(), t.text("loss-perplexity")));
    }
    let mut named: Vec<&String> = runs
        .iter()
        .flat_map(|r| r.series.iter().map(|(n, _)| n))
        .collect();
    sort_by(&mut named, Ord::cmp);
    named.dedup();
    options.extend(named.into_iter().map(|n| (n.clone(), n.clone())));
    // Runs without a loss show the first curve that they have.
    let chosen = options.iter().find(|(value, _)| *value == *what);
    let (shown, y_name) = chosen.or(options.first()).cloned().unwrap_or_default();
    let series: Vec<String> = match shown.as_str() {
        "loss" | "perplexity" => {
            let mut all: Vec<String> = losses().cloned().collect();
            sort_by(&mut all, Ord::cmp);
            all.dedup();
            all
        }
        name => vec![name.to_owned()],
    };
    let look = Look {
        series,
        axis: *axis_now,
        smoothing: *smoothing,
        range: *range,
        exp: shown == "perplexity",
    };
    // The curves drawn before stay until those of another look come.
    let answered = use_answer(CurvesOf { look });
    let drawn = use_last_reply(answered);
    let axes = Axis::ALL
        .iter()
        .map(|(_, n)| ((*n).to_owned(), t.text(&format!("axis-{n}"))))
        .collect();
    let axis_name = |axis: Axis| {
        Axis::ALL
            .iter()
            .find(|(a, _)| *a == axis)
            .map_or("step", |(_, n)| n)
    };
    let set_what = {
        let (what, range) = (what.clone(), range.clone());
        Callback::from(move |v: String| {
            what.set(v);
            range.set(None);
        })
    };
    let set_axis = {
        let (axis_now, range) = (axis_now.clone(), range.clone());
        Callback::from(move |v: String| {
            axis_now.set(
                Axis::ALL
                    .iter()
                    .find(|(_, n)| *n == v)
                    .map_or(Axis::Step, |(a, _)| *a),
            );
            range.set(None);
        })
    };
    let set_smoothing = {
        let smoothing = smoothing.clone();
        Callback::from(move |e: InputEvent| {
            let value = e.target_unchecked_into::<HtmlInputElement>().value();
            smoothing.set(value.parse().unwrap_or(0.0));
        })
    };
    let set_log = {
        let log = log.clone();
        Callback::from(move |e: Event| {
            log.set(e.target_unchecked_into::<HtmlInputElement>().checked())
        })
    };
    let choose = {
        let range = range.clone();
        Callback::from(move |chosen: Option<[f64; 2]>| range.set(chosen))
    };
    let lowest = matches!(shown.as_str(), "loss" | "perplexity").then(|| lowest_loss(t, runs));
    let has_validation = runs.iter().any(|run| run.losses[1].is_some());
    let title = lowest.flatten().unwrap_or_else(|| y_name.clone());
    let figure = |drawn: &Rc<DrawnCurves>| {
        let axes = [t.text(&format!("axis-{}", axis_name(drawn.axis))), y_name];
        let chart = html! {
            <LinePlot locale={props.locale.clone()} lines={lines(runs, &drawn.curves)} marks={marks(t, runs, drawn.axis)} {axes}
                log={*log} width={props.width} range={drawn.look.range} choose={choose} />
        };
        html! { <Figure locale={props.locale.clone()} name="assay-curves" {chart} table={points(t, runs, &drawn.curves)} /> }
    };
    html! {
        <>
            <h2>{ title }</h2>
            <p class="row settings">
                { choice("curve", t.text("curve"), options, &shown, &set_what) }
                { choice("curve-axis", t.text("curve-axis"), axes, axis_name(*axis_now), &set_axis) }
                <label>{ t.text("smoothing") }{ " " }<input id="smoothing" type="range" min="0" max="0.98" step="0.02" value={smoothing.to_string()} oninput={set_smoothing} />
                    <output>{ format!("{:.2}", *smoothing) }</output></label>
                <label><input id="log-axis" type="checkbox" checked={*log} onchange={set_log} />{ " " }{ t.text("log-axis") }</label>
            </p>
            { drawn.shown(t).map_or_else(|instead| instead, figure) }
            if has_validation { <p class="hint">{ t.text("curves-note") }</p> }
        </>
    }
}

/// What the curves show: each run's lowest validation loss, with its place.
fn lowest_loss(t: &Locale, runs: &[RunView]) -> Option<String> {
    let said = runs.iter().filter_map(|run| {
        let best = run.best_loss()?;
        let words = [
            ("run", run.name.clone()),
            ("value", plain(best.value)),
            ("at", place(t, &best.at)),
        ];
        Some(t.with("curves-lowest-run", &words))
    });
    let said: Vec<String> = said.collect();
    let words = [("runs", said.join(&t.text("list-comma")))];
    (!said.is_empty()).then(|| t.with("curves-lowest", &words))
}

fn lines(runs: &[RunView], curves: &[Curve]) -> Vec<PlotLine> {
    let mut all = Vec::new();
    for curve in curves {
        let Some(run) = runs.get(curve.run) else {
            continue;
        };
        let line = PlotLine {
            name: format!("{} · {}", run.name, curve.series),
            place: curve.run,
            dashed: run.losses[1].as_deref() == Some(curve.series.as_str()),
            faint: false,
            points: curve.points.clone(),
            band: curve.band.clone(),
        };
        if !curve.raw.is_empty() {
            all.push(PlotLine {
                faint: true,
                points: curve.raw.clone(),
                band: Vec::new(),
                ..line.clone()
            });
        }
        all.push(line);
    }
    all
}

/// The checkpoints that were evaluated.
fn marks(t: &Locale, runs: &[RunView], axis: Axis) -> Vec<PlotMark> {
    if axis != Axis::Step {
        return Vec::new();
    }
    let marks = runs.iter().enumerate().filter_map(|(i, run)| {
        let at = run.evaluated?;
        let words = [("run", run.name.clone()), ("step", t.count(at as usize))];
        Some(PlotMark {
            at,
            place: i,
            name: t.with("evaluated-mark", &words),
        })
    });
    marks.collect()
}

/// Rows of the table behind the chart, at most.
const TABLE_ROWS: usize = 400;

fn points(t: &Locale, runs: &[RunView], curves: &[Curve]) -> Html {
    let rows = curves.iter().flat_map(|curve| {
        let name = runs.get(curve.run).map_or("", |r| r.name.as_str());
        curve.points.iter().map(move |p| (name, &curve.series, p))
    });
    let all: usize = curves.iter().map(|curve| curve.points.len()).sum();
    let words = [("shown", t.count(TABLE_ROWS)), ("count", t.count(all))];
    html! {
        <Table label={t.text("curves")} class="ratings">
            if all > TABLE_ROWS { <caption>{ t.with("first-rows-of", &words) }</caption> }
            { head([column(t.text("run")), column(t.text("curve")), number_column(t.text("curve-axis")), number_column(t.text("value"))]) }
            <tbody>{ for rows.take(TABLE_ROWS).map(|(run, series, p)| html! {
                <tr>{ cell(run) }{ cell(series) }{ number(plain(p[0])) }{ number(plain(p[1])) }</tr>
            }) }</tbody>
        </Table>
    }
}
