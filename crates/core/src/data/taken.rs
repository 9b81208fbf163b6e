//! What files were taken for, and files that wait until the person has said what they are to the data.

use crate::platform::InputFile;
use crate::sniff::Finding;
use assay_data::join::Prepared;
use assay_protocol::data::TakenFile;
use std::rc::Rc;

/// A file with what it was taken for.
#[derive(Clone)]
pub(super) struct Taken {
    pub(super) file: Rc<dyn InputFile>,
    pub(super) finding: Finding,
}

impl Taken {
    /// A file that is taken from an earlier visit, in which it was read.
    pub(super) fn of_earlier_visit(file: Rc<dyn InputFile>, taken: &TakenFile) -> Self {
        let finding = Finding {
            kind: taken.kind,
            reason: taken.reason,
            also: taken.also.clone(),
            with_judgements: false,
        };
        Self { file, finding }
    }

    pub(super) fn view(&self) -> TakenFile {
        TakenFile {
            file: self.file.name(),
            kind: self.finding.kind,
            reason: self.finding.reason,
            also: self.finding.also.clone(),
        }
    }
}

/// Files that wait.
pub(super) struct Waiting {
    /// Their tables.
    pub(super) files: Vec<Prepared>,
    /// What the files of their import were taken for.
    pub(super) taken: Vec<Taken>,
}
