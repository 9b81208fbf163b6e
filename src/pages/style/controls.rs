//! Fields, buttons and tables.

use super::samples::{LONG, sample, state};
use crate::components::backup_button::BackupButton;
use crate::components::controls::{TagInput, card_button, choice, named_choice, words};
use crate::components::copy_button::CopyButton;
use crate::components::facts::{Fact, facts};
use crate::components::file_button::{Choice, FileButton};
use crate::components::item_card::{Act, ItemCard};
use crate::components::keep_hint::KeepHint;
use crate::components::number_field::NumberField;
use crate::components::paused_run::PausedRun;
use crate::components::send_link::{LINK_MOST, SendLink};
use crate::components::table::{
    Table, cell, column, decided, head, number, number_column, row_heading, score, significance,
    system,
};
use crate::components::text::{file_name, megabytes, storage_used};
use crate::components::text_field::{FieldKind, TextField};
use crate::shell::context::use_page;
use crate::typed::Range;
use assay_locale::Locale;
use assay_protocol::rater::ItemView;
use assay_rating::answers::{Answer, Value};
use assay_rating::marks::{ErrorCategory, ErrorScheme, Mark, Severity};
use assay_rating::sitting::Progress;
use assay_rating::task::{Field, Kind, Question};
use assay_stats::Decision;
use std::rc::Rc;
use yew::prelude::*;

/// Fields, buttons and tables.
#[function_component]
pub fn Controls() -> Html {
    let page = use_page();
    let locale = &page.locale;
    let t = &**locale;
    html! {
        <>
            { sample("buttons", buttons(t)) }
            { sample("controls", choices(t)) }
            { sample("text_field", text_fields(t)) }
            { sample("number_field", number_fields(t)) }
            { sample("facts", facts([
                Fact::new(t.text("difference"), decided(Decision::Better, "+3.1")).note("[+1.2, +5.0]"),
                Fact::new(t.text("p-corrected"), "p = 0.002"),
                Fact::new(t.text("system"), LONG),
            ])) }
            { sample("file_button", html! {
                <p class="row">
                    <FileButton id="style-file" label={t.text("search")} choice={Choice::File} open={Callback::noop()} />
                    <FileButton id="style-folder" label={LONG} class="primary" choice={Choice::Folder} open={Callback::noop()} />
                </p>
            }) }
            { sample("copy_button", html! {
                <p class="row"><CopyButton locale={locale.clone()} text="42" label={t.text("copy")} /></p>
            }) }
            { sample("backup_button", html! { <p class="row"><BackupButton id={None::<String>} /></p> }) }
            { sample("paused_run", html! { <PausedRun locale={locale.clone()} /> }) }
            { sample("keep_hint", html! { <KeepHint words={t.text("style-hint")} /> }) }
            { sample("notices", notices(t)) }
            { sample("send_link", links(locale)) }
            { sample("table", tables(t)) }
            { sample("item_card", items(locale)) }
            { sample("text", html! {
                <p>{ file_name("BLEU (13a)", "slices") }{ " · " }{ megabytes(1.5e6) }{ " · " }{ storage_used(t, 3e8, 2e9) }</p>
            }) }
        </>
    }
}

fn buttons(t: &Locale) -> Html {
    let name = t.text("copy");
    html! {
        <>
            <p class="row">
                <button>{ &name }</button><button class="primary">{ &name }</button><button class="quiet">{ &name }</button>
                <button disabled=true>{ &name }</button><button aria-pressed="true">{ &name }</button>
                <button class="chip">{ &name }{ " ×" }</button><button class="link">{ &name }</button>
            </p>
            <div class="segmented" role="group" aria-label={t.text("marking")}>
                <button aria-pressed="true">{ t.text("differences") }</button>
                <button aria-pressed="false">{ t.text("alignment") }</button>
                <button aria-pressed="false">{ t.text("plain") }</button>
            </div>
            <p class="row"><button>{ LONG }</button></p>
        </>
    }
}

fn choices(t: &Locale) -> Html {
    let options = || {
        vec![
            ("a".to_owned(), "A".to_owned()),
            ("b".to_owned(), LONG.to_owned()),
        ]
    };
    let none = Callback::noop();
    html! {
        <>
            <p class="row">
                { choice("style-choice", t.text("system"), options(), "a", &none) }
                { named_choice("style-named", t.text("system"), options(), "b", &none) }
            </p>
            { words("style-words", t.text("note"), LONG.to_owned(), &none) }
            <div class="card-buttons">
                { card_button("style-card".into(), t.text("system"), LONG.into(), Callback::noop()) }
            </div>
            <TagInput id="style-tags" label={t.text("add-tag")} known={vec![]} add={Callback::noop()} />
        </>
    }
}

fn text_fields(t: &Locale) -> Html {
    let field = |id: &'static str, kind: FieldKind, value: &'static str| {
        html! { <TextField {id} label={t.text("note")} {kind} {value} set={Callback::noop()} /> }
    };
    html! {
        <>
            { state("empty", field("style-line", FieldKind::Line, "")) }
            { state("long", field("style-search", FieldKind::Search, LONG)) }
            { state("area", field("style-area", FieldKind::Area(2), LONG)) }
        </>
    }
}

