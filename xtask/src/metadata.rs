//! What cargo knows of the workspace and of what it depends on.

use crate::process::{cargo, root};
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};
use std::process::Command;

/// `cargo metadata` for all platforms.
pub fn all() -> Result<Value, String> {
    metadata(&[])
}

/// What is linked into the programs of the packages for the target: normal dependencies of normal
/// dependencies, without what only runs while building.
pub fn linked(programs: &BTreeSet<&str>, target: &str) -> Result<Vec<Value>, String> {
    let metadata = metadata(&["--filter-platform", target])?;
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let by_id = |values: &Value| -> HashMap<String, Value> {
        let values = list(values).into_iter();
        values.map(|value| (text(&value["id"]), value)).collect()
    };
    let packages = by_id(&metadata["packages"]);
    let nodes = by_id(&metadata["resolve"]["nodes"]);
    let of_workspace = packages.values().filter(|p| p["source"].is_null());
    let first = of_workspace.filter(|p| programs.contains(text(&p["name"]).as_str()));
    let mut open: Vec<String> = first.map(|p| text(&p["id"])).collect();
    let mut seen = BTreeSet::new();
    while let Some(id) = open.pop() {
        if is_macro(&packages[&id]) || !seen.insert(id.clone()) {
            continue;
        }
        for dependency in list(&nodes[&id]["deps"]) {
            let mut kinds = list(&dependency["dep_kinds"]).into_iter();
            if kinds.any(|kind| kind["kind"].is_null()) {
                open.push(text(&dependency["pkg"]));
            }
        }
    }
    let mut linked: Vec<Value> = seen.iter().map(|id| packages[id].clone()).collect();
    linked.sort_by_key(|p| (text(&p["name"]), text(&p["version"])));
    Ok(linked)
}

/// A JSON string's text; empty for anything else.
pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn is_macro(package: &Value) -> bool {
    let targets = package["targets"].as_array();
    let kinds = targets.into_iter().flatten().map(|t| &t["kind"]);
    kinds
        .filter_map(Value::as_array)
        .flatten()
        .any(|kind| kind == "proc-macro")
}

fn metadata(arguments: &[&str]) -> Result<Value, String> {
    let output = Command::new(cargo())
        .args(["metadata", "--format-version", "1", "--locked"])
        .args(arguments)
        .current_dir(root())
        .output()
        .map_err(|e| format!("cargo metadata can't be started: {e}"))?;
    if !output.status.success() {
        let printed = String::from_utf8_lossy(&output.stderr);
        return Err(format!("cargo metadata failed: {printed}"));
    }
    serde_json::from_slice(&output.stdout).map_err(|e| format!("cargo metadata: {e}"))
}
