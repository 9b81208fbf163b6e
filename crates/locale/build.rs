//! Writes the words of each language that stand in programs, and names the files with those that the page loads.

use std::path::PathBuf;
use std::{env, fs};

fn main() {
    let own = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo names it"));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo names it"));
    let (locales, parts) = (own.join("../../www/locales"), own.join("parts"));
    println!("cargo::rerun-if-changed={}", parts.display());
    println!("cargo::rerun-if-changed={}", locales.display());
    let files = assay_words::words_files(&locales, &parts).expect("the words can be read");
    for file in files {
        let part = file.part.as_deref().unwrap_or("all");
        let variable = format!("WORDS_{}_{}", file.language, part).to_uppercase();
        println!("cargo::rustc-env={variable}={}", file.name());
        let to = out.join(format!("{}.{part}.ftl", file.language));
        fs::write(to, &file.text).expect("cargo's folder can be written");
    }
}
