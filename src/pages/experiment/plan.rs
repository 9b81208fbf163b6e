//! Planning an experiment: how many users or tasks it takes.

use crate::calls::{Answered, use_answer};
use crate::components::controls::choice;
use crate::components::number_field::NumberField;
use crate::typed::Range;
use assay_experiment::plan::{Question, Wanted};
use assay_locale::Locale;
use assay_protocol::experiment::Plan;
use std::rc::Rc;
use yew::prelude::*;

/// What the panel shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Words.
    pub locale: Rc<Locale>,
}

/// What the form holds, in percent and standard deviations.
#[derive(Clone, Copy, PartialEq)]
struct Form {
    shares: bool,
    baseline: f64,
    change: f64,
    effect: f64,
    alpha: f64,
    power: f64,
}

impl Form {
    fn asked(self) -> Plan {
        let question = if self.shares {
            Question::Shares {
                baseline: self.baseline / 100.0,
                change: self.change / 100.0,
            }
        } else {
            Question::Means {
                effect: self.effect,
            }
        };
        let wanted = Wanted {
            alpha: self.alpha / 100.0,
            power: self.power / 100.0,
        };
        Plan { question, wanted }
    }
}

/// The panel.
#[function_component]
pub fn PlanPanel(props: &Props) -> Html {
    let t = &*props.locale;
    let open = use_state(|| false);
    let form = use_state(|| Form {
        shares: true,
        baseline: 60.0,
        change: 3.0,
        effect: 0.2,
        alpha: 5.0,
        power: 80.0,
    });
    let ontoggle = {
        let open = open.clone();
        Callback::from(move |e: Event| {
            open.set(
                e.target_unchecked_into::<web_sys::Element>()
                    .has_attribute("open"),
            )
        })
    };
    let set = |change: fn(&mut Form, f64)| {
        let form = form.clone();
        Callback::from(move |value: f64| {
            let mut next = *form;
            change(&mut next, value);
            form.set(next);
        })
    };
    let kinds = vec![
        ("shares".to_owned(), t.text("plan-shares")),
        ("means".to_owned(), t.text("mean")),
    ];
    let set_kind = {
        let form = form.clone();
        Callback::from(move |value: String| {
            form.set(Form {
                shares: value == "shares",
                ..*form
            });
        })
    };
    html! {
        <section>
            <details id="plan" {ontoggle}>
                <summary>{ t.text("plan") }</summary>
                <p class="row settings">
                    { choice("plan-kind", t.text("plan-kind"), kinds, if form.shares { "shares" } else { "means" }, &set_kind) }
                    if form.shares {
                        <NumberField<f64> id="plan-baseline" label={t.text("plan-baseline")} value={form.baseline} range={Range::Between(0.0, 100.0)} set={set(|f, v| f.baseline = v)} />
                        <NumberField<f64> id="plan-change" label={t.text("plan-change")} value={form.change} range={Range::Between(-100.0, 100.0)} set={set(|f, v| f.change = v)} />
                    } else {
                        <NumberField<f64> id="plan-effect" label={t.text("plan-effect")} value={form.effect} set={set(|f, v| f.effect = v)} />
                    }
                    <NumberField<f64> id="plan-alpha" label={t.text("plan-alpha")} value={form.alpha} range={Range::Between(0.0, 50.0)} set={set(|f, v| f.alpha = v)} />
                    <NumberField<f64> id="plan-power" label={t.text("plan-power")} value={form.power} range={Range::Between(5.0, 100.0)} set={set(|f, v| f.power = v)} />
                </p>
                if *open { <Planned locale={props.locale.clone()} plan={form.asked()} /> }
                <p class="hint">{ t.text("plan-note") }</p>
            </details>
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct PlannedProps {
    locale: Rc<Locale>,
    plan: Plan,
}

/// The answer: the units that each arm needs.
#[function_component]
fn Planned(props: &PlannedProps) -> Html {
    let t = &*props.locale;
    let text = match use_answer(props.plan.clone()) {
        Answered::Current(each) => match *each {
            Some(each) => {
                let [each, all] = [each, 2.0 * each].map(|units| t.count(units as usize));
                t.with("plan-answer", &[("each", each), ("all", all)])
            }
            None => t.text("plan-none"),
        },
        Answered::Failed(explanation) => t.explained(&explanation),
        Answered::Nothing | Answered::OutOfDate(_) => "…".to_owned(),
    };
    html! { <p id="planned" class="verdict" role="status">{ text }</p> }
}
