//! `docs/models.md`, made from what the code supports and from the references that the tests hold it to:
//!
//! ```text
//! cargo test -p assay-lm --test lm document -- --ignored
//! ```
//!
//! writes it; the other test fails when it is out of date.

use super::families;
use assay_lm::arch::FAMILIES;
use assay_lm::gguf::TensorType;
use assay_lm::tokenizer::TokenizerError;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;

/// What a family's name in files stands for.
const MODELS: [(&str, &str); 27] = [
    (
        "llama",
        "Llama 1 to 3, Mistral 7B and Nemo, SmolLM2, TinyLlama, Yi, Falcon 3, InternLM 3, DeepSeek LLM",
    ),
    ("qwen2", "Qwen 2 and 2.5, DeepSeek-R1-Distill-Qwen"),
    ("qwen3", "Qwen 3, dense"),
    ("gemma", "Gemma 1"),
    ("gemma2", "Gemma 2"),
    ("gemma3", "Gemma 3, the text part"),
    ("phi3", "Phi 3, Phi 4 and Phi-4-mini"),
    ("gpt2", "GPT-2"),
    ("mistral3", "Ministral 3"),
    ("smollm3", "SmolLM3"),
    ("granite", "Granite 3 and 4, dense"),
    ("minicpm", "MiniCPM 1, 2 and 4"),
    ("internlm2", "InternLM 2 and 2.5"),
    ("ernie4_5", "ERNIE 4.5, dense"),
    ("glm4", "GLM-4-0414 and GLM-Z1"),
    ("chatglm", "GLM-4-9B, GLM-Edge"),
    ("hunyuan-dense", "Hunyuan 0.5B to 7B"),
    ("seed_oss", "Seed-OSS"),
    ("olmo2", "OLMo 2 and OLMo 3"),
    ("exaone", "EXAONE 3 and 3.5, EXAONE Deep"),
    ("exaone4", "EXAONE 4"),
    ("command-r", "Command R, Aya"),
    ("cohere2", "Command R7B, Command A"),
    ("stablelm", "StableLM 3B, StableLM 2 1.6B"),
    ("starcoder2", "StarCoder 2"),
    ("nemotron", "Nemotron 4, Minitron"),
    ("arcee", "Arcee Foundation Models"),
];

/// References whose class in transformers is another family's, because transformers has none of its own.
const BORROWED: [(&str, &str); 3] = [
    (
        "minicpm",
        "the same computation as Granite's, with other multipliers",
    ),
    ("internlm2", "the same computation as Llama's"),
    ("exaone", "the same computation as Llama's"),
];

/// What is refused, and why.
const REFUSED: [(&str, &str); 10] = [
    (
        "qwen35, qwen3next, lfm2, granitehybrid, nemotron_h, falcon-h1, mamba",
        "layers with a state that is carried from token to token (gated delta rule, Mamba, short convolutions), which no kernel here computes",
    ),
    (
        "qwen3moe, qwen2moe, mixtral as `llama`, deepseek2, gpt-oss, glm4moe, ernie4_5-moe, hunyuan-moe, olmoe",
        "mixtures of experts: the weights are several times what a pass reads, and have to be chosen token by token",
    ),
    (
        "gemma3n, gemma4",
        "embeddings for each layer, and keys and values that layers share",
    ),
    (
        "gptneox, falcon",
        "their files do not say which of two GELUs the model was trained with",
    ),
    ("phi2", "a bias of the vocabulary's matrix"),
    (
        "bloom, mpt, baichuan 13B",
        "scores that fall with distance (ALiBi) instead of rotated positions",
    ),
    (
        "stablelm 2 12B, command-r+",
        "a norm of its own for each head of queries and keys",
    ),
    (
        "glm4 and others with images",
        "positions in two dimensions; the text parts of such files are refused with them",
    ),
    (
        "`rope.scaling.yarn_attn_factor` other than YaRN's own factor",
        "converters write two different settings of models under this key, and tools differ in what they make of it",
    ),
    (
        "pre-tokenisers superbpe, kimi-k2, afmoe, chameleon, gemma4, sarvam-moe, whitespace, jina-*, roberta-bpe",
        "each needs more than patterns that cut one after another, or is an encoder's",
    ),
];

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/models.md")
}

/// The measured deviation with a margin for other processors: twice as much, rounded up to one digit.
fn stated(apart: f32) -> String {
    let apart = f64::from(apart.max(1e-9)) * 2.0;
    let unit = 10f64.powf(apart.log10().floor());
    format!("{:.0e}", (apart / unit).ceil() * unit)
}

fn measured() -> BTreeMap<String, f32> {
    let cases = families::cases().into_iter();
    cases
        .map(|case| (case.name.clone(), case.apart()))
        .collect()
}

fn gold() -> Value {
    serde_json::from_str(include_str!("cuts.json")).unwrap()
}

/// The names of pre-tokenisers as an error lists them.
fn pre_tokenizers() -> Vec<String> {
    let error = TokenizerError::PreTokenizer(String::new()).to_string();
    let (_, names) = error.split_once("supported are ").unwrap();
    names.split(", ").map(str::to_owned).collect()
}

fn families_table(apart: &BTreeMap<String, String>) -> String {
    let mut table = String::from(
        "| in the file | models | held to | furthest apart |\n| --- | --- | --- | --- |\n",
    );
    for case in families::cases() {
        let (_, models) = MODELS
            .iter()
            .find(|(family, _)| *family == case.family)
            .unwrap();
        let plain = case.name == case.family;
        let first = if plain {
            format!("`{}`", case.family)
        } else {
            String::new()
        };
        let models = match case.name.split_once(", ") {
            None => *models,
            Some((_, what)) => what,
        };
        let borrowed = BORROWED.iter().find(|(family, _)| *family == case.family);
        let borrowed = borrowed.map_or(String::new(), |(_, why)| format!(" ({why})"));
        let apart = &apart[&case.name];
        writeln!(
            table,
            "| {first} | {models} | {}{borrowed} | {apart} |",
            case.reference
        )
        .unwrap();
    }
    table
}

