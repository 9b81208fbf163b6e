"""Writes the parts of the example that go with demo.csv: two training logs, an A/B test, and task results.
The numbers are made up, from a fixed seed."""

import csv
import json
import os

import numpy as np

here = os.path.dirname(os.path.abspath(__file__))
rng = np.random.default_rng(2026)


def run(name, rate, floor, turn):
    with open(os.path.join(here, name), "w") as file:
        for step in range(10, 1001, 10):
            base = floor + 2.1 * np.exp(-step / rate)
            record = {
                "step": step,
                "epoch": round(step / 250, 3),
                "loss": round(float(base + rng.normal(0, 0.035)), 4),
                "grad_norm": round(float(0.8 + 1.4 * np.exp(-step / 200) + abs(rng.normal(0, 0.15))), 4),
                "learning_rate": round(2e-4 * min(step / 100, (1000 - step) / 900 + 1e-3), 9),
            }
            file.write(json.dumps(record) + "\n")
            if step % 100 == 0:
                rise = max(0, step - turn) / 1000
                loss = floor + 0.16 + 2.0 * np.exp(-step / rate) + 0.55 * rise
                file.write(json.dumps({"step": step, "epoch": round(step / 250, 3), "eval_loss": round(float(loss + rng.normal(0, 0.003)), 4)}) + "\n")


run("demo-run-a.jsonl", 180, 0.55, 450)
run("demo-run-b.jsonl", 260, 0.72, 2000)

with open(os.path.join(here, "demo-ab.csv"), "w", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["user_id", "variant", "day", "country", "resolved", "escalated", "rating", "pre_rating"])
    for i in range(1600):
        arm = int(rng.random() < 0.5)
        country = ["cn", "de", "us"][rng.integers(3)]
        before = rng.normal(3.2, 0.7)
        resolved = rng.random() < (0.61 if arm else 0.53)
        escalated = (not resolved) and rng.random() < 0.5
        rating = 0.7 * before + 1.0 + (0.12 if arm else 0) + 0.5 * resolved + rng.normal(0, 0.45)
        writer.writerow(
            [f"u{i:04}", ["base", "finetuned"][arm], f"2026-10-{1 + i * 14 // 1600:02}", country, int(resolved), int(escalated), round(rating, 2), round(before, 2)]
        )

with open(os.path.join(here, "demo-tasks.csv"), "w", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["task_id", "system", "domain", "answered", "solved", "latency_s", "ttft_s", "tokens_per_s", "cost_usd"])
    for i in range(160):
        hard = rng.normal(0, 1)
        domain = ["support", "legal", "medical"][i % 3]
        for system, skill, slow, price in [("base", 0.2, 1.0, 0.0031), ("finetuned", 0.9, 1.15, 0.0034), ("large", 1.2, 2.6, 0.0190)]:
            if system == "finetuned" and domain == "medical":
                skill -= 0.8
            answered = rng.random() < 0.97
            solved = answered and hard + rng.normal(0, 0.8) < skill
            tokens = rng.integers(60, 400)
            ttft = slow * 0.25 * rng.lognormal(0, 0.25)
            speed = 45 / slow * rng.lognormal(0, 0.08)
            writer.writerow(
                [f"t{i:03}", system, domain, int(answered), int(solved), round(ttft + tokens / speed, 3), round(ttft, 3), round(speed, 1), round(price * tokens / 200, 5)]
            )

# A judge that prefers what it is shown first, beside people who judged half of the items.
judging = np.random.default_rng(7)
with open(os.path.join(here, "demo-judge.csv"), "w", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["rater", "item", "model_a", "model_b", "winner"])
    for i in range(1, 61):
        better = judging.normal(0.7, 1.0)
        for names in [("base", "finetuned"), ("finetuned", "base")]:
            own = better if names[0] == "finetuned" else -better
            seen = own + 0.6 + judging.normal(0, 0.5)
            winner = "tie" if abs(seen) < 0.15 else names[0] if seen > 0 else names[1]
            writer.writerow(["llm-judge", i, *names, winner])
        if i <= 36:
            for rater in ["Ben", "陈晨", "Ann"]:
                names = ("base", "finetuned") if judging.random() < 0.5 else ("finetuned", "base")
                seen = better - 0.35 + judging.normal(0, 0.6)
                winner = "tie" if abs(seen) < 0.25 else "finetuned" if seen > 0 else "base"
                writer.writerow([rater, i, *names, winner])
