//! Logs in tables and in JSON Lines: a column for each quantity, or a name and a value in long form. So write
//! LLaMA-Factory (`trainer_log.jsonl`), ms-swift (`logging.jsonl`), Lightning (`metrics.csv`), OpenAI's fine-tuning, the
//! table of a Trainer in a notebook, and scripts of one's own.

use super::format::Format;
use crate::Point;
use crate::Run;
use crate::axis::{When, is_progress, when};
use crate::literal::parse;
use crate::names::{is_telling, key};
use assay_data::import::Imported;
use assay_data::roles::{Role, guess};
use assay_data::table::Table;

/// Tables of numbers by steps or epochs.
pub(crate) const FORMAT: Format = Format {
    detects: |source| {
        source
            .table()
            .is_some_and(|imported| Columns::of(&imported.table).is_some())
    },
    read: |source| {
        let runs = source
            .table()
            .and_then(|imported| Some(read(imported, &Columns::of(&imported.table)?)));
        Ok(runs.unwrap_or_default())
    },
};

/// Rows that a column is judged by.
const SAMPLE: usize = 200;
/// What stands where nothing was measured.
const MISSING: [&str; 9] = ["", "no log", "none", "null", "n/a", "na", "-", "–", "--"];

/// How a table holds a log.
struct Columns {
    /// Column with the runs' names.
    run: Option<usize>,
    /// Columns of steps, epochs and times.
    axes: [Option<usize>; 3],
    values: Values,
}

enum Values {
    /// Columns of values.
    Wide(Vec<usize>),
    /// The column of names, and that of values.
    Long(usize, usize),
}

impl Columns {
    /// `None` where a table is no log: a column of steps or epochs, and a loss or a learning rate, or a name and value in
    /// long form, are needed, and texts beside them make it something else.
    fn of(table: &Table) -> Option<Self> {
        let keys: Vec<String> = table.names().iter().map(|name| key(name)).collect();
        let find = |all: &[&str]| keys.iter().position(|key| all.contains(&key.as_str()));
        let axes = [When::Step, When::Epoch, When::Time].map(|kind| axis(table, &keys, kind));
        if axes[When::Step.index()].is_none() && axes[When::Epoch.index()].is_none() {
            return None;
        }
        let run = find(&["run", "run_name", "run_id"]);
        let long = find(&["tag", "metric", "key"]).zip(find(&["value"]));
        let values = match long.filter(|(_, value)| holds(table, *value, parse)) {
            Some((name, value)) => Values::Long(name, value),
            None => {
                let is_value = |column: &usize| {
                    let name = &table.names()[*column];
                    let is_range = name.ends_with("__MIN") || name.ends_with("__MAX");
                    Some(*column) != run
                        && when(&keys[*column]).is_none()
                        && !is_progress(&keys[*column])
                        && !is_range
                };
                let wide: Vec<usize> = (0..keys.len())
                    .filter(is_value)
                    .filter(|c| holds(table, *c, parse))
                    .collect();
                if !wide.iter().any(|column| is_telling(&keys[*column])) {
                    return None;
                }
                Values::Wide(wide)
            }
        };
        (!holds_texts(table, &values)).then_some(Self { run, axes, values })
    }
}

/// The column that steps, epochs or times are read from: where several count them, the one that trainers mean by it,
/// unless most of its cells are empty.
fn axis(table: &Table, keys: &[String], kind: When) -> Option<usize> {
    let present = |column: usize| {
        let cells = table.column(column).iter().flatten();
        cells.filter(|cell| !is_missing(cell)).count()
    };
    let rank = |column: usize| when(&keys[column]).filter(|(found, _)| *found == kind);
    let found = (0..keys.len()).filter_map(|column| Some((rank(column)?.1, column)));
    let mut found: Vec<(usize, usize)> = found
        .filter(|(_, column)| holds(table, *column, |cell| kind.value(cell)))
        .collect();
    found.sort_unstable();
    let most = found.iter().map(|(_, column)| present(*column)).max()?;
    let full = found
        .iter()
        .find(|(_, column)| 2 * present(*column) >= most);
    full.map(|(_, column)| *column)
}

fn is_missing(cell: &str) -> bool {
    MISSING.contains(&cell.trim().to_ascii_lowercase().as_str())
}

