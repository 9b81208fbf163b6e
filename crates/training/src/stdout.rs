//! What a Trainer prints: a dictionary for each time that something was logged, among progress bars and
//! anything else. A bar tells the step, where there is one.

use super::literal::dictionary;
use super::trainer_state::take;
use super::{Run, settle};

/// The run in a log; `None` where no line of it holds a loss.
pub(crate) fn read(text: &str) -> Option<Run> {
    let mut run = Run::default();
    let mut bar = Bar::default();
    for line in text.split(['\n', '\r']) {
        bar.look(line);
        let Some(start) = line.find("{'").or_else(|| line.find("{\"")) else {
            continue;
        };
        match dictionary(&line[start..]) {
            Some((found, _)) if !found.is_empty() => {
                let mut record: Vec<(&str, f64)> = found
                    .iter()
                    .map(|(name, value)| (name.as_str(), *value))
                    .collect();
                let has_step = record.iter().any(|(name, _)| *name == "step");
                if let Some(step) = bar.step.filter(|_| !has_step) {
                    record.push(("step", step));
                }
                take(&mut run, &record);
            }
            Some(_) => {}
            None => run.unread += 1,
        }
    }
    // A bar is drawn after what it counts was logged, or before: steps that go back are not to be believed.
    let goes_back = run
        .series
        .iter()
        .any(|s| s.points.windows(2).any(|w| w[1].step < w[0].step));
    let some_lack = run
        .series
        .iter()
        .any(|s| s.points.iter().any(|p| p.step.is_none()));
    if goes_back || some_lack {
        for point in run.series.iter_mut().flat_map(|s| &mut s.points) {
            point.step = None;
        }
    }
    settle(&mut run);
    let has_loss = run.series.iter().any(|s| s.name.contains("loss"));
    has_loss.then_some(run)
}

/// The progress bar of the training itself: bars of validation count to other totals.
#[derive(Default)]
struct Bar {
    total: Option<u64>,
    step: Option<f64>,
}

impl Bar {
    /// Looks for `12/345 [`, as tqdm writes it.
    fn look(&mut self, line: &str) {
        for (at, _) in line.match_indices(" [") {
            let digits =
                |text: &str| text.len() - text.trim_end_matches(|c: char| c.is_ascii_digit()).len();
            let before = &line[..at];
            let after_slash = digits(before);
            let Some(rest) = before[..before.len() - after_slash].strip_suffix('/') else {
                continue;
            };
            let done = &rest[rest.len() - digits(rest)..];
            let total = before[before.len() - after_slash..].parse::<u64>();
            if let (Ok(done), Ok(total)) = (done.parse::<u64>(), total) {
                let main = *self.total.get_or_insert(total);
                if main == total {
                    self.step = Some(done as f64);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_printed_log_is_a_run_with_the_bars_steps() {
        let log = "Loading\n 50%|##   | 10/20 [00:01<00:01, 9it/s]\r{'loss': 2.5, 'learning_rate': 1e-05, 'epoch': 1.0}\n\
                    33%|# | 1/3 [00:00<00:00]{'eval_loss': 2.25, 'epoch': 1.0}\n\
                   100%|#####| 20/20 [00:02<00:00, 9it/s]\n{'loss': nan, 'epoch': 2.0}\n";
        let run = read(log).unwrap();
        let loss = run.train_loss().unwrap();
        assert_eq!(loss.points[0].step, Some(10.0));
        assert_eq!(loss.points[1].step, Some(20.0));
        assert!(loss.points[1].value.is_nan());
        let eval = run.series.iter().find(|s| s.name == "eval_loss").unwrap();
        assert_eq!(
            (eval.points[0].step, eval.points[0].epoch),
            (Some(10.0), Some(1.0))
        );
    }

    #[test]
    fn other_text_is_no_run() {
        assert_eq!(read("a {'b': 1} c\nnothing"), None);
        assert_eq!(read(""), None);
    }
}
