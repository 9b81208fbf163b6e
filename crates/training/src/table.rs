//! Logs in tables: a column for each quantity, or a name and a value in long form, or one series as
//! TensorBoard saves it.

use super::literal::{parse, to_json};
use super::trainer_state::{EPOCH, STEP, TIME, is_axis, take};
use super::{Run, settle};
use assay_data::import::{ImportError, Importer, PASTED};
use assay_data::table::Table;

/// The table in a file whose name says that it is one.
pub(crate) fn table(path: &str, bytes: &[u8]) -> Option<Table> {
    let lower = path.to_ascii_lowercase();
    let is_table = [
        ".csv",
        ".tsv",
        ".jsonl",
        ".ndjson",
        ".json",
        ".csv.gz",
        ".jsonl.gz",
    ]
    .iter()
    .any(|e| lower.ends_with(e));
    let pasted = path == PASTED;
    if !is_table && !pasted {
        return None;
    }
    let read = || -> Result<Table, ImportError> {
        let mut importer = Importer::new(path);
        importer.push(to_json(&String::from_utf8_lossy(bytes)).as_bytes())?;
        Ok(importer.finish()?.table)
    };
    read().ok()
}

/// How a table holds a log.
pub(crate) struct Columns {
    /// Column with the runs' names.
    run: Option<usize>,
    /// Columns of steps and times.
    axes: Vec<usize>,
    /// Columns of values, or those of name and value in long form.
    values: Values,
}

enum Values {
    Wide(Vec<usize>),
    Long(usize, usize),
    /// One series, named by the file.
    Single(usize),
}

/// `None` where a table is no log: a column of steps or times, and a loss or a learning rate, or a name and
/// value in long form, are needed.
pub(crate) fn columns(table: &Table) -> Option<Columns> {
    let names: Vec<String> = table
        .names()
        .iter()
        .map(|n| n.trim().to_lowercase())
        .collect();
    let find = |all: &[&str]| names.iter().position(|n| all.contains(&n.as_str()));
    let axes: Vec<usize> = (0..names.len())
        .filter(|&i| is_axis(&names[i]) && numeric(table, i))
        .collect();
    let when = |kinds: &[&str]| axes.iter().any(|&i| kinds.contains(&names[i].as_str()));
    if !when(&STEP) && !when(&EPOCH) {
        return None;
    }
    let run = find(&["run", "run_name", "run name", "run_id"]);
    let long = find(&["tag", "metric", "key"]).zip(find(&["value"]));
    let values = if let Some((name, value)) = long {
        Values::Long(name, value)
    } else if let Some(value) =
        find(&["value"]).filter(|_| when(&TIME) && when(&STEP) && names.len() == 3)
    {
        Values::Single(value)
    } else {
        let wide: Vec<usize> = (0..names.len())
            .filter(|&i| Some(i) != run && !axes.contains(&i) && numeric(table, i))
            .filter(|&i| !names[i].ends_with("__min") && !names[i].ends_with("__max"))
            .collect();
        let telling = |i: &usize| {
            ["loss", "learning_rate", "lr", "perplexity"]
                .iter()
                .any(|w| names[*i].contains(w))
        };
        if !wide.iter().any(telling) {
            return None;
        }
        Values::Wide(wide)
    };
    Some(Columns { run, axes, values })
}

/// Whether all cells that are there are numbers, and some are.
fn numeric(table: &Table, column: usize) -> bool {
    let mut cells = table
        .column(column)
        .iter()
        .flatten()
        .filter(|c| !c.trim().is_empty())
        .peekable();
    cells.peek().is_some() && cells.take(200).all(|cell| parse(cell).is_some())
}

/// The runs in a table.
pub(crate) fn from_table(table: &Table, columns: &Columns, name: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let cell = |column: usize, row: usize| table.cell(column, row).and_then(parse);
    for row in 0..table.rows() {
        let of = columns.run.and_then(|c| table.cell(c, row)).unwrap_or(name);
        let at = runs.iter().position(|r| r.name == of).unwrap_or_else(|| {
            runs.push(Run {
                name: of.to_owned(),
                ..Run::default()
            });
            runs.len() - 1
        });
        let axes = columns
            .axes
            .iter()
            .filter_map(|&c| Some((table.names()[c].trim(), cell(c, row)?)));
        let mut record: Vec<(&str, f64)> = axes.collect();
        match &columns.values {
            Values::Wide(wide) => {
                record.extend(
                    wide.iter()
                        .filter_map(|&c| Some((table.names()[c].trim(), cell(c, row)?))),
                );
            }
            Values::Long(key, value) => {
                record.extend(table.cell(*key, row).zip(cell(*value, row)));
            }
            Values::Single(value) => record.extend(cell(*value, row).map(|v| (name, v))),
        }
        take(&mut runs[at], &record);
    }
    runs.iter_mut().for_each(settle);
    runs.retain(|r| r.points() > 0);
    runs
}
