//! The page of A/B tests: A/B tests, task success and efficiency of a trial: what changed in sentences, every
//! outcome, then the chosen one in full, segments, funnel, percentiles and cost.

mod efficiency;
mod outcome;
mod plan;
mod roles;
mod view;

use crate::calls::{Calls, use_answer, use_calls};
use crate::components::charts::figure::key;
use crate::components::controls::choice;
use crate::components::file_button::{Choice, FileButton};
use crate::components::number_field::NumberField;
use crate::components::table::{Table, column, head, number, number_column};
use crate::pages::experiment::efficiency::efficiency;
use crate::pages::experiment::outcome::outcome_card;
use crate::pages::experiment::plan::PlanPanel;
use crate::pages::experiment::roles::roles;
use crate::pages::experiment::view::{Props, unit};
use crate::route::{Page, Route};
use crate::shell::ask::Ask;
use crate::typed::Typed;
use crate::verdict::interval_of;
use assay_data::import::stem;
use assay_experiment::view::{OutcomeView, TrialView};
use assay_experiment::{Correction, Settings};
use assay_locale::Locale;
use assay_protocol::data::ExampleName;
use assay_protocol::experiment::{ExperimentList, List, Open, Remove, SetSettings, Undo};
use assay_report::write::units_notes;
use assay_report::written::{bounds, change_within, p_value, value_within};
use assay_stats::Decision;
use assay_web_calls::Attachments;
use web_sys::File;
use yew::prelude::*;

/// The page of A/B tests.
#[function_component]
pub fn ExperimentPage(props: &Props) -> Html {
    let t = &*props.locale;
    let calls = use_calls();
    let answered = use_answer(List {});
    let chosen = use_state(|| 0usize);
    let list = match answered.shown(t) {
        Ok(list) => list,
        Err(instead) => return html! { <div class="page">{ instead }</div> },
    };
    let trials = &list.experiments;
    let Some(trial) = trials.get(props.route.trial.min(trials.len().saturating_sub(1))) else {
        let demo = props
            .ask
            .reform(|_: MouseEvent| Ask::LoadDemo(ExampleName::Support));
        return html! {
            <div class="page empty">
                <h1>{ t.text("business") }</h1>
                <p>{ t.text("business-empty") }</p>
                <p class="hint">{ t.text("business-formats") }</p>
                <p class="row">{ open(t, &calls) }<button onclick={demo}>{ t.text("try") }</button></p>
                <PlanPanel locale={props.locale.clone()} />
            </div>
        };
    };
    let place = props.route.trial.min(trials.len() - 1);
    let outcome = (*chosen).min(trial.outcomes.len().saturating_sub(1));
    let choose = {
        let chosen = chosen.clone();
        Callback::from(move |i: usize| chosen.set(i))
    };
    html! {
        <div class="page">
            <h1 class="visually-hidden">{ t.text("business") }</h1>
            { tabs(props, &calls, list, place) }
            <section class="answer" aria-live="polite">{ said(t, trial) }</section>
            <section>
                <h2>{ t.text("trial-outcomes") }</h2>
                { settings(t, &calls, place, trial) }
                { outcomes(t, trial, outcome, &choose) }
                <p class="hint">{ notes(t, trial) }</p>
            </section>
            { trial.outcomes.get(outcome).map(|o| outcome_card(props, trial, o)).unwrap_or_default() }
            { efficiency(props, trial) }
            { roles(t, &calls, place, trial) }
            <PlanPanel locale={props.locale.clone()} />
        </div>
    }
}

fn open(t: &Locale, calls: &Calls) -> Html {
    let calls = calls.clone();
    let open = Callback::from(move |files: Vec<File>| {
        calls.order_with(Open {}, Attachments::files(files), |()| {});
    });
    html! { <FileButton id="trials" label={t.text("choose-trials")} class="primary" choice={Choice::Files} {open} /> }
}