/// Whether all cells that are there are read, and some are.
fn holds(table: &Table, column: usize, read: impl Fn(&str) -> Option<f64>) -> bool {
    let cells = table.column(column).iter().flatten();
    let mut cells = cells.filter(|cell| !is_missing(cell)).peekable();
    cells.peek().is_some() && cells.take(SAMPLE).all(|cell| read(cell).is_some())
}

/// Whether rows that hold values hold texts, as data and outputs do: sentences that differ, or classes and references.
/// A log's own texts (names, dates, durations) are short, and its messages stand in rows of their own.
fn holds_texts(table: &Table, values: &Values) -> bool {
    let value_columns = match values {
        Values::Wide(columns) => columns.clone(),
        Values::Long(_, value) => vec![*value],
    };
    let has_value = |row: &usize| {
        value_columns
            .iter()
            .any(|c| table.cell(*c, *row).and_then(parse).is_some())
    };
    let rows: Vec<usize> = (0..table.rows()).filter(has_value).take(SAMPLE).collect();
    let roles = guess(table);
    (0..roles.len()).any(|column| {
        let cells = rows.iter().filter_map(|row| table.cell(column, *row));
        let texts: Vec<&str> = cells
            .filter(|cell| !is_missing(cell) && parse(cell).is_none())
            .collect();
        let classes = matches!(
            roles[column],
            Role::Reference | Role::Label | Role::Prediction
        );
        let mut sentences: Vec<&str> = texts
            .iter()
            .copied()
            .filter(|text| is_sentence(text))
            .collect();
        let most = 2 * sentences.len() > rows.len();
        sentences.sort_unstable();
        sentences.dedup();
        classes && 2 * texts.len() > rows.len() || most && sentences.len() > rows.len().div_ceil(10)
    })
}

/// Three words, or as many characters of a script without spaces as make a few words.
fn is_sentence(text: &str) -> bool {
    let letters = |word: &&str| word.chars().filter(|c| c.is_alphabetic()).count() > 1;
    let unspaced = |c: &char| ('\u{3040}'..='\u{9fff}').contains(c);
    text.split_whitespace().filter(letters).take(3).count() == 3
        || text.chars().filter(unspaced).take(6).count() == 6
}

/// The runs in a table.
fn read(imported: &Imported, columns: &Columns) -> Vec<Run> {
    let table = &imported.table;
    let mut runs: Vec<Run> = Vec::new();
    for row in 0..table.rows() {
        let name = columns.run.and_then(|c| table.cell(c, row)).unwrap_or("");
        let at = runs
            .iter()
            .position(|run| run.name == name)
            .unwrap_or_else(|| {
                runs.push(Run {
                    name: name.to_owned(),
                    ..Run::default()
                });
                runs.len() - 1
            });
        let on = |kind: When| kind.value(table.cell(columns.axes[kind.index()]?, row)?);
        let point = |value: f64| Point {
            step: on(When::Step),
            epoch: on(When::Epoch),
            time: on(When::Time),
            value,
        };
        let number = |column: usize| table.cell(column, row).and_then(parse);
        match &columns.values {
            Values::Wide(wide) => {
                for column in wide {
                    if let Some(value) = number(*column) {
                        runs[at].log(table.names()[*column].trim(), point(value));
                    }
                }
            }
            Values::Long(name, value) => {
                if let Some((name, value)) = table.cell(*name, row).zip(number(*value)) {
                    runs[at].log(name, point(value));
                }
            }
        }
    }
    for run in &mut runs {
        run.settle();
    }
    runs.retain(|run| run.points() > 0);
    if let [run] = runs.as_mut_slice() {
        run.unread = imported.problem_count;
        choose(run, table);
    }
    runs
}

/// ms-swift ends its log with a summary, in which its choice stands.
fn choose(run: &mut Run, table: &Table) {
    let last = |wanted: &str| {
        let column = table.names().iter().position(|name| name == wanted)?;
        (0..table.rows())
            .rev()
            .find_map(|row| table.cell(column, row))
    };
    if let Some(path) = last("best_model_checkpoint") {
        run.choose(path, last("best_metric").and_then(parse));
    }
}

#[cfg(test)]
mod tests {
    use crate::Run;
    use crate::read::{LogFile, is_log, runs};
    use crate::view::RunView;

