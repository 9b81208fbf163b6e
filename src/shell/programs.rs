//! The shell's part in running programs: it hosts the sandbox.

use super::super::state::Notice;
use super::{Msg, Shell};
use crate::browser::files as browser;
use crate::browser::sandbox;
use crate::browser::sandbox::{Limits, Sandbox, SandboxNews};
use assay_protocol::code::CodeCommand;
use assay_protocol::messages::Request;
use yew::prelude::*;

impl Shell {
    /// Puts up the sandbox, as the owner has said yes.
    pub(super) fn run_code(&mut self, ctx: &Context<Self>, limits: Limits) {
        self.state.run_code(browser::now());
        let (up, news) = (ctx.link().clone(), ctx.link().clone());
        wasm_bindgen_futures::spawn_local(async move {
            let sandbox = Sandbox::start(limits, move |n| news.send_message(Msg::Sandbox(n))).await;
            up.send_message(Msg::SandboxUp(sandbox.map_err(|e| format!("{e:?}"))));
        });
    }

    pub(super) fn no_sandbox(&mut self, detail: String) {
        self.sandbox = None;
        self.state.job = None;
        self.state.notice = Some(Notice::Sandbox(detail));
    }

    pub(super) fn heard_of_program(&mut self, news: SandboxNews) {
        let command = match news {
            SandboxNews::Ready => CodeCommand::Begin {
                lanes: sandbox::lanes(),
            },
            SandboxNews::Done(place, outcome) => CodeCommand::Done { place, outcome },
            SandboxNews::Unusable(detail) => return self.no_sandbox(detail),
        };
        let command = Box::new(command);
        self.send(Request::Code { command });
    }
}
