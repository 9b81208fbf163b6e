use super::*;
use assay_data::ImportError;

#[test]
fn a_stopped_job_stays_stopped_and_a_long_one_tells_its_time() {
    let mut state = State::default();
    let half = Response::Keeping {
        done: 1.0,
        total: 2.0,
    };
    state.sending(&Request::KeepModel { slot: 0 }, 1000.0);
    state.receive(half.clone(), 1000.0);
    let job = state.job.clone().unwrap();
    assert_eq!(job.part(), 0.5);
    assert_eq!(job.seconds_left(2000.0), None);
    assert_eq!(job.seconds_left(11_000.0), Some(10.0));
    state.sending(&Request::Cancel, 3000.0);
    state.receive(half, 3000.0);
    assert_eq!(state.job, None);
}

#[test]
fn a_failed_import_is_told() {
    let mut state = State::default();
    let error = ImportError::Empty { file: "b".into() };
    state.receive(
        Response::Failed {
            error: error.clone(),
        },
        0.0,
    );
    assert_eq!(state.notice, Some(Notice::Failed(error)));
}

#[test]
fn other_data_voids_what_models_said_of_the_data_before() {
    let mut state = State::default();
    state.receive(Response::Perplexed { done: 3, total: 9 }, 0.0);
    let (stamp, version) = (state.report.stamp, state.ratings_version);
    state.data_changed();
    assert_eq!(state.models.progress, None);
    assert!(state.report.stamp > stamp && state.ratings_version > version);
}
