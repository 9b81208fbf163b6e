//! Copies of models on this device: a folder for each, named by its fingerprint, with its files and, written
//! last, its header's summary, which marks the copy as complete.

use super::{ModelSource, Models, disk_error};
use crate::platform::{DiskError, InputError, InputFile};
use assay_calls::{Explanation, Job, Progress, Unit};
use assay_lm::gpu::Measured;
use assay_protocol::models::{ModelInfo, ModelsError};
use assay_protocol::topics::KEEP_MODEL;
use assay_sorting::sort_by;
use std::rc::Rc;

/// The folder of copies.
pub(crate) const MODELS_FOLDER: &str = "models";
/// The folder of scores.
pub(crate) const SCORES_FOLDER: &str = "scores";
/// What marks a copy as complete.
const ABOUT: &str = "about.json";
/// What was measured on the adapter.
pub(crate) const MEASURED: &str = "adapter.json";
/// Bytes copied at once.
const PIECE: u64 = 4 << 20;

/// Why a copy ended early.
enum CopyEnd {
    Stopped,
    Failed(ModelsError),
}

impl From<DiskError> for CopyEnd {
    fn from(error: DiskError) -> Self {
        let cause = Explanation::of(&error);
        Self::Failed(ModelsError::Keep { cause })
    }
}

impl From<InputError> for CopyEnd {
    fn from(error: InputError) -> Self {
        let cause = Explanation::of(&error);
        Self::Failed(ModelsError::Keep { cause })
    }
}

impl Models {
    /// Keeps a copy of an open model on this device.
    pub(super) async fn keep(&self, slot: usize) -> Result<(), ModelsError> {
        let model = self.model(slot)?;
        if model.adapter.is_some() {
            return Err(ModelsError::AdapterNotKept);
        }
        let job = self.parts.jobs.start(KEEP_MODEL);
        let copied = self.copy(&job, &model.source, &model.info).await;
        if copied.is_err() {
            // Half of a copy is useless. Where it can't be removed now, the next visit does so.
            drop(self.remove_copy(&model.info.id).await);
        }
        self.changed();
        match copied {
            Err(CopyEnd::Failed(error)) => {
                job.fail(&error);
                Err(error)
            }
            Ok(()) | Err(CopyEnd::Stopped) => {
                job.finish();
                Ok(())
            }
        }
    }

    async fn copy(&self, job: &Job, source: &ModelSource, info: &ModelInfo) -> Result<(), CopyEnd> {
        let files = match source {
            ModelSource::Files { files, .. } => files.clone(),
            ModelSource::Default => vec![self.parts.host.default_model().await?],
        };
        let disk = &self.parts.disk;
        disk.remove(&[MODELS_FOLDER, &info.id]).await?;
        let total: u64 = files.iter().map(|file| file.bytes()).sum();
        let mut done = 0;
        for (number, file) in files.iter().enumerate() {
            let name = format!("{number}.gguf");
            let mut log = disk.log(&[MODELS_FOLDER, &info.id, &name]).await?;
            let mut start = 0;
            while start < file.bytes() {
                if job.is_stopped() {
                    return Err(CopyEnd::Stopped);
                }
                let end = (start + PIECE).min(file.bytes());
                log.append(&file.read(start, end).await?)?;
                done += end - start;
                start = end;
                job.progress(Progress::new(done as f64, total as f64, Unit::Bytes));
                self.parts.clock.sleep(0).await;
            }
        }
        let about = serde_json::to_vec(info).map_err(|error| DiskError::Failed {
            path: ABOUT.to_owned(),
            detail: error.to_string(),
        })?;
        disk.write(&[MODELS_FOLDER, &info.id, ABOUT], &about)
            .await?;
        Ok(())
    }

    /// The files of a copy.
    pub(super) async fn copied(&self, id: &str) -> Result<ModelSource, ModelsError> {
        let disk = &self.parts.disk;
        let about = self.about(id).await.map_err(|e| disk_error(&e))?;
        let about = about.ok_or(ModelsError::NoCopy)?;
        let mut files: Vec<Rc<dyn InputFile>> = Vec::new();
        loop {
            let name = format!("{}.gguf", files.len());
            let found = disk.file(&[MODELS_FOLDER, id, &name]).await;
            match found.map_err(|e| disk_error(&e))? {
                Some(file) => files.push(file),
                None if files.is_empty() => return Err(ModelsError::NoCopy),
                None => break,
            }
        }
        let name = about.name;
        Ok(ModelSource::Files { files, name })
    }

    /// The summary of a complete copy.
    async fn about(&self, id: &str) -> Result<Option<ModelInfo>, DiskError> {
        let disk = &self.parts.disk;
        let bytes = disk.read(&[MODELS_FOLDER, id, ABOUT]).await?;
        Ok(bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()))
    }

    /// The complete copies, by name.
    pub(super) async fn copies(&self) -> Result<Vec<ModelInfo>, DiskError> {
        let mut copies = Vec::new();
        for id in self.parts.disk.names(&[MODELS_FOLDER]).await? {
            copies.extend(self.about(&id).await?);
        }
        sort_by(&mut copies, |a, b| a.name.cmp(&b.name));
        Ok(copies)
    }

    /// Removes what a visit left that ended while a model was copied.
    pub(super) async fn remove_partial_copies(&self) {
        let names = self.parts.disk.names(&[MODELS_FOLDER]).await;
        for id in names.unwrap_or_default() {
            if matches!(self.about(&id).await, Ok(None)) {
                // In use, it is being copied in another tab.
                drop(self.remove_copy(&id).await);
            }
        }
    }

    async fn remove_copy(&self, id: &str) -> Result<(), DiskError> {
        self.parts.disk.remove(&[MODELS_FOLDER, id]).await
    }

    /// Removes a copy.
    pub(super) async fn remove(&self, id: &str) -> Result<(), ModelsError> {
        let removed = self.remove_copy(id).await;
        self.changed();
        removed.map_err(|error| disk_error(&error))
    }

    /// Removes all scores.
    pub(super) async fn remove_scores(&self) -> Result<(), ModelsError> {
        let removed = self.parts.disk.remove(&[SCORES_FOLDER]).await;
        self.changed();
        removed.map_err(|error| disk_error(&error))
    }

    /// Bytes of all scores that are kept.
    pub(super) async fn score_bytes(&self) -> Result<f64, DiskError> {
        let disk = &self.parts.disk;
        let mut bytes = 0;
        for name in disk.names(&[SCORES_FOLDER]).await? {
            let file = disk.file(&[SCORES_FOLDER, &name]).await?;
            bytes += file.map_or(0, |file| file.bytes());
        }
        Ok(bytes as f64)
    }

    /// What was measured on the adapter at an earlier visit. Unreadable, it is measured again.
    pub(super) async fn measured(&self) -> Option<Measured> {
        let bytes = self.parts.disk.read(&[MEASURED]).await.ok()??;
        serde_json::from_slice(&bytes).ok()
    }

    /// Keeps what was measured. A browser that keeps nothing measures again, which takes a second.
    pub(super) async fn keep_measured(&self, measured: &Measured) {
        if let Ok(bytes) = serde_json::to_vec(measured) {
            drop(self.parts.disk.write(&[MEASURED], &bytes).await);
        }
    }
}
