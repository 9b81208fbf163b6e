//! The Ratings page's part about reasons: phrases that recur in what a judge or people wrote, with the count on each side,
//! and the reasons themselves, to be searched, with the way to each one's row.

use crate::calls::use_answer;
use crate::components::controls::choice;
use crate::components::table::{Table, cell, column, head, number, number_column, row_heading};
use crate::components::text_field::{FieldKind, TextField};
use crate::route::Route;
use assay_locale::Locale;
use assay_protocol::ratings::{FindReasons, ReasonPhrases};
use assay_rating::analysis::reasons::{
    FoundReason, Phrase, ReasonGroup, ReasonQuery, ReasonSide, ReasonSource, unevenness,
};
use assay_sorting::sort_by;
use std::rc::Rc;
use yew::prelude::*;

/// Phrases that are listed.
const PHRASES: usize = 25;
/// Reasons that are listed before more are asked for, and how many come then.
const REASONS: usize = 20;

/// Whose reasons are shown.
#[derive(Properties, PartialEq, Clone)]
pub struct ReasonsProps {
    /// Words.
    pub locale: Rc<Locale>,
    /// The view, from which links to rows are made.
    pub route: Route,
    /// Whose.
    pub source: ReasonSource,
}

/// What a judge, or people, gave as reasons; nothing where they gave none. A search for phrases that was stopped can be
/// started again.
#[function_component]
pub fn Reasons(props: &ReasonsProps) -> Html {
    let tries = use_state(|| 0u32);
    let again = {
        let tries = tries.clone();
        Callback::from(move |_| tries.set(*tries + 1))
    };
    html! { <Groups key={*tries} reasons={props.clone()} {again} /> }
}

#[derive(Properties, PartialEq)]
struct GroupsProps {
    reasons: ReasonsProps,
    /// Asks once more.
    again: Callback<MouseEvent>,
}

#[function_component]
fn Groups(props: &GroupsProps) -> Html {
    let GroupsProps {
        reasons: props,
        again,
    } = props;
    let answer = use_answer(ReasonPhrases {});
    let groups = answer.reply().into_iter().flat_map(|groups| groups.iter());
    let own = groups.filter(|group| group.source == props.source);
    html! {
        <>
            if let Some(failure) = answer.failure(&props.locale) {
                { failure }
                <button class="quiet" onclick={again}>{ props.locale.text("reasons-again") }</button>
            }
            { for own.map(|group| html! {
                <Group key={group.dimension.clone()} locale={props.locale.clone()} route={props.route.clone()}
                    group={Rc::new(group.clone())} />
            }) }
        </>
    }
}

#[derive(Properties, PartialEq, Clone)]
struct GroupProps {
    locale: Rc<Locale>,
    route: Route,
    group: Rc<ReasonGroup>,
}

/// What is looked for in a group.
#[derive(Debug, Clone, PartialEq)]
struct Wanted {
    words: String,
    side: Option<ReasonSide>,
    most: usize,
}

impl Wanted {
    fn of(words: String, side: Option<ReasonSide>) -> Self {
        Self {
            words,
            side,
            most: REASONS,
        }
    }
}

#[function_component]
fn Group(props: &GroupProps) -> Html {
    let wanted = use_state(|| Wanted::of(String::new(), None));
    let t = &*props.locale;
    let group = &*props.group;
    let words = [
        ("dimension", group.dimension.clone()),
        ("count", t.count(group.reasons)),
    ];
    html! {
        <details class="reasons">
            <summary>{ t.with("reasons", &words) }</summary>
            <p class="hint">{ t.text("reasons-hint") }</p>
            <Phrases group={props.group.clone()} locale={props.locale.clone()} wanted={wanted.clone()} />
            { search(t, group, &wanted) }
            <List group={props.group.clone()} locale={props.locale.clone()} route={props.route.clone()} {wanted} />
        </details>
    }
}