    fn runs_of(path: &str, text: &str) -> Vec<Run> {
        assert!(is_log(path, text.as_bytes()), "{path}");
        let file = LogFile {
            path: path.to_owned(),
            bytes: text.into(),
        };
        runs(vec![file]).unwrap()
    }

    fn names(run: &Run) -> Vec<&str> {
        run.series.iter().map(|s| s.name.as_str()).collect()
    }

    #[test]
    fn a_log_of_llama_factory_has_steps_and_no_progress_for_curves() {
        let line = |step: usize, rest: &str| {
            format!(
                "{{\"current_steps\": {step}, \"total_steps\": 30, {rest}\"epoch\": {}, \"percentage\": {:.2}, \
                 \"elapsed_time\": \"0:0{}:00\", \"remaining_time\": \"0:02:00\", \"throughput\": 1200.5, \"total_tokens\": {}}}\n",
                step as f64 / 10.0,
                step as f64 / 0.3,
                step / 10,
                step * 4096
            )
        };
        let text = [
            line(10, "\"loss\": 2.5, \"lr\": 9e-05, "),
            line(10, "\"eval_loss\": 2.75, "),
            line(20, "\"loss\": 2.25, \"lr\": 5e-05, "),
            line(30, "\"loss\": 2.0, \"lr\": 0.0, "),
            line(30, "\"eval_loss\": 2.5, "),
            line(30, ""),
        ]
        .concat();
        let found = runs_of("trainer_log.jsonl", &text);
        assert_eq!(
            names(&found[0]),
            ["loss", "lr", "throughput", "total_tokens", "eval_loss"]
        );
        let view = RunView::of(&found[0], None);
        assert_eq!(
            (view.steps, view.epochs, view.train_loss),
            (Some(30.0), Some(3.0), Some(2.0))
        );
        assert_eq!(
            (view.checkpoints, view.seconds),
            (vec![10.0, 30.0], Some(120.0))
        );
    }

    #[test]
    fn a_log_of_ms_swift_is_read_past_its_summary_and_a_torn_line() {
        let line = |step: usize, rest: &str| {
            format!(
                "{{{rest}, \"memory(GiB)\": 18.5, \"train_speed(iter/s)\": 0.4, \"epoch\": {}, \
                 \"global_step/max_steps\": \"{step}/30\", \"percentage\": \"{:.2}%\", \"elapsed_time\": \"{step}s\", \"remaining_time\": \"1m 2s\"}}\n",
                step as f64 / 10.0,
                step as f64 / 0.3,
            )
        };
        let summary = "{\"model_parameter_info\": \"PeftModelForCausalLM: 1.5 M Params (0.5 M Trainable)\", \"last_model_checkpoint\": \"/out/checkpoint-30\", \
             \"best_model_checkpoint\": \"/out/checkpoint-20\", \"best_metric\": 2.5, \"global_step\": 30, \"log_history\": [{\"loss\": 9.0, \"step\": 1}], \"memory\": 18.5}\n";
        let text = [
            &line(10, "\"loss\": 2.5, \"token_acc\": 0.5"),
            &line(20, "\"loss\": 2.25, \"token_acc\": 0.55"),
            &line(20, "\"eval_loss\": 2.5, \"eval_token_acc\": 0.6"),
            &line(30, "\"loss\": NaN, \"token_acc\": 0.55"),
            &line(30, "\"eval_loss\": 2.75, \"eval_token_acc\": 0.6"),
            summary,
            "{\"loss\": 2.0, \"tok",
        ]
        .concat();
        let found = runs_of("v0-20260101-100000/logging.jsonl", &text);
        let run = &found[0];
        assert_eq!((run.name.as_str(), run.unread), ("v0-20260101-100000", 1));
        let loss = run.train_loss().unwrap();
        assert_eq!((loss.points.len(), loss.points[2].step), (3, Some(30.0)));
        assert!(loss.points[2].value.is_nan());
        let chosen = run.chosen.as_ref().unwrap();
        assert_eq!(
            (chosen.name.as_str(), chosen.metric.as_deref(), chosen.step),
            ("checkpoint-20", Some("eval_loss"), Some(20.0))
        );
        assert!(names(run).contains(&"memory(GiB)") && !names(run).contains(&"percentage"));
    }

