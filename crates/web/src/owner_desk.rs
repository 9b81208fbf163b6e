//! The data worker's part in gathering ratings: projects on the disk (what the list shows, the project,
//! and a line for each thing the owner did), making tasks, and taking what raters send back.

use super::data_worker::{Owner, rated_anew, send};
use super::given::{random, text_of};
use super::kept::Folder;
use assay_core::platform::{InputFile, read_head};
use assay_core::projects::{OpenProject, SAVED, qr, sort};
use assay_protocol::links::{OwnerCommand, OwnerNews, ProjectCard};
use assay_protocol::messages::Response;
use assay_rating::draft::{Draft, Secrets};
use assay_rating::envelope::{Lock, MAX_TEXT, holds};
use assay_rating::project::Event;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::File;

/// Where projects lie.
const FOLDER: [&str; 2] = ["ratings", "projects"];

fn tell(news: OwnerNews) {
    send(&Response::Owner { news });
}

fn not_kept(error: &JsValue) {
    let detail = format!("{error:?}");
    tell(OwnerNews::NotKept { detail });
}

/// Answers an owner's page.
pub async fn answer(owner: &Rc<Owner>, command: OwnerCommand, files: Vec<File>) {
    match command {
        OwnerCommand::List => list().await,
        OwnerCommand::Plan { draft, locked } => {
            let news = owner.session.borrow().plan_task(&draft, locked);
            tell(news);
        }
        OwnerCommand::Make { draft, passphrase } => make(owner, &draft, &passphrase).await,
        OwnerCommand::Open { id } => match read(&id).await {
            Ok(project) => open(owner, project),
            Err(error) => not_kept(&error),
        },
        OwnerCommand::Remove { id } => {
            owner.session.borrow_mut().close_project(&id);
            if let Ok(folder) = Folder::open(&FOLDER).await {
                for ending in ["card", "json", "jsonl"] {
                    // Where one is not there, it is removed.
                    let _ = folder.remove(&format!("{id}.{ending}")).await;
                }
            }
            rated_anew(owner);
            list().await;
        }
        OwnerCommand::Collect { mut text } => {
            for file in &files {
                let more = text_of(file).await;
                if more.starts_with(SAVED) {
                    restore(owner, &more).await;
                } else {
                    text.push_str("\n\n");
                    text.push_str(&more);
                }
            }
            if !text.trim().is_empty() {
                collect(owner, &text).await;
            }
        }
        OwnerCommand::Decide { event } => decide(owner, event).await,
        OwnerCommand::Qr { text } => {
            let (size, path) = qr(&text).unwrap_or_default();
            tell(OwnerNews::Qr { size, path });
        }
        OwnerCommand::Save => save(owner),
    }
}

/// Takes files in which a rating link stands; `false` where none does, and they are something else.
pub async fn take_files(owner: &Rc<Owner>, files: &[Rc<dyn InputFile>]) -> bool {
    /// Where the words before a link end at the latest.
    const HEAD: u64 = 4096;
    for file in files {
        let head = read_head(&**file, HEAD).await.unwrap_or_default();
        let text = String::from_utf8_lossy(&head);
        if !holds(&text) && !text.starts_with(SAVED) {
            return false;
        }
    }
    let mut text = String::new();
    for file in files {
        let bytes = read_head(&**file, 2 * MAX_TEXT as u64).await;
        let bytes = bytes.unwrap_or_default();
        let more = String::from_utf8_lossy(&bytes);
        if more.starts_with(SAVED) {
            restore(owner, &more).await;
        } else {
            text.push_str("\n\n");
            text.push_str(&more);
        }
    }
    if !text.trim().is_empty() {
        collect(owner, &text).await;
    }
    !files.is_empty()
}

async fn list() {
    match cards().await {
        Ok(list) => tell(OwnerNews::Projects { list }),
        Err(error) => not_kept(&error),
    }
}

async fn cards() -> Result<Vec<ProjectCard>, JsValue> {
    let folder = Folder::open(&FOLDER).await?;
    let mut list = Vec::new();
    for name in folder.names().await? {
        if name.ends_with(".card") {
            let text = folder.text(&name).await.unwrap_or_default();
            list.extend(serde_json::from_str::<ProjectCard>(&text));
        }
    }
    list.sort_by(|a, b| b.made.total_cmp(&a.made));
    Ok(list)
}

async fn read(id: &str) -> Result<OpenProject, JsValue> {
    let folder = Folder::open(&FOLDER).await?;
    let project = folder.text(&format!("{id}.json")).await?;
    let events = folder.text(&format!("{id}.jsonl")).await;
    let project = OpenProject::kept(&project, &events.unwrap_or_default());
    project.map_err(|e| JsValue::from(e.to_string()))
}