/// The id of a group's control, which no other group has.
fn id(control: &str, group: &ReasonGroup) -> String {
    let who = match &group.source {
        ReasonSource::Judge(name) => name,
        ReasonSource::People => "",
    };
    let id = format!("{control}-{who}-{}", group.dimension);
    let plain = |c: char| if c.is_alphanumeric() { c } else { '-' };
    id.chars().map(plain).collect()
}

/// A side in words.
fn side_name(t: &Locale, side: &ReasonSide) -> String {
    match side {
        ReasonSide::Favours(system) => t.with("reason-favours", &[("system", system.clone())]),
        ReasonSide::Tie => t.text("reason-tie"),
        ReasonSide::High => t.text("reason-high"),
        ReasonSide::Middle => t.text("reason-middle"),
        ReasonSide::Low => t.text("reason-low"),
    }
}

#[derive(Properties, PartialEq, Clone)]
struct PhrasesProps {
    locale: Rc<Locale>,
    group: Rc<ReasonGroup>,
    wanted: UseStateHandle<Wanted>,
}

/// The phrases that recur, by count or by how unevenly they fall on the sides.
#[function_component]
fn Phrases(props: &PhrasesProps) -> Html {
    let by_difference = use_state(|| false);
    let (t, group) = (&*props.locale, &*props.group);
    if group.phrases.is_empty() {
        return html! { <p class="hint">{ t.text("reasons-no-phrases") }</p> };
    }
    let order = {
        let by_difference = by_difference.clone();
        Callback::from(move |order: String| by_difference.set(order == "difference"))
    };
    let options = ["count", "difference"];
    let options = options.map(|order| (order.to_owned(), t.text(&format!("phrases-by-{order}"))));
    let current = if *by_difference {
        "difference"
    } else {
        "count"
    };
    let sides = group.sides.iter();
    let columns = sides.map(|(side, _)| number_column(side_name(t, side)));
    let listed = listed(group, *by_difference);
    html! {
        <>
            if group.sides.len() > 1 {
                <p class="row">{ choice(id("phrases-order", group), t.text("phrases-order"), options.to_vec(), current, &order) }</p>
            }
            <Table label={t.text("phrases")} class="ratings" frame="tall-list">
                { head([column(t.text("phrase")), number_column(t.text("phrase-reasons"))].into_iter().chain(columns)) }
                <tbody>{ for listed.into_iter().map(|phrase| phrase_row(props, phrase)) }</tbody>
            </Table>
            <p class="hint">{ t.text("phrases-hint") }</p>
        </>
    }
}

fn listed(group: &ReasonGroup, by_difference: bool) -> Vec<&Phrase> {
    let mut listed: Vec<&Phrase> = group.phrases.iter().collect();
    if by_difference {
        let totals: Vec<usize> = group.sides.iter().map(|(_, count)| *count).collect();
        let uneven = |phrase: &Phrase| unevenness(&phrase.by_side, &totals);
        sort_by(&mut listed, |a, b| uneven(b).total_cmp(&uneven(a)));
    }
    listed.truncate(PHRASES);
    listed
}

/// A phrase with its counts; a click lists the reasons.
fn phrase_row(props: &PhrasesProps, phrase: &Phrase) -> Html {
    let (t, group) = (&*props.locale, &*props.group);
    let open = |side: Option<ReasonSide>| {
        let (wanted, words) = (props.wanted.clone(), format!("\"{}\"", phrase.text));
        Callback::from(move |_: MouseEvent| wanted.set(Wanted::of(words.clone(), side.clone())))
    };
    let counts = group.sides.iter().zip(&phrase.by_side);
    let count = |((side, total), count): (&(ReasonSide, usize), &usize)| {
        let words = [
            ("count", t.count(*count)),
            (
                "part",
                format!("{:.0}", 100.0 * *count as f64 / *total as f64),
            ),
        ];
        number(html! {
            <button class="quiet" onclick={open(Some(side.clone()))}>{ t.with("phrase-count", &words) }</button>
        })
    };
    html! {
        <tr>
            { row_heading(html! { <button class="quiet" onclick={open(None)}>{ &phrase.text }</button> }) }
            { number(t.count(phrase.count)) }
            { for counts.map(count) }
        </tr>
    }
}

