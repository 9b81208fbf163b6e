//! Programs, training logs, judgements and A/B tests.

use super::{bytes, finding, folder, read as table};
use assay_codeeval::Programs;
use assay_protocol::data::FileKind;
use assay_training::Run;
use assay_training::findings::{Finding, findings};
use assay_training::read::{self, LogFile};

#[test]
fn programs_come_out_of_fences_or_stand_whole() {
    for (case, samples, fenced) in [
        ("16", "samples.jsonl", 0),
        ("80", "43/chat_samples.jsonl", 4),
        ("80", "43b/whole.jsonl", 0),
    ] {
        let Some(folder) = folder(case) else {
            return;
        };
        let tasks = match samples.rsplit_once('/') {
            Some((inside, _)) => format!("{inside}/HumanEval.jsonl"),
            None => "HumanEval.jsonl".to_owned(),
        };
        let files = [tasks.as_str(), samples].map(|file| table(&folder, file).unwrap());
        let mut programs = Programs::of(&files).unwrap();
        assert_eq!(programs.size().1, 4, "{case}");
        assert_eq!(programs.fenced(), fenced, "{case}");
        while let Some((_, program)) = programs.next_program() {
            assert!(!program.contains("```"), "{program}");
        }
    }
}

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
    let runs = runs("03", &["trainer_log.jsonl"]).unwrap();
    assert_eq!(overfit(&runs[0]), Some((1.2, Some(200.0))));
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
}

#[test]
fn totals_of_a_run_are_its_summary() {
    let Some(runs) = runs("04", &["all_results.json"]) else {
        return;
    };
    assert_eq!(runs[0].total("train_loss"), Some(0.912));
    assert_eq!(runs[0].total("eval_loss"), Some(1.4));
    assert!(findings(&runs[0]).contains(&Finding::TotalsOnly));
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
