//! A file that may be a log, with what several formats ask of it worked out once: its text, its table, the run that
//! its path names.

use crate::axis::{When, when};
use crate::literal::to_json;
use crate::names::{is_telling, key};
use assay_data::decimal_commas::with_points_where;
use assay_data::import::decode::Decoder;
use assay_data::import::{Imported, Importer, PASTED, stem};
use std::cell::OnceCell;

/// A head of this number of bytes or more is the beginning of a file that goes on.
const CUT_FROM: usize = 1 << 16;
/// Endings of files that hold no printed log: what looks like one is quoted there.
const NOT_PRINTED: [&str; 17] = [
    "csv", "tsv", "json", "jsonl", "ndjson", "parquet", "arrow", "feather", "xlsx", "xls", "md",
    "html", "py", "ipynb", "yaml", "yml", "toml",
];
/// Files that are called the same in every run's folder: what precedes the first `.`, as a start.
const SAME_IN_EVERY_RUN: [&str; 11] = [
    "trainer_state.json",
    "trainer_log.jsonl",
    "logging.jsonl",
    "metrics.csv",
    "all_results.",
    "train_results.",
    "eval_results.",
    "predict_results.",
    "wandb-summary.json",
    "output.log",
    "running_log.txt",
];

/// A file, whole or its beginning.
pub(crate) struct Source<'a> {
    /// The path, with `/` between folders.
    pub(crate) path: &'a str,
    /// What is in it.
    pub(crate) bytes: &'a [u8],
    /// Whether there is more of the file than this.
    goes_on: bool,
    text: OnceCell<String>,
    table: OnceCell<Option<Imported>>,
}

impl<'a> Source<'a> {
    /// A whole file.
    pub(crate) fn whole(path: &'a str, bytes: &'a [u8]) -> Self {
        Self {
            path,
            bytes,
            goes_on: false,
            text: OnceCell::new(),
            table: OnceCell::new(),
        }
    }

    /// The beginning of a file; a line that is cut off is left out.
    pub(crate) fn head(path: &'a str, bytes: &'a [u8]) -> Self {
        let goes_on = bytes.len() >= CUT_FROM;
        let line_end = bytes.iter().rposition(|b| b"\n\r".contains(b));
        let end = line_end.filter(|_| goes_on);
        Self {
            goes_on,
            ..Self::whole(path, end.map_or(bytes, |end| &bytes[..=end]))
        }
    }

    /// The file's name without folders.
    pub(crate) fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(self.path)
    }

    /// The ending of the file's name in lower case, `.gz` passed over; empty without one.
    fn ending(&self) -> String {
        let name = self.name().to_ascii_lowercase();
        let name = name.strip_suffix(".gz").unwrap_or(&name);
        name.rsplit_once('.')
            .map_or("", |(_, ending)| ending)
            .to_owned()
    }

    /// The text, whatever it is encoded in and whether it is packed with gzip or not.
    pub(crate) fn text(&self) -> &str {
        self.text.get_or_init(|| {
            let mut decoder = Decoder::new(self.path);
            let text = decoder
                .push(self.bytes)
                .and_then(|text| Ok(text + &decoder.finish()?));
            text.unwrap_or_else(|_| String::from_utf8_lossy(self.bytes).into_owned())
        })
    }

    /// Whether each line is an object of its own; one object over several lines is none.
    pub(crate) fn is_json_lines(&self) -> bool {
        let mut lines = self
            .text()
            .trim_start()
            .lines()
            .filter(|line| !line.trim().is_empty());
        let first = lines.next().is_some_and(|line| {
            line.starts_with('{')
                && serde_json::from_str::<serde::de::IgnoredAny>(&to_json(line)).is_ok()
        });
        first && (lines.next().is_some() || self.ending().ends_with("jsonl"))
    }

    /// Whether a log may stand in it as it was printed.
    pub(crate) fn may_be_printed(&self) -> bool {
        !NOT_PRINTED.contains(&self.ending().as_str())
    }

    /// Whether a trainer announces itself in a log whose first record is further on than what is there.
    pub(crate) fn announces_training(&self) -> bool {
        const ENDINGS: [&str; 4] = ["log", "out", "err", "txt"];
        const ANNOUNCEMENTS: [&str; 6] = [
            "***** Running training *****",
            "[NeMo I ",
            "mmengine - INFO",
            "before the start of training step",
            "Starting training..., iters:",
            "[axolotl.",
        ];
        self.goes_on
            && ENDINGS.contains(&self.ending().as_str())
            && ANNOUNCEMENTS
                .iter()
                .any(|words| self.text().contains(words))
    }

    /// The rows of a table or of JSON Lines, where the file's name or its text says that it holds them.
    pub(crate) fn table(&self) -> Option<&Imported> {
        let read = || {
            let ending = self.ending();
            let is_table = ["csv", "tsv", "jsonl", "ndjson", "json"].contains(&ending.as_str());
            let is_printed = ["txt", "log"].contains(&ending.as_str());
            let is_copied = || is_printed && begins_as_table(self.text());
            if !is_table && self.path != PASTED && !self.is_json_lines() && !is_copied() {
                return None;
            }
            let text = self.text();
            let is_json = text.trim_start().starts_with(['{', '[']);
            let text = if is_json {
                to_json(text)
            } else {
                text.to_owned()
            };
            // The text is unpacked already.
            let mut path = self
                .path
                .strip_suffix(".gz")
                .unwrap_or(self.path)
                .to_owned();
            if is_printed && !is_json {
                path += ".csv";
            }
            let mut importer = Importer::new(&path);
            importer.push(text.as_bytes()).ok()?;
            let counts = |name: &str| matches!(when(&key(name)), Some((When::Step, _)));
            let measures = |name: &str| is_telling(&key(name));
            let table = importer.finish().ok();
            table.map(|table| with_points_where(table, &measures, &counts))
        };
        self.table.get_or_init(read).as_ref()
    }

    /// The file's name without its ending.
    pub(crate) fn stem(&self) -> &str {
        let name = self.name();
        stem(name.strip_suffix(".log").unwrap_or(name))
    }

    /// The folder of the run, of which checkpoints and logs are parts.
    pub(crate) fn folder(&self) -> Option<&str> {
        let mut parts: Vec<&str> = self.path.split('/').filter(|p| !p.is_empty()).collect();
        parts.pop();
        let is_part = |part: &&str| {
            let step = part.strip_prefix("checkpoint-");
            step.is_some_and(|n| n.parse::<u64>().is_ok())
                || ["runs", "logs", "files"].contains(part)
        };
        while parts.last().is_some_and(is_part) {
            parts.pop();
        }
        parts.pop()
    }

    /// A run is named by its folder where the file is called the same in every run, or else by the file.
    pub(crate) fn run_name(&self) -> String {
        let name = self.name();
        let same = name.contains("tfevents")
            || SAME_IN_EVERY_RUN
                .iter()
                .any(|start| name.starts_with(start));
        let folder = self.folder().filter(|_| same);
        folder.unwrap_or_else(|| self.stem()).to_owned()
    }
}

