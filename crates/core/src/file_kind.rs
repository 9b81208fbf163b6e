//! What a file holds, told from its first bytes, so that files of all kinds can be dropped at once.

use assay_codeeval::{has_samples, has_tests};
use assay_data::import::Importer;
use assay_data::roles::holds_outputs;
use assay_experiment::roles::is_trial;
use assay_training::read;

/// Bytes of a file that its kind is told from.
pub const HEAD: usize = 1 << 16;

/// What the file of a saved evaluation calls itself.
pub const SAVED_EVALUATION: &str = "assay-evaluation";

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A training log.
    Log,
    /// A trial.
    Trial,
    /// An evaluation that was saved.
    Evaluation,
    /// Programs with tests, or completions of them.
    Code,
    /// Outputs.
    Outputs,
}

/// Whether a file begins as a saved evaluation does.
pub fn is_saved_evaluation(head: &[u8]) -> bool {
    let start = &head[..head.len().min(200)];
    let text = String::from_utf8_lossy(start);
    text.trim_start().starts_with('{') && text.contains(SAVED_EVALUATION)
}

/// What a file is, told from its first [`HEAD`] bytes (or all, where it has no more).
pub fn kind(name: &str, head: &[u8]) -> FileKind {
    if is_saved_evaluation(head) {
        return FileKind::Evaluation;
    }
    let mut importer = Importer::new(name);
    let begun = importer.push(head).is_ok();
    // A whole file is ended; of the beginning of a longer one that counts which is through.
    let table = if head.len() < HEAD {
        importer.finish().ok().map(|i| i.table)
    } else {
        begun.then(|| importer.into_table())
    };
    let table = table.filter(|table| table.rows() > 0);
    if table.as_ref().is_some_and(holds_outputs) {
        return FileKind::Outputs;
    }
    if read::is_log(name, head) {
        return FileKind::Log;
    }
    match table {
        Some(table) if is_trial(&table) => FileKind::Trial,
        Some(table) if has_tests(&table) || has_samples(&table) => FileKind::Code,
        _ => FileKind::Outputs,
    }
}
