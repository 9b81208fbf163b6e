//! Files with outputs that come when data is loaded: they are read at once and wait until the person has said what
//! they are to it.

use super::DataService;
use super::taken::{Taken, Waiting};
use crate::example::is_example;
use assay_calls::{Codec, Registry};
use assay_data::import::Imported;
use assay_data::join::{Prepared, prepare};
use assay_data::later::{LaterFiles, Placement, evidence};
use assay_protocol::data::{FoundInFiles, ImportFailure};
use assay_protocol::later::{DropFiles, PlaceEach, PlaceFiles, WaitingFiles};
use assay_protocol::topics::LATER;
use std::rc::Rc;

impl DataService {
    /// Whether outputs that come now have to be asked about: there is data, and it is no example.
    pub(super) fn asks_about_outputs(&self) -> bool {
        let session = self.session.borrow();
        session.has_rows() && !is_example(session.files())
    }

    /// Keeps files until the person has said what they are.
    pub(super) fn wait(&self, files: Vec<Imported>, taken: Vec<Taken>) {
        let loaded = self.session.borrow().files().to_vec();
        let files = prepare(files, &loaded);
        *self.waiting.borrow_mut() = Some(Waiting { files, taken });
        self.announcer.changed(&LATER);
    }

    /// Forgets files that wait.
    pub(super) fn forget_waiting(&self) {
        if self.waiting.take().is_some() {
            self.announcer.changed(&LATER);
        }
    }

    fn waiting_files(&self) -> Option<LaterFiles> {
        let waiting = self.waiting.borrow();
        let session = self.session.borrow();
        waiting.as_ref().map(|w| evidence(session.data(), &w.files))
    }

    /// Takes the waiting files, each as it is said; files that nothing is said of are left out.
    fn place(
        &self,
        placement: impl Fn(usize) -> Option<Placement>,
    ) -> Result<FoundInFiles, ImportFailure> {
        let Some(Waiting { files, taken }) = self.waiting.take() else {
            return Ok(FoundInFiles::default());
        };
        self.announcer.changed(&LATER);
        let placements: Vec<Option<Placement>> = (0..files.len()).map(placement).collect();
        if placements.iter().all(Option::is_none) {
            return Ok(FoundInFiles::default());
        }
        let kept = without_left_out(taken, &files, &placements);
        let first = placements[0].filter(|first| placements.iter().all(|p| *p == Some(*first)));
        let placed = {
            let session = self.session.borrow();
            match first {
                Some(same) => session.data().with_files(files, same)?,
                None => session
                    .data()
                    .with_each(files.into_iter().zip(placements.clone()).collect())?,
            }
        };
        self.end_what_runs();
        let replaces = placements.contains(&Some(Placement::Replace));
        let mut before = Vec::new();
        if replaces {
            self.session.borrow_mut().load(placed);
        } else {
            self.session.borrow_mut().load_later(placed);
            before = self.last.borrow().clone();
        }
        self.changed();
        self.remember([before, kept].concat());
        Ok(FoundInFiles {
            outputs: true,
            ..FoundInFiles::default()
        })
    }
}

/// What was taken, without the files of which nothing is kept. A container's tables are named after it.
fn without_left_out(
    mut taken: Vec<Taken>,
    files: &[Prepared],
    placements: &[Option<Placement>],
) -> Vec<Taken> {
    taken.retain(|taken| {
        let name = taken.file.name();
        let each = files.iter().zip(placements);
        let mut own = each
            .filter(|(file, _)| file.file().starts_with(&name))
            .peekable();
        own.peek().is_none() || own.any(|(_, placement)| placement.is_some())
    });
    taken
}

/// Registers what is answered of files that wait.
pub fn register<Ctx: 'static, C: Codec, A: Default + 'static>(
    registry: &mut Registry<Ctx, C, A>,
    service: &Rc<DataService>,
) {
    registry.on_service(service, |s, _: WaitingFiles, _| async move {
        Ok(s.waiting_files())
    });
    registry.on_service(service, |s, call: PlaceFiles, _| async move {
        s.place(|_| Some(call.placement))
    });
    registry.on_service(service, |s, call: PlaceEach, _| async move {
        s.place(|file| call.placements.get(file).copied().flatten())
    });
    registry.on_service(service, |s, _: DropFiles, _| async move {
        s.forget_waiting();
        Ok(())
    });
}
