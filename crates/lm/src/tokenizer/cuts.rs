//! The pre-tokenisers that GGUF files name in `tokenizer.ggml.pre`: the patterns that cut a text before
//! byte-level BPE. Which patterns belong to which name is from llama.cpp's `llama-vocab.cpp`; where
//! llama.cpp writes a pattern of its own for one in the model's `tokenizer.json`, the model's stands here.

/// How a text is cut, and what else goes with the name.
pub(super) struct Cut {
    /// The names in files.
    pub names: &'static [&'static str],
    /// Each pattern cuts what the one before left; what no pattern matches stays a piece.
    pub patterns: &'static [&'static str],
    /// Whether a piece that is a token of the vocabulary is taken whole, whatever the merges say.
    pub whole_pieces: bool,
    /// Whether a text begins with the beginning-of-text token when the file does not say.
    pub adds_begin: bool,
}

impl Cut {
    const fn new(names: &'static [&'static str], patterns: &'static [&'static str]) -> Self {
        Self {
            names,
            patterns,
            whole_pieces: false,
            adds_begin: false,
        }
    }

    const fn whole_pieces(mut self) -> Self {
        self.whole_pieces = true;
        self
    }

    const fn adds_begin(mut self) -> Self {
        self.adds_begin = true;
        self
    }
}

/// The pre-tokeniser of a name.
pub(super) fn named(name: &str) -> Option<&'static Cut> {
    ALL.iter().find(|p| p.names.contains(&name))
}

/// All names, in the table's order.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    ALL.iter().flat_map(|p| p.names.iter().copied())
}

const GPT2: &str = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";
const LLAMA3: &str = r"(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";
const QWEN2: &str = r"(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";
const QWEN35: &str = r"(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])|[^\r\n\p{L}\p{N}]?[\p{L}\p{M}]+|\p{N}| ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";
/// Of `tokenizer.json` of GPT-4o; llama.cpp takes ASCII's letters alone for upper and lower case.
const GPT4O: &str = r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])?|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+";
/// The same of Mistral's `tekken.json`.
const TEKKEN: &str = r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+";
const THREE_DIGITS: &str = r"\p{N}{1,3}";
const CHINESE_OR_KANA: &str = "[一-龥\u{3040}-ゟ゠-ヿ]+";
const DEEPSEEK3: &str = r##"[!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"##;
/// Letters with case, as `tokenizer.json` of DeepSeek LLM lists them.
const DEEPSEEK_LETTERS: &str = "\\s?[A-Za-zµÀ-ÖØ-öø-ƺƼ-ƿǄ-ʓʕ-ʯͰ-ͳͶͷͻ-ͽͿΆΈ-ΊΌΎ-ΡΣ-ϵϷ-ҁҊ-ԯԱ-ՖႠ-ჅᎠ-Ᏽᏸ-ᏽᲐ-ᲺᲽ-Ჿᴀ-ᴫᵫ-ᵷᵹ-ᶚḀ-ἕἘ-Ἕἠ-ὅὈ-Ὅὐ-ὗὙὛὝὟ-\u{1F7D}ᾀ-ᾴᾶ-ᾼ\u{1FBE}ῂ-ῄῆ-ῌῐ-\u{1FD3}ῖ-\u{1FDB}ῠ-Ῥῲ-ῴῶ-ῼℂℇℊ-ℓℕℙ-ℝℤ\u{2126}ℨ\u{212A}-ℭℯ-ℴℹℼ-ℿⅅ-ⅉⅎↃↄⰀ-ⱻⱾ-ⳤⳫ-ⳮⳲⳳꙀ-ꙭꚀ-ꚛꜢ-ꝯꝱ-ꞇꞋ-ꞎꭰ-ꮿﬀ-ﬆﬓ-ﬗＡ-Ｚａ-ｚ𐐀-𐑏𐒰-𐓓𐓘-𐓻𐲀-𐲲𐳀-𐳲𑢠-𑣟𞤀-𞥃]+";
const DEEPSEEK_CHINESE: &str = "[一-龥ࠀ-一가-\u{D7FF}]+";

