//! What a Trainer of Hugging Face prints, and those that are built on it (TRL, Axolotl, LLaMA-Factory, ms-swift): a
//! dictionary for each time that something was logged, among progress bars and anything else. A bar tells the step,
//! where there is one.

use super::format::Format;
use super::lines::{lines, time_of};
use crate::Run;
use crate::axis::{When, number_in, take, when};
use crate::literal::dictionary;
use crate::names::{is_loss, key};
use crate::source::Source;

/// Printed dictionaries.
pub(crate) const FORMAT: Format = Format {
    name: "printed-dictionaries",
    detects: |source| source.may_be_printed() && lines(source.text()).any(|line| is_record(&line)),
    read: |source| Ok(read(source).into_iter().collect()),
};

/// The text from the first dictionary of a line on.
fn dictionary_in(line: &str) -> Option<&str> {
    let start = line.find("{'").or_else(|| line.find("{\""))?;
    Some(&line[start..])
}

/// Whether a line holds a dictionary with a loss and with a step or an epoch.
fn is_record(line: &str) -> bool {
    let found = dictionary_in(line).and_then(dictionary);
    found.is_some_and(|fields| {
        let has = |of: fn(&str) -> bool| {
            let mut fields = fields.iter();
            fields.any(|(name, text)| of(&key(name)) && number_in(name, text).is_some())
        };
        has(is_loss) && has(|key| when(key).is_some())
    })
}

/// The run in a log; `None` where no line of it holds a loss.
fn read(source: &Source) -> Option<Run> {
    let mut run = Run::default();
    let mut bar = Bar::default();
    for line in lines(source.text()) {
        bar.look(&line);
        let Some(text) = dictionary_in(&line) else {
            continue;
        };
        match dictionary(text) {
            Some(fields) => {
                let numbers = fields
                    .iter()
                    .filter_map(|(name, text)| Some((name.as_str(), number_in(name, text)?)));
                let mut record: Vec<(&str, f64)> = numbers.collect();
                let counts =
                    |(name, _): &(&str, f64)| matches!(when(&key(name)), Some((When::Step, _)));
                let has_step = record.iter().any(counts);
                if let Some(step) = bar.step.filter(|_| !has_step && !record.is_empty()) {
                    record.push(("step", step));
                }
                record.extend(time_of(&line).map(|seconds| ("time", seconds)));
                take(&mut run, &record);
            }
            None => run.unread += 1,
        }
    }
    forget_steps_that_go_back(&mut run);
    run.settle();
    let has_loss = run.series.iter().any(|s| is_loss(&key(&s.name)));
    has_loss.then_some(run)
}

/// A bar is drawn after what it counts was logged, or before: steps that go back are not to be believed.
fn forget_steps_that_go_back(run: &mut Run) {
    let goes_back =
        |series: &crate::Series| series.points.windows(2).any(|w| w[1].step < w[0].step);
    let lacks = |series: &crate::Series| series.points.iter().any(|p| p.step.is_none());
    if run
        .series
        .iter()
        .any(|series| goes_back(series) || lacks(series))
    {
        for point in run.series.iter_mut().flat_map(|s| &mut s.points) {
            point.step = None;
        }
    }
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
    use crate::Run;
    use crate::read::{LogFile, is_log, runs};

    fn run_of(log: &str) -> Run {
        assert!(is_log("train.log", log.as_bytes()));
        let file = LogFile {
            path: "train.log".into(),
            bytes: log.into(),
        };
        runs(vec![file]).unwrap().remove(0)
    }

    #[test]
    fn a_printed_log_is_a_run_with_the_bars_steps() {
        let log = "Loading\n 50%|##   | 10/20 [00:01<00:01, 9it/s]\r{'loss': 2.5, 'learning_rate': 1e-05, 'epoch': 1.0}\n\
                    33%|# | 1/3 [00:00<00:00]{'eval_loss': 2.25, 'epoch': 1.0}\n\
                   100%|#####| 20/20 [00:02<00:00, 9it/s]\n{'loss': nan, 'epoch': 2.0}\n";
        let run = run_of(log);
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
    fn numbers_in_quotes_prefixes_of_ranks_and_colours_are_read() {
        let log = "[rank0]: {'loss': '2.2500', 'grad_norm': '1.2', 'learning_rate': '9.5e-06', 'epoch': '0.10'}\n\
            \u{1b}[32m[2026-01-01 10:00:00,120] [INFO] {'loss': np.float64(2.125), 'tokens/train_per_sec_per_gpu': 310.5, 'epoch': 0.2}\u{1b}[0m\n";
        let run = run_of(log);
        let values: Vec<f64> = run
            .train_loss()
            .unwrap()
            .points
            .iter()
            .map(|p| p.value)
            .collect();
        assert_eq!(values, [2.25, 2.125]);
        let time = run.train_loss().unwrap().points[1].time;
        assert_eq!(time, Some(1_767_261_600.0), "2026-01-01 10:00:00");
    }

    #[test]
    fn ms_swift_prints_its_steps_itself() {
        let log = "Train:   3%|#  | 10/300 [00:24<11:36]\r{'loss': 2.25, 'token_acc': 0.5, 'epoch': 0.1, 'global_step/max_steps': '10/300', 'percentage': '3.33%', 'elapsed_time': '24s', 'remaining_time': '11m 36s'}\n\
            {'loss': 2.0, 'token_acc': 0.55, 'epoch': 0.2, 'global_step/max_steps': '20/300', 'percentage': '6.67%', 'elapsed_time': '1m 2s', 'remaining_time': '10m'}\n";
        let run = run_of(log);
        let last = run.train_loss().unwrap().points[1];
        assert_eq!(
            (last.step, last.epoch, last.time),
            (Some(20.0), Some(0.2), Some(62.0))
        );
        let names: Vec<&str> = run.series.iter().map(|s| s.name.as_str()).collect();
        assert_eq!(names, ["loss", "token_acc"]);
    }

    #[test]
    fn other_text_is_no_run() {
        assert!(!is_log("a.log", b"a {'b': 1} c\nnothing"));
        assert!(!is_log("a.log", b"{'loss': 'cross_entropy', 'epoch': 3}"));
        assert!(
            !is_log("a.log", b"") && !is_log("a.csv", b"text\n\"{'loss': 1.0, 'epoch': 1.0}\"\n")
        );
    }
}
