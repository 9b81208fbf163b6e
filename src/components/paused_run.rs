//! A run under models that was stopped, with the way to resume it: shown below every page.

use crate::calls::{Calls, use_answer, use_calls, use_jobs};
use assay_locale::Locale;
use assay_protocol::models::{DismissPaused, RunEnd, State};
use std::rc::Rc;
use yew::prelude::*;

/// What it shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Words.
    pub locale: Rc<Locale>,
}

/// How far the run came, and the buttons; nothing while anything runs.
#[function_component]
pub fn PausedRun(props: &Props) -> Html {
    let t = &*props.locale;
    let calls = use_calls();
    let is_idle = use_jobs().is_empty();
    let models = use_answer(State {});
    let Some(models) = models.reply().filter(|_| is_idle) else {
        return Html::default();
    };
    let (Some(call), Some(run)) = (models.paused.clone(), models.run) else {
        return Html::default();
    };
    let words = [("done", t.count(run.done)), ("total", t.count(run.total))];
    let resume = {
        let calls = calls.clone();
        Callback::from(move |_: MouseEvent| {
            let end = not_kept(&calls);
            calls.order(call.clone(), end);
        })
    };
    let dismiss = Callback::from(move |_: MouseEvent| calls.order(DismissPaused {}, |()| {}));
    html! {
        <div class="row job">
            <span>{ t.with("paused", &words) }</span>
            <button id="resume" class="quiet" onclick={resume}>{ t.text("resume") }</button>
            <button id="dismiss-paused" class="quiet" onclick={dismiss}>{ t.text("dismiss") }</button>
        </div>
    }
}

/// Tells the person why scores were not kept on this device.
pub fn not_kept(calls: &Calls) -> impl FnOnce(RunEnd) + use<> {
    let calls = calls.clone();
    move |end| {
        if let Some(explanation) = end.not_kept {
            calls.report(explanation);
        }
    }
}
