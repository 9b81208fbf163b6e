//! Scores as they are kept on this device: a file for each model and plan, a line of JSON for each text.

use super::copies::SCORES_FOLDER;
use crate::platform::{Disk, DiskError, LineLog};
use crate::surprise::Scored;
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};

/// A text's scores.
#[derive(Serialize, Deserialize)]
struct Line {
    key: String,
    scored: Scored,
}

/// A file of scores that is appended to.
pub(super) struct ScoreLog {
    lines: LineLog,
    path: String,
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
    let opened = disk.log(&path).await.and_then(LineLog::new);
    match opened {
        Ok((lines, text)) => Recalled {
            scores: parsed(&text),
            log: Ok(ScoreLog {
                lines,
                path: path.join("/"),
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
    let bytes = bytes(disk, name).await.ok().flatten();
    parsed(&String::from_utf8_lossy(&bytes.unwrap_or_default()))
}

/// The file of a name as it is; nothing where there is none.
pub(super) async fn bytes(disk: &dyn Disk, name: &str) -> Result<Option<Vec<u8>>, DiskError> {
    disk.read(&[SCORES_FOLDER, name]).await
}

/// Adds the scores in another file's bytes that the file of a name does not have yet.
pub(super) async fn add(disk: &dyn Disk, name: &str, bytes: &[u8]) -> Result<(), DiskError> {
    let log = disk.log(&[SCORES_FOLDER, name]).await?;
    let (mut log, here) = LineLog::new(log)?;
    let here: HashSet<String> = lines(&here).map(|(_, line)| line.key).collect();
    let text = String::from_utf8_lossy(bytes);
    let missing = lines(&text).filter(|(_, line)| !here.contains(&line.key));
    let missing: Vec<String> = missing.map(|(text, _)| text.to_owned()).collect();
    log.append(&missing)
}

/// The lines of a file that can be read; one that was cut is left out.
fn lines(text: &str) -> impl Iterator<Item = (&str, Line)> {
    let lines = text.lines();
    lines.filter_map(|line| Some((line, serde_json::from_str(line).ok()?)))
}

/// The scores in a file.
fn parsed(text: &str) -> HashMap<String, Scored> {
    let lines = lines(text);
    lines.map(|(_, line)| (line.key, line.scored)).collect()
}

impl ScoreLog {
    /// Appends a text's scores.
    pub(super) fn append(&mut self, key: String, scored: Scored) -> Result<(), DiskError> {
        let line = serde_json::to_string(&Line { key, scored });
        let line = line.map_err(|error| DiskError::Failed {
            path: self.path.clone(),
            detail: error.to_string(),
        })?;
        self.lines.append(&[line])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::fake::FakeDisk;
    use futures_executor::block_on;

    fn scored(value: f64) -> Scored {
        Scored {
            row: [value; 6],
            tokens: Default::default(),
            ranks: vec![2],
            entropies: vec![0.25],
        }
    }

    #[test]
    fn scores_that_an_earlier_version_kept_are_read() {
        let line = r#"{"key":"a","scored":{"row":[1.0,2.0,1.0,4.0,1.6,1.0],"tokens":[["a",null],["b",-1.0]]}}"#;
        let scored = &parsed(line)["a"];
        assert_eq!(scored.tokens[1], ("b".to_owned(), Some(-1.0)));
        assert!(scored.ranks.is_empty() && scored.entropies.is_empty());
    }

    #[test]
    fn a_file_that_is_torn_at_any_byte_loses_that_line_at_most_and_never_the_next() {
        let disk = FakeDisk::default();
        let mut log = block_on(open(&disk, "m.jsonl")).log.unwrap();
        for (key, value) in [("a", 1.0), ("b\u{e9}", 2.0), ("c", 3.0)] {
            log.append(key.to_owned(), scored(value)).unwrap();
        }
        drop(log);
        let whole = disk.bytes("scores/m.jsonl").unwrap();
        for cut in 0..=whole.len() {
            disk.put("scores/m.jsonl", &whole[..cut]);
            let recalled = block_on(open(&disk, "m.jsonl"));
            // A line is whole with or without the break behind it.
            let ends = whole.iter().enumerate().filter(|(_, b)| **b == b'\n');
            let kept = ends.filter(|(end, _)| *end <= cut).count();
            assert_eq!(recalled.scores.len(), kept, "{cut}");
            let mut log = recalled.log.unwrap();
            log.append("next".to_owned(), scored(4.0)).unwrap();
            drop(log);
            let again = block_on(read(&disk, "m.jsonl"));
            assert_eq!(again.len(), kept + 1, "{cut}");
            assert_eq!(again["next"], scored(4.0));
        }
    }

    #[test]
    fn a_full_disk_tears_one_line_and_the_next_is_whole() {
        let disk = FakeDisk::default();
        let mut log = block_on(open(&disk, "m.jsonl")).log.unwrap();
        disk.limit(20);
        assert!(log.append("a".to_owned(), scored(1.0)).is_err());
        disk.limit(10_000);
        log.append("b".to_owned(), scored(2.0)).unwrap();
        let kept = block_on(read(&disk, "m.jsonl"));
        assert_eq!(kept.len(), 1);
        assert_eq!(kept["b"], scored(2.0));
    }

    #[test]
    fn scores_of_a_backup_join_those_that_are_here() {
        let line = |key: &str, value| {
            let (key, scored) = (key.to_owned(), scored(value));
            serde_json::to_string(&Line { key, scored }).unwrap() + "\n"
        };
        let disk = FakeDisk::default();
        disk.put("scores/m.jsonl", (line("a", 1.0) + "{\"key").as_bytes());
        let backup = line("a", 9.0) + &line("b", 2.0);
        block_on(add(&disk, "m.jsonl", backup.as_bytes())).unwrap();
        let kept = block_on(read(&disk, "m.jsonl"));
        assert_eq!(
            kept,
            [("a", 1.0), ("b", 2.0)]
                .map(|(k, v)| (k.to_owned(), scored(v)))
                .into()
        );
    }
}
