//! METEOR compared with NLTK.

use super::*;
use assay_text::wordnet::WordNet;

#[test]
fn meteor_equals_nltk() {
    let Some(results) = gold("meteor_nltk") else {
        return;
    };
    let mut tasks = Tasks::default();
    for entry in results.as_array().unwrap() {
        let mut metric = MetricSpec::named("meteor").unwrap();
        let modules = entry["options"]["modules"].as_str().unwrap();
        if modules.contains("wordnet") {
            assert!(WordNet::load(include_bytes!("../../www/wordnet.bin")));
        }
        metric.set("modules", modules).unwrap();
        metric
            .set("tokens", entry["options"]["tokens"].as_str().unwrap())
            .unwrap();
        let refs = usize_of(&entry["refs"]).unwrap();
        let n = usize_of(&entry["n"]).unwrap();
        let task = tasks.get(entry);
        let segments = task.segments(entry["system"].as_str().unwrap(), refs, n);
        let metric = metric.metric();
        let rows = rows(metric, &segments);
        let what = |row: usize| {
            format!(
                "{} {} {} row {row}: {:?}",
                entry["task"], entry["system"], entry["options"], segments[row]
            )
        };
        for (i, expected) in floats(&entry["per_example"]).into_iter().enumerate() {
            let row = &rows[i * 4..i * 4 + 4];
            assert_close(metric.segment_score(row), expected, || what(i));
        }
        let mean = metric.score(&sum_rows(rows.chunks_exact(4), 4)).value;
        assert_close(mean, entry["mean"].as_f64().unwrap(), || what(0));
    }
}
