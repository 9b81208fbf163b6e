//! The Ratings page: judgements of people and of models from files, what they mean, how far the people agree, what the
//! models' verdicts are worth, and which metric follows the people.

mod change;
mod judge_tables;
mod judges;
mod length_controlled;
mod preference;
mod progress;
mod project;
mod rater_effects;
mod raters;
mod reasons;
mod send;
mod tables;
mod view;

use crate::calls::{use_answer, use_calls};
use crate::components::charts::dot_plot::{Dot, Group, dot_plot};
use crate::components::charts::figure::Figure;
use crate::components::controls::choice;
use crate::components::file_button::{Choice, FileButton};
use crate::components::table::{
    Table, cell, column, head, number, number_column, row_heading, score, system,
};
use crate::pages::people::change::{sentence, signed};
use crate::pages::people::judges::judges;
use crate::pages::people::length_controlled::length_controlled;
use crate::pages::people::preference::{
    pair_sentence, pair_stopping, pairs, strengths, with_equal_style,
};
use crate::pages::people::project::{Gather, opened};
use crate::pages::people::rater_effects::rater_effects;
use crate::pages::people::raters::{raters, remarks};
use crate::pages::people::tables::{agreement, follows, hardest};
use crate::pages::people::view::{Props, decided};
use crate::route::Route;
use crate::shell::ask::Ask;
use crate::verdict::{decimals, interval_text, p_text};
use assay_locale::Locale;
use assay_protocol::projects::Current;
use assay_protocol::ratings::{Add, Load, LoadDemo, LoadJudgeDemo, RatingsView, Undo, View};
use assay_protocol::views::ExportKind;
use assay_rating::analysis::{Change, DimensionResult, SystemRating};
use assay_rating::exchange::unused::Unused;
use assay_rating::judgements::Scale;
use assay_sorting::sort_by;
use assay_web_calls::Attachments;
use std::rc::Rc;
use web_sys::File;
use yew::prelude::*;

/// What the page gets from the shell.
#[derive(Properties, PartialEq)]
pub struct RatingsPageProps {
    /// Words.
    pub locale: Rc<Locale>,
    /// The view.
    pub route: Route,
    /// Pixels for charts.
    pub width: f64,
    /// To the shell.
    pub ask: Callback<Ask>,
}

/// The Ratings page.
#[function_component]
pub fn RatingsPage(page: &RatingsPageProps) -> Html {
    let baseline = use_state(|| None::<String>);
    let calls = use_calls();
    let answer = use_answer(View {
        baseline: (*baseline).clone(),
    });
    let current = use_answer(Current {});
    let sending = current.reply().and_then(|reply| (**reply).clone());
    let props = &Props {
        locale: page.locale.clone(),
        route: page.route.clone(),
        sending: sending.map(Rc::new),
        width: page.width,
        ask: page.ask.clone(),
        calls,
    };
    let view = answer.reply().and_then(|reply| (**reply).as_ref());
    let failure = answer.failure(&props.locale);
    let failure = failure.or_else(|| current.failure(&props.locale));
    html! {
        <div class="page">
            <h1>{ props.locale.text("ratings") }</h1>
            if let Some((view, project)) = view.and_then(|view| Some((view, view.project.as_ref()?))) {
                { opened(props, project, &view.analysis.raters) }
            }
            <div class={classes!("parts", (page.width >= WIDE).then_some("columns"))}>
                <Gather ..props.clone() />
                { load(props) }
            </div>
            { failure.unwrap_or_default() }
            if let Some(view) = view.filter(|v| v.analysis.raters.is_empty() && v.earlier.is_some()) {
                <section>{ earlier(props, view) }</section>
            }
            if let Some(view) = view.filter(|v| !v.analysis.raters.is_empty()) {
                { loaded(props, view, &baseline) }
                { for view.analysis.dimensions.iter().enumerate().map(|(i, d)| dimension(props, view, i, d)) }
                { agreement(&props.locale, view) }
                { judges(props, view) }
                { raters(props, view) }
                { hardest(props, view) }
                { remarks(props, view) }
                { follows(&props.locale, view) }
            }
        </div>
    }
}

