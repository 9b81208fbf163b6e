//! The services together, as the page uses them: files of all kinds, programs, a saved evaluation.

use super::*;
use crate::platform::InputFile;
use crate::platform::fake::{FakeDisk, FakeFile, file_of};
use assay_calls::native::{CborCodec, InMemoryWorker};
use assay_calls::testing::CallNames;
use assay_calls::{Call, CallFailure, ClientEvent, JobKind, JobList, JobOutcome};
use assay_codeeval::{CodeError, Outcome, State};
use assay_data::Role;
use assay_protocol::data::{
    ExampleName, FoundInFiles, Import, ImportFailure, LoadDemo, Paste, Summarize,
};
use assay_protocol::experiment;
use assay_protocol::programs::{
    Abort, Finish, Next, Programs, ProgramsError, ProgramsView, Remove, Run, RunEnd, Take,
};
use assay_protocol::ratings;
use assay_protocol::report::{Format, Write};
use assay_protocol::saved::SavedError;
use assay_protocol::topics::RUN_PROGRAMS;
use assay_stats::PairedTest;
use assay_training::read::LogError;

type Files = Vec<Rc<dyn InputFile>>;
/// How a run ended, once it has.
type Ended = Rc<RefCell<Option<Result<RunEnd, Failed<Run>>>>>;
type Failed<C> = CallFailure<<C as Call>::Error>;

const TASKS: &str = r#"{"task_id": "t/0", "prompt": "def f():\n", "test": "def check(f):\n    assert f()", "entry_point": "f"}"#;
const SAMPLES: &str = r#"{"task_id": "t/0", "completion": "    return 1"}
{"task_id": "t/0", "completion": "    return 0"}
{"task_id": "t/0", "completion": "    return 2"}"#;
/// The example that every page has something to say about.
const SUPPORT: LoadDemo = LoadDemo {
    example: ExampleName::Support,
};
const OUTPUTS: &str = "reference,base,tuned\na cat,a dog,a cat\nsix,six,ten\n";

/// The services over a machine in memory.
fn services(jobs: &Jobs, announcer: &Announcer) -> Services {
    Services::new(Host::in_memory(&FakeDisk::default(), jobs, announcer))
}

/// A page's side of all services.
struct Page {
    services: Services,
    worker: InMemoryWorker<Files>,
    jobs: Rc<RefCell<JobList>>,
    ended: Rc<RefCell<Vec<(JobKind, JobOutcome)>>>,
}

impl Page {
    fn new() -> Self {
        let announcer = Announcer::default();
        let jobs = Jobs::new(announcer.clone());
        let services = services(&jobs, &announcer);
        let mut registry = Registry::<(), CborCodec, Files>::new();
        services.register(&mut registry, |files| files, file_of);
        let page = Self {
            services,
            worker: InMemoryWorker::new(),
            jobs: Rc::default(),
            ended: Rc::default(),
        };
        let (running, ended) = (page.jobs.clone(), page.ended.clone());
        page.worker.client().listen(move |event| {
            if let ClientEvent::Event(event) = event {
                let over = running.borrow_mut().apply(&event, 0.0);
                let over = over.map(|(job, outcome)| (job.kind, outcome));
                ended.borrow_mut().extend(over);
            }
        });
        page.worker.serve(registry, (), &jobs, &announcer);
        page.worker.spawn(page.services.scoring());
        page
    }

    fn import(&self, files: &[(&str, &str)]) -> Result<FoundInFiles, Failed<Import>> {
        let files = files.iter().map(|(name, text)| {
            let file: Rc<dyn InputFile> = Rc::new(FakeFile::new(name, *text));
            file
        });
        let answer = self.worker.client().ask_with(Import {}, files.collect());
        let answer = self.worker.finish(answer);
        self.worker.run();
        answer.map(|answer| answer.reply)
    }

