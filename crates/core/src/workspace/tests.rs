//! Projects over a disk in memory: a second visit is another set of services over the same disk.

use super::manifest::Manifest;
use super::*;
use crate::platform::fake::{FakeClock, FakeDisk, FakeFile, file_of};
use crate::platform::{DiskError, InputFile};
use crate::services::{Host, Services};
use assay_calls::native::{CborCodec, InMemoryWorker};
use assay_calls::{Call, CallFailure, ClientEvent, Event, JobKind, Jobs, Registry};
use assay_data::Role;
use assay_protocol::annotations::SetNote;
use assay_protocol::data::{ExampleName, Import, LastImport, LoadDemo, SetRole, Summarize};
use assay_protocol::report::{SetAim, SetGoals, View as ReportOf};
use assay_protocol::rows::RowDetail;
use assay_protocol::scores::{AddMetric, Configure, Metrics, SetOption};
use assay_protocol::topics::SCORE;
use assay_protocol::workspace::{
    Damage, Duplicate, Follow, Followed, KeepAsNew, List, New, Open, OpenedProject, Remove, Rename,
    Restore, Save, SetAddress, Start, State, WorkspaceCard, WorkspaceError,
};
use assay_protocol::{experiment, programs, ratings, training};
use assay_report::aim::Aim;
use assay_stats::{PairedTest, PairedTestKind};

mod annotations;
mod backup;
mod disks;
mod lists;
mod originals;
mod power;
mod rounds;

type Files = Vec<Rc<dyn InputFile>>;

const OUTPUTS: &str = "reference,base,tuned,topic\nthe cat sat down here,a dog sat there,the cat sat down here,x\nwe go home now,we stay here now,we go home now,y\na good day for all,a bad day for all,,x\n";
const TASKS: &str = r#"{"task_id": "t/0", "prompt": "def f():\n", "test": "def check(f):\n    assert f()", "entry_point": "f"}"#;
const SAMPLES: &str = r#"{"task_id": "t/0", "completion": "    return 1"}"#;

/// A page's tab with its worker.
struct Tab {
    worker: InMemoryWorker<Files>,
    disk: FakeDisk,
    started: Rc<RefCell<Vec<JobKind>>>,
}

impl Tab {
    /// A tab whose page asks nothing yet.
    fn unstarted(disk: &FakeDisk) -> Self {
        Self::unstarted_at(disk, 0)
    }

    /// The same at this time of the clock, in milliseconds.
    fn unstarted_at(disk: &FakeDisk, now_ms: u32) -> Self {
        let announcer = Announcer::default();
        let jobs = Jobs::new(announcer.clone());
        let mut host = Host::in_memory(disk, &jobs, &announcer);
        let clock = FakeClock::default();
        futures_executor::block_on(clock.sleep(now_ms));
        host.platform.clock = Rc::new(clock);
        let services = Services::new(host);
        let mut registry = Registry::<(), CborCodec, Files>::new();
        services.register(&mut registry, |files| files, file_of);
        let worker = InMemoryWorker::new();
        let started: Rc<RefCell<Vec<JobKind>>> = Rc::default();
        let heard = started.clone();
        worker.client().listen(move |event| {
            if let ClientEvent::Event(Event::JobStarted { kind, .. }) = event {
                heard.borrow_mut().push(kind);
            }
        });
        worker.serve(registry, (), &jobs, &announcer);
        worker.spawn(services.scoring());
        worker.spawn(services.saving());
        let disk = disk.clone();
        Self {
            worker,
            disk,
            started,
        }
    }

    /// A tab that opens the last project, and what came of it.
    fn opened(disk: &FakeDisk) -> (Self, OpenedProject) {
        Self::opened_at(disk, 0)
    }

    /// The same at this time of the clock, in milliseconds.
    fn opened_at(disk: &FakeDisk, now_ms: u32) -> (Self, OpenedProject) {
        let tab = Self::unstarted_at(disk, now_ms);
        let start = Start {
            id: None,
            opens: true,
        };
        let opened = tab.ask(start).unwrap();
        tab.worker.run();
        (tab, opened)
    }

    fn ask<C: Call>(&self, call: C) -> Result<C::Reply, CallFailure<C::Error>> {
        let reply = self.worker.ask(call);
        self.worker.run();
        reply
    }

    fn import(&self, files: &[(&str, &str)]) {
        let files = files.iter().map(|(name, text)| {
            let file: Rc<dyn InputFile> = Rc::new(FakeFile::new(name, *text));
            file
        });
        let answer = self.worker.client().ask_with(Import {}, files.collect());
        self.worker.finish(answer).unwrap();
        self.worker.run();
    }

