//! The envelope: a task, or answers to one, as letters that fit behind the `#` of a link.
//!
//! ```text
//! version 1 | contents 1 | length of the body 4 | checksum 8 | body
//! body of a task:          brotli(postcard(Task))
//! body of a locked task:   salt 16 | nonce 12 | AES-256-GCM(passphrase, brotli(postcard(Task)))
//! body of answers:         task 8 | its hash 16 | nonce 12 | AES-256-GCM(task's key, deflate(postcard(Bundle)))
//! ```
//!
//! Tasks are of version 1, answers of version 2 and locked tasks of version 3. Answers of version 1 were packed with
//! brotli: they hold few words, so that brotli gains little on them, and its encoder was a third of what a rater had to
//! load. Passphrases of locked tasks of version 1 are cheaper to guess ([`GuessCost`]).
//!
//! Numbers are little-endian, the checksum is the beginning of SHA-256 over what stands before and
//! behind it, and the whole is base64url without padding (RFC 4648). A rater's number stands behind a
//! task as `~3`, from 1. A version that was released is read for ever: `tests/rating/envelopes` holds
//! one of each.

mod find;

pub use find::{Found, find, holds};

use super::answers::Bundle;
use super::seal;
use super::seal::{GuessCost, NONCE, SALT};
use super::task::{Task, TaskError};
use data_encoding::BASE64URL_NOPAD;
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::io::{Read, Write};

/// The version of tasks.
const TASK_VERSION: u8 = 1;
/// The version of answers.
const ANSWERS_VERSION: u8 = 2;
/// The version of locked tasks.
const LOCKED_VERSION: u8 = 3;
/// The latest version that is read.
pub const VERSION: u8 = LOCKED_VERSION;
/// The latest version that can be believed in; more is some other word of these letters.
const LATEST: u8 = 15;
/// What stands before a task in a link.
pub const TASK_MARK: &str = "#/rate/";
/// What stands before answers in a link.
pub const ANSWERS_MARK: &str = "#/answers/";

const HEAD: usize = 14;
const ANSWERS_HEAD: usize = 8 + 16 + NONCE;
/// Bytes of a task, unpacked.
pub const MAX_TASK_BYTES: usize = 8 << 20;
/// Bytes of answers, unpacked.
pub const MAX_ANSWER_BYTES: usize = 2 << 20;
/// Characters of an envelope; more are not looked at.
pub const MAX_TEXT: usize = 16 << 20;
/// Window of 2 to the power of so many bytes.
const WINDOW: u32 = 22;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Contents {
    Task = 0,
    Locked = 1,
    Answers = 2,
}

/// Why an envelope can't be opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum EnvelopeError {
    /// It is none.
    #[error("this is no rating link; copy the whole link and try again")]
    NoEnvelope,
    /// Its end is missing.
    #[error(
        "the link is cut off: {missing} characters are missing; copy it whole, or ask for the file"
    )]
    Cut {
        /// Characters that are missing.
        missing: usize,
    },
    /// Some of it was changed.
    #[error("the link was changed on its way; ask for it again")]
    Altered,
    /// A later version of the page has made it.
    #[error("the link was made by a newer version ({version}); reload this page and try again")]
    Newer {
        /// Its version.
        version: u8,
    },
    /// It does not open with this passphrase.
    #[error("this is not the passphrase; ask whoever sent the link")]
    WrongPassphrase,
    /// It was not made with the task's key, or was changed by somebody who mended its checksum.
    #[error("the answers are not sealed with this task's key")]
    Forged,
    /// It unpacks to more than there can be.
    #[error("the link holds more than {most_mb} MB; it is no rating link")]
    TooLarge {
        /// Megabytes that are allowed.
        most_mb: usize,
    },
    /// It unpacks to what no task and no answers look like.
    #[error("the link holds no task and no answers; ask for it again")]
    Damaged,
    /// The task in it can't be used.
    #[error("the task in the link can't be used: {error}")]
    Task {
        /// Why.
        error: TaskError,
    },
}

/// What an envelope holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Envelope {
    /// A task.
    Task(Box<Task>),
    /// A task behind a passphrase.
    Locked(LockedTask),
    /// Answers, which the task's key opens.
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

/// Answers as they come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedAnswers {
    version: u8,
    /// [`Task::id`].
    pub task: u64,
    /// [`Task::hash`].
    pub hash: [u8; 16],
    beside: Vec<u8>,
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
pub fn of_task(packed: &[u8], lock: Option<Lock<'_>>) -> String {
    let Some(lock) = lock else {
        return written([TASK_VERSION, Contents::Task as u8], packed);
    };
    let key = seal::passphrase_key(lock.passphrase, &lock.salt, GuessCost::USUAL);
    let head = [LOCKED_VERSION, Contents::Locked as u8];
    let sealed = seal::seal(&key, lock.nonce, &head, packed);
    let body = [&lock.salt[..], &lock.nonce, &sealed].concat();
    written(head, &body)
}