    fn with_programs() -> Self {
        let page = Self::new();
        let files = [("tasks.jsonl", TASKS), ("tuned.jsonl", SAMPLES)];
        assert!(page.import(&files).unwrap().programs);
        page.ended.take();
        page
    }

    /// Begins a run; what comes of it is in the cell once it has ended.
    fn run(&self) -> Ended {
        let end = Ended::default();
        let (client, found) = (self.worker.client().clone(), end.clone());
        self.worker.spawn(async move {
            let ended = client.ask(Run {}).await;
            *found.borrow_mut() = Some(ended);
        });
        self.worker.run();
        end
    }

    /// Finishes the next program; whether there was one.
    fn finish_next(&self, state: State) -> bool {
        let Some(program) = self.worker.ask(Next {}).unwrap() else {
            return false;
        };
        assert!(program.source.ends_with("check(f)"), "{}", program.source);
        let outcome = Outcome {
            state,
            detail: String::new(),
        };
        let place = program.place;
        self.worker.ask(Finish { place, outcome }).unwrap();
        self.worker.run();
        true
    }

    fn programs(&self) -> Option<ProgramsView> {
        self.worker.ask(Programs {}).unwrap()
    }

    fn loaded(&self) -> Vec<String> {
        let loaded = self.worker.ask(Summarize {}).unwrap();
        loaded.map_or(Vec::new(), |loaded| loaded.summary.files)
    }
}

/// The service's own error.
fn refused<T, E>(answer: Result<T, CallFailure<E>>) -> E {
    match answer {
        Err(CallFailure::Service(error)) => error,
        Err(CallFailure::Channel(_)) => panic!("the channel failed"),
        Ok(_) => panic!("the call was answered"),
    }
}

#[test]
fn every_call_of_every_service_has_a_handler() {
    let mut declared = CallNames::default();
    assay_protocol::visit(&mut declared);
    // A rater's worker is a program of its own, and so is the one that reads texts.
    let elsewhere = |name: &str| name.starts_with("rater.") || name.starts_with("markup.");
    declared.0.retain(|name| !elsewhere(name));
    let services = services(&Jobs::default(), &Announcer::default());
    let mut registry = Registry::<(), CborCodec, Files>::new();
    services.register(&mut registry, |files| files, file_of);
    let mut handled: Vec<_> = registry.names().collect();
    let mut names = declared.0;
    names.sort_unstable();
    handled.sort_unstable();
    assert_eq!(names, handled);
}

#[test]
fn programs_are_run_to_the_end_and_their_outcomes_become_the_data() {
    let page = Page::with_programs();
    let view = page.programs().unwrap();
    assert_eq!((view.tasks, view.samples, view.done), (1, 3, 0));
    assert!(!view.is_running);
    // Nothing is handed out before the person has agreed.
    assert_eq!(page.worker.ask(Next {}).unwrap(), None);
    let end = page.run();
    assert!(page.programs().unwrap().is_running);
    let again = refused(page.worker.ask(Run {}));
    assert_eq!(again, ProgramsError::AlreadyRunning);
    for state in [State::Passed, State::Failed, State::TimedOut] {
        assert!(page.finish_next(state));
    }
    assert!(!page.finish_next(State::Passed));
    assert_eq!(end.take().unwrap().unwrap(), RunEnd::Done);
    // What follows it is the scoring of the shares that compile and run.
    assert_eq!(page.ended.take()[0], (RUN_PROGRAMS, JobOutcome::Done));
    assert_eq!(page.loaded(), ["code.csv"]);
    let view = page.programs().unwrap();
    assert_eq!((view.done, view.counts), (3, [1, 1, 1, 0]));
    assert_eq!(view.failures.len(), 2);
    page.worker.ask(Remove {}).unwrap();
    assert_eq!(page.programs(), None);
}

