//! The Compare page: the answer in a sentence and in a picture, and under it, behind tabs, all systems under all
//! metrics with the chosen metric in full, its slices, and further analyses.

mod answers;
mod classes;
mod domains;
mod effects;
mod encoder;
mod error_bars;
mod margin;
mod matrix;
mod measure_groups;
mod metric_card;
mod outliers;
mod questions;
mod rounds;
mod tabs;
pub mod view;

use crate::browser::files as browser;
use crate::calls::{use_answer, use_calls, use_jobs};
use crate::components::controls::choice;
use crate::components::number_field::NumberField;
use crate::components::slices::slices;
use crate::pages::data::answers::note;
use crate::pages::data::notices::doubts;
use crate::pages::data::question::QuestionPanel;
use crate::pages::overview::answers::answers;
use crate::pages::overview::classes::ClassificationPanel;
use crate::pages::overview::domains::domains;
use crate::pages::overview::effects::effects;
use crate::pages::overview::encoder::EncoderPanel;
use crate::pages::overview::matrix::matrix;
use crate::pages::overview::measure_groups::{MeasureGroup, groups};
use crate::pages::overview::metric_card::metric_card;
use crate::pages::overview::questions::QuestionsPanel;
use crate::pages::overview::rounds::RoundsPanel;
use crate::pages::overview::view::View;
use crate::route::{MOST_SAMPLES, Part, Route, TESTS};
use crate::shell::ask::Ask;
use crate::shell::context::{PageContext, use_page};
use crate::typed::Range;
use assay_data::Role;
use assay_locale::Locale;
use assay_protocol::data::{ExampleName, Export, Summarize};
use assay_protocol::report::{AimView, ShowAim};
use assay_protocol::scores::{AddMetric, Classification, Metrics, ScoresView, SetPreset};
use assay_protocol::topics::SCORE;
use assay_protocol::views::{ExportKind, Summary};
use assay_report::written;
use assay_results::scores::MetricResult;
use assay_results::task_kind::TaskKind;
use assay_text::script::Script;
use std::rc::Rc;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What a page shows while it lacks what it needs.
pub fn empty(
    t: &Locale,
    title: &str,
    summary: Option<&Summary>,
    ask: &Callback<Ask>,
) -> Option<Html> {
    let missing = match summary {
        None => None,
        Some(s) if s.systems.is_empty() => Some("role-hypothesis"),
        Some(s) if !s.has_metrics => Some("role-reference"),
        Some(_) => return None,
    };
    let go = html! { <a class="button primary" href={Route::default().href()}>{ t.text("go-data") }</a> };
    Some(match missing {
        None => {
            let demo = ask.reform(|_| Ask::LoadDemo(ExampleName::Support));
            html! {
                <div class="page empty">
                    <h1>{ t.text(title) }</h1>
                    <p>{ t.text("need-data") }</p>
                    <p class="row">{ go }<button onclick={demo}>{ t.text("try") }</button></p>
                </div>
            }
        }
        Some(role) => html! {
            <div class="page empty">
                <h1>{ t.text(title) }</h1>
                <p>{ t.with("need-roles", &[("missing", t.text(role))]) }</p>
                <p>{ go }</p>
            </div>
        },
    })
}

/// The Compare page.
#[function_component]
pub fn OverviewPage() -> Html {
    let PageContext {
        locale,
        route,
        width,
        ask,
    } = use_page();
    let data = use_answer(Summarize {});
    let scores = use_answer(Metrics {});
    let classification = use_answer(Classification {});
    let aim = use_answer(ShowAim {});
    let sought = use_state(String::new);
    let (jobs, calls) = (use_jobs(), use_calls());
    if let Some(failure) = data.failure(&locale).or_else(|| scores.failure(&locale)) {
        return html! { <div class="page">{ failure }</div> };
    }
    let loaded = data.reply().and_then(|loaded| (**loaded).clone());
    let shown = scores.reply().cloned().unwrap_or_default();
    let page = View {
        groups: groups_of(&shown, aim.reply().map(|aim| &**aim)),
        sought: (*sought).clone(),
        seek: Callback::from(move |text: String| sought.set(text)),
        locale,
        route: (*route).clone(),
        summary: loaded.map(|loaded| Rc::new(loaded.summary)),
        scores: shown,
        scoring: jobs.of_kind(&SCORE).is_some(),
        width,
        ask,
        calls,
    };
    let found = classification.reply().and_then(|view| (**view).clone());
    let classes = found.map(|view| {
        html! { <ClassificationPanel locale={page.locale.clone()} route={page.route.clone()} view={Rc::new(view)} width={page.width} /> }
    });
    if let Some(html) = empty(&page.locale, "overview", page.summary.as_deref(), &page.ask) {
        return match classes {
            Some(classes) => html! { <div class="page">{ classes }</div> },
            None => html,
        };
    }
    let Some(summary) = page.summary.clone() else {
        return Html::default();
    };
    if let Some(question) = summary.question.clone() {
        return html! { <div class="page"><QuestionPanel {question} /></div> };
    }
    scored(&page, &summary, classes)
}

