//! Shares of n-grams and similarities against exact set arithmetic in Python, and datasketch's estimates
//! (`make_cases.py`).

use assay_overlap::{FOUND_SHARE, FOUND_SIMILARITY, Found, Index, Kind, TestRow};
use serde_json::Value;

/// Of a text: whether it is compared, its shares of 8- and 13-grams, its similarity, and datasketch's estimate of that.
type Expected = (bool, Option<f64>, Option<f64>, Option<f64>, Option<f64>);

struct Case {
    test: Vec<[String; 2]>,
    training: Vec<String>,
    expected: Vec<[Expected; 2]>,
}

fn cases() -> Vec<Case> {
    let file: Value = serde_json::from_str(include_str!("cases.json")).unwrap();
    let read = |case: &Value| Case {
        test: serde_json::from_value(case["test"].clone()).unwrap(),
        training: serde_json::from_value(case["training"].clone()).unwrap(),
        expected: serde_json::from_value(case["expected"].clone()).unwrap(),
    };
    file["cases"].as_array().unwrap().iter().map(read).collect()
}

/// What is found of each text: a row for the prompts and one for the references.
fn found(case: &Case) -> Vec<[Found; 2]> {
    // Every text a row of its own, so that each is reported; the distinct texts are the same.
    let rows = case.test.iter().flatten().map(|text| TestRow {
        prompts: vec![text],
        references: Vec::new(),
    });
    let mut index = Index::new(rows).unwrap();
    index.begin_file("train.jsonl");
    for text in &case.training {
        index.push([text.as_str()]);
    }
    let (found, _) = index.finish();
    let pairs = found.chunks(2);
    pairs
        .map(|pair| [pair[0].clone(), pair[1].clone()])
        .collect()
}

#[test]
fn shares_and_similarities_equal_exact_set_arithmetic() {
    let mut similar = 0;
    for case in cases() {
        for (row, (found, expected)) in found(&case).iter().zip(&case.expected).enumerate() {
            for (found, expected) in found.iter().zip(expected) {
                assert_eq!(found.kind.is_some(), expected.0, "row {row}");
                assert_eq!(found.similarity, expected.3, "row {row}: similarity");
                if expected.0 {
                    assert_eq!(found.share_8, expected.1, "row {row}: 8-grams");
                    assert_eq!(found.share_13, expected.2, "row {row}: 13-grams");
                }
                similar += usize::from(expected.3.is_some());
            }
        }
    }
    assert!(similar > 8, "{similar}");
}

#[test]
fn datasketch_estimates_the_same_similarities() {
    for case in cases() {
        for (_, _, _, similarity, estimate) in case.expected.iter().flatten() {
            let Some((similarity, estimate)) = similarity.zip(*estimate) else {
                continue;
            };
            // Four standard errors of a share among 128 permutations.
            let error = (similarity * (1.0 - similarity) / 128.0).sqrt();
            assert!(
                (similarity - estimate).abs() <= 4.0 * error,
                "{similarity} {estimate}"
            );
        }
    }
}

#[test]
fn a_row_is_found_by_its_prompt_first_and_evidence_names_the_training_row() {
    let case = &cases()[0];
    let rows = case.test.iter().map(|[prompt, reference]| TestRow {
        prompts: vec![prompt],
        references: vec![reference],
    });
    let mut index = Index::new(rows).unwrap();
    let (first, second) = case.training.split_at(40);
    for (name, texts) in [("a.jsonl", first), ("b.jsonl", second)] {
        index.begin_file(name);
        texts.iter().for_each(|text| index.push([text.as_str()]));
    }
    let (found, report) = index.finish();
    let is_found = |text: &Found| text.is_found() == Some(true);
    for (row, (found, expected)) in found.iter().zip(&case.expected).enumerate() {
        let copied = |e: &Expected| {
            e.0 && (e.1.is_some_and(|s| s >= FOUND_SHARE)
                || e.3.is_some_and(|s| s >= FOUND_SIMILARITY))
        };
        assert_eq!(is_found(found), expected.iter().any(copied), "row {row}");
        if copied(&expected[0]) {
            assert_eq!(found.kind, Some(Kind::Prompt), "row {row}");
        }
    }
    // Row 7's prompt is a block of the 48th training text, which is the 8th of the second file.
    let place = found[7].place.as_ref().unwrap();
    assert_eq!((place.file, place.row), (1, 8));
    assert!(case.test[7][0].contains(place.text.trim_end_matches('…')));
    // Row 8's reference stands within a longer text.
    assert_eq!(found[8].kind, Some(Kind::Reference));
    assert_eq!(found[8].place.as_ref().map(|p| p.row), Some(9));
    assert_eq!(report.rows, case.test.len());
    assert_eq!(report.found, found.iter().filter(|f| is_found(f)).count());
    assert!(report.by_reference > 0 && report.by_reference < report.found);
    assert_eq!(report.training_rows, case.training.len());
    assert!(report.examples.windows(2).all(|pair| {
        let order = |found: &Found| (is_found(found), found.strength());
        order(&pair[0]) >= order(&pair[1])
    }));
}

#[test]
fn short_texts_are_neither_found_nor_cleared() {
    let row = |prompt: &'static str| TestRow {
        prompts: vec![prompt],
        references: vec!["Paris"],
    };
    let rows = [
        row("Yes or no?"),
        row("Which city is the capital of France?"),
    ];
    let mut index = Index::new(rows).unwrap();
    index.begin_file("a.csv");
    index.push(["Yes or no?", "Paris"]);
    let (found, report) = index.finish();
    assert_eq!(found[0].is_found(), None);
    assert_eq!(found[1].is_found(), Some(false));
    assert_eq!((report.not_compared, report.found), (1, 0));
    assert!(Index::new([TestRow::default()]).is_err(), "no texts");
}
