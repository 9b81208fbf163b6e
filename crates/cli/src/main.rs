//! The command `assay`: the code of the page on the command line.

mod adapter;
mod choices;
mod encoder;
mod evaluation;
mod failure;
mod input;
mod inspect;
mod judges;
mod notices;
mod overlap;
mod perplexity;
mod progress;
mod report;
mod score;
mod scorer;
mod sources;
mod stats;

use clap::{CommandFactory, Parser, Subcommand};
use std::io::Write;
use std::process::ExitCode;

const EXIT_CODES: &str = "Exit codes: 0 when the command is carried out, 1 when it can't be (the reason is on the \
error stream), 2 when its arguments are wrong.";

/// Scores outputs of language models, and tests what differs, with the code of the page.
#[derive(Parser)]
#[command(name = "assay", version, after_help = EXIT_CODES)]
struct Program {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Score outputs, with intervals and paired tests
    Score(score::Arguments),
    /// Write a report: the verdict with its evidence
    Report(report::Arguments),
    /// Say what files are taken for: kinds, columns, systems
    Inspect(inspect::Arguments),
    /// Score texts under a language model
    Perplexity(perplexity::Arguments),
    /// Let a language model choose among answers by how probable it finds each
    Choices(choices::Arguments),
    /// Say what models that judge are worth beside people
    Judges(judges::Arguments),
    /// Say which rows of a test stand in training files
    Overlap(overlap::Arguments),
    /// Tests, intervals, agreement, effect sizes and power of plain numbers
    Stats(stats::Arguments),
    /// Print a script that completes commands in a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

fn main() -> ExitCode {
    let (name, outcome) = match Program::parse().command {
        Command::Score(arguments) => ("score", score::run(&arguments)),
        Command::Inspect(arguments) => ("inspect", inspect::run(&arguments)),
        Command::Perplexity(arguments) => (
            "perplexity",
            pollster::block_on(perplexity::run(&arguments)),
        ),
        Command::Choices(arguments) => ("choices", pollster::block_on(choices::run(&arguments))),
        Command::Overlap(arguments) => ("overlap", overlap::run(&arguments)),
        Command::Judges(arguments) => ("judges", judges::run(&arguments)),
        Command::Report(arguments) => ("report", report::run(&arguments)),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Program::command(), "assay", &mut script);
            let written = std::io::stdout().write_all(&script);
            ("completions", written.map_err(Into::into))
        }
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
