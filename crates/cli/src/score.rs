//! Scores files as the page does: the measures that suit them, or those that are named, with intervals, and tests
//! against a baseline.
//!
//! ```text
//! assay score base.jsonl tuned.jsonl --baseline base --json
//! assay score outputs.jsonl --metric bleu --option tokenize=zh --json
//! assay score --reference ref.txt --system a.txt b.txt --metric chrf --baseline a --json
//! ```

use crate::evaluation::{Evaluation, Settings};
use crate::failure::Failure;
use crate::notices::sentences;
use crate::sources::Sources;
use assay_metrics::registry::{ALL, MetricSpec};
use assay_results::scores::{MetricResult, SystemResult};
use serde_json::{Map, Value, json};

/// What to score, and how.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    sources: Sources,
    #[command(flatten)]
    settings: Settings,
    /// Name the measures with their options, and end
    #[arg(long)]
    list: bool,
    /// Print everything as JSON
    #[arg(long)]
    json: bool,
    /// Print the score of every row too
    #[arg(long, requires = "json")]
    segments: bool,
}

/// Runs the command.
///
/// # Errors
/// When a file can't be read, or holds nothing that could be scored.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    if arguments.list {
        return list();
    }
    let evaluation = Evaluation::of(&arguments.sources, &arguments.settings)?;
    let session = evaluation.session.borrow();
    let summary = session.summary();
    let classes = session.classification();
    let results = session.results();
    if results.is_empty() && classes.is_none() {
        return Err("no outputs with something to score them by were found; `assay inspect` says what the files were taken for".into());
    }
    if arguments.json {
        let one = |result: &&MetricResult| metric(result, arguments.segments);
        let metrics: Vec<Value> = results.iter().map(one).collect();
        let notices = summary.notices.iter().map(|notice| notice.code());
        let all = json!({
            "rows": summary.rows,
            "systems": summary.systems,
            "baseline": summary.systems.get(session.settings().0),
            "metrics": metrics,
            "classification": classes,
            "notices": notices.collect::<Vec<_>>(),
        });
        println!("{all:#}");
        return Ok(());
    }
    let names = summary.systems.iter().map(String::as_str);
    let mut table = vec![
        std::iter::once("")
            .chain(names)
            .map(str::to_owned)
            .collect(),
    ];
    for result in &results {
        let cells = result.systems.iter().map(written);
        table.push(std::iter::once(result.name.clone()).chain(cells).collect());
    }
    print_table(&table);
    if !results.is_empty() {
        let baseline = summary.systems.get(session.settings().0);
        print_legend(baseline.filter(|_| summary.systems.len() > 1));
    }
    for classifier in classes.iter().flat_map(|view| &view.classifiers) {
        println!("{}: accuracy {:.4}", classifier.name, classifier.accuracy.0);
    }
    let doubts = summary.notices.iter().filter(|notice| notice.is_doubt());
    for sentence in sentences(doubts) {
        println!("note: {sentence}");
    }
    Ok(())
}

/// Every metric by name, with its options as they stand and the values they take.
fn list() -> Result<(), Failure> {
    for name in ALL {
        let spec = MetricSpec::named(name)?;
        let metric = spec.scoring();
        let better = if metric.properties().lower_is_better {
            "lower"
        } else {
            "higher"
        };
        println!(
            "{name}\t{}\t{better} is better\t{}",
            metric.name(),
            metric.properties().source
        );
        for option in spec.options() {
            println!(
                "\t{}={}\t{}",
                option.name,
                option.value,
                option.choices.join("|")
            );
        }
    }
    Ok(())
}

fn metric(result: &MetricResult, with_segments: bool) -> Value {
    let system = |system: &SystemResult| {
        let n = system
            .segments
            .iter()
            .filter(|score| !score.is_nan())
            .count();
        let comparison = system.comparison.map(|c| {
            json!({
                "difference": c.difference.value,
                "ci": c.difference.interval,
                "p": c.difference.p_value,
                "p_corrected": c.difference.p_corrected,
                "decision": result.decision(&c.difference),
                "obstacle": result.evidence(&c.difference).obstacle(),
                "wins": c.wins,
                "ties": c.ties,
                "losses": c.losses,
            })
        });
        let details = system.score.details.iter();
        let details: Map<String, Value> = details.map(|(k, v)| (k.clone(), json!(v))).collect();
        let mut fields = json!({
            "name": system.name,
            "score": system.score.value,
            "details": details,
            "ci": system.interval.map(|i| [i.low, i.high]),
            "n": n,
            "comparison": comparison,
        });
        if with_segments {
            fields["segments"] = json!(system.segments);
        }
        fields
    };
    json!({
        "name": result.name,
        "signature": result.signature,
        "lower_is_better": result.lower_is_better,
        "systems": result.systems.iter().map(system).collect::<Vec<_>>(),
    })
}

/// What the cells of the table say.
fn print_legend(baseline: Option<&String>) {
    println!();
    println!(
        "± is half of the 95 % confidence interval; [low, high] stands where the score is not in its middle."
    );
    if let Some(baseline) = baseline {
        println!(
            "In brackets: the difference from {baseline}, and its p-value, corrected for several systems."
        );
    }
}

/// The part of its half by which a score may be off the middle of an interval that is written with ±.
const OFF_THE_MIDDLE: f64 = 0.2;

/// A score with its interval, and the difference from the baseline with its corrected p-value.
fn written(system: &SystemResult) -> String {
    let score = system.score.value;
    let mut text = format!("{score:.4}");
    if let Some(interval) = system.interval {
        let half = interval.half_width();
        let off = (score - (interval.low + half)).abs();
        text += &match off > OFF_THE_MIDDLE * half {
            true => format!(" [{:.4}, {:.4}]", interval.low, interval.high),
            false => format!(" ± {half:.4}"),
        };
    }
    if let Some(difference) = system.comparison.map(|c| c.difference) {
        text += &format!(" ({:+.4}", difference.value);
        if let Some(p) = difference.p_corrected.or(difference.p_value) {
            text += &format!(", p {p:.4}");
        }
        text.push(')');
    }
    text
}

/// Columns side by side, each as wide as its widest cell.
fn print_table(rows: &[Vec<String>]) {
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..rows.first().map_or(0, Vec::len)).map(width).collect();
    for row in rows {
        let cells = row.iter().zip(&widths);
        let cells = cells.map(|(cell, width)| format!("{cell:<width$}"));
        println!("{}", cells.collect::<Vec<_>>().join("  ").trim_end());
    }
}
