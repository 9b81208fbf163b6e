//! A file of lines that is appended to and may have been torn.

use super::{DiskError, Log};

/// A file of lines. A line that was cut off, as when power was lost or the disk was full, stays a line of its
/// own: the next one never joins it.
pub struct LineLog {
    log: Box<dyn Log>,
    is_torn: bool,
}

impl LineLog {
    /// The lines of a file, and the text that is there.
    ///
    /// # Errors
    /// When it can't be read.
    pub fn new(log: Box<dyn Log>) -> Result<(Self, String), DiskError> {
        let text = log.text()?;
        let is_torn = !text.is_empty() && !text.ends_with('\n');
        Ok((Self { log, is_torn }, text))
    }

    /// Appends lines, which hold no line break themselves; they are on the disk when this returns.
    ///
    /// # Errors
    /// When the disk is full. All of `lines` are then to be appended again: those that are there twice are
    /// the caller's to tell apart, so it gives one line at a time where that matters.
    pub fn append(&mut self, lines: &[String]) -> Result<(), DiskError> {
        if lines.is_empty() {
            return Ok(());
        }
        let start = if self.is_torn { "\n" } else { "" };
        let text = format!("{start}{}\n", lines.join("\n"));
        let written = self.log.append(text.as_bytes());
        // A part of a line may have been written.
        self.is_torn = written.is_err();
        written
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Disk;
    use crate::fake::FakeDisk;
    use futures_executor::block_on;

    fn open(disk: &FakeDisk) -> LineLog {
        LineLog::new(block_on(disk.log(&["log"])).unwrap())
            .unwrap()
            .0
    }

    #[test]
    fn a_line_after_a_torn_one_is_a_line_of_its_own() {
        let disk = FakeDisk::default();
        disk.put("log", b"one\ntw");
        let mut log = open(&disk);
        log.append(&["three".into()]).unwrap();
        log.append(&["four".into()]).unwrap();
        assert_eq!(disk.text("log").unwrap(), "one\ntw\nthree\nfour\n");
    }

    #[test]
    fn a_file_that_is_torn_at_any_byte_keeps_every_line_before_and_the_next() {
        let whole = "one\nzwei é\n三\n".as_bytes();
        for cut in 0..=whole.len() {
            let disk = FakeDisk::default();
            disk.put("log", &whole[..cut]);
            open(&disk).append(&["next".into()]).unwrap();
            let text = disk.text("log").unwrap();
            let before = String::from_utf8_lossy(&whole[..cut]).into_owned();
            let expected: Vec<&str> = before.lines().chain(["next"]).collect();
            assert_eq!(text.lines().collect::<Vec<_>>(), expected, "{cut}");
        }
    }

    #[test]
    fn what_a_full_disk_tore_does_not_swallow_the_next_line() {
        let disk = FakeDisk::default();
        let mut log = open(&disk);
        disk.limit(3);
        assert!(log.append(&["first".into()]).is_err());
        disk.limit(100);
        log.append(&["first".into()]).unwrap();
        assert_eq!(disk.text("log").unwrap(), "fir\nfirst\n");
    }
}
