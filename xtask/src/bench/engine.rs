//! The default model's speed over a text of about 512 tokens: natively, in Chromium, and compared with wllama
//! (llama.cpp in the browser) in the same Chromium.

use super::{figures, in_chromium, list, target};
use crate::process::{Step, cargo, root, run};
use std::fs;
use std::path::{Path, PathBuf};

const WLLAMA: &str = "@wllama/wllama@3.8.1";
/// Characters of the project's own prose that make about 512 tokens.
const CHARACTERS: usize = 2350;

/// Prints all figures.
pub(super) fn compare() -> Result<(), String> {
    let model = crate::tools::default_model()?;
    let prose = fs::read_to_string(root().join("ARCHITECTURE.md")).map_err(|e| e.to_string())?;
    let text = target("bench-text.txt");
    let text_of = prose.chars().take(CHARACTERS).collect::<String>();
    fs::write(&text, text_of).map_err(|e| format!("{}: {e}", text.display()))?;
    let peer = wllama(&model)?;
    let (model, text) = (model.display().to_string(), text.display().to_string());
    println!("== the default model over the same text of about 512 tokens");
    let bench = ["bench", "-q", "--bench", "engine", "--", &model, &text];
    list(figures(&cargo(), &bench)?);
    let peer = peer.display().to_string();
    let environment = [
        ("ASSAY_TEXT", text.as_str()),
        ("ASSAY_WLLAMA", peer.as_str()),
    ];
    list(in_chromium("tokens_per_second", &environment)?);
    Ok(())
}

/// A folder with wllama, the model and a page to run them.
fn wllama(model: &Path) -> Result<PathBuf, String> {
    let folder = target("bench-wllama");
    let page = folder.join("page");
    fs::create_dir_all(&page).map_err(|e| e.to_string())?;
    let prefix = folder.display().to_string();
    let arguments = [
        "install",
        "--silent",
        "--no-save",
        "--prefix",
        &prefix,
        WLLAMA,
    ];
    run(Step::new("wllama, to compare with", "npm", &arguments))?;
    let package = folder.join("node_modules/@wllama/wllama/esm");
    for (from, to) in [
        (package.join("index.js"), "index.js"),
        (package.join("wasm/wllama.wasm"), "wllama.wasm"),
        (model.to_owned(), "model.gguf"),
    ] {
        let copied = fs::copy(&from, page.join(to));
        copied.map_err(|e| format!("{}: {e}", from.display()))?;
    }
    let html = "<!doctype html><title>wllama</title><p id=\"ready\"></p>";
    fs::write(page.join("index.html"), html).map_err(|e| e.to_string())?;
    Ok(page)
}
