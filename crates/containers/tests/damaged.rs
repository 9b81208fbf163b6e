//! Damaged files are refused or read in part; nothing panics.

use assay_containers::{ContainerError, Limits, read};
use proptest::prelude::*;
use std::path::Path;
use std::rc::Rc;
use std::sync::LazyLock;

/// The files of all tools.
static FILES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files");
    let entries = std::fs::read_dir(folder).unwrap();
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.retain(|path| !path.ends_with("make.py"));
    paths
        .iter()
        .map(|path| std::fs::read(path).unwrap())
        .collect()
});

fn opened(bytes: Vec<u8>) {
    match read("damaged", Rc::new(bytes), &Limits::default()) {
        Ok(opened) => assert!(opened.tables.iter().all(|t| t.table.rows() > 0)),
        Err(ContainerError::Unreadable { .. }) => panic!("memory can be read"),
        Err(error) => assert!(error.to_string().contains("damaged")),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn a_file_that_is_cut_off_does_not_panic(file in 0..25_usize, part in 0.0..1.0_f64) {
        let whole = &FILES[file % FILES.len()];
        let length = (part * whole.len() as f64) as usize;
        opened(whole[..length].to_vec());
    }

    #[test]
    fn a_file_with_changed_bytes_does_not_panic(
        file in 0..25_usize,
        changes in proptest::collection::vec((0.0..1.0_f64, any::<u8>()), 1..6),
    ) {
        let mut bytes = FILES[file % FILES.len()].clone();
        for (part, byte) in changes {
            let at = (part * bytes.len() as f64) as usize;
            bytes[at] = byte;
        }
        opened(bytes);
    }
}
