"""Segments per second of sacreBLEU, rouge-score, NLTK and jiwer over a file of pairs, as benches/segments.rs
measures them: one process, the best of three passes, a fresh scorer each pass."""

import sys
import time

import jiwer
from nltk.translate.meteor_score import meteor_score
from rouge_score.rouge_scorer import RougeScorer
from sacrebleu.metrics import BLEU, CHRF, TER
from sacrebleu.tokenizers.tokenizer_13a import Tokenizer13a

with open(sys.argv[1], encoding="utf-8") as file:
    pairs = [line.rstrip("\n").split("\t") for line in file]
hypotheses, references = [h for h, _ in pairs], [r for _, r in pairs]


def measure(name, work):
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    print(f"{name}\t{len(pairs) / best:.0f}", flush=True)


def corpus(make):
    return lambda: make().corpus_score(hypotheses, [references])


def rouge(name, stem):
    def work():
        scorer = RougeScorer([name], use_stemmer=stem)
        for hypothesis, reference in pairs:
            scorer.score(reference, hypothesis)

    return work


class NoSynonyms:
    def synsets(self, _):
        return []


def meteor():
    split, none = Tokenizer13a(), NoSynonyms()
    for hypothesis, reference in pairs:
        meteor_score([split(reference).split()], split(hypothesis).split(), wordnet=none)


measure("bleu", corpus(BLEU))
measure("chrf", corpus(CHRF))
measure("chrf++", corpus(lambda: CHRF(word_order=2)))
measure("ter", corpus(TER))
measure("meteor", meteor)
measure("wer", lambda: jiwer.wer(references, hypotheses))
measure("cer", lambda: jiwer.cer(references, hypotheses))
for kind in ["rouge1", "rouge2", "rouge3", "rougeL", "rougeLsum"]:
    measure(kind, rouge(kind, False))
    measure(f"{kind}+stem", rouge(kind, True))
