//! A tab that looks at a project which another tab writes: it takes what was written there, unless something was done
//! here, and is told when the project was removed.

use super::WorkspaceService;
use super::kept::digest;
use super::manifest::Manifest;
use super::open::Over;
use super::parts::{Part, TEXTS};
use assay_protocol::workspace::{Followed, SaveState, WorkspaceError};

impl WorkspaceService {
    /// Takes what another tab has written since the project was opened here. Where that tab is gone the project is
    /// written here from now on.
    pub(super) async fn follow(&self) -> Result<Followed, WorkspaceError> {
        let _turn = self.turn.lock().await;
        let (id, known) = {
            let open = self.open.borrow();
            match &open.id {
                Some(id) if open.looks_only => (id.clone(), open.manifest.clone()),
                _ => return Ok(Followed::Unchanged),
            }
        };
        let found = match Manifest::load(&*self.parts.disk, &id).await {
            Ok(manifest) if manifest.removed_ms.is_none() => manifest,
            Ok(_) | Err(WorkspaceError::Missing) => {
                self.set_saving(SaveState::Removed);
                return Ok(Followed::Removed);
            }
            Err(error) => return Err(error),
        };
        if *self.saving.borrow() == SaveState::Removed {
            // It was brought back.
            self.set_saving(SaveState::LookOnly);
        }
        if found == known {
            return Ok(Followed::Unchanged);
        }
        if self.has_own_changes(&known) {
            return Ok(Followed::Apart);
        }
        self.open_in_turn(&id, Over::Anything).await?;
        Ok(Followed::Taken)
    }

    /// Whether what is here is another than what was opened, but for the address and what is computed.
    fn has_own_changes(&self, opened: &Manifest) -> bool {
        let texts = self.open.borrow().saved.get(TEXTS).copied();
        let is_other = |part: Part| {
            let here = self.encoded(part).map(|bytes| digest(&bytes));
            let there = opened.members.get(part.name()).map(|m| m.sha256.clone());
            part != Part::View && here != there
        };
        texts != Some(self.texts_stamp()) || Part::ALL.into_iter().any(is_other)
    }
}
