//! Files with outputs.

use super::{data, folder, measured, named, score};
use assay_data::Role;

/// What must come of the files of a case.
struct Case {
    /// Its number, and the folder within it where it has several.
    case: &'static str,
    files: &'static [&'static str],
    rows: usize,
    references: &'static [&'static str],
    systems: &'static [&'static str],
    /// Metric, system, score, and how far off it may be.
    scores: &'static [(&'static str, &'static str, f64, f64)],
}

/// Half of the last digit that the cases give.
const HUNDREDTH: f64 = 0.005;

const CASES: &[Case] = &[
    Case {
        case: "01",
        files: &["generated_predictions.jsonl"],
        rows: 6,
        references: &["label"],
        systems: &["predict"],
        scores: &[("cmrc_f1", "predict", 32.0726, 1e-4)],
    },
    Case {
        case: "02",
        files: &[
            "base/generated_predictions.jsonl",
            "lora/generated_predictions.jsonl",
        ],
        rows: 6,
        references: &["label"],
        systems: &["base", "lora"],
        scores: &[],
    },
    Case {
        case: "08",
        files: &["base/demo_qa.json", "tuned/demo_qa.json"],
        rows: 8,
        references: &["gold"],
        systems: &["base", "tuned"],
        scores: &[
            ("bleu", "tuned", 33.18, HUNDREDTH),
            ("bleu", "base", 2.07, HUNDREDTH),
        ],
    },
    Case {
        case: "17",
        files: &["batch_output.jsonl", "questions.csv"],
        rows: 8,
        references: &["reference"],
        systems: &["my-tuned"],
        scores: &[
            ("bleu", "my-tuned", 33.18, HUNDREDTH),
            ("chrf", "my-tuned", 68.4, 0.05),
        ],
    },
    Case {
        case: "22",
        files: &["17b/alpaca_pred.json"],
        rows: 8,
        references: &["output"],
        systems: &["base_output", "lora_output"],
        scores: &[
            ("bleu", "lora_output", 33.18, HUNDREDTH),
            ("bleu", "base_output", 2.07, HUNDREDTH),
        ],
    },
    Case {
        case: "26",
        files: &["base/model_outputs.json", "tuned/model_outputs.json"],
        rows: 8,
        references: &[],
        systems: &["base", "tuned"],
        scores: &[],
    },
    Case {
        case: "28",
        files: &["21/experiment.csv"],
        rows: 8,
        references: &["reference_outputs.answer"],
        systems: &["outputs.answer"],
        scores: &[("bleu", "outputs.answer", 33.18, HUNDREDTH)],
    },
    Case {
        case: "29",
        files: &["langfuse.csv"],
        rows: 8,
        references: &["expectedOutput"],
        systems: &["output"],
        scores: &[("bleu", "output", 33.18, HUNDREDTH)],
    },
    Case {
        case: "38",
        files: &["excel_sep.csv"],
        rows: 8,
        references: &["reference"],
        systems: &["base", "tuned"],
        scores: &[("bleu", "tuned", 33.18, HUNDREDTH)],
    },
    Case {
        case: "42",
        files: &["33/outputs.jsonl"],
        rows: 8,
        references: &["reference"],
        systems: &["base", "tuned"],
        scores: &[],
    },
    Case {
        case: "42",
        files: &["33b/outputs.jsonl"],
        rows: 8,
        references: &["reference"],
        systems: &["base", "tuned"],
        scores: &[],
    },
    Case {
        case: "44",
        files: &["outputs.csv"],
        rows: 8,
        references: &["reference"],
        systems: &["base", "tuned"],
        scores: &[("bleu", "tuned", 33.18, HUNDREDTH)],
    },
    Case {
        case: "47",
        files: &["36/outputs.csv"],
        rows: 8,
        references: &["answer"],
        systems: &["base", "tuned"],
        scores: &[],
    },
    Case {
        case: "50",
        files: &["39b/r1.jsonl"],
        rows: 8,
        references: &["reference"],
        systems: &["base", "r1"],
        scores: &[
            ("bleu", "r1", 33.18, HUNDREDTH),
            ("bleu", "base", 33.18, HUNDREDTH),
        ],
    },
    Case {
        case: "50",
        files: &["39/qwen3.jsonl"],
        rows: 10,
        references: &["answer"],
        systems: &["base", "qwen3_think"],
        scores: &[("em", "qwen3_think", 100.0, 1e-9)],
    },
    Case {
        case: "52",
        files: &["math.csv"],
        rows: 12,
        references: &["answer"],
        systems: &["base", "tuned"],
        scores: &[
            ("number", "base", 0.5, 1e-9),
            ("number", "tuned", 0.75, 1e-9),
        ],
    },
    Case {
        case: "55",
        files: &["outputs.jsonl"],
        rows: 8,
        references: &["reference"],
        systems: &["base", "tuned"],
        scores: &[("bleu", "tuned", 33.18, HUNDREDTH)],
    },
    Case {
        case: "56",
        files: &["45/outputs.csv"],
        rows: 6,
        references: &["参考答案"],
        systems: &["基座模型", "微调模型"],
        scores: &[],
    },
    Case {
        case: "62",
        files: &["qa.csv"],
        rows: 5,
        references: &["answers[0]", "answers[1]", "answers[2]"],
        systems: &["base", "tuned"],
        scores: &[("em", "tuned", 80.0, 1e-9), ("em", "base", 40.0, 1e-9)],
    },
    Case {
        case: "64",
        files: &["squad_preds.json"],
        rows: 5,
        references: &["answers.text[0]", "answers.text[1]"],
        systems: &["prediction"],
        scores: &[("em", "prediction", 80.0, 1e-9)],
    },
    Case {
        case: "66",
        files: &["ragas.jsonl"],
        rows: 8,
        references: &["reference"],
        systems: &["response"],
        scores: &[("bleu", "response", 33.18, HUNDREDTH)],
    },
    Case {
        case: "67",
        files: &["qa.csv"],
        rows: 8,
        references: &["reference"],
        systems: &["base", "tuned"],
        scores: &[
            ("bleu", "base", 2.07, HUNDREDTH),
            ("bleu", "tuned", 33.18, HUNDREDTH),
        ],
    },
    Case {
        case: "79",
        files: &["steps.csv"],
        rows: 7,
        references: &["reference"],
        systems: &["base", "tuned"],
        scores: &[],
    },
    Case {
        case: "76",
        files: &["94/mc.csv"],
        rows: 20,
        references: &["answer"],
        systems: &["base", "tuned"],
        scores: &[],
    },
    Case {
        case: "85",
        files: &["zh.jsonl"],
        rows: 8,
        references: &["reference"],
        systems: &["model"],
        scores: &[],
    },
    Case {
        case: "89",
        files: &["评测.csv"],
        rows: 6,
        references: &["标准答案"],
        systems: &["微调前", "微调后"],
        scores: &[],
    },
    Case {
        case: "87",
        files: &["short.jsonl"],
        rows: 5,
        references: &["reference"],
        systems: &["model"],
        scores: &[
            ("bleu", "model", 0.0, 1e-9),
            ("em", "model", 100.0, 1e-9),
            ("chrf", "model", 88.57, 0.005),
        ],
    },
    Case {
        case: "91",
        files: &["sheet.tsv"],
        rows: 8,
        references: &["reference"],
        systems: &["base", "tuned"],
        scores: &[],
    },
    Case {
        case: "95",
        files: &["test.csv", "tuned.csv"],
        rows: 8,
        references: &["reference"],
        systems: &["tuned"],
        scores: &[("bleu", "tuned", 33.18, HUNDREDTH)],
    },
    Case {
        case: "97",
        files: &["test.csv", "tuned.csv"],
        rows: 8,
        references: &["reference"],
        systems: &["tuned"],
        scores: &[("bleu", "tuned", 33.18, HUNDREDTH)],
    },
];

