//! What a fresh machine lacks: the wasm target.

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
