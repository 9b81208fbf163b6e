//! Backups: a project as one file, restored on this device or another, whole and damaged.

use super::*;
use crate::projects::OpenProject;
use crate::projects::tests::{answers, draft};
use crate::sniff::is_backup;
use assay_protocol::backup::{
    BackUp, BackupError, BackupFile, BackupLoss, FindBackup, RestoreBackup, RestoredBackup,
};
use assay_protocol::data::{FileKind, TreatAs};
use assay_protocol::projects::{Collect, Create, Export};
use assay_rating::envelope::ANSWERS_MARK;
use std::io::Cursor;
use std::path::PathBuf;

const PASSPHRASE: &str = "four plain words here";

impl Tab {
    fn back_up(&self, id: Option<&str>, passphrase: &str) -> (BackupFile, Vec<u8>) {
        let call = BackUp {
            id: id.map(str::to_owned),
            passphrase: passphrase.to_owned(),
        };
        let answer = self.worker.client().ask_with(call, Vec::new());
        let answer = self.worker.finish(answer).unwrap();
        let file = answer.attachments[0].clone();
        let bytes = futures_executor::block_on(file.read(0, file.bytes()));
        (answer.reply, bytes.unwrap())
    }

    fn restore(
        &self,
        name: &str,
        bytes: &[u8],
        passphrase: &str,
    ) -> Result<RestoredBackup, CallFailure<BackupError>> {
        let file: Rc<dyn InputFile> = Rc::new(FakeFile::new(name, bytes));
        let passphrase = passphrase.to_owned();
        let answer = self
            .worker
            .client()
            .ask_with(RestoreBackup { passphrase }, vec![file]);
        let answer = self.worker.finish(answer).map(|answer| answer.reply);
        self.worker.run();
        answer
    }

    /// Restores and opens a backup.
    fn reopened(disk: &FakeDisk, bytes: &[u8], passphrase: &str) -> (Self, Vec<BackupLoss>) {
        let (tab, _) = Self::opened(disk);
        let restored = tab.restore("b.zip", bytes, passphrase).unwrap();
        let opened = tab.ask(Open { id: restored.id }).unwrap();
        assert_eq!(opened.damage, [], "what is damaged is left out at once");
        (tab, restored.losses)
    }
}

fn refused(result: Result<RestoredBackup, CallFailure<BackupError>>) -> BackupError {
    match result {
        Err(CallFailure::Service(error)) => error,
        other => panic!("{other:?}"),
    }
}

/// Something of everything, an experiment with odd numbers among it.
fn full_with_odd_numbers(disk: &FakeDisk) -> Tab {
    let tab = full(disk);
    let mut trial = "user,variant,revenue\n".to_owned();
    for i in 0..40 {
        let revenue = ["1e200", "NaN", "3", "-1e200"][i % 4];
        trial += &format!("u{i},{},{revenue}\n", ["control", "treatment"][i % 2]);
    }
    let file: Rc<dyn InputFile> = Rc::new(FakeFile::new("odd.csv", trial));
    let opened = tab
        .worker
        .client()
        .ask_with(experiment::Open {}, vec![file]);
    tab.worker.finish(opened).unwrap();
    tab.worker.run();
    let list = tab.ask(experiment::List {}).unwrap().experiments;
    assert!(list.iter().any(|e| e.name.starts_with("odd")));
    assert!(format!("{list:?}").contains("e200"), "{list:?}");
    tab
}

#[test]
fn a_backup_brings_everything_back_on_another_device() {
    let disk = FakeDisk::default();
    let tab = full_with_odd_numbers(&disk);
    let id = tab.state().id.unwrap();
    let name = "May / 五月".to_owned();
    tab.ask(Rename { id, name }).unwrap();
    let before = shown(&tab);
    for passphrase in ["", PASSPHRASE] {
        let (file, bytes) = tab.back_up(None, passphrase);
        assert_eq!((&*file.name, file.losses), ("assay-May---五月", vec![]));
        assert!(is_backup(&bytes[..64]));
        let in_clear = bytes.windows(11).any(|w| w == b"outputs.csv");
        assert_eq!(in_clear, passphrase.is_empty());
        let (other, losses) = Tab::reopened(&FakeDisk::default(), &bytes, passphrase);
        assert_eq!(losses, []);
        other.configure(1, PairedTestKind::Randomization);
        assert!(!other.has_scored(), "results are in the backup");
        assert_eq!(shown(&other), before);
        assert_eq!(other.state().name.as_deref(), Some("May / 五月"));
    }
}

