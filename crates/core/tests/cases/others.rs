//! Training logs and judgements.

use super::{bytes, finding, folder};
use assay_protocol::data::FileKind;
use assay_training::Run;
use assay_training::findings::{Finding, findings};
use assay_training::read::{self, LogFile};
use assay_training::view::RunView;

#[test]
fn exports_of_judgements_are_told_from_outputs() {
    for (case, file) in [
        ("24", "gpt-4_pair.jsonl"),
        ("35", "ls_min.json"),
        ("36", "ls.csv"),
    ] {
        let Some(folder) = folder(case) else {
            return;
        };
        assert_eq!(finding(&folder, file).kind, FileKind::Judgements, "{case}");
    }
}

/// The runs of a case's files, which have to be taken for logs.
fn runs(case: &str, files: &[&str]) -> Option<Vec<Run>> {
    let folder = folder(case)?;
    let log = |file: &&str| {
        assert_eq!(finding(&folder, file).kind, FileKind::Log, "{case}: {file}");
        LogFile {
            path: (*file).to_owned(),
            bytes: bytes(&folder, file),
        }
    };
    Some(read::runs(files.iter().map(log).collect()).unwrap())
}

fn last(run: &Run, names: &[&str]) -> f64 {
    let series = run.series.iter().find(|s| names.contains(&&*s.name));
    let series = series.unwrap_or_else(|| panic!("none of {names:?} in {}", run.name));
    series.points.last().unwrap().value
}

/// The least validation loss, and the step since which the run over-fits.
fn overfit(run: &Run) -> Option<(f64, Option<f64>)> {
    findings(run).into_iter().find_map(|finding| match finding {
        Finding::Overfit { least, since, .. } => Some((least, since.step)),
        _ => None,
    })
}

#[test]
fn logs_of_every_tool_are_runs_with_steps() {
    for (case, file, steps) in [
        ("03", "trainer_log.jsonl", 300.0),
        ("05", "logging.jsonl", 300.0),
        ("73", "mlx.log", 300.0),
        ("76", "94/trl5.log", 300.0),
    ] {
        let Some(runs) = runs(case, &[file]) else {
            return;
        };
        let [run] = &runs[..] else {
            panic!("{case}: {} runs", runs.len());
        };
        let points = run.series.iter().flat_map(|s| &s.points);
        let most = points.filter_map(|p| p.step).fold(0.0, f64::max);
        assert_eq!(most, steps, "{case}");
        let found = overfit(run);
        assert!(
            found.is_some_and(|(least, _)| (least - 1.2).abs() < 1e-9),
            "{case}: {found:?}"
        );
        let shares = ["percentage", "total_steps"];
        assert!(
            run.series.iter().all(|s| !shares.contains(&&*s.name)),
            "{case}"
        );
    }
    for (case, file) in [("03", "trainer_log.jsonl"), ("05", "logging.jsonl")] {
        let runs = runs(case, &[file]).unwrap();
        assert_eq!(overfit(&runs[0]), Some((1.2, Some(200.0))), "{case}");
    }
    for (case, file) in [("75", "megatron.log"), ("78", "metrics.csv")] {
        let runs = self::runs(case, &[file]).unwrap();
        assert!(runs[0].train_loss().is_some(), "{case}");
    }
}

#[test]
fn runs_of_panels_are_told_apart_by_their_names() {
    let Some(wandb) = runs("31", &["wandb_export_2026-01-01T00_00_00.000+00_00.csv"]) else {
        return;
    };
    let names: Vec<&str> = wandb.iter().map(|run| &*run.name).collect();
    assert_eq!(names, ["lora-r8", "lora-r64"]);
    let ends = wandb.iter().map(|run| last(run, &["train/loss", "loss"]));
    let ends: Vec<String> = ends.map(|x| format!("{x:.4}")).collect();
    assert_eq!(ends, ["1.1020", "0.8078"]);
    let board = runs("33", &["run-lora_run1-tag-train_loss.csv"]).unwrap();
    assert_eq!(board[0].name, "lora_run1");
    assert!((last(&board[0], &["train_loss", "train/loss"]) - 1.1020).abs() < 5e-5);
    assert_eq!(
        board[0].train_loss().map(|s| s.name.as_str()),
        Some("train_loss")
    );
}

#[test]
fn curves_of_one_run_are_one_run() {
    let Some(folder) = folder("33") else {
        return;
    };
    let own = "run-lora_run1-tag-train_loss.csv";
    let curve = |path: &str| LogFile {
        path: path.to_owned(),
        bytes: bytes(&folder, own),
    };
    let others = [
        "run-lora_run1-tag-eval_loss.csv",
        "run-lora_run2-tag-train_loss.csv",
    ];
    let files = vec![curve(own), curve(others[0]), curve(others[1])];
    let runs = read::runs(files).unwrap();
    let names = |run: &Run| {
        run.series
            .iter()
            .map(|s| s.name.clone())
            .collect::<Vec<_>>()
    };
    let found: Vec<(&str, Vec<String>)> = runs.iter().map(|r| (&*r.name, names(r))).collect();
    let series = |all: &[&str]| all.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>();
    assert_eq!(
        found,
        [
            ("lora_run1", series(&["train_loss", "eval_loss"])),
            ("lora_run2", series(&["train_loss"]))
        ]
    );
}

#[test]
fn totals_of_a_run_are_its_summary() {
    let Some(runs) = runs("04", &["all_results.json"]) else {
        return;
    };
    assert_eq!(runs[0].total("train_loss"), Some(0.912));
    assert_eq!(runs[0].total("eval_loss"), Some(1.4));
    assert!(findings(&runs[0]).contains(&Finding::TotalsOnly));
    let perplexity = RunView::of(&runs[0], None).perplexity();
    assert!(
        perplexity.is_some_and(|found| (found - 4.0552).abs() < 5e-5),
        "{perplexity:?}"
    );
    let predicted = self::runs("04", &["predict_results.json"]).unwrap();
    assert_eq!(predicted[0].total("predict_bleu_4"), Some(42.17));
}

#[test]
fn values_that_are_no_numbers_and_losses_of_zero_are_found() {
    let Some(runs) = runs("77", &["trainer_state.json"]) else {
        return;
    };
    let found = findings(&runs[0]);
    let is = |wanted: fn(&Finding) -> bool| found.iter().any(wanted);
    assert!(is(|f| matches!(f, Finding::NotFinite { .. })));
    assert!(
        is(|f| matches!(f, Finding::ZeroLoss { count: 29, .. })),
        "{found:?}"
    );
}
