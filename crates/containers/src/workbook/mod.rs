//! Workbooks: every sheet with a header and rows becomes a table of text, as the sheet shows it.

mod guard;
mod guard_xls;
mod sheet;
mod stream;
mod text;

use crate::error::damaged;
use crate::event::{Event, Progress, Receiver, give};
use crate::limits::Limits;
use crate::recognise::Container;
use crate::source::{ReadAt, Reader};
use crate::unwinding::guarded;
use assay_data::ContainerError;
use assay_data::ImportError;
use assay_data::import::Imported;
use calamine::{Data, Ods, Range, Reader as _, SheetType, Xls, Xlsx};
use sheet::Sheet;
use std::ops::ControlFlow;
use std::rc::Rc;

/// Rows of a sheet after which it is said again how far it is read.
const ROWS_BETWEEN: usize = 1000;

/// Gives a table for each sheet that has rows. A table is named after its sheet only where there are several.
pub(crate) fn read(
    path: &str,
    source: &Rc<dyn ReadAt>,
    container: Container,
    limits: &Limits,
    each: &mut Receiver<'_>,
) -> Result<ControlFlow<()>, ContainerError> {
    let reader = Reader::new(Rc::clone(source));
    let book = match container {
        Container::Xls => {
            guard_xls::check(path, reader.clone())?;
            let open = || Xls::new(reader).map_err(|error| damaged(path, error));
            Book::Old(Box::new(guarded(path, open)?))
        }
        Container::Ods => {
            guard::check(path, reader.clone(), limits)?;
            Book::Open(Ods::new(reader).map_err(|error| damaged(path, error))?)
        }
        _ => {
            guard::check(path, reader.clone(), limits)?;
            let book = Xlsx::new(reader).map_err(|error| damaged(path, error))?;
            return stream::read(path, source.bytes(), book, each);
        }
    };
    whole(path, source.bytes(), book, each)
}

/// The names of sheets of cells; charts are sheets too.
fn of_cells(all: &[calamine::Sheet]) -> Vec<String> {
    let of_cells = all.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    of_cells.map(|sheet| sheet.name.clone()).collect()
}

fn no_rows(path: &str) -> ContainerError {
    let file = path.to_owned();
    ImportError::HeaderOnly { file }.into()
}

/// Sheets that the library holds whole: their tables are given when all are read and the workbook is dropped.
fn whole(
    path: &str,
    bytes: u64,
    mut book: Book,
    each: &mut Receiver<'_>,
) -> Result<ControlFlow<()>, ContainerError> {
    let names = book.sheets();
    let mut tables = Vec::new();
    let mut rows = 0;
    for (done, name) in names.iter().enumerate() {
        let mut sheet = Sheet::new(path, bytes);
        let all = names.len() as u64;
        let flow = book.read(name, &mut sheet, &mut |more| {
            let progress = Progress {
                rows: rows + more,
                done: done as u64,
                all,
            };
            give(Event::Progress(progress), each)
        })?;
        if flow.is_break() {
            return Ok(flow);
        }
        if let Some(table) = sheet.finish()? {
            rows += table.table.rows() as u64;
            tables.push((name, table));
        }
        let progress = Event::Progress(Progress {
            rows,
            done: done as u64 + 1,
            all,
        });
        if give(progress, each)?.is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
    drop(book);
    if tables.is_empty() {
        return Err(no_rows(path));
    }
    let several = tables.len() > 1;
    for (name, mut table) in tables {
        if several {
            rename(&mut table, &format!("{path}#{name}"));
        }
        if give(Event::Table(table), each)?.is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
    Ok(ControlFlow::Continue(()))
}

fn rename(table: &mut Imported, name: &str) {
    name.clone_into(&mut table.file);
    for problem in &mut table.problems {
        name.clone_into(&mut problem.file);
    }
}

/// An open workbook of a format whose sheets are held whole.
enum Book {
    Open(Ods<Reader>),
    Old(Box<Xls<Reader>>),
}

impl Book {
    /// The names of its sheets of cells.
    fn sheets(&self) -> Vec<String> {
        match self {
            Self::Open(book) => of_cells(book.sheets_metadata()),
            Self::Old(book) => of_cells(book.sheets_metadata()),
        }
    }

    /// Reads a sheet, and gives the number of its rows so far to `told` now and then.
    fn read(
        &mut self,
        name: &str,
        sheet: &mut Sheet,
        on_rows: &mut OnRows<'_>,
    ) -> Result<ControlFlow<()>, ContainerError> {
        match self {
            Self::Open(book) => {
                let range = book.worksheet_range(name);
                let range = range.map_err(|error| damaged(sheet.path(), error))?;
                read_range(&range, sheet, on_rows)
            }
            Self::Old(book) => {
                let path = sheet.path();
                let range = || {
                    book.worksheet_range(name)
                        .map_err(|error| damaged(path, error))
                };
                read_range(&guarded(path, range)?, sheet, on_rows)
            }
        }
    }
}

/// Takes the number of rows of a sheet that are read.
type OnRows<'a> = dyn FnMut(u64) -> Result<ControlFlow<()>, ContainerError> + 'a;

/// Gives the rows of a sheet so far to `told`, each time that there are [`ROWS_BETWEEN`] more.
fn tell(
    sheet: &Sheet,
    next: &mut usize,
    on_rows: &mut OnRows<'_>,
) -> Result<ControlFlow<()>, ContainerError> {
    if sheet.rows() < *next {
        return Ok(ControlFlow::Continue(()));
    }
    *next = sheet.rows() + ROWS_BETWEEN;
    on_rows(sheet.rows() as u64)
}

fn read_range(
    range: &Range<Data>,
    sheet: &mut Sheet,
    on_rows: &mut OnRows<'_>,
) -> Result<ControlFlow<()>, ContainerError> {
    let mut next = ROWS_BETWEEN;
    let (first_row, first_column) = range.start().unwrap_or_default();
    for (row, column, cell) in range.used_cells() {
        let (row, column) = (first_row + row as u32, first_column + column as u32);
        sheet.cell(row, column, text::of(cell.clone()))?;
        if tell(sheet, &mut next, on_rows)?.is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
    Ok(ControlFlow::Continue(()))
}
