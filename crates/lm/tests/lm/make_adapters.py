"""Writes adapters.json and adapters/: tiny random models as GGUF files, LoRA adapters for them as PEFT saves them and
as GGUF files, and the log-probabilities that transformers and PEFT give in float32, with the adapter beside the
model and merged into it.

    pip install torch==2.15.0 transformers==5.24.0 peft==0.21.2 gguf==0.19.0
    python3 make_adapters.py

The matrices of a model are rounded to what its GGUF file holds before anything is computed, so that both sides have
the same numbers. Names and the order of rows are those of llama.cpp's convert_hf_to_gguf.py and
convert_lora_to_gguf.py.
"""

import copy
import json
import shutil
from importlib.metadata import version
from pathlib import Path

import gguf
import numpy as np
import torch
from peft import LoraConfig, get_peft_model
from peft.tuners.lora import LoraLayer
from safetensors.torch import load_file, save_file
from transformers import AutoModelForCausalLM, Gemma2Config, GPT2Config, LlamaConfig, Phi3Config, Qwen2Config

HERE = Path(__file__).parent
OUT = HERE / "adapters"
VOCABULARY, LAYERS, TOKENS = 64, 2, 20
STRENGTHS = [1.0, 0.5, 0.0]
SIZES = dict(vocab_size=VOCABULARY, hidden_size=32, intermediate_size=64, num_hidden_layers=LAYERS,
             num_attention_heads=4, num_key_value_heads=2, max_position_embeddings=64, pad_token_id=0,
             bos_token_id=1, eos_token_id=2, tie_word_embeddings=False)
# Adapters that are saved with fewer bits.
HALVES = {"qwen2": torch.bfloat16, "gpt2": torch.float16}
F16, Q8_0 = gguf.GGMLQuantizationType.F16, gguf.GGMLQuantizationType.Q8_0

USUAL = {
    "self_attn.q_proj": "attn_q", "self_attn.k_proj": "attn_k", "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output", "mlp.gate_proj": "ffn_gate", "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down", "input_layernorm": "attn_norm", "post_attention_layernorm": "ffn_norm",
}
PHI3 = USUAL | {"self_attn.qkv_proj": "attn_qkv", "mlp.gate_up_proj": "ffn_up"}
GEMMA2 = USUAL | {"post_attention_layernorm": "post_attention_norm", "pre_feedforward_layernorm": "ffn_norm",
                  "post_feedforward_layernorm": "post_ffw_norm"}
GPT2 = {"attn.c_attn": "attn_qkv", "attn.c_proj": "attn_output", "mlp.c_fc": "ffn_up", "mlp.c_proj": "ffn_down",
        "ln_1": "attn_norm", "ln_2": "ffn_norm"}
OUTSIDE = {"model.embed_tokens": "token_embd", "model.norm": "output_norm", "lm_head": "output",
           "transformer.wte": "token_embd", "transformer.wpe": "position_embd", "transformer.ln_f": "output_norm"}

EVERY = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
CASES = [
    # Grouped queries, whose rows and those of keys llama.cpp has in another order; a quantised base.
    ("llama", LlamaConfig(**SIZES), USUAL, Q8_0,
     dict(r=4, lora_alpha=8, target_modules=EVERY, rank_pattern={"k_proj": 2, "layers.1.mlp.down_proj": 6})),
    ("qwen2", Qwen2Config(**SIZES), USUAL, F16,
     dict(r=3, lora_alpha=5, use_rslora=True, target_modules=["q_proj", "k_proj", "up_proj"])),
    ("gpt2", GPT2Config(vocab_size=VOCABULARY, n_embd=32, n_layer=LAYERS, n_head=4, n_positions=64, bos_token_id=1,
                        eos_token_id=2, n_inner=64), GPT2, F16,
     dict(r=4, lora_alpha=4, fan_in_fan_out=True, target_modules=["c_attn", "c_proj", "c_fc"])),
    ("phi3", Phi3Config(**SIZES), PHI3, F16,
     dict(r=5, lora_alpha=10, target_modules=["qkv_proj", "o_proj", "gate_up_proj", "down_proj"],
          alpha_pattern={"qkv_proj": 3, "model.layers.1.mlp.gate_up_proj": 16})),
    ("gemma2", Gemma2Config(**SIZES | dict(tie_word_embeddings=True), head_dim=8, query_pre_attn_scalar=8), GEMMA2, F16,
     dict(r=2, lora_alpha=4, use_rslora=True, target_modules=EVERY, rank_pattern={"o_proj": 4},
          alpha_pattern={"v_proj": 3})),
]