/// Writes a project to the disk, its line in the list last: what is listed is there.
async fn write(project: &OpenProject) -> Result<(), JsValue> {
    let folder = Folder::open(&FOLDER).await?;
    let id = &project.id;
    let put = async |ending: &str, text: String| {
        let mut writer = folder.writer(&format!("{id}.{ending}"), false).await?;
        writer.push(text.as_bytes())?;
        writer.flush()
    };
    let line = |event: &Event| serde_json::to_string(event).unwrap_or_default() + "\n";
    put("jsonl", project.events.iter().map(line).collect()).await?;
    let text = serde_json::to_string(&project.project);
    put("json", text.unwrap_or_default()).await?;
    let card = serde_json::to_string(&project.card());
    put("card", card.unwrap_or_default()).await
}

/// Adds an event to a project on the disk.
async fn append(id: &str, event: &Event) -> Result<(), JsValue> {
    let folder = Folder::open(&FOLDER).await?;
    let mut writer = folder.patient_writer(&format!("{id}.jsonl")).await?;
    let line = serde_json::to_string(event).unwrap_or_default() + "\n";
    writer.push(line.as_bytes())?;
    writer.flush()
}

fn open(owner: &Rc<Owner>, project: OpenProject) {
    let sending = project.sending();
    owner.session.borrow_mut().open_project(project);
    tell(OwnerNews::Opened { sending });
    rated_anew(owner);
}

async fn make(owner: &Rc<Owner>, draft: &Draft, passphrase: &str) {
    let secrets = Secrets {
        id: u64::from_le_bytes(random()),
        key: random(),
    };
    let lock = (!passphrase.is_empty()).then(|| Lock {
        passphrase,
        salt: random(),
        nonce: random(),
    });
    let made = js_sys::Date::now();
    let project = owner.session.borrow().make_task(draft, secrets, lock, made);
    match project {
        Ok(project) => {
            if let Err(error) = write(&project).await {
                not_kept(&error);
            }
            open(owner, project);
            list().await;
        }
        Err(error) => tell(OwnerNews::PlanFailed { error }),
    }
}

/// Takes a project that was saved elsewhere, with what is here of it already.
async fn restore(owner: &Rc<Owner>, text: &str) {
    let project = match OpenProject::saved(text) {
        Ok(project) => project,
        Err(error) => return tell(OwnerNews::BadProject { error }),
    };
    let here = read(&project.id).await.map(|p| p.events);
    let project = project.joined(here.unwrap_or_default());
    if let Err(error) = write(&project).await {
        not_kept(&error);
    }
    open(owner, project);
    list().await;
}

async fn collect(owner: &Rc<Owner>, text: &str) {
    let list = cards().await.unwrap_or_default();
    let mut ids: Vec<String> = list.into_iter().map(|card| card.id).collect();
    let here = owner.session.borrow().project().map(|p| p.id.clone());
    ids.extend(here.clone().filter(|id| !ids.contains(id)));
    let sorted = sort(text, &ids, here.as_deref());
    if sorted.projects.is_empty() {
        let (answers, tasks) = (sorted.answers, sorted.tasks);
        return tell(OwnerNews::Homeless { answers, tasks });
    }
    let (mut titles, mut outcomes) = (Vec::new(), Vec::new());
    for (id, envelopes) in sorted.projects {
        let count = envelopes.len();
        let Some(project) = note(owner, &id, Event::Came { envelopes }).await else {
            continue;
        };
        let view = project.view();
        titles.push(project.project.task.title.clone());
        let first = view.outcomes.len().saturating_sub(count);
        outcomes.extend_from_slice(&view.outcomes[first..]);
        open(owner, project);
    }
    let projects = titles;
    tell(OwnerNews::Collected { projects, outcomes });
}

async fn decide(owner: &Rc<Owner>, event: Event) {
    let id = owner.session.borrow().project().map(|p| p.id.clone());
    let Some(id) = id else {
        return;
    };
    if let Some(project) = note(owner, &id, event).await {
        owner.session.borrow_mut().open_project(project);
        rated_anew(owner);
    }
}

/// Notes an event of a project: on the disk, and with all that other tabs have noted there.
async fn note(owner: &Rc<Owner>, id: &str, event: Event) -> Option<OpenProject> {
    if let Err(error) = append(id, &event).await {
        not_kept(&error);
    } else if let Ok(project) = read(id).await {
        return Some(project);
    }
    let open = owner.session.borrow().project().cloned();
    let mut project = open.filter(|p| p.id == id)?;
    project.push(event);
    Some(project)
}

fn save(owner: &Rc<Owner>) {
    if let Some(project) = owner.session.borrow().project() {
        send(&Response::Exported {
            name: "assay-rating-project.json".to_owned(),
            mime: "application/json".to_owned(),
            text: project.to_file(),
        });
    }
}
