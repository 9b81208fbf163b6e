//! wasm-opt over the bound programs, out of the npm package `binaryen`.

use crate::files::at;
use crate::process::{Step, start};
use crate::programs::{Goal, PROGRAMS};
use std::path::Path;

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
    let mut running = Vec::new();
    for program in PROGRAMS {
        let from = folder.join(format!("{}_bg.wasm", program.name));
        let to = from.with_extension("smaller");
        // What wasm-opt inlines, or computes once in place of twice, makes a program shorter, but its parts less alike,
        // so that it is larger after gzip.
        let how: &[&str] = match program.goal {
            Goal::Size => &[
                "-Oz",
                "--skip-pass=inlining-optimizing",
                "--skip-pass=local-cse",
            ],
            Goal::Speed => &["-O3"],
        };
        let (input, output) = (from.display().to_string(), to.display().to_string());
        let arguments = [&tool, "-o", &output, &input];
        let step = Step::new(&format!("wasm-opt, {}", program.name), "node", &arguments);
        running.push((start(step.and(how).and(&FEATURES))?, from, to));
    }
    for (step, from, to) in running {
        step.finish()?;
        std::fs::rename(&to, &from).map_err(|e| at(&to, &e))?;
    }
    Ok(true)
}
