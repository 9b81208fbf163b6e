//! Scores files as the page does: the measures that suit them, with intervals, and tests against a baseline.

use crate::evaluation::{Evaluation, Settings};
use crate::failure::Failure;
use assay_results::scores::{MetricResult, SystemResult};
use serde_json::{Value, json};

/// Scores files that were given without naming columns.
///
/// # Errors
/// When a file can't be read, or holds nothing that could be scored.
pub(crate) fn run(files: &[String], settings: &Settings, is_json: bool) -> Result<(), Failure> {
    let evaluation = Evaluation::of(files, settings)?;
    let session = evaluation.session.borrow();
    let summary = session.summary();
    let classes = session.classification();
    let results = session.results();
    if results.is_empty() && classes.is_none() {
        return Err("no outputs with something to score them by were found; `assay inspect` says what the files were taken for".into());
    }
    if is_json {
        let metrics: Vec<Value> = results.iter().map(|result| metric(result)).collect();
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
    for classifier in classes.iter().flat_map(|view| &view.classifiers) {
        println!("{}: accuracy {:.4}", classifier.name, classifier.accuracy.0);
    }
    Ok(())
}

fn metric(result: &MetricResult) -> Value {
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
                "wins": c.wins,
                "ties": c.ties,
                "losses": c.losses,
            })
        });
        json!({
            "name": system.name,
            "score": system.score.value,
            "ci": system.interval.map(|i| [i.low, i.high]),
            "n": n,
            "comparison": comparison,
        })
    };
    json!({
        "name": result.name,
        "signature": result.signature,
        "lower_is_better": result.lower_is_better,
        "systems": result.systems.iter().map(system).collect::<Vec<_>>(),
    })
}

/// A score with half its interval, and the difference from the baseline with its corrected p-value.
fn written(system: &SystemResult) -> String {
    let mut text = format!("{:.4}", system.score.value);
    if let Some(interval) = system.interval {
        text += &format!(" ± {:.4}", interval.half_width());
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
