//! Logs of evaluation tools: systems are named after models, scores are measures, and nothing is lost in silence.

use assay_data::import::{ImportError, Imported, Importer};
use assay_data::{DataSet, Role};
use serde_json::{Value, json};

fn import(file: &str, text: &str) -> Imported {
    let mut importer = Importer::new(file);
    importer.push(text.as_bytes()).unwrap();
    importer.finish().unwrap()
}

fn joined(files: &[(&str, String)]) -> DataSet {
    let files = files.iter().map(|(file, text)| import(file, text));
    DataSet::join(files.collect()).unwrap()
}

fn data(file: &str, text: &str) -> DataSet {
    joined(&[(file, text.to_owned())])
}

fn lines(all: &[Value]) -> String {
    all.iter().map(|line| format!("{line}\n")).collect()
}

fn named(data: &DataSet, role: Role) -> Vec<&str> {
    let columns = data.columns_with(role).into_iter();
    columns.map(|c| data.table.names()[c].as_str()).collect()
}

/// Each measure with its values: for each system those of all rows.
fn measures(data: &DataSet) -> Vec<(String, Vec<Vec<Option<f64>>>)> {
    let rows = 0..data.table.rows();
    let of = |m: &assay_data::measures::Measure, system: usize| {
        rows.clone().map(|row| m.value(data, system, row)).collect()
    };
    let all = data.measures().into_iter();
    let systems = 0..data.systems().len();
    all.map(|m| {
        let values = systems.clone().map(|s| of(&m, s)).collect();
        (m.name.clone(), values)
    })
    .collect()
}

fn measure(data: &DataSet, name: &str) -> Vec<Vec<Option<f64>>> {
    let all = measures(data);
    let found = all.iter().find(|m| m.0 == name);
    found
        .unwrap_or_else(|| panic!("{name} is none of {all:?}"))
        .1
        .clone()
}

fn cells<'a>(data: &'a DataSet, name: &str) -> Vec<Option<&'a str>> {
    let column = data.table.names().iter().position(|n| n == name).unwrap();
    data.table.column(column).iter().collect()
}

fn inspect_sample(id: Value, epoch: u64, output: &str, letter: &str) -> Value {
    json!({
        "id": id, "epoch": epoch, "input": [{"role": "user", "content": "attachment://ab12"}],
        "attachments": {"ab12": "How many legs has a spider?"}, "target": ["8", "eight"],
        "messages": [{"role": "user", "content": "…"}],
        "output": {"model": "openai/gpt-4o", "choices": [{"message": {"role": "assistant",
            "content": [{"type": "reasoning", "reasoning": "insect? no"}, {"type": "text", "text": output}]}}]},
        "scores": {"match": {"value": letter, "answer": output}, "rubric": {"value": {"clear": 4, "kind": "P"}}},
        "total_time": 1.5, "model_usage": {"openai/gpt-4o": {"output_tokens": 12}},
        "metadata": {"subject": if epoch == 1 { "biology" } else { "zoology" }}
    })
}

fn inspect_log(model: &str, epochs: u64, samples: Vec<Value>) -> String {
    json!({
        "version": 2, "status": "success",
        "eval": {"task": "legs", "model": model, "dataset": {}, "config": {"epochs": epochs}},
        "plan": {}, "results": {"scores": []}, "samples": samples
    })
    .to_string()
}

#[test]
fn samples_of_inspect_have_the_models_name_and_letters_count_as_its_metrics_count_them() {
    let samples = ["C", "I", "P", "N"].iter().enumerate();
    let samples = samples.map(|(i, letter)| inspect_sample(json!(i), 1, "8.", letter));
    let data = data(
        "run.json",
        &inspect_log("openai/gpt-4o", 1, samples.collect()),
    );
    assert_eq!(named(&data, Role::Hypothesis), ["openai/gpt-4o"]);
    assert_eq!(
        named(&data, Role::Reference),
        ["reference", "reference (2)"]
    );
    assert_eq!(
        cells(&data, "prompt")[0],
        Some("How many legs has a spider?")
    );
    assert_eq!(cells(&data, "openai/gpt-4o")[1], Some("8."));
    let all = measures(&data);
    let names: Vec<&str> = all.iter().map(|m| m.0.as_str()).collect();
    assert_eq!(
        names,
        [
            "match",
            "rubric.clear",
            "rubric.kind",
            "seconds",
            "output tokens"
        ]
    );
    assert_eq!(all[0].1, [[Some(1.0), Some(0.0), Some(0.5), Some(0.0)]]);
    assert_eq!(all[2].1[0][0], Some(0.5));
    let notices = format!("{:?}", data.notices());
    assert!(notices.contains("messages"), "{notices}");
}

