//! One curve as TensorBoard's page saves it: a table of wall time, step and value, or lists of these three in JSON. Only
//! the file's name, `run-NAME-tag-TAG.csv`, says of which run and what it is.

use super::format::Format;
use crate::axis::When;
use crate::error::LogError;
use crate::literal::{number, parse, to_json};
use crate::names::{is_held_out, is_telling, key};
use crate::source::Source;
use crate::{Point, Run, UNNAMED};
use serde_json::Value;

/// TensorBoard's downloads.
pub(crate) const FORMAT: Format = Format {
    name: "tensorboard-download",
    detects: |source| is_table(source) || is_lists(source),
    read: |source| Ok(read(source)?.into_iter().collect()),
};

fn is_table(source: &Source) -> bool {
    source.table().is_some_and(|imported| {
        let keys: Vec<String> = imported
            .table
            .names()
            .iter()
            .map(|name| key(name))
            .collect();
        keys == ["wall_time", "step", "value"]
    })
}

/// Lists of numbers may be anything, unless the name says what they are.
fn is_lists(source: &Source) -> bool {
    let lists = || {
        source
            .text()
            .trim_start()
            .strip_prefix('[')
            .is_some_and(|rest| rest.trim_start().starts_with('['))
    };
    source.name().ends_with(".json") && run_and_tag(source.name()).is_some() && lists()
}

fn read(source: &Source) -> Result<Option<Run>, LogError> {
    let points = if is_table(source) {
        rows(source)
    } else {
        lists(source)?
    };
    let known = run_and_tag(source.name());
    let mut run = Run::default();
    let series = match known {
        Some((name, tag)) => {
            // A run in the folder itself is called `.`.
            let folder = source.folder().unwrap_or("TensorBoard");
            run.name = if name == "." { folder } else { name }.to_owned();
            tag
        }
        None if is_quantity(source.stem()) => {
            run.name = source.folder().unwrap_or_else(|| source.stem()).to_owned();
            source.stem()
        }
        None => UNNAMED,
    };
    for point in points {
        run.log(series, point);
    }
    run.settle();
    Ok((run.points() > 0).then_some(run))
}

/// Whether a file that was named by hand is named for what was logged.
fn is_quantity(stem: &str) -> bool {
    let key = key(stem);
    is_telling(&key) || is_held_out(&key)
}

/// The run and the tag in a name such as `run-lora-tag-train_loss (1).csv`; older versions wrote
/// `run_lora,tag_train_loss.csv`.
fn run_and_tag(name: &str) -> Option<(&str, &str)> {
    let (stem, _) = name.rsplit_once('.')?;
    let stem = match stem.rsplit_once(" (") {
        Some((before, copy))
            if copy
                .strip_suffix(')')
                .is_some_and(|n| n.parse::<u16>().is_ok()) =>
        {
            before
        }
        _ => stem,
    };
    let rest = stem
        .strip_prefix("run-")
        .or_else(|| stem.strip_prefix("run_"))?;
    let found = ["-tag-", ",tag_", "_tag_"]
        .iter()
        .find_map(|mark| rest.split_once(mark));
    found.filter(|(run, tag)| !run.is_empty() && !tag.is_empty())
}

fn rows(source: &Source) -> Vec<Point> {
    let Some(imported) = source.table() else {
        return Vec::new();
    };
    let table = &imported.table;
    let cell = |column: usize, row: usize| table.cell(column, row).and_then(parse);
    let points = (0..table.rows()).filter_map(|row| {
        let time = table.cell(0, row).and_then(|cell| When::Time.value(cell));
        point([time, cell(1, row), cell(2, row)])
    });
    points.collect()
}

fn lists(source: &Source) -> Result<Vec<Point>, LogError> {
    let all: Vec<Vec<Value>> =
        serde_json::from_str(&to_json(source.text())).map_err(|error| LogError::Json {
            file: source.path.to_owned(),
            line: error.line(),
            column: error.column(),
            detail: error.to_string(),
        })?;
    let points = all.iter().filter_map(|row| {
        let at = |i: usize| row.get(i).and_then(number);
        point([at(0), at(1), at(2)])
    });
    Ok(points.collect())
}

fn point([time, step, value]: [Option<f64>; 3]) -> Option<Point> {
    Some(Point {
        step: step.filter(|x| x.is_finite()),
        epoch: None,
        time: time.filter(|x| x.is_finite()),
        value: value?,
    })
}

#[cfg(test)]
mod tests {
    use crate::findings::{Finding, findings};
    use crate::read::{LogFile, is_log, runs};

    const CURVE: &str =
        "Wall time,Step,Value\n1767225610.5,10,2.25\n1767225621.0,20,nan\n1767225631.5,30,2.0\n";

    fn files(files: &[(&str, &str)]) -> Vec<LogFile> {
        let file = |(path, text): &(&str, &str)| {
            assert!(is_log(path, text.as_bytes()), "{path}");
            LogFile {
                path: (*path).to_owned(),
                bytes: (*text).into(),
            }
        };
        files.iter().map(file).collect()
    }

    #[test]
    fn files_of_one_run_are_one_run_named_by_them() {
        let found = runs(files(&[
            ("run-lora_r8-tag-train_loss.csv", CURVE),
            ("run-lora_r8-tag-eval_loss (1).csv", CURVE),
            ("run_lora_r16,tag_train_loss.csv", CURVE),
            (
                "run-lora_r8-tag-train_learning_rate.json",
                "[[1767225610.5, 10, 1e-5], [1767225621.0, 20, NaN]]",
            ),
        ]))
        .unwrap();
        let names: Vec<&str> = found.iter().map(|run| run.name.as_str()).collect();
        assert_eq!(names, ["lora_r8", "lora_r16"]);
        assert_eq!(found[0].series.len(), 3);
        let loss = found[0].train_loss().unwrap();
        assert_eq!(
            (
                loss.name.as_str(),
                loss.points[2].step,
                loss.points[2].value
            ),
            ("train_loss", Some(30.0), 2.0)
        );
        assert!(loss.points[1].value.is_nan());
        let found = runs(files(&[("run-.-tag-train_loss.csv", CURVE)])).unwrap();
        assert_eq!(found[0].name, "TensorBoard");
    }

    #[test]
    fn a_curve_whose_file_says_nothing_is_unnamed() {
        let found = runs(files(&[("download.csv", CURVE)])).unwrap();
        let said = findings(&found[0]);
        assert!(said.contains(&Finding::Unnamed), "{said:?}");
        assert_eq!(found[0].name, "download");
        let found = runs(files(&[
            ("exp-7/loss.csv", CURVE),
            ("exp-7/eval_loss.csv", CURVE),
        ]))
        .unwrap();
        assert_eq!(
            (found.len(), found[0].name.as_str(), found[0].series.len()),
            (1, "exp-7", 2)
        );
        assert!(!findings(&found[0]).contains(&Finding::Unnamed));
    }
}
