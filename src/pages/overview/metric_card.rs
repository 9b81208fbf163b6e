//! One metric in full: scores with intervals and tests, the distribution of segment scores, the
//! signature and the options.

use crate::components::charts::dot_plot::{Dot, Group, dot_plot};
use crate::components::charts::figure::{Figure, key};
use crate::components::charts::histogram::{Panels, histogram, histogram_table};
use crate::components::controls::{choice, words};
use crate::components::copy_button::CopyButton;
use crate::components::number_field::NumberField;
use crate::components::table::{
    Measures, Table, column, decided, head, number, number_column, score, system_column,
};
use crate::components::text::file_name;
use crate::pages::overview::margin::{margin, size_words};
use crate::pages::overview::view::View;
use crate::route::Route;
use crate::typed::Typed;
use crate::verdict::{
    Decision, decimal, decimals, interval_of, interval_text, p_text, signed, undecided_key,
};
use assay_locale::Locale;
use assay_protocol::scores::{RemoveMetric, SetOption};
use assay_protocol::views::MetricView;
use assay_protocol::views::{Order, Query};
use assay_results::metric_info::{Asset, OptionInfo, Origin};
use assay_results::scores::{Comparison, Difference, MetricResult, NoInterval, SystemResult};
use yew::prelude::*;

/// The card of the metric at `index`.
pub fn metric_card(page: &View, index: usize, view: &MetricView) -> Html {
    let t = &*page.locale;
    let metric = &view.result;
    let names: Vec<String> = metric.systems.iter().map(|s| s.name.clone()).collect();
    let colours: Vec<usize> = (0..names.len()).map(|i| page.colour(i)).collect();
    let width = page.card_width();
    let dots = dot_plot(&[group(page, index, metric)], width, metric.name.clone());
    let distribution = histogram(
        t,
        Some((&page.route, index)),
        &view.histogram,
        &Panels {
            names: &names,
            colours: &colours,
        },
        width,
    );
    html! {
        <section class="metric" id="metric">
            <h2>{ &metric.name }<small>{ t.text(direction(metric)) }</small></h2>
            <Figure locale={page.locale.clone()} name={file_name(&metric.name, "scores")} chart={dots} table={table(page, index, metric)} />
            { margin(page, index, metric) }
            <h3>{ t.text("distribution") }<small>{ t.text("distribution-hint") }</small></h3>
            <Figure locale={page.locale.clone()} name={file_name(&metric.name, "distribution")} chart={distribution}
                table={histogram_table(t, &view.histogram, &names)} />
            { parts(t, metric) }
            { about(page, metric) }
            { signature(page, metric) }
            { options(page, index, metric) }
            { removal(page, index, metric) }
        </section>
    }
}

/// The message that says which way is better.
pub fn direction(metric: &MetricResult) -> &'static str {
    if metric.lower_is_better {
        "lower"
    } else {
        "higher"
    }
}

/// The rows of a system, lowest score first.
fn rows_of(route: &Route, metric: usize, system: usize) -> String {
    let query = Query {
        metric,
        system,
        order: Order::Lowest,
        ..Query::default()
    };
    route.to_rows(query).href()
}

fn group(page: &View, index: usize, metric: &MetricResult) -> Group {
    let dot = |(system, s): (usize, &SystemResult)| {
        let d = decimals(s.interval, metric.max);
        let interval = s
            .interval
            .map_or(String::new(), |i| format!(" ± {:.d$}", i.half_width()));
        Dot {
            system: page.colour(system),
            name: s.name.clone(),
            value: s.score.value,
            interval: s.interval,
            written: decimal(s.score.value, d) + &interval,
        }
    };
    let baseline = metric.systems.iter().find(|s| s.comparison.is_none());
    Group {
        title: String::new(),
        href: rows_of(&page.route, index, page.route.query.system),
        dots: metric.systems.iter().enumerate().map(dot).collect(),
        baseline: baseline.map(|s| s.score.value),
    }
}

