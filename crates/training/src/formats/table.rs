//! Logs in tables and in JSON Lines: a column for each quantity, or a name and a value in long form. So write
//! LLaMA-Factory (`trainer_log.jsonl`), ms-swift (`logging.jsonl`), Lightning (`metrics.csv`), OpenAI's fine-tuning, the
//! table of a Trainer in a notebook, and scripts of one's own.

use super::format::Format;
use crate::axis::{When, is_progress, when};
use crate::literal::parse;
use crate::names::{is_held_out, is_telling, key};
use crate::{Point, Run, Series};
use assay_data::import::Imported;
use assay_data::roles::{Role, guess};
use assay_data::table::Table;

/// Tables of numbers by steps or epochs.
pub(crate) const FORMAT: Format = Format {
    name: "table",
    detects: |source| {
        source
            .table()
            .is_some_and(|imported| Columns::of(&imported.table).is_some())
    },
    read: |source| {
        let runs = source
            .table()
            .and_then(|imported| Some(read(imported, &Columns::of(&imported.table)?)));
        Ok(runs.unwrap_or_default())
    },
};

/// Rows that a column is judged by.
const SAMPLE: usize = 200;
/// What stands where nothing was measured.
const MISSING: [&str; 9] = ["", "no log", "none", "null", "n/a", "na", "-", "–", "--"];

/// How a table holds a log.
struct Columns {
    /// Column with the runs' names.
    run: Option<usize>,
    /// Column that says of each row whether it is of training or of a validation.
    split: Option<usize>,
    /// Columns of steps, epochs and times.
    axes: [Option<usize>; 3],
    values: Values,
}

enum Values {
    /// Columns of values.
    Wide(Vec<usize>),
    /// The column of names, and that of values.
    Long(usize, usize),
}

impl Columns {
    /// `None` where a table is no log: a column of steps or epochs, and a loss or a learning rate, or a name and value in
    /// long form, are needed, and texts beside them make it something else.
    fn of(table: &Table) -> Option<Self> {
        let keys: Vec<String> = table.names().iter().map(|name| key(name)).collect();
        let find = |all: &[&str]| keys.iter().position(|key| all.contains(&key.as_str()));
        let axes = [When::Step, When::Epoch, When::Time].map(|kind| axis(table, &keys, kind));
        if axes[When::Step.index()].is_none() && axes[When::Epoch.index()].is_none() {
            return None;
        }
        let run = find(&["run", "run_name", "run_id", "dir_name"]);
        let split = find(&["phase", "split", "mode", "stage", "set", "subset"]);
        let split = split.filter(|column| is_split(table, *column));
        let long = find(&["tag", "metric", "key"]).zip(find(&["value"]));
        let values = match long.filter(|(_, value)| holds(table, *value, parse)) {
            Some((name, value)) => Values::Long(name, value),
            None => {
                let is_value = |column: &usize| {
                    let name = &table.names()[*column];
                    let is_range = name.ends_with("__MIN") || name.ends_with("__MAX");
                    Some(*column) != run
                        && when(&keys[*column]).is_none()
                        && !is_progress(&keys[*column])
                        && !is_range
                };
                let wide: Vec<usize> = (0..keys.len())
                    .filter(is_value)
                    .filter(|c| holds(table, *c, parse))
                    .collect();
                if !wide.iter().any(|column| is_telling(&keys[*column])) {
                    return None;
                }
                Values::Wide(wide)
            }
        };
        (!holds_texts(table, &values)).then_some(Self {
            run,
            split,
            axes,
            values,
        })
    }
}

/// The column that steps, epochs or times are read from: where several count them, the one that trainers mean by it,
/// unless most of its cells are empty.
fn axis(table: &Table, keys: &[String], kind: When) -> Option<usize> {
    let present = |column: usize| {
        let cells = table.column(column).iter().flatten();
        cells.filter(|cell| !is_missing(cell)).count()
    };
    let rank = |column: usize| when(&keys[column]).filter(|(found, _)| *found == kind);
    let found = (0..keys.len()).filter_map(|column| Some((rank(column)?.1, column)));
    let mut found: Vec<(usize, usize)> = found
        .filter(|(_, column)| holds(table, *column, |cell| kind.value(cell)))
        .collect();
    found.sort_unstable();
    let most = found.iter().map(|(_, column)| present(*column)).max()?;
    let full = found
        .iter()
        .find(|(_, column)| 2 * present(*column) >= most);
    full.map(|(_, column)| *column)
}

fn is_missing(cell: &str) -> bool {
    MISSING.contains(&cell.trim().to_ascii_lowercase().as_str())
}

/// Whether all cells that are there are read, and some are; the last may be cut off where the log is still written.
fn holds(table: &Table, column: usize, read: impl Fn(&str) -> Option<f64>) -> bool {
    let cells = table.column(column).iter().flatten();
    let mut cells = cells
        .filter(|cell| !is_missing(cell))
        .take(SAMPLE)
        .peekable();
    let mut some = false;
    while let Some(cell) = cells.next() {
        match read(cell) {
            Some(_) => some = true,
            None if cells.peek().is_none() => {}
            None => return false,
        }
    }
    some
}

/// Whether each cell names what a value was measured on.
fn is_split(table: &Table, column: usize) -> bool {
    let mut cells = table.column(column).iter().flatten().peekable();
    let is_stage =
        |cell: &str| ["train", "training"].contains(&key(cell).as_str()) || is_held_out(&key(cell));
    cells.peek().is_some() && cells.take(SAMPLE).all(is_stage)
}

