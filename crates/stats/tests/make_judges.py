"""Writes judges.json: corrected means as ppi-python has them, corrected rates as judgy has them, the alternative
annotator test as its authors' notebook has it, strengths with ties as evalica has them with standard errors by their
definition (scipy and numpy), and tests of equivalence as statsmodels has them.

    pip install ppi-python==0.2.3 judgy==0.1.0 evalica==0.4.2 statsmodels==0.15.0 scipy==1.17.1
    git clone https://github.com/nitaytech/AltTest
    python3 make_judges.py AltTest/alt_test_example.ipynb
"""

import json
import sys
from pathlib import Path

import evalica
import judgy
import numpy as np
from ppi_py import ppi_mean_ci, ppi_mean_pointestimate
from scipy.optimize import minimize
from statsmodels.stats.weightstats import ttost_paired

rng = np.random.default_rng(2025)


def mean_case(labels, unlabelled, noise, bias, binary=False):
    """People's values, and a judge's that follow them with noise and bias."""
    truth = rng.normal(3, 1, size=labels + unlabelled)
    judged = truth + bias + noise * rng.normal(size=len(truth))
    if binary:
        truth, judged = (truth > 3).astype(float), (judged > 3).astype(float)
    truth, judged = truth.round(3), judged.round(3)
    y, f, g = truth[:labels], judged[:labels], judged[labels:]
    low, high = ppi_mean_ci(y, f, g, alpha=0.05)
    return {
        "labels": y.tolist(),
        "predictions": f.tolist(),
        "unlabelled": g.tolist(),
        "value": float(np.squeeze(ppi_mean_pointestimate(y, f, g))),
        "interval": [float(np.squeeze(low)), float(np.squeeze(high))],
    }


def corrected(people, judge, observed):
    """The corrected rate; nothing where there is none."""
    if people.all() or not people.any():
        return None
    gain = judge[people].mean() + (~judge[~people]).mean() - 1
    if gain <= 0:
        return None
    return float(np.clip((observed + (~judge[~people]).mean() - 1) / gain, 0, 1))


def rate_case(labelled, judged, sensitivity, specificity):
    truth = rng.random(labelled + judged) < 0.6
    right = rng.random(len(truth)) < np.where(truth, sensitivity, specificity)
    said = np.where(right, truth, ~truth)
    people, judge, rest = truth[:labelled], said[:labelled], said[labelled:]
    value, _, _ = judgy.estimate_success_rate(
        people.astype(int), judge.astype(int), rest.astype(int), bootstrap_iterations=10
    )
    draws = np.random.default_rng(12345)
    rates = []
    for _ in range(400):
        of_labelled = draws.integers(0, labelled, size=labelled)
        of_judged = draws.integers(0, judged, size=judged)
        rate = corrected(people[of_labelled], judge[of_labelled], rest[of_judged].mean())
        if rate is not None:
            rates.append(rate)
    return {
        "people": people.tolist(),
        "judge": judge.tolist(),
        "judged": rest.tolist(),
        "value": value,
        "interval": [float(np.percentile(rates, p)) for p in (2.5, 97.5)],
    }


def notebook(path):
    """The functions of the authors' notebook."""
    cells = json.loads(Path(path).read_text())["cells"]
    names = {}
    for cell in [c for c in cells if c["cell_type"] == "code"][:2]:
        exec("".join(cell["source"]), names)
    return names["alt_test"]


def replacement_case(alt_test, alignment, people, items, noise, judge_noise, granted):
    truth = rng.integers(1, 6, size=items)
    said = lambda p: np.clip(truth + np.where(rng.random(items) < p, rng.integers(-2, 3, size=items), 0), 1, 5)
    lists = [said(noise) for _ in range(people)]
    judge = said(judge_noise)
    seen = [rng.random(items) < 0.8 for _ in range(people)]
    humans = {p: {i: int(lists[p][i]) for i in range(items) if seen[p][i]} for p in range(people)}
    llm = {i: int(judge[i]) for i in range(items) if i % 11}
    winning, advantage = alt_test(llm, humans, alignment, granted)
    return {
        "alignment": alignment,
        "granted": granted,
        "people": [[humans[p].get(i) for i in range(items)] for p in range(people)],
        "judge": [llm.get(i) for i in range(items)],
        "winning_rate": winning,
        "advantage": advantage,
    }


