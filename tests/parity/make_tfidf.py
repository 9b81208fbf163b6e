"""Writes tfidf.json: cosines of scikit-learn's term vectors, learnt from the references.

    pip install scikit-learn==1.9.1
    python3 make_tfidf.py
"""

import json
from pathlib import Path

import sklearn
from sklearn.feature_extraction.text import TfidfVectorizer

PAIRS = [
    ("The cat sat on the mat", "A cat was sitting on the mat."),
    ("Prices fell on Tuesday; prices rose later.", "Stock prices fell sharply on Tuesday"),
    ("naïve café_au_lait, déjà vu", "Naïve cafés: déjà vu"),
    ("nothing shared here", "something else altogether"),
    ("", "an empty output"),
    ("I a e o", "one-letter words are no terms"),
    ("今天天气很好", "今天天气很好 明天也好"),
    ("x2 x2 x2 10 100", "x2 10 10 100% 1,000"),
    ("ǅ ß ﬁ İstanbul", "ǆ ss fi i̇stanbul"),
    ("हिन्दी में लिखा", "हिन्दी में"),
]
own, references = zip(*PAIRS)
vectorizer = TfidfVectorizer()
b = vectorizer.fit_transform(references)
a = vectorizer.transform(own)
cosines = a.multiply(b).sum(axis=1).A1.tolist()
Path(__file__).with_name("tfidf.json").write_text(
    json.dumps({"scikit-learn": sklearn.__version__, "pairs": PAIRS, "cosines": cosines}, ensure_ascii=False) + "\n"
)
