//! Projects on the disk: what the list shows, the project, and a line for each thing that the owner did.

use super::OpenProject;
use crate::platform::{Disk, DiskError, LineLog};
use assay_protocol::projects::{ProjectCard, ProjectsError};
use assay_rating::project::Event;
use assay_sorting::sort_by;
use std::rc::Rc;

/// Where projects are saved.
pub(crate) const FOLDER: [&str; 2] = ["ratings", "projects"];

/// The projects on the disk.
pub(super) struct Store(pub(super) Rc<dyn Disk>);

fn failed(error: DiskError) -> ProjectsError {
    ProjectsError::Disk { error }
}

impl Store {
    async fn text(&self, name: &str) -> Result<Option<String>, DiskError> {
        let bytes = self.0.read(&[FOLDER[0], FOLDER[1], name]).await?;
        Ok(bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
    }

    async fn put(&self, name: &str, text: &str) -> Result<(), DiskError> {
        let path = [FOLDER[0], FOLDER[1], name];
        self.0.write(&path, text.as_bytes()).await
    }

    /// The list, the latest first. A card that can't be read is passed over.
    pub(super) async fn cards(&self) -> Result<Vec<ProjectCard>, DiskError> {
        let mut cards = Vec::new();
        for name in self.0.names(&FOLDER).await? {
            if name.ends_with(".card") {
                let text = self.text(&name).await?.unwrap_or_default();
                cards.extend(serde_json::from_str::<ProjectCard>(&text));
            }
        }
        sort_by(&mut cards, |a, b| b.made.total_cmp(&a.made));
        Ok(cards)
    }

    /// A project with its events; nothing where it is not there.
    pub(super) async fn read(&self, id: &str) -> Result<Option<OpenProject>, ProjectsError> {
        let text = self.text(&format!("{id}.json")).await.map_err(failed)?;
        let Some(text) = text else {
            return Ok(None);
        };
        let events = self.text(&format!("{id}.jsonl")).await.map_err(failed)?;
        let project = OpenProject::kept(&text, &events.unwrap_or_default());
        let project = project.map_err(|error| ProjectsError::Unusable { error })?;
        Ok(Some(project))
    }

    /// Writes a project, its line in the list last: what is listed is there.
    pub(super) async fn write(&self, project: &OpenProject) -> Result<(), DiskError> {
        let id = &project.id;
        let (text, events) = project.to_files();
        self.put(&format!("{id}.jsonl"), &events).await?;
        self.put(&format!("{id}.json"), &text).await?;
        let card = serde_json::to_string(&project.card()).expect("a card can be written");
        self.put(&format!("{id}.card"), &card).await
    }

    /// Writes all events of a project that is there.
    pub(super) async fn write_events(&self, project: &OpenProject) -> Result<(), DiskError> {
        let (_, events) = project.to_files();
        self.put(&format!("{}.jsonl", project.id), &events).await
    }

    /// Adds an event to a project that is there.
    pub(super) async fn append(&self, id: &str, event: &Event) -> Result<(), DiskError> {
        let name = format!("{id}.jsonl");
        let log = self.0.log(&[FOLDER[0], FOLDER[1], &name]).await?;
        let (mut log, _) = LineLog::new(log)?;
        log.append(&[serde_json::to_string(event).expect("an event can be written")])
    }

    /// Removes a project, its line in the list first. All of it is tried; the first failure is told.
    pub(super) async fn remove(&self, id: &str) -> Result<(), DiskError> {
        let mut result = Ok(());
        for ending in ["card", "json", "jsonl"] {
            let name = format!("{id}.{ending}");
            let removed = self.0.remove(&[FOLDER[0], FOLDER[1], &name]).await;
            result = result.and(removed);
        }
        result
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{answers, project};
    use super::*;
    use crate::platform::fake::FakeDisk;
    use futures_executor::block_on;

    #[test]
    fn events_that_are_torn_at_any_byte_lose_that_line_at_most_and_never_the_next() {
        let mut open = project(7);
        let came = |device, rater| Event::Came {
            envelopes: vec![answers(&project(7), device, rater, 4)],
        };
        open.push(came(1, "Ann"));
        open.push(came(2, "Bob"));
        let disk = FakeDisk::default();
        let store = Store(Rc::new(disk.clone()));
        block_on(store.write(&open)).unwrap();
        let path = format!("ratings/projects/{}.jsonl", open.id);
        let whole = disk.bytes(&path).unwrap();
        for cut in 0..=whole.len() {
            disk.put(&path, &whole[..cut]);
            let ends = whole.iter().enumerate().filter(|(_, b)| **b == b'\n');
            let kept = ends.filter(|(end, _)| *end <= cut).count();
            block_on(store.append(&open.id, &came(3, "Cid"))).unwrap();
            let read = block_on(store.read(&open.id)).unwrap().unwrap();
            assert_eq!(read.events[..kept], open.events[..kept], "{cut}");
            assert_eq!(read.events[kept..], [came(3, "Cid")], "{cut}");
        }
    }
}
