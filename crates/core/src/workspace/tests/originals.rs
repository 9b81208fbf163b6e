//! Files that were imported are kept with the project, so that they can be read in another way at a later visit.

use super::*;
use assay_protocol::data::{FileKind, ImportFailure, TreatAs};

const LOG: &str = "{\"step\": 1, \"loss\": 2.0}\n{\"step\": 2, \"loss\": 1.0}\n";

fn treat(tab: &Tab, kind: FileKind) -> Result<bool, CallFailure<ImportFailure>> {
    let treated = tab.ask(TreatAs { file: 0, kind });
    treated.map(|found| found.outputs)
}

fn not_kept(tab: &Tab) -> Vec<usize> {
    tab.ask(LastImport {}).unwrap().not_kept
}

/// The files of originals that are on the disk.
fn written(disk: &FakeDisk) -> Vec<String> {
    let paths = disk.paths().into_iter();
    paths.filter(|path| path.contains("/original-")).collect()
}

#[test]
fn a_file_is_treated_as_another_kind_at_a_later_visit_and_again_after_that() {
    let disk = FakeDisk::default();
    let (tab, _) = Tab::opened(&disk);
    tab.import(&[("run.jsonl", LOG)]);
    tab.import(&[("a.csv", OUTPUTS)]);
    tab.import(&[("run.jsonl", LOG)]);
    let (tab, opened) = Tab::opened(&tab.crash());
    assert_eq!((opened.damage, not_kept(&tab)), (Vec::new(), Vec::new()));
    assert!(treat(&tab, FileKind::Outputs).unwrap());
    assert_eq!(tab.files(), ["run.jsonl"]);
    let (tab, _) = Tab::opened(&tab.crash());
    assert_eq!(tab.files(), ["run.jsonl"]);
    assert!(!treat(&tab, FileKind::Log).unwrap());
}

#[test]
fn files_that_another_import_replaced_leave_the_disk() {
    let disk = FakeDisk::default();
    let (tab, _) = Tab::opened(&disk);
    tab.import(&[("a.csv", OUTPUTS)]);
    let first = written(&disk);
    assert_eq!(first.len(), 1);
    tab.import(&[("run.jsonl", LOG)]);
    let second = written(&disk);
    assert_eq!(second.len(), 1);
    assert_ne!(second, first);
    // A visit that changes nothing writes none again.
    let (tab, _) = Tab::opened(&tab.crash());
    let (column, role) = (3, Role::Ignored);
    tab.ask(SetRole { column, role }).unwrap();
    assert_eq!(written(&disk), second);
}

#[test]
fn a_file_for_which_there_is_little_room_is_not_kept_and_told_and_all_else_is() {
    let disk = FakeDisk::default();
    let (tab, _) = Tab::opened(&disk);
    let mut text = OUTPUTS.to_owned();
    for i in 0..2000 {
        text.push_str(&format!("reference {i},output {i},output {i},x\n"));
    }
    // Room for the project, and not for a second time its texts beside that.
    disk.limit(text.len() * 3);
    tab.import(&[("large.csv", &text)]);
    assert_eq!(tab.state().saving, SaveState::Saved);
    assert_eq!((not_kept(&tab), written(&disk)), (vec![0], Vec::new()));
    let (tab, opened) = Tab::opened(&tab.crash());
    assert_eq!(
        (opened.damage, tab.files()),
        (Vec::new(), vec!["large.csv".to_owned()])
    );
    assert_eq!(not_kept(&tab), [0]);
    assert!(treat(&tab, FileKind::Log).is_err());
    assert_eq!(tab.files(), ["large.csv"], "what is there stays");
}

#[test]
fn a_copy_has_the_files_too() {
    let disk = FakeDisk::default();
    let (tab, _) = Tab::opened(&disk);
    tab.import(&[("a.csv", OUTPUTS)]);
    let id = tab.state().id.unwrap();
    tab.ask(Duplicate { id: id.clone() }).unwrap();
    assert_eq!(written(&disk).len(), 2);
    let copy = tab.list().into_iter().find(|card| card.id != id).unwrap();
    tab.ask(Open { id: copy.id }).unwrap();
    tab.ask(Remove { id }).unwrap();
    assert_eq!(not_kept(&tab), [0; 0]);
    assert!(treat(&tab, FileKind::Outputs).unwrap());
}

#[test]
fn a_file_that_was_cut_is_told_and_costs_nothing_else() {
    let disk = FakeDisk::default();
    let (tab, _) = Tab::opened(&disk);
    tab.import(&[("a.csv", OUTPUTS)]);
    let disk = tab.crash();
    disk.put(&written(&disk)[0], b"half");
    let (tab, opened) = Tab::opened(&disk);
    assert_eq!((opened.damage, not_kept(&tab)), (Vec::new(), vec![0]));
    assert_eq!(tab.files(), ["a.csv"]);
}
