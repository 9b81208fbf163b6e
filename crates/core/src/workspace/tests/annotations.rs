//! Stars, tags and notes over the services: kept with the project, selecting rows, scored as slices, written to files,
//! and with their rows in other data.

use super::*;
use assay_data::later::Placement;
use assay_protocol::annotations::{
    AddTag, AnnotationCounts, AnnotationError, AnnotationOf, CountAnnotations, RemoveTag,
    RowsToTag, SetNote, ToggleStar, UndoAnnotation,
};
use assay_protocol::backup::{BackUp, RestoreBackup};
use assay_protocol::later::PlaceFiles;
use assay_protocol::rows::{ExportRows, RowsFormat, Window};
use assay_protocol::views::{AnnotationFilter, Order, Query};
use assay_results::scores::{SliceKind, SliceResult};

/// Forty rows; `tuned` is wrong on even ones.
fn rows(backwards: bool) -> String {
    let line = |i: usize| {
        let said = format!("the answer to question {i} is {}", i * 7);
        let tuned = match i % 2 {
            0 => format!("nobody can say what {i} is{}", " or was".repeat(i % 3)),
            _ => format!("{said}{}", " so".repeat(i % 5 + 1)),
        };
        format!("q{i},{said},the answer is not known {i},{tuned}\n")
    };
    let mut lines: Vec<String> = (0..40).map(line).collect();
    if backwards {
        lines.reverse();
    }
    format!("id,reference,base,tuned\n{}", lines.concat())
}

fn loaded(disk: &FakeDisk) -> Tab {
    let (tab, _) = Tab::opened(disk);
    tab.import(&[("a.csv", &rows(false))]);
    tab.configure(0, PairedTestKind::Bootstrap);
    tab
}

fn counts(tab: &Tab) -> AnnotationCounts {
    tab.ask(CountAnnotations {}).unwrap()
}

fn tagged(tag: &str) -> Query {
    let annotations = AnnotationFilter {
        tag: Some(tag.to_owned()),
        ..AnnotationFilter::default()
    };
    Query {
        annotations,
        ..Query::default()
    }
}

fn total(tab: &Tab, query: Query) -> usize {
    let (start, count) = (0, 5);
    let window = Window {
        query,
        start,
        count,
    };
    tab.ask(window).unwrap().total
}

/// Tags the rows that hold a text.
fn tag(tab: &Tab, text: &str, tag: &str) {
    let query = Box::new(Query {
        text: text.to_owned(),
        ..Query::default()
    });
    let (to, tag) = (RowsToTag::Selected { query, first: None }, tag.to_owned());
    tab.ask(AddTag { to, tag }).unwrap();
}

fn note(tab: &Tab, row: usize, text: &str) {
    let text = text.to_owned();
    tab.ask(SetNote { row, text }).unwrap();
}

/// The slices of tags of the second system under the first measure.
fn slices(tab: &Tab) -> Vec<SliceResult> {
    let metrics = tab.ask(Metrics {}).unwrap();
    let slices = metrics.results[0].result.systems[1].slices.clone();
    slices
        .into_iter()
        .filter(|s| matches!(s.kind, SliceKind::Tagged | SliceKind::Untagged))
        .collect()
}

#[test]
fn a_tag_is_given_to_the_first_rows_of_an_order_alone() {
    let disk = FakeDisk::default();
    let tab = loaded(&disk);
    let query = Query {
        system: 1,
        order: Order::Lowest,
        ..Query::default()
    };
    let to = RowsToTag::Selected {
        query: Box::new(query),
        first: Some(3),
    };
    let tag = "worst".to_owned();
    tab.ask(AddTag { to, tag }).unwrap();
    assert_eq!(counts(&tab).tags[0].rows, 3);
    let wrong = Query {
        text: "nobody".to_owned(),
        ..tagged("worst")
    };
    assert_eq!(total(&tab, wrong), 3);
}

#[test]
fn what_is_noted_is_there_at_the_next_visit_and_in_a_backup() {
    let disk = FakeDisk::default();
    let tab = loaded(&disk);
    tab.ask(ToggleStar { row: 3 }).unwrap();
    note(&tab, 4, "odd");
    tag(&tab, "nobody", "refusal");
    let no_row = tab.ask(ToggleStar { row: 40 });
    assert!(matches!(
        no_row,
        Err(CallFailure::Service(AnnotationError::NoSuchRow {
            row: 40,
            rows: 40
        }))
    ));
    let expected = counts(&tab);
    assert_eq!(
        (expected.starred, expected.noted, expected.tags[0].rows),
        (1, 1, 20)
    );
    let call = BackUp {
        id: None,
        passphrase: String::new(),
    };
    let client = tab.worker.client().ask_with(call, Files::new());
    let backup = tab.worker.finish(client).unwrap();
    let (tab, opened) = Tab::opened(&tab.crash());
    assert_eq!(opened.damage, []);
    let found = counts(&tab);
    assert_eq!(
        (found.tags, found.starred, found.undo),
        (expected.tags.clone(), 1, None)
    );
    assert_eq!(tab.ask(AnnotationOf { row: 4 }).unwrap().note, "odd");
    assert_eq!(total(&tab, tagged("refusal")), 20);
    // A text is also found in a note.
    let query = Query {
        text: "ODD".to_owned(),
        ..Query::default()
    };
    assert_eq!(total(&tab, query), 1);
    let (other, _) = Tab::opened(&FakeDisk::default());
    let restore = RestoreBackup {
        passphrase: String::new(),
    };
    let restored = other.worker.client().ask_with(restore, backup.attachments);
    let id = other.worker.finish(restored).unwrap().reply.id;
    other.ask(Open { id }).unwrap();
    assert_eq!(counts(&other).tags, expected.tags);
}

