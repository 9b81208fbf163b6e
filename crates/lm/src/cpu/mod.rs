//! The forward pass on the processor, in plain f32 loops: the reference that the kernels on the GPU
//! are held to, and the way out where there is no GPU. Natively the rows of a matrix are shared out
//! among threads; in the browser the loops are compiled to WebAssembly's 128-bit instructions.

mod adapter;
mod attention;
mod head;
mod matrix;

pub use matrix::{Matrix, dot};

use super::adapter::{Adapter, attach};
use super::arch::{Activation, Norm, NormPlace, QueryKeyNorm, Rotary, Shape};
use super::batch::{Batch, TokenScore};
use super::encoder::{Embed, Hidden};
use super::gguf::TensorInfo;
use super::model::{Model, ModelError};
use super::scoring::{Backend, Pass};
use super::store::Store;
use super::weights;
use super::weights::{Layer, Linear, NormWeights, Upload, Weights};

/// Tokens that go through at once: enough that a row is unpacked for many.
const BATCH_TOKENS: usize = 512;

/// A model in memory.
pub struct CpuBackend {
    shape: Shape,
    weights: Weights<Matrix, Vec<f32>>,
    rotary_factors: Option<Vec<f32>>,
}

struct Loader;

impl Upload for Loader {
    type Matrix = Matrix;
    type Vector = Vec<f32>;

    fn vector(&mut self, numbers: Vec<f32>) -> Vec<f32> {
        numbers
    }

    async fn upload(
        &mut self,
        store: &Store,
        info: &TensorInfo,
        first: usize,
        rows: usize,
    ) -> Result<Matrix, ModelError> {
        let row = info.row_bytes();
        let bytes = store.read(info, (first * row) as u64, rows * row).await?;
        Ok(Matrix::new(info.kind, info.columns(), rows, bytes))
    }
}

impl CpuBackend {
    /// Puts an adapter beside the weights, in place of the one before; without one, takes it away. It acts on the
    /// sequences of a batch that have a strength.
    pub fn attach(&mut self, adapter: Option<&Adapter>) {
        attach(&mut self.weights, &self.shape, adapter, |update| update);
    }

    /// Loads a model's weights; `progress` is told the bytes done.
    ///
    /// # Errors
    /// When a tensor is missing or misshapen, or the file can't be read.
    pub async fn load(model: &Model, progress: impl FnMut(u64)) -> Result<Self, ModelError> {
        Self::of(&model.store, &model.shape, progress).await
    }

    /// The same from tensors and what they make up.
    ///
    /// # Errors
    /// When a tensor is missing, has another shape, or can't be read.
    pub async fn of(
        store: &Store,
        shape: &Shape,
        progress: impl FnMut(u64),
    ) -> Result<Self, ModelError> {
        Ok(Self {
            shape: shape.clone(),
            weights: weights::load(store, shape, &mut Loader, progress).await?,
            rotary_factors: weights::rotary_factors(store, shape).await?,
        })
    }

    /// The hidden state of each of the batch's tokens after the first layers, as many as are asked for.
    #[must_use]
    pub fn hidden(&self, batch: &Batch, layers: usize) -> Vec<f32> {
        let mut x = self.embed(batch);
        for index in 0..layers.min(self.weights.layers.len()) {
            self.layer(batch, index, &mut x);
        }
        x
    }

    fn layer(&self, batch: &Batch, index: usize, x: &mut Vec<f32>) {
        let layer = &self.weights.layers[index];
        let (attention_norm, feed_norm) = (&layer.attention_norm, layer.feed_norm.as_ref());
        match self.shape.norm_place {
            NormPlace::PreNorm => {
                let normed = self.normed(x, attention_norm);
                let out = self.attend(batch, index, layer, &normed);
                self.join(layer.after_attention.as_ref(), &out, x);
                let normed = self.maybe_normed(x, feed_norm);
                let out = self.feed(batch, layer, &normed);
                self.join(layer.after_feed.as_ref(), &out, x);
            }
            NormPlace::PostNorm => {
                let out = self.attend(batch, index, layer, x);
                self.join(None, &out, x);
                *x = self.normed(x, attention_norm);
                let out = self.feed(batch, layer, x);
                self.join(None, &out, x);
                *x = self.maybe_normed(x, feed_norm);
            }
            NormPlace::OutputNorm => {
                let out = self.attend(batch, index, layer, x);
                self.join(Some(attention_norm), &out, x);
                let out = self.feed(batch, layer, x);
                self.join(feed_norm, &out, x);
            }
            NormPlace::Parallel => {
                let normed = self.normed(x, attention_norm);
                let out = self.attend(batch, index, layer, &normed);
                let normed = feed_norm.map_or(normed, |norm| self.normed(x, norm));
                self.join(None, &out, x);
                let out = self.feed(batch, layer, &normed);
                self.join(None, &out, x);
            }
        }
    }

