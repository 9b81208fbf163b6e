"""Writes multilabel.json: sets of labels under scikit-learn.

    pip install scikit-learn==1.9.1
    python3 make_multilabel.py
"""

import json
import random
from pathlib import Path

import sklearn
from sklearn.metrics import accuracy_score, f1_score, fbeta_score, hamming_loss, jaccard_score
from sklearn.metrics import precision_score, recall_score
from sklearn.preprocessing import MultiLabelBinarizer

random.seed(5)
NAMES = ["billing", "delivery", "returns", "账号", "never"]


def some(chance):
    return [n for n in NAMES[:4] if random.random() < chance]


truth = [some(0.4) for _ in range(60)] + [[], ["billing"]]
predicted = [[n for n in NAMES if (n in t) != (random.random() < 0.15)] for t in truth[:60]] + [[], []]
binary = MultiLabelBinarizer(classes=sorted(NAMES))
t, p = binary.fit_transform(truth), binary.transform(predicted)
averages = {}
for average in ["macro", "micro", "weighted", "samples"]:
    options = {"average": average, "zero_division": 0}
    averages[average] = [
        precision_score(t, p, **options),
        recall_score(t, p, **options),
        f1_score(t, p, **options),
        fbeta_score(t, p, beta=2, **options),
        fbeta_score(t, p, beta=0.5, **options),
        jaccard_score(t, p, **options),
    ]
Path(__file__).with_name("multilabel.json").write_text(
    json.dumps(
        {
            "scikit-learn": sklearn.__version__,
            "truth": truth,
            "predicted": predicted,
            "accuracy": accuracy_score(t, p),
            "hamming_loss": hamming_loss(t, p),
            "averages": averages,
            "f1": f1_score(t, p, average=None, zero_division=0).tolist(),
            "labels": sorted(NAMES),
        },
        ensure_ascii=False,
    )
    + "\n"
)
