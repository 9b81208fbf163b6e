//! A field for text that never loses a letter: what is typed stays in it while the page is drawn again, and is
//! taken after a pause in the typing, when the field is left, and when it goes away.

use gloo::timers::callback::Timeout;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

/// How long typing may pause before it counts, in milliseconds.
const PAUSE: u32 = 250;

/// What the field is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FieldKind {
    /// A line of text.
    #[default]
    Line,
    /// A line to search by, which browsers give a button to empty it.
    Search,
    /// Text of several lines, of which this many are shown.
    Area(u32),
}

/// What the field shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The element's id.
    #[prop_or_default]
    pub id: Option<AttrValue>,
    /// The element's class.
    #[prop_or_default]
    pub class: Option<AttrValue>,
    /// Its label.
    pub label: AttrValue,
    /// The label's class.
    #[prop_or_default]
    pub label_class: Option<AttrValue>,
    /// A line, several, or a search.
    #[prop_or_default]
    pub kind: FieldKind,
    /// The most characters that it takes, in UTF-16 units.
    #[prop_or_default]
    pub maxlength: Option<u32>,
    /// How many characters wide a line is.
    #[prop_or_default]
    pub size: Option<u32>,
    /// Whether the browser looks for misspelt words.
    #[prop_or(true)]
    pub spellcheck: bool,
    /// Whether a text counts only once it is whole: when the field is left, and not after a pause.
    #[prop_or_default]
    pub waits_until_left: bool,
    /// The text that counts.
    pub value: AttrValue,
    /// Told of a new text.
    pub set: Callback<String>,
}

/// What happens to the field.
#[derive(Debug)]
pub enum Msg {
    /// Its text is another.
    Typed(String),
    /// Nothing was typed for a while.
    Paused,
    /// It was left with this text.
    Left(String),
}

/// The field.
#[derive(Debug)]
pub struct TextField {
    /// What stands in it.
    text: String,
    /// Whether the person is typing: what counts may be worded otherwise then (without a space at the end,
    /// say), and is shown only once the field is left.
    is_typing: bool,
    /// Whether what was typed is not told yet.
    is_untold: bool,
    /// Runs until the typing has paused long enough.
    pause: Option<Timeout>,
}

impl TextField {
    fn tell(&mut self, ctx: &Context<Self>) {
        self.pause = None;
        if std::mem::take(&mut self.is_untold) {
            ctx.props().set.emit(self.text.clone());
        }
    }
}

impl Component for TextField {
    type Message = Msg;
    type Properties = Props;

    fn create(ctx: &Context<Self>) -> Self {
        Self {
            text: ctx.props().value.to_string(),
            is_typing: false,
            is_untold: false,
            pause: None,
        }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Typed(text) => {
                self.text = text;
                self.is_typing = true;
                self.is_untold = true;
                if !ctx.props().waits_until_left {
                    let link = ctx.link().clone();
                    let paused = move || link.send_message(Msg::Paused);
                    self.pause = Some(Timeout::new(PAUSE, paused));
                }
            }
            Msg::Paused => self.tell(ctx),
            Msg::Left(text) => {
                self.is_untold |= text != self.text;
                self.text = text;
                self.is_typing = false;
                self.tell(ctx);
                return true;
            }
        }
        // The field itself has what was typed.
        false
    }

    fn changed(&mut self, ctx: &Context<Self>, before: &Props) -> bool {
        let value = &ctx.props().value;
        if *value != before.value && !self.is_typing {
            self.text = value.to_string();
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let props = ctx.props();
        let oninput = ctx
            .link()
            .callback(|e: InputEvent| Msg::Typed(value_of(&e)));
        let onchange = ctx.link().callback(|e: Event| Msg::Left(value_of(&e)));
        // A field whose text was set by a script or an extension is left without a change.
        let onblur = ctx.link().callback(|e: FocusEvent| Msg::Left(value_of(&e)));
        let value = self.text.clone();
        let maxlength = props.maxlength.map(|n| n.to_string());
        let spellcheck = (!props.spellcheck).then_some("false");
        let (id, class) = (props.id.clone(), props.class.clone());
        let field = match props.kind {
            FieldKind::Area(rows) => html! {
                <textarea {id} {class} rows={rows.to_string()} {maxlength} {spellcheck} {value} {oninput} {onchange} {onblur} />
            },
            FieldKind::Line | FieldKind::Search => {
                let kind = match props.kind {
                    FieldKind::Search => "search",
                    _ => "text",
                };
                let size = props.size.map(|n| n.to_string());
                html! { <input {id} {class} type={kind} {size} {maxlength} {spellcheck} {value} {oninput} {onchange} {onblur} /> }
            }
        };
        html! { <label class={props.label_class.clone()}>{ &props.label }{ " " }{ field }</label> }
    }

    fn destroy(&mut self, ctx: &Context<Self>) {
        self.tell(ctx);
    }
}

/// The text of the field that an event is about.
fn value_of(event: &Event) -> String {
    match event.target_dyn_into::<HtmlTextAreaElement>() {
        Some(area) => area.value(),
        None => event.target_unchecked_into::<HtmlInputElement>().value(),
    }
}