/// The groups in which measures are listed, by what is to be decided.
fn groups_of(scores: &ScoresView, aim: Option<&AimView>) -> Vec<MeasureGroup> {
    let results = &scores.results;
    let known = (0..scores.metrics.len()).map(|place| Some(&results.get(place)?.result.info));
    let known: Vec<_> = known.collect();
    let place = |name: &String| results.iter().position(|view| view.result.name == *name);
    let decision = aim.and_then(|view| {
        let places = view.measures.iter().filter_map(place).collect();
        Some((view.aim?, places))
    });
    groups(&known, decision)
}

/// The page of data with systems: the answer in words and in a picture, and under it the part that is chosen.
fn scored(page: &View, summary: &Summary, classes: Option<Html>) -> Html {
    let last = page.scores.metrics.len().saturating_sub(1);
    let index = page.route.query.metric.min(last);
    let chosen = page.scores.results.get(index);
    let slices_of = chosen.map(|view| slices(page, &view.result));
    let domains_of = chosen.map(|view| domains(page, &view.result));
    let has = |part: &Part| match part {
        Part::Slices | Part::Domains => summary.columns.iter().any(|c| c.role == Role::Slice),
        Part::Classes => classes.is_some(),
        Part::Measures | Part::Analyses | Part::Rounds => true,
    };
    let parts: Vec<Part> = Part::ALL.iter().map(|(p, _)| *p).filter(has).collect();
    let part = tabs::shown(&page.route, &parts);
    html! {
        <div class="page">
            <h1 class="visually-hidden">{ page.locale.text("overview") }</h1>
            <section class="answer">
                <div aria-live="polite">{ answers(page, summary) }</div>
                { effects(page, summary, index) }
            </section>
            { tabs::tabs(&page.locale, &page.route, &parts) }
            { match part {
                Part::Measures => measures(page, summary, index),
                Part::Slices => slices_of.unwrap_or_default(),
                Part::Domains => domains_of.unwrap_or_default(),
                Part::Analyses => chosen.map(|view| questions(page, index, &view.result)).unwrap_or_default(),
                Part::Classes => classes.unwrap_or_default(),
                Part::Rounds => html! { <RoundsPanel /> },
            } }
        </div>
    }
}

/// All systems under all measures, and the chosen measure in full.
fn measures(page: &View, summary: &Summary, index: usize) -> Html {
    let chosen = page.scores.results.get(index);
    let columns = page.has_two_columns().then_some("columns");
    html! {
        <div class={classes!("parts", columns)}>
            <section>
                { settings(page, summary) }
                { matrix(page, summary, index) }
                { preset(page) }
                { more(page) }
                if summary.has_reference {
                    <EncoderPanel locale={page.locale.clone()} />
                }
                { notes(page, summary) }
                <p class="row">
                    { export(page, "export-json", ExportKind::Json) }
                    { export(page, "export-csv", ExportKind::Csv) }
                    { export(page, "export-segments", ExportKind::SegmentsCsv) }
                </p>
            </section>
            { chosen.map(|view| metric_card(page, index, view)).unwrap_or_default() }
        </div>
    }
}

fn questions(page: &View, metric: usize, result: &MetricResult) -> Html {
    let Some(summary) = page.summary.clone() else {
        return Html::default();
    };
    html! {
        <QuestionsPanel {summary} {metric} scores={page.scores.clone()}
            max={result.max} scored={!page.scoring && page.scores.is_complete()} />
    }
}

/// Whose metrics are computed: those that suit the data, or a tool's as it computes them.
fn preset(page: &View) -> Html {
    let t = &*page.locale;
    let mut options = vec![(String::new(), t.text("preset-suited"))];
    let tools = page.scores.presets.iter();
    options.extend(tools.map(|name| (name.clone(), t.text(&format!("preset-{name}")))));
    let calls = page.calls.clone();
    let set = Callback::from(move |name: String| {
        let preset = (!name.is_empty()).then_some(name);
        calls.order(SetPreset { preset }, |()| {});
    });
    let now = page.scores.preset.clone().unwrap_or_default();
    html! { <p>{ choice("preset", t.text("preset"), options, &now, &set) }</p> }
}

/// Metrics that can be computed besides.
fn more(page: &View) -> Html {
    let t = &*page.locale;
    let rest = page.scores.addable.iter();
    let is_listed = |shown: &String| page.scores.metrics.iter().any(|m| m.name == *shown);
    let rest = rest.filter(|(_, shown)| !is_listed(shown));
    let rest: Vec<(String, String)> = rest.cloned().collect();
    if rest.is_empty() {
        return Html::default();
    }
    let onchange = {
        let (calls, rest) = (page.calls.clone(), rest.clone());
        Callback::from(move |e: Event| {
            let input: HtmlInputElement = e.target_unchecked_into();
            if let Some(name) = meant(&rest, &input.value()) {
                input.set_value("");
                calls.order(AddMetric { name }, |_| {});
            }
        })
    };
    html! {
        <p><label>{ t.text("add-metric") }{ " " }
            <input id="add-metric" type="search" list="measures" placeholder={t.text("add-none")} autocomplete="off" {onchange} /></label>
            <datalist id="measures">{ for rest.into_iter().map(|(value, shown)| html! { <option {value}>{ shown }</option> }) }</datalist></p>
    }
}