const ALL: &[Cut] = &[
    Cut::new(
        &["default"],
        &[
            r"[\p{P}\$\+<=>\^~\|]+",
            r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)",
            r"\p{N}+",
            r"[0-9][0-9][0-9]",
        ],
    ),
    Cut::new(
        &[
            "gpt-2",
            "gpt2",
            "phi-2",
            "mpt",
            "olmo",
            "jais",
            "exaone4",
            "gigachat",
            "a.x-4.0",
            "mellum",
            "trillion",
            "granite-docling",
        ],
        &[GPT2],
    ),
    Cut::new(
        &[
            "llama-bpe",
            "llama3",
            "llama-v3",
            "falcon3",
            "falcon-h1",
            "pixtral",
            "midm-2.0",
            "lfm2",
        ],
        &[LLAMA3],
    )
    .whole_pieces()
    .adds_begin(),
    Cut::new(&["dbrx", "smaug-bpe", "glm4", "chatglm-bpe"], &[LLAMA3]),
    Cut::new(
        &[
            "qwen2",
            "deepseek-r1-qwen",
            "kormo",
            "megrez",
            "stablelm2",
            "hunyuan",
            "solar-open",
            "grok-2",
        ],
        &[QWEN2],
    ),
    Cut::new(&["qwen35"], &[QWEN35]),
    Cut::new(
        &[
            "smollm",
            "starcoder",
            "refact",
            "command-r",
            "codeshell",
            "exaone",
            "minerva-7b",
            "mellum2",
        ],
        &[r"\p{N}", GPT2],
    ),
    Cut::new(
        &["gpt-4o", "llama4", "kanana2", "talkie", "minimax-m2"],
        &[GPT4O],
    ),
    Cut::new(&["tekken"], &[TEKKEN])
        .whole_pieces()
        .adds_begin(),
    Cut::new(
        &["deepseek-llm"],
        &[
            r"[\r\n]",
            DEEPSEEK_LETTERS,
            "\\s?[!-/:-~！-／：-～‘-‟\u{3000}-。]+",
            r"\s+$",
            DEEPSEEK_CHINESE,
            r"\p{N}+",
        ],
    ),
    Cut::new(
        &["deepseek-coder"],
        &[r"[\r\n]", r"\s?\p{L}+", r"\s?\p{P}+", DEEPSEEK_CHINESE, r"\p{N}"],
    ),
    Cut::new(
        &["deepseek-v3", "hunyuan-dense", "joyai-llm", "hy_v4"],
        &[THREE_DIGITS, CHINESE_OR_KANA, DEEPSEEK3],
    ),
    Cut::new(
        &["spark2_5"],
        &[
            THREE_DIGITS,
            CHINESE_OR_KANA,
            r##"[!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+|[\r\n]|\s+(?!\S)|\s+"##,
            r"\p{N}",
        ],
    ),
    Cut::new(
        &["youtu"],
        &[
            "[가-힣ㄱ-ㆎ]+|[！…“”‘’—：；，、-〿︰-﹏]+|[ㄅ-ㄯ]+|[一-龥\u{3040}-ゟ゠-ヿ]+",
            r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])?|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])?|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+",
        ],
    )
    .whole_pieces(),
    Cut::new(
        &["falcon"],
        &[
            r"[\p{P}\$\+<=>\^~\|`]+",
            r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)",
            r"[0-9][0-9][0-9]",
        ],
    ),
    Cut::new(
        &["poro-chat", "bloom", "gpt3-finnish"],
        &[" ?[^(\\s|.,!?…。，、।۔،)]+"],
    ),
    Cut::new(&["viking"], &[" ?[^(\\s|.,!?…。，、।۔،)]+", r"\p{N}"]),
    Cut::new(
        &["tiny_aya", "cohere2moe"],
        &[r"\d{1,3}(?=(?:\d{3})*\b)", GPT4O],
    ),
    Cut::new(
        &["bailingmoe", "bailingmoe2", "llada-moe"],
        &[
            r"'(?:[sSdDmMtT]|[lL][lL]|[vV][eE]|[rR][eE])|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]|\s+(?!\S)|\s+",
        ],
    ),
    Cut::new(
        &["seed-coder"],
        &[
            r"(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1}| ?[^\s\p{L}\p{N}\r\n]+|\s*[\r\n]+|\s+(?!\S)|\s+",
        ],
    ),
    Cut::new(
        &["minicpm5"],
        &[
            THREE_DIGITS,
            r"(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}+| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+",
        ],
    )
    .whole_pieces(),
    Cut::new(
        &["ufakzeka"],
        &[
            r"[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+",
        ],
    ),
    Cut::new(&["laguna"], &[r"[^\n]+|[\n]+", QWEN2]),
    Cut::new(
        &["exaone-moe"],
        &[
            r"(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])|[^\r\n\p{L}\p{N}]?(?:\p{L}\p{M}*(?: \p{L}\p{M}*)*)+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]?|\s*[\r\n]|\s+(?!\S)|\s+",
        ],
    ),
    Cut::new(
        &["jais-2"],
        &[
            r"(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s{512}(?!\S)|\s{256}(?!\S)|\s{128}(?!\S)|\s{64}(?!\S)|\s{32}(?!\S)|\s{16}(?!\S)|\s{8}(?!\S)|\s{4}(?!\S)|\s{1,2}(?!\S)|\s{1}",
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::super::byte_level::cutter;
    use super::*;
    use serde_json::Value;
    use std::collections::BTreeSet;

    fn gold() -> Value {
        serde_json::from_str(include_str!("../../tests/lm/cuts.json")).unwrap()
    }

    /// The lengths of the pieces in characters, as the reference tool's are written.
    fn lengths(pieces: &[String]) -> String {
        let lengths: Vec<String> = pieces
            .iter()
            .map(|piece| piece.chars().count().to_string())
            .collect();
        lengths.join(" ")
    }

    #[test]
    fn every_pre_tokeniser_cuts_hard_texts_as_its_reference_does() {
        let gold = gold();
        let texts: Vec<&str> = gold["texts"]
            .as_array()
            .unwrap()
            .iter()
            .map(|t| t.as_str().unwrap())
            .collect();
        assert!(texts.len() >= 250);
        // Names with the same patterns are cut alike.
        let mut wrong = Vec::new();
        for pre in ALL {
            let cut = cutter(pre);
            let pieces: Vec<Vec<String>> = texts.iter().map(|text| cut(text)).collect();
            for name in pre.names.iter().filter(|name| **name != "gpt2") {
                let of = gold["same"][*name].as_str().unwrap_or(name);
                let expected = gold["cuts"][of].as_array().unwrap();
                assert_eq!(expected.len(), texts.len());
                for ((text, found), expected) in texts.iter().zip(&pieces).zip(expected) {
                    assert_eq!(found.concat(), *text);
                    if lengths(found) != expected.as_str().unwrap() {
                        wrong.push(format!("{name}: {text:?} {found:?}, not {expected}"));
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn each_name_is_in_the_table_once_and_each_of_the_references_is_there() {
        let ours: Vec<&str> = names().collect();
        let once: BTreeSet<&str> = ours.iter().copied().collect();
        assert_eq!(ours.len(), once.len());
        for name in gold()["references"].as_object().unwrap().keys() {
            assert!(once.contains(name.as_str()), "{name}");
        }
    }
}
