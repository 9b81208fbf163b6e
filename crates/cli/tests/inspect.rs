//! `assay inspect`: what files are taken for, by kind.

mod command;

use command::{assay, folder, json};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// The names in a list of objects.
fn names(list: &Value) -> Vec<&str> {
    let all = list.as_array().unwrap().iter();
    all.map(|one| one["name"].as_str().unwrap()).collect()
}

fn printed(folder: &Path, arguments: &[&str]) -> String {
    let output = assay(folder, arguments);
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

/// The folder of a shared case.
fn case(name: &str) -> Option<PathBuf> {
    assay_testing::shared(&format!("cases/{name}"))
}

const TEST: &str = "id,reference,domain\n1,it is so,a\n2,that way,b\n3,at noon,a\n";
const BASE: &str = "{\"id\": 1, \"prediction\": \"so\", \"judge\": 2}\n\
    {\"id\": 2, \"prediction\": \"this way\", \"judge\": 3}\n\
    {\"id\": 3, \"prediction\": \"noon\", \"judge\": 4}\nnot json\n";

#[test]
fn a_system_names_its_file_and_column() {
    let files = [("test.csv", TEST), ("runs/base.jsonl", BASE)];
    let folder = folder("inspect-outputs", &files);
    let paths = ["inspect", "test.csv", "runs/base.jsonl"];
    let found = json(&folder, &[&paths[..], &["--json"]].concat());
    let files = found["files"].as_array().unwrap();
    assert_eq!(
        files.iter().map(|f| &f["layout"]).collect::<Vec<_>>(),
        ["csv", "jsonl"]
    );
    assert_eq!(
        (&files[1]["rows"], &files[1]["set_aside"]),
        (&json!(3), &json!(1))
    );
    let outputs = &found["outputs"];
    assert_eq!(outputs["set_aside"], 1);
    assert_eq!(outputs["id"], "id");
    assert_eq!(outputs["slices"], json!(["domain"]));
    let system = json!({ "name": "base", "file": "runs/base.jsonl", "column": "prediction" });
    assert_eq!(outputs["systems"], json!([system]));
    assert_eq!(
        outputs["measures"],
        json!([{ "name": "judge", "system": "base" }])
    );
    assert!(found.get("runs").is_none() && found.get("arms").is_none());
    let words = printed(&folder, &paths);
    for part in [
        "test.csv: outputs",
        "3 rows, 1 set aside",
        "base  (runs/base.jsonl: prediction)",
        "judge of base",
        "was joined by its column id",
    ] {
        assert!(words.contains(part), "no {part} in {words}");
    }
}

const STATE: &str = r#"{"global_step": 20, "best_metric": 0.4, "best_model_checkpoint": "/x/checkpoint-10",
    "log_history": [{"step": 10, "epoch": 1.0, "loss": 2.0}, {"step": 10, "epoch": 1.0, "eval_loss": 0.4},
    {"step": 20, "epoch": 2.0, "loss": NaN}, {"step": 20, "epoch": 2.0, "eval_loss": 0.5}]}"#;

#[test]
fn a_run_gives_its_series_and_what_its_checkpoint_was_selected_by() {
    let printed_log = "step 10: loss 2.5\nstep 20: loss 2.25\nstep 30: loss 2.0\n";
    let files = [("a/trainer_state.json", STATE), ("b.log", printed_log)];
    let folder = folder("inspect-runs", &files);
    let paths = ["inspect", "a/trainer_state.json", "b.log"];
    let found = json(&folder, &[&paths[..], &["--json"]].concat());
    let runs = &found["runs"];
    assert_eq!(names(runs), ["a", "b"]);
    let file = json!({ "file": "a/trainer_state.json", "kind": "trainer-state" });
    assert_eq!(runs[0]["files"], json!([file]));
    let series = &runs[0]["series"];
    assert_eq!(names(series), ["loss", "eval_loss"]);
    let last = json!({ "step": 20.0, "epoch": 2.0, "value": "NaN" });
    assert_eq!(
        (&series[0]["points"], &series[0]["last"]),
        (&json!(2), &last)
    );
    let selection =
        json!({ "metric": "eval_loss", "value": 0.4, "step": 10.0, "checkpoint": "checkpoint-10" });
    assert_eq!(runs[0]["selection"], selection);
    assert_eq!(runs[1]["files"][0]["kind"], "iterations");
    assert_eq!(runs[1]["selection"], Value::Null);
    let words = printed(&folder, &paths);
    for part in [
        "run a (a/trainer_state.json)",
        "eval_loss: 2 points, last 0.5 at step 20",
        "checkpoint-10 by eval_loss",
    ] {
        assert!(words.contains(part), "no {part} in {words}");
    }
}

