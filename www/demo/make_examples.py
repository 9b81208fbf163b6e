"""Writes three examples: summaries with a judge and people, a classifier with probabilities, and maths with reasoning
and programs. All texts are made up, from a fixed seed."""

import csv
import json
import math
import os
import random

here = os.path.dirname(os.path.abspath(__file__))
rng = random.Random(2026)


def write_lines(name, records):
    with open(os.path.join(here, name), "w", encoding="utf-8") as file:
        for record in records:
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


def write_table(name, head, rows):
    with open(os.path.join(here, name), "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)


# Summaries: an article of five sentences, of which the reference keeps the main facts. The base model copies the
# beginning and sometimes gets a number wrong; the tuned one names the facts.
ENGLISH = [
    ("council", "The {town} city council approved a plan on {day} to {plan}.", "The work will cost {cost} million euros and take {months} months.",
     "Residents had asked for it since a petition with {signed} signatures last spring.", "Mayor {name} said that the town could not wait any longer.", "Shops along the route will stay open.",
     "{town}'s council approved a plan to {plan}; it costs {cost} million euros and takes {months} months.",
     [("build a tram line to the harbour", 48, 30), ("plant a thousand trees in the centre", 3, 12), ("turn the old mill into a library", 17, 22), ("replace all street lamps", 9, 14), ("dig a flood channel along the river", 62, 40), ("open two night shelters", 4, 8)]),
    ("science", "Researchers at {town} University reported on {day} that {plan}.", "Their study followed {cost} hundred people for {months} months.",
     "It was paid for by a public fund with {signed} members.", "The lead author, {name}, warned that the effect is small.", "Other groups want to repeat the study.",
     "A study of {cost} hundred people over {months} months found that {plan}; its author warns that the effect is small.",
     [("a short walk after meals lowers blood sugar", 12, 18), ("children read better in quiet classrooms", 9, 24), ("green roofs keep flats cooler", 5, 15), ("night buses make people sleep longer", 7, 10), ("a daily nap helps memory", 15, 20), ("singing together lowers stress", 6, 9)]),
    ("business", "The company {name} & Co. of {town} announced on {day} that it will {plan}.", "It expects to invest {cost} million euros within {months} months.",
     "The firm has {signed} employees.", "Its shares rose slightly after the announcement.", "Unions asked for a meeting.",
     "{name} & Co. will {plan} and invests {cost} million euros within {months} months.",
     [("close its last coal-fired boiler", 21, 18), ("hire two hundred apprentices", 11, 24), ("move its store to the ring road", 8, 9), ("sell its toy division", 30, 6), ("test a four-day week", 2, 12), ("build cells for batteries", 140, 36)]),
]
CHINESE = [
    ("市政", "{town}市{day}通过了{plan}的方案。", "工程投资{cost}百万元，工期{months}个月。", "去年春天曾有{signed}名居民联名提出这一要求。", "负责人{name}表示，这件事不能再拖了。", "施工期间沿线商铺照常营业。",
     "{town}市通过{plan}的方案，投资{cost}百万元，工期{months}个月。",
     [("修建通往港口的有轨电车", 48, 30), ("在市中心种植一千棵树", 3, 12), ("把旧磨坊改建成图书馆", 17, 22), ("更换全部路灯", 9, 14), ("沿河开挖分洪渠", 62, 40), ("新开两处夜间救助站", 4, 8)]),
    ("科学", "{town}大学的研究人员{day}发表论文称，{plan}。", "研究跟踪了{cost}百人，历时{months}个月。", "资助方是一个有{signed}名成员的公共基金。", "第一作者{name}提醒，效果并不大。", "其他团队打算重复这项研究。",
     "一项跟踪{cost}百人、历时{months}个月的研究发现，{plan}；作者提醒效果不大。",
     [("饭后短时间散步能降低血糖", 12, 18), ("安静的教室有助于儿童阅读", 9, 24), ("绿化屋顶能让住宅更凉爽", 5, 15), ("夜班公交让人睡得更久", 7, 10), ("每天小睡有助于记忆", 15, 20), ("一起唱歌能减轻压力", 6, 9)]),
    ("商业", "{town}的{name}公司{day}宣布，将{plan}。", "公司计划在{months}个月内投资{cost}百万元。", "该公司现有{signed}名员工。", "消息公布后，公司股价小幅上涨。", "工会要求召开会议。",
     "{name}公司将{plan}，{months}个月内投资{cost}百万元。",
     [("关闭最后一台燃煤锅炉", 21, 18), ("招收两百名学徒", 11, 24), ("把门店迁到环路旁", 8, 9), ("出售玩具业务", 30, 6), ("试行四天工作制", 2, 12), ("生产电池芯", 140, 36)]),
]
TOWNS = {"en": ["Oldbridge", "Marlow", "Port Ellen", "Kingsley", "Harfield", "Dunmore"], "zh": ["青浦", "临河", "江阳", "平山", "新港", "云溪"]}
NAMES = {"en": ["Okafor", "Lindqvist", "Moreau", "Novak", "Tanaka", "Brandt"], "zh": ["林舒", "周远", "陈默", "许晴", "高岚", "何川"]}
DAYS = {"en": ["Monday", "Tuesday", "Thursday", "Friday"], "zh": ["周一", "周二", "周四", "周五"]}

summaries, facts = [], []
for language, kinds in [("en", ENGLISH), ("zh", CHINESE)]:
    glue = " " if language == "en" else ""
    for kind, *sentences, summary, plans in kinds:
        for i, (plan, cost, months) in enumerate(plans):
            words = {"town": TOWNS[language][i], "name": NAMES[language][(i + len(kind)) % 6], "day": DAYS[language][i % 4],
                     "plan": plan, "cost": cost, "months": months, "signed": 400 + 137 * (i + 1)}
            text = [s.format(**words) for s in sentences]
            wrong = rng.random() < 0.35
            base = glue.join([text[0], text[1].format(**words) if not wrong else sentences[1].format(**{**words, "cost": cost + 10})])
            if rng.random() < 0.4:
                base = glue.join([base, text[2]])
            tuned = summary.format(**words)
            if rng.random() < 0.3:
                tuned = tuned.replace("approved", "has approved").replace("通过", "批准").replace("found that", "shows that")
            if rng.random() < 0.15:
                tuned = text[0]
            facts.append((wrong, tuned == text[0]))
            summaries.append({"id": len(summaries) + 1, "article": glue.join(text), "reference_summary": summary.format(**words),
                              "base": base, "tuned": tuned, "topic": kind, "language": language})
write_lines("demo-summaries.jsonl", summaries)

# A judge that sees each pair in both orders and favours what it sees first, and people who read a part of them.
REASONS = {"en": {"tuned": "It names the cost and the duration in one sentence.", "base": "It repeats the article in order and is easy to check.", "tie": "Both state the main fact.", "wrong": "It states a wrong amount."},
           "zh": {"tuned": "一句话说清了投资和时间。", "base": "按原文顺序复述，便于核对。", "tie": "两者都说出了主要事实。", "wrong": "金额写错了。"}}
judged, rated = [], []
for row, (wrong, copied) in zip(summaries, facts):
    better = 0.85 if wrong else 0.35 if copied else 0.66
    reasons = REASONS[row["language"]]
    for first, second in [("base", "tuned"), ("tuned", "base")]:
        chance = better + (0.2 if first == "tuned" else -0.2)
        winner = "tuned" if rng.random() < chance else "base"
        if rng.random() < 0.12:
            winner = "tie"
        why = reasons["wrong"] if wrong and winner == "tuned" and rng.random() < 0.6 else reasons[winner]
        judged.append(["judge-model", row["id"], first, second, winner, why])
    if row["id"] % 2 == 0:
        for person in ["Ana", "Wei", "Jonas"]:
            winner = "tuned" if rng.random() < better else "base"
            rated.append([person, row["id"], "base", "tuned", "tie" if rng.random() < 0.1 else winner])
write_table("demo-summaries-judge.csv", ["judge", "item", "model_a", "model_b", "winner", "rationale"], judged)
write_table("demo-summaries-people.csv", ["rater", "item", "model_a", "model_b", "winner"], rated)

# A classifier of two classes: is a message urgent? The base model is over-confident.
URGENT = {"en": ["My card was stolen an hour ago and someone is using it.", "The gas alarm in the flat does not stop.", "I can't log in and my flight leaves in two hours.", "The patient's monitor shows no values any more.", "Our shop has been offline since this morning.", "Someone changed my password, it was not me.", "The lift is stuck with people inside.", "My insulin delivery has not come and I have none left."],
          "zh": ["我的银行卡一小时前被偷了，有人正在盗刷。", "家里的燃气报警器一直在响。", "我登录不了，航班两小时后起飞。", "病人的监护仪没有任何读数了。", "我们的网店从早上起就打不开。", "有人改了我的密码，不是我本人操作。", "电梯卡住了，里面有人。", "胰岛素没有送到，我已经用完了。"]}
NORMAL = {"en": ["How do I change the language of the app?", "Could you send me last month's invoice again?", "Is there a discount for students?", "I would like to praise your colleague.", "When will the blue version be back in stock?", "Which formats can I export to?", "Please update my postal address.", "What are your opening hours at Easter?"],
          "zh": ["怎么更改应用的语言？", "能再发一份上个月的账单吗？", "学生有优惠吗？", "我想表扬你们的一位同事。", "蓝色款什么时候再到货？", "可以导出成哪些格式？", "请更新我的邮寄地址。", "春节期间几点开门？"]}
END = {"en": ["", " Thank you.", " Please answer soon.", " I wrote yesterday already.", " Best regards, a customer."], "zh": ["", "谢谢。", "请尽快回复。", "我昨天已经写过一次。", "一位老客户敬上。"]}
tickets = []
for i in range(160):
    language = ["en", "zh"][i % 2]
    urgent = rng.random() < 0.4
    text = rng.choice((URGENT if urgent else NORMAL)[language]) + rng.choice(END[language])
    row = [i + 1, text, "urgent" if urgent else "normal"]
    for skill, sharp in [(0.9, 3.0), (1.9, 1.6)]:
        # Chinese messages are harder for the base model.
        at = skill * (0.6 if language == "zh" and skill < 1 else 1.0) * (1 if urgent else -1) + rng.gauss(0, 1)
        p = 1 / (1 + 2.718281828 ** (-sharp * at))
        row += ["urgent" if p >= 0.5 else "normal", round(min(max(p, 0.001), 0.999), 3)]
    tickets.append(row + [language])
write_table("demo-tickets.csv", ["id", "text", "label", "base_prediction", "base_probability", "tuned_prediction", "tuned_probability", "language"], tickets)

# Maths: reasoning, LaTeX and a boxed answer. The base model slips more often, the more steps there are.
maths = []


def problem(question, answer, wrong, steps, topic, level):
    outputs = {}
    for system, slip in [("base", 0.18 + 0.14 * level), ("tuned", 0.05 + 0.06 * level)]:
        right = rng.random() >= slip
        said = answer if right else wrong
        reasoning = "\n".join(steps if right else steps[:-1] + ["Wait, let me take the other sign."])
        final = f"The answer is $\\boxed{{{said}}}$." if rng.random() < 0.85 else f"So the result is {said}."
        outputs[system] = f"<think>\n{reasoning}\n</think>\n\n{final}"
    maths.append({"id": len(maths) + 1, "problem": question, "answer": f"${answer}$", **outputs, "topic": topic, "level": level})


for i in range(12):
    a, b = rng.randint(2, 9), rng.randint(3, 20)
    x = rng.randint(2, 12)
    problem(f"Solve for $x$: ${a}x + {b} = {a * x + b}$.", f"{x}", f"{x + 1}", [f"Subtract ${b}$: ${a}x = {a * x}$.", f"Divide by ${a}$: $x = {x}$."], "algebra", 1)
for i in range(12):
    p, q = rng.randint(1, 7), rng.randint(2, 9)
    r, s = rng.randint(1, 7), rng.randint(2, 9)
    top, bottom = p * s + r * q, q * s
    common = math.gcd(top, bottom)
    top, bottom = top // common, bottom // common
    answer = f"\\frac{{{top}}}{{{bottom}}}" if bottom > 1 else f"{top}"
    problem(f"Compute $\\frac{{{p}}}{{{q}}} + \\frac{{{r}}}{{{s}}}$.", answer, f"\\frac{{{p + r}}}{{{q + s}}}",
            [f"The common denominator is ${q} \\cdot {s} = {q * s}$.", f"The numerators are ${p} \\cdot {s} = {p * s}$ and ${r} \\cdot {q} = {r * q}$.", f"The sum is $\\frac{{{p * s + r * q}}}{{{q * s}}} = {answer}$."], "fractions", 2)
for i in range(12):
    m, n = rng.randint(2, 8), rng.randint(2, 8)
    problem(f"小明以每小时 ${m * 10}$ 千米的速度行驶了 ${n}$ 小时，又以每小时 ${m * 5}$ 千米的速度行驶了 $2$ 小时。他一共行驶了多少千米？", f"{m * 10 * n + m * 10}", f"{m * 10 * n + m * 5}",
            [f"第一段路程：${m * 10} \\times {n} = {m * 10 * n}$ 千米。", f"第二段路程：${m * 5} \\times 2 = {m * 10}$ 千米。", f"合计：${m * 10 * n} + {m * 10} = {m * 10 * n + m * 10}$ 千米。"], "word problems", 2)
for i in range(12):
    a, n = rng.randint(2, 6), rng.randint(2, 5)
    problem(f"Let $f(x) = {a}x^{{{n}}}$. What is $f'(1)$?", f"{a * n}", f"{a}",
            [f"The power rule gives $f'(x) = {a} \\cdot {n}\\, x^{{{n - 1}}}$.", f"At $x = 1$ the power is $1$.", f"So $f'(1) = {a * n}$."], "calculus", 3)
write_lines("demo-maths.jsonl", maths)

# Programs: six problems with tests, and three answers of each model, in fences.
PROGRAMS = [
    ("add_all", "def add_all(numbers):\n    \"\"\"The sum of a list of numbers; 0 of an empty one.\"\"\"\n", "    return sum(numbers)\n", "    return numbers[0] + sum(numbers)\n", "assert candidate([1, 2, 3]) == 6\n    assert candidate([]) == 0"),
    ("is_leap", "def is_leap(year):\n    \"\"\"Whether a year of the Gregorian calendar has 366 days.\"\"\"\n", "    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)\n", "    return year % 4 == 0\n", "assert candidate(2024) and candidate(2000)\n    assert not candidate(1900)"),
    ("reverse_words", "def reverse_words(text):\n    \"\"\"The words of a text in reverse order.\"\"\"\n", "    return ' '.join(reversed(text.split()))\n", "    return text[::-1]\n", "assert candidate('a b c') == 'c b a'\n    assert candidate('one') == 'one'"),
    ("count_vowels", "def count_vowels(text):\n    \"\"\"How many letters of a text are a, e, i, o or u.\"\"\"\n", "    return sum(letter in 'aeiou' for letter in text.lower())\n", "    return sum(letter in 'aeiou' for letter in text)\n", "assert candidate('Apple') == 2\n    assert candidate('xyz') == 0"),
    ("second_largest", "def second_largest(numbers):\n    \"\"\"The second largest of distinct values; None if there is none.\"\"\"\n", "    values = sorted(set(numbers))\n    return values[-2] if len(values) > 1 else None\n", "    return sorted(numbers)[-2]\n", "assert candidate([3, 3, 1]) == 1\n    assert candidate([5]) is None"),
    ("to_binary", "def to_binary(number):\n    \"\"\"A whole number from 0 in binary.\"\"\"\n", "    return format(number, 'b')\n", "    return bin(number)\n", "assert candidate(5) == '101'\n    assert candidate(0) == '0'"),
]
problems, samples = [], []
for name, prompt, right, wrong, test in PROGRAMS:
    problems.append({"task_id": name, "prompt": prompt, "entry_point": name, "test": f"def check(candidate):\n    {test}\n"})
    for system, skill in [("base", 0.45), ("tuned", 0.8)]:
        for _ in range(3):
            samples.append({"task_id": name, "model": system, "completion": right if rng.random() < skill else wrong})
write_lines("demo-programs.jsonl", problems)
write_lines("demo-programs-samples.jsonl", samples)
