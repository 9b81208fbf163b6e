//! The files with the page's words: the parts that programs take of a language's file, and the names of both in the
//! built page. It is used when programs are compiled and when the page's folder is put together, so that both mean
//! the same files; what a message says is not known here.

use std::path::{Path, PathBuf};
use std::{fs, io};

/// A file with words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordsFile {
    /// The part of the messages that it has, by the name of the part's list; nothing where it has all.
    pub part: Option<String>,
    /// The language, by the name of its file: its primary subtag.
    pub language: String,
    /// Messages in Fluent's syntax.
    pub text: String,
}

impl WordsFile {
    /// Its name in the built page. The digest of the text in it tells the files of two builds apart.
    #[must_use]
    pub fn name(&self) -> String {
        let part = self
            .part
            .as_ref()
            .map_or(String::new(), |p| format!("{p}-"));
        format!("words-{part}{}-{}", self.language, ending(&self.text))
    }
}

/// Whether a file of this name has this text: all of it, and of the same build.
#[must_use]
pub fn is_text_of(name: &str, text: &str) -> bool {
    name.ends_with(&ending(text))
}

/// The last part of a name. The extension is one that every server knows as text, and so packs.
fn ending(text: &str) -> String {
    format!("{:016x}.txt", digest(text))
}

/// 64-bit FNV-1a: it tells apart what is different by accident.
fn digest(text: &str) -> u64 {
    let start = 0xcbf2_9ce4_8422_2325_u64;
    text.bytes().fold(start, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// The files for each language (`.ftl`) in the folder `locales`: one with all messages, and one for each part whose
/// list (`.txt`) is in the folder `parts`.
///
/// # Errors
/// A folder or file that can't be read.
pub fn words_files(locales: &Path, parts: &Path) -> io::Result<Vec<WordsFile>> {
    let lists = files_in(parts, "txt")?;
    let lists: io::Result<Vec<Part>> = lists.iter().map(|path| Part::read(path)).collect();
    let lists = lists?;
    let mut files = Vec::new();
    for path in files_in(locales, "ftl")? {
        let (language, text) = (stem(&path), fs::read_to_string(&path)?);
        let in_parts = lists.iter().map(|part| (Some(part), part.messages(&text)));
        let in_parts: Vec<_> = in_parts.collect();
        for (part, text) in [(None, text)].into_iter().chain(in_parts) {
            files.push(WordsFile {
                part: part.map(|part| part.name.clone()),
                language: language.clone(),
                text,
            });
        }
    }
    Ok(files)
}

/// Keys of messages, or their beginnings (written with `*`).
struct Part {
    name: String,
    keys: Vec<String>,
}

impl Part {
    fn read(path: &Path) -> io::Result<Self> {
        let text = fs::read_to_string(path)?;
        let lines = text
            .lines()
            .filter(|l| !l.starts_with('#') && !l.is_empty());
        Ok(Self {
            name: stem(path),
            keys: lines.map(str::to_owned).collect(),
        })
    }

    fn has(&self, key: &str) -> bool {
        self.keys.iter().any(|known| match known.strip_suffix('*') {
            Some(beginning) => key.starts_with(beginning),
            None => known == key,
        })
    }

    /// The part's messages of a Fluent file: each begins with its key at the beginning of a line, and what follows is
    /// indented.
    fn messages(&self, file: &str) -> String {
        let mut out = String::new();
        let mut is_kept = false;
        for line in file.lines() {
            if let Some((key, _)) = line.split_once(" =").filter(|(k, _)| is_key(k)) {
                is_kept = self.has(key);
            } else if !line.starts_with([' ', '}']) {
                is_kept = false;
            }
            if is_kept {
                out.push_str(line);
                out.push('\n');
            }
        }
        out
    }
}

fn is_key(text: &str) -> bool {
    let is_letter =
        |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
    text.starts_with(|c: char| c.is_ascii_lowercase()) && text.chars().all(is_letter)
}

fn stem(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default();
    stem.to_string_lossy().into_owned()
}

/// The folder's files with the extension, by name.
fn files_in(folder: &Path, extension: &str) -> io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e == extension) {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use super::{Part, WordsFile, is_text_of};

    #[test]
    fn a_part_has_its_messages_whole_and_no_other() {
        let part = Part {
            name: "few".into(),
            keys: vec!["rows".into(), "disk-error-*".into()],
        };
        let file = "# Title\nyes = Yes\nrows = { $n ->\n    [one] one row\n   *[other] { $n } rows\n}\nrows-all = All\n\
                    disk-error-full = The disk is full.\n\n# Other\nno = No\n";
        let expected = "rows = { $n ->\n    [one] one row\n   *[other] { $n } rows\n}\n\
                        disk-error-full = The disk is full.\n";
        assert_eq!(part.messages(file), expected);
    }

    #[test]
    fn a_files_name_tells_part_language_and_text() {
        let file = |part: Option<&str>, text: &str| WordsFile {
            part: part.map(str::to_owned),
            language: "en".into(),
            text: text.into(),
        };
        // The digest of an empty text is FNV's own starting value.
        assert_eq!(file(None, "").name(), "words-en-cbf29ce484222325.txt");
        let name = file(Some("rating"), "yes = Yes\n").name();
        assert!(name.starts_with("words-rating-en-"), "{name}");
        assert!(is_text_of(&name, "yes = Yes\n"));
        for other in ["yes = Yes", "yes = yes\n", "", "<!doctype html>"] {
            assert!(!is_text_of(&name, other), "{other}");
        }
    }
}
