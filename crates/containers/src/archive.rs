//! Archives: the files in a zip, and the one in a zstd stream, each opened by the same recognition. What is unpacked
//! comes in pieces; only what has to be read out of order is kept, and little of it.

use crate::codec::Zstd;
use crate::error::{bytes_within, damaged};
use crate::event::{Event, Flow, Receiver, give};
use crate::inspect_log;
use crate::limits::Limits;
use crate::recognise::{Container, recognise};
use crate::source::{Pieces, ReadAt, Reader};
use assay_data::ContainerError;
use assay_data::ImportError;
use assay_data::import::expansion_within;
use std::io::{BufReader, Read};
use std::ops::ControlFlow;
use std::rc::Rc;
use zip::{CompressionMethod, ZipArchive};

/// Bytes that are unpacked at a time.
const PIECE: usize = 1 << 20;
/// Bytes by which a file is recognised.
const HEAD: usize = 1 << 16;

/// A file that was unpacked, and is a container itself.
pub(crate) struct Nested {
    pub(crate) path: String,
    pub(crate) container: Container,
    pub(crate) source: Rc<dyn ReadAt>,
}

/// What opens the containers within.
pub(crate) type OpenNested<'a> =
    dyn FnMut(Nested, &mut Receiver<'_>) -> Result<ControlFlow<()>, ContainerError> + 'a;

/// Gives every file of a zip archive. A file that can't be read is left out, and the others follow.
pub(crate) fn read_zip(
    path: &str,
    source: Rc<dyn ReadAt>,
    limits: &Limits,
    open: &mut OpenNested<'_>,
    each: &mut Receiver<'_>,
) -> Result<ControlFlow<()>, ContainerError> {
    let packed = source.bytes();
    let reader = Reader::new(Rc::clone(&source));
    let mut archive = ZipArchive::new(reader).map_err(|error| damaged(path, error))?;
    if let Some(container) = workbook(&archive) {
        let nested = Nested {
            path: path.to_owned(),
            container,
            source,
        };
        return open(nested, each);
    }
    check_sizes(path, &archive, limits)?;
    let mut total = Total {
        path: path.to_owned(),
        packed,
        plain: 0,
        limit: limits.total_bytes,
    };
    if inspect_log::is_log(&archive) {
        return inspect_log::read(path, &mut archive, limits, &mut total, each);
    }
    let mut found = 0;
    for index in 0..archive.len() {
        let Some(name) = wanted(&archive, index) else {
            continue;
        };
        found += 1;
        let member = format!("{path}/{name}");
        match read_member(&member, &mut archive, index, limits, &mut total, open, each) {
            Ok(ControlFlow::Continue(())) => {}
            Ok(stopped) => return Ok(stopped),
            Err(error) if concerns_one_file(&error, path) => {
                if give(Event::LeftOut(error), each)?.is_break() {
                    return Ok(ControlFlow::Break(()));
                }
            }
            Err(error) => return Err(error),
        }
    }
    if found == 0 {
        let file = path.to_owned();
        return Err(ContainerError::Nothing { file });
    }
    Ok(ControlFlow::Continue(()))
}

/// Which workbook an archive is that does not begin like one.
fn workbook(archive: &ZipArchive<Reader>) -> Option<Container> {
    let has = |name: &str| archive.index_for_name(name).is_some();
    if has("xl/workbook.xml") {
        Some(Container::Xlsx)
    } else if has("mimetype") && has("content.xml") {
        Some(Container::Ods)
    } else {
        None
    }
}

/// Whether the other files of the archive can still be read.
fn concerns_one_file(error: &ContainerError, archive: &str) -> bool {
    match error {
        ContainerError::TooLarge { file, .. }
        | ContainerError::Table(ImportError::TooLarge { file, .. }) => file != archive,
        ContainerError::Unreadable { .. } => false,
        _ => true,
    }
}

/// Refuses an archive by what it says of itself.
fn check_sizes(
    path: &str,
    archive: &ZipArchive<Reader>,
    limits: &Limits,
) -> Result<(), ContainerError> {
    if archive.len() > limits.members {
        return Err(ContainerError::TooManyFiles {
            file: path.to_owned(),
            found: archive.len(),
            limit: limits.members,
        });
    }
    let all = (0..archive.len()).filter_map(|index| archive.by_index_data(index).ok());
    let total = all.fold(0_u64, |total, entry| total.saturating_add(entry.size()));
    bytes_within(path, total, limits.total_bytes)
}

/// The name of a file that a person put into the archive; not that of a folder, nor of what systems add.
fn wanted(archive: &ZipArchive<Reader>, index: usize) -> Option<String> {
    let entry = archive.by_index_data(index).ok()?;
    if !entry.is_file() {
        return None;
    }
    let name = name_of(entry.name_raw()).replace('\\', "/");
    let parts = name.split('/').filter(|part| !part.is_empty());
    let parts: Vec<&str> = parts.collect();
    let is_hidden = parts
        .iter()
        .any(|part| part.starts_with('.') || *part == "__MACOSX");
    let is_folder = name.ends_with('/');
    (!is_hidden && !is_folder && !parts.is_empty()).then(|| parts.join("/"))
}

/// A name as it was meant. Archives say whether names are UTF-8, and not which encoding they have otherwise: on
/// Chinese systems it is GBK, which few other names can be read as without a fault.
fn name_of(raw: &[u8]) -> String {
    if let Ok(name) = std::str::from_utf8(raw) {
        return name.to_owned();
    }
    let (name, _, has_faults) = encoding_rs::GB18030.decode(raw);
    if !has_faults {
        return name.into_owned();
    }
    encoding_rs::WINDOWS_1252.decode(raw).0.into_owned()
}

/// What was unpacked of an archive so far.
pub(crate) struct Total {
    path: String,
    packed: u64,
    plain: u64,
    limit: u64,
}

impl Total {
    /// Counts bytes that were unpacked.
    pub(crate) fn add(&mut self, bytes: usize) -> Result<(), ContainerError> {
        self.plain += bytes as u64;
        bytes_within(&self.path, self.plain, self.limit)?;
        Ok(expansion_within(&self.path, self.packed, self.plain)?)
    }
}

fn read_member(
    path: &str,
    archive: &mut ZipArchive<Reader>,
    index: usize,
    limits: &Limits,
    total: &mut Total,
    open: &mut OpenNested<'_>,
    each: &mut Receiver<'_>,
) -> Result<ControlFlow<()>, ContainerError> {
    let (declared, reader) = member(path, archive, index)?;
    bytes_within(path, declared, limits.member_bytes)?;
    let file = Unpacking {
        path,
        declared: Some(declared),
        limits,
    };
    file.give(reader, total, open, each)
}

/// The bytes that a file of an archive says it has, and what unpacks it: also what was packed with zstd, which
/// Inspect's logs are.
///
/// # Errors
/// Where it is encrypted or packed in a way that is not read here.
pub(crate) fn member<'a>(
    path: &str,
    archive: &'a mut ZipArchive<Reader>,
    index: usize,
) -> Result<(u64, Box<dyn Read + 'a>), ContainerError> {
    let entry = archive
        .by_index_data(index)
        .map_err(|error| damaged(path, error))?;
    let (declared, method) = (entry.size(), entry.compression());
    if entry.encrypted() {
        let file = path.to_owned();
        return Err(ContainerError::Encrypted { file });
    }
    if method == CompressionMethod::ZSTD {
        let packed = archive
            .by_index_raw(index)
            .map_err(|error| damaged(path, error))?;
        return Ok((declared, Box::new(Zstd::new(BufReader::new(packed)))));
    }
    let reader = archive.by_index(index).map_err(|error| match error {
        zip::result::ZipError::CompressionMethodNotSupported(method) => {
            ContainerError::Unsupported {
                file: path.to_owned(),
                what: format!("compression method {method}"),
            }
        }
        error => damaged(path, error),
    })?;
    Ok((declared, Box::new(reader)))
}