fn table(page: &View, index: usize, metric: &MetricResult) -> Html {
    let t = &*page.locale;
    html! {
        <Table label={metric.name.clone()}>
            { head([
                column(t.text("system")), number_column(t.text("score")), number_column(t.text("interval")),
                number_column(t.text("count-column")), number_column(t.text("change")), column(t.text("chance")), number_column(t.text("wins")),
            ]) }
            <tbody>{ for metric.systems.iter().enumerate().map(|(i, s)| {
                let d = decimals(s.interval, metric.max);
                let rows = page.summary.as_ref().map_or(0, |s| s.rows);
                let items = s.score.details.iter().find(|(name, _)| name == "items");
                let segments = items.map_or(rows, |(_, n)| *n as usize);
                html! {
                    <tr>
                        <th scope="row">{ key(page.colour(i)) }<a href={rows_of(&page.route, index, i)}>{ &s.name }</a></th>
                        { score(decimal(s.score.value, d)) }
                        { number(s.interval.map_or_else(|| no_interval(t, s), |v| interval_text(v, d))) }
                        { number(t.count(segments)) }
                        { comparison(page, metric, s, d) }
                    </tr>
                }
            }) }</tbody>
        </Table>
    }
}

/// Why a score has no interval; nothing while that is not known.
fn no_interval(t: &Locale, system: &SystemResult) -> String {
    match system.no_interval {
        Some(NoInterval::OneUnit) => t.text("no-interval-one"),
        Some(NoInterval::AllEqual) => t.text("no-interval-equal"),
        None => String::new(),
    }
}

/// What the p-value is of: resamples, or of a yes/no measure the rows that only one of the two has right.
fn p_of(page: &View, metric: &MetricResult, system: &str, c: &Comparison) -> String {
    let t = &*page.locale;
    let p = p_text(c.difference.p_corrected.unwrap_or(1.0));
    let Some([own, base]) = c.difference.discordant else {
        let samples = t.count(page.route.test.samples);
        return t.with("p-of", &[("p", p), ("samples", samples)]);
    };
    let baseline = metric.systems.iter().find(|s| s.comparison.is_none());
    let words = [
        ("p", p),
        ("system", system.to_owned()),
        (
            "baseline",
            baseline.map_or(String::new(), |s| s.name.clone()),
        ),
        ("own", t.count(own)),
        ("base", t.count(base)),
    ];
    t.with("p-of-mcnemar", &words)
}

/// Why a difference is not significant; with how many rows or clusters would do, where there are too few.
fn undecided(t: &Locale, metric: &MetricResult, difference: &Difference) -> String {
    let key = undecided_key(metric, difference);
    let known = difference.units.zip(difference.needed);
    let Some((units, needed)) = known.filter(|_| key == "obstacle-too-few") else {
        return t.text(key);
    };
    let words = [
        ("units", t.count(units)),
        ("needed", t.count(needed as usize)),
    ];
    t.with("too-few-needed", &words)
}

fn comparison(page: &View, metric: &MetricResult, system: &SystemResult, d: usize) -> Html {
    let t = &*page.locale;
    let Some(c) = &system.comparison else {
        return html! { <><td></td><td class="same">{ t.text("is-baseline") }</td><td></td></> };
    };
    let chance = metric
        .decision(&c.difference)
        .map_or_else(Html::default, |verdict| {
            let said = match verdict {
                Decision::NoEvidence => undecided(t, metric, &c.difference),
                other => t.text(other.key()),
            };
            let words = p_of(page, metric, &system.name, c);
            decided(verdict, format!("{said}{}{words}", t.text("colon")))
        });
    let ends = c.difference.interval;
    let ends = ends.map_or(String::new(), |ends| {
        format!(" {}", interval_of(ends.map(|end| signed(end, d))))
    });
    html! {
        <>
            { number(signed(c.difference.value, d) + &ends) }
            <td>{ chance }{ size_words(t, metric, c).map(|words| html! { <small class="fact">{ words }</small> }).unwrap_or_default() }</td>
            { number(format!("{} / {} / {}", t.count(c.wins), t.count(c.ties), t.count(c.losses))) }
        </>
    }
}

/// What each score is made of, under the tool's own names.
fn parts(t: &Locale, metric: &MetricResult) -> Html {
    let names = metric.systems.first().map_or(&[][..], |s| &s.score.details);
    if names.is_empty() {
        return Html::default();
    }
    let value = |x: f64| match x.fract() == 0.0 && x.abs() < 1e15 {
        true => t.count(x as usize),
        false => decimal(x, 4),
    };
    let systems = metric.systems.iter().enumerate();
    let systems = systems.map(|(i, s)| system_column(i, &s.name));
    let measures = Measures {
        columns: &metric.systems,
    };
    html! {
        <details class="parts">
            <summary>{ t.text("parts") }</summary>
            <Table label={t.text("parts")} class="scores">
                { head([column(t.text("measure"))].into_iter().chain(systems)) }
                <tbody>{ for names.iter().enumerate().map(|(row, (name, _))| {
                    measures.row(name.clone(), |s| s.score.details.get(row).map(|(_, x)| value(*x)))
                }) }</tbody>
            </Table>
        </details>
    }
}

