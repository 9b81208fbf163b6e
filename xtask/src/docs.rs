//! What the documents for contributors say about the tree: every path that they name in backticks has to exist.

/// How a word in backticks starts that is taken for a path, from the repository's root.
pub const FOLDERS: [&str; 9] = [
    "crates/",
    "src/",
    "tests/",
    "www/",
    "xtask/",
    "fuzz/",
    "docs/",
    "benches/",
    "examples/",
];

/// The paths in a Markdown text: words in backticks that start with one of [`FOLDERS`].
pub fn paths(markdown: &str) -> Vec<&str> {
    let quoted = markdown.split('`').skip(1).step_by(2);
    quoted
        .filter(|word| FOLDERS.iter().any(|folder| word.starts_with(folder)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::paths;
    use crate::process::root;
    use std::fs;

    #[test]
    fn paths_are_found_between_backticks_only() {
        let text = "See `src/lib.rs` and src/no.rs; `cargo test` is none.\nIn `docs/`, `www/a.js`.";
        assert_eq!(paths(text), ["src/lib.rs", "docs/", "www/a.js"]);
    }

    #[test]
    fn every_path_in_the_documents_exists() {
        let mut missing = Vec::new();
        for document in ["ARCHITECTURE.md", "CONTRIBUTING.md"] {
            let text = fs::read_to_string(root().join(document)).unwrap();
            let named = paths(&text);
            assert!(named.len() > 20, "{document} names {} paths", named.len());
            let absent = named.into_iter().filter(|path| !root().join(path).exists());
            missing.extend(absent.map(|path| format!("{document}: {path}")));
        }
        assert!(missing.is_empty(), "{missing:#?}");
    }

    /// The words after `cargo xtask` in a text.
    fn commands(text: &str) -> impl Iterator<Item = &str> {
        let after = text.split("cargo xtask ").skip(1);
        after.map(|rest| {
            let is_part = |c: char| c.is_ascii_lowercase() || c == '-';
            rest.split(|c| !is_part(c)).next().unwrap_or_default()
        })
    }

    #[test]
    fn every_command_that_is_named_exists() {
        let known = fs::read_to_string(root().join("xtask/src/main.rs")).unwrap();
        for document in [
            "README.md",
            "ARCHITECTURE.md",
            "CONTRIBUTING.md",
            ".ci/run",
            ".github/workflows/pages.yml",
        ] {
            let text = fs::read_to_string(root().join(document)).unwrap();
            let mut count = 0;
            for command in commands(&text).filter(|command| !command.is_empty()) {
                let case = format!("        \"{command}\" => ");
                assert!(known.contains(&case), "{document}: cargo xtask {command}");
                count += 1;
            }
            assert!(count > 0, "{document} names a command");
        }
    }
}
