//! The command `assay`: the code of the page on the command line.

mod failure;
mod input;
mod inspect;
mod perplexity;
mod score;
mod stats;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Scores outputs of language models, and tests what differs, with the code of the page.
#[derive(Parser)]
#[command(name = "assay", version)]
struct Program {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Score outputs under a metric, with intervals and paired tests
    Score(score::Arguments),
    /// Say what files are taken for: kinds, columns, systems
    Inspect(inspect::Arguments),
    /// Score texts under a language model
    Perplexity(perplexity::Arguments),
    /// Tests, intervals, agreement, effect sizes and power of plain numbers
    Stats(stats::Arguments),
}

fn main() -> ExitCode {
    let (name, outcome) = match Program::parse().command {
        Command::Score(arguments) => ("score", score::run(&arguments)),
        Command::Inspect(arguments) => ("inspect", inspect::run(&arguments)),
        Command::Perplexity(arguments) => (
            "perplexity",
            pollster::block_on(perplexity::run(&arguments)),
        ),
        Command::Stats(arguments) => ("stats", stats::run(arguments).map_err(Into::into)),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("assay {name}: {failure}");
            ExitCode::FAILURE
        }
    }
}
