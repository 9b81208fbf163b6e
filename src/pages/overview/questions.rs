//! The part of the Overview that goes beyond the scores: other tests of the chosen metric's segments, how
//! the metrics go together, what the texts are in themselves. Each part is asked for when it is opened.

use crate::components::charts::figure::key;
use crate::components::controls::choice;
use crate::pages::overview::outliers::outliers_part;
use crate::route::{Page, Route};
use crate::shell::ask::Ask;
use crate::state::Known;
use crate::verdict::p_text;
use assay_locale::Locale;
use assay_protocol::messages::{Request, Summary};
use assay_results::diversity::Diversity;
use assay_results::questions::{
    AgreementView, Answer, DisagreementView, PairView, PairsView, Question, TextsView,
};
use std::rc::Rc;
use yew::prelude::*;

/// What the panel shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Words.
    pub locale: Rc<Locale>,
    /// The view.
    pub route: Route,
    /// What is loaded.
    pub summary: Rc<Summary>,
    /// The chosen metric's place.
    pub metric: usize,
    /// The chosen metric's greatest score.
    pub max: f64,
    /// Whether all scores are there.
    pub scored: bool,
    /// The answers so far.
    pub answers: Rc<Known>,
    /// To the shell.
    pub ask: Callback<Ask>,
}

/// The panel.
#[function_component]
pub fn QuestionsPanel(props: &Props) -> Html {
    let t = &*props.locale;
    let pair = use_state(|| [0, 1]);
    let systems = props.summary.systems.len();
    let names = &props.summary.metrics;
    let last = names.len().saturating_sub(1);
    let pair_now = (*pair).map(|m| m.min(last));
    let system = props.route.query.system.min(systems.saturating_sub(1));
    let name = names.get(props.metric).cloned().unwrap_or_default();
    let pairs = Question::Pairs {
        metric: props.metric,
    };
    let apart_now = Question::Disagreement {
        system,
        pair: pair_now,
    };
    let part = |question: Question,
                id: &'static str,
                title: String,
                show: &dyn Fn(&Answer) -> Html| {
        let answer = props.answers.get(&question);
        html! {
            <Asked {id} {title} {question} ready={props.scored} missing={answer.is_none()} ask={props.ask.clone()}
                waiting={t.text("question-waiting")} unready={t.text("question-unready")}>
                { answer.map(show).unwrap_or_default() }
            </Asked>
        }
    };
    let words = [("metric", name)];
    html! {
        <section id="questions">
            <h2>{ t.text("questions") }</h2>
            if systems > 1 {
                { part(pairs, "q-pairs", t.with("question-pairs", &words), &|answer| match answer {
                    Answer::Pairs(view) => other_tests(t, view, props),
                    _ => Html::default(),
                }) }
            }
            { part(Question::Outliers { metric: props.metric, system }, "q-outliers", t.text("question-outliers"), &|answer| match answer {
                Answer::Outliers(view) => outliers_part(t, &props.route, &props.ask, view),
                _ => Html::default(),
            }) }
            if names.len() > 1 {
                { part(Question::Agreement { system }, "q-agreement", t.text("question-agreement"), &|answer| match answer {
                    Answer::Agreement(view) => together(props, view),
                    _ => Html::default(),
                }) }
                { part(apart_now, "q-apart", t.text("apart"), &|answer| match answer {
                    Answer::Disagreement(view) => html! { <>
                        <p class="row">{ measure(t, names, &pair, 0, "apart-first") }{ measure(t, names, &pair, 1, "apart-second") }</p>
                        { apart(props, view) }
                    </> },
                    _ => Html::default(),
                }) }
            }
            { part(Question::Texts, "q-texts", t.text("question-texts"), &|answer| match answer {
                Answer::Texts(view) => in_themselves(t, view),
                _ => Html::default(),
            }) }
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct AskedProps {
    id: &'static str,
    title: String,
    question: Question,
    ready: bool,
    missing: bool,
    waiting: String,
    unready: String,
    ask: Callback<Ask>,
    children: Html,
}

/// A part that is asked for once it is open.
#[function_component]
fn Asked(props: &AskedProps) -> Html {
    let open = use_state(|| false);
    let wanted = *open && props.missing && props.ready;
    {
        let ask = props.ask.clone();
        use_effect_with((wanted, props.question), move |(wanted, question)| {
            if *wanted {
                let question = *question;
                ask.emit(Ask::worker(Request::Ask { question }));
            }
        });
    }
    let ontoggle = {
        let open = open.clone();
        Callback::from(move |e: Event| {
            let details = e.target_unchecked_into::<web_sys::Element>();
            open.set(details.has_attribute("open"));
        })
    };
    html! {
        <details id={props.id} {ontoggle}>
            <summary>{ &props.title }</summary>
            if *open && !props.ready {
                <p class="hint">{ &props.unready }</p>
            } else if *open && props.missing { <p class="hint" role="status">{ &props.waiting }</p> } else { { props.children.clone() } }
        </details>
    }
}

/// A table with a column for each of `names` and a row for each measure.
struct Sheet<'a, T> {
    names: Html,
    columns: &'a [T],
}

impl<T> Sheet<'_, T> {
    /// A row; none where no column has a value.
    fn row(&self, name: String, of: impl Fn(&T) -> Option<String>) -> Html {
        let cells: Vec<Option<String>> = self.columns.iter().map(of).collect();
        if cells.iter().all(Option::is_none) {
            return Html::default();
        }
        html! { <tr><th scope="row">{ name }</th>{ for cells.into_iter().map(|cell| html! {
            <td class="number">{ cell.unwrap_or("–".to_owned()) }</td>
        }) }</tr> }
    }

    fn show(&self, measure: String, rows: Html) -> Html {
        html! {
            <div class="scroll" tabindex="0"><table class="ratings">
                <thead><tr><th>{ measure }</th>{ self.names.clone() }</tr></thead>
                <tbody>{ rows }</tbody>
            </table></div>
        }
    }
}