/// The fields by which reasons are looked for.
fn search(t: &Locale, group: &ReasonGroup, wanted: &UseStateHandle<Wanted>) -> Html {
    let words = {
        let wanted = wanted.clone();
        Callback::from(move |words: String| {
            if words != wanted.words {
                wanted.set(Wanted::of(words, wanted.side.clone()));
            }
        })
    };
    let sides: Vec<ReasonSide> = group.sides.iter().map(|(side, _)| side.clone()).collect();
    let place = |side: &ReasonSide| sides.iter().position(|own| own == side);
    let current = wanted.side.as_ref().and_then(place);
    let current = current.map_or_else(String::new, |place| place.to_string());
    let mut options = vec![(String::new(), t.text("reasons-all-sides"))];
    let named = sides.iter().enumerate();
    options.extend(named.map(|(place, side)| (place.to_string(), side_name(t, side))));
    let set = {
        let (wanted, sides) = (wanted.clone(), sides.clone());
        Callback::from(move |place: String| {
            let side = place.parse().ok().and_then(|place: usize| sides.get(place));
            wanted.set(Wanted::of(wanted.words.clone(), side.cloned()));
        })
    };
    html! {
        <p class="row">
            <TextField label={t.text("reasons-search")} kind={FieldKind::Search} value={wanted.words.clone()} set={words} />
            if !sides.is_empty() {
                { choice(id("reasons-side", group), t.text("reason-side"), options, &current, &set) }
            }
        </p>
    }
}

#[derive(Properties, PartialEq, Clone)]
struct ListProps {
    locale: Rc<Locale>,
    route: Route,
    group: Rc<ReasonGroup>,
    wanted: UseStateHandle<Wanted>,
}

/// The reasons that are found.
#[function_component]
fn List(props: &ListProps) -> Html {
    let wanted = &props.wanted;
    let answer = use_answer(FindReasons {
        query: ReasonQuery {
            source: props.group.source.clone(),
            dimension: props.group.dimension.clone(),
            words: wanted.words.clone(),
            side: wanted.side.clone(),
        },
        most: wanted.most,
    });
    let t = &*props.locale;
    let Some(found) = answer.reply() else {
        return answer.failure(t).unwrap_or_default();
    };
    let more = {
        let wanted = wanted.clone();
        Callback::from(move |_: MouseEvent| {
            let most = wanted.most + REASONS;
            wanted.set(Wanted {
                most,
                ..(*wanted).clone()
            });
        })
    };
    let columns = ["item", "rater", "reason-side", "reason-systems", "reason"];
    html! {
        <>
            <p role="status">{ t.with("reasons-found", &[("count", t.count(found.count))]) }</p>
            if !found.first.is_empty() {
                <Table label={t.text("reasons-list")} frame="tall-list">
                    { head(columns.map(|name| column(t.text(name)))) }
                    <tbody>{ for found.first.iter().map(|reason| reason_row(t, &props.route, reason)) }</tbody>
                </Table>
            }
            if found.first.len() < found.count {
                <button class="quiet" onclick={more}>{ t.text("reasons-more") }</button>
            }
        </>
    }
}

fn reason_row(t: &Locale, route: &Route, reason: &FoundReason) -> Html {
    let item = match reason.unit.row {
        Some(row) => html! { <a href={route.to_row(row).href()}>{ &reason.unit.name }</a> },
        None => html! { { &reason.unit.name } },
    };
    let side = reason.side.as_ref().map(|side| side_name(t, side));
    let side = side.unwrap_or_else(|| t.text("reason-no-side"));
    let side = match reason.value {
        Some(value) => format!("{value} ({side})"),
        None => side,
    };
    html! {
        <tr>
            { cell(item) }
            { cell(&reason.rater) }
            { cell(side) }
            { cell(reason.systems.join(&t.text("list-comma"))) }
            <td class="prose">{ &reason.text }</td>
        </tr>
    }
}
