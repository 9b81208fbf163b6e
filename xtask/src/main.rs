//! `cargo xtask serve | build | test | firefox | bench | torture | screens | reproduce | codec`: everything a fresh machine needs, in one place. Each
//! step says what it does and how long it took.

use std::process::ExitCode;
use xtask::{bench, build, check, codec, reproduce, serve, trunk};

const USAGE: &str = "usage: cargo xtask COMMAND

  serve      build the page with a quicker profile and serve it at http://127.0.0.1:8080
  build      build the optimised page in dist/ and hold it to its budgets
             [--single-file: and the page as one file] [--quick: in target/, with the profile of serve]
  test       format, clippy, documentation, licences, all tests, the page in Chromium
  firefox    the page's tests in Firefox, but for those that need what only Chromium has [names of tests]
  bench      measure beside the reference tools [metrics | rows | million | engine]
  torture    kill Chromium 200 times while a project changes [or as often as said]
  screens    take pictures of every page, into docs/screens/
             [--compare: the main pages with the pictures that are kept of them] [--accept: keep new ones]
  reproduce  build the optimised page twice, in two folders, and compare every file [--quick: with the profile of serve]
  codec      run the typed calls under node and in Chromium";

/// Builds the optimised page, or what the options ask for.
fn built(options: &[String]) -> Result<(), String> {
    let options: Vec<&str> = options.iter().map(String::as_str).collect();
    let page = match options[..] {
        [] => build::dist(),
        ["--quick"] => build::quick(),
        ["--single-file"] => build::dist_single_file(),
        ["--single-file", "--quick"] | ["--quick", "--single-file"] => build::quick_single_file(),
        _ => Err(USAGE.to_owned()),
    };
    page.map(|page| println!("The page is in {}", page.display()))
}

/// Takes pictures, or compares them.
fn screens(options: &[String]) -> Result<(), String> {
    match options {
        [] => check::screens(),
        [option] if option == "--compare" => check::pictures(false),
        [option] if option == "--accept" => check::pictures(true),
        _ => Err(USAGE.to_owned()),
    }
}

/// Builds twice and compares.
fn reproduced(options: &[String]) -> Result<(), String> {
    match options {
        [] => reproduce::check(false),
        [option] if option == "--quick" => reproduce::check(true),
        _ => Err(USAGE.to_owned()),
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let argument = |place: usize| arguments.get(place).map(String::as_str);
    let rest = arguments.get(1..).unwrap_or_default();
    let outcome = match argument(0).unwrap_or_default() {
        "serve" => build::quick().and_then(|page| serve::forever(&page)),
        "build" => built(rest),
        "test" => check::all(),
        "firefox" => check::firefox(rest),
        "bench" => bench::compare(argument(1)),
        "torture" => check::torture(argument(1)),
        "screens" => screens(rest),
        "reproduce" => reproduced(rest),
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
