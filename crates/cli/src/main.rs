//! `assay score` and `assay perplexity`: the code of the page on the command line.

mod perplexity;
mod score;

use std::process::ExitCode;

/// Why a command can't be carried out.
type Failure = Box<dyn std::error::Error>;

const USAGE: &str = "usage: assay score … | assay perplexity … ; each prints its own usage when called without arguments";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (command, rest) = match arguments.split_first() {
        Some((command, rest)) => (command.as_str(), rest),
        None => ("", &[][..]),
    };
    let outcome = match command {
        "score" => score::run(rest),
        "perplexity" => pollster::block_on(perplexity::run(rest)),
        _ => Err(USAGE.into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("assay {command}: {failure}");
            ExitCode::FAILURE
        }
    }
}
