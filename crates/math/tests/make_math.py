"""Writes math.json and held_out.json: answers with math-verify's verdicts.

    python -m venv /tmp/mv && /tmp/mv/bin/pip install math-verify==0.9.0
    /tmp/mv/bin/python crates/math/tests/make_math.py

Each case is a reference, an output and whether math-verify calls them equal. The crate was written against
math.json; held_out.json has other sentences, other numbers and other kinds of expression, and measures agreement on
cases that nothing was adjusted to. All texts are made up here.

A bare formula (no delimiters) is put between dollars before math-verify sees it, as trainers that call it do; the
case has the bare text, and the crate has to tell by itself.
"""

import json
import random
import sys
from importlib.metadata import version
from pathlib import Path

from math_verify import parse, verify

SECONDS = 30


def wrapped(text, bare):
    return f"${text}$" if bare else text


def verdict(gold, answer, bare_gold=False, bare_answer=False):
    gold = parse(wrapped(gold, bare_gold), parsing_timeout=SECONDS)
    answer = parse(wrapped(answer, bare_answer), parsing_timeout=SECONDS)
    return bool(verify(gold, answer, timeout_seconds=SECONDS))


class Cases:
    def __init__(self):
        self.seen = {}

    def add(self, gold, answer, bare_gold=False, bare_answer=False):
        if (gold, answer) not in self.seen:
            self.seen[gold, answer] = verdict(gold, answer, bare_gold, bare_answer)

    def rows(self):
        return [{"gold": g, "answer": a, "equal": e} for (g, a), e in self.seen.items()]


def comma(n):
    return f"{n:,}"


# ---------------------------------------------------------------------------------------------------------------
# The cases that the crate was written against.


def word_problems(cases, rng):
    """Numbers at the end of a reasoning, in the layouts of grade-school data sets."""
    sentences = [
        "So the total is {}.",
        "She has {} apples left.",
        "First 3 + 4 = 7, then we double it. The answer is {}",
        "The final answer is {}.",
        "Final Answer: The final answer is ${}$. I hope it is correct.",
        "Therefore he pays ${}.",
        "**Answer:** {}",
        "Thus, the answer is $\\boxed{{{}}}$.",
        "#### {}",
        "We get 12 * 3 = 36.\n36 + 4 = 40\n#### {}",
        "Answer: {} dollars per week",
        "In the end: **{}**",
        "{}",
        "The train needs {} minutes for 1 lap.",
    ]
    for i in range(56):
        n = rng.choice([rng.randint(0, 20), rng.randint(20, 999), rng.randint(1000, 99999), rng.randint(10**5, 10**7)])
        gold = rng.choice(
            [
                str(n),
                comma(n),
                f"#### {n}",
                f"He buys {n % 7 + 2} boxes, which is 5 * 2 = <<5*2=10>>10 dollars.\n#### {n}",
                f"He needs 3/4 of it.\nSo it is {n}.\n#### {comma(n)}",
            ]
        )
        right = rng.choice([str(n), comma(n), f"{n}.0", f"{n}.00", f"0{n}"])
        wrong = rng.choice([str(n + 1), f"{n}.5", f"-{n + 2}", str(n * 10), comma(n + 1000), f"{n}.0001"])
        for value in (right, wrong):
            cases.add(gold, rng.choice(sentences).format(value))
    for gold, answer in [
        ("#### 25", "He saves 25%."),
        ("25%", "He saves 25 percent"),
        ("25", "0.25"),
        ("0.25", "25%"),
        ("25%", "$25\\%$"),
        ("12.5%", "$\\frac{1}{8}$"),
        ("#### -4", "The change is -4 degrees"),
        ("#### 4", "The change is -4 degrees"),
        ("#### 1.5", "It takes 3/2 hours"),
        ("#### 1.5", "It takes 1.5 hours"),
        ("#### 1.5", "It takes 1,5 hours"),
        ("#### 1500", "1.500"),
        ("#### 1500", "1 500"),
        ("#### 12", "24 / 2"),
        ("#### 12", "It is 24 / 2 = 12"),
        ("#### 12", "It is 12 = 24 / 2"),
        ("#### 12", "The answer is 12 because 3 * 4 = 12 and 13 is too many"),
        ("#### 7", "I don't know."),
        ("#### 7", ""),
        ("#### 7", "seven"),
        ("#### 7", "7th"),
        ("#### 7", "x7"),
        ("#### 7", "(7)"),
        ("#### 7", "[7]"),
        ("#### 7", "€7"),
        ("#### 7", "7m2"),
        ("#### 7", "7."),
        ("#### 7", "7, 8"),
        ("#### 0", "0"),
        ("#### 0", "-0"),
        ("#### 0", "There are none, so 0.00"),
        ("#### 366", "366\n"),
        ("#### 5", "5 5"),
        ("#### 5", "2+3"),
        ("#### 5", "= 5"),
        ("#### 5", "=5"),
        ("#### 5", "x=5"),
        ("#### 5", "$x=5$"),
        ("#### 5", "\\( 5 \\)"),
        ("#### 5", "\\[ 5 \\]"),
        ("#### 5", "$$5$$"),
        ("#### 5", "\\boxed{5"),
        ("#### 5", "\\boxed 5"),
        ("#### 5", "\\fbox{5}"),
        ("#### 5", "\\boxed{5} is right and not \\boxed{6}"),
        ("#### 6", "First \\boxed{5}. But on a second look, with all that was said before taken into account: \\boxed{6}"),
        ("#### 5", "The final answer is 5. I hope it is correct. Or 6?"),
        ("#### 5", "The final answer to your question is 5"),
        ("#### 5", "The answer: 5 of 7 people"),
        ("#### 5", "the answer is 5/1"),
        ("#### 2.5", "$\\frac52$"),
        ("#### 2.5", "2 1/2"),
        ("#### 2.5", "$2\\frac{1}{2}$"),
        ("#### 2.5", "$2 1/2$"),
    ]:
        cases.add(gold, answer)