    /// Adds a block's result, normalised where the family has it so, to what went in.
    fn join(&self, norm: Option<&NormWeights<Vec<f32>>>, out: &[f32], x: &mut [f32]) {
        let normed = norm.map(|norm| self.normed(out, norm));
        let scale = self.shape.residual_scale;
        for (x, out) in x.iter_mut().zip(normed.as_deref().unwrap_or(out)) {
            *x += scale * out;
        }
    }

    fn maybe_normed(&self, x: &[f32], norm: Option<&NormWeights<Vec<f32>>>) -> Vec<f32> {
        norm.map_or_else(|| x.to_vec(), |norm| self.normed(x, norm))
    }

    /// The scores of a batch's targets, in the order of [`Batch::scored`].
    pub fn run(&self, batch: &Batch) -> Vec<TokenScore> {
        let shape = &self.shape;
        let width = shape.width;
        let x = self.hidden(batch, shape.layers);
        let scored: Vec<usize> = batch.scored().collect();
        let rows: Vec<f32> = scored
            .iter()
            .flat_map(|&i| x[i * width..(i + 1) * width].iter().copied())
            .collect();
        let norm = self.weights.output_norm.as_ref();
        let rows = match norm {
            Some(norm) => self.normed(&rows, norm),
            None => rows,
        };
        let targets: Vec<u32> = scored.iter().map(|&i| batch.targets[i]).collect();
        head::score(self.weights.head(), &rows, &targets, shape.logit_cap)
    }

    fn embed(&self, batch: &Batch) -> Vec<f32> {
        let width = self.shape.width;
        let mut x = vec![0.0; batch.len() * width];
        let mut row = vec![0.0; width];
        for (i, out) in x.chunks_exact_mut(width).enumerate() {
            self.weights.embedding.unpack(batch.tokens[i] as usize, out);
            out.iter_mut()
                .for_each(|x| *x *= self.shape.embedding_scale);
            if let Some(positions) = &self.weights.positions {
                positions.unpack(batch.positions[i] as usize, &mut row);
                add(out, &row);
            }
            if let Some(token_types) = &self.weights.token_types {
                token_types.unpack(0, &mut row);
                add(out, &row);
            }
        }
        let norm = self.weights.embedding_norm.as_ref();
        match norm {
            Some(norm) => self.normed(&x, norm),
            None => x,
        }
    }

    fn normed(&self, x: &[f32], norm: &NormWeights<Vec<f32>>) -> Vec<f32> {
        normed(x, norm, self.shape.norm, self.shape.epsilon)
    }

    fn attend(
        &self,
        batch: &Batch,
        index: usize,
        layer: &Layer<Matrix, Vec<f32>>,
        x: &[f32],
    ) -> Vec<f32> {
        let shape = &self.shape;
        let mut queries = project(batch, &layer.query, x);
        let mut keys = project(batch, &layer.key, x);
        let values = project(batch, &layer.value, x);
        let normed = |x: &mut Vec<f32>, norm: &Option<NormWeights<Vec<f32>>>| {
            if let Some(norm) = norm {
                *x = self.normed(x, norm);
            }
        };
        let rotated_first = shape.query_key_norm == QueryKeyNorm::RotatedHead;
        if !rotated_first {
            normed(&mut queries, &layer.query_norm);
            normed(&mut keys, &layer.key_norm);
        }
        if let Some(rotary) = shape.rotary_of(index) {
            let factors = self.rotary_factors.as_deref();
            let frequencies = rotary.frequencies(factors);
            apply_rope(&mut queries, batch, shape.head_dim, rotary, &frequencies);
            apply_rope(&mut keys, batch, shape.head_dim, rotary, &frequencies);
        }
        if rotated_first {
            normed(&mut queries, &layer.query_norm);
            normed(&mut keys, &layer.key_norm);
        }
        let out = attention::attend(
            shape,
            batch,
            shape.window_of(index),
            [&queries, &keys, &values],
        );
        project(batch, &layer.output, &out)
    }

