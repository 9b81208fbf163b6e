//! Training files may be far larger than memory: nothing of their rows is kept but the places that are shown.

use assay_overlap::{Index, TestRow};
use assay_testing::{memory_peak, reset_memory_peak};

/// Twelve words; the same again after 50,021 numbers.
fn sentence(number: usize) -> String {
    let words = (0..12).map(|place| format!("w{}", (number * 31 + place * 7919) % 50_021));
    words.collect::<Vec<_>>().join(" ")
}

#[test]
fn a_million_training_rows_take_no_memory_of_their_own() {
    let test: Vec<String> = (0..2000).map(sentence).collect();
    let rows = test.iter().map(|text| TestRow {
        prompts: vec![text],
        references: Vec::new(),
    });
    let mut index = Index::new(rows).unwrap();
    index.begin_file("train.jsonl");
    let before = reset_memory_peak();
    for row in 0..1_000_000 {
        index.push([sentence(row).as_str()]);
    }
    let peak = memory_peak();
    let (found, report) = index.finish();
    assert_eq!((report.training_rows, report.found), (1_000_000, 2000));
    let first_rows = found
        .iter()
        .filter(|f| f.place.as_ref().map(|p| p.row) == Some(f.row + 1));
    assert_eq!(first_rows.count(), 2000, "the first of equal rows is named");
    if let (Some(before), Some(peak)) = (before, peak) {
        let grown = peak.saturating_sub(before);
        assert!(grown < 20 << 20, "{grown} bytes for 70 megabytes of rows");
    }
}
