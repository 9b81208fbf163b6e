//! What Keras prints while it fits a model: `Epoch 1/3`, and then a bar that is drawn again and again until the epoch is
//! over, `1875/1875 [====] - 3s 2ms/step - loss: 0.29 - val_loss: 0.14`; Keras 3 draws it with `━`, and with `verbose=2`
//! there is only the last line. Before the end of an epoch a bar shows means over a part of it, which are no curve.

use super::format::Format;
use super::lines::{count, labelled, lines};
use crate::Run;
use crate::axis::{is_progress, take, when};
use crate::names::{is_loss, key};

/// Progress of `Model.fit`.
pub(crate) const FORMAT: Format = Format {
    name: "keras",
    detects: |source| source.may_be_printed() && epochs(source.text()).any(|e| e.has_loss()),
    read: |source| {
        let mut run = Run::default();
        for epoch in epochs(source.text()).filter(Epoch::has_loss) {
            let pairs = epoch
                .shown
                .iter()
                .map(|(name, value)| (name.as_str(), *value));
            take(
                &mut run,
                &pairs.chain([("epoch", epoch.number)]).collect::<Vec<_>>(),
            );
        }
        run.settle();
        Ok(vec![run])
    },
};

/// An epoch, as its last bar shows it.
struct Epoch {
    number: f64,
    total: Option<f64>,
    /// What the bar showed when it was full; empty before.
    shown: Vec<(String, f64)>,
    /// Whether what follows is no part of it: an evaluation draws bars of its own.
    is_over: bool,
}

impl Epoch {
    fn has_loss(&self) -> bool {
        self.shown.iter().any(|(name, _)| is_loss(&key(name)))
    }

    fn look(&mut self, line: &str) {
        let Some((done, total, rest)) = bar(line).filter(|_| !self.is_over) else {
            return;
        };
        let is_other = self.total.is_some_and(|own| own != total);
        if is_other || (done < total && !self.shown.is_empty()) {
            self.is_over = true;
            return;
        }
        self.total = Some(total);
        if done < total {
            return;
        }
        let shown: Vec<(String, f64)> = values(rest).collect();
        // A full bar is drawn again with the validation's values.
        if shown.len() >= self.shown.len() {
            self.shown = shown;
        }
    }
}

/// The epochs in a text, in their order.
fn epochs(text: &str) -> impl Iterator<Item = Epoch> {
    let mut lines = lines(text).peekable();
    std::iter::from_fn(move || {
        let number = lines.find_map(|line| begins_epoch(&line))?;
        let mut epoch = Epoch {
            number,
            total: None,
            shown: Vec::new(),
            is_over: false,
        };
        while let Some(line) = lines.next_if(|line| begins_epoch(line).is_none()) {
            epoch.look(&line);
        }
        Some(epoch)
    })
}

/// The epoch that a line `Epoch 2/10` begins; nothing where more stands in the line.
fn begins_epoch(line: &str) -> Option<f64> {
    let (number, rest) = count(line.trim().strip_prefix("Epoch ")?)?;
    let (_, rest) = count(rest.strip_prefix('/')?)?;
    rest.is_empty().then_some(number)
}

/// How many steps a bar has done, of how many, and what follows them.
fn bar(line: &str) -> Option<(f64, f64, &str)> {
    // Where a terminal can't go back in a line, Keras writes backspaces.
    let (done, rest) = count(line.trim_start_matches(['\u{8}', ' ']))?;
    let (total, rest) = count(rest.strip_prefix('/')?)?;
    rest.starts_with(' ').then_some((done, total, rest))
}

/// The names and numbers behind a bar, without times.
fn values(rest: &str) -> impl Iterator<Item = (String, f64)> + '_ {
    let parts = rest.split(" - ").filter(|part| part.contains(": "));
    let pairs = parts.filter_map(|part| labelled(part.trim_end_matches('\u{8}')));
    pairs
        .filter(|(name, _)| when(&key(name)).is_none() && !is_progress(&key(name)))
        .map(|(name, value)| (name.to_owned(), value))
}

#[cfg(test)]
mod tests {
    use crate::Run;
    use crate::read::{LogFile, is_log, runs};

    fn run(path: &str, text: &str) -> Run {
        assert!(is_log(path, text.as_bytes()), "{text}");
        let file = LogFile {
            path: path.to_owned(),
            bytes: text.into(),
        };
        runs(vec![file]).unwrap().remove(0)
    }

