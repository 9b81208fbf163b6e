//! A panel of Weights & Biases as CSV: a column for the horizontal axis, and for each run (or group of runs) and
//! quantity one that is called `RUN - QUANTITY`, beside two with its least and greatest value (`__MIN`, `__MAX`), which
//! are the range around that curve.

use super::format::Format;
use crate::axis::{When, when};
use crate::literal::parse;
use crate::names::{is_telling, key};
use crate::source::Source;
use crate::{Point, Range, Run};
use assay_data::table::Table;

/// Exported panels.
pub(crate) const FORMAT: Format = Format {
    name: "wandb-panel",
    detects: |source| panel(source).is_some(),
    read: |source| Ok(panel(source).map(|panel| panel.runs()).unwrap_or_default()),
};

/// What stands between a run and a quantity.
const BETWEEN: &str = " - ";

/// A quantity of a run.
struct Curve<'a> {
    run: &'a str,
    name: &'a str,
    column: usize,
    /// Columns of its least and greatest values.
    range: Option<[usize; 2]>,
}

/// The columns of a panel.
struct Panel<'a> {
    table: &'a Table,
    /// The horizontal axis, and what it counts where that is known.
    axis: (usize, Option<When>),
    curves: Vec<Curve<'a>>,
}

/// The panel in a file; `None` where it is another table.
fn panel<'a>(source: &'a Source) -> Option<Panel<'a>> {
    let table = &source.table()?.table;
    let mut axis = None;
    let mut curves = Vec::new();
    let mut has_range = false;
    for (column, name) in table.names().iter().enumerate() {
        if name.ends_with("__MIN") || name.ends_with("__MAX") {
            has_range |= name.contains(BETWEEN);
        } else if let Some((run, name)) = name.rsplit_once(BETWEEN) {
            let bound = |end: &str| {
                let wanted = format!("{run}{BETWEEN}{name}{end}");
                table.names().iter().position(|n| *n == wanted)
            };
            let range = bound("__MIN").zip(bound("__MAX"));
            curves.push(Curve {
                run,
                name,
                column,
                range: range.map(|(low, high)| [low, high]),
            });
        } else if axis.is_none() {
            axis = Some((column, when(&key(name)).map(|(when, _)| when)));
        } else {
            return None;
        }
    }
    let axis = axis?;
    let telling = axis.1.is_some() && curves.iter().any(|curve| is_telling(&key(curve.name)));
    let numeric = curves.iter().all(|curve| {
        let cells = table
            .column(curve.column)
            .iter()
            .flatten()
            .filter(|cell| !cell.trim().is_empty());
        cells.take(200).all(|cell| parse(cell).is_some())
    });
    (!curves.is_empty() && numeric && (has_range || telling)).then_some(Panel {
        table,
        axis,
        curves,
    })
}

