//! The forward pass on WebGPU, through wgpu: the same kernels in a browser and, natively, on Vulkan.
//! The order of things is that of [`super::cpu`]; each layer is handed to the device by itself, so
//! that no submission is long enough for a watchdog.

mod adapter;
mod device;
mod head;
mod kernel;
mod layers;
mod layout;
mod matrix;
mod measure;
mod unroll;

pub use device::{Gpu, GpuError};
pub use kernel::Tile;
pub use measure::{Measured, TILES, tiles};
use serde::{Deserialize, Serialize};

use super::arch::{Rotary, Shape};
use super::batch::{Batch, TokenScore};
use super::encoder::{Embed, Hidden};
use super::model::{Model, ModelError};
use super::scoring::{Backend, Pass};
use super::store::Store;
use super::weights;
use super::weights::{NormWeights, Weights};
use adapter::Acting;
use matrix::{GpuMatrix, Uploader};
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
    /// Bytes of an adapter beside them.
    attached: u64,
    /// Most bytes that a batch took beside them.
    working: u64,
}

/// Why a model is not on the GPU.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
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
    rotated: [wgpu::Buffer; 2],
    heads: wgpu::Buffer,
    out: wgpu::Buffer,
    gate: wgpu::Buffer,
    up: wgpu::Buffer,
    positions: wgpu::Buffer,
    spans: wgpu::Buffer,
    acting: Option<Acting>,
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
    /// When a tensor is missing, has another shape or can't be read, or the device fails.
    pub async fn of(
        gpu: Rc<Gpu>,
        store: &Store,
        shape: &Shape,
        parameters: u64,
        known: Option<Measured>,
        progress: impl FnMut(u64),
    ) -> Result<Self, LoadError> {
        let shape = shape.clone();
        gpu.take_allocated();
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
        let resident = gpu.take_allocated();
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
            attached: 0,
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
        self.resident + self.attached + self.working
    }

    async fn run(&mut self, batch: &Batch) -> Result<Vec<TokenScore>, GpuError> {
        self.gpu.check()?;
        self.gpu.take_allocated();
        let scores = self.pass(batch).await;
        self.working = self.working.max(self.gpu.take_allocated());
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

    /// The hidden state of each of the batch's tokens after the first layers, as many as are asked for.
    async fn hidden(&mut self, batch: &Batch, layers: usize) -> Result<Vec<f32>, GpuError> {
        self.gpu.check()?;
        self.gpu.take_allocated();
        let scratch = self.scratch(batch)?;
        self.layers(batch, &scratch, layers);
        let bytes = 4 * (batch.len() * self.shape.width) as u64;
        let bytes = self.gpu.read(&scratch.x, bytes).await?;
        self.working = self.working.max(self.gpu.take_allocated());
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
        let spans: Vec<u32> = (0..tokens)
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
            rotated: [floats(query), floats(key)],
            heads: floats(query),
            out: floats(tokens * shape.width),
            gate: floats(chunk * shape.hidden),
            up: floats(chunk * shape.hidden),
            positions: self.gpu.numbers(&batch.positions),
            spans: self.gpu.numbers(&spans),
            acting: self.acting(batch),
            chunk,
        })
    }
}

impl Backend for GpuBackend {
    fn forward<'a>(&'a mut self, batch: &'a Batch) -> Pass<'a> {
        Box::pin(async move {
            let outcome = self.run(batch).await;
            Ok(outcome?)
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
            Ok(outcome?)
        })
    }

    fn tokens_at_once(&self) -> usize {
        self.batch_tokens
    }
}