#[test]
fn a_stopped_run_keeps_what_is_done_and_runs_the_rest_later() {
    let page = Page::with_programs();
    let end = page.run();
    assert!(page.finish_next(State::Passed));
    let late = page.worker.ask(Next {}).unwrap().unwrap();
    let job = page.jobs.borrow().of_kind(&RUN_PROGRAMS).unwrap().clone();
    assert_eq!(job.progress.unwrap().done, 1.0);
    page.worker.client().stop(job.id);
    page.worker.run();
    assert_eq!(end.take().unwrap().unwrap(), RunEnd::Stopped);
    assert_eq!(page.ended.take(), [(RUN_PROGRAMS, JobOutcome::Stopped)]);
    let outcome = Outcome {
        state: State::Passed,
        detail: String::new(),
    };
    let place = late.place;
    let refusal = refused(page.worker.ask(Finish { place, outcome }));
    assert_eq!(refusal, ProgramsError::NotRunning);
    assert_eq!(page.programs().unwrap().done, 1);
    // What was handed out and not finished is handed out again.
    let end = page.run();
    assert!(page.finish_next(State::Failed) && page.finish_next(State::Crashed));
    assert_eq!(end.take().unwrap().unwrap(), RunEnd::Done);
}

#[test]
fn outcomes_so_far_can_be_taken_and_a_sandbox_that_fails_ends_the_run() {
    let page = Page::with_programs();
    let nothing = refused(page.worker.ask(Take {}));
    assert_eq!(nothing, ProgramsError::NoPrograms);
    let end = page.run();
    assert!(page.finish_next(State::Passed));
    let detail = "no frames".to_owned();
    page.worker.ask(Abort { detail }).unwrap();
    page.worker.run();
    let failure = refused(end.take().unwrap());
    assert!(matches!(failure, ProgramsError::Sandbox { .. }));
    let ended = page.ended.take();
    assert!(matches!(ended[..], [(_, JobOutcome::Failed(_))]));
    assert!(!page.programs().unwrap().is_running);
    page.worker.ask(Take {}).unwrap();
    assert_eq!(page.loaded(), ["code.csv"]);
}

#[test]
fn other_data_stops_programs_that_run() {
    let page = Page::with_programs();
    let end = page.run();
    page.import(&[("a.csv", OUTPUTS)]).unwrap();
    assert_eq!(end.take().unwrap().unwrap(), RunEnd::Stopped);
    assert_eq!(page.loaded(), ["a.csv"]);
    assert!(!page.programs().unwrap().is_running);
}

#[test]
fn completions_without_problems_are_refused_with_a_reason() {
    let page = Page::new();
    let failure = refused(page.import(&[("tuned.jsonl", SAMPLES)]));
    let error = CodeError::NoTasks;
    assert_eq!(failure, ImportFailure::Programs { error });
    assert_eq!(page.programs(), None);
}

#[test]
fn a_damaged_log_is_refused_with_its_place_and_the_runs_before_stay() {
    let page = Page::new();
    page.worker.ask(SUPPORT).unwrap();
    let runs = || page.services.training.runs().len();
    assert_eq!(runs(), 2);
    let state = r#"{"log_history": [{"step": 1, "loss": "#;
    let failure = refused(page.import(&[("trainer_state.json", state)]));
    let ImportFailure::Logs { error } = failure else {
        panic!("{failure:?}");
    };
    assert!(matches!(error, LogError::Json { .. }), "{error:?}");
    assert_eq!(runs(), 2);
}

