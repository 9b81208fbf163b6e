//! What counts, stated beforehand: the purpose, and goals that the verdict is passed against.

use crate::calls::{Calls, use_calls};
use crate::components::controls::{choice, words};
use crate::components::number_field::NumberField;
use assay_locale::Locale;
use assay_protocol::report::{Candidate, ReportView, SetGoals};
use assay_report::goals::{Goal, Goals, Measure};
use assay_report::rules::Unit;
use assay_report::written::measure;
use std::rc::Rc;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What the panel shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Words.
    pub locale: Rc<Locale>,
    /// The report, with what goals may be set on.
    pub view: Rc<ReportView>,
}

/// Changes what was stated.
fn change(calls: &Calls, view: &ReportView, with: impl FnOnce(&mut Goals)) {
    let mut goals = view.goals.clone();
    with(&mut goals);
    calls.order(SetGoals { goals }, |()| {});
}

fn candidate<'a>(view: &'a ReportView, measure: &Measure) -> Option<&'a Candidate> {
    view.candidates.iter().find(|c| measure.means(&c.measure))
}

/// The panel.
#[function_component]
pub fn GoalsPanel(props: &Props) -> Html {
    let t = &*props.locale;
    let view = &props.view;
    let calls = use_calls();
    let set_purpose = {
        let (view, calls) = (view.clone(), calls.clone());
        Callback::from(move |purpose: String| {
            change(&calls, &view, |goals| goals.purpose = purpose);
        })
    };
    let add = {
        let (view, calls) = (view.clone(), calls.clone());
        Callback::from(move |place: String| {
            let Some(found) = place
                .parse()
                .ok()
                .and_then(|i: usize| view.candidates.get(i))
            else {
                return;
            };
            let system = found.systems.first().cloned().unwrap_or_default();
            change(&calls, &view, |goals| {
                goals.goals.push(Goal {
                    measure: found.measure.clone(),
                    system,
                    least: 0.0,
                    after_results: false,
                });
            });
        })
    };
    let mut options = vec![(String::new(), t.text("goal-choose"))];
    options.extend(
        view.candidates
            .iter()
            .enumerate()
            .map(|(i, c)| (i.to_string(), measure(&c.measure))),
    );
    html! {
        <section class="screen" id="goals">
            <h2>{ t.text("goals") }</h2>
            <p class="hint">{ t.text("goals-hint") }</p>
            { words("purpose", t.text("purpose"), view.goals.purpose.clone(), &set_purpose) }
            if !view.goals.goals.is_empty() {
                <ul class="plain goals">{ for view.goals.goals.iter().enumerate().map(|(i, goal)| one(props, &calls, i, goal)) }</ul>
            }
            if !view.candidates.is_empty() {
                <p>{ choice("add-goal", t.text("add-goal"), options, "", &add) }</p>
            }
            <NameGoal locale={props.locale.clone()} view={props.view.clone()} />
        </section>
    }
}

/// A goal on what is not there yet, by its name.
#[function_component]
fn NameGoal(props: &Props) -> Html {
    let t = &*props.locale;
    let (name, system) = (use_node_ref(), use_node_ref());
    let calls = use_calls();
    let add = {
        let (name, system) = (name.clone(), system.clone());
        let (view, calls) = (props.view.clone(), calls.clone());
        Callback::from(move |e: SubmitEvent| {
            e.prevent_default();
            let take = |field: &NodeRef| {
                let input = field.cast::<HtmlInputElement>();
                let text = input
                    .as_ref()
                    .map_or(String::new(), |i| i.value().trim().to_owned());
                input.into_iter().for_each(|i| i.set_value(""));
                text
            };
            let (name, system) = (take(&name), take(&system));
            if name.is_empty() {
                return;
            }
            change(&calls, &view, |goals| {
                goals.goals.push(Goal {
                    measure: Measure::Named { name },
                    system,
                    least: 0.0,
                    after_results: false,
                });
            });
        })
    };
    let known = props.view.measures.iter().cloned();
    html! {
        <details id="name-goal" open={props.view.candidates.is_empty()}>
            <summary>{ t.text("goal-by-name") }</summary>
            <p class="hint">{ t.text("goal-by-name-hint") }</p>
            <form class="row settings" onsubmit={add}>
                <label>{ t.text("measure") }{ " " }<input id="goal-name" ref={name} list="goal-measures" autocomplete="off" /></label>
                <datalist id="goal-measures">{ for known.map(|name| html! { <option value={name} /> }) }</datalist>
                <label>{ t.text("system") }{ " " }<input id="goal-of" ref={system} autocomplete="off" /></label>
                <button id="goal-add">{ t.text("add-goal") }</button>
            </form>
        </details>
    }
}

/// A goal: of whom, and how much.
fn one(props: &Props, calls: &Calls, place: usize, goal: &Goal) -> Html {
    let t = &*props.locale;
    let found = candidate(&props.view, &goal.measure);
    let named = matches!(goal.measure, Measure::Named { .. });
    // What is named is stated as it is written.
    let unit = found.filter(|_| !named).map_or(Unit::Plain, |c| c.unit);
    let scale = if unit == Unit::Share { 100.0 } else { 1.0 };
    let change_goal = {
        let (view, calls) = (props.view.clone(), calls.clone());
        Callback::from(move |set: Box<dyn FnOnce(&mut Goal)>| {
            change(&calls, &view, |goals| {
                if let Some(goal) = goals.goals.get_mut(place) {
                    set(goal);
                }
            });
        })
    };
    let set_system = change_goal.reform(|system: String| -> Box<dyn FnOnce(&mut Goal)> {
        Box::new(move |goal| goal.system = system)
    });
    let set_least = change_goal.reform(move |least: f64| -> Box<dyn FnOnce(&mut Goal)> {
        Box::new(move |goal| goal.least = least / scale)
    });
    let remove = {
        let (view, calls) = (props.view.clone(), calls.clone());
        Callback::from(move |_: MouseEvent| {
            change(&calls, &view, |goals| {
                goals.goals.remove(place);
            });
        })
    };
    let mut systems: Vec<String> = found.map_or(Vec::new(), |c| c.systems.clone());
    if !systems.contains(&goal.system) {
        systems.push(goal.system.clone());
    }
    let any = t.text("goal-any-system");
    let systems = systems
        .into_iter()
        .map(|s| (s.clone(), if s.is_empty() { any.clone() } else { s }))
        .collect();
    let label = t.text(if unit == Unit::Share {
        "goal-least-points"
    } else {
        "goal-least"
    });
    html! {
        <li class="row settings">
            <strong>{ measure(&goal.measure) }</strong>
            { choice(format!("goal-system-{place}"), t.text("system"), systems, &goal.system, &set_system) }
            <NumberField<f64> id={format!("goal-least-{place}")} {label} value={scale * goal.least} set={set_least} />
            <button class="quiet" aria-label={t.text("goal-remove")} title={t.text("goal-remove")} onclick={remove}>{ "×" }</button>
            if goal.after_results { <small class="hint">{ t.text("goal-after") }</small> }
        </li>
    }
}