#[test]
fn rows_with_a_tag_and_without_it_are_scored_tested_and_kept_like_slices() {
    let disk = FakeDisk::default();
    let tab = loaded(&disk);
    assert!(tab.has_scored());
    tag(&tab, "nobody", "refusal");
    assert!(tab.has_scored());
    let found = slices(&tab);
    let kinds: Vec<_> = found
        .iter()
        .map(|s| (s.kind, &*s.value, s.segments))
        .collect();
    let expected = [
        (SliceKind::Tagged, "refusal", 20),
        (SliceKind::Untagged, "refusal", 20),
    ];
    assert_eq!(kinds, expected);
    assert!(found[0].score < found[1].score);
    for slice in &found {
        let corrected = slice.difference.and_then(|d| d.p_corrected);
        assert!(slice.interval.is_some() && corrected.is_some(), "{slice:?}");
    }
    // They are chosen after reading outputs, so no verdict rests on them.
    let report = ReportOf {
        language: "en".to_owned(),
        day: String::new(),
    };
    let verdict = format!("{:?}", tab.ask(report).unwrap().verdict);
    assert!(!verdict.contains("refusal"), "{verdict}");
    let (tab, _) = Tab::opened(&tab.crash());
    tab.configure(0, PairedTestKind::Bootstrap);
    assert!(
        !tab.has_scored(),
        "slices of tags are kept with the results"
    );
    assert_eq!(slices(&tab), found);
    // Other rows under the same tag are other slices.
    let (from, tag) = (RowsToTag::Row { row: 0 }, "refusal".to_owned());
    tab.ask(RemoveTag { from, tag }).unwrap();
    assert_eq!(slices(&tab)[0].segments, 19);
    tab.ask(UndoAnnotation {}).unwrap();
    assert_eq!(slices(&tab), found);
    // Of a tag that all rows have there is nothing to compare.
    let (to, tag) = (
        RowsToTag::Selected {
            query: Box::default(),
            first: None,
        },
        "all".to_owned(),
    );
    tab.ask(AddTag { to, tag }).unwrap();
    assert_eq!(slices(&tab), found);
}

#[test]
fn annotations_go_with_their_rows_into_other_data_and_back() {
    let disk = FakeDisk::default();
    let tab = loaded(&disk);
    note(&tab, 0, "first");
    tag(&tab, "nobody", "refusal");
    let (column, role) = (0, Role::Ignored);
    tab.ask(SetRole { column, role }).unwrap();
    assert_eq!(tab.ask(AnnotationOf { row: 0 }).unwrap().note, "first");
    tab.import(&[("b.csv", &rows(true))]);
    let placement = Placement::Replace;
    tab.ask(PlaceFiles { placement }).unwrap();
    assert_eq!(tab.ask(AnnotationOf { row: 39 }).unwrap().note, "first");
    assert_eq!(
        (total(&tab, tagged("refusal")), counts(&tab).elsewhere),
        (20, 0)
    );
    tab.import(&[("c.csv", OUTPUTS)]);
    tab.ask(PlaceFiles { placement }).unwrap();
    assert_eq!(
        (total(&tab, tagged("refusal")), counts(&tab).elsewhere),
        (0, 20)
    );
    // Another visit has them, and they come back with their rows.
    let (tab, _) = Tab::opened(&tab.crash());
    assert_eq!(counts(&tab).elsewhere, 20);
    tab.import(&[("a.csv", &rows(false))]);
    tab.ask(PlaceFiles { placement }).unwrap();
    assert_eq!(tab.ask(AnnotationOf { row: 0 }).unwrap().note, "first");
    assert_eq!(
        (total(&tab, tagged("refusal")), counts(&tab).elsewhere),
        (20, 0)
    );
}

#[test]
fn selected_rows_are_written_with_what_is_noted_and_no_spreadsheet_runs_it() {
    let tab = loaded(&FakeDisk::default());
    tag(&tab, "nobody", "refusal");
    note(&tab, 2, "=1+1, \"so\"");
    let export = |format| {
        let (query, language) = (tagged("refusal"), "en".to_owned());
        let call = ExportRows {
            query,
            format,
            language,
        };
        tab.ask(call).unwrap().bytes.0
    };
    let csv = String::from_utf8(export(RowsFormat::Csv)).unwrap();
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines.len(), 21);
    assert!(
        lines[0].starts_with("row,id,reference,base,tuned,"),
        "{}",
        lines[0]
    );
    assert!(lines[0].ends_with("starred,tags,note"), "{}", lines[0]);
    assert!(lines[2].starts_with("3,q2,"), "{}", lines[2]);
    assert!(
        lines[2].ends_with("false,refusal,\"'=1+1, \"\"so\"\"\""),
        "{}",
        lines[2]
    );
    let jsonl = String::from_utf8(export(RowsFormat::Jsonl)).unwrap();
    let second: serde_json::Value = serde_json::from_str(jsonl.lines().nth(1).unwrap()).unwrap();
    assert_eq!((&second["row"], &second["id"]), (&3.into(), &"q2".into()));
    assert_eq!(second["tags"], serde_json::json!(["refusal"]));
    assert_eq!(second["note"], "=1+1, \"so\"");
    assert!(export(RowsFormat::Xlsx).starts_with(b"PK"));
}
