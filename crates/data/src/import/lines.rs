//! Plain text, one segment a line, as sacreBLEU reads its files: lines end at "\n" only.

use super::error::{ImportError, line_within};
use super::imported::{Imported, damaged};

/// Cuts text that comes in pieces into lines.
#[derive(Default)]
pub struct LineSplitter {
    rest: String,
    /// Lines given out.
    pub line: u64,
}

impl LineSplitter {
    /// Calls `each` with every line that is complete, without its end, and its number from 1.
    pub fn push(
        &mut self,
        text: &str,
        mut each: impl FnMut(&str, u64) -> Result<(), ImportError>,
    ) -> Result<(), ImportError> {
        let mut text = text;
        while let Some(end) = text.find('\n') {
            self.line += 1;
            if self.rest.is_empty() {
                each(chomp(&text[..end]), self.line)?;
            } else {
                self.rest.push_str(&text[..end]);
                each(chomp(&self.rest), self.line)?;
                self.rest.clear();
            }
            text = &text[end + 1..];
        }
        self.rest.push_str(text);
        Ok(())
    }

    /// Where the line begins that has no end yet (from 1), and its bytes so far.
    pub fn pending(&self) -> (u64, usize) {
        (self.line + 1, self.rest.len())
    }

    /// The last line, if it has no end of its own.
    pub fn finish(self) -> Option<(String, u64)> {
        (!self.rest.is_empty()).then(|| (chomp(&self.rest).to_owned(), self.line + 1))
    }
}

fn chomp(line: &str) -> &str {
    line.strip_suffix('\r').unwrap_or(line)
}

/// A file of lines as a table of one column, named after the file.
pub struct LineReader {
    lines: LineSplitter,
    name: String,
}

impl LineReader {
    /// A reader whose column has this name, or `text` where it is empty.
    pub fn new(name: &str) -> Self {
        let name = if name.is_empty() { "text" } else { name };
        Self {
            lines: LineSplitter::default(),
            name: name.to_owned(),
        }
    }

    /// Takes the next piece of text. A damaged line stays a row, empty: dropping it would shift
    /// every later line against the other files.
    pub fn push(
        &mut self,
        text: &str,
        bad: Option<&'static str>,
        out: &mut Imported,
    ) -> Result<(), ImportError> {
        let column = out.table.column_named(&self.name);
        self.lines
            .push(text, |line, number| add(column, line, number, bad, out))?;
        let (line, bytes) = self.lines.pending();
        line_within(&out.file, line, bytes)
    }

    /// Ends the file.
    pub fn finish(
        mut self,
        bad: Option<&'static str>,
        out: &mut Imported,
    ) -> Result<(), ImportError> {
        let column = out.table.column_named(&self.name);
        match std::mem::take(&mut self.lines).finish() {
            Some((line, number)) => add(column, &line, number, bad, out),
            None => Ok(()),
        }
    }
}

fn add(
    column: usize,
    line: &str,
    number: u64,
    bad: Option<&'static str>,
    out: &mut Imported,
) -> Result<(), ImportError> {
    let cell = match damaged(bad, line) {
        Some(reason) => {
            out.set_aside(number, reason);
            None
        }
        None => Some(line),
    };
    if out.table.push([(column, cell)]) {
        Ok(())
    } else {
        Err(ImportError::LongCell {
            file: out.file.clone(),
        })
    }
}
