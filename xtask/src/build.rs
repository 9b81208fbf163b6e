//! The page: its programs compiled for wasm32, bound to JavaScript and optimised, together with the
//! files of `www/`, the models and Pyodide.

use crate::files::{copy, files_in, make_folder, read_text, write};
use crate::process::{Step, cargo_target, root, run, start};
use crate::programs::{self, PROGRAMS, Profile};
use crate::single_file::{self, Effort};
use crate::{budget, licences, lint, offline, optimise, paths, tools, words};
use sha2::Digest;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// The variable that programs are compiled with their build's id by.
pub const ID: &str = "ASSAY_BUILD";

/// What programs are compiled for.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// Files of `www/` that are copied into the built page unchanged.
const STATIC: [&str; 15] = [
    "boot.js",
    "new-version.js",
    "own-address.js",
    "worker-boot.js",
    "compute-boot.js",
    "model-boot.js",
    "reader-boot.js",
    "markup-boot.js",
    "rate-worker-boot.js",
    "icon.svg",
    "manifest.webmanifest",
    "wordnet.bin",
    "wordnet-licence.txt",
    "jieba.bin",
    "jieba-licence.txt",
];

/// The folder of the optimised page, ready for any static host.
pub fn folder() -> PathBuf {
    root().join("dist")
}

/// The folder of the page that is built quickly: what `cargo xtask serve` shows and the tests open.
pub fn quick_folder() -> PathBuf {
    root().join("target/page")
}

/// Builds the optimised page in `dist/` and holds it to the budgets of its size.
pub fn dist() -> Result<PathBuf, String> {
    optimised().map(|(dist, _)| dist)
}

/// The same, and the page as one file beside it, held to its budget.
pub fn dist_single_file() -> Result<PathBuf, String> {
    let (dist, optimised) = optimised()?;
    let to = dist.join(single_file::NAME);
    single_file::write_page(&dist, &to, Effort::Great)?;
    budget::check_single_file(&to, optimised)?;
    Ok(to)
}

/// The optimised page, and whether wasm-opt was there.
fn optimised() -> Result<(PathBuf, bool), String> {
    let dist = folder();
    empty(&dist)?;
    let optimised = page(&dist, Profile::Release)?;
    offline::write_service_worker(&root().join("www/offline.js"), &dist)?;
    budget::check(&dist, optimised)?;
    Ok((dist, optimised))
}

/// Builds the page quickly, for `cargo xtask serve` and for its tests.
pub fn quick() -> Result<PathBuf, String> {
    println!(
        "== the quicker profile `serve` (Cargo.toml); `cargo xtask build` makes the optimised page"
    );
    let to = quick_folder();
    empty(&to)?;
    page(&to, Profile::Serve)?;
    offline::write_service_worker(&root().join("www/offline.js"), &to)?;
    Ok(to)
}

/// The same as one file, beside the folder.
pub fn quick_single_file() -> Result<PathBuf, String> {
    let page = quick()?;
    let to = page.with_file_name(single_file::NAME);
    single_file::write_page(&page, &to, Effort::Quick)?;
    Ok(to)
}

fn empty(folder: &Path) -> Result<(), String> {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    }
    make_folder(folder)
}

/// Builds all of the page but its service worker into the folder; says whether wasm-opt was there.
pub fn page(to: &Path, profile: Profile) -> Result<bool, String> {
    compile_and_bind(to, profile)?;
    let optimised = profile == Profile::Release && optimise::all(to)?;
    let start = Instant::now();
    println!("== the page's files");
    let www = root().join("www");
    write(&to.join("index.html"), index()?)?;
    styles(&www.join("styles"), &to.join("assay.css"))?;
    for name in STATIC {
        copy(&www.join(name), &to.join(name))?;
    }
    example(&www.join("demo"), to)?;
    words::write_files(to)?;
    models(&to.join("models"))?;
    match tools::python() {
        Ok(python) => copy_python(&python, &www.join("python"), &to.join("python"))?,
        Err(sentence) => println!("== without Python for programs: {sentence}"),
    }
    licences::write(&to.join("licences.txt"))?;
    let effort = match profile {
        Profile::Release => Effort::Great,
        Profile::Serve => Effort::Quick,
    };
    single_file::write_raters_page(to, effort)?;
    paths::check(to)?;
    let seconds = start.elapsed().as_secs_f64();
    println!("== the page's files: {seconds:.1} s");
    Ok(optimised)
}

