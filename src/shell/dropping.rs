//! Files that are dropped on the page, and imports.

use super::{Msg, Shell};
use crate::browser::files::{Dropped, FolderFiles, dropped, files_within};
use crate::route::Page;
use assay_calls::{Call, Explanation};
use assay_protocol::data::{FoundInFiles, Import, ImportFolder};
use assay_protocol::ratings::Load;
use assay_protocol::{experiment, training};
use assay_web_calls::Attachments;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// Files of a folder that were left out and are told in notices, where no page lists them.
const LEFT_OUT_TOLD: usize = 3;

impl Shell {
    /// Takes what is dropped anywhere on the page; a folder's files are looked for first.
    pub(super) fn on_drop(ctx: &Context<Self>) -> Callback<DragEvent> {
        let shell = ctx.link().clone();
        ctx.link().batch_callback(move |e: DragEvent| {
            if e.default_prevented() {
                // A part of the page took the files itself.
                return vec![Msg::Over(false)];
            }
            e.prevent_default();
            let import = match dropped(e.data_transfer()) {
                Dropped::Files(files) => {
                    let found = FolderFiles {
                        files,
                        ..FolderFiles::default()
                    };
                    (!found.files.is_empty()).then_some(Msg::Dropped(found))
                }
                Dropped::Entries(entries) => {
                    let shell = shell.clone();
                    spawn_local(async move {
                        let found = files_within(entries).await;
                        shell.send_message(Msg::Dropped(found));
                    });
                    None
                }
            };
            [Some(Msg::Over(false)), import]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
        })
    }

    /// Takes files that were dropped: where they belong depends on the page.
    pub(super) fn take_files(&mut self, ctx: &Context<Self>, found: FolderFiles) {
        let FolderFiles {
            files,
            paths,
            left_out,
        } = found;
        let beside = Attachments::files(files);
        let reasons: Vec<Explanation> = left_out
            .iter()
            .take(LEFT_OUT_TOLD)
            .map(Explanation::of)
            .collect();
        match self.route.page {
            Page::Ratings | Page::Task => {
                self.calls.dismiss_all();
                let to = self.ratings_page();
                self.calls.order_with(Load {}, beside, move |()| to());
            }
            Page::Training => {
                let open = training::Open { paths };
                self.calls.order_with(open, beside, |()| {});
            }
            Page::Experiment => {
                self.calls.order_with(experiment::Open {}, beside, |()| {});
            }
            _ if paths.is_empty() && left_out.is_empty() => self.import(ctx, Import {}, beside),
            _ => self.import(ctx, ImportFolder { paths, left_out }, beside),
        }
        // Of an import the Data page lists all of it.
        if matches!(
            self.route.page,
            Page::Ratings | Page::Task | Page::Training | Page::Experiment
        ) {
            reasons.into_iter().for_each(|why| self.calls.report(why));
        }
    }

    /// Imports, which is a new beginning: what was told before is over.
    pub(super) fn import<C>(&mut self, ctx: &Context<Self>, call: C, beside: Attachments)
    where
        C: Call<Reply = FoundInFiles>,
    {
        self.calls.dismiss_all();
        self.keeps_view = false;
        self.imports += 1;
        let (link, calls) = (ctx.link().clone(), self.calls.clone());
        self.calls.spawn(async move {
            let imported = calls.ask_with(call, beside).await;
            if let Err(failure) = &imported {
                calls.report(failure.explanation());
            }
            link.send_message(Msg::Imported(imported.ok()));
        });
    }
}
