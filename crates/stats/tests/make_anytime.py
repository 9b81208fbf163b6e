"""Writes anytime.json: what bets on the mean of values between 0 and 1 have become at each look, and the interval at the
last, as confseq (Waudby-Smith and Ramdas) has them: constant bets on both sides, of which the page takes 100 on each.

confseq's package compiles C++; the file used here, betting.py, is Python alone:

    pip download confseq==0.0.11 --no-deps && tar xzf confseq-0.0.11.tar.gz
    pip install "numpy<2" scipy matplotlib multiprocess
    PYTHONPATH=confseq-0.0.11/src python make_anytime.py
"""

import json
import sys
import types
from pathlib import Path

import numpy as np

for compiled in ("confseq.boundaries", "confseq.quantiles"):
    sys.modules[compiled] = types.ModuleType(compiled)

from confseq.betting import betting_cs, diversified_betting_mart  # noqa: E402

BETS = 100
rng = np.random.default_rng(2026)


def bets(side):
    return [lambda x, m, i=i: (i + 1) / (side(m) * (BETS + 1)) for i in range(BETS)]


UP, DOWN = bets(lambda m: m), bets(lambda m: 1 - m)


def case(x, means):
    capital = {
        m: diversified_betting_mart(x, m, UP, DOWN, convex_comb=True, trunc_scale=1, m_trunc=True)[-1] for m in means
    }
    low, high = betting_cs(
        x,
        lambdas_fns_positive=UP,
        lambdas_fns_negative=DOWN,
        breaks=400,
        convex_comb=True,
        trunc_scale=1,
        running_intersection=False,
    )
    return {
        "values": x.tolist(),
        "capital": [[m, float(c)] for m, c in capital.items()],
        "interval": [float(low[-1]), float(high[-1])],
    }


cases = [
    case((rng.random(60) < 0.7).astype(float), [0.5, 0.6, 0.2]),
    case(rng.choice([0.0, 0.5, 1.0], size=150, p=[0.3, 0.2, 0.5]), [0.5, 0.65]),
    case(rng.beta(2, 5, size=80).round(6), [0.5, 0.3]),
    case(np.ones(25), [0.5, 0.9]),
    case(rng.choice([0.25, 0.75], size=40), [0.5]),
]
Path(__file__).with_name("anytime.json").write_text(json.dumps({"cases": cases}) + "\n")
