//! What is known of training logs: the runs in them, each with its series.

use super::number::number;
use assay_training::Run;
use assay_training::read::{self, LogError, LogFile};
use serde_json::{Value, json};

/// A log with what its format is called.
pub(super) struct Log {
    pub(super) kind: Option<&'static str>,
    pub(super) file: LogFile,
}

/// A run with the files that it was read from.
pub(super) struct NamedRun {
    run: Run,
    /// Of each file its path and what its format is called.
    files: Vec<(String, Option<&'static str>)>,
}

/// The runs in logs; what several files say of one is joined.
///
/// # Errors
/// When a file holds no log.
pub(super) fn of(logs: Vec<Log>) -> Result<Vec<NamedRun>, LogError> {
    let kinds: Vec<Option<&'static str>> = logs.iter().map(|log| log.kind).collect();
    let each = read::each(logs.into_iter().map(|log| log.file).collect())?;
    let mut files = Vec::new();
    for (file, kind) in each.iter().zip(kinds) {
        let names: Vec<String> = file.runs.iter().map(|run| run.name.clone()).collect();
        files.push((file.path.clone(), kind, names));
    }
    let with_files = |run: Run| NamedRun {
        files: files
            .iter()
            .filter(|(_, _, names)| names.contains(&run.name))
            .map(|(path, kind, _)| (path.clone(), *kind))
            .collect(),
        run,
    };
    Ok(read::joined(each).into_iter().map(with_files).collect())
}

impl NamedRun {
    pub(super) fn described(&self) -> Value {
        let files = self.files.iter();
        let files = files.map(|(path, kind)| json!({ "file": path, "kind": kind }));
        let series = self.run.series.iter().map(|series| {
            let last = series.points.last();
            json!({
                "name": series.name,
                "points": series.points.len(),
                "last": last.map(|point| json!({
                    "step": point.step,
                    "epoch": point.epoch,
                    "value": number(point.value),
                })),
            })
        });
        let totals = self.run.totals.iter();
        let totals = totals.map(|t| json!({ "name": t.name, "value": number(t.value) }));
        let selection = self.run.chosen.as_ref().map(|chosen| {
            json!({
                "metric": chosen.metric,
                "value": chosen.value.map(number),
                "step": chosen.step,
                "checkpoint": chosen.name,
            })
        });
        json!({
            "name": self.run.name,
            "files": files.collect::<Vec<_>>(),
            "series": series.collect::<Vec<_>>(),
            "totals": totals.collect::<Vec<_>>(),
            "train_loss": self.run.train_loss().map(|series| &series.name),
            "validation_loss": self.run.eval_loss().map(|series| &series.name),
            "selection": selection,
            "unread": self.run.unread,
        })
    }

    pub(super) fn print(&self) {
        let files = self.files.iter().map(|(path, _)| path.as_str());
        let files: Vec<&str> = files.collect();
        println!("run {} ({})", self.run.name, files.join(", "));
        for series in &self.run.series {
            let Some(last) = series.points.last() else {
                continue;
            };
            let at = match (last.step, last.epoch) {
                (Some(step), _) => format!(" at step {step}"),
                (None, Some(epoch)) => format!(" at epoch {epoch}"),
                (None, None) => String::new(),
            };
            let (name, points) = (&series.name, series.points.len());
            println!(
                "series       {name}: {points} points, last {}{at}",
                last.value
            );
        }
        for total in &self.run.totals {
            println!("total        {}: {}", total.name, total.value);
        }
        if let Some(chosen) = &self.run.chosen {
            let metric = chosen
                .metric
                .as_deref()
                .unwrap_or("a metric that is not in the log");
            println!("selected     {} by {metric}", chosen.name);
        }
        if self.run.unread > 0 {
            println!("{} lines could not be read", self.run.unread);
        }
    }
}
