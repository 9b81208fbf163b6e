//! A column of text: the cells one after the other, and where each ends.
//!
//! The text stands once, in blocks that never move: a buffer that doubles would hold its text two
//! or three times while it grows, and WebAssembly memory, once taken, is never given back.

/// Bytes of an ordinary block; a longer cell gets a block of its own.
const BLOCK: usize = 1 << 18;

/// Marks a missing cell among the ends; no block is that long.
const MISSING: u32 = 1 << 31;

/// The longest cell, in bytes.
pub const MAX_CELL: usize = MISSING as usize - 1;

/// Cells of text, each present or missing.
#[derive(Debug, Clone, Default)]
pub struct TextColumn {
    blocks: Vec<Block>,
    /// Where each cell ends in its block, with [`MISSING`] set when it is missing.
    ends: Vec<u32>,
}

#[derive(Debug, Clone)]
struct Block {
    text: String,
    /// The row of the first cell in it.
    first: usize,
}

impl TextColumn {
    /// Appends a cell; `None` is a missing one. Returns false, and appends a missing cell, when
    /// the text is longer than [`MAX_CELL`].
    pub fn push(&mut self, cell: Option<&str>) -> bool {
        let cell_fits = cell.is_none_or(|text| text.len() <= MAX_CELL);
        let text = cell.filter(|_| cell_fits).unwrap_or("");
        let needs_block = self.blocks.last().is_none_or(|block| {
            !text.is_empty() && block.text.capacity() - block.text.len() < text.len()
        });
        if needs_block {
            self.blocks.push(Block {
                text: String::with_capacity(self.next_capacity().max(text.len())),
                first: self.ends.len(),
            });
        }
        let Some(block) = self.blocks.last_mut() else {
            return false;
        };
        block.text.push_str(text);
        let missing = if cell.is_some() && cell_fits {
            0
        } else {
            MISSING
        };
        self.ends.push(block.text.len() as u32 | missing);
        cell_fits
    }

    /// Small columns get small blocks: a thousand columns of three words are common too.
    fn next_capacity(&self) -> usize {
        (256usize << (2 * self.blocks.len()).min(20)).min(BLOCK)
    }

    /// Number of cells.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no cell.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Bytes of text in all cells.
    pub fn bytes(&self) -> usize {
        self.blocks.iter().map(|block| block.text.len()).sum()
    }

    /// The cell, or `None` when it is missing or there is no such row.
    pub fn get(&self, row: usize) -> Option<&str> {
        let end = *self.ends.get(row)?;
        if end & MISSING != 0 {
            return None;
        }
        let after = self.blocks.partition_point(|block| block.first <= row);
        let block = self.blocks.get(after.checked_sub(1)?)?;
        let start = if row == block.first {
            0
        } else {
            self.ends[row - 1] & !MISSING
        };
        block.text.get(start as usize..end as usize)
    }

    /// The cells of these rows, one after the other; a missing one where no row is named.
    #[must_use]
    pub fn reordered(&self, rows: &[Option<usize>]) -> Self {
        let mut new = Self::default();
        for row in rows {
            new.push(row.and_then(|row| self.get(row)));
        }
        new
    }

    /// All cells in order.
    pub fn iter(&self) -> impl Iterator<Item = Option<&str>> {
        (0..self.len()).map(|row| self.get(row))
    }
}

/// Equal cells, however they lie in blocks.
impl PartialEq for TextColumn {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().eq(other.iter())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_cell_comes_back(cells in proptest::collection::vec(
            proptest::option::of("[a-z中é]{0,300}"), 0..60))
        {
            let mut column = TextColumn::default();
            for cell in &cells {
                prop_assert!(column.push(cell.as_deref()));
            }
            let back: Vec<Option<String>> = column.iter().map(|c| c.map(str::to_owned)).collect();
            prop_assert_eq!(back, cells);
            prop_assert_eq!(column.get(column.len()), None);
        }
    }

    #[test]
    fn a_cell_longer_than_a_block_stays_whole() {
        let long = "x".repeat(BLOCK + 7);
        let mut column = TextColumn::default();
        for cell in ["a", &long, "", "b"] {
            column.push(Some(cell));
        }
        let cells: Vec<Option<&str>> = column.iter().collect();
        assert_eq!(cells, [Some("a"), Some(&long), Some(""), Some("b")]);
        assert_eq!(column.bytes(), BLOCK + 9);
    }
}