/// What the metric measures, its range, what to beware of, where it comes from.
fn about(page: &View, metric: &MetricResult) -> Html {
    let t = &*page.locale;
    let topic = metric.info.topic.as_str();
    let best = metric.info.best;
    let worst = if metric.lower_is_better {
        "range-lower"
    } else {
        "range-higher"
    };
    let words = [
        ("best", format!("{best}")),
        ("max", format!("{}", metric.max)),
    ];
    let range = match topic {
        "perplexity" | "people" | "distinct" | "repeated" | "numeric-error" => {
            t.text(&format!("range-{topic}"))
        }
        _ => t.with(worst, &words),
    };
    let source = &metric.info.source;
    html! {
        <details class="about">
            <summary>{ t.with("about-metric", &[("metric", metric.name.clone())]) }</summary>
            <dl>
                <dt>{ t.text("about-what") }</dt><dd>{ t.text(&format!("what-{topic}")) }</dd>
                <dt>{ t.text("about-range") }</dt><dd>{ range }</dd>
                <dt>{ t.text("about-beware") }</dt><dd>{ t.text(&format!("beware-{topic}")) }</dd>
                if !source.is_empty() { <dt>{ t.text("about-source") }</dt><dd>{ source }
                    if is_by_jieba(metric) { { "; " }<a href="./jieba-licence.txt">{ t.text("jieba-licence") }</a> }
                    if topic == "meteor" { { "; " }<a href="./wordnet-licence.txt">{ t.text("wordnet-licence") }</a> }</dd> }
            </dl>
        </details>
    }
}

/// Whether it cuts words by jieba's dictionary.
fn is_by_jieba(metric: &MetricResult) -> bool {
    metric.info.asset == Some(Asset::Jieba)
}

/// The way to take a metric away that was added.
fn removal(page: &View, metric: usize, result: &MetricResult) -> Html {
    let listed = page.scores.metrics.get(metric);
    let is_computed = result.info.origin == Origin::Texts;
    let Some(listed) = listed.filter(|m| m.is_added && is_computed) else {
        return Html::default();
    };
    let (calls, metric) = (page.calls.clone(), listed.id);
    let onclick = Callback::from(move |_: MouseEvent| {
        calls.order(RemoveMetric { metric }, |()| {});
    });
    let words = [("name", result.name.clone())];
    html! { <button id="remove-metric" disabled={page.scoring} {onclick}>{ page.locale.with("remove-name", &words) }</button> }
}

fn signature(page: &View, metric: &MetricResult) -> Html {
    html! {
        <p class="signature row"><span>{ page.locale.text("signature") }</span>
            <code>{ &metric.signature }</code>
            <CopyButton locale={page.locale.clone()} text={metric.signature.clone()} label={page.locale.text("copy")} class="quiet" /></p>
    }
}

/// An option that is a number.
fn number_option(option: OptionInfo, set: &Callback<String>) -> Html {
    let value = Option::<f64>::read(&option.value).flatten();
    let set = set.reform(|value: Option<f64>| value.written());
    html! { <NumberField<Option<f64>> id={option.name.clone()} label={option.name} {value} {set} /> }
}

/// The metric's options under the reference tool's own names.
fn options(page: &View, metric: usize, result: &MetricResult) -> Html {
    let Some(metric) = page.scores.metrics.get(metric).map(|m| m.id) else {
        return Html::default();
    };
    let options = result.info.options.clone();
    // An encoder's are set where it is run.
    if options.is_empty() || result.info.origin == Origin::Encoder {
        return Html::default();
    }
    html! {
        <details class="options">
            <summary>{ page.locale.text("options") }</summary>
            <p class="row">{ for options.into_iter().map(|option| {
                let name = option.name.clone();
                let calls = page.calls.clone();
                let set = Callback::from(move |value: String| {
                    let option = name.clone();
                    calls.order(SetOption { metric, option, value }, |()| {});
                });
                if option.is_text {
                    words(option.name.clone(), option.name.clone(), option.value, &set)
                } else if option.choices.is_empty() {
                    number_option(option, &set)
                } else {
                    let choices = option.choices.iter().map(|c| (c.clone(), c.clone())).collect();
                    choice(option.name.clone(), option.name.clone(), choices, &option.value, &set)
                }
            }) }</p>
        </details>
    }
}