#[test]
fn logs_of_inspect_join_by_sample_and_epochs_are_a_column() {
    let log = |model: &str, letters: [&str; 4]| {
        let samples = letters.iter().enumerate().map(|(i, letter)| {
            inspect_sample(
                json!(format!("q{}", i / 2)),
                i as u64 % 2 + 1,
                letter,
                letter,
            )
        });
        inspect_log(model, 2, samples.collect())
    };
    let data = joined(&[
        ("logs/a.json", log("base", ["C", "I", "C", "C"])),
        ("logs/b.json", log("tuned", ["C", "C", "I", "C"])),
    ]);
    assert_eq!(named(&data, Role::Hypothesis), ["base", "tuned"]);
    assert_eq!(data.table.rows(), 4);
    assert_eq!(
        cells(&data, "epoch"),
        [Some("1"), Some("2"), Some("1"), Some("2")]
    );
    assert_eq!(cells(&data, "sample")[3], Some("q1"));
    let found = measure(&data, "match");
    assert_eq!(found[0], [1.0, 0.0, 1.0, 1.0].map(Some));
    assert_eq!(found[1], [1.0, 1.0, 0.0, 1.0].map(Some));
}

#[test]
fn two_logs_of_one_model_are_two_systems_with_their_own_scores() {
    let log = |letter: &str| inspect_log("m", 1, vec![inspect_sample(json!(1), 1, letter, letter)]);
    let data = joined(&[("a.json", log("C")), ("b.json", log("I"))]);
    assert_eq!(named(&data, Role::Hypothesis), ["m", "m (2)"]);
    assert_eq!(measure(&data, "match"), [[Some(1.0)], [Some(0.0)]]);
}

#[test]
fn evalscopes_predictions_and_reviews_are_one_model() {
    let messages = |said: &str| {
        json!([{"role": "system", "content": "Be brief."}, {"role": "user", "content": "2+3?"},
            {"role": "assistant", "content": said}])
    };
    let prediction = |i: usize, said: &str| {
        json!({"index": i, "model": "Qwen3-8B", "messages": messages(said),
            "model_output": {"model": "Qwen3-8B", "choices": [{"message": {"content": said}}],
                "usage": {"output_tokens": 7}, "time": 0.5}})
    };
    let review = |i: usize, said: &str, acc: f64| {
        json!({"index": i, "target": ["5"], "messages": messages(said), "sample_score": {"sample_id": i,
            "score": {"value": {"acc": acc}, "prediction": said, "extracted_prediction": "5"},
            "sample_metadata": {"level": "easy"}}})
    };
    let path = |kind: &str| format!("outputs/20260101/{kind}/Qwen3-8B/gsm8k_main.jsonl");
    let (predictions, reviews) = (path("predictions"), path("reviews"));
    let data = joined(&[
        (
            &predictions,
            lines(&[prediction(0, "It is 5."), prediction(1, "6")]),
        ),
        (
            &reviews,
            lines(&[review(0, "It is 5.", 1.0), review(1, "6", 0.0)]),
        ),
    ]);
    assert_eq!(named(&data, Role::Hypothesis), ["Qwen3-8B"]);
    assert_eq!(named(&data, Role::Reference), ["reference"]);
    assert_eq!(
        cells(&data, "prompt")[0],
        Some("system: Be brief.\n\nuser: 2+3?")
    );
    assert_eq!(measure(&data, "acc"), [[Some(1.0), Some(0.0)]]);
    assert_eq!(measure(&data, "output tokens"), [[Some(7.0), Some(7.0)]]);
}

#[test]
fn helms_states_and_statistics_are_joined_by_instance() {
    let state = |id: &str, said: &str| {
        json!({"instance": {"id": id, "input": {"text": "Which?"}, "split": "test", "references": [
                {"output": {"text": "London"}, "tags": ["correct"]}, {"output": {"text": "Rome"}, "tags": []}]},
            "reference_index": null, "train_trial_index": 0, "output_mapping": {"A": "London", "B": "Rome"},
            "request": {"prompt": "Which?"}, "result": {"success": true, "completions": [{"text": said}]}})
    };
    let states = json!({"adapter_spec": {"model": "openai/gpt2"},
        "request_states": [state("id0", " A"), state("id1", " B")]});
    let stat = |id: &str, name: &str, value: f64| {
        json!({"instance_id": id, "train_trial_index": 0, "stats": [
            {"name": {"name": name, "split": "test"}, "count": 1, "sum": value, "mean": value}]})
    };
    let stats = json!([
        stat("id0", "exact_match", 1.0),
        stat("id1", "exact_match", 0.0),
        stat("id0", "num_prompt_tokens", 9.0),
        stat("id1", "num_prompt_tokens", 8.0),
    ]);
    let folder = "runs/v1/geo:subject=x,model=openai_gpt2";
    let data = joined(&[
        (&format!("{folder}/scenario_state.json"), states.to_string()),
        (
            &format!("{folder}/per_instance_stats.json"),
            stats.to_string(),
        ),
    ]);
    assert_eq!(named(&data, Role::Hypothesis), ["openai_gpt2"]);
    assert_eq!(cells(&data, "openai_gpt2"), [Some("London"), Some("Rome")]);
    assert_eq!(data.references(0), ["London"]);
    assert_eq!(measures(&data).len(), 1);
    assert_eq!(measure(&data, "exact_match"), [[Some(1.0), Some(0.0)]]);
}

