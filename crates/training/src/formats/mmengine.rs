//! `Iter(train) [ 10/300]  lr: 1.0e-05  eta: 0:02:46  time: 2.89  memory: 10762  loss: 2.75`, as MMEngine prints it
//! and XTuner with it, or `Epoch(train) [1][200/735]  …`.

use super::format::Record;
use super::lines::{count, labelled, record as record_at};

/// The record in a line of training. What validations print has no step.
pub(crate) fn record(line: &str) -> Option<Record> {
    let (_, rest) = line.split_once("(train)")?;
    let (first, rest) = bracket(rest)?;
    let (step, rest) = match bracket(rest) {
        Some((second, rest)) => {
            let (epoch, _) = count(first.trim_start())?;
            let (done, total) = second.split_once('/')?;
            let (done, total) = (count(done.trim_start())?.0, count(total.trim_start())?.0);
            ((epoch - 1.0).max(0.0) * total + done, rest)
        }
        None => (count(first.trim_start())?.0, rest),
    };
    record_at(step, rest.split("  ").filter_map(labelled))
}

/// What a bracket at the beginning of a text holds, and what follows it.
fn bracket(text: &str) -> Option<(&str, &str)> {
    text.trim_start().strip_prefix('[')?.split_once(']')
}

#[cfg(test)]
mod tests {
    use crate::formats::testing::training_losses;

    fn losses(text: &str) -> Vec<(Option<f64>, f64)> {
        training_losses("20260101_100000.log", text)
    }

    #[test]
    fn lines_by_iterations_and_by_epochs_are_read() {
        let by_iterations = "01/01 10:00:00 - mmengine - INFO - Iter(train) [ 10/300]  lr: 1.0000e-05  eta: 0:02:46  time: 0.5  data_time: 0.01  memory: 10762  loss: 2.5000  grad_norm: 1.1\n\
            01/01 10:00:10 - mmengine - INFO - Iter(train) [ 20/300]  lr: 1.0000e-05  eta: 0:02:36  time: 0.5  data_time: 0.01  memory: 10762  loss: 2.2500  grad_norm: nan\n";
        assert_eq!(
            losses(by_iterations),
            [(Some(10.0), 2.5), (Some(20.0), 2.25)]
        );
        let by_epochs = "Epoch(train) [1][200/735]  lr: 1.9e-04  loss: 2.5\nEpoch(train)  [2][ 10/735]  lr: 1.9e-04  loss: 2.25\n";
        assert_eq!(losses(by_epochs), [(Some(200.0), 2.5), (Some(745.0), 2.25)]);
    }
}
