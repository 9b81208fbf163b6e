//! The kernels of the forward pass in their order: the embedding, then each layer's norms, attention and
//! feed-forward block, with the norms before the blocks or behind them.

use super::device::{Series, Settings, View};
use super::kernel::{Kernel, Tile, Variant};
use super::matrix::GpuMatrix;
use super::{GpuBackend, Norms, Scratch};
use crate::arch::{Activation, Norm, NormPlace, QueryKeyNorm, RopeStyle};
use crate::batch::Batch;
use crate::weights::Layer;

impl GpuBackend {
    pub(super) fn embed(&self, batch: &Batch, scratch: &Scratch) {
        let mut series = self.gpu.begin();
        let tokens = self.gpu.numbers(&batch.tokens);
        let table = &self.weights.embedding;
        let scale = self.shape.embedding_scale;
        rows(
            &mut series,
            table,
            &tokens,
            &scratch.x,
            batch.len(),
            scale,
            false,
        );
        let zeros = self.gpu.numbers(&vec![0u32; batch.len()]);
        let added = [
            (&self.weights.positions, &scratch.positions),
            (&self.weights.token_types, &zeros),
        ];
        for (table, index) in added {
            if let Some(table) = table {
                rows(
                    &mut series,
                    table,
                    index,
                    &scratch.x,
                    batch.len(),
                    1.0,
                    true,
                );
            }
        }
        if let Some(norm) = &self.weights.embedding_norm {
            let (tokens, width) = (batch.len(), self.shape.width);
            self.norm(
                &mut series,
                norm,
                [&scratch.x, &scratch.normed],
                tokens,
                width,
            );
            let settings = Settings::of(&[width, tokens, 0, 0]).and(1.0);
            let views = [
                self.gpu.empty_buffer().into(),
                (&scratch.normed).into(),
                (&scratch.x).into(),
            ];
            let count = width * tokens;
            series.run_each(Kernel::Move, Variant::default(), settings, &views, count);
        }
        series.submit();
    }

    pub(super) fn layer(&self, series: &mut Series, tokens: usize, index: usize, s: &Scratch) {
        let layer = &self.weights.layers[index];
        let width = self.shape.width;
        let there = [&s.x, &s.normed];
        let feed_norm = |series: &mut Series, through: [&wgpu::Buffer; 2]| {
            if let Some(norm) = &layer.feed_norm {
                self.norm(series, norm, through, tokens, width);
            }
        };
        match self.shape.norm_place {
            NormPlace::PreNorm => {
                self.norm(series, &layer.attention_norm, there, tokens, width);
                self.attend(series, tokens, index, s, &s.normed);
                self.join(series, layer.after_attention.as_ref(), tokens, s, &s.x);
                feed_norm(series, there);
                self.feed(series, layer, tokens, s, &s.normed);
                self.join(series, layer.after_feed.as_ref(), tokens, s, &s.x);
            }
            NormPlace::PostNorm => {
                self.attend(series, tokens, index, s, &s.x);
                self.join(series, None, tokens, s, &s.x);
                self.norm(series, &layer.attention_norm, there, tokens, width);
                self.feed(series, layer, tokens, s, &s.normed);
                self.join(series, None, tokens, s, &s.normed);
                feed_norm(series, [&s.normed, &s.x]);
            }
            NormPlace::OutputNorm => {
                self.attend(series, tokens, index, s, &s.x);
                self.join(series, Some(&layer.attention_norm), tokens, s, &s.x);
                self.feed(series, layer, tokens, s, &s.x);
                self.join(series, layer.feed_norm.as_ref(), tokens, s, &s.x);
            }
            NormPlace::Parallel => {
                self.norm(series, &layer.attention_norm, there, tokens, width);
                self.attend(series, tokens, index, s, &s.normed);
                feed_norm(series, there);
                self.join(series, None, tokens, s, &s.x);
                self.feed(series, layer, tokens, s, &s.normed);
                self.join(series, None, tokens, s, &s.x);
            }
        }
    }

    /// Adds a block's result, normalised where the family has it so, to what went in.
    fn join(
        &self,
        series: &mut Series,
        norm: Option<&Norms>,
        tokens: usize,
        s: &Scratch,
        into: &wgpu::Buffer,
    ) {
        let width = self.shape.width;
        let mut result = &s.out;
        if let Some(norm) = norm {
            self.norm(series, norm, [&s.out, &s.normed], tokens, width);
            result = &s.normed;
        }
        let settings = Settings::of(&[width, tokens, 0, 1]).and(self.shape.residual_scale);
        let views = [self.gpu.empty_buffer().into(), result.into(), into.into()];
        series.run_each(
            Kernel::Move,
            Variant::default(),
            settings,
            &views,
            width * tokens,
        );
    }

    pub(super) fn norm(
        &self,
        series: &mut Series,
        norm: &Norms,
        [x, y]: [&wgpu::Buffer; 2],
        runs: usize,
        length: usize,
    ) {
        let centred = usize::from(self.shape.norm == Norm::Layer);
        let biased = usize::from(norm.bias.is_some());
        let settings = Settings::of(&[length, runs, centred, biased]).and(self.shape.epsilon);
        let bias = norm.bias.as_ref().unwrap_or(self.gpu.empty_buffer());
        let views = [x.into(), (&norm.weight).into(), bias.into(), y.into()];
        series.run_each(Kernel::Norm, Variant::default(), settings, &views, runs);
    }

