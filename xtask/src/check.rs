//! `cargo xtask test`: all that has to hold, the quickest first.

use crate::lint::linted;
use crate::process::{Step, run};
use crate::{build, codec, deny, tools, trunk};
use std::path::{Path, PathBuf};

/// What runs the page's tests. All packages are named, so that cargo compiles none again with other features; the
/// target is left out of a run of all tests (`tests/page/Cargo.toml`), because it needs the built page.
pub const PAGE_TESTS: [&str; 4] = ["test", "--workspace", "--test", "page"];

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
    let page = native_tests_and_page()?;
    codec::prepare(linted)?;
    page_tests(&page, &[])
}

/// Compiles the native tests and with them all else that is compiled natively, held to clippy's lints. Then runs them, and
/// writes the documentation, while trunk builds the page, held to the same lints for wasm32: each keeps one core busy
/// for long stretches only. The bounded run of the fuzz targets is among the tests.
fn native_tests_and_page() -> Result<PathBuf, String> {
    let all = ["test", "--workspace", "--locked"];
    let compiled = |what, arguments: &[&str]| {
        run(linted(Step::cargo(what, &all))
            .and(&["--no-run"])
            .and(arguments))
    };
    compiled("compiling the tests, with clippy", &[])?;
    // What a run of all tests leaves out.
    let rest = ["--test", "page", "--bench", "*"];
    compiled(
        "compiling the page's tests and benchmarks, with clippy",
        &rest,
    )?;
    std::thread::scope(|scope| {
        let page = scope.spawn(trunk::linted_page);
        let tests = run(linted(Step::cargo("tests", &all))).and_then(|()| documentation());
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
    run(linted(step).with("ASSAY_PAGE", &page.display().to_string()))
}

/// The page's tests, or those that are named, in Firefox. Those that need what only Chromium has are listed as ignored,
/// each with its reason.
pub fn firefox(names: &[String]) -> Result<(), String> {
    let (driver, browser) = tools::firefox()?;
    let page = build::quick()?;
    let step = Step::cargo("the page in Firefox", &PAGE_TESTS);
    let step = step.and(&["--features", "assay-page-tests/firefox", "--locked", "--"]);
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let step = linted(step.and(&names)).with("ASSAY_PAGE", &page.display().to_string());
    let step = step.with("ASSAY_GECKODRIVER", &driver);
    run(step.with("ASSAY_FIREFOX", &browser))
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
    page_tests(&page, &["--ignored", "--nocapture", "screens::"])
}

/// Compares the style page and the main pages with the pictures that are kept of them, or keeps new ones.
pub fn pictures(are_accepted: bool) -> Result<(), String> {
    tools::browser()?;
    let page = build::quick()?;
    let test = ["--locked", "--", "--ignored", "--nocapture", "pictures::"];
    let step = linted(Step::cargo("pictures of the page", &PAGE_TESTS).and(&test));
    let step = step.with("ASSAY_PAGE", &page.display().to_string());
    run(match are_accepted {
        true => step.with("ASSAY_ACCEPT_PICTURES", "1"),
        false => step,
    })
}

fn documentation() -> Result<(), String> {
    let doc = ["doc", "--workspace", "--no-deps", "--locked"];
    run(Step::cargo("documentation", &doc).with("RUSTDOCFLAGS", "-D warnings"))
}
