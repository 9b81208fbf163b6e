//! Import: bytes in slices, rows out. A file passes through decompression and decoding
//! ([`decode`]), then through the reader of its format; a row that can't be read is set aside as a
//! [`Problem`] and the rest goes in.

mod batch;
mod chat;
pub mod csv;
pub mod decode;
mod error;
mod file_name;
pub(crate) mod flatten;
mod format;
mod imported;
pub mod json;
pub mod json_array;
pub mod json_text;
mod layouts;
mod likelihood;
pub mod lines;
mod options;
mod pandas;
mod promptfoo;
mod tool_calls;
mod totals;

pub use error::{ImportError, Problem, Reason, expansion_within, within};
pub use file_name::stem;
pub use imported::{Imported, MAX_CELLS, MAX_COLUMNS, MAX_NAME, MAX_PROBLEMS};
pub use layouts::begins_as_log;
pub use layouts::known_roles::KnownRoles;

use crate::table::Table;
use format::{Format, guess_format};

/// The name under which pasted text is imported; only its contents show the format.
pub const PASTED: &str = "pasted";
/// Bytes of text that can be loaded: the scores need room beside it.
pub const MAX_TEXT: u64 = 1_500_000_000;
enum Reader {
    Undecided(String),
    Delimited(Box<csv::DelimitedReader>),
    Jsonl(json::JsonLines),
    Json(json::JsonDocument),
    JsonArray(json_array::JsonArray),
    Lines(lines::LineReader),
}

/// Decides on a format after this much text.
const DECIDE_AFTER: usize = 1 << 16;

/// Takes a file's bytes in slices and gives its table.
pub struct Importer {
    decoder: decode::Decoder,
    reader: Reader,
    out: Imported,
    any_text: bool,
    text_bytes: u64,
    /// Rows that were taken out, where they are taken as they come.
    rows_taken: Option<usize>,
}

impl Importer {
    /// An importer for the file of this name, whose ending is a hint at the format.
    pub fn new(file: &str) -> Self {
        Self {
            decoder: decode::Decoder::new(file),
            reader: Reader::Undecided(String::new()),
            out: Imported {
                file: file.to_owned(),
                system: layouts::path::model(file),
                ..Imported::default()
            },
            any_text: false,
            text_bytes: 0,
            rows_taken: None,
        }
    }

    /// An importer whose rows are taken as they come ([`Importer::take_rows`]), so that a file may have more text than
    /// memory holds.
    #[must_use]
    pub fn streaming(file: &str) -> Self {
        Self {
            rows_taken: Some(0),
            ..Self::new(file)
        }
    }

    /// Shows the rows that were read since the last time to `each`, and forgets them.
    pub fn take_rows(&mut self, each: impl FnOnce(&Table)) {
        let rows = self.out.table.take_rows();
        each(&rows);
        self.rows_taken = Some(self.rows_taken.unwrap_or(0) + rows.rows());
    }

    /// An importer that takes the file for plain lines, whatever it looks like.
    pub fn plain_lines(file: &str) -> Self {
        Self {
            reader: Reader::Lines(lines::LineReader::new(stem(file))),
            ..Self::new(file)
        }
    }

    /// Bytes of text read so far, decompressed.
    pub fn text_bytes(&self) -> u64 {
        self.text_bytes
    }

    /// What was read so far, without rows that are still to be ended.
    pub fn into_read(mut self) -> Imported {
        layouts::finish(&mut self.out);
        self.out
    }

    /// Rows read so far.
    pub fn rows(&self) -> usize {
        self.out.table.rows()
    }