LAYOUTS = [
    "${}$",
    "$\\boxed{{{}}}$",
    "\\boxed{{{}}}",
    "The answer is ${}$.",
    "Therefore, the final answer is:\n\n$$\\boxed{{{}}}$$",
    "Final Answer: The final answer is ${}$. I hope it is correct.",
    "We have $a = 3$ and $b = 4$, so\n\\[\n\\boxed{{{}}}\n\\]",
    "\\[ {} \\]",
    "So the result is \\({}\\).",
    "Since $1 < 2$ holds, we get $\\boxed{{{}}}$ as wanted.",
]

# A reference, what is equal to it, what is not (math-verify has the last word on both).
GROUPS = [
    ("\\frac{1}{2}", ["\\dfrac12", "\\tfrac{1}{2}", "0.5", ".5", "1/2", "\\frac{2}{4}", "50\\%", "2^{-1}", "\\frac 1 2"], ["\\frac{1}{3}", "0.51", "2", "-\\frac12"]),
    ("-\\frac{3}{4}", ["\\frac{-3}{4}", "\\frac{3}{-4}", "-0.75", "-\\dfrac{3}{4}", "-3/4"], ["\\frac34", "-\\frac43"]),
    ("\\frac{1}{3}", ["0.333333", "0.3333333333", "\\frac{2}{6}", "1/3"], ["0.33", "0.3333"]),
    ("\\frac{22}{7}", ["3\\frac{1}{7}", "3 \\frac17", "\\frac{44}{14}", "3 + \\frac17"], ["3.14", "\\pi"]),
    ("7\\frac{2}{5}", ["7.4", "\\frac{37}{5}", "37/5"], ["\\frac{14}{5}", "7.2"]),
    ("\\sqrt{2}", ["\\sqrt2", "2^{1/2}", "2^{\\frac{1}{2}}", "\\frac{2}{\\sqrt{2}}", "1.414214", "1.41421356"], ["1.41", "\\sqrt{3}", "2"]),
    ("3\\sqrt{2}", ["\\sqrt{18}", "\\sqrt{9 \\cdot 2}", "3 \\cdot \\sqrt{2}", "\\sqrt{2} \\cdot 3", "\\frac{6}{\\sqrt2}"], ["2\\sqrt{3}", "\\sqrt{6}"]),
    ("\\frac{\\sqrt{3}}{3}", ["\\frac{1}{\\sqrt{3}}", "\\sqrt{\\frac{1}{3}}", "3^{-1/2}"], ["\\frac{\\sqrt3}{2}"]),
    ("1+\\sqrt{2}", ["\\sqrt{2}+1", "\\sqrt{3+2\\sqrt{2}}", "\\frac{1}{\\sqrt{2}-1}"], ["1-\\sqrt{2}", "\\sqrt{3}"]),
    ("\\sqrt[3]{16}", ["2\\sqrt[3]{2}", "16^{1/3}", "2^{\\frac43}"], ["4", "\\sqrt{16}"]),
    ("2\\pi", ["\\pi \\cdot 2", "2 \\pi", "6.283185", "\\pi+\\pi", "\\frac{4\\pi}{2}"], ["\\pi", "6.28", "2"]),
    ("\\frac{\\pi}{6}", ["\\pi/6", "\\frac{1}{6}\\pi", "\\frac16 \\pi", "30^\\circ"], ["\\frac{\\pi}{3}", "30"]),
    ("60^\\circ", ["60", "60^{\\circ}", "60\\text{ degrees}", "60 \\text{ degrees}", "60^\\circ\\text{C}"], ["61^\\circ", "\\frac{\\pi}{3}"]),
    ("10\\text{ cm}", ["10", "10 \\text{cm}", "10\\mathrm{~cm}", "10\\,\\text{cm}", "10 cm", "10\\text{ inches}"], ["11\\text{ cm}"]),
    ("25\\text{ cm}^2", ["25", "25\\text{ cm}^{2}", "25 \\text{ square cm}", "5^2\\text{ cm}^2"], ["5"]),
    ("\\$32.50", ["32.5", "32.50", "\\$32.5", "\\frac{65}{2}"], ["\\$32", "3250"]),
    ("12\\%", ["12", "0.12", "\\frac{12}{100}", "12 \\%", "12\\text{ percent}"], ["13\\%", "1.2"]),
    ("10,080", ["10080", "10{,}080", "10,\\!080", "10080.0"], ["10,081", "1080"]),
    ("1,000,000", ["10^6", "1000000", "1 \\cdot 10^{6}", "1\\times10^6", "10^{6}"], ["10^5"]),
    ("6.02 \\times 10^{23}", ["6.02\\cdot 10^{23}", "602 \\times 10^{21}"], ["6.02\\times 10^{22}"]),
    ("x^2+2x+1", ["(x+1)^2", "x(x+2)+1", "1+2x+x^2", "x^{2}+2 x+1", "(1+x)(x+1)"], ["x^2+1", "(x-1)^2", "y^2+2y+1"]),
    ("x^3-8", ["(x-2)(x^2+2x+4)", "-8+x^3", "x^3-2^3"], ["(x-2)^3"]),
    ("6x^2-5xy+y^2", ["(2x-y)(3x-y)", "(3x-y)(2x-y)", "y^2-5yx+6x^2"], ["(2x+y)(3x-y)"]),
    ("\\frac{x+1}{x-1}", ["\\frac{-x-1}{1-x}", "1+\\frac{2}{x-1}", "\\frac{(x+1)^2}{x^2-1}"], ["\\frac{x-1}{x+1}", "-1"]),
    ("\\frac{1}{x}+\\frac{1}{y}", ["\\frac{x+y}{xy}", "x^{-1}+y^{-1}"], ["\\frac{1}{x+y}", "\\frac{2}{xy}"]),
    ("4x", ["4 \\cdot x", "2x+2x", "x \\cdot 4", "4X"], ["4y", "4", "x"]),
    ("2n-1", ["2(n-1)+1", "-1+2n", "2 n - 1"], ["2n+1", "n"]),
    ("x=5", ["5", "x = 5", "5.0", "\\frac{10}{2}"], ["x=6", "y=5", "6"]),
    ("5", ["x=5", "x = 3+2 = 5", "y=5", "5 = x"], ["x=4", "x \\ne 5"]),
    ("x = 2, y = 3", ["x=2,y=3", "2,3", "y=3, x=2", "(2,3)", "x=2 \\text{ and } y=3"], ["x=3,y=2", "2"]),
    ("y=2x+3", ["2x+3", "y = 3+2x", "y-2x-3=0", "y-3=2x"], ["y=2x-3", "x=2y+3", "y=3x+2"]),
    ("2x+3y=6", ["4x+6y=12", "3y=6-2x", "y=2-\\frac{2}{3}x", "2x+3y-6=0"], ["2x+3y=7", "2x-3y=6"]),
    ("x^2+y^2=25", ["y^2+x^2=25", "25=x^2+y^2", "x^2+y^2-25=0"], ["x^2+y^2=5", "x^2-y^2=25"]),
    ("f(x)=x^2+1", ["x^2+1", "f(x)=1+x^2", "y=x^2+1"], ["f(x)=x^2", "x^2"]),
    ("(1,2)", ["\\left(1,2\\right)", "( 1 , 2 )", "(1.0, 2.0)", "1,2", "(\\frac{2}{2},2)"], ["(2,1)", "[1,2]", "(1,3)", "\\{1,2\\}", "(1,2,3)"]),
    ("(3, -1, 4)", ["(3,-1,4)", "\\left( 3, -1, 4 \\right)", "3,-1,4"], ["(3,4,-1)", "(3,-1)", "(-1,3,4)"]),
    ("\\left(\\frac{1}{2}, \\sqrt{3}\\right)", ["(0.5,\\sqrt3)", "(\\frac12,\\sqrt{3})", "(1/2, 3^{1/2})"], ["(\\sqrt{3},\\frac12)"]),
    ("(2, \\frac{\\pi}{4})", ["(2,\\pi/4)", "\\left(2, \\frac{\\pi}{4}\\right)", "(2, \\dfrac{\\pi}{4})"], ["(2,\\frac{\\pi}{3})", "(2, 45^\\circ)"]),
    ("[1,2]", ["\\left[1,2\\right]", "[1, 2]", "1 \\le x \\le 2", "x \\in [1,2]"], ["(1,2]", "[1,2)", "[1,3]", "(1,2)"]),
    ("(-\\infty, 3)", ["x<3", "(-\\infty,3)", "\\left(-\\infty,3\\right)", "x \\in (-\\infty,3)"], ["(-\\infty,3]", "(3,\\infty)", "x>3"]),
    ("(-\\infty,-1]\\cup[1,\\infty)", ["\\left(-\\infty,-1\\right]\\cup\\left[1,\\infty\\right)", "[1,\\infty)\\cup(-\\infty,-1]", "(-\\infty, -1] \\cup [1, +\\infty)"], ["(-\\infty,-1)\\cup(1,\\infty)", "[-1,1]"]),
    ("[0,1)\\cup(1,2]", ["(1,2]\\cup[0,1)", "[0,2]\\setminus\\{1\\}"], ["[0,2]"]),
    ("\\{1,2,3\\}", ["1,2,3", "\\{3,2,1\\}", "3, 1, 2", "1, 2 \\text{ and } 3", "\\{1, 2, 3\\}"], ["\\{1,2\\}", "(1,2,3)", "\\{1,2,4\\}", "1,2,3,4"]),
    ("-2, 2", ["2,-2", "\\pm 2", "\\{-2,2\\}", "x=-2,x=2", "x = \\pm 2", "x=2 \\text{ or } x=-2"], ["2", "-2", "\\pm 3"]),
    ("\\frac{1\\pm\\sqrt{5}}{2}", ["\\frac{1+\\sqrt5}{2},\\frac{1-\\sqrt5}{2}"], ["\\frac{1+\\sqrt{5}}{2}"]),
    ("1\\pm\\sqrt{19}", ["1+\\sqrt{19},1-\\sqrt{19}", "1-\\sqrt{19}, 1+\\sqrt{19}", "x=1\\pm\\sqrt{19}"], ["1\\pm\\sqrt{20}", "1+\\sqrt{19}"]),
    ("\\emptyset", ["\\varnothing", "\\{\\}", "\\emptyset"], ["0", "\\{0\\}"]),
    ("\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}", ["\\begin{bmatrix} 1 & 2 \\\\ 3 & 4 \\end{bmatrix}", "\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}", "\\begin{pmatrix} \\frac{2}{2} & 2 \\\\ 3 & 4.0 \\end{pmatrix}"], ["\\begin{pmatrix} 1 & 3 \\\\ 2 & 4 \\end{pmatrix}", "\\begin{pmatrix} 1 & 2 \\end{pmatrix}"]),
    ("\\begin{pmatrix} -1/3 \\\\ 2/3 \\\\ 5/3 \\end{pmatrix}", ["\\begin{pmatrix} -\\frac{1}{3} \\\\ \\frac{2}{3} \\\\ \\frac{5}{3} \\end{pmatrix}", "\\frac13 \\begin{pmatrix} -1 \\\\ 2 \\\\ 5 \\end{pmatrix}"], ["\\begin{pmatrix} 1/3 \\\\ 2/3 \\\\ 5/3 \\end{pmatrix}", "(-\\frac13,\\frac23,\\frac53)"]),
    ("x<5", ["5>x", "x < 5", "x-5<0", "(-\\infty,5)"], ["x\\le5", "x>5", "5<x", "y<5"]),
    ("x\\ge -1", ["-1 \\le x", "x \\geq -1", "[-1,\\infty)", "x+1\\ge0"], ["x>-1", "x\\le-1"]),
    ("1<x<4", ["4>x>1", "(1,4)", "x \\in (1,4)", "1 < x < 4"], ["1\\le x<4", "1<x<5", "[1,4]"]),
    ("-1 \\le x \\le 3", ["[-1,3]", "x\\in[-1,3]", "-1 \\leq x \\leq 3"], ["(-1,3)", "-1<x<3"]),
    ("x \\neq 2", ["x \\ne 2", "x\\neq2"], ["x=2", "2"]),
    ("\\infty", ["+\\infty", "\\infty"], ["-\\infty", "0"]),
    ("\\binom{7}{3}", ["35", "\\dbinom73", "\\binom{7}{4}", "\\frac{7!}{3!4!}"], ["21", "\\binom{7}{2}"]),
    ("5!", ["120", "5 \\cdot 4!", "5\\cdot4\\cdot3\\cdot2"], ["24", "5"]),
    ("2^{10}", ["1024", "4^5", "2^5\\cdot2^5"], ["20", "2^{9}"]),
    ("\\log_2 8", ["3", "\\log_{2}{8}", "\\frac{\\ln 8}{\\ln 2}"], ["2", "\\log_2 4"]),
    ("\\ln 2", ["\\frac{1}{2}\\ln 4", "\\ln(2)", "0.693147", "-\\ln\\frac12"], ["\\log 2", "0.69"]),
    ("\\log 100", ["2", "\\log_{10} 100"], ["\\ln 100"]),
    ("e^2", ["e \\cdot e", "\\exp(2)", "7.389056", "e^{2}"], ["e^3", "2e"]),
    ("\\sin x", ["\\sin(x)", "\\sin{x}", "\\cos(x-\\frac{\\pi}{2})"], ["\\cos x", "\\sin(2x)"]),
    ("\\sin(2x)", ["2\\sin x\\cos x", "2 \\sin(x) \\cos(x)", "\\sin 2x"], ["2\\sin x", "\\sin^2 x"]),
    ("1", ["\\sin^2 x+\\cos^2 x", "1.0", "\\tan\\frac{\\pi}{4}", "\\frac{x}{x}", "e^0"], ["\\sin^2 x", "0"]),
    ("\\cos^2 x", ["1-\\sin^2 x", "(\\cos x)^2", "\\frac{1+\\cos 2x}{2}"], ["\\cos x^2", "\\sin^2 x"]),
    ("\\frac{\\sqrt{3}}{2}", ["\\sin\\frac{\\pi}{3}", "\\cos(\\frac{\\pi}{6})", "0.866025", "\\sqrt{0.75}"], ["0.87", "\\frac12"]),
    ("3+4i", ["4i+3", "3 + 4i", "3+i4", "(3+4i)"], ["3-4i", "5", "4+3i"]),
    ("2i", ["i \\cdot 2", "2 i", "(1+i)^2"], ["-2i", "2"]),
    ("-1", ["i^2", "-1.0", "-1"], ["1", "i"]),
    ("\\frac{1}{1+i}", ["\\frac{1-i}{2}", "(1+i)^{-1}"], ["1-i"]),
    ("\\text{even}", ["\\text{Even}", "\\text{ even }", "even", "\\textbf{even}", "\\mathrm{even}"], ["\\text{odd}", "\\text{evens}"]),
    ("\\text{(B)}", ["B", "\\text{B}", "(B)", "\\textbf{(B)}"], ["\\text{(C)}", "C"]),
    ("\\text{Monday}", ["Monday", "\\text{monday}", "\\mathrm{Monday}"], ["\\text{Sunday}"]),
    ("A", ["a", "\\text{A}"], ["B"]),
    ("2:3", ["\\frac{2}{3}", "2 : 3", "4:6"], ["3:2"]),
    ("|x|", ["\\sqrt{x^2}", "|-x|", "\\left|x\\right|"], ["x"]),
    ("|x-1|", ["|1-x|", "\\left| x - 1 \\right|"], ["x-1", "|x+1|"]),
    ("\\lfloor 2.7 \\rfloor", ["2"], ["3"]),
    ("101_2", ["101", "101_{2}"], ["5"]),
    ("\\overline{AB}", ["\\overline{AB}"], ["AB", "\\overline{CD}"]),
    ("a_n", ["a_{n}", "a_n"], ["a_m", "a"]),
    ("x_1+x_2", ["x_2+x_1", "x_{1}+x_{2}"], ["x_1-x_2"]),
    ("\\alpha+\\beta", ["\\beta+\\alpha", "\\alpha + \\beta"], ["\\alpha-\\beta"]),
    ("a^{m+n}", ["a^m a^n", "a^m \\cdot a^n"], ["a^{mn}", "a^m+a^n"]),
    ("2^{x+1}", ["2 \\cdot 2^x", "2^x\\cdot2"], ["4^x", "2^x+1"]),
    ("\\frac{n(n+1)}{2}", ["\\frac{n^2+n}{2}", "\\frac12 n(n+1)", "\\frac{n^2}{2}+\\frac{n}{2}"], ["n(n+1)", "\\frac{n(n-1)}{2}"]),
    ("\\sqrt{x^2+1}", ["(x^2+1)^{1/2}", "\\sqrt{1+x^2}"], ["x+1", "|x|"]),
    ("p - q", ["-q+p", "-(q-p)"], ["q-p"]),
    ("0", ["0.0", "x-x", "-0", "\\sin 0"], ["1", "\\emptyset"]),
]


