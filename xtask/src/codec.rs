//! The typed calls as a browser carries them: under node the codec, with made-up values; in Chromium a page with
//! its worker, which answers, crashes and is started again.

use crate::build::{self, TARGET};
use crate::check;
use crate::files::{make_folder, write};
use crate::paths;
use crate::process::{Step, cargo_target, run};
use crate::programs::Profile;
use std::path::PathBuf;
use std::process::Command;

/// The page of a worker's life, which writes how it went into its document.
const PAGE: &str = r#"<!doctype html><meta charset="utf-8"><script type="module">
import init from "./worker_life.js";
await init({ module_or_path: "./worker_life_bg.wasm" });
</script><body></body>"#;

/// Starts the worker.
const BOOT: &str = r#"import init from "./worker_life.js";
await init({ module_or_path: "./worker_life_bg.wasm" });"#;

/// Checks the codec under node, and a worker's life in Chromium.
pub fn check() -> Result<(), String> {
    prepare()?;
    check::page_tests(&build::quick_folder(), &["worker_life::"])
}

/// Checks the codec under node, and builds the page of a worker's life for its test among those of the page.
pub fn prepare() -> Result<(), String> {
    crate::tools::wasm_target()?;
    if Command::new("node").arg("--version").output().is_err() {
        return Err("node is needed to check the browser's codec; install Node.js".to_owned());
    }
    // The profile of the page that the tests open, so that nothing is compiled twice.
    let build = ["build", "--locked", "--examples", "--target", TARGET];
    let examples = Step::cargo("the examples of typed calls", &build);
    let packages = [
        "--package",
        "assay-web-calls",
        "--package",
        "assay-protocol",
    ];
    let profile = ["--profile", Profile::Serve.name()];
    let setting = ["--config", &paths::setting(TARGET)];
    run(examples.and(&packages).and(&profile).and(&setting))?;
    let binder = ["build", "--locked", "--package", "assay-bind"];
    run(Step::cargo("the tool that binds programs", &binder))?;
    for name in ["codec", "protocol_codec"] {
        let folder = bind(name, &["--node"])?;
        let program = folder.join(format!("{name}.js")).display().to_string();
        run(Step::new("the codec under node", "node", &[&program]))?;
    }
    let folder = bind("worker_life", &[])?;
    write(&folder.join("index.html"), PAGE)?;
    write(&folder.join("boot.js"), BOOT)
}

/// The folder of the page of a worker's life.
pub fn worker_life_folder() -> PathBuf {
    bound("worker_life")
}

fn built() -> PathBuf {
    let profile = cargo_target().join(TARGET).join(Profile::Serve.name());
    profile.join("examples")
}

fn bound(name: &str) -> PathBuf {
    built().join(format!("{name}-bound"))
}

/// Binds an example for node or for browsers; the folder it is in.
fn bind(name: &str, options: &[&str]) -> Result<PathBuf, String> {
    let folder = bound(name);
    make_folder(&folder)?;
    let program = built().join(format!("{name}.wasm")).display().to_string();
    let step = Step::new("binding an example", &build::binder(), options);
    run(step.and(&[&folder.display().to_string(), &program]))?;
    Ok(folder)
}
