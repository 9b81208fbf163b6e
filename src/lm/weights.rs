//! The weights of a model in the shape that every backend walks through: one structure for all
//! families, in which a part that a family lacks is absent. Matrices are whatever the backend makes
//! of a tensor's rows; vectors are plain numbers.

use super::gguf::TensorInfo;
use super::model::{Model, ModelError};
use super::quant::unpack_row;

/// A matrix with a bias.
pub struct Linear<M> {
    /// The matrix: a row for each output.
    pub weight: M,
    /// What is added.
    pub bias: Option<Vec<f32>>,
}

/// A norm's weights.
pub struct NormWeights {
    /// What the normalised numbers are multiplied by.
    pub weight: Vec<f32>,
    /// What is added.
    pub bias: Option<Vec<f32>>,
}

/// A layer.
pub struct Layer<M> {
    /// Before attention.
    pub attention_norm: NormWeights,
    /// To queries.
    pub query: Linear<M>,
    /// To keys.
    pub key: Linear<M>,
    /// To values.
    pub value: Linear<M>,
    /// Of each head's queries.
    pub query_norm: Option<NormWeights>,
    /// Of each head's keys.
    pub key_norm: Option<NormWeights>,
    /// From heads back to the width.
    pub output: Linear<M>,
    /// Behind attention.
    pub after_attention: Option<NormWeights>,
    /// Before the feed-forward block.
    pub feed_norm: NormWeights,
    /// The gate.
    pub gate: Option<Linear<M>>,
    /// Up to the hidden width.
    pub up: Linear<M>,
    /// And down again.
    pub down: Linear<M>,
    /// Behind the feed-forward block.
    pub after_feed: Option<NormWeights>,
}

/// All weights.
pub struct Weights<M> {
    /// A row for each token.
    pub embedding: M,
    /// A row for each position.
    pub positions: Option<M>,
    /// The layers.
    pub layers: Vec<Layer<M>>,
    /// Behind the last layer.
    pub output_norm: NormWeights,
    /// A row for each token, where it is not the embedding.
    pub output: Option<M>,
    /// What divides the frequencies of rotary positions.
    pub rotary_factors: Option<Vec<f32>>,
}

impl<M> Weights<M> {
    /// The matrix that gives logits.
    pub fn head(&self) -> &M {
        self.output.as_ref().unwrap_or(&self.embedding)
    }
}

/// What a backend makes of some rows of a tensor.
pub trait Upload {
    /// The backend's matrix.
    type Matrix;

    /// Takes `rows` rows from `first` on.
    fn upload(
        &mut self,
        model: &Model,
        info: &TensorInfo,
        first: usize,
        rows: usize,
    ) -> impl Future<Output = Result<Self::Matrix, ModelError>>;
}

/// A vector's numbers, if the tensor is there.
async fn vector(model: &Model, name: &str, length: usize) -> Result<Option<Vec<f32>>, ModelError> {
    let Some(info) = model.tensor(name) else {
        return Ok(None);
    };
    if info.columns() * info.rows() != length {
        return Err(ModelError::TensorShape {
            tensor: name.to_owned(),
            found: [info.columns(), info.rows()],
            expected: [length, 1],
        });
    }
    let bytes = model.read(info, 0, info.bytes() as usize).await?;
    let mut numbers = vec![0.0; length];
    unpack_row(info.kind, &bytes, &mut numbers);
    Ok(Some(numbers))
}

async fn norm(model: &Model, name: &str, length: usize) -> Result<Option<NormWeights>, ModelError> {
    let weight = vector(model, &format!("{name}.weight"), length).await?;
    let bias = vector(model, &format!("{name}.bias"), length).await?;
    Ok(weight.map(|weight| NormWeights { weight, bias }))
}

async fn needed_norm(model: &Model, name: &str, length: usize) -> Result<NormWeights, ModelError> {
    let norm = norm(model, name, length).await?;
    norm.ok_or_else(|| ModelError::MissingTensor(format!("{name}.weight")))
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
    model: &Model,
    upload: &mut U,
    part: Part<'_>,
) -> Result<Linear<U::Matrix>, ModelError> {
    let own = format!("{}.weight", part.name);
    let alone = model.tensor(&own).is_some_and(|i| i.rows() == part.rows);
    let (name, first, whole) = if alone {
        (part.name, 0, part.rows)
    } else {
        (part.fused, part.before, part.whole)
    };
    let info = model.matrix(&format!("{name}.weight"), part.columns, whole)?;
    let weight = upload.upload(model, info, first, part.rows).await?;
    let bias = vector(model, &format!("{name}.bias"), whole).await?;
    let bias = bias.map(|b| b[first..first + part.rows].to_vec());
    Ok(Linear { weight, bias })
}

