//! The command on files: what they are taken for, how they score, and what a report of them says.

mod command;

use command::{assay, folder, json};
use serde_json::{Value, json};

const TEST: &str =
    "id,question,reference\n1,Why?,because it is so\n2,How?,in that way\n3,When?,at noon today\n";
const BASE: &str = "id,output,judge\n1,it is so,2\n2,that way,3\n3,noon,2\n";
const TUNED: &str =
    "id,output,judge\n1,<think>hm</think>because it is so,4\n2,in that way,5\n3,at noon today,4\n";

#[test]
fn outputs_are_joined_scored_and_compared() {
    let files = [("test.csv", TEST), ("base.csv", BASE), ("tuned.csv", TUNED)];
    let folder = folder("outputs", &files);
    let paths = ["test.csv", "base.csv", "tuned.csv"];
    let inspected = json(&folder, &[&["inspect", "--json"], &paths[..]].concat());
    let outputs = &inspected["outputs"];
    let systems = outputs["systems"].as_array().unwrap().iter();
    let names: Vec<&Value> = systems.map(|system| &system["name"]).collect();
    assert_eq!(names, ["base", "tuned"]);
    assert_eq!(outputs["references"], serde_json::json!(["reference"]));
    assert_eq!(outputs["measures"][1]["system"], "tuned");
    assert_eq!(outputs["notices"][0]["code"], "joined-by-id");

    let scored = json(
        &folder,
        &[&["score", "--json", "--baseline", "base"], &paths[..]].concat(),
    );
    let metric = |name: &str| {
        let mut metrics = scored["metrics"].as_array().unwrap().iter();
        metrics
            .find(|m| m["name"] == name)
            .unwrap_or_else(|| panic!("no {name}"))
    };
    let tuned = &metric("BLEU")["systems"][1];
    assert!(
        (tuned["score"].as_f64().unwrap() - 100.0).abs() < 1e-9,
        "reasoning is left out"
    );
    assert_eq!(
        (&tuned["n"], &tuned["comparison"]["wins"]),
        (&3.into(), &3.into())
    );
    let judge = &metric("judge (file)")["systems"][1];
    assert!((judge["score"].as_f64().unwrap() - 13.0 / 3.0).abs() < 1e-9);
    let raw = ["score", "--json", "--answer", "raw"];
    let raw = json(&folder, &[&raw, &paths[..]].concat());
    let bleu = raw["metrics"][0]["systems"][1]["score"].as_f64().unwrap();
    assert!(bleu < 90.0, "with reasoning: {bleu}");
    let other_order = ["test.csv", "tuned.csv", "base.csv"];
    let score = ["score", "--json", "--metric", "bleu"];
    let scored = json(&folder, &[&score, &other_order[..]].concat());
    assert_eq!(scored["baseline"], "base", "by its name");
}

#[test]
fn named_measures_are_computed_alone_with_their_options() {
    let text = "q,gold,one,two\n1,a b c d e,a b c x y,a b c d e\n2,f g h i j,f g h x y,F g h i j\n";
    let lines = [
        ("a.csv", text),
        ("ref.txt", "a b c d e\nf g h i j\n"),
        ("one.txt", "a b c x y\nf g h x y\n"),
        ("two.txt", "a b c d e\nF g h i j\n"),
    ];
    let folder = folder("named", &lines);
    let names = |scored: &Value| -> Vec<String> {
        let metrics = scored["metrics"].as_array().unwrap().iter();
        metrics
            .map(|m| m["name"].as_str().unwrap().to_owned())
            .collect()
    };
    let columns = ["--reference-column", "gold", "--system", "one", "two"];
    let bleu = ["--metric", "bleu", "--option", "lowercase=true"];
    let scored_by = |parts: &[&[&str]]| {
        let flags: &[&str] = &["score", "--json", "--segments"];
        json(&folder, &[&[flags], parts].concat().concat())
    };
    let scored = scored_by(&[&["a.csv"], &columns, &bleu]);
    assert_eq!(names(&scored), ["BLEU"]);
    let two = &scored["metrics"][0]["systems"][1];
    assert!((two["score"].as_f64().unwrap() - 100.0).abs() < 1e-9);
    assert_eq!(two["segments"].as_array().unwrap().len(), 2);
    assert!(
        two["details"].as_object().is_some_and(|d| !d.is_empty()),
        "{two}"
    );
    // By the older name of the files, and from files of lines.
    let older = scored_by(&[&["--input", "a.csv"], &columns, &bleu]);
    assert_eq!(older["metrics"], scored["metrics"]);
    let files = ["--reference", "ref.txt", "--system", "one.txt", "two.txt"];
    let of_lines = scored_by(&[&files, &bleu]);
    let score = |scored: &Value| scored["metrics"][0]["systems"][1]["score"].clone();
    assert_eq!(score(&of_lines), score(&scored));
    let two_measures = ["--metric", "chrf,ter"];
    let first = scored_by(&[&["a.csv", "--first", "1"], &columns, &two_measures]);
    assert_eq!((first["rows"].as_u64(), names(&first).len()), (Some(1), 2));
    let beside = scored_by(&[&["--add", "ter", "a.csv"], &columns]);
    assert!(names(&beside).contains(&"TER".to_owned()) && names(&beside).len() > 2);
    for wrong in [
        &["--metric", "bleu", "--option", "nothing=1"][..],
        &["--metric", "nothing"],
        &["--system", "nothing"],
    ] {
        let refused = assay(&folder, &[&["score", "a.csv"], wrong].concat());
        assert_eq!(refused.status.code(), Some(1), "{wrong:?}");
        assert!(String::from_utf8_lossy(&refused.stderr).contains("nothing"));
    }
}

