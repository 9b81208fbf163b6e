//! Rounds over the services: kept, compared with what is there now, and there again at the next visit.

use super::*;
use assay_data::later::Placement;
use assay_protocol::later::PlaceFiles;
use assay_protocol::rounds::{
    CompareRounds, KeepRound, ListRounds, RedoRound, RemoveRound, RoundChangeKind, RoundError,
    RoundHistory, UndoRound,
};

/// Thirty rows; the first `wrong` outputs of `tuned` are wrong.
fn rows(wrong: usize) -> String {
    let mut csv = "id,reference,base,tuned\n".to_owned();
    for i in 0..30 {
        let said = format!("the answer to question {i} is {}", i * 7);
        let tuned = match i < wrong {
            true => format!("nobody can say what {i} is"),
            false => format!("{said} or so"),
        };
        csv += &format!("q{i},{said},the answer is not known {i},{tuned}\n");
    }
    csv
}

fn keep(tab: &Tab, name: &str) -> Result<(), CallFailure<RoundError>> {
    let name = name.to_owned();
    tab.ask(KeepRound { name })
}

#[test]
fn a_round_is_kept_and_what_got_better_since_is_told() {
    let disk = FakeDisk::default();
    let (tab, _) = Tab::opened(&disk);
    assert!(matches!(
        keep(&tab, "First"),
        Err(CallFailure::Service(RoundError::NoScores))
    ));
    tab.import(&[("a.csv", &rows(20))]);
    tab.configure(0, PairedTestKind::Bootstrap);
    assert!(matches!(
        keep(&tab, " "),
        Err(CallFailure::Service(RoundError::NoName))
    ));
    keep(&tab, "First").unwrap();
    tab.import(&[("b.csv", &rows(2))]);
    let placement = Placement::Replace;
    tab.ask(PlaceFiles { placement }).unwrap();
    tab.configure(0, PairedTestKind::Bootstrap);
    // Another visit has the round, and compares with the scores as they are.
    let (tab, opened) = Tab::opened(&tab.crash());
    assert_eq!(opened.damage, []);
    let cards = tab.ask(ListRounds {}).unwrap();
    assert_eq!(
        (cards.len(), &*cards[0].name, cards[0].rows),
        (1, "First", 30)
    );
    let (before, after) = (Some(cards[0].id), None);
    let found = tab.ask(CompareRounds { before, after }).unwrap();
    assert_eq!((found.rows, found.by_id, found.only_before), (30, true, 0));
    let chrf = found.measures.iter().find(|m| m.name.starts_with("chrF"));
    let systems = &chrf.unwrap().systems;
    let [base, tuned] = &systems[..] else {
        panic!("{systems:?}");
    };
    assert_eq!(base.decision, assay_stats::Decision::NoEvidence);
    assert_eq!(tuned.decision, assay_stats::Decision::Better);
    assert!(tuned.after > tuned.before && tuned.worse.is_empty());
    assert_eq!(tuned.better.len(), 5);
    assert!(
        tuned
            .better
            .iter()
            .all(|row| row.row.is_some_and(|row| row < 20))
    );
    // Backwards it is the other way round.
    let back = CompareRounds {
        before: None,
        after: before,
    };
    let back = tab.ask(back).unwrap();
    let chrf = back.measures.iter().find(|m| m.name.starts_with("chrF"));
    assert_eq!(
        chrf.unwrap().systems[1].decision,
        assay_stats::Decision::Worse
    );
    let id = cards[0].id;
    tab.ask(RemoveRound { id }).unwrap();
    // Removed by mistake: it comes back, also at the next visit.
    let steps = tab.ask(RoundHistory {}).unwrap();
    assert_eq!(steps.undo.unwrap().kind, RoundChangeKind::Remove);
    tab.ask(UndoRound {}).unwrap();
    assert_eq!(tab.ask(ListRounds {}).unwrap(), cards);
    let (again, _) = Tab::opened(&tab.disk);
    assert_eq!(again.ask(ListRounds {}).unwrap(), cards);
    drop(again);
    tab.ask(RedoRound {}).unwrap();
    assert_eq!(tab.ask(ListRounds {}).unwrap(), []);
    let gone = tab.ask(CompareRounds { before, after });
    assert!(matches!(
        gone,
        Err(CallFailure::Service(RoundError::Missing))
    ));
    let (tab, _) = Tab::opened(&tab.crash());
    assert_eq!(tab.ask(ListRounds {}).unwrap(), []);
}

#[test]
fn rows_without_ids_are_matched_by_their_texts() {
    let disk = FakeDisk::default();
    let (tab, _) = Tab::opened(&disk);
    tab.import(&[("outputs.csv", OUTPUTS)]);
    tab.configure(0, PairedTestKind::Bootstrap);
    keep(&tab, "First").unwrap();
    let call = CompareRounds {
        before: Some(1),
        after: None,
    };
    let found = tab.ask(call).unwrap();
    assert_eq!((found.rows, found.by_id), (3, false));
    assert!(!found.measures.is_empty());
}
