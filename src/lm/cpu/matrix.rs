//! A matrix that stays packed: a row is unpacked once and multiplied with every token.

use crate::lm::gguf::TensorType;
use crate::lm::quant::unpack_row;

/// Lanes that are summed apart, so that the loop can be done several numbers at a time.
const LANES: usize = 8;

/// A packed matrix.
pub struct Matrix {
    kind: TensorType,
    columns: usize,
    rows: usize,
    bytes: Vec<u8>,
}

impl Matrix {
    /// `rows` rows of `columns` numbers in `bytes`.
    pub fn new(kind: TensorType, columns: usize, rows: usize, bytes: Vec<u8>) -> Self {
        Self {
            kind,
            columns,
            rows,
            bytes,
        }
    }

    /// Numbers in a row.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// Rows.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// A row's numbers.
    pub fn unpack(&self, row: usize, out: &mut [f32]) {
        let length = self.bytes.len() / self.rows;
        unpack_row(self.kind, &self.bytes[row * length..][..length], out);
    }

    /// The products of all rows with each of `x`'s runs of `columns` numbers, a run for each.
    pub fn multiply(&self, x: &[f32]) -> Vec<f32> {
        let count = x.len() / self.columns;
        // By row first, so that threads write apart; turned over at the end.
        let mut products = vec![0.0; self.rows * count];
        for_rows(&mut products, count, |first, out| {
            let mut row = vec![0.0; self.columns];
            for (i, out) in out.chunks_exact_mut(count).enumerate() {
                self.unpack(first + i, &mut row);
                for (x, out) in x.chunks_exact(self.columns).zip(out) {
                    *out = dot(&row, x);
                }
            }
        });
        let mut turned = vec![0.0; products.len()];
        for (row, products) in products.chunks_exact(count).enumerate() {
            for (i, product) in products.iter().enumerate() {
                turned[i * self.rows + row] = *product;
            }
        }
        turned
    }
}

/// The sum of products.
pub fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0.0f32; LANES];
    let (a, b) = (a.chunks_exact(LANES), b.chunks_exact(LANES));
    let rest = a.remainder().iter().zip(b.remainder());
    let rest: f32 = rest.map(|(x, y)| x * y).sum();
    for (x, y) in a.zip(b) {
        for i in 0..LANES {
            sums[i] += x[i] * y[i];
        }
    }
    sums.iter().sum::<f32>() + rest
}

/// Shares rows of `length` numbers out; `work` gets the first row's index and the rows.
#[cfg(not(target_arch = "wasm32"))]
pub fn for_rows<T: Send>(out: &mut [T], length: usize, work: impl Fn(usize, &mut [T]) + Sync) {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let rows = (out.len() / length.max(1)).div_ceil(threads).max(1);
    std::thread::scope(|scope| {
        for (i, out) in out.chunks_mut(rows * length.max(1)).enumerate() {
            let work = &work;
            scope.spawn(move || work(i * rows, out));
        }
    });
}

/// Shares rows of `length` numbers out; `work` gets the first row's index and the rows.
#[cfg(target_arch = "wasm32")]
pub fn for_rows<T: Send>(out: &mut [T], _: usize, work: impl Fn(usize, &mut [T]) + Sync) {
    work(0, out);
}
