//! Disks that are damaged, full, refused or written by another tab.

use super::*;

/// The path of the file in which a part lies.
fn path_of(disk: &FakeDisk, part: &str) -> String {
    let (folder, manifest) = manifest(disk);
    format!("{folder}/{}", manifest.members[part].file)
}

fn manifest(disk: &FakeDisk) -> (String, Manifest) {
    let paths = disk.paths().into_iter();
    let path = paths
        .rev()
        .find(|path| path.ends_with("/manifest.json"))
        .unwrap();
    let manifest = Manifest::read(&disk.bytes(&path).unwrap()).unwrap();
    (path.replace("/manifest.json", ""), manifest)
}

fn damage(disk: &FakeDisk, path: &str) {
    let mut bytes = disk.bytes(path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    disk.put(path, &bytes);
}

#[test]
fn a_damaged_part_costs_only_itself_and_is_told() {
    let whole = full(&FakeDisk::default()).crash();
    for (part, expected) in [
        ("texts", Damage::Texts),
        ("data", Damage::Data),
        ("settings", Damage::Settings),
        ("runs", Damage::Runs),
        ("experiments", Damage::Experiments),
        ("judgements", Damage::Judgements),
        ("programs", Damage::Programs),
        ("annotations", Damage::Annotations),
        ("view", Damage::View),
    ] {
        let disk = copy_of(&whole);
        damage(&disk, &path_of(&disk, part));
        let (tab, opened) = Tab::opened(&disk);
        assert_eq!(opened.damage, [expected], "{part}");
        assert_eq!(opened.failure, None);
        let has_data = !matches!(part, "texts" | "data");
        assert_eq!(!tab.files().is_empty(), has_data, "{part}");
        let runs = tab.ask(training::Runs {}).unwrap().runs.len();
        assert_eq!(runs, if part == "runs" { 0 } else { 2 });
        // What is left is saved, and the next visit finds it whole.
        assert_eq!(tab.state().saving, SaveState::Saved);
        let (_, opened) = Tab::opened(&tab.crash());
        assert_eq!(opened.damage, [], "{part}");
    }
}

#[test]
fn a_damaged_result_alone_is_computed_again() {
    let tab = full(&FakeDisk::default());
    let before = shown(&tab);
    let disk = tab.crash();
    let (_, manifest) = manifest(&disk);
    let scores = manifest.members.keys();
    let scores = scores.filter(|name| name.starts_with("scores-")).nth(2);
    let path = path_of(&disk, scores.unwrap());
    disk.put(&path, b"");
    let (tab, opened) = Tab::opened(&disk);
    assert_eq!(opened.damage, [Damage::Scores { count: 1 }]);
    tab.configure(1, PairedTestKind::Randomization);
    assert!(tab.has_scored());
    assert_eq!(shown(&tab), before);
}

#[test]
fn a_list_of_contents_that_is_damaged_or_of_a_later_format_is_refused_in_words() {
    let whole = full(&FakeDisk::default()).crash();
    for (text, expected) in [
        ("{\"format\": 1, \"na", None),
        (
            "{\"format\": 9}",
            Some(WorkspaceError::Newer {
                version: 9,
                known: 1,
            }),
        ),
    ] {
        let disk = copy_of(&whole);
        let (folder, _) = manifest(&disk);
        disk.put(&format!("{folder}/manifest.json"), text.as_bytes());
        let (tab, opened) = Tab::opened(&disk);
        let failure = opened.failure.unwrap();
        match expected {
            Some(expected) => assert_eq!(failure, expected),
            None => assert!(matches!(failure, WorkspaceError::Damaged { .. })),
        }
        assert_eq!(tab.list()[0].error, Some(failure));
        // The page works on, in a project of its own, and what can't be read stays as it is.
        tab.import(&[("b.csv", OUTPUTS)]);
        assert_eq!(tab.state().saving, SaveState::Saved);
        let kept = disk.text(&format!("{folder}/manifest.json"));
        assert_eq!(kept.as_deref(), Some(text));
    }
}

#[test]
fn what_a_crash_left_unnamed_is_removed_and_never_read() {
    let disk = full(&FakeDisk::default()).crash();
    let (folder, _) = manifest(&disk);
    let left = format!("{folder}/runs-999");
    disk.put(&left, b"half");
    let (_, opened) = Tab::opened(&disk);
    assert_eq!(opened.damage, []);
    assert_eq!(disk.bytes(&left), None);
}

#[test]
fn a_full_disk_is_told_once_and_what_is_on_it_stays_whole() {
    let disk = FakeDisk::default();
    let tab = full(&disk);
    let before = shown(&tab);
    disk.limit(10);
    let (column, role) = (3, Role::Ignored);
    tab.ask(SetRole { column, role }).unwrap();
    let SaveState::NotSaved { error } = tab.state().saving else {
        panic!("{:?}", tab.state());
    };
    assert!(matches!(error, DiskError::Full { .. }));
    // The page goes on in memory; once there is room, all of it is saved.
    assert_eq!(tab.files(), ["outputs.csv"]);
    let other = Tab::opened(&copy_of(&disk)).0;
    other.configure(1, PairedTestKind::Randomization);
    assert_eq!(shown(&other), before);
    disk.limit(10_000_000);
    tab.ask(Save {}).unwrap();
    assert_eq!(tab.state().saving, SaveState::Saved);
    tab.configure(1, PairedTestKind::Randomization);
    let after = shown(&tab);
    let (tab, _) = Tab::opened(&tab.crash());
    assert_eq!(shown(&tab), after);
}

#[test]
fn what_is_loaded_while_a_slow_disk_opens_a_project_stays() {
    let disk = full(&FakeDisk::default()).crash();
    let tab = Tab::unstarted(&disk);
    disk.stall();
    let start = Start {
        id: None,
        opens: true,
    };
    let started = tab.worker.client().ask(start);
    tab.worker.run();
    tab.import(&[("b.csv", OUTPUTS)]);
    disk.go_on();
    assert_eq!(tab.worker.finish(started).unwrap().id, None);
    tab.worker.run();
    assert_eq!(tab.files(), ["b.csv"]);
    assert_eq!(tab.state().saving, SaveState::Saved);
    assert_eq!(tab.list().len(), 2);
}

/// Another disk with the same files, which nobody holds.
fn copy_of(disk: &FakeDisk) -> FakeDisk {
    let copy = FakeDisk::default();
    for path in disk.paths() {
        copy.put(&path, &disk.bytes(&path).unwrap());
    }
    copy
}

#[test]
fn a_refused_disk_is_told_and_the_page_works_in_memory() {
    let disk = FakeDisk::default();
    disk.deny();
    let (tab, opened) = Tab::opened(&disk);
    assert_eq!((opened.id, opened.failure), (None, None));
    assert_eq!(tab.state().saving, SaveState::Empty, "nothing is lost yet");
    tab.import(&[("a.csv", OUTPUTS)]);
    tab.configure(0, PairedTestKind::Bootstrap);
    let denied = |state| {
        matches!(
            state,
            SaveState::NotSaved {
                error: DiskError::Denied { .. }
            }
        )
    };
    assert!(denied(tab.state().saving));
    assert_eq!(tab.files(), ["a.csv"]);
    disk.allow();
    tab.ask(Save {}).unwrap();
    assert_eq!(tab.state().saving, SaveState::Saved);
    assert_eq!(Tab::opened(&tab.crash()).0.files(), ["a.csv"]);
}

#[test]
fn a_second_tab_looks_on_and_overwrites_nothing() {
    let disk = FakeDisk::default();
    let first = full(&disk);
    let before = shown(&first);
    let (second, opened) = Tab::opened(&disk);
    assert_eq!(opened.id, first.state().id);
    assert_eq!(second.state().saving, SaveState::LookOnly);
    assert_eq!(shown(&second), before);
    let files = disk.paths();
    second.import(&[("b.csv", OUTPUTS)]);
    assert_eq!(second.state().saving, SaveState::LookOnly);
    assert_eq!(disk.paths(), files, "nothing is written");
    let id = second.state().id.unwrap();
    let refused = second.ask(Remove { id: id.clone() });
    assert!(matches!(
        refused,
        Err(CallFailure::Service(WorkspaceError::OpenElsewhere))
    ));
    // What it has is kept as a project of its own, and both write from now on.
    second.ask(KeepAsNew {}).unwrap();
    assert_eq!(second.state().saving, SaveState::Saved);
    assert_ne!(second.state().id, first.state().id);
    assert_eq!(shown(&first), before);
    assert_eq!(first.list().len(), 2);
    // Once the first is gone its project can be opened and written here.
    drop(first);
    second.ask(Open { id }).unwrap();
    assert_eq!(second.state().saving, SaveState::Saved);
    second.configure(1, PairedTestKind::Randomization);
    assert_eq!(shown(&second), before);
}

#[test]
fn a_tab_that_looks_on_follows_the_one_that_writes_until_something_is_done_in_it() {
    let disk = FakeDisk::default();
    let first = full(&disk);
    let (second, _) = Tab::opened(&disk);
    second.configure(1, PairedTestKind::Randomization);
    assert_eq!(second.ask(Follow {}).unwrap(), Followed::Unchanged);
    let (column, role) = (3, Role::Ignored);
    first.ask(SetRole { column, role }).unwrap();
    first.configure(1, PairedTestKind::Randomization);
    assert_eq!(second.ask(Follow {}).unwrap(), Followed::Taken);
    assert_eq!(second.state().saving, SaveState::LookOnly);
    assert_eq!(shown(&second), shown(&first));
    assert_eq!(
        first.ask(Follow {}).unwrap(),
        Followed::Unchanged,
        "it writes"
    );
    // What is done here is not thrown away.
    let role = Role::Slice;
    second.ask(SetRole { column, role }).unwrap();
    let column = 0;
    first.ask(SetRole { column, role }).unwrap();
    assert_eq!(second.ask(Follow {}).unwrap(), Followed::Apart);
    // Removed there it is told here, and what is here can be kept.
    let id = first.state().id.unwrap();
    first.ask(Remove { id: id.clone() }).unwrap();
    assert_eq!(second.ask(Follow {}).unwrap(), Followed::Removed);
    assert_eq!(second.state().saving, SaveState::Removed);
    second.ask(KeepAsNew {}).unwrap();
    assert_eq!(second.state().saving, SaveState::Saved);
    assert_ne!(second.state().id, Some(id));
    assert_eq!(second.files(), ["outputs.csv"]);
}

#[test]
fn a_tab_that_looks_on_writes_once_the_other_is_gone_and_something_was_written() {
    let disk = FakeDisk::default();
    let first = full(&disk);
    let (second, _) = Tab::opened(&disk);
    let (column, role) = (3, Role::Ignored);
    first.ask(SetRole { column, role }).unwrap();
    drop(first);
    assert_eq!(second.ask(Follow {}).unwrap(), Followed::Taken);
    assert_eq!(second.state().saving, SaveState::Saved);
}
