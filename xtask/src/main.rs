//! `cargo xtask test`: everything a fresh machine needs, in one place.
//! Each step says what it does and how long it took; tools go under `target/tools`.

mod process;
mod tools;

use process::{Step, run};
use std::process::ExitCode;

fn main() -> ExitCode {
    let task = std::env::args().nth(1).unwrap_or_default();
    let outcome = match task.as_str() {
        "test" => test(),
        _ => Err("usage: cargo xtask test".to_owned()),
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
    let wasm = "wasm32-unknown-unknown";
    tools::wasm_target()?;
    run(Step::cargo("format", &["fmt", "--all", "--check"]))?;
    let deny = ["--", "-D", "warnings"];
    run(Step::cargo(
        "clippy, native",
        &["clippy", "--workspace", "--all-targets", "--locked"],
    )
    .and(&deny))?;
    run(Step::cargo(
        "clippy, wasm32",
        &["clippy", "--locked", "--lib", "--target", wasm],
    )
    .and(&deny))?;
    run(Step::cargo(
        "tests, native",
        &["test", "--workspace", "--locked"],
    ))?;
    Ok(())
}