fn other_tests(t: &Locale, view: &PairsView, props: &Props) -> Html {
    let digits = if props.max > 1.0 { 2 } else { 4 };
    let fine = |x: f64| format!("{x:+.digits$}");
    let baseline = props.route.baseline.min(props.summary.systems.len() - 1);
    let place = |name: &str| props.summary.systems.iter().position(|s| s == name);
    let sheet = Sheet {
        names: view
            .systems
            .iter()
            .map(|s| html! { <th class="number">{ key(place(&s.name).unwrap_or_default()) }{ &s.name }</th> })
            .collect(),
        columns: &view.systems,
    };
    let row = |name: &str, of: &dyn Fn(&PairView) -> Option<String>| sheet.row(t.text(name), of);
    let p = |p: Option<f64>| p.map(p_text);
    let several = view.systems.len() > 1;
    let rows = html! { <>
        { row("pairs", &|s| Some(t.count(s.pairs))) }
        { row("mean-difference", &|s| {
            let ends = s.interval.map(|[low, high]| format!(" ({} … {})", fine(low), fine(high)));
            Some(fine(s.mean) + &ends.unwrap_or_default())
        }) }
        { row("student", &|s| p(s.student)) }
        { row("wilcoxon", &|s| p(s.wilcoxon)) }
        { row("mcnemar", &|s| p(s.mcnemar)) }
        if several {
            { row("corrected-holm", &|s| p(s.corrected.map(|c| c[0]))) }
            { row("corrected-bh", &|s| p(s.corrected.map(|c| c[1]))) }
        }
        { row("cohens-d", &|s| s.effect.map(|d| format!("{d:+.3}"))) }
        { row("cliffs-delta", &|s| s.delta.map(|d| format!("{d:+.3}"))) }
        { row("smallest", &|s| s.smallest.map(|d| format!("{d:.digits$}"))) }
        { row("needed", &|s| s.needed.map(|n| t.count(n as usize))) }
    </> };
    let words = [("baseline", props.summary.systems[baseline].clone())];
    html! { <>
        { sheet.show(t.text("measure"), rows) }
        <p class="hint">{ t.with("pairs-note", &words) }</p>
    </> }
}

