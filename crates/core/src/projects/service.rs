//! The service of an owner's rating projects.

use super::store::Store;
use super::{OpenProject, SAVED, link_length, qr, send, sort};
use crate::platform::{
    Clock, ComputePool, DiskError, FilesOf, InputFile, Platform, random, read_head,
};
use crate::session::Session;
use assay_calls::{Announcer, Codec, Registry};
use assay_protocol::projects::{
    BringBack, Collect, Collected, Create, CreateError, Current, Decide, Decision, DrawQrCode,
    Export, List, NotSaved, Open, Plan, PlanView, ProjectsError, QrCode, Received, Remove,
};
use assay_protocol::topics::{PROJECTS, RATINGS};
use assay_rating::draft::Secrets;
use assay_rating::envelope::{self, Lock, MAX_TEXT};
use assay_rating::owner::OwnerSecret;
use assay_rating::project::Event;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Where the words before a link end at the latest.
const HEAD: u64 = 4096;

/// An owner's projects. The open one, if any, is where the session's judgements come from.
pub struct ProjectsService {
    session: Rc<RefCell<Session>>,
    store: Store,
    clock: Rc<dyn Clock>,
    compute: Rc<dyn ComputePool>,
    announcer: Announcer,
    judgements_changed: Rc<dyn Fn()>,
    received: RefCell<Option<Collected>>,
    /// Tasks that another tab has removed, with the answers that came for them since.
    offered: RefCell<BTreeMap<String, OpenProject>>,
    /// Why projects are in memory alone, or more of them is there than on the disk.
    not_saved: RefCell<BTreeMap<String, DiskError>>,
}

impl ProjectsService {
    /// A service whose projects give the session its judgements; `judgements_changed` is run when they are
    /// others.
    #[must_use]
    pub fn new(
        session: Rc<RefCell<Session>>,
        platform: &Platform,
        announcer: Announcer,
        judgements_changed: Rc<dyn Fn()>,
    ) -> Self {
        Self {
            session,
            store: Store(platform.disk.clone()),
            clock: platform.clock.clone(),
            compute: platform.compute.clone(),
            announcer,
            judgements_changed,
            received: RefCell::default(),
            offered: RefCell::default(),
            not_saved: RefCell::default(),
        }
    }

    fn changed(&self) {
        self.announcer.changed(&PROJECTS);
        self.announcer.changed(&RATINGS);
        (self.judgements_changed)();
    }

    fn open_project(&self) -> Option<OpenProject> {
        self.session.borrow().project().cloned()
    }

    /// Bytes that nobody can guess.
    fn secret<const N: usize>(&self) -> Result<[u8; N], CreateError> {
        random(&*self.clock).ok_or(CreateError::NoRandomness)
    }

    /// The preview of a draft, with the length of its link.
    async fn plan(&self, call: &Plan) -> Result<PlanView, CreateError> {
        let plan = self.session.borrow().plan_task(&call.draft);
        let (mut view, bytes) = plan.map_err(|error| CreateError::Task { error })?;
        if let Some(bytes) = bytes {
            let packed = self.pack(bytes).await?;
            view.characters = Some(link_length(packed.len(), call.locked));
        }
        Ok(view)
    }

    async fn pack(&self, bytes: Vec<u8>) -> Result<Vec<u8>, CreateError> {
        let packed = self.compute.pack(bytes).await;
        packed.map_err(|error| CreateError::NotPacked {
            detail: error.to_string(),
        })
    }

    async fn make(&self, call: &Create) -> Result<OpenProject, CreateError> {
        let secrets = Secrets {
            id: u64::from_le_bytes(self.secret()?),
            owner: OwnerSecret(self.secret()?),
            order: u64::from_le_bytes(self.secret()?),
        };
        let lock = Lock {
            passphrase: &call.passphrase,
            salt: self.secret()?,
            nonce: self.secret()?,
        };
        let lock = (!call.passphrase.is_empty()).then_some(lock);
        let made = self.clock.now_ms();
        let project = self.session.borrow().make_task(&call.draft, secrets, made);
        let project = project.map_err(|error| CreateError::Task { error })?;
        let packed = self.pack(project.task.to_bytes()).await?;
        Ok(send(project, packed, lock))
    }

