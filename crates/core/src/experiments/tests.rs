use super::*;
use crate::platform::fake::{FakeClock, FakeFile};
use assay_calls::CallFailure;
use assay_calls::native::{CborCodec, InMemoryWorker};
use assay_experiment::plan::{Question, Wanted};
use assay_experiment::roles::TrialRole;

type Files = Vec<Rc<dyn InputFile>>;

fn worker() -> InMemoryWorker<Files> {
    let announcer = Announcer::default();
    let jobs = Jobs::new(announcer.clone());
    let clock = Rc::new(FakeClock::default());
    let service = ExperimentService::new(jobs.clone(), announcer.clone(), clock);
    let mut registry: Registry<(), CborCodec, Files> = Registry::new();
    register(&mut registry, &Rc::new(service), |files| files);
    let worker = InMemoryWorker::new();
    worker.serve(registry, (), &jobs, &announcer);
    worker
}

fn open(
    worker: &InMemoryWorker<Files>,
    name: &str,
    text: &str,
) -> Result<(), CallFailure<OpenExperimentError>> {
    let file: Rc<dyn InputFile> = Rc::new(FakeFile::new(name, text));
    let client = worker.client().clone();
    let asked = worker.finish(async move { client.ask_with(Open {}, vec![file]).await });
    asked.map(|answered| answered.reply)
}

const TOTALS: &str = "arm,users,orders\nold,1000,100\nnew,1000,150\n";

#[test]
fn an_experiment_is_opened_changed_removed_and_brought_back() {
    let worker = worker();
    open(&worker, "a.csv", TOTALS).unwrap();
    let view = |worker: &InMemoryWorker<Files>| worker.ask(List {}).unwrap().experiments[0].clone();
    assert!(!view(&worker).outcomes[0].lower_is_better);
    let (experiment, column) = (0, 2);
    let lower = SetDirection {
        experiment,
        column,
        lower_is_better: true,
    };
    worker.ask(lower).unwrap();
    assert!(view(&worker).outcomes[0].lower_is_better);
    let settings = Settings {
        baseline: Some("new".to_owned()),
        ..Settings::default()
    };
    let set = SetSettings {
        experiment,
        settings,
    };
    worker.ask(set).unwrap();
    assert_eq!(view(&worker).baseline, 1);
    let role = TrialRole::Ignored;
    let ignore = SetRole {
        experiment,
        column,
        role,
    };
    worker.ask(ignore).unwrap();
    assert!(view(&worker).outcomes.is_empty());
    worker.ask(Remove { experiment }).unwrap();
    assert!(worker.ask(List {}).unwrap().experiments.is_empty());
    for _ in 0..2 {
        assert_eq!(worker.ask(Undo {}), Ok(true));
    }
    assert_eq!(view(&worker).outcomes.len(), 1);
}

#[test]
fn what_is_not_there_and_shares_that_are_none_are_errors() {
    let worker = worker();
    let missing = ExperimentError::NoSuchExperiment {
        experiment: 1,
        experiments: 0,
    };
    let removed = worker.ask(Remove { experiment: 1 });
    assert_eq!(removed, Err(CallFailure::Service(missing)));
    open(&worker, "a.csv", TOTALS).unwrap();
    let wrong = SetRole {
        experiment: 0,
        column: 9,
        role: TrialRole::Arm,
    };
    let missing = ExperimentError::NoSuchColumn {
        column: 9,
        columns: 3,
    };
    assert_eq!(worker.ask(wrong), Err(CallFailure::Service(missing)));
    for share in [0.0, -1.0, f64::INFINITY, f64::NAN] {
        let settings = Settings {
            shares: Some(vec![1.0, share]),
            ..Settings::default()
        };
        let set = SetSettings {
            experiment: 0,
            settings,
        };
        let failed = worker.ask(set);
        let invalid = CallFailure::Service(ExperimentError::InvalidShares);
        assert_eq!(failed, Err(invalid), "{share}");
    }
}

#[test]
fn a_table_without_arms_changes_nothing() {
    let worker = worker();
    open(&worker, "a.csv", TOTALS).unwrap();
    let file = "b.csv".to_owned();
    let failed = open(&worker, "b.csv", "x,y\n1,2\n");
    let error = OpenExperimentError::Table {
        error: ImportError::NoArms { file },
    };
    assert_eq!(failed, Err(CallFailure::Service(error)));
    assert_eq!(worker.ask(List {}).unwrap().experiments.len(), 1);
}

#[test]
fn a_plan_says_how_many_units_it_takes() {
    let question = Question::Means { effect: 0.3 };
    let wanted = Wanted {
        alpha: 0.05,
        power: 0.8,
    };
    let each = worker().ask(Plan { question, wanted }).unwrap();
    assert_eq!(each, needed(question, wanted));
}
