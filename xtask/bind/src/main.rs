//! Binds compiled programs to JavaScript: `assay-bind [--keep-names] [--node] FOLDER PROGRAM.wasm …` writes
//! `PROGRAM.js` and `PROGRAM_bg.wasm` into the folder, for browsers or for node. It uses wasm-bindgen as a library, so
//! that no tool has to be installed and the version is the locked one. `assay-bind --order PROGRAM_bg.wasm …` names the
//! functions of programs after the order in which they are smallest when they are sent (see `order`).

mod order;

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut takes = |option: &str| {
        let before = arguments.len();
        arguments.retain(|argument| argument != option);
        arguments.len() < before
    };
    let orders = takes("--order");
    let names = match takes("--keep-names") {
        true => Names::Kept,
        false => Names::Removed,
    };
    let host = match takes("--node") {
        true => Host::Node,
        false => Host::Browser,
    };
    if orders {
        return each(&arguments, &order::name_file);
    }
    let Some((folder, programs)) = arguments.split_first() else {
        eprintln!(
            "usage: assay-bind [--keep-names] [--node] FOLDER PROGRAM.wasm …, or assay-bind --order PROGRAM_bg.wasm …"
        );
        return ExitCode::FAILURE;
    };
    each(programs, &|program| {
        bind(Path::new(folder), program, names, host)
    })
}

/// Does it with each of the programs, all at the same time.
fn each(programs: &[String], work: &(dyn Fn(&Path) -> Result<(), String> + Sync)) -> ExitCode {
    let outcomes: Vec<Result<(), String>> = std::thread::scope(|scope| {
        let threads: Vec<_> = programs
            .iter()
            .map(|program| scope.spawn(|| work(Path::new(program))))
            .collect();
        let panicked = |_| Err("the tool panicked".to_owned());
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap_or_else(panicked))
            .collect()
    });
    let mut code = ExitCode::SUCCESS;
    for (program, outcome) in programs.iter().zip(outcomes) {
        if let Err(sentence) = outcome {
            eprintln!("{program}: {sentence}");
            code = ExitCode::FAILURE;
        }
    }
    code
}

/// Whether functions keep the names that a backtrace shows.
#[derive(Clone, Copy)]
enum Names {
    Kept,
    Removed,
}

/// What runs the program.
#[derive(Clone, Copy)]
enum Host {
    Browser,
    Node,
}

fn bind(folder: &Path, program: &Path, names: Names, host: Host) -> Result<(), String> {
    let name = program
        .file_stem()
        .and_then(|stem| stem.to_str())
        .ok_or("the program's file has no name")?;
    let mut bindgen = wasm_bindgen_cli_support::Bindgen::new();
    bindgen
        .input_path(program)
        .remove_name_section(matches!(names, Names::Removed));
    let bindgen = match host {
        Host::Browser => bindgen.web(true),
        Host::Node => bindgen.nodejs(true),
    };
    bindgen
        .and_then(|b| b.typescript(false).out_name(name).generate(folder))
        .map_err(|e| format!("wasm-bindgen: {e:#}"))
}
