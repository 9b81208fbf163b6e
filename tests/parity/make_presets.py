"""Writes presets.json: what each tool prints for outputs of our own, under the names of the presets.

pip install evaluate==0.4.6 sacrebleu==2.6.0 rouge-score==0.1.2 lm-eval==0.4.13
Without a network for `evaluate.load`: EVALUATE_METRICS=FOLDER of its repository's `metrics`, and LM_EVAL_METRICS=FILE,
the harness's `lm_eval/api/metrics.py`, of which only functions are taken that need nothing else.
"""

import ast
import importlib.util
import json
import os
import pathlib
import string
import re
import sys

import evaluate
import numpy as np
import sacrebleu

PAIRS = [
    ("The ferry leaves at six in the morning.", "The ferry leaves at six in the morning."),
    ("the ferry goes at 6 every morning", "The ferry leaves at six in the morning."),
    ("It costs 12.50, including tax; pay at the desk.", "It costs 12.50 with tax, payable at the desk."),
    ("Nobody knows.\nNobody asked.", "Nobody knows why.\nNobody has ever asked."),
    ("Paris", "Paris"),
    ("paris.", "Paris"),
    ("", "An empty answer is wrong."),
    ("A completely different sentence about birds", "Numbers do not matter here at all"),
    ("The quick brown fox jumps over the lazy dog again and again", "The quick brown fox jumped over a lazy dog, again and again."),
    ("Tickets are sold on board (cash only).", "Tickets are sold on board: cash only!"),
]
PREDICTIONS = [pair[0] for pair in PAIRS]
REFERENCES = [pair[1] for pair in PAIRS]


def loaded(name):
    folder = os.environ.get("EVALUATE_METRICS")
    return evaluate.load(os.path.join(folder, name) if folder else name)


def lm_eval_functions():
    path = os.environ.get("LM_EVAL_METRICS") or importlib.util.find_spec("lm_eval.api.metrics").origin
    tree = ast.parse(pathlib.Path(path).read_text())
    wanted = {"bleu", "chrf", "ter", "exact_match_hf_evaluate", "_sacreformat", "is_non_str_iterable", "mean"}
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name in wanted]
    for function in functions:
        function.decorator_list = []
    from collections.abc import Iterable

    names = {"sacrebleu": sacrebleu, "np": np, "re": re, "string": string, "Iterable": Iterable}
    exec(compile(ast.Module(functions, []), path, "exec"), names)
    return names


def of_evaluate():
    rouge = loaded("rouge").compute(predictions=PREDICTIONS, references=REFERENCES, use_aggregator=False)
    scores = {name: float(np.mean(values)) for name, values in rouge.items()}
    scores["bleu"] = 100 * loaded("bleu").compute(predictions=PREDICTIONS, references=REFERENCES)["bleu"]
    exact = loaded("exact_match").compute(predictions=PREDICTIONS, references=REFERENCES)
    scores["exact_match"] = float(exact["exact_match"])
    return scores


def of_lm_eval():
    names = lm_eval_functions()
    items = list(zip(REFERENCES, PREDICTIONS))
    scores = {name: names[name](items) for name in ("bleu", "chrf", "ter")}
    exact = names["exact_match_hf_evaluate"](predictions=PREDICTIONS, references=REFERENCES)
    scores["exact_match"] = float(exact["exact_match"])
    return scores


def of_sacrebleu():
    of = {"bleu": sacrebleu.corpus_bleu, "chrf": sacrebleu.corpus_chrf, "ter": sacrebleu.corpus_ter}
    return {name: score(PREDICTIONS, [REFERENCES]).score for name, score in of.items()}


gold = {
    "tools": {"evaluate": evaluate.__version__, "sacrebleu": sacrebleu.__version__, "python": sys.version.split()[0]},
    "pairs": PAIRS,
    "presets": {"evaluate": of_evaluate(), "lm-eval": of_lm_eval(), "sacrebleu": of_sacrebleu()},
}
out = pathlib.Path(__file__).with_name("presets.json")
out.write_text(json.dumps(gold, ensure_ascii=False, indent=1) + "\n")