    /// Saves a whole project, and notes where that fails.
    async fn save(&self, project: &OpenProject) {
        let written = self.store.write(project).await;
        self.note_saved(&project.id, written);
    }

    fn note_saved(&self, id: &str, written: Result<(), DiskError>) {
        let mut not_saved = self.not_saved.borrow_mut();
        match written {
            Ok(()) => not_saved.remove(id),
            Err(error) => not_saved.insert(id.to_owned(), error),
        };
    }

    /// A project as it is on the disk; nothing where it can't be read.
    pub(crate) async fn read(&self, id: &str) -> Option<OpenProject> {
        self.store.read(id).await.ok().flatten()
    }

    /// Writes a project of a backup; what is here of it already stays, and answers of both are joined.
    pub(crate) async fn take_back(&self, project: OpenProject) -> Result<(), DiskError> {
        let here = self.store.read(&project.id).await;
        let here = match here {
            Err(ProjectsError::Disk { error }) => return Err(error),
            // One that can't be used is replaced.
            other => other.ok().flatten(),
        };
        let events = here.map_or(Vec::new(), |here| here.events);
        self.store.write(&project.joined(events)).await?;
        self.announcer.changed(&PROJECTS);
        Ok(())
    }

    async fn open(&self, id: &str) -> Result<(), ProjectsError> {
        let found = self.store.read(id).await;
        self.announcer.changed(&PROJECTS);
        let project = found?.ok_or(ProjectsError::Missing)?;
        self.received.take();
        self.session.borrow_mut().open_project(project);
        self.changed();
        Ok(())
    }

    async fn remove(&self, id: &str) -> Result<(), ProjectsError> {
        let removed = self.store.remove(id).await;
        self.session.borrow_mut().close_project(id);
        self.not_saved.borrow_mut().remove(id);
        self.received.take();
        self.changed();
        removed.map_err(|error| ProjectsError::Disk { error })
    }

    /// Whether all of the files hold rating links or saved projects.
    pub async fn are_collectable(&self, files: &[Rc<dyn InputFile>]) -> bool {
        for file in files {
            let head = read_head(&**file, HEAD).await.unwrap_or_default();
            let text = String::from_utf8_lossy(&head);
            if !envelope::holds(&text) && !text.starts_with(SAVED) {
                return false;
            }
        }
        !files.is_empty()
    }

    /// Takes the answers and saved projects in a text and in files.
    pub async fn collect(&self, text: &str, files: &[Rc<dyn InputFile>]) {
        let (mut collected, mut text) = (Collected::default(), text.to_owned());
        for file in files {
            let more = match read_head(&**file, 2 * MAX_TEXT as u64).await {
                Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
                Err(error) => {
                    let failure = ProjectsError::Unreadable { error };
                    collected.failures.push(failure);
                    continue;
                }
            };
            if more.starts_with(SAVED) {
                match self.restore(&more).await {
                    Ok(()) => collected.restored += 1,
                    Err(failure) => collected.failures.push(failure),
                }
            } else {
                text.push_str("\n\n");
                text.push_str(&more);
            }
        }
        if !text.trim().is_empty() {
            self.take_links(&text, &mut collected).await;
        }
        self.received.replace(Some(collected));
        self.changed();
    }

    /// Takes a project that was saved elsewhere, with what is here of it already.
    async fn restore(&self, text: &str) -> Result<(), ProjectsError> {
        let project = OpenProject::saved(text);
        let project = project.map_err(|error| ProjectsError::Unusable { error })?;
        let here = match self.store.read(&project.id).await {
            Ok(here) => here.map(|p| p.events),
            // It is opened in memory, and told that it is not saved.
            Err(ProjectsError::Disk { .. }) => None,
            Err(failure) => return Err(failure),
        };
        let project = project.joined(here.unwrap_or_default());
        self.save(&project).await;
        self.session.borrow_mut().open_project(project);
        Ok(())
    }