async fn linear<U: Upload>(
    model: &Model,
    upload: &mut U,
    name: &str,
    columns: usize,
    rows: usize,
) -> Result<Linear<U::Matrix>, ModelError> {
    let whole = Part {
        name,
        fused: name,
        before: 0,
        whole: rows,
        columns,
        rows,
    };
    part(model, upload, whole).await
}

/// Loads all weights; `progress` is told the bytes done after each layer.
///
/// # Errors
/// When a tensor is missing or misshapen, or the file can't be read.
pub async fn load<U: Upload>(
    model: &Model,
    upload: &mut U,
    mut progress: impl FnMut(u64),
) -> Result<Weights<U::Matrix>, ModelError> {
    let shape = &model.shape;
    let info = model.matrix("token_embd.weight", shape.width, shape.vocabulary)?;
    let mut done = info.bytes();
    let embedding = upload.upload(model, info, 0, shape.vocabulary).await?;
    progress(done);
    let positions = match model.tensor("position_embd.weight") {
        Some(info) if shape.rotary.is_none() => {
            let info = model.matrix("position_embd.weight", shape.width, info.rows())?;
            Some(upload.upload(model, info, 0, info.rows()).await?)
        }
        _ => None,
    };
    let mut layers = Vec::with_capacity(shape.layers);
    for i in 0..shape.layers {
        layers.push(layer(model, upload, i).await?);
        let prefix = format!("blk.{i}.");
        let own = model
            .gguf
            .tensors
            .iter()
            .filter(|(n, _)| n.starts_with(&prefix));
        done += own.map(|(_, info)| info.bytes()).sum::<u64>();
        progress(done);
    }
    let output = match model.tensor("output.weight") {
        Some(_) => {
            let info = model.matrix("output.weight", shape.width, shape.vocabulary)?;
            done += info.bytes();
            Some(upload.upload(model, info, 0, shape.vocabulary).await?)
        }
        None => None,
    };
    progress(done);
    let factors = shape
        .rotary
        .as_ref()
        .and_then(|r| Some((r.factors.as_ref()?, r.dimensions)));
    let rotary_factors = match factors {
        Some((name, dimensions)) => vector(model, name, dimensions / 2).await?,
        None => None,
    };
    Ok(Weights {
        embedding,
        positions,
        layers,
        output_norm: needed_norm(model, "output_norm", shape.width).await?,
        output,
        rotary_factors,
    })
}

async fn layer<U: Upload>(
    model: &Model,
    upload: &mut U,
    index: usize,
) -> Result<Layer<U::Matrix>, ModelError> {
    let shape = &model.shape;
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
        projections.push(part(model, upload, one).await?);
    }
    let (gate, up) = feed(model, upload, index).await?;
    let down = linear(model, upload, &name("ffn_down"), hidden, width).await?;
    let output = linear(model, upload, &name("attn_output"), query, width).await?;
    let mut next = projections.into_iter();
    let missing = || ModelError::MissingTensor(fused.clone());
    Ok(Layer {
        attention_norm: needed_norm(model, &name("attn_norm"), width).await?,
        query: next.next().ok_or_else(missing)?,
        key: next.next().ok_or_else(missing)?,
        value: next.next().ok_or_else(missing)?,
        query_norm: norm(model, &name("attn_q_norm"), shape.head).await?,
        key_norm: norm(model, &name("attn_k_norm"), shape.head).await?,
        output,
        after_attention: norm(model, &name("post_attention_norm"), width).await?,
        feed_norm: needed_norm(model, &name("ffn_norm"), width).await?,
        gate,
        up,
        down,
        after_feed: norm(model, &name("post_ffw_norm"), width).await?,
    })
}

type Feed<M> = (Option<Linear<M>>, Linear<M>);

/// Gate and up, which a family may have as one projection, the gate first.
async fn feed<U: Upload>(
    model: &Model,
    upload: &mut U,
    index: usize,
) -> Result<Feed<U::Matrix>, ModelError> {
    let (width, hidden) = (model.shape.width, model.shape.hidden);
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
    if !model.shape.gated {
        return Ok((None, linear(model, upload, &up, width, hidden).await?));
    }
    let gate = part(model, upload, half(&gate, 0)).await?;
    let up = part(model, upload, half(&up, hidden)).await?;
    Ok((Some(gate), up))
}
