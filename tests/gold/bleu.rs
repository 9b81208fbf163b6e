//! Corpus and sentence BLEU compared with sacreBLEU.

use super::*;

pub(crate) fn bleu(options: &Value) -> Bleu {
    Bleu {
        tokenize: BleuTokenizer::from_name(options["tokenize"].as_str().unwrap()).unwrap(),
        lowercase: options["lowercase"].as_bool().unwrap_or(false),
        smoothing: Smoothing::from_options(
            options["smooth_method"].as_str().unwrap_or("exp"),
            options["smooth_value"].as_f64(),
        )
        .unwrap(),
        max_ngram_order: usize_of(&options["max_ngram_order"]).unwrap_or(4),
        effective_order: options["effective_order"].as_bool().unwrap_or(false),
    }
}

pub(crate) fn check_bleu_parts(score: &Score, entry: &Value, order: usize) {
    let what = || entry.to_string().chars().take(300).collect::<String>();
    assert_close(score.value, entry["score"].as_f64().unwrap(), what);
    assert_close(detail(score, "bp"), entry["bp"].as_f64().unwrap(), what);
    assert_eq!(
        detail(score, "sys_len"),
        entry["sys_len"].as_f64().unwrap(),
        "{}",
        what()
    );
    assert_eq!(
        detail(score, "ref_len"),
        entry["ref_len"].as_f64().unwrap(),
        "{}",
        what()
    );
    for n in 0..order {
        assert_eq!(
            detail(score, &format!("count{}", n + 1)),
            floats(&entry["counts"])[n],
            "{}",
            what()
        );
        assert_eq!(
            detail(score, &format!("total{}", n + 1)),
            floats(&entry["totals"])[n],
            "{}",
            what()
        );
        assert_close(
            detail(score, &format!("precision{}", n + 1)),
            floats(&entry["precisions"])[n],
            what,
        );
    }
}

#[test]
fn corpus_bleu_equals_sacrebleu() {
    let Some(results) = gold("bleu_corpus") else {
        return;
    };
    let mut tasks = Tasks::default();
    for entry in results.as_array().unwrap() {
        let metric = bleu(&entry["options"]);
        let refs = usize_of(&entry["refs"]).unwrap();
        let first = usize_of(&entry["first_n"]).unwrap_or(usize::MAX);
        let segments = tasks
            .get(entry)
            .segments(entry["system"].as_str().unwrap(), refs, first);
        check_bleu_parts(&corpus(&metric, &segments), entry, metric.max_ngram_order);
        assert_eq!(
            metric.signature(RefCount::Fixed(refs), None),
            entry["signature"].as_str().unwrap()
        );
    }
}

#[test]
fn sentence_bleu_equals_sacrebleu() {
    let Some(results) = gold("bleu_sentence") else {
        return;
    };
    let mut tasks = Tasks::default();
    for entry in results.as_array().unwrap() {
        check_sentences(&bleu(&entry["options"]), entry, &mut tasks);
    }
}
