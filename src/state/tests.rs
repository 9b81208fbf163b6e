use super::*;
use assay_core::session::Session;
use assay_data::ImportError;

fn loaded() -> State {
    let mut importer = assay_data::Importer::new("a.csv");
    importer
        .push(b"reference,a,b\nx y,x y,z\nq r,q r,q r\n")
        .unwrap();
    let data = assay_data::DataSet::join(vec![importer.finish().unwrap()]).unwrap();
    let summary = Session::default().load(data);
    let mut state = State::default();
    state.receive(
        Response::Loaded {
            summary,
            memory: 1.0,
        },
        0.0,
    );
    state
}

#[test]
fn scores_are_asked_for_once_for_each_baseline_and_test() {
    let mut state = loaded();
    let mut route = Route::default();
    assert!(state.wanted(&route).is_some());
    assert_eq!(state.wanted(&route), None);
    route.baseline = 7;
    assert_eq!(
        state.wanted(&route),
        Some(Request::Evaluate {
            domains: None,
            baseline: 1,
            test: PairedTest::default()
        }),
        "a baseline that is not there is the last system"
    );
    assert_eq!(State::default().wanted(&route), None);
}

#[test]
fn a_stopped_job_stays_stopped_and_a_long_one_tells_its_time() {
    let mut state = loaded();
    state.sending(&Request::Demo, 1000.0);
    let half = Response::Importing {
        done: 1.0,
        total: 2.0,
        rows: 3,
    };
    state.receive(half.clone(), 2000.0);
    let job = state.job.clone().unwrap();
    assert_eq!(job.part(), 0.5);
    assert_eq!(job.seconds_left(3000.0), None);
    assert_eq!(job.seconds_left(11_000.0), Some(10.0));
    state.sending(&Request::Cancel, 3000.0);
    state.receive(half, 3000.0);
    assert_eq!(state.job, None);
}

#[test]
fn a_failed_import_keeps_what_is_loaded() {
    let mut state = loaded();
    let error = ImportError::Empty { file: "b".into() };
    state.receive(
        Response::Failed {
            error: error.clone(),
        },
        0.0,
    );
    assert_eq!(state.notice, Some(Notice::Failed(error)));
    assert_eq!(state.summary.unwrap().rows, 2);
}