def groups(cases, rng):
    for gold, same, other in GROUPS:
        golds = [f"${gold}$", f"\\boxed{{{gold}}}", f"After some steps we get $\\boxed{{{gold}}}$."]
        for answer in same + other:
            cases.add(rng.choice(golds), rng.choice(LAYOUTS).format(answer))
        for answer in rng.sample(same + other, 2):
            if "\\" in gold and "\\" in answer:
                cases.add(gold, answer, True, True)


def terms(rng, letters, degree=3):
    """A random polynomial as coefficients by power of one letter."""
    return [rng.choice([0, 1, -1, 2, 3, -4, 5, rng.randint(-20, 20)]) for _ in range(degree + 1)], rng.choice(letters)


def shown(coefficients, letter, descending=True):
    parts = []
    order = range(len(coefficients))
    for power in reversed(order) if descending else order:
        c = coefficients[power]
        if c == 0:
            continue
        name = "" if power == 0 else letter if power == 1 else f"{letter}^{{{power}}}" if power > 9 else f"{letter}^{power}"
        size = "" if abs(c) == 1 and power else str(abs(c))
        parts.append((("-" if c < 0 else "+"), size + name))
    if not parts:
        return "0"
    text = "".join(sign + part for sign, part in parts)
    return text[1:] if text[0] == "+" else text


