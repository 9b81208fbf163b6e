//! Writing a backup: member by member, packed, and sealed where there is a passphrase; the list of contents comes first
//! in the file and once more at its end.

use super::contents::{
    Contents, HEAD, HEAD_COPY, Member, SEALED_CONTENTS, Seal, SealedHead, VERSION,
};
use super::zip::{Packed, Packing, TooLarge, ZipWriter, pack};
use assay_rating::seal::{self, GuessCost, NONCE, SALT};
use sha2::{Digest, Sha256};

/// A passphrase's key, with the salt that it was made with.
pub(super) struct Key {
    key: [u8; 32],
    salt: [u8; SALT],
}

impl Key {
    /// Of a passphrase; takes a moment.
    pub(super) fn of(passphrase: &str, salt: [u8; SALT]) -> Self {
        Self {
            key: seal::passphrase_key(passphrase, &salt, GuessCost::USUAL),
            salt,
        }
    }

    /// A packed member, sealed under a nonce that was never used with this key. Its name is sealed beside it, so that
    /// members can't change places.
    pub(super) fn seal(&self, name: &str, packed: &[u8], nonce: [u8; NONCE]) -> Vec<u8> {
        let sealed = seal::seal(&self.key, nonce, name.as_bytes(), packed);
        [&nonce[..], &sealed].concat()
    }

    /// What was sealed under this name, still packed.
    pub(super) fn open(&self, name: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>()?;
        seal::open(&self.key, *nonce, name.as_bytes(), sealed).ok()
    }
}

/// A member while its bytes come.
pub(super) struct Growing {
    path: String,
    packing: Packing,
    sha256: Sha256,
    bytes: u64,
}

impl Growing {
    pub(super) fn new(path: String) -> Self {
        Self {
            path,
            packing: Packing::new(),
            sha256: Sha256::new(),
            bytes: 0,
        }
    }

    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.packing.push(bytes);
        self.sha256.update(bytes);
        self.bytes += bytes.len() as u64;
    }

    fn finish(self) -> (Member, Packed) {
        let member = Member {
            path: self.path,
            bytes: self.bytes,
            sha256: data_encoding::HEXLOWER.encode(&self.sha256.finalize()),
        };
        (member, self.packing.finish())
    }
}

/// A backup that is being put together.
#[derive(Default)]
pub(super) struct BackupWriter {
    pub(super) contents: Contents,
    packed: Vec<Packed>,
}

impl BackupWriter {
    /// Adds a member whose bytes came piece by piece.
    pub(super) fn add(&mut self, growing: Growing) {
        let (member, packed) = growing.finish();
        self.contents.members.push(member);
        self.packed.push(packed);
    }

    /// Adds a member.
    pub(super) fn add_bytes(&mut self, path: String, bytes: &[u8]) {
        let mut growing = Growing::new(path);
        growing.push(bytes);
        self.add(growing);
    }

    /// The file that anybody can read.
    pub(super) fn finish(mut self) -> Result<Vec<u8>, TooLarge> {
        self.contents.assay_backup = VERSION;
        let head = json(&self.contents);
        let mut zip = ZipWriter::default();
        zip.add_stored(HEAD, &head)?;
        for (member, packed) in self.contents.members.iter().zip(&self.packed) {
            zip.add_packed(&member.path, packed)?;
        }
        zip.add_stored(HEAD_COPY, &head)?;
        zip.finish()
    }

    /// The file that the passphrase opens. `nonce` gives random bytes, others each time.
    pub(super) fn finish_sealed(
        mut self,
        key: &Key,
        nonce: &mut dyn FnMut() -> Option<[u8; NONCE]>,
    ) -> Result<Vec<u8>, SealError> {
        self.contents.assay_backup = VERSION;
        let head = json(&SealedHead {
            assay_backup: VERSION,
            sealed: Seal {
                salt: data_encoding::HEXLOWER.encode(&key.salt),
            },
        });
        let contents = pack(&json(&self.contents)).bytes;
        let mut zip = ZipWriter::default();
        let mut add = |zip: &mut ZipWriter, name: &str, packed: &[u8]| {
            let nonce = nonce().ok_or(SealError::NoRandomness)?;
            let sealed = key.seal(name, packed, nonce);
            zip.add_stored(name, &sealed).map_err(SealError::from)
        };
        zip.add_stored(HEAD, &head)?;
        add(&mut zip, SEALED_CONTENTS[0], &contents)?;
        for (place, packed) in self.packed.iter().enumerate() {
            add(&mut zip, &sealed_name(place), &packed.bytes)?;
        }
        add(&mut zip, SEALED_CONTENTS[1], &contents)?;
        zip.add_stored(HEAD_COPY, &head)?;
        Ok(zip.finish()?)
    }
}

/// Why a backup can't be sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SealError {
    TooLarge,
    NoRandomness,
}

impl From<TooLarge> for SealError {
    fn from(_: TooLarge) -> Self {
        Self::TooLarge
    }
}

/// The name of a sealed member, which says nothing of what it is.
pub(super) fn sealed_name(place: usize) -> String {
    format!("{}.sealed", place + 1)
}

fn json(value: &impl serde::Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("plain data can be written to memory")
}
