//! Files with outputs that come when data is loaded: they are read at once and wait until the person has said what
//! they are to it.

use super::taken::{Taken, Waiting};
use super::{DEMO_NAME, DataService};
use assay_calls::{Codec, Registry};
use assay_data::import::Imported;
use assay_data::join::prepare;
use assay_data::later::{LaterFiles, Placement, evidence};
use assay_protocol::data::{FoundInFiles, ImportFailure};
use assay_protocol::later::{DropFiles, PlaceFiles, WaitingFiles};
use assay_protocol::topics::LATER;
use std::rc::Rc;

impl DataService {
    /// Whether outputs that come now have to be asked about: there is data, and it is not the example.
    pub(super) fn asks_about_outputs(&self) -> bool {
        let session = self.session.borrow();
        let files = session.files();
        session.has_rows() && files != [DEMO_NAME]
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

    fn place(&self, placement: Placement) -> Result<FoundInFiles, ImportFailure> {
        let Some(waiting) = self.waiting.take() else {
            return Ok(FoundInFiles::default());
        };
        self.announcer.changed(&LATER);
        let placed = self
            .session
            .borrow()
            .data()
            .with_files(waiting.files, placement)?;
        self.end_what_runs();
        match placement {
            Placement::Replace => self.session.borrow_mut().load(placed),
            _ => self.session.borrow_mut().load_later(placed),
        }
        self.changed();
        let before = match placement {
            Placement::Replace => Vec::new(),
            _ => self.last.borrow().clone(),
        };
        self.remember([before, waiting.taken].concat());
        Ok(FoundInFiles {
            outputs: true,
            ..FoundInFiles::default()
        })
    }
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
        s.place(call.placement)
    });
    registry.on_service(service, |s, _: DropFiles, _| async move {
        s.forget_waiting();
        Ok(())
    });
}