def product(a, b):
    out = [0] * (len(a) + len(b) - 1)
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            out[i + j] += x * y
    return out


def generated(cases, rng):
    for _ in range(25):
        (a, letter), (b, _) = terms(rng, "xyznt", 1), terms(rng, "x", rng.choice([1, 2]))
        whole = product(a, b)
        gold = f"${shown(whole, letter)}$"
        factors = f"({shown(a, letter)})({shown(b, letter)})"
        cases.add(gold, rng.choice(LAYOUTS).format(factors))
        cases.add(gold, rng.choice(LAYOUTS).format(shown(whole, letter, False)))
        whole[0] += rng.choice([1, -1, 2])
        cases.add(gold, rng.choice(LAYOUTS).format(shown(whole, letter)))
    for _ in range(25):
        p, q = rng.randint(1, 60), rng.randint(2, 40)
        k = rng.randint(2, 5)
        gold = rng.choice([f"$\\frac{{{p}}}{{{q}}}$", f"$\\dfrac{{{p}}}{{{q}}}$", f"{p}/{q}"])
        same = [f"\\frac{{{p * k}}}{{{q * k}}}", f"{p}/{q}", f"{p / q:.8f}", f"\\frac{{{-p}}}{{{-q}}}", f"{p // q}\\frac{{{p % q}}}{{{q}}}"]
        cases.add(gold, rng.choice(LAYOUTS).format(rng.choice(same)))
        cases.add(gold, rng.choice(LAYOUTS).format(f"{p / q:.3f}"))
        cases.add(gold, rng.choice(LAYOUTS).format(f"\\frac{{{p + 1}}}{{{q}}}"))
    for _ in range(15):
        numbers = rng.sample(range(-9, 20), rng.randint(2, 5))
        text = ", ".join(map(str, numbers))
        mixed = ",".join(map(str, rng.sample(numbers, len(numbers))))
        gold = rng.choice([f"$({text})$", f"$\\{{{text}\\}}$", f"${text}$"])
        for answer in (f"({mixed})", f"\\{{{mixed}\\}}", mixed, f"({text})"):
            cases.add(gold, rng.choice(LAYOUTS).format(answer))
    for _ in range(15):
        a, b, c = rng.randint(1, 9), rng.randint(2, 12), rng.choice([2, 3, 5, 6, 7])
        gold = f"${a}+{b}\\sqrt{{{c}}}$"
        cases.add(gold, rng.choice(LAYOUTS).format(f"{b}\\sqrt{{{c}}}+{a}"))
        cases.add(gold, rng.choice(LAYOUTS).format(f"{a}+\\sqrt{{{b * b * c}}}"))
        cases.add(gold, rng.choice(LAYOUTS).format(f"{a}-{b}\\sqrt{{{c}}}"))


