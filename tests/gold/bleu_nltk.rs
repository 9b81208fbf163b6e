//! BLEU compared with NLTK's, every smoothing, sentence by sentence and for the corpus.

use super::*;
use assay_metrics::BleuNltk;

#[test]
fn bleu_of_nltk_equals_nltk() {
    let Some(results) = gold("bleu_nltk") else {
        return;
    };
    let mut tasks = Tasks::default();
    for entry in results.as_array().unwrap() {
        let first = usize_of(&entry["first_n"]).unwrap();
        let system = entry["system"].as_str().unwrap();
        let segments = tasks.get(entry).segments(system, usize::MAX, first);
        for (smoothing, (name, expected)) in
            entry["sentence"].as_object().unwrap().iter().enumerate()
        {
            let metric = BleuNltk {
                smoothing: smoothing as u8,
                ..BleuNltk::default()
            };
            let rows = rows(&metric, &segments);
            let each = rows.chunks_exact(metric.width());
            for (place, (row, expected)) in each.zip(expected.as_array().unwrap()).enumerate() {
                // Where the tool refuses a sentence there is no value.
                let Some(expected) = expected.as_f64() else {
                    assert_eq!(name, "method6");
                    continue;
                };
                assert_close(metric.segment_score(row), expected, || {
                    format!("{} {system} {name} {place}", entry["task"])
                });
            }
            if let Some(expected) = entry[format!("corpus_{name}")].as_f64() {
                let score =
                    metric.score(&sum_rows(rows.chunks_exact(metric.width()), metric.width()));
                assert_close(score.value, expected, || {
                    format!("{} {name}", entry["task"])
                });
            }
        }
    }
}
