//! Multiple choice by likelihood: how probable a model finds each choice after the question, which choice that makes it
//! take, and how often that is the right one.
//!
//! ```text
//! assay choices law_val.csv --examples law_dev.csv --model tuned.gguf --baseline base.gguf
//! assay choices arc.jsonl --style texts --model model.gguf --json
//! ```

use crate::adapter::{AdapterArguments, Chosen};
use crate::failure::Failure;
use crate::input::Input;
use crate::progress::Bar;
use crate::scorer::{self, BackendName};
use assay_data::choices::{ChoiceStyle, Prompt, Prompts, Question, letter, questions};
use assay_lm::choices::{Asked, ChoiceScore, LengthNorm, chosen, probabilities};
use assay_lm::scoring::{Backend, Scorer};
use assay_stats::classification::probability::{calibration_error, reliability};
use assay_stats::mcnemar::mcnemar;
use assay_stats::proportion::wilson;
use clap::ValueEnum;
use serde_json::{Value, json};
use std::path::PathBuf;

/// Bins of the calibration error.
const BINS: usize = 10;

/// Which questions, under which model, and how they are put.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The questions, with their choices and the right one: a table with a column for each choice (A, B, C …) or with a
    /// list of them
    questions: String,
    /// The model: a GGUF file, or all files of a model that is split
    #[arg(long, value_name = "FILE", num_args = 1.., required = true)]
    model: Vec<PathBuf>,
    /// A model to compare it with, such as the one before fine-tuning
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with = "adapter")]
    baseline: Vec<PathBuf>,
    #[command(flatten)]
    adapter: AdapterArguments,
    /// Questions that are shown with their right choice before each question
    #[arg(long, value_name = "FILE")]
    examples: Option<String>,
    /// How many of the examples are shown, the first ones
    #[arg(long, default_value_t = 5, requires = "examples")]
    shots: usize,
    /// What is compared: the letters of listed choices (MMLU, C-Eval) or the texts of the choices (ARC, HellaSwag)
    #[arg(long, default_value = "letters")]
    style: StyleName,
    /// A text that stands before everything
    #[arg(long, default_value = "")]
    instruction: String,
    /// The number of the first choice, where the file gives right choices by number
    #[arg(long, value_parser = clap::value_parser!(u8).range(0..=1))]
    first_choice: Option<u8>,
    /// Print everything as JSON: a line for each question, then the scores
    #[arg(long)]
    json: bool,
    /// Where the model runs
    #[arg(long, default_value = "gpu")]
    backend: BackendName,
}

#[derive(Clone, Copy, ValueEnum)]
enum StyleName {
    Letters,
    Texts,
}

/// Runs the command.
///
/// # Errors
/// What is wrong with the arguments, the model or the questions.
pub(crate) async fn run(arguments: &Arguments) -> Result<(), Failure> {
    let asked = read(&arguments.questions, arguments)?;
    let mut examples = match &arguments.examples {
        Some(path) => read(path, arguments)?,
        None => Vec::new(),
    };
    examples.truncate(arguments.shots);
    let prompts = Prompts {
        style: match arguments.style {
            StyleName::Letters => ChoiceStyle::Letters,
            StyleName::Texts => ChoiceStyle::Texts,
        },
        instruction: &arguments.instruction,
        examples: &examples,
    };
    let all: Vec<Prompt> = asked.iter().map(|question| prompts.of(question)).collect();
    let mut found = answers(&arguments.model, &asked, &all, arguments).await?;
    if !arguments.baseline.is_empty() {
        let baseline = answers(&arguments.baseline, &asked, &all, arguments).await?;
        found.splice(0..0, baseline);
    }
    // The last is what is asked about; before it stands the model without its adapter, or the baseline.
    let Some((own, before)) = found.split_last() else {
        return Err("no strength was given".into());
    };
    let before = before.first().map(Vec::as_slice);
    match arguments.json {
        true => print_json(&asked, own, before),
        false => print(&asked, own, before),
    }
    Ok(())
}

/// The questions of all tables in a file.
fn read(path: &str, arguments: &Arguments) -> Result<Vec<Question>, Failure> {
    let mut all = Vec::new();
    for input in Input::all(&[path.to_owned()])? {
        let found = questions(&input.table()?, arguments.first_choice.map(usize::from));
        all.extend(found.map_err(|error| format!("{}: {error}", input.path()))?);
    }
    match all.is_empty() {
        true => Err(format!("{path}: there are no questions").into()),
        false => Ok(all),
    }
}

/// What a model says of each question's choices.
type Answers = Vec<Vec<ChoiceScore>>;

/// The answers under a model, at each strength of its adapter where it has one.
async fn answers(
    files: &[PathBuf],
    asked: &[Question],
    prompts: &[Prompt],
    arguments: &Arguments,
) -> Result<Vec<Answers>, Failure> {
    let each = asked.iter().zip(prompts);
    let texts = each.map(|(question, prompt)| Asked {
        context: &prompt.context,
        continuations: &prompt.continuations,
        choices: &question.choices,
    });
    let texts: Vec<Asked<'_>> = texts.collect();
    let opened = scorer::open(files, &arguments.adapter, arguments.backend);
    let (scorer, chosen) = opened.await?;
    score(scorer, &texts, &chosen).await
}

