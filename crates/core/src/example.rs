//! The examples' files. They lie beside the page and are read when somebody opens an example, so that nobody else loads
//! them.

use crate::platform::{InputError, InputFile, PageFiles, TextFile};
use assay_data::import::{ImportError, Imported, Importer};
use assay_protocol::data::ExampleName;
use assay_training::read::LogFile;
use std::rc::Rc;

/// The name of the example's outputs.
pub(crate) const OUTPUTS: &str = "demo.csv";
/// The example's ratings by people.
pub(crate) const RATINGS: &str = "demo-ratings.csv";
/// The example's judgements by a model, to stand beside those ratings.
pub(crate) const JUDGE: &str = "demo-judge.csv";
/// Two training runs: the files, and the names of the runs.
const LOGS: [(&str, &str); 2] = [
    ("demo-run-a.jsonl", "run-a.jsonl"),
    ("demo-run-b.jsonl", "run-b.jsonl"),
];
/// An A/B test, and what came of tasks.
const TRIALS: [&str; 2] = ["demo-ab.csv", "demo-tasks.csv"];

/// The files of an example that are taken as files that a person drops, the one with the outputs first.
fn names(example: ExampleName) -> &'static [&'static str] {
    match example {
        ExampleName::Support => &[OUTPUTS],
        ExampleName::Summaries => &[
            "demo-summaries.jsonl",
            "demo-summaries-judge.csv",
            "demo-summaries-people.csv",
        ],
        ExampleName::Tickets => &["demo-tickets.csv"],
        ExampleName::Maths => &[
            "demo-maths.jsonl",
            "demo-programs.jsonl",
            "demo-programs-samples.jsonl",
        ],
    }
}

/// Whether the files of the data are an example's: what is loaded from one is replaced without a question.
pub(crate) fn is_example(files: &[String]) -> bool {
    let outputs = ExampleName::ALL.map(|example| names(example)[0]);
    matches!(files, [only] if outputs.contains(&only.as_str()))
}

/// Reads the files of an example.
///
/// # Errors
/// When one can't be read, as without a network.
pub(crate) async fn files(
    files: &dyn PageFiles,
    example: ExampleName,
) -> Result<Vec<Rc<dyn InputFile>>, ImportError> {
    let mut read: Vec<Rc<dyn InputFile>> = Vec::new();
    for name in names(example) {
        let bytes = files.read(name).await.map_err(unreadable)?;
        read.push(Rc::new(TextFile::of_bytes(name, bytes)));
    }
    Ok(read)
}

/// What the support bot's example puts into a project.
pub struct Example {
    /// Outputs of two systems.
    pub outputs: Imported,
    /// Logs of two training runs.
    pub logs: Vec<LogFile>,
    /// Tables of two experiments.
    pub trials: Vec<Imported>,
}

impl Example {
    /// Reads the files.
    ///
    /// # Errors
    /// When one can't be read, as without a network, or is no table.
    pub(crate) async fn read(files: &dyn PageFiles) -> Result<Self, ImportError> {
        let outputs = table(files, OUTPUTS).await?;
        let mut logs = Vec::new();
        for (name, path) in LOGS {
            logs.push(LogFile {
                path: path.to_owned(),
                bytes: files.read(name).await.map_err(unreadable)?,
            });
        }
        let mut trials = Vec::new();
        for name in TRIALS {
            trials.push(table(files, name).await?);
        }
        Ok(Self {
            outputs,
            logs,
            trials,
        })
    }
}

fn unreadable(error: InputError) -> ImportError {
    ImportError::Unreadable { file: error.file }
}

async fn table(files: &dyn PageFiles, name: &str) -> Result<Imported, ImportError> {
    let bytes = files.read(name).await.map_err(unreadable)?;
    let mut importer = Importer::new(name);
    importer.push(&bytes)?;
    importer.finish()
}
