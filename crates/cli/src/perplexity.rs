//! Scores texts under a GGUF model from the command line, through the engine that the page runs.
//!
//! ```text
//! assay perplexity --model model.gguf --input texts.jsonl --json
//! assay perplexity --model model.gguf --input chats.jsonl \
//!     --prompt prompt --response response
//! assay perplexity --model model.gguf --input long.jsonl \
//!     --convention sliding --max-length 512 --stride 256
//! assay perplexity --model base.gguf --adapter adapter_model.safetensors \
//!     --input texts.jsonl --strength 0,0.5,1
//! ```

use crate::adapter::{AdapterArguments, Chosen, Totals};
use crate::failure::Failure;
use crate::progress::Bar;
use crate::scorer::{self, BackendName};
use assay_lm::scoring::{Backend, Item, Scorer, TextScore};
use assay_results::perplexity::Convention;
use clap::ValueEnum;
use serde_json::{Value, json};
use std::path::PathBuf;

/// What to score, under which model, and how.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The model: a GGUF file, or all files of a model that is split
    #[arg(long, value_name = "FILE", num_args = 1.., required = true)]
    model: Vec<PathBuf>,
    #[command(flatten)]
    adapter: AdapterArguments,
    /// A text, a chat or a list of ids a line, as JSON (`.jsonl`); any other file is one text
    #[arg(long, value_name = "FILE")]
    input: String,
    /// The key of the text
    #[arg(long, default_value = "text", conflicts_with = "prompt")]
    field: String,
    /// The key of the prompt; responses alone are scored then
    #[arg(long, value_name = "FIELD", requires = "response")]
    prompt: Option<String>,
    /// The key of the response
    #[arg(long, value_name = "FIELD", requires = "prompt")]
    response: Option<String>,
    /// How texts are cut into windows
    #[arg(long, default_value = "text")]
    convention: ConventionName,
    /// Tokens of a window, under llama-perplexity
    #[arg(long, default_value_t = 512)]
    n_ctx: usize,
    /// Tokens of a window, under rolling and sliding; as many as the model was trained with otherwise
    #[arg(long)]
    max_length: Option<usize>,
    /// Tokens that a window moves on, under sliding; half of a window otherwise
    #[arg(long)]
    stride: Option<usize>,
    /// Print everything as JSON
    #[arg(long)]
    json: bool,
    /// Where the model runs
    #[arg(long, default_value = "gpu")]
    backend: BackendName,
}

#[derive(Clone, Copy, ValueEnum)]
enum ConventionName {
    /// Each text by itself, the whole of it
    Text,
    /// As llama.cpp's llama-perplexity does
    LlamaPerplexity,
    /// As EleutherAI's harness does
    Rolling,
    /// As Hugging Face's guide does
    Sliding,
}

/// Scores texts under a model.
///
/// # Errors
/// What is wrong with the arguments, the model or the texts.
pub(crate) async fn run(arguments: &Arguments) -> Result<(), Failure> {
    let input = &arguments.input;
    let text = std::fs::read_to_string(input).map_err(|e| format!("{input}: {e}"))?;
    let items = items(arguments, &text)?;
    let opened = scorer::open(&arguments.model, &arguments.adapter, arguments.backend);
    let (scorer, chosen) = opened.await?;
    let convention = convention(arguments, scorer.model.shape.context);
    score(scorer, &items, convention, &chosen, arguments).await
}

async fn score<B: Backend>(
    mut scorer: Scorer<B>,
    items: &[Item],
    convention: Convention,
    chosen: &Chosen,
    arguments: &Arguments,
) -> Result<(), Failure> {
    let (mut bar, mut done) = (Bar::new("scoring"), 0);
    let mut totals = Totals::new(chosen.strengths.len());
    scorer
        .score_at(items, convention, &chosen.strengths, |_, scores| {
            for (place, score) in scores.iter().enumerate() {
                println!("{}", line(score, chosen, place, arguments));
            }
            totals.add(&scores);
            done += 1;
            bar.show((f64::from(done), items.len() as f64));
            true
        })
        .await?;
    bar.end();
    if chosen.adapter.is_some() {
        for line in totals.lines(&chosen.strengths) {
            eprintln!("{line}");
        }
    }
    Ok(())
}

/// A text's line, at the strength in a place.
fn line(score: &TextScore, chosen: &Chosen, place: usize, arguments: &Arguments) -> String {
    let (nll, tokens, perplexity) = (score.nll(), score.logprobs.len(), score.perplexity());
    let strength = chosen.adapter.as_ref().map(|_| chosen.strengths[place]);
    if !arguments.json {
        let strength = strength.map_or(String::new(), |s| format!("strength {s}\t"));
        return format!("{strength}{perplexity:.4}\t{tokens} tokens\t{nll:.4} nats");
    }
    let mut line = json!({
        "ids": score.ids,
        "logprobs": score.logprobs,
        "ranks": score.ranks,
        "entropies": score.entropies,
        "nll": nll,
        "tokens": tokens,
        "ppl": perplexity,
    });
    if let Some(strength) = strength {
        line["strength"] = json!(strength);
        line["fingerprint"] = json!(chosen.fingerprints[place]);
    }
    if score.bytes > 0 {
        line["word_ppl"] = json!((nll / score.words as f64).exp());
        line["byte_ppl"] = json!((nll / score.bytes as f64).exp());
        line["bits_per_byte"] = json!(nll / score.bytes as f64 / std::f64::consts::LN_2);
    }
    line.to_string()
}

/// One item a line of JSON: its ids where it has some, else its text or its prompt and response. A file that is no JSON is
/// one text.
fn items(arguments: &Arguments, text: &str) -> Result<Vec<Item>, Failure> {
    let input = arguments.input.to_lowercase();
    let is_json = [".jsonl", ".ndjson", ".json"]
        .iter()
        .any(|ending| input.ends_with(ending));
    if !is_json && !text.trim_start().starts_with('{') {
        return Ok(vec![Item::Text(text.to_owned())]);
    }
    let mut items = Vec::new();
    for (number, line) in text
        .lines()
        .enumerate()
        .filter(|(_, l)| !l.trim().is_empty())
    {
        let place = |what: String| format!("{}, line {}: {what}", arguments.input, number + 1);
        let row: Value = serde_json::from_str(line)
            .map_err(|e| place(format!("no JSON object stands in it ({e})")))?;
        let field = |name: &str| {
            let text = row[name].as_str().map(str::to_owned);
            text.ok_or_else(|| place(format!("there is no text under {name}")))
        };
        let ids = row["ids"].as_array();
        items.push(match (ids, &arguments.prompt, &arguments.response) {
            (_, Some(prompt), Some(response)) => Item::Chat {
                prompt: field(prompt)?,
                response: field(response)?,
            },
            (Some(ids), ..) => Item::Ids(
                ids.iter()
                    .filter_map(|i| Some(i.as_u64()? as u32))
                    .collect(),
            ),
            _ => Item::Text(field(&arguments.field)?),
        });
    }
    Ok(items)
}

fn convention(arguments: &Arguments, context: usize) -> Convention {
    let max_length = arguments.max_length.unwrap_or(context);
    match arguments.convention {
        ConventionName::Text => Convention::Text,
        ConventionName::LlamaPerplexity => Convention::LlamaPerplexity {
            context: arguments.n_ctx,
        },
        ConventionName::Rolling => Convention::Rolling { max_length },
        ConventionName::Sliding => Convention::Sliding {
            max_length,
            stride: arguments.stride.unwrap_or(max_length / 2),
        },
    }
}
