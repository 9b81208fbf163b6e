"""Log-probabilities of tiny models of every family, as transformers computes them in float32 on the processor.

    pip install torch transformers gguf
    python make_families.py                 # writes families.json
    python make_families.py --gguf FOLDER   # writes the models as GGUF files too

Nothing is trained: a tensor's numbers follow from its name (`numbers` here and in families.rs). They are made for
the tensors of the GGUF file and brought into the shapes of transformers by undoing what llama.cpp's converters
(conversion/*.py) do; names of tensors are those of gguf-py's maps, keys those of the converters."""

import json
import math
import sys
import warnings
from pathlib import Path

import gguf
import numpy as np
import torch
import transformers as tf

warnings.filterwarnings("ignore")
tf.logging.set_verbosity_error()

LAYERS, WIDTH, HIDDEN, HEADS, KV_HEADS, HEAD, VOCABULARY, CONTEXT = 4, 64, 96, 4, 2, 16, 128, 256
SIZE = dict(
    num_hidden_layers=LAYERS, hidden_size=WIDTH, intermediate_size=HIDDEN, num_attention_heads=HEADS,
    num_key_value_heads=KV_HEADS, vocab_size=VOCABULARY, max_position_embeddings=CONTEXT, pad_token_id=0,
    bos_token_id=1, eos_token_id=2, tie_word_embeddings=False, attn_implementation="eager",
)
IDS = [(i * i * 7 + i * 13 + 5) % VOCABULARY for i in range(40)]


def numbers(name, shape):
    """splitmix64 of the name's FNV-1a hash and the place, as a fraction of -1..1, scaled by what the tensor is."""
    seed = 0xCBF29CE484222325
    for byte in name.encode():
        seed = ((seed ^ byte) * 0x100000001B3) % 2**64
    with np.errstate(over="ignore"):
        z = np.uint64(seed) + np.uint64(0x9E3779B97F4A7C15) * np.arange(1, math.prod(shape) + 1, dtype=np.uint64)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z ^= z >> np.uint64(31)
    unit = (z >> np.uint64(40)).astype(np.float32) / np.float32(2**23) - np.float32(1)
    if "norm" in name and name.endswith("weight"):
        return (np.float32(1) + np.float32(0.25) * unit).reshape(shape)
    return (np.float32(0.25) * unit).reshape(shape)