    /// Takes the next slice of the file.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), ImportError> {
        if bytes.is_empty() {
            return Ok(());
        }
        for piece in self.decoder.pieces(bytes) {
            let text = self.decoder.push(piece)?;
            self.take_text(&text)?;
        }
        Ok(())
    }

    fn take_text(&mut self, text: &str) -> Result<(), ImportError> {
        self.text_bytes += text.len() as u64;
        if self.rows_taken.is_none() {
            within(&self.out.file, self.text_bytes, MAX_TEXT)?;
        }
        if let Some(packed) = self.decoder.packed_bytes() {
            expansion_within(&self.out.file, packed, self.text_bytes)?;
        }
        self.any_text |= !text.trim().is_empty();
        if let Reader::Undecided(start) = &mut self.reader {
            start.push_str(text);
            if start.len() < DECIDE_AFTER {
                return Ok(());
            }
            return self.decide();
        }
        self.feed(text)?;
        self.out.names_within()?;
        self.out.cells_within()
    }

    fn decide(&mut self) -> Result<(), ImportError> {
        let Reader::Undecided(start) = &mut self.reader else {
            return Ok(());
        };
        let start = std::mem::take(start);
        let format = guess_format(&self.out.file, &start);
        self.out.layout = format.name();
        self.reader = match format {
            Format::Delimited(delimiter) => {
                self.out.delimiter = Some(delimiter);
                Reader::Delimited(Box::new(csv::DelimitedReader::new(delimiter, 0)))
            }
            Format::Announced(delimiter) => {
                self.out.delimiter = Some(delimiter);
                let table = start.split_once('\n').map_or("", |(_, table)| table);
                self.reader = Reader::Delimited(Box::new(csv::DelimitedReader::new(delimiter, 1)));
                return self.feed(table);
            }
            Format::Jsonl => Reader::Jsonl(json::JsonLines::default()),
            Format::Json => Reader::Json(json::JsonDocument::default()),
            Format::JsonArray => Reader::JsonArray(json_array::JsonArray::default()),
            Format::JsonStream => Reader::JsonArray(json_array::JsonArray::stream()),
            Format::Lines => Reader::Lines(lines::LineReader::new(stem(&self.out.file))),
        };
        self.feed(&start)
    }

    fn feed(&mut self, text: &str) -> Result<(), ImportError> {
        let bad = self.decoder.invalid_encoding();
        match &mut self.reader {
            Reader::Undecided(_) => Ok(()),
            Reader::Delimited(reader) => reader.push(text, bad, &mut self.out),
            Reader::Jsonl(reader) => reader.push(text, bad, &mut self.out),
            Reader::Json(document) => document.push(text, &self.out),
            Reader::JsonArray(reader) => reader.push(text, bad, &mut self.out),
            Reader::Lines(reader) => reader.push(text, bad, &mut self.out),
        }
    }

    /// Ends the file.
    pub fn finish(mut self) -> Result<Imported, ImportError> {
        let text = self.decoder.finish()?;
        self.take_text(&text)?;
        self.decide()?;
        let file = self.out.file.clone();
        if !self.any_text {
            return Err(ImportError::Empty { file });
        }
        let bad = self.decoder.invalid_encoding();
        self.out.encoding = self.decoder.encoding_name().to_owned();
        match self.reader {
            Reader::Undecided(_) => {}
            Reader::Delimited(reader) => reader.finish(bad, &mut self.out)?,
            Reader::Jsonl(reader) => reader.finish(bad, &mut self.out)?,
            Reader::Json(document) => document.finish(&mut self.out)?,
            Reader::JsonArray(reader) => reader.finish(bad, &mut self.out)?,
            Reader::Lines(reader) => reader.finish(bad, &mut self.out)?,
        }
        totals::check_names(&file, self.out.table.names())?;
        totals::check_lines(&file, &self.out.table)?;
        layouts::finish(&mut self.out);
        self.out.names_within()?;
        if self.out.table.names().is_empty() && self.out.table.rows() > 0 {
            // Objects without a single value: rows, but nothing in them.
            return Err(ImportError::NoRows { file });
        }
        let rows = self.out.table.rows() + self.rows_taken.unwrap_or(0);
        match (rows, self.out.problems.first()) {
            (0, None) => Err(ImportError::HeaderOnly { file }),
            (0, Some(first)) => Err(ImportError::NothingReadable {
                file,
                rows: self.out.problem_count,
                line: first.line,
                reason: first.reason.clone(),
            }),
            _ => Ok(self.out),
        }
    }
}
