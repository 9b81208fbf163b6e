//! What a workbook would take, found out before it is opened: its parts are unpacked once, piece by piece, and counted.
//! The library that reads workbooks trusts its files, and a small one can be made to fill memory.

use crate::error::{bytes_within, damaged};
use crate::limits::Limits;
use crate::source::Reader;
use assay_data::ContainerError;
use quick_xml::events::{BytesStart, Event};
use std::io::{BufReader, Read};
use zip::ZipArchive;

/// Bytes of a workbook's part between two tags. A cell of Excel has at most 32,767 characters.
const MAX_RUN: usize = 8_000_000;
/// Tags of a part that is held in memory; a shared text has four, and one that has only one takes 24 bytes.
const MAX_TAGS: u64 = 6_000_000;
/// Cells of a sheet that is held in memory, empty ones within it included.
const MAX_CELLS: u64 = 4_000_000;

/// Bytes of text in all cells, each as often as it is repeated.
const MAX_TEXT: u64 = 200_000_000;

/// Refuses a workbook whose parts are too large.
pub(super) fn check(path: &str, reader: Reader, limits: &Limits) -> Result<(), ContainerError> {
    let mut archive = ZipArchive::new(reader).map_err(|error| damaged(path, error))?;
    if archive.len() > limits.members {
        return Err(ContainerError::TooManyFiles {
            file: path.to_owned(),
            found: archive.len(),
            limit: limits.members,
        });
    }
    let mut total = 0;
    for index in 0..archive.len() {
        let part = archive
            .by_index_data(index)
            .map_err(|error| damaged(path, error))?;
        let name = String::from_utf8_lossy(part.name_raw()).to_lowercase();
        // Pictures and the like are never unpacked.
        if !(name.ends_with(".xml") || name.ends_with(".rels")) {
            continue;
        }
        if part.encrypted() {
            let file = path.to_owned();
            return Err(ContainerError::Encrypted { file });
        }
        total += part.size();
        bytes_within(path, total, limits.total_bytes)?;
        let is_streamed = name.contains("worksheets");
        let declared = part.size();
        let part = archive
            .by_index(index)
            .map_err(|error| damaged(path, error))?;
        check_part(path, part, declared, is_streamed, limits)?;
        if name == "content.xml" {
            let content = archive
                .by_index(index)
                .map_err(|error| damaged(path, error))?;
            check_repeats(path, content)?;
        }
        if name == "meta-inf/manifest.xml" {
            let manifest = archive
                .by_index(index)
                .map_err(|error| damaged(path, error))?;
            check_manifest(path, manifest)?;
        }
    }
    Ok(())
}

/// OpenDocument encrypts the parts, and says so in its manifest.
fn check_manifest(path: &str, part: impl Read) -> Result<(), ContainerError> {
    let mut text = Vec::new();
    let read = part.take(1 << 20).read_to_end(&mut text);
    read.map_err(|error| damaged(path, error))?;
    if String::from_utf8_lossy(&text).contains("encryption-data") {
        let file = path.to_owned();
        return Err(ContainerError::Encrypted { file });
    }
    Ok(())
}

fn check_part(
    path: &str,
    mut part: impl Read,
    declared: u64,
    is_streamed: bool,
    limits: &Limits,
) -> Result<(), ContainerError> {
    let mut buffer = vec![0; 1 << 16];
    let (mut bytes, mut run, mut tags) = (0_u64, 0_usize, 0_u64);
    loop {
        let read = part
            .read(&mut buffer)
            .map_err(|error| damaged(path, error))?;
        if read == 0 {
            return Ok(());
        }
        bytes += read as u64;
        if bytes > declared {
            return Err(damaged(path, "a part unpacks to more than the file says"));
        }
        for piece in buffer[..read].split_inclusive(|byte| *byte == b'<') {
            run += piece.len();
            if run > MAX_RUN {
                return Err(damaged(path, "a text in it has no end"));
            }
            if piece.ends_with(b"<") {
                run = 0;
                tags += 1;
            }
        }
        if !is_streamed {
            bytes_within(path, bytes, limits.nested_bytes)?;
            cells_within(path, tags, MAX_TAGS)?;
        }
    }
}