#[test]
fn outputs_have_the_right_roles_and_scores() {
    let mut wrong = Vec::new();
    for case in CASES {
        let Some(folder) = folder(case.case) else {
            return;
        };
        let data = data(&folder, case.files);
        let mut expect = |what: &str, is: bool, found: String| {
            if !is {
                wrong.push(format!("{} {}: {what} {found}", case.case, case.files[0]));
            }
        };
        let rows = data.table.rows();
        expect("rows", rows == case.rows, rows.to_string());
        for (what, role, wanted) in [
            ("references", Role::Reference, case.references),
            ("systems", Role::Hypothesis, case.systems),
        ] {
            let found = named(&data, role);
            expect(what, found == wanted, format!("{found:?}"));
            if found != wanted {
                break;
            }
        }
        if named(&data, Role::Hypothesis) != case.systems {
            continue;
        }
        for (metric, system, wanted, off) in case.scores {
            let found = score(&data, metric, system);
            let is = (found - wanted).abs() <= *off;
            expect(metric, is, format!("of {system} {found}, not {wanted}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn filters_and_models_of_lm_eval_are_apart_with_their_own_scores() {
    let Some(folder) = folder("11") else {
        return;
    };
    let one = data(&folder, &["samples_gsm8k_2026-01-01T00-00-00.jsonl"]);
    assert_eq!(
        named(&one, Role::Hypothesis),
        ["strict-match", "flexible-extract"]
    );
    assert_eq!(one.table.rows(), 8);
    let scores = [0, 1].map(|system| measured(&one, "exact_match", system));
    assert_eq!(scores, [0.375, 0.625]);
    let folder = super::folder("12").unwrap();
    let two = data(
        &folder,
        &[
            "samples_gsm8k_2026-01-01T00-00-00.jsonl",
            "tuned/samples_gsm8k_2026-01-02T00-00-00.jsonl",
        ],
    );
    assert_eq!(two.table.rows(), 8);
    let scores = [0, 1, 2, 3].map(|system| measured(&two, "exact_match", system));
    assert_eq!(scores, [0.375, 0.625, 0.5, 0.875]);
}

#[test]
fn the_likeliest_option_of_lm_eval_is_the_answer() {
    let Some(folder) = folder("14") else {
        return;
    };
    let data = data(&folder, &["samples_mmlu_demo_2026-01-01T00-00-00.jsonl"]);
    let system = data.systems()[0].1.to_owned();
    assert!((score(&data, "number", &system) - 0.7).abs() < 1e-9);
    assert!((measured(&data, "acc", 0) - 0.7).abs() < 1e-9);
}

#[test]
fn promptfoos_verdicts_are_measures_beside_outputs() {
    let Some(folder) = folder("49") else {
        return;
    };
    let data = data(&folder, &["output.csv"]);
    assert_eq!(named(&data, Role::Reference), ["__expected"]);
    assert_eq!(
        named(&data, Role::Hypothesis),
        ["openai:gpt-base", "openai:gpt-tuned"]
    );
    let passed = [0, 1].map(|system| measured(&data, "verdict", system));
    assert!(passed[0] < passed[1], "{passed:?}");
}

#[test]
fn conversations_give_prompts_and_references() {
    for (case, file) in [("19", "test.jsonl"), ("20", "sharegpt.json")] {
        let Some(folder) = folder(case) else {
            return;
        };
        let data = data(&folder, &[file]);
        assert_eq!(data.table.rows(), 8);
        assert_eq!(named(&data, Role::Source), ["prompt"]);
        assert_eq!(named(&data, Role::Reference), ["reference"]);
    }
}

#[test]
fn what_is_classified_is_no_system() {
    for (case, file, role) in [
        ("57", "45b/labels.csv", Role::Prediction),
        ("58", "preds.csv", Role::Prediction),
        ("68", "81/preds.csv", Role::Prediction),
        ("68", "81b/preds.csv", Role::Prediction),
        ("57", "27/doccano_all.jsonl", Role::Label),
    ] {
        let Some(folder) = folder(case) else {
            return;
        };
        let data = data(&folder, &[file]);
        assert!(data.systems().is_empty(), "{case} {file}");
        assert!(data.column_with(role).is_some(), "{case} {file}");
        assert_eq!(named(&data, Role::Source).len(), 1, "{case} {file}");
    }
}

#[test]
fn json_in_cells_is_opened() {
    let Some(folder) = folder("28") else {
        return;
    };
    let data = data(&folder, &["21b/runs.csv"]);
    assert_eq!(named(&data, Role::Source), ["inputs.question"]);
    assert_eq!(named(&data, Role::Reference), ["reference_outputs.answer"]);
    assert!((score(&data, "bleu", "outputs.answer") - 33.18).abs() < HUNDREDTH);
}
