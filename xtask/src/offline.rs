//! The service worker: which files the page keeps for use without a network, and the digest that tells one
//! build from another.

use crate::files::{files_below, hexadecimal, read, read_text, write};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::Path;

/// Files that few people need: kept once they were asked for, and not before. The models are kept by the
/// page itself.
const LAZY: [&str; 11] = [
    "wordnet.bin",
    "jieba.bin",
    "licences.txt",
    "rate-file.html",
    "python/pyodide.mjs",
    "python/pyodide.asm.mjs",
    "python/pyodide.asm.wasm",
    "python/python_stdlib.zip",
    "python/pyodide-lock.json",
    "python/program.js",
    "python/sandbox.html",
];

/// Files with their digests. Documents have none: hosts add scripts of their own to them, and a page that has these is
/// still kept.
type Digests = BTreeMap<String, Option<String>>;

/// The service worker's own name, which can't be among the files that its digest covers.
const NAME: &str = "offline.js";

/// Writes the service worker into the built page, out of its template in `www/`.
pub fn write_service_worker(template: &Path, dist: &Path) -> Result<(), String> {
    let text = service_worker(&read_text(template)?, dist)?;
    write(&dist.join(NAME), text)
}

/// A service worker that keeps nothing, and removes what another kept: for a page that is built again at
/// every edit.
pub fn write_keeping_nothing(dist: &Path) -> Result<(), String> {
    const TEXT: &str = r#"// Keeps nothing: `trunk serve` shows each build at once.
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => {
  const forget = (names) => Promise.all(names.map((name) => caches.delete(name)));
  event.waitUntil(caches.keys().then(forget).then(() => self.clients.claim()));
});
"#;
    write(&dist.join(NAME), TEXT)
}

/// The template with the names of the files and the digest of all that the page consists of, in whichever
/// folder: a build that differs in one byte anywhere replaces what was kept of another.
fn service_worker(template: &str, dist: &Path) -> Result<String, String> {
    let mut digest = Sha256::new();
    let (mut kept, mut lazy) = (Digests::new(), Digests::new());
    kept.insert("./".to_owned(), None);
    for file in files_below(dist)? {
        let name = file.strip_prefix(dist).unwrap_or(&file);
        let name = name.to_string_lossy().replace('\\', "/");
        if name == NAME {
            continue;
        }
        digest.update((name.len() as u64).to_le_bytes());
        digest.update(&name);
        let own = Sha256::digest(read(&file)?);
        digest.update(own);
        let own = (!name.ends_with(".html")).then(|| hexadecimal(&own));
        if LAZY.contains(&name.as_str()) {
            lazy.insert(name, own);
        } else if !name.contains('/') {
            kept.insert(format!("./{name}"), own);
        }
    }
    let digest = hexadecimal(&digest.finalize()[..16]);
    let script = |digests: &Digests| serde_json::to_string(digests).map_err(|e| e.to_string());
    Ok(template
        .replace("__FILES__", &script(&kept)?)
        .replace("__LAZY__", &script(&lazy)?)
        .replace("__DIGEST__", &digest))
}

#[cfg(test)]
mod tests {
    use super::service_worker;
    use sha2::{Digest, Sha256};

    #[test]
    fn the_digest_covers_folders_and_names_and_only_top_files_are_kept_at_once() {
        let folder = std::env::temp_dir().join(format!("assay-offline-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("python")).unwrap();
        let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).unwrap();
        write("app.js", "1");
        write("wordnet.bin", "2");
        write("offline.js", "not covered");
        write("python/sandbox.html", "3");
        let worker = || service_worker("__FILES__ __LAZY__ assay-__DIGEST__", &folder).unwrap();
        let first = worker();
        let of = |text: &str| super::hexadecimal(&Sha256::digest(text));
        let files = format!(r#"{{"./":null,"./app.js":"{}"}}"#, of("1"));
        let lazy = format!(
            r#"{{"python/sandbox.html":null,"wordnet.bin":"{}"}}"#,
            of("2")
        );
        assert!(
            first.starts_with(&format!("{files} {lazy} assay-")),
            "{first}"
        );
        write("offline.js", "still not covered");
        assert_eq!(worker(), first);
        write("python/sandbox.html", "4");
        let second = worker();
        assert_ne!(second, first, "a file in a folder has changed");
        std::fs::rename(folder.join("app.js"), folder.join("apq.js")).unwrap();
        assert_ne!(worker(), second, "a file has another name");
        std::fs::remove_dir_all(folder).unwrap();
    }
}