#[test]
fn a_backup_of_a_closed_project_is_as_that_of_an_open_one() {
    let disk = FakeDisk::default();
    let tab = full(&disk);
    let before = shown(&tab);
    let id = tab.state().id;
    tab.ask(New {}).unwrap();
    let (_, bytes) = tab.back_up(id.as_deref(), "");
    let (other, losses) = Tab::reopened(&FakeDisk::default(), &bytes, "");
    other.configure(1, PairedTestKind::Randomization);
    assert_eq!((losses, shown(&other)), (vec![], before));
}

#[test]
fn where_nothing_can_be_saved_there_is_still_a_backup() {
    let disk = FakeDisk::default();
    disk.deny();
    let (tab, _) = Tab::opened(&disk);
    tab.import(&[("a.csv", OUTPUTS)]);
    tab.configure(0, PairedTestKind::Bootstrap);
    let before = shown(&tab);
    let (_, bytes) = tab.back_up(None, "");
    let (other, _) = Tab::reopened(&FakeDisk::default(), &bytes, "");
    other.configure(0, PairedTestKind::Bootstrap);
    assert_eq!(shown(&other), before);
}

#[test]
fn restoring_makes_a_new_project_and_changes_no_other() {
    let disk = FakeDisk::default();
    let tab = full(&disk);
    let before = shown(&tab);
    let (_, bytes) = tab.back_up(None, "");
    let files = disk.paths();
    let contents: Vec<_> = files.iter().map(|path| disk.bytes(path)).collect();
    tab.restore("b.zip", &bytes, "").unwrap();
    tab.restore("b.zip", &bytes, "").unwrap();
    assert_eq!(tab.list().len(), 3);
    let after: Vec<_> = files.iter().map(|path| disk.bytes(path)).collect();
    assert_eq!(after, contents);
    assert_eq!(shown(&tab), before);
}

/// Where the members' bytes are, by their names.
fn members(bytes: &[u8]) -> Vec<(String, usize, usize)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let places = 0..archive.len();
    places
        .map(|place| {
            let member = archive.by_index(place).unwrap();
            let (name, start) = (member.name().unwrap(), member.data_start().unwrap());
            let length = member.compressed_size() as usize;
            (name.into_owned(), start as usize, length)
        })
        .collect()
}

/// Changes the middle of a member: of packed bytes a single bit may mean the same as before.
fn damage_at(bytes: &mut [u8], start: usize, length: usize) {
    let middle = start + length / 2;
    let end = (middle + 16).min(start + length);
    bytes[middle..end].iter_mut().for_each(|byte| *byte ^= 0x5a);
}

#[test]
fn a_damaged_member_costs_only_itself_and_is_told() {
    let tab = full(&FakeDisk::default());
    let (_, bytes) = tab.back_up(None, "");
    let all = members(&bytes);
    assert!(all.len() > 12, "{all:?}");
    for (name, start, length) in &all {
        let mut damaged = bytes.clone();
        damage_at(&mut damaged, *start, *length);
        let disk = FakeDisk::default();
        let (other, _) = Tab::opened(&disk);
        let restored = other.restore("b.zip", &damaged, "").unwrap();
        let lost: Vec<&String> = restored.losses.iter().map(|loss| &loss.member).collect();
        match name.starts_with("assay-backup") {
            true => assert!(lost.is_empty(), "the other copy is whole: {lost:?}"),
            false => assert_eq!(lost, [name]),
        }
        other.ask(Open { id: restored.id }).unwrap();
        let has_data = !["parts/texts", "parts/data"].contains(&&**name);
        assert_eq!(!other.files().is_empty(), has_data, "{name}");
        let runs = other.ask(training::Runs {}).unwrap().runs.len();
        assert_eq!(runs, if name == "parts/runs" { 0 } else { 2 });
    }
}

#[test]
fn a_sealed_member_that_is_damaged_costs_only_itself() {
    let tab = full(&FakeDisk::default());
    let (_, bytes) = tab.back_up(None, PASSPHRASE);
    let (name, start, length) = &members(&bytes)[3];
    assert_eq!(name, "2.sealed");
    let mut damaged = bytes.clone();
    damage_at(&mut damaged, *start, *length);
    let (_, losses) = Tab::reopened(&FakeDisk::default(), &damaged, PASSPHRASE);
    assert_eq!(losses.len(), 1);
    assert!(losses[0].member.starts_with("parts/"), "{losses:?}");
}

#[test]
fn without_its_list_of_contents_a_backup_still_gives_its_parts() {
    let tab = full(&FakeDisk::default());
    let before = shown(&tab);
    let (_, mut bytes) = tab.back_up(None, "");
    for (name, start, length) in members(&bytes) {
        if name.starts_with("assay-backup") {
            damage_at(&mut bytes, start, length);
        }
    }
    let (other, losses) = Tab::reopened(&FakeDisk::default(), &bytes, "");
    assert_eq!(losses.len(), 1);
    assert_eq!(losses[0].damage, Damage::Contents);
    other.configure(1, PairedTestKind::Randomization);
    assert_eq!(shown(&other), before);
}

