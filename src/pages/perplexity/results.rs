//! What came out on the Perplexity page: each column of texts under each model, the change between
//! two models with its test, how the texts are distributed, and the slices.

use crate::components::charts::figure::Figure;
use crate::components::charts::histogram::{Panels, histogram, histogram_table};
use crate::components::slices;
use crate::components::table::{
    Table, cell, column, decided, head, number, number_column, row_heading, score, system,
};
use crate::components::text::file_name;
use crate::pages::perplexity::view::View;
use crate::route::Page;
use crate::verdict::{Decision, decimals, interval_text, p_text, signed, undecided_key};
use assay_locale::Locale;
use assay_protocol::models::ColumnComparison;
use assay_protocol::views::ExportKind;
use assay_results::metric_info::Origin;
use assay_results::perplexity::{TOP, TokenFigures};
use assay_results::scores::SystemResult;
use yew::prelude::*;

/// Perplexities of real texts lie around this; it sets the digits where there is no interval.
const USUAL: f64 = 100.0;

/// The section of results; nothing until there are some.
pub fn results(view: &View<'_>) -> Html {
    let props = view.props;
    let t = &*props.locale;
    let compared = &view.comparison;
    let Some(first) = compared.first() else {
        return Html::default();
    };
    let export = props.ask.reform(|_: MouseEvent| {
        let kind = ExportKind::Json;
        crate::shell::ask::Ask::Export(kind)
    });
    let numbers = |name: &str| number_column(t.text(name));
    html! {
        <section id="perplexity-results">
            <h2>{ t.text("perplexity") }<small>{ t.text("lower") }</small></h2>
            { sentences(t, compared) }
            <Table label={t.text("perplexity")} id="perplexity-table">
                { head([
                    column(t.text("texts")), column(t.text("model")), numbers("perplexity"), numbers("interval"), numbers("change"),
                    column(t.text("chance")), numbers("tokens"), numbers("mean-perplexity"), numbers("bits-per-byte"),
                    numbers("byte-perplexity"), numbers("word-perplexity"),
                ]) }
                <tbody>{ for compared.iter().flat_map(|column| rows(t, column)) }</tbody>
            </Table>
            <p class="signature"><span>{ t.text("signature") }</span>{ " " }<code>{ &first.result.signature }</code></p>
            <p class="row">{ overview_link(view) }<button id="export-models" onclick={export}>{ t.text("export-json") }</button></p>
            { for compared.iter().map(|column| more(view, column)) }
        </section>
    }
}

/// With two models, what changed on each column in words.
fn sentences(t: &Locale, compared: &[ColumnComparison]) -> Html {
    let sentence = |view: &ColumnComparison| {
        let [first, second] = &view.result.systems[..] else {
            return None;
        };
        let difference = second.comparison?.difference;
        let verdict = view.result.decision(&difference)?;
        // "No significant difference" beside a small p-value would contradict itself.
        let reason = undecided_key(&view.result, &difference);
        let words = [
            ("texts", view.result.name.clone()),
            ("first", first.name.clone()),
            ("second", second.name.clone()),
            ("p", p_text(difference.p_corrected?)),
            ("reason", t.text(reason)),
        ];
        let key = match verdict {
            Decision::NoEvidence if reason != "same" => "models-undecided".to_owned(),
            _ => format!("models-{}", verdict.key()),
        };
        Some(html! { <p class={classes!("verdict", verdict.key())}>{ t.with(&key, &words) }</p> })
    };
    html! { <>{ for compared.iter().filter_map(sentence) }</> }
}

/// A number with a fixed number of digits behind the point; a very large one by its power of ten.
fn written(number: f64, digits: usize) -> String {
    if number < 1e6 {
        format!("{number:.digits$}")
    } else {
        format!("{number:.2e}")
    }
}

