//! `cargo xtask serve | build | test | bench | torture | codec`: everything a fresh machine needs, in one place. Each
//! step says what it does and how long it took.

use std::process::ExitCode;
use xtask::{bench, build, check, codec, serve, trunk};

const USAGE: &str = "usage: cargo xtask COMMAND

  serve    build the page with a quicker profile and serve it at http://127.0.0.1:8080
  build    build the optimised page in dist/ and hold it to its budgets
  test     format, clippy, documentation, licences, all tests, the page in Chromium
  bench    measure beside the reference tools [metrics | rows | million | engine]
  torture  kill Chromium 200 times while a project changes [or as often as said]
  codec    run the typed calls under node and in Chromium";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let task = arguments.next().unwrap_or_default();
    let outcome = match task.as_str() {
        "serve" => build::quick().and_then(|page| serve::forever(&page)),
        "build" => build::dist().map(|page| println!("The page is in {}", page.display())),
        "test" => check::all(),
        "bench" => bench::compare(arguments.next().as_deref()),
        "torture" => check::torture(arguments.next().as_deref()),
        "codec" => codec::check(),
        "trunk-hook" => trunk::hook(),
        _ => Err(USAGE.to_owned()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("xtask: {sentence}");
            ExitCode::FAILURE
        }
    }
}