#[test]
fn an_evaluation_is_restored_with_its_settings() {
    let page = Page::new();
    page.worker.ask(SUPPORT).unwrap();
    page.worker.run();
    let call = Write {
        format: Format::Json,
        language: "en".to_owned(),
        day: "2026-11-26".to_owned(),
    };
    let saved = page.worker.ask(call).unwrap();
    let saved = String::from_utf8(saved.bytes.0).unwrap();
    let other = Page::new();
    let found = other.import(&[("evaluation.json", &saved)]).unwrap();
    let restored = found.restored.unwrap();
    assert_eq!(restored.test, PairedTest::default());
    assert_eq!(restored.problems, []);
    assert_eq!(other.loaded(), ["demo.csv"]);
    let experiments = other.worker.ask(experiment::List {}).unwrap();
    assert_eq!(experiments.experiments.len(), 2);
    // A cell that was changed after saving is told, and restored as it is.
    let altered = saved.replacen("the", "teh", 1);
    let text = altered;
    let found = other.worker.ask(Paste { text }).unwrap();
    let problems = found.restored.unwrap().problems;
    assert!(matches!(problems[..], [SavedError::Altered { .. }]));
    let cut = saved[..saved.len() / 2].to_owned();
    let failure = refused(other.worker.ask(Paste { text: cut }));
    assert!(matches!(failure, ImportFailure::Saved { .. }));
    assert_eq!(other.loaded(), ["demo.csv"]);
}

#[test]
fn texts_with_references_are_outputs_whatever_other_columns_are_called() {
    let rows = |extra: &str, cells: [&str; 3]| {
        let lines = cells
            .map(|cell| format!("Why {cell}?,It is {cell}.,No {cell}.,So it is {cell}.,{cell}\n"));
        format!("question,reference,base,tuned,{extra}\n{}", lines.concat())
    };
    for (extra, cells) in [
        ("group", ["north", "south", "north"]),
        ("version", ["v1", "v2", "v1"]),
        ("step", ["10", "20", "30"]),
        ("loss", ["1.5", "1.25", "1.0"]),
    ] {
        let page = Page::new();
        let found = page.import(&[("outputs.csv", &rows(extra, cells))]);
        let found = found.unwrap();
        assert!(
            found.outputs && !found.experiments && !found.runs,
            "{extra}"
        );
        assert_eq!(page.loaded(), ["outputs.csv"]);
    }
}

#[test]
fn judgements_among_files_go_to_the_ratings() {
    let page = Page::new();
    let judged = "{\"question_id\": 1, \"model\": \"base\", \"judge\": [\"gpt-4\", \"single-v1\"], \"user_prompt\": \"p\", \"judgment\": \"Rating: [[4]]\", \"score\": 4, \"turn\": 1}\n\
        {\"question_id\": 1, \"model\": \"tuned\", \"judge\": [\"gpt-4\", \"single-v1\"], \"user_prompt\": \"p\", \"judgment\": \"Rating: [[6]]\", \"score\": 6, \"turn\": 1}\n";
    let files = [("a.csv", OUTPUTS), ("gpt-4_single.jsonl", judged)];
    let found = page.import(&files).unwrap();
    assert!(found.outputs && found.judgements);
}

#[test]
fn every_example_opens_and_has_what_it_is_for() {
    for example in ExampleName::ALL {
        let page = Page::new();
        let found = page.worker.ask(LoadDemo { example }).unwrap();
        page.worker.run();
        assert!(found.outputs, "{example:?}");
        let loaded = page.worker.ask(Summarize {}).unwrap().unwrap();
        let summary = loaded.summary;
        assert!(summary.rows >= 30, "{example:?}: {} rows", summary.rows);
        assert_eq!(summary.problem_count, 0, "{example:?}");
        let ratings = page.worker.ask(ratings::View { baseline: None }).unwrap();
        match example {
            ExampleName::Support => assert!(found.runs && found.experiments),
            ExampleName::Summaries => {
                let analysis = ratings.expect("the preferences are there").analysis;
                let raters = format!("{analysis:?}");
                assert!(raters.contains("judge-model") && raters.contains("Jonas"));
            }
            ExampleName::Tickets => {
                let roles = summary.columns.iter().map(|c| c.role);
                let predictions = roles.filter(|role| *role == Role::Prediction);
                assert_eq!(predictions.count(), 2);
            }
            ExampleName::Maths => {
                let programs = page.programs().expect("the programs are there");
                assert_eq!(programs.tasks, 6);
                assert!(summary.answers.iter().all(|a| !a.steps.is_empty()));
            }
        }
    }
}