fn tabs(props: &Props, calls: &Calls, list: &ExperimentList, place: usize) -> Html {
    let t = &*props.locale;
    let remove = {
        let calls = calls.clone();
        let call = Remove { experiment: place };
        Callback::from(move |_: MouseEvent| calls.order(call.clone(), |()| {}))
    };
    let undo = {
        let calls = calls.clone();
        Callback::from(move |_: MouseEvent| calls.order(Undo {}, |_| {}))
    };
    html! {
        <p class="row tabs">
            { for list.experiments.iter().enumerate().map(|(i, trial)| {
                let to = Route { page: Page::Experiment, trial: i, ..props.route.clone() };
                html! { <a class="button" href={to.href()} aria-current={(i == place).then_some("true")}>{ stem(&trial.name) }</a> }
            }) }
            { open(t, calls) }
            <button id="forget-trial" class="quiet" onclick={remove}>{ t.text("remove") }</button>
            if list.can_undo { <button id="undo-trials" class="quiet" onclick={undo}>{ t.text("undo-step") }</button> }
        </p>
    }
}

/// The answer: of each arm what got better and worse, or that the split can't be trusted.
fn said(t: &Locale, trial: &TrialView) -> Html {
    if let Some(p) = trial.split.filter(|_| trial.mismatched()) {
        let words = [("trial", trial.name.clone()), ("p", p_value(p))];
        return html! { <p class="verdict worse" id="mismatch">{ t.with("note-mismatch", &words) }</p> };
    }
    let base = trial.arms.get(trial.baseline).map_or("", |a| &a.name);
    html! {
        <>{ for trial.arms.iter().enumerate().filter(|(i, _)| *i != trial.baseline).map(|(i, arm)| {
            let part = |wanted: Decision| {
                let fits = |o: &&OutcomeView| {
                    let decided = o.compared[i].as_ref().map(|c| c.decision(o.lower_is_better));
                    let untested = wanted == Decision::NoEvidence && o.untested.is_some();
                    decided == Some(wanted) || untested
                };
                let names: Vec<String> = trial.outcomes.iter().filter(fits).map(|o| o.name.clone()).collect();
                let words = [("outcomes", names.join(&t.text("list-comma")))];
                (!names.is_empty()).then(|| t.with(&format!("trial-said-{}", wanted.key()), &words))
            };
            let parts = [Decision::Better, Decision::Worse, Decision::NoEvidence].into_iter().filter_map(part);
            let words = [
                ("arm", arm.name.clone()),
                ("baseline", base.to_owned()),
                ("parts", parts.collect::<Vec<_>>().join(&t.text("list-semicolon"))),
            ];
            html! { <p class="verdict">{ key(i) }{ t.with("trial-said", &words) }</p> }
        }) }</>
    }
}

fn settings(t: &Locale, calls: &Calls, place: usize, trial: &TrialView) -> Html {
    let now = trial.settings.clone();
    let change = {
        let (now, calls) = (now.clone(), calls.clone());
        Callback::from(move |change: Box<dyn FnOnce(&mut Settings)>| {
            let mut settings = now.clone();
            change(&mut settings);
            let call = SetSettings {
                experiment: place,
                settings,
            };
            calls.order(call, |()| {});
        })
    };
    let set = |set: fn(&mut Settings, String)| {
        change.reform(move |value: String| -> Box<dyn FnOnce(&mut Settings)> {
            Box::new(move |settings| set(settings, value))
        })
    };
    let set_shares = change.reform(|shares: Option<Shares>| -> Box<dyn FnOnce(&mut Settings)> {
        Box::new(move |settings| settings.shares = shares.map(|Shares(parts)| parts))
    });
    let arms = trial
        .arms
        .iter()
        .map(|a| (a.name.clone(), a.name.clone()))
        .collect();
    let corrections = Correction::ALL
        .iter()
        .map(|(_, n)| ((*n).to_owned(), t.text(&format!("correction-{n}"))))
        .collect();
    let correction = Correction::ALL
        .iter()
        .find(|(c, _)| *c == now.correction)
        .map_or("holm", |(_, n)| n);
    let base = trial
        .arms
        .get(trial.baseline)
        .map_or(String::new(), |a| a.name.clone());
    let shares = now.shares.clone().map(Shares);
    html! {
        <p class="row settings">
            { choice("trial-baseline", t.text("baseline"), arms, &base, &set(|s, v| s.baseline = Some(v))) }
            { choice("correction", t.text("correction"), corrections, correction, &set(|s, v| {
                s.correction = Correction::ALL.iter().find(|(_, n)| *n == v).map_or(Correction::Holm, |(c, _)| *c);
            })) }
            if !trial.paired {
                <NumberField<Option<Shares>> id="shares" label={t.text("planned-shares")} value={shares} set={set_shares} />
            }
        </p>
    }
}

