//! How long something takes and how much memory beside what there was, one test at a time.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Held while something is measured: memory is that of the process.
static TURN: Mutex<()> = Mutex::new(());

/// The turn to measure; a test that failed before has given it back.
pub(crate) fn turn() -> MutexGuard<'static, ()> {
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What something took.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Measured {
    pub(crate) time: Duration,
    /// Bytes at the highest beside those before; nothing where the system doesn't tell.
    pub(crate) peak: Option<u64>,
}

impl Measured {
    /// Prints the line of a table of figures.
    pub(crate) fn print(&self, what: &str, reply: usize) {
        let seconds = self.time.as_secs_f64();
        let peak = self.peak.map_or("?".to_owned(), megabytes);
        println!("{what}: {seconds:.2} s, {peak} of memory, a reply of {reply} bytes");
    }
}

fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}

/// Runs something and measures it.
pub(crate) fn measure<T>(run: impl FnOnce() -> T) -> (T, Measured) {
    // Linux then counts the highest from here on; elsewhere nothing is read below.
    let is_reset = std::fs::write("/proc/self/clear_refs", "5").is_ok();
    let before = resident("VmRSS:");
    let start = Instant::now();
    let outcome = run();
    let time = start.elapsed();
    let peak = resident("VmHWM:").zip(before).filter(|_| is_reset);
    let peak = peak.map(|(peak, before)| peak.saturating_sub(before));
    (outcome, Measured { time, peak })
}

/// A figure of the process's memory, in bytes.
fn resident(name: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}
