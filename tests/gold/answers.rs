//! Exact match and token F1 compared with SQuAD's script.

use super::*;

#[test]
fn exact_match_and_f1_equal_squad() {
    let Some(results) = gold("squad") else { return };
    let mut tasks = Tasks::default();
    for entry in results["scores"].as_array().unwrap() {
        let system = entry["system"].as_str().unwrap();
        let mut segments = match usize_of(&entry["refs"]) {
            Some(refs) => tasks.get(entry).segments(system, refs, usize::MAX),
            None => tasks.named("gsm8k").segments(system, 1, usize::MAX),
        };
        if entry["task"].as_str().unwrap().contains("final-answer") {
            let answer = |text: &mut &str| *text = text.rsplit("A:").next().unwrap().trim();
            for (hypothesis, references) in &mut segments {
                answer(hypothesis);
                references.iter_mut().for_each(answer);
            }
        }
        for (kind, each, mean) in [
            (QaKind::ExactMatch, "exact", "exact_mean"),
            (QaKind::TokenF1, "f1", "f1_mean"),
        ] {
            if entry[each].is_null() {
                continue; // of final answers the file holds exact matches alone
            }
            let metric = SquadQa { kind };
            let what = || format!("{each} {} {}", entry["task"], entry["system"]);
            let rows = rows(&metric, &segments);
            for (row, expected) in rows.chunks_exact(2).zip(floats(&entry[each])) {
                assert_close(row[0], expected, what);
            }
            let score = metric.score(&sum_rows(rows.chunks_exact(2), 2)).value;
            assert_close(score, entry[mean].as_f64().unwrap(), what);
        }
    }
    for pair in results["normalization_samples"].as_array().unwrap() {
        let normalized = squad::normalized_tokens(pair[0].as_str().unwrap()).join(" ");
        assert_eq!(normalized, pair[1].as_str().unwrap());
    }
}