/// Whether a text begins with the names of a log's columns, as Keras' `CSVLogger` writes `training.log` and as a table
/// is that somebody copied out of a notebook.
fn begins_as_table(text: &str) -> bool {
    let Some(first) = text.lines().next() else {
        return false;
    };
    [',', ';', '\t'].into_iter().any(|delimiter| {
        let keys: Vec<String> = first.split(delimiter).map(key).collect();
        let has_axis = keys.iter().any(|key| when(key).is_some());
        keys.len() > 1 && has_axis && keys.iter().any(|key| is_telling(key))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name_of(path: &str) -> String {
        Source::whole(path, b"").run_name()
    }

    #[test]
    fn a_run_is_named_by_its_folder_or_its_file() {
        assert_eq!(
            name_of("out/lora-r8/checkpoint-20/trainer_state.json"),
            "lora-r8"
        );
        assert_eq!(name_of("out/lora-r8/all_results.json"), "lora-r8");
        assert_eq!(name_of("lightning_logs/version_3/metrics.csv"), "version_3");
        assert_eq!(name_of("trainer_log.jsonl"), "trainer_log");
        assert_eq!(name_of("logs/mlx.log"), "mlx");
    }

    #[test]
    fn lines_of_objects_are_told_from_one_object() {
        let is_lines = |path, text: &str| Source::whole(path, text.as_bytes()).is_json_lines();
        assert!(is_lines("a.jsonl", "{\"loss\": NaN}\n{\"lo"));
        assert!(is_lines("a.jsonl", "{\"loss\": 1}"));
        assert!(!is_lines("a.json", "{\"loss\": 1}"));
        assert!(!is_lines("a.json", "{\n\"loss\": 1}"));
    }

    #[test]
    fn a_long_preamble_is_a_log_where_a_trainer_announces_itself() {
        let begin = format!("***** Running training *****\n{}", "x\r".repeat(CUT_FROM));
        let announces =
            |path: &str, text: &str| Source::head(path, text.as_bytes()).announces_training();
        assert!(announces("train.log", &begin));
        assert!(!announces("texts.csv", &begin) && !announces("train.log", &begin[..100]));
    }

    #[test]
    fn tables_with_tabs_and_decimal_commas_are_read() {
        let copied = b"Step\tTraining Loss\n10\t2.5\n20\t2.25\n30\t2.0\n";
        assert!(Source::whole("notebook.txt", copied).table().is_some());
        let source = Source::whole("log.csv", b"step;loss\n10;2,5\n20;2,25\n30;2,0\n");
        let table = &source.table().unwrap().table;
        assert_eq!(table.cell(1, 1), Some("2.25"));
    }

    #[test]
    fn losses_have_decimal_commas_and_steps_have_thousands() {
        let text = "schritt;verlust\n1.000;2,512\n2.000;2,125\n3.000;2,004\n";
        let source = Source::whole("log.csv", text.as_bytes());
        let table = &source.table().unwrap().table;
        assert_eq!(
            (table.cell(0, 0), table.cell(1, 1)),
            (Some("1000"), Some("2.125"))
        );
    }

    #[test]
    fn text_that_powershell_wrote_is_read() {
        let bytes: Vec<u8> = [0xff, 0xfe]
            .into_iter()
            .chain("Iter 1".encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        assert_eq!(Source::whole("a.log", &bytes).text(), "Iter 1");
    }
}