fn rows(t: &Locale, view: &ColumnComparison) -> Vec<Html> {
    let result = &view.result;
    let row = |(i, s): (usize, &SystemResult)| {
        let d = decimals(s.interval, USUAL);
        let interval = s.interval.map(|v| interval_text(v, d));
        let detail = |name: &str| {
            let found = s.score.details.iter().find(|(n, _)| n == name);
            found.map_or(0.0, |(_, value)| *value)
        };
        let difference = s.comparison.map(|c| c.difference);
        let change = difference.map(|c| signed(c.value, d));
        let chance = difference.and_then(|c| {
            let decision = result.decision(&c)?;
            let key = match decision {
                Decision::NoEvidence => undecided_key(result, &c),
                _ => decision.key(),
            };
            Some((decision, key, c.p_corrected?))
        });
        html! {
            <tr>
                { row_heading(&result.name) }
                { cell(system(i, &s.name)) }
                { score(format!("{:.d$}", s.score.value)) }
                { number(interval.unwrap_or_default()) }
                { number(change.unwrap_or_default()) }
                { cell(chance.map_or_else(Html::default, |(decision, key, p)| {
                    decided(decision, format!("{}{}{}", t.text(key), t.text("colon"), p_text(p)))
                })) }
                { number(t.count(detail("tokens") as usize)) }
                { number(written(detail("mean_perplexity"), 1)) }
                { number(written(detail("bits_per_byte"), 3)) }
                { number(written(detail("byte_perplexity"), 3)) }
                { number(written(detail("word_perplexity"), 1)) }
            </tr>
        }
    };
    result.systems.iter().enumerate().map(row).collect()
}

/// The Compare page has the outputs' perplexity beside the other measures.
fn overview_link(page: &View<'_>) -> Html {
    let props = page.props;
    let mut found = props.metrics.iter();
    let index = found.position(|m| m.result.info.origin == Origin::Model);
    let Some(metric) = index else {
        return Html::default();
    };
    let mut route = props.route.on_page(Page::Overview);
    route.query.metric = metric;
    html! { <a class="button" href={route.href()}>{ props.locale.text("see-overview") }</a> }
}

/// One column's distribution and slices.
fn more(page: &View<'_>, view: &ColumnComparison) -> Html {
    let props = page.props;
    let t = &*props.locale;
    let result = &view.result;
    let names: Vec<String> = result.systems.iter().map(|s| s.name.clone()).collect();
    let sliced = result.systems.iter().any(|s| !s.slices.is_empty());
    let panels = Panels {
        names: &names,
        colours: &[],
    };
    let chart = histogram(t, None, &view.histogram, &panels, props.width.min(1086.0));
    let table = histogram_table(t, &view.histogram, &names);
    let name = file_name("perplexity", &result.name);
    html! {
        <details class="column-results">
            <summary>{ t.with("column-more", &[("name", result.name.clone())]) }</summary>
            <Figure locale={props.locale.clone()} {name} {chart} {table} />
            { tokens(t, view) }
            if sliced { { slices::table(t, result) } }
        </details>
    }
}

/// What each model says of the tokens besides their perplexity; nothing where it was not kept.
fn tokens(t: &Locale, view: &ColumnComparison) -> Html {
    let models = view.result.systems.iter().zip(&view.tokens).enumerate();
    let known = models.filter_map(|(i, (model, figures))| Some((i, &model.name, (*figures)?)));
    let known: Vec<(usize, &String, TokenFigures)> = known.collect();
    if known.is_empty() {
        return Html::default();
    }
    let bits = |nats: f64| nats / std::f64::consts::LN_2;
    let top = TOP
        .iter()
        .map(|top| number_column(t.with("top-tokens", &[("count", t.count(*top as usize))])));
    let others = [
        "mean-surprisal",
        "mean-entropy",
        "beyond-expected",
        "lowest-fifth",
    ];
    html! {
        <>
            <Table label={t.text("token-figures")} class="scores token-figures">
                { head([column(t.text("model"))].into_iter().chain(top).chain(others.map(|key| number_column(t.text(key))))) }
                <tbody>{ for known.iter().map(|(i, name, figures)| html! {
                    <tr>
                        <th scope="row">{ system(*i, name) }</th>
                        { for figures.top.iter().map(|share| number(format!("{:.1}\u{a0}%", 100.0 * share))) }
                        { number(format!("{:.3}", bits(figures.surprisal))) }
                        { number(format!("{:.3}", bits(figures.entropy))) }
                        { number(signed(bits(figures.surprisal - figures.entropy), 3)) }
                        { number(figures.lowest_fifth.map_or_else(|| "–".to_owned(), |mean| signed(bits(mean), 3))) }
                    </tr>
                }) }</tbody>
            </Table>
            <p class="hint">{ t.text("token-figures-hint") }</p>
        </>
    }
}
