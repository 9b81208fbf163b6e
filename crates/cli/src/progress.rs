//! Progress of long work.

use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

/// Progress on the error stream, where that is a terminal and the work takes longer than a second.
pub(crate) struct Bar {
    what: &'static str,
    start: Instant,
    is_shown: bool,
}

impl Bar {
    /// Of work that is called so.
    pub(crate) fn new(what: &'static str) -> Self {
        Self {
            what,
            start: Instant::now(),
            is_shown: false,
        }
    }

    /// Shows how much is done.
    pub(crate) fn show(&mut self, (done, total): (f64, f64)) {
        let is_long = self.start.elapsed() > Duration::from_secs(1);
        if is_long && total > 0.0 && std::io::stderr().is_terminal() {
            eprint!("\r{}: {:.0} %", self.what, 100.0 * done / total);
            // A bar that can't be shown is no reason to stop.
            self.is_shown = std::io::stderr().flush().is_ok();
        }
    }

    /// Ends the line.
    pub(crate) fn end(&self) {
        if self.is_shown {
            eprintln!();
        }
    }
}
