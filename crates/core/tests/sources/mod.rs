//! The sources of the libraries, for tests that hold a list against what is declared.

use std::path::{Path, PathBuf};

/// The Rust files of all libraries but the one of calls, whose tests declare some of their own: path and text.
/// `manifest` is the folder of any library.
pub(crate) fn all(manifest: &Path) -> Vec<(PathBuf, String)> {
    let entries = |folder: PathBuf| {
        let entries = std::fs::read_dir(folder).expect("the sources are there");
        entries.map(|entry| entry.expect("the sources are there").path())
    };
    let libraries = entries(manifest.join("..")).filter(|path| !path.ends_with("calls"));
    let mut folders: Vec<PathBuf> = libraries.map(|path| path.join("src")).collect();
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for path in entries(folder) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = std::fs::read_to_string(&path).expect("sources are text");
                found.push((path, text));
            }
        }
    }
    found
}
