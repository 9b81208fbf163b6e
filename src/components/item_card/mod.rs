//! One item in front of a rater: what the systems were given, their outputs, the questions, and the keys
//! that answer them. The same card is the owner's preview, which answers to nobody.

mod fields;
pub mod spans_field;

use crate::browser::files as browser;
use crate::state::item::{Asked, ItemState};
use assay_locale::Locale;
use assay_protocol::rater::ItemView;
use assay_rating::answers::{Answer, Value};
use assay_rating::task::{Kind, Question};
use gloo::events::{EventListener, EventListenerOptions};
use spans_field::spans_field;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

/// What a rater does with an item.
#[derive(Debug, Clone, PartialEq)]
pub enum Act {
    /// It is answered.
    Answer(Answer),
    /// It is passed over.
    Skip,
    /// Nothing was changed; on to the next.
    On,
    /// Back to the one before.
    Back,
    /// The last answer is taken back.
    Undo,
    /// A pause.
    Pause,
}

/// What the card shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Words.
    pub locale: Rc<Locale>,
    /// The task's language.
    pub language: String,
    /// The item.
    pub item: Rc<ItemView>,
    /// Whether the clock stands and keys do nothing.
    pub idle: bool,
    /// Told what the rater does; a preview has nobody to tell.
    pub act: Option<Callback<Act>>,
}

/// Messages to the card.
pub enum Msg {
    /// A key.
    Key(String),
    /// A value for a field.
    Set(usize, Value),
    /// Words for a field; none take them away.
    Words(usize, String),
    /// Something about the state.
    Do(Box<dyn FnOnce(&mut ItemState)>),
    /// What the rater does.
    Act(Act),
    /// On to the next.
    Done,
    /// The page comes into sight or out of it.
    Sight,
}

/// The card.
pub struct ItemCard {
    state: ItemState,
    /// When the clock began to run, while it runs.
    since: Option<f64>,
    /// Milliseconds before that.
    spent: f64,
    /// Whether the item is another one than was drawn last.
    is_new: bool,
    _listeners: Vec<EventListener>,
}

/// Keys that the card takes for itself; their usual meaning would scroll or press a button twice.
fn is_taken(event: &KeyboardEvent) -> bool {
    if event.ctrl_key() || event.meta_key() || event.alt_key() || event.is_composing() {
        return false;
    }
    let element: Option<Element> = event.target().and_then(|t| t.dyn_into().ok());
    let within = |css: &str| {
        let found = element.as_ref().map(|e| e.closest(css));
        found.is_some_and(|f| f.is_ok_and(|f| f.is_some()))
    };
    if within("textarea, input, select, dialog") {
        return false;
    }
    let key = event.key();
    // A choice is pressed by the mouse too, after which Enter goes on; other buttons keep their keys.
    !(within("button, a, summary") && !within(".choice") && (key == "Enter" || key == " "))
        && !(within(".choice") && key == " ")
}

impl Component for ItemCard {
    type Message = Msg;
    type Properties = Props;

    fn create(ctx: &Context<Self>) -> Self {
        let mut listeners = Vec::new();
        if ctx.props().act.is_some() {
            let link = ctx.link().clone();
            let options = EventListenerOptions::enable_prevent_default();
            let window = browser::window();
            listeners.push(EventListener::new_with_options(
                &window,
                "keydown",
                options,
                move |e| {
                    let Some(event) = e.dyn_ref::<KeyboardEvent>() else {
                        return;
                    };
                    if is_taken(event) {
                        let scrolls = ["Enter", " ", "ArrowUp", "ArrowDown", "Backspace"];
                        if scrolls.contains(&event.key().as_str()) {
                            event.prevent_default();
                        }
                        link.send_message(Msg::Key(event.key()));
                    }
                },
            ));
            if let Some(document) = window.document() {
                let link = ctx.link().clone();
                let sight = EventListener::new(&document, "visibilitychange", move |_| {
                    link.send_message(Msg::Sight);
                });
                listeners.push(sight);
            }
        }
        let mut card = Self {
            state: ItemState::new(ctx.props().item.clone()),
            since: None,
            spent: 0.0,
            is_new: false,
            _listeners: listeners,
        };
        card.clock(!ctx.props().idle);
        card
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &Props) -> bool {
        if !Rc::ptr_eq(&old.item, &ctx.props().item) {
            self.state = ItemState::new(ctx.props().item.clone());
            (self.since, self.spent) = (None, 0.0);
            self.is_new = ctx.props().act.is_some();
        }
        self.clock(browser::is_seen() && !ctx.props().idle);
        true
    }

