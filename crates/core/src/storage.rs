//! What all services have stored on this device, and the removal of it. Each service names the places that it writes to.

use crate::models::{MEASURED, MODELS_FOLDER, SCORES_FOLDER};
use crate::platform::{Disk, DiskError};
use crate::projects;
use crate::workspace::{self, LAST, WorkspaceService};
use assay_calls::{Announcer, Codec, Jobs, Registry};
use assay_protocol::storage::{Contents, RemoveAll, RemoveAllError, Stored, StoredKind};
use assay_protocol::topics::{MODELS, PERPLEXITY, PROJECTS, RATINGS, WORKSPACE};
use std::rc::Rc;

/// Folders with the kind of what is in them.
const FOLDERS: [(StoredKind, &[&str]); 5] = [
    (StoredKind::Projects, &[workspace::FOLDER]),
    (StoredKind::RatingTasks, &projects::FOLDER),
    (StoredKind::RaterAnswers, &assay_rater::FOLDER),
    (StoredKind::Models, &[MODELS_FOLDER]),
    (StoredKind::Scores, &[SCORES_FOLDER]),
];
/// Files beside them.
const NOTES: [&str; 2] = [LAST, MEASURED];

/// What is on the disk.
pub struct StorageService {
    disk: Rc<dyn Disk>,
    workspace: Rc<WorkspaceService>,
    jobs: Jobs,
    announcer: Announcer,
}

impl StorageService {
    /// A service over the disk that all services share.
    #[must_use]
    pub fn new(
        disk: Rc<dyn Disk>,
        workspace: Rc<WorkspaceService>,
        jobs: Jobs,
        announcer: Announcer,
    ) -> Self {
        Self {
            disk,
            workspace,
            jobs,
            announcer,
        }
    }

    async fn contents(&self) -> Result<Vec<Stored>, DiskError> {
        let mut contents = Vec::new();
        for (kind, folder) in FOLDERS {
            let usage = self.disk.usage(folder).await?;
            let names = self.disk.names(folder).await?;
            // A rating task is several files, of which the list shows one.
            let count = match kind {
                StoredKind::RatingTasks => names.iter().filter(|n| n.ends_with(".card")).count(),
                _ => names.len(),
            };
            if usage.files > 0 {
                let bytes = usage.bytes;
                contents.push(Stored { kind, count, bytes });
            }
        }
        let (mut count, mut bytes) = (0, 0.0);
        for name in NOTES {
            if let Some(file) = self.disk.file(&[name]).await? {
                count += 1;
                bytes += file.bytes() as f64;
            }
        }
        if count > 0 {
            let kind = StoredKind::Notes;
            contents.push(Stored { kind, count, bytes });
        }
        Ok(contents)
    }

    /// Removes all that services have written. What another tab holds open stays, and is told.
    async fn remove_all(&self) -> Result<(), RemoveAllError> {
        if !self.jobs.running().is_empty() {
            return Err(RemoveAllError::Running);
        }
        self.workspace.forget_open().await;
        let mut result = Ok(());
        for (_, folder) in FOLDERS {
            result = result.and(self.remove_within(folder).await);
        }
        for name in NOTES {
            result = result.and(self.disk.remove(&[name]).await);
        }
        for topic in [WORKSPACE, PROJECTS, RATINGS, MODELS, PERPLEXITY] {
            self.announcer.changed(&topic);
        }
        result.map_err(|error| RemoveAllError::Left { error })
    }

    /// Removes what is in a folder, one by one: a file that is in use keeps nothing else there.
    async fn remove_within(&self, folder: &[&str]) -> Result<(), DiskError> {
        let mut result = Ok(());
        for name in self.disk.names(folder).await? {
            let path = [folder, &[&name]].concat();
            result = result.and(self.disk.remove(&path).await);
        }
        match result {
            Ok(()) => self.disk.remove(folder).await,
            error => error,
        }
    }
}

/// Registers what the service answers.
pub fn register<Ctx: 'static, C: Codec, A: Default + 'static>(
    registry: &mut Registry<Ctx, C, A>,
    service: &Rc<StorageService>,
) {
    registry.on_service(
        service,
        |s, _: Contents, _| async move { s.contents().await },
    );
    registry.on_service(
        service,
        |s, _: RemoveAll, _| async move { s.remove_all().await },
    );
}

#[cfg(test)]
mod tests;
