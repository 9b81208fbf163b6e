//! The same for workbooks of Excel up to 2003: the library fills a sheet up to its outermost cells, and two cells in
//! opposite corners are enough for gigabytes.

use crate::error::damaged;
use crate::source::Reader;
use assay_data::ContainerError;
use std::collections::BTreeSet;
use std::io::{self, BufReader, Read};

/// Cells of a sheet, empty ones within it included.
const MAX_CELLS: u64 = 4_000_000;
/// Bytes of the stream that holds all sheets.
const MAX_STREAM: u64 = 200_000_000;

/// Refuses a workbook whose sheets are too large.
pub(super) fn check(path: &str, reader: Reader) -> Result<(), ContainerError> {
    let mut file = cfb::CompoundFile::open(reader).map_err(|error| damaged(path, error))?;
    if file.exists("EncryptedPackage") {
        let file = path.to_owned();
        return Err(ContainerError::Encrypted { file });
    }
    let name = ["Workbook", "Book"]
        .into_iter()
        .find(|name| file.is_stream(name));
    let Some(name) = name else {
        return Err(ContainerError::Unsupported {
            file: path.to_owned(),
            what: "a document that is no workbook".to_owned(),
        });
    };
    let stream = file
        .open_stream(name)
        .map_err(|error| damaged(path, error))?;
    let found = largest_sheet(BufReader::new(stream.take(MAX_STREAM)));
    match found.map_err(|error| damaged(path, error))? {
        found if found <= MAX_CELLS => Ok(()),
        found => Err(ContainerError::TooManyCells {
            file: path.to_owned(),
            found,
            limit: MAX_CELLS,
        }),
    }
}

/// The cells of the largest sheet. Records in front of all sheets say where each begins, which has to be true: the
/// library reads from there.
fn largest_sheet(mut records: impl Read) -> io::Result<u64> {
    const BEGINS: [u16; 4] = [0x0009, 0x0209, 0x0409, 0x0809];
    // Those whose first two numbers are a row and a column: numbers, texts, formulas, errors, and rows of them.
    const CELLS: [u16; 14] = [
        0x0002, 0x0003, 0x0004, 0x0005, 0x0006, 0x0203, 0x0204, 0x0205, 0x0206, 0x027e, 0x00fd,
        0x00bd, 0x00d6, 0x0406,
    ];
    const MULTIPLE: u16 = 0x00bd;
    const DIMENSIONS: u16 = 0x0200;
    const SHEET: u16 = 0x0085;
    let mut largest = 0;
    let (mut at, mut sheets, mut begun) = (0, BTreeSet::new(), 0);
    let mut area = Area::default();
    let mut header = [0; 4];
    let mut body = Vec::new();
    loop {
        match records.read_exact(&mut header) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => break,
            Err(error) => return Err(error),
        }
        let [a, b, c, d] = header;
        let (kind, length) = (u16::from_le_bytes([a, b]), u16::from_le_bytes([c, d]));
        body.clear();
        (&mut records)
            .take(u64::from(length))
            .read_to_end(&mut body)?;
        if kind == SHEET
            && let Some(start) = body.first_chunk::<4>()
        {
            sheets.insert(u64::from(u32::from_le_bytes(*start)));
        } else if BEGINS.contains(&kind) && sheets.contains(&at) {
            area = Area::default();
            begun += 1;
        } else if kind == DIMENSIONS {
            largest = largest.max(declared(&body)?);
        } else if CELLS.contains(&kind)
            && let [r0, r1, c0, c1, rest @ ..] = body.as_slice()
        {
            let column = u64::from(u16::from_le_bytes([*c0, *c1]));
            // Cells of six bytes each, and two bytes at the end.
            let more = if kind == MULTIPLE {
                rest.len() as u64 / 6
            } else {
                0
            };
            area.add(
                u64::from(u16::from_le_bytes([*r0, *r1])),
                column,
                column + more,
            );
            largest = largest.max(area.cells());
        }
        at += (header.len() + body.len()) as u64;
    }
    if begun < sheets.len() {
        return Err(io::ErrorKind::InvalidData.into());
    }
    Ok(largest)
}

/// The cells that a sheet says it has: its first row and the one after its last, and its columns in the same way.
fn declared(body: &[u8]) -> io::Result<u64> {
    let number = |at: usize, bytes: usize| {
        let bytes = body.get(at..at + bytes)?;
        Some(
            bytes
                .iter()
                .rev()
                .fold(0_u64, |n, b| n << 8 | u64::from(*b)),
        )
    };
    let bounds = match body.len() {
        10 => [number(0, 2), number(2, 2), number(4, 2), number(6, 2)],
        _ => [number(0, 4), number(4, 4), number(8, 2), number(10, 2)],
    };
    let [Some(top), Some(bottom), Some(left), Some(right)] = bounds else {
        return Ok(0);
    };
    if top > bottom || left > right {
        return Err(io::ErrorKind::InvalidData.into());
    }
    Ok((bottom - top + 1).saturating_mul(right - left + 1))
}

/// Rows and columns from the first to the last, both included.
#[derive(Default)]
struct Area(Option<[u64; 4]>);

impl Area {
    fn add(&mut self, row: u64, first: u64, last: u64) {
        let [top, bottom, left, right] = self.0.unwrap_or([row, row, first, last]);
        self.0 = Some([
            top.min(row),
            bottom.max(row),
            left.min(first),
            right.max(last),
        ]);
    }

    fn cells(&self) -> u64 {
        let Some([top, bottom, left, right]) = self.0 else {
            return 0;
        };
        (bottom - top + 1) * (right - left + 1)
    }
}
