use super::super::tests::{answers, data, draft};
use super::*;
use crate::example::{JUDGE, RATINGS};
use crate::platform::fake::{FakeClock, FakeDisk, FakeFile, platform};
use crate::platform::{Disk, InputError, LocalFuture, PageFiles};
use crate::ratings::service::RatingsService;
use assay_calls::native::{CborCodec, InMemoryWorker};
use assay_calls::{Call, CallFailure, Jobs};
use assay_protocol::projects::Sending;
use assay_protocol::ratings::{
    Add, Load, LoadDemo, LoadJudgeDemo, RatingsView, SetExcluded, SetKind, Undo, View,
};
use assay_rating::envelope::ANSWERS_MARK;
use assay_rating::judgements::RaterKind;
use assay_rating::project::Outcome;
use std::cell::Cell;

type Files = Vec<Rc<dyn InputFile>>;

const PEOPLE: &str =
    "rater,item,system,fluency\nann,1,base,2\nann,1,tuned,5\nbob,1,base,1\nbob,1,tuned,4\n";
const MODEL: &str = "rater,item,system,fluency\ngpt-4,1,base,3\ngpt-4,2,tuned,5\n";

/// An example of a few judgements.
struct SmallExample;

impl PageFiles for SmallExample {
    fn read<'a>(&'a self, name: &'a str) -> LocalFuture<'a, Result<Vec<u8>, InputError>> {
        let text = if name == JUDGE { MODEL } else { PEOPLE };
        Box::pin(std::future::ready(Ok(text.into())))
    }
}

/// An owner's page with a worker of its own, as one tab.
struct Tab {
    worker: InMemoryWorker<Files>,
    clock: Rc<FakeClock>,
    /// How often judgements were others.
    changes: Rc<Cell<usize>>,
}

impl Tab {
    fn new(disk: &FakeDisk) -> Self {
        let session = Rc::new(RefCell::new(Session::default()));
        session.borrow_mut().load(data("good"));
        let (announcer, clock) = (Announcer::default(), Rc::new(FakeClock::default()));
        let changes = Rc::new(Cell::new(0));
        let count = changes.clone();
        let changed: Rc<dyn Fn()> = Rc::new(move || count.set(count.get() + 1));
        let platform = Platform {
            clock: clock.clone(),
            page_files: Rc::new(SmallExample),
            ..platform(disk)
        };
        let projects = Rc::new(ProjectsService::new(
            session.clone(),
            &platform,
            announcer.clone(),
            changed.clone(),
        ));
        let ratings = RatingsService::new(
            session,
            projects.clone(),
            announcer.clone(),
            changed,
            &platform,
            Jobs::new(announcer.clone()),
        );
        let mut registry = Registry::<(), CborCodec, Files>::new();
        register(&mut registry, &projects, |files| files);
        crate::ratings::service::register(&mut registry, &Rc::new(ratings), |files| files);
        let worker = InMemoryWorker::new();
        let jobs = Jobs::new(announcer.clone());
        worker.serve(registry, (), &jobs, &announcer);
        Self {
            worker,
            clock,
            changes,
        }
    }

    fn ask<K: Call>(&self, call: K) -> Result<K::Reply, CallFailure<K::Error>> {
        self.worker.ask(call)
    }

    fn ask_with<K: Call>(
        &self,
        call: K,
        files: Vec<FakeFile>,
    ) -> Result<K::Reply, CallFailure<K::Error>> {
        let files = files.into_iter();
        let files = files.map(|f| Rc::new(f) as Rc<dyn InputFile>).collect();
        let reply = self.worker.client().ask_with(call, files);
        self.worker
            .finish(async move { reply.await.map(|a| a.reply) })
    }

    fn create(&self) -> Sending {
        let (draft, passphrase) = (draft(), String::new());
        self.ask(Create { draft, passphrase }).unwrap();
        self.current()
    }

    fn current(&self) -> Sending {
        self.ask(Current {}).unwrap().expect("a project is open")
    }

    fn collect(&self, text: &str) -> Collected {
        let text = text.to_owned();
        self.ask(Collect { text }).unwrap();
        self.received()
    }

