//! Parity with the reference tools on the project's own texts; `parity/make.py` wrote the values.

#[path = "parity/experiment.rs"]
mod experiment;
#[path = "parity/numbers.rs"]
mod numbers;
#[path = "parity/presets.rs"]
mod presets;

use assay_metrics::registry::MetricSpec;
use assay_metrics::{rows, sum_rows};
use serde_json::Value;

fn spec(name: &str) -> MetricSpec {
    let (metric, option) = name.split_once(' ').unwrap_or((name, ""));
    let mut spec = MetricSpec::named(metric).unwrap();
    match option {
        "" | "plain" => {}
        "stem" => spec.set("use_stemmer", "true").unwrap(),
        "asian" => {
            spec.set("normalized", "true").unwrap();
            spec.set("asian_support", "true").unwrap();
        }
        "no_punct" => {
            spec.set("no_punct", "true").unwrap();
            spec.set("asian_support", "true").unwrap();
        }
        flag @ ("normalized" | "case_sensitive") => spec.set(flag, "true").unwrap(),
        both if metric == "meteor" => {
            let (tokens, modules) = both.split_once(' ').unwrap();
            spec.set("tokens", tokens).unwrap();
            spec.set("modules", modules).unwrap();
        }
        tokenizer => spec.set("tokenize", tokenizer).unwrap(),
    }
    spec
}

#[test]
fn segment_and_corpus_scores_match_reference_tools() {
    let cases: Value = serde_json::from_str(include_str!("parity/cases.json")).unwrap();
    let mut segments = Vec::new();
    for case in cases["cases"].as_array().unwrap() {
        let (hypothesis, reference) = (
            case["hypothesis"].as_str().unwrap(),
            case["reference"].as_str().unwrap(),
        );
        segments.push((hypothesis, vec![reference]));
        for (name, expected) in case["scores"].as_object().unwrap() {
            let spec = spec(name);
            let metric = spec.metric();
            let row = rows(metric, &[(hypothesis, vec![reference])]);
            let score = metric.segment_score(&row);
            let expected = expected.as_f64().unwrap();
            assert!(
                (score - expected).abs() < 1e-9,
                "{name} {hypothesis:?}: {score}, not {expected}"
            );
        }
    }
    assert!(segments.len() > 60);
    for (name, expected) in cases["corpus"].as_object().unwrap() {
        let spec = spec(name);
        let metric = spec.metric();
        let rows = rows(metric, &segments);
        let score = metric
            .score(&sum_rows(rows.chunks_exact(metric.width()), metric.width()))
            .value;
        let expected = expected.as_f64().unwrap();
        assert!(
            (score - expected).abs() < 1e-9,
            "{name}: {score}, not {expected}"
        );
    }
}

#[test]
fn multilabel_scores_match_scikit_learn() {
    use assay_stats::classification::multilabel::MultiLabel;
    use assay_stats::classification::{Average, ClassScores};
    let gold: serde_json::Value =
        serde_json::from_str(include_str!("parity/multilabel.json")).unwrap();
    let sets =
        |name: &str| -> Vec<Vec<String>> { serde_json::from_value(gold[name].clone()).unwrap() };
    let pairs: Vec<_> = sets("truth").into_iter().zip(sets("predicted")).collect();
    let found = MultiLabel::of(&pairs);
    let near = |got: f64, expected: &serde_json::Value, name: &str| {
        let expected = expected.as_f64().unwrap();
        assert!((got - expected).abs() < 1e-12, "{name}: {got}, {expected}");
    };
    near(found.subset_accuracy(), &gold["accuracy"], "accuracy");
    near(found.hamming_loss(), &gold["hamming_loss"], "hamming");
    assert_eq!(serde_json::to_value(&found.labels).unwrap(), gold["labels"]);
    for (label, hits) in found.hits.iter().enumerate() {
        near(hits.scores().f1, &gold["f1"][label], "f1");
    }
    let averages: [(&str, ClassScores); 4] = [
        ("macro", found.average(Average::Macro)),
        ("micro", found.average(Average::Micro)),
        ("weighted", found.average(Average::Weighted)),
        ("samples", found.of_items()),
    ];
    for (name, s) in averages {
        let own = [s.precision, s.recall, s.f1, s.f2, s.f05, s.jaccard];
        for (place, got) in own.into_iter().enumerate() {
            near(got, &gold["averages"][name][place], name);
        }
    }
}

#[test]
fn tf_idf_cosines_match_scikit_learn() {
    let gold: Value = serde_json::from_str(include_str!("parity/tfidf.json")).unwrap();
    let pairs: Vec<(String, String)> = serde_json::from_value(gold["pairs"].clone()).unwrap();
    let segments: Vec<(&str, Vec<&str>)> = pairs
        .iter()
        .map(|(own, reference)| (own.as_str(), vec![reference.as_str()]))
        .collect();
    let spec = MetricSpec::named("tfidf").unwrap();
    let rows = rows(spec.metric(), &segments);
    for (place, row) in rows.chunks_exact(2).enumerate() {
        let expected = gold["cosines"][place].as_f64().unwrap();
        assert!(
            (row[0] - expected).abs() < 1e-9,
            "{:?}: {}, {expected}",
            pairs[place],
            row[0]
        );
    }
}

#[test]
fn alignments_match_jiwer() {
    use assay_metrics::alignment::align;
    use assay_results::alignment::Step;
    let gold: Value = serde_json::from_str(include_str!("parity/alignment.json")).unwrap();
    let counts = |steps: Vec<(Step, usize, usize)>| -> Vec<usize> {
        [Step::Same, Step::Substituted, Step::Missing, Step::Added]
            .iter()
            .map(|kind| steps.iter().filter(|s| s.0 == *kind).count())
            .collect()
    };
    for case in gold["cases"].as_array().unwrap() {
        let text = |key: &str| case[key].as_str().unwrap();
        let (reference, output) = (text("reference"), text("output"));
        let split = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let found = counts(align(&split(reference), &split(output)).unwrap());
        assert_eq!(
            serde_json::json!(found),
            case["words"],
            "{reference} | {output}"
        );
        let split = |text: &str| text.chars().collect::<Vec<_>>();
        let found = counts(align(&split(reference), &split(output)).unwrap());
        assert_eq!(
            serde_json::json!(found),
            case["characters"],
            "{reference} | {output}"
        );
    }
}
