//! The time, pauses, and bytes that nobody can guess.

use super::LocalFuture;

/// The machine's clock and source of random bytes.
pub trait Clock {
    /// Milliseconds since 1970.
    fn now_ms(&self) -> f64;

    /// Waits; with 0 it only lets waiting messages in, so that long work can be stopped.
    fn sleep(&self, ms: u32) -> LocalFuture<'_, ()>;

    /// Fills `bytes` with bytes that nobody can guess. False where the machine has none: a key must not be
    /// made of what stands there then.
    #[must_use]
    fn fill_random(&self, bytes: &mut [u8]) -> bool;
}

/// Bytes that nobody can guess, or nothing where the machine has none.
#[must_use]
pub fn random<const N: usize>(clock: &dyn Clock) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    clock.fill_random(&mut bytes).then_some(bytes)
}