    fn received(&self) -> Collected {
        self.ask(Received {}).unwrap().expect("something came in")
    }

    fn not_saved(&self) -> Option<DiskError> {
        self.ask(NotSaved {}).unwrap()
    }

    fn view(&self) -> RatingsView {
        let baseline = None;
        self.ask(View { baseline }).unwrap().expect("judgements")
    }

    fn raters(&self) -> usize {
        self.view().analysis.raters.len()
    }

    /// A link with the answers of one device to the open project.
    fn answers(&self, device: u64, rater: &str) -> String {
        let project = OpenProject::saved(&self.ask(Export {}).unwrap()).unwrap();
        format!("{ANSWERS_MARK}{}", answers(&project, device, rater, 4))
    }
}

fn error<T: std::fmt::Debug, E>(reply: Result<T, CallFailure<E>>) -> E {
    match reply {
        Err(CallFailure::Service(error)) => error,
        Ok(other) => panic!("{other:?}"),
        Err(CallFailure::Channel(failure)) => panic!("{failure:?}"),
    }
}

fn added(collected: &Collected) -> usize {
    let added = |o: &Outcome| matches!(o, Outcome::Merged { .. });
    collected.outcomes.iter().filter(|o| added(o)).count()
}

#[test]
fn a_project_is_made_filled_decided_and_opened_again() {
    let disk = FakeDisk::default();
    let tab = Tab::new(&disk);
    let sending = tab.create();
    assert_eq!(tab.ask(List {}).unwrap().len(), 1);
    let text = format!("{}\n{}", tab.answers(1, "Ann"), tab.answers(2, "Bob"));
    let collected = tab.collect(&text);
    assert_eq!((added(&collected), collected.projects.len()), (2, 1));
    assert_eq!(tab.raters(), 2);
    let (rater, excluded) = (tab.view().analysis.raters[0].info.key.clone(), true);
    tab.ask(SetExcluded { rater, excluded }).unwrap();
    assert!(tab.view().analysis.raters[0].info.left_out);
    let decision = Decision::Undo;
    tab.ask(Decide { decision }).unwrap();
    assert!(!tab.view().analysis.raters[0].info.left_out);
    assert!(tab.changes.get() >= 4);

    // After a reload everything is there.
    let later = Tab::new(&disk);
    assert_eq!(later.ask(Current {}).unwrap(), None);
    let id = sending.id.clone();
    later.ask(Open { id }).unwrap();
    assert_eq!((later.current(), later.raters()), (sending, 2));
    assert_eq!(later.not_saved(), None);
    let id = later.current().id;
    later.ask(Remove { id }).unwrap();
    assert_eq!(disk.paths(), Vec::<String>::new());
    assert_eq!(later.ask(Current {}).unwrap(), None);
}

#[test]
fn the_next_answers_after_a_torn_last_line_are_not_lost() {
    let disk = FakeDisk::default();
    let tab = Tab::new(&disk);
    let id = tab.create().id;
    tab.collect(&tab.answers(1, "Ann"));
    tab.collect(&tab.answers(2, "Bob"));
    let path = format!("ratings/projects/{id}.jsonl");
    let text = disk.text(&path).unwrap();
    disk.put(&path, &text.as_bytes()[..text.len() - 9]);
    let next = tab.answers(3, "Cid");
    let collected = tab.collect(&next);
    assert!(matches!(&collected.outcomes[..], [Outcome::Merged { rater, .. }] if rater == "Cid"));
    assert_eq!(tab.raters(), 2, "Ann and Cid; Bob's line was cut");
    let later = Tab::new(&disk);
    later.ask(Open { id }).unwrap();
    assert_eq!(later.raters(), 2);
}

