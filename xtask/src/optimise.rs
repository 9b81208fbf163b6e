//! wasm-opt over the bound programs, out of the npm package `binaryen`.

use crate::build;
use crate::files::at;
use crate::process::{Step, run, start};
use crate::programs::{Goal, PROGRAMS, Program};
use std::path::{Path, PathBuf};

/// What the programs use beyond the first version of wasm; rustc compiles for these (.cargo/config.toml).
const FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--enable-simd",
];

/// Optimises all programs in the folder. Without wasm-opt it leaves them as they are, prints why, and returns
/// `false`.
pub fn all(folder: &Path) -> Result<bool, String> {
    let tool = match crate::tools::wasm_opt() {
        Ok(tool) => tool.display().to_string(),
        Err(sentence) => {
            println!("== without wasm-opt, so the programs are larger: {sentence}");
            return Ok(false);
        }
    };
    let smaller = |program: &Program| {
        let from = folder.join(format!("{}_bg.wasm", program.name));
        let step = format!("wasm-opt, {}", program.name);
        (step, from, passes(program.goal))
    };
    each(&tool, PROGRAMS.iter().map(smaller))?;
    in_order(&tool, folder)?;
    Ok(true)
}

/// What wasm-opt does for the goal. What it inlines, or computes once in place of twice, makes a program shorter, but
/// its parts less alike, so that it is larger after gzip.
fn passes(goal: Goal) -> &'static [&'static str] {
    match goal {
        Goal::Size => &[
            "-Oz",
            "--skip-pass=inlining-optimizing",
            "--skip-pass=local-cse",
        ],
        Goal::Speed => &["-O3"],
    }
}

/// Puts functions that are alike next to each other, which makes the programs smaller when they are sent: the binding
/// tool names them by their place, and wasm-opt sorts them by name and writes them without names.
fn in_order(tool: &str, folder: &Path) -> Result<(), String> {
    let files = PROGRAMS.map(|program| folder.join(format!("{}_bg.wasm", program.name)));
    let mut names = Step::new("the order of functions", &build::binder(), &["--order"]);
    for file in &files {
        names = names.and(&[&file.display().to_string()]);
    }
    run(names)?;
    let sorted = |file: PathBuf| {
        let step = format!("sorting functions, {}", file.display());
        (step, file, &["--reorder-functions-by-name"][..])
    };
    each(tool, files.into_iter().map(sorted))
}

/// Runs wasm-opt over each of the files, all at the same time, and puts what it wrote in its place.
fn each<'a>(
    tool: &str,
    files: impl Iterator<Item = (String, PathBuf, &'a [&'a str])>,
) -> Result<(), String> {
    let mut running = Vec::new();
    for (name, from, how) in files {
        let to = from.with_extension("smaller");
        let (input, output) = (from.display().to_string(), to.display().to_string());
        let step = Step::new(&name, "node", &[tool, "-o", &output, &input]);
        running.push((start(step.and(how).and(&FEATURES))?, from, to));
    }
    for (step, from, to) in running {
        step.finish()?;
        std::fs::rename(&to, &from).map_err(|e| at(&to, &e))?;
    }
    Ok(())
}