    /// A button that led to this item would take Enter for itself, and skip an item that was answered.
    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        if std::mem::take(&mut self.is_new) && browser::has_focus(".rate-bar") {
            browser::focus(".rate-item");
        }
    }

    fn update(&mut self, ctx: &Context<Self>, message: Msg) -> bool {
        match message {
            Msg::Key(_) if ctx.props().idle => return false,
            Msg::Key(key) => {
                let before = self.state.current;
                let asked = self.state.key(&key);
                if self.state.current != before {
                    self.reveal();
                }
                self.asked(ctx, asked);
            }
            Msg::Set(place, value) => self.state.set(place, value),
            Msg::Words(place, words) => {
                let value = (!words.trim().is_empty()).then_some(Value::Comment(words));
                self.state.answer.set(place, value);
            }
            Msg::Do(change) => change(&mut self.state),
            Msg::Act(act) => self.act(ctx, act),
            Msg::Done => self.done(ctx),
            Msg::Sight => self.clock(browser::is_seen() && !ctx.props().idle),
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let t = &*ctx.props().locale;
        let item = &self.state.item;
        let lang = ctx.props().language.clone();
        html! {
            <div class="rate-item" tabindex="-1">
                <div {lang}>
                    if !item.source.is_empty() {
                        <section class="given"><h2>{ t.text("rate-source") }</h2><p class="prose">{ &item.source }</p></section>
                    }
                    if !item.reference.is_empty() {
                        <section class="given"><h2>{ t.text("reference") }</h2><p class="prose">{ &item.reference }</p></section>
                    }
                    <div class="rate-outputs">{ for item.outputs.iter().map(|o| self.output(ctx, o)) }</div>
                    { for self.state.order.iter().filter(|p| item.fields[**p].output.is_none()).map(|p| self.field(ctx, *p)) }
                </div>
                if self.state.missing { <p class="notice" role="alert">{ t.text("rate-missing") }</p> }
                { self.bar(ctx) }
            </div>
        }
    }
}

impl ItemCard {
    /// Lets the clock run or stand.
    fn clock(&mut self, runs: bool) {
        match (self.since, runs) {
            (None, true) => self.since = Some(browser::now()),
            (Some(since), false) => {
                self.spent += browser::now() - since;
                self.since = None;
            }
            _ => {}
        }
    }

    fn asked(&mut self, ctx: &Context<Self>, asked: Asked) {
        match asked {
            Asked::Nothing => {}
            Asked::Done => self.done(ctx),
            Asked::Words => browser::focus(".rate-item textarea"),
            Asked::Skip => self.act(ctx, Act::Skip),
            Asked::Undo if self.state.item.can_undo => self.act(ctx, Act::Undo),
            Asked::Back if self.state.item.place > 0 => self.act(ctx, Act::Back),
            Asked::Undo | Asked::Back => {}
            Asked::Pause => self.act(ctx, Act::Pause),
        }
    }

    fn act(&self, ctx: &Context<Self>, act: Act) {
        if let Some(to) = &ctx.props().act {
            to.emit(act);
        }
    }

    fn done(&mut self, ctx: &Context<Self>) {
        if !self.state.is_done() {
            return self.reveal();
        }
        let before = &self.state.item.answer;
        if self.state.item.is_answered && before.values == self.state.answer.values {
            return self.act(ctx, Act::On);
        }
        let running = self.since.map_or(0.0, |since| browser::now() - since);
        let mut answer = self.state.answer.clone();
        answer.millis = Some((self.spent + running).min(f64::from(u32::MAX)) as u32);
        self.act(ctx, Act::Answer(answer));
    }

