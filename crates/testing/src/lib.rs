//! Files that tests compare with and a checkout may lack: the shared gold values in `../shared` beside the project,
//! and what `cargo xtask test` fetches. A test that lacks one says that it is skipped, and fails where
//! `ASSAY_REQUIRE_GOLD` is set. Only tests use this.

use serde_json::Value;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A file or folder of `../shared`.
///
/// # Panics
/// Where it is required and absent.
#[must_use]
pub fn shared(path: &str) -> Option<PathBuf> {
    found(&root().join("../shared").join(path))
}

/// A shared gold value: the file `NAME.json`.
///
/// # Panics
/// Where it is required and absent, or is no JSON.
#[must_use]
pub fn gold(name: &str) -> Option<Value> {
    let path = shared(&format!("gold/{name}.json"))?;
    let text = std::fs::read_to_string(&path).expect("the gold file can be read");
    Some(serde_json::from_str(&text).expect("the gold file is JSON"))
}

/// A model's file or folder that `cargo xtask test` fetches.
///
/// # Panics
/// Where it is required and absent.
#[must_use]
pub fn fetched(name: &str) -> Option<PathBuf> {
    found(&root().join("target/models").join(name))
}

/// Resets the greatest memory of this process, and gives the bytes that it has now. Nothing where the system is not
/// Linux.
#[must_use]
pub fn reset_memory_peak() -> Option<u64> {
    std::fs::write("/proc/self/clear_refs", "5").ok()?;
    process_memory("VmRSS:")
}

/// The greatest memory of this process since [`reset_memory_peak`], in bytes. Nothing where the system is not Linux.
#[must_use]
pub fn memory_peak() -> Option<u64> {
    process_memory("VmHWM:")
}

/// Bytes of memory under a name in `/proc/self/status`.
fn process_memory(name: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with(name))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes * 1024)
}

fn found(path: &Path) -> Option<PathBuf> {
    match path.canonicalize() {
        Ok(path) => Some(path),
        Err(error) => {
            let required = std::env::var_os("ASSAY_REQUIRE_GOLD").is_some();
            assert!(!required, "{} is required: {error}", path.display());
            let thread = std::thread::current();
            let test = thread.name().unwrap_or("a test");
            eprintln!("skipped: {test}, as {} is absent", path.display());
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_is_found_and_what_is_not_is_required_or_skipped() {
        assert!(found(&root().join("Cargo.toml")).is_some_and(|path| path.is_file()));
        let required = std::env::var_os("ASSAY_REQUIRE_GOLD").is_some();
        let absent = std::panic::catch_unwind(|| shared("no such file"));
        assert_eq!(absent.is_err(), required);
        assert!(absent.unwrap_or_default().is_none());
    }
}
