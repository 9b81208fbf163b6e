//! Answers as they are sealed for their owner. Those of version 4 are sealed to the owner's public key, so that nobody
//! but the owner opens them, and carry a proof of the rater's invitation where the link holds one. Those of versions 1
//! and 2 are sealed with the key in the task, which every rater holds.

use super::error::EnvelopeError;
use super::packing::{Packing, pack_answers, unpack_answers};
use crate::answers::Bundle;
use crate::owner::{Invitation, MessageKey, OwnerSecret, PROOF};
use crate::seal::{self, NONCE};
use crate::task::{Sealing, Task};

/// What an envelope of answers begins with, after which it says how they are sealed.
pub(crate) const ANSWERS: u8 = 2;
/// The version of answers that are sealed with the key in the task.
const SHARED_VERSION: u8 = 2;
/// The version of answers that are sealed to the owner's public key.
const OWNER_VERSION: u8 = 4;
/// Bytes of the task's id and its hash.
const ADDRESS: usize = 8 + 16;
/// Bytes of the sender's public key.
const SENDER: usize = 32;

/// What stands before the packed answers of version 4.
const NO_PROOF: u8 = 0;
const WITH_PROOF: u8 = 1;

/// Answers as they come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedAnswers {
    version: u8,
    /// [`Task::id`].
    pub task: u64,
    /// [`Task::hash`].
    pub hash: [u8; 16],
    /// What is not hidden, and opens only unchanged.
    header: Vec<u8>,
    seal: Seal,
    sealed: Vec<u8>,
}

/// What opens them besides the task's key.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Seal {
    Nonce([u8; NONCE]),
    Sender([u8; SENDER]),
}

/// What answers to a task are opened with.
#[derive(Debug, Clone, Copy)]
pub enum AnswerKey<'a> {
    /// The key in the task.
    Shared(&'a [u8; 32]),
    /// The owner's secret.
    Owner(&'a OwnerSecret),
}

/// Answers that were opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenedAnswers {
    /// The answers.
    pub bundle: Bundle,
    /// Whether they prove that they were made with the link for the rater's number.
    pub invited: bool,
}

fn header(version: u8, task: u64, hash: &[u8; 16]) -> Vec<u8> {
    [&[version, ANSWERS][..], &task.to_le_bytes(), hash].concat()
}

/// Seals answers to a task: the version, and the body of the envelope. Each call needs random bytes of its own.
pub(crate) fn seal_answers(
    bundle: &Bundle,
    task: &Task,
    invitation: Option<Invitation>,
    random: [u8; 32],
) -> (u8, Vec<u8>) {
    let packed = pack_answers(bundle);
    match task.sealing {
        Sealing::SharedKey => {
            let header = header(SHARED_VERSION, bundle.task, &bundle.hash);
            let nonce: [u8; NONCE] = std::array::from_fn(|i| random[i]);
            let sealed = seal::seal(&task.key, nonce, &header, &packed);
            (SHARED_VERSION, [&header[2..], &nonce, &sealed].concat())
        }
        Sealing::OwnerKey => {
            let (sender, message) = MessageKey::to_owner(&task.key, random);
            let mut header = header(OWNER_VERSION, bundle.task, &bundle.hash);
            header.extend(sender);
            let text = match invitation {
                Some(invitation) => {
                    let proof = invitation.proof(&header, &packed);
                    [&[WITH_PROOF][..], &proof, &packed].concat()
                }
                None => [&[NO_PROOF][..], &packed].concat(),
            };
            let sealed = seal::seal(&message.key, message.nonce, &header, &text);
            (OWNER_VERSION, [&header[2..], &sealed].concat())
        }
    }
}

impl SealedAnswers {
    /// The parts of an envelope's body; `None` where it is too short, or of a version that answers never had.
    pub(crate) fn read(version: u8, body: &[u8]) -> Option<Self> {
        if version > OWNER_VERSION {
            return None;
        }
        let task = u64::from_le_bytes(body.first_chunk().copied()?);
        let hash = body.get(8..)?.first_chunk().copied()?;
        let mut header = header(version, task, &hash);
        let rest = body.get(ADDRESS..)?;
        let (seal, sealed) = if version < OWNER_VERSION {
            let (nonce, sealed) = rest.split_first_chunk()?;
            (Seal::Nonce(*nonce), sealed)
        } else {
            let (sender, sealed) = rest.split_first_chunk()?;
            header.extend(sender);
            (Seal::Sender(*sender), sealed)
        };
        Some(Self {
            version,
            task,
            hash,
            header,
            seal,
            sealed: sealed.to_vec(),
        })
    }

    /// The answers, if they were sealed for this key and are unchanged since.
    ///
    /// # Errors
    /// When they were not, or when they give a number and a proof that is not that invitation's.
    pub fn open(&self, key: AnswerKey<'_>) -> Result<OpenedAnswers, EnvelopeError> {
        let opened = match (key, &self.seal) {
            (AnswerKey::Shared(key), Seal::Nonce(nonce)) => {
                let packed = seal::open(key, *nonce, &self.header, &self.sealed);
                let packed = packed.map_err(|_| EnvelopeError::Forged)?;
                let packing = match self.version {
                    1 => Packing::Brotli,
                    _ => Packing::Deflate,
                };
                OpenedAnswers {
                    bundle: unpack_answers(&packed, packing)?,
                    invited: false,
                }
            }
            (AnswerKey::Owner(secret), Seal::Sender(sender)) => {
                let message = secret.message_key(sender).ok_or(EnvelopeError::Forged)?;
                let text = seal::open(&message.key, message.nonce, &self.header, &self.sealed);
                self.proven(&text.map_err(|_| EnvelopeError::Forged)?, secret)?
            }
            // The public key of a task is known to everybody: it must never open answers as if it were a shared key.
            _ => return Err(EnvelopeError::Forged),
        };
        if (opened.bundle.task, opened.bundle.hash) == (self.task, self.hash) {
            Ok(opened)
        } else {
            Err(EnvelopeError::Damaged)
        }
    }

    /// The answers in an opened text of version 4, whose proof is the invitation's if there is one.
    fn proven(&self, text: &[u8], secret: &OwnerSecret) -> Result<OpenedAnswers, EnvelopeError> {
        let (&mark, rest) = text.split_first().ok_or(EnvelopeError::Damaged)?;
        let (proof, packed) = match mark {
            NO_PROOF => (None, rest),
            WITH_PROOF => {
                let parts = rest.split_first_chunk::<PROOF>();
                let (proof, packed) = parts.ok_or(EnvelopeError::Damaged)?;
                (Some(proof), packed)
            }
            _ => return Err(EnvelopeError::Damaged),
        };
        let bundle = unpack_answers(packed, Packing::Deflate)?;
        if let Some(proof) = proof {
            let slot = bundle.slot.ok_or(EnvelopeError::Damaged)?;
            let invitation = secret.invitation(self.task, slot);
            if !invitation.proves(proof, &self.header, packed) {
                let number = slot.saturating_add(1);
                return Err(EnvelopeError::WrongInvitation { number });
            }
        }
        Ok(OpenedAnswers {
            bundle,
            invited: proof.is_some(),
        })
    }
}