    /// Brings the field that keys speak to into sight.
    fn reveal(&self) {
        if let Some(place) = self.state.here() {
            browser::reveal(&format!("#field-{place}"));
        }
    }

    fn output(&self, ctx: &Context<Self>, shown: &(usize, Option<String>, String)) -> Html {
        let t = &*ctx.props().locale;
        let (output, label, text) = shown;
        let alone = self.state.item.outputs.len() == 1;
        let letter = self.state.letter(*output).to_string();
        let name = match label {
            Some(label) if alone => label.clone(),
            Some(label) => format!("{letter} · {label}"),
            None if alone => t.text("output"),
            None => letter,
        };
        let fields = self.state.order.iter().copied();
        let own = |p: &usize| self.state.item.fields[*p].output == Some(*output);
        let fields: Vec<usize> = fields.filter(own).collect();
        // A text in which errors are marked stands in the field that marks them.
        let marks = fields
            .iter()
            .any(|p| self.question(*p).kind.errors().is_some());
        html! {
            <section class="rate-output" key={*output}>
                <h2>{ name }</h2>
                if !marks {
                    if text.trim().is_empty() { <p class="same">{ t.text("blank") }</p> } else { <p class="prose">{ text }</p> }
                }
                { for fields.into_iter().map(|p| self.field(ctx, p)) }
            </section>
        }
    }

    fn question(&self, place: usize) -> &Question {
        &self.state.item.questions[self.state.item.fields[place].question]
    }

    fn field(&self, ctx: &Context<Self>, place: usize) -> Html {
        let t = &*ctx.props().locale;
        let question = self.question(place);
        let here = self.state.here() == Some(place) && ctx.props().act.is_some();
        let open =
            self.state.missing && question.required && self.state.answer.get(place).is_none();
        let class = classes!("field", here.then_some("here"), open.then_some("open"));
        let inner = match &question.kind {
            Kind::Scale(points) => self.scale(ctx, place, points),
            Kind::YesNo => self.yes_no(ctx, place),
            Kind::Pairwise { tie, both_bad } => self.pair(ctx, place, *tie, *both_bad),
            Kind::Ranking => self.ranking(ctx, place),
            Kind::Spans(_) | Kind::Marks(_) => {
                let link = ctx.link().clone();
                let change = Callback::from(move |change| link.send_message(Msg::Do(change)));
                spans_field(t, &self.state, place, &question.kind, &change)
            }
            Kind::Score => self.score(ctx, place),
            Kind::Comment => self.words(ctx, place),
        };
        html! {
            <fieldset id={format!("field-{place}")} {class} key={place}>
                <legend>{ &question.name }
                    if !question.required { <small>{ " " }{ t.text("optional") }</small> }
                </legend>
                if !question.help.is_empty() { <p class="hint">{ &question.help }</p> }
                { inner }
            </fieldset>
        }
    }

    /// What goes on and back, in reach of a thumb.
    fn bar(&self, ctx: &Context<Self>) -> Html {
        if ctx.props().act.is_none() {
            return Html::default();
        }
        let t = &*ctx.props().locale;
        let item = &self.state.item;
        let on = |act: Act| {
            ctx.link()
                .callback(move |_: MouseEvent| Msg::Act(act.clone()))
        };
        html! {
            <div class="rate-bar">
                <button id="rate-back" class="quiet" disabled={item.place == 0} onclick={on(Act::Back)}>{ t.text("rate-back") }</button>
                <button id="rate-undo" class="quiet" disabled={!item.can_undo} onclick={on(Act::Undo)}>{ t.text("undo-step") }</button>
                <button id="rate-skip" onclick={on(Act::Skip)}>{ t.text("rate-skip") }</button>
                <button id="rate-next" class="primary" onclick={ctx.link().callback(|_: MouseEvent| Msg::Done)}>{ t.text("rate-next") }</button>
            </div>
        }
    }
}