    async fn take_links(&self, text: &str, collected: &mut Collected) {
        let (cards, failure) = match self.store.cards().await {
            Ok(cards) => (cards, None),
            Err(error) => (Vec::new(), Some(ProjectsError::Disk { error })),
        };
        let mut ids: Vec<String> = cards.into_iter().map(|card| card.id).collect();
        let here = self.open_project().map(|p| p.id);
        ids.extend(here.clone().filter(|id| !ids.contains(id)));
        let sorted = sort(text, &ids, here.as_deref());
        (collected.unmatched_answers, collected.tasks) = (sorted.answers, sorted.tasks);
        // Without the list, what belongs nowhere may belong to a project that could not be seen.
        collected
            .failures
            .extend(failure.filter(|_| sorted.answers > 0));
        for (id, envelopes) in sorted.projects {
            let count = envelopes.len();
            match self.note(&id, Event::Came { envelopes }).await {
                Ok(project) => {
                    let view = project.view();
                    let first = view.outcomes.len().saturating_sub(count);
                    collected.projects.push(project.project.task.title.clone());
                    collected
                        .outcomes
                        .extend_from_slice(&view.outcomes[first..]);
                    self.session.borrow_mut().open_project(project);
                }
                Err(failure) => collected.failures.push(failure),
            }
        }
    }

    /// Notes an event of the open project.
    pub(crate) async fn decide(&self, event: Event) -> Result<(), ProjectsError> {
        let id = self.open_project().map(|p| p.id);
        let project = self.note(&id.ok_or(ProjectsError::NotOpen)?, event).await?;
        self.session.borrow_mut().open_project(project);
        self.changed();
        Ok(())
    }

    /// Notes an event of a project: on the disk, and with all that other tabs have noted there. Where it can't be
    /// saved it holds in memory, which [`NotSaved`] tells.
    async fn note(&self, id: &str, event: Event) -> Result<OpenProject, ProjectsError> {
        let offered = self.offered.borrow().get(id).cloned();
        let open = offered.or_else(|| self.open_project().filter(|p| p.id == id));
        let is_behind = self.not_saved.borrow().contains_key(id);
        let (disk, error) = match self.store.read(id).await {
            Ok(found) => (found, None),
            Err(ProjectsError::Disk { error }) => (None, Some(error)),
            Err(failure) => return Err(failure),
        };
        match (disk, open) {
            (Some(disk), Some(open)) if is_behind => {
                let mut project = open.joined(disk.events);
                project.push(event);
                let written = self.store.write_events(&project).await;
                self.note_saved(id, written);
                Ok(project)
            }
            (Some(disk), _) => self.append(disk, event).await,
            // It never was on the disk, or the disk can't be read.
            (None, Some(mut open)) if is_behind || error.is_some() => {
                open.push(event);
                match error {
                    Some(error) => self.note_saved(id, Err(error)),
                    None => self.save(&open).await,
                }
                Ok(open)
            }
            (None, open) => Err(match (error, open) {
                (Some(error), _) => ProjectsError::Disk { error },
                (None, Some(open)) => self.offer(open, event),
                (None, None) => ProjectsError::Missing,
            }),
        }
    }

    /// Keeps answers that came for a task which another tab has removed, until a person brings it back.
    fn offer(&self, mut project: OpenProject, event: Event) -> ProjectsError {
        let title = project.project.task.title.clone();
        if matches!(event, Event::Came { .. }) {
            project.push(event);
            self.offered
                .borrow_mut()
                .insert(project.id.clone(), project);
        }
        ProjectsError::Removed { title }
    }