/// Gives the file in a zstd stream.
pub(crate) fn read_zstd(
    path: &str,
    source: Rc<dyn ReadAt>,
    limits: &Limits,
    open: &mut OpenNested<'_>,
    each: &mut Receiver<'_>,
) -> Result<ControlFlow<()>, ContainerError> {
    let mut total = Total {
        path: path.to_owned(),
        packed: source.bytes(),
        plain: 0,
        limit: limits.total_bytes,
    };
    let name = path
        .strip_suffix(".zst")
        .or_else(|| path.strip_suffix(".zstd"));
    let file = Unpacking {
        path: name.unwrap_or(path),
        declared: None,
        limits,
    };
    file.give(
        Zstd::new(BufReader::new(Reader::new(source))),
        &mut total,
        open,
        each,
    )
}

/// A file that is being unpacked.
struct Unpacking<'a> {
    path: &'a str,
    /// Bytes that it has by what the archive says.
    declared: Option<u64>,
    limits: &'a Limits,
}

impl Unpacking<'_> {
    /// Gives the file, or what is in it.
    fn give(
        &self,
        mut reader: impl Read,
        total: &mut Total,
        open: &mut OpenNested<'_>,
        each: &mut Receiver<'_>,
    ) -> Result<ControlFlow<()>, ContainerError> {
        let mut piece = Vec::new();
        let mut plain = 0;
        self.next(&mut reader, HEAD, &mut piece, &mut plain, total)?;
        if let Some(container) = recognise(&piece) {
            let mut pieces = Pieces::default();
            bytes_within(
                self.path,
                self.declared.unwrap_or(0),
                self.limits.nested_bytes,
            )?;
            while !piece.is_empty() {
                bytes_within(self.path, plain, self.limits.nested_bytes)?;
                pieces.push(&piece);
                self.next(&mut reader, PIECE, &mut piece, &mut plain, total)?;
            }
            let nested = Nested {
                path: self.path.to_owned(),
                container,
                source: Rc::new(pieces),
            };
            return open(nested, each);
        }
        let file = Event::File {
            path: self.path,
            bytes: self.declared,
        };
        match each(file)? {
            Flow::Continue => {}
            Flow::Skip => return Ok(ControlFlow::Continue(())),
            Flow::Stop => return Ok(ControlFlow::Break(())),
        }
        while !piece.is_empty() {
            match each(Event::Piece(&piece))? {
                Flow::Continue => {}
                Flow::Skip => return Ok(ControlFlow::Continue(())),
                Flow::Stop => return Ok(ControlFlow::Break(())),
            }
            self.next(&mut reader, PIECE, &mut piece, &mut plain, total)?;
        }
        give(Event::FileEnd, each)
    }

    /// Reads the next piece, which is empty at the end.
    fn next(
        &self,
        reader: &mut impl Read,
        length: usize,
        piece: &mut Vec<u8>,
        plain: &mut u64,
        total: &mut Total,
    ) -> Result<(), ContainerError> {
        piece.clear();
        let read = reader.take(length as u64).read_to_end(piece);
        let read = read.map_err(|error| damaged(self.path, error))?;
        *plain += read as u64;
        total.add(read)?;
        match self.declared {
            Some(declared) if *plain > declared => Err(damaged(
                self.path,
                "it unpacks to more than the archive says",
            )),
            Some(_) => bytes_within(self.path, *plain, self.limits.member_bytes),
            None => Ok(()),
        }
    }
}
