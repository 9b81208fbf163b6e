//! Keeps the paths of the machine that builds out of what it builds: nobody learns from a page who built it where, and
//! builds in two folders don't differ by their names.

use crate::files::{files_below, read};
use crate::process::{cargo_target, root};
use std::io::BufRead;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Folders of the page that hold only what was fetched.
const FETCHED: [&str; 2] = ["models", "python"];

/// A folder of this machine, and what stands in its place in the programs.
type Renamed = (PathBuf, &'static str);

fn home() -> Option<PathBuf> {
    std::env::var_os("HOME").map(PathBuf::from)
}

fn cargo_home() -> Option<PathBuf> {
    let named = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    named.or_else(|| Some(home()?.join(".cargo")))
}

fn sysroot() -> Option<PathBuf> {
    let output = Command::new("rustc").args(["--print", "sysroot"]).output();
    let text = String::from_utf8(output.ok()?.stdout).ok()?;
    Some(PathBuf::from(text.trim()))
}

/// Every folder that sources are compiled from. Of several that fit the compiler takes the last.
fn renamed() -> Vec<Renamed> {
    let mut folders = Vec::new();
    if let Some(cargo) = cargo_home() {
        let registries = std::fs::read_dir(cargo.join("registry/src"));
        folders.push((cargo, "/cargo"));
        // Named after the registry that crates were fetched from, which may be a mirror.
        let registries = registries.into_iter().flatten().flatten();
        folders.extend(registries.map(|entry| (entry.path(), "/crates")));
    }
    folders.extend(sysroot().map(|folder| (folder, "/rust")));
    folders.push((root(), "/assay"));
    folders.push((cargo_target(), "/assay/target"));
    folders
}

/// The setting for cargo that has what it compiles for the target know these names, beside the flags of
/// `.cargo/config.toml`.
pub fn setting(target: &str) -> String {
    let flags: Vec<String> = renamed()
        .iter()
        .map(|(folder, name)| format!("--remap-path-prefix={}={name}", folder.display()))
        .collect();
    format!("target.{target}.rustflags={flags:?}")
}

/// Fails where a file of the built page holds a path of this machine.
pub fn check(page: &Path) -> Result<(), String> {
    let folders = renamed().into_iter().map(|(folder, _)| folder);
    // A short one, such as `/`, is in every text.
    let folders = folders.chain(home()).filter(|f| f.as_os_str().len() > 3);
    let needles: Vec<Vec<u8>> = folders
        .map(|f| format!("{}/", f.display()).into())
        .collect();
    let fetched = FETCHED.map(|name| page.join(name));
    for file in files_below(page)? {
        if fetched.iter().any(|folder| file.starts_with(folder)) {
            continue;
        }
        if let Some(found) = first_of(&read(&file)?, &needles) {
            let found = String::from_utf8_lossy(found);
            return Err(format!(
                "{} holds a path of this machine: {found}…",
                file.display()
            ));
        }
    }
    Ok(())
}

/// The first of the paths that is in the bytes.
fn first_of<'a>(mut bytes: &[u8], paths: &'a [Vec<u8>]) -> Option<&'a [u8]> {
    // The standard library's own search: a loop over bytes takes seconds in a tool that isn't optimised.
    while bytes.skip_until(b'/').is_ok_and(|skipped| skipped > 0) {
        let is_here = |path: &&Vec<u8>| bytes.starts_with(path.get(1..).unwrap_or_default());
        if let Some(path) = paths.iter().find(is_here) {
            return Some(path);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{check, first_of, setting};

    #[test]
    fn a_path_of_this_machine_is_found_wherever_it_stands() {
        let paths = vec![b"/home/me/".to_vec(), b"/src/assay/".to_vec()];
        assert_eq!(
            first_of(b"a /home/you/ b //src/assay/x", &paths),
            Some(&paths[1][..])
        );
        assert_eq!(first_of(b"/home/me", &paths), None);
        assert_eq!(first_of(b"/", &paths), None);
    }

    #[test]
    fn a_page_with_a_path_is_refused_by_name_and_models_are_not_read() {
        let folder = std::env::temp_dir().join(format!("assay-paths-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("models")).unwrap();
        let own = format!("{}/src/lib.rs", super::root().display());
        std::fs::write(folder.join("models/a"), &own).unwrap();
        std::fs::write(folder.join("app.js"), "/assay/src/lib.rs").unwrap();
        assert_eq!(check(&folder), Ok(()));
        std::fs::write(folder.join("app.js"), &own).unwrap();
        assert!(check(&folder).unwrap_err().contains("app.js"));
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn the_projects_root_is_renamed() {
        let expected = format!("--remap-path-prefix={}=/assay", super::root().display());
        let setting = setting("wasm32");
        assert!(setting.starts_with("target.wasm32.rustflags=[\""));
        assert!(setting.contains(&expected), "{setting}");
    }
}