fn in_themselves(t: &Locale, view: &TextsView) -> Html {
    let own = view.systems.len() - usize::from(view.has_reference);
    let sheet = Sheet {
        names: view
            .systems
            .iter()
            .enumerate()
            .map(|(i, (name, _))| html! { <th class="number">if i < own { { key(i) } }{ name }</th> })
            .collect(),
        columns: &view.systems,
    };
    let row =
        |name: String, of: &dyn Fn(&Diversity) -> Option<String>| sheet.row(name, |(_, d)| of(d));
    let length = view.systems.get(own).map(|(_, reference)| reference.tokens);
    let rows = html! { <>
        { row(t.text("texts-characters"), &|d| Some(format!("{:.1}", d.characters))) }
        { row(t.text("texts-tokens"), &|d| Some(format!("{:.1}", d.tokens))) }
        { row(t.text("texts-ratio"), &|d| Some(format!("{:.3}", d.tokens / length.filter(|l| *l > 0.0)?))) }
        { for (0..3).map(|n| row(format!("distinct-{}", n + 1), &move |d| {
            let (different, all) = d.grams[n];
            (all > 0).then(|| format!("{:.4}", different as f64 / all as f64))
        })) }
        { row(t.text("texts-mtld"), &|d| d.mtld.map(|m| format!("{m:.1}"))) }
        { for (0..3).map(|n| row(format!("self-BLEU-{}", n + 2), &move |d| d.self_bleu.map(|b| format!("{:.4}", b[n])))) }
        { row(t.text("texts-compression"), &|d| d.compression.map(|c| format!("{c:.2}"))) }
    </> };
    let words = [("tokenizer", view.tokenizer.clone())];
    html! { <>
        { sheet.show(t.text("measure"), rows) }
        <p class="hint">{ t.with("texts-note", &words) }</p>
    </> }
}

fn together(props: &Props, view: &AgreementView) -> Html {
    let t = &*props.locale;
    let names = view.metrics.iter();
    let column = |(i, name): (usize, &String)| html! { <th class="number" title={name.clone()}>{ i + 1 }</th> };
    let value = |c: Option<f64>| c.map_or("–".to_owned(), |c| format!("{c:.2}"));
    let cell = |of: &[Option<f64>; 3]| {
        html! {
            <td class="number">{ value(of[1]) }<br /><small>{ value(of[0]) }{ " · " }{ value(of[2]) }</small></td>
        }
    };
    let system = props
        .route
        .query
        .system
        .min(props.summary.systems.len() - 1);
    let words = [("system", props.summary.systems[system].clone())];
    html! { <>
        <p class="hint">{ t.with("agreement-note", &words) }</p>
        <div class="scroll" tabindex="0"><table class="ratings">
            <thead><tr><th>{ t.text("measure") }</th>{ for names.clone().enumerate().map(column) }</tr></thead>
            <tbody>{ for names.clone().zip(&view.matrix).enumerate().map(|(i, (name, row))| html! {
                <tr><th scope="row">{ i + 1 }{ " " }{ name }</th>{ for row.iter().map(cell) }</tr>
            }) }</tbody>
        </table></div>
    </> }
}

/// The choice of one of the two metrics that are held to each other.
fn measure(
    t: &Locale,
    names: &[String],
    pair: &UseStateHandle<[usize; 2]>,
    at: usize,
    id: &'static str,
) -> Html {
    let options = names.iter().enumerate();
    let options = options.map(|(i, n)| (i.to_string(), n.clone())).collect();
    let (state, now) = (pair.clone(), **pair);
    let set = Callback::from(move |value: String| {
        let mut next = now;
        next[at] = value.parse().unwrap_or_default();
        state.set(next);
    });
    choice(id, t.text(id), options, &now[at].to_string(), &set)
}

/// The segments on which two metrics disagree most.
fn apart(props: &Props, view: &DisagreementView) -> Html {
    let t = &*props.locale;
    if view.rows.is_empty() {
        return html! { <p class="hint">{ t.text("apart-none") }</p> };
    }
    let [first, second] = &view.metrics;
    let rows = view.rows.iter().map(|row| {
        let to = Route {
            page: Page::Examples,
            row: Some(row.row),
            ..props.route.clone()
        };
        let go = props.ask.reform(move |_: MouseEvent| Ask::Go(to.clone()));
        let cell = |at: usize| {
            let place = (100.0 * row.places[at]).round();
            html! { <td class="number">{ format!("{:.2}", row.scores[at]) }<br /><small>{ t.with("percentile", &[("place", place.to_string())]) }</small></td> }
        };
        html! { <tr><td><button class="quiet" onclick={go}>{ t.count(row.row + 1) }</button></td>{ cell(0) }{ cell(1) }<td>{ &row.text }</td></tr> }
    });
    html! {
        <div class="scroll" tabindex="0"><table class="ratings" id="apart">
            <thead><tr><th>{ t.text("row-number") }</th><th class="number">{ first }</th><th class="number">{ second }</th><th>{ t.text("output-text") }</th></tr></thead>
            <tbody>{ for rows }</tbody>
        </table></div>
    }
}
