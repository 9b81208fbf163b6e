//! `cargo xtask test`: all that has to hold, the quickest first.

use crate::process::{Step, run};
use crate::{build, codec, deny, programs, tools};

/// The package of the page's tests.
pub const PAGE_TESTS: &str = "assay-page-tests";

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
    run(Step::cargo("format", &["fmt", "--all", "--check"]))?;
    deny::check()?;
    clippy()?;
    documentation()?;
    // The bounded run of the fuzz targets is among these.
    let native = ["test", "--workspace", "--exclude", PAGE_TESTS, "--locked"];
    run(Step::cargo("tests", &native))?;
    let page = build::quick()?;
    codec::prepare()?;
    page_tests(&page, &[])
}

/// The page's tests, or those that the arguments name, on the page in the folder.
pub fn page_tests(page: &std::path::Path, arguments: &[&str]) -> Result<(), String> {
    tools::browser()?;
    let tests = ["test", "--package", PAGE_TESTS, "--locked", "--"];
    let step = Step::cargo("the page in Chromium", &tests).and(arguments);
    run(step.with("ASSAY_PAGE", &page.display().to_string()))
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
