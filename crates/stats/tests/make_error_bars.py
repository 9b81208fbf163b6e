"""Writes error_bars.json: cluster-robust standard errors as statsmodels has them, and variances between and within
items by their definition (numpy).

    pip install statsmodels==0.15.0 numpy
    python3 make_error_bars.py
"""

import json
from pathlib import Path

import numpy as np
import statsmodels
import statsmodels.api as sm

rng = np.random.default_rng(2024)


def case(sizes, scale, binary):
    """Values in clusters of these sizes, whose means differ by `scale`."""
    clusters = np.repeat(np.arange(len(sizes)), sizes)
    values = scale * rng.normal(size=len(sizes))[clusters] + rng.normal(size=len(clusters))
    values = (values > 0).astype(float) if binary else values.round(3)
    order = rng.permutation(len(values))
    values, clusters = values[order], clusters[order]
    fit = sm.OLS(values, np.ones(len(values))).fit(
        cov_type="cluster", cov_kwds={"groups": clusters}, use_t=True
    )
    plain = sm.OLS(values, np.ones(len(values))).fit()
    groups = [values[clusters == c] for c in range(len(sizes))]
    means = np.array([g.mean() for g in groups])
    repeated = [g for g in groups if len(g) > 1]
    within = [g.var(ddof=1) for g in repeated]
    added = np.mean([v / len(g) for v, g in zip(within, repeated)])
    return {
        "values": values.tolist(),
        "clusters": clusters.tolist(),
        "mean": float(fit.params[0]),
        "error": float(fit.bse[0]),
        "naive_error": float(plain.bse[0]),
        "interval": fit.conf_int()[0].tolist(),
        "p_value": float(fit.pvalues[0]),
        "between": float(max(means.var(ddof=1) - added, 0)),
        "within": float(np.mean(within)),
        "error_of_means": float(means.std(ddof=1) / np.sqrt(len(means))),
    }


cases = [
    case([3, 1, 5, 2, 4, 6, 2], 1.0, False),
    case([4] * 12, 2.0, False),
    case([8] * 10, 0.0, False),
    case([5] * 20, 0.7, True),
    case([2, 30], 0.5, False),
]
text = json.dumps({"statsmodels": statsmodels.__version__, "cases": cases})
Path(__file__).with_name("error_bars.json").write_text(text + "\n")
