//! Reading and writing files with errors that name them.

use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

/// The error's words with the path before them.
pub fn at(path: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}", path.display())
}

/// A file's bytes.
pub fn read(path: &Path) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|e| at(path, &e))
}

/// A file's text.
pub fn read_text(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|e| at(path, &e))
}

/// Writes a file whole.
pub fn write(path: &Path, bytes: impl AsRef<[u8]>) -> Result<(), String> {
    fs::write(path, bytes).map_err(|e| at(path, &e))
}

/// Copies one file.
pub fn copy(from: &Path, to: &Path) -> Result<(), String> {
    fs::copy(from, to).map(|_| ()).map_err(|e| at(from, &e))
}

/// Makes a folder and those above it.
pub fn make_folder(path: &Path) -> Result<(), String> {
    fs::create_dir_all(path).map_err(|e| at(path, &e))
}

/// The files in a folder itself, by name.
pub fn files_in(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let mut files = entries(folder)?;
    files.retain(|path| path.is_file());
    Ok(files)
}

/// The files in a folder and in all folders below it, by path.
pub fn files_below(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let mut files = Vec::new();
    for path in entries(folder)? {
        if path.is_dir() {
            files.extend(files_below(&path)?);
        } else {
            files.push(path);
        }
    }
    Ok(files)
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(|e| at(folder, &e))? {
        paths.push(entry.map_err(|e| at(folder, &e))?.path());
    }
    paths.sort();
    Ok(paths)
}

/// A file's SHA-256 in hexadecimal digits.
pub fn sha256(path: &Path) -> Result<String, String> {
    Ok(hexadecimal(&Sha256::digest(read(path)?)))
}

/// Bytes in hexadecimal digits.
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
