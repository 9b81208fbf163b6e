//! What a fresh machine lacks: the wasm target, and Chromium with its driver for the page's tests.

use crate::process::{Step, run};
use std::path::PathBuf;
use std::process::Command;

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
    run(Step::new("package list", "apt-get", &["update", "-q"]))
        .and_then(|()| {
            let packages = ["install", "-qy", "chromium", "chromium-driver"];
            run(Step::new("Chromium", "apt-get", &packages))
        })
        .map_err(|e| format!("{e}; {hint}"))
}
