//! Says what models that judge are worth beside people: position and length bias, steadiness, agreement with people,
//! and results corrected by what people say.
//!
//! ```text
//! assay judges gpt-4_pair.jsonl human.csv
//! ```

use crate::failure::Failure;
use assay_rating::analysis::judges::corrected::Of;
use assay_rating::analysis::judges::{Judge, JudgeResult};
use assay_rating::analysis::stopping::{RatingLook, looks};
use assay_rating::analysis::{Analysis, OutputLengths, analyse};
use assay_rating::exchange;
use assay_rating::judgements::Judgements;
use serde_json::{Value, json};

/// Which judgements, and how to say it.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Files of judgements, a judge's and people's; they are matched by item and system
    #[arg(value_name = "FILE", required = true)]
    files: Vec<String>,
    /// Print everything as JSON
    #[arg(long)]
    json: bool,
}

/// Runs the command.
///
/// # Errors
/// When a file can't be read or holds no judgements, or no judge is among them.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let mut table = Judgements::default();
    for path in &arguments.files {
        let bytes = std::fs::read(path).map_err(|e| format!("{path}: {e}"))?;
        table.join(exchange::read(path, &bytes)?.table);
    }
    // Of outputs that are not loaded no lengths are known.
    let analysis = analyse(&table, 0, &[], &OutputLengths::default());
    if analysis.judges.is_empty() {
        return Err("no model is among the raters; a column rater_kind can say who is".into());
    }
    let looks = looks(&table, None);
    if arguments.json {
        println!("{:#}", described(&analysis, &looks)?);
        return Ok(());
    }
    looks.iter().for_each(print_look);
    for judge in &analysis.judges {
        for result in &judge.dimensions {
            print(&analysis, judge, result);
        }
    }
    Ok(())
}

/// All judges with the names of dimensions in place of their places.
fn described(analysis: &Analysis, looks: &[RatingLook]) -> Result<Value, Failure> {
    let mut judges = serde_json::to_value(&analysis.judges)?;
    for judge in judges.as_array_mut().into_iter().flatten() {
        for result in judge["dimensions"].as_array_mut().into_iter().flatten() {
            let place = result["dimension"].as_u64().unwrap_or_default() as usize;
            result["dimension"] = json!(analysis.dimensions[place].dimension.name);
        }
    }
    Ok(json!({ "systems": analysis.systems, "judges": judges, "people_at_any_look": looks }))
}

/// A line of what people's judgements say however often one looks: the difference with its interval, and the p-value.
fn print_look(look: &RatingLook) {
    let (sequential, [low, high]) = (look.sequential, look.sequential.interval);
    let of = format!(
        "people\t{}\t{} vs. {}",
        look.dimension, look.system, look.baseline
    );
    println!(
        "{of}, at any look\t{:.4}\t{low:.4}\t{high:.4}",
        look.difference
    );
    println!(
        "{of}, p at any look\t{:.4}",
        sequential.p_corrected.unwrap_or(sequential.p_value)
    );
}

/// Lines of judge, dimension, what is said, its value and its interval, parted by tabs.
fn print(analysis: &Analysis, judge: &Judge, result: &JudgeResult) {
    let dimension = &analysis.dimensions[result.dimension].dimension.name;
    let line = |what: &str, value: f64, interval: Option<[f64; 2]>| {
        let ends = interval.map_or(String::new(), |[low, high]| {
            format!("\t{low:.4}\t{high:.4}")
        });
        println!("{}\t{dimension}\t{what}\t{value:.4}{ends}", judge.name);
    };
    line("verdicts", result.verdicts as f64, None);
    if let Some(found) = &result.position {
        line("pairs in both orders", found.pairs as f64, None);
        line("consistent pairs", found.consistent as f64, None);
        let ends = found.interval.map(|i| [i.low, i.high]);
        line("first shown wins", found.first_rate, ends);
    }
    if let Some(found) = &result.repeats {
        line(
            "same when repeated",
            found.same,
            found.interval.map(|i| [i.low, i.high]),
        );
    }
    if let Some(found) = &result.agreement {
        line(
            "same as people",
            found.same,
            found.same_interval.map(|i| [i.low, i.high]),
        );
        if let Some(kappa) = found.kappa {
            line(
                "kappa",
                kappa,
                found.kappa_interval.map(|i| [i.low, i.high]),
            );
        }
    }
    if let Some(found) = &result.substitute {
        line("people matched", found.matched as f64, None);
        line("people compared", found.people as f64, None);
    }
    for found in &result.corrected {
        let of = match found.of {
            Of::System(system) => analysis.systems[system].clone(),
            Of::Pair([first, second]) => {
                format!(
                    "{} over {}",
                    analysis.systems[second], analysis.systems[first]
                )
            }
        };
        let raw = found.raw_interval.map(|i| [i.low, i.high]);
        line(&format!("{of}, judge alone"), found.raw, raw);
        if let Some(mean) = found.mean {
            line(&format!("{of}, corrected"), mean.value, Some(mean.interval));
        }
    }
}
