"""Values for statistics of experiments: numpy 2, scipy 1.17. Writes experiment.json."""

import json
import os

import numpy as np
from scipy import integrate, optimize, stats

rng = np.random.default_rng(7)
out = {}

out["split"] = [
    {"counts": c, "shares": s, "p": stats.chisquare(c, np.array(s) / sum(s) * sum(c)).pvalue}
    for c, s in [([5000, 5000], [1, 1]), ([5210, 4790], [1, 1]), ([801, 400, 398], [2, 1, 1])]
]


def delta(units):
    x, y = np.array(units, float).T
    n = len(x)
    cov = np.cov(x, y)
    mx, my = x.mean(), y.mean()
    r = mx / my
    return r, (cov[0, 0] - 2 * r * cov[0, 1] + r * r * cov[1, 1]) / (n * my * my)


out["ratio"] = []
for n in (2, 30, 400):
    under = rng.poisson(4, n) + 1
    top = rng.binomial(under, 0.3)
    units = np.stack([top, under], 1).tolist()
    r, v = delta(units)
    out["ratio"].append({"units": units, "value": r, "variance": v})

out["cuped"] = []
for n in (12, 150):
    x1, x2 = rng.normal(10, 3, n), rng.normal(10, 3, n + 5)
    y1, y2 = 0.8 * x1 + rng.normal(1, 1, n), 0.8 * x2 + rng.normal(0.4, 1, n + 5)
    x, y = np.concatenate([x1, x2]), np.concatenate([y1, y2])
    theta = np.cov(x, y)[0, 1] / np.var(x, ddof=1)
    a, b = y1 - theta * (x1 - x.mean()), y2 - theta * (x2 - x.mean())
    test = stats.ttest_ind(a, b, equal_var=False)
    low, high = test.confidence_interval(0.95)
    before = y1.var(ddof=1) / n + y2.var(ddof=1) / (n + 5)
    after = a.var(ddof=1) / n + b.var(ddof=1) / (n + 5)
    out["cuped"].append(
        {
            "first": np.stack([y1, x1], 1).tolist(),
            "second": np.stack([y2, x2], 1).tolist(),
            "theta": theta,
            "difference": a.mean() - b.mean(),
            "p": test.pvalue,
            "interval": [low, high],
            "removed": 1 - after / before,
        }
    )

out["anytime"] = []
for d, v, tau in [(0.1, 0.002, 0.01), (-0.4, 0.09, 1.0), (0.01, 0.5, 0.04)]:
    # The mixture's likelihood ratio by integration over true differences.
    like = lambda mu: stats.norm.pdf(d, mu, v**0.5)
    top = integrate.quad(lambda mu: like(mu) * stats.norm.pdf(mu, 0, tau**0.5), -20, 20, points=[0, d], limit=500)[0]
    out["anytime"].append({"d": d, "v": v, "mixture": tau, "p": min(1.0, like(0) / top)})

out["lift"] = []
for a, n, b, m in [(40, 100, 30, 120), (512, 4000, 470, 4010), (3, 20, 1, 22), (0, 30, 2, 30)]:
    f, g = stats.beta(a + 1, n - a + 1), stats.beta(b + 1, m - b + 1)
    lo, hi = g.ppf(1e-16), g.ppf(1 - 1e-16)
    below = lambda l: integrate.quad(lambda x: g.pdf(x) * f.cdf(x * (1 + l)), lo, hi, epsabs=1e-12, limit=500)[0]
    q = lambda p: optimize.brentq(lambda l: below(l) - p, -0.9999, 200, xtol=1e-10)
    risk = integrate.dblquad(lambda y, x: (x - y) * g.pdf(x) * f.pdf(y), 0, 1, 0, lambda x: x, epsabs=1e-10)[0] if n < 200 else None
    out["lift"].append(
        {"counts": [a, n, b, m], "above": 1 - below(0), "median": q(0.5), "interval": [q(0.025), q(0.975)], "risk": risk}
    )

out["percentile"] = []
for n, p in [(100, 0.5), (250, 0.9), (1000, 0.99), (37, 0.95)]:
    low, high = stats.binom.ppf(0.025, n, p), stats.binom.isf(0.025, n, p) + 1
    inside = low >= 1 and high <= n
    out["percentile"].append({"n": n, "part": p, "ranks": [int(low), int(high)] if inside else None})



def score_interval(x1, n1, x2, n2):
    """Miettinen and Nurminen's, with the likeliest proportions found by maximising the likelihood."""
    d = x1 / n1 - x2 / n2

    def excess(v):
        low, high = max(0, -v), min(1, 1 - v)
        xlog = lambda k, p: 0 if k == 0 else k * np.log(p)
        loss = lambda p: -(xlog(x1, p + v) + xlog(n1 - x1, 1 - p - v) + xlog(x2, p) + xlog(n2 - x2, 1 - p))
        p = optimize.minimize_scalar(loss, bounds=(low + 1e-12, high - 1e-12), method="bounded", options={"xatol": 1e-13}).x
        q = p + v
        n = n1 + n2
        variance = (q * (1 - q) / n1 + p * (1 - p) / n2) * n / (n - 1)
        return (d - v) ** 2 - stats.norm.ppf(0.975) ** 2 * variance

    return [optimize.brentq(excess, d - 0.5 * (d + 1) - 1e-9, d - 1e-9), optimize.brentq(excess, d + 1e-9, d + 0.9 * (1 - d))]


out["score_interval"] = [
    {"counts": c, "interval": score_interval(*c)} for c in [(174, 791, 318, 791), (6, 40, 11, 40), (50, 100, 50, 100), (17, 20, 9, 35)]
]

here = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(here, "experiment.json"), "w") as file:
    json.dump(out, file, indent=1)
