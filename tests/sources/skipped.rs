//! What manifests keep out of the tests to save time compiling (`test = false`, `doctest = false`) holds no test and no
//! example, so that none can be written there and never run.

use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The folders of all packages.
fn packages() -> Vec<PathBuf> {
    let crates = std::fs::read_dir(root().join("crates")).unwrap();
    let mut folders: Vec<PathBuf> = crates.map(|entry| entry.unwrap().path()).collect();
    folders.extend(["xtask", "xtask/bind", "."].map(|name| root().join(name)));
    folders
}

/// The texts of all sources in a folder.
fn sources(folder: &Path) -> Vec<String> {
    let mut texts = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            texts.extend(sources(&path));
        } else if path.extension().is_some_and(|end| end == "rs") {
            texts.push(std::fs::read_to_string(&path).unwrap());
        }
    }
    texts
}

/// The parts of a manifest, each with its heading.
fn parts(manifest: &str) -> Vec<(&str, &str)> {
    let parts = manifest.split("\n[").skip(1);
    parts.filter_map(|part| part.split_once(']')).collect()
}

fn has_tests(text: &str) -> bool {
    // Put together, so that this file has none of its own besides the one below.
    let marks = [concat!("#[", "test]"), concat!("proptest", "! {")];
    marks.iter().any(|mark| text.contains(mark))
}

fn has_examples(text: &str) -> bool {
    let mut comments = text.lines().map(str::trim_start);
    comments.any(|line| line.starts_with("/// ```") || line.starts_with("//! ```"))
}

#[test]
fn what_is_not_compiled_for_tests_holds_none() {
    let mut skipped = 0;
    for folder in packages() {
        let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).unwrap();
        let src = folder.join("src");
        let has_library = src.join("lib.rs").exists();
        for (heading, settings) in parts(&manifest) {
            let says = |setting: &str| settings.lines().any(|line| line == setting);
            let path = || {
                settings
                    .lines()
                    .find_map(|line| line.strip_prefix("path = \""))
            };
            let read = |path: &str| {
                std::fs::read_to_string(folder.join(path.trim_end_matches('"'))).unwrap()
            };
            let texts = match heading {
                "lib" => sources(&src),
                // Without a library all modules are the program's.
                "[bin" if !has_library => sources(&src),
                "[bin" => path().map(read).into_iter().collect(),
                _ => continue,
            };
            if says("test = false") {
                skipped += 1;
                assert!(!texts.iter().any(|text| has_tests(text)), "{folder:?}");
            }
            if says("doctest = false") {
                skipped += 1;
                assert!(!texts.iter().any(|text| has_examples(text)), "{folder:?}");
            }
        }
    }
    assert!(skipped > 20, "{skipped}");
}
