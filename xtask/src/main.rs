//! `cargo xtask serve | build | test | codec | bench`: everything a fresh machine needs, in one place. Each step
//! says what it does and how long it took.

mod bench;
mod build;
mod codec;
#[cfg(test)]
mod page_tests;
mod process;
mod serve;
mod tools;

use process::{Step, run};
use std::process::ExitCode;

fn main() -> ExitCode {
    let task = std::env::args().nth(1).unwrap_or_default();
    let outcome = match task.as_str() {
        "test" => test(),
        "build" => build::dist().map(|path| println!("The page is in {}", path.display())),
        "codec" => codec::check(),
        "bench" => bench::compare(std::env::args().nth(2).as_deref()),
        "serve" => build::dist().and_then(|path| serve::forever(&path)),
        _ => Err("usage: cargo xtask serve | build | test | codec | bench".to_owned()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("xtask: {sentence}");
            ExitCode::FAILURE
        }
    }
}

fn test() -> Result<(), String> {
    tools::wasm_target()?;
    tools::browser()?;
    tools::vulkan()?;
    tools::default_model()?;
    tools::default_encoder()?;
    tools::python()?;
    let deny = ["--", "-D", "warnings"];
    let native = ["clippy", "--workspace", "--all-targets", "--locked"];
    let wasm = [
        "clippy",
        "--locked",
        "--lib",
        "--bins",
        "--package",
        "assay",
        "--package",
        "assay-web",
        "--target",
        "wasm32-unknown-unknown",
    ];
    run(Step::cargo("format", &["fmt", "--all", "--check"]))?;
    run(Step::cargo("clippy, native", &native).and(&deny))?;
    run(Step::cargo("clippy, wasm32", &wasm).and(&deny))?;
    codec::check()?;
    // The page's tests open what is built here.
    build::dist()?;
    run(Step::cargo("tests", &["test", "--workspace", "--locked"]))
}