/// The metric that a search means: of that name, or the only one that the words are a part of.
fn meant(metrics: &[(String, String)], words: &str) -> Option<String> {
    let words = words.trim().to_lowercase();
    let both = |(name, shown): &(String, String)| [name.to_lowercase(), shown.to_lowercase()];
    let same = metrics.iter().find(|m| both(m).contains(&words));
    let mut parts = metrics
        .iter()
        .filter(|m| both(m).iter().any(|n| n.contains(&words)));
    let only = parts.next().filter(|_| parts.next().is_none());
    let found = same.or(only).filter(|_| !words.is_empty());
    found.map(|(name, _)| name.clone())
}

fn export(page: &View, key: &'static str, kind: ExportKind) -> Html {
    let calls = page.calls.clone();
    let onclick = Callback::from(move |_: MouseEvent| {
        calls.order(Export { kind }, |file| {
            browser::save(&file.name, &file.mime, &file.bytes.0);
        });
    });
    html! { <button id={key} {onclick} disabled={page.scores.results.is_empty()}>{ page.locale.text(key) }</button> }
}

/// Goes to the view with something changed.
fn go<T: 'static>(page: &View, change: fn(&mut Route, T)) -> Callback<T> {
    let route = page.route.clone();
    page.ask.reform(move |value: T| {
        let mut route = route.clone();
        change(&mut route, value);
        Ask::Go(route)
    })
}

fn settings(page: &View, summary: &Summary) -> Html {
    let t = &*page.locale;
    let test = page.route.test;
    let systems = summary.systems.iter().enumerate();
    let systems = systems
        .map(|(i, name)| (i.to_string(), name.clone()))
        .collect();
    let tests = TESTS
        .iter()
        .map(|(_, name)| ((*name).to_owned(), t.text(&format!("test-{name}"))))
        .collect();
    let kind = TESTS.iter().find(|(k, _)| *k == test.kind);
    html! {
        <p class="row settings">
            { choice("baseline", t.text("baseline"), systems, &page.route.baseline.to_string(),
                &go(page, |r, v: String| r.baseline = v.parse().unwrap_or(0))) }
            { choice("test", t.text("test"), tests, kind.map_or("bs", |(_, n)| n), &go(page, |r, v: String| {
                if let Some((kind, _)) = TESTS.iter().find(|(_, name)| *name == v) {
                    r.test.kind = *kind;
                    r.test.samples = kind.usual_samples();
                }
            })) }
            <NumberField<usize> id="samples" label={t.text("samples")} value={test.samples} range={Range::Between(1, MOST_SAMPLES)} set={go(page, |r, samples| r.test.samples = samples)} />
            <NumberField<u64> id="seed" label={t.text("seed")} value={test.seed} set={go(page, |r, seed| r.test.seed = seed)} />
        </p>
    }
}

/// That rows were drawn in clusters, and which tests are exact.
fn resampled_by(page: &View) -> Html {
    let t = &*page.locale;
    let results = || page.scores.results.iter().map(|view| &view.result);
    let clusters = results().find_map(|result| result.resampled_by.as_ref());
    let is_exact = results().any(|result| result.is_yes_no);
    html! { <>
        if let Some(by) = clusters {
            <p class="hint" id="resampled-by">{ written::resampled_by(t, by) }</p>
        }
        if is_exact {
            <p class="hint" id="yes-no">{ t.text("yes-no-note") }</p>
        }
    </> }
}

fn notes(page: &View, summary: &Summary) -> Html {
    let t = &*page.locale;
    let script = match summary.script {
        Script::Chinese => Some("tok-zh"),
        Script::Japanese => Some("tok-ja"),
        Script::Korean => Some("tok-ko"),
        Script::SpaceSeparated => None,
    };
    let kind = TESTS.iter().find(|(k, _)| *k == page.route.test.kind);
    let words = [
        ("segments", t.count(summary.rows)),
        (
            "test",
            t.text(&format!("test-{}", kind.map_or("bs", |(_, n)| n))),
        ),
        ("samples", t.count(page.route.test.samples)),
        ("resamples", t.count(page.route.test.resamples())),
        ("seed", page.route.test.seed.to_string()),
    ];
    html! {
        <>
            <p class="hint">{ t.with("test-note", &words) }
                if summary.systems.len() > 2 { { " " }{ t.text("holm-note") } }
            </p>
            { resampled_by(page) }
            { match summary.kind {
                TaskKind::Text => Html::default(),
                TaskKind::Open => html! { <p class="hint">{ t.text("no-reference") }</p> },
                kind => html! { <p class="hint" id="kind">{ t.text(&format!("kind-{}", kind.name())) }</p> },
            } }
            { note(t, summary) }
            { doubts(t, summary) }
            if let Some(key) = script { <p class="hint">{ t.text(key) }</p> }
        </>
    }
}
