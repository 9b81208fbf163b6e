//! The modules of transformers' models, which PEFT names, and the matrices of a GGUF file that hold their weights.

use crate::arch::Shape;

/// A module within a layer, and its matrix.
type Part = (&'static str, &'static str);

const USUAL: &[Part] = &[
    ("self_attn.q_proj", "attn_q"),
    ("self_attn.k_proj", "attn_k"),
    ("self_attn.v_proj", "attn_v"),
    ("self_attn.o_proj", "attn_output"),
    ("mlp.gate_proj", "ffn_gate"),
    ("mlp.up_proj", "ffn_up"),
    ("mlp.down_proj", "ffn_down"),
];

const PHI3: &[Part] = &[
    ("self_attn.qkv_proj", "attn_qkv"),
    ("self_attn.o_proj", "attn_output"),
    ("mlp.gate_up_proj", "ffn_up"),
    ("mlp.down_proj", "ffn_down"),
];

const GPT2: &[Part] = &[
    ("attn.c_attn", "attn_qkv"),
    ("attn.c_proj", "attn_output"),
    ("mlp.c_fc", "ffn_up"),
    ("mlp.c_proj", "ffn_down"),
];

/// Families by their names in GGUF files, with the modules of their layers.
const FAMILIES: &[(&str, &[Part])] = &[
    ("llama", USUAL),
    ("qwen2", USUAL),
    ("qwen3", USUAL),
    ("gemma2", USUAL),
    ("gemma3", USUAL),
    ("phi3", PHI3),
    ("gpt2", GPT2),
];

/// What stands before a layer's number, PEFT's own prefix taken off. The last two are of Gemma 3's models that read
/// pictures too, whose vision layers have other names.
const LAYERS: [&str; 6] = [
    "model.layers.",
    "layers.",
    "transformer.h.",
    "h.",
    "model.language_model.layers.",
    "language_model.model.layers.",
];

/// Whether modules of this family are known by name.
pub(super) fn is_known(family: &str) -> bool {
    FAMILIES.iter().any(|(name, _)| *name == family)
}

/// The GGUF name of a module's matrix, without `.weight`: `blk.3.attn_q` for `model.layers.3.self_attn.q_proj`.
pub(super) fn matrix_of(family: &str, module: &str) -> Option<String> {
    let (_, parts) = FAMILIES.iter().find(|(name, _)| *name == family)?;
    let rest = LAYERS
        .iter()
        .find_map(|layers| module.strip_prefix(layers))?;
    let (layer, module) = rest.split_once('.')?;
    let layer: u32 = layer.parse().ok()?;
    let (_, part) = parts.iter().find(|(name, _)| *name == module)?;
    Some(format!("blk.{layer}.{part}"))
}

/// The heads whose rows `convert_hf_to_gguf.py` puts into another order, as it does with queries and keys of llama's
/// family: transformers rotates components i and i + half of a head together, llama.cpp 2i and 2i + 1.
pub(super) fn permuted_heads(shape: &Shape, matrix: &str) -> Option<usize> {
    match matrix.rsplit('.').next() {
        Some("attn_q") if shape.family == "llama" => Some(shape.heads),
        Some("attn_k") if shape.family == "llama" => Some(shape.kv_heads),
        _ => None,
    }
}

/// The rows of B in the order that the base's file has them in: within each head, row `i + half · size / 2` becomes
/// row `2 i + half`.
pub(super) fn permute_rows(b: &[f32], rank: usize, heads: usize) -> Vec<f32> {
    let head = b.len() / rank / heads;
    let mut out = vec![0.0; b.len()];
    for (row, numbers) in b.chunks_exact(rank).enumerate() {
        let (first, within) = (row / head * head, row % head);
        let (half, i) = (within / (head / 2), within % (head / 2));
        out[(first + 2 * i + half) * rank..][..rank].copy_from_slice(numbers);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_of_every_family_have_their_matrix() {
        for (family, module, matrix) in [
            ("llama", "model.layers.3.self_attn.q_proj", "blk.3.attn_q"),
            ("qwen2", "model.layers.11.mlp.down_proj", "blk.11.ffn_down"),
            (
                "gemma3",
                "language_model.model.layers.0.mlp.gate_proj",
                "blk.0.ffn_gate",
            ),
            ("phi3", "model.layers.1.mlp.gate_up_proj", "blk.1.ffn_up"),
            ("gpt2", "transformer.h.1.attn.c_proj", "blk.1.attn_output"),
            ("gpt2", "transformer.h.1.mlp.c_proj", "blk.1.ffn_down"),
        ] {
            assert_eq!(matrix_of(family, module).as_deref(), Some(matrix));
        }
    }

    #[test]
    fn modules_outside_the_layers_of_text_have_none() {
        for module in [
            "lm_head",
            "model.embed_tokens",
            "model.layers.-1.self_attn.q_proj",
            "vision_tower.vision_model.encoder.layers.0.self_attn.q_proj",
            "model.layers.0.self_attn.qkv_proj",
        ] {
            assert_eq!(matrix_of("llama", module), None, "{module}");
        }
    }

    /// `LlamaModel.permute` of convert_hf_to_gguf.py: reshape(heads, 2, size / heads / 2, …).swapaxes(1, 2).
    #[test]
    fn rows_of_a_head_are_interleaved() {
        let b: Vec<f32> = (0..16).map(|n| n as f32).collect();
        let rows = permute_rows(&b, 1, 2);
        let expected = [0, 4, 1, 5, 2, 6, 3, 7, 8, 12, 9, 13, 10, 14, 11, 15];
        assert_eq!(rows, expected.map(|n| n as f32));
    }
}
