"""Values for `assay stats`: SciPy 1.17.1, statsmodels 0.15.0, scikit-learn 1.9.1, krippendorff 0.9.0, pingouin 0.7.0.

Writes stats.json: for each case the arguments (FILE stands for a file with `file`), and the expected values.
"""

import itertools
import json
import math
import os

import krippendorff
import numpy as np
import pandas as pd
import pingouin
import statsmodels.api as sm
from scipy import optimize, stats
from sklearn import metrics
from statsmodels.stats import contingency_tables, inter_rater, multitest, power, proportion

cases = []


def case(args, expected, file=None, tolerance=1e-9):
    plain = json.loads(json.dumps(expected, default=float))
    cases.append({"args": args.split(), "file": file, "tolerance": tolerance, "expected": plain})


def csv(**columns):
    rows = itertools.zip_longest(*columns.values(), fillvalue="")
    lines = [",".join(columns)] + [",".join("" if c is None else str(c) for c in row) for row in rows]
    return "\n".join(lines) + "\n"


# One proportion.
names = {"wilson": "wilson", "wald": "normal", "agresti-coull": "agresti_coull", "clopper-pearson": "beta", "jeffreys": "jeffreys"}
for (ours, theirs), (k, n) in itertools.product(names.items(), [(3, 10), (0, 12), (174, 791)]):
    ends = proportion.proportion_confint(k, n, method=theirs)
    case(f"interval --method {ours} --successes {k} --n {n}", {"proportion": k / n, "interval": list(ends)})
for k, n, p in [(3, 10, 0.5), (0, 10, 0.2), (174, 791, 0.25)]:
    case(f"binomial --successes {k} --n {n} --expected {p}", {"p_value": stats.binomtest(k, n, p).pvalue})


# Two proportions.
def likelihood(p, k, n):
    return stats.binom.logpmf(k, n, p)


def miettinen_nurminen(a, n1, b, n2):
    """The differences whose score statistic, by the likeliest proportions of that difference, is not rejected."""

    def excess(delta):
        low, high = max(0, -delta), min(1, 1 - delta)
        of = lambda p: -likelihood(p + delta, a, n1) - likelihood(p, b, n2)
        p2 = optimize.minimize_scalar(of, bounds=(low, high), method="bounded", options={"xatol": 1e-13}).x
        p1 = p2 + delta
        variance = (p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2) * (n1 + n2) / (n1 + n2 - 1)
        return (a / n1 - b / n2 - delta) ** 2 / variance - stats.norm.ppf(0.975) ** 2

    middle = a / n1 - b / n2
    return [optimize.brentq(excess, -1 + 1e-9, middle), optimize.brentq(excess, middle, 1 - 1e-9)]


for a, n1, b, n2 in [(8, 10, 3, 12), (174, 791, 218, 791)]:
    args = f"proportions {a}/{n1} {b}/{n2}"
    table = [[a, n1 - a], [b, n2 - b]]
    z, p = proportion.proportions_ztest([a, b], [n1, n2])
    case(f"{args} --test z", {"difference": a / n1 - b / n2, "statistic": z, "p_value": p})
    for name in ["score", "wald", "agresti-caffo"]:
        found = proportion.test_proportions_2indep(a, n1, b, n2, compare="diff", method=name)
        case(f"{args} --test {name}", {"statistic": found.statistic, "p_value": found.pvalue})
    for name, yates in [("chi-squared", False), ("yates", True)]:
        found = stats.chi2_contingency(table, correction=yates)
        case(f"{args} --test {name}", {"statistic": found.statistic, "p_value": found.pvalue})
    sides = {"p_value": "two-sided", "p_less": "less", "p_greater": "greater"}
    found = {key: stats.fisher_exact(table, alternative=side).pvalue for key, side in sides.items()}
    case(f"{args} --test fisher", {"odds_ratio": stats.fisher_exact(table).statistic, **found})
    for ours, theirs in [("newcombe", "newcomb"), ("wald", "wald"), ("agresti-caffo", "agresti-caffo"), ("statsmodels-score", "score")]:
        try:
            ends = proportion.confint_proportions_2indep(a, n1, b, n2, compare="diff", method=theirs)
        except ValueError:
            # The tool's search for the score interval fails on some tables.
            continue
        case(f"{args} --interval {ours}", {"interval": list(ends)}, tolerance=1e-7)
    case(f"{args} --interval miettinen-nurminen", {"interval": miettinen_nurminen(a, n1, b, n2)}, tolerance=1e-6)
for method, options in [("exact", {"exact": True}), ("chi-squared", {"exact": False, "correction": False}), ("edwards", {"exact": False})]:
    found = contingency_tables.mcnemar([[5, 8], [1, 6]], **options)
    case(f"mcnemar --only-first 8 --only-second 1 --method {method}", {"p_value": found.pvalue})

