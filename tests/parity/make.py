"""Writes cases.json: texts of the example data and a few hard ones, scored by the reference tools.

    pip install sacrebleu==2.6.0 rouge-score==0.1.2 nltk==3.10.4 jiwer==4.0.0
    python tests/parity/make.py
"""

import csv
import json
import pathlib

import jiwer
from nltk.stem import PorterStemmer
from nltk.tokenize import NLTKWordTokenizer
from nltk.translate.meteor_score import meteor_score
from rapidfuzz.distance import Levenshtein
from rouge_score.rouge_scorer import RougeScorer
from sacrebleu.metrics import BLEU, CHRF, TER
from sacrebleu.tokenizers.tokenizer_13a import Tokenizer13a
from sacrebleu.tokenizers.tokenizer_zh import TokenizerZh

HERE = pathlib.Path(__file__).parent
TOKENIZERS = ["13a", "intl", "zh", "char", "none"]
ROUGE = ["rouge1", "rouge2", "rouge3", "rougeL", "rougeLsum"]
TERS = {
    "ter": {},
    "ter normalized": {"normalized": True},
    "ter asian": {"normalized": True, "asian_support": True},
    "ter no_punct": {"no_punct": True, "asian_support": True},
    "ter case_sensitive": {"case_sensitive": True},
}
HARD = [
    ("It cost 1,000.50 (or so), e.g. 5-10%.", "It costs 1,000.50 or so, i.e. 5-10 %."),
    ("“No”—it’s naïve…", "\"No\" - it's naive..."),
    ("", "a reference"),
    ("one word", ""),
    ("line one\nline two", "line two\nline one\nline three"),
    ("他说：“GPT-4 很好”。\u3000是吗？", "他说“GPT-4很好”，是吗？"),
    ("&quot;A &amp; B&quot; &lt;3", "\"A & B\" <3"),
    ("dying skies happily generalised", "died sky happy generalization"),
    ("naïves Übermütigkeiten\tcannot, y'all 'tis 5.", "The naïve Übermut can not; it's 'tis 5 ..."),
    ("b c d e f a g h i j k l", "a b c d e f g h i j k l"),
    ("  two  words\n", "two words"),
]


class NoSynonyms:
    def synsets(self, _):
        return []


class NoStems:
    def stem(self, word):
        return word


def pairs():
    with open(HERE.parent.parent / "www/demo/demo.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row["base"], row["reference"]
    yield from HARD


def main():
    bleu = {tok: BLEU(tokenize=tok, effective_order=True) for tok in TOKENIZERS}
    corpus = {tok: BLEU(tokenize=tok) for tok in TOKENIZERS}
    chrf = {"chrf": CHRF(), "chrf++": CHRF(word_order=2)}
    ter = {name: TER(**options) for name, options in TERS.items()}
    words = {"13a": lambda x: Tokenizer13a()(x).split(), "zh": lambda x: TokenizerZh()(x).split()}
    words |= {"split": str.split, "nltk_word": NLTKWordTokenizer().tokenize}
    rouge = {stem: RougeScorer(ROUGE, use_stemmer=stem) for stem in (False, True)}
    texts = list(pairs())
    cases = []
    for hypothesis, reference in texts:
        scores = {f"bleu {tok}": m.sentence_score(hypothesis, [reference]).score for tok, m in bleu.items()}
        scores |= {name: m.sentence_score(hypothesis, [reference]).score for name, m in chrf.items()}
        scores |= {name: m.sentence_score(hypothesis, [reference]).score for name, m in ter.items()}
        for name, split in words.items():
            own, theirs = split(hypothesis), [split(reference)]
            for modules, stemmer in (("exact", NoStems()), ("exact+stem", PorterStemmer())):
                score = meteor_score(theirs, own, stemmer=stemmer, wordnet=NoSynonyms())
                scores[f"meteor {name} {modules}"] = score
        scores["wer"] = jiwer.wer(reference, hypothesis)
        scores["cer"] = jiwer.cer(reference, hypothesis)
        scores["levenshtein"] = Levenshtein.normalized_similarity(hypothesis, reference)
        for stem, scorer in rouge.items():
            for name, score in scorer.score(reference, hypothesis).items():
                scores[f"{name} {'stem' if stem else 'plain'}"] = score.fmeasure
        cases.append({"hypothesis": hypothesis, "reference": reference, "scores": scores})
    hypotheses, references = [h for h, _ in texts], [[r for _, r in texts]]
    totals = {f"bleu {tok}": m.corpus_score(hypotheses, references).score for tok, m in corpus.items()}
    totals |= {name: m.corpus_score(hypotheses, references).score for name, m in chrf.items()}
    totals |= {name: m.corpus_score(hypotheses, references).score for name, m in ter.items()}
    totals["wer"] = jiwer.wer(references[0], hypotheses)
    totals["cer"] = jiwer.cer(references[0], hypotheses)
    tools = ["sacrebleu 2.6.0", "rouge-score 0.1.2", "nltk 3.10.4", "jiwer 4.0.0", "rapidfuzz 3.14.6"]
    out = {"tools": tools, "corpus": totals, "cases": cases}
    with open(HERE / "cases.json", "w", encoding="utf-8") as file:
        json.dump(out, file, ensure_ascii=False, indent=1)
        file.write("\n")


main()
