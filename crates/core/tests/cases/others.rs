//! Programs, training logs, judgements and A/B tests.

use super::{finding, folder, read};
use assay_codeeval::Programs;
use assay_protocol::data::FileKind;

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
        let files = [tasks.as_str(), samples].map(|file| read(&folder, file).unwrap());
        let mut programs = Programs::of(&files).unwrap();
        assert_eq!(programs.size().1, 4, "{case}");
        assert_eq!(programs.fenced(), fenced, "{case}");
        while let Some((_, program)) = programs.next_program() {
            assert!(!program.contains("```"), "{program}");
        }
    }
}

#[test]
fn training_logs_are_told_from_outputs() {
    for (case, file) in [
        ("03", "trainer_log.jsonl"),
        ("05", "logging.jsonl"),
        ("31", "wandb_export_2026-01-01T00_00_00.000+00_00.csv"),
        ("33", "run-lora_run1-tag-train_loss.csv"),
        ("77", "trainer_state.json"),
        ("78", "metrics.csv"),
    ] {
        let Some(folder) = folder(case) else {
            return;
        };
        assert_eq!(finding(&folder, file).kind, FileKind::Log, "{case}");
    }
}
