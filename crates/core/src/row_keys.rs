//! What rows of a data set are known by in another one: their ids, or digests of their texts. Rows that are the same are
//! distinguished by their order.

use assay_data::DataSet;
use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};
use std::ops::Range;

/// Makes the keys of a data set's rows, piece by piece.
pub(crate) struct KeyMaker {
    columns: Vec<usize>,
    pub(crate) are_ids: bool,
    seen: FxHashMap<String, usize>,
    /// Of each row so far its key.
    pub(crate) keys: Vec<String>,
}

impl KeyMaker {
    /// By the cells in these columns, which say what a row is; else by digests of them.
    pub(crate) fn new(columns: Vec<usize>, are_ids: bool) -> Self {
        Self {
            columns,
            are_ids,
            seen: FxHashMap::default(),
            keys: Vec::new(),
        }
    }

    /// Adds these rows.
    pub(crate) fn take(&mut self, data: &DataSet, rows: Range<usize>) {
        for row in rows {
            let cells = self.columns.iter().map(|c| data.table.cell(*c, row));
            let key = match self.are_ids {
                true => cells
                    .map(|cell| cell.unwrap_or_default().trim())
                    .collect::<Vec<_>>()
                    .join(" / "),
                false => digest(cells),
            };
            let times = self.seen.entry(key.clone()).or_default();
            *times += 1;
            self.keys.push(match *times {
                1 => key,
                times => format!("{key} #{times}"),
            });
        }
    }
}

/// Of each row its cells in these columns, which say what it is.
pub(crate) fn ids(data: &DataSet, columns: &[usize]) -> Vec<String> {
    keys(data, columns, true)
}

/// Of each row a digest of its texts in these columns.
pub(crate) fn digests(data: &DataSet, columns: &[usize]) -> Vec<String> {
    keys(data, columns, false)
}

fn keys(data: &DataSet, columns: &[usize], are_ids: bool) -> Vec<String> {
    let mut maker = KeyMaker::new(columns.to_vec(), are_ids);
    maker.take(data, 0..data.table.rows());
    maker.keys
}

/// The first half of SHA-256 over cells, each with its length before it.
fn digest<'a>(cells: impl Iterator<Item = Option<&'a str>>) -> String {
    let mut digest = Sha256::new();
    for cell in cells {
        let text = cell.unwrap_or_default();
        digest.update((text.len() as u64).to_le_bytes());
        digest.update(text.as_bytes());
    }
    data_encoding::HEXLOWER.encode(&digest.finalize()[..16])
}
