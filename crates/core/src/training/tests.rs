use super::*;
use crate::platform::fake::{FakeClock, FakeFile};
use assay_calls::CallFailure;
use assay_calls::native::{CborCodec, InMemoryWorker};
use assay_training::view::Axis;
use std::future::Future;

type Files = Vec<Rc<dyn InputFile>>;

/// A worker that serves training runs.
fn worker() -> InMemoryWorker<Files> {
    let worker = InMemoryWorker::new();
    serve(&worker);
    worker
}

fn serve(worker: &InMemoryWorker<Files>) {
    let announcer = Announcer::default();
    let jobs = Jobs::new(announcer.clone());
    let clock = Rc::new(FakeClock::default());
    let service = TrainingService::new(jobs.clone(), announcer.clone(), clock);
    let mut registry: Registry<(), CborCodec, Files> = Registry::new();
    register(&mut registry, &Rc::new(service), |files| files);
    worker.serve(registry, (), &jobs, &announcer);
}

/// A log whose curves show nothing.
fn log(name: &str, loss: f64) -> Rc<dyn InputFile> {
    let line = |step: usize| format!("{{\"step\": {step}, \"loss\": {}}}\n", loss - step as f64);
    let text: String = (1..=4).map(line).collect();
    Rc::new(FakeFile::new(name, text))
}

fn open(
    worker: &InMemoryWorker<Files>,
    files: Files,
    paths: &[&str],
) -> Result<(), CallFailure<OpenLogsError>> {
    let paths = paths.iter().map(|path| (*path).to_owned()).collect();
    let client = worker.client().clone();
    let asked = worker.finish(async move { client.ask_with(Open { paths }, files).await });
    asked.map(|answered| answered.reply)
}

fn names(worker: &InMemoryWorker<Files>) -> Vec<String> {
    let list = worker.ask(Runs {}).unwrap();
    list.runs.into_iter().map(|run| run.name).collect()
}

#[test]
fn runs_are_opened_replaced_marked_removed_and_brought_back() {
    let worker = worker();
    open(&worker, vec![log("a.jsonl", 9.0), log("b.jsonl", 8.0)], &[]).unwrap();
    assert_eq!(names(&worker), ["a", "b"]);
    open(&worker, vec![log("a.jsonl", 7.0)], &[]).unwrap();
    let list = worker.ask(Runs {}).unwrap();
    assert_eq!((list.runs.len(), list.runs[0].train_loss), (2, Some(3.0)));
    let step = Some(2.0);
    worker.ask(SetEvaluated { run: 1, step }).unwrap();
    worker.ask(Remove { run: 0 }).unwrap();
    let list = worker.ask(Runs {}).unwrap();
    assert_eq!(
        (list.runs[0].name.as_str(), list.runs[0].evaluated),
        ("b", step)
    );
    assert_eq!(worker.ask(Undo {}), Ok(true));
    assert_eq!(names(&worker), ["a", "b"]);
    assert_eq!(worker.ask(Undo {}), Ok(true));
    assert_eq!(worker.ask(Undo {}), Ok(true));
    assert_eq!(worker.ask(Undo {}), Ok(false));
    assert!(!worker.ask(Runs {}).unwrap().can_undo);
}

#[test]
fn a_file_of_another_quantity_completes_a_run_and_one_of_the_same_replaces_it() {
    let worker = worker();
    let curve = |name: &str, first: f64| -> Rc<dyn InputFile> {
        let text = format!("Wall time,Step,Value\n1.5,1,{first}\n2.5,2,1.5\n");
        Rc::new(FakeFile::new(name, text))
    };
    open(&worker, vec![curve("run-a-tag-train_loss.csv", 2.5)], &[]).unwrap();
    open(&worker, vec![curve("run-a-tag-eval_loss.csv", 2.75)], &[]).unwrap();
    let list = worker.ask(Runs {}).unwrap();
    let losses = [Some("train_loss".to_owned()), Some("eval_loss".to_owned())];
    assert_eq!((list.runs.len(), &list.runs[0].losses), (1, &losses));
    open(&worker, vec![curve("run-a-tag-train_loss.csv", 9.0)], &[]).unwrap();
    let list = worker.ask(Runs {}).unwrap();
    assert_eq!((list.runs.len(), list.runs[0].series.len()), (1, 1));
}

#[test]
fn a_run_that_is_not_there_is_an_error() {
    let gone = CallFailure::Service(NoSuchRun { run: 3, runs: 0 });
    assert_eq!(worker().ask(Remove { run: 3 }), Err(gone));
}

#[test]
fn curves_are_drawn_of_the_series_that_are_asked_for() {
    let worker = worker();
    open(&worker, vec![log("a.jsonl", 9.0)], &[]).unwrap();
    let look = Look {
        series: vec!["loss".to_owned()],
        axis: Axis::Step,
        smoothing: 0.0,
        range: None,
        exp: false,
    };
    let curves = worker.ask(Curves { look }).unwrap();
    assert_eq!(curves.curves[0].points[0], [1.0, 8.0]);
}

#[test]
fn of_a_folder_only_the_logs_are_read() {
    let worker = worker();
    let other: Rc<dyn InputFile> = Rc::new(FakeFile::new("notes.txt", "no log"));
    let files = vec![other.clone(), log("log.jsonl", 9.0)];
    open(&worker, files, &["run-7/notes.txt", "run-7/log.jsonl"]).unwrap();
    assert_eq!(names(&worker).len(), 1);
    let failed = open(&worker, vec![other], &["run-8/notes.txt"]);
    let file = "notes.txt".to_owned();
    let error = LogError::NoLog { file };
    assert_eq!(failed, Err(CallFailure::Service(error.into())));
    assert_eq!(names(&worker).len(), 1, "what was there stays");
}

#[test]
fn a_file_that_is_gone_is_told() {
    let gone: Rc<dyn InputFile> = Rc::new(FakeFile::gone("a.jsonl"));
    let file = "a.jsonl".to_owned();
    let error = LogError::Unreadable { file };
    let failed = open(&worker(), vec![gone], &[]);
    assert_eq!(failed, Err(CallFailure::Service(error.into())));
}

#[test]
fn reading_is_stopped_and_changes_nothing() {
    let announcer = Announcer::default();
    let jobs = Jobs::new(announcer.clone());
    let clock = Rc::new(FakeClock::default());
    let service = TrainingService::new(jobs.clone(), announcer, clock);
    let files = vec![log("a.jsonl", 9.0), log("b.jsonl", 9.0)];
    let opened = futures_executor::block_on(async {
        let opening = service.open(files, Vec::new());
        let mut opening = std::pin::pin!(opening);
        // The first file is read; then the person stops it.
        let first = std::future::poll_fn(|cx| {
            std::task::Poll::Ready(opening.as_mut().poll(cx).is_pending())
        });
        assert!(first.await);
        assert_eq!(jobs.stop_kind(&IMPORT), 1);
        opening.await
    });
    assert_eq!(opened, Err(OpenLogsError::Stopped));
    assert!(service.runs().is_empty() && jobs.running().is_empty());
}
