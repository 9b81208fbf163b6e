"""Writes jieba.json: short texts scored as LLaMA-Factory scores predictions, and by NLTK's METEOR over jieba's words.

    pip install jieba==0.42.1 rouge-chinese==1.0.3 nltk==3.10.4
    python crates/metrics/tests/make_jieba.py
"""

import json
import pathlib

import jieba
from nltk.translate.bleu_score import SmoothingFunction, sentence_bleu
from nltk.translate.meteor_score import meteor_score
from rouge_chinese import Rouge

PAIRS = [
    ("今天天气很好，我们去公园散步。", "今天天气不错，我们一起去公园散步吧。"),
    ("好的好的，我知道了，我知道了。", "好的，我知道了。"),
    ("The cat sat on the mat.", "The cat is sitting on the mat."),
    ("价格是3.5万元，约合16-29美元。", "价格为3.5万元。"),
    ("第一行。\n第二行？\n\n第三行", "第一行。\n\n第二行？第三行！"),
    ("他说：“你好。”然后走了......再见", "他说：“你好！”……然后走了。"),
    ("  前后有空格  ", "前后有空格"),
    ("完全一样的句子。", "完全一样的句子。"),
    ("好", "好"),
    ("毫不相干", "另一件事"),
    ("", "没有预测"),
    ("没有标签", ""),
    (" \n", "只有空白"),
    ("", ""),
    ("用 Qwen2.5-7B-Instruct 微调后\u3000效果更好", "用Qwen2.5-7B微调，效果更好。"),
    ("a\r\nb\n\n\nc", "a\n\nb\nc"),
]


class NoSynonyms:
    def synsets(self, _):
        return []


def meteor(predict, label):
    words = [[w for w in jieba.cut(text) if w.strip()] for text in (predict, label)]
    return meteor_score([words[1]], words[0], wordnet=NoSynonyms())


def scores(predict, label):
    own, theirs = list(jieba.cut(predict)), list(jieba.cut(label))
    bleu = sentence_bleu([list(label)], list(predict), smoothing_function=SmoothingFunction().method3)
    found = {"llamafactory_bleu4": round(bleu * 100, 4)}
    blank = not " ".join(own).split() or not " ".join(theirs).split()
    rouge = {} if blank else Rouge().get_scores(" ".join(own), " ".join(theirs))[0]
    for name in ("rouge-1", "rouge-2", "rouge-l"):
        key = "llamafactory_" + name.replace("-", "").replace("l", "L")
        found[key] = 0.0 if blank else round(rouge[name]["f"] * 100, 4)
    found["meteor"] = meteor(predict, label)
    return found


def main():
    cases = [{"predict": p, "label": l, "scores": scores(p, l)} for p, l in PAIRS]
    names = cases[0]["scores"]
    means = {name: sum(c["scores"][name] for c in cases) / len(cases) for name in names}
    path = pathlib.Path(__file__).parent / "jieba.json"
    text = json.dumps({"means": means, "cases": cases}, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")


main()
