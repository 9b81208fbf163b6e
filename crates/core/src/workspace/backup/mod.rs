//! Backups: a project as one file. It holds the parts as they lie on the disk, the rating task and answers that its
//! judgements come from, and the scores per token of its texts. Restoring makes a new project and changes no other.
//! How the file is laid out is in docs/backup.md.

mod contents;
mod read;
mod write;
mod zip;

pub use read::whole_members;

use super::WorkspaceService;
use super::kept::{KeptStudy, decode, digest, encode};
use super::manifest::{FOLDER, FORMAT, LOCK, Manifest, PartError, PartFile};
use super::originals::{self, part_name};
use super::parts::{Part, RESULTS, TEXTS};
use super::texts::TextsWriter;
use crate::platform::{BytesBeside, DiskError, FilesOf, InputFile, random, read_head};
use crate::projects::OpenProject;
use crate::ratings::KeptJudgements;
use crate::sniff;
use assay_calls::{Codec, Registry};
use assay_protocol::backup::{
    BackUp, BackupError, BackupFile, BackupLoss, FindBackup, RestoreBackup, RestoredBackup,
};
use assay_protocol::workspace::Damage;
use contents::{Contents, HEAD, Member, PARTS, RATINGS, SCORES};
use read::Backup;
use std::rc::Rc;
use write::{BackupWriter, Growing, Key, SealError};
use zip::TooLarge;

/// Gigabytes of a backup; more have no place in the file's 32-bit sizes.
const MOST_GB: u32 = 4;
/// Bytes of a backup that is read, which is in memory as a whole.
const MOST_READ: u64 = 1 << 30;
/// Bytes of texts that are packed at once.
const PIECE: usize = 4 << 20;
/// Characters of a file's name.
const MOST_NAME: usize = 60;

impl From<TooLarge> for BackupError {
    fn from(_: TooLarge) -> Self {
        Self::TooLarge { most_gb: MOST_GB }
    }
}

impl From<SealError> for BackupError {
    fn from(error: SealError) -> Self {
        match error {
            SealError::TooLarge => TooLarge.into(),
            SealError::NoRandomness => Self::NoRandomness,
        }
    }
}

/// A name for a backup's file, without its ending.
fn file_name(contents: &Contents) -> String {
    let titles = contents.titles.join(" ");
    let name = contents.name.as_deref().unwrap_or(&titles);
    let plain = name.chars().map(|c| match c {
        c if c.is_alphanumeric() || "._-".contains(c) => c,
        _ => '-',
    });
    let plain: String = plain.take(MOST_NAME).collect();
    format!("assay-{}", plain.trim_matches(|c| c == '-' || c == '.'))
}

impl WorkspaceService {
    /// A project as one file, sealed where there is a passphrase. What is open is taken as it is in memory, so that there
    /// is a backup of it also where nothing can be saved on this device.
    async fn back_up(
        &self,
        id: Option<&str>,
        passphrase: &str,
    ) -> Result<(BackupFile, Vec<u8>), BackupError> {
        let _turn = self.turn.lock().await;
        let mut losses = Vec::new();
        let is_open = id.is_none() || self.open.borrow().id.as_deref() == id;
        let mut writer = match id {
            Some(id) if !is_open => self.gathered_from_disk(id, &mut losses).await?,
            _ => self.gathered_from_memory().await?,
        };
        writer.contents.format = FORMAT;
        writer.contents.made_ms = self.parts.clock.now_ms();
        let name = file_name(&writer.contents);
        let clock = &*self.parts.clock;
        let bytes = match passphrase.trim() {
            "" => writer.finish()?,
            passphrase => {
                let salt = random(clock).ok_or(BackupError::NoRandomness)?;
                let key = Key::of(passphrase, salt);
                writer.finish_sealed(&key, &mut || random(clock))?
            }
        };
        Ok((BackupFile { name, losses }, bytes))
    }

