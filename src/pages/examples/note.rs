//! The field of a row's note. What is typed stands in the field alone until the worker has it: an answer never takes a
//! letter away, and the field writes at once when it goes, or the page does.

use crate::browser::files as browser;
use crate::browser::unsent;
use crate::calls::Calls;
use assay_protocol::annotations::{MOST_NOTE, SetNote};
use assay_protocol::workspace::Save;
use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

/// How long typing may pause before it is written, in milliseconds.
const PAUSE_MS: u32 = 300;
/// After how many milliseconds a note that could not be written is tried again.
const RETRY_MS: u32 = 2000;

/// The note.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The row in the table.
    pub row: usize,
    /// The note as the worker has it; nothing while that may be out of date.
    pub note: Option<AttrValue>,
    /// To the worker.
    pub calls: Calls,
    /// The field's label.
    pub label: String,
    /// What is said while the worker does not have what was typed.
    pub saving: String,
}

/// What happens to the field.
pub enum Msg {
    /// Something was typed.
    Typed(String),
    /// The typing has paused.
    Paused,
    /// The page may be gone soon.
    Leaving,
    /// The worker has this text, or could not take it.
    Written(String, bool),
}

/// The field.
pub struct NoteField {
    text: String,
    /// What the worker has, as far as is known.
    written: String,
    /// Whether the worker has said what the note is: before that, what is typed would take its place.
    is_known: bool,
    /// Texts on their way to the worker.
    on_the_way: usize,
    pause: Option<Timeout>,
    _leaving: [EventListener; 2],
}

impl Component for NoteField {
    type Message = Msg;
    type Properties = Props;

    fn create(ctx: &Context<Self>) -> Self {
        let note = ctx.props().note.clone().unwrap_or_default().to_string();
        let leaving = ["visibilitychange", "pagehide"].map(|name| {
            let link = ctx.link().clone();
            EventListener::new(&browser::window(), name, move |_| {
                link.send_message(Msg::Leaving);
            })
        });
        Self {
            is_known: ctx.props().note.is_some(),
            text: note.clone(),
            written: note,
            on_the_way: 0,
            pause: None,
            _leaving: leaving,
        }
    }

    fn changed(&mut self, ctx: &Context<Self>, _: &Props) -> bool {
        if let Some(note) = ctx.props().note.as_ref().filter(|_| !self.is_pending()) {
            self.text = note.to_string();
            self.written.clone_from(&self.text);
            self.is_known = true;
        }
        true
    }

    fn update(&mut self, ctx: &Context<Self>, message: Msg) -> bool {
        let was_pending = self.is_pending();
        match message {
            Msg::Typed(text) => {
                self.text = text;
                self.wait(ctx, PAUSE_MS);
            }
            Msg::Paused => self.write(ctx),
            Msg::Leaving => self.leave(ctx),
            Msg::Written(text, is_written) => {
                self.on_the_way -= 1;
                if is_written {
                    self.written = text;
                    unsent::forget(ctx.props().row, &self.written);
                } else {
                    self.wait(ctx, RETRY_MS);
                }
            }
        }
        was_pending != self.is_pending()
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let oninput = ctx.link().callback(|e: InputEvent| {
            Msg::Typed(e.target_unchecked_into::<HtmlTextAreaElement>().value())
        });
        let onblur = ctx.link().callback(|_: FocusEvent| Msg::Paused);
        html! {
            <label>{ &ctx.props().label }
                if self.is_pending() { <small>{ &ctx.props().saving }</small> }
                <textarea id="note" rows="2" aria-busy={self.is_pending().to_string()} dir="auto" maxlength={MOST_NOTE.to_string()} readonly={!self.is_known} value={self.text.clone()} {oninput} {onblur} />
            </label>
        }
    }

    fn destroy(&mut self, ctx: &Context<Self>) {
        self.write(ctx);
    }
}

impl NoteField {
    /// Whether the worker may not have what was typed.
    fn is_pending(&self) -> bool {
        self.text != self.written || self.on_the_way > 0
    }

    fn wait(&mut self, ctx: &Context<Self>, ms: u32) {
        let link = ctx.link().clone();
        let pause = Timeout::new(ms, move || link.send_message(Msg::Paused));
        self.pause = Some(pause);
    }

    /// Writes what was typed since it was written last.
    fn write(&mut self, ctx: &Context<Self>) {
        self.pause = None;
        if self.text == self.written {
            return;
        }
        self.on_the_way += 1;
        let props = ctx.props();
        let (calls, link) = (props.calls.clone(), ctx.link().clone());
        let (row, text) = (props.row, self.text.clone());
        props.calls.spawn(async move {
            let call = SetNote {
                row,
                text: text.clone(),
            };
            let done = calls.ask(call).await;
            if let Err(failure) = &done {
                calls.report(failure.explanation());
            }
            link.send_message(Msg::Written(text, done.is_ok()));
        });
    }

    /// Writes at once, to the disk too. What the worker may not come to any more is handed over to the next visit.
    fn leave(&mut self, ctx: &Context<Self>) {
        if self.is_pending() {
            unsent::keep(ctx.props().row, &self.text);
        }
        self.write(ctx);
        ctx.props().calls.order(Save {}, |()| {});
    }
}
