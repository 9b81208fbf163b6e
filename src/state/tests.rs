use super::*;
use assay_data::ImportError;

fn done(done: usize) -> Response {
    let view = CodeView {
        tasks: 1,
        samples: 4,
        systems: vec!["a".into()],
        done,
        counts: [0; 4],
        failures: Vec::new(),
    };
    let view = Some(view);
    Response::Code {
        news: Box::new(CodeNews::View { view }),
    }
}

#[test]
fn stopped_programs_stay_stopped_and_long_runs_tell_their_time() {
    let mut state = State::default();
    state.receive(done(0));
    assert!(!state.running_code());
    state.run_code(1000.0);
    state.receive(done(2));
    let job = state.job.clone().unwrap();
    assert_eq!(job.part(), 0.5);
    assert_eq!(job.seconds_left(2000.0), None);
    assert_eq!(job.seconds_left(11_000.0), Some(10.0));
    state.sending(&Request::Cancel);
    state.receive(done(3));
    assert_eq!(state.job, None);
}

#[test]
fn a_failed_import_is_told() {
    let mut state = State::default();
    let error = ImportError::Empty { file: "b".into() };
    state.receive(Response::Failed {
        error: error.clone(),
    });
    assert_eq!(state.notice, Some(Notice::Failed(error)));
}