/// Pixels from which the two ways to ratings stand side by side.
const WIDE: f64 = 900.0;

fn load(props: &Props) -> Html {
    let t = &*props.locale;
    let calls = props.calls.clone();
    let open = Callback::from(move |files: Vec<File>| {
        calls.dismiss_all();
        calls.order_with(Load {}, Attachments::files(files), |()| {});
    });
    let calls = props.calls.clone();
    let example = Callback::from(move |_: MouseEvent| calls.order(LoadDemo {}, |()| {}));
    let calls = props.calls.clone();
    let judged = Callback::from(move |_: MouseEvent| calls.order(LoadJudgeDemo {}, |()| {}));
    html! {
        <section class="drop">
            <h2>{ t.text("ratings-drop") }</h2>
            <p class="hint">{ t.text("ratings-hint") }</p>
            <p class="row">
                <FileButton id="ratings-file" label={t.text("ratings-choose")} class="primary" choice={Choice::File} {open} />
                <button id="ratings-demo" onclick={example}>{ t.text("ratings-try") }</button>
                <button id="judge-demo" onclick={judged}>{ t.text("judge-try") }</button>
            </p>
            <details>
                <summary>{ t.text("ratings-layouts") }</summary>
                <ul>
                    <li>{ t.text("ratings-long") }<pre>{ "rater,item,system,dimension,value\nAnn,12,tuned,fluency,4" }</pre></li>
                    <li>{ t.text("ratings-wide") }<pre>{ "rater,item,system,relevance,fluency\nAnn,12,tuned,5,4" }</pre></li>
                    <li>{ t.text("ratings-pairs") }<pre>{ "rater,item,model_a,model_b,winner\nAnn,12,base,tuned,tuned" }</pre></li>
                    <li>{ t.text("ratings-tools") }</li>
                </ul>
            </details>
        </section>
    }
}

/// The way back to what was there before.
fn earlier(props: &Props, view: &RatingsView) -> Html {
    let calls = props.calls.clone();
    let undo = Callback::from(move |_: MouseEvent| calls.order(Undo {}, |()| {}));
    let Some(earlier) = &view.earlier else {
        return Html::default();
    };
    let words = props.locale.with("undo", &[("files", earlier.clone())]);
    html! { <button id="ratings-undo" onclick={undo}>{ words }</button> }
}

fn loaded(props: &Props, view: &RatingsView, baseline: &UseStateHandle<Option<String>>) -> Html {
    let t = &*props.locale;
    let analysis = &view.analysis;
    let words = [
        ("file", t.titled(&view.file)),
        ("raters", t.count(analysis.raters.len())),
        ("items", t.count(analysis.units.len())),
    ];
    let named = |name: &String| (name.clone(), name.clone());
    let current = analysis.systems.get(analysis.baseline).cloned();
    let set = {
        let baseline = baseline.clone();
        Callback::from(move |name: String| baseline.set(Some(name)))
    };
    let calls = props.calls.clone();
    let add = Callback::from(move |files: Vec<File>| {
        calls.dismiss_all();
        calls.order_with(Add {}, Attachments::files(files), |()| {});
    });
    let export = |id: &'static str, kind: ExportKind| {
        let onclick = props.ask.reform(move |_: MouseEvent| Ask::Export(kind));
        html! { <button {id} {onclick}>{ t.text(id) }</button> }
    };
    html! {
        <section>
            <p class="row settings">
                <span id="ratings-loaded">{ t.with("ratings-loaded", &words) }</span>
                if analysis.systems.len() > 1 {
                    { choice("ratings-baseline", t.text("baseline"), analysis.systems.iter().map(named).collect(),
                        &current.unwrap_or_default(), &set) }
                }
                { earlier(props, view) }
            </p>
            <p class="row">
                <FileButton id="ratings-add" label={t.text("ratings-add")} choice={Choice::Files} open={add} />
                <span class="hint">{ t.text("ratings-add-hint") }</span>
            </p>
            { left_out(t, view) }
            <p class="hint">{ t.with("ratings-linked", &[("count", t.count(view.linked)), ("total", t.count(analysis.units.len()))]) }</p>
            <p class="row">
                { export("ratings-export-long", ExportKind::RatingsLong) }
                { export("ratings-export-wide", ExportKind::RatingsWide) }
                { export("ratings-export-json", ExportKind::RatingsJson) }
            </p>
        </section>
    }
}

