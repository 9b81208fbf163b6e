use super::*;
use assay_data::Importer;
use assay_data::import::Imported;
use assay_data::join::prepare;
use assay_data::later::Placement;

fn read(name: &str, text: &str) -> Imported {
    let mut importer = Importer::new(name);
    importer.push(text.as_bytes()).unwrap();
    importer.finish().unwrap()
}

const THREE: &str = "reference,tuned,base,large\n\
    the cat sat,the cat sat,a dog ran,the cat\n\
    five words stand here now,four words,five words stand here now,words\n\
    six,six,six,seven\n";

fn session(text: &str) -> Session {
    let mut session = Session::default();
    session.load(DataSet::join(vec![read("a.csv", text)]).unwrap());
    session
}

/// Evaluates to the end, and counts the systems' chunks that were scored.
fn finish(session: &mut Session) -> usize {
    let (baseline, test) = session.settings();
    session.evaluate(baseline, test);
    let mut chunks = 0;
    while let Some((job, task, parcel)) = session.next_job() {
        chunks += usize::from(matches!(task, assay_eval::Task::Statistics { .. }));
        session.accept(&job, task.run(&parcel).unwrap());
    }
    chunks
}

fn result_names(session: &Session) -> Vec<String> {
    let systems = &session.results()[0].systems;
    systems.iter().map(|s| s.name.clone()).collect()
}

#[test]
fn a_new_name_is_everywhere_and_costs_no_work() {
    let mut session = session(THREE);
    let metrics = session.scores_view().metrics.len();
    assert_eq!(finish(&mut session), 3 * metrics);
    session.rename_system(1, " v2 ").unwrap();
    assert_eq!(result_names(&session), ["v2", "base", "large"]);
    assert_eq!(session.summary().systems, ["v2", "base", "large"]);
    assert_eq!(session.report_data().unwrap().systems[0], "v2");
    assert_eq!(finish(&mut session), 0);
    let taken = session.rename_system(2, "v2");
    assert_eq!(taken, Err(SystemsError::NameTaken { name: "v2".into() }));
    assert_eq!(session.rename_system(2, " "), Err(SystemsError::NoName));
    let none = session.rename_system(0, "x");
    assert_eq!(none, Err(SystemsError::NoSuchSystem { column: 0 }));
}

#[test]
fn a_hidden_system_is_in_no_result_and_only_it_is_scored_when_it_is_shown() {
    let mut session = session(THREE);
    let metrics = session.scores_view().metrics.len();
    finish(&mut session);
    session.hide_system(2).unwrap();
    assert_eq!(finish(&mut session), 0);
    assert_eq!(result_names(&session), ["tuned", "large"]);
    assert_eq!(session.summary().colours, [0, 2], "colours stay");
    let view = session.systems_view();
    assert!(view.systems[1].is_hidden);
    let change = SystemChange {
        kind: SystemChangeKind::Hide,
        system: "base".into(),
    };
    assert_eq!(view.undo, Some(change));
    session.undo_systems().unwrap();
    assert_eq!(finish(&mut session), metrics);
    assert_eq!(result_names(&session), ["tuned", "base", "large"]);
    session.redo_systems().unwrap();
    session.hide_system(1).unwrap();
    let last = session.hide_system(3);
    let name = "large".to_owned();
    assert_eq!(last, Err(SystemsError::LastShown { name }));
    session.show_system(2).unwrap();
    assert_eq!(session.summary().systems, ["base", "large"]);
}

#[test]
fn systems_change_places_with_their_scores() {
    let mut session = session(THREE);
    finish(&mut session);
    let score = |session: &Session, name: &str| {
        let results = session.results();
        let mut systems = results[0].systems.iter();
        systems.find(|s| s.name == name).unwrap().score.value
    };
    let before = score(&session, "large");
    session.move_system(3, 0).unwrap();
    assert_eq!(finish(&mut session), 0);
    assert_eq!(result_names(&session), ["large", "tuned", "base"]);
    assert_eq!(score(&session, "large"), before);
    session.move_system(3, 9).unwrap();
    assert_eq!(session.summary().systems, ["tuned", "base", "large"]);
    session.colour_system(1, 5).unwrap();
    assert_eq!(session.summary().colours, [5, 1, 2]);
    while session.undo_systems().is_ok() {}
    assert_eq!(session.summary().colours, [0, 1, 2]);
    assert_eq!(session.undo_systems(), Err(SystemsError::NothingToUndo));
}

#[test]
fn the_baseline_is_told_from_names_of_systems_that_are_shown() {
    let mut session = session(THREE);
    let choice = session.summary().baseline;
    assert_eq!((choice.system, choice.word.as_deref()), (1, Some("base")));
    session.hide_system(2).unwrap();
    let choice = session.summary().baseline;
    assert_eq!((choice.system, choice.word), (0, None));
}

#[test]
fn of_a_file_that_adds_a_system_only_that_is_scored() {
    let base =
        "id,reference,output\n1,the cat sat,a dog ran\n2,five words stand here now,four words\n";
    let tuned = "id,reference,output\n2,five words stand here now,five words stand\n1,the cat sat,the cat\n";
    let mut session = session(base);
    let metrics = session.scores_view().metrics.len();
    assert_eq!(finish(&mut session), metrics);
    let files = prepare(vec![read("tuned.csv", tuned)], &session.data.files);
    let later = session.data.with_files(files, Placement::System).unwrap();
    session.load_later(later);
    assert_eq!(finish(&mut session), metrics);
    assert_eq!(result_names(&session), ["a", "tuned"]);
    // Undo brings the data back with its scores.
    session.undo().unwrap();
    assert_eq!(finish(&mut session), 0);
    assert_eq!(result_names(&session), ["output"]);
}

#[test]
fn settings_of_systems_are_saved_with_the_evaluation() {
    let mut session = session(THREE);
    session.rename_system(1, "v2").unwrap();
    session.hide_system(2).unwrap();
    let saved = session.saved_data().unwrap();
    let text = serde_json::to_string(&saved).unwrap();
    let mut other = Session::default();
    other.restore(&serde_json::from_str(&text).unwrap());
    assert_eq!(other.summary().systems, ["v2", "large"]);
    assert_eq!(other.systems_view().undo, None);
}
