//! The sizes of what the page sends, and the budgets that they are held to (`xtask/budgets.toml`).

use crate::compress::Encoding;
use crate::files::{files_in, read, read_text};
use crate::process::root;
use crate::programs::PROGRAMS;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// A part of the page with a budget, in bytes after gzip.
#[derive(Debug, PartialEq, Eq)]
struct Part {
    name: String,
    files: Vec<String>,
    limit: u64,
    target: Option<u64>,
}

/// One file's size: as it is, and packed.
struct Size {
    raw: u64,
    gzip: u64,
    brotli: u64,
}

/// Prints each program's size.
fn print(dist: &Path) -> Result<(), String> {
    println!("{:<32}{:>12}{:>12}{:>12}", "bytes", "raw", "gzip", "brotli");
    // Packing is the longest part, so each program is packed in a thread of its own.
    let sizes = std::thread::scope(|scope| {
        let threads =
            PROGRAMS.map(|p| scope.spawn(move || size(&dist.join(format!("{}_bg.wasm", p.name)))));
        threads.map(|t| t.join().unwrap_or_else(|_| Err("packing panicked".into())))
    });
    for (program, size) in PROGRAMS.iter().zip(sizes) {
        let Size { raw, gzip, brotli } = size?;
        println!("{:<32}{raw:>12}{gzip:>12}{brotli:>12}", program.name);
    }
    Ok(())
}

/// Prints the sizes and fails when a part is larger than its budget; of a page without wasm-opt it only prints them.
pub fn check(dist: &Path, optimised: bool) -> Result<(), String> {
    print(dist)?;
    let path = root().join("xtask/budgets.toml");
    let parts = parts(&read_text(&path)?).map_err(|e| format!("{}: {e}", path.display()))?;
    println!(
        "{:<32}{:>12}{:>12}{:>12}",
        "bytes after gzip", "now", "limit", "target"
    );
    let mut over = Vec::new();
    for part in parts {
        let mut sum = 0;
        for file in &part.files {
            sum += gzipped(&found(dist, file)?)?;
        }
        let target = part.target.map_or("-".to_owned(), |t| t.to_string());
        println!("{:<32}{sum:>12}{:>12}{target:>12}", part.name, part.limit);
        if sum > part.limit {
            over.push(part.name);
        }
    }
    match (over.is_empty(), optimised) {
        (true, _) => Ok(()),
        (false, true) => Err(format!(
            "larger than xtask/budgets.toml allows: {}",
            over.join(", ")
        )),
        (false, false) => {
            println!("== the limits were not held to, as wasm-opt is missing");
            Ok(())
        }
    }
}

/// The file that is meant: `*` stands for the digest in a name.
fn found(dist: &Path, meant: &str) -> Result<PathBuf, String> {
    let Some((start, end)) = meant.split_once('*') else {
        return Ok(dist.join(meant));
    };
    let fits = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with(start) && name.ends_with(end)
    };
    let fitting: Vec<PathBuf> = files_in(dist)?.into_iter().filter(fits).collect();
    let count = fitting.len();
    <[PathBuf; 1]>::try_from(fitting)
        .map(|[one]| one)
        .map_err(|_| format!("{count} files of the page, not one, are {meant}"))
}

/// Prints the size of the page as one file, and fails when it is larger than its budget; of a page without wasm-opt it
/// only prints it.
pub fn check_single_file(file: &Path, optimised: bool) -> Result<(), String> {
    let path = root().join("xtask/budgets.toml");
    let limit = single_file_limit(&read_text(&path)?);
    let limit = limit.map_err(|e| format!("{}: {e}", path.display()))?;
    let bytes = read(file)?.len() as u64;
    println!("the page as one file: {bytes} bytes, at most {limit}");
    if bytes > limit && optimised {
        return Err(format!(
            "{} is larger than xtask/budgets.toml allows",
            file.display()
        ));
    }
    Ok(())
}

fn single_file_limit(text: &str) -> Result<u64, String> {
    let value: Value = basic_toml::from_str(text).map_err(|e| e.to_string())?;
    let limit = value["single-file"]["limit"].as_u64();
    limit.ok_or_else(|| "`limit` of [single-file] is missing or of the wrong kind".to_owned())
}

fn gzipped(path: &Path) -> Result<u64, String> {
    let packed = Encoding::Gzip.pack_well(&read(path)?);
    packed
        .map(|bytes| bytes.len() as u64)
        .map_err(|e| format!("{}: {e}", path.display()))
}

fn size(path: &Path) -> Result<Size, String> {
    let bytes = read(path)?;
    let packed = |encoding: Encoding| {
        let packed = encoding.pack_well(&bytes);
        packed
            .map(|b| b.len() as u64)
            .map_err(|e| format!("{}: {e}", path.display()))
    };
    Ok(Size {
        raw: bytes.len() as u64,
        gzip: packed(Encoding::Gzip)?,
        brotli: packed(Encoding::Brotli)?,
    })
}

fn parts(text: &str) -> Result<Vec<Part>, String> {
    let value: Value = basic_toml::from_str(text).map_err(|e| e.to_string())?;
    let parts = value["part"].as_array().ok_or("no [[part]] in it")?;
    parts.iter().map(part).collect()
}

fn part(value: &Value) -> Result<Part, String> {
    let name = value["name"].as_str().ok_or("a part without `name`")?;
    let missing = |field: &str| format!("`{field}` is missing or of the wrong kind in {name:?}");
    let files = value["files"].as_array().ok_or(missing("files"))?;
    let files: Option<Vec<String>> = files
        .iter()
        .map(|f| f.as_str().map(str::to_owned))
        .collect();
    Ok(Part {
        name: name.to_owned(),
        files: files.ok_or(missing("files"))?,
        limit: value["limit"].as_u64().ok_or(missing("limit"))?,
        target: match &value["target"] {
            Value::Null => None,
            number => Some(number.as_u64().ok_or(missing("target"))?),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::{Part, found, parts, single_file_limit};

    #[test]
    fn budgets_are_read_and_a_wrong_one_is_named() {
        let text = "[[part]]\nname = \"a\"\nfiles = [\"x\"]\nlimit = 2_000\n";
        let expected = Part {
            name: "a".into(),
            files: vec!["x".into()],
            limit: 2000,
            target: None,
        };
        assert_eq!(parts(text), Ok(vec![expected]));
        let wrong = parts(&text.replace("2_000", "\"much\"")).unwrap_err();
        assert!(wrong.contains("`limit`") && wrong.contains("\"a\""));
    }

    #[test]
    fn a_file_with_a_digest_in_its_name_is_the_only_one_that_fits() {
        let folder = std::env::temp_dir().join(format!("assay-budget-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        for name in ["words-en-1.txt", "words-rating-en-2.txt"] {
            std::fs::write(folder.join(name), "").unwrap();
        }
        let named = |meant: &str| found(&folder, meant);
        assert_eq!(named("words-en-*.txt"), Ok(folder.join("words-en-1.txt")));
        assert_eq!(named("app.js"), Ok(folder.join("app.js")));
        for wrong in ["words-*.txt", "words-zh-*.txt"] {
            assert!(named(wrong).unwrap_err().contains(wrong));
        }
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn the_repositorys_own_budgets_are_well_formed() {
        let own = parts(include_str!("../budgets.toml")).unwrap();
        assert!(own.iter().all(|p| p.target.is_none_or(|t| t <= p.limit)));
        let single_file = single_file_limit(include_str!("../budgets.toml"));
        assert!(single_file.is_ok_and(|limit| limit > 1_000_000));
        assert!(single_file_limit("").unwrap_err().contains("[single-file]"));
    }
}
