//! What a file is, by its first bytes: names say nothing reliable, and a page sees only the beginning of a file at
//! first.

/// What holds tables or files in binary form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Container {
    /// A workbook of Excel since 2007.
    Xlsx,
    /// A workbook of OpenDocument, as LibreOffice saves it.
    Ods,
    /// A workbook of Excel up to 2003, or another file of that form.
    Xls,
    /// Columns as Spark, pandas and Hugging Face store them.
    Parquet,
    /// Arrow's IPC format as a file, which Feather 2 is too.
    ArrowFile,
    /// Arrow's IPC format as a stream, as the cache of Hugging Face datasets has it.
    ArrowStream,
    /// An archive of files.
    Zip,
    /// One file, packed.
    Zstd,
}

/// What a file is that begins with these bytes; 64 KiB are enough to tell a workbook from another archive. Gzip is
/// not among them: `assay_data`'s importer unpacks it by itself.
///
/// ```
/// use assay_containers::{Container, recognise};
/// assert_eq!(recognise(b"PAR1\x15\x04"), Some(Container::Parquet));
/// assert_eq!(recognise(b"id,reference\n"), None);
/// ```
#[must_use]
pub fn recognise(head: &[u8]) -> Option<Container> {
    const STARTS: [(&[u8], Container); 5] = [
        (b"PAR1", Container::Parquet),
        (b"PARE", Container::Parquet),
        (b"ARROW1", Container::ArrowFile),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Container::Xls),
        (b"\x28\xb5\x2f\xfd", Container::Zstd),
    ];
    if let Some((_, container)) = STARTS.iter().find(|(start, _)| head.starts_with(start)) {
        return Some(*container);
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return Some(kind_of_zip(head));
    }
    // A frame that readers skip; parallel compressors begin with one.
    if matches!(head, [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..]) {
        return Some(Container::Zstd);
    }
    is_arrow_stream(head).then_some(Container::ArrowStream)
}

/// The first message of a stream is its schema, after a mark and its length.
fn is_arrow_stream(head: &[u8]) -> bool {
    let Some([0xff, 0xff, 0xff, 0xff, length @ ..]) = head.first_chunk::<8>() else {
        return false;
    };
    let length = u32::from_le_bytes(*length);
    length.is_multiple_of(8) && (16..1 << 26).contains(&length)
}

/// Workbooks are archives with members of certain names, each with a header of its own.
fn kind_of_zip(head: &[u8]) -> Container {
    const HEADER: usize = 30;
    const ODS: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";
    let mut at = 0;
    while let Some(header) = head.get(at..at + HEADER) {
        let length = usize::from(u16::from_le_bytes([header[26], header[27]]));
        let extra = usize::from(u16::from_le_bytes([header[28], header[29]]));
        let name_end = at + HEADER + length;
        let name = head.get(at + HEADER..name_end).unwrap_or(&[]);
        let body = head.get(name_end + extra..).unwrap_or(&[]);
        if name == b"mimetype" && body.starts_with(ODS) {
            return Container::Ods;
        }
        if name.starts_with(b"xl/") || name.starts_with(b"xl\\") {
            return Container::Xlsx;
        }
        let rest = &head[at + 4..];
        match rest.windows(4).position(|window| window == b"PK\x03\x04") {
            Some(next) => at += 4 + next,
            None => break,
        }
    }
    Container::Zip
}

#[cfg(test)]
mod tests {
    use super::{Container, recognise};

    #[test]
    fn text_and_other_binary_files_are_no_containers() {
        let others: [&[u8]; 6] = [
            b"",
            b"PK",
            b"\x1f\x8b\x08\x00",
            b"\x89PNG\r\n\x1a\n",
            b"\xff\xff\xff\xff",
            b"\xff\xff\xff\xff\xff\xff\xff\xff",
        ];
        for other in others {
            assert_eq!(recognise(other), None, "{other:?}");
        }
        assert_eq!(recognise(b"PK\x05\x06"), Some(Container::Zip));
        assert_eq!(recognise(b"\x50\x2a\x4d\x18\x04"), Some(Container::Zstd));
    }
}
