//! The list of projects and what is done to them.

use super::*;

fn two(disk: &FakeDisk) -> (Tab, [String; 2]) {
    let tab = full(disk);
    let first = tab.state().id.unwrap();
    tab.ask(New {}).unwrap();
    assert_eq!(tab.state(), WorkspaceState::default());
    assert_eq!(tab.files(), Vec::<String>::new());
    tab.import(&[("b.csv", OUTPUTS)]);
    let second = tab.state().id.unwrap();
    (tab, [first, second])
}

fn card(tab: &Tab, id: &str) -> WorkspaceCard {
    let mut cards = tab.list().into_iter();
    cards.find(|card| card.id == id).unwrap()
}

#[test]
fn projects_are_listed_with_what_is_in_them_and_opened_as_they_were() {
    let disk = FakeDisk::default();
    let (tab, [first, second]) = two(&disk);
    assert_eq!(tab.list().len(), 2);
    let found = card(&tab, &first);
    assert_eq!(
        (&found.titles[..], found.rows),
        (&["outputs.csv".to_owned()][..], 3)
    );
    assert!(found.bytes > 100.0);
    let languages: Vec<&str> = found.sentences.iter().map(|(tag, _)| &**tag).collect();
    assert_eq!(languages, ["en", "zh-CN"]);
    tab.started.take();
    let opened = tab.ask(Open { id: first.clone() }).unwrap();
    assert_eq!(opened.address, "/examples?row=2");
    tab.configure(1, PairedTestKind::Randomization);
    assert!(!tab.has_scored());
    let runs = tab.ask(training::Runs {}).unwrap();
    assert_eq!((runs.runs.len(), runs.can_undo), (2, false));
    tab.ask(Open { id: second }).unwrap();
    assert_eq!(tab.files(), ["b.csv"]);
    assert!(tab.ask(training::Runs {}).unwrap().runs.is_empty());
    // A tab that had the first one open opens it again, whatever was open last.
    let disk = tab.crash();
    let tab = Tab::unstarted(&disk);
    let start = Start {
        id: Some(first.clone()),
        opens: true,
    };
    assert_eq!(tab.ask(start).unwrap().id, Some(first));
}

#[test]
fn a_name_is_kept_and_none_is_refused() {
    let disk = FakeDisk::default();
    let (tab, [first, second]) = two(&disk);
    for id in [&first, &second] {
        let (id, name) = (id.clone(), " May ".to_owned());
        tab.ask(Rename { id, name }).unwrap();
    }
    assert_eq!(card(&tab, &first).name.as_deref(), Some("May"));
    assert_eq!(tab.state().name.as_deref(), Some("May"));
    let (id, name) = (first, " ".to_owned());
    assert!(tab.ask(Rename { id, name }).is_err());
    let (tab, _) = Tab::opened(&tab.crash());
    assert_eq!(tab.state().name.as_deref(), Some("May"));
}

#[test]
fn a_copy_is_a_project_of_its_own() {
    let disk = FakeDisk::default();
    let tab = full(&disk);
    let before = shown(&tab);
    let id = tab.state().id.unwrap();
    tab.ask(Duplicate { id: id.clone() }).unwrap();
    let copy = tab.list().into_iter().find(|card| card.id != id).unwrap();
    assert_eq!(copy.name.as_deref(), Some("outputs.csv (2)"));
    let (column, role) = (3, Role::Ignored);
    tab.ask(SetRole { column, role }).unwrap();
    let opened = tab.ask(Open { id: copy.id }).unwrap();
    assert_eq!(opened.damage, []);
    tab.configure(1, PairedTestKind::Randomization);
    assert_eq!(shown(&tab), before);
}

