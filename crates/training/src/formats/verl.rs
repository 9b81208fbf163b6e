//! `step:10 - train/loss:2.24 - train/lr(1e-3):0.01`, as verl prints it, with the name of a worker before or not.

use super::format::Record;
use super::lines::{count_after, labelled, record as record_at};

/// The record in a line whose parts stand between dashes.
pub(crate) fn record(line: &str) -> Option<Record> {
    let (step, rest) = count_after(line, &["step"])?;
    let rest = rest.strip_prefix(" - ")?;
    record_at(step, rest.split(" - ").filter_map(labelled))
}

#[cfg(test)]
mod tests {
    use crate::read::{LogFile, is_log, runs};

    #[test]
    fn a_log_of_verl_is_a_run() {
        let text = "(TaskRunner pid=812) step:1 - train/loss:2.5 - train/lr(1e-3):0.01 - val/loss:2.75\n\
            step:2 - train/loss:2.25 - train/lr(1e-3):0.01 - val/loss:2.5\n";
        assert!(is_log("verl.log", text.as_bytes()));
        let file = LogFile {
            path: "verl.log".into(),
            bytes: text.into(),
        };
        let run = &runs(vec![file]).unwrap()[0];
        assert_eq!(run.train_loss().unwrap().points[1].step, Some(2.0));
        assert_eq!(run.eval_loss().unwrap().points[0].value, 2.75);
    }
}
