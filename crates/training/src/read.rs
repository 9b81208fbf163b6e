//! Files to runs: which kind a file is, what belongs to one run, and archives.

pub use super::error::LogError;
use super::source::Source;
use super::{Run, formats};
use std::io::{Cursor, Read};

/// Bytes of one log, unpacked.
pub const MAX_BYTES: u64 = 300_000_000;
/// What a zip archive begins with.
const ZIP: &[u8] = b"PK\x03\x04";
/// Files looked at in an archive.
const MAX_ENTRIES: usize = 10_000;
/// Most runs at once; more are no curves that a person can look at.
pub const MAX_RUNS: usize = 40;

/// A file with its path within what was chosen.
#[derive(Debug, Clone)]
pub struct LogFile {
    /// The path, with `/` between folders.
    pub path: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Whether a file is a training log, judged by its name and first bytes (64 kB are plenty). A table of texts is none,
/// whatever its columns are called.
pub fn is_log(path: &str, head: &[u8]) -> bool {
    // Workbooks are zip archives too.
    let is_archive = head.starts_with(ZIP) && path.to_ascii_lowercase().ends_with(".zip");
    is_archive || formats::detects(&Source::head(path, head))
}

/// What the format of a log is called, judged by its name and first bytes; nothing where that can't be told.
pub fn format(path: &str, head: &[u8]) -> Option<&'static str> {
    formats::name(&Source::head(path, head))
}

/// The runs of one file.
#[derive(Debug, Clone)]
pub struct FileRuns {
    /// The file's path.
    pub path: String,
    /// Its runs.
    pub runs: Vec<Run>,
}

/// The runs in files: event files of one folder are one run, of the checkpoints of one run the last one
/// tells all.
///
/// # Errors
/// [`LogError`], with the file that is to blame; the others are not looked at then.
pub fn runs(files: Vec<LogFile>) -> Result<Vec<Run>, LogError> {
    Ok(joined(each(files)?))
}

/// The runs in each file.
///
/// # Errors
/// [`LogError`], with the file that is to blame; the others are not looked at then.
pub fn each(files: Vec<LogFile>) -> Result<Vec<FileRuns>, LogError> {
    files.into_iter().map(of_file).collect()
}

fn of_file(file: LogFile) -> Result<FileRuns, LogError> {
    let mut runs = Vec::new();
    if file.bytes.starts_with(ZIP) {
        for entry in unpack(&file)? {
            runs.extend(one(&entry)?);
        }
    } else {
        runs = one(&file)?;
    }
    match runs.is_empty() {
        true => Err(LogError::NoLog { file: file.path }),
        false => Ok(FileRuns {
            path: file.path,
            runs,
        }),
    }
}

/// Runs of one name made one.
#[must_use]
pub fn joined(files: Vec<FileRuns>) -> Vec<Run> {
    let mut joined: Vec<Run> = Vec::new();
    for run in files.into_iter().flat_map(|file| file.runs) {
        match joined.iter_mut().find(|r| r.name == run.name) {
            Some(known) => known.absorb(run),
            None => joined.push(run),
        }
    }
    joined.truncate(MAX_RUNS);
    joined
}

/// The logs in an archive, those recognised by their names alone.
fn unpack(file: &LogFile) -> Result<Vec<LogFile>, LogError> {
    let broken = |detail: String| LogError::Zip {
        file: file.path.clone(),
        detail,
    };
    let mut archive =
        zip::ZipArchive::new(Cursor::new(&file.bytes)).map_err(|e| broken(e.to_string()))?;
    let mut left = MAX_BYTES;
    let mut found = Vec::new();
    let root = file
        .path
        .strip_suffix(".zip")
        .unwrap_or(&file.path)
        .to_owned();
    for i in 0..archive.len().min(MAX_ENTRIES) {
        let entry = archive.by_index(i).map_err(|e| broken(e.to_string()))?;
        let Ok(name) = entry.name().map(|name| name.replace('\\', "/")) else {
            continue;
        };
        if !entry.is_file() || !is_wanted(&name) {
            continue;
        }
        let mut bytes = Vec::new();
        // What an archive says of sizes need not be true.
        entry
            .take(left + 1)
            .read_to_end(&mut bytes)
            .map_err(|e| broken(e.to_string()))?;
        let length = bytes.len() as u64;
        if length > left {
            return Err(LogError::TooLarge {
                file: file.path.clone(),
                limit_mb: MAX_BYTES / 1_000_000,
            });
        }
        left -= length;
        let entry = LogFile {
            path: format!("{root}/{name}"),
            bytes,
        };
        if is_log(&entry.path, &entry.bytes[..entry.bytes.len().min(1 << 16)]) {
            found.push(entry);
        }
    }
    Ok(found)
}

fn is_wanted(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    const ENDINGS: [&str; 10] = [
        ".log",
        ".txt",
        ".out",
        ".err",
        ".csv",
        ".tsv",
        ".jsonl",
        ".ndjson",
        "_results.json",
        "-summary.json",
    ];
    !path.starts_with("__MACOSX/")
        && (name == "trainer_state.json"
            || name.contains("tfevents")
            || ENDINGS.iter().any(|e| name.ends_with(e)))
}

