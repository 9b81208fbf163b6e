//! `licences.txt` of the built page: Assay's licences, those of all crates that are linked into its programs,
//! and those of the models, with their texts.

use crate::build::TARGET;
use crate::files::{self, files_in, read_text};
use crate::metadata::{self, text};
use crate::process::root;
use crate::programs::packages;
use crate::spdx;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;
use std::path::{Path, PathBuf};

const HEAD: &str = "\
Assay is licensed under MIT or Apache-2.0, as you choose; both texts stand below. Its programs hold the crates
of the list after them and Rust's standard library (MIT or Apache-2.0, The Rust Project Developers).
WordNet, the Chinese dictionary and Pyodide have their licences beside them: wordnet-licence.txt,
jieba-licence.txt and python/licence.txt.

Models
  SmolLM2-135M-Instruct, Hugging Face: Apache-2.0
  all-MiniLM-L6-v2, sentence-transformers: Apache-2.0
";

const MIT: &str = "\
Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the \"Software\"), to deal in the Software without restriction, including without
limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the
Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions
of the Software.

THE SOFTWARE IS PROVIDED \"AS IS\", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO
THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF
CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER
DEALINGS IN THE SOFTWARE.
";

const RULE: &str =
    "\n--------------------------------------------------------------------------------\n\n";

/// Writes the file.
pub fn write(to: &Path) -> Result<(), String> {
    files::write(to, contents()?)
}

/// What stands in the file.
fn contents() -> Result<String, String> {
    let crates: Vec<Crate> = metadata::linked(&packages(), TARGET)?
        .iter()
        .filter(|package| !package["source"].is_null())
        .map(Crate::of)
        .collect();
    let mut by_repository = HashMap::new();
    for one in &crates {
        let texts = one.texts()?;
        if !texts.is_empty() {
            by_repository.insert(one.repository.as_str(), texts);
        }
    }
    // Crates with exactly the same text share it.
    let mut groups: BTreeMap<String, Vec<&Crate>> = BTreeMap::new();
    for one in &crates {
        let own = one.texts()?;
        let texts = match by_repository.get(one.repository.as_str()) {
            Some(siblings) if own.is_empty() => siblings.clone(),
            _ if own.is_empty() => vec![one.standard_text()?],
            _ => own,
        };
        groups.entry(texts.join("\n\n")).or_default().push(one);
    }
    let mut out = String::from(HEAD);
    for name in ["LICENSE-MIT", "LICENSE-APACHE"] {
        out.push_str(RULE);
        out.push_str(&read_text(&root().join(name))?);
    }
    for (text, crates) in groups {
        out.push_str(RULE);
        for one in crates {
            // Writing to a string can't fail.
            let _ = writeln!(out, "{} {}: {}", one.name, one.version, one.licence);
        }
        out.push('\n');
        out.push_str(&text);
    }
    Ok(out)
}

/// A crate, with the metadata that is printed.
struct Crate {
    name: String,
    version: String,
    licence: String,
    repository: String,
    authors: String,
    folder: PathBuf,
}

impl Crate {
    fn of(package: &Value) -> Self {
        let authors = package["authors"].as_array().into_iter().flatten();
        // A copyright notice needs names; the addresses that follow them are left out.
        let name_of = |author: &Value| {
            text(author)
                .split('<')
                .next()
                .unwrap_or_default()
                .trim()
                .to_owned()
        };
        let authors: Vec<String> = authors.map(name_of).collect();
        let name = text(&package["name"]);
        let manifest = PathBuf::from(text(&package["manifest_path"]));
        // Crates of one repository point at their own folders in it.
        let repository = text(&package["repository"]);
        let repository = repository.split("/tree/").next().unwrap_or_default();
        Self {
            authors: match authors.is_empty() {
                true => format!("the authors of {name}"),
                false => authors.join(", "),
            },
            version: text(&package["version"]),
            licence: text(&package["license"]),
            repository: match repository.is_empty() {
                true => name.clone(),
                false => repository.to_owned(),
            },
            folder: manifest.parent().map(PathBuf::from).unwrap_or_default(),
            name,
        }
    }

