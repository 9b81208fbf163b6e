//! Planning an experiment: how many users or tasks it takes.

use crate::components::controls::{choice, number};
use crate::shell::ask::Ask;
use crate::state::beside::Planned;
use assay_experiment::plan::{Question, Wanted};
use assay_locale::Locale;
use assay_protocol::beside::BesideCommand;
use std::rc::Rc;
use yew::prelude::*;

/// What the panel shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Words.
    pub locale: Rc<Locale>,
    /// What was planned last.
    pub planned: Option<Planned>,
    /// To the shell.
    pub ask: Callback<Ask>,
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
    fn asked(self) -> (Question, Wanted) {
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
        (question, wanted)
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
    {
        let ask = props.ask.clone();
        use_effect_with((*form, *open), move |(form, open)| {
            if *open {
                let (question, wanted) = form.asked();
                ask.emit(Ask::beside(BesideCommand::Plan { question, wanted }));
            }
        });
    }
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
        Callback::from(move |value: String| {
            let mut next = *form;
            if let Ok(value) = value.trim().trim_end_matches('%').trim().parse() {
                change(&mut next, value);
            }
            form.set(next);
        })
    };
    let kinds = vec![
        ("shares".to_owned(), t.text("plan-shares")),
        ("means".to_owned(), t.text("plan-means")),
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
    let (question, wanted) = form.asked();
    let answer = props
        .planned
        .filter(|(q, w, _)| *q == question && *w == wanted)
        .map(|(.., each)| match each {
            Some(each) => t.with(
                "plan-answer",
                &[
                    ("each", t.count(each as usize)),
                    ("all", t.count(2 * each as usize)),
                ],
            ),
            None => t.text("plan-none"),
        });
    html! {
        <section>
            <details id="plan" {ontoggle}>
                <summary>{ t.text("plan") }</summary>
                <p class="row settings">
                    { choice("plan-kind", t.text("plan-kind"), kinds, if form.shares { "shares" } else { "means" }, &set_kind) }
                    if form.shares {
                        { number("plan-baseline", t.text("plan-baseline"), form.baseline.to_string(), &set(|f, v| f.baseline = v)) }
                        { number("plan-change", t.text("plan-change"), form.change.to_string(), &set(|f, v| f.change = v)) }
                    } else {
                        { number("plan-effect", t.text("plan-effect"), form.effect.to_string(), &set(|f, v| f.effect = v)) }
                    }
                    { number("plan-alpha", t.text("plan-alpha"), form.alpha.to_string(), &set(|f, v| f.alpha = v)) }
                    { number("plan-power", t.text("plan-power"), form.power.to_string(), &set(|f, v| f.power = v)) }
                </p>
                <p id="planned" class="verdict" role="status">{ answer.unwrap_or("…".to_owned()) }</p>
                <p class="hint">{ t.text("plan-note") }</p>
            </details>
        </section>
    }
}
