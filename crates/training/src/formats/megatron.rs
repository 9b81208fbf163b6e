//! `iteration       10/     300 | consumed samples: … | lm loss: 2.24E+00 | …`, as Megatron-LM, Megatron-DeepSpeed and
//! NeMo 2 print it, and the lines of their validations.

use super::format::Record;
use super::lines::{count_after, labelled, record as record_at};

/// What a validation's line has before and after its losses.
const VALIDATION: &str = "validation loss at ";

/// The record in a line of training or of a validation.
pub(crate) fn record(line: &str) -> Option<Record> {
    match line.find(VALIDATION) {
        Some(at) => validation(&line[at + VALIDATION.len()..]),
        None => {
            let (step, rest) = count_after(line, &["iteration"])?;
            let rest = rest.trim_start().strip_prefix('|')?;
            record_at(step, rest.split('|').filter_map(labelled))
        }
    }
}

/// `iteration 150 | lm loss value: 1.2E+00 | lm loss PPL: 3.3E+00 |`; a set's name may follow the count. The losses
/// on the test set after training are no validation, and those at the end have no step.
fn validation(line: &str) -> Option<Record> {
    let (place, values) = line.split_once('|')?;
    let (step, set) = count_after(place, &["iteration"])?;
    let set = set
        .trim()
        .trim_start_matches("on ")
        .trim_matches(['[', ']']);
    let prefix = match set {
        "" | "validation set" => "validation".to_owned(),
        "test set" => "test".to_owned(),
        set => format!("validation {set}"),
    };
    let named: Vec<(String, f64)> = values
        .split('|')
        .filter_map(labelled)
        .map(|(name, value)| {
            (
                format!("{prefix} {}", name.trim_end_matches(" value")),
                value,
            )
        })
        .collect();
    record_at(
        step,
        named.iter().map(|(name, value)| (name.as_str(), *value)),
    )
}

#[cfg(test)]
mod tests {
    use crate::read::{LogFile, is_log, runs};

    fn line(prefix: &str, step: usize, loss: &str) -> String {
        format!(
            "{prefix}iteration {step:8}/     300 | consumed samples: {:12} | elapsed time per iteration (ms): 812.3 | \
             learning rate: 1.000000E-05 | global batch size:    64 | {loss}loss scale: 1.0 | grad norm: 1.250 | \
             number of skipped iterations:   0 | number of nan iterations:   0 |\n",
            step * 64
        )
    }

    #[test]
    fn a_log_of_megatron_is_a_run_whatever_precedes_its_lines() {
        for prefix in [
            " [2026-01-01 10:01:00] ",
            " ",
            "[default7]: ",
            "3: [rank3]: [2026-01-01 10:01:00.5] ",
        ] {
            let rule = "-".repeat(60);
            let text = [
                "using world size: 8\n".to_owned(),
                line(prefix, 10, "lm loss: 2.250000E+00 | "),
                line(prefix, 20, ""),
                "(min, max) time across ranks (ms):\n    forward-backward: (700.0, 701.5)\n".to_owned(),
                format!("{rule}\n validation loss at iteration 20 | lm loss value: 2.500000E+00 | lm loss PPL: 1.218249E+01 | \n{rule}\n"),
                line(prefix, 30, "lm loss: 1.750000E+00 | "),
                " validation loss at iteration 30 on validation set | lm loss value: 2.000000E+00 | lm loss PPL: 7.389056E+00 | \n".to_owned(),
            ]
            .concat();
            assert!(is_log("train.log", text.as_bytes()), "{prefix}");
            let file = LogFile {
                path: "train.log".into(),
                bytes: text.into(),
            };
            let run = &runs(vec![file]).unwrap()[0];
            let train = run.train_loss().unwrap();
            let points: Vec<(Option<f64>, f64)> =
                train.points.iter().map(|p| (p.step, p.value)).collect();
            assert_eq!(points, [(Some(10.0), 2.25), (Some(30.0), 1.75)], "{prefix}");
            let eval = run.eval_loss().unwrap();
            assert_eq!((eval.points.len(), eval.points[1].value), (2, 2.0));
            let scale = run.series.iter().find(|s| s.name == "loss scale").unwrap();
            assert_eq!(
                scale.points.len(),
                3,
                "a skipped step is logged all the same"
            );
        }
    }

    #[test]
    fn nemo_2_prints_the_same_with_names_of_its_own() {
        let text = "[NeMo I 2026-01-01 10:00:00 nemo_logging:393] Experiments will be logged\n\
            Training epoch 0, iteration 9/299 | lr: 1e-05 | global_batch_size: 8 | global_step: 9 | reduced_train_loss: 2.25 | train_step_timing in s: 1.2\n\
            Training epoch 0, iteration 19/299 | lr: 1e-05 | global_batch_size: 8 | global_step: 19 | reduced_train_loss: 2.0 | train_step_timing in s: 1.2 | val_loss: 2.4\n\
            Validation: iteration 1/32\n";
        let file = LogFile {
            path: "nemo.log".into(),
            bytes: text.into(),
        };
        let run = &runs(vec![file]).unwrap()[0];
        let train = run.train_loss().unwrap();
        assert_eq!(
            (train.name.as_str(), train.points[1].step),
            ("reduced_train_loss", Some(19.0))
        );
        assert!(run.series.iter().any(|s| s.name == "val_loss"));
    }
}
