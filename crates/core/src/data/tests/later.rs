//! Files that come when data is loaded.

use super::*;
use assay_protocol::doubts::{AnswerError, AnswerQuestion, DataAnswer, DataQuestion};
use assay_protocol::later::{DropFiles, PlaceEach, WaitingFiles};
use assay_protocol::systems::{HideSystem, ListSystems, RenameSystem, SystemsError};

const BASE: &str = "id,reference,output\n1,the cat sat,a dog ran\n2,five words stand here now,four words\n3,six,six\n";
const TUNED: &str = "id,reference,output\n3,six,six\n2,five words stand here now,five words stand\n1,the cat sat,the cat\n";

fn waiting(world: &World) -> Option<assay_data::later::LaterFiles> {
    world.worker.ask(WaitingFiles {}).unwrap()
}

fn systems(world: &World) -> Vec<String> {
    let loaded = world.worker.ask(Summarize {}).unwrap();
    loaded.map_or(Vec::new(), |l| l.summary.systems)
}

#[test]
fn outputs_that_come_later_wait_and_are_added_as_the_person_says() {
    let world = World::with("base.csv", BASE);
    let found = world.import(vec![file("tuned.csv", TUNED)]).unwrap();
    assert!(found.waits && !found.outputs);
    assert_eq!(world.files_loaded(), ["base.csv"], "nothing is changed yet");
    let files = waiting(&world).unwrap();
    assert_eq!(files.likely, Placement::System);
    let placement = Placement::System;
    let found = world.worker.ask(PlaceFiles { placement }).unwrap();
    assert!(found.outputs);
    assert_eq!(waiting(&world), None);
    assert_eq!(systems(&world), ["base", "tuned"]);
    world.configure();
    assert_eq!(world.scores().results[0].result.systems.len(), 2);
    world.worker.ask(Undo {}).unwrap();
    assert_eq!(world.files_loaded(), ["base.csv"]);
}

#[test]
fn each_of_several_later_files_becomes_what_is_said_of_it() {
    let world = World::with("base.csv", BASE);
    let labels = "id,topic\n1,cats\n2,words\n3,numbers\n";
    let more = "id,reference,output\n4,one more,one more\n";
    let files = || {
        vec![
            file("tuned.csv", TUNED),
            file("labels.csv", labels),
            file("more.csv", more),
            file("other.csv", "prompt,target,answer\na,b,c\n"),
        ]
    };
    world.import(files()).unwrap();
    let likely: Vec<Placement> = waiting(&world)
        .unwrap()
        .files
        .iter()
        .map(|f| f.likely)
        .collect();
    let expected = [
        Placement::System,
        Placement::Columns,
        Placement::Rows,
        Placement::Replace,
    ];
    assert_eq!(likely, expected);
    let placements = vec![
        Some(Placement::System),
        Some(Placement::Columns),
        Some(Placement::Rows),
        None,
    ];
    world.worker.ask(PlaceEach { placements }).unwrap();
    assert_eq!(waiting(&world), None);
    assert_eq!(systems(&world), ["base", "tuned"]);
    assert_eq!(
        world.files_loaded(),
        ["base.csv", "tuned.csv", "labels.csv", "more.csv"]
    );
    let summary = world.worker.ask(Summarize {}).unwrap().unwrap().summary;
    assert_eq!(summary.rows, 4);
    assert!(summary.columns.iter().any(|c| c.name == "topic"));
    let last = world.worker.ask(LastImport {}).unwrap();
    assert!(last.files.iter().all(|f| f.file != "other.csv"));
    // Of nothing that is taken nothing changes.
    world.import(files()).unwrap();
    let placements = vec![None; 4];
    world.worker.ask(PlaceEach { placements }).unwrap();
    assert_eq!((waiting(&world), world.files_loaded().len()), (None, 4));
}

#[test]
fn files_that_wait_can_be_dropped_or_replace_what_is_loaded() {
    let world = World::with("base.csv", BASE);
    world.import(vec![file("other.csv", OUTPUTS)]).unwrap();
    world.worker.ask(DropFiles {}).unwrap();
    assert_eq!(waiting(&world), None);
    assert_eq!(world.files_loaded(), ["base.csv"]);
    world.import(vec![file("other.csv", OUTPUTS)]).unwrap();
    let placement = Placement::Replace;
    world.worker.ask(PlaceFiles { placement }).unwrap();
    assert_eq!(world.files_loaded(), ["other.csv"]);
    // The example is nobody's work: what comes after it takes its place.
    world.worker.ask(SUPPORT).unwrap();
    world.import(vec![file("base.csv", BASE)]).unwrap();
    assert_eq!(world.files_loaded(), ["base.csv"]);
}

