//! The example's files. They lie beside the page and are read when somebody opens the example, so that nobody else loads
//! them.

use crate::platform::{InputError, PageFiles};
use assay_data::import::{ImportError, Imported, Importer};
use assay_training::read::LogFile;

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

/// What the example puts into a project.
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
