//! Files in containers: workbooks, Parquet, Arrow, and what is packed. The readers of these formats are a program of
//! their own, which is loaded when the first such file comes; it gives each table as JSON Lines and each packed file
//! as it is, so that from then on they are files like all others. The same program writes workbooks.

use crate::platform::{InputError, InputFile, LocalFuture};
use assay_calls::{CallFailure, ChannelFailure, JobKind, Progress, Unit, calls};
use assay_containers::{
    ContainerError, Event, Flow, Limits, NewSheet, ReadAt, WorkbookError, open,
};
use assay_data::Table;
use assay_data::import::Problem;
pub use assay_protocol::file_bytes::FileBytes;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::any::Any;
use std::rc::Rc;

/// Reading a container, in the worker that opens it.
pub const READ_CONTAINER: JobKind = JobKind::new("read-container");

/// Bytes of JSON Lines that are written at once.
const PIECE: usize = 1 << 20;

/// A file that was in a container, without its bytes.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MemberInfo {
    /// Its path, with the container's name before it.
    pub path: String,
    /// Cells of a table that could not be read, the first of them.
    pub problems: Vec<Problem>,
    /// How many in all.
    pub problem_count: usize,
}

/// What was in a container, without the bytes.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Contents {
    /// Its files, in order.
    pub members: Vec<MemberInfo>,
    /// Files that were left out, and why.
    pub left_out: Vec<ContainerError>,
}

/// Why a container could not be opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// It can't be read.
    #[error(transparent)]
    Container(#[from] ContainerError),
    /// The worker that reads it does not answer.
    #[error(transparent)]
    Channel(#[from] ChannelFailure),
}

calls! {
    service "containers";

    /// Opens the container beside the call. The bytes of its members are beside the reply, in the same order.
    OpenContainer {
        /// Its path.
        path: String,
    } -> Contents, ContainerError;

    /// Writes a workbook.
    WriteWorkbook {
        /// Its sheets.
        sheets: Vec<NewSheet>,
    } -> FileBytes, WorkbookError;
}

/// A member with its bytes, as a file like any other.
pub struct Member {
    /// What is known of it.
    pub info: MemberInfo,
    /// Where its bytes are.
    pub bytes: Rc<dyn InputFile>,
}

impl InputFile for Member {
    fn name(&self) -> String {
        self.info.path.clone()
    }

    fn bytes(&self) -> u64 {
        self.bytes.bytes()
    }

    fn read(&self, start: u64, end: u64) -> LocalFuture<'_, Result<Vec<u8>, InputError>> {
        self.bytes.read(start, end)
    }

    fn machine_file(&self) -> Option<&dyn Any> {
        self.bytes.machine_file()
    }
}

/// What was in a container.
#[derive(Default)]
pub struct Opened {
    /// Its files.
    pub members: Vec<Member>,
    /// Files that were left out, and why.
    pub left_out: Vec<ContainerError>,
}

/// Who opens containers, and writes workbooks.
pub trait ContainerHost {
    /// Opens a container, and gives `told` how far it is. Dropping the future ends the work.
    fn open<'a>(
        &'a self,
        file: &'a Rc<dyn InputFile>,
        on_progress: Rc<dyn Fn(Progress)>,
    ) -> LocalFuture<'a, Result<Opened, OpenError>>;

    /// Writes a workbook of these sheets.
    fn write_workbook(
        &self,
        sheets: Vec<NewSheet>,
    ) -> LocalFuture<'_, Result<FileBytes, CallFailure<WorkbookError>>>;
}

/// Takes the bytes of a container's members.
pub trait MemberSink {
    /// A member begins.
    fn begin(&mut self);

    /// The next bytes of it.
    fn piece(&mut self, bytes: &[u8]);

    /// It is given up: an error came within it.
    fn discard(&mut self);
}

