//! Scores texts under a GGUF model from the command line, through the engine that the page runs.
//!
//! ```text
//! assay perplexity --model model.gguf --input texts.jsonl --json
//! assay perplexity --model model.gguf --input chats.jsonl \
//!     --prompt prompt --response response
//! assay perplexity --model model.gguf --input long.jsonl \
//!     --convention sliding --max-length 512 --stride 256
//! ```

use crate::Failure;
use assay_lm::Model;
use assay_lm::cpu::CpuBackend;
use assay_lm::gpu::{Gpu, GpuBackend};
use assay_lm::scoring::{Backend, Item, Scorer, TextScore};
use assay_lm::source::{FileSource, Source};
use assay_results::perplexity::Convention;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::path::Path;
use std::rc::Rc;

const USAGE: &str = "usage: assay perplexity --model FILE.gguf… --input FILE.jsonl \
[--field text | --prompt FIELD --response FIELD] \
[--convention text|llama-perplexity|rolling|sliding] [--n-ctx N] [--max-length N] [--stride N] \
[--ids] [--json] [--backend gpu|cpu]";

const FLAGS: [&str; 12] = [
    "model",
    "input",
    "field",
    "prompt",
    "response",
    "convention",
    "n-ctx",
    "max-length",
    "stride",
    "ids",
    "json",
    "backend",
];

/// The values given to each flag.
struct Arguments(HashMap<String, Vec<String>>);

impl Arguments {
    fn parse(arguments: &[String]) -> Result<Self, Failure> {
        let mut flags: HashMap<String, Vec<String>> = HashMap::new();
        let mut current = String::new();
        for argument in arguments.iter().cloned() {
            match argument.strip_prefix("--") {
                Some(flag) if FLAGS.contains(&flag) => {
                    current = flag.to_owned();
                    flags.entry(current.clone()).or_default();
                }
                None if !current.is_empty() => {
                    flags.entry(current.clone()).or_default().push(argument)
                }
                _ => return Err(format!("{argument} is not understood\n{USAGE}").into()),
            }
        }
        Ok(Self(flags))
    }

    fn one(&self, flag: &str) -> Option<&str> {
        self.0.get(flag)?.last().map(String::as_str)
    }

    fn has(&self, flag: &str) -> bool {
        self.0.contains_key(flag)
    }

    fn number(&self, flag: &str, usual: usize) -> Result<usize, Failure> {
        match self.one(flag) {
            None => Ok(usual),
            Some(text) => text
                .parse()
                .map_err(|_| format!("--{flag} takes a whole number, not {text}").into()),
        }
    }
}

/// Scores texts under a model.
///
/// # Errors
/// What is wrong with the arguments, the model or the texts.
pub async fn run(arguments: &[String]) -> Result<(), Failure> {
    let arguments = Arguments::parse(arguments)?;
    let mut files: Vec<Box<dyn Source>> = Vec::new();
    for path in arguments.0.get("model").ok_or(USAGE)? {
        files.push(Box::new(FileSource::open(Path::new(path))?));
    }
    let model = Model::open(files).await?;
    let input = arguments.one("input").ok_or(USAGE)?;
    let text = std::fs::read_to_string(input).map_err(|e| format!("{input}: {e}"))?;
    let items = items(&arguments, &text)?;
    let convention = convention(&arguments, model.shape.context)?;
    match arguments.one("backend").unwrap_or("gpu") {
        "gpu" => {
            let gpu = Rc::new(Gpu::open().await?);
            let backend = GpuBackend::load(gpu, &model, None, |_| {}).await?;
            score(Scorer::new(model, backend), &items, convention, &arguments).await
        }
        "cpu" => {
            let backend = CpuBackend::load(&model, |_| {}).await?;
            score(Scorer::new(model, backend), &items, convention, &arguments).await
        }
        other => Err(format!("--backend takes gpu or cpu, not {other}").into()),
    }
}

async fn score<B: Backend>(
    mut scorer: Scorer<B>,
    items: &[Item],
    convention: Convention,
    arguments: &Arguments,
) -> Result<(), Failure> {
    scorer
        .score(items, convention, |_, score| {
            println!("{}", line(&score, arguments));
            true
        })
        .await?;
    Ok(())
}

fn line(score: &TextScore, arguments: &Arguments) -> String {
    let (nll, tokens, perplexity) = (score.nll(), score.logprobs.len(), score.perplexity());
    if !arguments.has("json") {
        return format!("{perplexity:.4}\t{tokens} tokens\t{nll:.4} nats");
    }
    let mut line = json!({
        "ids": score.ids,
        "logprobs": score.logprobs,
        "nll": nll,
        "tokens": tokens,
        "ppl": perplexity,
    });
    if score.bytes > 0 {
        line["word_ppl"] = json!((nll / score.words as f64).exp());
        line["byte_ppl"] = json!((nll / score.bytes as f64).exp());
        line["bits_per_byte"] = json!(nll / score.bytes as f64 / std::f64::consts::LN_2);
    }
    line.to_string()
}

/// One item a line: its ids where it has some, else its text or its prompt and response.
fn items(arguments: &Arguments, text: &str) -> Result<Vec<Item>, Failure> {
    let mut items = Vec::new();
    for (number, line) in text
        .lines()
        .enumerate()
        .filter(|(_, l)| !l.trim().is_empty())
    {
        let place = |what: String| format!("line {}: {what}", number + 1);
        let row: Value = serde_json::from_str(line).map_err(|e| place(e.to_string()))?;
        let field = |name: &str| {
            let text = row[name].as_str().map(str::to_owned);
            text.ok_or_else(|| place(format!("there is no text under {name}")))
        };
        let ids = row["ids"].as_array();
        items.push(
            match (ids, arguments.one("prompt"), arguments.one("response")) {
                (_, Some(prompt), Some(response)) => Item::Chat {
                    prompt: field(prompt)?,
                    response: field(response)?,
                },
                (Some(ids), ..) => Item::Ids(
                    ids.iter()
                        .filter_map(|i| Some(i.as_u64()? as u32))
                        .collect(),
                ),
                (None, None, None) => Item::Text(field(arguments.one("field").unwrap_or("text"))?),
                _ => return Err("--prompt and --response go together".into()),
            },
        );
    }
    Ok(items)
}

fn convention(arguments: &Arguments, context: usize) -> Result<Convention, Failure> {
    let max_length = arguments.number("max-length", context)?;
    Ok(match arguments.one("convention").unwrap_or("text") {
        "text" => Convention::Text,
        "llama-perplexity" => Convention::LlamaPerplexity {
            context: arguments.number("n-ctx", 512)?,
        },
        "rolling" => Convention::Rolling { max_length },
        "sliding" => Convention::Sliding {
            max_length,
            stride: arguments.number("stride", max_length / 2)?,
        },
        other => {
            return Err(format!(
                "--convention takes text, llama-perplexity, rolling or sliding, not {other}"
            )
            .into());
        }
    })
}
