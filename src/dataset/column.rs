//! A column of text: one buffer, and where each cell ends in it.

/// Cells of text, each present or missing. A column holds up to 4 GiB.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TextColumn {
    buffer: String,
    ends: Vec<u32>,
    present: Vec<bool>,
}

impl TextColumn {
    /// Appends a cell; `None` is a missing one. Returns false, and appends a missing cell, when
    /// the column is full.
    pub fn push(&mut self, cell: Option<&str>) -> bool {
        let text = cell.unwrap_or("");
        let fits = u32::try_from(self.buffer.len() + text.len()).is_ok();
        if fits {
            self.buffer.push_str(text);
        }
        self.ends.push(self.buffer.len() as u32);
        self.present.push(cell.is_some() && fits);
        fits
    }

    /// Number of cells.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no cell.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The cell, or `None` when it is missing or there is no such row.
    pub fn get(&self, row: usize) -> Option<&str> {
        if !*self.present.get(row)? {
            return None;
        }
        let start = if row == 0 {
            0
        } else {
            self.ends[row - 1] as usize
        };
        self.buffer.get(start..self.ends[row] as usize)
    }

    /// All cells in order.
    pub fn iter(&self) -> impl Iterator<Item = Option<&str>> {
        (0..self.len()).map(|row| self.get(row))
    }
}
