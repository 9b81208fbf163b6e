//! Every call, reply and error of every service crosses the channel unchanged, with made-up values: NaN,
//! infinities, whole numbers beyond 2^53, empty and huge texts and lists, every variant of every enum.

use assay_calls::VisitCalls;
use assay_calls::native::CborCodec;
use assay_calls::testing::{CallNames, RoundtripCalls};
use assay_core::models::worker_calls;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn visit(visitor: &mut impl VisitCalls) {
    assay_protocol::visit(visitor);
    worker_calls::visit(visitor);
}

fn names() -> Vec<&'static str> {
    let mut names = CallNames::default();
    visit(&mut names);
    names.0
}

#[test]
fn every_value_comes_back_as_it_was() {
    let mut check = RoundtripCalls::<CborCodec>::default();
    visit(&mut check);
    assert!(check.failures.is_empty(), "{:#?}", check.failures);
    // Of each call at least are sent 64.
    assert!(check.sent > 64 * names().len(), "{}", check.sent);
}

/// The Rust files of all libraries but the one of calls, whose tests declare some of their own.
fn sources() -> Vec<PathBuf> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let entries = |folder: PathBuf| {
        let entries = std::fs::read_dir(folder).expect("the sources are there");
        entries.map(|entry| entry.expect("the sources are there").path())
    };
    let libraries = entries(crates).filter(|path| !path.ends_with("calls"));
    let mut folders: Vec<PathBuf> = libraries.map(|path| path.join("src")).collect();
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for path in entries(folder) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push(path);
            }
        }
    }
    found
}

#[test]
fn no_service_is_left_out() {
    let mut declared = BTreeSet::new();
    for path in sources() {
        let text = std::fs::read_to_string(&path).expect("sources are text");
        declared.extend(text.lines().filter_map(|line| {
            let name = line.trim().strip_prefix("service \"")?;
            Some(name.strip_suffix("\";")?.to_owned())
        }));
    }
    let service = |name: &str| name.split('.').next().unwrap_or_default().to_owned();
    let visited: BTreeSet<String> = names().into_iter().map(service).collect();
    assert_eq!(visited, declared);
    let once: BTreeSet<&str> = names().into_iter().collect();
    assert_eq!(once.len(), names().len(), "two calls have one name");
}