    async fn gathered_from_memory(&self) -> Result<BackupWriter, BackupError> {
        if !self.has_content() {
            return Err(BackupError::Empty);
        }
        let mut writer = BackupWriter::default();
        let card = self.card();
        writer.contents.name = self.open.borrow().manifest.name.clone();
        writer.contents.titles = card.titles;
        writer.contents.rows = card.rows;
        writer.contents.sentences = card.sentences;
        for part in Part::ALL {
            if let Some(bytes) = self.encoded(part) {
                writer.add_bytes(format!("{PARTS}{}", part.name()), &bytes);
            }
        }
        let (rating, study) = {
            let session = self.parts.session.borrow();
            for (of, start) in RESULTS {
                for (place, id, _) in session.saveable(of) {
                    if let Some(scores) = session.saved_scores(of, place) {
                        writer.add_bytes(format!("{PARTS}{start}{id}"), &encode(&scores));
                    }
                }
            }
            let table = &session.texts().1.table;
            if table.rows() > 0 {
                let mut texts = Growing::new(format!("{PARTS}{TEXTS}"));
                let mut pieces = TextsWriter::default();
                while let Some(piece) = pieces.next(table, PIECE) {
                    texts.push(&piece);
                }
                writer.add(texts);
            }
            (session.project().cloned(), session.kept_study())
        };
        self.add_beside(&mut writer, rating, study).await?;
        self.add_originals(&mut writer).await;
        Ok(writer)
    }

    /// Adds the files of the last import, those that a project keeps. One that can't be read any more is left out: what was
    /// read of it is there.
    async fn add_originals(&self, writer: &mut BackupWriter) {
        let mut room = originals::MOST_BYTES;
        for (place, original) in self.parts.data.originals().iter().enumerate() {
            let file = &*original.file;
            if original.is_lost.get() || file.bytes() > room {
                continue;
            }
            room -= file.bytes();
            let mut growing = Growing::new(format!("{PARTS}{}", part_name(place)));
            let mut start = 0;
            while start < file.bytes() {
                let end = (start + originals::PIECE).min(file.bytes());
                let Ok(piece) = file.read(start, end).await else {
                    break;
                };
                growing.push(&piece);
                start = end;
            }
            if start == file.bytes() {
                writer.add(growing);
            }
        }
    }

    async fn gathered_from_disk(
        &self,
        id: &str,
        losses: &mut Vec<BackupLoss>,
    ) -> Result<BackupWriter, BackupError> {
        let disk = &*self.parts.disk;
        let manifest = Manifest::load(disk, id).await?;
        let mut writer = BackupWriter::default();
        let (mut rating, mut study) = (None, None);
        for name in manifest.members.keys() {
            let path = format!("{PARTS}{name}");
            match manifest.part(disk, id, name).await {
                Ok(Some(bytes)) => {
                    if name == Part::Judgements.name() {
                        rating = decode::<KeptJudgements>(&bytes);
                    } else if name == Part::Study.name() {
                        study = decode::<KeptStudy>(&bytes);
                    }
                    writer.add_bytes(path, &bytes);
                }
                Ok(None) => {}
                Err(PartError::Damaged) => losses.push(lost(&Member::of(&path, b""))),
                Err(PartError::Disk(error)) => return Err(error.into()),
            }
        }
        writer.contents.name = manifest.name;
        writer.contents.titles = manifest.titles;
        writer.contents.rows = manifest.rows;
        writer.contents.sentences = manifest.sentences;
        let rating = match rating.as_ref().and_then(KeptJudgements::project) {
            Some(id) => self.parts.projects.read(id).await,
            None => None,
        };
        self.add_beside(&mut writer, rating, study).await?;
        Ok(writer)
    }

    /// Adds what a project refers to: a rating task with its answers, and scores per token.
    async fn add_beside(
        &self,
        writer: &mut BackupWriter,
        rating: Option<OpenProject>,
        study: Option<KeptStudy>,
    ) -> Result<(), DiskError> {
        if let Some(rating) = rating {
            let (task, events) = rating.to_files();
            writer.add_bytes(format!("{RATINGS}{}.json", rating.id), task.as_bytes());
            writer.add_bytes(format!("{RATINGS}{}.jsonl", rating.id), events.as_bytes());
        }
        if let Some(study) = study {
            for (name, bytes) in self.parts.models.score_files(&study).await? {
                writer.add_bytes(format!("{SCORES}{name}"), &bytes);
            }
        }
        Ok(())
    }

    /// Makes a new project of a backup. What is damaged in it costs itself alone and is told.
    async fn restore_backup(
        &self,
        file: &dyn InputFile,
        passphrase: &str,
    ) -> Result<RestoredBackup, BackupError> {
        if file.bytes() > MOST_READ {
            let most_gb = (MOST_READ >> 30) as u32;
            return Err(BackupError::TooLarge { most_gb });
        }
        let bytes = file.read(0, file.bytes()).await;
        let bytes = bytes.map_err(|error| BackupError::Unreadable { error })?;
        let _turn = self.turn.lock().await;
        let backup = Backup::open(&file.name(), &bytes, passphrase)?;
        let id = self.new_id().await;
        // Held until the project is whole: what nobody holds is removed.
        let lock = self.parts.disk.log(&[FOLDER, &id, LOCK]).await?;
        let restored = self.write_restored(&id, &backup).await;
        drop(lock);
        if restored.is_err() {
            // Half of a project is in no list; where it can't be removed it takes room and nothing else.
            drop(self.parts.disk.remove(&[FOLDER, &id]).await);
        }
        self.list_changed();
        let losses = restored?;
        Ok(RestoredBackup { id, losses })
    }

