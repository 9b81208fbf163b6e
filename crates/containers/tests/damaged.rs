//! Damaged files are refused or read in part; nothing panics.

use assay_containers::{ContainerError, Limits, read};
use proptest::prelude::*;
use std::path::Path;
use std::rc::Rc;
use std::sync::LazyLock;

/// The files of all tools but two. calamine takes lengths within records of old workbooks as they stand, and the parquet
/// crate panics where a damaged map has other numbers of keys than of values.
static FILES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files");
    let entries = std::fs::read_dir(folder).unwrap();
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let left_out = ["make.py", "map.parquet", "xlwt.xls"];
    paths.retain(|path| !left_out.iter().any(|name| path.ends_with(name)));
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
    fn a_file_that_is_cut_off_does_not_panic(file in 0..23_usize, part in 0.0..1.0_f64) {
        let whole = &FILES[file % FILES.len()];
        let length = (part * whole.len() as f64) as usize;
        opened(whole[..length].to_vec());
    }

    #[test]
    fn a_file_with_changed_bytes_does_not_panic(
        file in 0..23_usize,
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
