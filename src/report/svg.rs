//! Charts of a report as SVG text: curves, and differences with intervals. Colours come from classes, so
//! that a report is light or dark as its reader is.

use super::document::{Chart, ChartDot, ChartLine};
use super::html::escaped;

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 300.0;
/// Room for names, and for numbers on the left axis.
const NAMES: f64 = 250.0;
const LEFT: f64 = 56.0;
const RIGHT: f64 = 150.0;

/// Draws it, with `label` for those who can't see it.
pub fn draw(chart: &Chart, label: &str) -> String {
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

/// The bounds of values, a little apart where they are one.
fn bounds(values: impl Iterator<Item = f64>) -> [f64; 2] {
    let (low, high) = values
        .filter(|v| v.is_finite())
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| {
            (l.min(v), h.max(v))
        });
    match (low <= high, high - low > 0.0) {
        (false, _) => [0.0, 1.0],
        (true, false) => [low - 0.5, high + 0.5],
        _ => [low, high],
    }
}

/// Round numbers within bounds, and the digits that tell them apart.
fn ticks([low, high]: [f64; 2], count: usize) -> (Vec<f64>, usize) {
    let raw = (high - low) / count as f64;
    let power = 10f64.powf(raw.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|t| t * power)
        .find(|s| *s >= raw * 0.999)
        .unwrap_or(raw);
    let first = (low / step).ceil();
    let all = (0..=count + 1)
        .map(|i| (first + i as f64) * step)
        .filter(|t| *t <= high + step * 1e-9)
        .collect();
    (all, (-step.log10().floor()).clamp(0.0, 6.0) as usize)
}

fn curves(axes: &[String; 2], lines: &[ChartLine], label: &str) -> String {
    let points = || lines.iter().flat_map(|l| &l.points);
    let (xs, ys) = (
        bounds(points().map(|p| p[0])),
        bounds(points().map(|p| p[1])),
    );
    let foot = HEIGHT - 40.0;
    let x = |v: f64| LEFT + (v - xs[0]) / (xs[1] - xs[0]) * (WIDTH - LEFT - RIGHT);
    let y = |v: f64| foot - (v - ys[0]) / (ys[1] - ys[0]) * (foot - 12.0);
    let mut out = open(HEIGHT, label);
    let (marks, digits) = ticks(ys, 5);
    for t in marks {
        out.push_str(&format!(
            "<line class=\"grid\" x1=\"{LEFT}\" x2=\"{:.1}\" y1=\"{1:.1}\" y2=\"{1:.1}\"/><text x=\"{2:.1}\" y=\"{3:.1}\" text-anchor=\"end\">{t:.digits$}</text>",
            WIDTH - RIGHT, y(t), LEFT - 6.0, y(t) + 4.0
        ));
    }
    let (marks, digits) = ticks(xs, 6);
    for t in marks {
        out.push_str(&format!(
            "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{t:.digits$}</text>",
            x(t),
            foot + 16.0
        ));
    }
    out.push_str(&format!(
        "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text><text x=\"4\" y=\"10\">{}</text>",
        (LEFT + WIDTH - RIGHT) / 2.0, foot + 34.0, escaped(&axes[0]), escaped(&axes[1])
    ));
    let mut names: Vec<(f64, String)> = Vec::new();
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
        names.push((
            end,
            format!(
                "<text class=\"s{}\" x=\"{:.1}\" y=\"{{}}\" style=\"fill:currentColor\">{}</text>",
                line.place % 7,
                WIDTH - RIGHT + 6.0,
                escaped(&line.name)
            ),
        ));
    }
    // Names at the curves' ends, pushed apart where they would lie on each other.
    names.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut least = 10.0f64;
    for (at, text) in names {
        let at = at.max(least);
        least = at + 14.0;
        out.push_str(&text.replace("{}", &format!("{:.1}", at + 4.0)));
    }
    out.push_str("</svg>");
    out
}

fn differences(axis: &str, dots: &[ChartDot], label: &str) -> String {
    const ROW: f64 = 24.0;
    let all = dots
        .iter()
        .flat_map(|d| [d.value, d.interval[0], d.interval[1]]);
    let [low, high] = bounds(all.chain([0.0]));
    let margin = (high - low) * 0.05;
    let range = [low - margin, high + margin];
    let x = |v: f64| NAMES + (v - range[0]) / (range[1] - range[0]) * (WIDTH - NAMES - 110.0);
    let foot = ROW * dots.len() as f64 + 8.0;
    let mut out = open(foot + 40.0, label);
    let (marks, digits) = ticks(range, 5);
    for t in marks {
        out.push_str(&format!(
            "<line class=\"grid\" x1=\"{0:.1}\" x2=\"{0:.1}\" y1=\"0\" y2=\"{foot:.1}\"/><text x=\"{0:.1}\" y=\"{1:.1}\" text-anchor=\"middle\">{t:.digits$}</text>",
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
        let takes = if crate::text::script::is_cjk(c) { 2 } else { 1 };
        if takes > room {
            return format!("{}…", &name[..at]);
        }
        room -= takes;
    }
    name.to_owned()
}