def odd_texts(cases, _):
    """What outputs look like when they are cut off, repeat themselves or answer in several parts."""
    for gold, answer in [
        ("$5$", "$5$ and $6$"),
        ("$5,6$", "$5$ and $6$"),
        ("$5,6$", "$6$, $5$"),
        ("$5,6$", "$\\boxed{5}$ and $\\boxed{6}$"),
        ("$5,6$", "\\boxed{5} and \\boxed{6}"),
        ("$5,6$", "\\boxed{5}, \\boxed{6}"),
        ("$x+1$", "The answer is $x+1$, because $x$ is positive."),
        ("$x+1$", "We see that $x+1$ is it. Then $y$."),
        ("$\\frac{3}{4}$", "\\frac{3}{4}"),
        ("$\\frac{3}{4}$", "It is \\frac{3}{4} of all"),
        ("$\\frac{3}{4}$", "$\\frac{3}{4"),
        ("$7$", "$$\nx = 7\n$$"),
        ("$7$", "$$\nx = \\boxed{7}\n$$"),
        ("$7$", "$\\boxed{x = 7}$"),
        ("$7$", "\\[\n\\boxed{7}\n\\]\nand that's it, after 12 steps."),
        ("$7$", "7 is the answer"),
        ("$7$", "The answer is $7$ or so; let me check $8$."),
        ("$12$", "$3 \\times 4 = 12$"),
        ("$12$", "$3 \\times 4$"),
        ("$12$", "so $A = 3 \\times 4 = 12$"),
        ("$12$", "$A = \\frac{24}{2}$"),
        ("$\\text{yes}$", "Yes"),
        ("$\\text{yes}$", "$\\text{Yes}$"),
        ("$x$", "$x$"),
        ("$\\foo{3}$", "$\\foo{3}$"),
        ("$\\foo{3}$", "$\\foo{4}$"),
        ("$3$", "$\\foo{3}$"),
        ("$50\\%$", "50%"),
        ("$50\\%$", "half"),
        ("$0.5$", "50%"),
        ("$1{,}000$", "1000"),
        ("$1{,}000$", "1,000"),
        ("$0.08$", ".08"),
        ("$0.08$", "$.08$"),
        ("$-3$", "- 3"),
        ("$-3$", "$- 3$"),
        ("$-3$", "negative 3"),
        ("$10^{-3}$", "0.001"),
        ("$10^{-3}$", "$0.001$"),
        ("$2.0$", "2"),
        ("$2$", "2.0000001"),
        ("$2$", "$2.0000001$"),
        ("$2$", "$1.99999999$"),
        ("$3.14$", "$\\pi$"),
        ("$3.141593$", "$\\pi$"),
        ("$x=1$ or $x=2$", "$x=1$ or $x=2$"),
        ("$x=1$ or $x=2$", "$1,2$"),
        ("$x=1$ or $x=2$", "$\\{1,2\\}$"),
        ("$x=1,2$", "$1,2$"),
        ("$1,2$", "$x=1,2$"),
        ("$(x,y)=(1,2)$", "$(1,2)$"),
        ("$(1,2)$", "$(x,y)=(1,2)$"),
        ("$(1,2),(3,4)$", "$(3,4),(1,2)$"),
        ("$(1,2),(3,4)$", "$\\{(1,2),(3,4)\\}$"),
        ("$(1,2),(3,4)$", "$(1,2)$ and $(3,4)$"),
        ("$(1,2),(3,4)$", "$(1,2),(3,5)$"),
        ("$\\{5\\}$", "$5$"),
        ("$5$", "$\\{5\\}$"),
        ("$[5]$", "$5$"),
        ("$(5)$", "$5$"),
        ("$x \\in \\{1,2\\}$", "$1,2$"),
        ("$\\mathbb{R}$", "$(-\\infty,\\infty)$"),
        ("$\\mathbb{R}$", "$\\mathbb{R}$"),
        ("$\\mathbb{Z}$", "$\\mathbb{N}$"),
        ("$x \\in \\mathbb{R}$", "$\\mathbb{R}$"),
        ("$20\\text{ m/s}$", "$20$"),
        ("$20 m/s$", "$20$"),
        ("$20\\text{ kg}$", "20 kg"),
        ("$3\\text{ hours and }20\\text{ minutes}$", "$3$"),
        ("$\\angle ABC$", "$\\angle ABC$"),
        ("$AB$", "$BA$"),
        ("$AB$", "$A \\cdot B$"),
        ("$12\\text{ }$", "$12$"),
        ("$12.$", "$12$"),
        ("$12$", "$12.$"),
        ("$12$", "$12,$"),
        ("$\\sqrt{-1}$", "$i$"),
        ("$\\frac{0}{5}$", "$0$"),
        ("$\\frac{1}{0}$", "$\\infty$"),
        ("$1/0$", "$1/0$"),
        ("$a+b$", "$b+a$"),
        ("$a-b$", "$b-a$"),
        ("$y = x$", "$x = y$"),
        ("$y = x$", "$y - x = 0$"),
        ("$\\max(2,3)$", "$3$"),
        ("$\\gcd(12,18)$", "$6$"),
        ("$7 \\mod 3$", "$1$"),
        ("$7 \\pmod{12}$", "$7$"),
        ("$\\sum_{i=1}^{3} i$", "$6$"),
        ("$\\int_0^1 x dx$", "$\\frac12$"),
        ("$\\lim_{x \\to 0} x$", "$0$"),
        ("$C$", "$\\text{(C)}$"),
        ("$C$", "$(C)$"),
        ("$\\text{C}$", "The answer is (C)."),
        ("$\\left\\{1,2\\right\\}$", "$\\{2,1\\}$"),
        ("$\\left\\lfloor x\\right\\rfloor$", "$\\lfloor x \\rfloor$"),
        ("$2\\sqrt{3}\\text{ units}$", "$\\sqrt{12}$"),
        ("$\\tan^{-1} x$", "$\\arctan x$"),
        ("$\\sin^{-1}(1)$", "$\\frac{\\pi}{2}$"),
        ("$8 \\text{ and } 9$", "$8,9$"),
        ("$8$ and $9$", "$9$ and $8$"),
        ("$x^{\\frac{1}{2}}$", "$\\sqrt{x}$"),
        ("$\\frac{a}{b}$", "$a/b$"),
        ("$a/b/c$", "$\\frac{a}{bc}$"),
        ("$1-2+3$", "$2$"),
        ("$2-3-4$", "$-5$"),
        ("$8/4/2$", "$1$"),
        ("$2^{3^2}$", "$512$"),
        ("$-2^2$", "$-4$"),
        ("$-2^2$", "$4$"),
        ("$(-2)^2$", "$4$"),
        ("$2x y^2$", "$2xy^2$"),
    ]:
        cases.add(gold, answer)