#[test]
fn a_download_that_broke_off_gives_what_came() {
    let tab = full(&FakeDisk::default());
    let (_, bytes) = tab.back_up(None, "");
    let all = members(&bytes);
    let (_, start, length) = &all[all.len() / 2];
    let (_, losses) = {
        let disk = FakeDisk::default();
        let (other, _) = Tab::opened(&disk);
        let restored = other
            .restore("b.zip", &bytes[..start + length], "")
            .unwrap();
        (other, restored.losses)
    };
    // Both copies of the list and the members before the cut are no losses.
    assert_eq!(losses.len(), all.len() - all.len() / 2 - 2);
}

#[test]
fn what_is_no_backup_or_stays_locked_is_refused_in_words() {
    let tab = full(&FakeDisk::default());
    let (_, sealed) = tab.back_up(None, PASSPHRASE);
    let (_, plain) = tab.back_up(None, "");
    let file = || "b.zip".to_owned();
    let mut newer = plain.clone();
    let at = plain.windows(17).position(|w| w == b"{\"assay_backup\":1");
    newer.truncate(0);
    let mut writer = zip::ZipWriter::new(Cursor::new(newer));
    let options = zip::write::SimpleFileOptions::default();
    writer.start_file("assay-backup.json", options).unwrap();
    std::io::Write::write_all(&mut writer, b"{\"assay_backup\":7,\"other\":0}").unwrap();
    let newer = writer.finish().unwrap().into_inner();
    assert!(at.is_some(), "the list is in clear");
    let head_only = &plain[..at.unwrap()];
    let files = tab.list().len();
    for (bytes, passphrase, expected) in [
        (&sealed[..], "", BackupError::Locked { file: file() }),
        (
            &sealed,
            "three plain words",
            BackupError::WrongPassphrase { file: file() },
        ),
        (
            &newer,
            "",
            BackupError::Newer {
                file: file(),
                version: 7,
                known: 1,
            },
        ),
        (b"PK", "", BackupError::NoBackup { file: file() }),
        (head_only, "", BackupError::Damaged { file: file() }),
    ] {
        assert_eq!(refused(tab.restore("b.zip", bytes, passphrase)), expected);
    }
    assert_eq!(tab.list().len(), files);
    let call = BackUp {
        id: None,
        passphrase: String::new(),
    };
    let (empty, _) = Tab::opened(&FakeDisk::default());
    assert!(matches!(
        empty.ask(call),
        Err(CallFailure::Service(BackupError::Empty))
    ));
}

#[test]
fn a_full_disk_keeps_no_half_of_a_backup() {
    let tab = full(&FakeDisk::default());
    let (_, bytes) = tab.back_up(None, "");
    let disk = FakeDisk::default();
    let (other, _) = Tab::opened(&disk);
    disk.limit(500);
    let error = refused(other.restore("b.zip", &bytes, ""));
    let BackupError::Project { error } = error else {
        panic!("{error:?}");
    };
    assert!(matches!(
        error,
        WorkspaceError::Disk {
            error: DiskError::Full { .. }
        }
    ));
    assert_eq!(other.list().len(), 0);
    assert_eq!(disk.paths(), Vec::<String>::new());
}

#[test]
fn a_backup_is_found_among_files() {
    let tab = full(&FakeDisk::default());
    let (_, bytes) = tab.back_up(None, "");
    let files: Vec<Rc<dyn InputFile>> = vec![
        Rc::new(FakeFile::new("a.csv", OUTPUTS)),
        Rc::new(FakeFile::gone("gone.zip")),
        Rc::new(FakeFile::new("x", bytes)),
    ];
    let found = |files: &[Rc<dyn InputFile>]| {
        let answer = tab.worker.client().ask_with(FindBackup {}, files.to_vec());
        tab.worker.finish(answer).unwrap().reply
    };
    assert_eq!(found(&files), Some(2));
    assert_eq!(found(&files[..2]), None);
}

/// A project whose judgements come from a rating task, with answers of the named raters.
fn with_raters(disk: &FakeDisk, raters: &[&str]) -> (Tab, OpenProject) {
    let (tab, _) = Tab::opened(disk);
    let mut csv = String::from("prompt,base,tuned\n");
    (0..8).for_each(|i| csv.push_str(&format!("say {i},bad {i},good {i}\n")));
    tab.import(&[("d.csv", &csv)]);
    let (draft, passphrase) = (draft(), String::new());
    tab.ask(Create { draft, passphrase }).unwrap();
    let project = OpenProject::saved(&tab.ask(Export {}).unwrap()).unwrap();
    for (device, rater) in raters.iter().enumerate() {
        collect(&tab, &project, device as u64 + 1, rater);
    }
    (tab, project)
}