    /// Writes the members, and last the list of contents: what is listed is there.
    async fn write_restored(
        &self,
        id: &str,
        backup: &Backup<'_>,
    ) -> Result<Vec<BackupLoss>, DiskError> {
        let disk = &*self.parts.disk;
        let contents = &backup.contents;
        let mut manifest = Manifest {
            format: contents.format,
            name: contents.name.clone(),
            titles: contents.titles.clone(),
            changed_ms: self.parts.clock.now_ms(),
            rows: contents.rows,
            sentences: contents.sentences.clone(),
            ..Manifest::default()
        };
        let mut losses = Vec::new();
        if backup.has_lost_contents {
            losses.push(BackupLoss {
                member: HEAD.to_owned(),
                damage: Damage::Contents,
            });
        }
        let mut ratings = Vec::new();
        for (place, member) in contents.members.iter().enumerate() {
            let bytes = backup.read(place).filter(|_| member.is_named_well());
            let Some(bytes) = bytes else {
                losses.push(lost(member));
                continue;
            };
            if let Some(name) = member.path.strip_prefix(PARTS) {
                let file = format!("{name}-{}", place + 1);
                disk.log(&[FOLDER, id, &file]).await?.append(&bytes)?;
                let part = PartFile {
                    file,
                    bytes: bytes.len() as u64,
                    sha256: digest(&bytes),
                };
                manifest.members.insert(name.to_owned(), part);
            } else if let Some(name) = member.path.strip_prefix(SCORES) {
                self.parts.models.add_scores(name, &bytes).await?;
            } else {
                ratings.push((member, String::from_utf8_lossy(&bytes).into_owned()));
            }
        }
        self.restore_ratings(&ratings, &mut losses).await?;
        manifest.store(disk, id).await?;
        Ok(losses)
    }

    /// Rating tasks with their answers; where one is on this device already, the answers join those that are here.
    async fn restore_ratings(
        &self,
        ratings: &[(&Member, String)],
        losses: &mut Vec<BackupLoss>,
    ) -> Result<(), DiskError> {
        for (member, task) in ratings {
            let Some(start) = member.path.strip_suffix(".json") else {
                continue;
            };
            let answers = format!("{start}.jsonl");
            let events = ratings.iter().find(|(other, _)| other.path == answers);
            let events = events.map_or("", |(_, events)| events);
            match OpenProject::kept(task, events) {
                Ok(project) => self.parts.projects.take_back(project).await?,
                Err(_) => losses.push(lost(member)),
            }
        }
        Ok(())
    }
}

fn lost(member: &Member) -> BackupLoss {
    BackupLoss {
        member: member.path.clone(),
        damage: member.damage(),
    }
}

/// The place of the first backup among files.
async fn find_backup(files: &[Rc<dyn InputFile>]) -> Option<usize> {
    for (place, file) in files.iter().enumerate() {
        // A file that can't be read is no backup; the import that gets it next reports the error.
        let head = read_head(&**file, 64).await.unwrap_or_default();
        if sniff::is_backup(&head) {
            return Some(place);
        }
    }
    None
}

/// Registers what the service answers; `bytes_beside` puts a backup's bytes beside the reply.
pub fn register<Ctx: 'static, C: Codec, A: Default + 'static>(
    registry: &mut Registry<Ctx, C, A>,
    service: &Rc<WorkspaceService>,
    files_of: FilesOf<A>,
    bytes_beside: BytesBeside<A>,
) {
    let backing = service.clone();
    registry.on_with_attachments(move |_, call: BackUp, _| {
        let service = backing.clone();
        async move {
            let made = service.back_up(call.id.as_deref(), &call.passphrase).await;
            made.map(|(file, bytes)| (file, bytes_beside(bytes)))
        }
    });
    registry.on_service(service, move |s, call: RestoreBackup, beside| async move {
        let files = files_of(beside);
        let file = files.first().ok_or_else(|| BackupError::NoBackup {
            file: String::new(),
        })?;
        s.restore_backup(&**file, &call.passphrase).await
    });
    registry.on_service(service, move |_, _: FindBackup, beside| async move {
        Ok(find_backup(&files_of(beside)).await)
    });
}
