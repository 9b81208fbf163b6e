//! `steps: 10 loss: 2.1034 iter time (s): 0.456 samples/sec: 17.5`, as DeepSpeed's pipelines print it.

use super::format::Record;
use super::lines::{count_after, number, record as record_at};

/// The record in a line.
pub(crate) fn record(line: &str) -> Option<Record> {
    let (step, rest) = count_after(line, &["steps"])?;
    let (loss, rest) = number(rest.trim_start().strip_prefix("loss:")?.trim_start())?;
    let seconds = rest
        .split_once("iter time (s):")
        .and_then(|(_, rest)| number(rest.trim_start()));
    let seconds = seconds.map(|(seconds, _)| ("seconds per step", seconds));
    record_at(step, std::iter::once(("loss", loss)).chain(seconds))
}

#[cfg(test)]
mod tests {
    use crate::read::{LogFile, is_log, runs};

    #[test]
    fn a_log_of_deepspeed_is_a_run() {
        let text = "[2026-01-01 10:00:00,120] [INFO] [logging.py:96:log_dist] [Rank 0] step=10, skipped=0, lr=[1e-05], mom=[(0.9, 0.95)]\n\
            steps: 10 loss: 2.2500 iter time (s): 0.456 samples/sec: 17.544\nsteps: 20 loss: 2.0000 iter time (s): 0.455 samples/sec: 17.582\n";
        assert!(is_log("ds.log", text.as_bytes()));
        let file = LogFile {
            path: "ds.log".into(),
            bytes: text.into(),
        };
        let run = &runs(vec![file]).unwrap()[0];
        let points: Vec<(Option<f64>, f64)> = run
            .train_loss()
            .unwrap()
            .points
            .iter()
            .map(|p| (p.step, p.value))
            .collect();
        assert_eq!(points, [(Some(10.0), 2.25), (Some(20.0), 2.0)]);
    }
}
