//! Scores as they are kept on this device: a file for each model and plan, a line of JSON for each text.

use super::copies::SCORES_FOLDER;
use crate::platform::{Disk, DiskError, Log};
use crate::surprise::Scored;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// A text's scores.
#[derive(Serialize, Deserialize)]
struct Line {
    key: String,
    scored: Scored,
}

/// A file of scores that is appended to.
pub(super) struct ScoreLog {
    log: Box<dyn Log>,
    path: String,
    /// Whether the file ends within a line, which a crash or a full disk has cut.
    is_torn: bool,
}

/// What was kept of earlier runs, and the file to append to or why there is none.
pub(super) struct Recalled {
    /// Scores by the key of their text.
    pub scores: HashMap<String, Scored>,
    /// The file.
    pub log: Result<ScoreLog, DiskError>,
}

/// Opens the file of a name. One that another tab is writing, or that can't be written, is read all the same.
pub(super) async fn open(disk: &dyn Disk, name: &str) -> Recalled {
    let path = [SCORES_FOLDER, name];
    let opened = match disk.log(&path).await {
        Ok(log) => log.text().map(|text| (log, text)),
        Err(error) => Err(error),
    };
    match opened {
        Ok((log, text)) => Recalled {
            scores: parsed(&text),
            log: Ok(ScoreLog {
                log,
                path: path.join("/"),
                is_torn: !text.is_empty() && !text.ends_with('\n'),
            }),
        },
        Err(error) => Recalled {
            scores: read(disk, name).await,
            log: Err(error),
        },
    }
}

/// The scores in the file of a name; none where it can't be read.
pub(super) async fn read(disk: &dyn Disk, name: &str) -> HashMap<String, Scored> {
    let bytes = disk.read(&[SCORES_FOLDER, name]).await.ok().flatten();
    parsed(&String::from_utf8_lossy(&bytes.unwrap_or_default()))
}

/// The scores in a file; a line that was cut is left out.
fn parsed(text: &str) -> HashMap<String, Scored> {
    let lines = text
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok());
    lines.map(|line: Line| (line.key, line.scored)).collect()
}

impl ScoreLog {
    /// Appends a text's scores.
    pub(super) fn append(&mut self, key: String, scored: Scored) -> Result<(), DiskError> {
        let line = serde_json::to_string(&Line { key, scored });
        let line = line.map_err(|error| DiskError::Failed {
            path: self.path.clone(),
            detail: error.to_string(),
        })?;
        let start = if self.is_torn { "\n" } else { "" };
        self.log.append(format!("{start}{line}\n").as_bytes())?;
        self.is_torn = false;
        Ok(())
    }
}