/// Answers as an envelope, sealed with the task's key under a random nonce.
#[must_use]
pub fn of_answers(bundle: &Bundle, key: &[u8; 32], nonce: [u8; NONCE]) -> String {
    let head = [ANSWERS_VERSION, Contents::Answers as u8];
    let beside = beside(head, bundle.task, &bundle.hash);
    let sealed = seal::seal(key, nonce, &beside, &pack_answers(bundle));
    let body = [&beside[2..], &nonce, &sealed].concat();
    written(head, &body)
}

/// What is sealed beside the answers, so that it can't be changed.
fn beside(head: [u8; 2], task: u64, hash: &[u8; 16]) -> Vec<u8> {
    [&head[..], &task.to_le_bytes(), hash].concat()
}

fn bytes_of(value: &impl Serialize) -> Vec<u8> {
    // Writing what is in memory does not fail.
    postcard::to_stdvec(value).unwrap_or_default()
}

fn pack_answers(bundle: &Bundle) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    let packed = encoder.write_all(&bytes_of(bundle));
    // Packing what is in memory does not fail.
    packed.and_then(|()| encoder.finish()).unwrap_or_default()
}

/// A task, packed.
#[must_use]
pub fn packed(task: &Task) -> Vec<u8> {
    pack(&task_bytes(task))
}

/// What is packed of a task.
#[must_use]
pub fn task_bytes(task: &Task) -> Vec<u8> {
    bytes_of(task)
}

/// Packs what goes into a link with brotli. The encoder and its tables are half a megabyte of program: whoever calls
/// this carries them.
#[must_use]
pub fn pack(bytes: &[u8]) -> Vec<u8> {
    let params = brotli::enc::BrotliEncoderParams {
        lgwin: WINDOW as i32,
        ..Default::default()
    };
    let mut packed = Vec::new();
    // Packing what is in memory does not fail.
    let _ = brotli::BrotliCompress(&mut &*bytes, &mut packed, &params);
    packed
}

/// The characters of an envelope around so many packed bytes, without a passphrase.
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

/// The characters of a whole envelope, told from its beginning; `None` where even that is missing.
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
        0 => task(body).map(|t| Envelope::Task(Box::new(t))),
        1 => locked(head, body),
        2 => answers(head, body),
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

fn answers(head: [u8; 2], body: &[u8]) -> Result<Envelope, EnvelopeError> {
    let parts = || {
        let task = u64::from_le_bytes(array(body, 0)?);
        let hash = array(body, 8)?;
        Some(SealedAnswers {
            version: head[0],
            task,
            hash,
            beside: beside(head, task, &hash),
            nonce: array(body, 24)?,
            sealed: body[ANSWERS_HEAD..].to_vec(),
        })
    };
    parts().map(Envelope::Answers).ok_or(EnvelopeError::Damaged)
}

fn task(packed: &[u8]) -> Result<Task, EnvelopeError> {
    let task: Task = value_of(unpack(packed, MAX_TASK_BYTES)?)?;
    task.check()
        .map_err(|error| EnvelopeError::Task { error })?;
    Ok(task)
}

/// Unpacks at most `most` bytes: a few bytes can't ask for more memory than the bound and a window.
fn unpack(packed: &[u8], most: usize) -> Result<Vec<u8>, EnvelopeError> {
    // This beginning asks for a window of up to a gigabyte, which RFC 7932 does not have.
    if packed.first().is_none_or(|first| first & 0x7f == 0x11) {
        return Err(EnvelopeError::Damaged);
    }
    read_at_most(brotli::Decompressor::new(packed, 1 << 14), most)
}

fn read_at_most(reader: impl Read, most: usize) -> Result<Vec<u8>, EnvelopeError> {
    let mut bytes = Vec::new();
    let mut reader = reader.take(most as u64 + 1);
    reader
        .read_to_end(&mut bytes)
        .map_err(|_| EnvelopeError::Damaged)?;
    if bytes.len() > most {
        let most_mb = most >> 20;
        return Err(EnvelopeError::TooLarge { most_mb });
    }
    Ok(bytes)
}

fn value_of<T: for<'de> Deserialize<'de>>(bytes: Vec<u8>) -> Result<T, EnvelopeError> {
    let (value, rest) = postcard::take_from_bytes(&bytes).map_err(|_| EnvelopeError::Damaged)?;
    if rest.is_empty() {
        Ok(value)
    } else {
        Err(EnvelopeError::Damaged)
    }
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
        task(&packed)
    }
}

impl SealedAnswers {
    /// The answers, if they were sealed with this key and unchanged since.
    ///
    /// # Errors
    /// When they were not.
    pub fn open(&self, key: &[u8; 32]) -> Result<Bundle, EnvelopeError> {
        let packed = seal::open(key, self.nonce, &self.beside, &self.sealed)
            .map_err(|_| EnvelopeError::Forged)?;
        let bytes = match self.version {
            1 => unpack(&packed, MAX_ANSWER_BYTES)?,
            _ => read_at_most(DeflateDecoder::new(&packed[..]), MAX_ANSWER_BYTES)?,
        };
        let bundle: Bundle = value_of(bytes)?;
        if (bundle.task, bundle.hash) == (self.task, self.hash) {
            Ok(bundle)
        } else {
            Err(EnvelopeError::Damaged)
        }
    }
}