    fn values(run: &Run, name: &str) -> Vec<(Option<f64>, f64)> {
        let series = run.series.iter().find(|series| series.name == name);
        let points = series.map(|series| &series.points[..]).unwrap_or_default();
        points
            .iter()
            .map(|point| (point.epoch, point.value))
            .collect()
    }

    #[test]
    fn bars_of_keras_2_count_when_they_are_full() {
        let back = "\u{8}".repeat(40);
        let text = format!(
            "Epoch 1/2\n\r  1/938 [....................] - ETA: 5:12 - loss: 2.3418 - accuracy: 0.0938{back}\r\
             400/938 [========>...........] - ETA: 2s - loss: 0.6021 - accuracy: 0.8302{back}\r\
             938/938 [====================] - ETA: 0s - loss: 0.3500 - accuracy: 0.9000{back}\r\
             938/938 [====================] - 6s 5ms/step - loss: 0.3500 - accuracy: 0.9000 - val_loss: 0.2000 - val_accuracy: 0.9400 - lr: 0.0010\n\
             Epoch 2/2\n\r  1/938 [....................] - ETA: 4s - loss: 0.1 - accuracy: 0.95{back}\r\
             938/938 [====================] - 4s 5ms/step - loss: 0.1500 - accuracy: 0.9500 - val_loss: 0.2250 - val_accuracy: 0.9375 - lr: 0.0010\n\
             313/313 [====================] - 1s 2ms/step - loss: 0.9999 - accuracy: 0.5000\n"
        );
        let run = run("train.log", &text);
        let loss = [(Some(1.0), 0.35), (Some(2.0), 0.15)];
        assert_eq!(values(&run, "loss"), loss);
        assert_eq!(
            values(&run, "val_loss"),
            [(Some(1.0), 0.2), (Some(2.0), 0.225)]
        );
        assert_eq!(values(&run, "lr").len(), 2);
        assert_eq!(run.eval_loss().unwrap().name, "val_loss");
    }

    #[test]
    fn keras_3_and_the_last_lines_alone_are_read() {
        let bars = "Epoch 1/2\n\u{1b}[1m   1/1875\u{1b}[0m \u{1b}[37m━━━━━━━━━━\u{1b}[0m \u{1b}[1m5:00\u{1b}[0m 160ms/step - accuracy: 0.1 - loss: 2.4\
            \u{8}\u{8}\r\u{1b}[1m1875/1875\u{1b}[0m \u{1b}[32m━━━━━━━━━━\u{1b}[0m\u{1b}[37m\u{1b}[0m \u{1b}[1m3s\u{1b}[0m 1ms/step - accuracy: 0.8750 - loss: 0.5000 - val_accuracy: 0.96 - val_loss: 0.1250\n\
            Epoch 2/2\n\u{1b}[1m1875/1875\u{1b}[0m \u{1b}[32m━━━━━━━━━━\u{1b}[0m \u{1b}[1m3s\u{1b}[0m 1ms/step - accuracy: 0.9500 - loss: 0.2500 - val_accuracy: 0.97 - val_loss: nan\n";
        let run_of_bars = run("nohup.out", bars);
        assert_eq!(
            values(&run_of_bars, "loss"),
            [(Some(1.0), 0.5), (Some(2.0), 0.25)]
        );
        assert!(values(&run_of_bars, "val_loss")[1].1.is_nan());
        let quiet = "Epoch 1/2\n938/938 - 6s - loss: 0.3500 - accuracy: 0.9000 - 6s/epoch - 6ms/step\n\
            Epoch 2/2\n\nEpoch 2: val_loss did not improve from 0.2\n938/938 - 4s - 5ms/step - accuracy: 0.9500 - loss: 0.1500\n";
        let loss = [(Some(1.0), 0.35), (Some(2.0), 0.15)];
        assert_eq!(values(&run("out.txt", quiet), "loss"), loss);
    }

    #[test]
    fn an_epoch_that_is_not_over_and_sentences_are_no_values() {
        let begun = "Epoch 1/2\n 10/938 [>...] - ETA: 5s - loss: 2.3 - accuracy: 0.1\r";
        assert!(!is_log("train.log", begun.as_bytes()));
        assert!(!is_log(
            "a.txt",
            b"Epoch 1/2\nchapter 3/4 - loss: none of it\n"
        ));
    }
}