/// Whether rows that hold values hold texts, as data and outputs do: sentences that differ, classes and references, or
/// words in several columns. A log's own texts (names, dates, durations) are short, and its messages stand in rows of
/// their own.
fn holds_texts(table: &Table, values: &Values) -> bool {
    let (value_columns, names) = match values {
        Values::Wide(columns) => (columns.clone(), None),
        Values::Long(name, value) => (vec![*value], Some(*name)),
    };
    let has_value = |row: &usize| {
        let mut columns = value_columns.iter();
        columns.any(|c| table.cell(*c, *row).and_then(parse).is_some())
    };
    let rows: Vec<usize> = (0..table.rows()).filter(has_value).take(SAMPLE).collect();
    let most = |count: usize| 2 * count > rows.len();
    let roles = guess(table);
    let mut columns_of_words = 0;
    for column in (0..roles.len()).filter(|column| Some(*column) != names) {
        let cells = rows.iter().filter_map(|row| table.cell(column, *row));
        let texts: Vec<&str> = cells.filter(|cell| is_text(cell)).collect();
        if !most(texts.len()) {
            continue;
        }
        let sentences: Vec<&str> = texts.iter().copied().filter(|t| is_sentence(t)).collect();
        let is_data = matches!(
            roles[column],
            Role::Source | Role::Reference | Role::Label | Role::Prediction
        );
        if is_data || most(sentences.len()) && distinct(sentences) > rows.len().div_ceil(10) {
            return true;
        }
        let key = key(&table.names()[column]);
        let is_known = when(&key).is_some() || is_progress(&key) || key.starts_with("run");
        columns_of_words += usize::from(!is_known && distinct(texts) > 1);
    }
    columns_of_words > 1
}

/// Whether a cell is neither empty, nor a number, nor one with a unit.
fn is_text(cell: &str) -> bool {
    !is_missing(cell)
        && parse(cell).is_none()
        && !cell.trim_start().starts_with(|c: char| c.is_ascii_digit())
}

fn distinct(mut texts: Vec<&str>) -> usize {
    texts.sort_unstable();
    texts.dedup();
    texts.len()
}

/// Three words, or as many characters of a script without spaces as make a few words.
fn is_sentence(text: &str) -> bool {
    let letters = |word: &&str| word.chars().filter(|c| c.is_alphabetic()).count() > 1;
    let unspaced = |c: &char| ('\u{3040}'..='\u{9fff}').contains(c);
    text.split_whitespace().filter(letters).take(3).count() == 3
        || text.chars().filter(unspaced).take(6).count() == 6
}

/// The runs in a table.
fn read(imported: &Imported, columns: &Columns) -> Vec<Run> {
    let table = &imported.table;
    let mut runs: Vec<Run> = Vec::new();
    for row in 0..table.rows() {
        let name = columns.run.and_then(|c| table.cell(c, row)).unwrap_or("");
        let run = Run::named(&mut runs, name);
        let on = |kind: When| kind.value(table.cell(columns.axes[kind.index()]?, row)?);
        let [step, epoch, time] = [When::Step, When::Epoch, When::Time].map(on);
        if step.or(epoch).or(time).is_none() {
            // A row that is of no time in the training is a summary.
            continue;
        }
        let number = |column: usize| table.cell(column, row).and_then(parse);
        let split = columns.split.and_then(|c| table.cell(c, row));
        let mut log = |name: &str, value: Option<f64>| {
            let Some(value) = value else { return };
            let point = Point {
                step,
                epoch,
                time,
                value,
            };
            match split {
                Some(split) => run.log(&format!("{split}/{}", name.trim()), point),
                None => run.log(name.trim(), point),
            }
        };
        match &columns.values {
            Values::Wide(wide) => wide
                .iter()
                .for_each(|c| log(&table.names()[*c], number(*c))),
            Values::Long(name, value) => {
                log(table.cell(*name, row).unwrap_or_default(), number(*value))
            }
        }
    }
    runs.iter_mut().for_each(count_on_over_epochs);
    for run in &mut runs {
        run.settle();
    }
    runs.retain(|run| run.points() > 0);
    if let [run] = runs.as_mut_slice() {
        run.unread = imported.problem_count;
        choose(run, table);
    }
    runs
}

/// Steps that begin again in every epoch are counted on; those of a resumed run go back with the epoch.
fn count_on_over_epochs(run: &mut Run) {
    let begins_again = |series: &Series| {
        let mut pairs = series.points.windows(2);
        pairs.any(|pair| pair[1].step < pair[0].step && pair[1].epoch > pair[0].epoch)
    };
    let points = || run.series.iter().flat_map(|series| &series.points);
    let whole =
        points().all(|p| p.step.is_some() && p.epoch.is_some_and(|epoch| epoch.fract() == 0.0));
    if !whole || !run.series.iter().any(begins_again) {
        return;
    }
    let least =
        |of: fn(&Point) -> Option<f64>| points().filter_map(of).fold(f64::INFINITY, f64::min);
    let (first_step, first_epoch) = (least(|p| p.step), least(|p| p.epoch));
    let last_step = points().filter_map(|p| p.step).fold(0.0, f64::max);
    // Counted from 0, the last step is one less than there are.
    let length = if first_step == 0.0 {
        last_step + 1.0
    } else {
        last_step
    };
    for point in run.series.iter_mut().flat_map(|series| &mut series.points) {
        let before = point.epoch.map(|epoch| (epoch - first_epoch) * length);
        point.step = point.step.zip(before).map(|(step, before)| step + before);
    }
}

/// ms-swift ends its log with a summary, in which its choice stands.
fn choose(run: &mut Run, table: &Table) {
    let last = |wanted: &str| {
        let column = table.names().iter().position(|name| name == wanted)?;
        (0..table.rows())
            .rev()
            .find_map(|row| table.cell(column, row))
    };
    if let Some(path) = last("best_model_checkpoint") {
        run.choose(path, last("best_metric").and_then(parse));
    }
}

#[cfg(test)]
mod tests;
