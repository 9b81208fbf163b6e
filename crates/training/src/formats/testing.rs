//! What tests of several formats share.

use crate::read::{LogFile, is_log, runs};

/// The steps and values of the training loss of a log's first run; the log has to be recognised as one.
pub(super) fn training_losses(path: &str, text: &str) -> Vec<(Option<f64>, f64)> {
    assert!(is_log(path, text.as_bytes()), "{text}");
    let file = LogFile {
        path: path.to_owned(),
        bytes: text.into(),
    };
    let run = &runs(vec![file]).unwrap()[0];
    let points = run.train_loss().unwrap().points.iter();
    points.map(|point| (point.step, point.value)).collect()
}
