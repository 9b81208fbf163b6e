//! The typed calls as a browser carries them: under node the codec, with made-up values; in Chromium a page with
//! its worker, which answers, crashes and is started again.

use crate::build::{self, TARGET};
use crate::check;
use crate::files::{make_folder, write};
use crate::process::{Step, cargo_target, run};
use crate::programs::Profile;
use std::path::PathBuf;
use std::process::Command;

/// The programs of `tests/codec/` that run under node.
const UNDER_NODE: [&str; 2] = ["codec", "protocol_codec"];

/// The one that runs in a browser.
const WORKER_LIFE: &str = "worker_life";

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
    prepare(|step| step)?;
    check::page_tests(&build::quick_folder(), &["worker_life::"])
}

/// Checks the codec under node, and builds the page of a worker's life for its test among those of the page. The step that
/// compiles is run as `compiling` gives it back.
pub fn prepare(compiling: fn(Step) -> Step) -> Result<(), String> {
    crate::tools::wasm_target()?;
    if Command::new("node").arg("--version").output().is_err() {
        return Err("node is needed to check the browser's codec; install Node.js".to_owned());
    }
    // The profile of the page that the tests open, so that nothing is compiled twice.
    let programs = build::compile("the programs of typed calls", Profile::Serve);
    let mut programs = programs.and(&["--package", "assay-codec-tests"]);
    for name in UNDER_NODE.into_iter().chain([WORKER_LIFE]) {
        programs = programs.and(&["--bin", name]);
    }
    run(compiling(programs))?;
    let binder = ["build", "--locked", "--package", "assay-bind"];
    run(Step::cargo("the tool that binds programs", &binder))?;
    for name in UNDER_NODE {
        let folder = bind(name, &["--node"])?;
        let program = folder.join(format!("{name}.js")).display().to_string();
        run(Step::new("the codec under node", "node", &[&program]))?;
    }
    let folder = bind(WORKER_LIFE, &[])?;
    write(&folder.join("index.html"), PAGE)?;
    write(&folder.join("boot.js"), BOOT)
}

/// The folder of the page of a worker's life.
pub fn worker_life_folder() -> PathBuf {
    bound(WORKER_LIFE)
}

fn built() -> PathBuf {
    cargo_target().join(TARGET).join(Profile::Serve.name())
}

fn bound(name: &str) -> PathBuf {
    built().join(format!("{name}-bound"))
}

/// Binds a program for node or for browsers; the folder it is in.
fn bind(name: &str, options: &[&str]) -> Result<PathBuf, String> {
    let folder = bound(name);
    make_folder(&folder)?;
    let program = built().join(format!("{name}.wasm")).display().to_string();
    let step = Step::new("binding a program", &build::binder(), options);
    run(step.and(&[&folder.display().to_string(), &program]))?;
    Ok(folder)
}