    fn configure(&self, baseline: usize, kind: PairedTestKind) {
        let test = PairedTest {
            kind,
            samples: 50,
            seed: 3,
        };
        let domains = None;
        let call = Configure {
            baseline,
            test,
            domains,
        };
        self.ask(call).unwrap();
    }

    fn state(&self) -> WorkspaceState {
        self.ask(State {}).unwrap()
    }

    fn list(&self) -> Vec<WorkspaceCard> {
        self.ask(List {}).unwrap()
    }

    fn files(&self) -> Vec<String> {
        let loaded = self.ask(Summarize {}).unwrap();
        loaded.map_or(Vec::new(), |loaded| loaded.summary.files)
    }

    /// Ends as a browser's process does that was killed.
    fn crash(self) -> FakeDisk {
        let disk = self.disk.clone();
        drop(self);
        disk.end_tab();
        disk
    }

    /// Whether scores were computed since the last time this was asked.
    fn has_scored(&self) -> bool {
        self.started.take().contains(&SCORE)
    }
}

/// All that the page shows of a tab's data and results, as text: what is not a number is compared too.
fn shown(tab: &Tab) -> String {
    let mut summary = tab.ask(Summarize {}).unwrap().map(|loaded| loaded.summary);
    // What undo would bring back is not kept.
    summary.iter_mut().for_each(|s| s.earlier = None);
    let mut metrics = tab.ask(Metrics {}).unwrap();
    // Their ids are another visit's.
    metrics
        .metrics
        .iter_mut()
        .for_each(|m| m.id = Default::default());
    let rows: Vec<_> = (0..3)
        .map(|row| tab.ask(RowDetail { row, against: None }).ok())
        .collect();
    let ratings = ratings::View { baseline: None };
    let report = ReportOf {
        language: "en".to_owned(),
        day: String::new(),
    };
    format!(
        "{summary:?}\n{metrics:?}\n{rows:?}\n{:?}\n{:?}\n{:?}\n{:?}\n{:?}\n{:?}",
        tab.ask(LastImport {}).unwrap(),
        tab.ask(training::Runs {}).unwrap().runs,
        tab.ask(experiment::List {}).unwrap().experiments,
        tab.ask(programs::Programs {}).unwrap(),
        tab.ask(ratings).unwrap(),
        tab.ask(report).unwrap().verdict,
    )
}

/// The example that every page has something to say about.
const SUPPORT: LoadDemo = LoadDemo {
    example: ExampleName::Support,
};

/// A project with something of everything.
fn full(disk: &FakeDisk) -> Tab {
    let (tab, opened) = Tab::opened(disk);
    assert_eq!(opened, OpenedProject::default());
    tab.ask(SUPPORT).unwrap();
    tab.ask(ratings::LoadDemo {}).unwrap();
    tab.import(&[("tasks.jsonl", TASKS), ("tuned.jsonl", SAMPLES)]);
    tab.import(&[("outputs.csv", OUTPUTS)]);
    let (column, role) = (3, Role::Slice);
    tab.ask(SetRole { column, role }).unwrap();
    tab.configure(1, PairedTestKind::Randomization);
    let name = "distinct2".to_owned();
    let added = tab.ask(AddMetric { name }).unwrap();
    let chrf = tab.ask(Metrics {}).unwrap().metrics.remove(1);
    assert!(chrf.name.starts_with("chrF") && chrf.id != added);
    let metric = chrf.id;
    let option = SetOption {
        metric,
        option: "char_order".to_owned(),
        value: "4".to_owned(),
    };
    tab.ask(option).unwrap();
    tab.configure(1, PairedTestKind::Randomization);
    let text = "odd".to_owned();
    tab.ask(SetNote { row: 1, text }).unwrap();
    let address = "/examples?row=2".to_owned();
    tab.ask(SetAddress { address }).unwrap();
    tab
}

#[test]
fn what_was_found_in_training_files_is_there_on_the_next_visit() {
    let disk = FakeDisk::default();
    let (tab, _) = Tab::opened(&disk);
    tab.import(&[("a.csv", "prompt,reference,base\nhow many legs has a spider,eight,six\nwhich river runs through Vienna,the Danube,it\n")]);
    tab.configure(0, PairedTestKind::Bootstrap);
    let words = assay_data::overlaps::OverlapWords {
        column: "in training data".to_owned(),
        found: "yes".to_owned(),
        not_found: "no".to_owned(),
    };
    let training: Files = vec![Rc::new(FakeFile::new(
        "t.csv",
        "text,n\nHow many legs has a spider?,1\n",
    ))];
    let look = tab
        .worker
        .client()
        .ask_with(assay_protocol::overlap::FindOverlap { words }, training);
    tab.worker.finish(look).unwrap();
    tab.worker.run();
    let list = || assay_protocol::overlap::ListOverlaps {};
    let found = tab.ask(list()).unwrap();
    assert_eq!(found[0].report.found, 1);
    drop(tab);
    let (again, _) = Tab::opened(&disk);
    assert_eq!(again.ask(list()).unwrap(), found);
    let summary = again.ask(Summarize {}).unwrap().unwrap().summary;
    let column = summary.columns.last().unwrap();
    assert_eq!(
        (column.name.as_str(), column.role),
        ("in training data", Role::Slice)
    );
}

