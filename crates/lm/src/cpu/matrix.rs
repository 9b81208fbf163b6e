//! A matrix that stays packed: a row is unpacked once and multiplied with every token.

use crate::gguf::TensorType;
use crate::quant::unpack_row;
use std::ops::Range;
use wide::f32x4;

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

    /// The product of every row in a range with every run of `columns` numbers of `x`, told with row
    /// and run; the runs of a row come in order.
    pub fn products(&self, rows: Range<usize>, x: &[f32], mut tell: impl FnMut(usize, usize, f32)) {
        let columns = self.columns;
        let mut pair = vec![0.0; 2 * columns];
        for first in rows.clone().step_by(2) {
            let (a, b) = pair.split_at_mut(columns);
            self.unpack(first, a);
            let second = first + 1 < rows.end;
            if second {
                self.unpack(first + 1, b);
            }
            let mut fours = x.chunks_exact(4 * columns);
            let mut token = 0;
            for four in &mut fours {
                let (u, v) = four.split_at(2 * columns);
                let (u, v) = (u.split_at(columns), v.split_at(columns));
                let sums = dots([a, b], [u.0, u.1, v.0, v.1]);
                for (i, [of_a, of_b]) in sums.into_iter().enumerate() {
                    tell(first, token + i, of_a);
                    if second {
                        tell(first + 1, token + i, of_b);
                    }
                }
                token += 4;
            }
            for x in fours.remainder().chunks_exact(columns) {
                tell(first, token, dot(a, x));
                if second {
                    tell(first + 1, token, dot(b, x));
                }
                token += 1;
            }
        }
    }

    /// The products of all rows with each of `x`'s runs of `columns` numbers, a run for each.
    pub fn multiply(&self, x: &[f32]) -> Vec<f32> {
        let count = x.len() / self.columns;
        // By row first, so that threads write apart; transposed at the end.
        let mut products = vec![0.0; self.rows * count];
        for_rows(&mut products, count, |first, out| {
            let rows = out.len() / count;
            self.products(first..first + rows, x, |row, token, product| {
                out[(row - first) * count + token] = product;
            });
        });
        let mut transposed = vec![0.0; products.len()];
        for (row, products) in products.chunks_exact(count).enumerate() {
            for (i, product) in products.iter().enumerate() {
                transposed[i * self.rows + row] = *product;
            }
        }
        transposed
    }
}

/// The sums of products of two rows with four tokens: what is loaded once serves several sums, which
/// stay in registers.
fn dots([a, b]: [&[f32]; 2], [t, u, v, w]: [&[f32]; 4]) -> [[f32; 2]; 4] {
    let mut sums = [f32x4::ZERO; 8];
    let fours = |run| <[f32]>::as_chunks::<4>(run).0;
    let tokens = fours(t).iter().zip(fours(u)).zip(fours(v)).zip(fours(w));
    for ((a, b), (((t, u), v), w)) in fours(a).iter().zip(fours(b)).zip(tokens) {
        let (a, b) = (f32x4::new(*a), f32x4::new(*b));
        let (t, u) = (f32x4::new(*t), f32x4::new(*u));
        let (v, w) = (f32x4::new(*v), f32x4::new(*w));
        sums[0] += a * t;
        sums[1] += b * t;
        sums[2] += a * u;
        sums[3] += b * u;
        sums[4] += a * v;
        sums[5] += b * v;
        sums[6] += a * w;
        sums[7] += b * w;
    }
    let mut out = [[0.0; 2]; 4];
    for (i, token) in [t, u, v, w].into_iter().enumerate() {
        for (j, row) in [a, b].into_iter().enumerate() {
            let rest = row.as_chunks::<4>().1.iter().zip(token.as_chunks::<4>().1);
            let rest: f32 = rest.map(|(x, y)| x * y).sum();
            out[i][j] = sums[2 * i + j].reduce_add() + rest;
        }
    }
    out
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
pub(super) fn for_rows<T: Send>(
    out: &mut [T],
    length: usize,
    work: impl Fn(usize, &mut [T]) + Sync,
) {
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
pub(super) fn for_rows<T: Send>(out: &mut [T], _: usize, work: impl Fn(usize, &mut [T]) + Sync) {
    work(0, out);
}