/// What the file held besides judgements: values that were skipped and columns that are no ratings, with the reasons.
fn left_out(t: &Locale, view: &RatingsView) -> Html {
    let comma = t.text("list-comma");
    let skipped = view.skipped.iter().map(|s| {
        let count = [("count", t.count(s.count))];
        t.with(&format!("ratings-skipped-{}", s.reason.name()), &count)
    });
    let skipped: Vec<String> = skipped.collect();
    let unused = Unused::ALL.iter().filter_map(|reason| {
        let columns = view.unused.iter().filter(|c| c.reason == *reason);
        let names: Vec<&str> = columns.map(|c| c.name.as_str()).collect();
        let key = format!("ratings-unused-{}", reason.name());
        (!names.is_empty()).then(|| t.with(&key, &[("columns", names.join(&comma))]))
    });
    let unused: Vec<String> = unused.collect();
    html! {
        <>
            if !skipped.is_empty() {
                <p class="hint" id="ratings-skipped">{ t.with("ratings-skipped", &[("reasons", skipped.join(&comma))]) }</p>
            }
            if !unused.is_empty() {
                <p class="hint" id="ratings-unused">{ t.with("ratings-unused", &[("reasons", unused.join(&t.text("list-semicolon")))]) }</p>
            }
        </>
    }
}

fn dimension(props: &Props, view: &RatingsView, index: usize, found: &DimensionResult) -> Html {
    let t = &*props.locale;
    let direction = match (found.dimension.lower_is_better(), &found.dimension.scale) {
        (_, Scale::Preference) => String::new(),
        (true, _) => t.text("lower"),
        (false, _) => t.text("higher"),
    };
    html! {
        <section class="dimension" key={index}>
            <h2>{ &found.dimension.name }<small>{ direction }</small></h2>
            if found.by_models { <p class="hint">{ t.text("by-models") }</p> }
            { for found.systems.iter().filter_map(|s| sentence(t, view, found, s)) }
            if !found.systems.is_empty() { { means(props, view, found) } }
            if let Some(preferences) = &found.preferences {
                { for preferences.pairs.iter().map(|p| html! { <>
                    { pair_sentence(t, view, p) }
                    if !found.by_models { { pair_stopping(t, p).unwrap_or_default() } }
                </> }) }
                { pairs(t, view, &preferences.pairs) }
                { with_equal_style(t, view, preferences) }
                { length_controlled(t, view, index) }
                { preferences.ranked.as_ref().map(|r| strengths(t, view, r)).unwrap_or_default() }
                { preferences.raters.as_ref().map(|r| rater_effects(t, view, r, preferences.ranked.as_ref())).unwrap_or_default() }
            }
            { found.ranked.as_ref().map(|r| strengths(t, view, r)).unwrap_or_default() }
        </section>
    }
}

/// The systems' means as dots, and the same as a table with medians, spreads and changes.
fn means(props: &Props, view: &RatingsView, found: &DimensionResult) -> Html {
    let t = &*props.locale;
    let most = found.dimension.most();
    let dot = |s: &SystemRating| {
        let d = decimals(s.interval, most);
        Dot {
            system: s.system,
            name: view.analysis.systems[s.system].clone(),
            value: s.mean,
            interval: s.interval,
            written: format!("{:.d$}", s.mean),
        }
    };
    let group = Group {
        title: String::new(),
        href: props.route.href(),
        dots: found.systems.iter().map(dot).collect(),
        baseline: found
            .systems
            .iter()
            .find(|s| s.system == view.analysis.baseline)
            .map(|s| s.mean),
    };
    let chart = dot_plot(
        &[group],
        props.width.min(1086.0),
        found.dimension.name.clone(),
    );
    html! {
        <>
            { means_table(t, view, found) }
            <Figure locale={props.locale.clone()} name={format!("assay-ratings-{}", found.dimension.name)} {chart}
                table={html! { <CountsTable locale={props.locale.clone()} label={found.dimension.name.clone()} systems={counts(view, found)} /> }} />
        </>
    }
}

