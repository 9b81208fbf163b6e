"""Writes cases.json: texts of a test and of a training file, and what they share, by exact set arithmetic in Python and
by datasketch's MinHash.

    pip install datasketch==2.0.0 regex==2026.11.19
    python make_cases.py

Tokens are runs of letters and digits in lower case, and each Han character, kana and Hangul syllable by itself."""

import json
import random
from pathlib import Path

import datasketch
import regex

CJK = r"\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9d\U00020000-\U000323af"
TOKEN = regex.compile(rf"(?V1)[[\p{{Alphabetic}}\p{{N}}]&&[{CJK}]]|[[\p{{Alphabetic}}\p{{N}}]--[{CJK}]]+")
HERE = Path(__file__).parent


def tokens(text):
    return ["".join(c.lower() for c in word) for word in TOKEN.findall(text)]


def grams(words, n):
    return {tuple(words[i : i + n]) for i in range(len(words) - n + 1)}


def units(text):
    """The tokens of the text, and where it and its parts between lines without a token stand among them."""
    words, starts, labels, is_open = [], [], [], False
    for line in text.split("\n"):
        own = tokens(line)
        if own and (not is_open or not words):
            starts.append(len(words))
            first = TOKEN.search(line)
            # Who speaks, or "Question:", is not a part of the block.
            labels.append(line[first.end() : first.end() + 1] in (":", "："))
        is_open = bool(own)
        words += own
    ranges = [(0, len(words))]
    if len(starts) > 1:
        ends = starts[1:] + [len(words)]
        ranges += [(start + label, end) for start, label, end in zip(starts, labels, ends)]
    return words, ranges


def templates(texts):
    counts = {}
    for words in texts:
        for gram in grams(words, 5):
            counts[gram] = counts.get(gram, 0) + 1
    return {gram for gram, count in counts.items() if count > 10 and count * 10 > len(texts)}


def cut(words, shared):
    """The tokens, with nothing in place of those of a template."""
    kept = list(words)
    for i in range(len(words) - 4):
        if tuple(words[i : i + 5]) in shared:
            kept[i : i + 5] = [None] * 5
    return kept


def own(words, n):
    return {gram for gram in grams(words, n) if None not in gram}


def minhash(items):
    made = datasketch.MinHash(num_perm=128)
    for item in items:
        made.update(" ".join(item).encode())
    return made


def expected(test, training):
    texts = []
    for row in test:
        for text in row:
            words = tokens(text)
            if words and words not in texts:
                texts.append(words)
    shared = templates(texts)
    seen = {n: set().union(*(grams(tokens(t), n) for t in training)) for n in (8, 13)}
    sets = []
    for text in training:
        words, ranges = units(text)
        kept = cut(words, shared)
        sets += [own(kept[start:end], 5) for start, end in ranges]
    hashes = [minhash(unit) for unit in sets]
    out = []
    for row in test:
        of_row = []
        for text in row:
            words = cut(tokens(text), shared)
            five = own(words, 5)
            shares = []
            for n in (8, 13):
                mine = own(words, n)
                shares.append(len(mine & seen[n]) / len(mine) if mine else None)
            best, estimate = 0.0, None
            for unit, made in zip(sets, hashes):
                if five & unit:
                    similarity = len(five & unit) / len(five | unit)
                    if similarity > best:
                        best, estimate = similarity, minhash(five).jaccard(made)
            near = best if best >= 0.5 else None
            of_row.append([bool(five), *shares, near, estimate if near else None])
        out.append(of_row)
    return out


def changed(rng, words, vocabulary, part):
    return [rng.choice(vocabulary) if rng.random() < part else word for word in words]


def english(rng):
    syllables = "ba be bi ko ku la lo mi na ne pu ra re si so ta ti tu ve zo".split()
    vocabulary = ["".join(rng.choices(syllables, k=rng.randint(1, 3))) for _ in range(300)]
    template = "Please translate the following sentence into German and answer with the translation alone"
    sentence = lambda: [rng.choice(vocabulary) for _ in range(rng.randint(3, 40))]
    prompts = [sentence() for _ in range(24)]
    references = [sentence() for _ in range(24)]
    test = [[template + ": " + " ".join(p) + ".", " ".join(r)] for p, r in zip(prompts, references)]
    training = [" ".join(sentence()) for _ in range(30)]
    training += [template + ": " + " ".join(sentence()) + "." for _ in range(10)]
    for part, place in [(0, 0), (0.02, 1), (0.05, 2), (0.1, 3), (0.2, 4), (0.02, 5), (0.04, 6)]:
        training.append(" ".join(changed(rng, prompts[place], vocabulary, part)).upper())
    training.append("user: " + " ".join(prompts[7]) + "\n\nassistant: " + " ".join(sentence()))
    training.append(" ".join(sentence() + references[8] + sentence()))
    training.append("### In\n" + " ".join(sentence()) + "\n---\n" + " ".join(references[9]))
    return test, training


def chinese(rng):
    vocabulary = list("的一是不了人我在有他这中大来上个国和也子时道出而要于就下得可你年生自会那后能对着事其里所去行过家十用发天如然作方成者多日都三小军二无同么经法当起与好看学进种将还分此心前面又定见只主没公从")
    sentence = lambda: [rng.choice(vocabulary) for _ in range(rng.randint(4, 40))]
    prompts = [sentence() for _ in range(8)]
    test = [["请回答：" + "".join(p) + "？", "GPT-4 " + "".join(sentence())] for p in prompts]
    training = ["".join(sentence()) + "。" for _ in range(10)]
    training += ["，".join(["".join(prompts[0][:9]), "".join(prompts[0][9:])])]
    training += ["".join(changed(rng, prompts[1], vocabulary, 0.05)), "".join(sentence()) + test[2][1] + "".join(sentence())]
    return test, training


def main():
    rng = random.Random(7)
    cases = []
    for test, training in (english(rng), chinese(rng)):
        cases.append({"test": test, "training": training, "expected": expected(test, training)})
    out = {"tool": f"exact sets in Python, datasketch {datasketch.__version__}", "cases": cases}
    (HERE / "cases.json").write_text(json.dumps(out, ensure_ascii=False, indent=0) + "\n")


main()
