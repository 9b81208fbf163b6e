//! What a person says of a file's measures, and how sure means are.

use super::super::*;
use assay_data::Importer;
use assay_results::scores::MetricResult;

/// Thirty rows of ten conversations, with a judge's points, and a number that nobody knows the system of.
fn session() -> Session {
    let mut csv =
        String::from("conversation_id,reference,base,tuned,judge_base,judge_tuned,extra\n");
    for i in 0..30 {
        let (group, points) = (i / 3, 1 + i % 5);
        csv.push_str(&format!(
            "c{group},it is {i} now,it was {i} then,it is {i} now,{points},{},{}\n",
            1 + (i + group) % 5,
            i % 7
        ));
    }
    let mut importer = Importer::new("a.csv");
    importer.push(csv.as_bytes()).unwrap();
    let mut session = Session::default();
    session.load(DataSet::join(vec![importer.finish().unwrap()]).unwrap());
    session
}

fn finish(session: &mut Session) {
    session.give();
    session.evaluate(0, *Schedule::default().test());
    while let Some((job, task, parcel)) = session.next_job() {
        session.accept(&job, task.run(&parcel).unwrap());
    }
}

fn result<'a>(session: &'a Session, name: &str) -> &'a MetricResult {
    let found = session.results().into_iter().find(|r| r.name == name);
    found.unwrap_or_else(|| panic!("there is no {name}"))
}

#[test]
fn direction_range_and_system_of_a_measure_are_set_and_saved() {
    let mut session = session();
    finish(&mut session);
    assert!(!result(&session, "judge (file)").lower_is_better);
    let lower = MeasureSetting {
        system: Some(2),
        lower: Some(true),
        range: Some([1.0, 7.0]),
    };
    session.set_measure(4, &lower).unwrap();
    session.set_role(6, Role::Measure).unwrap();
    let tuned = MeasureSetting {
        system: Some(3),
        ..MeasureSetting::default()
    };
    session.set_measure(6, &tuned).unwrap();
    finish(&mut session);
    let saved = serde_json::to_string(&session.saved_data()).unwrap();
    let mut again = Session::default();
    again.restore(&serde_json::from_str(&saved).unwrap());
    finish(&mut again);
    for session in [&session, &again] {
        let judge = result(session, "judge (file)");
        assert!(judge.lower_is_better);
        assert_eq!((judge.max, judge.info.best), (7.0, 1.0));
        let extra = result(session, "extra (file)");
        assert!(extra.systems[0].segments.iter().all(|x| x.is_nan()));
        assert_eq!(extra.systems[1].segments[8], 1.0);
        let columns = session.summary().columns;
        let view = columns[6].measure.clone().unwrap();
        assert_eq!(
            (view.system, view.lower, view.range),
            (Some(3), false, None)
        );
        assert_eq!(columns[0].measure, None);
    }
}

#[test]
fn standard_errors_go_by_conversation() {
    let mut session = session();
    finish(&mut session);
    let by = result(&session, "chrF2").resampled_by.clone().unwrap();
    assert_eq!((by.clusters, by.rows), (10, 30));
    let id = session.scores_view().metrics[0].id;
    let view = session.error_bars(id).unwrap().unwrap();
    assert_eq!(view.clusters.as_deref(), Some("conversation_id"));
    assert_eq!((view.systems[0].rows, view.systems[0].clusters), (30, 10));
    assert!(view.systems[0].split.is_some() && view.items.is_none());
    let pairs = session.paired_tests(id).unwrap().unwrap();
    assert_eq!(pairs.systems[0].clusters, Some(10));
}
