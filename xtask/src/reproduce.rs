//! `cargo xtask reproduce`: the page is built twice from nothing, in two folders of different names, and every file of
//! both is compared. What the same sources give is then the same bytes, wherever they are built.

use crate::files::{at, copy, files_below, make_folder, read};
use crate::process::{Step, root, run};
use crate::{build, tools};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The two folders: their paths differ in names, depth and length, as those of two people do.
const FOLDERS: [&str; 2] = ["one", "another/place of a longer name"];

/// Builds the page twice and compares; with `is_quick` by the profile of `serve`.
pub fn check(is_quick: bool) -> Result<(), String> {
    let base = std::env::temp_dir().join(format!("assay-reproduce-{}", std::process::id()));
    let outcome = build_and_compare(&base, is_quick);
    // Gigabytes that nobody needs; where they can't be removed the folder is named.
    fs::remove_dir_all(&base).map_err(|e| at(&base, &e))?;
    outcome
}

fn build_and_compare(base: &Path, is_quick: bool) -> Result<(), String> {
    let mut pages = Vec::new();
    for name in FOLDERS {
        let folder = base.join(name);
        copy_sources(&folder)?;
        give_fetched(&folder)?;
        pages.push(build_in(&folder, is_quick)?);
    }
    let differing = differences(&pages[0], &pages[1])?;
    if differing.is_empty() {
        let files = files_below(&pages[0])?.len();
        println!("== both builds have the same {files} files, byte for byte");
        return Ok(());
    }
    Err(format!("two builds differ:\n{}", differing.join("\n")))
}

/// Copies what is the project's: files that git knows, and new ones that it does not ignore.
fn copy_sources(to: &Path) -> Result<(), String> {
    let list = [
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ];
    let listed = Command::new("git").args(list).current_dir(root()).output();
    let listed = listed.map_err(|e| format!("git can't be started: {e}"))?;
    if !listed.status.success() {
        return Err("the project's files can't be listed: this needs a clone by git".to_owned());
    }
    let names = String::from_utf8_lossy(&listed.stdout).into_owned();
    for name in names.split('\0').filter(|name| !name.is_empty()) {
        let from = root().join(name);
        // A file that was removed and not yet committed.
        if from.is_file() {
            let to = to.join(name);
            make_folder(to.parent().unwrap_or(&to))?;
            copy(&from, &to)?;
        }
    }
    Ok(())
}

/// Files that a build fetches are held to their SHA-256, so those that are here already serve both.
fn give_fetched(folder: &Path) -> Result<(), String> {
    for name in tools::FETCHED {
        let from = root().join("target").join(name);
        if !from.is_dir() {
            continue;
        }
        for file in files_below(&from)? {
            let name = file.strip_prefix(root()).unwrap_or(&file);
            let to = folder.join(name);
            make_folder(to.parent().unwrap_or(&to))?;
            copy(&file, &to)?;
        }
    }
    Ok(())
}

/// Builds the page in a copy of the project, by the copy's own xtask and into the copy's own folders.
fn build_in(folder: &Path, is_quick: bool) -> Result<PathBuf, String> {
    let manifest = folder.join("Cargo.toml").display().to_string();
    let xtask = ["run", "--quiet", "--locked", "--manifest-path", &manifest];
    let step = Step::cargo("the page from nothing", &xtask);
    let step = step.and(&["--package", "xtask", "--", "build"]);
    let (step, page) = match is_quick {
        true => (step.and(&["--quick"]), "target/page"),
        false => (step, "dist"),
    };
    let step = step.within(folder).without("CARGO_TARGET_DIR");
    // Without a repository a build is called by the version, and so would be two of other commits.
    run(step.with(build::ID, &build::id()))?;
    Ok(folder.join(page))
}

/// What of two folders is not the same, a line each.
fn differences(first: &Path, second: &Path) -> Result<Vec<String>, String> {
    let names = |folder: &Path| -> Result<BTreeSet<PathBuf>, String> {
        let files = files_below(folder)?.into_iter();
        let name = |file: PathBuf| file.strip_prefix(folder).map(Path::to_path_buf);
        Ok(files.filter_map(|file| name(file).ok()).collect())
    };
    let (ours, theirs) = (names(first)?, names(second)?);
    let mut lines = Vec::new();
    for name in ours.union(&theirs) {
        let shown = name.display();
        match (ours.contains(name), theirs.contains(name)) {
            (true, true) => {
                let (a, b) = (read(&first.join(name))?, read(&second.join(name))?);
                lines.extend(difference(&a, &b).map(|what| format!("{shown}: {what}")));
            }
            (true, false) => lines.push(format!("{shown}: only the first build has it")),
            _ => lines.push(format!("{shown}: only the second build has it")),
        }
    }
    Ok(lines)
}

/// In what two files differ.
fn difference(first: &[u8], second: &[u8]) -> Option<String> {
    let place = first.iter().zip(second).position(|(a, b)| a != b);
    match place {
        None if first.len() == second.len() => None,
        _ => {
            let place = place.unwrap_or(first.len().min(second.len()));
            let (a, b) = (first.len(), second.len());
            Some(format!("{a} and {b} bytes, other from byte {place}"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::differences;

    #[test]
    fn a_file_of_other_bytes_or_that_one_build_lacks_is_named() {
        let folder = std::env::temp_dir().join(format!("assay-differences-{}", std::process::id()));
        let write = |name: &str, text: &str| {
            let path = folder.join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        for build in ["a", "b"] {
            write(&format!("{build}/app.js"), "same");
            write(&format!("{build}/python/x"), "same");
        }
        let found = || differences(&folder.join("a"), &folder.join("b")).unwrap();
        assert_eq!(found(), [""; 0]);
        write("b/app.js", "sane");
        write("a/python/y", "");
        let expected = [
            "app.js: 4 and 4 bytes, other from byte 2",
            "python/y: only the first build has it",
        ];
        assert_eq!(found(), expected);
        write("b/app.js", "same and more");
        assert_eq!(found()[0], "app.js: 4 and 13 bytes, other from byte 4");
        std::fs::remove_dir_all(folder).unwrap();
    }
}