    /// Whether one of the choices that the crate leaves is this licence alone.
    fn offers(&self, licence: &str) -> Result<bool, String> {
        spdx::is_met(&self.licence, &|one| one == licence)
            .map_err(|e| format!("{}: {e}", self.name))
    }

    /// The texts of its licences, as in its package: of several to choose from, MIT's.
    fn texts(&self) -> Result<Vec<String>, String> {
        const STARTS: [&str; 6] = [
            "LICEN",
            "COPYING",
            "COPYRIGHT",
            "NOTICE",
            "UNLICENSE",
            "MIT",
        ];
        let mut found = files_in(&self.folder)?;
        let name = |path: &PathBuf| {
            let name = path.file_name().unwrap_or_default();
            name.to_string_lossy().to_uppercase()
        };
        found.retain(|path| STARTS.iter().any(|s| name(path).starts_with(s)));
        if self.offers("MIT")? && found.iter().any(|path| name(path).contains("MIT")) {
            found.retain(|path| name(path).contains("MIT") || name(path).starts_with("NOTICE"));
        }
        let read = |path: &PathBuf| Ok(read_text(path)?.trim_end().replace("\r\n", "\n"));
        found.iter().map(read).collect()
    }

    /// The licence's standard text, for a crate whose package has none.
    fn standard_text(&self) -> Result<String, String> {
        if self.offers("MIT")? {
            return Ok(format!("Copyright (c) {}\n\n{MIT}", self.authors));
        }
        if self.offers("Apache-2.0")? {
            return read_text(&root().join("LICENSE-APACHE"));
        }
        Err(format!(
            "{} ({}) has no text of its licence, and no crate of its repository has one",
            self.name, self.licence
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::process::cargo;
    use std::process::Command;

    /// The crates of the programs as `cargo tree` lists them, which knows nothing of this file's own way.
    fn crates_of_programs() -> Vec<(String, String)> {
        let mut tree = Command::new(cargo());
        tree.args(["tree", "--locked", "--target", TARGET, "--prefix", "none"]);
        tree.args([
            "--edges",
            "normal,no-proc-macro",
            "--no-dedupe",
            "--format",
            "{p}",
        ]);
        for package in packages() {
            tree.args(["--package", package]);
        }
        let output = tree
            .current_dir(root())
            .output()
            .expect("cargo can be started");
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        let text = String::from_utf8(output.stdout).expect("cargo prints text");
        // Packages of the workspace have a path behind their version.
        let lines = text
            .lines()
            .filter(|line| !line.is_empty() && !line.contains(" ("));
        let parts = lines.filter_map(|line| line.split_once(" v"));
        let mut crates: Vec<(String, String)> = parts
            .map(|(name, version)| (name.to_owned(), version.to_owned()))
            .collect();
        crates.sort();
        crates.dedup();
        crates
    }

    #[test]
    fn every_crate_of_the_programs_is_named_above_the_text_of_its_licence() {
        let contents = contents().unwrap();
        let crates = crates_of_programs();
        assert!(crates.len() > 100, "{}", crates.len());
        let sections: Vec<&str> = contents.split(RULE).collect();
        for (name, version) in crates {
            let line = format!("{name} {version}: ");
            let section = sections
                .iter()
                .find(|s| s.lines().any(|l| l.starts_with(&line)));
            let section = section.unwrap_or_else(|| panic!("{name} {version} is missing"));
            let (_, text) = section
                .split_once("\n\n")
                .expect("a text follows the names");
            assert!(
                text.len() > 200,
                "{name} has no text of its licence: {text}"
            );
        }
    }

    #[test]
    fn assays_own_licences_and_what_is_beside_the_programs_are_named() {
        let contents = contents().unwrap();
        for own in ["LICENSE-MIT", "LICENSE-APACHE"] {
            assert!(
                contents.contains(&read_text(&root().join(own)).unwrap()),
                "{own}"
            );
        }
        for model in ["SmolLM2-135M-Instruct", "all-MiniLM-L6-v2"] {
            assert!(contents.contains(model), "{model}");
        }
        for file in [
            "wordnet-licence.txt",
            "jieba-licence.txt",
            "python/licence.txt",
        ] {
            assert!(contents.contains(file), "{file} is named");
            let text = read_text(&root().join("www").join(file)).unwrap();
            assert!(text.len() > 200, "{file} holds a licence");
        }
    }
}