#[test]
fn help_names_every_command_and_completions_are_a_script() {
    let folder = folder("help", &[("a.csv", "a\n")]);
    let help = assay(&folder, &["--help"]);
    let help = String::from_utf8_lossy(&help.stdout).into_owned();
    for command in [
        "inspect",
        "score",
        "report",
        "perplexity",
        "stats",
        "completions",
    ] {
        assert!(help.contains(command), "{command}");
    }
    assert!(help.contains("Exit codes"));
    let score = assay(&folder, &["score", "--help"]);
    assert!(!String::from_utf8_lossy(&score.stdout).contains("--input"));
    for shell in ["bash", "zsh", "fish"] {
        let script = assay(&folder, &["completions", shell]);
        assert!(String::from_utf8_lossy(&script.stdout).contains("reference-column"));
    }
}

#[test]
fn equal_systems_differ_with_no_probability() {
    let text =
        "reference,base,tuned\na b c d e,a b c x y,a b c x y\nf g h i j,f g h x y,f g h x y\n";
    let folder = folder("equal", &[("a.csv", text)]);
    let scored = json(&folder, &["score", "--json", "a.csv"]);
    for metric in scored["metrics"].as_array().unwrap() {
        assert_eq!(
            metric["systems"][1]["comparison"]["p"], 1.0,
            "{}",
            metric["name"]
        );
    }
}

#[test]
fn a_report_tells_of_outputs_and_training_in_both_languages() {
    let log = "{\"step\": 10, \"loss\": 2.0}\n{\"step\": 20, \"loss\": 1.5}\n{\"step\": 30, \"loss\": 1.0}\n";
    let text =
        "reference,base,tuned\na b c d e,a b c x y,a b c d e\nf g h i j,f g h x y,f g h i j\n";
    let folder = folder("report", &[("a.csv", text), ("run.jsonl", log)]);
    let output = assay(
        &folder,
        &[
            "report",
            "a.csv",
            "run.jsonl",
            "--language",
            "zh",
            "--output",
            "r.md",
        ],
    );
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let report = std::fs::read_to_string(folder.join("r.md")).unwrap();
    assert!(report.contains("BLEU") && report.contains("run") && report.contains("结论"));
    let workbook = ["report", "a.csv", "--format", "xlsx", "--output", "r.xlsx"];
    assert!(assay(&folder, &workbook).status.success());
    let bytes = std::fs::read(folder.join("r.xlsx")).unwrap();
    assert!(bytes.starts_with(b"PK"), "a workbook is an archive");
    let html = assay(&folder, &["report", "a.csv", "--format", "html"]);
    assert!(String::from_utf8_lossy(&html.stdout).starts_with("<!doctype html>"));
}

#[test]
fn wrong_arguments_and_files_end_with_their_own_codes() {
    let folder = folder("codes", &[("empty.csv", "")]);
    assert_eq!(
        assay(&folder, &["score", "empty.csv"]).status.code(),
        Some(1)
    );
    assert_eq!(
        assay(&folder, &["score", "--no-such-option"]).status.code(),
        Some(2)
    );
    let missing = assay(&folder, &["inspect", "none.csv"]);
    assert_eq!(missing.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&missing.stderr).contains("none.csv"));
}

