"""Writes choices.json: log-likelihoods of choices as EleutherAI's evaluation harness gives them.

pip install lm-eval==0.4.* transformers gguf torch
python make_choices.py FOLDER_WITH_SmolLM2-135M-Instruct.Q4_1.gguf

The harness runs over transformers, which unpacks the GGUF file's weights to float32.
"""

import json
import sys
from importlib.metadata import version
from pathlib import Path

import torch
from lm_eval.api.instance import Instance
from lm_eval.models.huggingface import HFLM
from transformers import AutoModelForCausalLM, AutoTokenizer

FILE = "SmolLM2-135M-Instruct.Q4_1.gguf"

# A context with its choices, and what parts the two.
CASES = [
    ("Question: What do bees make?\nAnswer:", ["honey", "milk", "paper boats", "stone"], " "),
    ("The capital of France is", ["Paris", "London", "a very large river"], " "),
    # White space at the end of the context belongs to the continuation.
    ("Two plus two is \n", ["four", "five"], ""),
    ("Water freezes at zero degrees. Is ice water?\nA. yes\nB. no\nAnswer:", ["A", "B"], " "),
    ("天空是什么颜色？\nA. 蓝色\nB. 绿色\nC. 黑色\n答案：", ["A", "B", "C"], ""),
    ("问题：一年有几个月？\n答案：", ["十二个月", "七", "三百六十五天"], ""),
    # A word that would be cut otherwise were it not behind the other: the tokens of both together count.
    ("The answer is un", ["known to all of us", "til tomorrow"], ""),
]


def main() -> None:
    folder = sys.argv[1]
    tokenizer = AutoTokenizer.from_pretrained(folder, gguf_file=FILE)
    model = AutoModelForCausalLM.from_pretrained(folder, gguf_file=FILE, dtype=torch.float32)
    harness = HFLM(pretrained=model.eval(), tokenizer=tokenizer, batch_size=1)
    cases = []
    for context, choices, space in CASES:
        continuations = [space + choice for choice in choices]
        asked = [
            Instance("loglikelihood", {}, (context, continuation), i)
            for i, continuation in enumerate(continuations)
        ]
        found = harness.loglikelihood(asked, disable_tqdm=True)
        cases.append(
            {
                "context": context,
                "continuations": continuations,
                "choices": choices,
                "logprobs": [round(logprob, 6) for logprob, _ in found],
                "is_greedy": [bool(is_greedy) for _, is_greedy in found],
            }
        )
    gold = {"reference": f"lm-eval {version('lm-eval')}, transformers {version('transformers')}", "cases": cases}
    target = Path(__file__).with_name("choices.json")
    target.write_text(json.dumps(gold, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
