//! What cases expect besides the roles and scores that the other files hold.

use super::{bytes, data, finding, folder, measured, named, read, score};
use assay_data::{DataSet, Role};
use assay_eval::advice;
use assay_eval::classification::classification;
use assay_experiment::Trial;
use assay_experiment::view::TrialView;
use assay_metrics::asset;
use assay_protocol::data::FileKind;
use assay_rating::analysis::{OutputLengths, analyse};
use assay_rating::exchange;
use assay_results::metric_info::Asset;
use assay_training::read::{LogFile, runs};
use assay_training::view::RunView;
use std::path::Path;

fn is_near(found: f64, wanted: f64, off: f64) -> bool {
    (found - wanted).abs() <= off
}

/// The first run of logs.
fn run(case: &str, files: &[&str]) -> Option<RunView> {
    let folder = folder(case)?;
    let log = |file: &&str| {
        assert_eq!(finding(&folder, file).kind, FileKind::Log, "{case}: {file}");
        let (path, bytes) = ((*file).to_owned(), bytes(&folder, file));
        LogFile { path, bytes }
    };
    let runs = runs(files.iter().map(log).collect()).unwrap();
    Some(RunView::of(&runs[0], None))
}

#[test]
fn two_runs_of_llama_factory_score_as_it_prints_them() {
    let Some(folder) = folder("02") else {
        return;
    };
    let dictionary = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../www/jieba.bin");
    let dictionary = std::fs::read(dictionary).unwrap();
    assert!(asset::load(Asset::Jieba, &dictionary));
    let files = ["base", "lora"].map(|run| format!("{run}/generated_predictions.jsonl"));
    let data = data(&folder, &[&files[0], &files[1]]);
    for (metric, base, lora) in [
        ("llamafactory_bleu4", 0.4558, 42.0732),
        ("llamafactory_rouge1", 20.148, 68.8835),
        ("llamafactory_rougeL", 19.2506, 63.7632),
    ] {
        let found = ["base", "lora"].map(|system| score(&data, metric, system));
        assert!(
            is_near(found[0], base, 1e-4) && is_near(found[1], lora, 1e-4),
            "{metric}: {found:?}"
        );
    }
}

#[test]
fn the_best_validation_is_a_checkpoint_that_can_be_marked() {
    for (case, file) in [
        ("03", "trainer_log.jsonl"),
        ("05", "logging.jsonl"),
        ("73", "mlx.log"),
        ("76", "95b/notebook.csv"),
    ] {
        let Some(run) = run(case, &[file]) else {
            return;
        };
        let best = run.best_loss().unwrap_or_else(|| panic!("{case}"));
        assert_eq!((best.value, best.at.step), (1.2, Some(150.0)), "{case}");
        assert!(run.checkpoints.contains(&150.0), "{case}");
        assert_eq!(run.steps, Some(300.0), "{case}");
    }
    let swift = run("05", &["logging.jsonl"]).unwrap();
    let length = |place: usize| {
        let name = swift.losses[place].as_ref().unwrap();
        swift.series.iter().find(|s| s.0 == *name).unwrap().1
    };
    assert_eq!((length(0), length(1)), (30, 6));
    let chosen = swift.chosen.as_ref().map(|chosen| chosen.name.as_str());
    assert_eq!(chosen, Some("checkpoint-150"));
    let lightning = run("78", &["metrics.csv"]).unwrap();
    assert_eq!(lightning.losses[0].as_deref(), Some("train_loss_step"));
}

#[test]
fn a_pair_judgement_of_both_orders_counts_where_they_agree() {
    let Some(folder) = folder("24") else {
        return;
    };
    let file = "gpt-4_pair.jsonl";
    let judged = exchange::read(file, &bytes(&folder, file)).unwrap().table;
    let analysis = analyse(&judged, 0, &[], &OutputLengths::default());
    let preferences = analysis.dimensions[0].preferences.as_ref().unwrap();
    let pair = &preferences.pairs[0];
    let tuned = judged.systems.iter().position(|s| s == "tuned").unwrap();
    let (won, lost, rate) = match pair.systems[1] == tuned {
        true => (pair.wins, pair.losses, pair.rate),
        false => (pair.losses, pair.wins, 1.0 - pair.rate),
    };
    assert_eq!((won, lost, pair.ties), (4, 2, 8));
    assert!(is_near(rate, 8.0 / 14.0, 1e-9), "{rate}");
}

#[test]
fn raters_agree_as_often_as_they_do() {
    let Some(folder) = folder("34") else {
        return;
    };
    let analysis = |folder: &Path, file: &str| {
        let judged = exchange::read(file, &bytes(folder, file)).unwrap().table;
        analyse(&judged, 0, &[], &OutputLengths::default())
    };
    let found = analysis(&folder, "ls_pairwise.json");
    let concord = &found.dimensions[0].concord;
    let percent = concord.others.iter().find(|(name, _)| name == "percent");
    assert_eq!(concord.units, 8);
    assert!(percent.is_some_and(|(_, agreed)| is_near(*agreed, 0.75, 1e-9)));
    let edges = super::folder("88").unwrap();
    let found = analysis(&edges, "99b/ratings.csv");
    assert_eq!(found.dimensions[0].concord.level, "ordinal");
    // The means of both raters of Argilla's records.
    let argilla = super::folder("93").unwrap();
    let file = "26/argilla_v2.json";
    let judged = exchange::read(file, &bytes(&argilla, file)).unwrap().table;
    for (system, wanted) in [("base", 2.5), ("tuned", 4.5)] {
        let place = judged.systems.iter().position(|s| s == system).unwrap();
        let values = judged.ratings.iter().filter(|r| r.system == place);
        let values: Vec<f64> = values.map(|rating| rating.value).collect();
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        assert!(is_near(mean, wanted, 1e-9), "{system}: {mean}");
    }
}

