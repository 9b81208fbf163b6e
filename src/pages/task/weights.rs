//! The part of an owner's form about marked errors: which severities there are and what they cost, and which columns of
//! the data have errors that are marked beforehand.

use crate::components::controls::{Change, choice};
use crate::components::item_card::spans_field::severity_words;
use crate::components::number_field::NumberField;
use crate::state::task_form::{Form, Step};
use crate::typed::Range;
use assay_locale::Locale;
use assay_protocol::views::Summary;
use assay_rating::draft::MarksColumn;
use assay_rating::marks::{ErrorScheme, MAX_WEIGHT, Severity};
use assay_rating::task::Kind;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What a severity costs that is ticked: that of MQM, in hundredths.
fn usual_weight(severity: Severity) -> u32 {
    let all = ErrorScheme::mqm(Vec::new());
    let found = all.severities.iter().find(|w| w.severity == severity);
    found.map_or(0, |w| w.weight)
}

/// Offers a severity of a question with a weight in hundredths, or takes it out.
fn offer(form: &mut Form, place: usize, severity: Severity, weight: Option<u32>) {
    form.change(|draft| {
        if let Some(Kind::Marks(scheme)) = draft.questions.get_mut(place).map(|q| &mut q.kind) {
            scheme.offer(severity, weight);
        }
    });
}

/// The severities of a question with their weights.
pub fn weights(t: &Locale, place: usize, scheme: &ErrorScheme, change: &Change<Form>) -> Html {
    let one = |severity: Severity| {
        let now = scheme.severities.iter().find(|w| w.severity == severity);
        let ticked = change.reform(move |e: Event| -> Step {
            let on = e.target_unchecked_into::<HtmlInputElement>().checked();
            let weight = on.then(|| usual_weight(severity));
            Box::new(move |form| offer(form, place, severity, weight))
        });
        let weighed = change.reform(move |points: f64| -> Step {
            let weight = (points * 100.0).round() as u32;
            Box::new(move |form| offer(form, place, severity, Some(weight)))
        });
        let words = severity_words(t, severity);
        let id = format!("weight-{place}-{}", severity.name());
        html! {
            <span class="row">
                <label class="tick"><input type="checkbox" checked={now.is_some()} onchange={ticked} />{ " " }{ &words }</label>
                if let Some(now) = now {
                    <NumberField<f64> {id} label={t.text("question-weight")} value={f64::from(now.weight) / 100.0}
                        range={Range::Between(0.0, f64::from(MAX_WEIGHT) / 100.0)} set={weighed} />
                }
            </span>
        }
    };
    html! {
        <>
            <p class="row">{ t.text("question-severities") }{ for Severity::ALL.into_iter().map(one) }</p>
            <p class="hint">{ t.text("question-weights-hint") }</p>
        </>
    }
}

/// For each system the column with the errors that its outputs begin with; nothing where no question marks errors.
pub fn prefilled(t: &Locale, summary: &Summary, form: &Form, change: &Change<Form>) -> Html {
    let draft = &form.draft;
    if draft.questions.iter().all(|q| q.kind.errors().is_none()) {
        return Html::default();
    }
    let column = |system: usize| {
        let name = &summary.systems[system];
        let mut options = vec![(String::new(), t.text("task-marks-none"))];
        let others = summary.columns.iter().map(|c| c.name.clone());
        options.extend(others.map(|name| (name.clone(), name)));
        let now = draft.prefilled.iter().find(|p| p.system == system);
        let now = now.map_or("", |p| &p.column);
        let set = change.reform(move |column: String| -> Step {
            Box::new(move |form| {
                form.change(|draft| {
                    draft.prefilled.retain(|p| p.system != system);
                    if !column.is_empty() {
                        draft.prefilled.push(MarksColumn { system, column });
                    }
                });
            })
        });
        choice(
            format!("task-marks-{system}"),
            name.clone(),
            options,
            now,
            &set,
        )
    };
    html! {
        <section id="task-marks">
            <h2>{ t.text("task-marks") }</h2>
            <p class="row">{ for draft.systems.iter().map(|system| column(*system)) }</p>
            <p class="hint">{ t.text("task-marks-hint") }</p>
        </section>
    }
}