/// The arms' planned shares, in proportion to each other.
#[derive(Clone, PartialEq, PartialOrd)]
struct Shares(Vec<f64>);

impl Typed for Shares {
    const KIND: &'static str = "shares";

    fn read(text: &str) -> Option<Self> {
        let parts = text.split([':', ',', '/']).map(f64::read);
        let parts: Vec<f64> = parts.collect::<Option<_>>()?;
        parts.iter().all(|part| *part > 0.0).then_some(Self(parts))
    }

    fn written(&self) -> String {
        let parts: Vec<String> = self.0.iter().map(Typed::written).collect();
        parts.join(":")
    }
}

fn outcomes(t: &Locale, trial: &TrialView, chosen: usize, choose: &Callback<usize>) -> Html {
    let arms = trial.arms.iter().enumerate().map(|(i, arm)| {
        number_column(html! { <>
            { key(i) }{ &arm.name }if i == trial.baseline { <small>{ " · " }{ t.text("is-baseline") }</small> }
            <br /><small>{ t.with("sample-size", &[("count", t.count(arm.units as usize))]) }</small>
        </> })
    });
    html! {
        <Table label={t.text("trial-outcomes")} id="outcomes" class="matrix">
            { head([column(t.text("outcome"))].into_iter().chain(arms)) }
            <tbody>{ for trial.outcomes.iter().enumerate().map(|(i, outcome)| {
                let (arrow, way) = if outcome.lower_is_better { (" ↓", "lower") } else { (" ↑", "higher") };
                let onclick = choose.reform(move |_: MouseEvent| i);
                html! {
                    <tr class={classes!((i == chosen).then_some("chosen"))}>
                        <th scope="row"><button class="link" aria-pressed={(i == chosen).to_string()} {onclick}>{ &outcome.name }</button><small title={t.text(way)}>{ arrow }</small></th>
                        { for (0..trial.arms.len()).map(|a| number(cell(t, outcome, a))) }
                    </tr>
                }
            }) }</tbody>
        </Table>
    }
}

fn cell(t: &Locale, outcome: &OutcomeView, arm: usize) -> Html {
    let unit = unit(outcome);
    let Some(measured) = &outcome.arms[arm] else {
        return html! { { "–" } };
    };
    let ends = bounds(measured.interval, unit).map(|ends| format!(" {}", interval_of(ends)));
    let tested = outcome.compared[arm].as_ref().map(|c| {
        let decision = c.decision(outcome.lower_is_better);
        let (sign, class) = (decision.sign(), decision.key());
        let p = c.p_corrected.map_or(String::new(), |p| format!("{}{}", t.text("comma"), p_value(p)));
        let same = if class == "same" { format!("{}{}", t.text("comma"), t.text("same")) } else { String::new() };
        html! { <span class={classes!("change", class)}>{ format!("{sign} {}{same}{p}", change_within(c.difference, unit, c.interval)) }</span> }
    });
    html! { <><span class="score">{ value_within(measured.value, unit, measured.interval) }</span><span class="interval">{ ends.unwrap_or_default() }</span>{ tested.unwrap_or_default() }</> }
}

fn notes(t: &Locale, trial: &TrialView) -> String {
    let mut all = vec![t.text(if trial.paired {
        "trial-paired"
    } else {
        "trial-apart"
    })];
    all.extend(units_notes(t, trial));
    if let Some(p) = trial.split.filter(|_| !trial.mismatched()) {
        all.push(t.with("split-fine", &[("p", p_value(p))]));
    }
    if trial.unread > 0 {
        all.push(t.with("note-set-aside", &[("count", t.count(trial.unread))]));
    }
    let points = trial.points.notices();
    all.extend(points.map(|notice| t.with(&notice.key(), &notice.words())));
    all.join(" ")
}
