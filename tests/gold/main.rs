//! Parity with the reference tools on the shared gold values, when the folder that holds them
//! stands beside the project. `ASSAY_REQUIRE_GOLD=1` turns its absence into a failure.

mod significance;

use assay::metrics::bleu::Smoothing;
use assay::metrics::registry::MetricSpec;
use assay::metrics::*;
use assay::text::rouge::RougeTokenizer;
use assay::text::{BleuTokenizer, porter, squad, whitespace};
use serde_json::Value;
use std::path::{Path, PathBuf};

const TOLERANCE: f64 = 1e-9;

/// The shared folder, or `None` when it is absent and not required.
fn shared() -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    if path.is_dir() {
        return Some(path);
    }
    assert!(
        std::env::var_os("ASSAY_REQUIRE_GOLD").is_none(),
        "the gold values are required but {} is absent",
        path.display()
    );
    eprintln!("skipped: no gold values at {}", path.display());
    None
}

fn gold(name: &str) -> Option<Value> {
    let path = shared()?.join("gold").join(format!("{name}.json"));
    let text = std::fs::read_to_string(path).expect("the gold file is there");
    let mut value: Value = serde_json::from_str(&text).expect("the gold file is JSON");
    Some(value["results"].take())
}

/// The rows of a task's data file.
struct Task {
    rows: Vec<Value>,
}

impl Task {
    fn load(task: &str) -> Self {
        let file = task.replace("gpt-mt/", "gptmt-");
        let path = shared().unwrap().join("data").join(format!("{file}.jsonl"));
        let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path:?}: {e}"));
        let rows = text
            .split('\n')
            .filter(|l| !l.is_empty())
            .map(|l| serde_json::from_str(l).unwrap());
        Self {
            rows: rows.collect(),
        }
    }

    fn segments(&self, system: &str, refs: usize, first: usize) -> Vec<(&str, Vec<&str>)> {
        self.rows
            .iter()
            .take(first)
            .map(|row| {
                let references = row["references"].as_array().unwrap();
                let references = references.iter().take(refs).map(|r| r.as_str().unwrap());
                (row[system].as_str().unwrap(), references.collect())
            })
            .collect()
    }
}

/// Loads each task once.
#[derive(Default)]
struct Tasks(std::collections::HashMap<String, Task>);

impl Tasks {
    fn get(&mut self, entry: &Value) -> &Task {
        let task = entry["task"].as_str().unwrap();
        self.0
            .entry(task.to_owned())
            .or_insert_with(|| Task::load(task))
    }
}

fn floats(value: &Value) -> Vec<f64> {
    value
        .as_array()
        .unwrap()
        .iter()
        .map(|x| x.as_f64().unwrap())
        .collect()
}

fn assert_close(got: f64, expected: f64, what: impl Fn() -> String) {
    assert!(
        (got - expected).abs() <= TOLERANCE,
        "{}: got {got}, expected {expected}",
        what()
    );
}

fn usize_of(value: &Value) -> Option<usize> {
    value.as_u64().map(|n| n as usize)
}

