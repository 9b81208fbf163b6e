use super::*;
use assay_calls::native::{CborCodec, InMemoryWorker};
use assay_calls::{Announcer, Call, CallFailure, ChannelFailure, Jobs};
use assay_platform::fake::{FakeClock, FakeDisk, FakeFile};
use assay_protocol::rater::ItemView;
use assay_rating::envelope::{
    self, AnswerKey, Envelope, Lock, OpenedAnswers, TASK_MARK, of_task, packed,
};
use assay_rating::marks::prefilled::Prefilled;
use assay_rating::marks::{Mark, Severity};
use assay_rating::owner::OwnerSecret;
use assay_rating::sitting::AnswerError;
use assay_rating::task::{Sealing, Task};
use assay_rating::template::Template;
use assay_rating::{Bundle, Item, Preference, Value, answers};

type Files = Vec<Rc<dyn InputFile>>;

const OWNER: OwnerSecret = OwnerSecret([3; 32]);

fn task(slots: u16) -> Task {
    let item = |i: usize| Item {
        outputs: vec![format!("first {i}"), format!("second {i}")],
        ..Item::default()
    };
    Task {
        id: 1,
        seed: 2,
        key: OWNER.public_key(),
        language: "en".into(),
        title: "T".into(),
        instructions: String::new(),
        questions: Template::Pairwise.questions("en"),
        items: (0..6).map(item).collect(),
        slots,
        overlap: u16::from(slots > 0),
        repeats: 0,
        timed: false,
        sealing: Sealing::OwnerKey,
        completion: "PROLIFIC-7".into(),
        prefilled: Vec::new(),
    }
}

fn link() -> String {
    format!(
        "https://x.org/a/{TASK_MARK}{}",
        of_task(&packed(&task(0)), None)
    )
}

/// A rater's page with a worker of its own, as one tab.
struct Tab {
    worker: InMemoryWorker<Files>,
    disk: FakeDisk,
    clock: Rc<FakeClock>,
}

impl Tab {
    fn new(disk: &FakeDisk) -> Self {
        let tab = Self {
            worker: InMemoryWorker::new(),
            disk: disk.clone(),
            clock: Rc::default(),
        };
        tab.serve();
        tab
    }

    fn serve(&self) {
        let (announcer, mut registry) = (Announcer::default(), Registry::new());
        let service = RaterService::new(Rc::new(self.disk.clone()), self.clock.clone());
        register::<(), CborCodec, Files>(&mut registry, &Rc::new(service), |files| files);
        let jobs = Jobs::new(announcer.clone());
        self.worker.serve(registry, (), &jobs, &announcer);
    }

    fn restart(&self) {
        let detail = "killed".to_owned();
        self.worker.kill(ChannelFailure::WorkerDied { detail });
        self.serve();
    }

    fn ask<K: Call>(&self, call: K) -> Result<K::Reply, CallFailure<K::Error>> {
        self.worker.ask(call)
    }

    fn open(&self) -> Intro {
        match self.ask(Open { text: link() }) {
            Ok(Opening::Intro(intro)) => *intro,
            other => panic!("{other:?}"),
        }
    }

    fn start(&self, name: &str) -> Step {
        let (name, slot) = (name.to_owned(), None);
        self.ask(Start { name, slot }).unwrap()
    }

    fn answer(&self, place: usize) -> Step {
        let mut answer = answers::Answer::default();
        answer.set(0, Some(Value::Prefer(Preference::Tie)));
        self.ask(Answer { place, answer }).unwrap()
    }

    fn bundle(&self) -> Bundle {
        self.finish().bundle
    }

    /// The answers as their owner opens them.
    fn finish(&self) -> OpenedAnswers {
        let envelope = self.ask(Finish {}).unwrap();
        match envelope::open(&envelope) {
            Ok(Envelope::Answers(sealed)) => sealed.open(AnswerKey::Owner(&OWNER)).unwrap(),
            other => panic!("{other:?}"),
        }
    }
}

fn item(step: &Step) -> &ItemView {
    match &step.shown {
        Shown::Item(item) => item,
        other => panic!("{other:?}"),
    }
}

/// The completion code that a rater sees who asks how far the task is.
fn completion(tab: &Tab) -> Option<String> {
    match tab.ask(Summary {}).unwrap().shown {
        Shown::Summary(summary) => summary.completion,
        other => panic!("{other:?}"),
    }
}

/// What the service answers by.
fn error<T: std::fmt::Debug, E>(reply: Result<T, CallFailure<E>>) -> E {
    match reply {
        Err(CallFailure::Service(error)) => error,
        Ok(other) => panic!("{other:?}"),
        Err(CallFailure::Channel(failure)) => panic!("{failure:?}"),
    }
}

