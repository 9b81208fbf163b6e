//! ROUGE compared with rouge-score.

use super::*;

pub(crate) fn rouge(name: &str, use_stemmer: bool, tokenizer: RougeTokenizer) -> Rouge {
    let Ok(MetricSpec::Rouge(base)) = MetricSpec::named(name) else {
        panic!("{name}")
    };
    Rouge {
        use_stemmer,
        tokenizer,
        ..base
    }
}

#[test]
fn rouge_equals_rouge_score() {
    let Some(results) = gold("rouge") else { return };
    let dictionary = Path::new(env!("CARGO_MANIFEST_DIR")).join("www/jieba.bin");
    assert!(assay_metrics::asset::load(
        assay_results::metric_info::Asset::Jieba,
        &std::fs::read(dictionary).unwrap()
    ));
    let mut tasks = Tasks::default();
    for entry in results.as_array().unwrap() {
        let options = &entry["options"];
        let name = options["tokenizer"].as_str().unwrap();
        let tokenizer = RougeTokenizer::from_name(name).unwrap();
        let refs = usize_of(&entry["refs"]).unwrap();
        let segments = tasks.get(entry).segments(
            entry["system"].as_str().unwrap(),
            refs,
            usize_of(&entry["n"]).unwrap(),
        );
        for (kind, mean) in entry["mean_prf"].as_object().unwrap() {
            let metric = rouge(kind, options["use_stemmer"].as_bool().unwrap(), tokenizer);
            let what = || format!("{kind} {} {} {options}", entry["task"], entry["system"]);
            let rows = rows(&metric, &segments);
            for (row, expected) in rows.chunks_exact(4).zip(
                entry["per_example_prf"][kind]
                    .as_array()
                    .into_iter()
                    .flatten(),
            ) {
                for (got, expected) in row.iter().zip(floats(expected)) {
                    assert_close(*got, expected, what);
                }
            }
            let score = metric.score(&sum_rows(rows.chunks_exact(4), 4));
            let mean = floats(mean);
            assert_close(detail(&score, "precision"), mean[0], what);
            assert_close(detail(&score, "recall"), mean[1], what);
            assert_close(score.value, mean[2], what);
        }
    }
}