fn number_fields(t: &Locale) -> Html {
    let field = |id: &'static str, value: Option<f64>, range: Range<Option<f64>>| {
        html! { <NumberField<Option<f64>> {id} label={t.text("from")} {value} {range} set={Callback::noop()} /> }
    };
    html! {
        <>
            { state("empty", field("style-number", None, Range::Any)) }
            { state("filled", field("style-filled", Some(12.5), Range::Between(Some(0.0), Some(100.0)))) }
            { state("error", html! {
                <label>{ t.text("from") }{ " " }<input value="12x" aria-invalid="true" />
                    <span class="invalid">{ t.text("field-number") }</span></label>
            }) }
        </>
    }
}

fn notices(t: &Locale) -> Html {
    html! {
        <>
            { state("waiting", html! { <p class="hint" role="status">{ t.text("calculating") }</p> }) }
            { state("error", html! { <p class="notice">{ t.text("no-rows") }</p> }) }
            { state("long", html! { <p class="notice">{ LONG }</p> }) }
        </>
    }
}

fn links(locale: &Rc<Locale>) -> Html {
    let link = |id: &'static str, link: String| {
        html! {
            <SendLink locale={locale.clone()} {id} label={locale.text("copy-link")} {link} title="A" file="a.txt" words="" />
        }
    };
    html! {
        <>
            { state("short", link("style-link", "https://assay.example/#/rate/".to_owned())) }
            { state("too-long", link("style-long-link", "a".repeat(LINK_MOST + 1))) }
        </>
    }
}

fn tables(t: &Locale) -> Html {
    let heads = || {
        head([
            column(t.text("system")),
            number_column(t.text("score")),
            number_column(t.text("change")),
            number_column("p"),
        ])
    };
    let row = |place: usize, name: &str, change: Html, found: Option<(Decision, f64)>| {
        html! { <tr>{ row_heading(system(place, name)) }{ score("71.25") }{ change }{ significance(found) }</tr> }
    };
    html! {
        <>
            <Table label={t.text("score")}>
                { heads() }
                <tbody>
                    { row(0, "base", number("–"), None) }
                    { row(1, "tuned", decided(Decision::Better, "+3.1"), Some((Decision::Better, 0.002))) }
                    { row(2, "large", decided(Decision::Worse, "−2.4"), Some((Decision::Worse, 0.0004))) }
                    { row(3, LONG, decided(Decision::NoEvidence, "+0.1"), Some((Decision::NoEvidence, 0.61))) }
                </tbody>
            </Table>
            { state("empty", html! {
                <Table label={t.text("change")}>{ heads() }<tbody><tr>{ cell(t.text("no-rows")) }</tr></tbody></Table>
            }) }
        </>
    }
}

fn items(locale: &Rc<Locale>) -> Html {
    let question = |name: &str, kind: Kind, required: bool| Question {
        name: name.to_owned(),
        help: locale.text("style-hint"),
        kind,
        required,
    };
    let scale = Kind::Scale(["1", "2", "3", "4", "5"].map(str::to_owned).to_vec());
    let mqm = Kind::Marks(ErrorScheme::mqm(vec![ErrorCategory::plain(LONG)]));
    let questions = vec![
        question(&locale.text("score"), scale, true),
        question(&locale.text("note"), Kind::YesNo, false),
        question(&locale.text("template-mqm"), mqm, true),
        question(&locale.text("template-esa"), Kind::Score, true),
    ];
    let field = |question: usize, output: usize| Field {
        question,
        output: Some(output),
    };
    // An error of each severity, and something that is missing.
    let mark = |(i, severity): (u32, Severity)| Mark {
        start: i * 3,
        end: i * 3 + 2,
        category: 0,
        severity,
    };
    let mut marks: Vec<Mark> = (0..).zip(Severity::ALL).map(mark).collect();
    let length = LONG.chars().count() as u32;
    marks.push(Mark {
        start: length,
        end: length,
        ..marks[1]
    });
    let mut answer = Answer::default();
    answer.set(4, Some(Value::Marks(marks)));
    let item = ItemView {
        place: 0,
        source: locale.text("style-hint"),
        reference: String::new(),
        outputs: vec![(0, None, LONG.to_owned()), (1, None, String::new())],
        questions,
        fields: (0..4).flat_map(|q| [field(q, 0), field(q, 1)]).collect(),
        answer,
        is_answered: false,
        progress: Progress {
            answered: 3,
            skipped: 1,
            total: 20,
            seconds_left: 300.0,
        },
        can_undo: true,
    };
    let language = locale.language.tag().to_owned();
    html! {
        <div class="rate framed">
            <ItemCard locale={locale.clone()} {language} item={Rc::new(item)} idle=true act={None::<Callback<Act>>} />
        </div>
    }
}