#[test]
fn a_link_leads_through_its_items_to_answers() {
    let tab = Tab::new(&FakeDisk::default());
    assert_eq!(tab.open().progress.total, 6);
    let mut step = tab.start("Ann");
    for place in 0..6 {
        assert_eq!((item(&step).place, &step.not_saved), (place, &None));
        assert_eq!(completion(&tab), None);
        step = tab.answer(place);
    }
    assert!(matches!(&step.shown, Shown::Summary(s) if s.progress.answered == 6));
    assert_eq!(completion(&tab).as_deref(), Some("PROLIFIC-7"));
    let back = tab.ask(Undo {}).unwrap();
    assert_eq!(item(&back).place, 5);
    tab.answer(5);
    let name = "Bob".to_owned();
    let renamed = tab.ask(Rename { name }).unwrap();
    assert!(matches!(&renamed.shown, Shown::Summary(s) if s.name == "Bob"));
    let bundle = tab.bundle();
    assert_eq!((bundle.rater.as_str(), bundle.entries.len()), ("Bob", 6));
}

#[test]
fn a_passphrase_and_a_number_are_asked_for() {
    let tab = Tab::new(&FakeDisk::default());
    let unlock = |passphrase: &str| {
        let passphrase = passphrase.to_owned();
        tab.ask(Unlock { passphrase })
    };
    assert_eq!(error(unlock("otter")), OpenTaskError::NothingLocked);
    let lock = Lock {
        passphrase: "otter",
        salt: [1; 16],
        nonce: [2; 12],
    };
    let text = format!("{TASK_MARK}{}~3", of_task(&packed(&task(3)), Some(lock)));
    assert_eq!(tab.ask(Open { text }), Ok(Opening::Locked));
    let wrong = OpenTaskError::Envelope {
        error: EnvelopeError::WrongPassphrase,
    };
    assert_eq!(error(unlock("beaver")), wrong);
    let intro = unlock("otter").unwrap();
    assert_eq!((intro.slot, intro.progress.total), (Some(2), 2));
    tab.start("");
    assert!(tab.disk.paths()[0].ends_with("-3.jsonl"));
}

#[test]
fn answers_prove_the_invitation_in_the_link_and_a_cut_one_is_told() {
    let tab = Tab::new(&FakeDisk::default());
    let invitation = OWNER.invitation(1, 2).to_text();
    let link = |secret: &str| format!("{TASK_MARK}{}~3{secret}", of_task(&packed(&task(3)), None));
    let open = |text: String| tab.ask(Open { text });
    let finish = || {
        tab.start("Ann");
        let opened = tab.finish();
        (opened.bundle.slot, opened.invited)
    };
    open(link(&format!("~{invitation}"))).unwrap();
    assert_eq!(finish(), (Some(2), true));
    open(link("")).unwrap();
    assert_eq!(
        finish(),
        (Some(2), false),
        "the number alone proves nothing"
    );
    let refused = error(open(link(&format!("~{}", &invitation[..20]))));
    let cut = EnvelopeError::Cut { missing: 2 };
    assert_eq!(refused, OpenTaskError::Envelope { error: cut });
}

#[test]
fn a_file_holds_a_link_and_one_that_is_gone_says_so() {
    let tab = Tab::new(&FakeDisk::default());
    let open = |file: FakeFile| {
        let text = String::new();
        let call = tab
            .worker
            .client()
            .ask_with(Open { text }, vec![Rc::new(file) as Rc<dyn InputFile>]);
        tab.worker
            .finish(async move { call.await.map(|a| a.reply) })
    };
    assert!(matches!(
        open(FakeFile::new("task.txt", format!("Hello\n\n{}\n", link()))),
        Ok(Opening::Intro(_))
    ));
    assert!(matches!(
        error(open(FakeFile::gone("task.txt"))),
        OpenTaskError::Unreadable { .. }
    ));
    assert!(matches!(
        error(open(FakeFile::new("x.txt", "no link"))),
        OpenTaskError::Envelope { .. }
    ));
}

#[test]
fn a_worker_that_died_goes_on_with_what_was_saved() {
    let tab = Tab::new(&FakeDisk::default());
    tab.open();
    tab.start("Ann");
    tab.answer(0);
    tab.answer(1);
    tab.restart();
    assert_eq!(error(tab.ask(Undo {})), RatingError::NotStarted);
    let intro = tab.open();
    assert_eq!((intro.progress.answered, intro.name.as_str()), (2, "Ann"));
    assert_eq!(item(&tab.start("Ann")).place, 2);
}

