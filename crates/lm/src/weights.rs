//! The weights of a model in the shape that every backend walks through: one structure for all
//! families, in which a part that a family lacks is absent. Matrices are whatever the backend makes
//! of a tensor's rows; vectors are plain numbers.

mod norms;

use super::adapter::LowRank;
use super::arch::{NormPlace, QueryKeyNorm, Shape};
use super::gguf::TensorInfo;
use super::model::ModelError;
use super::quant::unpack_row;
use super::store::Store;
use norms::{norm, norms, scaled_norm};

/// A matrix with a bias.
pub struct Linear<M, V> {
    /// The matrix: a row for each output.
    pub weight: M,
    /// What is added.
    pub bias: Option<V>,
    /// What an adapter adds.
    pub update: Option<LowRank<V>>,
}

/// A norm's weights.
pub struct NormWeights<V> {
    /// What the normalised numbers are multiplied by.
    pub weight: V,
    /// What is added.
    pub bias: Option<V>,
}

/// A layer.
pub struct Layer<M, V> {
    /// Of attention's input or result, as [`NormPlace`] says.
    pub attention_norm: NormWeights<V>,
    /// To queries.
    pub query: Linear<M, V>,
    /// To keys.
    pub key: Linear<M, V>,
    /// To values.
    pub value: Linear<M, V>,
    /// Of queries.
    pub query_norm: Option<NormWeights<V>>,
    /// Of keys.
    pub key_norm: Option<NormWeights<V>>,
    /// From heads back to the width.
    pub output: Linear<M, V>,
    /// Behind attention.
    pub after_attention: Option<NormWeights<V>>,
    /// Of the feed-forward block's input or result; none where it reads attention's input.
    pub feed_norm: Option<NormWeights<V>>,
    /// The gate.
    pub gate: Option<Linear<M, V>>,
    /// Up to the hidden width.
    pub up: Linear<M, V>,
    /// And down again.
    pub down: Linear<M, V>,
    /// Behind the feed-forward block.
    pub after_feed: Option<NormWeights<V>>,
}

/// All weights.
pub struct Weights<M, V> {
    /// A row for each token.
    pub embedding: M,
    /// A row for each position.
    pub positions: Option<M>,
    /// A row for each kind of token, of which the first is added to all.
    pub token_types: Option<M>,
    /// Of what goes into the first layer.
    pub embedding_norm: Option<NormWeights<V>>,
    /// The layers.
    pub layers: Vec<Layer<M, V>>,
    /// Behind the last layer, where norms stand before the blocks.
    pub output_norm: Option<NormWeights<V>>,
    /// A row for each token, where it is not the embedding.
    pub output: Option<M>,
}

impl<M, V> Weights<M, V> {
    /// The matrix that gives logits.
    pub fn head(&self) -> &M {
        self.output.as_ref().unwrap_or(&self.embedding)
    }
}

/// What a backend makes of some rows of a tensor.
pub trait Upload {
    /// The backend's matrix.
    type Matrix;
    /// The backend's vector.
    type Vector;

    /// Takes a vector's numbers.
    fn vector(&mut self, numbers: Vec<f32>) -> Self::Vector;

    /// Takes `rows` rows from `first` on.
    fn upload(
        &mut self,
        store: &Store,
        info: &TensorInfo,
        first: usize,
        rows: usize,
    ) -> impl Future<Output = Result<Self::Matrix, ModelError>>;
}

/// A vector's numbers, if the tensor is there.
///
/// # Errors
/// When it has another length, or the file can't be read.
pub async fn vector(
    store: &Store,
    name: &str,
    length: usize,
) -> Result<Option<Vec<f32>>, ModelError> {
    let Some(info) = store.tensor(name) else {
        return Ok(None);
    };
    if info.columns() * info.rows() != length {
        return Err(ModelError::TensorShape {
            tensor: name.to_owned(),
            found: [info.columns(), info.rows()],
            expected: [length, 1],
        });
    }
    let bytes = store.read(info, 0, info.bytes() as usize).await?;
    let mut numbers = vec![0.0; length];
    unpack_row(info.kind, &bytes, &mut numbers);
    Ok(Some(numbers))
}

/// What divides the frequencies of rotary positions, if the model has such a tensor.
///
/// # Errors
/// When it has another length, or the file can't be read.
pub async fn rotary_factors(store: &Store, shape: &Shape) -> Result<Option<Vec<f32>>, ModelError> {
    let rotary = shape.rotary.as_ref();
    match rotary.and_then(|r| Some((r.factors.as_ref()?, r.dimensions))) {
        Some((name, dimensions)) => vector(store, name, dimensions / 2).await,
        None => Ok(None),
    }
}

/// Part of a projection that a family may have fused with others.
struct Part<'a> {
    /// The projection's own name.
    name: &'a str,
    /// The name of the fused one.
    fused: &'a str,
    /// Rows of the fused one before this part.
    before: usize,
    /// Rows of all its parts.
    whole: usize,
    columns: usize,
    rows: usize,
}

async fn part<U: Upload>(
    store: &Store,
    upload: &mut U,
    part: Part<'_>,
) -> Result<Linear<U::Matrix, U::Vector>, ModelError> {
    let own = format!("{}.weight", part.name);
    let alone = store.tensor(&own).is_some_and(|i| i.rows() == part.rows);
    let (name, first, whole) = if alone {
        (part.name, 0, part.rows)
    } else {
        (part.fused, part.before, part.whole)
    };
    let info = store.matrix(&format!("{name}.weight"), part.columns, whole)?;
    let weight = upload.upload(store, info, first, part.rows).await?;
    let bias = vector(store, &format!("{name}.bias"), whole).await?;
    let bias = bias.map(|b| upload.vector(b[first..first + part.rows].to_vec()));
    Ok(Linear {
        weight,
        bias,
        update: None,
    })
}

