//! Results written out as JSON and CSV, with signatures and settings; ratings by people in [`ratings`]. And the report:
//! its numbers ([`content`]), the decision by rule ([`rules`], [`goals`]), the same as blocks of text in a language
//! ([`mod@write`], [`document`]), and the formats that it is written in. This crate must not compute a metric or know a page.

pub mod aim;
pub mod content;
mod decide;
pub mod document;
pub mod evidence;
pub mod goals;
pub mod html;
pub mod latex;
pub mod link;
pub mod markdown;
pub mod model_index;
pub mod ratings;
pub mod rules;
pub mod scale;
pub mod statements;
pub mod stopping;
mod svg;
pub mod unit;
pub mod write;
pub mod written;

use assay_results::scores::{Difference, MetricResult, SliceKind, SliceResult};
use assay_stats::{Interval, PairedTest};
use serde_json::{Value, json};

/// All results with the settings they were computed with: the place of the baseline among the systems,
/// and the paired test.
pub fn json(baseline: usize, test: &PairedTest, metrics: &[&MetricResult]) -> Value {
    json!({
        "tool": "assay",
        "version": env!("CARGO_PKG_VERSION"),
        "settings": { "baseline": baseline, "test": test },
        "metrics": metrics,
    })
}

/// A row for each metric, system and slice.
pub fn csv(metrics: &[&MetricResult]) -> String {
    let mut out = String::from(
        "metric,system,slice,segments,score,low,high,difference,p,p_corrected,wins,ties,losses,signature\n",
    );
    for metric in metrics {
        for system in &metric.systems {
            let mut row = vec![
                metric.name.clone(),
                system.name.clone(),
                String::new(),
                counted(&system.segments).to_string(),
                system.score.value.to_string(),
            ];
            row.extend(interval(system.interval));
            row.extend(difference(system.comparison.map(|c| c.difference)));
            row.extend(system.comparison.map_or([const { String::new() }; 3], |c| {
                [c.wins, c.ties, c.losses].map(|n| n.to_string())
            }));
            row.push(metric.signature.clone());
            spreadsheet_row(&mut out, &row);
            for slice in system.slices.iter().filter(|s| s.segments > 0) {
                let mut row = vec![
                    metric.name.clone(),
                    system.name.clone(),
                    slice_name(slice),
                    slice.segments.to_string(),
                    slice.score.to_string(),
                ];
                row.extend(interval(slice.interval));
                row.extend(difference(slice.difference));
                row.extend([const { String::new() }; 3]);
                row.push(metric.signature.clone());
                spreadsheet_row(&mut out, &row);
            }
        }
    }
    out
}

fn slice_name(slice: &SliceResult) -> String {
    let sign = match slice.kind {
        SliceKind::Untagged => "≠",
        _ => "=",
    };
    format!("{}{sign}{}", slice.column, slice.value)
}

/// Segments of which a metric says something.
fn counted(segments: &[f64]) -> usize {
    segments.iter().filter(|score| !score.is_nan()).count()
}

fn interval(interval: Option<Interval>) -> [String; 2] {
    [interval.map(|i| i.low), interval.map(|i| i.high)].map(written)
}

fn difference(difference: Option<Difference>) -> [String; 3] {
    let p_value = difference.and_then(|d| d.p_value);
    let p_corrected = difference.and_then(|d| d.p_corrected);
    [difference.map(|d| d.value), p_value, p_corrected].map(written)
}

/// A number in full, or nothing.
fn written(number: Option<f64>) -> String {
    number.map_or(String::new(), |x| x.to_string())
}

/// A row for each segment, a column for each metric and system.
pub fn segments_csv(metrics: &[&MetricResult]) -> String {
    let mut head = vec!["row".to_owned()];
    let mut columns: Vec<&[f64]> = Vec::new();
    for metric in metrics {
        for system in &metric.systems {
            head.push(format!(
                "{} {} [{}]",
                system.name, metric.name, metric.signature
            ));
            columns.push(&system.segments);
        }
    }
    let mut out = String::new();
    spreadsheet_row(&mut out, &head);
    let rows = columns.first().map_or(0, |c| c.len());
    for row in 0..rows {
        let mut cells = vec![(row + 1).to_string()];
        let known = |c: &&[f64]| Some(c[row]).filter(|x| !x.is_nan());
        cells.extend(columns.iter().map(|c| written(known(c))));
        spreadsheet_row(&mut out, &cells);
    }
    out
}

/// A row of CSV for spreadsheets, which run a cell that begins like a formula: such a cell gets an apostrophe, after
/// OWASP's page on CSV injection. Full-width signs count too, because spreadsheets of East Asian languages read them
/// alike. Numbers are exempt.
pub fn spreadsheet_row(out: &mut String, cells: &[String]) {
    const STARTS: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];
    let guarded = |cell: &String| match cell.starts_with(STARTS) && cell.parse::<f64>().is_err() {
        true => format!("'{cell}"),
        false => cell.clone(),
    };
    let cells: Vec<String> = cells.iter().map(guarded).collect();
    push_exact_row(out, &cells);
}

/// A row of CSV whose cells are read back as they are.
fn push_exact_row(out: &mut String, cells: &[String]) {
    for (i, cell) in cells.iter().enumerate() {
        if i > 0 {
            out.push(',');
        }
        if cell.contains([',', '"', '\n', '\r']) {
            out.push('"');
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(cell);
        }
    }
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::spreadsheet_row;

    #[test]
    fn a_name_that_looks_like_a_formula_is_quoted_and_a_number_is_not() {
        let mut out = String::new();
        spreadsheet_row(&mut out, &["=1+1".into(), "-2.5".into(), "a,\"b\"".into()]);
        assert_eq!(out, "'=1+1,-2.5,\"a,\"\"b\"\"\"\n");
        for cell in [
            "\t=1",
            "\r=1",
            "＝1+1",
            "＋1",
            "－cmd",
            "＠SUM(A1)",
            "@SUM(A1)",
            "+cmd",
            "-cmd",
        ] {
            let mut out = String::new();
            spreadsheet_row(&mut out, &[cell.into()]);
            assert!(
                out.trim_start_matches('"').starts_with('\''),
                "{cell:?}: {out:?}"
            );
        }
    }
}
