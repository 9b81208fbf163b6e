//! The Ratings page's part about models that judge: what sways them, how far they agree with people, and their results
//! corrected by what people say.

use crate::components::table::{Table, cell, column, head, number, number_column, score};
use crate::pages::people::judge_tables::{confusion, corrected, slices};
use crate::pages::people::reasons::Reasons;
use crate::pages::people::view::Props;
use crate::verdict::{interval_of, signed};
use assay_locale::Locale;
use assay_protocol::ratings::RatingsView;
use assay_rating::analysis::judges::habits::{Length, Position, Repeats, ScaleUse};
use assay_rating::analysis::judges::people::{Agreement, Rate, Substitute};
use assay_rating::analysis::judges::{Judge, JudgeResult};
use assay_rating::analysis::reasons::ReasonSource;
use assay_rating::judgements::Scale;
use assay_stats::Interval;
use assay_stats::alternative_annotator::FEWEST_ITEMS;
use assay_stats::correlation::Correlation;
use assay_stats::decision::FEWEST_UNITS;
use yew::prelude::*;

/// A part of one as a percentage.
fn percent(part: f64) -> String {
    format!("{:.0}", 100.0 * part)
}

/// The ends of an interval of a part as percentages; a dash where there is none.
fn ends(interval: Option<Interval>) -> String {
    let ends = interval.map(|i| interval_of([i.low, i.high].map(percent)));
    ends.unwrap_or_else(|| "–".to_owned())
}

/// All judges.
pub fn judges(props: &Props, view: &RatingsView) -> Html {
    let t = &*props.locale;
    if view.analysis.judges.is_empty() {
        return Html::default();
    }
    html! {
        <section id="judges">
            <h2>{ t.text("judges") }</h2>
            <p class="hint">{ t.text("judges-hint") }</p>
            { for view.analysis.judges.iter().map(|judge| html! {
                <>
                    { one(t, view, judge) }
                    <Reasons locale={props.locale.clone()} route={props.route.clone()}
                        source={ReasonSource::Judge(judge.name.clone())} />
                </>
            }) }
        </section>
    }
}

fn one(t: &Locale, view: &RatingsView, judge: &Judge) -> Html {
    html! {
        <>
            <h3>{ &judge.name }</h3>
            { for judge.dimensions.iter().map(|found| dimension(t, view, found)) }
        </>
    }
}

fn dimension(t: &Locale, view: &RatingsView, found: &JudgeResult) -> Html {
    let dimension = &view.analysis.dimensions[found.dimension].dimension;
    let compares = dimension.scale == Scale::Preference;
    let words = [
        ("dimension", dimension.name.clone()),
        ("count", t.count(found.verdicts)),
    ];
    let lines = [
        compares.then(|| position(t, found.position.as_ref())),
        Some(repeats(t, found.repeats.as_ref(), compares)),
        found
            .length
            .as_ref()
            .map(|length| longer(t, length, found.length_of_people.as_ref())),
        agreement(t, found.agreement.as_ref()),
        found
            .agreement
            .as_ref()
            .map(|_| substitute(t, found.substitute.as_ref())),
    ];
    html! {
        <>
            <h4>{ t.with("judge-verdicts", &words) }</h4>
            <ul class="judge">{ for lines.into_iter().flatten().map(|line| html! { <li>{ line }</li> }) }</ul>
            { scales(t, found) }
            { found.agreement.as_ref().map(|a| confusion(t, &a.confusion, &dimension.scale)).unwrap_or_default() }
            { slices(t, &found.slices, &dimension.scale) }
            { corrected(t, view, found) }
        </>
    }
}

/// Whether the order of two outputs sways it.
fn position(t: &Locale, found: Option<&Position>) -> String {
    let Some(found) = found else {
        return t.text("judge-position-none");
    };
    let words = [
        ("items", t.count(found.items)),
        ("rate", percent(found.first_rate)),
        ("interval", ends(found.interval)),
        ("pairs", t.count(found.pairs)),
        ("same", t.count(found.consistent)),
        ("first", t.count(found.first_both)),
        ("second", t.count(found.second_both)),
    ];
    let key = match (found.items < FEWEST_UNITS, found.is_biased()) {
        (true, _) => "judge-position-few",
        (false, false) => "judge-position-fair",
        (false, true) if found.first_rate > 0.5 => "judge-position-first",
        (false, true) => "judge-position-second",
    };
    t.with(key, &words)
}

/// Whether it says the same twice.
fn repeats(t: &Locale, found: Option<&Repeats>, compares: bool) -> String {
    let Some(found) = found else {
        let key = match compares {
            true => "judge-repeats-none-pairs",
            false => "judge-repeats-none",
        };
        return t.text(key);
    };
    let words = [
        ("items", t.count(found.items)),
        ("rate", percent(found.same)),
        ("interval", ends(found.interval)),
        (
            "deviation",
            found.deviation.map_or(String::new(), |d| format!("{d:.2}")),
        ),
    ];
    let key = match (found.items < FEWEST_UNITS, found.deviation) {
        (true, _) => "judge-repeats-few",
        (false, None) => "judge-repeats",
        (false, Some(_)) => "judge-repeats-spread",
    };
    t.with(key, &words)
}