fn cells_within(path: &str, found: u64, limit: u64) -> Result<(), ContainerError> {
    if found <= limit {
        return Ok(());
    }
    Err(ContainerError::TooManyCells {
        file: path.to_owned(),
        found,
        limit,
    })
}

/// How often cells and rows of OpenDocument are repeated: a cell can stand for a million.
fn check_repeats(path: &str, part: impl Read) -> Result<(), ContainerError> {
    let mut xml = quick_xml::Reader::from_reader(BufReader::new(part));
    let mut buffer = Vec::new();
    let mut sheet = Repeats::default();
    loop {
        buffer.clear();
        let event = xml
            .read_event_into(&mut buffer)
            .map_err(|error| damaged(path, error))?;
        match event {
            Event::Eof => return Ok(()),
            Event::Start(tag) => sheet.start(&tag),
            Event::Empty(tag) => {
                sheet.start(&tag);
                sheet.end(tag.name().as_ref());
            }
            Event::Text(text) => sheet.text += text.len() as u64,
            Event::End(tag) => sheet.end(tag.name().as_ref()),
            _ => {}
        }
        cells_within(path, sheet.cells(), MAX_CELLS)?;
        bytes_within(path, sheet.repeated_text, MAX_TEXT)?;
    }
}

/// The cells of a sheet up to its last one that is not empty.
#[derive(Default)]
struct Repeats {
    /// Rows before the last that is not empty, it included; and empty rows after it.
    rows: u64,
    empty_rows: u64,
    width: u64,
    /// Of the row that is read: how often it stands, its cells as above.
    row_repeats: u64,
    row_width: u64,
    empty_cells: u64,
    /// Of the cell that is read: how often it stands, the text in it.
    cell_repeats: u64,
    text: u64,
    repeated_text: u64,
}

impl Repeats {
    fn start(&mut self, tag: &BytesStart<'_>) {
        match tag.name().as_ref() {
            "table:table" => {
                let repeated_text = self.repeated_text;
                *self = Self {
                    repeated_text,
                    ..Self::default()
                };
            }
            "table:table-row" => {
                self.row_repeats = repeats(tag, "table:number-rows-repeated");
                (self.row_width, self.empty_cells) = (0, 0);
            }
            "table:table-cell" | "table:covered-table-cell" => {
                let count = repeats(tag, "table:number-columns-repeated");
                let mut attributes = tag.attributes().flatten();
                let is_empty = !attributes.any(|attribute| {
                    let key = attribute.key.as_ref();
                    key.starts_with("office:") || key == "table:formula"
                });
                if is_empty {
                    self.empty_cells = self.empty_cells.saturating_add(count);
                } else {
                    let before = self.row_width.saturating_add(self.empty_cells);
                    self.row_width = before.saturating_add(count);
                    self.empty_cells = 0;
                }
                (self.cell_repeats, self.text) = (count, 0);
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "table:table-row" if self.row_width == 0 => {
                self.empty_rows = self.empty_rows.saturating_add(self.row_repeats);
            }
            "table:table-row" => {
                let before = self.rows.saturating_add(self.empty_rows);
                self.rows = before.saturating_add(self.row_repeats);
                self.empty_rows = 0;
                self.width = self.width.max(self.row_width);
            }
            "table:table-cell" => {
                let times = self.cell_repeats.saturating_mul(self.row_repeats.max(1));
                let text = self.text.saturating_mul(times);
                self.repeated_text = self.repeated_text.saturating_add(text);
                self.text = 0;
            }
            _ => {}
        }
    }

    fn cells(&self) -> u64 {
        self.rows.saturating_mul(self.width).max(self.row_width)
    }
}

fn repeats(tag: &BytesStart<'_>, name: &str) -> u64 {
    let attribute = tag.try_get_attribute(name).ok().flatten();
    let count = attribute.and_then(|attribute| attribute.value.parse().ok());
    count.unwrap_or(1)
}