#[test]
fn a_judge_is_held_against_people_of_another_file() {
    let mut judge = String::from("judge,item,model_a,model_b,winner\n");
    let mut people = String::from("rater,item,model_a,model_b,preferred\n");
    for item in 0..60 {
        for (a, b) in [("base", "tuned"), ("tuned", "base")] {
            // Whichever comes first, on a third of the items.
            let winner = if item % 3 == 0 { a } else { "tuned" };
            judge.push_str(&format!("gpt-4,{item},{a},{b},{winner}\n"));
        }
        if item < 30 {
            let winner = if item % 2 == 0 { "tuned" } else { "base" };
            people.push_str(&format!("ann,{item},base,tuned,{winner}\n"));
        }
    }
    let folder = folder("judges", &[("judge.csv", &judge), ("people.csv", &people)]);
    let found = json(&folder, &["judges", "--json", "judge.csv", "people.csv"]);
    let result = &found["judges"][0]["dimensions"][0];
    assert_eq!(result["dimension"], "winner");
    assert_eq!(result["position"]["pairs"], 60);
    assert_eq!(result["position"]["first_both"], 20);
    assert_eq!(result["agreement"]["count"], 30);
    let corrected = &result["corrected"][0];
    assert_eq!(corrected["unlabelled"], 30);
    assert!(corrected["mean"]["value"].as_f64().unwrap() < corrected["raw"].as_f64().unwrap());
    let printed = assay(&folder, &["judges", "judge.csv", "people.csv"]);
    let printed = String::from_utf8(printed.stdout).unwrap();
    assert!(
        printed.contains("gpt-4\twinner\tfirst shown wins\t0.6667\t"),
        "{printed}"
    );
    let look = &found["people_at_any_look"][0];
    assert_eq!(
        (&look["system"], &look["items"]),
        (&"tuned".into(), &30.into())
    );
    assert!(printed.contains("people\twinner\ttuned vs. base, p at any look\t"));
    assert_eq!(
        found["rater_effects"],
        json!([]),
        "one person has no differences"
    );
    let people_only = assay(&folder, &["judges", "people.csv"]);
    assert!(!people_only.status.success());
    assert!(String::from_utf8_lossy(&people_only.stderr).contains("rater_kind"));
    let mut outputs = String::from("item,reference,base,tuned\n");
    for item in 0..30 {
        outputs.push_str(&format!(
            "{item},the cat {item} sat,a dog {item} ran,the cat {item} sat\n"
        ));
    }
    let files = [
        ("outputs.csv", outputs.as_str()),
        ("people.csv", people.as_str()),
    ];
    let folder = self::folder("looks", &files);
    let report = assay(&folder, &["report", "outputs.csv", "people.csv"]);
    let report = String::from_utf8(report.stdout).unwrap();
    assert!(report.contains("Always-valid p, corrected"), "{report}");
}

#[test]
fn raters_who_compare_are_told_apart_and_lengths_held_equal() {
    let mut games = String::from("rater,item,model_a,model_b,winner\n");
    for item in 0..60 {
        // Ann is sure and Bob is not; both have compared all items.
        let ann = if item % 10 == 0 { "base" } else { "tuned" };
        let bob = if item % 5 < 2 { "base" } else { "tuned" };
        for (name, winner) in [("Ann", ann), ("Bob", bob)] {
            games.push_str(&format!("{name},{item},base,tuned,{winner}\n"));
        }
    }
    let annotations: Vec<Value> = (0..30)
        .map(|i| {
            json!({
                "instruction": format!("Task {i}"), "annotator": "judge", "preference": 1 + usize::from(i % 3 > 0),
                "generator_1": "base", "output_1": "x".repeat(20 + i), "generator_2": "tuned", "output_2": "x".repeat(40),
            })
        })
        .collect();
    let annotations = json!(annotations).to_string();
    let files = [
        ("games.csv", games.as_str()),
        ("annotations.json", annotations.as_str()),
    ];
    let folder = folder("effects", &files);
    let found = json(&folder, &["judges", "--json", "games.csv"]);
    let raters = &found["rater_effects"][0]["raters"];
    let clarity = |rater: usize| raters[rater]["discrimination"]["value"].as_f64().unwrap();
    assert_eq!(raters[0]["name"], "Ann");
    assert!(clarity(0) > 1.0 && clarity(1) < 1.0, "{raters}");
    let printed = assay(&folder, &["judges", "games.csv"]);
    let printed = String::from_utf8(printed.stdout).unwrap();
    assert!(
        printed.contains("Bob\twinner\tdiscrimination\t0."),
        "{printed}"
    );
    assert!(
        printed.contains("raters held equal\twinner\ttuned, strength\t"),
        "{printed}"
    );
    let found = json(&folder, &["judges", "--json", "annotations.json"]);
    let held = &found["length_controlled"][0];
    assert_eq!(
        (&held["baseline"], &held["system"]),
        (&"base".into(), &"tuned".into())
    );
    assert_eq!(held["win_rate"], 2.0 / 3.0);
    let rate = held["length_controlled_win_rate"].as_f64().unwrap();
    assert!((0.4..0.9).contains(&rate), "{held}");
    let printed = assay(&folder, &["judges", "annotations.json"]);
    let printed = String::from_utf8(printed.stdout).unwrap();
    assert!(
        printed.contains("tuned over base, length_controlled_minimal of alpaca-eval 0.6.6\t0."),
        "{printed}"
    );
}

