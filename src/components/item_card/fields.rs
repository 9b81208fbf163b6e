//! The fields of an item by their kinds: points, yes or no, a score, which of two, ranking, words.

use super::{ItemCard, Msg};
use crate::state::item::ItemState;
use assay_rating::answers::{Preference, Value};
use assay_rating::task::MAX_SCORE;
use web_sys::{HtmlInputElement, HtmlTextAreaElement, KeyboardEvent};
use yew::prelude::*;

impl ItemCard {
    /// A button that sets a field's value; `name` is read out in its text's place.
    fn choice(
        &self,
        ctx: &Context<Self>,
        place: usize,
        value: Value,
        text: Html,
        name: String,
    ) -> Html {
        let pressed = self.state.answer.get(place) == Some(&value);
        let onclick = ctx
            .link()
            .callback(move |_: MouseEvent| Msg::Set(place, value.clone()));
        html! {
            <button type="button" class="choice" role="radio" aria-checked={pressed.to_string()} aria-label={name} {onclick}>{ text }</button>
        }
    }

    pub(super) fn scale(&self, ctx: &Context<Self>, place: usize, points: &[String]) -> Html {
        let buttons = points.iter().enumerate().map(|(i, words)| {
            let point = i as u8 + 1;
            let text = html! { <><b>{ point }</b><span class="anchor">{ words }</span></> };
            let name = format!("{point} {words}");
            self.choice(ctx, place, Value::Point(point), text, name)
        });
        let chosen = match self.state.answer.get(place) {
            Some(Value::Point(p)) => points.get(usize::from(*p) - 1).cloned(),
            _ => None,
        };
        let ends = [points.first(), points.last()].map(|w| w.cloned().unwrap_or_default());
        html! {
            <>
                <div class="points" role="radiogroup" aria-label={self.question(place).name.clone()}
                    style={format!("--points: {}", points.len())}>{ for buttons }</div>
                // Where the words don't fit into the buttons.
                <p class="anchors hint" aria-hidden="true">
                    if let Some(words) = chosen { <strong>{ words }</strong> } else { <span>{ format!("1 {}", ends[0]) }</span><span>{ format!("{} {}", points.len(), ends[1]) }</span> }
                </p>
            </>
        }
    }

    pub(super) fn yes_no(&self, ctx: &Context<Self>, place: usize) -> Html {
        let t = &*ctx.props().locale;
        let button = |yes: bool, key: &str| {
            let words = t.text(key);
            self.choice(
                ctx,
                place,
                Value::Yes(yes),
                html! { { words.clone() } },
                words,
            )
        };
        html! { <div class="choices" role="radiogroup">{ button(true, "yes") }{ button(false, "no") }</div> }
    }

    /// A slider without a value until it is moved, and the same as a number to type.
    pub(super) fn score(&self, ctx: &Context<Self>, place: usize) -> Html {
        let t = &*ctx.props().locale;
        let score = match self.state.answer.get(place) {
            Some(Value::Score(score)) => Some(*score),
            _ => None,
        };
        let waits = self.state.waits(place);
        let link = ctx.link().clone();
        let set = Callback::from(move |field: HtmlInputElement| {
            // What is no score is not taken.
            let score = field.value().trim().parse::<u8>();
            if let Some(score) = score.ok().filter(|score| *score <= MAX_SCORE) {
                link.send_message(Msg::Set(place, Value::Score(score)));
            }
        });
        let moved = set.reform(|e: InputEvent| e.target_unchecked_into());
        let typed = set.reform(|e: Event| e.target_unchecked_into());
        let name = self.question(place).name.clone();
        let most = MAX_SCORE.to_string();
        let middle = MAX_SCORE / 2;
        html! {
            <>
                <div class="score-field">
                    <input type="range" min="0" max={most.clone()} class={classes!(score.is_none().then_some("unset"))} aria-label={name.clone()}
                        aria-valuetext={score.map_or_else(|| t.text("score-open"), |s| s.to_string())}
                        value={score.unwrap_or(middle).to_string()} disabled={waits} oninput={moved} />
                    <input type="number" min="0" max={most} inputmode="numeric" aria-label={name}
                        value={score.map_or(String::new(), |s| s.to_string())} disabled={waits} onchange={typed} />
                </div>
                <p class="hint">{ t.text(if waits { "score-waits" } else { "score-hint" }) }</p>
            </>
        }
    }

    pub(super) fn pair(
        &self,
        ctx: &Context<Self>,
        place: usize,
        tie: bool,
        both_bad: bool,
    ) -> Html {
        let t = &*ctx.props().locale;
        let button = |preference: Preference, words: String| {
            let text = html! { { words.clone() } };
            self.choice(ctx, place, Value::Prefer(preference), text, words)
        };
        let better = |shown: usize| {
            let letter = ["A", "B"][shown].to_owned();
            button(
                self.state.preference(shown),
                t.with("rate-better", &[("letter", letter)]),
            )
        };
        html! {
            <div class="choices" role="radiogroup">
                { better(0) }
                if tie { { button(Preference::Tie, t.text("rate-tie")) } }
                { better(1) }
                if both_bad { { button(Preference::BothBad, t.text("rate-both-bad")) } }
            </div>
        }
    }

    pub(super) fn ranking(&self, ctx: &Context<Self>, place: usize) -> Html {
        let t = &*ctx.props().locale;
        let button = |(output, ..): &(usize, Option<String>, String)| {
            let output = *output;
            let rank = self
                .state
                .ranked
                .iter()
                .position(|o| usize::from(*o) == output);
            let onclick = ctx.link().callback(move |_: MouseEvent| {
                Msg::Do(Box::new(move |state: &mut ItemState| {
                    state.rank(place, output)
                }))
            });
            let letter = self.state.letter(output).to_string();
            let words = match rank {
                Some(rank) => t.with(
                    "rate-ranked",
                    &[("letter", letter), ("rank", t.count(rank + 1))],
                ),
                None => letter,
            };
            html! { <button type="button" class="choice" aria-pressed={rank.is_some().to_string()} {onclick}>{ words }</button> }
        };
        html! {
            <>
                <div class="choices">{ for self.state.item.outputs.iter().map(button) }</div>
                <p class="hint">{ t.text("rate-ranking-hint") }</p>
            </>
        }
    }

    pub(super) fn words(&self, ctx: &Context<Self>, place: usize) -> Html {
        let value = match self.state.answer.get(place) {
            Some(Value::Comment(words)) => words.clone(),
            _ => String::new(),
        };
        let link = ctx.link().clone();
        let oninput = Callback::from(move |e: InputEvent| {
            let area: HtmlTextAreaElement = e.target_unchecked_into();
            link.send_message(Msg::Words(place, area.value()));
        });
        let link = ctx.link().clone();
        let onkeydown = Callback::from(move |e: KeyboardEvent| {
            if e.key() == "Enter" && (e.ctrl_key() || e.meta_key()) {
                e.prevent_default();
                link.send_message(Msg::Done);
            }
        });
        let label = self.question(place).name.clone();
        html! { <textarea rows="2" maxlength="3000" aria-label={label} {value} {oninput} {onkeydown} /> }
    }
}
