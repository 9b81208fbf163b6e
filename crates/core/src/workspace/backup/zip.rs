//! Zip files as backups are: few members, no folders, stored or packed with deflate, below 4 GiB. The crate `zip` reads
//! far more, and would make the data worker's program larger by a tenth; tests compare with it.
//!
//! Where the list at the end of the file is missing, as in a download that broke off, members are found by the headers
//! before each of them.

use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};
use std::io::{Read, Write};

const LOCAL: u32 = 0x0403_4b50;
const CENTRAL: u32 = 0x0201_4b50;
const END: u32 = 0x0605_4b50;
const LOCAL_BYTES: usize = 30;
const CENTRAL_BYTES: usize = 46;
const END_BYTES: usize = 22;
/// Names are UTF-8.
const UTF8: u16 = 1 << 11;
/// Sizes stand behind the member, not in its own header.
const SIZES_BEHIND: u16 = 1 << 3;
const VERSION: u16 = 20;
/// The first of January 1980: when a member was made is nobody's business.
const DATE: u16 = 0x21;
const STORED: u16 = 0;
const DEFLATED: u16 = 8;
/// Members of a file.
const MOST_MEMBERS: usize = 10_000;

/// The file would have more than 4 GiB, or too many members.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TooLarge;

/// A member as it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) name: String,
    method: u16,
    crc: u32,
    packed_bytes: u32,
    plain_bytes: u32,
    /// Where its header is; when it is read, where its bytes are.
    offset: u32,
}

/// Packs bytes with deflate while they come.
pub(super) struct Packing {
    encoder: DeflateEncoder<Vec<u8>>,
    crc: Crc,
    plain_bytes: u64,
}

/// Bytes, packed.
pub(super) struct Packed {
    pub(super) bytes: Vec<u8>,
    crc: u32,
    plain_bytes: u64,
}

impl Packing {
    pub(super) fn new() -> Self {
        Self {
            encoder: DeflateEncoder::new(Vec::new(), Compression::fast()),
            crc: Crc::new(),
            plain_bytes: 0,
        }
    }

    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.plain_bytes += bytes.len() as u64;
        self.crc.update(bytes);
        self.encoder
            .write_all(bytes)
            .expect("memory can be written");
    }

    pub(super) fn finish(self) -> Packed {
        Packed {
            bytes: self.encoder.finish().expect("memory can be written"),
            crc: self.crc.sum(),
            plain_bytes: self.plain_bytes,
        }
    }
}

/// Writes a zip file.
#[derive(Default)]
pub(super) struct ZipWriter {
    bytes: Vec<u8>,
    entries: Vec<Entry>,
}

impl ZipWriter {
    /// Adds a member of packed bytes.
    pub(super) fn add_packed(&mut self, name: &str, packed: &Packed) -> Result<(), TooLarge> {
        let plain = packed.plain_bytes;
        self.add(name, DEFLATED, packed.crc, plain, &packed.bytes)
    }

    /// Adds a member as it is.
    pub(super) fn add_stored(&mut self, name: &str, bytes: &[u8]) -> Result<(), TooLarge> {
        self.add(name, STORED, crc_of(bytes), bytes.len() as u64, bytes)
    }

    fn add(
        &mut self,
        name: &str,
        method: u16,
        crc: u32,
        plain_bytes: u64,
        packed: &[u8],
    ) -> Result<(), TooLarge> {
        let entry = Entry {
            name: name.to_owned(),
            method,
            crc,
            packed_bytes: u32::try_from(packed.len()).map_err(|_| TooLarge)?,
            plain_bytes: u32::try_from(plain_bytes).map_err(|_| TooLarge)?,
            offset: u32::try_from(self.bytes.len()).map_err(|_| TooLarge)?,
        };
        self.bytes.extend(LOCAL.to_le_bytes());
        self.bytes.extend(common(&entry));
        self.bytes.extend(entry.name.as_bytes());
        self.bytes.extend(packed);
        self.entries.push(entry);
        match self.entries.len() {
            0..=MOST_MEMBERS => Ok(()),
            _ => Err(TooLarge),
        }
    }

