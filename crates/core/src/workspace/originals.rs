//! The files of the last import, kept with the project so that they can be read in another way at a later visit. They are
//! written after all else and only where there is much room: the project is whole without them.

use super::WorkspaceService;
use super::manifest::{FOLDER, Manifest, PartFile};
use crate::data::Original;
use crate::platform::{DiskError, InputFile};
use sha2::{Digest, Sha256};
use std::rc::Rc;

/// How the parts' names begin in the list of contents; the file's place among those of the last import follows.
pub(super) const ORIGINAL: &str = "original-";
/// Bytes of all files that a project keeps.
pub(super) const MOST_BYTES: u64 = 256 << 20;
/// The share of the room on the device that a file may take.
const MOST_SHARE: f64 = 0.25;
/// Bytes that are copied at once.
pub(super) const PIECE: u64 = 4 << 20;

/// A file with where it is kept.
pub(super) type KeptOriginal = (Rc<Original>, PartFile);

/// The name of the part with the file in this place.
pub(super) fn part_name(place: usize) -> String {
    format!("{ORIGINAL}{place}")
}

/// Whether this is the name of such a part.
pub(super) fn is_original(name: &str) -> bool {
    name.starts_with(ORIGINAL)
}

impl WorkspaceService {
    /// The parts of files that are written already, as the files stand now.
    pub(super) fn original_parts(&self) -> Vec<(String, PartFile)> {
        let open = self.open.borrow();
        let originals = self.parts.data.originals().into_iter().enumerate();
        let parts = originals.filter_map(|(place, original)| {
            let mut known = open.originals.iter();
            let (_, part) = known.find(|(other, _)| Rc::ptr_eq(other, &original))?;
            Some((part_name(place), part.clone()))
        });
        parts.collect()
    }

    /// Notes where the files of a project that was opened are kept.
    pub(super) fn note_opened_originals(&self) {
        let originals = self.parts.data.originals().into_iter().enumerate();
        let mut open = self.open.borrow_mut();
        let found = originals.filter_map(|(place, original)| {
            let part = open.manifest.members.get(&part_name(place))?.clone();
            (!original.is_lost.get()).then_some((original, part))
        });
        let found = found.collect();
        open.originals = found;
    }

    /// Writes the files that are not written yet, and names them in the list of contents. What can't be kept is told, and
    /// nothing else depends on it.
    pub(super) async fn keep_originals(&self) -> Result<(), DiskError> {
        let originals = self.parts.data.originals();
        let (id, known) = {
            let open = self.open.borrow();
            let known: Vec<KeptOriginal> = open.originals.clone();
            (open.id.clone().unwrap_or_default(), known)
        };
        let is_known = |original: &Rc<Original>| known.iter().any(|k| Rc::ptr_eq(&k.0, original));
        let here = |kept: &&KeptOriginal| originals.iter().any(|o| Rc::ptr_eq(o, &kept.0));
        let mut bytes: u64 = known.iter().filter(here).map(|kept| kept.1.bytes).sum();
        let missing = originals
            .iter()
            .filter(|o| !is_known(o) && !o.is_lost.get());
        let (mut is_other, mut any_lost) = (false, false);
        for original in missing {
            bytes += original.file.bytes();
            match self.keep_original(&id, original, bytes).await {
                Some(part) => {
                    let mut open = self.open.borrow_mut();
                    open.originals.push((original.clone(), part));
                    is_other = true;
                }
                None => {
                    bytes -= original.file.bytes();
                    original.is_lost.set(true);
                    any_lost = true;
                }
            }
        }
        if any_lost {
            self.list_changed();
        }
        let now = self.parts.data.originals();
        let is_same = now.len() == originals.len()
            && now.iter().zip(&originals).all(|(a, b)| Rc::ptr_eq(a, b));
        // Of other files the list is written with what they were taken for.
        if !is_other || !is_same {
            return Ok(());
        }
        let mut manifest = self.open.borrow().manifest.clone();
        self.name_originals(&mut manifest, self.original_parts());
        manifest.store(&*self.parts.disk, &id).await?;
        self.open.borrow_mut().manifest = manifest;
        Ok(())
    }

    /// Names these parts, and no others, in a list of contents.
    pub(super) fn name_originals(&self, manifest: &mut Manifest, parts: Vec<(String, PartFile)>) {
        manifest.members.retain(|name, _| !is_original(name));
        manifest.members.extend(parts);
    }

    /// Writes a file where there is room for it; `bytes` are those of all files of the project with it.
    async fn keep_original(&self, id: &str, original: &Original, bytes: u64) -> Option<PartFile> {
        let disk = &*self.parts.disk;
        let room = disk.room().await;
        let has_room = room.is_none_or(|room| original.file.bytes() as f64 <= room * MOST_SHARE);
        if bytes > MOST_BYTES || !has_room {
            return None;
        }
        let file = self.new_file(ORIGINAL.trim_end_matches('-'), &mut Vec::new());
        let path = [FOLDER, id, &file];
        let copied = self.copy(&*original.file, &path).await;
        if copied.is_none() {
            // A half that stays is removed when the project is opened next.
            drop(disk.remove(&path).await);
        }
        let (bytes, sha256) = copied?;
        Some(PartFile {
            file,
            bytes,
            sha256,
        })
    }

    /// Copies a file to the disk piece by piece; its length and digest. Nothing where it can't be read or written whole.
    async fn copy(&self, file: &dyn InputFile, path: &[&str]) -> Option<(u64, String)> {
        let mut log = self.parts.disk.log(path).await.ok()?;
        let (mut start, mut sha256) = (0, Sha256::new());
        while start < file.bytes() {
            let end = (start + PIECE).min(file.bytes());
            let piece = file.read(start, end).await.ok()?;
            sha256.update(&piece);
            log.append(&piece).ok()?;
            start = end;
            self.parts.clock.sleep(0).await;
        }
        Some((start, data_encoding::HEXLOWER.encode(&sha256.finalize())))
    }
}
