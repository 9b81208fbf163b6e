//! Every message that the code asks for is there in every language, also under keys that are put together, and no
//! message is left that nothing asks for.

use assay_locale::{Language, Locale};
use regex::Regex;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Keys that are put together: how the code writes them, and what can stand in the hole.
const PATTERNS: &[(&str, &[&str])] = &[
    ("add-{name}", &["scale", "pairwise", "ranking", "checks", "errors", "comment"]),
    ("auc-{name}", &["binary", "ovr", "ovr-weighted", "ovo", "ovo-weighted", "micro", "macro", "weighted"]),
];

fn sources() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut found = Vec::new();
    let mut folders = vec![root.join("src"), root.join("crates")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("the sources are there") {
            let path = entry.expect("the sources are there").path();
            let name = path.file_name().unwrap_or_default().to_owned();
            if path.is_dir() && name != "tests" && name != "target" {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let text = std::fs::read_to_string(&path).expect("sources are text");
                found.push((path, text));
            }
        }
    }
    found
}

#[test]
fn every_literal_key_has_words() {
    let asked = Regex::new(r#"\.(?:text|with|titled)\(\s*"([a-z][a-z0-9-]*)""#).unwrap();
    let mut missing = BTreeSet::new();
    for (path, text) in sources() {
        for key in asked.captures_iter(&text) {
            for language in Language::ALL {
                if !Locale::new(*language).has(&key[1]) {
                    missing.insert(format!("{} ({})", &key[1], path.display()));
                }
            }
        }
    }
    assert!(missing.is_empty(), "keys without words: {missing:#?}");
}
