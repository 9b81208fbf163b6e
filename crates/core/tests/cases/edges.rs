//! Files with outputs whose scores or joins are easily wrong.

use super::{data, folder, score};
use assay_data::doubts::JoinReason;

#[test]
fn chinese_edges_score_as_sacrebleu_scores_them() {
    let Some(folder) = folder("85") else {
        return;
    };
    let data = data(&folder, &["zh.jsonl"]);
    let ter: [(&str, &str); 2] = [("normalized", "true"), ("asian_support", "true")];
    for (metric, options, wanted) in [
        ("bleu", &[("tokenize", "zh")][..], 56.151979),
        ("chrf", &[][..], 52.206385),
        ("ter", &[][..], 114.285714),
        ("ter", &ter[..], 27.272727),
    ] {
        let found = super::score_with(&data, metric, options, "model");
        assert!(
            (found - wanted).abs() < 5e-7,
            "{metric} {options:?}: {found}"
        );
    }
}

#[test]
fn the_usual_measures_of_chinese_answers_see_their_words() {
    let Some(folder) = folder("89") else {
        return;
    };
    let data = data(&folder, &["评测.csv"]);
    let usual = assay_eval::advice::usual(&data);
    let topics: Vec<&str> = usual
        .iter()
        .map(|s| s.metric().properties().topic)
        .collect();
    assert!(
        topics.contains(&"cmrc") && !topics.contains(&"squad"),
        "{topics:?}"
    );
    let [before, after] = ["微调前", "微调后"].map(|system| score(&data, "cmrc_f1", system));
    assert!(after > before && after > 0.0, "{before} {after}");
}

#[test]
fn pass_at_k_needs_k_samples_of_every_task() {
    let Some(folder) = folder("81") else {
        return;
    };
    let data = data(&folder, &["outcomes.csv"]);
    let usual = assay_eval::advice::usual(&data);
    assert_eq!(usual.len(), 2, "the pass rate and pass@1: {usual:?}");
    let found = score(&data, "pass_at_k", "m");
    assert!((found - 0.56).abs() < 1e-9, "{found}");
}

#[test]
fn lines_end_at_line_feeds_only() {
    let Some(folder) = folder("86") else {
        return;
    };
    let lines = |file: &str| super::read(&folder, file).unwrap().table;
    for part in ["67", "67c"] {
        let [sys, reference] = ["sys.txt", "ref.txt"].map(|file| lines(&format!("{part}/{file}")));
        assert_eq!(sys.rows(), reference.rows(), "{part}");
    }
    let uneven = ["67b/sys.txt", "67b/ref.txt"].map(|file| super::read(&folder, file).unwrap());
    let refused = assay_data::DataSet::join(uneven.into()).unwrap_err();
    let is_refused = matches!(&refused, assay_data::ImportError::RowCounts { .. });
    assert!(is_refused, "{refused}");
}

#[test]
fn rows_that_may_be_matched_wrongly_are_asked_about() {
    for (case, reason) in [
        ("95", JoinReason::OtherIds),
        ("97", JoinReason::IdsAsNumbers),
    ] {
        let Some(folder) = folder(case) else {
            return;
        };
        let data = data(&folder, &["test.csv", "tuned.csv"]);
        let asked = data.join_question().map(|join| join.reason);
        assert_eq!(asked, Some(reason), "{case}");
    }
}