    fn attend(
        &self,
        series: &mut Series,
        tokens: usize,
        index: usize,
        s: &Scratch,
        from: &wgpu::Buffer,
    ) {
        let (shape, layer) = (&self.shape, &self.weights.layers[index]);
        let into = |y| [View::from(from, 0), View::from(y, 0)];
        self.project(series, &layer.query, into(&s.queries), 0..tokens, s);
        self.project(series, &layer.key, into(&s.keys), 0..tokens, s);
        self.project(series, &layer.value, into(&s.values), 0..tokens, s);
        let (mut queries, mut keys) = (&s.queries, &s.keys);
        let rotated_first = shape.query_key_norm == QueryKeyNorm::RotatedHead;
        if !rotated_first {
            [queries, keys] = self.query_key_norms(series, tokens, index, s);
        }
        if let Some((rotary, frequencies)) = &self.rotary[index] {
            for (x, heads) in [(queries, shape.heads), (keys, shape.kv_heads)] {
                let pairs = rotary.dimensions / 2;
                let halves = usize::from(rotary.style == RopeStyle::Neox);
                let settings = Settings::of(&[heads, shape.head_dim, pairs, tokens, halves]);
                let settings = settings.and(rotary.magnitude);
                let views = [(&s.positions).into(), frequencies.into(), x.into()];
                let count = tokens * heads * pairs;
                series.run_each(Kernel::Rotate, Variant::default(), settings, &views, count);
            }
        }
        if rotated_first {
            [queries, keys] = self.query_key_norms(series, tokens, index, s);
        }
        let settings = Settings::of(&[
            tokens,
            shape.heads,
            shape.heads / shape.kv_heads,
            shape.key_width() / 4,
            shape.window_of(index).unwrap_or(0),
        ]);
        let settings = settings
            .and(shape.attention_scale)
            .and(shape.attention_cap.unwrap_or(0.0));
        let views = [&s.spans, queries, keys, &s.values, &s.heads].map(View::from_buffer);
        let count = tokens * shape.heads;
        series.run_each(
            Kernel::Attend,
            Variant::head(shape.head_dim),
            settings,
            &views,
            count,
        );
        let through = [View::from(&s.heads, 0), View::from(&s.out, 0)];
        self.project(series, &layer.output, through, 0..tokens, s);
    }

    /// Normalises queries and keys, where the layer has norms for them; where the results are.
    fn query_key_norms<'a>(
        &self,
        series: &mut Series,
        tokens: usize,
        index: usize,
        s: &'a Scratch,
    ) -> [&'a wgpu::Buffer; 2] {
        let (shape, layer) = (&self.shape, &self.weights.layers[index]);
        let parts = [
            (&layer.query_norm, &s.queries, &s.rotated[0], shape.heads),
            (&layer.key_norm, &s.keys, &s.rotated[1], shape.kv_heads),
        ];
        parts.map(|(norm, x, y, heads)| {
            let Some(norm) = norm else { return x };
            let (runs, length) = match shape.query_key_norm {
                QueryKeyNorm::Heads => (tokens, heads * shape.head_dim),
                _ => (tokens * heads, shape.head_dim),
            };
            self.norm(series, norm, [x, y], runs, length);
            y
        })
    }

    fn feed(
        &self,
        series: &mut Series,
        layer: &Layer<GpuMatrix, wgpu::Buffer>,
        tokens: usize,
        s: &Scratch,
        from: &wgpu::Buffer,
    ) {
        let (width, hidden) = (self.shape.width, self.shape.hidden);
        for first in (0..tokens).step_by(s.chunk) {
            let count = s.chunk.min(tokens - first);
            let part = first..first + count;
            let offset = 4 * (first * width) as u64;
            let (x, y) = (View::from(from, offset), View::from(&s.out, offset));
            let (gate, up) = (View::from(&s.gate, 0), View::from(&s.up, 0));
            if let Some(linear) = &layer.gate {
                self.project(series, linear, [x, gate], part.clone(), s);
            }
            self.project(series, &layer.up, [x, up], part.clone(), s);
            let kind = match self.shape.activation {
                Activation::Silu => 0,
                Activation::Gelu => 1,
                Activation::GeluErf => 2,
                Activation::Relu => 3,
                Activation::ReluSquared => 4,
            };
            let gated = usize::from(layer.gate.is_some());
            let settings = Settings::of(&[count * hidden, gated, kind]);
            let views = [gate, up];
            series.run_each(
                Kernel::Activate,
                Variant::default(),
                settings,
                &views,
                count * hidden,
            );
            self.project(series, &layer.down, [up, y], part, s);
        }
    }
}

/// Rows of a table for each of `tokens` indices.
fn rows(
    series: &mut Series,
    table: &GpuMatrix,
    index: &wgpu::Buffer,
    y: &wgpu::Buffer,
    tokens: usize,
    scale: f32,
    adds: bool,
) {
    for part in &table.parts {
        let settings = Settings::of(&[
            table.groups(),
            table.row_bytes,
            part.first,
            part.rows,
            tokens,
            usize::from(adds),
        ]);
        let views = [&part.buffer, index, y].map(View::from_buffer);
        let variant = Variant::of(table.kind, Tile::default());
        let count = tokens * table.groups();
        series.run_each(Kernel::Embed, variant, settings.and(scale), &views, count);
    }
}
