"""Writes rater_effects.json: strengths whose raters differ in order effect (Davidson and Beaver 1977) and discrimination,
by SciPy's optimiser on the likelihood as it is defined, errors by the sandwich over clusters with numeric derivatives; and
order effects without ties by statsmodels' binomial GLM with an intercept for each rater and cluster-robust errors.

    pip install numpy scipy statsmodels==0.15.0
    python make_rater_effects.py
"""

import json
from pathlib import Path

import numpy as np
import statsmodels.api as sm
from scipy.optimize import minimize

rng = np.random.default_rng(1977)


def made(items, raters, count, clusters, ties):
    """Games (first, second, outcome, cluster, rater, order known), drawn from the model."""
    strengths = np.linspace(-0.8, 0.8, items)
    scales = np.exp(np.linspace(-0.4, 0.4, raters))
    orders = np.linspace(-0.3, 0.7, raters)
    games = []
    for _ in range(count):
        first = int(rng.integers(items))
        second = int((first + rng.integers(1, items)) % items)
        rater = int(rng.integers(raters))
        # The last rater's orders are not known.
        known = int(rater + 1 < raters or not ties)
        one, two = scales[rater] * strengths[[first, second]]
        logs = np.array([one + known * orders[rater], two, (one + two) / 2 + (-0.5 if ties else -np.inf)])
        p = np.exp(logs - logs.max())
        outcome = int(rng.choice(3, p=p / p.sum()))
        games.append([first, second, outcome, int(rng.integers(clusters)), rater, known])
    return games


class Likelihood:
    """All parameters: strengths but the last, logarithms of discriminations but the last, orders, the tie's logarithm."""

    def __init__(self, items, raters, games, discriminates):
        self.items, self.raters = items, raters
        self.games = np.array(games)
        self.discriminates = discriminates
        self.known = sorted({g[4] for g in games if g[5]})
        self.ties = any(g[2] == 2 for g in games)
        self.size = items - 1 + (raters - 1) * discriminates + len(self.known) + self.ties

    def parts(self, x):
        b = np.append(x[: self.items - 1], -x[: self.items - 1].sum())
        at = self.items - 1
        a = np.zeros(self.raters)
        if self.discriminates:
            a[:-1] = x[at : at + self.raters - 1]
            a[-1] = -a.sum()
            at += self.raters - 1
        o = np.zeros(self.raters)
        o[self.known] = x[at : at + len(self.known)]
        tie = x[-1] if self.ties else -np.inf
        return b, a, o, tie

    def each(self, x):
        b, a, o, tie = self.parts(x)
        first, second, outcome, _, rater, known = self.games.T
        one, two = np.exp(a[rater]) * b[first], np.exp(a[rater]) * b[second]
        logs = np.stack([one + known * o[rater], two, (one + two) / 2 + tie])
        return logs[outcome, np.arange(len(first))] - np.logaddexp.reduce(logs, axis=0)

    def fit(self):
        loss = lambda x: -self.each(x).sum()
        x = minimize(loss, np.zeros(self.size), method="BFGS", options={"gtol": 1e-9}).x
        for _ in range(20):
            x = x - np.linalg.solve(self.curvature(x), self.gradient(x))
        return x

    def jacobian(self, x, f, h=1e-5):
        """By central differences of the fourth order."""
        columns = []
        for k in range(len(x)):
            e = np.zeros(len(x))
            e[k] = h
            columns.append((8 * (f(x + e) - f(x - e)) - (f(x + 2 * e) - f(x - 2 * e))) / (12 * h))
        return np.stack(columns, axis=-1)

    def gradient(self, x):
        return -self.jacobian(x, self.each).sum(axis=0)

    def curvature(self, x):
        h = self.jacobian(x, self.gradient, 1e-3)
        return (h + h.T) / 2

    def told(self):
        x = self.fit()
        inverse = np.linalg.inv(self.curvature(x))
        scores = self.jacobian(x, self.each)
        clusters = self.games[:, 3]
        sums = np.stack([scores[clusters == c].sum(axis=0) for c in np.unique(clusters)])
        n = len(sums)
        covariance = inverse @ (sums.T @ sums) @ inverse * n / (n - 1)
        parts = lambda x: np.concatenate(self.parts(x)[:3] + ([self.parts(x)[3]],) if self.ties else self.parts(x)[:3])
        j = self.jacobian(x, parts)
        errors = np.sqrt(np.maximum(np.diag(j @ covariance @ j.T), 0))
        b, a, o, tie = self.parts(x)
        n = self.items
        return {
            "values": b.tolist(),
            "errors": errors[:n].tolist(),
            "discriminations": a.tolist() if self.discriminates else [],
            "discrimination_errors": errors[n : n + self.raters].tolist() if self.discriminates else [],
            "orders": [o[r] if r in self.known else None for r in range(self.raters)],
            "order_errors": [errors[n + self.raters + r] if r in self.known else None for r in range(self.raters)],
            "tie": float(np.exp(tie)) if self.ties else 0.0,
        }


def case(items, raters, count, clusters, ties, discriminates):
    games = made(items, raters, count, clusters, ties)
    told = Likelihood(items, raters, games, discriminates).told()
    return {"items": items, "raters": raters, "discriminates": discriminates, "games": games, **told}


def glm(items, raters, count, clusters):
    games = made(items, raters, count, clusters, False)
    x = np.zeros((count, items - 1 + raters))
    for row, (first, second, _, _, rater, _) in zip(x, games):
        for item, sign in ((first, 1), (second, -1)):
            if item + 1 < items:
                row[item] += sign
            else:
                row[: items - 1] -= sign
        row[items - 1 + rater] = 1
    won = np.array([g[2] == 0 for g in games], float)
    groups = np.array([g[3] for g in games])
    found = sm.GLM(won, x, family=sm.families.Binomial()).fit(
        tol=1e-14, cov_type="cluster", cov_kwds={"groups": groups, "use_correction": False}
    )
    n = len(set(groups))
    errors = found.bse * np.sqrt(n / (n - 1))
    return {
        "items": items, "raters": raters, "games": games,
        "values": found.params[: items - 1].tolist(), "orders": found.params[items - 1 :].tolist(),
        "order_errors": errors[items - 1 :].tolist(),
    }


gold = {
    "strengths": [
        case(3, 2, 300, 60, True, False),
        case(4, 3, 600, 120, True, True),
        case(5, 4, 1200, 200, False, True),
    ],
    "glm": [glm(4, 3, 500, 100)],
}
Path(__file__).with_name("rater_effects.json").write_text(json.dumps(gold, separators=(",", ":")) + "\n")