/// Compiles the programs and binds them. The tool that binds is compiled at the same time: for long
/// stretches the programs keep one core busy only.
fn compile_and_bind(to: &Path, profile: Profile) -> Result<(), String> {
    tools::wasm_target()?;
    let build_tool = ["build", "--quiet", "--locked", "--package", "assay-bind"];
    let binding_tool = start(Step::cargo("the tool that binds programs", &build_tool))?;
    let mut compile = compile("the page's programs", profile);
    for program in PROGRAMS {
        compile = compile.and(&["--bin", program.name]);
    }
    if profile == Profile::Release {
        // What is for people who work on the page.
        compile = compile.and(&["--no-default-features"]);
        // The quick page has none: a new id at each commit would compile all that depends on it again.
        compile = compile.with(ID, &id());
    }
    let compiled = run(compile);
    binding_tool.finish()?;
    compiled?;
    let built = cargo_target().join(TARGET).join(profile.name());
    let files = PROGRAMS.map(|p| built.join(format!("{}.wasm", p.name)).display().to_string());
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    // Backtraces on the console are worth the size where the page is looked at while it is made.
    let names: &[&str] = match profile {
        Profile::Release => &[],
        Profile::Serve => &["--keep-names"],
    };
    let bind = Step::new("binding programs", &binder(), names);
    run(bind.and(&[&to.display().to_string()]).and(&files))
}

/// The command that compiles for wasm32, without the programs that are wanted. Whatever these are, the page's packages
/// are named: cargo then compiles what they use with the same features, and each crate once.
pub fn compile(what: &str, profile: Profile) -> Step {
    let build = ["build", "--locked", "--target", TARGET, "--profile"];
    let mut compile = Step::cargo(what, &build).and(&[profile.name()]);
    compile = compile.and(&["--config", &paths::setting(TARGET)]);
    for package in programs::packages() {
        compile = compile.and(&["--package", package]);
    }
    lint::linted_if_asked(compile)
}

/// The build id of the optimised page's programs: the one that the environment gives, or the commit, or the version where
/// there is no repository.
pub fn id() -> String {
    if let Ok(given) = std::env::var(ID) {
        return given;
    }
    let described = Command::new("git")
        // Its whole beginning, and no tag: how git abbreviates depends on what else a clone has.
        .args([
            "describe",
            "--always",
            "--dirty",
            "--abbrev=12",
            "--exclude=*",
        ])
        .current_dir(root())
        .output()
        .ok()
        .filter(|output| output.status.success())
        .and_then(|output| String::from_utf8(output.stdout).ok());
    id_of(described.as_deref())
}

/// What git describes the commit as, or the version.
fn id_of(described: Option<&str>) -> String {
    let described = described.unwrap_or_default().trim();
    if described.is_empty() {
        env!("CARGO_PKG_VERSION").to_owned()
    } else {
        described.to_owned()
    }
}

/// The tool that binds programs, once it is compiled.
pub fn binder() -> String {
    cargo_target()
        .join("debug/assay-bind")
        .display()
        .to_string()
}

/// The page's document without the line that is for trunk alone.
pub fn index() -> Result<String, String> {
    let text = read_text(&root().join("index.html"))?;
    let lines = text.lines().filter(|line| !line.contains("data-trunk"));
    Ok(lines.map(|line| format!("{line}\n")).collect())
}