    /// The file.
    pub(super) fn finish(mut self) -> Result<Vec<u8>, TooLarge> {
        let start = self.bytes.len();
        for entry in &self.entries {
            self.bytes.extend(CENTRAL.to_le_bytes());
            self.bytes.extend(VERSION.to_le_bytes());
            self.bytes.extend(common(entry));
            // No comment, on the first disk, no attributes.
            self.bytes.extend([0; 10]);
            self.bytes.extend(entry.offset.to_le_bytes());
            self.bytes.extend(entry.name.as_bytes());
        }
        let end = self.bytes.len();
        let [start, end] = [start, end].map(u32::try_from);
        let (start, end) = (start.map_err(|_| TooLarge)?, end.map_err(|_| TooLarge)?);
        let count = u16::try_from(self.entries.len()).map_err(|_| TooLarge)?;
        self.bytes.extend(END.to_le_bytes());
        self.bytes.extend([0; 4]);
        self.bytes.extend(count.to_le_bytes());
        self.bytes.extend(count.to_le_bytes());
        self.bytes.extend((end - start).to_le_bytes());
        self.bytes.extend(start.to_le_bytes());
        self.bytes.extend([0; 2]);
        Ok(self.bytes)
    }
}

fn crc_of(bytes: &[u8]) -> u32 {
    let mut crc = Crc::new();
    crc.update(bytes);
    crc.sum()
}

/// What the header before a member and its line in the list have alike: from the version on to the lengths of its name
/// and of what follows it.
fn common(entry: &Entry) -> Vec<u8> {
    let name_bytes = u16::try_from(entry.name.len()).expect("names of members are short");
    let mut bytes = Vec::with_capacity(26);
    for number in [VERSION, UTF8, entry.method, 0, DATE] {
        bytes.extend(number.to_le_bytes());
    }
    for number in [entry.crc, entry.packed_bytes, entry.plain_bytes] {
        bytes.extend(number.to_le_bytes());
    }
    bytes.extend(name_bytes.to_le_bytes());
    bytes.extend([0; 2]);
    bytes
}

/// Numbers at places of a file, which may end anywhere.
struct At<'a>(&'a [u8]);

impl At<'_> {
    fn u16(&self, at: usize) -> Option<u16> {
        let bytes = self.0.get(at..at.checked_add(2)?)?;
        Some(u16::from_le_bytes(bytes.try_into().ok()?))
    }

    fn u32(&self, at: usize) -> Option<u32> {
        let bytes = self.0.get(at..at.checked_add(4)?)?;
        Some(u32::from_le_bytes(bytes.try_into().ok()?))
    }

    fn text(&self, at: usize, bytes: u16) -> Option<String> {
        let text = self.0.get(at..at.checked_add(bytes.into())?)?;
        String::from_utf8(text.to_vec()).ok()
    }

    /// The fields that both headers have, which begin at `at`.
    fn entry(&self, at: usize, name_at: usize, offset: u32) -> Option<Entry> {
        Some(Entry {
            method: self.u16(at + 4)?,
            crc: self.u32(at + 10)?,
            packed_bytes: self.u32(at + 14)?,
            plain_bytes: self.u32(at + 18)?,
            name: self.text(name_at, self.u16(at + 22)?)?,
            offset,
        })
    }

    /// Where the bytes of a member are whose header is at `offset`.
    fn begin(&self, offset: u32) -> Option<usize> {
        let at = offset as usize;
        (self.u32(at)? == LOCAL).then_some(())?;
        let lengths = [self.u16(at + 26)?, self.u16(at + 28)?].map(usize::from);
        Some(at + LOCAL_BYTES + lengths[0] + lengths[1])
    }
}

/// The members of a zip file.
pub(super) fn entries(bytes: &[u8]) -> Vec<Entry> {
    listed(bytes).unwrap_or_else(|| found(bytes))
}

/// The members by the list at the end.
fn listed(bytes: &[u8]) -> Option<Vec<Entry>> {
    let file = At(bytes);
    let last = bytes.len().checked_sub(END_BYTES)?;
    let first = last.saturating_sub(usize::from(u16::MAX));
    let end = (first..=last).rev().find(|at| file.u32(*at) == Some(END))?;
    let count = usize::from(file.u16(end + 10)?);
    let mut at = file.u32(end + 16)? as usize;
    let mut entries = Vec::new();
    for _ in 0..count.min(MOST_MEMBERS) {
        (file.u32(at)? == CENTRAL).then_some(())?;
        let offset = file.u32(at + 42)?;
        entries.push(file.entry(at + 6, at + CENTRAL_BYTES, offset)?);
        let lengths = [28, 30, 32].map(|field| file.u16(at + field).map(usize::from));
        let lengths: Option<usize> = lengths.into_iter().sum();
        at += CENTRAL_BYTES + lengths?;
    }
    Some(entries)
}

