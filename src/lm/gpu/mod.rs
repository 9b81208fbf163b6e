//! The forward pass on WebGPU, through wgpu: the same kernels in a browser and, natively, on Vulkan.
//! The order of things is that of [`super::cpu`]; each layer is handed to the device by itself, so
//! that no submission is long enough for a watchdog.

mod device;
mod head;
mod kernel;
mod layout;
mod matrix;
mod measure;
mod unroll;

pub use device::{Gpu, GpuError};
pub use kernel::Tile;
pub use measure::{Measured, TILES, tiles};

use super::arch::{Activation, Norm, NormPlace, Pairs, Rotary, Shape};
use super::batch::{Batch, TokenScore};
use super::encoder::{Embed, Hidden};
use super::model::{Model, ModelError};
use super::scoring::{Backend, Pass, ScoringError};
use super::store::Store;
use super::weights::{self, Layer, NormWeights, Weights};
use device::{Series, Settings, View};
use kernel::{Kernel, Variant};
use matrix::{GpuMatrix, Uploader, project};
use std::rc::Rc;

/// Seconds that a batch should take.
const BATCH_SECONDS: f64 = 3.0;

type Norms = NormWeights<wgpu::Buffer>;

/// A model in the device's memory.
pub struct GpuBackend {
    gpu: Rc<Gpu>,
    shape: Shape,
    weights: Weights<GpuMatrix, wgpu::Buffer>,
    rotary: Vec<Option<(Rotary, wgpu::Buffer)>>,
    tile: Tile,
    measured: Measured,
    batch_tokens: usize,
    /// Bytes of weights.
    resident: u64,
    /// Most bytes that a batch took beside them.
    working: u64,
}

/// Why a model is not on the GPU.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LoadError {
    /// The model can't be read.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// The GPU can't take it.
    #[error(transparent)]
    Gpu(#[from] GpuError),
}

/// Buffers for a batch.
struct Scratch {
    x: wgpu::Buffer,
    normed: wgpu::Buffer,
    queries: wgpu::Buffer,
    keys: wgpu::Buffer,
    values: wgpu::Buffer,
    turned: [wgpu::Buffer; 2],
    heads: wgpu::Buffer,
    out: wgpu::Buffer,
    gate: wgpu::Buffer,
    up: wgpu::Buffer,
    positions: wgpu::Buffer,
    places: wgpu::Buffer,
    /// Tokens that go through the feed-forward block at once.
    chunk: usize,
}

impl GpuBackend {
    /// Loads a model's weights; `progress` is told the bytes done. What was measured on the same
    /// adapter before need not be measured again.
    ///
    /// # Errors
    /// When a tensor can't be read, or the GPU can't take it.
    pub async fn load(
        gpu: Rc<Gpu>,
        model: &Model,
        known: Option<Measured>,
        progress: impl FnMut(u64),
    ) -> Result<Self, LoadError> {
        let (store, parameters) = (&model.store, model.parameters());
        Self::of(gpu, store, &model.shape, parameters, known, progress).await
    }

    /// The same from tensors and what they make up; `parameters` are the numbers that every token is
    /// multiplied with.
    ///
    /// # Errors
    /// The same.
    pub async fn of(
        gpu: Rc<Gpu>,
        store: &Store,
        shape: &Shape,
        parameters: u64,
        known: Option<Measured>,
        progress: impl FnMut(u64),
    ) -> Result<Self, LoadError> {
        let shape = shape.clone();
        gpu.take_asked();
        let weights = weights::load(store, &shape, &mut Uploader(&gpu), progress).await?;
        gpu.check()?;
        let factors = weights::rotary_factors(store, &shape).await?;
        let rotary = (0..shape.layers)
            .map(|layer| {
                let rotary = shape.rotary_of(layer)?.clone();
                let frequencies = gpu.numbers(&rotary.frequencies(factors.as_deref()));
                Some((rotary, frequencies))
            })
            .collect();
        let resident = gpu.take_asked();
        let measured = match known.filter(|k| k.adapter == gpu.name && k.is_valid()) {
            Some(known) => known,
            None => measure::fastest_tile(&gpu).await?,
        };
        let per_token = 2.0 * parameters as f64;
        let tokens = measured.flops * BATCH_SECONDS / per_token;
        Ok(Self {
            gpu,
            shape,
            weights,
            rotary,
            tile: measured.tile,
            measured,
            batch_tokens: (tokens as usize).clamp(32, 2048),
            resident,
            working: 0,
        })
    }

    /// What the adapter calls itself.
    pub fn adapter(&self) -> &str {
        &self.gpu.name
    }