async fn linear<U: Upload>(
    store: &Store,
    upload: &mut U,
    name: &str,
    columns: usize,
    rows: usize,
) -> Result<Linear<U::Matrix, U::Vector>, ModelError> {
    let whole = Part {
        name,
        fused: name,
        before: 0,
        whole: rows,
        columns,
        rows,
    };
    part(store, upload, whole).await
}

/// Loads all weights; `progress` is told the bytes done after each layer.
///
/// # Errors
/// When a tensor is missing or misshapen, or the file can't be read.
pub async fn load<U: Upload>(
    store: &Store,
    shape: &Shape,
    upload: &mut U,
    mut progress: impl FnMut(u64),
) -> Result<Weights<U::Matrix, U::Vector>, ModelError> {
    let info = store.matrix("token_embd.weight", shape.width, shape.vocabulary)?;
    let mut done = info.bytes();
    let embedding = upload.upload(store, info, 0, shape.vocabulary).await?;
    progress(done);
    let positions = match store.tensor("position_embd.weight") {
        Some(info) if shape.rotary.is_none() => {
            let info = store.matrix("position_embd.weight", shape.width, info.rows())?;
            Some(upload.upload(store, info, 0, info.rows()).await?)
        }
        _ => None,
    };
    let token_types = match store.tensor("token_types.weight") {
        Some(info) => {
            let info = store.matrix("token_types.weight", shape.width, info.rows())?;
            Some(upload.upload(store, info, 0, info.rows()).await?)
        }
        None => None,
    };
    let embedding_norm = norm(store, upload, "token_embd_norm", shape.width).await?;
    let output_norm = match shape.norm_place {
        NormPlace::PostNorm => None,
        _ => Some(scaled_norm(store, upload, "output_norm", shape.width, shape.logit_scale).await?),
    };
    let mut layers = Vec::with_capacity(shape.layers);
    for i in 0..shape.layers {
        layers.push(layer(store, shape, upload, i).await?);
        done += store.bytes_of(&format!("blk.{i}."));
        progress(done);
    }
    let output = match store.tensor("output.weight") {
        Some(_) => {
            let info = store.matrix("output.weight", shape.width, shape.vocabulary)?;
            done += info.bytes();
            Some(upload.upload(store, info, 0, shape.vocabulary).await?)
        }
        None => None,
    };
    progress(done);
    Ok(Weights {
        embedding,
        positions,
        token_types,
        embedding_norm,
        layers,
        output_norm,
        output,
    })
}

async fn layer<U: Upload>(
    store: &Store,
    shape: &Shape,
    upload: &mut U,
    index: usize,
) -> Result<Layer<U::Matrix, U::Vector>, ModelError> {
    let (width, hidden) = (shape.width, shape.hidden);
    let (query, key) = (shape.query_width(), shape.key_width());
    let name = |part: &str| format!("blk.{index}.{part}");
    let fused = name("attn_qkv");
    let of_fused = |before, rows| (before, rows, query + 2 * key);
    let mut projections = Vec::with_capacity(3);
    for (own, (before, rows, whole)) in [
        ("attn_q", of_fused(0, query)),
        ("attn_k", of_fused(query, key)),
        ("attn_v", of_fused(query + key, key)),
    ] {
        let own = name(own);
        let one = Part {
            name: &own,
            fused: &fused,
            before,
            whole,
            columns: width,
            rows,
        };
        projections.push(part(store, upload, one).await?);
    }
    let (gate, up) = feed(store, shape, upload, index).await?;
    let down = linear(store, upload, &name("ffn_down"), hidden, width).await?;
    let output = linear(store, upload, &name("attn_output"), query, width).await?;
    let mut next = projections.into_iter();
    let missing = || ModelError::MissingTensor(fused.clone());
    let norms = norms(store, shape, upload, index).await?;
    let [query_run, key_run] = match shape.query_key_norm {
        QueryKeyNorm::Head | QueryKeyNorm::RotatedHead => [shape.head_dim; 2],
        QueryKeyNorm::Heads => [query, key],
    };
    Ok(Layer {
        attention_norm: norms.attention,
        query: next.next().ok_or_else(missing)?,
        key: next.next().ok_or_else(missing)?,
        value: next.next().ok_or_else(missing)?,
        query_norm: norm(store, upload, &name("attn_q_norm"), query_run).await?,
        key_norm: norm(store, upload, &name("attn_k_norm"), key_run).await?,
        output,
        after_attention: norms.after_attention,
        feed_norm: norms.feed,
        gate,
        up,
        down,
        after_feed: norms.after_feed,
    })
}

type Feed<M, V> = (Option<Linear<M, V>>, Linear<M, V>);

/// Gate and up, which a family may have as one projection, the gate first.
async fn feed<U: Upload>(
    store: &Store,
    shape: &Shape,
    upload: &mut U,
    index: usize,
) -> Result<Feed<U::Matrix, U::Vector>, ModelError> {
    let (width, hidden) = (shape.width, shape.hidden);
    let (gate, up) = (
        format!("blk.{index}.ffn_gate"),
        format!("blk.{index}.ffn_up"),
    );
    let half = |name, before| Part {
        name,
        fused: &up,
        before,
        whole: 2 * hidden,
        columns: width,
        rows: hidden,
    };
    if !shape.gated {
        return Ok((None, linear(store, upload, &up, width, hidden).await?));
    }
    let gate = part(store, upload, half(&gate, 0)).await?;
    let up = part(store, upload, half(&up, hidden)).await?;
    Ok((Some(gate), up))
}
