"""Blocks of every packed tensor type with the numbers that gguf-py 0.19's dequantize makes of them.

    pip install gguf numpy
    python make_blocks.py > blocks.json

Bytes are random, but for the scales in half precision, which are kept small and finite."""

import json

import numpy as np
from gguf import GGMLQuantizationType as T
from gguf import GGML_QUANT_SIZES, dequantize

# Where each type has its half-precision scales.
SCALES = {
    "Q4_0": [0], "Q4_1": [0, 2], "Q5_0": [0], "Q5_1": [0, 2], "Q8_0": [0], "Q2_K": [80, 82],
    "Q3_K": [108], "Q4_K": [0, 2], "Q5_K": [0, 2], "Q6_K": [208], "IQ4_NL": [0], "IQ4_XS": [0],
}
rng = np.random.default_rng(7)
cases = []
for name, places in SCALES.items():
    kind = T[name]
    length, size = GGML_QUANT_SIZES[kind]
    block = rng.integers(0, 256, size, dtype=np.uint8)
    for place in places:
        block[place : place + 2] = np.array([rng.uniform(-0.1, 0.1)], np.float16).view(np.uint8)
    numbers = dequantize(block.reshape(1, -1), kind).reshape(-1)
    cases.append({"type": name, "bytes": block.tolist(), "numbers": [float(x) for x in numbers]})
print("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]")