# Corrections.
values = [0.01, 0.04, 0.03, 0.005, 0.6, 0.04]
for name in ["bonferroni", "sidak", "holm", "holm-sidak", "simes-hochberg", "hommel", "fdr_bh", "fdr_by"]:
    rows = [{"p_value": p, "adjusted": q} for p, q in zip(values, multitest.multipletests(values, method=name)[1])]
    case(f"adjust --method {name.replace('_', '-')} {' '.join(map(str, values))}", {"rows": rows})

# Samples, of which some are shorter, with ties.
rng = np.random.default_rng(11)
a = [round(x, 2) for x in rng.normal(0.6, 0.1, 14)]
b = [round(x, 2) for x in rng.normal(0.7, 0.15, 14)]
c = [round(x, 1) for x in rng.normal(0.65, 0.1, 14)]
b[3] = a[3]
c[5] = None
file = csv(a=a, b=b, c=c)
pairs = "--columns a b"
pooled = math.sqrt((np.var(a, ddof=1) + np.var(b, ddof=1)) / 2)
d = (np.mean(a) - np.mean(b)) / pooled
for name, equal in [("welch", False), ("student", True)]:
    t = stats.ttest_ind(a, b, equal_var=equal)
    expected = {"difference": np.mean(a) - np.mean(b), "interval": list(t.confidence_interval()), "statistic": t.statistic}
    effects = {"cohens_d": d, "hedges_g": d * (1 - 3 / (4 * 28 - 9))}
    case(f"compare --test {name} FILE {pairs}", {**expected, "freedom": t.df, "p_value": t.pvalue, **effects}, file)
few = csv(a=[1.5, 2.25, 9], b=[0.5, 3.5, 4, 7])
whole = [
    ("auto", {}, file, a, b),
    ("auto", {}, few, [1.5, 2.25, 9], [0.5, 3.5, 4, 7]),
    ("exact", {"method": "exact"}, few, [1.5, 2.25, 9], [0.5, 3.5, 4, 7]),
    ("normal", {"method": "asymptotic", "use_continuity": False}, file, a, b),
    ("continuity", {"method": "asymptotic"}, file, a, b),
]
for ranks, options, text, x, y in whole:
    u = stats.mannwhitneyu(x, y, **options)
    delta = 2 * u.statistic / (len(x) * len(y)) - 1
    expected = {"statistic": u.statistic, "p_value": u.pvalue, "cliffs_delta": delta}
    case(f"compare --test mann-whitney --ranks {ranks} FILE {pairs}", expected, text)
t = stats.ttest_rel(a, b)
differences = np.array(a) - np.array(b)
expected = {"pairs": 14, "difference": differences.mean(), "interval": list(t.confidence_interval()), "p_value": t.pvalue}
case(f"compare --test paired FILE {pairs}", {**expected, "cohens_d": differences.mean() / differences.std(ddof=1)}, file)
w = stats.wilcoxon(a, b)
case(f"compare --test wilcoxon FILE {pairs}", {"statistic": w.statistic, "p_value": w.pvalue}, file)
for zeros, (ranks, correction) in itertools.product(["wilcox", "pratt", "zsplit"], [("normal", False), ("continuity", True)]):
    w = stats.wilcoxon(a, b, zero_method=zeros, correction=correction, method="asymptotic")
    expected = {"statistic": w.statistic, "p_value": w.pvalue}
    case(f"compare --test wilcoxon --zeros {zeros} --ranks {ranks} FILE {pairs}", expected, file)
there = [x for x in c if x is not None]
for name, test in [("anova", stats.f_oneway), ("kruskal", stats.kruskal)]:
    found = test(a, b, there)
    case(f"compare --test {name} FILE", {"statistic": found.statistic, "p_value": found.pvalue}, file)
rows = [row for row in zip(a, b, c) if None not in row]
found = stats.friedmanchisquare(*zip(*rows))
case("compare --test friedman FILE", {"statistic": found.statistic, "p_value": found.pvalue}, file)
case("compare --test welch FILE", {"statistic": None, "p_value": None}, csv(a=[1, 1], b=[1, 1]))

# The tool draws with the same generator, though not one number after the other: ends agree as far as 9,999 draws go.
draws = {"n_resamples": 9999, "rng": np.random.default_rng(12345)}
ends = {}
for name, method in [("percentile", "percentile"), ("basic", "basic"), ("bca", "BCa")]:
    interval = stats.bootstrap((a,), np.mean, method=method, **draws).confidence_interval
    ends[name] = list(interval)
case("mean FILE --column a", {"count": 14, "mean": np.mean(a), **ends}, file, tolerance=0.003)

