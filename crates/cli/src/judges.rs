//! Says what models that judge are worth beside people: position and length bias, steadiness, agreement with people,
//! and results corrected by what people say; win rates with lengths held equal as AlpacaEval 2 has them; and what raters
//! differ in who compare outputs.
//!
//! ```text
//! assay judges gpt-4_pair.jsonl human.csv
//! ```

use crate::failure::Failure;
use assay_rating::analysis::judges::corrected::Of;
use assay_rating::analysis::judges::{Judge, JudgeResult};
use assay_rating::analysis::length::LengthControlledPair;
use assay_rating::analysis::rater_effects::{Factor, RaterEffects};
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
/// When a file can't be read or holds no judgements, or neither a judge is among the raters nor raters whose differences
/// can be told.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let mut table = Judgements::default();
    for path in &arguments.files {
        let bytes = std::fs::read(path).map_err(|e| format!("{path}: {e}"))?;
        table.join(exchange::read(path, &bytes)?.table);
    }
    // Of outputs that are not loaded no lengths are known.
    let analysis = analyse(&table, 0, &[], &OutputLengths::default());
    let effects = effects(&analysis);
    if analysis.judges.is_empty() && effects.is_empty() {
        return Err("no model is among the raters; a column rater_kind can say who is".into());
    }
    let looks = looks(&table, None);
    if arguments.json {
        println!("{:#}", described(&analysis, &effects, &looks)?);
        return Ok(());
    }
    looks.iter().for_each(print_look);
    for judge in &analysis.judges {
        for result in &judge.dimensions {
            print(&analysis, judge, result);
        }
    }
    for pair in &analysis.length_controlled {
        print_length_controlled(&analysis, pair);
    }
    for (dimension, found) in &effects {
        print_effects(&analysis, dimension, found);
    }
    Ok(())
}

/// What raters differ in, with the name of the dimension.
fn effects(analysis: &Analysis) -> Vec<(&str, &RaterEffects)> {
    let dimensions = analysis.dimensions.iter();
    let found = dimensions.filter_map(|d| {
        let effects = d.preferences.as_ref()?.raters.as_ref()?;
        Some((d.dimension.name.as_str(), effects))
    });
    found.collect()
}

/// All judges with the names of dimensions in place of their places, and the rest with those of systems too.
fn described(
    analysis: &Analysis,
    effects: &[(&str, &RaterEffects)],
    looks: &[RatingLook],
) -> Result<Value, Failure> {
    let mut judges = serde_json::to_value(&analysis.judges)?;
    for judge in judges.as_array_mut().into_iter().flatten() {
        for result in judge["dimensions"].as_array_mut().into_iter().flatten() {
            let place = result["dimension"].as_u64().unwrap_or_default() as usize;
            result["dimension"] = json!(analysis.dimensions[place].dimension.name);
        }
    }
    let length_controlled = analysis.length_controlled.iter().map(|pair| {
        json!({
            "dimension": analysis.dimensions[pair.dimension].dimension.name,
            "rater": pair.rater,
            "baseline": analysis.systems[pair.systems[0]],
            "system": analysis.systems[pair.systems[1]],
            "model": LENGTH_MODEL,
            "count": pair.count,
            "win_rate": pair.raw,
            "length_controlled_win_rate": pair.rate,
            "length_effect": pair.length_effect,
            "difficulties_not_used": pair.has_difficulty,
        })
    });
    let rater_effects = effects.iter().map(|(dimension, found)| {
        let strengths = found.systems.iter().map(|strength| {
            json!({
                "system": analysis.systems[strength.system],
                "value": strength.value,
                "interval": strength.interval,
            })
        });
        json!({
            "dimension": dimension,
            "raters": found.raters,
            "strengths": strengths.collect::<Vec<Value>>(),
        })
    });
    Ok(json!({
        "systems": analysis.systems,
        "judges": judges,
        "people_at_any_look": looks,
        "length_controlled": length_controlled.collect::<Vec<Value>>(),
        "rater_effects": rater_effects.collect::<Vec<Value>>(),
    }))
}

/// The model behind win rates with lengths held equal.
const LENGTH_MODEL: &str = "length_controlled_minimal of alpaca-eval 0.6.6";

/// A line of tabs: whose, of what, what is said, its value and its interval.
fn line([whose, of, what]: [&str; 3], value: f64, interval: Option<[f64; 2]>) {
    let ends = interval.map_or(String::new(), |[low, high]| {
        format!("\t{low:.4}\t{high:.4}")
    });
    println!("{whose}\t{of}\t{what}\t{value:.4}{ends}");
}

/// Lines of a win rate with lengths held equal, beside the raw one.
fn print_length_controlled(analysis: &Analysis, pair: &LengthControlledPair) {
    let dimension = &analysis.dimensions[pair.dimension].dimension.name;
    let [baseline, system] = pair.systems.map(|s| &analysis.systems[s]);
    let difficulties = match pair.has_difficulty {
        true => ", instruction difficulties not used",
        false => "",
    };
    let raw = format!("{system} over {baseline}, win rate");
    line([&pair.rater, dimension, &raw], pair.raw, None);
    let held = format!("{system} over {baseline}, {LENGTH_MODEL}{difficulties}");
    line([&pair.rater, dimension, &held], pair.rate, None);
}

/// Lines of what raters differ in, and of the strengths with that held equal.
fn print_effects(analysis: &Analysis, dimension: &str, found: &RaterEffects) {
    for rater in &found.raters {
        let others = || format!("{} other raters", rater.raters);
        let name = rater.name.clone().unwrap_or_else(others);
        let factor = |what: &str, factor: Option<Factor>| {
            if let Some(found) = factor {
                line([&name, dimension, what], found.value, Some(found.interval));
            }
        };
        factor("order effect (odds)", rater.order);
        factor("discrimination", rater.discrimination);
    }
    for strength in &found.systems {
        let name = &analysis.systems[strength.system];
        let of = ["raters held equal", dimension, &format!("{name}, strength")];
        line(of, strength.value, Some(strength.interval));
    }
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
        self::line([&judge.name, dimension, what], value, interval);
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
