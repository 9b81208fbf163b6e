//! Backups in the frame: files that come are looked through for one, on every page; it becomes a new project, which is
//! opened. One that is locked asks for its passphrase.

use super::dialogs::unlock::LockedBackup;
use super::{Msg, Shell};
use crate::browser::files as browser;
use crate::browser::files::FolderFiles;
use assay_calls::{CallFailure, Explanation};
use assay_protocol::backup::{BackupError, BackupLoss, FindBackup, RestoreBackup, RestoredBackup};
use assay_protocol::workspace::{Open, SaveState, State};
use assay_web_calls::Attachments;
use web_sys::File;
use yew::prelude::*;

impl Shell {
    /// Looks for a backup among files that came; all others go where they belong.
    pub(super) fn sort_out(
        &self,
        ctx: &Context<Self>,
        mut found: FolderFiles,
        others: fn(FolderFiles) -> Msg,
    ) {
        let (link, calls) = (ctx.link().clone(), self.calls.clone());
        let beside = Attachments::files(found.files.iter().cloned());
        self.calls.spawn(async move {
            // Where the worker does not answer, whoever takes the files says so.
            let backup = calls.ask_with(FindBackup {}, beside).await.ok().flatten();
            if let Some(place) = backup.filter(|place| *place < found.files.len()) {
                if place < found.paths.len() {
                    found.paths.remove(place);
                }
                link.send_message(Msg::Backup(found.files.remove(place)));
            }
            if !found.files.is_empty() || !found.left_out.is_empty() {
                link.send_message(others(found));
            }
        });
    }

    /// Makes a project of a backup.
    pub(super) fn restore(&self, ctx: &Context<Self>, file: File, passphrase: String) {
        let (link, calls) = (ctx.link().clone(), self.calls.clone());
        let beside = Attachments::files([file.clone()]);
        self.calls.spawn(async move {
            let restored = calls.ask_with(RestoreBackup { passphrase }, beside).await;
            let locked = |is_refused| Msg::Locked(Some(LockedBackup { file, is_refused }));
            link.send_message(match restored {
                Ok(restored) => Msg::Restored(restored),
                Err(CallFailure::Service(BackupError::Locked { .. })) => locked(false),
                Err(CallFailure::Service(BackupError::WrongPassphrase { .. })) => locked(true),
                Err(failure) => {
                    calls.report(failure.explanation());
                    Msg::Locked(None)
                }
            });
        });
    }

    /// A backup became a project: it is opened, unless that would lose what is not saved.
    pub(super) fn restored(&mut self, ctx: &Context<Self>, restored: RestoredBackup) {
        self.locked = None;
        let RestoredBackup { id, losses } = restored;
        let state = self.calls.known(&State {});
        let saving = state.reply().map(|state| state.saving.clone());
        let is_unsaved = matches!(
            saving,
            Some(SaveState::NotSaved { .. } | SaveState::LookOnly | SaveState::Removed)
        );
        let question = self.settings.locale.text("device-project-unsaved-sure");
        if is_unsaved && !browser::confirm(&question) {
            return self.tell_losses(&losses);
        }
        let link = ctx.link().clone();
        self.calls.order(Open { id }, move |opened| {
            link.send_message(Msg::Ask(super::Ask::Opened(opened)));
            link.send_message(Msg::Losses(losses));
        });
    }

    /// Says what was damaged.
    pub(super) fn tell_losses(&self, losses: &[BackupLoss]) {
        for loss in losses {
            self.calls.report(Explanation::of(loss));
        }
    }
}
