//! Jobs end once, changes are announced, and replies from before a change are known for what they are.

use assay_calls::native::InMemoryWorker;
use assay_calls::{
    Announcer, CallFailure, ChannelFailure, ClientEvent, Event, JobKind, JobList, JobOutcome, Jobs,
    Known, NoError, Progress, Registry, Shown, Topic, Topics, Unit, calls,
};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

const DATA: Topic = Topic::new("data");
const OTHER: Topic = Topic::new("other");
const IMPORT: JobKind = JobKind::new("import");

calls! {
    service "test";

    /// The data.
    #[derive(Eq, Hash)]
    Read {
        /// Which part.
        part: u8,
    } -> u32, NoError, [DATA, OTHER];

    /// A job that runs until it is stopped; how far it came.
    Import -> u32, NoError;

    /// A job whose handle is lost.
    Lose -> (), NoError;
}

struct Services {
    jobs: Jobs,
    announcer: Announcer,
    data: Cell<u32>,
}

struct Page {
    worker: InMemoryWorker,
    services: Rc<Services>,
    events: Rc<RefCell<Vec<Event>>>,
}

fn page() -> Page {
    let announcer = Announcer::default();
    let services = Rc::new(Services {
        jobs: Jobs::new(announcer.clone()),
        announcer: announcer.clone(),
        data: Cell::new(0),
    });
    let mut registry = Registry::new();
    registry.on(|s: Rc<Services>, _: Read, ()| async move { Ok(s.data.get()) });
    registry.on(|s: Rc<Services>, _: Import, ()| async move {
        let job = s.jobs.start(IMPORT);
        job.progress(Progress::new(1.0, 4.0, Unit::Rows));
        job.stop_token().stopped().await;
        job.finish();
        Ok(1)
    });
    registry.on(|s: Rc<Services>, _: Lose, ()| async move {
        drop(s.jobs.start(IMPORT));
        Ok(())
    });
    let worker = InMemoryWorker::new();
    let events = Rc::new(RefCell::new(Vec::new()));
    let kept = events.clone();
    worker.client().listen(move |event| {
        if let ClientEvent::Event(event) = event {
            kept.borrow_mut().push(event);
        }
    });
    worker.serve(registry, services.clone(), &services.jobs, &announcer);
    Page {
        worker,
        services,
        events,
    }
}

/// What the page's list makes of events so far, and how jobs ended.
fn listed(page: &Page) -> (JobList, Vec<JobOutcome>) {
    let mut list = JobList::default();
    let events = page.events.borrow();
    let ended = events.iter().filter_map(|event| list.apply(event, 0.0));
    let ended = ended.map(|(_, outcome)| outcome).collect();
    (list, ended)
}

#[test]
fn a_job_is_stopped_by_its_id_and_its_call_is_answered() {
    let page = page();
    let client = page.worker.client();
    let asked = client.ask(Import {});
    page.worker.run();
    let (list, ended) = listed(&page);
    let job = list.of_kind(&IMPORT).unwrap();
    assert_eq!(job.progress.unwrap().fraction(), Some(0.25));
    assert!(ended.is_empty());
    client.stop(job.id);
    assert_eq!(page.worker.finish(asked), Ok(1));
    let (list, ended) = listed(&page);
    assert!(list.is_empty());
    assert_eq!(ended, [JobOutcome::Stopped]);
    // It is over: stopping it again does nothing.
    client.stop(job.id);
    page.worker.run();
    assert_eq!(listed(&page).1.len(), 1);
}

#[test]
fn all_jobs_of_a_kind_stop_when_their_data_is_replaced() {
    let page = page();
    let client = page.worker.client();
    let asked = [client.ask(Import {}), client.ask(Import {})];
    page.worker.run();
    assert_eq!(page.services.jobs.running().len(), 2);
    assert_eq!(page.services.jobs.stop_kind(&IMPORT), 2);
    for asked in asked {
        assert_eq!(page.worker.finish(asked), Ok(1));
    }
    assert!(page.services.jobs.running().is_empty());
}

#[test]
fn a_job_whose_handle_is_lost_ends_as_failed() {
    let page = page();
    assert_eq!(page.worker.ask(Lose {}), Ok(()));
    let (list, ended) = listed(&page);
    assert!(list.is_empty());
    let [JobOutcome::Failed(why)] = ended.as_slice() else {
        panic!("{ended:?}");
    };
    assert_eq!(why.kind, "job-abandoned");
}

