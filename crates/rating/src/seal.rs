//! Sealing: AES-256-GCM (NIST SP 800-38D), with a key that is there or one made from a passphrase by
//! Argon2id (RFC 9106). Random bytes are the caller's.

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use argon2::{Algorithm, Argon2, Params, Version};

/// Bytes of a nonce.
pub const NONCE: usize = 12;
/// Bytes of a passphrase's salt.
pub const SALT: usize = 16;

/// What one guess at a passphrase costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GuessCost {
    /// Memory, in KiB.
    memory_kib: u32,
    /// Passes over it.
    passes: u32,
}

impl GuessCost {
    /// The least that OWASP's password storage guide names: 19 MiB, two passes. Earlier links have it.
    pub const LEAST: Self = Self {
        memory_kib: 19 * 1024,
        passes: 2,
    };
    /// RFC 9106's second choice, but for one lane in place of four, as a page has one thread for it: 64 MiB, three
    /// passes.
    pub const USUAL: Self = Self {
        memory_kib: 64 * 1024,
        passes: 3,
    };
}

/// The text could not be opened: another key, or bytes that are not those that were sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it can't be opened with this key")]
pub struct Closed;

/// The key of a passphrase. Spaces around it, which a chat easily adds, do not count.
#[must_use]
pub fn passphrase_key(passphrase: &str, salt: &[u8; SALT], cost: GuessCost) -> [u8; 32] {
    let mut key = [0; 32];
    let params = Params::new(cost.memory_kib, cost.passes, 1, Some(key.len()))
        .expect("the parameters are within Argon2's bounds");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.trim().as_bytes(), salt, &mut key)
        .expect("salt and key have lengths that Argon2 takes");
    key
}

fn cipher(key: &[u8; 32]) -> Aes256Gcm {
    Aes256Gcm::new(key.into())
}

/// `text` sealed under `key`; `beside` is not hidden, and opens only unchanged. A nonce must never be
/// used twice with one key.
#[must_use]
pub fn seal(key: &[u8; 32], nonce: [u8; NONCE], beside: &[u8], text: &[u8]) -> Vec<u8> {
    let payload = Payload {
        msg: text,
        aad: beside,
    };
    // Only texts of more than 64 GB are refused.
    cipher(key)
        .encrypt(&Nonce::from(nonce), payload)
        .unwrap_or_default()
}

/// What was sealed.
///
/// # Errors
/// When the key is another, or anything was changed.
pub fn open(
    key: &[u8; 32],
    nonce: [u8; NONCE],
    beside: &[u8],
    sealed: &[u8],
) -> Result<Vec<u8>, Closed> {
    let payload = Payload {
        msg: sealed,
        aad: beside,
    };
    cipher(key)
        .decrypt(&Nonce::from(nonce), payload)
        .map_err(|_| Closed)
}