fn coefficient(found: Option<&Correlation>) -> String {
    let Some(found) = found else {
        return "–".to_owned();
    };
    let ends = found
        .interval
        .map(|ends| interval_of(ends.map(|end| signed(end, 2))));
    format!("{} {}", signed(found.value, 2), ends.unwrap_or_default())
}

/// Whether it favours longer outputs, beside people.
fn longer(t: &Locale, found: &Length, people: Option<&Length>) -> String {
    let of_people = people.filter(|p| p.items >= FEWEST_UNITS);
    let Some((rate, interval)) = found.longer_won else {
        let words = [
            ("outputs", t.count(found.count)),
            ("rho", coefficient(found.correlation.as_ref())),
            (
                "people",
                coefficient(of_people.and_then(|p| p.correlation.as_ref())),
            ),
        ];
        return match found.items < FEWEST_UNITS {
            true => t.with("judge-length-few", &[("items", t.count(found.items))]),
            false => t.with("judge-length-ratings", &words),
        };
    };
    if found.items < FEWEST_UNITS {
        return t.with("judge-length-few", &[("items", t.count(found.items))]);
    }
    let step = |place: usize| match found.steps.get(place) {
        Some((count, won)) if *count > 0 => format!("{} %", percent(*won)),
        _ => "–".to_owned(),
    };
    let words = [
        ("count", t.count(found.count)),
        ("rate", percent(rate)),
        ("interval", ends(interval)),
        ("little", step(0)),
        ("more", step(1)),
        ("much", step(2)),
    ];
    let sentence = t.with("judge-length", &words);
    let Some((rate, interval)) = of_people.and_then(|p| p.longer_won) else {
        return sentence;
    };
    let words = [("rate", percent(rate)), ("interval", ends(interval))];
    format!("{sentence} {}", t.with("judge-length-people", &words))
}

/// How far it agrees with people. Nothing where no people judged the same.
fn agreement(t: &Locale, found: Option<&Agreement>) -> Option<String> {
    let found = found?;
    let words = [
        ("count", t.count(found.count)),
        ("items", t.count(found.items)),
        ("rate", percent(found.same)),
        ("interval", ends(found.same_interval)),
        ("rho", coefficient(found.correlation.as_ref())),
        (
            "kappa",
            found.kappa.map_or("–".to_owned(), |k| format!("{k:.2}")),
        ),
        (
            "kappas",
            found.kappa_interval.map_or("–".to_owned(), |i| {
                interval_of([i.low, i.high].map(|end| format!("{end:.2}")))
            }),
        ),
    ];
    if found.items < FEWEST_UNITS {
        return Some(t.with("judge-people-few", &words));
    }
    let numbers_only = found.confusion.values.is_empty();
    let key = match numbers_only {
        true => "judge-people-numbers",
        false => "judge-people",
    };
    let mut sentence = t.with(key, &words);
    if let Some([yes, no]) = found.rates {
        let of = |r: Rate| match r.interval {
            Some(interval) => format!(
                "{} % {}",
                percent(r.right as f64 / r.all as f64),
                interval_of(interval.map(percent))
            ),
            None => "–".to_owned(),
        };
        let words = [("yes", of(yes)), ("no", of(no))];
        sentence = format!("{sentence} {}", t.with("judge-rates", &words));
    }
    Some(sentence)
}

/// Whether it can take a person's place.
fn substitute(t: &Locale, found: Option<&Substitute>) -> String {
    let Some(found) = found else {
        return t.with("judge-replace-few", &[("items", t.count(FEWEST_ITEMS))]);
    };
    let words = [
        ("matched", t.count(found.matched)),
        ("people", t.count(found.people)),
        ("advantage", percent(found.advantage)),
        ("granted", percent(found.granted)),
    ];
    let key = match (found.people < 3, found.passes()) {
        // With two people the other one alone is the measure of both.
        (true, _) => "judge-replace-two",
        (false, true) => "judge-replace-yes",
        (false, false) => "judge-replace-no",
    };
    t.with(key, &words)
}

/// How much of the scale it uses, beside people on the same outputs.
fn scales(t: &Locale, found: &JudgeResult) -> Html {
    let Some(own) = &found.scale else {
        return Html::default();
    };
    let row = |name: String, s: &ScaleUse| {
        let used = match s.possible {
            Some(possible) => t.with(
                "judge-scale-used",
                &[("used", t.count(s.used)), ("possible", t.count(possible))],
            ),
            None => t.count(s.used),
        };
        html! {
            <tr>
                { cell(name) }
                { number(used) }
                { number(format!("{} ({} %)", s.commonest, percent(s.part))) }
                { score(format!("{:.2}", s.mean)) }
                { number(format!("{:.2}", s.deviation)) }
            </tr>
        }
    };
    let people = found.scale_of_people.as_ref();
    html! {
        <Table label={t.text("judge-scale")} class="ratings">
            { head([
                column(t.text("rater")), number_column(t.text("judge-scale-values")), number_column(t.text("judge-scale-commonest")),
                number_column(t.text("mean")), number_column(t.text("spread")),
            ]) }
            <tbody>
                { row(t.text("judge-itself"), own) }
                if let Some(people) = people { { row(t.text("judge-people-same"), people) } }
            </tbody>
        </Table>
    }
}
