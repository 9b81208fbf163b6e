//! Says what files are taken for: their kind and layout; of outputs the rows, the columns with their roles, and the
//! systems; of training logs the runs; of A/B tests the arms.
//!
//! ```text
//! assay inspect outputs.jsonl --json
//! assay inspect base/generated_predictions.jsonl lora/generated_predictions.jsonl
//! ```

mod arms;
mod number;
mod outputs;
mod runs;

use crate::failure::Failure;
use crate::input::Input;
use assay_core::sniff::{Finding, sniff};
use assay_data::DataSet;
use assay_data::import::Imported;
use assay_experiment::Trial;
use assay_experiment::view::TrialView;
use assay_protocol::data::FileKind;
use assay_training::read::{self, LogFile};
use runs::{Log, NamedRun};
use serde_json::{Value, json};

/// Endings of files that hold tables in binary form.
const BINARY: [&str; 7] = [
    "xlsx", "xls", "ods", "parquet", "arrow", "feather", "arrows",
];

/// Which files, and how to say it.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The files; outputs among them are joined as the page joins them
    #[arg(value_name = "FILE", required = true)]
    files: Vec<String>,
    /// Print everything as JSON
    #[arg(long)]
    json: bool,
}

/// A file and what it is taken for.
struct Found {
    path: String,
    finding: Finding,
    /// What its form is called; nothing where that has no name.
    layout: Option<&'static str>,
    /// Rows that were read and rows that were set aside, of a table.
    rows: Option<[usize; 2]>,
}

/// All that is known of the files.
struct Inspected {
    files: Vec<Found>,
    outputs: Option<DataSet>,
    runs: Vec<NamedRun>,
    trials: Vec<TrialView>,
}

/// Runs the command.
///
/// # Errors
/// When a file can't be read, or outputs don't fit together.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let inspected = Inspected::of(&arguments.files)?;
    if arguments.json {
        println!("{:#}", inspected.described()?);
    } else {
        inspected.print();
    }
    Ok(())
}

impl Inspected {
    fn of(paths: &[String]) -> Result<Self, Failure> {
        let mut files = Vec::new();
        let (mut outputs, mut logs, mut trials) = (Vec::new(), Vec::new(), Vec::new());
        for input in Input::all(paths)? {
            let (path, head) = (input.path().to_owned(), input.head()?);
            let mut found = Found {
                finding: sniff(&path, &head),
                layout: None,
                rows: None,
                path,
            };
            match found.finding.kind {
                FileKind::Outputs => outputs.push(found.noted(input.table()?)),
                FileKind::Trial => {
                    let table = found.noted(input.table()?);
                    trials.push(TrialView::of(&Trial::of(table)?));
                }
                FileKind::Log => {
                    found.layout = read::format(&found.path, &head);
                    logs.push(Log {
                        kind: found.layout,
                        file: LogFile {
                            path: found.path.clone(),
                            bytes: input.bytes()?,
                        },
                    });
                }
                FileKind::Judgements | FileKind::Code | FileKind::Evaluation => {}
            }
            files.push(found);
        }
        let joined = (!outputs.is_empty()).then(|| DataSet::join(outputs));
        Ok(Self {
            files,
            outputs: joined.transpose()?,
            runs: runs::of(logs)?,
            trials,
        })
    }

    fn described(&self) -> Result<Value, Failure> {
        let files = self.files.iter().map(Found::described);
        let mut all = json!({ "files": files.collect::<Vec<_>>() });
        if let Some(data) = &self.outputs {
            all["outputs"] = outputs::described(data);
        }
        if !self.runs.is_empty() {
            all["runs"] = self.runs.iter().map(NamedRun::described).collect();
        }
        if !self.trials.is_empty() {
            let trials = self.trials.iter().map(arms::described);
            all["arms"] = Value::Array(trials.collect::<Result<_, _>>()?);
        }
        Ok(all)
    }

    fn print(&self) {
        self.files.iter().for_each(Found::print);
        if let Some(data) = &self.outputs {
            println!();
            outputs::print(data);
        }
        for run in &self.runs {
            println!();
            run.print();
        }
        for trial in &self.trials {
            println!();
            arms::print(trial);
        }
    }
}

impl Found {
    /// Notes what a table says of itself.
    fn noted(&mut self, table: Imported) -> Imported {
        let own = (!table.layout.is_empty()).then_some(table.layout);
        // Tables of workbooks and the like come as lines, under their file's path.
        let file = self.path.split('#').next().unwrap_or(&self.path);
        let mut endings = BINARY.iter().copied();
        let binary = endings.find(|ending| file.to_lowercase().ends_with(&format!(".{ending}")));
        self.layout = binary.filter(|_| own == Some("jsonl")).or(own);
        self.rows = Some([table.table.rows(), table.problem_count]);
        table
    }

    fn described(&self) -> Value {
        let also = self.finding.also.iter().map(|kind| kind.name());
        json!({
            "file": self.path,
            "kind": self.finding.kind.name(),
            "reason": self.finding.reason.name(),
            "also": also.collect::<Vec<_>>(),
            "layout": self.layout,
            "rows": self.rows.map(|rows| rows[0]),
            "set_aside": self.rows.map(|rows| rows[1]),
        })
    }

    fn print(&self) {
        let (kind, reason) = (self.finding.kind.name(), self.finding.reason.name());
        let layout = self.layout.map_or(String::new(), |l| format!(", {l}"));
        let rows = match self.rows {
            None => String::new(),
            Some([rows, 0]) => format!(", {rows} rows"),
            Some([rows, set_aside]) => format!(", {rows} rows, {set_aside} set aside"),
        };
        println!("{}: {kind} ({reason}){layout}{rows}", self.path);
    }
}
