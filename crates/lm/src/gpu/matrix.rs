//! A packed matrix in the device's memory, streamed there piece by piece; one that is larger than a
//! binding may be lies in several buffers, cut between rows.

use super::device::{Gpu, Series, Settings, View};
use super::kernel::{Kernel, Tile, Variant};
use super::layout;
use crate::gguf::{GgufError, TensorInfo, TensorType};
use crate::model::ModelError;
use crate::quant::GROUP;
use crate::store::Store;
use crate::weights::{Linear, Upload};

/// Bytes read and handed over at once.
const PIECE: u64 = 4 << 20;

/// Some rows in a buffer of their own.
pub(super) struct Part {
    /// The first row.
    pub first: usize,
    /// How many.
    pub rows: usize,
    /// Their bytes.
    pub buffer: wgpu::Buffer,
}

/// A matrix.
pub(super) struct GpuMatrix {
    /// How its numbers are packed.
    pub kind: TensorType,
    /// Numbers in a row.
    pub columns: usize,
    /// Rows.
    pub rows: usize,
    /// Bytes of a row.
    pub row_bytes: usize,
    /// The rows, in order.
    pub parts: Vec<Part>,
}

impl GpuMatrix {
    /// Groups of 32 in a row.
    pub(super) fn groups(&self) -> usize {
        self.columns / GROUP
    }
}

/// Streams tensors to the device.
pub(super) struct Uploader<'a>(pub &'a Gpu);

impl Upload for Uploader<'_> {
    type Matrix = GpuMatrix;
    type Vector = wgpu::Buffer;

    fn vector(&mut self, numbers: Vec<f32>) -> wgpu::Buffer {
        self.0.numbers(&numbers)
    }

    async fn upload(
        &mut self,
        store: &Store,
        info: &TensorInfo,
        first: usize,
        rows: usize,
    ) -> Result<GpuMatrix, ModelError> {
        let row_bytes = info.row_bytes();
        if !info.columns().is_multiple_of(GROUP) {
            return Err(ModelError::Gguf(GgufError::Missing(
                "rows whose length is a multiple of 32".into(),
            )));
        }
        let laid_bytes = layout::row_bytes(info.kind, info.columns());
        let fit = (self.0.binding_bytes() / laid_bytes as u64).max(1) as usize;
        let mut parts = Vec::new();
        let mut row = 0;
        while row < rows {
            let count = fit.min(rows - row);
            let from = ((first + row) * row_bytes) as u64;
            let bytes = (count * row_bytes) as u64;
            let buffer = self.0.buffer((count * laid_bytes) as u64);
            self.stream(store, info, from, bytes, &buffer).await?;
            parts.push(Part {
                first: row,
                rows: count,
                buffer,
            });
            row += count;
        }
        Ok(GpuMatrix {
            kind: info.kind,
            columns: info.columns(),
            rows,
            row_bytes: laid_bytes,
            parts,
        })
    }
}

impl Uploader<'_> {
    async fn stream(
        &self,
        store: &Store,
        info: &TensorInfo,
        from: u64,
        bytes: u64,
        buffer: &wgpu::Buffer,
    ) -> Result<(), ModelError> {
        let block = info.kind.block_bytes() as u64;
        let (mut done, mut at) = (0, 0);
        while done < bytes {
            let length = (PIECE / block * block).min(bytes - done);
            let piece = store.read(info, from + done, length as usize).await?;
            let mut piece = layout::laid(info.kind, piece);
            piece.resize(piece.len().next_multiple_of(4), 0);
            self.0.queue.write_buffer(buffer, at, &piece);
            // What was written waits in memory until it is submitted.
            self.0.queue.submit([]);
            done += length;
            at += piece.len() as u64;
        }
        Ok(())
    }
}

/// y = x · Wᵀ + bias for `tokens` tokens, `tile` of which is a thread's.
pub(super) fn project(
    series: &mut Series,
    gpu: &Gpu,
    linear: &Linear<GpuMatrix, wgpu::Buffer>,
    [x, y]: [View; 2],
    tokens: usize,
    tile: Tile,
) {
    let matrix = &linear.weight;
    let bias = linear.bias.as_ref().unwrap_or(gpu.empty_buffer());
    for part in &matrix.parts {
        let settings = Settings::of(&[
            matrix.groups(),
            matrix.row_bytes,
            part.rows,
            tokens,
            matrix.rows,
            part.first,
            usize::from(linear.bias.is_some()),
            part.first,
        ]);
        let views = [View::from(&part.buffer, 0), x, y, bias.into()];
        let groups = [
            part.rows.div_ceil(tile.group_rows()),
            tokens.div_ceil(tile.tokens),
        ];
        let variant = Variant::of(matrix.kind, tile);
        series.run(Kernel::Multiply, variant, settings, &views, groups);
    }
}