    /// Saves removed tasks again, with the answers that came for them.
    async fn bring_back(&self) -> Result<(), ProjectsError> {
        let offered = std::mem::take(&mut *self.offered.borrow_mut());
        if offered.is_empty() {
            return Err(ProjectsError::NotOpen);
        }
        let mut collected = Collected::default();
        for project in offered.into_values() {
            // It may have come back in another way.
            let here = self.read(&project.id).await;
            let project = project.joined(here.map_or(Vec::new(), |here| here.events));
            self.save(&project).await;
            collected.projects.push(project.project.task.title.clone());
            collected.outcomes.extend(project.view().outcomes);
            self.session.borrow_mut().open_project(project);
        }
        self.received.replace(Some(collected));
        self.changed();
        Ok(())
    }

    /// Adds an event to a project as it is on the disk.
    async fn append(
        &self,
        mut disk: OpenProject,
        event: Event,
    ) -> Result<OpenProject, ProjectsError> {
        let id = disk.id.clone();
        let written = self.store.append(&id, &event).await;
        let is_saved = written.is_ok();
        self.note_saved(&id, written);
        if !is_saved {
            disk.push(event);
            return Ok(disk);
        }
        // Another tab may have added something just now, or removed all of it.
        if let Some(project) = self.store.read(&id).await? {
            return Ok(project);
        }
        let removed = self.store.remove(&id).await;
        removed.map_err(|error| ProjectsError::Disk { error })?;
        Err(self.offer(disk, event))
    }

    fn not_saved(&self) -> Option<DiskError> {
        let session = self.session.borrow();
        let id = &session.project()?.id;
        self.not_saved.borrow().get(id).cloned()
    }
}

fn event_of(decision: Decision) -> Event {
    match decision {
        Decision::Separate { device } => Event::Apart {
            device,
            apart: true,
        },
        Decision::Prefer {
            rater,
            place,
            device,
        } => Event::Preferred {
            rater,
            place,
            device,
        },
        Decision::Undo => Event::Undone,
    }
}

/// Answers the calls of an owner's page.
pub fn register<Ctx, C, A>(
    registry: &mut Registry<Ctx, C, A>,
    service: &Rc<ProjectsService>,
    files: FilesOf<A>,
) where
    Ctx: 'static,
    C: Codec,
    A: Default + 'static,
{
    registry.on_service(
        service,
        |s, _: List, _| async move { s.store.cards().await },
    );
    registry.on_service(
        service,
        |s, call: Plan, _| async move { s.plan(&call).await },
    );
    registry.on_service(service, |s, call: Create, _| async move {
        let project = s.make(&call).await?;
        s.save(&project).await;
        s.session.borrow_mut().open_project(project);
        s.changed();
        Ok(())
    });
    registry.on_service(
        service,
        |s, call: Open, _| async move { s.open(&call.id).await },
    );
    registry.on_service(service, |s, _: Current, _| async move {
        Ok(s.open_project().map(|p| p.sending()))
    });
    registry.on_service(service, |s, call: Remove, _| async move {
        s.remove(&call.id).await
    });
    registry.on_service(service, move |s, call: Collect, beside| async move {
        s.collect(&call.text, &files(beside)).await;
        Ok(())
    });
    registry.on_service(
        service,
        |s, _: BringBack, _| async move { s.bring_back().await },
    );
    registry.on_service(service, |s, _: Received, _| async move {
        Ok(s.received.borrow().clone())
    });
    registry.on_service(
        service,
        |s, _: NotSaved, _| async move { Ok(s.not_saved()) },
    );
    registry.on_service(service, |s, call: Decide, _| async move {
        s.decide(event_of(call.decision)).await
    });
    registry.on_service(service, |_, call: DrawQrCode, _| async move {
        Ok(qr(&call.text).map(|(size, path)| QrCode { size, path }))
    });
    registry.on_service(service, |s, _: Export, _| async move {
        let project = s.open_project().ok_or(ProjectsError::NotOpen)?;
        Ok(project.to_file())
    });
}

#[cfg(test)]
mod tests;
