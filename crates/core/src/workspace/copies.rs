//! The list of projects, and what is done to those in it: names, copies, removal.

use super::manifest::{FOLDER, LOCK, Manifest, card};
use super::{Current, WorkspaceService};
use crate::platform::DiskError;
use assay_protocol::workspace::{WorkspaceCard, WorkspaceError};
use assay_sorting::sort_by;

/// Milliseconds for which a removed project can be brought back.
const BRING_BACK_MS: f64 = 600_000.0;
/// Bytes that are copied at once.
const PIECE: u64 = 4 << 20;

impl WorkspaceService {
    /// The projects, the latest first.
    pub(super) async fn list(&self) -> Result<Vec<WorkspaceCard>, WorkspaceError> {
        let disk = &*self.parts.disk;
        let mut cards = Vec::new();
        for id in disk.names(&[FOLDER]).await? {
            let card = card(disk, &id).await;
            // A folder in which nothing is yet.
            if card.error != Some(WorkspaceError::Missing) {
                cards.push(card);
            }
        }
        sort_by(&mut cards, |a, b| b.changed_ms.total_cmp(&a.changed_ms));
        Ok(cards)
    }

    /// Removes what was removed long ago, and copies that were never finished.
    pub(super) async fn remove_for_good(&self) {
        let disk = &*self.parts.disk;
        // Where the disk can't be read there is nothing to remove; whoever writes is told.
        for id in disk.names(&[FOLDER]).await.unwrap_or_default() {
            let is_over = match Manifest::load(disk, &id).await {
                Ok(manifest) => self.is_over(&id, manifest).await,
                // Nobody writes it, so nobody will finish it.
                Err(WorkspaceError::Missing) => disk.log(&[FOLDER, &id, LOCK]).await.is_ok(),
                Err(_) => false,
            };
            if is_over {
                // One that stays is tried at the next visit.
                drop(disk.remove(&[FOLDER, &id]).await);
            }
        }
    }

    /// Whether a project was removed so long ago that it goes for good. The clock may have been set since, so the time is
    /// counted from the first visit that finds it removed, and anew where it lies in the future.
    async fn is_over(&self, id: &str, mut manifest: Manifest) -> bool {
        let Some(removed_ms) = manifest.removed_ms else {
            return false;
        };
        let now = self.parts.clock.now_ms();
        let is_counted = manifest.removal_was_seen && removed_ms <= now;
        if is_counted {
            return now - removed_ms >= BRING_BACK_MS;
        }
        // Another tab may be bringing it back. Where it can't be written this is done at the next visit; the project stays.
        let disk = &*self.parts.disk;
        if let Ok(_lock) = disk.log(&[FOLDER, id, LOCK]).await {
            manifest.removal_was_seen = true;
            manifest.removed_ms = Some(now);
            drop(manifest.store(disk, id).await);
        }
        false
    }

    /// Whether a project is the one that this tab has open and may write.
    fn is_open_here(&self, id: &str) -> Result<bool, WorkspaceError> {
        let open = self.open.borrow();
        let is_open = open.id.as_deref() == Some(id);
        match is_open && open.looks_only {
            true => Err(WorkspaceError::OpenElsewhere),
            false => Ok(is_open),
        }
    }

    /// Changes a project's list of contents, which no other tab may be writing.
    async fn edit(
        &self,
        id: &str,
        change: impl FnOnce(&mut Manifest),
    ) -> Result<(), WorkspaceError> {
        let disk = &*self.parts.disk;
        if self.is_open_here(id)? {
            let mut manifest = self.open.borrow().manifest.clone();
            change(&mut manifest);
            manifest.store(disk, id).await?;
            self.open.borrow_mut().manifest = manifest;
        } else {
            Manifest::load(disk, id).await?;
            let lock = disk.log(&[FOLDER, id, LOCK]).await;
            let _lock = lock.map_err(|error| match error {
                DiskError::InUse { .. } => WorkspaceError::OpenElsewhere,
                error => error.into(),
            })?;
            let mut manifest = Manifest::load(disk, id).await?;
            change(&mut manifest);
            manifest.store(disk, id).await?;
        }
        self.list_changed();
        Ok(())
    }

    /// Gives a project a name.
    pub(super) async fn rename(&self, id: &str, name: &str) -> Result<(), WorkspaceError> {
        let name = name.trim().to_owned();
        if name.is_empty() {
            return Err(WorkspaceError::NoName);
        }
        let _turn = self.turn.lock().await;
        self.edit(id, |manifest| manifest.name = Some(name)).await
    }

    /// Removes a project; the open one is left for an empty one.
    pub(super) async fn remove(&self, id: &str) -> Result<(), WorkspaceError> {
        let _turn = self.turn.lock().await;
        if self.is_open_here(id)? {
            self.save_in_turn().await;
            self.leave().await;
        }
        let now = self.parts.clock.now_ms();
        let remove = |manifest: &mut Manifest| {
            manifest.removed_ms = Some(now);
            manifest.removal_was_seen = false;
        };
        self.edit(id, remove).await
    }

    /// Brings a removed project back.
    pub(super) async fn restore(&self, id: &str) -> Result<(), WorkspaceError> {
        let _turn = self.turn.lock().await;
        self.edit(id, |manifest| manifest.removed_ms = None).await
    }

    /// Makes what is in memory a project of its own.
    pub(super) async fn keep_as_new(&self) {
        let _turn = self.turn.lock().await;
        self.open.replace(Current::default());
        self.save_in_turn().await;
    }

    /// Copies a project as it is on the disk.
    pub(super) async fn duplicate(&self, id: &str) -> Result<(), WorkspaceError> {
        let _turn = self.turn.lock().await;
        if self.open.borrow().id.as_deref() == Some(id) {
            self.save_in_turn().await;
        }
        let disk = &*self.parts.disk;
        let mut manifest = Manifest::load(disk, id).await?;
        let new = self.new_id().await;
        // Held until the copy is whole: what nobody holds is removed.
        let lock = disk.log(&[FOLDER, &new, LOCK]).await?;
        let copied = self.copy_files(id, &new, &manifest).await;
        let name = manifest.name.take();
        let name = name.unwrap_or_else(|| manifest.titles.join(", "));
        manifest.name = Some(format!("{name} (2)"));
        manifest.changed_ms = self.parts.clock.now_ms();
        let stored = match copied {
            Ok(()) => manifest.store(disk, &new).await,
            Err(error) => Err(error),
        };
        drop(lock);
        if stored.is_err() {
            // Half of a copy is in no list; where it can't be removed it takes room and nothing else.
            drop(disk.remove(&[FOLDER, &new]).await);
        }
        self.list_changed();
        Ok(stored?)
    }

    async fn copy_files(&self, id: &str, new: &str, manifest: &Manifest) -> Result<(), DiskError> {
        let disk = &*self.parts.disk;
        for member in manifest.members.values() {
            let path = || format!("{FOLDER}/{id}/{}", member.file);
            let Some(file) = disk.file(&[FOLDER, id, &member.file]).await? else {
                // The copy has the same damage, which is told when it is opened.
                continue;
            };
            let mut log = disk.log(&[FOLDER, new, &member.file]).await?;
            let mut start = 0;
            while start < file.bytes() {
                let end = (start + PIECE).min(file.bytes());
                let piece = file.read(start, end).await;
                let piece = piece.map_err(|error| DiskError::Failed {
                    path: path(),
                    detail: error.to_string(),
                })?;
                log.append(&piece)?;
                start = end;
            }
        }
        Ok(())
    }
}
