//! The envelope: a task, or answers to one, as letters that fit behind the `#` of a link.
//!
//! ```text
//! version 1 | contents 1 | length of the body 4 | checksum 8 | body
//!
//! a task (contents 0), versions 1, 4, 5 and 6:
//!   brotli(postcard(Task))
//! a locked task (contents 1), versions 1, 3, 4, 5 and 6:
//!   salt 16 | nonce 12 | AES-256-GCM(Argon2id(passphrase, salt), brotli(postcard(Task)))
//! answers (contents 2), version 4:
//!   task 8 | its hash 16 | sender's public key 32 | AES-256-GCM(message key, mark 1 | proof 16 or 0 | deflate(postcard(Bundle)))
//! answers (contents 2), version 2:
//!   task 8 | its hash 16 | nonce 12 | AES-256-GCM(task's key, deflate(postcard(Bundle)))
//! ```
//!
//! What is made now is of version 4, in which a task holds its owner's public key ([`crate::owner`]); a task with a
//! completion code is of version 5 and has one more field of [`Task`]; one with weighted errors, scores from 0 to 100 or
//! errors that are marked beforehand is of version 6 and has all. A task of version 1 (locked: 1 or 3) holds the key of
//! its answers itself and lacks the last three fields; a rater who opens one answers in version 2. Answers of version 1 were packed with brotli: they hold few words, so that brotli gains little
//! on them, and its encoder was a third of what a rater had to load. Passphrases of locked tasks of version 1 are cheaper
//! to guess ([`GuessCost`]).
//!
//! Numbers are little-endian, the checksum is the beginning of SHA-256 over what stands before and
//! behind it, and the whole is base64url without padding (RFC 4648). A rater's number stands behind a
//! task as `~3`, from 1, and the secret of its invitation behind that as `~` and 22 characters. A version that was
//! released is read for ever: `tests/rating/envelopes` holds one of each.

mod error;
mod find;
mod packing;
mod sealed;

pub use error::EnvelopeError;
pub use find::{Found, find, holds};
pub use packing::{MAX_ANSWER_BYTES, MAX_TASK_BYTES, PackedTask, pack, packed};
pub use sealed::{AnswerKey, OpenedAnswers, SealedAnswers};

use super::answers::Bundle;
use super::owner::Invitation;
use super::seal::{self, GuessCost, NONCE, SALT};
use super::task::{Layout, Task};
use data_encoding::BASE64URL_NOPAD;
use packing::unpack_task;
use sealed::{ANSWERS, seal_answers};
use sha2::{Digest, Sha256};

/// The version of tasks that hold the key of their answers.
const SHARED_TASK: u8 = 1;
/// The version of those behind a passphrase.
const SHARED_LOCKED: u8 = 3;
/// The version of tasks that hold their owner's public key.
const OWNER_TASK: u8 = 4;
/// The version of those that say what raters see when they are done.
const COMPLETION_TASK: u8 = 5;
/// The version of those with weighted errors, scores from 0 to 100, or errors that are marked beforehand.
const MARKS_TASK: u8 = 6;
/// The latest version that is read.
pub const VERSION: u8 = 6;
/// The latest version that can be believed in; more is some other word of these letters.
const LATEST: u8 = 15;
/// What stands before a task in a link.
pub const TASK_MARK: &str = "#/rate/";
/// What stands before answers in a link.
pub const ANSWERS_MARK: &str = "#/answers/";

const HEAD: usize = 14;
/// Characters of an envelope; more are not looked at.
pub const MAX_TEXT: usize = 16 << 20;
/// What an envelope of a task says that it holds.
const TASK: u8 = 0;
const LOCKED: u8 = 1;

/// What an envelope holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Envelope {
    /// A task.
    Task(Box<Task>),
    /// A task behind a passphrase.
    Locked(LockedTask),
    /// Answers, which the task's owner opens.
    Answers(SealedAnswers),
}

/// A task behind a passphrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LockedTask {
    head: [u8; 2],
    salt: [u8; SALT],
    nonce: [u8; NONCE],
    sealed: Vec<u8>,
}

/// A passphrase with what its sealing takes.
#[derive(Debug, Clone, Copy)]
pub struct Lock<'a> {
    /// The passphrase.
    pub passphrase: &'a str,
    /// Random bytes.
    pub salt: [u8; SALT],
    /// Random bytes.
    pub nonce: [u8; NONCE],
}

/// A packed task as an envelope, behind a passphrase where there is one.
#[must_use]
pub fn of_task(task: &PackedTask, lock: Option<Lock<'_>>) -> String {
    let packed = &task.bytes[..];
    let [open, locked] = match task.layout {
        Layout::SharedKey => [SHARED_TASK, SHARED_LOCKED],
        Layout::OwnerKey => [OWNER_TASK; 2],
        Layout::Completion => [COMPLETION_TASK; 2],
        Layout::Marks => [MARKS_TASK; 2],
    };
    let Some(lock) = lock else {
        return written([open, TASK], packed);
    };
    let key = seal::passphrase_key(lock.passphrase, &lock.salt, GuessCost::USUAL);
    let head = [locked, LOCKED];
    let sealed = seal::seal(&key, lock.nonce, &head, packed);
    let body = [&lock.salt[..], &lock.nonce, &sealed].concat();
    written(head, &body)
}