    /// What was measured on the adapter.
    pub fn measured(&self) -> &Measured {
        &self.measured
    }

    /// Bytes of GPU memory that were asked for: the weights, and what the largest batch so far took.
    pub fn memory(&self) -> u64 {
        self.resident + self.working
    }

    async fn run(&mut self, batch: &Batch) -> Result<Vec<TokenScore>, GpuError> {
        self.gpu.check()?;
        self.gpu.take_asked();
        let scores = self.pass(batch).await;
        self.working = self.working.max(self.gpu.take_asked());
        scores
    }

    async fn pass(&self, batch: &Batch) -> Result<Vec<TokenScore>, GpuError> {
        let scratch = self.scratch(batch)?;
        self.layers(batch, &scratch, self.shape.layers);
        self.head(batch, &scratch).await
    }

    fn layers(&self, batch: &Batch, scratch: &Scratch, count: usize) {
        self.embed(batch, scratch);
        for index in 0..count.min(self.weights.layers.len()) {
            let mut series = self.gpu.begin();
            self.layer(&mut series, batch.len(), index, scratch);
            series.submit();
        }
    }

    /// The numbers of each of the batch's tokens behind so many layers.
    async fn hidden(&mut self, batch: &Batch, layers: usize) -> Result<Vec<f32>, GpuError> {
        self.gpu.check()?;
        self.gpu.take_asked();
        let scratch = self.scratch(batch)?;
        self.layers(batch, &scratch, layers);
        let bytes = 4 * (batch.len() * self.shape.width) as u64;
        let bytes = self.gpu.read(&scratch.x, bytes).await?;
        self.working = self.working.max(self.gpu.take_asked());
        let number = |b: &[u8; 4]| f32::from_le_bytes(*b);
        Ok(bytes.as_chunks::<4>().0.iter().map(number).collect())
    }

    fn scratch(&self, batch: &Batch) -> Result<Scratch, GpuError> {
        let shape = &self.shape;
        let tokens = batch.len();
        let widest = shape.width.max(shape.query_width());
        let limit = (self.gpu.binding_bytes() / 4) as usize;
        if tokens * widest > limit {
            return Err(GpuError::TooLong {
                tokens,
                limit: limit / widest,
            });
        }
        let floats = |n: usize| self.gpu.buffer(4 * n as u64);
        // Views of a part begin at multiples of 256 bytes.
        let chunk = match limit / shape.hidden / 64 * 64 {
            0 => tokens,
            most => tokens.min(most),
        };
        let places: Vec<u32> = (0..tokens)
            .flat_map(|i| {
                let [from, to] = batch.shared[i];
                [batch.starts[i], from, to, batch.positions[i]]
            })
            .collect();
        let (query, key) = (tokens * shape.query_width(), tokens * shape.key_width());
        Ok(Scratch {
            x: floats(tokens * shape.width),
            normed: floats(tokens * shape.width),
            queries: floats(query),
            keys: floats(key),
            values: floats(key),
            turned: [floats(query), floats(key)],
            heads: floats(query),
            out: floats(tokens * shape.width),
            gate: floats(chunk * shape.hidden),
            up: floats(chunk * shape.hidden),
            positions: self.gpu.numbers(&batch.positions),
            places: self.gpu.numbers(&places),
            chunk,
        })
    }