#[test]
fn columns_beside_outputs_are_what_they_say() {
    let Some(folder) = folder("44") else {
        return;
    };
    let outcomes = data(&folder, &["outputs.csv"]);
    assert_eq!(named(&outcomes, Role::Slice)[0], "task");
    let correct = outcomes.table.names().iter().position(|n| n == "correct");
    let role = outcomes.roles[correct.unwrap()];
    assert!(
        matches!(role, Role::Number | Role::Slice | Role::Measure),
        "{role:?}"
    );
    let versions = super::folder("47").unwrap();
    let english = data(&versions, &["36/outputs.csv"]);
    assert!(named(&english, Role::Slice).contains(&"group"));
    let chinese = data(&versions, &["36z/评测.csv"]);
    assert_eq!(named(&chinese, Role::Reference), ["标准答案"]);
    assert_eq!(named(&chinese, Role::Hypothesis), ["微调前", "微调后"]);
    assert!(named(&chinese, Role::Slice).contains(&"版本"));
    let ragas = data(&super::folder("66").unwrap(), &["ragas.jsonl"]);
    assert_eq!(named(&ragas, Role::Source), ["user_input"]);
    let squad = data(&super::folder("64").unwrap(), &["squad_preds.json"]);
    let starts = squad.table.names().iter().zip(&squad.roles);
    let mut starts = starts.filter(|(name, _)| name.contains("answer_start"));
    let is_used = |role: &Role| matches!(role, Role::Reference | Role::Hypothesis | Role::Source);
    assert!(starts.all(|(_, role)| !is_used(role)));
}

#[test]
fn verdicts_in_front_of_outputs_are_no_text() {
    let Some(folder) = folder("49") else {
        return;
    };
    let data = data(&folder, &["output.csv"]);
    for (column, system) in data.systems() {
        let mut cells = data.table.column(column).iter().flatten();
        assert!(
            !cells.any(|cell| cell.starts_with("[PASS]") || cell.starts_with("[FAIL]")),
            "{system}"
        );
    }
    let passed = [0, 1].map(|system| measured(&data, "verdict", system));
    assert!(
        passed.iter().all(|share| (0.0..=1.0).contains(share)),
        "{passed:?}"
    );
}

#[test]
fn reasoning_that_is_left_out_leaves_equal_outputs_equal() {
    let Some(folder) = folder("50") else {
        return;
    };
    let data = data(&folder, &["39b/r1.jsonl"]);
    for spec in advice::usual(&data) {
        let of = |system: usize| -> Vec<f64> {
            let (column, _) = data.systems()[system];
            assay_eval::statistics(&data, spec.metric(), column, 0..data.table.rows())
        };
        assert_eq!(of(0), of(1), "{}", spec.metric().properties().topic);
    }
}

#[test]
fn files_in_utf_16_and_single_predictions_are_read() {
    let Some(folder) = folder("56") else {
        return;
    };
    let utf16 = data(&folder, &["45c/utf16.csv"]);
    assert!(utf16.table.rows() >= 2 && !utf16.systems().is_empty());
    assert_eq!(utf16.problem_count, 0);
    let single = data(&super::folder("08").unwrap(), &["single/demo_qa.json"]);
    assert_eq!(named(&single, Role::Reference), ["gold"]);
    assert_eq!(single.systems().len(), 1);
}

#[test]
fn macro_f1_is_scikit_learns() {
    let Some(folder) = folder("68") else {
        return;
    };
    for file in ["81/preds.csv", "81b/preds.csv"] {
        let view = classification(&data(&folder, &[file])).unwrap();
        let [macro_average, ..] = &view.classifiers[0].averages;
        assert!(is_near(macro_average.f1, 0.8333, 5e-5), "{file}");
    }
}

#[test]
fn arms_without_the_units_that_both_have_are_compared() {
    let Some(folder) = folder("71") else {
        return;
    };
    let trial = Trial::of(read(&folder, "exposed_both.csv").unwrap()).unwrap();
    let view = TrialView::of(&trial);
    let outcome = &view.outcomes[0];
    let [a, b] = [0, 1].map(|arm| outcome.arms[arm].unwrap());
    assert_eq!((a.successes, b.successes), (Some(54.0), Some(70.0)));
    assert!(is_near(a.value, 0.36, 1e-9) && is_near(b.value, 0.35, 1e-9));
    let p = outcome.compared[1].as_ref().unwrap().p_value.unwrap();
    assert!(is_near(p, 0.847, 5e-4), "{p}");
}

#[test]
fn pass_at_five_is_not_claimed_of_two_samples() {
    let Some(folder) = folder("81") else {
        return;
    };
    let data: DataSet = data(&folder, &["outcomes.csv"]);
    let five = super::score_with(&data, "pass_at_k", &[("k", "5")], "m");
    let tasks = data.table.rows();
    // Tasks with fewer samples are left out, so what is scored is not 1 for none of two.
    assert!(five.is_nan() || five < 1.0, "{five} over {tasks} tasks");
}
