"""Writes length_controlled.json: AlpacaEval's length-controlled win rate in its variant `length_controlled_minimal`, by
the package's own functions, unchanged (`package`), and by the same scikit-learn model with parts in a stable order and an
optimiser that stops later (`exact`).

    pip download --no-deps alpaca-eval==0.6.6 && unzip alpaca_eval-0.6.6-py3-none-any.whl
    pip install scikit-learn pandas patsy
    python make_length_controlled.py

The package fetches tables from the network for other variants; here they are stood in for, and not read.
"""

import importlib.util
import json
import sys
import types
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegressionCV
from sklearn.metrics import make_scorer
from sklearn.model_selection import PredefinedSplit


def package():
    """The module glm_winrate with the parts of the package that it imports and this does not use stood in for."""
    hub = types.ModuleType("huggingface_hub")
    hub.hf_hub_download = lambda **_: None
    sys.modules["huggingface_hub"] = hub
    parent = types.ModuleType("alpaca_eval")
    parent.constants = types.SimpleNamespace(
        DATASETS_TOKEN=None, DATASETS_FORCE_DOWNLOAD=False, DEFAULT_CACHE_DIR=None
    )
    parent.types = types.SimpleNamespace(AnyLoadableDF=object)
    parent.utils = types.SimpleNamespace()
    sys.modules["alpaca_eval"] = parent
    metrics = types.ModuleType("alpaca_eval.metrics")
    metrics.__path__ = []
    sys.modules["alpaca_eval.metrics"] = metrics
    winrate = types.ModuleType("alpaca_eval.metrics.winrate")
    winrate.get_winrate = None
    sys.modules["alpaca_eval.metrics.winrate"] = winrate
    path = Path("alpaca_eval/metrics/glm_winrate.py")
    spec = importlib.util.spec_from_file_location("alpaca_eval.metrics.glm_winrate", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


glm = package()
FORMULA = glm.GLM_INFO["length_controlled_minimal"]["formula"]


def design(frame):
    """The design as `_get_featurized_data` makes it, without the difficulties that this variant does not use."""
    difference = frame["output_1"].str.len() - frame["output_2"].str.len()
    df = pd.DataFrame({"std_delta_len": difference / difference.std(), "not_gamed_baseline": True})
    df["preference"] = frame["preference"].astype(float).replace({0.0: 1.5}) - 1
    test = df[["not_gamed_baseline"]].copy()
    test["std_delta_len"] = 0
    return glm.make_dmatrix_for_model(df, test, formula=FORMULA)


def exact(train):
    """The same model with a stable order of parts and a tolerance near rounding."""
    n = len(train)
    both = pd.concat([train.assign(y=1, p=train["preference"]), train.assign(y=0, p=1 - train["preference"])])
    share = both["p"].to_numpy()
    parts = np.tile((n - 1 - np.arange(n)) % 5, 2)
    scorer = make_scorer(
        glm.logloss_continuous, response_method="predict_proba", greater_is_better=False
    ).set_score_request(true_sample_weight=True, true_prob=True)
    model = LogisticRegressionCV(
        cv=PredefinedSplit(parts), scoring=scorer, random_state=123, dual=False, penalty="l1", solver="liblinear",
        fit_intercept=False, tol=1e-12, max_iter=1_000_000,
    )
    model.set_fit_request(sample_weight=True)
    x = both.drop(columns=["preference", "y", "p"])
    model.fit(X=x, y=both["y"], sample_weight=share, true_prob=share)
    return model


def case(name, n, seed, length_effect, advantage, weighted):
    rng = np.random.default_rng(seed)
    first = rng.integers(20, 400, size=n)
    second = (first * rng.uniform(0.6, 2.2, size=n)).astype(int)
    odds = advantage + length_effect * (second - first) / 200
    share = 1 / (1 + np.exp(-odds))
    if weighted:
        preference = 1 + np.clip(share + rng.normal(0, 0.25, size=n), 0, 1).round(6)
    else:
        preference = 1.0 + (rng.random(n) < share)
        preference[rng.random(n) < 0.1] = 1.5
    frame = pd.DataFrame({
        "output_1": ["x" * k for k in first], "output_2": ["x" * k for k in second], "preference": preference,
    })
    train, test = design(frame)
    ours = glm.fit_LogisticRegressionCV(train, "preference", n_splits=5)
    own = exact(train)
    effect, constant = own.coef_[0]
    return {
        "name": name,
        "lengths": np.stack([first, second], axis=1).tolist(),
        "preference": preference.tolist(),
        "package": float(ours.predict_proba(test)[:, 1].mean()),
        "package_c": float(ours.C_[0]),
        "exact": float(own.predict_proba(test)[:, 1].mean()),
        "length_effect": float(effect),
        "advantage": float(constant),
        "c": float(own.C_[0]),
    }


cases = [
    case("weighted", 200, 1, 1.2, 0.3, True),
    case("wins and ties", 120, 2, 0.8, -0.4, False),
    case("length does nothing", 150, 3, 0.0, 0.6, False),
    case("longer always wins", 60, 4, 30.0, 0.0, False),
]
Path(__file__).with_name("length_controlled.json").write_text(json.dumps({"cases": cases}, indent=1) + "\n")
for found in cases:
    print(found["name"], found["package"], found["exact"], found["package_c"], found["c"])
