//! Programs out of npm packages: Python for the browser, wasm-opt and axe-core.

use super::pinned::{Pinned, first_wrong};
use super::system_packages;
use crate::files::at;
use crate::process::{Step, root, run};
use std::path::PathBuf;
use std::process::Command;

/// An npm package, and how it is known to be the right one.
struct Package {
    what: &'static str,
    name: &'static str,
    version: &'static str,
    /// The files that are taken, each with its SHA-256.
    files: &'static [Pinned],
}

const PYODIDE: Package = Package {
    what: "Python for the browser (13 MB)",
    name: "pyodide",
    version: "314.0.7",
    files: &[
        Pinned {
            name: "pyodide.mjs",
            sha256: "6f1d60f7bf529beb300f0f47983c921d3982363640ba20af0e38efdddbc66109",
        },
        Pinned {
            name: "pyodide.asm.mjs",
            sha256: "f7cdc8ece80678ceb712f8e65ebe6d3a83203a180c399865f49612a051693635",
        },
        Pinned {
            name: "pyodide.asm.wasm",
            sha256: "cc36e3cab04fdfc9a63ff13eb52eae2b911bf46c025cc7b281f394bd3de1d5e6",
        },
        Pinned {
            name: "python_stdlib.zip",
            sha256: "fa1957e5777068fc4f7437f96d860ae2fbe9c19732ba06c84e004ec16dd7dd7a",
        },
        Pinned {
            name: "pyodide-lock.json",
            sha256: "5dc2fc119108bc148c7457dc86e7675b5c87e1cafd420b9c34c1eaef7b36c010",
        },
    ],
};

const BINARYEN: Package = Package {
    what: "wasm-opt (23 MB)",
    name: "binaryen",
    version: "132.0.0",
    files: &[Pinned {
        name: "bin/wasm-opt",
        sha256: "608c021fa3f2c68cdc26f06a1454341089a0e689abb71cbe5a23ef7300e7f3e3",
    }],
};

const AXE: Package = Package {
    what: "axe-core, which finds what keeps people from using a page (600 kB)",
    name: "axe-core",
    version: "4.14.1",
    files: &[Pinned {
        name: "axe.min.js",
        sha256: "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c",
    }],
};

/// The folder with Pyodide, fetched from npm when it is not there.
pub fn python() -> Result<PathBuf, String> {
    PYODIDE.folder()
}

/// The files of Pyodide that the page hands to its sandbox as they are.
pub fn python_files() -> impl Iterator<Item = &'static str> {
    PYODIDE.files[..4].iter().map(|file| file.name)
}

/// wasm-opt, a program for node, fetched from npm when it is not there.
pub fn wasm_opt() -> Result<PathBuf, String> {
    Ok(BINARYEN.folder()?.join("bin/wasm-opt"))
}

/// axe-core's script, fetched from npm when it is not there.
pub fn axe() -> Result<PathBuf, String> {
    Ok(AXE.folder()?.join("axe.min.js"))
}

impl Package {
    fn folder(&self) -> Result<PathBuf, String> {
        let folder = root().join("target").join(self.name);
        let inside = folder.join("node_modules").join(self.name);
        if first_wrong(&inside, self.files)?.is_none() {
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
        match first_wrong(&inside, self.files)? {
            None => Ok(inside),
            Some(wrong) => Err(format!("{package} is not what it should be: {wrong}")),
        }
    }
}
