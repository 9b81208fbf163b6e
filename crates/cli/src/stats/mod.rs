//! `assay stats`: tests, intervals, agreement, effect sizes and power of plain numbers, by the functions of
//! `assay-stats` under the names of the reference tools.

mod agreement;
mod answer;
mod classifier;
mod columns;
mod compare;
mod corrections;
mod correlate;
mod counts;
mod equivalence;
mod error;
mod judge;
mod mean;
mod power;
mod ranges;
mod rank;

use answer::Answer;
use clap::{Args, Subcommand};
use error::StatsError;

/// What is asked.
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    question: Question,
    /// Print the answer as JSON
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Subcommand)]
enum Question {
    /// The 95 % interval of a proportion
    #[command(
        after_help = "Example: assay stats interval --method clopper-pearson --successes 3 --n 10"
    )]
    Interval(counts::Interval),
    /// The exact test of a proportion against one that is given
    #[command(after_help = "Example: assay stats binomial --successes 3 --n 10 --expected 0.5")]
    Binomial(counts::Binomial),
    /// Two proportions of independent samples: tests, and the interval of their difference, first less second
    #[command(after_help = "Example: assay stats proportions --test fisher 8/10 3/12")]
    Proportions(counts::Proportions),
    /// McNemar's test of two systems that are right or wrong on the same items
    #[command(after_help = "Example: assay stats mcnemar --only-first 8 --only-second 1")]
    Mcnemar(counts::Mcnemar),
    /// p-values of several tests, corrected
    #[command(after_help = "Example: assay stats adjust --method hommel 0.01 0.04 0.03")]
    Adjust(corrections::Adjust),
    /// The mean of a column, with bootstrap intervals
    #[command(after_help = "Example: assay stats mean scores.csv --column bleu")]
    Mean(mean::Mean),
    /// Whether columns differ: tests of two or more samples, and effect sizes
    #[command(
        after_help = "Example: assay stats compare --test welch scores.csv --columns base tuned"
    )]
    Compare(compare::Compare),
    /// How two columns go together
    #[command(
        after_help = "Example: assay stats correlate --method kendall scores.csv --columns bleu rating"
    )]
    Correlate(correlate::Correlate),
    /// How far raters agree: a column for each rater, a row for each item
    #[command(
        after_help = "Example: assay stats agreement --method krippendorff --level ordinal ratings.csv"
    )]
    Agreement(agreement::Agreement),
    /// Strengths from comparisons in pairs (Bradley and Terry; with ties Davidson): a row for each comparison
    #[command(
        after_help = "Example: assay stats rank games.csv --first model_a --second model_b --winner winner"
    )]
    Rank(rank::Rank),
    /// A judge's mean or rate of yes, corrected by the items that people have labelled
    #[command(
        after_help = "Example: assay stats corrected verdicts.csv --people human --judge gpt"
    )]
    Corrected(judge::Corrected),
    /// Whether a judge can take a person's place: the alternative annotator test
    #[command(
        after_help = "Example: assay stats replace verdicts.csv --people ann bob cy --judge gpt"
    )]
    Replace(judge::Replace),
    /// Whether two columns differ by too little to matter: two one-sided tests, second less first
    #[command(
        after_help = "Example: assay stats equivalence scores.csv --columns base tuned --margin 0.02"
    )]
    Equivalence(equivalence::EquivalenceOf),
    /// A classifier's predictions beside the labels: accuracy, kappa, and the scores of each class
    #[command(
        after_help = "Example: assay stats classifier outputs.csv --truth label --predicted pred"
    )]
    Classifier(classifier::Classifier),
    /// What follows from ranking items by a probability: areas under curves
    #[command(
        after_help = "Example: assay stats curve outputs.csv --truth label --score p_yes --positive yes"
    )]
    Curve(classifier::CurveAreas),
    /// Power, sizes and detectable effects
    #[command(subcommand)]
    Power(power::Power),
}

impl Question {
    fn answer(&self) -> Result<Answer, StatsError> {
        match self {
            Self::Interval(question) => question.answer(),
            Self::Binomial(question) => question.answer(),
            Self::Proportions(question) => question.answer(),
            Self::Mcnemar(question) => Ok(question.answer()),
            Self::Adjust(question) => Ok(question.answer()),
            Self::Mean(question) => question.answer(),
            Self::Compare(question) => question.answer(),
            Self::Correlate(question) => question.answer(),
            Self::Agreement(question) => question.answer(),
            Self::Rank(question) => question.answer(),
            Self::Corrected(question) => question.answer(),
            Self::Replace(question) => question.answer(),
            Self::Equivalence(question) => question.answer(),
            Self::Classifier(question) => question.answer(),
            Self::Curve(question) => question.answer(),
            Self::Power(question) => Ok(question.answer()),
        }
    }
}

/// Answers a question on standard output.
///
/// # Errors
/// What is wrong with the arguments or the file.
pub(crate) fn run(arguments: Arguments) -> Result<(), StatsError> {
    let answer = arguments.question.answer()?;
    if arguments.json {
        println!("{}", answer.json());
    } else {
        print!("{answer}");
    }
    Ok(())
}