/// Reads a container, and gives the bytes of its members to `sink`: files as they are, tables as JSON Lines. The rows
/// that are read come to `told`.
///
/// # Errors
/// Where nothing in it can be read.
pub fn unpack(
    path: &str,
    source: Rc<dyn ReadAt>,
    sink: &mut dyn MemberSink,
    on_progress: &dyn Fn(Progress),
) -> Result<Contents, ContainerError> {
    let mut contents = Contents::default();
    let mut begun = Begun::Nothing;
    // Nothing asks to stop: who wants no more ends the worker.
    let _flow = open(path, source, &Limits::default(), &mut |event| {
        match event {
            Event::File { path, .. } => {
                contents.members.push(MemberInfo {
                    path: path.to_owned(),
                    ..MemberInfo::default()
                });
                sink.begin();
                begun = Begun::File;
            }
            Event::Piece(bytes) => sink.piece(bytes),
            Event::FileEnd => begun = Begun::Nothing,
            Event::Rows(rows) => {
                begin_table(&mut begun, sink);
                write_lines(&rows, &mut begun, sink);
            }
            Event::Table(table) => {
                begin_table(&mut begun, sink);
                write_lines(&table.table, &mut begun, sink);
                begun = Begun::Nothing;
                contents.members.push(MemberInfo {
                    path: table.file,
                    problems: table.problems,
                    problem_count: table.problem_count,
                });
            }
            Event::LeftOut(error) => {
                match std::mem::take(&mut begun) {
                    Begun::Nothing => {}
                    Begun::File => {
                        contents.members.pop();
                        sink.discard();
                    }
                    Begun::Table { .. } => sink.discard(),
                }
                contents.left_out.push(error);
            }
            Event::Progress(progress) => on_progress(rows_read(progress)),
        }
        Ok(Flow::Continue)
    })?;
    match contents.left_out.first() {
        Some(error) if contents.members.is_empty() => Err(error.clone()),
        None if contents.members.is_empty() => Err(ContainerError::Nothing {
            file: path.to_owned(),
        }),
        _ => Ok(contents),
    }
}

/// Rows read, of all where the format says how many there are.
fn rows_read(progress: assay_containers::Progress) -> Progress {
    let of_rows = progress.done == progress.rows;
    let all = if of_rows { progress.all } else { 0 };
    Progress::new(progress.rows as f64, all as f64, Unit::Rows)
}

/// The member that is being given to the sink.
#[derive(Default)]
enum Begun {
    #[default]
    Nothing,
    /// A file, which is among the members already.
    File,
    /// A table, which is among them once its name is known.
    Table {
        /// Whether its first row is written.
        has_rows: bool,
    },
}

fn begin_table(begun: &mut Begun, sink: &mut dyn MemberSink) {
    if !matches!(begun, Begun::Table { .. }) {
        *begun = Begun::Table { has_rows: false };
        sink.begin();
    }
}

/// Rows of a table as JSON Lines: an object a row, without its missing cells. The first row of a table has all columns
/// that are known then, so that they keep their order.
fn write_lines(table: &Table, begun: &mut Begun, sink: &mut dyn MemberSink) {
    let mut piece = Vec::new();
    for row in 0..table.rows() {
        let is_first = matches!(begun, Begun::Table { has_rows: false });
        *begun = Begun::Table { has_rows: true };
        let mut object = Map::new();
        for (column, name) in table.names().iter().enumerate() {
            match table.cell(column, row) {
                Some(cell) => object.insert(name.clone(), cell.into()),
                None if is_first => object.insert(name.clone(), Value::Null),
                None => continue,
            };
        }
        piece.extend(Value::Object(object).to_string().bytes());
        piece.push(b'\n');
        if piece.len() >= PIECE {
            sink.piece(&piece);
            piece.clear();
        }
    }
    sink.piece(&piece);
}

/// Members in memory.
#[derive(Default)]
pub struct InMemory(pub Vec<Vec<u8>>);

impl MemberSink for InMemory {
    fn begin(&mut self) {
        self.0.push(Vec::new());
    }

    fn piece(&mut self, bytes: &[u8]) {
        if let Some(last) = self.0.last_mut() {
            last.extend_from_slice(bytes);
        }
    }

    fn discard(&mut self) {
        self.0.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;

    #[test]
    fn rows_are_told_while_a_table_is_read() {
        let bytes = include_bytes!("../../containers/tests/files/pyarrow-v2-groups.parquet");
        let seen = RefCell::new(Vec::new());
        let mut members = InMemory::default();
        let note = |progress: Progress| seen.borrow_mut().push((progress.done, progress.total));
        unpack("a.parquet", Rc::new(bytes.to_vec()), &mut members, &note).unwrap();
        assert_eq!(seen.into_inner(), [(2.0, 5.0), (4.0, 5.0), (5.0, 5.0)]);
    }
}
