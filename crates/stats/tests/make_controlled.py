"""Writes controlled.json: strengths with features held equal as arena-rank has them, with standard errors over clusters
by their definition (numpy), and bootstrap intervals of strengths with ties (SciPy's optimiser on resampled clusters).

    pip install arena-rank==0.1.1 scipy
    python make_controlled.py
"""

import json
from pathlib import Path

import jax.numpy as jnp
import numpy as np
from arena_rank.models.contextual_bradley_terry import ContextualBradleyTerry
from arena_rank.utils.data_utils import ContextualPairDataset
from scipy.optimize import minimize

rng = np.random.default_rng(2026)


def games_of(items, count, clusters):
    first = rng.integers(0, items, size=count)
    second = (first + rng.integers(1, items, size=count)) % items
    return first, second, rng.integers(0, clusters, size=count)


def controlled_case(items, count, clusters, features, reg):
    first, second, cluster = games_of(items, count, clusters)
    x = rng.normal(size=(count, features)).round(4)
    true = np.linspace(-0.7, 0.7, items)
    odds = true[first] - true[second] + x @ np.linspace(0.8, -0.3, features)
    won = (rng.random(count) < 1 / (1 + np.exp(-odds))).astype(float)
    won[rng.random(count) < 0.15] = 0.5
    data = ContextualPairDataset(
        competitors=[str(i) for i in range(items)],
        pairs=jnp.array(np.stack([first, second], axis=1)),
        outcomes=jnp.array(won),
        features=jnp.array(x),
        weights=jnp.ones(count),
    )
    model = ContextualBradleyTerry(items, features, reg=reg, ftol=1e-15, gtol=1e-12, max_iter=10_000)
    model.fit(data)
    ratings = np.array(model.params["ratings"])
    ratings -= ratings.mean()
    effects = np.array(model.params["coeffs"])

    design = np.zeros((count, items + features))
    design[np.arange(count), first] = 1
    design[np.arange(count), second] = -1
    design[:, items:] = x
    p = 1 / (1 + np.exp(-design @ np.concatenate([ratings, effects])))
    curvature = design.T @ (design * (p * (1 - p))[:, None])
    curvature[items:, items:] += reg * count * np.eye(features)
    inverse = np.linalg.pinv(curvature)
    scores = design * (won - p)[:, None]
    sums = np.array([scores[cluster == c].sum(axis=0) for c in np.unique(cluster)])
    n = len(sums)
    errors = np.sqrt(np.diag(inverse @ (sums.T @ sums) @ inverse * n / (n - 1)))
    return {
        "items": items,
        "ridge": reg,
        "games": [[int(a), int(b), float(w), int(c)] for a, b, w, c in zip(first, second, won, cluster)],
        "features": x.tolist(),
        "values": ratings.tolist(),
        "errors": errors[:items].tolist(),
        "effects": effects.tolist(),
        "effect_errors": errors[items:].tolist(),
    }


def weights(theta, first, second, items):
    a, b = theta[first], theta[second]
    return np.stack([a, b, (a + b) / 2 + theta[items]], axis=-1)


def fitted(first, second, outcome, items):
    rows = np.arange(len(first))

    def loss(theta):
        w = weights(theta, first, second, items)
        p = np.exp(w - w.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        adds = np.zeros((len(first), 3, items + 1))
        adds[rows, 0, first] = adds[rows, 1, second] = 1
        adds[rows, 2, first] = adds[rows, 2, second] = 0.5
        adds[:, 2, items] = 1
        slope = (adds[rows, outcome] - (p[:, :, None] * adds).sum(axis=1)).sum(axis=0)
        return -np.log(p[rows, outcome]).sum(), -slope

    values = minimize(loss, np.zeros(items + 1), jac=True, method="BFGS").x[:items]
    return values - values.mean()


def bootstrap_case(items, count, clusters, draws):
    first, second, cluster = games_of(items, count, clusters)
    true = np.linspace(-0.6, 0.6, items)
    # Games of a cluster lean the same way.
    lean = rng.normal(0, 0.8, size=clusters)[cluster]
    p = np.exp(weights(np.append(true, np.log(0.8)), first, second, items) + np.stack([lean, -lean, 0 * lean], axis=1) / 2)
    p /= p.sum(axis=1, keepdims=True)
    outcome = np.array([rng.choice(3, p=row) for row in p])
    of_cluster = [np.flatnonzero(cluster == c) for c in np.unique(cluster)]
    found = []
    for _ in range(draws):
        rows = np.concatenate([of_cluster[i] for i in rng.integers(0, len(of_cluster), size=len(of_cluster))])
        found.append(fitted(first[rows], second[rows], outcome[rows], items))
    ends = np.percentile(np.array(found), [2.5, 97.5], axis=0)
    return {
        "items": items,
        "games": [[int(a), int(b), int(o), int(c)] for a, b, o, c in zip(first, second, outcome, cluster)],
        "intervals": ends.T.tolist(),
    }


def main():
    out = {
        "controlled": [
            controlled_case(3, 200, 60, 1, 0.0),
            controlled_case(5, 400, 400, 3, 0.0),
            controlled_case(4, 300, 80, 2, 0.05),
        ],
        "bootstrap": [bootstrap_case(4, 300, 60, 2000)],
    }
    path = Path(__file__).parent / "controlled.json"
    path.write_text(json.dumps(out) + "\n")


main()