#[test]
fn a_crash_loses_nothing_and_results_are_not_computed_again() {
    let disk = FakeDisk::default();
    let tab = full(&disk);
    assert!(tab.has_scored());
    let before = shown(&tab);
    assert!(
        before.contains("outputs.csv") && before.contains("is_added: true"),
        "{before}"
    );
    assert_eq!(tab.state().saving, SaveState::Saved);
    let id = tab.state().id;
    let (tab, opened) = Tab::opened(&tab.crash());
    assert_eq!((&opened.id, &*opened.address), (&id, "/examples?row=2"));
    assert_eq!((opened.damage, opened.failure), (Vec::new(), None));
    assert_eq!(shown(&tab), before);
    // The page asks for scores under its settings, which are those of the address.
    tab.configure(1, PairedTestKind::Randomization);
    assert!(!tab.has_scored(), "no scores are computed");
    assert_eq!(shown(&tab), before);
    assert_eq!(tab.state().saving, SaveState::Saved);
    // Another test is computed from the rows that were kept, and saved like the first.
    tab.configure(0, PairedTestKind::Bootstrap);
    assert!(tab.has_scored());
    let before = shown(&tab);
    let (tab, _) = Tab::opened(&tab.crash());
    tab.configure(0, PairedTestKind::Bootstrap);
    assert!(!tab.has_scored());
    assert_eq!(shown(&tab), before);
}

#[test]
fn a_visit_that_changes_nothing_writes_no_part_again() {
    let disk = FakeDisk::default();
    let tab = full(&disk);
    let parts = |disk: &FakeDisk| {
        let paths = disk.paths().into_iter();
        paths
            .filter(|path| !path.ends_with(".json"))
            .collect::<Vec<_>>()
    };
    let before = parts(&disk);
    assert!(before.len() > 10, "{before:?}");
    let (tab, _) = Tab::opened(&tab.crash());
    tab.configure(1, PairedTestKind::Randomization);
    assert_eq!(parts(&disk), before);
}

#[test]
fn scoring_that_a_crash_ended_goes_on_with_what_is_missing() {
    let disk = FakeDisk::default();
    let (tab, _) = Tab::opened(&disk);
    tab.import(&[("outputs.csv", OUTPUTS)]);
    // Saved before anything is scored.
    let (tab, _) = Tab::opened(&tab.crash());
    assert_eq!(tab.files(), ["outputs.csv"]);
    tab.configure(0, PairedTestKind::Bootstrap);
    assert!(tab.has_scored());
    assert!(!tab.ask(Metrics {}).unwrap().results.is_empty());
}

#[test]
fn what_was_loaded_before_the_page_started_is_a_project_of_its_own() {
    let disk = FakeDisk::default();
    let first = full(&disk).state().id;
    disk.end_tab();
    let tab = Tab::unstarted(&disk);
    tab.import(&[("b.csv", OUTPUTS)]);
    let start = Start {
        id: first.clone(),
        opens: true,
    };
    assert_eq!(tab.ask(start).unwrap().id, None);
    assert_eq!(tab.files(), ["b.csv"]);
    assert_ne!(tab.state().id, first);
    assert_eq!(tab.list().len(), 2);
}

#[test]
fn goals_stand_before_results_also_after_a_visit() {
    let disk = FakeDisk::default();
    let (tab, _) = Tab::opened(&disk);
    tab.import(&[("outputs.csv", OUTPUTS)]);
    tab.configure(0, PairedTestKind::Bootstrap);
    let report = || ReportOf {
        language: "en".to_owned(),
        day: String::new(),
    };
    let mut candidate = tab.ask(report()).unwrap().candidates.remove(0);
    let goals = assay_report::goals::Goals {
        goals: vec![assay_report::goals::Goal {
            measure: candidate.measure,
            system: candidate.systems.remove(0),
            least: 0.1,
            after_results: false,
        }],
        ..Default::default()
    };
    tab.ask(SetGoals { goals }).unwrap();
    let aim = Some(Aim::Cost);
    tab.ask(SetAim { aim }).unwrap();
    let before = tab.ask(report()).unwrap().goals;
    assert!(before.goals[0].after_results);
    assert_eq!((before.aim, before.goals.len()), (aim, 1));
    let (tab, _) = Tab::opened(&tab.crash());
    assert_eq!(tab.ask(report()).unwrap().goals, before);
}