#[test]
fn systems_are_set_by_calls() {
    let world = World::with("a.csv", OUTPUTS);
    let view = world.worker.ask(ListSystems {}).unwrap();
    let columns: Vec<usize> = view.systems.iter().map(|s| s.column).collect();
    let (column, name) = (columns[1], "v2".to_owned());
    world.worker.ask(RenameSystem { column, name }).unwrap();
    world.worker.ask(HideSystem { column: columns[0] }).unwrap();
    assert_eq!(systems(&world), ["v2"]);
    let refused = world.worker.ask(HideSystem { column });
    let name = "v2".to_owned();
    let expected = SystemsError::LastShown { name };
    assert!(matches!(refused, Err(CallFailure::Service(found)) if found == expected));
}

/// The question that is open.
fn question(world: &World) -> Option<DataQuestion> {
    let loaded = world.worker.ask(Summarize {}).unwrap();
    loaded.and_then(|loaded| loaded.summary.question)
}

#[test]
fn nothing_is_scored_before_a_question_is_answered() {
    let world = World::new();
    let test = "id,question,reference\n1,Q a,a b\n2,Q c,c d\n3,Q e,e f\n";
    let index = "index,output,judge_score\n0,a b,1\n1,c,0\n2,e f,1\n";
    let ids = "id,output\n1.0,a b\n2.0,c d\n3.0,e f\n";
    for other in [index, ids] {
        let files = vec![file("test.csv", test), file("tuned.csv", other)];
        world.import(files).unwrap();
        if waiting(&world).is_some() {
            let placement = Placement::Replace;
            world.worker.ask(PlaceFiles { placement }).unwrap();
        }
        world.configure();
        assert!(matches!(question(&world), Some(DataQuestion::Join { .. })));
        assert!(world.scores().results.is_empty());
        let answer = DataAnswer::OnlyReference { column: 0 };
        let refused = world.worker.ask(AnswerQuestion { answer });
        assert!(matches!(
            refused,
            Err(CallFailure::Service(AnswerError::OtherQuestion))
        ));
        let answer = DataAnswer::AsItIs {};
        world.worker.ask(AnswerQuestion { answer }).unwrap();
        assert_eq!(question(&world), None);
        world.configure();
        assert!(!world.scores().results.is_empty());
    }
    let answer = DataAnswer::AsItIs {};
    let refused = world.worker.ask(AnswerQuestion { answer });
    assert!(matches!(
        refused,
        Err(CallFailure::Service(AnswerError::NoQuestion))
    ));
}

#[test]
fn of_several_columns_that_may_be_the_reference_one_is_chosen() {
    let world = World::new();
    let text = "answer,target,base\na b,a c,a\nc d,c e,c\nf g,f,f\n";
    world.import(vec![file("a.csv", text)]).unwrap();
    let Some(DataQuestion::References { columns }) = question(&world) else {
        panic!("the references are asked about");
    };
    assert_eq!(columns.len(), 2);
    assert_eq!(columns[1].cells, ["a c", "c e", "f"]);
    let column = columns[0].column;
    let answer = DataAnswer::OnlyReference { column };
    world.worker.ask(AnswerQuestion { answer }).unwrap();
    assert_eq!(question(&world), None);
    world.configure();
    assert!(!world.scores().results.is_empty());
}

#[test]
fn whether_choices_count_from_zero_is_asked_where_no_zero_says_so() {
    let world = World::new();
    let row = |(reference, output): &(&str, &str)| format!("{reference},{output}\n");
    let text = |pairs: [(&str, &str); 3]| {
        let rows: String = pairs.iter().map(row).collect();
        format!("reference,model\n{}", rows.repeat(3))
    };
    let counted = text([("0", "A"), ("1", "B"), ("3", "C")]);
    world.import(vec![file("a.csv", &counted)]).unwrap();
    assert_eq!(question(&world), None);
    let open = text([("1", "A"), ("2", "B"), ("3", "A")]);
    world.import(vec![file("b.csv", &open)]).unwrap();
    let placement = Placement::Replace;
    world.worker.ask(PlaceFiles { placement }).unwrap();
    let asked = question(&world);
    assert!(matches!(
        asked,
        Some(DataQuestion::Choices {
            from_zero: false,
            ..
        })
    ));
    let answer = DataAnswer::OtherWay {};
    world.worker.ask(AnswerQuestion { answer }).unwrap();
    let loaded = world.worker.ask(Summarize {}).unwrap().unwrap();
    let kind = assay_results::task_kind::TaskKind::ChoiceFromZero;
    assert_eq!((loaded.summary.kind, loaded.summary.question), (kind, None));
}