    #[test]
    fn metrics_of_lightning_have_a_training_loss_by_steps() {
        let text = "epoch,step,train_loss_step,train_loss_epoch,val_loss\n0,0,2.5,,\n0,1,2.25,,\n0,1,,2.375,2.75\n1,2,2.0,,\n1,3,1.75,,\n1,3,,1.875,2.5\n";
        let found = runs_of("lightning_logs/version_2/metrics.csv", text);
        assert_eq!(found[0].name, "version_2");
        let train = found[0].train_loss().unwrap();
        assert_eq!(
            (train.name.as_str(), train.points.len()),
            ("train_loss_step", 4)
        );
        assert_eq!(found[0].eval_loss().unwrap().points[1].step, Some(3.0));
    }

    #[test]
    fn a_notebooks_table_may_lack_values() {
        let found = runs_of(
            "notebook.csv",
            "Step,Training Loss,Validation Loss\n50,No log,2.5\n100,2.25,2.25\n150,2.0,2.0\n",
        );
        assert_eq!(found[0].train_loss().unwrap().points.len(), 2);
        assert_eq!(found[0].eval_loss().unwrap().points.len(), 3);
    }

    #[test]
    fn the_history_of_weights_and_biases_lies_on_the_trainers_steps() {
        let text = "_step,_runtime,_timestamp,train/global_step,train/epoch,train/loss,eval/loss\n0,1.5,1767225601.5,10,0.5,2.5,\n1,2.5,1767225602.5,20,1.0,2.25,\n2,3.5,1767225603.5,20,1.0,,2.75\n";
        let found = runs_of("history.csv", text);
        assert_eq!(names(&found[0]), ["train/loss", "eval/loss"]);
        let last = found[0].train_loss().unwrap().points[1];
        assert_eq!(
            (last.step, last.epoch, last.time),
            (Some(20.0), Some(1.0), Some(1_767_225_602.5))
        );
    }

    #[test]
    fn a_log_history_alone_and_messages_between_records_are_read() {
        let found = runs_of(
            "history.json",
            "[{\"loss\": 2.5, \"step\": 10}, {\"loss\": Infinity, \"step\": 20}]",
        );
        assert_eq!(
            found[0].train_loss().unwrap().points[1].value,
            f64::INFINITY
        );
        let lines = "{\"level\": \"info\", \"msg\": \"The model is being loaded now\"}\n{\"level\": \"info\", \"msg\": \"train\", \"step\": 1, \"loss\": 2.5}\n{\"level\": \"info\", \"msg\": \"train\", \"step\": 2, \"loss\": 2.25}\n";
        assert_eq!(
            runs_of("train.jsonl", lines)[0]
                .train_loss()
                .unwrap()
                .points
                .len(),
            2
        );
        assert_eq!(
            runs_of("train.log", lines)[0]
                .train_loss()
                .unwrap()
                .points
                .len(),
            2
        );
        let chinese = "步数,训练损失,验证损失\n1,2.5,2.75\n2,2.25,2.5\n";
        assert_eq!(
            runs_of("记录.csv", chinese)[0]
                .eval_loss()
                .unwrap()
                .points
                .len(),
            2
        );
    }

    #[test]
    fn a_table_of_texts_is_no_log() {
        for (name, text) in [
            (
                "steps.csv",
                "id,question,reference,base,tuned,step,already_seen\n0,Where is it?,In the house.,In the garden.,It is in the house.,0,0\n1,Who came?,The postman came.,Nobody did.,The postman.,1,1\n",
            ),
            (
                "scored.csv",
                "step,prompt,output,loss\n10,Say it in French.,Dites le en francais.,0.5\n20,Say it in German.,Sag es auf Deutsch.,0.4\n",
            ),
            (
                "scored.jsonl",
                "{\"step\": 1, \"loss\": 0.5, \"output\": \"今天天气很好我们去公园\"}\n{\"step\": 2, \"loss\": 0.4, \"output\": \"他昨天没有来上学因为病了\"}\n",
            ),
            (
                "classes.csv",
                "epoch,loss,label,prediction\n1,0.5,spam,ham\n1,0.4,ham,ham\n1,0.3,spam,spam\n1,0.6,ham,spam\n",
            ),
            (
                "tasks.csv",
                "task,question,reference,base,tuned,correct\nqa,Where is it?,In the house.,Out there.,In here.,true\n",
            ),
            ("trial.csv", "step,user,outcome\n1,a,1\n2,b,0\n"),
        ] {
            assert!(!is_log(name, text.as_bytes()), "{name}");
        }
    }
}