def unpermuted(x, heads):
    """Undoes LlamaModel.permute of llama.cpp's converter."""
    return x.reshape(heads, x.shape[0] // heads // 2, 2, *x.shape[1:]).swapaxes(1, 2).reshape(x.shape)


class Case:
    """A model in transformers and what its GGUF file says."""

    def __init__(self, name, arch, model, config, metadata, permuted=False, plus_one=False, extra=None, names=None):
        self.name, self.arch, self.model, self.config = name, arch, model, config
        self.metadata, self.permuted, self.plus_one = metadata, permuted, plus_one
        self.extra, self.names = extra or {}, names or {}

    def run(self):
        arch = getattr(gguf.MODEL_ARCH, self.arch)
        family = gguf.MODEL_ARCH_NAMES[arch]
        names = gguf.get_tensor_name_map(arch, LAYERS)
        model = self.model(self.config).float().eval()
        tensors = {}
        state = {}
        with torch.no_grad():
            for key, parameter in model.named_parameters():
                renamed = key
                for old, new in self.names.items():
                    renamed = renamed.replace(old, new)
                stem = names.get_name(renamed, try_suffixes=(".weight", ".bias"))
                assert stem, f"{self.name}: {key}"
                shape = tuple(parameter.shape)
                transposed = isinstance(model, tf.GPT2LMHeadModel) and key.endswith("weight") and "c_" in key
                shape = shape[::-1] if transposed else shape
                x = numbers(stem, shape)
                tensors[stem] = list(shape)
                if self.permuted and "q_proj" in key:
                    x = unpermuted(x, HEADS)
                if self.permuted and "k_proj" in key:
                    x = unpermuted(x, KV_HEADS)
                if self.plus_one and "norm" in key and key.endswith("weight"):
                    x = x - np.float32(1)
                x = x.T if transposed else x
                parameter.copy_(torch.from_numpy(np.ascontiguousarray(x)))
                state[key] = parameter
            logits = model(torch.tensor([IDS])).logits[0].double()
        scores = torch.log_softmax(logits, -1)
        scores = scores[torch.arange(len(IDS) - 1), torch.tensor(IDS[1:])]
        metadata = {f"{family}.{key}": value for key, value in self.metadata.items()}
        given = {}
        for name, values in self.extra.items():
            given[name] = values
        return {
            "case": self.name,
            "family": family,
            "reference": self.model.__name__,
            "metadata": metadata,
            "tensors": tensors,
            "given": given,
            "logprobs": [round(x, 6) for x in scores.tolist()],
        }


def usual(epsilon=1e-5, base=10000.0, kv=KV_HEADS, norm="rms_", **more):
    more = {key.replace("__", "."): value for key, value in more.items()}
    return {
        "context_length": CONTEXT, "embedding_length": WIDTH, "block_count": LAYERS, "feed_forward_length": HIDDEN,
        "attention.head_count": HEADS, "attention.head_count_kv": kv, f"attention.layer_norm_{norm}epsilon": epsilon,
        "rope.freq_base": base, "rope.dimension_count": HEAD, **more,
    }


def rope(base=10000.0, **more):
    return dict(rope_theta=base, rope_type=more.pop("rope_type", "default"), **more)


def of(config, **more):
    return config(**{**SIZE, **more})


YARN = dict(rope_type="yarn", factor=4.0, original_max_position_embeddings=16)
YARN_KEYS = {"rope.scaling.type": "yarn", "rope.scaling.factor": 4.0, "rope.scaling.original_context_length": 16}
LONG = [1.0 + 0.5 * i for i in range(HEAD // 2)]
SHORT = [1.0 + 0.125 * i for i in range(HEAD // 2)]


def cases():
    llama = dict(rms_norm_eps=1e-5)
    yield Case("llama", "LLAMA", tf.LlamaForCausalLM, of(tf.LlamaConfig, **llama, rope_parameters=rope()), usual(), True)
    yield Case(
        "llama, positions scaled linearly", "LLAMA", tf.LlamaForCausalLM,
        of(tf.LlamaConfig, **llama, rope_parameters=rope(rope_type="linear", factor=2.0)),
        {**usual(), "rope.scaling.type": "linear", "rope.scaling.factor": 2.0}, True)
    factors = llama3_factors(10000.0, 8.0, 1.0, 4.0, 64)
    yield Case(
        "llama, positions scaled as Llama 3.1's", "LLAMA", tf.LlamaForCausalLM,
        of(tf.LlamaConfig, **llama, rope_parameters=rope(
            rope_type="llama3", factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0,
            original_max_position_embeddings=64)),
        usual(), True, extra={"rope_freqs.weight": factors})
    yield Case("qwen2", "QWEN2", tf.Qwen2ForCausalLM, of(tf.Qwen2Config, rms_norm_eps=1e-6, rope_parameters=rope(1e6)),
               usual(1e-6, 1e6))
    yield Case(
        "qwen2, positions scaled by YaRN", "QWEN2", tf.Qwen2ForCausalLM,
        of(tf.Qwen2Config, rms_norm_eps=1e-6, rope_parameters=rope(**YARN)), {**usual(1e-6), **YARN_KEYS})
    yield Case(
        "qwen3", "QWEN3", tf.Qwen3ForCausalLM,
        of(tf.Qwen3Config, rms_norm_eps=1e-6, head_dim=HEAD, rope_parameters=rope(1e6)),
        {**usual(1e-6, 1e6), "attention.key_length": HEAD, "attention.value_length": HEAD})
    gemma = dict(rms_norm_eps=1e-6, head_dim=HEAD, tie_word_embeddings=True)
    lengths = {"attention.key_length": HEAD, "attention.value_length": HEAD}
    yield Case(
        "gemma", "GEMMA", tf.GemmaForCausalLM,
        of(tf.GemmaConfig, **gemma, hidden_activation="gelu_pytorch_tanh", rope_parameters=rope()),
        {**usual(1e-6), **lengths}, plus_one=True)
    yield Case(
        "gemma2", "GEMMA2", tf.Gemma2ForCausalLM,
        of(tf.Gemma2Config, **gemma, sliding_window=7, query_pre_attn_scalar=HEAD, attn_logit_softcapping=5.0,
           final_logit_softcapping=3.0, rope_parameters=rope()),
        {**usual(1e-6), **lengths, "attention.sliding_window": 7, "attn_logit_softcapping": 5.0,
         "final_logit_softcapping": 3.0}, plus_one=True)
    kinds = ["full_attention" if (i + 1) % 6 == 0 else "sliding_attention" for i in range(LAYERS)]
    yield Case(
        "gemma3", "GEMMA3", tf.Gemma3ForCausalLM,
        of(tf.Gemma3TextConfig, **gemma, sliding_window=7, query_pre_attn_scalar=HEAD, layer_types=kinds,
           rope_parameters={"full_attention": rope(1e6), "sliding_attention": rope(10000.0)}),
        {**usual(1e-6, 1e6), **lengths, "attention.sliding_window": 7}, plus_one=True)
    phi3 = dict(rms_norm_eps=1e-5, sliding_window=None)
    yield Case("phi3", "PHI3", tf.Phi3ForCausalLM, of(tf.Phi3Config, **phi3, rope_parameters=rope()),
               {**usual(), "rope.scaling.original_context_length": CONTEXT})
    yield Case(
        "phi3, positions scaled by LongRoPE", "PHI3", tf.Phi3ForCausalLM,
        of(tf.Phi3Config, **phi3, original_max_position_embeddings=64, rope_parameters=rope(
            rope_type="longrope", long_factor=LONG, short_factor=SHORT, original_max_position_embeddings=64)),
        {**usual(), "rope.scaling.original_context_length": 64, "rope.scaling.type": "longrope",
         "rope.scaling.attn_factor": math.sqrt(1 + math.log(CONTEXT / 64) / math.log(64))},
        extra={"rope_factors_long.weight": LONG, "rope_factors_short.weight": SHORT})
    gpt2 = tf.GPT2Config(
        n_layer=LAYERS, n_embd=WIDTH, n_inner=HIDDEN, n_head=HEADS, vocab_size=VOCABULARY, n_positions=CONTEXT,
        attn_implementation="eager")
    keys = usual(kv=HEADS, norm="")
    yield Case("gpt2", "GPT2", tf.GPT2LMHeadModel, gpt2, {k: v for k, v in keys.items() if not k.startswith("rope")})
    yield Case(
        "mistral3", "MISTRAL3", tf.Ministral3ForCausalLM,
        of(tf.Ministral3Config, rms_norm_eps=1e-5, head_dim=HEAD, sliding_window=None, rope_parameters=rope(
            rope_type="yarn", factor=4.0, original_max_position_embeddings=64, beta_fast=32.0, beta_slow=1.0,
            mscale=1.0, mscale_all_dim=1.0, llama_4_scaling_beta=0.1)),
        {**usual(), **lengths, "rope.scaling.type": "yarn", "rope.scaling.factor": 4.0,
         "rope.scaling.original_context_length": 64, "rope.scaling.yarn_beta_fast": 32.0,
         "rope.scaling.yarn_beta_slow": 1.0, "rope.scaling.yarn_log_multiplier": 1.0,
         "attention.temperature_scale": 0.1}, True)
    yield Case(
        "smollm3", "SMOLLM3", tf.SmolLM3ForCausalLM,
        of(tf.SmolLM3Config, rms_norm_eps=1e-6, no_rope_layer_interval=4, use_sliding_window=False,
           rope_parameters=rope(2e6)), usual(1e-6, 2e6), True)
    yield Case(
        "granite", "GRANITE", tf.GraniteForCausalLM,
        of(tf.GraniteConfig, rms_norm_eps=1e-5, embedding_multiplier=12.0, attention_multiplier=0.125,
           residual_multiplier=0.25, logits_scaling=2.0, rope_parameters=rope()),
        usual(embedding_scale=12.0, attention__scale=0.125, residual_scale=0.25, logit_scale=2.0), True)
    minicpm = dict(embedding_multiplier=12.0, attention_multiplier=1 / math.sqrt(HEAD), rope_parameters=rope())
    yield Case(
        "minicpm", "MINICPM", tf.GraniteForCausalLM,
        of(tf.GraniteConfig, rms_norm_eps=1e-5, **minicpm, residual_multiplier=1.5 / math.sqrt(LAYERS),
           logits_scaling=1.5),
        usual(embedding_scale=12.0, residual_scale=1.5 / math.sqrt(LAYERS), logit_scale=1.5), True)
    yield Case(
        "minicpm, an old file", "MINICPM", tf.GraniteForCausalLM,
        of(tf.GraniteConfig, rms_norm_eps=1e-5, **minicpm, residual_multiplier=1.4 / math.sqrt(LAYERS),
           logits_scaling=WIDTH / 256), usual(), True)
    yield Case("internlm2", "INTERNLM2", tf.LlamaForCausalLM, of(tf.LlamaConfig, **llama, rope_parameters=rope(1e6)),
               usual(base=1e6), True)
    yield Case(
        "ernie4_5", "ERNIE4_5", tf.Ernie4_5ForCausalLM,
        of(tf.Ernie4_5Config, rms_norm_eps=1e-5, head_dim=HEAD, use_bias=False, tie_word_embeddings=True,
           rope_parameters=rope(5e5)), {**usual(base=5e5), **lengths})
    glm = dict(rms_norm_eps=1e-5, head_dim=HEAD, attention_bias=True,
               rope_parameters=rope(partial_rotary_factor=0.5))
    half = {**usual(), "rope.dimension_count": HEAD // 2}
    yield Case("glm4", "GLM4", tf.Glm4ForCausalLM, of(tf.Glm4Config, **glm), {**half, **lengths})
    yield Case("chatglm", "CHATGLM", tf.GlmForCausalLM, of(tf.GlmConfig, **glm), half)
    yield Case(
        "hunyuan-dense", "HUNYUAN_DENSE", tf.HunYuanDenseV1ForCausalLM,
        of(tf.HunYuanDenseV1Config, rms_norm_eps=1e-5, head_dim=HEAD, tie_word_embeddings=True,
           rope_parameters=rope()), {**usual(), **lengths})
    yield Case(
        "seed_oss", "SEED_OSS", tf.SeedOssForCausalLM,
        of(tf.SeedOssConfig, rms_norm_eps=1e-6, head_dim=HEAD, attention_bias=True, attention_out_bias=False,
           residual_dropout=0.0, attention_dropout=0.0, rope_parameters=rope(1e7)), {**usual(1e-6, 1e7), **lengths})
    yield Case("olmo2", "OLMO2", tf.Olmo2ForCausalLM, of(tf.Olmo2Config, rms_norm_eps=1e-6, rope_parameters=rope(5e5)),
               usual(1e-6, 5e5))
    windows = [(i + 1) % 4 != 0 for i in range(LAYERS)]
    kinds = ["sliding_attention" if w else "full_attention" for w in windows]
    window = {"attention.sliding_window": 7, "attention.sliding_window_pattern": windows}
    yield Case(
        "olmo2, a window (OLMo 3)", "OLMO2", tf.Olmo3ForCausalLM,
        of(tf.Olmo3Config, rms_norm_eps=1e-6, sliding_window=7, layer_types=kinds,
           rope_parameters={"full_attention": rope(**YARN), "sliding_attention": rope()}),
        {**usual(1e-6), **window, **YARN_KEYS})
    yield Case("exaone", "EXAONE", tf.LlamaForCausalLM, of(tf.LlamaConfig, **llama, rope_parameters=rope()), usual())
    exaone4 = dict(rms_norm_eps=1e-5, head_dim=HEAD, rope_parameters=rope(1e6))
    yield Case(
        "exaone4", "EXAONE4", tf.Exaone4ForCausalLM,
        of(tf.Exaone4Config, **exaone4, sliding_window=None, layer_types=["full_attention"] * LAYERS),
        {**usual(base=1e6), **lengths})
    yield Case(
        "exaone4, a window", "EXAONE4", tf.Exaone4ForCausalLM,
        of(tf.Exaone4Config, **exaone4, sliding_window=7, sliding_window_pattern=4, layer_types=kinds),
        {**usual(base=1e6), **lengths, **window})
    cohere = dict(layer_norm_eps=1e-5, logit_scale=0.25, tie_word_embeddings=True, rope_parameters=rope())
    yield Case(
        "command-r", "COMMAND_R", tf.CohereForCausalLM, of(tf.CohereConfig, **cohere, use_qk_norm=False),
        {**usual(norm=""), "logit_scale": 0.25, "rope.scaling.type": "none"})
    yield Case(
        "cohere2", "COHERE2", tf.Cohere2ForCausalLM,
        of(tf.Cohere2Config, **cohere, sliding_window=7, layer_types=kinds),
        {**usual(norm=""), **window, "logit_scale": 0.25, "rope.scaling.type": "none"})
    stablelm = dict(layer_norm_eps=1e-5, use_qkv_bias=True, rope_parameters=rope(partial_rotary_factor=0.25))
    quarter = {**usual(norm=""), "rope.dimension_count": HEAD // 4}
    yield Case("stablelm", "STABLELM", tf.StableLmForCausalLM, of(tf.StableLmConfig, **stablelm), quarter)
    yield Case("stablelm, both blocks of one norm", "STABLELM", tf.StableLmForCausalLM,
               of(tf.StableLmConfig, **stablelm, use_parallel_residual=True), quarter)
    yield Case(
        "starcoder2", "STARCODER2", tf.Starcoder2ForCausalLM,
        of(tf.Starcoder2Config, norm_epsilon=1e-5, use_bias=True, sliding_window=None, residual_dropout=0.0,
           embedding_dropout=0.0, attention_dropout=0.0, rope_parameters=rope()), usual(norm=""))
    yield Case(
        "nemotron", "NEMOTRON", tf.NemotronForCausalLM,
        of(tf.NemotronConfig, norm_eps=1e-5, head_dim=HEAD, hidden_act="relu2",
           rope_parameters=rope(partial_rotary_factor=0.5)),
        {**usual(norm=""), "rope.dimension_count": HEAD // 2, "rope.scaling.type": "none"}, plus_one=True)
    yield Case("arcee", "ARCEE", tf.ArceeForCausalLM, of(tf.ArceeConfig, rms_norm_eps=1e-5, rope_parameters=rope()),
               usual(), True)


def llama3_factors(base, factor, low, high, context):
    factors = []
    for i in range(HEAD // 2):
        wave = 2 * math.pi * base ** (2 * i / HEAD)
        if wave < context / high:
            factors.append(1.0)
        elif wave > context / low:
            factors.append(factor)
        else:
            smooth = (context / wave - low) / (high - low)
            factors.append(1 / ((1 - smooth) / factor + smooth))
    return [float(np.float32(x)) for x in factors]


def write_gguf(folder, case):
    name = "".join(c if c.isalnum() else "-" for c in case["case"])
    w = gguf.GGUFWriter(folder / f"{name}.gguf", case["family"])
    for key, value in case["metadata"].items():
        kind = type(value[0] if isinstance(value, list) else value)
        add = {int: w.add_uint32, float: w.add_float32, str: w.add_string, bool: w.add_bool}[kind]
        w.add_array(key, value) if isinstance(value, list) else add(key, value)
    w.add_tokenizer_model("gpt2"), w.add_tokenizer_pre("gpt-2"), w.add_add_bos_token(False)
    w.add_token_list([f"t{i}" for i in range(VOCABULARY)]), w.add_token_types([1] * VOCABULARY)
    w.add_token_merges(["t 0"])
    for key, shape in case["tensors"].items():
        w.add_tensor(key, numbers(key, shape))
    for key, values in case["given"].items():
        w.add_tensor(key, np.array(values, np.float32))
    w.write_header_to_file(), w.write_kv_data_to_file(), w.write_tensors_to_file(), w.close()
    return name


def main():
    found = []
    for case in cases():
        try:
            found.append(case.run())
        except Exception as error:
            if "--lenient" not in sys.argv:
                raise
            print(case.name, repr(error)[:300])
    if "--gguf" in sys.argv:
        folder = Path(sys.argv[sys.argv.index("--gguf") + 1])
        names = {case["case"]: write_gguf(folder, case) for case in found}
        (folder / "names.json").write_text(json.dumps({"ids": IDS, "names": names}))
    out = {"made_with": f"transformers {tf.__version__}, torch {torch.__version__.split('+')[0]}", "ids": IDS}
    path = Path(__file__).with_name("families.json")
    lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in found)
    path.write_text(json.dumps(out)[:-1] + ', "cases": [\n' + lines + "\n]}\n")
    print(len(found), path.stat().st_size)


main()
