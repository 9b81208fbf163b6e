"""Perplexities of the demo set's columns under the default model, by a float32 pass in NumPy over the
weights as the `gguf` package unpacks them; the ids are those of the command `assay perplexity --json`.
Writes tests/page/src/demo_perplexity.json. Run it in the root of the repository; it needs cargo and pip's
gguf and numpy.

    python3 crates/lm/tests/lm/make_demo.py target/models/SmolLM2-135M-Instruct.Q4_1.gguf
"""
import csv, json, math, subprocess, sys, tempfile
import numpy as np
from gguf import GGUFReader
from gguf.quants import dequantize

HEADS, KV_HEADS, HEAD, BASE, EPSILON = 9, 3, 64, 100000.0, 1e-5
path = sys.argv[1]
reader = GGUFReader(path)
fields = {name: field.contents() for name, field in reader.fields.items() if name.startswith("llama.")}
assert fields["llama.attention.head_count"] == HEADS and fields["llama.attention.head_count_kv"] == KV_HEADS
assert abs(fields["llama.rope.freq_base"] - BASE) < 1 and fields["llama.block_count"] == 30
W = {t.name: dequantize(t.data, t.tensor_type).astype(np.float32) for t in reader.tensors}


def norm(x, weight):
    return x / np.sqrt((x * x).mean(-1, keepdims=True) + EPSILON) * weight


def rotate(x):
    angle = np.arange(x.shape[0])[:, None] * BASE ** (-np.arange(0, HEAD, 2) / HEAD)[None]
    cos, sin = np.cos(angle)[:, None].astype(np.float32), np.sin(angle)[:, None].astype(np.float32)
    out = np.empty_like(x)
    out[..., 0::2] = x[..., 0::2] * cos - x[..., 1::2] * sin
    out[..., 1::2] = x[..., 0::2] * sin + x[..., 1::2] * cos
    return out


def logprobs(ids):
    n = len(ids)
    x = W["token_embd.weight"][ids]
    for layer in range(30):
        w = lambda name: W[f"blk.{layer}.{name}.weight"]
        h = norm(x, w("attn_norm"))
        q = rotate((h @ w("attn_q").T).reshape(n, HEADS, HEAD))
        k = rotate((h @ w("attn_k").T).reshape(n, KV_HEADS, HEAD)).repeat(HEADS // KV_HEADS, 1)
        v = (h @ w("attn_v").T).reshape(n, KV_HEADS, HEAD).repeat(HEADS // KV_HEADS, 1)
        s = np.einsum("ihd,jhd->hij", q, k) / math.sqrt(HEAD)
        s = np.where(np.tril(np.ones((n, n), bool)), s, -np.inf)
        p = np.exp(s - s.max(-1, keepdims=True))
        p /= p.sum(-1, keepdims=True)
        x = x + np.einsum("hij,jhd->ihd", p, v).reshape(n, -1) @ w("attn_output").T
        h = norm(x, w("ffn_norm"))
        gate = h @ w("ffn_gate").T
        x = x + (gate / (1 + np.exp(-gate)) * (h @ w("ffn_up").T)) @ w("ffn_down").T
    logits = (norm(x, W["output_norm.weight"]) @ W["token_embd.weight"].T).astype(np.float64)
    most = logits.max(-1, keepdims=True)
    log_sum = most[:, 0] + np.log(np.exp(logits - most).sum(-1))
    return logits[np.arange(n - 1), ids[1:]] - log_sum[:-1]


def ids_of(texts):
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
        file.write("".join(json.dumps({"text": t}) + "\n" for t in texts))
        file.flush()
        command = ["cargo", "run", "-q", "--release", "-p", "assay-cli", "--", "perplexity"]
        command += ["--model", path, "--input", file.name, "--json", "--backend", "cpu"]
        out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [json.loads(line)["ids"] for line in out.splitlines()]


rows = list(csv.DictReader(open("www/demo/demo.csv", encoding="utf-8")))
found = {}
for column in ("base", "finetuned"):
    scores = [logprobs(np.array(ids)) if len(ids) > 1 else np.zeros(0) for ids in ids_of([r[column] for r in rows])]
    tokens = sum(len(s) for s in scores)
    found[column] = {"tokens": tokens, "ppl": math.exp(-sum(s.sum() for s in scores) / tokens)}
json.dump(found, open("tests/page/src/demo_perplexity.json", "w"), indent=1)
print(found)
