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
    assert!(names(run).contains(&"memory(GiB)"));
    for name in ["percentage", "best_metric", "memory"] {
        assert!(!names(run).contains(&name), "{name}");
    }
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
fn steps_that_begin_again_in_every_epoch_are_counted_on() {
    let text = "epoch,iter,split,loss\n1,1,train,2.5\n1,2,train,2.25\n1,2,val,2.75\n2,1,train,2.0\n2,2,train,1.75\n2,2,val,2.5\n";
    let found = runs_of("log.csv", text);
    let steps = |series: &crate::Series| {
        series
            .points
            .iter()
            .filter_map(|p| p.step)
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&found[0]), ["train/loss", "val/loss"]);
    assert_eq!(steps(found[0].train_loss().unwrap()), [1.0, 2.0, 3.0, 4.0]);
    assert_eq!(steps(found[0].eval_loss().unwrap()), [2.0, 4.0]);
    let resumed = "epoch,step,loss\n0,1,2.5\n0,2,2.25\n1,3,2.0\n0,2,2.125\n1,3,1.75\n";
    let found = runs_of("log.csv", resumed);
    let loss = found[0].train_loss().unwrap();
    assert_eq!(
        (steps(loss), loss.points[2].value),
        (vec![1.0, 2.0, 3.0], 1.75)
    );
}

#[test]
fn a_last_value_that_is_cut_off_costs_only_itself() {
    let found = runs_of("log.csv", "step,lr,loss\n1,1e-5,2.5\n2,1e-5,2.25\n3,1e-");
    assert_eq!(found[0].train_loss().unwrap().points.len(), 2);
    assert!(names(&found[0]).contains(&"lr"));
}

#[test]
fn dates_devices_and_durations_are_no_texts() {
    let text = "time,host,step,loss,elapsed\n2026-01-01 10:00:00,gpu-1,1,2.5,0:00:10\n2026-01-01 10:00:30,gpu-2,2,2.25,0:00:40\n";
    let found = runs_of("log.csv", text);
    assert_eq!(RunView::of(&found[0], None).seconds, Some(30.0));
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
            "words.csv",
            "step,loss,base,tuned\n10,0.5,yes,no\n20,0.4,no,no\n30,0.3,yes,yes\n",
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

#[test]
fn the_log_of_keras_csv_logger_is_read_under_its_usual_name() {
    let text = "epoch,accuracy,loss,val_accuracy,val_loss\n0,0.75,0.5,0.875,0.25\n1,0.875,0.25,NA,NA\n2,0.875,0.25,0.875,0.25\n";
    let found = runs_of("training.log", text);
    assert_eq!(
        names(&found[0]),
        ["accuracy", "loss", "val_accuracy", "val_loss"]
    );
    assert_eq!(found[0].train_loss().unwrap().points[1].epoch, Some(1.0));
    assert_eq!(found[0].eval_loss().unwrap().points.len(), 2);
    let semicolons = "epoch;loss;val_loss\n0;0.5;0.25\n1;0.25;0.125\n";
    assert_eq!(runs_of("training.log", semicolons)[0].points(), 4);
}

#[test]
fn logs_with_german_and_french_names_and_commas_are_read() {
    let german = "Schritt;Loss;Validierungsverlust\n100;2,512;2,500\n200;2,125;2,250\n";
    let found = runs_of("verlauf.csv", german);
    let last = found[0].train_loss().unwrap().points[1];
    assert_eq!((last.step, last.value), (Some(200.0), 2.125));
    assert_eq!(found[0].eval_loss().unwrap().points[1].value, 2.25);
    let french = "Étape;Perte;Perte validation\n100;2,5;2,75\n200;2,25;2,5\n";
    let found = runs_of("journal.csv", french);
    assert_eq!(found[0].train_loss().unwrap().name, "Perte");
    assert_eq!(found[0].eval_loss().unwrap().points.len(), 2);
}
