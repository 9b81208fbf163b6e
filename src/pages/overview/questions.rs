//! The part of the Compare page that goes beyond the scores: other tests of the chosen metric's segments, how
//! the metrics go together, what the texts are in themselves. Each part is asked for when it is opened.

use crate::calls::use_answer;
use crate::components::charts::figure::key;
use crate::components::controls::choice;
use crate::components::table::{
    Measures, Table, column, head, number, number_column, row_heading, system_column,
};
use crate::pages::overview::error_bars::error_bars;
use crate::pages::overview::outliers::outliers_part;
use crate::shell::ask::Ask;
use crate::shell::context::{PageContext, use_page};
use crate::verdict::{decimal, digits, interval_of, p_text, score_text, signed};
use assay_calls::Call;
use assay_locale::Locale;
use assay_protocol::scores::{
    Disagreements, MetricAgreement, Outliers, PairedTests, ScoresView, StandardErrors,
    TextStatistics,
};
use assay_protocol::views::Summary;
use assay_results::diversity::Diversity;
use assay_results::outliers::OutliersView;
use assay_results::questions::{
    AgreementView, DisagreementView, ErrorBarsView, PairView, PairsView, TextsView,
};
use std::hash::Hash;
use std::rc::Rc;
use yew::prelude::*;

/// What the panel shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What is loaded.
    pub summary: Rc<Summary>,
    /// The metrics with their results.
    pub scores: Rc<ScoresView>,
    /// The chosen metric's place.
    pub metric: usize,
    /// The chosen metric's greatest score.
    pub max: f64,
    /// Whether all scores are there.
    pub scored: bool,
}

/// What all parts of the panel show.
struct View {
    page: PageContext,
    summary: Rc<Summary>,
    /// The metrics' names.
    names: Vec<String>,
    /// The system that is looked at.
    system: usize,
    max: f64,
}

/// The panel.
#[function_component]
pub fn QuestionsPanel(props: &Props) -> Html {
    let page = use_page();
    let pair = use_state(|| [0, 1]);
    let systems = props.summary.systems.len();
    let view = Rc::new(View {
        system: page.route.query.system.min(systems.saturating_sub(1)),
        summary: props.summary.clone(),
        names: props.scores.names(),
        max: props.max,
        page,
    });
    let t = &*view.page.locale;
    let last = view.names.len().saturating_sub(1);
    let ids = |place: usize| props.scores.metrics.get(place).map(|m| m.id);
    let Some(metric) = ids(props.metric.min(last)) else {
        return Html::default();
    };
    let system = view.system;
    let name = view.names.get(props.metric).cloned().unwrap_or_default();
    let [pairs_title, errors_title] = ["question-pairs", "question-errors"]
        .map(|title| t.with(title, &[("metric", name.clone())]));
    let ready = props.scored;
    let pair_now = (*pair).map(|place| place.min(last));
    let several = ids(pair_now[0]).zip(ids(pair_now[1])).filter(|_| last > 0);
    let tests = Question::new(&view, |view, found: &Option<PairsView>| {
        found.as_ref().map(|found| other_tests(view, found))
    });
    let errors = Question::new(&view, |view, found: &Option<ErrorBarsView>| {
        let found = found.as_ref();
        found.map(|found| error_bars(&view.page.locale, &view.summary.systems, found))
    });
    let outliers = Question::new(&view, |view, found: &Option<OutliersView>| {
        let found = found.as_ref();
        found.map(|found| outliers_part(&view.page, view.max, found))
    });
    let agreement = Question::new(&view, |view, found| Some(together(view, found)));
    let maxima = pair_now.map(|place| {
        let result = props.scores.results.get(place);
        result.map_or(1.0, |view| view.result.max)
    });
    let choices = html! { <p class="row">{ measure(t, &view.names, &pair, 0, "apart-first") }{ measure(t, &view.names, &pair, 1, "apart-second") }</p> };
    let disagreements = Question::new(&view, move |view, found: &Option<DisagreementView>| {
        let choices = choices.clone();
        found
            .as_ref()
            .map(|found| html! { <>{ choices }{ apart(view, maxima, found) }</> })
    });
    let texts = Question::new(&view, |view, found| {
        Some(in_themselves(&view.page.locale, &view.summary, found))
    });
    html! {
        <section id="questions">
            <h2>{ t.text("questions") }</h2>
            if systems > 1 {
                <Asked<PairedTests> id="q-pairs" title={pairs_title} call={PairedTests { metric }} {ready} show={tests} />
            }
            <Asked<StandardErrors> id="q-errors" title={errors_title} call={StandardErrors { metric }} {ready} show={errors} />
            <Asked<Outliers> id="q-outliers" title={t.text("question-outliers")} call={Outliers { metric, system }} {ready} show={outliers} />
            if let Some((first, second)) = several {
                <Asked<MetricAgreement> id="q-agreement" title={t.text("question-agreement")} call={MetricAgreement { system }} {ready} show={agreement} />
                <Asked<Disagreements> id="q-apart" title={t.text("apart")} call={Disagreements { system, metrics: [first, second] }} {ready} show={disagreements} />
            }
            <Asked<TextStatistics> id="q-texts" title={t.text("question-texts")} call={TextStatistics {}} {ready} show={texts} />
        </section>
    }
}

