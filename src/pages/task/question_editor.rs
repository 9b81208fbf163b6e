//! The part of an owner's form in which questions are chosen and worded.

use crate::components::controls::Change;
use crate::components::text_field::{FieldKind, TextField};
use crate::pages::task::weights::weights;
use crate::state::task_form::{Form, Step, categories, points};
use assay_locale::Locale;
use assay_rating::draft::Draft;
use assay_rating::task::{Kind, Question};
use assay_rating::template::{Template, comment, plain_scale, score};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Lines of a list that are shown without scrolling, at most.
const MOST_LINES: u32 = 20;

/// Questions in the language of a tag.
type Questions = fn(&str) -> Vec<Question>;

/// The questions, with the ways to begin from others and to add more.
pub fn questions(t: &Locale, form: &Form, change: &Change<Form>) -> Html {
    let begin = |template: Template| {
        change.reform(move |_: MouseEvent| -> Step { Box::new(move |f| f.begin_from(template)) })
    };
    let add = |of: Questions| {
        change.reform(move |_: MouseEvent| -> Step {
            Box::new(move |form| {
                let questions = of(&form.draft.language);
                form.add(questions);
            })
        })
    };
    let more: [(&str, Questions); 8] = [
        ("scale", |tag| vec![plain_scale(tag)]),
        ("pairwise", |tag| Template::Pairwise.questions(tag)),
        ("ranking", |tag| Template::Ranking.questions(tag)),
        ("checks", |tag| Template::Checks.questions(tag)),
        ("errors", |tag| Template::Errors.questions(tag)),
        ("mqm", |tag| Template::Mqm.questions(tag)),
        ("score", |tag| vec![score(tag)]),
        ("comment", |tag| vec![comment(tag)]),
    ];
    html! {
        <section id="task-questions">
            <h2>{ t.text("task-questions") }</h2>
            <p class="row"><span>{ t.text("task-begin-from") }</span>{ for Template::ALL.iter().map(|(template, name)| html! {
                <button id={format!("template-{name}")} onclick={begin(*template)}>{ t.text(&format!("template-{name}")) }</button>
            }) }</p>
            { for form.draft.questions.iter().enumerate().map(|(i, q)| question(t, i, q, change)) }
            <p class="row"><span>{ t.text("task-add") }</span>{ for more.iter().map(|(name, of)| html! {
                <button id={format!("add-{name}")} class="quiet" onclick={add(*of)}>{ "+ " }{ t.text(&format!("add-{name}")) }</button>
            }) }</p>
        </section>
    }
}

/// A change of one question by what is typed.
fn edit(change: &Change<Form>, place: usize, set: fn(&mut Question, String)) -> Callback<String> {
    change.reform(move |value: String| -> Step {
        Box::new(move |form| {
            form.change(|draft| {
                if let Some(question) = draft.questions.get_mut(place) {
                    set(question, value);
                }
            });
        })
    })
}

/// A change of one question by a box that is ticked.
fn tick(change: &Change<Form>, place: usize, set: fn(&mut Question, bool)) -> Callback<Event> {
    change.reform(move |e: Event| -> Step {
        let ticked = e.target_unchecked_into::<HtmlInputElement>().checked();
        Box::new(move |form| {
            form.change(|draft| {
                if let Some(question) = draft.questions.get_mut(place) {
                    set(question, ticked);
                }
            });
        })
    })
}

fn question(t: &Locale, place: usize, question: &Question, change: &Change<Form>) -> Html {
    let step = |act: fn(&mut Draft, usize)| {
        change.reform(move |_: MouseEvent| -> Step {
            Box::new(move |form| form.change(|draft| act(draft, place)))
        })
    };
    let remove = step(|draft, place| {
        draft.questions.remove(place);
    });
    let up = step(|draft, place| draft.questions.swap(place, place - 1));
    let required = tick(change, place, |q, on| q.required = on);
    let remove_name = t.with("remove-name", &[("name", question.name.clone())]);
    let up_name = format!("{} {}", t.text("question-up"), question.name);
    html! {
        <fieldset class="question">
            <legend>{ t.text(&format!("kind-{}", question.kind.name())) }</legend>
            <p class="row">
                <TextField class="question-name" label={t.text("question-name")} maxlength=80 value={question.name.clone()}
                    set={edit(change, place, |q, text| text.trim().clone_into(&mut q.name))} />
                <TextField class="question-help" label={t.text("question-help")} label_class="grow" maxlength=400
                    value={question.help.clone()} set={edit(change, place, |q, text| q.help = text)} />
            </p>
            { kind(t, place, &question.kind, change) }
            <p class="row">
                if question.kind != Kind::Comment {
                    <label class="tick"><input type="checkbox" checked={question.required} onchange={required} />{ " " }{ t.text("question-required") }</label>
                }
                <button class="quiet" aria-label={up_name} disabled={place == 0} onclick={up}>{ t.text("question-up") }</button>
                <button class="quiet" aria-label={remove_name} onclick={remove}>{ t.text("remove") }</button>
            </p>
        </fieldset>
    }
}

/// How many lines of a list with `entries` entries are shown without scrolling.
fn most_lines(entries: usize) -> u32 {
    let lines = u32::try_from(entries.max(2)).unwrap_or(MOST_LINES);
    lines.min(MOST_LINES)
}

fn kind(t: &Locale, place: usize, kind: &Kind, change: &Change<Form>) -> Html {
    let lines = |label: &str, list: &[String], set: fn(&mut Question, String)| {
        let rows = most_lines(list.len());
        let label = t.with(label, &[("count", t.count(list.len()))]);
        html! {
            <TextField class="lines" {label} kind={FieldKind::Area(rows)} value={list.join("\n")} set={edit(change, place, set)} />
        }
    };
    let flag = |label: &str, now: bool, set: fn(&mut Question, bool)| {
        html! { <label class="tick"><input type="checkbox" checked={now} onchange={tick(change, place, set)} />{ " " }{ t.text(label) }</label> }
    };
    match kind {
        Kind::Scale(list) => lines("question-points", list, |q, text| {
            q.kind = Kind::Scale(points(&text));
        }),
        Kind::Spans(list) => lines("question-categories", list, |q, text| {
            q.kind = Kind::Spans(categories(&text));
        }),
        Kind::Marks(scheme) => html! {
            <>
                { weights(t, place, scheme, change) }
                <TextField class="lines" label={t.with("question-categories", &[("count", t.count(scheme.categories.len()))])}
                    kind={FieldKind::Area(most_lines(scheme.categories.len()))} value={scheme.lines()}
                    set={edit(change, place, |q, text| if let Kind::Marks(scheme) = &mut q.kind { scheme.set_lines(&text) })} />
                <p class="hint">{ t.text("question-own-weights") }</p>
            </>
        },
        Kind::Pairwise { tie, both_bad } => html! {
            <p class="row">
                { flag("rate-tie", *tie, |q, on| if let Kind::Pairwise { tie, .. } = &mut q.kind { *tie = on }) }
                { flag("rate-both-bad", *both_bad, |q, on| if let Kind::Pairwise { both_bad, .. } = &mut q.kind { *both_bad = on }) }
            </p>
        },
        _ => Html::default(),
    }
}