#[test]
fn every_eval_evers_samples_are_read_and_its_totals_refused() {
    let line = |id: &str, said: &str, score: f64| {
        json!({"schema_version": "instance_level_eval_0.2.2", "evaluation_id": "e", "model_id": "org/m",
            "evaluation_name": "gsm8k", "sample_id": id, "interaction_type": "single_turn",
            "input": {"raw": "2+3?", "reference": ["5"]}, "output": {"raw": [said]}, "messages": null,
            "answer_attribution": [{"turn_idx": 0, "source": "output.raw", "extracted_value": said,
                "extraction_method": "none", "is_terminal": true}],
            "evaluation": {"score": score, "is_correct": score > 0.5}})
    };
    let data = data(
        "e_samples.jsonl",
        &lines(&[line("a", "5", 1.0), line("b", "6", 0.0)]),
    );
    assert_eq!(named(&data, Role::Hypothesis), ["org/m"]);
    assert_eq!(data.references(0), ["5"]);
    assert_eq!(measure(&data, "score"), [[Some(1.0), Some(0.0)]]);
    assert_eq!(measure(&data, "is_correct"), [[Some(1.0), Some(0.0)]]);
    let totals = json!({"schema_version": "0.2.2", "evaluation_id": "e", "evaluation_results": [{"score": 1}]});
    let mut importer = Importer::new("e.json");
    importer.push(totals.to_string().as_bytes()).unwrap();
    let refused = importer.finish().unwrap_err();
    assert!(
        matches!(&refused, ImportError::TotalsOnly { tool, .. } if tool == "Every Eval Ever"),
        "{refused}"
    );
}

#[test]
fn llm_comparators_outputs_have_their_models_names() {
    let example = |score: f64| {
        json!({"input_text": "Say hi", "tags": ["Chat", "Short"], "output_text_a": "Hi", "output_text_b": "Hello",
            "score": score, "individual_rater_scores": [{"score": score, "is_flipped": false}],
            "custom_fields": {"words": [1, 2], "source": "own"}})
    };
    let document = json!({"metadata": {"source_path": "x"}, "models": [{"name": "Gemma 1.1"}, {"name": "Gemma 1.0"}],
        "examples": [example(0.5), example(-1.0)]});
    let data = data("arena.json", &document.to_string());
    assert_eq!(named(&data, Role::Hypothesis), ["Gemma 1.1", "Gemma 1.0"]);
    assert_eq!(named(&data, Role::Source), ["prompt"]);
    assert_eq!(
        measure(&data, "words"),
        [[Some(1.0), Some(1.0)], [Some(2.0), Some(2.0)]]
    );
    let notices = format!("{:?}", data.notices());
    assert!(notices.contains("individual_rater_scores"), "{notices}");
}

#[test]
fn events_of_openai_evals_are_rows_of_their_samples() {
    let event = |n: usize, sample: &str, kind: &str, data: Value| {
        json!({"run_id": "r", "event_id": n, "sample_id": sample, "type": kind, "data": data,
            "created_by": "", "created_at": "2026-01-01"})
    };
    let text = lines(&[
        json!({"spec": {"completion_fns": ["gpt-4o-mini"], "eval_name": "cities.dev.v0", "run_id": "r"}}),
        event(
            0,
            "cities.dev.0",
            "sampling",
            json!({"prompt": [{"role": "user", "content": "Capital of Italy?"}],
            "sampled": ["Rome"]}),
        ),
        event(
            1,
            "cities.dev.1",
            "sampling",
            json!({"prompt": "Capital of Peru?", "sampled": "Quito"}),
        ),
        event(
            2,
            "cities.dev.1",
            "match",
            json!({"correct": false, "expected": "Lima", "picked": "Quito"}),
        ),
        event(
            3,
            "cities.dev.0",
            "match",
            json!({"correct": true, "expected": "Rome", "picked": "Rome"}),
        ),
        event(4, "cities.dev.0", "extra", json!({"a": 1})),
        json!({"final_report": {"accuracy": 0.5}}),
    ]);
    let data = data("run.jsonl", &text);
    assert_eq!(data.table.rows(), 2);
    assert_eq!(named(&data, Role::Hypothesis), ["gpt-4o-mini"]);
    assert_eq!(cells(&data, "prompt")[0], Some("Capital of Italy?"));
    assert_eq!(data.references(1), ["Lima"]);
    assert_eq!(measure(&data, "correct"), [[Some(1.0), Some(0.0)]]);
    assert!(format!("{:?}", data.notices()).contains("events of type extra"));
}

