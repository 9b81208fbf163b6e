//! Degenerate and hostile files: what is undefined is said, what is damaged costs only itself.

use super::{bytes, data, read};
use assay_data::import::{ImportError, Importer};
use assay_training::findings::{Finding, findings};
use assay_training::read::{LogFile, runs};
use std::path::PathBuf;

fn hostile() -> Option<PathBuf> {
    assay_testing::shared("cases/hostile")
}

#[test]
fn a_name_that_stands_twice_in_an_object_is_two_columns() {
    let Some(folder) = hostile() else {
        return;
    };
    let table = read(&folder, "dupjson.jsonl").unwrap().table;
    assert_eq!(table.names(), ["reference", "base", "base (2)", "tuned"]);
    assert_eq!(
        (table.cell(1, 0), table.cell(2, 0)),
        (Some("first"), Some("second"))
    );
}

#[test]
fn one_blank_output_among_many_is_counted() {
    let Some(folder) = hostile() else {
        return;
    };
    let data = data(&folder, &["blank.csv"]);
    let blank: usize = data.systems().iter().map(|s| data.blank_outputs(s.0)).sum();
    assert_eq!((data.table.rows(), blank), (40, 1));
}

#[test]
fn losses_that_are_no_numbers_are_read_and_told() {
    let Some(folder) = hostile() else {
        return;
    };
    let file = LogFile {
        path: "nan_trainer.json".to_owned(),
        bytes: bytes(&folder, "nan_trainer.json"),
    };
    let runs = runs(vec![file]).unwrap();
    let found = findings(&runs[0]);
    assert!(
        found.iter().any(|f| matches!(f, Finding::NotFinite { .. })),
        "{found:?}"
    );
}

#[test]
fn a_line_without_an_end_is_refused_before_it_fills_memory() {
    let Some(folder) = hostile() else {
        return;
    };
    let mut importer = Importer::new("line1g.jsonl.gz");
    let refused = importer
        .push(&bytes(&folder, "line1g.jsonl.gz"))
        .unwrap_err();
    assert!(
        matches!(
            refused,
            ImportError::LongLine { .. } | ImportError::TooLarge { .. }
        ),
        "{refused}"
    );
    assert!(importer.text_bytes() < 300_000_000);
}