/// How the reply to a question is shown; nothing while there is none.
struct Question<C: Call>(Rc<Drawn<C>>);

/// Draws a reply; nothing where it says nothing.
type Drawn<C> = dyn Fn(&<C as Call>::Reply) -> Option<Html>;

impl<C: Call> Question<C> {
    fn new(view: &Rc<View>, show: impl Fn(&View, &C::Reply) -> Option<Html> + 'static) -> Self {
        let view = view.clone();
        Self(Rc::new(move |reply| show(&view, reply)))
    }
}

impl<C: Call> Clone for Question<C> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<C: Call> PartialEq for Question<C> {
    /// It is made anew with the panel, which is when it may show something else.
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

#[derive(Properties, PartialEq)]
struct AskedProps<C: Call + PartialEq> {
    id: &'static str,
    title: String,
    call: C,
    /// Whether all scores are there.
    ready: bool,
    show: Question<C>,
}

/// A part that is asked for once it is open.
#[function_component]
fn Asked<C>(props: &AskedProps<C>) -> Html
where
    C: Call + Hash + Eq + Clone,
{
    let page = use_page();
    let t = &*page.locale;
    let open = use_state(|| false);
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
                <p class="hint">{ t.text("question-unready") }</p>
            } else if *open {
                <Reply<C> call={props.call.clone()} show={props.show.clone()} />
            }
        </details>
    }
}

#[derive(Properties, PartialEq)]
struct ReplyProps<C: Call + PartialEq> {
    call: C,
    show: Question<C>,
}

/// The reply to a question.
#[function_component]
fn Reply<C>(props: &ReplyProps<C>) -> Html
where
    C: Call + Hash + Eq + Clone,
{
    let page = use_page();
    let t = &*page.locale;
    let answer = use_answer(props.call.clone());
    let shown = match answer.shown(t) {
        Ok(reply) => (props.show.0)(reply),
        Err(instead) => Some(instead),
    };
    shown.unwrap_or_else(|| html! { <p class="hint" role="status">{ t.text("calculating") }</p> })
}

fn other_tests(shown: &View, view: &PairsView) -> Html {
    let t = &*shown.page.locale;
    let digits = digits(shown.max);
    let fine = |x: f64| signed(x, digits);
    let baseline = shown
        .page
        .route
        .baseline
        .min(shown.summary.systems.len() - 1);
    let place = |name: &str| shown.summary.systems.iter().position(|s| s == name);
    let names = view.systems.iter();
    let colour = |name: &str| place(name).map_or(0, |system| shown.summary.colour(system));
    let names = names.map(|s| system_column(colour(&s.name), &s.name));
    let measures = Measures {
        columns: &view.systems,
    };
    let row = |name: &str, of: &dyn Fn(&PairView) -> Option<String>| measures.row(t.text(name), of);
    let p = |p: Option<f64>| p.map(p_text);
    let several = view.systems.len() > 1;
    let rows = html! { <tbody>
        { row("pairs", &|s| Some(t.count(s.pairs))) }
        if view.systems.iter().any(|s| s.clusters.is_some()) {
            { row("pair-clusters", &|s| s.clusters.map(|n| t.count(n))) }
        }
        { row("mean-difference", &|s| {
            let ends = s.interval.map(|ends| format!(" {}", interval_of(ends.map(fine))));
            Some(fine(s.mean) + &ends.unwrap_or_default())
        }) }
        { row("student", &|s| p(s.student)) }
        { row("wilcoxon", &|s| p(s.wilcoxon)) }
        { row("mcnemar", &|s| p(s.mcnemar)) }
        if several {
            { row("corrected-holm", &|s| p(s.corrected.map(|c| c[0]))) }
            { row("corrected-bh", &|s| p(s.corrected.map(|c| c[1]))) }
        }
        { row("cohens-d", &|s| s.effect.map(|d| signed(d, 3))) }
        { row("cliffs-delta", &|s| s.delta.map(|d| signed(d, 3))) }
        { row("smallest", &|s| s.smallest.map(|d| format!("{d:.digits$}"))) }
        { row("needed", &|s| s.needed.map(|n| t.count(n as usize))) }
    </tbody> };
    let words = [("baseline", shown.summary.systems[baseline].clone())];
    html! { <>
        <Table label={t.with("pairs-note", &words)} class="ratings">{ head([column(t.text("measure"))].into_iter().chain(names)) }{ rows }</Table>
        <p class="hint">{ t.with("pairs-note", &words) }</p>
    </> }
}