#[test]
fn an_answer_after_a_torn_line_is_not_lost() {
    let disk = FakeDisk::default();
    {
        let tab = Tab::new(&disk);
        tab.open();
        tab.start("Ann");
        tab.answer(0);
    }
    let path = disk.paths()[0].clone();
    let text = disk.text(&path).unwrap();
    disk.put(&path, &text.as_bytes()[..text.len() - 5]);
    let tab = Tab::new(&disk);
    assert_eq!(tab.open().progress.answered, 0, "the torn answer is gone");
    tab.start("Ann");
    tab.answer(0);
    tab.answer(1);
    tab.restart();
    assert_eq!(tab.open().progress.answered, 2);
}

#[test]
fn a_full_disk_is_told_and_answers_are_saved_once_there_is_room() {
    let disk = FakeDisk::default();
    let tab = Tab::new(&disk);
    tab.open();
    tab.start("Ann");
    disk.limit(10);
    let step = tab.answer(0);
    assert!(matches!(step.not_saved, Some(DiskError::Full { .. })));
    assert!(tab.answer(1).not_saved.is_some());
    disk.limit(10_000);
    assert_eq!(tab.answer(2).not_saved, None);
    assert_eq!(tab.bundle().entries.len(), 3);
    tab.restart();
    assert_eq!(tab.open().progress.answered, 3, "those that waited too");
}

#[test]
fn without_a_disk_answers_last_as_long_as_the_page() {
    let disk = FakeDisk::default();
    disk.deny();
    let tab = Tab::new(&disk);
    tab.open();
    let step = tab.start("Ann");
    assert!(matches!(step.not_saved, Some(DiskError::Denied { .. })));
    assert!(tab.answer(0).not_saved.is_some());
    assert_eq!(tab.bundle().entries.len(), 1);
}

#[test]
fn one_tab_at_a_time_works_on_a_task() {
    let disk = FakeDisk::default();
    let (first, second) = (Tab::new(&disk), Tab::new(&disk));
    first.open();
    first.start("Ann");
    second.open();
    let start = || {
        let (name, slot) = ("Ann".to_owned(), None);
        second.ask(Start { name, slot })
    };
    assert_eq!(error(start()), StartError::OpenInAnotherTab);
    first.open();
    assert!(start().is_ok(), "the first let go of it");
}

#[test]
fn without_random_numbers_nothing_starts_and_nothing_is_sealed() {
    let tab = Tab::new(&FakeDisk::default());
    tab.open();
    tab.start("Ann");
    tab.answer(0);
    tab.clock.lose_random();
    assert_eq!(error(tab.ask(Finish {})), RatingError::NoRandomness);
    let (name, slot) = (String::new(), None);
    let refused = error(tab.ask(Start { name, slot }));
    assert_eq!(refused, StartError::NoRandomness);
}

#[test]
fn an_answer_that_does_not_fit_is_refused() {
    let tab = Tab::new(&FakeDisk::default());
    tab.open();
    tab.start("Ann");
    let answer = answers::Answer::default();
    let refused = error(tab.ask(Answer { place: 0, answer }));
    let incomplete = AnswerError::Incomplete;
    assert_eq!(refused, RatingError::Answer { error: incomplete });
}

#[test]
fn an_item_begins_with_the_errors_that_are_marked_beforehand() {
    let mark = Mark {
        start: 0,
        end: 5,
        category: 0,
        severity: Severity::Minor,
    };
    let prefilled = |output| Prefilled {
        item: 3,
        question: 0,
        output,
        marks: vec![mark],
    };
    let task = Task {
        questions: Template::Mqm.questions("en"),
        prefilled: vec![prefilled(0), prefilled(1)],
        ..task(0)
    };
    let tab = Tab::new(&FakeDisk::default());
    let text = format!("{TASK_MARK}{}", of_task(&packed(&task), None));
    tab.ask(Open { text }).unwrap();
    let mut step = tab.start("Ann");
    let values = |item: &ItemView| item.answer.values.clone();
    let marked =
        |marks: Vec<Mark>| vec![(0, Value::Marks(marks.clone())), (1, Value::Marks(marks))];
    let mut begun = 0;
    for place in 0..6 {
        let shown = item(&step);
        assert!(!shown.is_answered, "what is marked beforehand is no answer");
        let answer = match shown.answer.values.is_empty() {
            true => answers::Answer {
                values: marked(Vec::new()),
                ..Default::default()
            },
            false => {
                assert_eq!(values(shown), marked(vec![mark]));
                begun += 1;
                shown.answer.clone()
            }
        };
        step = tab.ask(Answer { place, answer }).unwrap();
    }
    assert_eq!(begun, 1);
    let entries = tab.bundle().entries;
    let entry = entries.iter().find(|entry| entry.item == 3).unwrap();
    assert_eq!(entry.answer.values, marked(vec![mark]));
    let again = tab.ask(Show { place: Some(0) }).unwrap();
    assert!(item(&again).is_answered);
}