/// The members by their own headers, up to the first that is no header.
fn found(bytes: &[u8]) -> Vec<Entry> {
    let file = At(bytes);
    let (mut entries, mut at) = (Vec::new(), 0_u32);
    while file.u32(at as usize) == Some(LOCAL) && entries.len() < MOST_MEMBERS {
        let header = at as usize;
        let has_sizes = file.u16(header + 6).is_some_and(|f| f & SIZES_BEHIND == 0);
        let entry = file.entry(header + 4, header + LOCAL_BYTES, at);
        let Some(entry) = entry.filter(|_| has_sizes) else {
            break;
        };
        let next = file
            .begin(at)
            .and_then(|begin| begin.checked_add(entry.packed_bytes as usize));
        entries.push(entry);
        match next.map(u32::try_from) {
            Some(Ok(next)) => at = next,
            _ => break,
        }
    }
    entries
}

impl Entry {
    /// The member's bytes; nothing where they are not those that were packed, or more than `most`.
    pub(super) fn read(&self, file: &[u8], most: usize) -> Option<Vec<u8>> {
        let begin = At(file).begin(self.offset)?;
        let packed = file.get(begin..begin.checked_add(self.packed_bytes as usize)?)?;
        let plain = match self.method {
            STORED => packed.to_vec(),
            DEFLATED => unpack(packed, most.min(self.plain_bytes as usize))?,
            _ => return None,
        };
        let is_whole = plain.len() == self.plain_bytes as usize && crc_of(&plain) == self.crc;
        (is_whole && plain.len() <= most).then_some(plain)
    }
}

/// Packs bytes with deflate.
pub(super) fn pack(bytes: &[u8]) -> Packed {
    let mut packing = Packing::new();
    packing.push(bytes);
    packing.finish()
}

/// What deflate packed; nothing where it is damaged or more than `most` bytes.
pub(super) fn unpack(packed: &[u8], most: usize) -> Option<Vec<u8>> {
    let mut plain = Vec::new();
    let mut reader = DeflateDecoder::new(packed).take(most as u64 + 1);
    reader.read_to_end(&mut plain).ok()?;
    (plain.len() <= most).then_some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    const TEXT: &[u8] = b"the same words, the same words, the same words";

    fn file() -> Vec<u8> {
        let mut writer = ZipWriter::default();
        writer.add_stored("a.json", b"{}").unwrap();
        writer.add_packed("parts/文.bin", &pack(TEXT)).unwrap();
        writer.add_packed("empty", &pack(b"")).unwrap();
        writer.finish().unwrap()
    }

    fn read_all(bytes: &[u8]) -> Vec<(String, Option<Vec<u8>>)> {
        let entries = entries(bytes).into_iter();
        entries
            .map(|entry| (entry.name.clone(), entry.read(bytes, 1000)))
            .collect()
    }

    #[test]
    fn the_crate_zip_reads_what_is_written_and_writes_what_is_read() {
        let bytes = file();
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes.clone())).unwrap();
        for (name, content) in read_all(&bytes) {
            let mut read = Vec::new();
            let mut member = archive.by_name(&name).unwrap();
            member.read_to_end(&mut read).unwrap();
            assert_eq!(Some(read), content, "{name}");
        }
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        writer.start_file("b/c", options).unwrap();
        writer.write_all(TEXT).unwrap();
        let bytes = writer.finish().unwrap().into_inner();
        assert_eq!(read_all(&bytes), [("b/c".to_owned(), Some(TEXT.to_vec()))]);
    }

    #[test]
    fn a_file_that_is_cut_anywhere_gives_the_members_before_the_cut() {
        let bytes = file();
        let whole = read_all(&bytes);
        assert_eq!(whole.len(), 3);
        let ends: Vec<usize> = entries(&bytes)
            .iter()
            .map(|e| At(&bytes).begin(e.offset).unwrap() + e.packed_bytes as usize)
            .collect();
        for cut in 0..bytes.len() {
            let read = read_all(&bytes[..cut]);
            for (place, end) in ends.iter().enumerate() {
                let expected = (cut >= *end).then(|| whole[place].clone());
                let found = read.get(place).filter(|(_, content)| content.is_some());
                assert_eq!(found, expected.as_ref(), "{cut} {place}");
            }
        }
    }

    #[test]
    fn no_changed_byte_gives_another_content() {
        let bytes = file();
        let whole = read_all(&bytes);
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 0x10;
            for (name, content) in read_all(&damaged) {
                let Some(content) = content else { continue };
                let known = whole.iter().find(|(n, _)| *n == name);
                let is_same = known.is_none_or(|(_, c)| c.as_ref() == Some(&content));
                assert!(is_same, "{at} {name}");
            }
        }
    }

    #[test]
    fn more_than_was_allowed_is_not_unpacked() {
        let packed = pack(&vec![0; 1 << 20]).bytes;
        assert_eq!(unpack(&packed, (1 << 20) - 1), None);
        assert_eq!(unpack(&packed, 1 << 20).map(|p| p.len()), Some(1 << 20));
    }
}
