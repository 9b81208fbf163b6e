//! Holds the dependencies to `deny.toml`: by cargo-deny where it is installed, else by what cargo itself
//! knows of licences and sources.

use crate::files::read_text;
use crate::process::{Step, cargo, root, run};
use crate::{metadata, spdx};
use serde_json::Value;
use std::path::Path;
use std::process::Command;

/// How cargo names crates.io as a source, also where a machine fetches from a mirror of it.
const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// The folder where cargo-deny keeps the list of known vulnerabilities.
const ADVISORIES: &str = "advisory-dbs";

/// Checks licences and sources, and advisories where a list of them is there.
pub fn check() -> Result<(), String> {
    let installed = Command::new(cargo())
        .args(["deny", "--version"])
        .output()
        .is_ok_and(|o| o.status.success());
    if installed {
        let deny = ["deny", "--workspace", "check"];
        let step = Step::cargo("licences and sources", &deny);
        run(step.and(&["licenses", "bans", "sources"]))?;
        if !has_advisories() {
            println!("== advisories are skipped: no list of them is on this machine");
            return Ok(());
        }
        let deny = ["deny", "--workspace", "--offline", "check", "advisories"];
        return run(Step::cargo("advisories", &deny));
    }
    println!(
        "== licences and sources after deny.toml, by cargo's metadata; cargo-deny is not installed, so advisories are skipped"
    );
    let path = root().join("deny.toml");
    let rules =
        basic_toml::from_str(&read_text(&path)?).map_err(|e| format!("{}: {e}", path.display()))?;
    let faults = faults(&rules, &metadata::all()?);
    if faults.is_empty() {
        return Ok(());
    }
    Err(format!("deny.toml does not allow:\n{}", faults.join("\n")))
}

/// Whether `cargo deny fetch` was once run here.
fn has_advisories() -> bool {
    let home = std::env::var_os("CARGO_HOME").map(Into::into).or_else(|| {
        let home = std::env::var_os("HOME")?;
        Some(Path::new(&home).join(".cargo"))
    });
    home.is_some_and(|home: std::path::PathBuf| home.join(ADVISORIES).is_dir())
}

/// What breaks the rules, one line per crate and reason.
fn faults(rules: &Value, metadata: &Value) -> Vec<String> {
    let packages = metadata["packages"].as_array().into_iter().flatten();
    // The workspace's own crates have no source, and are not checked.
    let foreign = packages.filter(|package| !package["source"].is_null());
    let mut faults = Vec::new();
    for package in foreign {
        let name = package["name"].as_str().unwrap_or_default();
        let source = package["source"].as_str().unwrap_or_default();
        if source != CRATES_IO {
            faults.push(format!("{name}: comes from {source}, not from crates.io"));
        }
        let Some(licence) = package["license"].as_str() else {
            faults.push(format!("{name}: names no licence"));
            continue;
        };
        match spdx::is_met(licence, &|one| is_allowed(rules, name, one)) {
            Ok(true) => {}
            Ok(false) => faults.push(format!("{name}: {licence}")),
            Err(sentence) => faults.push(format!("{name}: {sentence}")),
        }
    }
    faults
}

fn is_allowed(rules: &Value, package: &str, licence: &str) -> bool {
    let lists = |value: &Value| {
        let mut names = value.as_array().into_iter().flatten();
        names.any(|name| name == licence)
    };
    let exceptions = rules["licenses"]["exceptions"].as_array();
    let mut exceptions = exceptions.into_iter().flatten();
    lists(&rules["licenses"]["allow"])
        || exceptions.any(|e| e["crate"] == package && lists(&e["allow"]))
}

#[cfg(test)]
mod tests {
    use super::{CRATES_IO, faults};
    use serde_json::json;

    #[test]
    fn a_licence_or_a_source_that_is_not_allowed_is_named() {
        let rules = json!({"licenses": {
            "allow": ["MIT"],
            "exceptions": [{"crate": "driver", "allow": ["MPL-2.0"]}],
        }});
        let registry = CRATES_IO;
        let metadata = json!({"packages": [
            {"name": "fine", "license": "MIT OR GPL-3.0", "source": registry},
            {"name": "driver", "license": "MPL-2.0", "source": registry},
            {"name": "other", "license": "MPL-2.0", "source": registry},
            {"name": "silent", "license": null, "source": registry},
            {"name": "fork", "license": "MIT", "source": "git+https://example.org/fork"},
            {"name": "copy", "license": "MIT", "source": "registry+https://example.org/crates.io-index"},
            {"name": "own", "license": null, "source": null},
        ]});
        let expected = [
            "other: MPL-2.0",
            "silent: names no licence",
            "fork: comes from git+https://example.org/fork, not from crates.io",
            "copy: comes from registry+https://example.org/crates.io-index, not from crates.io",
        ];
        assert_eq!(faults(&rules, &metadata), expected);
    }
}