fn bleu(options: &Value) -> Bleu {
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

fn chrf(options: &Value) -> Chrf {
    Chrf {
        char_order: usize_of(&options["char_order"]).unwrap(),
        word_order: usize_of(&options["word_order"]).unwrap(),
        beta: options["beta"].as_u64().unwrap() as u32,
        lowercase: options["lowercase"].as_bool().unwrap(),
        whitespace: options["whitespace"].as_bool().unwrap(),
        eps_smoothing: options["eps_smoothing"].as_bool().unwrap(),
    }
}

fn detail(score: &Score, name: &str) -> f64 {
    score
        .details
        .iter()
        .find(|(n, _)| n == name)
        .unwrap_or_else(|| panic!("{name}"))
        .1
}

fn corpus(metric: &dyn Metric, segments: &[(&str, Vec<&str>)]) -> Score {
    let rows = rows(metric, segments);
    metric.score(&sum_rows(rows.chunks_exact(metric.width()), metric.width()))
}

fn check_bleu_parts(score: &Score, entry: &Value, order: usize) {
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

fn check_sentences(metric: &dyn Metric, entry: &Value, tasks: &mut Tasks) {
    let refs = usize_of(&entry["refs"]).unwrap();
    let scores = floats(&entry["scores"]);
    let segments = tasks
        .get(entry)
        .segments(entry["system"].as_str().unwrap(), refs, scores.len());
    let rows = rows(metric, &segments);
    for (i, row) in rows.chunks_exact(metric.width()).enumerate() {
        let what = || {
            format!(
                "{} {} {} row {i}",
                entry["task"], entry["system"], entry["options"]
            )
        };
        let score =
            if metric.name() == "BLEU" && !entry["options"]["effective_order"].as_bool().unwrap() {
                metric.score(row).value
            } else {
                metric.segment_score(row)
            };
        assert_close(score, scores[i], what);
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

fn rouge(name: &str, use_stemmer: bool, tokenizer: RougeTokenizer) -> Rouge {
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
    let mut tasks = Tasks::default();
    for entry in results.as_array().unwrap() {
        let options = &entry["options"];
        let Some(tokenizer) = RougeTokenizer::from_name(options["tokenizer"].as_str().unwrap())
        else {
            continue; // jieba needs its dictionary
        };
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

#[test]
fn exact_match_and_f1_equal_squad() {
    let Some(results) = gold("squad") else { return };
    let mut tasks = Tasks::default();
    for entry in results["scores"].as_array().unwrap() {
        let Some(refs) = usize_of(&entry["refs"]) else {
            continue; // answers cut out of longer outputs by a rule of their own
        };
        let segments =
            tasks
                .get(entry)
                .segments(entry["system"].as_str().unwrap(), refs, usize::MAX);
        for (kind, each, mean) in [
            (QaKind::ExactMatch, "exact", "exact_mean"),
            (QaKind::TokenF1, "f1", "f1_mean"),
        ] {
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

#[test]
fn tokens_and_stems_equal_the_tools() {
    let Some(results) = gold("tokenizers") else {
        return;
    };
    for entry in results["texts"].as_array().unwrap() {
        let text = entry["text"].as_str().unwrap();
        for tokenizer in BleuTokenizer::ALL {
            let got = tokenizer.tokenize(text);
            assert_eq!(
                got,
                entry[tokenizer.name()].as_str().unwrap(),
                "{}",
                tokenizer.name()
            );
        }
        let strings = |key: &str| -> Vec<String> {
            entry[key]
                .as_array()
                .unwrap()
                .iter()
                .map(|t| t.as_str().unwrap().to_owned())
                .collect()
        };
        assert_eq!(
            RougeTokenizer::Default.tokens(text, false),
            strings("rouge")
        );
        assert_eq!(
            RougeTokenizer::Default.tokens(text, true),
            strings("rouge_stem")
        );
        assert_eq!(
            assay::metrics::chrf::words(text).collect::<Vec<_>>(),
            strings("chrf_words")
        );
    }
    for (word, stem) in results["porter_nltk"].as_object().unwrap() {
        assert_eq!(
            porter::stem(&whitespace::lower(word)),
            stem.as_str().unwrap(),
            "{word}"
        );
    }
}

#[test]
fn hard_little_texts_score_as_the_tools_do() {
    let Some(results) = gold("edge_texts") else {
        return;
    };
    for entry in results.as_array().unwrap() {
        let hyp = entry["hyp"].as_str().unwrap();
        let refs: Vec<&str> = entry["refs"]
            .as_array()
            .unwrap()
            .iter()
            .map(|r| r.as_str().unwrap())
            .collect();
        let one = [(hyp, refs)];
        for tokenize in BleuTokenizer::ALL {
            let metric = Bleu {
                tokenize,
                ..Bleu::default()
            };
            let row = rows(&metric, &one);
            let name = tokenize.name();
            let what = || format!("{name} {hyp:?}");
            assert_close(
                metric.segment_score(&row),
                entry[format!("bleu_{name}_eff")].as_f64().unwrap(),
                what,
            );
            assert_close(
                metric.score(&row).value,
                entry[format!("bleu_{name}_noeff")].as_f64().unwrap(),
                what,
            );
            check_bleu_parts(
                &metric.score(&row),
                &entry[format!("bleu_corpus_{name}")],
                4,
            );
        }
        let chrfs = [
            ("chrf", Chrf::default()),
            ("chrfpp", Chrf::plus_plus()),
            (
                "chrf_eps",
                Chrf {
                    eps_smoothing: true,
                    ..Chrf::default()
                },
            ),
            (
                "chrf_ws",
                Chrf {
                    whitespace: true,
                    ..Chrf::default()
                },
            ),
            (
                "chrf_lc",
                Chrf {
                    lowercase: true,
                    ..Chrf::default()
                },
            ),
        ];
        for (key, metric) in chrfs {
            let score = corpus(&metric, &one).value;
            assert_close(score, entry[key].as_f64().unwrap(), || {
                format!("{key} {hyp:?}")
            });
        }
        for (key, stem) in [("rouge", false), ("rouge_stem", true)] {
            for (kind, prf) in entry[key].as_object().unwrap() {
                let row = rows(&rouge(kind, stem, RougeTokenizer::Default), &one);
                for (got, expected) in row.iter().zip(floats(prf)) {
                    assert_close(*got, expected, || format!("{key} {kind} {hyp:?}"));
                }
            }
        }
        for (kind, key) in [
            (QaKind::ExactMatch, "squad_em"),
            (QaKind::TokenF1, "squad_f1"),
        ] {
            let row = rows(&SquadQa { kind }, &one);
            assert_close(row[0], entry[key].as_f64().unwrap(), || {
                format!("{key} {hyp:?}")
            });
        }
    }
}