#[test]
fn a_failed_job_says_why() {
    let page = page();
    let failure = ChannelFailure::NoAnswer { name: "x".into() };
    page.services.jobs.start(IMPORT).fail(&failure);
    let (_, ended) = listed(&page);
    let [JobOutcome::Failed(why)] = ended.as_slice() else {
        panic!("{ended:?}");
    };
    assert_eq!(why.kind, "channel-failure-no-answer");
}

#[test]
fn events_before_a_listener_connects_are_not_lost() {
    let announcer = Announcer::default();
    announcer.changed(&DATA);
    let received = Rc::new(RefCell::new(Vec::new()));
    let kept = received.clone();
    announcer.connect(move |event| kept.borrow_mut().push(event));
    announcer.changed(&DATA);
    let mut topics = Topics::default();
    assert!(received.borrow().iter().all(|event| topics.apply(event)));
    assert_eq!(topics.revision(&DATA), announcer.revision(&DATA));
    assert_eq!(topics.revision(&DATA).0, 2);
}

fn current<C: assay_calls::Call>(shown: &Shown<'_, C>) -> bool {
    matches!(shown, Shown::Current(_))
}

fn topics(page: &Page) -> Topics {
    let mut topics = Topics::default();
    page.events.borrow().iter().for_each(|event| {
        topics.apply(event);
    });
    topics
}

#[test]
fn a_view_asks_again_only_when_its_topic_changed() {
    let page = page();
    let mut known = Known::<Read>::default();
    let read = Read { part: 1 };
    let before = topics(&page);
    let ticket = known.need(&read, &before).unwrap();
    assert_eq!(known.need(&read, &before), None);
    let reply = page.worker.ask(ticket.call.clone());
    assert!(known.receive(ticket, reply, &before));
    assert_eq!(known.need(&read, &before), None);
    assert!(current(&known.get(&read, &before)));
    page.services.announcer.changed(&Topic::new("unrelated"));
    assert_eq!(known.need(&read, &topics(&page)), None);
    page.services.announcer.changed(&OTHER);
    let after = topics(&page);
    assert!(!current(&known.get(&read, &after)));
    assert!(known.get(&read, &after).reply().is_some());
    assert!(known.need(&read, &after).is_some());
}

#[test]
fn a_reply_from_before_a_change_is_out_of_date_and_gives_way_to_the_next() {
    let page = page();
    let mut known = Known::<Read>::default();
    let read = Read { part: 1 };
    let first = known.need(&read, &topics(&page)).unwrap();
    let early = page.worker.client().ask(read.clone());
    page.worker.run();
    page.services.data.set(7);
    page.services.announcer.changed(&DATA);
    let after = topics(&page);
    let second = known.need(&read, &after).unwrap();
    let late = page.worker.ask(read.clone());
    // The newer reply comes first.
    assert!(known.receive(second, late, &after));
    assert!(!known.receive(first, page.worker.finish(early), &after));
    let shown = known.get(&read, &after);
    assert!(current(&shown));
    assert_eq!(**shown.reply().unwrap().as_ref().unwrap(), 7);
}

#[test]
fn a_worker_that_was_started_again_is_asked_again() {
    let mut known = Known::<Read>::default();
    let mut topics = Topics::default();
    let read = Read { part: 0 };
    let ticket = known.need(&read, &topics).unwrap();
    let detail = String::new();
    let failed = Err(CallFailure::Channel(ChannelFailure::WorkerDied { detail }));
    assert!(known.receive(ticket, failed, &topics));
    assert_eq!(known.need(&read, &topics), None);
    topics.worker_restarted();
    assert!(known.need(&read, &topics).is_some());
}

#[test]
fn replies_are_kept_for_so_many_calls_those_used_last() {
    let mut known = Known::<Read>::new(2);
    let topics = Topics::default();
    for part in 0..3 {
        let ticket = known.need(&Read { part }, &topics).unwrap();
        known.receive(ticket, Ok(u32::from(part)), &topics);
    }
    assert!(known.get(&Read { part: 0 }, &topics).reply().is_none());
    assert!(current(&known.get(&Read { part: 2 }, &topics)));
}