#[test]
fn answers_to_a_project_that_another_tab_removed_are_not_told_as_received() {
    let disk = FakeDisk::default();
    let (first, second) = (Tab::new(&disk), Tab::new(&disk));
    let id = first.create().id;
    second.ask(Remove { id: id.clone() }).unwrap();
    let collected = first.collect(&first.answers(1, "Ann"));
    let removed = ProjectsError::Removed { title: "T".into() };
    assert_eq!(collected.failures, std::slice::from_ref(&removed));
    assert!(collected.projects.is_empty() && collected.outcomes.is_empty());
    assert_eq!(disk.paths(), Vec::<String>::new(), "no orphan is left");
    let decision = Decision::Undo;
    assert_eq!(error(first.ask(Decide { decision })), removed);
    assert_eq!(error(second.ask(Open { id })), ProjectsError::Missing);

    // They are kept, and brought back with the task where a person wants that.
    first.collect(&first.answers(2, "Bob"));
    first.ask(BringBack {}).unwrap();
    assert_eq!(first.raters(), 2);
    assert_eq!(first.received().outcomes.len(), 2);
    second
        .ask(Open {
            id: first.current().id,
        })
        .unwrap();
    assert_eq!(second.raters(), 2);
    assert_eq!(error(first.ask(BringBack {})), ProjectsError::NotOpen);
    second
        .ask(Remove {
            id: first.current().id,
        })
        .unwrap();

    // What the first tab still shows can be saved and brought back.
    let file = first.ask(Export {}).unwrap();
    let files = vec![FakeFile::new("project.json", file)];
    let text = String::new();
    second.ask_with(Collect { text }, files).unwrap();
    assert_eq!(second.received().restored, 1);
    assert_eq!(added(&first.collect(&first.answers(3, "Cid"))), 1);
}

#[test]
fn a_full_disk_is_told_and_all_is_saved_once_there_is_room() {
    let disk = FakeDisk::default();
    let tab = Tab::new(&disk);
    let id = tab.create().id;
    disk.limit(20);
    assert_eq!(added(&tab.collect(&tab.answers(1, "Ann"))), 1);
    assert!(matches!(tab.not_saved(), Some(DiskError::Full { .. })));
    tab.collect(&tab.answers(2, "Bob"));
    assert!(tab.not_saved().is_some());
    assert_eq!(tab.raters(), 2, "in memory they are there");
    disk.limit(1 << 20);
    tab.collect(&tab.answers(3, "Cid"));
    assert_eq!(tab.not_saved(), None);
    let later = Tab::new(&disk);
    later.ask(Open { id }).unwrap();
    assert_eq!(later.raters(), 3);
}

#[test]
fn without_a_disk_a_project_lasts_as_long_as_the_page() {
    let disk = FakeDisk::default();
    disk.deny();
    let tab = Tab::new(&disk);
    tab.create();
    assert!(matches!(tab.not_saved(), Some(DiskError::Denied { .. })));
    assert!(matches!(error(tab.ask(List {})), DiskError::Denied { .. }));
    assert_eq!(added(&tab.collect(&tab.answers(1, "Ann"))), 1);
    assert_eq!(tab.raters(), 1);
    disk.allow();
    tab.collect(&tab.answers(2, "Bob"));
    assert_eq!(tab.not_saved(), None);
    assert_eq!(tab.ask(List {}).unwrap().len(), 1);
}

#[test]
fn a_file_that_another_tab_holds_keeps_nothing_from_being_counted() {
    let disk = FakeDisk::default();
    let tab = Tab::new(&disk);
    let id = tab.create().id;
    let name = format!("{id}.jsonl");
    let path = ["ratings", "projects", name.as_str()];
    let held = futures_executor::block_on(disk.log(&path)).unwrap();
    tab.collect(&tab.answers(1, "Ann"));
    assert!(matches!(tab.not_saved(), Some(DiskError::InUse { .. })));
    drop(held);
    tab.collect(&tab.answers(2, "Bob"));
    assert_eq!((tab.not_saved(), tab.raters()), (None, 2));
}

#[test]
fn answers_of_other_tasks_and_what_holds_none_are_told() {
    let disk = FakeDisk::default();
    let maker = Tab::new(&disk);
    maker.create();
    let link = maker.answers(1, "Ann");
    let elsewhere = Tab::new(&FakeDisk::default());
    let collected = elsewhere.collect(&link);
    assert_eq!((collected.unmatched_answers, collected.tasks), (1, 0));
    assert_eq!(elsewhere.collect("no link"), Collected::default());
    let text = String::new();
    let files = vec![
        FakeFile::gone("gone.txt"),
        FakeFile::new("cut.json", "{\"assay_project\":1"),
    ];
    elsewhere.ask_with(Collect { text }, files).unwrap();
    assert!(matches!(
        &elsewhere.received().failures[..],
        [
            ProjectsError::Unreadable { .. },
            ProjectsError::Unusable { .. }
        ]
    ));
}

