//! The table of crates in ARCHITECTURE.md against the manifests: who may use whom.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

type Uses = BTreeMap<String, BTreeSet<String>>;

/// A crate's name in the table: without the prefix that all have, and `page` for the package at the root.
fn short(package: &str) -> Option<String> {
    match package {
        "assay" => Some("page".to_owned()),
        other => other.strip_prefix("assay-").map(str::to_owned),
    }
}

/// The normal dependencies between the workspace's crates, as cargo reads the manifests.
fn actual() -> Uses {
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--no-deps",
            "--offline",
            "--format-version",
            "1",
        ])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cargo metadata: {errors}");
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap().iter();
    let uses = |package: &serde_json::Value| -> Option<(String, BTreeSet<String>)> {
        let dependencies = package["dependencies"].as_array().unwrap().iter();
        let normal = dependencies.filter(|d| d["kind"].is_null());
        let names = normal.filter_map(|d| short(d["name"].as_str().unwrap()));
        Some((short(package["name"].as_str().unwrap())?, names.collect()))
    };
    packages.filter_map(uses).collect()
}

/// The rows of the table: crate, what it owns, whom it may use.
fn allowed() -> Uses {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("ARCHITECTURE.md");
    let text = std::fs::read_to_string(file).unwrap();
    let rows = text
        .lines()
        .skip_while(|line| *line != "| crate | owns | may use |");
    let rows = rows.skip(2).take_while(|line| line.starts_with('|'));
    let row = |line: &str| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [name, _, uses] = cells[..] else {
            panic!("a row of the table has three cells: {line}");
        };
        let uses = uses.split(", ").filter(|u| *u != "none").map(str::to_owned);
        (name.trim_matches('`').to_owned(), uses.collect())
    };
    rows.map(row).collect()
}

#[test]
fn crates_use_only_what_architecture_md_allows() {
    let (actual, allowed) = (actual(), allowed());
    let names = |uses: &Uses| uses.keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(
        names(&actual),
        names(&allowed),
        "the table lists every crate"
    );
    for (name, uses) in &actual {
        let forbidden: Vec<_> = uses.difference(&allowed[name]).collect();
        assert!(forbidden.is_empty(), "{name} may not use {forbidden:?}");
    }
}

#[test]
fn the_table_has_no_circles_and_keeps_computation_out_of_the_page() {
    let allowed = allowed();
    let mut done: BTreeSet<&str> = BTreeSet::new();
    while done.len() < allowed.len() {
        let ready = |uses: &BTreeSet<String>| uses.iter().all(|u| done.contains(u.as_str()));
        let next = allowed
            .iter()
            .find(|(name, uses)| !done.contains(name.as_str()) && ready(uses));
        let (name, _) = next.expect("each remaining crate would use itself through others");
        done.insert(name);
    }
    for heavy in ["metrics", "eval", "lm", "core", "web"] {
        assert!(
            !allowed["page"].contains(heavy),
            "the page must not use {heavy}"
        );
    }
}