fn in_themselves(t: &Locale, summary: &Summary, view: &TextsView) -> Html {
    let own = view.systems.len() - usize::from(view.has_reference);
    let name = |(i, (name, _)): (usize, &(String, Diversity))| {
        number_column(html! { <>if i < own { { key(summary.colour(i)) } }{ name }</> })
    };
    let names = view.systems.iter().enumerate().map(name);
    let measures = Measures {
        columns: &view.systems,
    };
    let row = |name: String, of: &dyn Fn(&Diversity) -> Option<String>| {
        measures.row(name, |(_, d)| of(d))
    };
    let length = view.systems.get(own).map(|(_, reference)| reference.tokens);
    let rows = html! { <tbody>
        { row(t.text("texts-characters"), &|d| Some(format!("{:.1}", d.characters))) }
        { row(t.text("texts-tokens"), &|d| Some(format!("{:.1}", d.tokens))) }
        { row(t.text("texts-ratio"), &|d| Some(format!("{:.3}", d.tokens / length.filter(|l| *l > 0.0)?))) }
        { for (0..3).map(|n| row(format!("distinct-{}", n + 1), &move |d| {
            let (different, all) = d.grams[n];
            (all > 0).then(|| format!("{:.4}", different as f64 / all as f64))
        })) }
        { row(t.text("texts-mtld"), &|d| d.mtld.map(|m| format!("{m:.1}"))) }
        { for (0..3).map(|n| row(format!("self-BLEU-{}", n + 2), &move |d| d.self_bleu.map(|b| format!("{:.4}", b[n])))) }
        { row(t.text("texts-compression"), &|d| d.compression.map(|c| decimal(c, 2))) }
    </tbody> };
    let words = [("tokenizer", view.tokenizer.clone())];
    html! { <>
        <Table label={t.text("question-texts")} class="ratings">{ head([column(t.text("measure"))].into_iter().chain(names)) }{ rows }</Table>
        <p class="hint">{ t.with("texts-note", &words) }</p>
    </> }
}

fn together(shown: &View, view: &AgreementView) -> Html {
    let t = &*shown.page.locale;
    let names = view.metrics.iter();
    let numbered = |(i, name): (usize, &String)| html! { <th scope="col" class="number" title={name.clone()} aria-label={name.clone()}>{ i + 1 }</th> };
    let value = |c: Option<f64>| c.map_or("–".to_owned(), |c| decimal(c, 2));
    let cell = |of: &[Option<f64>; 3]| {
        number(
            html! { <>{ value(of[1]) }<br /><small>{ value(of[0]) }{ " · " }{ value(of[2]) }</small></> },
        )
    };
    let words = [("system", shown.summary.systems[shown.system].clone())];
    html! { <>
        <p class="hint">{ t.with("agreement-note", &words) }</p>
        <Table label={t.text("question-agreement")} class="ratings">
            { head([column(t.text("measure"))].into_iter().chain(names.clone().enumerate().map(numbered))) }
            <tbody>{ for names.clone().zip(&view.matrix).enumerate().map(|(i, (name, row))| html! {
                <tr>{ row_heading(format!("{} {name}", i + 1)) }{ for row.iter().map(cell) }</tr>
            }) }</tbody>
        </Table>
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

/// The segments on which two metrics disagree most; `maxima` are the metrics' greatest scores.
fn apart(shown: &View, maxima: [f64; 2], view: &DisagreementView) -> Html {
    let t = &*shown.page.locale;
    if view.rows.is_empty() {
        return html! { <p class="hint">{ t.text("apart-none") }</p> };
    }
    let [first, second] = &view.metrics;
    let rows = view.rows.iter().map(|row| {
        let to = shown.page.route.to_row(row.row);
        let go = shown.page.ask.reform(move |_: MouseEvent| Ask::Go(to.clone()));
        let cell = |at: usize| {
            let place = (100.0 * row.places[at]).round();
            number(html! { <>{ score_text(row.scores[at], maxima[at]) }<br /><small>{ t.with("percentile", &[("place", place.to_string())]) }</small></> })
        };
        html! { <tr><td><button class="quiet" onclick={go}>{ t.count(row.row + 1) }</button></td>{ cell(0) }{ cell(1) }<td>{ &row.text }</td></tr> }
    });
    html! {
        <Table label={t.text("apart")} class="ratings" id="apart">
            { head([column(t.text("row-number")), number_column(first), number_column(second), column(t.text("output"))]) }
            <tbody>{ for rows }</tbody>
        </Table>
    }
}
