//! Programs out of npm packages: Python for the browser, and wasm-opt.

use super::system_packages;
use crate::files::{at, sha256};
use crate::process::{Step, root, run};
use std::path::{Path, PathBuf};
use std::process::Command;

/// An npm package, and how it is known to be the right one.
struct Package {
    what: &'static str,
    name: &'static str,
    version: &'static str,
    files: &'static [&'static str],
    /// The file whose SHA-256 is known.
    checked: &'static str,
    sha256: &'static str,
}

const PYODIDE: Package = Package {
    what: "Python for the browser (13 MB)",
    name: "pyodide",
    version: "314.0.7",
    files: &[
        "pyodide.mjs",
        "pyodide.asm.mjs",
        "pyodide.asm.wasm",
        "python_stdlib.zip",
        "pyodide-lock.json",
    ],
    checked: "pyodide.asm.wasm",
    sha256: "cc36e3cab04fdfc9a63ff13eb52eae2b911bf46c025cc7b281f394bd3de1d5e6",
};

const BINARYEN: Package = Package {
    what: "wasm-opt (23 MB)",
    name: "binaryen",
    version: "132.0.0",
    files: &["bin/wasm-opt"],
    checked: "bin/wasm-opt",
    sha256: "608c021fa3f2c68cdc26f06a1454341089a0e689abb71cbe5a23ef7300e7f3e3",
};

/// The folder with Pyodide, fetched from npm when it is not there.
pub fn python() -> Result<PathBuf, String> {
    PYODIDE.folder()
}

/// The files of Pyodide that the page hands to its sandbox as they are.
pub fn python_files() -> &'static [&'static str] {
    &PYODIDE.files[..4]
}

/// wasm-opt, a program for node, fetched from npm when it is not there.
pub fn wasm_opt() -> Result<PathBuf, String> {
    Ok(BINARYEN.folder()?.join("bin/wasm-opt"))
}

impl Package {
    fn folder(&self) -> Result<PathBuf, String> {
        let folder = root().join("target").join(self.name);
        let inside = folder.join("node_modules").join(self.name);
        if self.is_whole(&inside)? {
            return Ok(inside);
        }
        std::fs::create_dir_all(&folder).map_err(|e| at(&folder, &e))?;
        if Command::new("npm").arg("--version").output().is_err() {
            system_packages("npm", &["nodejs", "npm"])?;
        }
        let prefix = folder.display().to_string();
        let package = format!("{}@{}", self.name, self.version);
        let arguments = [
            "install",
            "--silent",
            "--no-save",
            "--ignore-scripts",
            "--prefix",
            &prefix,
            &package,
        ];
        run(Step::new(self.what, "npm", &arguments))?;
        if self.is_whole(&inside)? {
            return Ok(inside);
        }
        Err(format!(
            "{package} is not what it should be: the SHA-256 of {} is not {}",
            self.checked, self.sha256
        ))
    }

    fn is_whole(&self, folder: &Path) -> Result<bool, String> {
        let whole = self.files.iter().all(|name| folder.join(name).is_file());
        Ok(whole && sha256(&folder.join(self.checked))? == self.sha256)
    }
}
