//! Reading a backup: the list of contents, and each member compared with its digest. What is damaged costs itself alone;
//! without a list the members' own checksums have to do.

use super::contents::{
    AnyHead, Contents, HEAD, HEAD_COPY, Member, PARTS, SEALED_CONTENTS, SealedHead, VERSION,
};
use super::write::{Key, sealed_name};
use super::zip::{Entry, entries, unpack};
use crate::workspace::kept::digest;
use crate::workspace::manifest::FORMAT;
use assay_protocol::backup::BackupError;

/// Bytes of a member, unpacked.
const MOST_BYTES: usize = 2 << 30;
/// Members of a backup.
const MOST_MEMBERS: usize = 10_000;
/// Bytes of a list of contents.
const MOST_CONTENTS: usize = 16 << 20;

/// A backup whose list of contents was read.
pub(super) struct Backup<'a> {
    pub(super) contents: Contents,
    /// Whether neither copy of the list can be read: it was made up from the members.
    pub(super) has_lost_contents: bool,
    file: &'a [u8],
    entries: Vec<Entry>,
    key: Option<Key>,
}

/// What the head of a backup is.
enum Head {
    Plain(Contents),
    Sealed(SealedHead),
    Damaged,
}

impl<'a> Backup<'a> {
    /// Opens a backup.
    pub(super) fn open(name: &str, file: &'a [u8], passphrase: &str) -> Result<Self, BackupError> {
        let entries = entries(file);
        let named = |name: &str| entries.iter().find(|entry| entry.name == name);
        let heads = [HEAD, HEAD_COPY].map(named);
        if heads == [None, None] {
            return Err(BackupError::NoBackup {
                file: name.to_owned(),
            });
        }
        let mut head = Head::Damaged;
        for entry in heads.into_iter().flatten() {
            if let Some(bytes) = entry.read(file, MOST_CONTENTS) {
                head = read_head(name, &bytes)?;
            }
            if !matches!(head, Head::Damaged) {
                break;
            }
        }
        match head {
            Head::Plain(contents) => Ok(Self {
                contents,
                has_lost_contents: false,
                file,
                entries,
                key: None,
            }),
            Head::Sealed(head) => Self::unseal(name, file, entries, &head, passphrase),
            Head::Damaged => Self::without_contents(name, file, entries),
        }
    }

    fn unseal(
        name: &str,
        file: &'a [u8],
        entries: Vec<Entry>,
        head: &SealedHead,
        passphrase: &str,
    ) -> Result<Self, BackupError> {
        let name = || name.to_owned();
        if passphrase.trim().is_empty() {
            return Err(BackupError::Locked { file: name() });
        }
        let salt = data_encoding::HEXLOWER.decode(head.sealed.salt.as_bytes());
        let salt = salt.ok().and_then(|salt| salt.try_into().ok());
        let key = Key::of(
            passphrase,
            salt.ok_or(BackupError::Damaged { file: name() })?,
        );
        let contents = SEALED_CONTENTS.iter().find_map(|member| {
            let entry = entries.iter().find(|entry| entry.name == *member)?;
            let sealed = entry.read(file, MOST_CONTENTS)?;
            let packed = key.open(member, &sealed)?;
            unpack(&packed, MOST_CONTENTS)
        });
        let contents = contents.ok_or(BackupError::WrongPassphrase { file: name() })?;
        match read_head(&name(), &contents)? {
            Head::Plain(contents) => Ok(Self {
                contents,
                has_lost_contents: false,
                file,
                entries,
                key: Some(key),
            }),
            _ => Err(BackupError::Damaged { file: name() }),
        }
    }

    /// A backup of which only the members are left.
    fn without_contents(
        name: &str,
        file: &'a [u8],
        entries: Vec<Entry>,
    ) -> Result<Self, BackupError> {
        let members = entries.iter().filter_map(|entry| {
            let bytes = entry.read(file, MOST_BYTES)?;
            let member = Member::of(&entry.name, &bytes);
            member.is_named_well().then_some(member)
        });
        let contents = Contents {
            format: FORMAT,
            members: members.collect(),
            ..Contents::default()
        };
        let has_parts = contents.members.iter().any(|m| m.path.starts_with(PARTS));
        if !has_parts {
            return Err(BackupError::Damaged {
                file: name.to_owned(),
            });
        }
        Ok(Self {
            contents,
            has_lost_contents: true,
            file,
            entries,
            key: None,
        })
    }

    /// A member's bytes, by its place in the list of contents; nothing where they are damaged.
    pub(super) fn read(&self, place: usize) -> Option<Vec<u8>> {
        let member = self.contents.members.get(place)?;
        let most = usize::try_from(member.bytes).ok()?.min(MOST_BYTES);
        let bytes = match &self.key {
            None => self.entry(&member.path)?.read(self.file, most)?,
            Some(key) => {
                let name = sealed_name(place);
                let sealed = self.entry(&name)?.read(self.file, MOST_BYTES)?;
                unpack(&key.open(&name, &sealed)?, most)?
            }
        };
        (digest(&bytes) == member.sha256).then_some(bytes)
    }

    fn entry(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name == name)
    }
}

/// Reads a head or a list of contents; one of a later version is refused.
fn read_head(name: &str, bytes: &[u8]) -> Result<Head, BackupError> {
    let Ok(AnyHead { assay_backup }) = serde_json::from_slice(bytes) else {
        return Ok(Head::Damaged);
    };
    let newer = |version, known| BackupError::Newer {
        file: name.to_owned(),
        version,
        known,
    };
    if assay_backup > VERSION {
        return Err(newer(assay_backup, VERSION));
    }
    if let Ok(sealed) = serde_json::from_slice(bytes) {
        return Ok(Head::Sealed(sealed));
    }
    match serde_json::from_slice::<Contents>(bytes) {
        Ok(contents) if contents.format > FORMAT => Err(newer(contents.format, FORMAT)),
        Ok(mut contents) => {
            contents.members.truncate(MOST_MEMBERS);
            Ok(Head::Plain(contents))
        }
        Err(_) => Ok(Head::Damaged),
    }
}

/// Reads all of a backup that has no passphrase, for tests with damaged bytes. The members that are whole.
#[must_use]
pub fn whole_members(file: &[u8]) -> usize {
    let Ok(backup) = Backup::open("a.zip", file, "") else {
        return 0;
    };
    let places = 0..backup.contents.members.len();
    places.filter(|place| backup.read(*place).is_some()).count()
}