/// The layout of tasks in envelopes of a version.
fn layout(version: u8) -> Layout {
    match version {
        ..OWNER_TASK => Layout::SharedKey,
        OWNER_TASK => Layout::OwnerKey,
        COMPLETION_TASK => Layout::Completion,
        _ => Layout::Marks,
    }
}

/// Answers as an envelope that only the task's owner opens, with the proof of the rater's invitation where there is one.
/// Answers to a task of an earlier version are sealed with the key in it. `random` must be used for no other envelope.
#[must_use]
pub fn of_answers(
    bundle: &Bundle,
    task: &Task,
    invitation: Option<Invitation>,
    random: [u8; 32],
) -> String {
    let (version, body) = seal_answers(bundle, task, invitation, random);
    written([version, ANSWERS], &body)
}

/// The number of characters of an envelope without a passphrase, from the number of packed bytes in it.
#[must_use]
pub fn characters(packed: usize) -> usize {
    (HEAD + packed).saturating_mul(8).div_ceil(6)
}

fn checksum(head: &[u8], body: &[u8]) -> [u8; 8] {
    let mut digest = Sha256::new();
    digest.update(head);
    digest.update(body);
    let digest = digest.finalize();
    std::array::from_fn(|i| digest[i])
}

fn written(head: [u8; 2], body: &[u8]) -> String {
    let mut bytes = head.to_vec();
    bytes.extend((body.len() as u32).to_le_bytes());
    let sum = checksum(&bytes, body);
    bytes.extend(sum);
    bytes.extend(body);
    BASE64URL_NOPAD.encode(&bytes)
}

/// The characters of a whole envelope, as its beginning gives them; `None` where even that is missing.
fn length(text: &str) -> Option<usize> {
    let head = BASE64URL_NOPAD.decode(text.get(..8)?.as_bytes()).ok()?;
    let body = u32::from_le_bytes([head[2], head[3], head[4], head[5]]) as usize;
    Some(characters(body))
}

/// What stands in an envelope, without its mark and without a rater's number.
///
/// # Errors
/// Why it can't be opened.
pub fn open(text: &str) -> Result<Envelope, EnvelopeError> {
    let text = text.trim();
    if text.is_empty() || !text.bytes().all(is_letter) {
        return Err(EnvelopeError::NoEnvelope);
    }
    let version = BASE64URL_NOPAD.decode(text.get(..4).unwrap_or_default().as_bytes());
    match version.as_deref() {
        Ok([0, ..]) => return Err(EnvelopeError::NoEnvelope),
        Ok([version, ..]) if *version > LATEST => return Err(EnvelopeError::NoEnvelope),
        Ok([version, ..]) if *version > VERSION => {
            return Err(EnvelopeError::Newer { version: *version });
        }
        _ => {}
    }
    // What is too short to have a beginning may be any word.
    let whole = length(text).ok_or(EnvelopeError::NoEnvelope)?;
    if whole > MAX_TEXT {
        let most_mb = MAX_TEXT >> 20;
        return Err(EnvelopeError::TooLarge { most_mb });
    }
    if text.len() < whole {
        let missing = whole - text.len();
        return Err(EnvelopeError::Cut { missing });
    }
    let bytes = BASE64URL_NOPAD
        .decode(text.as_bytes())
        .map_err(|_| EnvelopeError::Altered)?;
    let (head, rest) = bytes.split_at_checked(6).ok_or(EnvelopeError::Altered)?;
    let (sum, body) = rest.split_at_checked(8).ok_or(EnvelopeError::Altered)?;
    if text.len() > whole || checksum(head, body) != sum {
        return Err(EnvelopeError::Altered);
    }
    let head = [head[0], head[1]];
    match head[1] {
        TASK => unpack_task(body, layout(head[0])).map(|t| Envelope::Task(Box::new(t))),
        LOCKED => locked(head, body),
        ANSWERS => SealedAnswers::read(head[0], body)
            .map(Envelope::Answers)
            .ok_or(EnvelopeError::Damaged),
        _ => Err(EnvelopeError::Damaged),
    }
}

fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'
}

fn array<const N: usize>(bytes: &[u8], from: usize) -> Option<[u8; N]> {
    bytes.get(from..from + N)?.try_into().ok()
}

fn locked(head: [u8; 2], body: &[u8]) -> Result<Envelope, EnvelopeError> {
    let parts = || {
        Some(LockedTask {
            head,
            salt: array(body, 0)?,
            nonce: array(body, SALT)?,
            sealed: body[SALT + NONCE..].to_vec(),
        })
    };
    parts().map(Envelope::Locked).ok_or(EnvelopeError::Damaged)
}

impl LockedTask {
    /// The task.
    ///
    /// # Errors
    /// When the passphrase is another, or the task in it can't be used.
    pub fn unlock(&self, passphrase: &str) -> Result<Task, EnvelopeError> {
        let cost = match self.head[0] {
            1 => GuessCost::LEAST,
            _ => GuessCost::USUAL,
        };
        let key = seal::passphrase_key(passphrase, &self.salt, cost);
        let packed = seal::open(&key, self.nonce, &self.head, &self.sealed)
            .map_err(|_| EnvelopeError::WrongPassphrase)?;
        unpack_task(&packed, layout(self.head[0]))
    }
}
