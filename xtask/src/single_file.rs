//! The page as one file, which opens from a folder without any server: `www/single-file.html` with the page's files
//! packed inside it. The build also writes the page of raters so, without a task, which the page puts in.

use crate::compress::Encoding;
use crate::files::{at, files_below, read, read_text, write};
use crate::process::root;
use crate::programs::PROGRAMS;
use data_encoding::BASE64;
use sha2::{Digest, Sha256};
use std::path::Path;

/// The file's name beside the page that it is made of.
pub const NAME: &str = "assay.html";
/// The page of raters as one file.
pub const RATERS_NAME: &str = "rate-file.html";

/// Where the task belongs in the page of raters (`src/browser/single_file.rs`).
const TASK: &str = "    <script type=\"text/plain\" id=\"task-inside\">__TASK__</script>\n";

/// Files of the page that have no use in one file, or are in it otherwise.
const LEFT_OUT: [&str; 8] = [
    "assay.css",
    "icon.svg",
    "index.html",
    "manifest.webmanifest",
    "new-version.js",
    "offline.js",
    NAME,
    "trunk-0.js",
];

/// Folders that are left out: models, and Python for programs.
const FOLDERS_LEFT_OUT: [&str; 2] = ["models/", "python/"];

/// How much time is taken for packing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// For tests.
    Quick,
    /// For a release.
    Great,
}

/// Writes the page in the folder as one file; gives its size in bytes.
pub fn write_page(page: &Path, to: &Path, effort: Effort) -> Result<u64, String> {
    write_one(page, to, effort, "", |_| true)
}

/// Writes the page of raters, without a task, beside the page.
pub fn write_raters_page(page: &Path, effort: Effort) -> Result<u64, String> {
    let to = page.join(RATERS_NAME);
    write_one(page, &to, effort, TASK, is_for_raters)
}

fn write_one(
    page: &Path,
    to: &Path,
    effort: Effort,
    task: &str,
    belongs: impl Fn(&str) -> bool,
) -> Result<u64, String> {
    let mut files = Vec::new();
    for path in files_below(page)? {
        let name = path.strip_prefix(page).unwrap_or(&path);
        let name = name.to_string_lossy().replace('\\', "/");
        if is_inside(&name) && belongs(&name) {
            files.push((name, path));
        }
    }
    // Packing is what takes long, so each file is packed in a thread of its own.
    let contents: Vec<Result<String, String>> = std::thread::scope(|scope| {
        let threads: Vec<_> = files
            .iter()
            .map(|(name, path)| scope.spawn(move || element(name, path, effort)))
            .collect();
        let panicked = |_| Err("packing panicked".to_owned());
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap_or_else(panicked))
            .collect()
    });
    let contents = contents.into_iter().collect::<Result<String, String>>()?;
    let www = root().join("www");
    let parts = Parts {
        style: read_text(&page.join("assay.css"))?,
        icon: BASE64.encode(&read(&page.join("icon.svg"))?),
        script: read_text(&www.join("single-file.js"))?,
        contents: format!("{task}{contents}"),
    };
    let text = document(&read_text(&www.join("single-file.html"))?, &parts)?;
    write(to, &text)?;
    Ok(text.len() as u64)
}

/// Whether a file of the page is in the page as one file.
fn is_inside(name: &str) -> bool {
    !LEFT_OUT.contains(&name) && !FOLDERS_LEFT_OUT.iter().any(|f| name.starts_with(f))
}

/// Whether a rater's page needs the file: neither other programs nor what they read.
fn is_for_raters(name: &str) -> bool {
    let others = PROGRAMS.iter().filter(|p| !p.name.starts_with("rate"));
    let is_of = |program: &str| {
        ["-boot.js", ".js", "_bg.wasm"]
            .iter()
            .any(|end| name == format!("{program}{end}"))
    };
    let is_other = others.map(|p| p.name).any(is_of);
    let is_data = name.ends_with(".bin") || name.ends_with("-licence.txt");
    let is_other = is_other || (name.starts_with("words-") && !name.starts_with("words-rating-"));
    !is_other && !is_data && !name.starts_with("demo") && name != RATERS_NAME
}

