//! The texts of a data set as they lie on the disk: the biggest part of a project, written once for each import and in
//! pieces, and read at once. After a mark come the numbers of columns (4 bytes) and rows (8 bytes), then the cells of
//! one column after the other: of each its length in 4 bytes, all ones for a missing cell, and its text. All numbers
//! have the little end first. Names of columns are kept elsewhere, since a person can change them.

use assay_data::column::TextColumn;
use assay_data::table::Table;

/// How the file begins; the last byte is the version of the layout.
const MARK: &[u8; 8] = b"ASSAYTX\x01";
/// The length of a missing cell.
const MISSING: u32 = u32::MAX;

/// Why bytes are no texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TextsError {
    /// It begins otherwise.
    #[error("the file is not of this layout")]
    Mark,
    /// It ends too early, or goes on after the last cell.
    #[error("the file has another length than its cells")]
    Length,
    /// A cell is not text.
    #[error("a cell is not UTF-8")]
    Text,
}

/// Writes a table piece by piece.
#[derive(Debug, Default)]
pub struct TextsWriter {
    column: usize,
    row: usize,
    has_begun: bool,
}

impl TextsWriter {
    /// The next piece, of about `piece` bytes and at least one cell; nothing after the last.
    pub fn next(&mut self, table: &Table, piece: usize) -> Option<Vec<u8>> {
        let columns = table.names().len();
        let mut bytes = Vec::with_capacity(piece.min(table.bytes() + (1 << 10)));
        if !std::mem::replace(&mut self.has_begun, true) {
            bytes.extend_from_slice(MARK);
            bytes.extend_from_slice(&(columns as u32).to_le_bytes());
            bytes.extend_from_slice(&(table.rows() as u64).to_le_bytes());
        }
        while self.column < columns && bytes.len() < piece {
            if self.row == table.rows() {
                (self.column, self.row) = (self.column + 1, 0);
                continue;
            }
            match table.cell(self.column, self.row) {
                Some(text) => {
                    bytes.extend_from_slice(&(text.len() as u32).to_le_bytes());
                    bytes.extend_from_slice(text.as_bytes());
                }
                None => bytes.extend_from_slice(&MISSING.to_le_bytes()),
            }
            self.row += 1;
        }
        (!bytes.is_empty()).then_some(bytes)
    }
}

/// Reads the columns of a table, all of one length.
///
/// # Errors
/// [`TextsError`]; nothing takes memory beyond what the bytes hold.
pub fn read(bytes: &[u8]) -> Result<Vec<TextColumn>, TextsError> {
    let rest = bytes.strip_prefix(MARK).ok_or(TextsError::Mark)?;
    let (columns, rest) = rest.split_first_chunk::<4>().ok_or(TextsError::Length)?;
    let (rows, mut rest) = rest.split_first_chunk::<8>().ok_or(TextsError::Length)?;
    let (columns, rows) = (u32::from_le_bytes(*columns), u64::from_le_bytes(*rows));
    // A cell has four bytes at least, and a column without cells has none that could be counted.
    let cells = u64::from(columns).checked_mul(rows);
    let least = cells.and_then(|cells| cells.checked_mul(4));
    let fits = least.is_some_and(|least| least <= rest.len() as u64);
    if !fits || rows == 0 && columns > 0 {
        return Err(TextsError::Length);
    }
    let mut all = Vec::new();
    for _ in 0..columns {
        let mut column = TextColumn::default();
        for _ in 0..rows {
            let (length, after) = rest.split_first_chunk::<4>().ok_or(TextsError::Length)?;
            let length = u32::from_le_bytes(*length);
            if length == MISSING {
                column.push(None);
                rest = after;
                continue;
            }
            let cell = after.split_at_checked(length as usize);
            let (text, after) = cell.ok_or(TextsError::Length)?;
            let text = std::str::from_utf8(text).map_err(|_| TextsError::Text)?;
            column.push(Some(text));
            rest = after;
        }
        all.push(column);
    }
    match rest {
        [] => Ok(all),
        _ => Err(TextsError::Length),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(table: &Table, piece: usize) -> Vec<u8> {
        let mut writer = TextsWriter::default();
        std::iter::from_fn(|| writer.next(table, piece))
            .flatten()
            .collect()
    }

    proptest! {
        #[test]
        fn every_table_comes_back_in_pieces_of_any_size(
            rows in proptest::collection::vec(
                [proptest::option::of("[a-z中é]{0,30}"), proptest::option::of("[a-z]{0,3}")], 1..30),
            piece in 1_usize..200)
        {
            let mut table = Table::default();
            for c in 0..2 {
                let mut column = TextColumn::default();
                for row in &rows {
                    column.push(row[c].as_deref());
                }
                table.add("c", column);
            }
            let columns = read(&written(&table, piece)).unwrap();
            prop_assert!(columns.iter().eq((0..2).map(|c| table.column(c))));
        }
    }

    #[test]
    fn what_is_cut_or_goes_on_is_refused() {
        let mut column = TextColumn::default();
        column.push(Some("é"));
        let mut table = Table::default();
        table.add("a", column);
        let whole = written(&table, 100);
        assert_eq!(read(&whole).unwrap().len(), 1);
        for end in 0..whole.len() {
            assert!(read(&whole[..end]).is_err(), "{end}");
        }
        assert_eq!(read(&[&whole[..], &[0]].concat()), Err(TextsError::Length));
        let mut damaged = whole.clone();
        damaged[24] = 0xff;
        assert_eq!(read(&damaged), Err(TextsError::Text));
        damaged[8..20].fill(0xff);
        assert_eq!(
            read(&damaged),
            Err(TextsError::Length),
            "columns beyond count"
        );
    }
}