/// The files of the example, without the script that made them.
fn example(from: &Path, to: &Path) -> Result<(), String> {
    for file in files_in(from)? {
        let name = file.file_name().unwrap_or_default();
        if file.extension() != Some("py".as_ref()) {
            copy(&file, &to.join(name))?;
        }
    }
    Ok(())
}

/// The default models. Without them the page works, and says that a model has to be chosen.
fn models(to: &Path) -> Result<(), String> {
    match tools::default_model() {
        Ok(model) => add_model(&model, to)?,
        Err(sentence) => println!("== without the default model: {sentence}"),
    }
    match tools::default_encoder() {
        Ok(encoder) => {
            let to = to.join(encoder.file_name().unwrap_or_default());
            for file in files_in(&encoder)? {
                add_model(&file, &to)?;
            }
        }
        Err(sentence) => println!("== without the default encoder: {sentence}"),
    }
    Ok(())
}

/// Puts a model's file into the folder; the same bytes need no second place on the disk.
fn add_model(model: &Path, folder: &Path) -> Result<(), String> {
    make_folder(folder)?;
    let to = folder.join(model.file_name().unwrap_or_default());
    match fs::hard_link(model, &to) {
        Ok(()) => Ok(()),
        Err(_) => copy(model, &to),
    }
}

/// Copies Pyodide into the page, with the sandbox's document: its script is inside it, and its policy names
/// that script by its hash, so that nothing else can be loaded there.
fn copy_python(from: &Path, own: &Path, to: &Path) -> Result<(), String> {
    make_folder(to)?;
    for name in tools::python_files() {
        copy(&from.join(name), &to.join(name))?;
    }
    // Of the list of packages only the versions are needed: no package is ever loaded.
    let lock = from.join("pyodide-lock.json");
    let mut list: serde_json::Value =
        serde_json::from_str(&read_text(&lock)?).map_err(|e| format!("{}: {e}", lock.display()))?;
    list["packages"] = serde_json::json!({});
    write(&to.join("pyodide-lock.json"), list.to_string())?;
    for name in ["program.js", "licence.txt"] {
        copy(&own.join(name), &to.join(name))?;
    }
    let script = read_text(&own.join("sandbox.js"))?;
    let hash = data_encoding::BASE64.encode(&sha2::Sha256::digest(script.as_bytes()));
    let page = read_text(&own.join("sandbox.html"))?
        .replace("__HASH__", &format!("'sha256-{hash}'"))
        .replace("__SCRIPT__", &script);
    write(&to.join("sandbox.html"), page)
}

/// One style sheet out of all; the first by name holds the order of layers.
fn styles(folder: &Path, to: &Path) -> Result<(), String> {
    let mut text = String::new();
    for file in files_in(folder)? {
        text.push_str(&read_text(&file)?);
    }
    write(to, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A worker that were started without it could ask other addresses, as the document's policy does not reach it.
    #[test]
    fn every_script_that_starts_a_worker_holds_it_to_the_pages_own_address_first() {
        let scripts = files_in(&root().join("www")).unwrap();
        let name = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
        let boots: Vec<&PathBuf> = scripts
            .iter()
            .filter(|p| name(p).ends_with("-boot.js"))
            .collect();
        assert!(boots.len() >= 4, "{boots:?}");
        for boot in boots {
            let text = read_text(boot).unwrap();
            let first = text.lines().find(|line| !line.starts_with("//"));
            assert_eq!(
                first,
                Some("import \"./own-address.js\";"),
                "{}",
                boot.display()
            );
            assert!(STATIC.contains(&name(boot).as_str()));
        }
        assert!(STATIC.contains(&"own-address.js"));
    }

    #[test]
    fn a_build_is_named_by_its_commit_or_else_by_the_version() {
        assert_eq!(id_of(Some("1d871e6-dirty\n")), "1d871e6-dirty");
        for nothing in [None, Some(""), Some("\n")] {
            assert_eq!(id_of(nothing), env!("CARGO_PKG_VERSION"));
        }
    }
}
