//! Progress bars that show a loss: `Epoch 0: 10%|# | 10/100 [00:10<01:30, 1.00it/s, v_num=0, train_loss=2.24]`, as
//! Lightning draws them, and NeMo 1 with it. A bar shows a value again and again until there is a new one.

use super::format::Format;
use super::lines::{count, labelled, lines};
use crate::Run;
use crate::axis::{When, take, when};
use crate::names::{is_loss, key};
use crate::source::Source;
use std::collections::HashMap;

/// Logs with such bars.
pub(crate) const FORMAT: Format = Format {
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
    epoch: f64,
    done: f64,
    total: f64,
    /// What is shown behind the speed.
    pairs: Vec<(&'a str, f64)>,
}

impl<'a> Bar<'a> {
    fn of(line: &'a str) -> Option<Self> {
        let (epoch, rest) = count(line.split_once("Epoch ")?.1)?;
        let rest = rest.strip_prefix(':')?;
        let (before, shown) = rest.split_once(" [")?;
        let (done, total) = before.rsplit([' ', '|']).next()?.split_once('/')?;
        let (done, total) = (count(done)?.0, count(total)?.0);
        let shown = shown.split(']').next()?;
        let pairs = shown
            .split(", ")
            .filter(|part| part.contains('='))
            .filter_map(labelled);
        let pairs = pairs.filter(|(name, _)| *name != "v_num").collect();
        Some(Self {
            epoch,
            done,
            total,
            pairs,
        })
    }

    /// Steps since the training began, as the bar says itself or by its length.
    fn step(&self) -> f64 {
        let said = self
            .pairs
            .iter()
            .find(|(name, _)| matches!(when(&key(name)), Some((When::Step, _))));
        said.map_or(self.epoch * self.total + self.done, |(_, step)| *step)
    }
}

fn read(source: &Source) -> Run {
    let mut run = Run::default();
    let mut shown: HashMap<String, f64> = HashMap::new();
    for line in lines(source.text()) {
        let Some(bar) = Bar::of(&line) else { continue };
        let step = bar.step();
        let mut record = vec![("step", step), ("epoch", bar.epoch)];
        for (name, value) in &bar.pairs {
            let is_axis = when(&key(name)).is_some();
            if !is_axis
                && shown
                    .insert((*name).to_owned(), *value)
                    .is_none_or(|old| old.to_bits() != value.to_bits())
            {
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
        let nemo = "Epoch 0: :   3%|3  | 9/300 [00:10<05:30, v_num=0, reduced_train_loss=2.240, global_step=9.000]";
        assert!(is_log("nemo.log", nemo.as_bytes()));
    }
}
