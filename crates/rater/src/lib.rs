//! The service behind a rater's page: opens links and files, saves a rater's answers on this device before the
//! page goes on, and holds the file so that no other tab works on the same task. It depends on nothing that
//! measures or computes, so that a rater's worker is small.

mod session;

pub use session::item_view;

use assay_calls::{Codec, Registry};
use assay_platform::{Clock, Disk, DiskError, FilesOf, InputFile, LineLog, random, read_head};
use assay_protocol::rater::{
    Answer, Finish, Intro, Open, OpenTaskError, Opening, RatingError, Rename, Show, Shown, Start,
    StartError, Step, Summary, Undo, Unlock,
};
use assay_rating::envelope::{EnvelopeError, MAX_TEXT};
use assay_rating::order::Seat;
use assay_rating::sitting::Line;
use session::{Opened, RaterSession};
use std::cell::RefCell;
use std::rc::Rc;

/// Where a rater's answers are saved.
pub const FOLDER: [&str; 2] = ["ratings", "answers"];

/// Where lines go.
#[derive(Default)]
struct Saving {
    log: Option<LineLog>,
    /// Lines that could not be written yet: they are tried again with the next one.
    waiting: Vec<String>,
    not_saved: Option<DiskError>,
}

/// A rater at work.
pub struct RaterService {
    session: RefCell<RaterSession>,
    saving: RefCell<Saving>,
    disk: Rc<dyn Disk>,
    clock: Rc<dyn Clock>,
}

impl RaterService {
    /// A service that saves answers on this disk.
    #[must_use]
    pub fn new(disk: Rc<dyn Disk>, clock: Rc<dyn Clock>) -> Self {
        Self {
            session: RefCell::default(),
            saving: RefCell::default(),
            disk,
            clock,
        }
    }

    async fn open(
        &self,
        text: String,
        files: Vec<Rc<dyn InputFile>>,
    ) -> Result<Opening, OpenTaskError> {
        let text = match files.first() {
            Some(file) => text_of(&**file).await?,
            None => text,
        };
        // Closes the file of the previous task, so that another tab can continue it.
        self.saving.take();
        let opened = self.session.borrow_mut().open(&text)?;
        match opened {
            Opened::Locked => Ok(Opening::Locked),
            Opened::Task => Ok(Opening::Intro(Box::new(self.intro().await?))),
        }
    }

    async fn unlock(&self, passphrase: &str) -> Result<Intro, OpenTaskError> {
        self.session.borrow_mut().unlock(passphrase)?;
        self.intro().await
    }

    async fn intro(&self) -> Result<Intro, OpenTaskError> {
        let name = self.session.borrow().log_name(None);
        let lines = match &name {
            Some(name) => self.disk.read(&path(name)).await,
            None => Ok(None),
        };
        // A read error is reported when rating starts, before any answer is given.
        let lines = lines.ok().flatten().unwrap_or_default();
        let intro = self
            .session
            .borrow()
            .intro(&String::from_utf8_lossy(&lines));
        let error = EnvelopeError::NoEnvelope;
        intro.ok_or(OpenTaskError::Envelope { error })
    }

    async fn start(&self, name: &str, slot: Option<u16>) -> Result<Step, StartError> {
        self.saving.take();
        let file = self.session.borrow().log_name(slot);
        let file = file.ok_or(StartError::NoTask)?;
        let device = random(&*self.clock).ok_or(StartError::NoRandomness)?;
        let opened = self.disk.log(&path(&file)).await;
        let (saving, lines) = match opened.and_then(LineLog::new) {
            Ok((log, lines)) => {
                let log = Some(log);
                (
                    Saving {
                        log,
                        ..Saving::default()
                    },
                    lines,
                )
            }
            Err(DiskError::InUse { .. }) => return Err(StartError::OpenInAnotherTab),
            // Answers last as long as the page is open, and the rater is told.
            Err(error) => {
                let not_saved = Some(error);
                (
                    Saving {
                        not_saved,
                        ..Saving::default()
                    },
                    String::new(),
                )
            }
        };
        self.saving.replace(saving);
        let device = u64::from_le_bytes(device);
        let fresh = self
            .session
            .borrow_mut()
            .start(&lines, name, Seat { slot, device });
        self.save(&fresh.ok_or(StartError::NoTask)?);
        self.step(self.session.borrow().show(None, 0))
            .map_err(|_| StartError::NoTask)
    }

