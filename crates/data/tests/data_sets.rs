//! Files of several data sets of each system, told by names and texts alone.

use assay_data::import::{Imported, Importer};
use assay_data::{DataSet, Role};

fn read(name: &str, text: &str) -> Imported {
    let mut importer = Importer::new(name);
    importer.push(text.as_bytes()).unwrap();
    importer.finish().unwrap()
}

const SUMS: [(&str, &str); 4] = [
    ("How much is two and three?", "It makes five."),
    ("How much is one and one?", "It makes two."),
    ("What is nine less four?", "That is five as well."),
    ("How many are a dozen?", "Twelve."),
];
const CAPITALS: [(&str, &str); 3] = [
    ("Which city governs France?", "Paris does."),
    ("Name the capital of Peru.", "Lima."),
    ("Where does Norway's king live?", "In Oslo."),
];

/// A file of a system's outputs, with ids that count from 0 or without.
fn file(name: &str, rows: &[(&str, &str)], with_ids: bool) -> Imported {
    let system = name.replace(['/', '.'], " ");
    let line = |(id, (question, answer)): (usize, &(&str, &str))| {
        let id = if with_ids {
            format!("\"id\": {id}, ")
        } else {
            String::new()
        };
        format!(
            "{{{id}\"question\": \"{question}\", \"reference\": \"{answer}\", \
             \"output\": \"{system} says {answer}\"}}\n"
        )
    };
    read(name, &rows.iter().enumerate().map(line).collect::<String>())
}

fn codes(set: &DataSet) -> Vec<&str> {
    set.join_notices()
        .iter()
        .map(|notice| notice.code())
        .collect()
}

fn systems(set: &DataSet) -> Vec<&str> {
    set.systems().into_iter().map(|s| s.1).collect()
}

fn data_sets(set: &DataSet) -> Vec<&str> {
    let place = set.table.names().iter().position(|name| name == "dataset");
    let place = place.unwrap_or_else(|| panic!("{:?}", set.table.names()));
    assert_eq!(set.roles[place], Role::Slice);
    set.table.column(place).iter().flatten().collect()
}

#[test]
fn systems_and_data_sets_in_names_are_columns_and_slices() {
    for with_ids in [true, false] {
        for [base, tuned] in [
            ["qwen-base_", "qwen-sft_"],
            ["out/qwen-base/", "out/qwen-sft/"],
        ] {
            let set = DataSet::join(vec![
                file(&format!("{base}sums.jsonl"), &SUMS, with_ids),
                file(&format!("{base}capitals.jsonl"), &CAPITALS, with_ids),
                // In another order than the first system's.
                file(&format!("{tuned}capitals.jsonl"), &CAPITALS, with_ids),
                file(&format!("{tuned}sums.jsonl"), &SUMS, with_ids),
            ]);
            let set = set.unwrap();
            assert_eq!(systems(&set), ["qwen-base", "qwen-sft"], "{base}");
            assert_eq!(
                data_sets(&set),
                [
                    "sums", "sums", "sums", "sums", "capitals", "capitals", "capitals"
                ]
            );
            let (tuned, _) = set.systems()[1];
            let first = set.table.cell(tuned, 4).unwrap();
            assert!(
                first.contains("sft") && first.ends_with("Paris does."),
                "{first}"
            );
            assert_eq!((set.unmatched_rows, set.doubts.len()), (0, 0));
            assert!(codes(&set).contains(&"data-sets-stacked"));
        }
    }
}

#[test]
fn data_sets_of_one_system_are_slices() {
    let set = DataSet::join(vec![
        file("qwen_sums.jsonl", &SUMS, true),
        file("qwen_capitals.jsonl", &CAPITALS, true),
    ]);
    let set = set.unwrap();
    assert_eq!((systems(&set), set.table.rows()), (vec!["qwen"], 7));
}

#[test]
fn a_system_may_lack_a_data_set_where_ids_match_rows() {
    let files = |with_ids| {
        vec![
            file("base_sums.jsonl", &SUMS, with_ids),
            file("base_capitals.jsonl", &CAPITALS, with_ids),
            file("sft_sums.jsonl", &SUMS, with_ids),
        ]
    };
    let set = DataSet::join(files(true)).unwrap();
    assert_eq!((systems(&set), set.table.rows()), (vec!["base", "sft"], 7));
    assert_eq!(set.blank_outputs(set.systems()[1].0), 3);
    // Without ids nothing says which rows the missing ones are.
    assert!(DataSet::join(files(false)).is_err());
}

#[test]
fn systems_of_one_data_set_stay_systems_however_alike_their_names() {
    let set = DataSet::join(vec![
        file("lora_r8.jsonl", &SUMS, true),
        file("lora_r64.jsonl", &SUMS, true),
    ]);
    let set = set.unwrap();
    assert_eq!(
        (systems(&set), set.table.rows()),
        (vec!["lora_r8", "lora_r64"], 4)
    );
    assert!(!codes(&set).contains(&"data-sets-unclear"));
}

#[test]
fn the_same_questions_in_two_templates_are_one_data_set() {
    let of = |name: &str, before: &str, after: &str| {
        let line = |(question, _): &(&str, &str)| {
            format!("{{\"prompt\": \"{before}{question}{after}\", \"output\": \"x {question}\"}}\n")
        };
        read(name, &SUMS.iter().map(line).collect::<String>())
    };
    let set = DataSet::join(vec![
        of("qwen_base.jsonl", "Question: ", " Answer:"),
        of("qwen_chat.jsonl", "<user> ", " <assistant>"),
    ]);
    let set = set.unwrap();
    assert_eq!((set.systems().len(), set.table.rows()), (2, 4));
}

#[test]
fn what_names_do_not_tell_is_joined_as_ever_and_said() {
    let three = &SUMS[..3];
    let set = DataSet::join(vec![
        file("sums.jsonl", three, false),
        file("capitals.jsonl", &CAPITALS, false),
    ]);
    let set = set.unwrap();
    assert_eq!((set.systems().len(), set.table.rows()), (2, 3));
    assert!(
        codes(&set).contains(&"data-sets-unclear"),
        "{:?}",
        codes(&set)
    );
    // Names that form a grid, of files without a text that could bear it out.
    let bare = |name: &str| {
        read(
            name,
            "{\"id\": 1, \"output\": \"one thing\"}\n{\"id\": 2, \"output\": \"another thing\"}\n",
        )
    };
    let names = ["base_a.jsonl", "base_b.jsonl", "sft_a.jsonl", "sft_b.jsonl"];
    let set = DataSet::join(names.map(bare).into()).unwrap();
    assert!(
        codes(&set).contains(&"data-sets-unclear"),
        "{:?}",
        codes(&set)
    );
}