#[test]
fn without_random_numbers_no_task_is_made() {
    let tab = Tab::new(&FakeDisk::default());
    tab.clock.lose_random();
    let (draft, passphrase) = (draft(), String::new());
    let refused = error(tab.ask(Create { draft, passphrase }));
    assert_eq!(refused, CreateError::NoRandomness);
    assert_eq!(tab.ask(Current {}).unwrap(), None);
}

#[test]
fn a_judges_file_stands_beside_peoples_until_it_is_undone() {
    let tab = Tab::new(&FakeDisk::default());
    tab.ask(LoadJudgeDemo {}).unwrap();
    let view = tab.view();
    assert_eq!(view.file, format!("{RATINGS} + {JUDGE}"));
    let names: Vec<&str> = view
        .analysis
        .raters
        .iter()
        .map(|r| r.info.name.as_str())
        .collect();
    assert_eq!(names, ["ann", "bob", "gpt-4"]);
    let fluency = &view.analysis.dimensions[0];
    assert_eq!(fluency.systems[0].ratings, 2, "people's alone are counted");
    let judge = &view.analysis.judges[0];
    let agreement = judge.dimensions[0].agreement.as_ref().unwrap();
    assert_eq!((judge.name.as_str(), agreement.count), ("gpt-4", 1));
    // A person says that it is a person.
    let rater = view.analysis.raters[2].info.key.clone();
    let kind = RaterKind::Person;
    tab.ask(SetKind {
        rater: rater.clone(),
        kind,
    })
    .unwrap();
    let view = tab.view();
    assert!(view.analysis.judges.is_empty());
    assert_eq!(view.analysis.dimensions[0].systems[0].ratings, 3);
    let excluded = true;
    tab.ask(SetExcluded { rater, excluded }).unwrap();
    assert_eq!(tab.view().analysis.dimensions[0].systems[0].ratings, 2);
    tab.ask(Undo {}).unwrap();
    assert_eq!(tab.view().file, RATINGS);
    let more = vec![FakeFile::new("more.csv", MODEL)];
    tab.ask_with(Add {}, more).unwrap();
    assert_eq!(tab.view().file, format!("{RATINGS} + more.csv"));
    assert!(tab.ask_with(Add {}, Vec::new()).is_err());
}

#[test]
fn judgements_come_from_files_and_files_with_links_are_collected() {
    let tab = Tab::new(&FakeDisk::default());
    tab.ask(LoadDemo {}).unwrap();
    assert_eq!(tab.view().file, RATINGS);
    let other = || vec![FakeFile::new("other.csv", PEOPLE)];
    tab.ask_with(Load {}, other()).unwrap();
    assert_eq!(tab.view().earlier.as_deref(), Some(RATINGS));
    tab.ask(Undo {}).unwrap();
    assert_eq!(tab.view().file, RATINGS);
    let bad = vec![FakeFile::new("x.csv", "a,b\n1,2\n")];
    assert!(tab.ask_with(Load {}, bad).is_err());
    assert_eq!(tab.view().file, RATINGS, "what was there stays");
    let rater = tab.view().analysis.raters[1].info.key.clone();
    let excluded = true;
    tab.ask(SetExcluded { rater, excluded }).unwrap();
    assert!(tab.view().analysis.raters[1].info.left_out);

    tab.create();
    let link = FakeFile::new("ann.txt", tab.answers(1, "Ann"));
    tab.ask_with(Load {}, vec![link]).unwrap();
    assert_eq!(added(&tab.received()), 1);
    assert!(tab.view().project.is_some());
}

#[test]
fn a_link_has_a_picture() {
    let tab = Tab::new(&FakeDisk::default());
    let draw = |letters: usize| {
        let text = "a".repeat(letters);
        tab.ask(DrawQrCode { text }).unwrap()
    };
    assert_eq!(draw(2953).map(|code| code.size), Some(177));
    assert_eq!(draw(2954), None);
}
