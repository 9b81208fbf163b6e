//! The page: both programs compiled for wasm32, bound by wasm-bindgen (as a library, so that no
//! tool has to be installed and its version is the locked one), laid beside the files of `www/`.

use crate::process::{Step, root, run};
use sha2::Digest;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

const TARGET: &str = "wasm32-unknown-unknown";

/// Files that few need: kept for use without a network once they were asked for, and not before.
const LAZY: [&str; 2] = ["wordnet.bin", "jieba.bin"];

/// The same within the folder of Python.
const LAZY_PYTHON: [&str; 7] = [
    "python/pyodide.mjs",
    "python/pyodide.asm.mjs",
    "python/pyodide.asm.wasm",
    "python/python_stdlib.zip",
    "python/pyodide-lock.json",
    "python/program.js",
    "python/sandbox.html",
];

/// Where the built page lies.
pub fn folder() -> PathBuf {
    root().join("dist")
}

/// Builds `dist/`, ready for any static folder.
pub fn dist() -> Result<PathBuf, String> {
    crate::tools::wasm_target()?;
    let arguments = [
        "build",
        "--release",
        "--locked",
        "--bins",
        "--package",
        "assay",
        "--package",
        "assay-web",
        "--target",
        TARGET,
    ];
    run(Step::cargo("the page's programs", &arguments))?;
    let start = Instant::now();
    println!("== the page's files");
    let dist = folder();
    if dist.exists() {
        fs::remove_dir_all(&dist).map_err(|e| at(&dist, &e))?;
    }
    fs::create_dir_all(&dist).map_err(|e| at(&dist, &e))?;
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or(root().join("target"), PathBuf::from);
    for name in ["app", "worker", "model"] {
        let program = target
            .join(TARGET)
            .join("release")
            .join(format!("{name}.wasm"));
        wasm_bindgen_cli_support::Bindgen::new()
            .input_path(program)
            .web(true)
            .and_then(|b| b.typescript(false).out_name(name).generate(&dist))
            .map_err(|e| format!("wasm-bindgen: {e:#}"))?;
    }
    let www = root().join("www");
    copy(&root().join("index.html"), &dist.join("index.html"))?;
    styles(&www.join("styles"), &dist.join("assay.css"))?;
    for name in [
        "boot.js",
        "worker-boot.js",
        "model-boot.js",
        "icon.svg",
        "manifest.webmanifest",
        "wordnet-licence.txt",
        "jieba-licence.txt",
    ] {
        copy(&www.join(name), &dist.join(name))?;
    }
    for name in LAZY {
        copy(&www.join(name), &dist.join(name))?;
    }
    match crate::tools::default_model() {
        Ok(model) => lay_model(&model, &dist.join("models"))?,
        // The page is whole without it, and says that a model has to be chosen.
        Err(sentence) => println!("== without the default model: {sentence}"),
    }
    match crate::tools::default_encoder() {
        Ok(encoder) => {
            let to = dist
                .join("models")
                .join(encoder.file_name().unwrap_or_default());
            for file in files_of(&encoder)? {
                lay_model(&file, &to)?;
            }
        }
        Err(sentence) => println!("== without the default encoder: {sentence}"),
    }
    match crate::tools::python() {
        Ok(python) => lay_python(&python, &www.join("python"), &dist.join("python"))?,
        Err(sentence) => println!("== without Python for programs: {sentence}"),
    }
    offline(&www.join("offline.js"), &dist)?;
    println!(
        "== the page's files: {:.1} s",
        start.elapsed().as_secs_f64()
    );
    Ok(dist)
}

/// Puts the default model beside the page; the same bytes need no second place on the disk.
fn lay_model(model: &Path, folder: &Path) -> Result<(), String> {
    fs::create_dir_all(folder).map_err(|e| at(folder, &e))?;
    let to = folder.join(model.file_name().unwrap_or_default());
    match fs::hard_link(model, &to) {
        Ok(()) => Ok(()),
        Err(_) => copy(model, &to),
    }
}

/// Puts Pyodide beside the page, with the sandbox's document: its script stands in it, and its policy names
/// that script by its hash, so that nothing else can be loaded there.
fn lay_python(from: &Path, own: &Path, to: &Path) -> Result<(), String> {
    fs::create_dir_all(to).map_err(|e| at(to, &e))?;
    for name in crate::tools::python_files() {
        copy(&from.join(name), &to.join(name))?;
    }
    // Of the list of packages only the versions are needed: no package is ever loaded.
    let lock = from.join("pyodide-lock.json");
    let text = fs::read_to_string(&lock).map_err(|e| at(&lock, &e))?;
    let mut list: serde_json::Value =
        serde_json::from_str(&text).map_err(|e| format!("{}: {e}", lock.display()))?;
    list["packages"] = serde_json::json!({});
    let lock = to.join("pyodide-lock.json");
    fs::write(&lock, list.to_string()).map_err(|e| at(&lock, &e))?;
    for name in ["program.js", "licence.txt"] {
        copy(&own.join(name), &to.join(name))?;
    }
    let read = |name: &str| fs::read_to_string(own.join(name)).map_err(|e| at(&own.join(name), &e));
    let (script, page) = (read("sandbox.js")?, read("sandbox.html")?);
    let hash = data_encoding::BASE64.encode(&sha2::Sha256::digest(script.as_bytes()));
    let page = page
        .replace("__HASH__", &format!("'sha256-{hash}'"))
        .replace("__SCRIPT__", &script);
    let path = to.join("sandbox.html");
    fs::write(&path, page).map_err(|e| at(&path, &e))
}

/// One style sheet out of all; the first by name holds the order of layers.
fn styles(folder: &Path, to: &Path) -> Result<(), String> {
    let mut text = String::new();
    for file in files_of(folder)? {
        text.push_str(&fs::read_to_string(&file).map_err(|e| at(&file, &e))?);
    }
    fs::write(to, text).map_err(|e| at(to, &e))
}

/// The files in a folder, by name.
fn files_of(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .map_err(|e| at(folder, &e))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.is_file())
        .collect();
    files.sort();
    Ok(files)
}

fn copy(from: &Path, to: &Path) -> Result<(), String> {
    fs::copy(from, to).map(|_| ()).map_err(|e| at(from, &e))
}

fn at(path: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}", path.display())
}

/// Writes the service worker with the list of files and a digest of what they hold, so that a new
/// build replaces the kept one.
fn offline(template: &Path, dist: &Path) -> Result<(), String> {
    let files = files_of(dist)?;
    let mut digest: u64 = 0xcbf2_9ce4_8422_2325;
    let mut names = vec!["\"./\"".to_owned()];
    for file in &files {
        for byte in fs::read(file).map_err(|e| at(file, &e))? {
            digest = (digest ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        if !LAZY.contains(&&*name) {
            names.push(format!("\"./{name}\""));
        }
    }
    let text = fs::read_to_string(template).map_err(|e| at(template, &e))?;
    let text = text
        .replace("__FILES__", &format!("[{}]", names.join(", ")))
        .replace(
            "__LAZY__",
            &format!("{:?}", [&LAZY[..], &LAZY_PYTHON].concat()),
        )
        .replace("__DIGEST__", &format!("{digest:016x}"));
    let path = dist.join("offline.js");
    fs::write(&path, text).map_err(|e| at(&path, &e))
}