def terms(theta, first, second, items):
    """The logarithms of an outcome's weight: first, second, tie."""
    a, b = theta[first], theta[second]
    return np.stack([a, b, (a + b) / 2 + theta[items]], axis=-1)


def strength_case(items, games, clusters, tie):
    true = np.linspace(-0.8, 0.8, items)
    first = rng.integers(0, items, size=games)
    second = (first + rng.integers(1, items, size=games)) % items
    cluster = rng.integers(0, clusters, size=games)
    p = np.exp(terms(np.append(true, np.log(tie)), first, second, items))
    p /= p.sum(axis=1, keepdims=True)
    outcome = np.array([rng.choice(3, p=row) for row in p])
    winners = [[evalica.Winner.X, evalica.Winner.Y, evalica.Winner.Draw][o] for o in outcome]
    found = evalica.newman(
        first.tolist(), second.tolist(), winners, tolerance=1e-12, limit=100_000
    )
    scores = np.log(np.array([found.scores[i] for i in range(items)]))

    # The same by a general optimiser, and the sandwich by its definition.
    def slopes(theta):
        p = np.exp(terms(theta, first, second, items))
        p /= p.sum(axis=1, keepdims=True)
        adds = np.zeros((games, 3, items + 1))
        rows = np.arange(games)
        adds[rows, 0, first] = 1
        adds[rows, 1, second] = 1
        adds[rows, 2, first] = adds[rows, 2, second] = 0.5
        adds[:, 2, items] = 1
        mean = (p[:, :, None] * adds).sum(axis=1)
        centred = adds - mean[:, None, :]
        own = adds[rows, outcome] - mean
        return own, np.einsum("go,goi,goj->ij", p, centred, centred), -np.log(p[rows, outcome]).sum()

    fit = minimize(
        lambda theta: slopes(theta)[2],
        np.zeros(items + 1),
        jac=lambda theta: -slopes(theta)[0].sum(axis=0),
        method="BFGS",
        options={"gtol": 1e-10},
    ).x
    fit[:items] -= fit[:items].mean()
    assert np.allclose(fit[:items], scores - scores.mean(), atol=1e-6), (fit, scores)
    own, curvature, _ = slopes(fit)
    inverse = np.linalg.pinv(curvature)
    sums = np.array([own[cluster == c].sum(axis=0) for c in np.unique(cluster)])
    n = len(sums)
    covariance = inverse @ (sums.T @ sums) @ inverse * n / (n - 1)
    return {
        "items": items,
        "games": [[int(a), int(b), int(o), int(c)] for a, b, o, c in zip(first, second, outcome, cluster)],
        "values": (scores - scores.mean()).tolist(),
        "tie": 2 * float(found.v),
        "errors": np.sqrt(np.diag(covariance))[:items].tolist(),
    }


def equivalence_case(n, shift, margin):
    first = rng.normal(size=n).round(3)
    second = (first + shift + 0.3 * rng.normal(size=n)).round(3)
    p, lower, upper = ttost_paired(second, first, -margin, margin)
    return {
        "differences": (second - first).tolist(),
        "margin": margin,
        "p_value": float(p),
        "p_not_below": float(lower[1]),
        "p_not_above": float(upper[1]),
    }


alt_test = notebook(sys.argv[1])
gold = {
    "means": [
        mean_case(30, 400, 0.3, 0.5),
        mean_case(50, 60, 3.0, 0.0),
        mean_case(100, 2000, 0.8, -1.0),
        mean_case(80, 300, 0.7, 0.4, binary=True),
    ],
    "rates": [rate_case(60, 300, 0.9, 0.7), rate_case(200, 50, 0.7, 0.95), rate_case(40, 40, 0.8, 0.8)],
    "replacements": [
        replacement_case(alt_test, "accuracy", 3, 100, 0.4, 0.3, 0.15),
        replacement_case(alt_test, "accuracy", 5, 120, 0.3, 0.6, 0.1),
        replacement_case(alt_test, "neg_rmse", 4, 90, 0.5, 0.4, 0.2),
        replacement_case(alt_test, "neg_rmse", 3, 60, 0.2, 0.9, 0.1),
    ],
    "strengths": [strength_case(3, 150, 40, 0.8), strength_case(6, 600, 90, 1.5)],
    "equivalences": [equivalence_case(40, 0.05, 0.2), equivalence_case(25, 0.2, 0.2), equivalence_case(100, 0.0, 0.1)],
}
Path(__file__).with_name("judges.json").write_text(json.dumps(gold) + "\n")
