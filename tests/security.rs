//! docs/security.md names tests: each of them is there. A promise whose test was removed or renamed is noticed.

use std::path::Path;

/// The texts between backticks of a line, in order.
fn quoted(line: &str) -> Vec<&str> {
    line.split('`').skip(1).step_by(2).collect()
}

/// Whether a text is the path of a source file.
fn is_source(text: &str) -> bool {
    text.contains('/') && text.ends_with(".rs")
}

/// Whether a text is a test's name: words joined by underscores.
fn is_test(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    text.contains('_') && text.chars().all(plain)
}

#[test]
fn every_test_that_the_page_on_security_names_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = std::fs::read_to_string(root.join("docs/security.md")).unwrap();
    let mut found = 0;
    for line in page.lines() {
        for pair in quoted(line).windows(2) {
            let [path, name] = [pair[0], pair[1]];
            if !is_source(path) || !is_test(name) {
                continue;
            }
            let source = std::fs::read_to_string(root.join(path));
            let source = source.unwrap_or_else(|error| panic!("{path}: {error}"));
            assert!(
                source.contains(&format!("fn {name}(")),
                "{path} has no test {name}"
            );
            found += 1;
        }
    }
    let rows = page
        .lines()
        .filter(|line| line.starts_with("| ") && line.contains(".rs`"));
    let rows = rows.count();
    assert!(found >= rows && rows > 20, "{found} tests in {rows} rows");
}

#[test]
fn every_file_that_it_names_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = std::fs::read_to_string(root.join("docs/security.md")).unwrap();
    let endings = [".rs", ".js", ".html", ".py", ".md", ".toml"];
    for name in page.lines().flat_map(quoted) {
        let is_path = endings.iter().any(|ending| name.ends_with(ending)) && !name.contains(' ');
        assert!(!is_path || root.join(name).is_file(), "{name} is missing");
    }
}
