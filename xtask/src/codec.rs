//! The browser's codec, checked under node: a program that sends made-up values through it and back.

use crate::process::{Step, root, run};
use std::path::PathBuf;
use std::process::Command;

const TARGET: &str = "wasm32-unknown-unknown";

/// Builds crates/web-calls/examples/codec.rs, binds it for node and runs it.
pub fn check() -> Result<(), String> {
    crate::tools::wasm_target()?;
    if Command::new("node").arg("--version").output().is_err() {
        return Err("node is needed to check the browser's codec; install Node.js".to_owned());
    }
    let arguments = [
        "build",
        "--locked",
        "--package",
        "assay-web-calls",
        "--example",
        "codec",
        "--target",
        TARGET,
    ];
    run(Step::cargo("the codec's check", &arguments))?;
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or(root().join("target"), PathBuf::from);
    let folder = target.join(TARGET).join("debug/examples");
    let bound = folder.join("codec-node");
    wasm_bindgen_cli_support::Bindgen::new()
        .input_path(folder.join("codec.wasm"))
        .nodejs(true)
        .and_then(|b| b.typescript(false).out_name("codec").generate(&bound))
        .map_err(|e| format!("wasm-bindgen: {e:#}"))?;
    let program = bound.join("codec.js").display().to_string();
    run(Step::new("the codec under node", "node", &[&program]))
}