#[test]
fn an_ab_test_gives_its_unit_and_the_units_of_its_arms() {
    let mut table = "user_id,variant,converted\n".to_owned();
    for user in 0..40 {
        let arm = ["control", "treatment"][user % 2];
        table += &format!("u{user},{arm},{}\n", user % 3 % 2);
    }
    // Seen under both, so that it can't be said which arm its outcome is of.
    table += "u0,treatment,1\n";
    let folder = folder("inspect-arms", &[("ab.csv", &table)]);
    let found = json(&folder, &["inspect", "ab.csv", "--json"]);
    let test = &found["arms"][0];
    assert_eq!(
        (&test["unit"], &test["arm"]),
        (&json!("user_id"), &json!("variant"))
    );
    let arms = json!([
        { "name": "control", "rows": 19, "units": 19.0 },
        { "name": "treatment", "rows": 20, "units": 20.0 },
    ]);
    assert_eq!(test["arms"], arms);
    assert_eq!(
        (&test["units"], &test["in_several_arms"]),
        (&json!(40), &json!(1))
    );
    let words = printed(&folder, &["inspect", "ab.csv"]);
    assert!(
        words.contains("1 units are in several arms and are left out"),
        "{words}"
    );
}

#[test]
fn real_files_of_each_kind_are_described() {
    let Some(folder) = case("02-llamafactory-two-runs") else {
        return;
    };
    let paths = [
        "base/generated_predictions.jsonl",
        "lora/generated_predictions.jsonl",
    ];
    let found = json(&folder, &["inspect", "--json", paths[0], paths[1]]);
    assert_eq!(found["files"][0]["layout"], "llama-factory");
    let of = |name: &str, file: &str| json!({ "name": name, "file": file, "column": "predict" });
    let systems = json!([of("base", paths[0]), of("lora", paths[1])]);
    assert_eq!(found["outputs"]["systems"], systems);

    let folder = case("08-opencompass-predictions").unwrap();
    let found = json(
        &folder,
        &[
            "inspect",
            "--json",
            "base/demo_qa.json",
            "tuned/demo_qa.json",
        ],
    );
    assert_eq!(found["files"][0]["layout"], "opencompass");

    let folder = case("40-xlsx").unwrap();
    let found = json(&folder, &["inspect", "--json", "outputs.xlsx"]);
    assert_eq!(found["outputs"]["rows"], 8);
    assert_eq!(found["files"][0]["layout"], "xlsx");

    let folder = case("31-wandb-two-runs").unwrap();
    let file = "wandb_export_2026-01-01T00_00_00.000+00_00.csv";
    let found = json(&folder, &["inspect", "--json", file]);
    assert_eq!(names(&found["runs"]), ["lora-r8", "lora-r64"]);
    assert_eq!(found["runs"][0]["files"][0]["kind"], "wandb-panel");

    let folder = case("71-exposed-to-both-arms").unwrap();
    let found = json(&folder, &["inspect", "--json", "exposed_both.csv"]);
    assert_eq!(
        (
            &found["arms"][0]["units"],
            &found["arms"][0]["in_several_arms"]
        ),
        (&json!(400), &json!(50))
    );
}
