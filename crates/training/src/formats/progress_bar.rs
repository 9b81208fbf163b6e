//! Progress bars that show a loss, as tqdm draws them: `Epoch 0: 10%|# | 10/100 [00:10<01:30, 1.00it/s, train_loss=2.24]`
//! of Lightning, and of NeMo 1 with it, or `Steps: 10%|# | 10/100 [00:10<01:30, lr=1e-5, step_loss=0.12]` of scripts. A
//! bar shows a value again and again until there is a new one.

use super::format::Format;
use super::lines::{count, labelled, lines};
use crate::Run;
use crate::axis::{When, take, when};
use crate::names::{is_loss, key};
use crate::source::Source;
use std::collections::HashMap;

/// Logs with such bars.
pub(crate) const FORMAT: Format = Format {
    name: "progress-bar",
    detects: |source| {
        let mut bars = lines(source.text()).filter(|_| source.may_be_printed());
        bars.any(|line| {
            Bar::of(&line).is_some_and(|bar| bar.pairs.iter().any(|(name, _)| is_loss(&key(name))))
        })
    },
    read: |source| Ok(vec![read(source)]),
};

/// A bar as it stands in a line.
struct Bar<'a> {
    epoch: Option<f64>,
    done: f64,
    total: f64,
    /// What is shown after the speed.
    pairs: Vec<(&'a str, f64)>,
}

impl<'a> Bar<'a> {
    fn of(line: &'a str) -> Option<Self> {
        // What else is printed in the same line may have brackets of its own.
        let bars = line.match_indices(" [").filter_map(|(at, mark)| {
            let (done, total) = line[..at].rsplit([' ', '|']).next()?.split_once('/')?;
            Some((
                count(done)?.0,
                count(total)?.0,
                at,
                &line[at + mark.len()..],
            ))
        });
        let (done, total, at, shown) = bars.last()?;
        let shown = shown.split(']').next()?;
        let pairs = shown.split(", ").filter(|part| part.contains('='));
        let pairs = pairs
            .filter_map(labelled)
            .filter(|(name, _)| *name != "v_num");
        let epoch = line[..at]
            .split_once("Epoch ")
            .and_then(|(_, rest)| count(rest));
        Some(Self {
            epoch: epoch.map(|(epoch, _)| epoch),
            done,
            total,
            pairs: pairs.collect(),
        })
    }

    /// The steps that the bar shows itself.
    fn step(&self) -> Option<f64> {
        let is_step = |(name, _): &&(&str, f64)| matches!(when(&key(name)), Some((When::Step, _)));
        self.pairs.iter().find(is_step).map(|(_, step)| *step)
    }
}

fn read(source: &Source) -> Run {
    let mut run = Run::default();
    let mut shown: HashMap<String, f64> = HashMap::new();
    // Steps of the bars before, each of an epoch.
    let (mut before, mut last) = (0.0, (0.0, 0.0));
    for line in lines(source.text()) {
        let Some(bar) = Bar::of(&line).filter(|bar| !bar.pairs.is_empty()) else {
            continue;
        };
        if bar.done < last.0 && bar.total == last.1 {
            before += bar.total;
        }
        last = (bar.done, bar.total);
        let mut record = vec![("step", bar.step().unwrap_or(before + bar.done))];
        record.extend(bar.epoch.map(|epoch| ("epoch", epoch)));
        for (name, value) in &bar.pairs {
            let is_axis = when(&key(name)).is_some();
            let old = shown.get(*name);
            if !is_axis && old.is_none_or(|old| old.to_bits() != value.to_bits()) {
                shown.insert((*name).to_owned(), *value);
                record.push((*name, *value));
            }
        }
        take(&mut run, &record);
    }
    run.settle();
    run
}

#[cfg(test)]
mod tests {
    use crate::read::{LogFile, is_log, runs};

    #[test]
    fn bars_of_lightning_and_nemo_are_read_once_a_value() {
        let text = "Sanity Checking: 0it [00:00, ?it/s]\r\
            Epoch 0:  50%|#####     | 5/10 [00:05<00:05, 1.00it/s, v_num=3, train_loss_step=2.50]\r\
            Epoch 0:  60%|######    | 6/10 [00:06<00:04, 1.00it/s, v_num=3, train_loss_step=2.50]\r\
            Epoch 0: 100%|##########| 10/10 [00:10<00:00, 1.00it/s, v_num=3, train_loss_step=2.25, val_loss=2.75]\n\
            Epoch 1:  50%|#####     | 5/10 [00:05<00:05, 1.00it/s, v_num=3, train_loss_step=2.00, val_loss=2.75]\n";
        assert!(is_log("slurm-1.out", text.as_bytes()));
        let file = LogFile {
            path: "slurm-1.out".into(),
            bytes: text.into(),
        };
        let run = &runs(vec![file]).unwrap()[0];
        let steps: Vec<Option<f64>> = run
            .train_loss()
            .unwrap()
            .points
            .iter()
            .map(|p| p.step)
            .collect();
        assert_eq!(steps, [Some(5.0), Some(10.0), Some(15.0)]);
        assert_eq!(
            run.series
                .iter()
                .find(|s| s.name == "val_loss")
                .unwrap()
                .points
                .len(),
            1
        );
        let steps = "Steps:  50%|#####     | 1/2 [00:01<00:01, lr=1e-5, step_loss=0.5]\rSteps: 100%|##########| 2/2 [00:01<00:00, lr=1e-5, step_loss=0.25]\n\
            Steps:  50%|#####     | 1/2 [00:01<00:01, lr=1e-5, step_loss=0.125]\n";
        let file = LogFile {
            path: "steps.log".into(),
            bytes: steps.into(),
        };
        let run = &runs(vec![file]).unwrap()[0];
        assert_eq!(run.train_loss().unwrap().points[2].step, Some(3.0));
        let nemo = "Epoch 0: :   3%|3  | 9/300 [00:10<05:30, v_num=0, reduced_train_loss=2.240, global_step=9.000]";
        assert!(is_log("nemo.log", nemo.as_bytes()));
    }
}
