//! Files from outside, each known by its SHA-256: a build takes these bytes or none.

use crate::files::sha256;
use std::path::Path;

/// A file, and what it must hash to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pinned {
    /// Its path in its package.
    pub(super) name: &'static str,
    /// SHA-256 in hexadecimal digits.
    pub(super) sha256: &'static str,
}

/// What is wrong with the first file that is missing or has other bytes; nothing where all are right.
pub(super) fn first_wrong(folder: &Path, files: &[Pinned]) -> Result<Option<String>, String> {
    for file in files {
        let path = folder.join(file.name);
        if !path.is_file() {
            return Ok(Some(format!("{} is missing", file.name)));
        }
        let found = sha256(&path)?;
        if found != file.sha256 {
            let Pinned { name, sha256 } = file;
            return Ok(Some(format!(
                "the SHA-256 of {name} is {found}, not {sha256}"
            )));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_file_and_one_of_other_bytes_are_named() {
        let folder = std::env::temp_dir().join(format!("assay-pinned-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        // SHA-256 of "abc" (FIPS 180-2, appendix B.1).
        let files = [Pinned {
            name: "a.txt",
            sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        }];
        let wrong = || first_wrong(&folder, &files).unwrap();
        assert_eq!(wrong().as_deref(), Some("a.txt is missing"));
        std::fs::write(folder.join("a.txt"), "abd").unwrap();
        assert!(wrong().is_some_and(|w| w.starts_with("the SHA-256 of a.txt is ")));
        std::fs::write(folder.join("a.txt"), "abc").unwrap();
        assert_eq!(wrong(), None);
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
