"""Writes numbers.json: errors of predicted numbers, and their correlation, by scikit-learn and SciPy.

    pip install scikit-learn==1.9.1 scipy==1.17.1
    python tests/parity/make_numbers.py
"""

import json
import pathlib
import random

from scipy.stats import pearsonr
from sklearn.metrics import mean_absolute_error, root_mean_squared_error

HERE = pathlib.Path(__file__).parent


def case(name, right, predicted):
    return {
        "name": name,
        "right": [str(x) for x in right],
        "predicted": [str(x) for x in predicted],
        "mae": mean_absolute_error(right, predicted),
        "rmse": root_mean_squared_error(right, predicted),
        "pearson": pearsonr(right, predicted).statistic,
    }


def main():
    draw = random.Random(7)
    likeness = [round(draw.uniform(0, 5), 1) for _ in range(40)]
    prices = [round(draw.uniform(90_000, 900_000), 2) for _ in range(25)]
    cases = [
        case("likeness", likeness, [round(x + draw.gauss(0, 0.6), 3) for x in likeness]),
        case("against the scale", likeness, [round(5 - x + draw.gauss(0, 0.2), 3) for x in likeness]),
        case("large numbers", prices, [round(x * draw.uniform(0.8, 1.3), 2) for x in prices]),
        case("far from zero", [1e6 + x for x in likeness], [1e6 + round(x + draw.gauss(0, 1), 3) for x in likeness]),
    ]
    (HERE / "numbers.json").write_text(json.dumps(cases, indent=1) + "\n")


main()