# ---------------------------------------------------------------------------------------------------------------
# The cases that nothing was adjusted to.


HELD_OUT_LAYOUTS = [
    "Hence the value equals ${}$",
    "**Final Answer**\n\n$$\\boxed{{{}}}$$",
    "Step 1: set $k = 2$.\nStep 2: solve.\nStep 3: $\\boxed{{{}}}$",
    "answer: ${}$",
    "<think>Maybe $\\frac{{7}}{{9}}$?</think> It must be \\(\\boxed{{{}}}\\).",
    "Plugging in, \\[ {} \\]",
    "The final answer is: $\\boxed{{{}}}$. I hope it is correct.",
    "By symmetry we obtain $$ {} $$",
    "### Result\n\\boxed{{{}}}",
]

HELD_OUT_GROUPS = [
    ("\\frac{5}{8}", ["0.625", "5/8", "\\frac{10}{16}", "62.5\\%", "\\dfrac58"], ["\\frac{8}{5}", "0.62"]),
    ("-\\frac{11}{3}", ["-3\\frac23", "\\frac{-11}{3}", "-3.666667", "-11/3"], ["-3.67", "\\frac{11}{3}"]),
    ("4\\frac{3}{8}", ["4.375", "\\frac{35}{8}"], ["\\frac{12}{8}", "4.38"]),
    ("5\\sqrt{3}", ["\\sqrt{75}", "\\frac{15}{\\sqrt3}", "8.660254"], ["3\\sqrt{5}", "8.66"]),
    ("\\sqrt{5}-2", ["-2+\\sqrt5", "\\frac{1}{\\sqrt{5}+2}", "\\sqrt{9-4\\sqrt{5}}"], ["2-\\sqrt5"]),
    ("\\sqrt[4]{48}", ["2\\sqrt[4]{3}", "48^{1/4}"], ["2\\sqrt{3}"]),
    ("\\frac{3\\pi}{2}", ["1.5\\pi", "\\frac32\\pi", "3\\pi/2", "270^\\circ"], ["\\frac{2\\pi}{3}"]),
    ("45\\pi", ["45 \\pi", "\\pi\\cdot45", "\\frac{90\\pi}{2}"], ["45", "54\\pi"]),
    ("120^{\\circ}", ["120", "120^\\circ", "120 \\text{ degrees}"], ["240", "\\frac{2\\pi}{3}"]),
    ("18\\text{ ft}", ["18", "18 \\text{ feet}", "18 ft", "18\\mathrm{ft}"], ["19\\text{ ft}"]),
    ("64\\text{ m}^3", ["64", "4^3", "64 \\text{ m}^{3}"], ["16"]),
    ("\\$7.25", ["7.25", "\\frac{29}{4}", "\\$7.250"], ["7.2", "725"]),
    ("35\\%", ["35", "0.35", "\\frac{7}{20}", "35 \\text{ percent}"], ["3.5", "36\\%"]),
    ("123,456", ["123456", "123{,}456"], ["123.456", "123457"]),
    ("3.2\\times10^{-4}", ["0.00032", "32 \\cdot 10^{-5}"], ["3.2\\times10^{4}"]),
    ("x^2-9", ["(x-3)(x+3)", "(x+3)(x-3)", "-9+x^2"], ["(x-3)^2", "x^2+9"]),
    ("a^2-b^2", ["(a-b)(a+b)", "-(b^2-a^2)"], ["(a-b)^2", "b^2-a^2"]),
    ("x^4-1", ["(x^2-1)(x^2+1)", "(x-1)(x+1)(x^2+1)"], ["(x-1)^4"]),
    ("\\frac{2}{x^2-1}", ["\\frac{1}{x-1}-\\frac{1}{x+1}", "\\frac{2}{(x-1)(x+1)}"], ["\\frac{2}{x-1}"]),
    ("\\frac{ab}{a+b}", ["\\frac{1}{\\frac1a+\\frac1b}", "\\frac{ba}{b+a}"], ["\\frac{a+b}{ab}"]),
    ("3m+2", ["2+3m", "3(m+1)-1"], ["2m+3", "3n+2"]),
    ("k=-7", ["-7", "k = -7", "-7.0"], ["7", "k=7"]),
    ("-7", ["k=-7", "t = -14/2"], ["k=7"]),
    ("a=3, b=-1", ["3,-1", "b=-1, a=3", "a=3 \\text{ and } b=-1"], ["a=-1,b=3"]),
    ("y=\\frac{1}{2}x-4", ["\\frac12x-4", "y=\\frac{x}{2}-4", "2y=x-8", "x-2y=8"], ["y=2x-4"]),
    ("3x-4y=12", ["6x-8y=24", "4y-3x=-12"], ["3x+4y=12"]),
    ("(x-1)^2+(y+2)^2=9", ["(y+2)^2+(x-1)^2=9", "x^2-2x+y^2+4y-4=0"], ["(x+1)^2+(y-2)^2=9"]),
    ("g(t)=3t^2", ["3t^2", "g(t)=t^2\\cdot3"], ["3t", "g(t)=3t"]),
    ("(-4,7)", ["\\left(-4,7\\right)", "(-4.0,7)", "-4,7"], ["(7,-4)", "[-4,7]", "(-4,8)"]),
    ("(0,0,1)", ["\\left(0,0,1\\right)", "0,0,1"], ["(1,0,0)", "(0,1)"]),
    ("\\left(-\\frac{3}{2}, \\frac{5}{2}\\right)", ["(-1.5,2.5)", "(-3/2,5/2)"], ["(\\frac52,-\\frac32)"]),
    ("(0,5]", ["\\left(0,5\\right]", "0<x\\le5", "x\\in(0,5]"], ["[0,5]", "(0,5)"]),
    ("[2,\\infty)", ["x\\ge2", "\\left[2,\\infty\\right)", "[2,+\\infty)"], ["(2,\\infty)", "x>2"]),
    ("(-3,0)\\cup(0,3)", ["(0,3)\\cup(-3,0)", "\\left(-3,0\\right)\\cup\\left(0,3\\right)"], ["(-3,3)"]),
    ("\\{-1,0,1\\}", ["\\{1,0,-1\\}", "-1,0,1", "0, 1, -1"], ["\\{-1,1\\}", "(-1,0,1)"]),
    ("\\frac{1}{2}, -3", ["-3,\\frac12", "x=\\frac12,x=-3", "\\{-3, 0.5\\}", "x = -3 \\text{ or } x = \\frac{1}{2}"], ["3,\\frac12"]),
    ("2\\pm\\sqrt{7}", ["2+\\sqrt7,2-\\sqrt7", "2-\\sqrt{7}, 2+\\sqrt{7}"], ["\\pm\\sqrt7", "2+\\sqrt{7}"]),
    ("\\begin{pmatrix} 0 \\\\ -5 \\end{pmatrix}", ["\\begin{bmatrix}0\\\\-5\\end{bmatrix}", "\\begin{pmatrix}0\\\\-5\\end{pmatrix}"], ["\\begin{pmatrix}0\\\\5\\end{pmatrix}", "\\begin{pmatrix}-5\\\\0\\end{pmatrix}"]),
    ("\\begin{bmatrix} 2 & 0 \\\\ 0 & \\frac12 \\end{bmatrix}", ["\\begin{pmatrix} 2 & 0 \\\\ 0 & 0.5 \\end{pmatrix}"], ["\\begin{pmatrix} 0 & 2 \\\\ \\frac12 & 0 \\end{pmatrix}"]),
    ("t>0", ["0<t", "(0,\\infty)", "t>0"], ["t\\ge0", "t<0"]),
    ("m \\le \\frac{1}{4}", ["\\frac14\\ge m", "(-\\infty,\\frac14]", "m\\leq0.25", "4m\\le1"], ["m<\\frac14"]),
    ("-2<x\\le 6", ["(-2,6]", "x\\in(-2,6]", "6\\ge x>-2"], ["-2\\le x<6"]),
    ("\\binom{10}{4}", ["210", "\\frac{10!}{4!6!}"], ["120"]),
    ("7!", ["5040", "7\\cdot 720"], ["720"]),
    ("3^7", ["2187", "3^{7}", "9^3\\cdot3"], ["21"]),
    ("\\log_3 81", ["4", "\\log_{3}(81)"], ["3"]),
    ("\\ln 10", ["2.302585", "\\ln(10)", "\\ln2+\\ln5"], ["2.3", "1"]),
    ("e^{-1}", ["\\frac{1}{e}", "0.367879", "\\exp(-1)"], ["-e"]),
    ("\\cos(2x)", ["\\cos 2x", "1-2\\sin^2 x", "\\cos^2 x-\\sin^2 x", "2\\cos^2x-1"], ["2\\cos x"]),
    ("\\tan x", ["\\frac{\\sin x}{\\cos x}", "\\tan(x)"], ["\\cot x"]),
    ("\\frac12", ["\\sin\\frac{\\pi}{6}", "\\cos\\frac{\\pi}{3}", "\\sin^2\\frac{\\pi}{4}"], ["\\cos\\frac{\\pi}{6}"]),
    ("-5+12i", ["12i-5", "-5 + 12i"], ["5-12i", "13"]),
    ("\\text{no}", ["\\text{No}", "no", "\\text{NO}"], ["\\text{yes}"]),
    ("\\text{(D)}", ["D", "\\text{D}", "\\mathrm{(D)}"], ["\\text{(E)}", "E"]),
    ("\\text{isosceles}", ["\\text{Isosceles}", "isosceles"], ["\\text{scalene}"]),
    ("5:8", ["\\frac58", "10:16"], ["8:5"]),
    ("|2x-6|", ["2|x-3|", "|6-2x|"], ["2x-6"]),
    ("\\lceil 3.2 \\rceil", ["4"], ["3"]),
    ("2010_3", ["2010", "2010_{3}"], ["57"]),
    ("S_n", ["S_{n}"], ["S_k"]),
    ("\\theta", ["\\theta"], ["\\phi"]),
    ("3^{2x}", ["9^x", "3^x\\cdot3^x"], ["6^x", "3^x"]),
    ("\\frac{n(n-3)}{2}", ["\\frac{n^2-3n}{2}", "\\frac12n(n-3)"], ["\\frac{n(n-1)}{2}"]),
    ("\\sqrt{a^2+b^2}", ["(a^2+b^2)^{\\frac12}", "\\sqrt{b^2+a^2}"], ["a+b"]),
    ("u+v-w", ["v-w+u", "-(w-u-v)"], ["u-v+w"]),
]


