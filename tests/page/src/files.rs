//! The tests' own files: folders among the temporary ones, which are gone when a test has ended.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// Times that removing a folder is tried, while a browser that has ended still writes into it.
const TRIES: usize = 40;

/// A folder of a running test, which has a thread of its own.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        remove(&self.0);
    }
}

thread_local!(static FOLDER: Folder = Folder(new_folder()));

/// A new folder, which its owner removes.
pub(crate) fn new_folder() -> PathBuf {
    static MADE: AtomicUsize = AtomicUsize::new(0);
    let number = MADE.fetch_add(1, Ordering::Relaxed);
    let name = format!("assay-page-{}-{number}", std::process::id());
    let folder = std::env::temp_dir().join(name);
    std::fs::create_dir_all(&folder).expect("temporary files can be written");
    folder
}

/// Removes a folder with all that is in it.
pub(crate) fn remove(folder: &Path) {
    for _ in 0..TRIES {
        if std::fs::remove_dir_all(folder).is_ok() || !folder.exists() {
            return;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    eprintln!("{} stays behind", folder.display());
}

/// The path of a file of this name in the running test's folder.
pub(crate) fn path(name: &str) -> PathBuf {
    FOLDER.with(|folder| folder.0.join(name))
}

/// A file with this text.
pub(crate) fn file(name: &str, text: &str) -> PathBuf {
    let path = path(name);
    std::fs::write(&path, text).expect("temporary files can be written");
    path
}