#[test]
fn rows_of_a_test_are_found_in_a_training_file() {
    let test = "question,reference\n\
        How many legs do two spiders have in all?,16\n\
        Which river runs through the city of Vienna?,The Danube\n\
        Why?,No\n";
    let training = "{\"messages\": [{\"role\": \"user\", \"content\": \"Say hello to all of my friends there\"}]}\n\
        {\"messages\": [{\"role\": \"system\", \"content\": \"Be brief.\"}, {\"role\": \"user\", \"content\": \
        \"How many legs do two spiders have in all?\"}, {\"role\": \"assistant\", \"content\": \"16\"}]}\n";
    let files = [("test.csv", test), ("train.jsonl", training)];
    let folder = folder("overlap", &files);
    let found = json(&folder, &["overlap", "train.jsonl", "test.csv", "--json"]);
    let report = &found["report"];
    assert_eq!((&report["rows"], &report["found"]), (&3.into(), &1.into()));
    assert_eq!(report["training_rows"], 2);
    assert_eq!(report["not_compared"], 1);
    assert_eq!(found["rows"][0]["place"]["row"], 2);
    assert_eq!(found["rows"][0]["kind"], "prompt");
    assert_eq!(found["rows"][1]["share_8"], 0.0);
    let printed = assay(&folder, &["overlap", "train.jsonl", "test.csv"]);
    let printed = String::from_utf8_lossy(&printed.stdout).into_owned();
    assert!(printed.contains("\ttrain.jsonl:2"), "{printed}");
}

/// The decisions of `score` on every measure and system, and the words of a report.
fn decided(name: &str, csv: &str) -> (Vec<String>, String) {
    let folder = folder(name, &[("a.csv", csv)]);
    let scored = json(&folder, &["score", "--json", "a.csv"]);
    let metrics = scored["metrics"].as_array().unwrap().iter();
    let systems = metrics.flat_map(|metric| metric["systems"].as_array().unwrap());
    let compared = systems.filter(|system| !system["comparison"].is_null());
    let decisions = compared.map(|system| {
        system["comparison"]["decision"]
            .as_str()
            .unwrap()
            .to_owned()
    });
    let report = assay(&folder, &["report", "a.csv"]);
    assert!(report.status.success());
    let report = String::from_utf8_lossy(&report.stdout).into_owned();
    (decisions.collect(), report)
}

#[test]
fn where_nothing_can_be_known_no_system_is_called_better() {
    let row = "the cat sat on the mat,a dog ran away,the cat sat on the mat,3,5\n";
    let few = |rows| {
        format!(
            "reference,base,tuned,judge_base,judge_tuned\n{}",
            row.repeat(rows)
        )
    };
    let open = |i| format!("why {i}?,so so so so {i},because of the {i} reasons given\n");
    let open: String = (0..60).map(open).collect();
    let names: Vec<String> = (0..20).map(|s| format!("system{s}")).collect();
    let same = |i| {
        format!(
            "it is the {i} now,{}\n",
            vec![format!("it was the {i}"); 20].join(",")
        )
    };
    let same: String = (0..40).map(same).collect();
    for (name, csv) in [
        ("n1", few(1)),
        ("n2", few(2)),
        ("no-references", format!("prompt,base,tuned\n{open}")),
        ("same", format!("reference,{}\n{same}", names.join(","))),
    ] {
        let (decisions, report) = decided(name, &csv);
        assert!(!decisions.is_empty(), "{name}");
        assert!(
            decisions.iter().all(|d| d == "no_evidence"),
            "{name}: {decisions:?}"
        );
        // What a report says where something is better.
        assert!(!report.contains(" is better than "), "{name}: {report}");
    }
    let apart = |i| format!("it is the {i} now,a dog ran {i},it is the {i} now\n");
    let apart: String = (0..40).map(apart).collect();
    let (decisions, report) = decided("apart", &format!("reference,base,tuned\n{apart}"));
    assert!(decisions.contains(&"better".to_owned()));
    assert!(report.contains(" is better than "), "{report}");
}
