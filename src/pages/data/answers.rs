//! The steps from outputs to the answers that measures see: what each did, and how to change them.

use crate::calls::{Calls, use_calls};
use crate::components::charts::figure::key;
use crate::components::controls::named_choice;
use crate::components::table::{Table, column, head};
use crate::shell::context::use_page;
use assay_locale::Locale;
use assay_protocol::data::SetSteps;
use assay_protocol::views::{AnswersView, Summary};
use assay_results::extraction::ExtractionStep;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What is loaded.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The data set.
    pub summary: Summary,
}

/// The panel on the Data page.
#[function_component]
pub fn AnswersPanel(props: &Props) -> Html {
    let page = use_page();
    let calls = use_calls();
    let (t, summary) = (&*page.locale, &props.summary);
    if summary.systems.is_empty() {
        return Html::default();
    }
    let rows = summary.systems.iter().zip(&summary.answers).enumerate();
    html! {
        <section id="answers">
            <h2>{ t.text("answers") }</h2>
            <p class="hint">{ t.text("answers-hint") }</p>
            <Table label={t.text("answers")}>
                { head(["system", "answer-steps"].map(|name| column(t.text(name)))) }
                <tbody>{ for rows.map(|(i, (system, answers))| html! {
                    <tr key={i}>
                        <th scope="row">{ key(summary.colour(i)) }{ system }</th>
                        <td>{ steps(t, &calls, summary, system, answers) }</td>
                    </tr>
                }) }</tbody>
            </Table>
        </section>
    }
}

/// One system's steps, and ways to add one and to use them for all systems.
fn steps(
    t: &Locale,
    calls: &Calls,
    summary: &Summary,
    system: &str,
    answers: &AnswersView,
) -> Html {
    let set = |columns: Vec<usize>| {
        let calls = calls.clone();
        Callback::from(move |steps: Vec<ExtractionStep>| {
            let columns = columns.clone();
            calls.order(SetSteps { columns, steps }, |()| {});
        })
    };
    let own = set(vec![answers.column]);
    let add = {
        let (own, steps) = (own.clone(), answers.steps.clone());
        Callback::from(move |name: String| {
            let all = ExtractionStep::all();
            if let Some(step) = all.into_iter().find(|step| step.name() == name) {
                own.emit([steps.clone(), vec![step]].concat());
            }
        })
    };
    let mut options = vec![(String::new(), t.text("step-add"))];
    options.extend(ExtractionStep::all().iter().map(|step| {
        let words = t.text(&format!("step-{}", step.name()));
        (step.name().to_owned(), words)
    }));
    let is_other = |a: &AnswersView| a.steps != answers.steps;
    let to_all = summary.answers.iter().any(is_other).then(|| {
        let columns = summary.answers.iter().map(|a| a.column).collect();
        let (all, steps) = (set(columns), answers.steps.clone());
        let onclick = Callback::from(move |_: MouseEvent| all.emit(steps.clone()));
        html! { <button class="quiet" {onclick}>{ t.text("steps-for-all") }</button> }
    });
    let label = t.with("step-add-to", &[("system", system.to_owned())]);
    html! {
        <>
            if answers.steps.is_empty() {
                <p class="hint">{ t.text("no-steps") }</p>
            } else {
                <ol class="plain">{ for (0..answers.steps.len()).map(|place| {
                    step(t, summary.rows, answers, place, &own)
                }) }</ol>
            }
            <p class="row">
                { named_choice(format!("add-step-{}", answers.column), label, options, "", &add) }
                { to_all.unwrap_or_default() }
            </p>
        </>
    }
}

/// A step with what it did, its parameter where it takes one, and a way to remove it.
fn step(
    t: &Locale,
    rows: usize,
    answers: &AnswersView,
    place: usize,
    set: &Callback<Vec<ExtractionStep>>,
) -> Html {
    let step = &answers.steps[place];
    let name = t.text(&format!("step-{}", step.name()));
    let remove = {
        let (set, mut rest) = (set.clone(), answers.steps.clone());
        rest.remove(place);
        Callback::from(move |_: MouseEvent| set.emit(rest.clone()))
    };
    let parameter = step.parameter().map(|parameter| {
        let (set, steps) = (set.clone(), answers.steps.clone());
        let onchange = Callback::from(move |e: Event| {
            let text = e.target_unchecked_into::<HtmlInputElement>().value();
            let mut steps = steps.clone();
            steps[place] = steps[place].clone().with_parameter(&unescaped(&text));
            set.emit(steps);
        });
        html! {
            <input type="text" class="code" aria-label={name.clone()} spellcheck="false" value={escaped(parameter)} {onchange} />
        }
    });
    let remove_label = t.with("step-remove", &[("step", name.clone())]);
    html! {
        <li class="row">
            <span>{ &name }</span>
            { parameter.unwrap_or_default() }
            <span class="hint">{ counted(t, rows, answers, place) }</span>
            <button class="quiet remove" aria-label={remove_label} onclick={remove}>{ t.text("remove") }</button>
        </li>
    }
}

/// What a step did, in words.
fn counted(t: &Locale, rows: usize, answers: &AnswersView, place: usize) -> String {
    let Some(count) = answers.counts.get(place) else {
        return String::new();
    };
    let words = [
        ("changed", t.count(count.changed)),
        ("total", t.count(rows)),
    ];
    let changed = t.with("step-changed", &words);
    match count.emptied {
        0 => changed,
        emptied => {
            let emptied = t.with("step-emptied", &[("count", t.count(emptied))]);
            format!("{changed} {emptied}")
        }
    }
}

/// The steps that changed outputs, a sentence each, for pages that show what measures say.
pub fn note(t: &Locale, summary: &Summary) -> Html {
    let systems = summary.systems.iter().zip(&summary.answers);
    let sentences: Vec<String> = systems
        .flat_map(|(system, answers)| {
            let steps = answers.steps.iter().enumerate();
            steps.filter_map(|(place, step)| {
                let count = answers.counts.get(place)?;
                let step = t.text(&format!("step-{}", step.name()));
                let counted = counted(t, summary.rows, answers, place);
                let words = [
                    ("system", system.clone()),
                    ("step", step),
                    ("counted", counted),
                ];
                (count.changed > 0).then(|| t.with("step-note", &words))
            })
        })
        .collect();
    if sentences.is_empty() {
        return Html::default();
    }
    html! {
        <div id="answers-note">
            <p class="hint">{ t.text("answers-note") }{ " " }<a href={crate::route::Route::default().href()}>{ t.text("answers-change") }</a></p>
            <ul class="hint">{ for sentences.into_iter().map(|s| html! { <li>{ s }</li> }) }</ul>
        </div>
    }
}

/// A sequence as a field of one line shows it.
fn escaped(text: &str) -> String {
    text.replace('\n', "\\n").replace('\t', "\\t")
}

/// A sequence as it was typed: `\n` and `\t` are a line break and a tab.
fn unescaped(text: &str) -> String {
    text.replace("\\n", "\n").replace("\\t", "\t")
}