    fn feed(&self, batch: &Batch, layer: &Layer<Matrix, Vec<f32>>, x: &[f32]) -> Vec<f32> {
        let mut up = project(batch, &layer.up, x);
        let activation = self.shape.activation;
        match &layer.gate {
            Some(gate) => {
                for (u, g) in up.iter_mut().zip(project(batch, gate, x)) {
                    *u *= activated(activation, g);
                }
            }
            None => up.iter_mut().for_each(|u| *u = activated(activation, *u)),
        }
        project(batch, &layer.down, &up)
    }
}

impl Backend for CpuBackend {
    fn forward<'a>(&'a mut self, batch: &'a Batch) -> Pass<'a> {
        Box::pin(async move { Ok(self.run(batch)) })
    }

    fn batch_tokens(&self) -> usize {
        BATCH_TOKENS
    }
}

impl Embed for CpuBackend {
    fn embed<'a>(&'a mut self, batch: &'a Batch, layers: usize) -> Hidden<'a> {
        Box::pin(async move { Ok(self.hidden(batch, layers)) })
    }

    fn tokens_at_once(&self) -> usize {
        BATCH_TOKENS
    }
}

fn add(x: &mut [f32], y: &[f32]) {
    for (x, y) in x.iter_mut().zip(y) {
        *x += y;
    }
}

fn project(batch: &Batch, linear: &Linear<Matrix, Vec<f32>>, x: &[f32]) -> Vec<f32> {
    let mut out = linear.weight.multiply(x);
    if let Some(bias) = &linear.bias {
        for row in out.chunks_exact_mut(bias.len()) {
            add(row, bias);
        }
    }
    if let Some(update) = &linear.update {
        adapter::add_update(&mut out, x, update, &batch.strengths);
    }
    out
}

/// Normalises runs as long as the weights.
fn normed(x: &[f32], norm: &NormWeights<Vec<f32>>, kind: Norm, epsilon: f32) -> Vec<f32> {
    let length = norm.weight.len();
    let mut out = vec![0.0; x.len()];
    for (x, out) in x.chunks_exact(length).zip(out.chunks_exact_mut(length)) {
        let mean = match kind {
            Norm::Rms => 0.0,
            Norm::Layer => x.iter().sum::<f32>() / length as f32,
        };
        let square = x.iter().map(|x| (x - mean) * (x - mean)).sum::<f32>() / length as f32;
        let scale = 1.0 / (square + epsilon).sqrt();
        for (i, o) in out.iter_mut().enumerate() {
            *o = (x[i] - mean) * scale * norm.weight[i];
        }
        if let Some(bias) = &norm.bias {
            add(out, bias);
        }
    }
    out
}

/// Rotates every head's components by its token's position (rotary position embedding).
///
/// `x` is [tokens, heads, head_dim], as queries or as keys.
fn apply_rope(x: &mut [f32], batch: &Batch, head: usize, rotary: &Rotary, frequencies: &[f32]) {
    use super::arch::RopeStyle;
    let heads = x.len() / batch.len() / head;
    let half = rotary.dimensions / 2;
    for (i, x) in x.chunks_exact_mut(head).enumerate() {
        let position = batch.positions[i / heads] as f32;
        for (pair, frequency) in frequencies.iter().enumerate() {
            let (sin, cos) = (position * frequency).sin_cos();
            let (sin, cos) = (sin * rotary.magnitude, cos * rotary.magnitude);
            let (a, b) = match rotary.style {
                RopeStyle::Interleaved => (2 * pair, 2 * pair + 1),
                RopeStyle::Neox => (pair, pair + half),
            };
            (x[a], x[b]) = (x[a] * cos - x[b] * sin, x[a] * sin + x[b] * cos);
        }
    }
}

fn activated(activation: Activation, x: f32) -> f32 {
    match activation {
        Activation::Silu => x / (1.0 + (-x).exp()),
        Activation::Gelu => {
            const ROOT: f32 = 0.797_884_6;
            0.5 * x * (1.0 + (ROOT * x * (1.0 + 0.044715 * x * x)).tanh())
        }
        Activation::GeluErf => {
            let tail = statrs::function::erf::erf(f64::from(x) / std::f64::consts::SQRT_2);
            0.5 * x * (1.0 + tail as f32)
        }
        Activation::Relu => x.max(0.0),
        Activation::ReluSquared => x.max(0.0) * x.max(0.0),
    }
}
