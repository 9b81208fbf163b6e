//! CSV and TSV through `csv-core`, which takes input in pieces and keeps no record. Added here:
//! ragged rows and unclosed quotes are noticed and set aside, and reading goes on after them.

use super::error::{ImportError, Reason, line_within};
use super::imported::{Imported, MAX_COLUMNS, damaged};
use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

/// A record longer than this with an open quote is taken for an unclosed one.
const MAX_RECORD: usize = 16 << 20;

/// A row with as many fields is no row of any table: a file without line ends, most likely.
const MAX_FIELDS: usize = 1 << 16;

/// Reads delimited text slice by slice.
pub struct DelimitedReader {
    delimiter: u8,
    reader: Reader,
    header: Option<Vec<usize>>,
    fields: Vec<u8>,
    ends: Vec<usize>,
    filled: usize,
    field_count: usize,
    /// The record's own text so far, to go back to when its quote turns out unclosed.
    raw: Vec<u8>,
    /// Whether a quote is open at the end of `raw`.
    quote_is_open: bool,
    record_line: u64,
    lines_before: u64,
}

fn reader(delimiter: u8) -> Reader {
    ReaderBuilder::new().delimiter(delimiter).build()
}

impl DelimitedReader {
    /// A reader of records whose fields this byte separates, after `lines` lines that hold none.
    pub fn new(delimiter: u8, lines: u64) -> Self {
        Self {
            delimiter,
            reader: reader(delimiter),
            header: None,
            fields: vec![0; 4096],
            ends: vec![0; 64],
            filled: 0,
            field_count: 0,
            raw: Vec::new(),
            quote_is_open: false,
            record_line: lines + 1,
            lines_before: lines,
        }
    }

    /// Takes the next piece of text.
    pub fn push(
        &mut self,
        text: &str,
        bad: Option<&'static str>,
        out: &mut Imported,
    ) -> Result<(), ImportError> {
        self.records(text, false, bad, out)?;
        if self.raw.len() > MAX_RECORD && self.quote_is_open {
            self.resume_after_quote(bad, out)?;
        }
        line_within(&out.file, self.record_line, self.raw.len())
    }

    /// Ends the file.
    pub fn finish(
        mut self,
        bad: Option<&'static str>,
        out: &mut Imported,
    ) -> Result<(), ImportError> {
        while self.quote_is_open {
            self.resume_after_quote(bad, out)?;
        }
        self.records("", true, bad, out)
    }

    /// Sets the first line of the pending record aside and reads on from the next.
    fn resume_after_quote(
        &mut self,
        bad: Option<&'static str>,
        out: &mut Imported,
    ) -> Result<(), ImportError> {
        // csv-core may stop inside a character, a whole record never does.
        let raw = String::from_utf8_lossy(&std::mem::take(&mut self.raw)).into_owned();
        let body = raw.trim_start_matches(['\n', '\r']);
        let rest = body.split_once('\n').map_or("", |(_, rest)| rest);
        out.set_aside(self.record_line, Reason::UnclosedQuote);
        self.reader = reader(self.delimiter);
        self.quote_is_open = false;
        self.lines_before = self.record_line;
        self.record_line += 1;
        (self.filled, self.field_count) = (0, 0);
        self.records(rest, false, bad, out)
    }

    fn records(
        &mut self,
        text: &str,
        last: bool,
        bad: Option<&'static str>,
        out: &mut Imported,
    ) -> Result<(), ImportError> {
        let mut start = 0;
        loop {
            let input = &text.as_bytes()[start..];
            if input.is_empty() && !last {
                return Ok(());
            }
            let (result, read, wrote, ended) = self.reader.read_record(
                input,
                &mut self.fields[self.filled..],
                &mut self.ends[self.field_count..],
            );
            self.raw.extend_from_slice(&input[..read]);
            let quotes = input[..read].iter().filter(|&&b| b == b'"').count();
            self.quote_is_open ^= quotes % 2 == 1;
            start += read;
            self.filled += wrote;
            self.field_count += ended;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => self.fields.resize(self.fields.len() * 2, 0),
                ReadRecordResult::OutputEndsFull if self.ends.len() >= MAX_FIELDS => {
                    return Err(too_many_columns(self.ends.len(), out));
                }
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::Record => self.record(bad, out)?,
                ReadRecordResult::End => return Ok(()),
            }
        }
    }

    fn record(&mut self, bad: Option<&'static str>, out: &mut Imported) -> Result<(), ImportError> {
        let blank_lines = self.raw.iter().take_while(|b| matches!(b, b'\n' | b'\r'));
        let line = self.record_line + blank_lines.filter(|&&b| b == b'\n').count() as u64;
        let text = String::from_utf8_lossy(&self.fields[..self.filled]).into_owned();
        let ends = &self.ends[..self.field_count];
        let cells = || {
            let starts = std::iter::once(0).chain(ends.iter().copied());
            starts
                .zip(ends)
                .map(|(start, &end)| text.get(start..end).unwrap_or(""))
        };
        let outcome = match &self.header {
            None => {
                if ends.len() > MAX_COLUMNS {
                    return Err(too_many_columns(ends.len(), out));
                }
                self.header = Some(header(cells(), out));
                Ok(())
            }
            Some(columns) if columns.len() != ends.len() => Err(Reason::Ragged {
                found: ends.len(),
                expected: columns.len(),
            }),
            Some(_) if damaged(bad, &text).is_some() => {
                Err(damaged(bad, &text).unwrap_or(Reason::UnclosedQuote))
            }
            Some(columns) => {
                let row = columns.iter().copied().zip(cells().map(Some));
                if !out.table.push(row) {
                    return Err(ImportError::LongCell {
                        file: out.file.clone(),
                    });
                }
                Ok(())
            }
        };
        if let Err(reason) = outcome {
            out.set_aside(line, reason);
        }
        self.raw.clear();
        self.quote_is_open = false;
        self.record_line = self.lines_before + self.reader.line();
        (self.filled, self.field_count) = (0, 0);
        Ok(())
    }
}

fn too_many_columns(found: usize, out: &Imported) -> ImportError {
    ImportError::TooManyColumns {
        file: out.file.clone(),
        found,
        limit: MAX_COLUMNS,
    }
}

/// Makes the header's columns.
fn header<'a>(names: impl Iterator<Item = &'a str>, out: &mut Imported) -> Vec<usize> {
    let columns = names.enumerate();
    columns
        .map(|(i, name)| add_column(name, i + 1, out))
        .collect()
}

/// The index of a new column under a header's name; without a name it is called by its number (from 1), and a name
/// that is taken gets a number.
pub fn add_column(name: &str, number: usize, out: &mut Imported) -> usize {
    let base = match name.trim() {
        "" => format!("column {number}"),
        name => name.to_owned(),
    };
    let mut unique = base.clone();
    let mut number = 2;
    while out.table.names().contains(&unique) {
        unique = format!("{base} ({number})");
        number += 1;
    }
    out.table.column_named(&unique)
}
