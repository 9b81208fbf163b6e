//! The question about the data that comes before any score: what is in doubt, the evidence, and the answers.

use crate::calls::use_calls;
use crate::components::table::{Table, cell, column, head};
use crate::shell::context::use_page;
use assay_data::doubts::{JoinQuestion, MatchedBy};
use assay_locale::Locale;
use assay_protocol::doubts::{AnswerQuestion, ColumnSample, DataAnswer, DataQuestion};
use yew::prelude::*;

/// What is asked.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The question.
    pub question: DataQuestion,
}

/// The question with its answers, on every page that would show scores.
#[function_component]
pub fn QuestionPanel(props: &Props) -> Html {
    let page = use_page();
    let calls = use_calls();
    let t = &*page.locale;
    let answer = |id: String, words: String, answer: DataAnswer, class: Option<&'static str>| {
        let calls = calls.clone();
        let onclick = Callback::from(move |_: MouseEvent| {
            let answer = answer.clone();
            calls.order(AnswerQuestion { answer }, |()| {});
        });
        html! { <button key={id.clone()} {id} class={classes!(class)} {onclick}>{ words }</button> }
    };
    let as_it_is = |words: String| {
        answer(
            "question-as-it-is".into(),
            words,
            DataAnswer::AsItIs {},
            Some("primary"),
        )
    };
    let other_way = |words: String| {
        answer(
            "question-other".into(),
            words,
            DataAnswer::OtherWay {},
            None,
        )
    };
    let (asked, evidence, answers) = match &props.question {
        DataQuestion::Join { join } => {
            let other = match join.matched_by {
                MatchedBy::Ids => t.text("question-match-by-lines"),
                MatchedBy::Lines => {
                    let words = [("column", join.columns[1].clone())];
                    t.with("question-match-by-values", &words)
                }
            };
            let answers = html! { <>
                { as_it_is(t.text("question-as-it-is")) }
                if join.can_change { { other_way(other) } }
            </> };
            (join_words(t, join), join_examples(t, join), answers)
        }
        DataQuestion::References { columns } => {
            let only = |sample: &ColumnSample| {
                let column = sample.column;
                let words = t.with(
                    "question-only-reference",
                    &[("column", sample.name.clone())],
                );
                let id = format!("question-reference-{column}");
                answer(id, words, DataAnswer::OnlyReference { column }, None)
            };
            let answers = html! { <>
                { for columns.iter().map(only) }
                { as_it_is(t.text("question-all-references")) }
            </> };
            let asked = t.text("question-references");
            (asked, reference_examples(t, columns), answers)
        }
        DataQuestion::Choices {
            examples,
            from_zero,
        } => {
            let first = |from_zero: bool| match from_zero {
                true => t.text("question-from-zero"),
                false => t.text("question-from-one"),
            };
            let answers = html! { <>
                { as_it_is(first(*from_zero)) }
                { other_way(first(!from_zero)) }
            </> };
            (
                t.text("question-choices"),
                choice_examples(t, examples),
                answers,
            )
        }
    };
    html! {
        <section id="question" class="question" data-question={props.question.name()} aria-labelledby="question-asked">
            <h2 id="question-asked">{ t.text("question") }</h2>
            <p>{ asked }</p>
            { evidence }
            <p class="row">{ answers }</p>
            <p class="hint">{ t.text("question-hint") }</p>
        </section>
    }
}

fn join_words(t: &Locale, join: &JoinQuestion) -> String {
    let [first, second] = join.columns.clone();
    let words = [
        ("file", join.file.clone()),
        ("first", first),
        ("second", second),
        ("matched", t.count(join.matched)),
        ("compared", t.count(join.compared)),
    ];
    let why = t.with(&format!("question-join-{}", join.reason.name()), &words);
    let how = match join.matched_by {
        MatchedBy::Ids => t.with("question-matched-by-ids", &words),
        MatchedBy::Lines => t.with("question-matched-by-lines", &words),
    };
    format!("{why} {how}")
}

fn join_examples(t: &Locale, join: &JoinQuestion) -> Html {
    let words = [("file", join.file.clone())];
    html! {
        <Table label={t.text("question-examples")}>
            { head([column(t.text("question-ours")), column(t.with("question-theirs", &words))]) }
            <tbody>{ for join.examples.iter().map(|row| html! {
                <tr>{ cell(row.ours.join(" · ")) }{ cell(row.theirs.join(" · ")) }</tr>
            }) }</tbody>
        </Table>
    }
}

fn reference_examples(t: &Locale, columns: &[ColumnSample]) -> Html {
    let rows = columns.iter().map(|c| c.cells.len()).max().unwrap_or(0);
    html! {
        <Table label={t.text("question-examples")}>
            { head(columns.iter().map(|c| column(c.name.clone()))) }
            <tbody>{ for (0..rows).map(|row| html! {
                <tr>{ for columns.iter().map(|c| cell(c.cells.get(row).cloned().unwrap_or_default())) }</tr>
            }) }</tbody>
        </Table>
    }
}

fn choice_examples(t: &Locale, examples: &[[String; 2]]) -> Html {
    html! {
        <Table label={t.text("question-examples")}>
            { head(["role-reference", "role-hypothesis"].map(|name| column(t.text(name)))) }
            <tbody>{ for examples.iter().map(|[reference, output]| html! {
                <tr>{ cell(reference.clone()) }{ cell(output.clone()) }</tr>
            }) }</tbody>
        </Table>
    }
}