#[test]
fn a_removed_project_comes_back_and_the_open_one_leaves_an_empty_page() {
    let disk = FakeDisk::default();
    let (tab, [first, second]) = two(&disk);
    tab.ask(Remove { id: first.clone() }).unwrap();
    assert!(card(&tab, &first).is_removed);
    let refused = tab.ask(Open { id: first.clone() });
    assert!(matches!(
        refused,
        Err(CallFailure::Service(WorkspaceError::Missing))
    ));
    tab.ask(Restore { id: first.clone() }).unwrap();
    assert!(!card(&tab, &first).is_removed);
    tab.ask(Remove { id: second.clone() }).unwrap();
    assert_eq!(tab.files(), Vec::<String>::new());
    assert_eq!(tab.state().id, None);
    // The next visit opens neither what was removed nor what was left for it.
    let (tab, opened) = Tab::opened(&tab.crash());
    assert_eq!(opened.id, None);
    tab.ask(Restore { id: second.clone() }).unwrap();
    tab.ask(Open { id: second }).unwrap();
    assert_eq!(tab.files(), ["b.csv"]);
}

#[test]
fn a_project_whose_opening_ended_the_worker_is_not_opened_again() {
    let disk = full(&FakeDisk::default()).crash();
    let tab = Tab::unstarted(&disk);
    let start = Start {
        id: None,
        opens: false,
    };
    assert_eq!(tab.ask(start).unwrap().id, None);
    assert_eq!(tab.list().len(), 1);
}

#[test]
fn a_removed_project_stays_for_ten_minutes_of_visits_whatever_the_clock_was_set_to() {
    const DAY_MS: u32 = 86_400_000;
    const MINUTE_MS: u32 = 60_000;
    let removed = |at: u32| {
        let disk = full(&FakeDisk::default()).crash();
        let (tab, opened) = Tab::opened_at(&disk, at);
        let id = opened.id.unwrap();
        tab.ask(Remove { id: id.clone() }).unwrap();
        (tab.crash(), id)
    };
    let listed = |disk: &FakeDisk, now_ms: u32| {
        let (tab, _) = Tab::opened_at(disk, now_ms);
        let cards = tab.list();
        (tab.crash(), cards.iter().any(|card| card.is_removed))
    };
    // Set back, and forth, between the removal and the next visit.
    for [removal, visit] in [[DAY_MS, 0], [0, DAY_MS], [0, 0]] {
        let (disk, id) = removed(removal);
        let (disk, is_there) = listed(&disk, visit);
        assert!(is_there, "{removal}, {visit}");
        let (disk, is_there) = listed(&disk, visit + 9 * MINUTE_MS);
        assert!(is_there, "{removal}, {visit}");
        let (tab, _) = Tab::opened_at(&disk, visit + 9 * MINUTE_MS);
        tab.ask(Restore { id: id.clone() }).unwrap();
        tab.ask(Remove { id }).unwrap();
        let (disk, is_there) = listed(&tab.crash(), visit + 11 * MINUTE_MS);
        assert!(is_there, "counted anew");
        let (_, is_there) = listed(&disk, visit + 22 * MINUTE_MS);
        assert!(!is_there, "{removal}, {visit}");
    }
}

#[test]
fn a_purpose_without_goals_is_kept() {
    let disk = FakeDisk::default();
    let tab = full(&disk);
    let goals = Goals {
        purpose: "Support at night".to_owned(),
        ..Goals::default()
    };
    tab.ask(SetGoals {
        goals: goals.clone(),
    })
    .unwrap();
    let (tab, _) = Tab::opened(&tab.crash());
    let report = tab.ask(ReportOf {
        language: "en".to_owned(),
        day: String::new(),
    });
    assert_eq!(report.unwrap().goals, goals);
}

#[test]
fn whoever_is_answered_after_a_change_is_not_told_that_it_was_saved_before_it_is() {
    let tab = full(&FakeDisk::default());
    assert_eq!(tab.state().saving, SaveState::Saved);
    let (column, role, client) = (3, Role::Ignored, tab.worker.client());
    let set = client.ask(SetRole { column, role });
    let state = client.ask(State {});
    tab.worker.finish(set).unwrap();
    let state = tab.worker.finish(state).unwrap();
    assert_eq!(state.saving, SaveState::Saving);
    assert_eq!(tab.state().saving, SaveState::Saved);
}