def held_out(cases, rng):
    for gold, same, other in HELD_OUT_GROUPS:
        golds = [f"${gold}$", f"\\boxed{{{gold}}}", f"Thus it is\n\\[\\boxed{{{gold}}}\\]\nas claimed."]
        for answer in same + other:
            cases.add(rng.choice(golds), rng.choice(HELD_OUT_LAYOUTS).format(answer))
    sentences = [
        "Adding it all up gives {} in total",
        "Result = {}",
        "Altogether they ran {} miles this week.",
        "Her change is ${} after all.",
        "<answer>{}</answer>",
        "The answer is **{}**.",
        "10 - 4 = 6\n6 * 2 = {}\nThe answer is {}",
        "Final answer: {}",
        "Let me think. 15 / 3 = 5 and so on... {} it is!",
    ]
    for _ in range(60):
        n = rng.choice([rng.randint(1, 50), rng.randint(50, 5000), rng.randint(5000, 10**6)])
        d = rng.choice([n, n + 0.5, n + 0.25])
        gold = rng.choice([f"{d}", f"#### {d}", f"Each gets 7 * 8 = <<7*8=56>>56.\n#### {d}"])
        wrong = rng.choice([n + 3, -n, n + 0.75, n * 100])
        for value in (d, wrong):
            sentence = rng.choice(sentences)
            cases.add(gold, sentence.replace("{}", rng.choice([str(value), f"{value:,}", f"{value:.2f}"])))
    for _ in range(20):
        (a, letter), (b, _) = terms(rng, "abpqw", 2), terms(rng, "x", 1)
        whole = product(a, b)
        gold = f"$\\boxed{{{shown(whole, letter)}}}$"
        cases.add(gold, rng.choice(HELD_OUT_LAYOUTS).format(f"({shown(b, letter)}) \\cdot ({shown(a, letter)})"))
        whole[1] -= 1
        cases.add(gold, rng.choice(HELD_OUT_LAYOUTS).format(shown(whole, letter, False)))
    for _ in range(20):
        p, q, r = rng.randint(1, 30), rng.randint(2, 15), rng.choice([2, 3, 5, 7, 11])
        gold = f"$\\frac{{{p}\\sqrt{{{r}}}}}{{{q}}}$"
        for answer in (f"\\frac{{{p}}}{{{q}}}\\sqrt{{{r}}}", f"\\frac{{{p * r}}}{{{q}\\sqrt{{{r}}}}}", f"\\frac{{{q}\\sqrt{{{r}}}}}{{{p}}}"):
            cases.add(gold, rng.choice(HELD_OUT_LAYOUTS).format(answer))
    for _ in range(15):
        low, high = sorted(rng.sample(range(-12, 30), 2))
        left, right = rng.choice("(["), rng.choice(")]")
        gold = f"${left}{low},{high}{right}$"
        below, above = ("<" if left == "(" else "\\le"), ("<" if right == ")" else "\\le")
        for answer in (f"\\left{left}{low}, {high}\\right{right}", f"{low} {below} x {above} {high}", f"({low},{high}]"):
            cases.add(gold, rng.choice(HELD_OUT_LAYOUTS).format(answer))


def write(path, makers, seed):
    cases, rng = Cases(), random.Random(seed)
    for maker in makers:
        maker(cases, rng)
    rows = cases.rows()
    head = {"tool": "math-verify", "version": version("math-verify"), "sympy": version("sympy")}
    lines = ",\n".join("  " + json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_text(json.dumps(head)[:-1] + ', "cases": [\n' + lines + "\n]}\n")
    print(path.name, len(rows), "cases,", sum(row["equal"] for row in rows), "equal", file=sys.stderr)


if __name__ == "__main__":
    here = Path(__file__).parent
    write(here / "math.json", [word_problems, groups, generated, odd_texts], 11)
    write(here / "held_out.json", [held_out], 29)
