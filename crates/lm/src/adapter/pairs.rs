//! The two matrices of each update, held against the base before any number is read.

use super::{AdapterError, Update};
use crate::arch::Shape;
use crate::gguf::{GgufError, TensorInfo};
use crate::model::Model;
use crate::quant::unpack_row;
use crate::source::Source;
use std::collections::BTreeMap;

/// A tensor of the adapter, by the name that its file has for it.
#[derive(Debug, Clone)]
pub(super) struct Half {
    pub name: String,
    pub info: TensorInfo,
}

/// Both matrices of an update, as far as they were found.
#[derive(Debug, Clone, Default)]
pub(super) struct Pair {
    pub a: Option<Half>,
    pub b: Option<Half>,
}

impl Pair {
    /// Both of them, of one rank.
    ///
    /// # Errors
    /// When one is missing, or the ranks differ. `name` is what the file calls the matrix.
    pub(super) fn both(self, name: &str) -> Result<(Half, Half), AdapterError> {
        let missing = |half| AdapterError::Half(format!("{name}.{half}"));
        let a = self.a.ok_or_else(|| missing("lora_A"))?;
        let b = self.b.ok_or_else(|| missing("lora_B"))?;
        for half in [&a, &b] {
            let is_matrix = half.info.shape.len() == 2 && half.info.shape.iter().all(|&n| n > 0);
            if !is_matrix {
                return Err(AdapterError::Half(format!("{} as a matrix", half.name)));
            }
        }
        let (expected, found) = (a.info.rows(), b.info.columns());
        if expected != found {
            let tensor = b.name;
            return Err(AdapterError::Rank {
                tensor,
                found,
                expected,
            });
        }
        Ok((a, b))
    }
}

/// Columns and rows of the matrices in a layer that an adapter may update, as the model's description has them.
fn size_of(shape: &Shape, part: &str) -> Option<[usize; 2]> {
    let (width, hidden) = (shape.width, shape.hidden);
    let (query, key) = (shape.query_width(), shape.key_width());
    Some(match part {
        "attn_q" => [width, query],
        "attn_k" | "attn_v" => [width, key],
        "attn_qkv" => [width, query + 2 * key],
        "attn_output" => [query, width],
        "ffn_gate" | "ffn_up" => [width, hidden],
        "ffn_down" => [hidden, width],
        _ => return None,
    })
}

/// Columns and rows of the base's matrix that a tensor updates. `name` is the matrix's GGUF name without `.weight`,
/// such as `blk.3.attn_q`.
///
/// # Errors
/// When the base has no such matrix.
pub(super) fn base_size(
    model: &Model,
    name: &str,
    tensor: &str,
) -> Result<[usize; 2], AdapterError> {
    let shape = &model.shape;
    let in_layer = || {
        let (layer, part) = name.strip_prefix("blk.")?.split_once('.')?;
        let layer: usize = layer.parse().ok()?;
        let [columns, rows] = size_of(shape, part).filter(|_| layer < shape.layers)?;
        let info = model.store.tensor(&format!("{name}.weight"))?;
        // A family may have the gate's rows before those of `ffn_up`.
        let is_fused = shape.gated && part == "ffn_up" && info.rows() == 2 * rows;
        Some([columns, if is_fused { 2 * rows } else { rows }])
    };
    in_layer().ok_or_else(|| AdapterError::Unknown {
        tensor: tensor.to_owned(),
        family: shape.family.to_owned(),
        layers: shape.layers,
    })
}

/// Reads one update. Its matrices must have the columns and rows of the base's before a number of them is read.
///
/// # Errors
/// When they have not, the file can't be read, or a number is not finite.
pub(super) async fn update(
    source: &dyn Source,
    (a, b): (&Half, &Half),
    [columns, rows]: [usize; 2],
    scale: f32,
) -> Result<Update, AdapterError> {
    for (half, found, expected) in [(a, a.info.columns(), columns), (b, b.info.rows(), rows)] {
        if found != expected {
            return Err(AdapterError::Shape {
                tensor: half.name.clone(),
                found,
                expected,
            });
        }
    }
    if !scale.is_finite() {
        return Err(AdapterError::NotFinite(format!("the scale of {}", a.name)));
    }
    Ok(Update {
        a: numbers(source, a).await?,
        b: numbers(source, b).await?,
        rank: a.info.rows(),
        columns,
        rows,
        scale,
    })
}

async fn numbers(source: &dyn Source, half: &Half) -> Result<Vec<f32>, AdapterError> {
    let info = &half.info;
    let bytes = source.read(info.offset, info.bytes() as usize).await?;
    let mut numbers = vec![0.0; info.columns() * info.rows()];
    unpack_row(info.kind, &bytes, &mut numbers);
    match numbers.iter().all(|n| n.is_finite()) {
        true => Ok(numbers),
        false => Err(AdapterError::NotFinite(half.name.clone())),
    }
}

/// Updates by the GGUF names of their matrices.
pub(super) type Updates = BTreeMap<String, Update>;

/// Takes an update in.
///
/// # Errors
/// When its matrix has one already.
pub(super) fn insert(
    updates: &mut Updates,
    name: String,
    update: Update,
) -> Result<(), AdapterError> {
    match updates.insert(name.clone(), update) {
        Some(_) => Err(GgufError::Repeated(name).into()),
        None => Ok(()),
    }
}