async fn score<B: Backend>(
    mut scorer: Scorer<B>,
    asked: &[Asked<'_>],
    chosen: &Chosen,
) -> Result<Vec<Answers>, Failure> {
    let (mut bar, mut done) = (Bar::new("scoring"), 0);
    let mut found = vec![Vec::with_capacity(asked.len()); chosen.strengths.len()];
    let scoring = scorer.score_choices(asked, &chosen.strengths, |_, scores| {
        for (answers, scores) in found.iter_mut().zip(scores) {
            answers.push(scores);
        }
        done += 1;
        bar.show((f64::from(done), asked.len() as f64));
        true
    });
    scoring.await?;
    bar.end();
    Ok(found)
}

/// Which questions a model answers right.
fn are_right(asked: &[Question], answers: &[Vec<ChoiceScore>], norm: LengthNorm) -> Vec<bool> {
    let each = asked.iter().zip(answers);
    each.map(|(question, scores)| chosen(scores, norm) == Some(question.right))
        .collect()
}

fn count(right: &[bool]) -> usize {
    right.iter().filter(|right| **right).count()
}

/// How often the choice in each place is the right one, and how often the model takes it.
fn places(asked: &[Question], answers: &[Vec<ChoiceScore>]) -> Vec<[usize; 2]> {
    let most = asked.iter().map(|q| q.choices.len()).max().unwrap_or(0);
    let mut places = vec![[0, 0]; most];
    for (question, scores) in asked.iter().zip(answers) {
        places[question.right][0] += 1;
        if let Some(place) = chosen(scores, LengthNorm::None) {
            places[place][1] += 1;
        }
    }
    places
}

/// The probability of the choice that each question's model takes, and whether it is right.
fn confidence(asked: &[Question], answers: &[Vec<ChoiceScore>]) -> Vec<(f64, bool)> {
    let each = asked.iter().zip(answers);
    let taken = each.filter_map(|(question, scores)| {
        let place = chosen(scores, LengthNorm::None)?;
        Some((probabilities(scores)[place], place == question.right))
    });
    taken.collect()
}

/// What distinguishes two models: questions that only one of them has right, and McNemar's exact p-value.
fn compared(
    asked: &[Question],
    own: &[Vec<ChoiceScore>],
    before: &[Vec<ChoiceScore>],
    norm: LengthNorm,
) -> (usize, usize, f64) {
    let [own, before] = [own, before].map(|answers| are_right(asked, answers, norm));
    let pairs = || own.iter().zip(&before);
    let gained = pairs().filter(|(own, before)| **own && !**before).count();
    let lost = pairs().filter(|(own, before)| !**own && **before).count();
    (gained, lost, mcnemar(gained, lost))
}

/// The scores, a line each, parted by tabs: shares with their 95 % intervals by Wilson.
fn print(asked: &[Question], own: &[Vec<ChoiceScore>], before: Option<&[Vec<ChoiceScore>]>) {
    println!("questions\t{}", asked.len());
    for (norm, name) in LengthNorm::ALL {
        let share = |answers: &[Vec<ChoiceScore>]| {
            let (right, all) = (
                count(&are_right(asked, answers, norm)) as f64,
                asked.len() as f64,
            );
            let [low, high] = wilson(right, all).unwrap_or([0.0, 1.0]);
            format!("{:.4} [{low:.4}, {high:.4}]", right / all)
        };
        let mut line = format!("{name}\t{}", share(own));
        if let Some(before) = before {
            let (gained, lost, p) = compared(asked, own, before, norm);
            line.push_str(&format!(
                "\tbaseline {}\t+{gained} -{lost}\tp {p:.4}",
                share(before)
            ));
        }
        println!("{line}");
    }
    println!(
        "calibration error\t{:.4}",
        calibration_error(&reliability(&confidence(asked, own), BINS))
    );
    for (place, [right, taken]) in places(asked, own).into_iter().enumerate() {
        println!("{}\tright {right}\ttaken {taken}", letter(place));
    }
}

/// A line for each question, and one for all.
fn print_json(asked: &[Question], own: &[Vec<ChoiceScore>], before: Option<&[Vec<ChoiceScore>]>) {
    for (row, (question, scores)) in asked.iter().zip(own).enumerate() {
        let taken =
            LengthNorm::ALL.map(|(norm, name)| (name.to_owned(), json!(chosen(scores, norm))));
        let line = json!({
            "row": row + 1,
            "right": question.right,
            "logprobs": scores.iter().map(|s| s.logprob).collect::<Vec<_>>(),
            "tokens": scores.iter().map(|s| s.tokens).collect::<Vec<_>>(),
            "is_greedy": scores.iter().map(|s| s.is_greedy).collect::<Vec<_>>(),
            "baseline_logprobs": before.map(|all| all[row].iter().map(|s| s.logprob).collect::<Vec<_>>()),
            "taken": taken.into_iter().collect::<serde_json::Map<String, Value>>(),
        });
        println!("{line}");
    }
    let scores = LengthNorm::ALL.map(|(norm, name)| {
        let right = count(&are_right(asked, own, norm));
        let baseline = before.map(|before| {
            let (gained, lost, p) = compared(asked, own, before, norm);
            json!({"right": count(&are_right(asked, before, norm)), "gained": gained, "lost": lost, "p": p})
        });
        let score = json!({
            "right": right,
            "share": right as f64 / asked.len() as f64,
            "interval": wilson(right as f64, asked.len() as f64),
            "baseline": baseline,
        });
        (name.to_owned(), score)
    });
    let all = json!({
        "questions": asked.len(),
        "scores": scores.into_iter().collect::<serde_json::Map<String, Value>>(),
        "calibration_error": calibration_error(&reliability(&confidence(asked, own), BINS)),
        "places": places(asked, own).into_iter().map(|[right, taken]| json!({"right": right, "taken": taken})).collect::<Vec<_>>(),
    });
    println!("{all}");
}
