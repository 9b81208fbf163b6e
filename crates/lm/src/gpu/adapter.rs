//! What an adapter adds to a matrix's product on the device: A x for each token of a strength other than 0, then
//! `strength · scale · B (A x)` on top of what the base's matrix gave.

use super::device::{Gpu, GpuError, Series, Settings, View};
use super::kernel::{Kernel, Variant};
use super::matrix::{GpuMatrix, project};
use super::{GpuBackend, Scratch};
use crate::adapter::{Adapter, LowRank, Update, attach};
use crate::batch::Batch;
use crate::weights::{Linear, Weights};
use std::ops::Range;

/// Buffers for a batch in which an adapter acts.
pub(super) struct Acting {
    /// A strength for each token.
    strengths: wgpu::Buffer,
    /// A x: as many numbers for each token as the highest rank.
    inner: wgpu::Buffer,
}

/// Numbers of A x for each token: the rank, in whole fours.
fn padded(rank: usize) -> usize {
    rank.next_multiple_of(4)
}

/// A matrix's numbers as the kernel reads them: columns in fours, rows and columns beyond the matrix 0.
fn laid(numbers: &[f32], columns: usize, rows_laid: usize) -> Vec<f32> {
    let fours = columns.div_ceil(4);
    let mut out = vec![0.0; fours * rows_laid * 4];
    for (row, numbers) in numbers.chunks_exact(columns).enumerate() {
        for (column, number) in numbers.iter().enumerate() {
            out[(column / 4 * rows_laid + row) * 4 + column % 4] = *number;
        }
    }
    out
}

fn uploaded(gpu: &Gpu, update: Update) -> LowRank<wgpu::Buffer> {
    let (rank, columns, rows) = (update.rank, update.columns, update.rows);
    LowRank {
        a: gpu.numbers(&laid(&update.a, columns, padded(rank))),
        b: gpu.numbers(&laid(&update.b, rank, rows)),
        rank,
        columns,
        rows,
        scale: update.scale,
    }
}

/// The highest rank of what is attached; 0 for nothing.
fn highest_rank(weights: &Weights<GpuMatrix, wgpu::Buffer>) -> usize {
    let linears = weights.layers.iter().flat_map(|layer| {
        let always = [
            &layer.query,
            &layer.key,
            &layer.value,
            &layer.output,
            &layer.up,
            &layer.down,
        ];
        always.into_iter().chain(&layer.gate)
    });
    let ranks = linears.filter_map(|linear| Some(linear.update.as_ref()?.rank));
    ranks.max().unwrap_or(0)
}

impl GpuBackend {
    /// Puts an adapter beside the weights, in place of the one before; without one, takes it away. It acts on the
    /// sequences of a batch that have a strength.
    ///
    /// # Errors
    /// When the device has no room for it, or was lost.
    pub fn attach(&mut self, adapter: Option<&Adapter>) -> Result<(), GpuError> {
        self.gpu.check()?;
        self.gpu.take_allocated();
        let gpu = self.gpu.clone();
        let lay = |update| uploaded(&gpu, update);
        attach(&mut self.weights, &self.shape, adapter, lay);
        self.attached = self.gpu.take_allocated();
        self.gpu.check()
    }

    /// The buffers for a batch in which an adapter acts; none where it acts on no token.
    pub(super) fn acting(&self, batch: &Batch) -> Option<Acting> {
        let rank = highest_rank(&self.weights);
        let acts = rank > 0 && batch.strengths.iter().any(|&strength| strength != 0.0);
        acts.then(|| Acting {
            strengths: self.gpu.numbers(&batch.strengths),
            inner: self.gpu.buffer(4 * (batch.len() * padded(rank)) as u64),
        })
    }

    /// y = x · Wᵀ + bias with what an adapter adds, for some of the batch's tokens: the views begin at the first.
    pub(super) fn project(
        &self,
        series: &mut Series,
        linear: &Linear<GpuMatrix, wgpu::Buffer>,
        [x, y]: [View; 2],
        tokens: Range<usize>,
        s: &Scratch,
    ) {
        let count = tokens.len();
        project(series, &self.gpu, linear, [x, y], count, self.tile);
        let (Some(acting), Some(update)) = (&s.acting, &linear.update) else {
            return;
        };
        // Parts of a batch begin at multiples of 64 tokens, and so at multiples of 256 bytes.
        let strengths = View::from(&acting.strengths, 4 * tokens.start as u64);
        let inner = View::from(&acting.inner, 0);
        let rank = padded(update.rank);
        let product =
            |series: &mut Series, w, [x, y]: [View; 2], [inputs, outputs]: [usize; 2], adds| {
                let settings = Settings::of(&[inputs / 4, outputs, count, adds]).and(update.scale);
                let views = [View::from(w, 0), strengths, x, y];
                let variant = Variant::default();
                series.run_each(Kernel::LowRank, variant, settings, &views, count * outputs);
            };
        product(series, &update.a, [x, inner], [update.columns, rank], 0);
        product(series, &update.b, [inner, y], [rank, update.rows], 1);
    }
}

#[cfg(test)]
mod tests {
    use super::laid;

    #[test]
    fn a_matrix_is_laid_in_fours_of_columns() {
        // Two rows of five columns, in room for three rows.
        let numbers: Vec<f32> = (1..=10).map(|n| n as f32).collect();
        let expected = [
            [1, 2, 3, 4],
            [6, 7, 8, 9],
            [0; 4],
            [5, 0, 0, 0],
            [10, 0, 0, 0],
            [0; 4],
        ];
        let expected: Vec<f32> = expected.concat().into_iter().map(|n| n as f32).collect();
        assert_eq!(laid(&numbers, 5, 3), expected);
    }
}
