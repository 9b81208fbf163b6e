//! Outcomes of samples in long form (a line each sample, or a line each task and model with counts) turned
//! over: a row each task, a column each model, and in each cell how many passed of how many. Tables of any
//! other form stay as they are.

use super::column::TextColumn;
use super::import::{Imported, stem};
use super::roles::{Role, holds_outputs};
use super::table::Table;
use assay_text::outcome::passed;
use rustc_hash::FxHashMap;

const TASK: &[&str] = &[
    "task_id",
    "task",
    "problem_id",
    "problem",
    "question_id",
    "题号",
    "任务",
];
const MODEL: &[&str] = &["model", "system", "model_name", "模型", "系统"];
const ALL: &[&str] = &["n", "num_samples", "samples", "n_samples", "样本数"];
const SOME: &[&str] = &[
    "c",
    "num_correct",
    "correct",
    "n_correct",
    "num_passed",
    "通过数",
];
const PASSED: &[&str] = &[
    "passed",
    "pass",
    "is_correct",
    "correct",
    "compiled",
    "success",
    "通过",
    "是否通过",
];

/// Whether a program compiled, and whether it came to the end of its tests: shares of samples, which are measures.
const SHARES: [&str; 2] = ["parses", "runs"];

/// The columns of a table in long form.
struct Long {
    task: usize,
    model: Option<usize>,
    outcome: OutcomeColumns,
}

/// The columns that hold a row's outcome.
enum OutcomeColumns {
    /// Samples and those that passed.
    Counts(usize, usize),
    /// Whether its one sample passed.
    Passed(usize),
}

fn count(table: &Table, column: usize, row: usize) -> Option<u32> {
    let text = table.cell(column, row)?.trim();
    let number: f64 = text.parse().ok()?;
    let whole = number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number);
    whole.then_some(number as u32)
}

impl Long {
    fn of(table: &Table) -> Option<Self> {
        // Texts beside references are worth more than a verdict on each.
        if holds_outputs(table) {
            return None;
        }
        let names: Vec<String> = table
            .names()
            .iter()
            .map(|n| n.trim().to_lowercase())
            .collect();
        let find = |list: &[&str]| names.iter().position(|n| list.contains(&n.as_str()));
        let rows = 0..table.rows();
        let task = find(TASK)?;
        let counted = find(ALL).zip(find(SOME)).filter(|(all, some)| {
            let fits = |row: usize| {
                let pair = count(table, *all, row).zip(count(table, *some, row));
                pair.is_some_and(|(n, c)| c <= n)
            };
            rows.clone().all(fits)
        });
        let has_outcomes = |column: &usize| {
            rows.clone().all(|row| {
                table
                    .cell(*column, row)
                    .is_some_and(|t| passed(t).is_some())
            })
        };
        let outcome = match counted {
            Some((all, some)) => OutcomeColumns::Counts(all, some),
            None => OutcomeColumns::Passed(find(PASSED).filter(has_outcomes)?),
        };
        Some(Self {
            task,
            model: find(MODEL),
            outcome,
        })
    }

    fn line(&self, table: &Table, row: usize) -> (u32, u32) {
        match self.outcome {
            OutcomeColumns::Counts(all, some) => {
                let number = |column| count(table, column, row).unwrap_or(0);
                (number(some), number(all))
            }
            OutcomeColumns::Passed(column) => {
                let text = table.cell(column, row).unwrap_or_default();
                (u32::from(passed(text) == Some(true)), 1)
            }
        }
    }
}

/// Places of names in the order in which they come first.
#[derive(Default)]
struct Places {
    names: Vec<String>,
    places: FxHashMap<String, usize>,
}

impl Places {
    fn of(&mut self, name: &str) -> usize {
        if let Some(place) = self.places.get(name) {
            return *place;
        }
        self.names.push(name.to_owned());
        self.places.insert(name.to_owned(), self.names.len() - 1);
        self.names.len() - 1
    }
}

