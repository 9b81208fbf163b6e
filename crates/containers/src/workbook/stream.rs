//! Workbooks of Excel since 2007, cell by cell: rows are given as they are read, so that no sheet is held whole. The
//! texts that its cells share are, because a cell names one by its place.

use super::sheet::Sheet;
use super::{ROWS_BETWEEN, no_rows, of_cells, rename, text};
use crate::error::damaged;
use crate::event::{Event, Progress, Receiver, give};
use crate::source::Reader;
use assay_data::ContainerError;
use calamine::{Data, Reader as _, Xlsx, XlsxError};
use std::ops::ControlFlow;

type Book = Xlsx<Reader>;

/// Gives the tables of a workbook whose file has `bytes` bytes.
pub(super) fn read(
    path: &str,
    bytes: u64,
    mut book: Book,
    each: &mut Receiver<'_>,
) -> Result<ControlFlow<()>, ContainerError> {
    let mut names = Vec::new();
    for name in of_cells(book.sheets_metadata()) {
        if has_rows(path, bytes, &mut book, &name)? {
            names.push(name);
        }
    }
    if names.is_empty() {
        return Err(no_rows(path));
    }
    let mut progress = Progress {
        rows: 0,
        done: 0,
        all: names.len() as u64,
    };
    for name in &names {
        let mut sheet = Sheet::new(path, bytes);
        let before = progress.rows;
        let flow = cells(&mut book, name, &mut sheet, &mut |sheet| {
            let Some(rows) = sheet.take_rows(ROWS_BETWEEN) else {
                return Ok(ControlFlow::Continue(()));
            };
            if give(Event::Rows(rows), each)?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
            progress.rows = before + sheet.rows() as u64;
            give(Event::Progress(progress), each)
        })?;
        if flow.is_break() {
            return Ok(flow);
        }
        progress.rows = before + sheet.rows() as u64;
        progress.done += 1;
        let Some(mut table) = sheet.finish()? else {
            continue;
        };
        if names.len() > 1 {
            rename(&mut table, &format!("{path}#{name}"));
        }
        for event in [Event::Table(table), Event::Progress(progress)] {
            if give(event, each)?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
    }
    Ok(ControlFlow::Continue(()))
}

/// Whether a sheet has a row below a header. Only its first rows are read.
fn has_rows(path: &str, bytes: u64, book: &mut Book, name: &str) -> Result<bool, ContainerError> {
    let mut sheet = Sheet::new(path, bytes);
    let flow = cells(book, name, &mut sheet, &mut |sheet| {
        Ok(match sheet.rows() {
            0 => ControlFlow::Continue(()),
            _ => ControlFlow::Break(()),
        })
    })?;
    Ok(flow.is_break() || sheet.finish()?.is_some())
}

/// Looks at a sheet after each of its cells, and says whether to go on.
type After<'a> = dyn FnMut(&mut Sheet) -> Result<ControlFlow<()>, ContainerError> + 'a;

/// Cell by cell: a sheet with one cell in each of two far corners is otherwise filled up with empty ones.
fn cells(
    book: &mut Book,
    name: &str,
    sheet: &mut Sheet,
    after: &mut After<'_>,
) -> Result<ControlFlow<()>, ContainerError> {
    let mut cells = match book.worksheet_cells_reader(name) {
        Ok(cells) => cells,
        // Dialogs and macros of old versions are listed as sheets.
        Err(XlsxError::NotAWorksheet(_)) => return Ok(ControlFlow::Continue(())),
        Err(error) => return Err(damaged(sheet.path(), error)),
    };
    loop {
        match cells.next_cell() {
            Ok(Some(cell)) => {
                let (row, column) = cell.get_position();
                let shown = text::of(Data::from(cell.get_value().clone()));
                sheet.cell(row, column, shown)?;
                if after(sheet)?.is_break() {
                    return Ok(ControlFlow::Break(()));
                }
            }
            Ok(None) => return Ok(ControlFlow::Continue(())),
            Err(error) => return Err(damaged(sheet.path(), error)),
        }
    }
}
