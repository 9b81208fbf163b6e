//! Folders that are dropped.

use super::*;
use assay_data::ContainerError;

#[test]
fn a_folder_of_lm_eval_gives_its_models_and_names_what_is_left_out() {
    let world = World::new();
    let samples = |said: &str| {
        format!(
            "{{\"doc_id\": 0, \"doc\": {{\"question\": \"2+3?\"}}, \"target\": \"5\", \"resps\": [[\"{said}\"]], \
             \"filtered_resps\": [\"{said}\"], \"exact_match\": 1.0}}\n"
        )
    };
    let totals = "{\"results\": {\"gsm8k\": {\"exact_match\": 0.5}}, \"versions\": {\"gsm8k\": 3}}";
    let all = [
        ("results/org__base/samples_gsm8k.jsonl", samples("5")),
        ("results/org__base/results.json", totals.to_owned()),
        ("results/tuned/samples_gsm8k.jsonl", samples("6")),
        ("results/notes.md", "# Notes\n".to_owned()),
    ];
    let paths = all.iter().map(|(path, _)| (*path).to_owned()).collect();
    let files = all.iter().map(|(path, text)| {
        let name = path.rsplit('/').next().unwrap_or(path);
        file(name, text)
    });
    let unread = |file: &str| ContainerError::Unreadable {
        file: file.to_owned(),
    };
    let cut = ContainerError::FolderCut {
        folder: "results".to_owned(),
        limit: 5000,
    };
    let folder = ImportFolder {
        paths,
        left_out: vec![unread("results/locked.jsonl"), cut],
    };
    let asked = world.worker.client().ask_with(folder, files.collect());
    let found = world.worker.finish(asked).unwrap().reply;
    world.worker.run();
    assert!(found.outputs);
    let summary = world.worker.ask(Summarize {}).unwrap().unwrap().summary;
    assert_eq!(summary.systems, ["org/base", "tuned"]);
    let last = world.worker.ask(LastImport {}).unwrap();
    let left_out: Vec<String> = last.left_out.iter().map(ToString::to_string).collect();
    assert_eq!(left_out.len(), 4, "{left_out:?}");
    assert!(left_out[0].contains("locked.jsonl") && left_out[1].contains("5000"));
    assert!(
        left_out[2].contains("lm-evaluation-harness"),
        "{left_out:?}"
    );
}