def permuted(rows, heads):
    """LlamaModel.permute of convert_hf_to_gguf.py."""
    return rows.reshape(heads, 2, rows.shape[0] // heads // 2, *rows.shape[1:]).swapaxes(1, 2).reshape(rows.shape)


def heads_of(family, config, name):
    """The heads of a matrix whose rows are permuted."""
    part = name.rsplit(".", 1)[-1]
    if family != "llama":
        return None
    return {"attn_q": config.num_attention_heads, "attn_k": config.num_key_value_heads}.get(part)


def gguf_name(names, module):
    for prefix in ["model.layers.", "transformer.h."]:
        if module.startswith(prefix):
            layer, part = module[len(prefix):].split(".", 1)
            return f"blk.{layer}.{names[part]}"
    return OUTSIDE[module]


def randomise(model, kind, generator):
    """Numbers that no layer can do without, as the file will hold them."""
    for name, parameter in model.named_parameters():
        noise = torch.randn(parameter.shape, generator=generator)
        if parameter.dim() == 1:
            parameter.data = parameter.data + 0.1 * noise
            continue
        numbers = (0.25 * noise).numpy()
        if kind == Q8_0:
            numbers = gguf.quants.dequantize(gguf.quants.quantize(numbers, kind), kind)
        parameter.data = torch.from_numpy(numbers.astype(np.float16).astype(np.float32) if kind == F16 else numbers)


def write_base(path, family, model, names, kind):
    config = model.config
    writer = gguf.GGUFWriter(path, family)
    writer.add_block_count(LAYERS)
    writer.add_context_length(64)
    writer.add_embedding_length(32)
    writer.add_feed_forward_length(64)
    writer.add_head_count(4)
    writer.add_head_count_kv(getattr(config, "num_key_value_heads", 4) if family != "gpt2" else 4)
    writer.add_key_length(8)
    writer.add_value_length(8)
    if family == "gpt2":
        writer.add_layer_norm_eps(config.layer_norm_epsilon)
    else:
        writer.add_layer_norm_rms_eps(config.rms_norm_eps)
        writer.add_rope_freq_base(10000.0)
    if family == "gemma2":
        writer.add_attn_logit_softcapping(config.attn_logit_softcapping)
        writer.add_final_logit_softcapping(config.final_logit_softcapping)
        writer.add_sliding_window(config.sliding_window)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list(["a", "b", "ab"] + [f"t{i}" for i in range(3, VOCABULARY)])
    writer.add_token_merges(["a b"])
    tied = model.get_output_embeddings().weight is model.get_input_embeddings().weight
    for name, parameter in model.named_parameters():
        module, ending = name.rsplit(".", 1)
        if tied and module == "lm_head":
            continue
        own = gguf_name(names, module)
        numbers = parameter.detach().numpy()
        if numbers.ndim == 1:
            if family == "gemma2":
                numbers = numbers + 1.0
            writer.add_tensor(f"{own}.{ending}", numbers.astype(np.float32))
            continue
        if any(part in module for part in ["c_attn", "c_proj", "c_fc"]):
            numbers = np.ascontiguousarray(numbers.T)
        heads = heads_of(family, config, own)
        if heads:
            numbers = np.ascontiguousarray(permuted(numbers, heads))
        writer.add_tensor(f"{own}.{ending}", gguf.quants.quantize(numbers, kind), raw_dtype=kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def write_adapter(path, family, config, names, layers, alpha):
    """One alpha for all, as convert_lora_to_gguf.py writes it."""
    writer = gguf.GGUFWriter(path, family)
    writer.add_type(gguf.GGUFType.ADAPTER)
    writer.add_string(gguf.Keys.Adapter.TYPE, "lora")
    writer.add_float32(gguf.Keys.Adapter.LORA_ALPHA, float(alpha))
    for module, layer in layers.items():
        own = gguf_name(names, module)
        a, b = (side["default"].weight.detach().numpy() for side in (layer.lora_A, layer.lora_B))
        heads = heads_of(family, config, own)
        if heads:
            b = np.ascontiguousarray(permuted(b, heads))
        writer.add_tensor(f"{own}.weight.lora_a", a)
        writer.add_tensor(f"{own}.weight.lora_b", b)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def logprobs(model, ids):
    with torch.no_grad():
        logits = model(input_ids=torch.tensor([ids]), use_cache=False).logits[0]
    rows = torch.log_softmax(logits.float(), dim=-1)
    return [round(rows[i, ids[i + 1]].item(), 6) for i in range(len(ids) - 1)]


def lora_layers(model):
    prefix = "base_model.model."
    return {name.removeprefix(prefix): m for name, m in model.named_modules() if isinstance(m, LoraLayer)}


shutil.rmtree(OUT, ignore_errors=True)
OUT.mkdir()
gold = {"tools": {n: version(n) for n in ["torch", "transformers", "peft", "gguf"]}, "models": []}
for number, (family, config, names, kind, lora) in enumerate(CASES):
    generator = torch.Generator().manual_seed(number + 1)
    torch.manual_seed(number)
    base = AutoModelForCausalLM.from_config(config, attn_implementation="eager").float().eval()
    randomise(base, kind, generator)
    base.tie_weights()
    write_base(OUT / f"{family}.gguf", family, base, names, kind)
    ids = torch.randint(3, VOCABULARY, (TOKENS,), generator=generator).tolist()
    plain = logprobs(base, ids)
    tuned = get_peft_model(copy.deepcopy(base), LoraConfig(task_type="CAUSAL_LM", **lora)).eval()
    layers = lora_layers(tuned)
    for layer in layers.values():
        for side in (layer.lora_A, layer.lora_B):
            weight = side["default"].weight
            weight.data = 0.2 * torch.randn(weight.shape, generator=generator)
            if family in HALVES:
                weight.data = weight.data.to(HALVES[family]).float()
    folder = OUT / family
    tuned.save_pretrained(folder)
    (folder / "README.md").unlink(missing_ok=True)
    if family in HALVES:
        path = folder / "adapter_model.safetensors"
        save_file({name: t.to(HALVES[family]) for name, t in load_file(path).items()}, path)
    has_one_alpha = not any(key in lora for key in ["alpha_pattern", "use_rslora"])
    if has_one_alpha:
        write_adapter(folder / "adapter.gguf", family, config, names, layers, lora["lora_alpha"])
    scales = {name: layer.scaling["default"] for name, layer in layers.items()}
    strengths = []
    for strength in STRENGTHS:
        for name, layer in layers.items():
            layer.scaling["default"] = strength * scales[name]
        beside = logprobs(tuned, ids)
        merged = logprobs(copy.deepcopy(tuned).merge_and_unload(), ids)
        strengths.append({"strength": strength, "peft": beside, "merged": merged})
    assert max(abs(a - b) for a, b in zip(strengths[-1]["peft"], plain)) == 0.0
    gold["models"].append({"name": family, "ids": ids, "gguf_adapter": has_one_alpha, "strengths": strengths})
    apart = max(abs(a - b) for a, b in zip(strengths[0]["peft"], plain))
    print(family, {name: layer.r["default"] for name, layer in layers.items()}, f"moves by {apart:.3f}")
(HERE / "adapters.json").write_text(json.dumps(gold, indent=1) + "\n")
