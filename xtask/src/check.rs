//! `cargo xtask test`: all that has to hold, the quickest first.

use crate::process::{Step, run};
use crate::{build, codec, deny, programs, tools, trunk};
use std::path::{Path, PathBuf};

/// What runs the page's tests. All packages are named, so that cargo compiles none again with other features; the
/// target is left out of a run of all tests (`tests/page/Cargo.toml`), because it needs the built page.
pub const PAGE_TESTS: [&str; 4] = ["test", "--workspace", "--test", "page"];

/// Libraries with code of their own for browsers.
const FOR_BROWSERS: [&str; 2] = ["assay-lm", "assay-web-calls"];

/// Checks everything.
pub fn all() -> Result<(), String> {
    tools::wasm_target()?;
    tools::browser()?;
    tools::vulkan()?;
    tools::default_model()?;
    tools::default_encoder()?;
    tools::python()?;
    tools::axe()?;
    run(Step::cargo("format", &["fmt", "--all", "--check"]))?;
    deny::check()?;
    clippy()?;
    documentation()?;
    let page = native_tests_and_page()?;
    codec::prepare()?;
    page_tests(&page, &[])
}

/// Compiles the native tests, then runs them while trunk builds the page: most of them keep one core busy only. The bounded
/// run of the fuzz targets is among them.
fn native_tests_and_page() -> Result<PathBuf, String> {
    let all = ["test", "--workspace", "--locked"];
    run(Step::cargo("compiling the tests", &all).and(&["--no-run"]))?;
    std::thread::scope(|scope| {
        let page = scope.spawn(trunk::page);
        let tests = run(Step::cargo("tests", &all));
        let page = page
            .join()
            .unwrap_or_else(|_| Err("building the page panicked".into()));
        tests.and(page)
    })
}

/// The page's tests, or those that the arguments name, on the page in the folder.
pub fn page_tests(page: &Path, arguments: &[&str]) -> Result<(), String> {
    tools::browser()?;
    let step = Step::cargo("the page in Chromium", &PAGE_TESTS).and(&["--locked", "--"]);
    let step = step.and(arguments);
    run(step.with("ASSAY_PAGE", &page.display().to_string()))
}

/// Kills the browser while a project changes, 200 times unless `kills` says otherwise, and checks that everything shown
/// as saved is there afterwards.
pub fn torture(kills: Option<&str>) -> Result<(), String> {
    tools::browser()?;
    let page = build::quick()?;
    let test = ["--locked", "--", "--nocapture", "killed::"];
    let step = Step::cargo("browsers that are killed", &PAGE_TESTS).and(&test);
    let step = step.with("ASSAY_PAGE", &page.display().to_string());
    run(step.with("ASSAY_KILLS", kills.unwrap_or("200")))
}

/// Takes the pictures of every page for docs/screens/.
pub fn screens() -> Result<(), String> {
    let page = build::quick()?;
    let arguments = ["--ignored", "--nocapture", "screens::"];
    page_tests(&page, &arguments)
}

fn clippy() -> Result<(), String> {
    let deny = ["--", "-D", "warnings"];
    let native = ["clippy", "--workspace", "--all-targets", "--locked"];
    let wasm = [
        "clippy",
        "--locked",
        "--lib",
        "--bins",
        "--target",
        build::TARGET,
    ];
    let mut wasm = Step::cargo("clippy, wasm32", &wasm);
    let packages = programs::packages();
    for package in packages.into_iter().chain(FOR_BROWSERS) {
        wasm = wasm.and(&["--package", package]);
    }
    run(Step::cargo("clippy, native", &native).and(&deny))?;
    run(wasm.and(&deny))
}

fn documentation() -> Result<(), String> {
    let doc = ["doc", "--workspace", "--no-deps", "--locked"];
    run(Step::cargo("documentation", &doc).with("RUSTDOCFLAGS", "-D warnings"))
}