/// The runs in a file that is no archive; none where there is no log.
fn one(file: &LogFile) -> Result<Vec<Run>, LogError> {
    let source = Source::whole(&file.path, &file.bytes);
    let mut runs = formats::read(&source)?;
    for run in &mut runs {
        if run.name.is_empty() {
            run.name = source.run_name();
        }
    }
    runs.retain(|run| !run.is_empty());
    Ok(runs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::io::Write;

    fn file(path: &str, text: &str) -> LogFile {
        LogFile {
            path: path.to_owned(),
            bytes: text.as_bytes().to_vec(),
        }
    }

    const STATE: &str = r#"{"global_step": 20, "best_metric": 0.4, "best_model_checkpoint": "/x/checkpoint-10",
        "log_history": [{"step": 10, "epoch": 1.0, "loss": 2.0}, {"step": 10, "epoch": 1.0, "eval_loss": 0.4},
        {"step": 20, "epoch": 2.0, "loss": NaN}, {"step": 20, "epoch": 2.0, "eval_loss": 0.5}]}"#;

    #[test]
    fn a_state_with_nan_is_read_and_the_choice_is_found() {
        let log = file("a/checkpoint-20/trainer_state.json", STATE);
        assert!(is_log(&log.path, &log.bytes));
        let runs = runs(vec![log]).unwrap();
        assert_eq!(runs[0].name, "a");
        let chosen = runs[0].chosen.as_ref().unwrap();
        assert_eq!(
            (chosen.metric.as_deref(), chosen.step),
            (Some("eval_loss"), Some(10.0))
        );
        assert!(runs[0].train_loss().unwrap().points[1].value.is_nan());
    }

    #[test]
    fn tables_of_each_form_are_runs() {
        let wide =
            "step,epoch,train_loss,val_loss,note\n1,0.1,3.5,,a\n2,0.2,3.1,3.3,b\n3,0.3,nan,3.2,c\n";
        let found = runs(vec![file("w.csv", wide)]).unwrap();
        assert_eq!(found[0].train_loss().unwrap().points.len(), 3);
        assert_eq!(found[0].eval_loss().unwrap().points.len(), 2);
        let long = "run,step,metric,value\nA,1,loss,2\nB,1,loss,3\nA,2,loss,1\nB,2,loss,2\n";
        let found = runs(vec![file("l.csv", long)]).unwrap();
        assert_eq!(
            found.iter().map(|r| r.name.as_str()).collect::<Vec<_>>(),
            ["A", "B"]
        );
        let board = "Wall time,Step,Value\n1700000000.5,10,0.5\n1700000001.5,20,0.25\n";
        let found = runs(vec![file("loss.csv", board)]).unwrap();
        assert_eq!(found[0].series[0].name, "loss");
        let lines = "{\"step\": 1, \"loss\": NaN}\n{\"step\": 2, \"loss\": 1.5}\n";
        assert_eq!(runs(vec![file("x.jsonl", lines)]).unwrap()[0].points(), 2);
    }

    #[test]
    fn texts_and_their_scores_are_no_log() {
        for (name, text) in [
            ("a.csv", "id,reference,base\n1,a,b\n"),
            ("b.csv", "step,user,outcome\n1,a,1\n"),
            ("c.jsonl", "{\"prompt\": \"the loss'\", \"step\": \"x\"}\n"),
            ("d.txt", "a line\nanother"),
            ("outputs.xlsx", "PK\u{3}\u{4}"),
        ] {
            assert!(!is_log(name, text.as_bytes()), "{name}");
        }
        let error = runs(vec![file("d.txt", "nothing")]).unwrap_err();
        assert_eq!(
            error,
            LogError::NoLog {
                file: "d.txt".into()
            }
        );
    }

    fn zipped() -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        for step in [10, 20] {
            writer
                .start_file(format!("run/checkpoint-{step}/trainer_state.json"), options)
                .unwrap();
            writer.write_all(STATE.as_bytes()).unwrap();
        }
        writer.start_file("run/notes.md", options).unwrap();
        writer.write_all(b"x").unwrap();
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn checkpoints_in_an_archive_are_one_run() {
        let found = runs(vec![LogFile {
            path: "out.zip".into(),
            bytes: zipped(),
        }]);
        let found = found.unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].name.as_str(), found[0].points()), ("run", 4));
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]
        #[test]
        fn damaged_archives_and_texts_never_panic(at in 0..400usize, byte in any::<u8>(), text in "\\PC{0,80}") {
            let mut bytes = zipped();
            let at = at % bytes.len();
            bytes[at] = byte;
            // A refusal is as good as a result: only a panic fails this test.
            let _ = runs(vec![LogFile { path: "a.zip".into(), bytes }]);
            for name in ["a.csv", "a.jsonl", "a.log", "trainer_state.json"] {
                let _ = is_log(name, text.as_bytes());
                let _ = runs(vec![file(name, &text)]);
            }
        }
    }
}
