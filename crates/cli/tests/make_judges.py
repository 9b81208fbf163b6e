"""Writes judges.json, cases for `assay stats` in the form of stats.json, from the reference tools' values in
crates/stats/tests/judges.json, which make_judges.py there wrote."""

import json
from pathlib import Path

here = Path(__file__).parent
gold = json.loads((here / "../../stats/tests/judges.json").read_text())
cases = []


def case(args, expected, header, rows, tolerance=1e-9):
    cell = lambda c: "" if c is None else str(int(c)) if isinstance(c, bool) else str(c)
    lines = [",".join(header)] + [",".join(map(cell, row)) for row in rows]
    text = "\n".join(lines) + "\n"
    cases.append({"args": args.split(), "file": text, "tolerance": tolerance, "expected": expected})


for c in gold["means"][:2]:
    rows = list(zip(c["labels"], c["predictions"])) + [(None, g) for g in c["unlabelled"]]
    expected = {"labelled": len(c["labels"]), "value": c["value"], "interval": c["interval"]}
    case("corrected FILE --people human --judge judge", expected, ["human", "judge"], rows)
for c in gold["rates"]:
    rows = list(zip(c["people"], c["judge"])) + [(None, g) for g in c["judged"]]
    args = "corrected FILE --people human --judge judge --method rogan-gladen --samples 400"
    case(args, {"value": c["value"], "interval": c["interval"]}, ["human", "judge"], rows)
for c in gold["replacements"]:
    names = [f"p{i}" for i in range(len(c["people"]))]
    alignment = {"accuracy": "same", "neg_rmse": "near"}[c["alignment"]]
    args = f"replace FILE --people {' '.join(names)} --judge judge --alignment {alignment} --granted {c['granted']}"
    expected = {"winning_rate": c["winning_rate"], "advantage": c["advantage"]}
    case(args, expected, [*names, "judge"], zip(*c["people"], c["judge"]))
for c in gold["strengths"]:
    winner = lambda a, b, o: [f"s{a}", f"s{b}", "tie"][o]
    rows = [(f"s{a}", f"s{b}", winner(a, b, o), f"q{k}") for a, b, o, k in c["games"]]
    best_first = sorted(range(c["items"]), key=lambda i: -c["values"][i])
    table = [{"name": f"s{i}", "strength": c["values"][i], "standard_error": c["errors"][i]} for i in best_first]
    args = "rank FILE --first a --second b --winner winner --ties davidson --cluster item"
    case(args, {"tie": c["tie"], "rows": table}, ["a", "b", "winner", "item"], rows, 1e-6)
for c in gold["equivalences"]:
    expected = {key: c[key] for key in ("p_value", "p_not_below", "p_not_above")}
    rows = [(0, d) for d in c["differences"]]
    case(f"equivalence FILE --columns a b --margin {c['margin']}", expected, ["a", "b"], rows)

(here / "judges.json").write_text("[\n" + ",\n".join(json.dumps(c) for c in cases) + "\n]\n")