# Correlations.
x, y = [row[0] for row in rows], [row[2] for row in rows]
found = stats.pearsonr(x, y)
expected = {"pairs": 13, "value": found.statistic, "interval": list(found.confidence_interval()), "p_value": found.pvalue}
case("correlate --method pearson FILE --columns a c", expected, file)
coefficients = [
    ("spearman", stats.spearmanr(x, y)),
    ("kendall", stats.kendalltau(x, y)),
    ("tau-c", stats.kendalltau(x, y, variant="c")),
]
for name, found in coefficients:
    case(f"correlate --method {name} FILE --columns a c", {"value": found.statistic, "p_value": found.pvalue}, file)

# Agreement.
raters = [[1, 2, 3, 3, 2, 1, 4, 1, 2, None], [1, 2, 3, 3, 2, 2, 4, 1, 2, 5], [None, 3, 3, 3, 2, 3, 4, 2, 2, 5]]
holes = csv(r1=raters[0], r2=raters[1], r3=raters[2])
matrix = [[np.nan if x is None else x for x in r] for r in raters]
for level in ["nominal", "ordinal", "interval", "ratio"]:
    alpha = krippendorff.alpha(matrix, level_of_measurement=level)
    case(f"agreement --method krippendorff --level {level} FILE", {"raters": 3, "value": alpha}, holes)
items = [row for row in zip(*raters) if None not in row]
counts, _ = inter_rater.aggregate_raters(items)
case("agreement --method fleiss FILE", {"value": inter_rater.fleiss_kappa(counts)}, holes)
case("agreement --method randolph FILE", {"value": inter_rater.fleiss_kappa(counts, method="randolph")}, holes)
more = np.hstack([counts, np.zeros((len(counts), 2))])
value = inter_rater.fleiss_kappa(more, method="randolph")
case(f"agreement --method randolph --categories {more.shape[1]} FILE", {"value": value}, holes)
first, second = zip(*[(p, q) for p, q in zip(raters[0], raters[1]) if p is not None])
for weights, theirs in [("exact", None), ("linear", "linear"), ("quadratic", "quadratic")]:
    kappa = metrics.cohen_kappa_score(first, second, weights=theirs)
    case(f"agreement --method cohen --weights {weights} FILE --columns r1 r2", {"value": kappa}, holes)
case("agreement --method percent FILE --columns r1 r2", {"value": np.mean(np.array(first) == second)}, holes)


def gwet_ac1(first, second):
    """Gwet 2008 for two raters who both rated everything."""
    labels = sorted(set(first) | set(second))
    parts = [(first.count(v) + second.count(v)) / (2 * len(first)) for v in labels]
    chance = sum(p * (1 - p) for p in parts) / (len(labels) - 1)
    same = sum(p == q for p, q in zip(first, second)) / len(first)
    return (same - chance) / (1 - chance)


said = [["yes", "no", "yes", "yes", "no", "yes"], ["yes", "no", "yes", "no", "no", "yes"]]
case("agreement --method gwet FILE", {"raters": 2, "value": gwet_ac1(*said)}, csv(r1=said[0], r2=said[1]))
long = pd.DataFrame([(i, r, v) for i, row in enumerate(items) for r, v in enumerate(row)], columns=["item", "rater", "value"])
icc = pingouin.intraclass_corr(long, targets="item", raters="rater", ratings="value").set_index("Type")
for model, kinds in [("one-way", ["ICC(1,1)", "ICC(1,k)"]), ("agreement", ["ICC(A,1)", "ICC(A,k)"]), ("consistency", ["ICC(C,1)", "ICC(C,k)"])]:
    single, mean = [icc.loc[kind] for kind in kinds]
    expected = {"single": single["ICC"], "mean": mean["ICC"], "statistic": single["F"], "p_value": single["pval"]}
    case(f"agreement --method icc --model {model} FILE", expected, holes)

# Strengths: a binomial regression on the differences of systems, the first of them at 0, then centred.
games = [("x", "y", "x"), ("x", "y", "y"), ("y", "z", "y"), ("z", "y", "z"), ("x", "z", "x"), ("z", "x", "tie"), ("x", "z", "x"), ("y", "z", "y"), ("x", "y", "x")]
order = ["x", "y", "z"]
design = np.array([[(p == name) - (q == name) for name in order[1:]] for p, q, _ in games], float)
won = np.array([{p: 1.0, q: 0.0, "tie": 0.5}[w] for p, q, w in games])
fit = sm.GLM(won, design, family=sm.families.Binomial()).fit(tol=1e-14)
strengths = np.array([0.0, *fit.params])
covariance = np.zeros((3, 3))
covariance[1:, 1:] = fit.cov_params()
centre = np.eye(3) - 1 / 3
centred = strengths - strengths.mean()
errors = np.sqrt(np.diag(centre @ covariance @ centre.T))
best = int(np.argmax(centred))
rows = []
for i in np.argsort(-centred):
    below = covariance[best, best] + covariance[i, i] - 2 * covariance[best, i]
    rows.append(
        {
            "name": order[i],
            "strength": centred[i],
            "standard_error": errors[i],
            "elo": 1000 + 400 / math.log(10) * centred[i],
            "below_best": centred[best] - centred[i],
            "below_best_error": math.sqrt(max(below, 0)),
        }
    )
