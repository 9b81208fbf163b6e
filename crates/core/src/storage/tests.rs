use super::*;
use crate::platform::InputFile;
use crate::platform::fake::{FakeClock, FakeDisk, FakeFile, file_of};
use crate::projects::tests::draft;
use crate::services::{Host, Services};
use assay_calls::native::{CborCodec, InMemoryWorker};
use assay_calls::{Call, CallFailure};
use assay_protocol::data::{Import, Summarize};
use assay_protocol::topics::IMPORT;
use assay_protocol::workspace::Start;
use assay_protocol::{projects, rater};
use assay_rating::draft::Draft;

type Files = Vec<Rc<dyn InputFile>>;

const OUTPUTS: &str = "prompt,base,tuned\nsay a,a,A\nsay b,b,B\nsay c,c,C\n";

/// A page's tab with its worker.
struct Tab {
    worker: InMemoryWorker<Files>,
    jobs: Jobs,
}

impl Tab {
    fn new(disk: &FakeDisk) -> Self {
        let announcer = Announcer::default();
        let jobs = Jobs::new(announcer.clone());
        let services = Services::new(Host::in_memory(disk, &jobs, &announcer));
        let mut registry = Registry::<(), CborCodec, Files>::new();
        services.register(&mut registry, |files| files, file_of);
        let (disk, clock) = (Rc::new(disk.clone()), Rc::new(FakeClock::default()));
        let rates = Rc::new(assay_rater::RaterService::new(disk, clock));
        assay_rater::register(&mut registry, &rates, |files| files);
        let worker = InMemoryWorker::new();
        worker.serve(registry, (), &jobs, &announcer);
        worker.spawn(services.scoring());
        worker.spawn(services.saving());
        let tab = Self { worker, jobs };
        let (id, opens) = (None, true);
        tab.ask(Start { id, opens }).unwrap();
        tab
    }

    fn ask<C: Call>(&self, call: C) -> Result<C::Reply, CallFailure<C::Error>> {
        let reply = self.worker.ask(call);
        self.worker.run();
        reply
    }

    /// Writes what a visit writes: a project, a rating task, and answers to it.
    fn work(&self) {
        let file: Rc<dyn InputFile> = Rc::new(FakeFile::new("a.csv", OUTPUTS));
        let imported = self.worker.client().ask_with(Import {}, vec![file]);
        self.worker.finish(imported).unwrap();
        self.worker.run();
        let draft = Draft {
            count: 3,
            ..draft()
        };
        let passphrase = String::new();
        self.ask(projects::Create { draft, passphrase }).unwrap();
        let sending = self.ask(projects::Current {}).unwrap().unwrap();
        let text = format!("#/rate/{}", sending.envelope);
        self.ask(rater::Open { text }).unwrap();
        let (name, slot) = ("Ann".to_owned(), None);
        self.ask(rater::Start { name, slot }).unwrap();
        // Lets go of the answers, as a rater's page that is closed does.
        let text = String::new();
        assert!(self.ask(rater::Open { text }).is_err());
    }

    fn contents(&self) -> Vec<Stored> {
        self.ask(Contents {}).unwrap()
    }
}

/// What no service writes without a model.
fn put_models(disk: &FakeDisk) {
    disk.put("models/f00d/0.gguf", &[1; 1000]);
    disk.put("models/f00d/about.json", b"{}");
    disk.put("scores/f00d.jsonl", b"{}\n");
    disk.put("adapter.json", b"{}");
}

#[test]
fn all_that_was_written_is_listed_by_kind_and_all_of_it_is_removed() {
    let disk = FakeDisk::default();
    put_models(&disk);
    let tab = Tab::new(&disk);
    tab.work();
    let contents = tab.contents();
    let kinds: Vec<StoredKind> = contents.iter().map(|stored| stored.kind).collect();
    assert_eq!(kinds, StoredKind::ALL.map(|(kind, _)| kind));
    let counts: Vec<usize> = contents.iter().map(|stored| stored.count).collect();
    assert_eq!(counts, [1, 1, 1, 1, 1, 2]);
    assert_eq!(contents[3].bytes, 1002.0);
    let bytes = |path: &String| disk.bytes(path).unwrap().len() as f64;
    let all: f64 = disk.paths().iter().map(bytes).sum();
    let listed: f64 = contents.iter().map(|stored| stored.bytes).sum();
    assert_eq!(
        listed, all,
        "nothing is on the disk that the list leaves out"
    );

    tab.ask(RemoveAll {}).unwrap();
    assert_eq!(disk.paths(), Vec::<String>::new());
    assert_eq!(tab.contents(), []);
    assert_eq!(tab.ask(Summarize {}).unwrap(), None, "nor is it in memory");
    // What is done afterwards is saved as ever.
    tab.work();
    assert!(!disk.paths().is_empty());
}

#[test]
fn what_another_tab_has_open_stays_and_is_told_and_the_rest_goes() {
    let disk = FakeDisk::default();
    put_models(&disk);
    let (first, second) = (Tab::new(&disk), Tab::new(&disk));
    first.work();
    let refused = second.ask(RemoveAll {});
    let Err(CallFailure::Service(RemoveAllError::Left { error })) = refused else {
        panic!("{refused:?}");
    };
    assert!(matches!(error, DiskError::InUse { .. }), "{error}");
    let kinds: Vec<StoredKind> = second.contents().iter().map(|s| s.kind).collect();
    assert_eq!(kinds, [StoredKind::Projects]);
}

#[test]
fn nothing_is_removed_while_a_job_may_write() {
    let disk = FakeDisk::default();
    put_models(&disk);
    let tab = Tab::new(&disk);
    let job = tab.jobs.start(IMPORT);
    let running = RemoveAllError::Running;
    assert_eq!(tab.ask(RemoveAll {}), Err(CallFailure::Service(running)));
    assert_eq!(disk.paths().len(), 4);
    job.finish();
    assert_eq!(tab.ask(RemoveAll {}), Ok(()));
    assert!(disk.paths().is_empty());
}

#[test]
fn a_disk_that_is_refused_is_told() {
    let disk = FakeDisk::default();
    disk.deny();
    let tab = Tab::new(&disk);
    let error = DiskError::Denied {
        detail: "denied".to_owned(),
    };
    let failure = CallFailure::Service(error.clone());
    assert_eq!(tab.ask(Contents {}), Err(failure));
    let left = CallFailure::Service(RemoveAllError::Left { error });
    assert_eq!(tab.ask(RemoveAll {}), Err(left));
}
