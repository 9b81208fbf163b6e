//! Charts of a report as SVG text: curves, and differences with intervals. Colours come from classes, so
//! that a report is light or dark as its reader is.

use super::document::{Chart, ChartDot, ChartLine};
use super::html::escaped;
use super::scale::Scale;
use super::written::decimal;
use assay_sorting::sort_by;

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 300.0;
/// Room for names, and for numbers on the left axis.
const NAMES: f64 = 250.0;
const LEFT: f64 = 56.0;
const RIGHT: f64 = 150.0;

/// Draws it, with `label` for those who can't see it.
pub(crate) fn draw(chart: &Chart, label: &str) -> String {
    match chart {
        Chart::Lines { axes, lines } => curves(axes, lines, label),
        Chart::Dots { axis, dots } => differences(axis, dots, label),
    }
}

fn open(height: f64, label: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height:.0}\" width=\"{WIDTH}\" height=\"{height:.0}\" role=\"img\" aria-label=\"{}\">",
        escaped(label)
    )
}

/// Round numbers on an axis, as they are written.
fn ticks(scale: Scale, count: usize) -> Vec<(f64, String)> {
    let digits = scale.decimals(count);
    let written = |t: f64| (t, decimal(t, digits));
    scale.ticks(count).into_iter().map(written).collect()
}

fn curves(axes: &[String; 2], lines: &[ChartLine], label: &str) -> String {
    let points = || lines.iter().flat_map(|l| &l.points);
    let foot = HEIGHT - 40.0;
    let across = Scale::around(points().map(|p| p[0]), LEFT, WIDTH - RIGHT);
    let up = Scale::around(points().map(|p| p[1]), foot, 12.0);
    let (x, y) = (|v: f64| across.at(v), |v: f64| up.at(v));
    let mut out = open(HEIGHT, label);
    for (t, written) in ticks(up, 5) {
        out.push_str(&format!(
            "<line class=\"grid\" x1=\"{LEFT}\" x2=\"{:.1}\" y1=\"{1:.1}\" y2=\"{1:.1}\"/><text x=\"{2:.1}\" y=\"{3:.1}\" text-anchor=\"end\">{written}</text>",
            WIDTH - RIGHT, y(t), LEFT - 6.0, y(t) + 4.0
        ));
    }
    for (t, written) in ticks(across, 6) {
        out.push_str(&format!(
            "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{written}</text>",
            x(t),
            foot + 16.0
        ));
    }
    out.push_str(&format!(
        "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text><text x=\"4\" y=\"10\">{}</text>",
        (LEFT + WIDTH - RIGHT) / 2.0, foot + 34.0, escaped(&axes[0]), escaped(&axes[1])
    ));
    let mut names: Vec<(f64, &ChartLine)> = Vec::new();
    for line in lines.iter().filter(|l| !l.points.is_empty()) {
        let path: Vec<String> = line
            .points
            .iter()
            .map(|p| format!("{:.1},{:.1}", x(p[0]), y(p[1])))
            .collect();
        let dash = if line.dashed {
            " stroke-dasharray=\"5 4\""
        } else {
            ""
        };
        out.push_str(&format!(
            "<polyline class=\"s{}\" points=\"{}\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.8\"{dash}/>",
            line.place % 7, path.join(" ")
        ));
        let end = line.points.last().map_or(0.0, |p| y(p[1]));
        names.push((end, line));
    }
    // Names at the curves' ends, pushed apart where they would lie on each other.
    sort_by(&mut names, |a, b| a.0.total_cmp(&b.0));
    let mut least = 10.0f64;
    for (at, line) in names {
        let at = at.max(least);
        least = at + 14.0;
        out.push_str(&format!(
            "<text class=\"s{}\" x=\"{:.1}\" y=\"{:.1}\" style=\"fill:currentColor\">{}</text>",
            line.place % 7,
            WIDTH - RIGHT + 6.0,
            at + 4.0,
            escaped(&line.name)
        ));
    }
    out.push_str("</svg>");
    out
}

fn differences(axis: &str, dots: &[ChartDot], label: &str) -> String {
    const ROW: f64 = 24.0;
    let all = dots
        .iter()
        .flat_map(|d| [d.value, d.interval[0], d.interval[1]]);
    let across = Scale::around(all.chain([0.0]), NAMES, WIDTH - 110.0);
    let x = |v: f64| across.at(v);
    let foot = ROW * dots.len() as f64 + 8.0;
    let mut out = open(foot + 40.0, label);
    for (t, written) in ticks(across, 5) {
        out.push_str(&format!(
            "<line class=\"grid\" x1=\"{0:.1}\" x2=\"{0:.1}\" y1=\"0\" y2=\"{foot:.1}\"/><text x=\"{0:.1}\" y=\"{1:.1}\" text-anchor=\"middle\">{written}</text>",
            x(t), foot + 15.0
        ));
    }
    out.push_str(&format!(
        "<line class=\"zero\" x1=\"{0:.1}\" x2=\"{0:.1}\" y1=\"0\" y2=\"{foot:.1}\"/>",
        x(0.0)
    ));
    out.push_str(&format!(
        "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
        (NAMES + WIDTH - 110.0) / 2.0,
        foot + 33.0,
        escaped(axis)
    ));
    for (i, dot) in dots.iter().enumerate() {
        let y = ROW * (i as f64 + 0.5) + 4.0;
        let (class, sign) = match dot.ruling {
            1 => ("s0", "▲"),
            -1 => ("s1", "▼"),
            _ => ("s6", "○"),
        };
        out.push_str(&format!(
            "<text x=\"0\" y=\"{:.1}\">{}</text><g class=\"{class}\"><line x1=\"{:.1}\" x2=\"{:.1}\" y1=\"{y:.1}\" y2=\"{y:.1}\" stroke=\"currentColor\" stroke-width=\"2\"/><circle cx=\"{:.1}\" cy=\"{y:.1}\" r=\"4\" fill=\"currentColor\"/></g><text x=\"{WIDTH}\" y=\"{:.1}\" text-anchor=\"end\">{sign} {}</text>",
            y + 4.0, escaped(&clipped(&dot.name)), x(dot.interval[0]), x(dot.interval[1]), x(dot.value), y + 4.0, escaped(&dot.written)
        ));
    }
    out.push_str("</svg>");
    out
}

/// A name as far as there is room.
fn clipped(name: &str) -> String {
    let mut room = 36;
    for (at, c) in name.char_indices() {
        let takes = if assay_text::script::is_cjk(c) { 2 } else { 1 };
        if takes > room {
            return format!("{}…", &name[..at]);
        }
        room -= takes;
    }
    name.to_owned()
}
