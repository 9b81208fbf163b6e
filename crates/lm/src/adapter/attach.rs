//! Puts an adapter's updates to the matrices that they belong to.

use super::{Adapter, LowRank, Update};
use crate::arch::Shape;
use crate::weights::{Linear, Weights};

/// The rows of an update from `first` on, for a base whose fused matrix is loaded in parts.
fn slice(update: &Update, first: usize, rows: usize) -> Update {
    let rank = update.rank;
    Update {
        b: update.b[first * rank..][..rows * rank].to_vec(),
        rows,
        ..update.clone()
    }
}

/// Where a matrix's update is: under its own name, or some rows of a fused matrix's.
struct Place<'a> {
    own: &'a str,
    fused: &'a str,
    /// Rows of the fused matrix before this one.
    before: usize,
    rows: usize,
}

impl Place<'_> {
    fn update(&self, adapter: &Adapter, layer: usize) -> Option<Update> {
        let of = |part: &str| adapter.update(&format!("blk.{layer}.{part}"));
        let own = of(self.own).filter(|update| update.rows == self.rows);
        let fused = || of(self.fused).filter(|update| update.rows > self.rows);
        own.cloned()
            .or_else(|| fused().map(|update| slice(update, self.before, self.rows)))
    }
}

/// Gives every matrix of the layers its update, laid out by `lay`, or takes the updates away where there is no adapter.
pub(crate) fn attach<M, V>(
    weights: &mut Weights<M, V>,
    shape: &Shape,
    adapter: Option<&Adapter>,
    mut lay: impl FnMut(Update) -> LowRank<V>,
) {
    let (query, key, hidden) = (shape.query_width(), shape.key_width(), shape.hidden);
    let qkv = |own, before, rows| Place {
        own,
        fused: "attn_qkv",
        before,
        rows,
    };
    let up = |own, before| Place {
        own,
        fused: "ffn_up",
        before,
        rows: hidden,
    };
    let alone = |own| Place {
        own,
        fused: own,
        before: 0,
        rows: shape.width,
    };
    for (index, layer) in weights.layers.iter_mut().enumerate() {
        let mut give = |linear: &mut Linear<M, V>, place: Place| {
            let update = adapter.and_then(|adapter| place.update(adapter, index));
            linear.update = update.map(&mut lay);
        };
        give(&mut layer.query, qkv("attn_q", 0, query));
        give(&mut layer.key, qkv("attn_k", query, key));
        give(&mut layer.value, qkv("attn_v", query + key, key));
        give(&mut layer.output, alone("attn_output"));
        if let Some(gate) = &mut layer.gate {
            give(gate, up("ffn_gate", 0));
        }
        give(&mut layer.up, up("ffn_up", hidden));
        give(&mut layer.down, alone("ffn_down"));
    }
}
