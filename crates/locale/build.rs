//! Writes, for each language and each part of `parts/`, the messages of that part out of the language's file in
//! `www/locales/`, so that a program that says little need not carry every message.

use std::path::{Path, PathBuf};
use std::{env, fs};

/// Keys of messages, or their beginnings (written with `*`).
struct Part {
    name: String,
    keys: Vec<String>,
}

impl Part {
    fn read(path: &Path) -> Self {
        let text = fs::read_to_string(path).expect("a part's list can be read");
        let lines = text
            .lines()
            .filter(|l| !l.starts_with('#') && !l.is_empty());
        Self {
            name: path
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned(),
            keys: lines.map(str::to_owned).collect(),
        }
    }

    fn has(&self, key: &str) -> bool {
        self.keys.iter().any(|known| match known.strip_suffix('*') {
            Some(beginning) => key.starts_with(beginning),
            None => known == key,
        })
    }

    /// The part's messages of a Fluent file: each begins with its key at the beginning of a line, and what follows is
    /// indented.
    fn messages(&self, file: &str) -> String {
        let mut out = String::new();
        let mut is_kept = false;
        for line in file.lines() {
            if let Some((key, _)) = line.split_once(" =").filter(|(k, _)| is_key(k)) {
                is_kept = self.has(key);
            } else if !line.starts_with([' ', '}']) {
                is_kept = false;
            }
            if is_kept {
                out.push_str(line);
                out.push('\n');
            }
        }
        out
    }
}

fn is_key(text: &str) -> bool {
    let is_letter =
        |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
    text.starts_with(|c: char| c.is_ascii_lowercase()) && text.chars().all(is_letter)
}

fn files_in(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder is there");
    let paths = entries.filter_map(|entry| entry.ok().map(|e| e.path()));
    paths
        .filter(|p| p.extension().is_some_and(|e| e == extension))
        .collect()
}

fn main() {
    let own = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo names it"));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo names it"));
    let locales = own.join("../../www/locales");
    println!("cargo::rerun-if-changed=parts");
    println!("cargo::rerun-if-changed={}", locales.display());
    for part in files_in(&own.join("parts"), "txt") {
        let part = Part::read(&part);
        for file in files_in(&locales, "ftl") {
            let text = fs::read_to_string(&file).expect("a language's file can be read");
            let language = file.file_stem().unwrap_or_default().to_string_lossy();
            let to = out.join(format!("{language}.{}.ftl", part.name));
            fs::write(to, part.messages(&text)).expect("cargo's folder can be written");
        }
    }
}