    fn answer(&self, call: Answer) -> Result<Step, RatingError> {
        let Answer { place, answer } = call;
        let line = self.session.borrow_mut().answer(place, answer)?;
        self.save(&[line]);
        self.step(self.session.borrow().show(None, place + 1))
    }

    fn undo(&self) -> Result<Step, RatingError> {
        let undone = self.session.borrow_mut().undo()?;
        let place = undone.map(|(place, line)| {
            self.save(&[line]);
            place
        });
        self.step(self.session.borrow().show(place, 0))
    }

    fn rename(&self, name: &str) -> Result<Step, RatingError> {
        let line = self.session.borrow_mut().rename(name)?;
        self.save(&[line]);
        self.step(self.session.borrow().summary())
    }

    fn finish(&self) -> Result<String, RatingError> {
        let random = random(&*self.clock).ok_or(RatingError::NoRandomness)?;
        self.session.borrow().finish(random)
    }

    fn step(&self, shown: Result<Shown, RatingError>) -> Result<Step, RatingError> {
        Ok(Step {
            shown: shown?,
            not_saved: self.saving.borrow().not_saved.clone(),
        })
    }

    /// Writes lines through to the disk, with those that did not fit before.
    fn save(&self, lines: &[Line]) {
        let mut saving = self.saving.borrow_mut();
        let Saving {
            log,
            waiting,
            not_saved,
        } = &mut *saving;
        let Some(log) = log else {
            return;
        };
        let text = |line: &Line| serde_json::to_string(line).expect("a line can be written");
        waiting.extend(lines.iter().map(text));
        // One by one: a line that is there must not be written twice.
        while let Some(line) = waiting.first() {
            if let Err(error) = log.append(std::slice::from_ref(line)) {
                *not_saved = Some(error);
                return;
            }
            waiting.remove(0);
        }
        *not_saved = None;
    }
}

fn path(name: &str) -> [&str; 3] {
    [FOLDER[0], FOLDER[1], name]
}

/// A file's text as far as an envelope may be long, with room for words around it; what is no text holds no link.
async fn text_of(file: &dyn InputFile) -> Result<String, OpenTaskError> {
    let bytes = read_head(file, 2 * MAX_TEXT as u64).await;
    let bytes = bytes.map_err(|error| OpenTaskError::Unreadable { error })?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Answers the calls of a rater's page.
pub fn register<Ctx, C, A>(
    registry: &mut Registry<Ctx, C, A>,
    service: &Rc<RaterService>,
    files: FilesOf<A>,
) where
    Ctx: 'static,
    C: Codec,
    A: Default + 'static,
{
    registry.on_service(service, move |s, call: Open, beside| async move {
        s.open(call.text, files(beside)).await
    });
    registry.on_service(service, |s, call: Unlock, _| async move {
        s.unlock(&call.passphrase).await
    });
    registry.on_service(service, |s, call: Start, _| async move {
        s.start(&call.name, call.slot).await
    });
    registry.on_service(service, |s, call: Show, _| async move {
        s.step(s.session.borrow().show(call.place, 0))
    });
    registry.on_service(service, |s, call: Answer, _| async move { s.answer(call) });
    registry.on_service(service, |s, _: Undo, _| async move { s.undo() });
    registry.on_service(service, |s, _: Summary, _| async move {
        s.step(s.session.borrow().summary())
    });
    registry.on_service(
        service,
        |s, call: Rename, _| async move { s.rename(&call.name) },
    );
    registry.on_service(service, |s, _: Finish, _| async move { s.finish() });
}

#[cfg(test)]
mod tests;
