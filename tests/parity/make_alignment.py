"""Writes alignment.json: how jiwer aligns words and characters.

    pip install jiwer==4.0.0
    python3 make_alignment.py
"""

import json
import random
from importlib.metadata import version
from pathlib import Path

import jiwer

random.seed(3)
WORDS = ["the", "cat", "sat", "on", "a", "mat", "dog"]


def line():
    return " ".join(random.choice(WORDS) for _ in range(random.randint(1, 9)))


pairs = [(line(), line()) for _ in range(60)]
pairs += [("the cat sat", "cat the sat"), ("a b c d", "b c d e"), ("今天天气很好", "今天天汽好"), ("one two", "two one two")]


def counts(out):
    return [out.hits, out.substitutions, out.deletions, out.insertions]


cases = [
    {
        "reference": r,
        "output": h,
        "words": counts(jiwer.process_words(r, h)),
        "characters": counts(jiwer.process_characters(r, h)),
    }
    for r, h in pairs
]
Path(__file__).with_name("alignment.json").write_text(
    json.dumps({"jiwer": version("jiwer"), "rapidfuzz": version("rapidfuzz"), "cases": cases}, ensure_ascii=False) + "\n"
)