impl Panel<'_> {
    fn runs(&self) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        for curve in self
            .curves
            .iter()
            .filter(|curve| when(&key(curve.name)).is_none())
        {
            let name = curve.run.strip_prefix("Group: ").unwrap_or(curve.run);
            let run = Run::named(&mut runs, name);
            for row in 0..self.table.rows() {
                if let Some(point) = self.point(curve, curve.column, row) {
                    run.log(curve.name, point);
                }
                if let Some(range) = self.range(curve, row) {
                    run.log_range(curve.name, range);
                }
            }
        }
        for run in &mut runs {
            run.settle();
        }
        runs
    }

    /// The range around a curve's point in a row.
    fn range(&self, curve: &Curve, row: usize) -> Option<Range> {
        let [low, high] = curve.range?;
        let low = self.point(curve, low, row)?;
        let high = self.table.cell(high, row).and_then(parse)?;
        let is_range = low.value.is_finite() && high.is_finite() && low.value <= high;
        is_range.then_some(Range { low, high })
    }

    /// What a column of a curve has in a row; where the panel lies on another axis each run has columns of its own
    /// steps.
    fn point(&self, curve: &Curve, column: usize, row: usize) -> Option<Point> {
        let value = self.table.cell(column, row).and_then(parse)?;
        let on = |wanted: When| {
            let (column, kind) = self.axis;
            let shared = (kind == Some(wanted)).then_some(column);
            let own = self.curves.iter().find(|other| {
                other.run == curve.run
                    && when(&key(other.name)).is_some_and(|(kind, _)| kind == wanted)
            });
            let column = shared.or(own.map(|own| own.column))?;
            self.table
                .cell(column, row)
                .and_then(|cell| wanted.value(cell))
        };
        Some(Point {
            step: on(When::Step),
            epoch: on(When::Epoch),
            time: on(When::Time),
            value,
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::Run;
    use crate::read::{LogFile, is_log, runs};

    fn runs_of(text: &str) -> Vec<Run> {
        let path = "wandb_export_2026-01-31T10_00_00.000+08_00.csv";
        assert!(is_log(path, text.as_bytes()), "{text}");
        let file = LogFile {
            path: path.to_owned(),
            bytes: text.into(),
        };
        runs(vec![file]).unwrap()
    }

    #[test]
    fn a_panel_of_two_runs_is_two_runs_with_ranges_around_their_curves() {
        let found = runs_of(
            "\"Step\",\"warm - up - 1 - train/loss\",\"warm - up - 1 - train/loss__MIN\",\"warm - up - 1 - train/loss__MAX\",\
             \"r64 - train/loss\",\"r64 - train/loss__MIN\",\"r64 - train/loss__MAX\"\n\
             \"10\",\"2.5\",\"2.4\",\"2.6\",\"2.25\",\"2.25\",\"2.25\"\n\"15\",\"\",\"\",\"\",\"2.125\",\"2.1\",\"2.2\"\n\
             \"20\",\"NaN\",\"NaN\",\"NaN\",\"2\",\"2\",\"2\"\n",
        );
        let names: Vec<&str> = found.iter().map(|run| run.name.as_str()).collect();
        assert_eq!(names, ["warm - up - 1", "r64"]);
        assert_eq!(found[0].series.len(), 1);
        let loss = found[0].train_loss().unwrap();
        assert_eq!((loss.points.len(), loss.points[1].step), (2, Some(20.0)));
        assert!(loss.points[1].value.is_nan());
        let range = |r: &crate::Range| (r.low.step, r.low.value, r.high);
        let ranges: Vec<_> = loss.ranges.iter().map(range).collect();
        assert_eq!(ranges, [(Some(10.0), 2.4, 2.6)]);
        assert_eq!(found[1].train_loss().unwrap().points[1].value, 2.125);
    }

    #[test]
    fn groups_and_other_axes_are_read() {
        let found = runs_of(
            "\"Relative Time (Process)\",\"Group: r8 - _step\",\"Group: r8 - _step__MIN\",\"Group: r8 - _step__MAX\",\
             \"Group: r8 - eval/loss\",\"Group: r8 - eval/loss__MIN\",\"Group: r8 - eval/loss__MAX\"\n\
             \"60.5\",\"10\",\"10\",\"10\",\"1.5\",\"1.4\",\"1.6\"\n\"120.5\",\"20\",\"20\",\"20\",\"1.25\",\"1.2\",\"1.3\"\n",
        );
        assert_eq!((found[0].name.as_str(), found[0].series.len()), ("r8", 1));
        let last = found[0].eval_loss().unwrap().points[1];
        assert_eq!(
            (last.time, last.step, last.value),
            (Some(120.5), Some(20.0), 1.25)
        );
        let found = runs_of("\"train/global_step\",\"lora_r: 8 - eval/loss\"\n10,1.5\n20,1.25\n");
        assert_eq!(
            (found[0].name.as_str(), found[0].points()),
            ("lora_r: 8", 2)
        );
        // A panel of something that is no loss is told by its ranges.
        let found =
            runs_of("\"tokens\",\"a - gpu\",\"a - gpu__MIN\",\"a - gpu__MAX\"\n10,1.5,1,2\n");
        assert_eq!(
            (found[0].points(), found[0].series[0].points[0].step),
            (1, None)
        );
    }

    #[test]
    fn texts_with_a_dash_in_their_columns_are_no_panel() {
        let text = "step,base - loss,tuned - loss\n1,It fell down.,It rose up.\n";
        assert!(!is_log("outputs.csv", text.as_bytes()));
    }
}
