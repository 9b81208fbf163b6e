//! Workbooks that are written: sheets of texts and numbers as an `.xlsx` file. A text is never a formula or a link,
//! whatever it begins with.

use assay_data::WorkbookError;
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};
use serde::{Deserialize, Serialize};

/// UTF-16 units that a cell of Excel holds.
const MOST_UNITS: usize = 32_767;
/// Rows and columns of an Excel sheet.
const MOST_ROWS: usize = 1 << 20;
const MOST_COLUMNS: usize = 1 << 14;
/// Widths of columns, in characters: the narrowest, and the widest, in which longer texts are wrapped.
const WIDTHS: (usize, usize) = (8, 60);

/// A cell to write.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NewCell {
    /// Nothing.
    #[default]
    Empty,
    /// A text; cut where it is longer than a cell can hold.
    Text(String),
    /// A number; what is not a finite one is left empty.
    Number(f64),
}

/// A sheet to write.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct NewSheet {
    /// Its name: 31 characters at most, without `[]:*?/\`, and another than that of every other sheet.
    pub name: String,
    /// The names of its columns, in its first row.
    pub head: Vec<String>,
    /// The rows below.
    pub rows: Vec<Vec<NewCell>>,
}

/// The bytes of a workbook with these sheets. The head of each is bold and stays in sight.
///
/// # Errors
/// Where a sheet is too large, or its name is none that Excel takes.
pub fn write_workbook(sheets: &[NewSheet]) -> Result<Vec<u8>, WorkbookError> {
    let mut workbook = Workbook::new();
    for sheet in sheets {
        write_sheet(workbook.add_worksheet(), sheet)?;
    }
    workbook.save_to_buffer().map_err(refused)
}

fn refused(error: XlsxError) -> WorkbookError {
    WorkbookError::Refused {
        detail: error.to_string(),
    }
}

fn write_sheet(to: &mut Worksheet, sheet: &NewSheet) -> Result<(), WorkbookError> {
    let rows = 1 + sheet.rows.len();
    let cells = sheet.rows.iter().map(Vec::len);
    let columns = cells.chain([sheet.head.len()]).max().unwrap_or_default();
    if rows > MOST_ROWS || columns > MOST_COLUMNS {
        return Err(WorkbookError::TooLarge {
            sheet: sheet.name.clone(),
            rows,
            columns,
        });
    }
    fill(to, sheet, columns).map_err(refused)
}

fn fill(to: &mut Worksheet, sheet: &NewSheet, columns: usize) -> Result<(), XlsxError> {
    to.set_name(&sheet.name)?;
    to.set_freeze_panes(1, 0)?;
    let bold = Format::new().set_bold().set_text_wrap();
    for (column, name) in (0_u16..).zip(&sheet.head) {
        to.write_string_with_format(0, column, cut(name), &bold)?;
    }
    let wrapped = Format::new().set_text_wrap();
    for (row, cells) in (1_u32..).zip(&sheet.rows) {
        for (column, cell) in (0_u16..).zip(cells) {
            match cell {
                NewCell::Text(text) if !text.is_empty() => {
                    to.write_string_with_format(row, column, cut(text), &wrapped)?;
                }
                NewCell::Number(number) if number.is_finite() => {
                    to.write_number(row, column, *number)?;
                }
                _ => {}
            }
        }
    }
    for (column, place) in (0_u16..).zip(0..columns) {
        to.set_column_width(column, width(sheet, place) as f64)?;
    }
    Ok(())
}

/// A text that a cell holds: as it is, or its beginning with an ellipsis.
fn cut(text: &str) -> String {
    if text.encode_utf16().count() <= MOST_UNITS {
        return text.to_owned();
    }
    let mut units = 0;
    let fits = |c: &char| {
        units += c.len_utf16();
        units < MOST_UNITS
    };
    text.chars().take_while(fits).chain(['…']).collect()
}

/// How wide a column has to be for its longest line, within limits; wide characters count twice.
fn width(sheet: &NewSheet, column: usize) -> usize {
    let line = |text: &str| {
        let lines = text.lines().map(|line| {
            let widths = line.chars().map(|c| if c > '\u{2e80}' { 2 } else { 1 });
            widths.take(WIDTHS.1).sum::<usize>()
        });
        lines.max().unwrap_or_default()
    };
    let of = |cell: &NewCell| match cell {
        NewCell::Empty => 0,
        NewCell::Text(text) => line(text),
        NewCell::Number(_) => 12,
    };
    let cells = sheet.rows.iter().filter_map(|row| row.get(column));
    let head = sheet.head.get(column).map_or(0, |name| line(name));
    let longest = cells.map(of).max().unwrap_or_default().max(head);
    (longest + 2).clamp(WIDTHS.0, WIDTHS.1)
}
