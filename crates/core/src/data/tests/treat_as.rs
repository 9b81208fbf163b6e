//! What files are taken for, and being told otherwise.

use super::*;
use assay_protocol::data::{FileKind, KindReason, LastImport, TakenFile, TreatAs};

fn last(world: &World) -> Vec<(String, FileKind, KindReason)> {
    let files = world.worker.ask(LastImport {}).unwrap().files.into_iter();
    files.map(|f| (f.file, f.kind, f.reason)).collect()
}

const LOG: &str = "{\"step\": 1, \"loss\": 2.0}\n{\"step\": 2, \"loss\": 1.0}\n";

#[test]
fn what_each_file_was_taken_for_is_told_with_the_reason() {
    let world = World::new();
    assert_eq!(last(&world), []);
    world
        .import(vec![file("a.csv", OUTPUTS), file("run.jsonl", LOG)])
        .unwrap();
    let expected = [
        ("a.csv", FileKind::Outputs, KindReason::OutputsAndReferences),
        ("run.jsonl", FileKind::Log, KindReason::StepsAndLoss),
    ];
    assert_eq!(last(&world), expected.map(|(f, k, r)| (f.to_owned(), k, r)));
}

#[test]
fn a_file_can_be_treated_as_another_kind_and_back() {
    let world = World::with("a.csv", OUTPUTS);
    world.import(vec![file("run.jsonl", LOG)]).unwrap();
    let treat = |kind| world.worker.ask(TreatAs { file: 0, kind });
    assert!(treat(FileKind::Outputs).unwrap().outputs);
    assert_eq!(world.files_loaded(), ["run.jsonl"]);
    let said = KindReason::Said;
    assert_eq!(
        last(&world),
        [("run.jsonl".to_owned(), FileKind::Outputs, said)]
    );
    assert!(treat(FileKind::Log).unwrap().runs);
    assert_eq!(
        world.files_loaded(),
        ["a.csv"],
        "what was loaded before is back"
    );
    let none = TreatAs {
        file: 7,
        kind: FileKind::Log,
    };
    assert_eq!(world.worker.ask(none).unwrap(), FoundInFiles::default());
}

#[test]
fn outputs_that_are_joined_are_joined_again_without_the_file_that_is_something_else() {
    let world = World::new();
    let more = "id,model_a\n1,x\n2,y\n3,z\n";
    world
        .import(vec![file("a.csv", OUTPUTS), file("b.csv", more)])
        .unwrap();
    assert_eq!(world.files_loaded(), ["a.csv", "b.csv"]);
    let kind = FileKind::Log;
    world.worker.ask(TreatAs { file: 1, kind }).unwrap();
    assert_eq!(world.files_loaded(), ["a.csv"]);
    let kinds: Vec<FileKind> = world
        .worker
        .ask(LastImport {})
        .unwrap()
        .files
        .iter()
        .map(|f: &TakenFile| f.kind)
        .collect();
    assert_eq!(kinds, [FileKind::Outputs, FileKind::Log]);
}

#[test]
fn a_workbook_is_opened_and_its_files_are_taken_for_what_they_are() {
    let world = World::new();
    let bytes = include_bytes!("../../../../containers/tests/files/xlsxwriter.xlsx");
    let workbook: Rc<dyn InputFile> = Rc::new(FakeFile::new("outputs.xlsx", bytes.as_slice()));
    world.import(vec![workbook]).unwrap();
    let taken = world.worker.ask(LastImport {}).unwrap();
    assert!(!taken.files.is_empty() && taken.files[0].file.starts_with("outputs.xlsx"));
    let broken: Rc<dyn InputFile> = Rc::new(FakeFile::new("a.parquet", b"PAR1 and no more PAR1"));
    let refused = world.import(vec![broken]);
    assert!(matches!(
        refused,
        Err(CallFailure::Service(ImportFailure::Container { .. }))
    ));
}
