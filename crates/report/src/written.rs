//! Numbers and statements as a report and the page write them, in a language.

use super::goals::{Measure, Met};
use super::rules::{Note, Statement, Unit};
use assay_locale::Locale;
use assay_results::scores::ResampledBy;
use assay_stats::decision::FEWEST_UNITS;
use assay_stats::{Decision, Obstacle};
use assay_training::findings::{Finding, Place};

/// The mathematical minus sign. What people read has it; tables for programs keep the hyphen.
const MINUS: &str = "\u{2212}";

/// A number with that many digits behind the point.
pub fn decimal(x: f64, digits: usize) -> String {
    format!("{x:.digits$}").replace('-', MINUS)
}

/// The same with its sign.
pub fn signed(x: f64, digits: usize) -> String {
    format!("{x:+.digits$}").replace('-', MINUS)
}

/// A value with the digits that a difference of this size deserves.
pub fn value(x: f64, unit: Unit) -> String {
    match unit {
        Unit::Share => format!("{} %", decimal(100.0 * x, 1)),
        Unit::Hundred => decimal(x, 1),
        Unit::Plain => plain(x),
    }
}

/// A plain number with about four significant digits.
pub fn plain(x: f64) -> String {
    let size = x.abs();
    let digits = if size == 0.0 || !size.is_finite() {
        0
    } else {
        (3.0 - size.log10().floor()).clamp(0.0, 6.0) as usize
    };
    let text = decimal(x, digits);
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

/// Decimals that an interval's width lets mean something; nothing without a width.
fn digits(interval: Option<[f64; 2]>) -> Option<usize> {
    let [low, high] = interval?;
    let half = (high - low) / 2.0;
    (half > 0.0 && half.is_finite()).then(|| (1.0 - half.log10().floor()).clamp(0.0, 8.0) as usize)
}

/// A plain number with that many digits, or else about four significant ones.
fn plain_to(x: f64, digits: Option<usize>) -> String {
    digits.map_or_else(|| plain(x), |d| decimal(x, d))
}

/// A value with the digits that an interval (its own, or that of a difference) deserves.
pub fn value_within(x: f64, unit: Unit, interval: Option<[f64; 2]>) -> String {
    match unit {
        Unit::Plain => plain_to(x, digits(interval)),
        unit => value(x, unit),
    }
}

/// A difference with its sign; of shares in points of percent.
pub fn change(x: f64, unit: Unit) -> String {
    change_within(x, unit, None)
}

/// The same with the digits that its interval deserves.
pub fn change_within(x: f64, unit: Unit, interval: Option<[f64; 2]>) -> String {
    match unit {
        Unit::Share => signed(100.0 * x, 1),
        Unit::Hundred => signed(x, 1),
        Unit::Plain => {
            let text = plain_to(x, digits(interval));
            if x > 0.0 { format!("+{text}") } else { text }
        }
    }
}

/// An interval of a difference in square brackets; nothing without one.
pub fn between(interval: Option<[f64; 2]>, unit: Unit) -> String {
    interval.map_or(String::new(), |ends| {
        let [low, high] = ends.map(|e| change_within(e, unit, interval));
        format!("[{low}, {high}]")
    })
}

/// The bounds of a value's interval; nothing without one.
pub fn bounds(interval: Option<[f64; 2]>, unit: Unit) -> Option<[String; 2]> {
    interval.map(|ends| ends.map(|e| value_within(e, unit, interval)))
}

/// A p-value, never 0.
pub fn p_value(p: f64) -> String {
    if p < 0.001 {
        "p < 0.001".into()
    } else {
        format!("p = {p:.3}")
    }
}

/// A measure's name.
pub fn measure(measure: &Measure) -> String {
    match measure {
        Measure::Metric { name } | Measure::Named { name } => name.clone(),
        Measure::Outcome { trial, name } => format!("{name} ({})", stem(trial)),
    }
}

fn stem(file: &str) -> &str {
    assay_data::import::stem(file)
}

/// A statement in a sentence.
pub fn statement(t: &Locale, s: &Statement) -> String {
    let slice = s.slice.as_ref().map_or(String::new(), |[column, value]| {
        t.with(
            "report-slice",
            &[("column", column.clone()), ("value", value.clone())],
        )
    });
    let key = match s.decision {
        Decision::Better => "report-better",
        Decision::Worse => "report-worse",
        Decision::NoEvidence if s.obstacle == Some(Obstacle::Describes) => "report-describes",
        Decision::NoEvidence if s.obstacle == Some(Obstacle::TooFew) => "report-too-few",
        Decision::NoEvidence if s.obstacle == Some(Obstacle::HardlyVaries) => {
            "report-hardly-varies"
        }
        Decision::NoEvidence if s.needed.is_some() => "report-undecided-needed",
        Decision::NoEvidence => "report-undecided",
    };
    let points = if s.unit == Unit::Share {
        t.text("report-points")
    } else {
        String::new()
    };
    let words = [
        ("system", s.system.clone()),
        ("baseline", s.baseline.clone()),
        ("measure", measure(&s.measure)),
        ("slice", slice),
        ("from", value_within(s.values[0], s.unit, s.interval)),
        ("to", value_within(s.values[1], s.unit, s.interval)),
        (
            "change",
            format!(
                "{}{points}",
                change_within(s.difference, s.unit, s.interval)
            ),
        ),
        ("interval", evidence(t, s)),
        ("count", t.count(s.count as usize)),
        (
            "needed",
            t.count(
                s.needed
                    .map_or(FEWEST_UNITS, |n| (n as usize).max(FEWEST_UNITS)),
            ),
        ),
    ];
    let sentence = t.with(key, &words);
    let besides = [size(t, s), bearing(t, s)];
    let mut all = vec![sentence];
    all.extend(besides.into_iter().flatten());
    all.join(&t.text("sentence-space"))
}

/// How large a difference is that is decided.
fn size(t: &Locale, s: &Statement) -> Option<String> {
    let size = s.size.filter(|_| s.decision != Decision::NoEvidence)?;
    let word = t.text(&format!("effect-{}", size.name()));
    Some(t.with("report-effect", &[("size", word)]))
}

/// What a difference says beside the smallest that matters.
fn bearing(t: &Locale, s: &Statement) -> Option<String> {
    let (margin, found) = s.bearing?;
    let words = [
        ("system", s.system.clone()),
        ("baseline", s.baseline.clone()),
        ("margin", plain(margin)),
    ];
    Some(t.with(&format!("margin-{}", found.name()), &words))
}

/// Interval and p-value, as far as they are there.
pub fn evidence(t: &Locale, s: &Statement) -> String {
    let interval = between(s.interval, s.unit);
    let p = s.p_value.map(p_value).unwrap_or_default();
    let sure = t.text("interval");
    match (interval.is_empty(), p.is_empty()) {
        (false, false) => format!("{sure} {interval}{}{p}", t.text("comma")),
        (false, true) => format!("{sure} {interval}"),
        (true, _) => p,
    }
}

/// A step or an epoch.
pub fn place(t: &Locale, place: &Place) -> String {
    match (place.step, place.epoch) {
        (Some(step), _) => t.with("at-step", &[("step", t.count(step as usize))]),
        (None, Some(epoch)) => t.with("at-epoch", &[("epoch", plain(epoch))]),
        (None, None) => t.text("at-unknown"),
    }
}

/// What a run's curves say, in a sentence.
pub fn finding(t: &Locale, run: &str, finding: &Finding) -> String {
    let percent = |x: f64| value(x, Unit::Share);
    let run = ("run", run.to_owned());
    match finding {
        Finding::NotFinite { series, at, count } => {
            let words = [
                run,
                ("series", series.clone()),
                ("at", place(t, at)),
                ("count", t.count(*count)),
            ];
            t.with("finding-not-finite", &words)
        }
        Finding::ZeroLoss {
            series,
            at,
            count,
            points,
        } => {
            let words = [
                run,
                ("series", series.clone()),
                ("at", place(t, at)),
                ("count", t.count(*count)),
                ("points", t.count(*points)),
            ];
            t.with("finding-zero-loss", &words)
        }
        Finding::Overfit {
            at,
            least,
            last,
            above,
            since,
            train_falls,
        } => {
            let falls = if *train_falls {
                t.text("finding-train-falls")
            } else {
                String::new()
            };
            let words = [
                run,
                ("at", place(t, at)),
                ("least", plain(*least)),
                ("last", plain(*last)),
                ("above", percent(*above)),
                ("since", place(t, since)),
                ("falls", falls),
            ];
            t.with("finding-overfit", &words)
        }
        Finding::Diverged { least, at, last } => {
            let words = [
                run,
                ("least", plain(*least)),
                ("at", place(t, at)),
                ("last", plain(*last)),
            ];
            t.with("finding-diverged", &words)
        }
        Finding::Plateau {
            series,
            since,
            improved,
        } => {
            let words = [
                run,
                ("series", series.clone()),
                ("since", place(t, since)),
                ("improved", percent(*improved)),
            ];
            t.with("finding-plateau", &words)
        }
        Finding::Improving { last, fell } => t.with(
            "finding-improving",
            &[run, ("last", plain(*last)), ("fell", percent(*fell))],
        ),
        Finding::Unnamed => t.with("finding-unnamed", &[run]),
        Finding::TotalsOnly => t.with("finding-totals-only", &[run]),
    }
}

/// A note, in a sentence.
pub fn note(t: &Locale, note: &Note) -> String {
    match note {
        Note::Mismatch { trial, p_value: p } => t.with(
            "note-mismatch",
            &[("trial", trial.clone()), ("p", p_value(*p))],
        ),
        Note::Training {
            run,
            finding: found,
        } => finding(t, run, found),
        Note::NotTheBest {
            run,
            evaluated,
            best,
        } => {
            let words = [
                ("run", run.clone()),
                ("evaluated", t.count(*evaluated as usize)),
                ("best", t.count(*best as usize)),
            ];
            t.with("note-not-the-best", &words)
        }
        Note::Few { rows } => t.with("note-few", &[("rows", t.count(*rows))]),
        Note::Blank { system, count } => t.with(
            "blanks",
            &[("system", system.clone()), ("count", t.count(*count))],
        ),
        Note::SetAside { count } => t.with("note-set-aside", &[("count", t.count(*count))]),
    }
}

/// In what rows were drawn, where not one by one, in a sentence.
pub fn resampled_by(t: &Locale, by: &ResampledBy) -> String {
    let words = [
        ("column", by.column.clone()),
        ("clusters", t.count(by.clusters)),
        ("rows", t.count(by.rows)),
    ];
    let key = match by.is_repeats {
        true => "resampled-by-repeats",
        false => "resampled-by",
    };
    t.with(key, &words)
}

/// The message key of a goal's state.
pub fn met_key(met: Met) -> &'static str {
    match met {
        Met::Pass => "goal-pass",
        Met::Fail => "goal-fail",
        Met::Undecided => "goal-undecided",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_read_has_the_true_minus_sign() {
        let interval = Some([-0.25, 0.05]);
        for unit in [Unit::Share, Unit::Hundred, Unit::Plain] {
            let written = [
                value(-0.25, unit),
                change(-0.25, unit),
                value_within(-0.25, unit, interval),
                change_within(-0.25, unit, interval),
                between(interval, unit),
            ];
            for text in written {
                assert!(text.contains('\u{2212}') && !text.contains('-'), "{text}");
            }
        }
        assert_eq!(change(0.5, Unit::Hundred), "+0.5");
        assert_eq!(between(interval, Unit::Plain), "[\u{2212}0.25, +0.05]");
    }
}