    fn embed(&self, batch: &Batch, scratch: &Scratch) {
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
            (&self.weights.kinds, &zeros),
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
            let settings = Settings::of(&[width, tokens, 0, 0]);
            let views = [
                self.gpu.nothing().into(),
                (&scratch.normed).into(),
                (&scratch.x).into(),
            ];
            let count = width * tokens;
            series.run_each(Kernel::Move, Variant::default(), settings, &views, count);
        }
        series.submit();
    }

    fn layer(&self, series: &mut Series, tokens: usize, index: usize, s: &Scratch) {
        let layer = &self.weights.layers[index];
        let width = self.shape.width;
        if self.shape.norm_place == NormPlace::Behind {
            self.attend(series, tokens, index, s, &s.x);
            self.join(series, None, tokens, s, &s.x);
            let there = [&s.x, &s.normed];
            self.norm(series, &layer.attention_norm, there, tokens, width);
            self.feed(series, layer, tokens, s);
            self.join(series, None, tokens, s, &s.normed);
            let back = [&s.normed, &s.x];
            self.norm(series, &layer.feed_norm, back, tokens, width);
            return;
        }
        let there = [&s.x, &s.normed];
        self.norm(series, &layer.attention_norm, there, tokens, width);
        self.attend(series, tokens, index, s, &s.normed);
        self.join(series, layer.after_attention.as_ref(), tokens, s, &s.x);
        self.norm(series, &layer.feed_norm, there, tokens, width);
        self.feed(series, layer, tokens, s);
        self.join(series, layer.after_feed.as_ref(), tokens, s, &s.x);
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
        let settings = Settings::of(&[width, tokens, 0, 1]);
        let views = [self.gpu.nothing().into(), result.into(), into.into()];
        series.run_each(
            Kernel::Move,
            Variant::default(),
            settings,
            &views,
            width * tokens,
        );
    }

    fn norm(
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
        let bias = norm.bias.as_ref().unwrap_or(self.gpu.nothing());
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
        project(
            series,
            &self.gpu,
            &layer.query,
            into(&s.queries),
            tokens,
            self.tile,
        );
        project(
            series,
            &self.gpu,
            &layer.key,
            into(&s.keys),
            tokens,
            self.tile,
        );
        project(
            series,
            &self.gpu,
            &layer.value,
            into(&s.values),
            tokens,
            self.tile,
        );
        let mut queries = &s.queries;
        if let Some(norm) = &layer.query_norm {
            self.norm(
                series,
                norm,
                [queries, &s.turned[0]],
                tokens * shape.heads,
                shape.head,
            );
            queries = &s.turned[0];
        }
        let mut keys = &s.keys;
        if let Some(norm) = &layer.key_norm {
            self.norm(
                series,
                norm,
                [keys, &s.turned[1]],
                tokens * shape.kv_heads,
                shape.head,
            );
            keys = &s.turned[1];
        }
        if let Some((rotary, frequencies)) = &self.rotary[index] {
            for (x, heads) in [(queries, shape.heads), (keys, shape.kv_heads)] {
                let pairs = rotary.dimensions / 2;
                let halves = usize::from(rotary.pairs == Pairs::Halves);
                let settings = Settings::of(&[heads, shape.head, pairs, tokens, halves]);
                let settings = settings.and(rotary.magnitude);
                let views = [(&s.positions).into(), frequencies.into(), x.into()];
                let count = tokens * heads * pairs;
                series.run_each(Kernel::Rotate, Variant::default(), settings, &views, count);
            }
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
        let views = [&s.places, queries, keys, &s.values, &s.heads].map(View::from_buffer);
        let count = tokens * shape.heads;
        series.run_each(
            Kernel::Attend,
            Variant::head(shape.head),
            settings,
            &views,
            count,
        );
        let through = [View::from(&s.heads, 0), View::from(&s.out, 0)];
        project(series, &self.gpu, &layer.output, through, tokens, self.tile);
    }

    fn feed(
        &self,
        series: &mut Series,
        layer: &Layer<GpuMatrix, wgpu::Buffer>,
        tokens: usize,
        s: &Scratch,
    ) {
        let (width, hidden) = (self.shape.width, self.shape.hidden);
        for first in (0..tokens).step_by(s.chunk) {
            let count = s.chunk.min(tokens - first);
            let offset = 4 * (first * width) as u64;
            let (x, y) = (View::from(&s.normed, offset), View::from(&s.out, offset));
            let (gate, up) = (View::from(&s.gate, 0), View::from(&s.up, 0));
            if let Some(linear) = &layer.gate {
                project(series, &self.gpu, linear, [x, gate], count, self.tile);
            }
            project(series, &self.gpu, &layer.up, [x, up], count, self.tile);
            let kind = match self.shape.activation {
                Activation::Silu => 0,
                Activation::Gelu => 1,
                Activation::GeluErf => 2,
                Activation::Relu => 3,
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
            project(series, &self.gpu, &layer.down, [up, y], count, self.tile);
        }
    }
}

impl Backend for GpuBackend {
    fn forward<'a>(&'a mut self, batch: &'a Batch) -> Pass<'a> {
        Box::pin(async move {
            let outcome = self.run(batch).await;
            outcome.map_err(|e| ScoringError::Backend(e.to_string()))
        })
    }

    fn batch_tokens(&self) -> usize {
        self.batch_tokens
    }
}

impl Embed for GpuBackend {
    fn embed<'a>(&'a mut self, batch: &'a Batch, layers: usize) -> Hidden<'a> {
        Box::pin(async move {
            let outcome = self.hidden(batch, layers).await;
            outcome.map_err(|e| ScoringError::Backend(e.to_string()))
        })
    }

    fn tokens_at_once(&self) -> usize {
        self.batch_tokens
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
