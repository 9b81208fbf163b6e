//! A project's list of contents: a small file that names the files in which its parts lie, each with its length and
//! digest. A part is changed by writing a new file and then this list, so that after a crash either the old or the new
//! part is there whole.

use super::kept::digest;
use crate::platform::{Disk, DiskError};
use assay_protocol::workspace::{WorkspaceCard, WorkspaceError};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The format that is written, and the latest that is read.
pub(super) const FORMAT: u32 = 1;
/// The folder of projects.
pub(crate) const FOLDER: &str = "workspace";
/// The list's name.
pub(super) const MANIFEST: &str = "manifest.json";
/// The file that the tab which writes a project holds open.
pub(super) const LOCK: &str = "lock";

/// Where a part lies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct PartFile {
    /// The file.
    pub(super) file: String,
    /// Its length.
    pub(super) bytes: u64,
    /// Its SHA-256, in hexadecimal digits.
    pub(super) sha256: String,
}

/// A project's list of contents.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub(super) struct Manifest {
    pub(super) format: u32,
    /// The name that a person gave it.
    pub(super) name: Option<String>,
    /// What is in it: names of files or runs.
    pub(super) titles: Vec<String>,
    /// When it was changed last, in milliseconds since 1970.
    pub(super) changed_ms: f64,
    /// When it was removed, likewise.
    pub(super) removed_ms: Option<f64>,
    /// Whether a visit after that has found it removed, from which on its time is counted.
    #[serde(default)]
    pub(super) removal_was_seen: bool,
    /// Rows of its data set.
    pub(super) rows: usize,
    /// Its result in a sentence, by the tag of a language.
    pub(super) sentences: Vec<(String, String)>,
    /// The parts by their names.
    pub(super) members: BTreeMap<String, PartFile>,
}

/// What any format has.
#[derive(Deserialize)]
struct Version {
    format: u32,
}

impl Manifest {
    /// Reads a list of contents.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, WorkspaceError> {
        let damaged = |error: serde_json::Error| WorkspaceError::Damaged {
            detail: error.to_string(),
        };
        let Version { format } = serde_json::from_slice(bytes).map_err(damaged)?;
        if format > FORMAT {
            let (version, known) = (format, FORMAT);
            return Err(WorkspaceError::Newer { version, known });
        }
        serde_json::from_slice(bytes).map_err(damaged)
    }

    /// Its line in the list of projects.
    pub(super) fn card(&self, id: &str) -> WorkspaceCard {
        WorkspaceCard {
            id: id.to_owned(),
            name: self.name.clone(),
            titles: self.titles.clone(),
            changed_ms: self.changed_ms,
            bytes: self.members.values().map(|m| m.bytes as f64).sum(),
            rows: self.rows,
            sentences: self.sentences.clone(),
            is_removed: self.removed_ms.is_some(),
            error: None,
        }
    }

    /// The list as it lies on a disk.
    pub(super) async fn load(disk: &dyn Disk, id: &str) -> Result<Self, WorkspaceError> {
        let bytes = disk.read(&[FOLDER, id, MANIFEST]).await?;
        Self::read(&bytes.ok_or(WorkspaceError::Missing)?)
    }

    /// Writes it in place of the one that is there.
    pub(super) async fn store(&self, disk: &dyn Disk, id: &str) -> Result<(), DiskError> {
        let bytes = serde_json::to_vec(self).map_err(|error| DiskError::Failed {
            path: MANIFEST.to_owned(),
            detail: error.to_string(),
        })?;
        disk.write(&[FOLDER, id, MANIFEST], &bytes).await
    }

    /// A part's bytes; nothing where there is no such part.
    pub(super) async fn part(
        &self,
        disk: &dyn Disk,
        id: &str,
        name: &str,
    ) -> Result<Option<Vec<u8>>, PartError> {
        let Some(member) = self.members.get(name) else {
            return Ok(None);
        };
        let found = disk.read(&[FOLDER, id, &member.file]).await;
        match found.map_err(PartError::Disk)? {
            Some(bytes) if digest(&bytes) == member.sha256 => Ok(Some(bytes)),
            _ => Err(PartError::Damaged),
        }
    }
}

/// Why a part can't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum PartError {
    /// It is not there, or not as it was written.
    Damaged,
    /// The disk can't be read now; the part may be whole.
    Disk(DiskError),
}

/// A project's line in the list, also where it can't be opened.
pub(super) async fn card(disk: &dyn Disk, id: &str) -> WorkspaceCard {
    match Manifest::load(disk, id).await {
        Ok(manifest) => manifest.card(id),
        Err(error) => WorkspaceCard {
            error: Some(error),
            ..Manifest::default().card(id)
        },
    }
}
