//! Power that is lost at every change of the disk, while files are imported, roles, names and goals are set, and answers
//! are taken in: what was told as saved is there afterwards, and no part is damaged.

use super::*;
use crate::platform::fake::Reached;
use crate::projects::OpenProject;
use crate::projects::tests::{answers, draft};
use assay_protocol::annotations::AnnotationOf;
use assay_protocol::projects::{Collect, Create, Export, NotSaved};
use assay_rating::envelope::ANSWERS_MARK;
use assay_report::goals::{Goal, Goals};

const ROWS: &str = "prompt,reference,base,tuned,topic\n\
    say 0,a 0,bad 0,good 0,x\nsay 1,a 1,bad 1,good 1,y\nsay 2,a 2,bad 2,good 2,x\n\
    say 3,a 3,bad 3,good 3,y\nsay 4,a 4,bad 4,good 4,x\n";

/// What a person does; false where that was refused in words. Whatever fails, the page goes on.
const ACTS: [fn(&Tab) -> bool; 10] = [
    |tab| {
        tab.import(&[("d.csv", ROWS)]);
        true
    },
    |tab| {
        let (column, role) = (4, Role::Source);
        tab.ask(SetRole { column, role }).is_ok()
    },
    |tab| {
        tab.configure(0, PairedTestKind::Bootstrap);
        true
    },
    |tab| {
        let name = "May".to_owned();
        let id = tab.state().id;
        id.is_some_and(|id| tab.ask(Rename { id, name }).is_ok())
    },
    set_goal,
    |tab| {
        let text = "odd".to_owned();
        tab.ask(SetNote { row: 1, text }).is_ok()
    },
    |tab| {
        let (draft, passphrase) = (draft(), String::new());
        tab.ask(Create { draft, passphrase }).is_ok()
    },
    |tab| collect(tab, 1, "Ann"),
    |tab| collect(tab, 2, "Bob"),
    |tab| {
        let address = "/examples?row=2".to_owned();
        tab.ask(SetAddress { address }).is_ok()
    },
];

fn set_goal(tab: &Tab) -> bool {
    let report = tab.ask(ReportOf {
        language: "en".to_owned(),
        day: String::new(),
    });
    let mut candidate = report.unwrap().candidates.remove(0);
    let goal = Goal {
        measure: candidate.measure,
        system: candidate.systems.remove(0),
        least: 0.1,
        after_results: false,
    };
    let goals = Goals {
        goals: vec![goal],
        ..Goals::default()
    };
    tab.ask(SetGoals { goals }).is_ok()
}

fn collect(tab: &Tab, device: u64, rater: &str) -> bool {
    let project = OpenProject::saved(&tab.ask(Export {}).unwrap()).unwrap();
    let text = format!("{ANSWERS_MARK}{}", answers(&project, device, rater, 4));
    tab.ask(Collect { text }).is_ok()
}

/// What a person would miss.
fn facts(tab: &Tab) -> String {
    let report = tab.ask(ReportOf {
        language: "en".to_owned(),
        day: String::new(),
    });
    let summary = tab.ask(Summarize {}).unwrap().map(|loaded| loaded.summary);
    let roles = summary.map(|s| s.columns.into_iter().map(|c| c.role).collect::<Vec<_>>());
    let ratings = tab.ask(ratings::View { baseline: None }).unwrap();
    let raters = ratings.map(|view| view.analysis.raters.len());
    format!(
        "{:?} {roles:?} {:?} {:?} {raters:?}",
        tab.files(),
        tab.state().name,
        (
            report.map(|report| report.goals.goals.len()),
            tab.ask(AnnotationOf { row: 1 }).map(|noted| noted.note),
        ),
    )
}

/// Whether all is told as saved.
fn is_acknowledged(tab: &Tab) -> bool {
    let ratings = tab.ask(NotSaved {}).unwrap();
    matches!(tab.state().saving, SaveState::Saved) && ratings.is_none()
}

#[test]
fn power_lost_at_any_change_loses_nothing_that_was_told_as_saved() {
    let disk = FakeDisk::default();
    let (tab, _) = Tab::opened(&disk);
    let mut expected = vec![facts(&tab)];
    for act in ACTS {
        assert!(act(&tab));
        tab.worker.run();
        assert!(is_acknowledged(&tab), "{:?}", tab.state());
        expected.push(facts(&tab));
    }
    let changes = disk.changes();
    assert!(changes > 40, "{changes}");
    for lost_after in 0..changes {
        for reached in [Reached::Nothing, Reached::Half, Reached::All] {
            let case = format!("{lost_after} {reached:?}");
            let disk = FakeDisk::default();
            let (tab, _) = Tab::opened(&disk);
            disk.lose_power_after(lost_after.saturating_sub(disk.changes()), reached);
            let (mut acknowledged, mut succeeds) = (0, true);
            for (number, act) in ACTS.iter().enumerate() {
                succeeds &= act(&tab);
                tab.worker.run();
                if succeeds && is_acknowledged(&tab) {
                    acknowledged = number + 1;
                }
            }
            let disk = tab.crash();
            disk.restore_power();
            let (tab, opened) = Tab::opened(&disk);
            assert_eq!((opened.damage, opened.failure), (vec![], None), "{case}");
            let found = facts(&tab);
            let kept = expected.iter().rposition(|facts| *facts == found);
            assert!(
                kept.is_some_and(|kept| kept >= acknowledged),
                "{case}: {acknowledged} things were told as saved, found {found}"
            );
        }
    }
}

#[test]
fn power_lost_while_a_project_is_copied_leaves_a_whole_one_or_none() {
    let original = FakeDisk::default();
    let (tab, _) = Tab::opened(&original);
    tab.import(&[("d.csv", ROWS)]);
    tab.configure(0, PairedTestKind::Bootstrap);
    let id = tab.state().id.unwrap();
    let before = original.changes();
    tab.ask(Duplicate { id: id.clone() }).unwrap();
    let changes = original.changes() - before;
    assert!(changes > 8, "{changes}");
    for lost_after in 0..changes {
        for reached in [Reached::Nothing, Reached::Half, Reached::All] {
            let disk = FakeDisk::default();
            let (tab, _) = Tab::opened(&disk);
            tab.import(&[("d.csv", ROWS)]);
            tab.configure(0, PairedTestKind::Bootstrap);
            let id = tab.state().id.unwrap();
            disk.lose_power_after(lost_after, reached);
            let copied = tab.ask(Duplicate { id: id.clone() }).is_ok();
            let disk = tab.crash();
            disk.restore_power();
            let (tab, _) = Tab::opened(&disk);
            let cards = tab.list();
            assert!(!copied && cards.len() <= 2, "{lost_after} {reached:?}");
            for card in &cards {
                let opened = tab
                    .ask(Open {
                        id: card.id.clone(),
                    })
                    .unwrap();
                assert_eq!((opened.damage, tab.files()), (vec![], vec!["d.csv".into()]));
            }
            // Nothing is left of a copy that is not there.
            let is_listed = |path: &String| cards.iter().any(|card| path.contains(&card.id));
            let mut paths = disk.paths().into_iter();
            assert!(paths.all(|path| path == "last-project" || is_listed(&path)));
        }
    }
}
