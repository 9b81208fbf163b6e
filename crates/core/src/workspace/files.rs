//! The files of parts, each written once and never changed.

use super::WorkspaceService;
use super::kept::digest;
use super::manifest::{FOLDER, PartFile};
use super::parts::TEXTS;
use super::texts::TextsWriter;
use crate::platform::DiskError;
use assay_protocol::workspace::SaveState;
use sha2::{Digest, Sha256};

/// Bytes of texts that are written at once.
const PIECE: usize = 4 << 20;

impl WorkspaceService {
    /// Writes a part, unless the same bytes are there: results have other names at each visit.
    pub(super) async fn write_part(
        &self,
        id: &str,
        name: &str,
        bytes: &[u8],
        files: &mut Vec<String>,
    ) -> Result<PartFile, DiskError> {
        let sha256 = digest(bytes);
        if let Some(member) = self.member_with(&sha256) {
            return Ok(member);
        }
        self.set_saving(SaveState::Saving);
        let file = self.new_file(name, files);
        let mut log = self.parts.disk.log(&[FOLDER, id, &file]).await?;
        log.append(bytes)?;
        let bytes = bytes.len() as u64;
        Ok(PartFile {
            file,
            bytes,
            sha256,
        })
    }

    fn member_with(&self, sha256: &str) -> Option<PartFile> {
        let open = self.open.borrow();
        let mut members = open.manifest.members.values();
        members.find(|member| member.sha256 == sha256).cloned()
    }

    pub(super) fn new_file(&self, part: &str, files: &mut Vec<String>) -> String {
        let mut open = self.open.borrow_mut();
        open.next_file += 1;
        let file = format!("{part}-{}", open.next_file);
        files.push(file.clone());
        file
    }

    /// Writes the texts piece by piece, with pauses in which calls are answered; nothing where they became others.
    pub(super) async fn write_texts(
        &self,
        id: &str,
        stamp: u64,
        files: &mut Vec<String>,
    ) -> Result<Option<PartFile>, DiskError> {
        let file = self.new_file(TEXTS, files);
        let mut log = self.parts.disk.log(&[FOLDER, id, &file]).await?;
        let (mut writer, mut sha256, mut bytes) = (TextsWriter::default(), Sha256::new(), 0);
        loop {
            if self.texts_stamp() != stamp {
                return Ok(None);
            }
            let piece = {
                let session = self.parts.session.borrow();
                writer.next(&session.texts().1.table, PIECE)
            };
            let Some(piece) = piece else { break };
            sha256.update(&piece);
            bytes += piece.len() as u64;
            log.append(&piece)?;
            self.parts.clock.sleep(0).await;
        }
        let sha256 = data_encoding::HEXLOWER.encode(&sha256.finalize());
        Ok(Some(PartFile {
            file,
            bytes,
            sha256,
        }))
    }
}