columns = dict(zip(["one", "two", "won"], zip(*games)))
case("rank FILE --first one --second two --winner won", {"rows": rows}, csv(**columns), tolerance=1e-6)

# Classifiers.
truth = list("aabbbccabcabca")
predicted = list("abbbaccabcacca")
report = metrics.classification_report(truth, predicted, output_dict=True)
rows = []
for label in "abc":
    outside = [(t, p) for t, p in zip(truth, predicted) if t != label]
    rows.append(
        {
            "label": label,
            "precision": report[label]["precision"],
            "recall": report[label]["recall"],
            "specificity": metrics.recall_score([t != label for t in truth], [p != label for p in predicted]),
            "f1": report[label]["f1-score"],
            "support": report[label]["support"],
        }
    )
expected = {
    "items": 14,
    "accuracy": metrics.accuracy_score(truth, predicted),
    "balanced_accuracy": metrics.balanced_accuracy_score(truth, predicted),
    "macro_f1": report["macro avg"]["f1-score"],
    "weighted_f1": report["weighted avg"]["f1-score"],
    "mcc": metrics.matthews_corrcoef(truth, predicted),
    "kappa": metrics.cohen_kappa_score(truth, predicted),
    "rows": rows,
}
case("classifier FILE --truth label --predicted pred", expected, csv(label=truth, pred=predicted))
labels = [1, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0, 1]
scores = [0.9, 0.2, 0.7, 0.4, 0.4, 0.1, 0.8, 0.6, 0.3, 0.35, 0.75, 0.75]
precision, recall, _ = metrics.precision_recall_curve(labels, scores)
expected = {
    "positives": 6,
    "roc_auc": metrics.roc_auc_score(labels, scores),
    "partial_auc": metrics.roc_auc_score(labels, scores, max_fpr=0.3),
    "average_precision": metrics.average_precision_score(labels, scores),
    "precision_recall_auc": metrics.auc(recall, precision),
}
case("curve FILE --truth label --score p --max-fpr 0.3", expected, csv(label=labels, p=scores))

# Power. The tool's own search for sizes and effects stops a little early.
paired, independent, normal = power.TTestPower(), power.TTestIndPower(), power.NormalIndPower()
case("power paired --effect 0.3 --n 50", {"power": paired.power(0.3, 50, 0.05)})
case("power paired --effect 0.3", {"pairs": paired.solve_power(0.3, alpha=0.05, power=0.8)}, tolerance=1e-5)
case("power paired --n 50 --power 0.9", {"effect": paired.solve_power(nobs=50, alpha=0.05, power=0.9)}, tolerance=1e-5)
case("power independent --effect 0.4 --n 60 --alpha 0.01", {"power": independent.power(0.4, 60, 0.01)})
case("power independent --effect 0.4", {"each": independent.solve_power(0.4, alpha=0.05, power=0.8)}, tolerance=1e-5)
h = proportion.proportion_effectsize(0.6, 0.5)
expected = {
    "cohens_h": h,
    "power_by_cohens_h": normal.power(h, 200, 0.05),
    "power_pooled": proportion.power_proportions_2indep(0.1, 0.5, 200).power,
}
case("power proportions --first 0.5 --second 0.6 --n 200", expected)
for sides, theirs in [("two", "two-sided"), ("one", "larger")]:
    reach = stats.norm.isf(0.025 if sides == "two" else 0.05) + stats.norm.ppf(0.8)
    unpooled = reach**2 * (0.5 * 0.5 + 0.6 * 0.4 / 2) / 0.1**2
    expected = {
        "first_by_cohens_h": normal.solve_power(h, alpha=0.05, power=0.8, ratio=2, alternative=theirs),
        "first_unpooled": unpooled,
    }
    case(f"power proportions --first 0.5 --second 0.6 --ratio 2 --sides {sides}", expected, tolerance=1e-4)
size = proportion.samplesize_proportions_2indep_onetail(0.1, 0.5, 0.8, alpha=0.05)
case("power proportions --first 0.5 --second 0.6", {"first_pooled": size}, tolerance=1e-6)

with open(os.path.join(os.path.dirname(__file__), "stats.json"), "w") as out:
    lines = [json.dumps(c) for c in cases]
    out.write("[\n" + ",\n".join(lines) + "\n]\n")
