//! What a fresh machine lacks: the wasm target, Chromium with its driver for the page's tests, Firefox with its own, a
//! Vulkan driver for the engine's, the default models, Python for the browser, wasm-opt, axe-core and trunk.

mod models;
mod npm;
mod pinned;

pub use models::{default_encoder, default_model};
pub use npm::{axe, python, python_files, wasm_opt};

use crate::process::{Step, root, run};
use std::path::PathBuf;
use std::process::Command;

/// Folders of `target/` with files that a build fetches, each held to its SHA-256.
pub const FETCHED: [&str; 3] = ["models", "pyodide", "binaryen"];

/// Adds the wasm32 target to the toolchain if it isn't there.
pub fn wasm_target() -> Result<(), String> {
    let installed = Command::new("rustc")
        .args([
            "--print",
            "target-libdir",
            "--target",
            "wasm32-unknown-unknown",
        ])
        .output()
        .is_ok_and(|o| PathBuf::from(String::from_utf8_lossy(&o.stdout).trim()).is_dir());
    if installed {
        return Ok(());
    }
    run(Step::new(
        "wasm32 target",
        "rustup",
        &["target", "add", "wasm32-unknown-unknown"],
    ))
    .map_err(|e| format!("{e}. Install rustup (https://rustup.rs) or add the target by hand."))
}

/// Chromium and chromedriver, from the system's packages when they are missing.
pub fn browser() -> Result<(), String> {
    if Command::new("chromedriver")
        .arg("--version")
        .output()
        .is_ok()
    {
        return Ok(());
    }
    let hint = "the page's tests need Chromium and chromedriver; install both and try again";
    system_packages("Chromium", &["chromium", "chromium-driver"])
        .map_err(|e| format!("{e}; {hint}"))
}

/// A Vulkan driver, Mesa's software one when there is none.
pub fn vulkan() -> Result<(), String> {
    let folders = ["/usr/share/vulkan/icd.d", "/etc/vulkan/icd.d"];
    let driver =
        |folder: &&str| std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
    if !cfg!(target_os = "linux") || folders.iter().any(driver) {
        return Ok(());
    }
    let hint = "the engine's tests need a Vulkan driver; Mesa's software driver is one";
    system_packages("a Vulkan driver", &["mesa-vulkan-drivers", "libvulkan1"])
        .map_err(|e| format!("{e}; {hint}"))
}

fn system_packages(what: &str, names: &[&str]) -> Result<(), String> {
    run(Step::new("package list", "apt-get", &["update", "-q"]))?;
    let install = Step::new(what, "apt-get", &["install", "-qy"]);
    run(install.and(names))
}

/// The version of geckodriver that is compiled where none is installed.
const GECKODRIVER: &str = "0.37.1";

/// geckodriver, compiled into a folder of its own when it is not installed, and Firefox, from the system's packages when
/// it is missing.
pub fn firefox() -> Result<(String, String), String> {
    let is_there = |program: &&str| Command::new(program).arg("--version").output().is_ok();
    let names = ["firefox-esr", "firefox"];
    let hint = "these tests need Firefox; install it and try again";
    if !names.iter().any(is_there) {
        system_packages("Firefox", &["firefox-esr"]).map_err(|e| format!("{e}; {hint}"))?;
    }
    let browser = names.into_iter().find(is_there).ok_or(hint)?;
    let own = root().join("target/geckodriver/bin/geckodriver");
    let own = own.display().to_string();
    for program in ["geckodriver", &own] {
        if is_there(&program) {
            return Ok((program.to_owned(), path_of(browser)?));
        }
    }
    compiled("geckodriver", GECKODRIVER, &[])?;
    Ok((own, path_of(browser)?))
}

/// Where a program is that is started by its name: geckodriver takes paths only.
fn path_of(program: &str) -> Result<String, String> {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let mut paths = std::env::split_paths(&folders).map(|folder| folder.join(program));
    let path = paths.find(|path| path.is_file());
    let path = path.ok_or_else(|| format!("{program} is in no folder of PATH"))?;
    Ok(path.display().to_string())
}

/// Compiles a program from crates.io into its folder in target/. How quickly it is built matters more than how quickly it
/// runs.
fn compiled(name: &str, version: &str, options: &[&str]) -> Result<(), String> {
    let folder = root().join("target").join(name).display().to_string();
    let install = [
        "install",
        name,
        "--locked",
        "--version",
        version,
        "--root",
        &folder,
        "--debug",
    ];
    let what = format!("{name} (takes some minutes, once)");
    let install = Step::cargo(&what, &install).and(options);
    run(install.with("CARGO_PROFILE_DEV_DEBUG", "0"))
}

/// The version of trunk that Trunk.toml is written for.
const TRUNK: &str = "0.21.14";

/// trunk, compiled into a folder of its own when it is not installed.
pub fn trunk() -> Result<String, String> {
    let is_there = |program: &str| {
        let output = Command::new(program).arg("--version").output();
        output.is_ok_and(|o| String::from_utf8_lossy(&o.stdout).contains(TRUNK))
    };
    let own = root().join("target/trunk/bin/trunk").display().to_string();
    for program in ["trunk", &own] {
        if is_there(program) {
            return Ok(program.to_owned());
        }
    }
    // It only copies files here. Its default features ask for newer versions and fetch tools over TLS, of which nothing
    // is wanted.
    compiled("trunk", TRUNK, &["--no-default-features"])?;
    Ok(own)
}
