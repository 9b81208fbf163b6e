//! Sends made-up values through a codec and back, and compares what comes back with what was sent.

use super::canonical::canonical;
use super::random::random;
use super::random_error::RandomError;
use super::rng::Rng;
use crate::call::{Call, VisitCalls};
use crate::codec::Codec;
use serde::{Serialize, de::DeserializeOwned};
use std::any::type_name;
use std::fmt;
use std::marker::PhantomData;

/// Values of a type that are sent at least.
const LEAST_CASES: usize = 64;
/// Values that are tried at most.
const MOST_TRIES: u64 = 4_000;

/// Why a value did not come back as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RoundtripReason {
    /// No value could be made up.
    NotMadeUp(RandomError),
    /// The codec could not write it.
    NotEncoded(String),
    /// The codec could not read what it had written.
    NotDecoded(String),
    /// Another value came back: what was sent.
    Changed(String),
}

/// A type that does not cross a codec unharmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundtripError {
    /// The type.
    pub type_name: &'static str,
    /// The seed that gives the value again.
    pub seed: u64,
    /// What went wrong.
    pub reason: RoundtripReason,
}

impl fmt::Display for RoundtripError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (seed {}): ", self.type_name, self.seed)?;
        match &self.reason {
            RoundtripReason::NotMadeUp(error) => write!(f, "no value can be made up: {error}"),
            RoundtripReason::NotEncoded(error) => write!(f, "can't be written: {error}"),
            RoundtripReason::NotDecoded(error) => write!(f, "can't be read back: {error}"),
            RoundtripReason::Changed(sent) => write!(f, "came back changed: {sent}"),
        }
    }
}

impl std::error::Error for RoundtripError {}

/// Sends values of `T` through `C` and back: at least 64, and each variant of each enum. How many were sent;
/// none of a type without values.
///
/// # Errors
/// The first value that did not come back as it was.
pub fn roundtrip<C: Codec, T: Serialize + DeserializeOwned>() -> Result<usize, RoundtripError> {
    each_made_up::<T>(send::<C, T>)
}

/// Does something with values of `T`: at least 64, and each variant of each enum. How many there were.
pub(super) fn each_made_up<T: DeserializeOwned>(
    mut each: impl FnMut(&T) -> Result<(), RoundtripReason>,
) -> Result<usize, RoundtripError> {
    let mut rng = Rng::new(0);
    let (mut made, mut tries) = (0, 0);
    let failed = |seed, reason| RoundtripError {
        type_name: type_name::<T>(),
        seed,
        reason,
    };
    loop {
        rng.reseed(tries);
        match random::<T>(&mut rng) {
            Ok(value) => {
                each(&value).map_err(|reason| failed(tries, reason))?;
                made += 1;
            }
            Err(error @ RandomError::AsksForAnything) => {
                return Err(failed(tries, RoundtripReason::NotMadeUp(error)));
            }
            Err(RandomError::NoValues(_)) if made == 0 && tries > LEAST_CASES as u64 => {
                return Ok(0);
            }
            Err(error) if tries >= MOST_TRIES => {
                return Err(failed(tries, RoundtripReason::NotMadeUp(error)));
            }
            Err(_) => {}
        }
        tries += 1;
        if made >= LEAST_CASES && (rng.has_shown_all() || tries >= MOST_TRIES) {
            return Ok(made);
        }
    }
}

fn send<C: Codec, T: Serialize + DeserializeOwned>(value: &T) -> Result<(), RoundtripReason> {
    let not_encoded = |error: crate::CodecError| RoundtripReason::NotEncoded(error.0);
    let before = canonical(value).map_err(not_encoded)?;
    let encoded = C::encode(value).map_err(not_encoded)?;
    let decoded: T = C::decode(encoded).map_err(|e| RoundtripReason::NotDecoded(e.0))?;
    let after = canonical(&decoded).map_err(not_encoded)?;
    if before == after {
        return Ok(());
    }
    let first = before
        .iter()
        .zip(&after)
        .take_while(|(a, b)| a == b)
        .count();
    let around = |bytes: &[u8]| {
        let part = &bytes[first.saturating_sub(24)..(first + 24).min(bytes.len())];
        part.escape_ascii().to_string()
    };
    let (sent, came) = (around(&before), around(&after));
    Err(RoundtripReason::Changed(format!(
        "byte {first} of its canonical form: sent …{sent}…, came back …{came}…"
    )))
}

/// Sends every call of a table, its replies and its errors through a codec; what failed is collected.
pub struct RoundtripCalls<C> {
    /// What does not come back as it was, by call.
    pub failures: Vec<(&'static str, RoundtripError)>,
    /// Values sent.
    pub sent: usize,
    codec: PhantomData<C>,
}

impl<C> Default for RoundtripCalls<C> {
    fn default() -> Self {
        Self {
            failures: Vec::new(),
            sent: 0,
            codec: PhantomData,
        }
    }
}

impl<C: Codec> RoundtripCalls<C> {
    fn check<T: Serialize + DeserializeOwned>(&mut self, call: &'static str) {
        match roundtrip::<C, T>() {
            Ok(sent) => self.sent += sent,
            Err(error) => self.failures.push((call, error)),
        }
    }
}

impl<C: Codec> VisitCalls for RoundtripCalls<C> {
    fn visit<K: Call>(&mut self) {
        self.check::<K>(K::NAME);
        self.check::<K::Reply>(K::NAME);
        self.check::<K::Error>(K::NAME);
    }
}

/// Collects the names of calls, to be compared with those that a
/// [`Registry`](crate::Registry::names) answers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CallNames(pub Vec<&'static str>);

impl VisitCalls for CallNames {
    fn visit<K: Call>(&mut self) {
        self.0.push(K::NAME);
    }
}