/// The file with a row each task, where its lines hold outcomes of samples.
#[must_use]
pub fn by_task(mut file: Imported) -> Imported {
    let Some(long) = Long::of(&file.table).filter(|_| file.roles.is_none()) else {
        return file;
    };
    let table = &file.table;
    let own = stem(&file.file).to_owned();
    let (mut tasks, mut models) = (Places::default(), Places::default());
    let mut sums: FxHashMap<(usize, usize), (u32, u32)> = FxHashMap::default();
    let mut first = Vec::new();
    let mut task_of = Vec::with_capacity(table.rows());
    for row in 0..table.rows() {
        let task = tasks.of(table.cell(long.task, row).unwrap_or_default());
        if task == first.len() {
            first.push(row);
        }
        task_of.push(task);
        let model = long.model.and_then(|m| table.cell(m, row));
        let model = models.of(model.unwrap_or(&own));
        let (passed, samples) = long.line(table, row);
        let sum = sums.entry((task, model)).or_default();
        *sum = (sum.0.saturating_add(passed), sum.1.saturating_add(samples));
    }
    let shares = shares(table, &long, &tasks, &mut models, &task_of);
    let mut wide = Table::default();
    let mut roles = Vec::new();
    for (column, name) in table.names().iter().enumerate() {
        let cells = table.column(column);
        // What says the same in every line of a task is a property of the task.
        let same = |row: usize| cells.get(row) == cells.get(first[task_of[row]]);
        let is_used = Some(column) == long.model
            || SHARES.contains(&name.as_str())
            || match long.outcome {
                OutcomeColumns::Counts(all, some) => column == all || column == some,
                OutcomeColumns::Passed(passed) => column == passed,
            };
        let repeats = tasks.names.len() < table.rows();
        if is_used || (column != long.task && !(repeats && (0..table.rows()).all(same))) {
            continue;
        }
        let mut kept = TextColumn::default();
        for row in &first {
            kept.push(cells.get(*row));
        }
        wide.add(name, kept);
        roles.push(match column == long.task {
            true => Role::Id,
            false => Role::Slice,
        });
    }
    for (model, name) in models.names.iter().enumerate() {
        let mut cells = TextColumn::default();
        for task in 0..tasks.names.len() {
            let sum = sums.get(&(task, model));
            cells.push(sum.map(|(c, n)| format!("{c}/{n}")).as_deref());
        }
        wide.add(name, cells);
        roles.push(Role::Hypothesis);
    }
    for (name, column) in shares {
        wide.add(&name, column);
        roles.push(Role::Measure);
    }
    file.table = wide;
    file.roles = Some(roles);
    file
}

/// For each model and share a column with the part of a task's samples of which it holds.
fn shares(
    table: &Table,
    long: &Long,
    tasks: &Places,
    models: &mut Places,
    task_of: &[usize],
) -> Vec<(String, TextColumn)> {
    let column = |name: &&str| table.names().iter().position(|n| n == name);
    let shares = SHARES
        .iter()
        .filter_map(|name| Some((*name, column(name)?)));
    let shares: Vec<(&str, usize)> = shares.collect();
    let mut found = Vec::new();
    for (share, column) in shares {
        let mut sums: FxHashMap<(usize, usize), (u32, u32)> = FxHashMap::default();
        for (row, &task) in task_of.iter().enumerate() {
            let holds = table.cell(column, row).and_then(passed);
            let model = long.model.and_then(|m| table.cell(m, row));
            if let (Some(holds), Some(model)) = (holds, model) {
                let sum = sums.entry((task, models.of(model))).or_default();
                *sum = (sum.0 + u32::from(holds), sum.1 + 1);
            }
        }
        for (model, name) in models.names.iter().enumerate() {
            let mut cells = TextColumn::default();
            for task in 0..tasks.names.len() {
                let part = sums
                    .get(&(task, model))
                    .map(|(some, all)| f64::from(*some) / f64::from(*all));
                cells.push(part.map(|part| part.to_string()).as_deref());
            }
            found.push((format!("{share} ({name})"), cells));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::testing::read;
    use crate::{DataSet, Role};

    fn data(name: &str, text: &str) -> DataSet {
        DataSet::join(vec![read(name, text)]).unwrap()
    }

    fn cells(data: &DataSet, column: usize) -> Vec<Option<&str>> {
        (0..data.table.rows())
            .map(|r| data.table.cell(column, r))
            .collect()
    }

    #[test]
    fn counts_of_several_models_become_a_column_each() {
        let data = data(
            "counts.csv",
            "task_id,model,n,c\nT/0,base,10,3\nT/0,tuned,10,7\nT/1,base,10,0\n",
        );
        assert_eq!(data.table.names(), ["task_id", "base", "tuned"]);
        assert_eq!(data.roles, [Role::Id, Role::Hypothesis, Role::Hypothesis]);
        assert_eq!(cells(&data, 1), [Some("3/10"), Some("0/10")]);
        assert_eq!(cells(&data, 2), [Some("7/10"), None]);
    }

    #[test]
    fn samples_are_counted_and_properties_of_tasks_stay() {
        let data = data(
            "gpt.jsonl",
            "{\"task_id\":\"a\",\"completion\":\"x\",\"passed\":true,\"level\":\"easy\"}\n\
             {\"task_id\":\"a\",\"completion\":\"y\",\"passed\":false,\"level\":\"easy\"}\n\
             {\"task_id\":\"b\",\"completion\":\"z\",\"passed\":false,\"level\":\"hard\"}\n",
        );
        assert_eq!(data.table.names(), ["task_id", "level", "gpt"]);
        assert_eq!(cells(&data, 2), [Some("1/2"), Some("0/1")]);
        assert_eq!(data.roles[1], Role::Slice);
    }

    #[test]
    fn other_tables_stay_as_they_are() {
        let plain = data("a.csv", "task_id,reference,passed\n1,x,maybe\n2,y,true\n");
        assert_eq!(plain.table.names(), ["task_id", "reference", "passed"]);
        let wrong = data("a.csv", "task_id,n,c\n1,3,5\n2,1,1\n");
        assert_eq!(wrong.table.names(), ["task_id", "n", "c"]);
    }
}
