//! Behind the last layer: the scored tokens are picked, normalised, and multiplied with the vocabulary,
//! whose logits are reduced as they come.

use super::device::{GpuError, Settings, View};
use super::kernel::{Kernel, Tile, Variant};
use super::{GpuBackend, Scratch};
use crate::batch::{Batch, TokenScore};

/// Threads that share the vocabulary for each tile of tokens.
const STRETCHES: usize = 512;

impl GpuBackend {
    /// The scores of the batch's targets.
    pub(super) async fn head(
        &self,
        batch: &Batch,
        s: &Scratch,
    ) -> Result<Vec<TokenScore>, GpuError> {
        let scored: Vec<u32> = batch.scored().map(|i| i as u32).collect();
        let count = scored.len();
        if count == 0 {
            return Ok(Vec::new());
        }
        let (gpu, width) = (&self.gpu, self.shape.width);
        let targets: Vec<u32> = batch.scored().map(|i| batch.targets[i]).collect();
        let rows = gpu.buffer(4 * (count * width) as u64);
        let mut normed = gpu.buffer(4 * (count * width) as u64);
        let mut series = gpu.begin();
        let settings = Settings::of(&[width, count, 1, 0]).and(1.0);
        let index = gpu.numbers(&scored);
        let views = [&index, &s.x, &rows].map(View::from_buffer);
        series.run_each(
            Kernel::Move,
            Variant::default(),
            settings,
            &views,
            width * count,
        );
        match &self.weights.output_norm {
            Some(norm) => self.norm(&mut series, norm, [&rows, &normed], count, width),
            None => normed = rows.clone(),
        }
        series.submit();
        let targets = gpu.numbers(&targets);
        let logits = gpu.buffer(4 * count as u64);
        self.target_logits(&normed, &targets, &logits, count);
        let result = self.reduce(&normed, &logits, count);
        let bytes = gpu.read(&result, 16 * count as u64).await?;
        let number = |b: &[u8], i: usize| f32::from_le_bytes([b[i], b[i + 1], b[i + 2], b[i + 3]]);
        let score = |b: &[u8]| TokenScore {
            logprob: number(b, 0),
            rank: number(b, 4) as u32,
            entropy: number(b, 8),
        };
        Ok(bytes.chunks_exact(16).map(score).collect())
    }

    fn target_logits(
        &self,
        x: &wgpu::Buffer,
        targets: &wgpu::Buffer,
        logits: &wgpu::Buffer,
        count: usize,
    ) {
        let head = self.weights.head();
        let cap = self.shape.logit_cap.unwrap_or(0.0);
        let mut series = self.gpu.begin();
        for part in &head.parts {
            let settings =
                Settings::of(&[head.groups(), head.row_bytes, part.first, part.rows, count]);
            let views = [&part.buffer, x, targets, logits].map(View::from_buffer);
            let variant = Variant::of(head.kind, Tile::default());
            series.run_each(Kernel::Target, variant, settings.and(cap), &views, count);
        }
        series.submit();
    }

    fn reduce(&self, x: &wgpu::Buffer, logits: &wgpu::Buffer, count: usize) -> wgpu::Buffer {
        let (gpu, head) = (&self.gpu, self.weights.head());
        let cap = self.shape.logit_cap.unwrap_or(0.0);
        let (least, threads) = match self.tile.shared {
            // A workgroup takes a stretch of whole tiles.
            true => (self.tile.rows, 1),
            false => (16, 64),
        };
        let stretch = head.rows.div_ceil(STRETCHES).next_multiple_of(least);
        let of_part = |rows: usize| rows.div_ceil(stretch);
        let stretches: usize = head.parts.iter().map(|p| of_part(p.rows)).sum();
        let partials = gpu.buffer(16 * (count * stretches) as u64);
        let mut first = 0;
        for part in &head.parts {
            let settings = Settings::of(&[
                head.groups(),
                head.row_bytes,
                part.rows,
                count,
                stretch,
                stretches,
                first,
            ]);
            let views = [&part.buffer, x, logits, &partials].map(View::from_buffer);
            let groups = [
                of_part(part.rows).div_ceil(threads),
                count.div_ceil(self.tile.tokens),
            ];
            let variant = Variant::of(head.kind, self.tile);
            let mut series = gpu.begin();
            series.run(Kernel::Head, variant, settings.and(cap), &views, groups);
            series.submit();
            first += of_part(part.rows);
        }
        let result = gpu.buffer(16 * count as u64);
        let mut series = gpu.begin();
        let views = [&partials, logits, &result].map(View::from_buffer);
        let settings = Settings::of(&[count, stretches]);
        series.run_each(Kernel::Reduce, Variant::default(), settings, &views, count);
        series.submit();
        result
    }
}
