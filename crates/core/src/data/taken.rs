//! What files were taken for, and files that wait until the person has said what they are to the data.

use crate::platform::InputFile;
use crate::sniff::Finding;
use assay_data::join::Prepared;
use assay_protocol::data::TakenFile;
use std::cell::Cell;
use std::rc::Rc;

/// A file itself, as it was imported. A project keeps it, so that it can be read in another way at a later visit.
pub(crate) struct Original {
    pub(crate) file: Rc<dyn InputFile>,
    /// Whether it can't be read here, or can't be kept.
    pub(crate) is_lost: Cell<bool>,
}

impl Original {
    pub(super) fn new(file: Rc<dyn InputFile>, is_lost: bool) -> Rc<Self> {
        let is_lost = Cell::new(is_lost);
        Rc::new(Self { file, is_lost })
    }
}

/// A file with what it was taken for. Clones have the same original.
#[derive(Clone)]
pub(super) struct Taken {
    pub(super) file: Rc<dyn InputFile>,
    pub(super) finding: Finding,
    pub(super) original: Rc<Original>,
}

impl Taken {
    /// A file that was chosen at this visit.
    pub(super) fn new(file: Rc<dyn InputFile>, finding: Finding) -> Self {
        let original = Original::new(file.clone(), false);
        Self {
            file,
            finding,
            original,
        }
    }

    /// A file that is taken from an earlier visit, in which it was read; `is_lost` where it was not kept.
    pub(super) fn of_earlier_visit(
        file: Rc<dyn InputFile>,
        taken: &TakenFile,
        is_lost: bool,
    ) -> Self {
        let finding = Finding {
            kind: taken.kind,
            reason: taken.reason,
            also: taken.also.clone(),
            with_judgements: false,
        };
        let original = Original::new(file.clone(), is_lost);
        Self {
            file,
            finding,
            original,
        }
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