#[test]
fn metrics_of_deepeval_are_measures() {
    let case = |name: &str, score: f64| {
        json!({"name": name, "input": "Why?", "actualOutput": "So.", "expectedOutput": "Because.",
            "retrievalContext": ["a", "b"], "success": score > 0.5, "metricsData": [
                {"name": "Answer Relevancy", "threshold": 0.5, "success": true, "score": score, "reason": "…"},
                {"name": "Faithfulness", "threshold": 0.5, "success": true, "score": 1.0}]})
    };
    let run = json!({"testRunData": {"testCases": [case("t1", 0.9), case("t2", 0.25)],
        "conversationalTestCases": [], "hyperparameters": {"model": "my-model"}}});
    let data = data(".latest_test_run.json", &run.to_string());
    assert_eq!(named(&data, Role::Hypothesis), ["my-model"]);
    assert_eq!(named(&data, Role::Reference), ["reference"]);
    assert_eq!(
        measure(&data, "Answer Relevancy"),
        [[Some(0.9), Some(0.25)]]
    );
    assert_eq!(measure(&data, "success"), [[Some(1.0), Some(0.0)]]);
}

#[test]
fn experiments_of_braintrust_join_by_their_input() {
    let span = |id: &str, input: &str, output: &str, score: f64| {
        json!({"id": id, "span_id": id, "root_span_id": id, "experiment_id": "e", "input": {"question": input},
            "output": output, "expected": "yes", "scores": {"Factuality": score},
            "metrics": {"start": 1.0, "end": 2.0, "duration": 0.25}, "metadata": {"topic": input}})
    };
    let inner = json!({"id": "x", "span_id": "x", "root_span_id": "a", "experiment_id": "e", "input": "i",
        "output": "o", "scores": {}});
    let data = joined(&[
        (
            "base.jsonl",
            lines(&[
                span("a", "Q1", "no", 0.0),
                inner,
                span("b", "Q2", "yes", 1.0),
            ]),
        ),
        (
            "tuned.jsonl",
            lines(&[span("c", "Q2", "yes!", 0.75), span("d", "Q1", "yes", 1.0)]),
        ),
    ]);
    assert_eq!(named(&data, Role::Hypothesis), ["base", "tuned"]);
    assert_eq!(cells(&data, "tuned"), [Some("yes"), Some("yes!")]);
    assert_eq!(
        measure(&data, "Factuality"),
        [[Some(0.0), Some(1.0)], [Some(1.0), Some(0.75)]]
    );
}

#[test]
fn tables_of_ragas_are_measured_by_all_their_metrics() {
    let new = "user_input,retrieved_contexts,response,reference,faithfulness,answer_relevancy,my_own_metric\n\
        Q1,\"['c1', 'c2']\",A one,R one,1.0,0.9,3\nQ2,\"['c3']\",A two,R two,0.5,0.8,4\n";
    let data = data("ragas.csv", new);
    assert_eq!(named(&data, Role::Hypothesis), ["response"]);
    assert_eq!(named(&data, Role::Reference), ["reference"]);
    let names: Vec<String> = measures(&data).into_iter().map(|m| m.0).collect();
    assert_eq!(names, ["faithfulness", "answer_relevancy", "my_own_metric"]);
    let old = |answer: &str, score: f64| {
        format!(
            "question,contexts,answer,ground_truth,faithfulness\nQ1,\"['c']\",{answer} 1,R one,{score}\nQ2,\"['c']\",{answer} 2,R two,1\n"
        )
    };
    let data = joined(&[
        ("base.csv", old("no", 0.25)),
        ("tuned.csv", old("yes", 0.75)),
    ]);
    assert_eq!(named(&data, Role::Hypothesis), ["base", "tuned"]);
    assert_eq!(
        measure(&data, "faithfulness"),
        [[Some(0.25), Some(1.0)], [Some(0.75), Some(1.0)]]
    );
}

#[test]
fn models_of_lm_eval_are_named_by_their_folders() {
    let line = |answer: &str| {
        json!({"doc_id": 0, "doc": {"question": "2+3?"}, "target": "5", "resps": [[answer]],
            "filtered_resps": [answer], "exact_match": 1.0})
    };
    let data = joined(&[
        (
            "results/Qwen__Qwen3-8B/samples_gsm8k.jsonl",
            lines(&[line("5")]),
        ),
        ("results/own/samples_gsm8k.jsonl", lines(&[line("6")])),
    ]);
    assert_eq!(named(&data, Role::Hypothesis), ["Qwen/Qwen3-8B", "own"]);
}