fn means_table(t: &Locale, view: &RatingsView, found: &DimensionResult) -> Html {
    let most = found.dimension.most();
    let lower = found.dimension.lower_is_better();
    let change = |c: &Change| {
        let said = decided(c.value, c.p_corrected, c.interval, c.units, lower).decision();
        html! {
            <span class={said.key()}>{ said.sign() }{ " " }{ signed(c.value, c.interval, most) }
                if let Some(i) = c.interval { { " " }{ interval_text(i, decimals(c.interval, most)) } }
                if let Some(p) = c.p_corrected { { t.text("comma") }{ p_text(p) } }</span>
        }
    };
    let numbers = |name: &str| number_column(t.text(name));
    html! {
        <Table label={found.dimension.name.clone()} class="ratings">
            { head([
                column(t.text("system")), numbers("mean"), numbers("interval"), numbers("median"), numbers("ratings-count"),
                numbers("items-count"), column(t.text("change")),
            ]) }
            <tbody>{ for found.systems.iter().map(|s| {
                let d = decimals(s.interval, most);
                html! {
                    <tr>
                        { row_heading(system(s.system, &view.analysis.systems[s.system])) }
                        { score(format!("{:.d$}", s.mean)) }
                        { number(s.interval.map_or(String::new(), |i| interval_text(i, d))) }
                        { number(s.median) }
                        { number(t.count(s.ratings)) }
                        { number(t.count(s.units)) }
                        { cell(s.change.as_ref().map_or_else(|| html! { <span class="same">{ t.text("is-baseline") }</span> }, change)) }
                    </tr>
                }
            }) }</tbody>
        </Table>
    }
}

/// Values that are listed before the rest is asked for.
const FIRST_VALUES: usize = 12;

/// Each system's name, and how often it got which value.
type Counts = Vec<(String, Vec<(f64, usize)>)>;

fn counts(view: &RatingsView, found: &DimensionResult) -> Counts {
    let name = |s: &SystemRating| view.analysis.systems[s.system].clone();
    let systems = found.systems.iter();
    systems.map(|s| (name(s), s.counts.clone())).collect()
}

#[derive(Properties, PartialEq)]
struct CountsProps {
    locale: Rc<Locale>,
    label: String,
    systems: Counts,
}

/// How often each system got each value.
#[function_component]
fn CountsTable(props: &CountsProps) -> Html {
    let t = &*props.locale;
    let shows_all = use_state(|| false);
    let counts = props.systems.iter().flat_map(|(_, counts)| counts);
    let mut values: Vec<f64> = counts.map(|(value, _)| *value).collect();
    sort_by(&mut values, f64::total_cmp);
    values.dedup();
    let all = values.len();
    if !*shows_all {
        values.truncate(FIRST_VALUES);
    }
    let columns = values.iter().map(number_column);
    let show_all = Callback::from(move |_: MouseEvent| shows_all.set(true));
    html! {
        <>
            <Table label={props.label.clone()}>
                { head([column(t.text("system"))].into_iter().chain(columns)) }
                <tbody>{ for props.systems.iter().map(|(name, counts)| html! {
                    <tr>
                        { row_heading(name) }
                        { for values.iter().map(|v| {
                            let n = counts.iter().find(|c| c.0 == *v).map_or(0, |c| c.1);
                            number(t.count(n))
                        }) }
                    </tr>
                }) }</tbody>
            </Table>
            if values.len() < all {
                <button class="quiet" onclick={show_all}>{ t.with("show-all-values", &[("count", t.count(all))]) }</button>
            }
        </>
    }
}
