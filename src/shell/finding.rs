//! What the command palette offers now, and what is done when something is chosen.

use super::{Msg, Shell};
use crate::browser::files as browser;
use crate::shell::ask::Ask;
use crate::shell::dialogs::palette::Palette;
use crate::state::commands::{Action, commands};
use assay_protocol::data::ExampleName;
use std::rc::Rc;
use yew::prelude::*;

impl Shell {
    /// The palette with what can be done now.
    pub(super) fn palette(&self, ctx: &Context<Self>) -> Html {
        let measures: Vec<String> = self.metrics.iter().map(|m| m.result.name.clone()).collect();
        let locale = self.settings.locale.clone();
        let commands = Rc::new(commands(&locale, &self.route, &measures));
        let done = ctx.link().callback(Msg::Found);
        html! { <Palette {locale} {commands} {done} /> }
    }

    /// Does what was chosen.
    pub(super) fn act(&mut self, ctx: &Context<Self>, action: Option<Action>) {
        self.is_finding = false;
        match action {
            None => {}
            Some(Action::Go(route)) => browser::set_hash(&route.to_hash()),
            Some(Action::Example) => ctx
                .link()
                .send_message(Msg::Ask(Ask::LoadDemo(ExampleName::Support))),
            Some(Action::Language) => ctx.link().send_message(Msg::Language),
            Some(Action::Theme) => ctx.link().send_message(Msg::Theme),
        }
    }
}
