//! The owner's secret of a task, and what follows from it: the key pair that answers are sealed to (X25519, RFC 7748)
//! and the secret of each rater's invitation. Everything is derived with HKDF-SHA-256 (RFC 5869).
//!
//! The public key travels in the task. The secret stays in the owner's project, so that neither whoever holds the
//! task's link nor another rater can read answers.

use super::seal::NONCE;
use data_encoding::BASE64URL_NOPAD;
use hkdf::hmac::{Hmac, KeyInit, Mac};
use hkdf::{GenericHkdf, Hkdf};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use x25519_dalek::{X25519_BASEPOINT_BYTES, x25519};

/// Bytes of an invitation's secret.
const INVITATION: usize = 16;
/// Characters of an invitation's secret in a link.
pub const INVITATION_CHARACTERS: usize = 22;
/// Bytes of the proof that answers come from an invitation.
pub const PROOF: usize = 16;

/// The labels that keep keys for different purposes apart.
const PRIVATE_KEY: &[u8] = b"assay owner key";
const INVITATION_LABEL: &[u8] = b"assay invitation";
const ANSWERS: &[u8] = b"assay answers 4";

/// Random bytes of the owner's, from which the task's keys follow.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnerSecret(pub [u8; 32]);

impl std::fmt::Debug for OwnerSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OwnerSecret")
    }
}

impl OwnerSecret {
    fn private_key(&self) -> [u8; 32] {
        derived(&self.0, &[PRIVATE_KEY])
    }

    /// The key that answers are sealed to ([`super::Task::key`]).
    #[must_use]
    pub fn public_key(&self) -> [u8; 32] {
        x25519(self.private_key(), X25519_BASEPOINT_BYTES)
    }

    /// The secret of the invitation for a rater's number, from 0.
    #[must_use]
    pub fn invitation(&self, task: u64, slot: u16) -> Invitation {
        let info = [INVITATION_LABEL, &task.to_le_bytes(), &slot.to_le_bytes()];
        Invitation(derived(&self.0, &info))
    }

    /// The key of a message from its sender's public key; `None` where that key is not one.
    pub(crate) fn message_key(&self, sender: &[u8; 32]) -> Option<MessageKey> {
        let shared = x25519(self.private_key(), *sender);
        (shared != [0; 32]).then(|| MessageKey::new(&shared, sender, &self.public_key()))
    }
}

/// What a message to the owner is sealed with. It is used once, so that its nonce can follow from the same secret.
pub(crate) struct MessageKey {
    pub(crate) key: [u8; 32],
    pub(crate) nonce: [u8; NONCE],
}

impl MessageKey {
    fn new(shared: &[u8; 32], sender: &[u8; 32], owner: &[u8; 32]) -> Self {
        let bytes: [u8; 32 + NONCE] = derived(shared, &[ANSWERS, sender, owner]);
        Self {
            key: std::array::from_fn(|i| bytes[i]),
            nonce: std::array::from_fn(|i| bytes[32 + i]),
        }
    }

    /// The sender's public key and the key of one message, from random bytes that are used for no other message.
    pub(crate) fn to_owner(owner: &[u8; 32], random: [u8; 32]) -> ([u8; 32], Self) {
        let sender = x25519(random, X25519_BASEPOINT_BYTES);
        let shared = x25519(random, *owner);
        (sender, Self::new(&shared, &sender, owner))
    }
}

/// The secret in one rater's link. Whoever holds it can answer under that rater's number.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Invitation([u8; INVITATION]);

impl std::fmt::Debug for Invitation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Invitation")
    }
}

impl Invitation {
    /// The secret as it stands in a link, 22 characters.
    #[must_use]
    pub fn to_text(self) -> String {
        BASE64URL_NOPAD.encode(&self.0)
    }

    /// The secret in a link; `None` where the characters are not one.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
        Some(Self(bytes.try_into().ok()?))
    }

    fn mac(self, header: &[u8], packed: &[u8]) -> Hmac<Sha256> {
        let mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes a key of any length");
        mac.chain_update(header).chain_update(packed)
    }

    /// The proof that answers come from this invitation: HMAC-SHA-256 over the message's header and the packed answers,
    /// the first 16 bytes.
    pub(crate) fn proof(self, header: &[u8], packed: &[u8]) -> [u8; PROOF] {
        let full = self.mac(header, packed).finalize().into_bytes();
        std::array::from_fn(|i| full[i])
    }

    /// Whether the proof is this invitation's.
    pub(crate) fn proves(self, proof: &[u8; PROOF], header: &[u8], packed: &[u8]) -> bool {
        let mac = self.mac(header, packed);
        mac.verify_truncated_left(proof).is_ok()
    }
}

fn derived<const N: usize>(secret: &[u8; 32], info: &[&[u8]]) -> [u8; N] {
    let mut bytes = [0; N];
    let hkdf: GenericHkdf<Hmac<Sha256>> = Hkdf::<Sha256>::new(None, secret);
    hkdf.expand_multi_info(info, &mut bytes)
        .expect("HKDF gives up to 8160 bytes");
    bytes
}
