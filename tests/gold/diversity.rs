//! Variety and repetition compared with values by their definitions and NLTK's self-BLEU.

use super::*;
use assay_metrics::diversity::diversity;

#[test]
fn diversity_equals_its_definitions() {
    let Some(results) = gold("diversity") else {
        return;
    };
    let mut tasks = Tasks::default();
    for entry in results.as_array().unwrap() {
        let what = |name: &str| format!("{name} {} {}", entry["task"], entry["system"]);
        let task = tasks.named(entry["task"].as_str().unwrap());
        let system = entry["system"].as_str().unwrap();
        let segments = task.segments(system, 1, usize_of(&entry["n"]).unwrap());
        let texts: Vec<&str> = segments.iter().map(|(text, _)| *text).collect();
        let tokenizer = BleuTokenizer::from_name(entry["tokens"].as_str().unwrap()).unwrap();
        let found = diversity(&texts, tokenizer);
        for (n, (unique, total)) in found.grams.into_iter().enumerate().map(|(i, g)| (i + 1, g)) {
            assert_eq!(
                usize_of(&entry[format!("unique_{n}")]),
                Some(unique),
                "{}",
                what("unique")
            );
            assert_eq!(
                usize_of(&entry[format!("total_{n}")]),
                Some(total),
                "{}",
                what("total")
            );
            for (mut metric, name) in [
                (
                    Repetition::distinct(n),
                    format!("distinct_{n}_sentence_mean"),
                ),
                (Repetition::repeated(n), format!("rep_{n}_sentence_mean")),
            ] {
                metric.tokenize = tokenizer;
                let rows = rows(&metric, &segments);
                let score = metric.score(&sum_rows(rows.chunks_exact(2), 2)).value;
                assert_close(score, entry[&name].as_f64().unwrap(), || what(&name));
            }
        }
        if let Some(expected) = entry["self_bleu_sacrebleu_mean"].as_f64() {
            let first = usize_of(&entry["self_bleu_first_n"]).unwrap();
            let found = by_sacrebleu(&texts[..first], tokenizer);
            assert_close(found, expected, || what("self-BLEU by sacreBLEU"));
        }
        for (value, n) in found.self_bleu.into_iter().flatten().zip(2..) {
            let name = format!("self_bleu_{n}_nltk_method1");
            assert_close(value, entry[&name].as_f64().unwrap(), || what(&name));
        }
    }
}

/// Each text's sentence BLEU with all others as references, averaged.
fn by_sacrebleu(texts: &[&str], tokenize: BleuTokenizer) -> f64 {
    let metric = Bleu {
        tokenize,
        ..Bleu::default()
    };
    let score = |place: usize| {
        let mut others = texts.to_vec();
        let own = others.remove(place);
        metric.segment_score(&rows(&metric, &[(own, others)]))
    };
    (0..texts.len()).map(score).sum::<f64>() / texts.len() as f64
}
