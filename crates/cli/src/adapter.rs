//! The LoRA adapter that texts are scored with, beside the base model alone.

use crate::failure::Failure;
use assay_lm::adapter::{CONFIG, Named, WEIGHTS};
use assay_lm::scoring::TextScore;
use assay_lm::source::FileSource;
use assay_lm::{Adapter, Model};
use std::path::{Path, PathBuf};

/// Files of a folder that may be an adapter's. The last is refused with what to do instead.
const FILES: [&str; 3] = [CONFIG, WEIGHTS, "adapter_model.bin"];

/// Which adapter, and how strongly it acts.
#[derive(clap::Args)]
pub(crate) struct AdapterArguments {
    /// A LoRA adapter of the model: a GGUF file, PEFT's adapter_model.safetensors with its adapter_config.json beside
    /// it, or the folder of the two
    #[arg(long, value_name = "FILE", num_args = 1..)]
    adapter: Vec<PathBuf>,
    /// How strongly the adapter acts, several with commas: 0 is the model alone, 1 the adapter as trained
    #[arg(
        long,
        value_name = "NUMBER",
        value_delimiter = ',',
        default_value = "0,1",
        allow_negative_numbers = true,
        requires = "adapter"
    )]
    strength: Vec<f32>,
}

/// An adapter with the strengths to score at.
pub(crate) struct Chosen {
    /// The adapter; without one the model is scored alone.
    pub adapter: Option<Adapter>,
    /// The strengths, `[0]` without an adapter.
    pub strengths: Vec<f32>,
    /// For each strength the fingerprint of what is scored.
    pub fingerprints: Vec<String>,
}

/// Opens the adapter that the arguments name.
///
/// # Errors
/// When a file can't be read, the adapter doesn't fit the model, or a strength is not finite.
pub(crate) async fn open(arguments: &AdapterArguments, model: &Model) -> Result<Chosen, Failure> {
    if arguments.adapter.is_empty() {
        return Ok(Chosen {
            adapter: None,
            strengths: vec![0.0],
            fingerprints: Vec::new(),
        });
    }
    let strengths = arguments.strength.clone();
    if let Some(strength) = strengths.iter().find(|strength| !strength.is_finite()) {
        return Err(format!("--strength {strength} is not a finite number").into());
    }
    let adapter = Adapter::open(&files(&arguments.adapter)?, model).await?;
    let (low, high) = adapter.ranks();
    let ranks = match low == high {
        true => format!("rank {low}"),
        false => format!("ranks {low} to {high}"),
    };
    eprintln!(
        "the adapter updates {} matrices, {ranks}",
        adapter.matrices()
    );
    let base = model.fingerprint().await?;
    let of = |&strength: &f32| adapter.fingerprint(&base, strength);
    Ok(Chosen {
        fingerprints: strengths.iter().map(of).collect(),
        strengths,
        adapter: Some(adapter),
    })
}

/// The files that were named, those of a folder that was, and what PEFT saves beside one that was named alone.
fn files(paths: &[PathBuf]) -> Result<Vec<Named>, Failure> {
    let mut found: Vec<PathBuf> = Vec::new();
    for path in paths {
        if path.is_dir() {
            found.extend(
                FILES
                    .map(|name| path.join(name))
                    .into_iter()
                    .filter(|p| p.is_file()),
            );
            continue;
        }
        found.push(path.clone());
        let beside = path.parent().unwrap_or(Path::new("")).join(CONFIG);
        let has_config = paths.iter().any(|p| p.ends_with(CONFIG));
        let is_peft = path.extension().is_some_and(|e| e == "safetensors");
        if is_peft && !has_config && beside.is_file() {
            found.push(beside);
        }
    }
    let mut files: Vec<Named> = Vec::new();
    for path in found {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        files.push((name.into_owned(), Box::new(FileSource::open(&path)?)));
    }
    Ok(files)
}

/// Sums over all texts, for each strength.
pub(crate) struct Totals(Vec<(f64, usize)>);

impl Totals {
    /// Nothing yet, for some strengths.
    pub(crate) fn new(strengths: usize) -> Self {
        Self(vec![(0.0, 0); strengths])
    }

    /// Adds a text's scores, one for each strength.
    pub(crate) fn add(&mut self, scores: &[TextScore]) {
        for ((nll, tokens), score) in self.0.iter_mut().zip(scores) {
            *nll += score.nll();
            *tokens += score.logprobs.len();
        }
    }

    /// A line for each strength: the perplexity of all texts by tokens.
    pub(crate) fn lines(&self, strengths: &[f32]) -> Vec<String> {
        let lines = strengths.iter().zip(&self.0);
        let line = |(strength, &(nll, tokens)): (&f32, &(f64, usize))| {
            let perplexity = (nll / tokens.max(1) as f64).exp();
            format!("strength {strength}: perplexity {perplexity:.4} over {tokens} tokens")
        };
        lines.map(line).collect()
    }
}
