//! `Iter 10: Train loss 2.240, Learning Rate 1.000e-05, …`, as mlx-lm and MLX Swift print it, and nanoGPT and litgpt
//! alike (`iter 10: loss 2.24, time 50 ms`).

use super::format::Record;
use super::lines::{count_after, labelled, record as record_at};
use crate::names::{is_certain_loss, key};

/// The record in a line that counts iterations and names a loss.
pub(crate) fn record(line: &str) -> Option<Record> {
    let (step, rest) = count_after(line, &["iter", "iteration", "step"])?;
    let rest = rest.trim_start().strip_prefix(':')?;
    let pairs: Vec<(&str, f64)> = rest.split(',').filter_map(labelled).collect();
    let has_loss = pairs.iter().any(|(name, _)| is_certain_loss(&key(name)));
    has_loss.then(|| record_at(step, pairs.into_iter()))?
}

#[cfg(test)]
mod tests {
    use crate::read::{LogFile, is_log, runs};

    const MLX: &str = "Loading pretrained model\nTrainable parameters: 0.106% (1.704M/1606.000M)\n\
        Starting training..., iters: 30\n\
        Calculating loss...: 100%|####| 25/25 [00:08<00:00,  3.0it/s]Iter 1: Val loss 2.850, Val took 8.312s\n\
        Iter 10: Train loss 2.410, Learning Rate 1.000e-05, It/sec 1.210, Tokens/sec 410.5, Trained Tokens 3390, Peak mem 5.120 GB\n\
        Iter 20: Train loss 1.905, Learning Rate 1.000e-05, It/sec 1.200, Tokens/sec 408.1, Trained Tokens 6801, Peak mem 5.120 GB\n\
        Calculating loss...:  96%|### | 24/25 [00:07<00:00]\rIter 20: Val loss 1.702, Val took 8.100s\n\
        Iter 20: Saved adapter weights to adapters/adapters.safetensors and adapters/0000020_adapters.safetensors.\n\
        Iter 30: Train loss nan, Learning Rate 1.000e-05, It/sec 1.200, Tokens/sec 408.1, Trained Tokens 9900, Peak mem 5.120 GB\n\
        Test loss 1.800, Test ppl 6.050.\n";

    #[test]
    fn a_log_of_mlx_lm_is_a_run() {
        assert!(is_log("mlx.log", MLX.as_bytes()));
        let file = LogFile {
            path: "mlx.log".into(),
            bytes: MLX.into(),
        };
        let run = &runs(vec![file]).unwrap()[0];
        let train = run.train_loss().unwrap();
        let steps: Vec<Option<f64>> = train.points.iter().map(|p| p.step).collect();
        assert_eq!(steps, [Some(10.0), Some(20.0), Some(30.0)]);
        assert!(train.points[2].value.is_nan());
        let eval = run.eval_loss().unwrap();
        assert_eq!(
            (
                eval.name.as_str(),
                eval.points[0].value,
                eval.points[1].step
            ),
            ("Val loss", 2.85, Some(20.0))
        );
        assert_eq!(
            run.eval_series().count(),
            1,
            "what a validation took is not judged"
        );
        assert!(
            run.series
                .iter()
                .any(|s| s.name == "Peak mem" && s.points[0].value == 5.12)
        );
    }

    #[test]
    fn nano_gpt_and_mlx_swift_are_read_alike() {
        let text = "step 0: train loss 4.2, val loss 4.3\niter 0: loss 4.2, time 120.5ms, mfu 3.1%\n\
            iter 10: loss 3.9, time 50.1ms, mfu 3.1%\nstep 20: train loss 3.1, val loss 3.3\n\
            Iteration 30: training loss 2.9, iterations/sec 0.5\nIteration 30: validation loss 3.0, validation time 2.0s\n";
        let file = LogFile {
            path: "out.txt".into(),
            bytes: text.into(),
        };
        let run = &runs(vec![file]).unwrap()[0];
        let length = |name: &str| {
            run.series
                .iter()
                .find(|s| s.name == name)
                .map(|s| s.points.len())
        };
        assert_eq!(
            (
                length("loss"),
                length("val loss"),
                length("validation loss")
            ),
            (Some(2), Some(2), Some(1))
        );
        assert_eq!(length("time"), None);
    }

    #[test]
    fn sentences_and_quoted_lines_are_no_log() {
        assert!(!is_log(
            "a.txt",
            b"At iteration 10: the weight loss programme, 2 weeks"
        ));
        let recipe = b"Step 1: weight loss 5 kg, rest\nStep 2: blood loss 2, rest\n";
        assert!(!is_log("a.txt", recipe));
        assert!(!is_log(
            "a.txt",
            b"Write down step 1: loss 2, and no more.\n"
        ));
        assert!(!is_log(
            "a.csv",
            format!("text,label\n\"{}\",1\n", MLX.replace('\n', " ")).as_bytes()
        ));
        assert!(!is_log(
            "a.jsonl",
            b"{\"output\": \"Iter 1: Train loss 2.4, It/sec 1\", \"step\": 1}\n"
        ));
    }
}
