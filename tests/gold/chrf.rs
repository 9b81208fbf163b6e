//! chrF and chrF++ compared with sacreBLEU.

use super::*;

pub(crate) fn chrf(options: &Value) -> Chrf {
    Chrf {
        char_order: usize_of(&options["char_order"]).unwrap(),
        word_order: usize_of(&options["word_order"]).unwrap(),
        beta: options["beta"].as_u64().unwrap() as u32,
        lowercase: options["lowercase"].as_bool().unwrap(),
        whitespace: options["whitespace"].as_bool().unwrap(),
        eps_smoothing: options["eps_smoothing"].as_bool().unwrap(),
    }
}

#[test]
fn chrf_equals_sacrebleu() {
    let Some(results) = gold("chrf") else { return };
    let mut tasks = Tasks::default();
    for entry in results["sentence"].as_array().unwrap() {
        check_sentences(&chrf(&entry["options"]), entry, &mut tasks);
    }
    for entry in results["corpus"].as_array().unwrap() {
        let metric = chrf(&entry["options"]);
        let refs = usize_of(&entry["refs"]).unwrap();
        let first = usize_of(&entry["first_n"]).unwrap_or(usize::MAX);
        let segments = tasks
            .get(entry)
            .segments(entry["system"].as_str().unwrap(), refs, first);
        let what = || format!("{} {} {}", entry["task"], entry["system"], entry["options"]);
        assert_close(
            corpus(&metric, &segments).value,
            entry["score"].as_f64().unwrap(),
            what,
        );
        assert_eq!(
            metric.signature(RefCount::Fixed(refs), None),
            entry["signature"].as_str().unwrap()
        );
    }
}
