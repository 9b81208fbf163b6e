//! Folders: each file keeps its path, by which tools name models, and what is no data is left out with the reason.

use super::DataService;
use super::named_file::NamedFile;
use crate::platform::{InputFile, read_head};
use crate::sniff::{HEAD, sniff};
use assay_containers::ContainerError;
use assay_data::import::{ImportError, Importer};
use assay_protocol::data::{FileKind, FoundInFiles, ImportFailure, KindReason};
use std::rc::Rc;

/// Endings of files that hold tables or logs. Others (settings, pictures, pages) are no data, unless they are logs.
const ENDINGS: [&str; 8] = [
    ".csv", ".tsv", ".json", ".jsonl", ".ndjson", ".txt", ".eval", ".gz",
];

/// Whether a system or a tool keeps the file for itself: a part of its path begins with a point.
fn is_hidden(path: &str) -> bool {
    path.split(['/', '\\'])
        .any(|part| part.starts_with('.') || part == "__pycache__")
}

/// Why a file of a folder is left out; nothing where it is data.
fn left_out(path: &str, head: &[u8], is_whole: bool) -> Option<ContainerError> {
    let nothing = || {
        let file = path.to_owned();
        Some(ContainerError::Nothing { file })
    };
    if head.is_empty() {
        return nothing();
    }
    if assay_containers::recognise(head).is_some() {
        return None;
    }
    let lower = path.to_ascii_lowercase();
    let has_ending = ENDINGS.iter().any(|ending| lower.ends_with(ending));
    let found = sniff(path, head);
    match found.kind {
        FileKind::Outputs
            if !has_ending || found.reason == KindReason::Texts && !lower.ends_with(".txt") =>
        {
            return nothing();
        }
        FileKind::Outputs => {}
        _ => return None,
    }
    if !is_whole {
        return None;
    }
    let mut importer = Importer::new(path);
    let read = importer.push(head).and_then(|()| importer.finish());
    match read {
        Err(error) => Some(error.into()),
        Ok(_) if found.reason == KindReason::NothingElse && lower.ends_with(".json") => nothing(),
        Ok(_) => None,
    }
}

impl DataService {
    /// Imports what a folder holds, `paths` beside `files` in their order. What could not be given is `unread`.
    ///
    /// # Errors
    /// When it holds no data, one of its files can't be read as what it is, or the person stopped it.
    pub async fn import_folder(
        &self,
        files: Vec<Rc<dyn InputFile>>,
        paths: Vec<String>,
        unread: Vec<ContainerError>,
    ) -> Result<FoundInFiles, ImportFailure> {
        let mut kept: Vec<Rc<dyn InputFile>> = Vec::new();
        let mut refused = unread;
        let folder = paths
            .first()
            .map(|p| p.split('/').next().unwrap_or(p).to_owned());
        for (file, path) in files.into_iter().zip(paths) {
            if is_hidden(&path) {
                continue;
            }
            let Ok(head) = read_head(&*file, HEAD as u64).await else {
                refused.push(ContainerError::Unreadable { file: path });
                continue;
            };
            let is_whole = head.len() as u64 == file.bytes();
            match left_out(&path, &head, is_whole) {
                Some(error) => refused.push(error),
                None => kept.push(Rc::new(NamedFile { name: path, file })),
            }
        }
        if kept.is_empty() {
            // A file of totals, or one that can't be read, says more than that there is nothing.
            let reason = refused.into_iter().find(|error| {
                matches!(
                    error,
                    ContainerError::Unreadable { .. }
                        | ContainerError::Table(ImportError::TotalsOnly { .. })
                )
            });
            let file = folder.unwrap_or_default();
            let error = reason.unwrap_or(ContainerError::Nothing { file });
            return Err(ImportFailure::Container { error });
        }
        let found = self.import(kept).await?;
        self.left_out.borrow_mut().extend(refused);
        self.announcer.changed(&assay_protocol::topics::DATA);
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::{is_hidden, left_out};

    fn is_data(path: &str, text: &str) -> bool {
        left_out(path, text.as_bytes(), true).is_none()
    }

    #[test]
    fn data_is_told_from_what_lies_beside_it() {
        let samples = "{\"doc_id\": 0, \"target\": \"5\", \"resps\": [[\"it is 5\"]], \"filtered_resps\": [\"5\"]}\n";
        assert!(is_data("r/m/samples_gsm8k.jsonl", samples));
        assert!(is_data("r/hyp.txt", "one line\nanother\n"));
        assert!(is_data(
            "r/train.log",
            "{'loss': 2.5, 'epoch': 0.1}\n{'loss': 2.0, 'epoch': 0.2}\n"
        ));
        for (path, text) in [
            (
                "r/m/results_2026.json",
                "{\"results\": {\"gsm8k\": {\"acc\": 1}}, \"versions\": {}}",
            ),
            ("r/config.yaml", "model: base\ntask: gsm8k\n"),
            ("r/README.md", "# Outputs\n\nOf a model.\n"),
            ("r/settings.json", "{\"temperature\": 0.7}"),
            ("r/empty.csv", ""),
        ] {
            assert!(!is_data(path, text), "{path}");
        }
        assert!(is_hidden("r/.git/config") && !is_hidden("r/a.csv"));
    }
}
