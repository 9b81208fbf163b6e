//! Opens what holds tables or files in binary form, so that `assay_data` can take them in: workbooks (`.xlsx`, `.xls`,
//! `.ods`), Parquet, Arrow, and what is packed as zip or zstd. It writes workbooks too. Owns the formats and how much may come out of them;
//! knows nothing of what tables are for.
//!
//! ```
//! use assay_containers::{Container, Limits, read, recognise};
//! use std::rc::Rc;
//!
//! let bytes = include_bytes!("../tests/files/polars.parquet").to_vec();
//! assert_eq!(recognise(&bytes), Some(Container::Parquet));
//!
//! let opened = read("polars.parquet", Rc::new(bytes), &Limits::default())?;
//! let table = &opened.tables[0].table;
//! assert_eq!(table.names()[1], "reference");
//! assert_eq!(table.cell(1, 0), Some("the ferry leaves at six"));
//! # Ok::<(), assay_containers::ContainerError>(())
//! ```
//!
//! [`open`] gives the same piece by piece, for programs that show progress, can be stopped, or look at the files in
//! an archive themselves. A file can say anything of its sizes, so all are bounded twice: what it says, before
//! anything is unpacked, and what comes, while it comes ([`Limits`]).

mod archive;
mod codec;
mod columnar;
mod error;
mod event;
mod inspect_log;
mod limits;
mod recognise;
mod rows;
mod source;
mod tables;
mod unwinding;
mod workbook;
mod write;

pub use assay_data::{ContainerError, WorkbookError};
pub use event::{Event, Flow, Progress, Receiver};
pub use limits::Limits;
pub use recognise::{Container, recognise};
pub use source::ReadAt;
pub use tables::{Opened, read};
pub use write::{NewCell, NewSheet, write_workbook};

use archive::Nested;
use std::ops::ControlFlow;
use std::rc::Rc;

/// Bytes by which a file is recognised.
const HEAD: usize = 1 << 16;
/// How often something may be packed: an archive in an archive.
const MAX_PACKED: usize = 2;

/// Opens a container and gives `each` what is in it, in order. It breaks where `each` wanted to stop.
///
/// # Errors
/// [`ContainerError::Nothing`] where the file is no container, and others that name the file and what to do.
pub fn open(
    path: &str,
    source: Rc<dyn ReadAt>,
    limits: &Limits,
    each: &mut Receiver<'_>,
) -> Result<ControlFlow<()>, ContainerError> {
    let file = || path.to_owned();
    let head = source.read(0, HEAD);
    let head = head.map_err(|_| ContainerError::Unreadable { file: file() })?;
    let Some(container) = recognise(&head) else {
        return Err(ContainerError::Nothing { file: file() });
    };
    let nested = Nested {
        path: file(),
        container,
        source,
    };
    open_nested(nested, 0, limits, each)
}

/// Opens a container that is in `packed` others.
fn open_nested(
    nested: Nested,
    packed: usize,
    limits: &Limits,
    each: &mut Receiver<'_>,
) -> Result<ControlFlow<()>, ContainerError> {
    let Nested {
        path,
        container,
        source,
    } = nested;
    if matches!(container, Container::Zip | Container::Zstd) && packed == MAX_PACKED {
        return Err(ContainerError::TooDeep { file: path });
    }
    let mut deeper =
        |nested: Nested, each: &mut Receiver<'_>| open_nested(nested, packed + 1, limits, each);
    match container {
        Container::Xlsx | Container::Ods | Container::Xls => {
            workbook::read(&path, &source, container, limits, each)
        }
        Container::Parquet => columnar::parquet::read(&path, &source, each),
        Container::ArrowFile => columnar::ipc::read_file(&path, &source, each),
        Container::ArrowStream => columnar::ipc::read_stream(&path, &source, each),
        Container::Zip => archive::read_zip(&path, source, limits, &mut deeper, each),
        Container::Zstd => archive::read_zstd(&path, source, limits, &mut deeper, each),
    }
}
