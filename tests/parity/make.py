"""Writes cases.json: texts of the example data and a few hard ones, scored by the reference tools.

    pip install sacrebleu==2.6.0 rouge-score==0.1.2
    python tests/parity/make.py
"""

import csv
import json
import pathlib

from rouge_score.rouge_scorer import RougeScorer
from sacrebleu.metrics import BLEU, CHRF

HERE = pathlib.Path(__file__).parent
TOKENIZERS = ["13a", "intl", "zh", "char", "none"]
ROUGE = ["rouge1", "rouge2", "rouge3", "rougeL", "rougeLsum"]
HARD = [
    ("It cost 1,000.50 (or so), e.g. 5-10%.", "It costs 1,000.50 or so, i.e. 5-10 %."),
    ("“No”—it’s naïve…", "\"No\" - it's naive..."),
    ("", "a reference"),
    ("one word", ""),
    ("line one\nline two", "line two\nline one\nline three"),
    ("他说：“GPT-4 很好”。\u3000是吗？", "他说“GPT-4很好”，是吗？"),
    ("&quot;A &amp; B&quot; &lt;3", "\"A & B\" <3"),
    ("dying skies happily generalised", "died sky happy generalization"),
]


def pairs():
    with open(HERE.parent.parent / "www/demo/demo.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row["base"], row["reference"]
    yield from HARD


def main():
    bleu = {tok: BLEU(tokenize=tok, effective_order=True) for tok in TOKENIZERS}
    corpus = {tok: BLEU(tokenize=tok) for tok in TOKENIZERS}
    chrf = {"chrf": CHRF(), "chrf++": CHRF(word_order=2)}
    rouge = {stem: RougeScorer(ROUGE, use_stemmer=stem) for stem in (False, True)}
    texts = list(pairs())
    cases = []
    for hypothesis, reference in texts:
        scores = {f"bleu {tok}": m.sentence_score(hypothesis, [reference]).score for tok, m in bleu.items()}
        scores |= {name: m.sentence_score(hypothesis, [reference]).score for name, m in chrf.items()}
        for stem, scorer in rouge.items():
            for name, score in scorer.score(reference, hypothesis).items():
                scores[f"{name} {'stem' if stem else 'plain'}"] = score.fmeasure
        cases.append({"hypothesis": hypothesis, "reference": reference, "scores": scores})
    hypotheses, references = [h for h, _ in texts], [[r for _, r in texts]]
    totals = {f"bleu {tok}": m.corpus_score(hypotheses, references).score for tok, m in corpus.items()}
    totals |= {name: m.corpus_score(hypotheses, references).score for name, m in chrf.items()}
    out = {"tools": ["sacrebleu 2.6.0", "rouge-score 0.1.2"], "corpus": totals, "cases": cases}
    with open(HERE / "cases.json", "w", encoding="utf-8") as file:
        json.dump(out, file, ensure_ascii=False, indent=1)
        file.write("\n")


main()