/// A packed file as an element that no browser runs.
fn element(name: &str, path: &Path, effort: Effort) -> Result<String, String> {
    let bytes = read(path)?;
    let packed = match effort {
        Effort::Quick => Encoding::Gzip.pack(&bytes),
        Effort::Great => Encoding::Gzip.pack_well(&bytes),
    };
    let packed = BASE64.encode(&packed.map_err(|e| at(path, &e))?);
    Ok(format!(
        "    <script type=\"application/gzip\" data-file=\"{name}\">{packed}</script>\n"
    ))
}

/// What stands in the document.
struct Parts {
    style: String,
    icon: String,
    script: String,
    contents: String,
}

/// The document: its policy names the script and the style by their hashes, and permits no request at all.
fn document(template: &str, parts: &Parts) -> Result<String, String> {
    let hash = |text: &str| BASE64.encode(&Sha256::digest(text.as_bytes()));
    let policy = format!(
        "default-src 'none'; script-src 'sha256-{}' blob: 'wasm-unsafe-eval'; worker-src blob:; \
         style-src-elem 'sha256-{}'; style-src-attr 'unsafe-inline'; img-src data:; connect-src 'none'; \
         base-uri 'none'; form-action 'none'",
        hash(&parts.script),
        hash(&parts.style)
    );
    let mut text = template.to_owned();
    for (place, part) in [
        ("__POLICY__", &policy),
        ("__ICON__", &parts.icon),
        ("__STYLE__", &parts.style),
        // The script last but for the contents: what it says of places must stay.
        ("    __CONTENTS__\n", &parts.contents),
        ("__SCRIPT__", &parts.script),
    ] {
        let Some((before, after)) = text.split_once(place) else {
            return Err(format!("www/single-file.html has no {}", place.trim()));
        };
        text = format!("{before}{part}{after}");
    }
    for (end, part) in [("</script", &parts.script), ("</style", &parts.style)] {
        if part.contains(end) {
            return Err(format!("what is put into the document holds {end}"));
        }
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::{Parts, document, is_for_raters, is_inside};

    #[test]
    fn models_python_and_what_only_a_server_needs_are_left_out() {
        for name in ["app.js", "jieba.bin", "locales/zh.ftl", "licences.txt"] {
            assert!(is_inside(name), "{name}");
        }
        for name in [
            "models/a.gguf",
            "python/pyodide.mjs",
            "offline.js",
            "index.html",
        ] {
            assert!(!is_inside(name), "{name}");
        }
    }

    #[test]
    fn a_raters_file_has_its_programs_and_no_other() {
        for name in [
            "rate.js",
            "rate_worker_bg.wasm",
            "rate-worker-boot.js",
            "boot.js",
            "own-address.js",
            "words.js",
            "words-rating-zh-0.txt",
        ] {
            assert!(is_for_raters(name), "{name}");
        }
        for name in [
            "app.js",
            "worker-boot.js",
            "compute_bg.wasm",
            "jieba.bin",
            "words-zh-0.txt",
            "rate-file.html",
        ] {
            assert!(!is_for_raters(name), "{name}");
        }
    }

    #[test]
    fn the_policy_names_script_and_style_and_permits_no_request() {
        let parts = Parts {
            style: "a{}".to_owned(),
            icon: String::new(),
            script: "__STYLE__".to_owned(),
            contents: "inside".to_owned(),
        };
        let template = "__POLICY__ __ICON__ <style>__STYLE__</style>\n    __CONTENTS__\n<script>__SCRIPT__</script>";
        let text = document(template, &parts).unwrap();
        // SHA-256 of "__STYLE__" and of "a{}", by openssl.
        assert!(text.contains("script-src 'sha256-P49U+Jv+ScTQXNcTlXwAqfds3A3m1Y4k3J5i6LlcAyc=' blob: 'wasm-unsafe-eval'"), "{text}");
        assert!(
            text.contains("style-src-elem 'sha256-X1RutGBrXCt9KkSaXMK7tHftWiRscFHOhxsS8tv8hBk='"),
            "{text}"
        );
        assert!(text.contains("connect-src 'none'"));
        assert!(
            text.ends_with("<style>a{}</style>\ninside<script>__STYLE__</script>"),
            "{text}"
        );
        let wrong = Parts {
            script: "</script>".to_owned(),
            ..parts
        };
        assert!(document(template, &wrong).unwrap_err().contains("</script"));
        assert!(document("", &wrong).unwrap_err().contains("__POLICY__"));
    }
}