fn collect(tab: &Tab, project: &OpenProject, device: u64, rater: &str) {
    let text = format!("{ANSWERS_MARK}{}", answers(project, device, rater, 4));
    tab.ask(Collect { text }).unwrap();
    tab.worker.run();
}

fn raters(tab: &Tab) -> Vec<String> {
    let view = tab.ask(ratings::View { baseline: None }).unwrap();
    let raters = view.map_or(Vec::new(), |view| view.analysis.raters);
    raters.into_iter().map(|rater| rater.info.name).collect()
}

#[test]
fn a_rating_task_and_its_answers_are_in_the_backup_and_join_those_that_are_here() {
    let disk = FakeDisk::default();
    let (tab, project) = with_raters(&disk, &["Ann", "Bob"]);
    assert_eq!(raters(&tab), ["Ann", "Bob"]);
    let (_, bytes) = tab.back_up(None, "");
    let (other, losses) = Tab::reopened(&FakeDisk::default(), &bytes, "");
    assert_eq!((losses, raters(&other)), (vec![], raters(&tab)));
    // What came after the backup stays.
    collect(&tab, &project, 3, "Cid");
    let restored = tab.restore("b.zip", &bytes, "").unwrap();
    tab.ask(Open { id: restored.id }).unwrap();
    assert_eq!(raters(&tab), ["Ann", "Bob", "Cid"]);
    // Damaged answers cost the answers alone.
    let all = members(&bytes);
    let answers = all.iter().find(|(name, ..)| name.ends_with(".jsonl"));
    let (_, start, length) = answers.unwrap();
    let mut damaged = bytes.clone();
    damage_at(&mut damaged, *start, *length);
    let (other, losses) = Tab::reopened(&FakeDisk::default(), &damaged, "");
    assert_eq!(losses[0].damage, Damage::Answers);
    assert_eq!(raters(&other), Vec::<String>::new());
    assert_eq!(other.files(), ["d.csv"]);
}

fn fixture(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    folder.join("tests/backups").join(name)
}

const FIXTURES: [(&str, &str); 2] = [("v1.zip", ""), ("v1-sealed.zip", PASSPHRASE)];

#[test]
fn backups_of_released_versions_are_read_for_ever() {
    for (name, passphrase) in FIXTURES {
        let bytes = std::fs::read(fixture(name)).unwrap();
        let (tab, losses) = Tab::reopened(&FakeDisk::default(), &bytes, passphrase);
        assert_eq!(losses, [], "{name}");
        assert_eq!(tab.files(), ["d.csv"]);
        assert_eq!(raters(&tab), ["Ann", "Bob"]);
        assert!(!tab.ask(Metrics {}).unwrap().results.is_empty());
    }
}

/// Run by hand when a version is released: `cargo test -p assay-core --lib -- --ignored writes_the_fixtures`.
#[test]
#[ignore = "writes files of the repository"]
fn writes_the_fixtures_of_this_version() {
    for (name, passphrase) in FIXTURES {
        let (tab, _) = with_raters(&FakeDisk::default(), &["Ann", "Bob"]);
        tab.configure(0, PairedTestKind::Bootstrap);
        let (_, bytes) = tab.back_up(None, passphrase);
        std::fs::create_dir_all(fixture("")).unwrap();
        std::fs::write(fixture(name), bytes).unwrap();
    }
}

#[test]
fn files_that_were_imported_are_in_the_backup_and_can_be_read_in_another_way() {
    let disk = FakeDisk::default();
    let (tab, _) = Tab::opened(&disk);
    tab.import(&[("a.csv", OUTPUTS)]);
    let id = tab.state().id.unwrap();
    let (_, open) = tab.back_up(None, "");
    tab.ask(New {}).unwrap();
    let (_, closed) = tab.back_up(Some(&id), PASSPHRASE);
    for (bytes, passphrase) in [(open, ""), (closed, PASSPHRASE)] {
        let (tab, losses) = Tab::reopened(&FakeDisk::default(), &bytes, passphrase);
        assert_eq!(losses, []);
        assert_eq!(tab.ask(LastImport {}).unwrap().not_kept, [0; 0]);
        let kind = FileKind::Outputs;
        assert!(tab.ask(TreatAs { file: 0, kind }).unwrap().outputs);
    }
}