fn pre_tokenizers_table() -> String {
    let gold = gold();
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for name in pre_tokenizers() {
        let of = gold["same"][&name].as_str().unwrap_or(&name).to_owned();
        let of = if of == "gpt2" { "gpt-2".to_owned() } else { of };
        match groups.iter_mut().find(|(first, _)| *first == of) {
            Some((_, names)) => names.push(name),
            None => groups.push((of, vec![name])),
        }
    }
    let mut table = String::from(
        "| names | held to | texts that llama.cpp cuts otherwise |\n| --- | --- | --- |\n",
    );
    for (first, names) in groups {
        let reference = gold["references"][&first].as_str().unwrap();
        let differ = gold["llama_cpp_differs"][&first].as_u64().unwrap_or(0);
        let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        writeln!(table, "| {} | {reference} | {differ} |", names.join(", ")).unwrap();
    }
    table
}

fn document(apart: &BTreeMap<String, String>) -> String {
    let types: Vec<&str> = TensorType::all().map(TensorType::name).collect();
    let texts = gold()["texts"].as_array().unwrap().len();
    let refused: String = REFUSED
        .iter()
        .map(|(what, why)| format!("| {what} | {why} |\n"))
        .collect();
    format!(
        "# Models that open

Which decoder models can be scored, what each is held to, and what is refused. The lists below are made from the code by

    cargo test -p assay-lm --test lm document -- --ignored

and a test fails when they differ from it.

## Families

A family is what `general.architecture` names in a GGUF file. For each, a tiny model with the keys and the names of tensors
that llama.cpp's converters write is scored on the processor and compared with the same model in
{made_with}, in float32 (`crates/lm/tests/lm/make_families.py`). The last column is the greatest
difference of a log-probability over a text of 40 tokens, doubled for other processors and rounded up to one digit; the
test allows {close:.0e}. The GPU has to give what the processor gives, to 2e-3.

{families}
llama.cpp v0.5.0 gives the same for these files to 1e-5, and to 2e-3 where it looks a GELU up in a table of half precision
(gemma, gemma2, gemma3, gpt2, starcoder2), with four exceptions. It takes LongRoPE's factors for long texts as soon as its context is
longer than the model was first trained on; here texts are scored within that context, with the factors for it. It
multiplies the logits of old MiniCPM files by what the model divides by. It has EXAONE 4's window for models of 64 layers
only. It leaves aside the YaRN bounds (`beta_fast`, `beta_slow`) of most families.

## Positions

Rotary positions may be scaled linearly, by YaRN, by LongRoPE (the factors for short texts, within the context first trained
on) or by a tensor of factors, as Llama 3.1's are; the table above has a model of each. Files of Ministral 3 are scored
within the context first trained on, beyond which the model scales its queries.

## Pre-tokenisers

What `tokenizer.ggml.pre` names, for files whose tokeniser is byte-level BPE (`gpt2`); SentencePiece (`llama`) needs none. Each
cuts {texts} texts of digits, contractions, spaces, scripts, marks, emoji and code as its reference does
(`crates/lm/tests/lm/make_cuts.py`). Where llama.cpp's own engine for patterns cuts otherwise than the model's tokeniser, the
model's is followed.

{pre}
## Tensor types

{types}.
Each unpacks as gguf-py 0.19's `dequantize` has it (`crates/lm/tests/lm/make_blocks.py`), within a millionth.

## What is refused

Such files are refused with the reason when they are opened, before anything is computed.

| what | why |
| --- | --- |
{refused}| tensor types IQ1, IQ2, IQ3, TQ1_0, TQ2_0, MXFP4 and others | they need tables or layouts of their own, and have none here yet |
",
        made_with = families::made_with(),
        close = families::CLOSE,
        families = families_table(apart),
        pre = pre_tokenizers_table(),
        types = types.join(", "),
    )
}

#[test]
fn the_document_lists_what_the_code_supports() {
    let written = std::fs::read_to_string(path()).expect("docs/models.md");
    let measured = measured();
    // The first table is that of families, under two lines of its head.
    let rows: Vec<&str> = written
        .lines()
        .skip_while(|line| !line.starts_with("| ---"))
        .skip(1)
        .take_while(|line| line.starts_with('|'))
        .collect();
    let cases = families::cases();
    assert_eq!(rows.len(), cases.len(), "rows of families");
    let mut apart = BTreeMap::new();
    for (case, row) in cases.iter().zip(rows) {
        let stated = row.trim_end_matches(" |").rsplit(" | ").next().unwrap();
        let bound: f32 = stated.parse().unwrap_or(0.0);
        let found = measured[&case.name];
        assert!(found <= bound, "{}: {found}, not {stated}", case.name);
        apart.insert(case.name.clone(), stated.to_owned());
    }
    assert!(
        written == document(&apart),
        "docs/models.md is out of date: cargo test -p assay-lm --test lm document -- --ignored"
    );
    for (family, _) in FAMILIES {
        let named = MODELS.iter().any(|(name, _)| *name == family);
        assert!(named, "no models are named for {family}");
    }
}

#[test]
#[ignore = "writes docs/models.md"]
fn write_the_document() {
    let apart = measured();
    let apart = apart
        .iter()
        .map(|(name, &apart)| (name.clone(), stated(apart)));
    std::fs::write(path(), document(&apart.collect())).unwrap();
}
