//! Files that hold totals, and hostile files.

use super::{finding, folder, read};
use assay_data::import::ImportError;
use assay_protocol::data::FileKind;

#[test]
fn totals_are_refused_with_the_file_that_holds_the_rows() {
    for (case, file, tool) in [
        ("10", "summary_20260101_120000.csv", "OpenCompass"),
        (
            "15",
            "results_2026-01-01T00-00-00.json",
            "lm-evaluation-harness",
        ),
    ] {
        let Some(folder) = folder(case) else {
            return;
        };
        let refused = read(&folder, file).unwrap_err();
        assert!(
            matches!(&refused, ImportError::TotalsOnly { tool: found, .. } if found == tool),
            "{refused}"
        );
    }
}

#[test]
fn duplicate_names_are_kept_apart_and_broken_rows_set_aside() {
    let Some(cases) = assay_testing::shared("cases/hostile") else {
        return;
    };
    let columns = |file: &str| read(&cases, file).unwrap().table.names().to_vec();
    let names = columns("dup.csv");
    let mut unique = names.clone();
    unique.dedup();
    assert_eq!(names.len(), unique.len(), "{names:?}");
    for file in [
        "badu16.csv",
        "odd16.csv",
        "nul2.csv",
        "bignum.jsonl",
        "infscore.csv",
    ] {
        let read = read(&cases, file);
        assert!(read.is_ok_and(|file| file.table.rows() > 0), "{file}");
    }
}

#[test]
fn programs_are_told_from_outputs() {
    for (case, file) in [("16", "samples.jsonl"), ("80", "43/chat_samples.jsonl")] {
        let Some(folder) = folder(case) else {
            return;
        };
        assert_eq!(finding(&folder, file).kind, FileKind::Code, "{case}");
    }
}
